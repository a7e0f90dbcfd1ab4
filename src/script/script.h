/* SPDX-License-Identifier: MIT
 * What the command line asks of the Lua side: run this script file, in a state of its own, and do with what it
 * returns what the command is for. Prints messages to stderr; never exits. One call at a time a process, because
 * signals are the process's. */
#ifndef LUR_SCRIPT_H
#define LUR_SCRIPT_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

struct lur_script_options {
  const char *path; /* the script; "-" is standard input */
  const char *text; /* run instead of what the file holds, under its name; or NULL */
  int n_words;      /* all that was typed after the script's name: `arg` and `...` of the script */
  const char *const *words;
  int n_overrides; /* the words without the command's own options: name=value where all is well */
  const char *const *overrides;
  bool quiet, json; /* how results are printed to stdout */
  bool color;       /* stdout takes colour: --color, NO_COLOR and the terminal considered */
};

/* What `luron sweep` asks for beside the script. Texts may be NULL. */
struct lur_sweep_request {
  int n_threads;         /* 0: the cores it may use */
  const char *out;       /* the results file */
  bool fresh, plan, explain;
  bool retry;            /* runs that failed and rows that are gone are computed again */
  uint64_t budget_ns;    /* 0: none */
  int shard, n_shards;   /* 0 of 0: everything */
  const char *expect;    /* an expression that must hold of the results, else exit code 3 */
  const char *metric;    /* what ranks, instead of the script's rank; or NULL */
  const char *keep;      /* "all", "cells", or how many of the best */
  char *find;            /* LUR_PATH_BYTES: nothing is run, but the results file's path is put here; or NULL */
};
enum { LUR_PATH_BYTES = 512 };
int lur_script_sweep(const struct lur_script_options *options, const struct lur_sweep_request *request);

/* What `luron verify` and `luron replay` ask for: the sweep of an open results file once more. It is planned from what
 * the file keeps; where that names functions, from its script, if the text is still the same or is trusted. */
struct lur_table;
struct lur_again_request {
  struct lur_table *table;
  uint64_t run;      /* to replay; 0: verify */
  uint64_t n_sample; /* verify about so many; 0: all */
  int n_threads;     /* 0: the cores it may use */
  bool trust, bar, quiet, json, color;
};
/* The exit code; 3 where something differs. */
int lur_script_again(const struct lur_again_request *request);

/* What `luron plot SCRIPT` asks for: a picture of the script's network after so many epochs each, or one for each. */
struct lur_buffer;
struct lur_error;
enum { LUR_MOST_PLOT_EPOCHS = 8, LUR_MOST_FRAMES = 1000, LUR_FRAMES = 60 };
struct lur_network_request {
  bool boundary; /* else weights */
  bool animate;
  int n_epochs;           /* 0: before and after; to animate, LUR_FRAMES moments, ever further apart */
  const uint64_t *epochs; /* more than the script says: as many as it says */
  /* Takes a picture, as PNG; a code other than LUR_OK ends it. */
  int (*take)(void *context, const struct lur_buffer *png, struct lur_error *e);
  void *context;
};
int lur_script_plot(const struct lur_script_options *options, const struct lur_network_request *request);

/* The exit code: 0, 1 a script or the world failed, 2 usage, 130 or 143 after a signal. */
int lur_script_run(const struct lur_script_options *options);

/* "Lua 5.4.4 (system)", "Lua 5.4.7 (bundled)". */
const char *lur_script_lua_version(void);

/* SIGINT and SIGTERM set the flag to their number and stop a running script; a second one ends the process at once,
 * as does the first where nothing has obeyed it within LUR_INTERRUPT_GRACE_MS. */
enum { LUR_INTERRUPT_GRACE_MS = 600 };
void lur_interrupt_catch(void);
void lur_interrupt_obeyed(void);            /* what is under way is being finished: no end by the clock any more */
const atomic_int *lur_interrupt_flag(void); /* what the engine polls; 0 until a signal came */

#endif
