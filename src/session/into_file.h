/* SPDX-License-Identifier: MIT
 * A sweep into its results file: what `luron sweep` and e:sweep{} share. C alone but for the host's calls, which are
 * protected; so nothing raises while a file is open. */
#ifndef LUR_SESSION_INTO_FILE_H
#define LUR_SESSION_INTO_FILE_H

#include "session/read_files.h"
#include "session/request.h"
#include "store/store.h"
#include "sweep/sweep.h"

struct lur_sweep_outcome {
  char path[LUR_PATH_BYTES];
  uint64_t total, done, rows, before; /* numbers; before: settled when the file was opened; rows: of this session */
  uint64_t taken;                     /* rows that were taken over from older files */
  uint64_t time_ns;
  bool complete, out_of_budget;
};

/* script_path: as given; name: the experiment's, or NULL; log: as lur_stored_write_more; opaque: what its functions
 * hold and its hash does not, such as "a coroutine", so that it counts as no other run of the script's; or "". bar:
 * progress on stderr. stays: the file in WAL mode, as lur_store_plan. */
struct lur_sweep_source {
  struct lur_files *files; /* what the script read so far, which the results file keeps */
  struct lur_stop stop;
  const char *script_path, *name, *log, *opaque;
  const char *const *overrides; /* as typed; an e:sweep (item -1) has none */
  int n_overrides;
  int item; /* as lur_stored_write_more */
  bool bar, stays;
};

enum { LUR_HASH_DIGITS = 12 }; /* of the hash, in names of files */
/* The script's file name without folder and suffix, in letters that need no quoting. */
void lur_sweep_slug(const char *path, char slug[64]);
/* Where the results go: request->out, or results/SLUG-HASH.db. */
int lur_sweep_path(const struct lur_plan *p, const struct lur_sweep_source *s, const struct lur_sweep_request *r,
                   char path[LUR_PATH_BYTES], struct lur_error *e);
/* What lur_sweep_to_file asks before it writes: an error says why it would not go on with the file, or erase it. */
int lur_sweep_check_file(const struct lur_plan *p, const struct lur_sweep_source *s, const struct lur_sweep_request *r,
                         const char *path, struct lur_error *e);
/* LUR_OK also where a budget ended it; LUR_ECANCELLED after a signal, with everything finished committed. */
int lur_sweep_to_file(const struct lur_plan *p, const struct lur_sweep_source *s, const struct lur_sweep_request *r,
                      struct lur_sweep_outcome *o, struct lur_error *e);

#endif
