/* SPDX-License-Identifier: MIT
 * A results file once more, as far as it needs no Lua: which run is meant, the file's row of it, how it is shown. */
#ifndef LUR_SESSION_REPLAY_H
#define LUR_SESSION_REPLAY_H

#include "data/network.h"
#include "session/verify.h"
#include "sweep/stored.h"

/* The file's row of the run to replay. */
struct lur_replay_row {
  bool is_there, pruned;
  int n; /* metrics */
  char status[16];
  const struct lur_column *column; /* of the first metric */
  struct lur_cell metric[LUR_STORE_MAX_COLUMNS];
};

struct lur_replay {
  const struct lur_replay_request *request;
  const struct lur_stored *stored;
  struct lur_stop stop;
  bool matched; /* an experiment with the file's hash was found */
  bool runs;    /* the script is run, and may read files */
  struct lur_replay_row row;
  struct lur_difference_text d;
  struct lur_structure structure; /* of the run to replay */
  struct lur_numbers numbers;
  struct lur_plan *plan;   /* that has the run's patterns; owned */
  struct lur_query *query; /* that lends the row its texts; owned */
};

/* Plans the sweep; where it is the file's, verifies the file, or finds the run to replay: `at` is its spec then. */
int lur_replay_plan(const struct lur_sweep *sweep, struct lur_replay *a, struct lur_spec *at, struct lur_buffer *out,
                    struct lur_error *e);
/* The epochs and losses of the whole run: a few points, evenly spread, where people read. */
void lur_replay_write_curve(const struct lur_outcome *o, int n_asked, uint64_t max_epochs, bool json,
                            struct lur_buffer *out);
void lur_replay_write_weights(const struct lur_network *n, bool json, struct lur_buffer *out);
/* Whether the script's file still holds the text that the results file keeps. */
bool lur_replay_is_on_disk(const struct lur_sweep_facts *f);

#endif
