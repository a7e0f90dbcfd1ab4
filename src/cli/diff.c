/* SPDX-License-Identifier: MIT
 * `luron diff`: the first run in which two results files of a sweep differ. Runs no Lua. */
#include <inttypes.h>
#include <limits.h>

#include "base/utf8.h"
#include "cli/results.h"
#include "view/export.h"
#include "view/terminal.h"

static void print_text(const char *text) {
  struct lur_buffer shown = {0};
  lur_terminal_text(text, INT_MAX, &shown);
  printf("%s", shown.data ? shown.data : "");
  lur_buffer_free(&shown);
}

static void print_column_json(const char *name) {
  struct lur_buffer text = {0};
  lur_json_text(name, &text);
  printf(",\"column\":%s", text.data ? text.data : "\"\"");
  lur_buffer_free(&text);
}

static int print_difference(const struct lur_difference *d, const char *const *words) {
  char a[LUR_SHOWN_BYTES], b[LUR_SHOWN_BYTES];
  lur_utf8_name(words[0], a);
  lur_utf8_name(words[1], b);
  switch (d->kind) {
  case LUR_SAME: printf("the same: %" PRIu64 " rows, bit by bit\n", d->n_compared); return LUR_EXIT_OK;
  case LUR_ONLY_IN_A: printf("run %" PRIu64 " is only in %s\n", d->run, a); break;
  case LUR_ONLY_IN_B: printf("run %" PRIu64 " is only in %s\n", d->run, b); break;
  case LUR_CELL_DIFFERS:
    printf("run %" PRIu64 ": ", d->run);
    print_text(d->column);
    printf(" is ");
    print_text(d->a);
    printf(" in %s and ", a);
    print_text(d->b);
    printf(" in %s\n", b);
    if (d->numbers)
      printf("bits %016" PRIx64 " and %016" PRIx64 "\n", d->bits_a, d->bits_b);
    break;
  }
  return LUR_EXIT_DIFFERS;
}

static int diff(const struct lur_arguments *a) {
  struct lur_difference d;
  struct lur_error e = {0};
  struct lur_results_words words;
  int code = lur_results_words(a, 2, &words);
  if (code)
    return code;
  if (words.where) {
    char shown[LUR_SHOWN_BYTES];
    fprintf(stderr, "luron: %s: no such file\n", lur_utf8_name(words.where, shown));
    return LUR_EXIT_FAILED;
  }
  if (words.n_files < 2)
    return lur_usage_error(words.file[0], "two results files are needed");
  if (lur_store_diff(words.file[0], words.file[1], &d, &e))
    return lur_results_fail(&e, words.file[0]);
  if (!a->json)
    return print_difference(&d, words.file);
  printf("{\"v\":1,\"type\":\"diff\",\"same\":%s,\"rows\":%" PRIu64, d.kind == LUR_SAME ? "true" : "false",
         d.n_compared);
  if (d.kind != LUR_SAME)
    printf(",\"run\":%" PRIu64, d.run);
  if (d.kind == LUR_ONLY_IN_A || d.kind == LUR_ONLY_IN_B)
    printf(",\"only_in\":\"%s\"", d.kind == LUR_ONLY_IN_A ? "a" : "b");
  if (d.kind == LUR_CELL_DIFFERS)
    print_column_json(d.column);
  if (d.kind == LUR_CELL_DIFFERS && d.numbers)
    printf(",\"bits_a\":\"%016" PRIx64 "\",\"bits_b\":\"%016" PRIx64 "\"", d.bits_a, d.bits_b);
  printf("}\n");
  return d.kind == LUR_SAME ? LUR_EXIT_OK : LUR_EXIT_DIFFERS;
}

const struct lur_command lur_command_diff = {
    .name = "diff",
    .usage = "FILE FILE",
    .meaning = "the first run, column and bits in which two files of a sweep differ",
    .more = "The exit code is 3 if they differ.\n",
    .prints = true,
    .n_least = 2,
    .n_most = -1,
    .run = diff,
};
