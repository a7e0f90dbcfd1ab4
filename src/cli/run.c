/* SPDX-License-Identifier: MIT
 * `luron run FILE [NAME=VALUE ...]`: a script, with what was typed after its name. Where it returns experiments those
 * words set their fields; else they are its own, in `arg` and `...`. --quiet, --json and --color are known behind the
 * script's name too. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "cli/command.h"
#include "host/script.h"

static const char explain_option[] = "explain", checkpoint_option[] = "checkpoint", every_option[] = "every";
static const struct lur_option run_options[] = {
    {checkpoint_option, 0, "FILE", "write a checkpoint of the run; resume=FILE goes on from it"},
    {every_option, 0, "N", "write it after every N epochs, not only at the end"},
    {explain_option, 0, NULL, "print which kernel the run gets, and the programs of its functions"},
    {0},
};

struct lur_script_options lur_script_words(const struct lur_arguments *a, int at, int n) {
  const char *const *words = a->words + at + 1;
  return (struct lur_script_options){
      .path = a->words[at], .n_words = n, .words = words, .n_overrides = n, .overrides = words};
}

/* One of the options that take a value, behind the script's name: "--every=9" or "--every" "9"; how many words it
 * is. */
static int take_value(struct lur_arguments *a, const char *const *words, int n) {
  for (int k = 0; run_options[k].name; k++) {
    const size_t length = strlen(run_options[k].name);
    if (!run_options[k].value || strncmp(words[0], "--", 2) != 0 ||
        strncmp(words[0] + 2, run_options[k].name, length) != 0)
      continue;
    const char *rest = words[0] + 2 + length;
    if (*rest == '=' || (*rest == '\0' && n > 1)) {
      a->value[k] = *rest ? rest + 1 : words[1];
      return *rest ? 1 : 2;
    }
  }
  return 0;
}

/* Behind the script's name a word without its --checkpoint is the script's own. */
static int read_every(const struct lur_arguments *a, struct lur_script_options *o, bool is_before) {
  o->checkpoint = lur_argument(a, checkpoint_option);
  if (is_before && !o->checkpoint)
    return lur_usage_error("--every", "is how often --checkpoint FILE is written; give that too");
  return !o->checkpoint ? LUR_EXIT_OK
                        : lur_count_option(a, every_option, UINT64_MAX / 2, "a number of epochs", &o->every);
}

int lur_run_script(struct lur_arguments *a) {
  int n = a->n_words - 1, n_overrides = 0;
  const char **overrides = lur_alloc((size_t)n, sizeof *overrides);
  if (!overrides)
    return lur_memory_error();
  bool explain = lur_argument(a, explain_option) != NULL, every_before = lur_argument(a, every_option) != NULL;
  for (int i = 0, n_taken; i < n; i += n_taken ? n_taken : 1)
    if ((n_taken = take_value(a, a->words + i + 1, n - i)) > 0)
      continue;
    else if (strcmp(a->words[i + 1], "--explain") == 0)
      explain = true;
    else if (!lur_arguments_take(a, a->words[i + 1]))
      overrides[n_overrides++] = a->words[i + 1];
  struct lur_script_options options = lur_script_words(a, 0, n);
  int code = read_every(a, &options, every_before);
  if (code) {
    free(overrides);
    return code;
  }
  options.n_overrides = n_overrides;
  options.overrides = overrides;
  options.explain = explain;
  options.quiet = a->quiet;
  options.json = a->json;
  options.color = lur_color_wanted(a, stdout);
  code = lur_script_run(&options);
  free(overrides);
  return code;
}

static int run(const struct lur_arguments *a) {
  struct lur_arguments changed = *a;
  return lur_run_script(&changed);
}

const struct lur_command lur_command_run = {
    .name = "run",
    .usage = "FILE [NAME=VALUE ...]",
    .meaning = "run a script; train the experiments that it returns and print their logs",
    .more = "NAME=VALUE sets a field of every experiment: epochs=100 learning_rate=0.5 hidden=4x4 stop.error=0.1\n"
            "(luron help fields lists them); false takes one away: normalize=false stop=false.\n"
            "A script that returns nothing finds the words in arg.\n"
            "A large network is trained by all cores that the process may use (taskset says fewer).\n"
            "luron FILE ... is the same, so that scripts can start with #!/usr/bin/env luron.\n",
    .no_output = "a run writes no file; to keep its network, write in a script "
                 "experiment:run().network:save(\"net.txt\"); see also luron help sweep",
    .options = run_options,
    .prints = true,
    .stops_at_file = true,
    .n_least = 1,
    .n_most = -1,
    .run = run,
};
