/* SPDX-License-Identifier: MIT */
#include "cli/results.h"

#include <stdlib.h>
#include <string.h>

int lur_results_fail(const struct lur_error *e, const char *word) {
  if (e->code == LUR_EINPUT)
    return lur_usage_error(e->field[0] ? e->field : word, "%s", e->text);
  fprintf(stderr, "luron: %s\n", e->text);
  return LUR_EXIT_FAILED;
}

static bool is_script(const char *word) {
  size_t n = strlen(word);
  return n > 4 && strcmp(word + n - 4, ".lua") == 0;
}

struct lur_table *lur_results_open(const char *word, int *code) {
  struct lur_error e = {0};
  *code = LUR_EXIT_OK;
  if (is_script(word)) {
    *code = lur_usage_error(word, "a results file is wanted; luron sweep %s says which it writes", word);
    return NULL;
  }
  struct lur_table *t = lur_table_open(word, &e);
  if (!t)
    *code = lur_results_fail(&e, word);
  return t;
}

int lur_results_split(char *text, const char **name, int n_most) {
  int n = 0;
  char *rest = NULL;
  for (char *word = strtok_r(text, ",", &rest); word; word = strtok_r(NULL, ",", &rest)) {
    if (n == n_most)
      return -1;
    name[n++] = word;
  }
  return n;
}

long lur_results_count(const struct lur_arguments *a, const char *option) {
  const char *text = lur_argument(a, option);
  char *end;
  if (!text)
    return 0;
  long n = strtol(text, &end, 10);
  if (end != text && *end == '\0' && n > 0)
    return n;
  lur_usage_error(option, "\"%s\" is not a count from 1", text);
  return -1;
}

int lur_results_print(struct lur_buffer *b) {
  bool failed = b->failed;
  if (!failed && b->data)
    fwrite(b->data, 1, b->length_bytes, stdout);
  lur_buffer_free(b);
  if (!failed)
    return LUR_EXIT_OK;
  fprintf(stderr, "luron: out of memory\n");
  return LUR_EXIT_FAILED;
}
