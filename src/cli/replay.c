/* SPDX-License-Identifier: MIT
 * `luron replay`: one run of a results file computed again. */
#include "cli/results.h"
#include "cli/sandbox.h"

static int replay(const struct lur_arguments *a) {
  struct lur_replay_request r = {0};
  struct lur_results_words words;
  int code = lur_results_words(a, 1, &words);
  const char *end = words.where;
  if (code)
    return code;
  if (!words.where)
    return lur_usage_error(NULL, "a run's number is missing; write luron replay %s", a->command->usage);
  if (!lur_count_take(&end, 1, UINT64_MAX, &r.run) || *end)
    return lur_results_tell_taken(&words, lur_usage_error(words.where, "is not the number of a run, from 1"));
  return lur_results_replay(a, words.file[0], &r);
}

static const struct lur_option options[] = {
    {"trust", 0, NULL, "run the script's text that the file keeps, if the script has changed or is gone"},
    LUR_SANDBOX_OPTIONS,
    {0},
};

const struct lur_command lur_command_replay = {
    .name = "replay",
    .usage = "FILE RUN",
    .meaning = "one run of a sweep again, with its log, curve and weights; compare it with its row",
    .more = lur_results_replay_help,
    .options = options,
    .prints = true,
    .n_least = 2,
    .n_most = -1,
    .run = replay,
};
