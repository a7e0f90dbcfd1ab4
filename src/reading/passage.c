/* SPDX-License-Identifier: MIT
 * `resume` and `until_epoch`: a run in parts. A part that goes on must be of the same run: what decides that is
 * compared with what the checkpoint says of it. */
#include "sweep/resolved.h"

#include <string.h>

#include "reading/reading.h"
#include "session/read_files.h"

/* ---- What the script says ---- */
static bool has(struct lur_reader *r, const char *name) {
  const bool is = lua_getfield(r->L, r->fields, name) != LUA_TNIL && lua_toboolean(r->L, -1);
  lua_pop(r->L, 1);
  return is;
}

static bool is_typed(struct lur_reader *r, const char *name) {
  if (!r->overrides || r->override_origin)
    return false;
  const bool is = lua_getfield(r->L, r->overrides, name) != LUA_TNIL;
  lua_pop(r->L, 1);
  return is;
}

/* Pushes it: from the script's folder, and where it was typed from the current one. */
static const char *push_resume(struct lur_reader *r) {
  if (lua_getfield(r->L, r->fields, "resume") != LUA_TSTRING)
    lur_reader_fail(r, "resume", "%s, but a checkpoint's path is expected", lur_push_found(r->L, -1));
  const char *path = lur_read_text(r, "resume");
  return is_typed(r, "resume") ? path : lur_push_path(r->L, path);
}

void lur_write_resolved(lua_State *L, int reading, struct lur_buffer *out) {
  const struct lur_reading *g = lur_reading_at(L, reading);
  const bool when = lua_getiuservalue(L, reading, LUR_READING_WHEN) == LUA_TFUNCTION;
  lua_pop(L, 1);
  lur_resolved_write(&g->spec, when, out);
}

/* ---- The checkpoint ---- */
static void check_epochs(struct lur_reader *r) {
  const struct lur_reading *g = r->reading;
  const struct lur_checkpoint *c = g->from.state;
  const unsigned long long asked = g->numbers.epochs, before = c->epochs, at = c->epoch;
  const char *reader = asked == before ? NULL : lur_reads_epochs(&g->structure);
  if (reader)
    lur_reader_fail(r, "epochs", "%llu, but the checkpoint's run has %llu, and its %s read%s epochs", asked, before,
                    reader, strcmp(reader, "metrics") == 0 ? "" : "s");
  if (asked < at)
    lur_reader_fail(r, "epochs", "%llu, but the checkpoint is of epoch %llu", asked, at);
  if (g->until < at)
    lur_reader_fail(r, "until_epoch", "%llu, but the checkpoint is of epoch %llu", (unsigned long long)g->until, at);
}

static void read_checkpoint(struct lur_reader *r) {
  struct lur_reading *g = r->reading;
  struct lur_error e = {0};
  bool stops_differ;
  const char *path = push_resume(r);
  lur_note_file(r->L, path);
  g->from_note = lur_files_number(lur_script_of(r->L)->files, path);
  if (lur_checkpoint_load(path, &g->from, &e))
    lur_reader_fail_error_at(r, "resume", &e);
  const bool when = lua_getiuservalue(r->L, r->at, LUR_READING_WHEN) == LUA_TFUNCTION;
  if (lur_resolved_compare(&g->spec, when, g->from.fields, &stops_differ, &e))
    lur_reader_fail_error(r, &e);
  if (!lur_checkpoint_fits(g->from.state, &g->structure))
    lur_reader_fail(r, "resume", "the checkpoint is of another network or optimizer");
  g->as_ended = g->from.state->status != LUR_FINISHED && !stops_differ;
  check_epochs(r);
}

void lur_read_passage(struct lur_reader *r) {
  struct lur_reading *g = r->reading;
  const bool resumes = has(r, "resume"), ends = has(r, "until_epoch");
  const uint64_t last = g->numbers.epochs;
  if (!resumes && !ends)
    return;
  if (resumes && has(r, "start"))
    lur_reader_fail(r, "resume",
                    "given beside start, but a checkpoint has its own weights; write start = false, and "
                    "hidden, activation ... as the network has them");
  if (r->call && r->sweeps)
    lur_reader_fail(r, resumes ? "resume" : "until_epoch",
                    "is for a single run, not for a sweep; start = a network begins all its runs from one");
  if (r->sweeps) { /* the file may be written before it runs */
    g->complete = false;
    return;
  }
  g->passes = true;
  g->until = ends ? (uint64_t)lur_spec_value(&g->spec, LUR_F_UNTIL_EPOCH).as.integer : last;
  if (g->until > last)
    lur_reader_fail(r, "until_epoch", "%llu, but the run has %llu epochs; epochs are the whole run's",
                    (unsigned long long)g->until, (unsigned long long)last);
  if (resumes)
    read_checkpoint(r);
}
