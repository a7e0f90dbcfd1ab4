/* SPDX-License-Identifier: MIT
 * A run: what one training came to. The userdata is made empty and filled after, and owns all that it shows. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "experiment/experiment.h"

#define RUN "luron.run"

struct lur_trained_on lur_trained_on(const struct lur_reading *g) {
  const struct lur_patterns *p = &g->spec.train;
  return (struct lur_trained_on){g->spec.shift, g->spec.scale, p->shift, p->scale, g->spec.fill, g->train, &g->spec};
}

/* Functions as activations: their programs with the run's numbers in place. */
static int set_functions(struct lur_network *n, const struct lur_spec *spec, const struct lur_shape *shape,
                         struct lur_error *e) {
  int rc = LUR_OK;
  for (int l = 0; l < shape->n_layers && !rc; l++) {
    const struct lur_program *p = shape->own[l];
    const char *name = p ? lur_entries_name(spec->entries, p) : NULL, *number[LUR_MAX_OWN_NUMBERS];
    double value[LUR_MAX_OWN_NUMBERS];
    for (int k = 0; p && k < p->n_numbers; k++) {
      number[k] = p->number[k];
      value[k] = lur_spec_number(spec, p->number[k]);
    }
    rc = p ? lur_network_set_function(n, l, name ? name : "own", p, p->n_numbers, number, value, e) : LUR_OK;
  }
  return rc;
}

static struct lur_network *make_network(const struct lur_trained_on *g, const struct lur_shape *shape,
                                        struct lur_error *e) {
  struct lur_network *n = lur_network_new(shape, e);
  if (!n)
    return NULL;
  if (set_functions(n, g->spec, shape, e))
    goto fail;
  if (g->shift && lur_network_set_scaling(n, g->shift, g->scale, e))
    goto fail;
  if (g->target_shift && lur_network_set_target_scaling(n, g->target_shift, g->target_scale, e))
    goto fail;
  if (g->train && g->train->n_classes &&
      lur_network_set_classes(n, g->train->n_classes, (const char *const *)g->train->classes, e))
    goto fail;
  if (g->train && g->train->n_inputs == shape->width[0] && g->train->n_outputs == shape->width[shape->n_layers] &&
      lur_network_set_labels(n, g->train, g->fill, e))
    goto fail;
  return n;
fail:
  lur_network_free(n);
  return NULL;
}

void lur_push_trained(lua_State *L, const struct lur_trained_on *on, const struct lur_shape *shape,
                      const double *parameters) {
  struct lur_error e;
  struct lur_network_box *box = lur_new_network(L);
  struct lur_network *n = make_network(on, shape, &e);
  if (!n)
    lur_raise(L, &e);
  memcpy(n->parameters, parameters, lur_shape_n_parameters(&n->shape) * sizeof *parameters);
  lur_network_hold(box, n);
}

struct lur_run *lur_push_empty_run(lua_State *L, const struct lur_trained_on *on, const struct lur_structure *s) {
  struct lur_run *run = lua_newuserdatauv(L, sizeof *run, LUR_N_RUN_SLOTS);
  struct lur_error e;
  *run = (struct lur_run){0};
  luaL_setmetatable(L, RUN);
  lua_newtable(L);
  lua_setiuservalue(L, -2, LUR_RUN_VALUES);
  run->network = make_network(on, &s->shape, &e);
  if (!run->network)
    lur_raise(L, &e);
  run->curve = lur_alloc(2 * (size_t)s->n_curve, sizeof *run->curve);
  if (!run->curve)
    lur_raise_memory(L);
  run->outcome.parameters = run->network->parameters;
  run->outcome.curve = s->n_curve ? run->curve : NULL;
  run->outcome.validation_curve = s->n_curve && s->n_validation ? run->curve + s->n_curve : NULL;
  run->metrics = s->metrics;
  run->n_curve_asked = s->n_curve;
  return run;
}

