/* SPDX-License-Identifier: MIT
 * `luron verify`: a results file computed again, all of it or a sample. */
#include "cli/results.h"
#include "cli/sandbox.h"

static int verify(const struct lur_arguments *a) {
  struct lur_replay_request r = {.bar = !a->quiet && !a->json};
  struct lur_results_words words;
  uint64_t n_threads = 0;
  if (lur_count_option(a, "jobs", UINT64_MAX, "a count from 1", &n_threads) ||
      lur_count_option(a, "sample", UINT64_MAX, "a count from 1", &r.n_sample))
    return LUR_EXIT_USAGE;
  r.n_threads = n_threads > 1024 ? 1024 : (int)n_threads;
  int code = lur_results_one_word(a, &words);
  return code ? code : lur_results_replay(a, words.file[0], &r);
}

static const struct lur_option options[] = {
    {"sample", 'n', "N", "N rows by chance instead of all"},
    {"jobs", 'j', "N", "threads (default: the cores it may use)"},
    {"trust", 0, NULL, "run the script's text that the file keeps, if the script has changed or is gone"},
    LUR_SANDBOX_OPTIONS,
    {0},
};

const struct lur_command lur_command_verify = {
    .name = "verify",
    .usage = "FILE",
    .meaning = "compute a sweep's results again and compare them bit by bit",
    .more = lur_results_replay_help,
    .options = options,
    .prints = true,
    .n_least = 1,
    .n_most = -1,
    .run = verify,
};
