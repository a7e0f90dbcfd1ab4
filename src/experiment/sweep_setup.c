/* SPDX-License-Identifier: MIT
 * What the sweep room and the results file need to know of a reading, gathered; and e:sweep from there to results. */
#include "experiment/sweep_setup.h"

#include <stdio.h>
#include <string.h>

#include "experiment/function_digest.h"
#include "sweep/plan.h"
#include "view/failures.h"

struct lur_sweep_calls *lur_push_sweep(lua_State *L, int reading, const struct lur_origin *origin, bool names_curve,
                                       struct lur_sweep *out) {
  const struct lur_reading *g = lur_reading_at(L, reading);
  lur_trace_combinations(L, reading);
  struct lur_sweep_calls *calls = lur_push_sweep_calls(L, reading, origin, names_curve);
  *out = (struct lur_sweep){.spec = &g->spec,
                            .axes = g->axes,
                            .halving = g->halving,
                            .keep = g->keep,
                            .keep_best = g->keep_best,
                            .calls = &calls->calls};
  memcpy(out->keep_by, g->keep_by, sizeof out->keep_by);
  memcpy(out->rank, g->rank, sizeof out->rank);
  return calls;
}

void lur_push_sweep_setup(lua_State *L, int reading, const struct lur_origin *origin, struct lur_sweep_setup *out) {
  const struct lur_script_options *options = lur_script_of(L)->options;
  const char *name = lur_push_name(L, reading);
  const char *log = lur_push_log(L, lur_reading_at(L, reading));
  lua_getiuservalue(L, reading, LUR_READING_FIELDS);
  char opaque[LUR_OPAQUE_BYTES];
  bool names_curve;
  const char *sources = lur_push_function_digest(L, lua_gettop(L), &names_curve, opaque);
  out->calls = lur_push_sweep(L, reading, origin, names_curve, &out->sweep);
  out->sweep.sources = sources;
  out->source = (struct lur_sweep_source){.files = lur_script_of(L)->files,
                                          .stop = {lur_signal_flag(), lur_signal_obeyed},
                                          .item = lur_script_of(L)->item,
                                          .script_path = options->path,
                                          .name = name,
                                          .overrides = options->overrides,
                                          .n_overrides = options->n_overrides,
                                          .log = log,
                                          .opaque = options->assume_same ? "" : lua_pushstring(L, opaque),
                                          .bar = !options->quiet && !options->json};
}

int lur_sweep_setup_raise(lua_State *L, const struct lur_sweep_setup *s, const struct lur_error *e) {
  if (e->code == LUR_EINPUT && e->field[0])
    return lur_origin_raise(L, &s->calls->origin, e->field, e->text);
  if (e->code == LUR_ECALLBACK || e->code == LUR_ENOMEM)
    return lur_raise_sweep_error(L, s->calls, e);
  return luaL_error(L, "luron: %s", e->text);
}

/* ---- e:sweep ---- */
/* Runs it into its file, and tells why runs failed. Nothing raises in here. */
static int run(const struct lur_sweep_setup *s, struct lur_sweep_outcome *o, struct lur_error *e) {
  const struct lur_sweep_request all = {0};
  struct lur_buffer text = {0};
  struct lur_plan *p = lur_plan_new(&s->sweep, e);
  int rc = p ? lur_sweep_to_file(p, &s->source, &all, o, e) : e->code;
  lur_plan_free(p);
  if (rc)
    return rc;
  struct lur_table *t = lur_table_open(o->path, e);
  rc = t ? lur_failures_write(t, NULL, &text, NULL, e) : e->code;
  lur_table_free(t);
  if (!rc && text.length_bytes) {
    fflush(stdout);
    fwrite(text.data, 1, text.length_bytes, stderr);
  }
  lur_buffer_free(&text);
  return rc;
}

static bool sets(lua_State *L, int overrides, const char *field) {
  int top = lua_gettop(L);
  bool set = lua_getfield(L, overrides, field) != LUA_TNIL;
  if (!set && lua_getfield(L, overrides, "sweep") == LUA_TTABLE)
    set = lua_getfield(L, -1, field) == LUA_TTABLE;
  lua_settop(L, top);
  return set;
}

void lur_push_swept(lua_State *L, int reading, const struct lur_origin *origin, int overrides,
                    const struct lur_origin *here) {
  static const struct lur_axes none;
  struct lur_sweep_setup s;
  struct lur_sweep_outcome o;
  struct lur_error e = {0};
  lur_push_sweep_setup(L, reading, origin, &s);
  s.source.item = -1;
  s.calls->overrides = overrides;
  s.calls->override_origin = here;
  if (!s.sweep.axes)
    s.sweep.axes = &none;
  s.source.stays = true; /* until the results are closed: they may be extended while these are read */
  int rc = run(&s, &o, &e);
  if (rc && e.code == LUR_EINPUT && e.field[0] && sets(L, overrides, e.field))
    lur_origin_raise(L, here, e.field, e.text);
  const char *by = rc ? lur_plan_unread_by(&e) : NULL;
  if (by && sets(L, overrides, by))
    lur_origin_raise(
        L, here, by,
        lua_pushfstring(L, "%s is %s; a single value for %s takes the axis away", e.field, e.text, e.field));
  if (rc)
    lur_sweep_setup_raise(L, &s, &e);
  lur_push_results(L, o.path, true);
}