void lur_push_run(lua_State *L, const struct lur_trained_on *on, const struct lur_structure *s, uint64_t epochs,
                  const struct lur_outcome *outcome) {
  struct lur_run *run = lur_push_empty_run(L, on, s);
  struct lur_outcome mine = run->outcome;
  run->outcome = *outcome;
  run->outcome.parameters = mine.parameters;
  run->outcome.curve = mine.curve;
  run->outcome.validation_curve = mine.validation_curve;
  run->max_epochs = epochs;
  if (outcome->parameters)
    memcpy(mine.parameters, outcome->parameters, lur_shape_n_parameters(&s->shape) * sizeof(double));
  if (outcome->curve && mine.curve)
    memcpy(mine.curve, outcome->curve, (size_t)outcome->n_curve * sizeof(double));
  else
    run->outcome.n_curve = 0;
  if (outcome->validation_curve && mine.validation_curve)
    memcpy(mine.validation_curve, outcome->validation_curve, (size_t)outcome->n_curve * sizeof(double));
}

void lur_run_fail(lua_State *L, int index) {
  struct lur_run *run = luaL_checkudata(L, index, RUN);
  run->outcome.status = LUR_FAILED;
  lua_setiuservalue(L, index, LUR_RUN_ERROR);
}

const char *lur_run_error(lua_State *L, int index) {
  lua_getiuservalue(L, index, LUR_RUN_ERROR);
  const char *text = lua_tostring(L, -1);
  lua_pop(L, 1);
  return text;
}

/* ---- Fields ---- */
struct lur_run *lur_check_run(lua_State *L, const char *call) {
  struct lur_run *run = call ? lur_check_self(L, RUN, call) : luaL_checkudata(L, 1, RUN);
  if (!run->network)
    luaL_error(L, "the run is collected");
  return run;
}

/* nil where there is none. */
static void push_curve(lua_State *L, const struct lur_run *run, const double *curve) {
  const struct lur_outcome *o = &run->outcome;
  if (!curve) {
    lua_pushnil(L);
    return;
  }
  uint64_t *epoch = lua_newuserdatauv(L, (size_t)o->n_curve * sizeof *epoch, 0);
  for (int i = 0; i < o->n_curve; i++)
    epoch[i] = lur_curve_epoch(i, run->n_curve_asked, run->max_epochs);
  lur_push_curve(L, curve, epoch, o->n_curve);
}

/* The same network at every reading, so that what a script does to it stays. */
static void push_network(lua_State *L, const struct lur_run *run) {
  struct lur_error e;
  if (lua_getiuservalue(L, 1, LUR_RUN_NETWORK) == LUA_TUSERDATA)
    return;
  struct lur_network_box *box = lur_new_network(L);
  struct lur_network *n = lur_network_copy(run->network, &e);
  if (!n)
    lur_raise(L, &e);
  lur_network_hold(box, n);
  lua_pushvalue(L, -1);
  lua_setiuservalue(L, 1, LUR_RUN_NETWORK);
}

enum field { STATUS, EPOCHS, SOLVED, FAILURE, CURVE, VALIDATION_CURVE, NETWORK, PLOT, SAVE, N_FIELDS };
static const char *const fields[N_FIELDS] = {"status",           "epochs",  "solved", "error", "curve",
                                             "validation_curve", "network", "plot",   "save"};

static void push_field(lua_State *L, const struct lur_run *run, enum field field) {
  switch (field) {
  case STATUS: lua_pushstring(L, lur_status_names[run->outcome.status]); break;
  case EPOCHS: lua_pushinteger(L, (lua_Integer)run->outcome.epochs); break;
  case SOLVED: lua_pushboolean(L, run->outcome.status == LUR_SOLVED); break;
  case FAILURE: lua_getiuservalue(L, 1, LUR_RUN_ERROR); break;
  case CURVE: push_curve(L, run, run->curve); break;
  case VALIDATION_CURVE: push_curve(L, run, run->outcome.validation_curve); break;
  case NETWORK: push_network(L, run); break;
  case PLOT: /* methods */
  case SAVE: lua_getfield(L, lua_upvalueindex(1), fields[field]); break;
  case N_FIELDS: break;
  }
}

