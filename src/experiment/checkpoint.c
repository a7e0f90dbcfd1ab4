/* SPDX-License-Identifier: MIT
 * run:save(path): the run's checkpoint. A run that was no part of one kept none; it is trained once more, as far as it
 * came, by the kernel that leaves one: the bits are the same. */
#include "engine/checkpoint.h"

#include "data/checkpoint.h"
#include "experiment/experiment.h"

int lur_run_write_checkpoint(lua_State *L, int reading, const struct lur_run *run, const char *path,
                             struct lur_error *e) {
  struct lur_buffer fields = {0};
  lur_write_resolved(L, reading, &fields);
  const int rc =
      fields.failed ? lur_fail_memory(e) : lur_checkpoint_save(run->checkpoint, run->network, fields.data, path, e);
  lur_buffer_free(&fields);
  return rc;
}

static void train_again(lua_State *L, const struct lur_reading *g, struct lur_run *run) {
  struct lur_error e;
  struct lur_outcome outcome = {0};
  struct lur_passage p = {.until = run->outcome.epochs};
  if (!(run->checkpoint = lur_checkpoint_new(&g->structure, &e)))
    lur_raise(L, &e);
  p.to = run->checkpoint;
  outcome.curve = lua_newuserdatauv(L, ((size_t)g->structure.n_curve + 1) * sizeof(double), 0);
  const int rc = lur_train_passage(&g->structure, &g->numbers, &p, NULL, lur_signal_flag(), &outcome, &e);
  lua_pop(L, 1);
  if (!rc && run->outcome.status == LUR_STOPPED)
    p.to->status = LUR_STOPPED;
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
    train_again(L, lur_reading_at(L, reading), run);
  if (lur_run_write_checkpoint(L, reading, run, path, &e))
    lur_raise(L, &e);
  lur_note_own_file(L, path);
  return 0;
}
