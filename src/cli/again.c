/* SPDX-License-Identifier: MIT
 * `luron verify` and `luron replay`: a results file computed again, all of it or one run. */
#include <inttypes.h>
#include <stdlib.h>

#include "cli/results.h"

static int again(const struct lur_arguments *a, struct lur_again_request *r) {
  struct lur_results_words words;
  char *end;
  int code = lur_results_words(a, 1, &words);
  bool replays = a->command == &lur_command_replay;
  if (code)
    return code;
  if (replays && !words.where)
    return lur_usage_error(NULL, "a run's number is missing; write luron replay %s", a->command->usage);
  if (replays) {
    r->run = strtoull(words.where, &end, 10);
    if (*end || words.where[0] < '0' || words.where[0] > '9' || r->run == 0)
      return lur_usage_error(words.where, "is not the number of a run, from 1");
  } else if (words.where) {
    return lur_usage_error(words.where, "one word too many; write luron verify %s", a->command->usage);
  }
  r->trust = lur_argument(a, "trust") != NULL;
  r->quiet = a->quiet;
  r->json = a->json;
  r->bar = !a->quiet && !a->json && !replays;
  r->color = lur_color_wanted(a, stdout);
  if (!(r->table = lur_results_open(words.file[0], &code)))
    return code;
  code = lur_script_again(r);
  lur_table_free(r->table);
  return code;
}

static int replay(const struct lur_arguments *a) {
  struct lur_again_request r = {0};
  return again(a, &r);
}

static int verify(const struct lur_arguments *a) {
  struct lur_again_request r = {0};
  long n_threads = lur_results_count(a, "jobs"), n_sample = lur_results_count(a, "sample");
  if (n_threads < 0 || n_sample < 0)
    return LUR_EXIT_USAGE;
  r.n_threads = n_threads > 1024 ? 1024 : (int)n_threads;
  r.n_sample = (uint64_t)n_sample;
  return again(a, &r);
}

static const struct lur_option replay_options[] = {
    {"trust", 0, NULL, "run the script's text as the file keeps it, where the script has changed or gone"},
    {0},
};

static const struct lur_option verify_options[] = {
    {"sample", 'n', "N", "N rows by chance instead of all"},
    {"jobs", 'j', "N", "threads (default: the cores it may use)"},
    {"trust", 0, NULL, "run the script's text as the file keeps it, where the script has changed or gone"},
    {0},
};

static const char from_what[] =
    "It works from the experiment and the data that the file keeps. Where those hold Lua functions the script is\n"
    "run, if it still is the file's text. The exit code is 3 where something differs.\n"
    "FILE may be a script, with the NAME=VALUE words of its sweep behind it.\n";

const struct lur_command lur_command_replay = {
    .name = "replay",
    .usage = "FILE RUN",
    .meaning = "one run of a sweep again, with its log, curve and weights; compare it with its row",
    .more = from_what,
    .options = replay_options,
    .prints = true,
    .n_least = 2,
    .n_most = -1,
    .run = replay,
};

const struct lur_command lur_command_verify = {
    .name = "verify",
    .usage = "FILE",
    .meaning = "compute a sweep's results again and compare them bit by bit",
    .more = from_what,
    .options = verify_options,
    .prints = true,
    .n_least = 1,
    .n_most = -1,
    .run = verify,
};