/* Pushes the metric of that name: of the engine's, where it was asked for, or of the script's. */
static bool push_metric(lua_State *L, const struct lur_run *run, const char *name) {
  const int m = lur_metric_find(name);
  if (m >= 0 && run->metrics >> m & 1) {
    isnan(run->outcome.metric[m]) ? lua_pushnil(L) : lua_pushnumber(L, run->outcome.metric[m]);
    return true;
  }
  lua_getiuservalue(L, 1, LUR_RUN_VALUES);
  lua_getiuservalue(L, 1, LUR_RUN_NAMES);
  for (lua_Integer i = 1; lua_istable(L, -1) && lua_rawgeti(L, -1, i) == LUA_TSTRING; i++) {
    bool same = strcmp(lua_tostring(L, -1), name) == 0;
    lua_pop(L, 1);
    if (same) {
      lua_getfield(L, -2, name);
      return true;
    }
  }
  return false;
}

static int mm_index(lua_State *L) {
  const struct lur_run *run = lur_check_run(L, NULL);
  const char *names[N_FIELDS + LUR_N_METRICS + 1] = {NULL};
  if (lua_type(L, 2) != LUA_TSTRING)
    return 0;
  const char *name = lua_tostring(L, 2);
  for (int i = 0; i < N_FIELDS; i++) {
    names[i] = fields[i];
    if (strcmp(fields[i], name) == 0) {
      push_field(L, run, (enum field)i);
      return 1;
    }
  }
  if (push_metric(L, run, name))
    return 1;
  if (lur_metric_find(name) >= 0)
    return luaL_error(L, "%s: the run did not compute it; ask for metrics = {\"%s\"}", name, name);
  for (int i = 0; i < LUR_N_METRICS; i++)
    names[N_FIELDS + i] = lur_metric_names[i];
  lur_raise_unknown(L, name, names);
  return 0;
}

static void append(lua_State *L, int list, const char *name) {
  lua_pushstring(L, name);
  lua_rawseti(L, list, (lua_Integer)lua_rawlen(L, list) + 1);
}

/* What it came to, its metrics as in a table of results, the curve and the network. */
static int mm_pairs(lua_State *L) {
  static const char *const first[] = {"status", "solved", "error", "epochs", NULL};
  const struct lur_run *run = lur_check_run(L, NULL);
  lur_push_words(L, first);
  int list = lua_gettop(L), names = list + 1;
  for (int i = 0; i < LUR_N_METRICS; i++)
    if (run->metrics >> i & 1)
      append(L, list, lur_metric_names[i]);
  lua_getiuservalue(L, 1, LUR_RUN_NAMES);
  for (lua_Integer i = 1; lua_istable(L, names) && lua_rawgeti(L, names, i) == LUA_TSTRING; i++) {
    append(L, list, lua_tostring(L, -1));
    lua_pop(L, 1);
  }
  append(L, list, "curve");
  if (run->outcome.validation_curve)
    append(L, list, "validation_curve");
  append(L, list, "network");
  lua_settop(L, list);
  lua_pushvalue(L, 1);
  return lur_pairs_of_names(L);
}

static int mm_tostring(lua_State *L) {
  const struct lur_run *run = lur_check_run(L, NULL);
  const struct lur_outcome *o = &run->outcome;
  char loss[32] = "none";
  if (!isnan(o->metric[LUR_M_LOSS]))
    lur_digits_write(o->metric[LUR_M_LOSS], loss);
  lua_pushfstring(L, "luron.run: %s after %I epoch%s, loss %s", lur_status_names[o->status], (LUAI_UACINT)o->epochs,
                  o->epochs == 1 ? "" : "s", loss);
  return 1;
}

static int mm_gc(lua_State *L) {
  struct lur_run *run = luaL_checkudata(L, 1, RUN);
  lur_network_free(run->network);
  free(run->curve);
  lur_checkpoint_free(run->checkpoint);
  *run = (struct lur_run){0};
  return 0;
}

/* Nothing is closed: a run is memory only, and a metric's function may not take it from the run's own table. */
void lur_open_run(lua_State *L) {
  static const luaL_Reg meta[] = {{"__tostring", mm_tostring}, {"__pairs", mm_pairs}, {"__gc", mm_gc}, {NULL, NULL}};
  static const luaL_Reg methods[] = {{"save", lur_run_save}, {NULL, NULL}}; /* those of pictures are added later */
  lur_open_class(L, RUN, meta, methods, mm_index);
  lur_set_frozen(L, RUN, "a run cannot be changed");
}
