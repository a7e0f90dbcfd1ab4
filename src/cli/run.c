/* SPDX-License-Identifier: MIT
 * `luron run FILE [NAME=VALUE ...]`: a script, with what was typed after its name. Where it returns experiments those
 * words set their fields; else they are its own, in `arg` and `...`. --quiet, --json and --color are known behind the
 * script's name too. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "cli/sandbox.h"
#include "host/script.h"
#include "store/store.h"

static const char explain_option[] = "explain", checkpoint_option[] = "checkpoint", every_option[] = "every";
static const struct lur_option run_options[] = {
    {checkpoint_option, 0, "FILE", "write a checkpoint of the run; resume=FILE goes on from it"},
    {every_option, 0, "N", "write it after every N epochs, not only at the end"},
    {explain_option, 0, NULL, "print which kernel the run gets, and the programs of its functions"},
    {"assume-same", 0, NULL, "of an e:sweep: what functions hold and luron cannot compare has not changed"},
    LUR_SANDBOX_OPTIONS,
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
        strncmp(words[0] + 2, run_options[k].name, length) != 0 ||
        (lur_sandbox_has(run_options[k].name) && !lur_argument(a, "sandbox")))
      continue;
    const char *rest = words[0] + 2 + length;
    if ((*rest == '=' || (*rest == '\0' && n > 1)) && a->n_given < LUR_MAX_GIVEN) {
      a->value[k] = *rest ? rest + 1 : words[1];
      a->given[a->n_given].option = &run_options[k];
      a->given[a->n_given++].value = a->value[k];
      return *rest ? 1 : 2;
    }
  }
  return 0;
}

/* --sandbox is never the script's own, wherever it stands: whoever writes it means it. */
static bool take_sandbox(struct lur_arguments *a, const char *word) {
  for (int k = 0; strcmp(word, "--sandbox") == 0 && run_options[k].name; k++)
    if (strcmp(run_options[k].name, word + 2) == 0)
      a->value[k] = "";
  return strcmp(word, "--sandbox") == 0;
}

/* A checkpoint replaces what is there, but not the script, and no results file. */
static int check_checkpoint(const struct lur_script_options *o) {
  struct lur_error e;
  return o->checkpoint && lur_store_check_output(o->checkpoint, o->path, &e) ? lur_usage_error(NULL, "%s", e.text)
                                                                             : LUR_EXIT_OK;
}

/* Behind the script's name an --every without --checkpoint is the script's own, unless it returns an experiment. */
static int read_every(const struct lur_arguments *a, struct lur_script_options *o, bool is_before) {
  o->checkpoint = lur_argument(a, checkpoint_option);
  o->every_alone = !o->checkpoint && lur_argument(a, every_option);
  if (is_before && o->every_alone)
    return lur_usage_error("--every", "%s", lur_every_alone);
  if (o->checkpoint && !o->checkpoint[0])
    return lur_usage_error("--checkpoint", "FILE is missing");
  return !o->checkpoint ? LUR_EXIT_OK
                        : lur_count_option(a, every_option, UINT64_MAX / 2, "a number of epochs", &o->every);
}

/* The words behind the script's name that are not the command's own, into overrides; how many. */
static int take_words(struct lur_arguments *a, const char **overrides, bool *explain) {
  const int n = a->n_words - 1;
  int n_overrides = 0;
  for (int i = 1; i <= n; i++)
    take_sandbox(a, a->words[i]);
  for (int i = 0, n_taken; i < n; i += n_taken ? n_taken : 1)
    if ((n_taken = take_value(a, a->words + i + 1, n - i)) > 0)
      continue;
    else if (strcmp(a->words[i + 1], "--explain") == 0)
      *explain = true;
    else if (!take_sandbox(a, a->words[i + 1]) && !lur_arguments_take(a, a->words[i + 1]))
      overrides[n_overrides++] = a->words[i + 1];
  return n_overrides;
}

static int run_words(struct lur_arguments *a, const char **overrides) {
  bool explain = lur_argument(a, explain_option) != NULL, every_before = lur_argument(a, every_option) != NULL;
  const int n_overrides = take_words(a, overrides, &explain);
  struct lur_script_options options = lur_script_words(a, 0, a->n_words - 1);
  struct lur_sandbox box = {.script = options.path};
  int code = read_every(a, &options, every_before);
  if (code || (code = check_checkpoint(&options)))
    return code;
  lur_sandbox_name_results(&box, options.path, NULL); /* of an e:sweep */
  if (!lur_sandbox_begin(a, options.path, &box, &code))
    return code;
  options.sandbox = box.what ? &box : NULL;
  options.n_overrides = n_overrides;
  options.overrides = overrides;
  options.explain = explain;
  options.assume_same = lur_argument(a, "assume-same") != NULL;
  options.quiet = a->quiet;
  options.json = a->json;
  options.color = lur_color_wanted(a, stdout);
  return lur_script_run(&options);
}

int lur_run_script(struct lur_arguments *a) {
  const char **overrides = lur_alloc((size_t)a->n_words, sizeof *overrides);
  const int code = overrides ? run_words(a, overrides) : lur_memory_error();
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
