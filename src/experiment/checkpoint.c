/* SPDX-License-Identifier: MIT
 * run:save(path): the run's checkpoint. A run that was no part of one kept none; it is trained once more, as far as it
 * came, by the kernel that leaves one: the bits are the same. */
#include "engine/checkpoint.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/checkpoint.h"
#include "experiment/experiment.h"
#include "experiment/function_digest.h"
#include "session/read_files.h"
#include "sweep/resolved.h"

static const char CODE[] = LUR_STOP_WHEN_LINE "code=", READ[] = LUR_STOP_WHEN_LINE "read=";
enum { DIGEST = 64 };

/* ---- The function that may end it ---- */
void lur_stop_digest(lua_State *L, int reading, char hex[65]) {
  char opaque[LUR_OPAQUE_BYTES];
  bool names_curve;
  const int top = lua_gettop(L);
  lua_newtable(L);
  lua_getiuservalue(L, reading, LUR_READING_WHEN);
  lua_setfield(L, top + 1, "stop_when");
  const char *digest = lur_push_function_digest(L, top + 1, &names_curve, opaque);
  snprintf(hex, 65, "%s", opaque[0] ? "unknown" : digest);
  lua_settop(L, top);
}

/* What decides what stop.when says: its code, what it holds, and the files that it may have read: all that were read,
 * as one that is read again has its first note, but for the checkpoint that the run went on from. */
static void write_when(lua_State *L, int reading, const struct lur_run *run, struct lur_buffer *out) {
  const struct lur_files *files = lur_script_of(L)->files;
  const uint64_t from = lur_reading_at(L, reading)->from_note;
  const char *code = run->when;
  for (uint64_t i = 1; i <= lur_files_made(files); i++) {
    const struct lur_read_file *f = i == from ? NULL : lur_files_numbered(files, i);
    if (f && strchr(f->path, '\n'))
      code = "unknown"; /* no line can say it */
    else if (f)
      lur_buffer_format(out, "%s%s %s\n", READ, f->sha256, f->path);
  }
  lur_buffer_format(out, "%s%s\n", CODE, code);
}

static bool is_line(const char *line, const char *name) {
  return strncmp(line, name, strlen(name)) == 0;
}

static bool same_file(const struct lur_files *files, const char *value, size_t n) {
  if (n <= DIGEST + 1 || value[DIGEST] != ' ')
    return false;
  char *path = strndup(value + DIGEST + 1, n - DIGEST - 1), sha256[DIGEST + 1] = "";
  memcpy(sha256, value, DIGEST);
  const bool same = path && lur_files_is_same(files, &(struct lur_read_file){path, sha256, NULL});
  free(path);
  return same;
}

bool lur_is_as_ended(lua_State *L, int reading, const char *when) {
  const struct lur_reading *g = lur_reading_at(L, reading);
  if (!g->as_ended || g->from.state->status != LUR_STOPPED)
    return g->as_ended;
  bool same = true; /* a file of an earlier luron does not say */
  for (const char *line = g->from.fields, *stop; same && (stop = strchr(line, '\n')) != NULL; line = stop + 1)
    if (is_line(line, CODE))
      same = strlen(when) == DIGEST && is_line(line + sizeof CODE - 1, when);
    else if (is_line(line, READ))
      same = same_file(lur_script_of(L)->files, line + sizeof READ - 1, (size_t)(stop - line) - (sizeof READ - 1));
  return same;
}

/* ---- Writing ---- */
int lur_run_write_checkpoint(lua_State *L, int reading, const struct lur_run *run, const char *path,
                             struct lur_error *e) {
  struct lur_buffer fields = {0};
  lur_write_resolved(L, reading, &fields);
  if (run->checkpoint->status == LUR_STOPPED)
    write_when(L, reading, run, &fields);
  const int rc =
      fields.failed ? lur_fail_memory(e) : lur_checkpoint_save(run->checkpoint, run->network, fields.data, path, e);
  lur_buffer_free(&fields);
  return rc;
}

static void train_again(lua_State *L, int reading, struct lur_run *run) {
  const struct lur_reading *g = lur_reading_at(L, reading);
  struct lur_error e;
  struct lur_outcome outcome = {0};
  struct lur_passage p = {.until = run->outcome.epochs};
  if (!(run->checkpoint = lur_checkpoint_new(&g->structure, &e)))
    lur_raise(L, &e);
  p.to = run->checkpoint;
  outcome.curve = lua_newuserdatauv(L, ((size_t)g->structure.n_curve + 1) * sizeof(double), 0);
  const int rc = lur_train_passage(&g->structure, &g->numbers, &p, NULL, lur_signal_flag(), &outcome, &e);
  lua_pop(L, 1);
  if (!rc && run->outcome.status == LUR_STOPPED) {
    p.to->status = LUR_STOPPED;
    lur_stop_digest(L, reading, run->when);
  }
  if (!rc)
    return;
  lur_checkpoint_free(run->checkpoint);
  run->checkpoint = NULL;
  if (rc == LUR_ECANCELLED)
    luaL_error(L, "interrupted");
  lur_raise(L, &e);
}

int lur_run_save(lua_State *L) {
  struct lur_run *run = lur_check_self(L, "luron.run", "run:save");
  struct lur_error e;
  luaL_checkstring(L, 2);
  lua_settop(L, 2);
  const char *path = lur_push_path(L, lua_tostring(L, 2));
  lur_check_output(L, path);
  lua_getiuservalue(L, 1, LUR_RUN_READING);
  const int reading = lua_gettop(L);
  if (!run->network || (!lua_isnil(L, reading) && !lur_reading_at(L, reading)->train))
    return luaL_error(L, "save: the run is collected");
  if (lua_isnil(L, reading))
    return luaL_error(L, "save: a run of a sweep; train it by itself, with e:run, and save that");
  if (run->outcome.status == LUR_FAILED)
    return luaL_error(L, "save: the run failed; there is nothing to go on from");
  if (!run->checkpoint)
    train_again(L, reading, run);
  if (lur_run_write_checkpoint(L, reading, run, path, &e))
    lur_raise(L, &e);
  lur_note_own_file(L, path);
  return 0;
}
