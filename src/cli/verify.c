/* SPDX-License-Identifier: MIT
 * `luron verify`: computes a results file's rows again and compares every bit. */
#include <inttypes.h>
#include <string.h>

#include "cli/results.h"
#include "script/script.h"
#include "script/sweep_file.h"
#include "view/verify.h"

static int report(const char *path, const struct lur_verify_report *r) {
  if (!r->differs) {
    printf("%s: %" PRIu64 " rows computed again, bit by bit the same\n", path, r->n_compared);
    return LUR_EXIT_OK;
  }
  printf("%s: run %" PRIu64 " differs in %s: %s is stored, %s is computed\n", path, r->run, r->column, r->stored,
         r->computed);
  return LUR_EXIT_DIFFERS;
}

int lur_results_fail_stored(const struct lur_error *e, const char *path) {
  if (strcmp(e->field, "functions") == 0) {
    fprintf(stderr, "luron: %s: %s\n", path, e->text);
    return LUR_EXIT_FAILED;
  }
  return lur_results_fail(e, path);
}

static int verify(const struct lur_arguments *a) {
  struct lur_results_words words;
  struct lur_verify_report r;
  struct lur_error e = {0};
  long n_sample = lur_results_count(a, "sample"), n_threads = lur_results_count(a, "jobs");
  if (n_sample < 0 || n_threads < 0)
    return LUR_EXIT_USAGE;
  int code = lur_results_words(a, 1, &words);
  struct lur_table *t = code ? NULL : lur_results_open(words.file[0], &code);
  if (!t)
    return code;
  if (words.where)
    code = lur_usage_error(words.where, "one word too many; write luron verify FILE");
  else if (lur_verify(t, (uint64_t)n_sample, n_threads ? (int)n_threads : lur_cores(), lur_interrupt_flag(), &r, &e))
    code =
        e.code == LUR_ECANCELLED ? 128 + atomic_load(lur_interrupt_flag()) : lur_results_fail_stored(&e, words.file[0]);
  else
    code = report(words.file[0], &r);
  lur_interrupt_obeyed();
  lur_table_free(t);
  return code;
}

static const struct lur_option options[] = {
    {"sample", 0, "N", "about N rows, spread evenly (default: all)"},
    {"jobs", 'j', "N", "threads (default: the cores it may use)"},
    {0},
};

const struct lur_command lur_command_verify = {
    .name = "verify",
    .usage = "FILE",
    .meaning = "compute a results file again and compare it bit by bit",
    .more = "The first difference is named, with exit code 3. Nothing but the file is read; what a Lua function\n"
            "gave cannot be computed from it.\n",
    .options = options,
    .n_least = 1,
    .n_most = -1,
    .run = verify,
};
