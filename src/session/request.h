/* SPDX-License-Identifier: MIT
 * What the command line asks for: a script and what was typed after it, and what a command adds. */
#ifndef LUR_SESSION_REQUEST_H
#define LUR_SESSION_REQUEST_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

struct lur_script_options {
  const char *path;  /* the script; "-" is standard input */
  const char *text;  /* run instead of what the file holds, under its name; or NULL */
  const char *chunk; /* what messages call a text that is no file's; or NULL */
  bool names_luron;  /* the module is a global, too */
  int n_words;       /* all that was typed after the script's name: `arg` and `...` of the script */
  const char *const *words;
  int n_overrides; /* the words without the command's own options: name=value where all is well */
  const char *const *overrides;
  const char *words_of; /* the results file that these words come from; NULL: they were typed */
  bool assume_same;     /* what functions hold and luron cannot compare is taken for the same */
  bool explain;         /* luron run: which kernel, and the programs of functions */
  bool quiet, json;     /* how results are printed to stdout */
  /* luron run: where to write a checkpoint, or NULL; after every so many epochs, 0: at the end. */
  const char *checkpoint;
  bool every_alone; /* --every without it, behind the script's name */
  uint64_t every;
  bool color;                        /* stdout takes colour: --color, NO_COLOR and the terminal considered */
  const struct lur_sandbox *sandbox; /* that the script runs in (session/sandbox.h); or NULL */
};

/* What `luron sweep` asks for beside the script. Texts may be NULL. */
struct lur_sweep_request {
  int n_threads;   /* 0: the cores it may use */
  const char *out; /* the results file */
  bool fresh, plan, explain;
  bool retry;               /* runs that failed and rows that are gone are computed again */
  uint64_t budget_ns;       /* 0: none */
  int shard, n_shards;      /* 0 of 0: everything */
  const char *const *reuse; /* older results files whose rows are taken over */
  int n_reuse;
  bool finds;         /* those in results/ too */
  const char *expect; /* an expression that must hold of the results, else exit code 3 */
  const char *metric; /* what ranks, instead of the script's rank; or NULL */
  const char *keep;   /* "all", "cells", or how many of the best */
  char *find;         /* LUR_PATH_BYTES: nothing is run, but the results file's path is put here; or NULL */
};
enum { LUR_PATH_BYTES = 512 };
/* What `luron verify` and `luron replay` ask for: the sweep of an open results file once more. It is planned from what
 * the file keeps; where that names functions, from its script, if the text is still the same or is trusted. */
struct lur_table;
struct lur_replay_request {
  struct lur_table *table;
  uint64_t run;      /* to replay; 0: verify */
  uint64_t n_sample; /* verify about so many; 0: all */
  int n_threads;     /* 0: the cores it may use */
  bool trust, bar, quiet, json, color;
  const struct lur_sandbox *sandbox; /* as of lur_script_options */
};
/* How a session hears that it is to end. */
struct lur_stop {
  const atomic_int *cancel; /* not 0: the number of the signal that came */
  void (*obeyed)(void);     /* called once the end is under way: no end by the clock any more */
};

#endif
