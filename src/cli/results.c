/* SPDX-License-Identifier: MIT
 * Words that name results files, and how their errors are told. */
#include "cli/results.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "view/failures.h"

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

/* NAME=VALUE without a blank: behind a script it is an override, not a WHERE. */
static bool is_override(const char *word) {
  size_t n = strspn(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.");
  return n > 0 && word[n] == '=' && word[n + 1] != '=' && !strpbrk(word, " \t\n");
}

/* The results file of the script at words[i] with the overrides behind it, whose number goes to *n_overrides. */
static int find_file(const struct lur_arguments *a, int i, char path[LUR_PATH_BYTES], int *n_overrides) {
  int n = 0;
  while (i + 1 + n < a->n_words && is_override(a->words[i + 1 + n]))
    n++;
  struct lur_script_options options = {.path = a->words[i],
                                       .n_words = n,
                                       .words = a->words + i + 1,
                                       .n_overrides = n,
                                       .overrides = a->words + i + 1,
                                       .quiet = true};
  const struct lur_sweep_request request = {.find = path};
  *n_overrides = n;
  path[0] = '\0';
  int code = lur_script_sweep(&options, &request);
  if (code || access(path, F_OK) == 0)
    return code;
  fprintf(stderr, "luron: %s: not there yet; luron sweep %s makes it\n", path, a->words[i]);
  return LUR_EXIT_FAILED;
}

int lur_results_words(const struct lur_arguments *a, int n_files, struct lur_results_words *out) {
  *out = (struct lur_results_words){0};
  for (int i = 0; i < a->n_words; i++) {
    const char *word = a->words[i];
    bool script = is_script(word);
    int n_overrides = 0, code = 0;
    if (out->n_files < n_files && (script || out->n_files == 0 || access(word, F_OK) == 0)) {
      out->file[out->n_files] = script ? out->path[out->n_files] : word;
      code = script ? find_file(a, i, out->path[out->n_files], &n_overrides) : 0;
      out->n_files++;
      i += n_overrides;
    } else if (out->where) {
      code = lur_usage_error(word, "one word too many; write luron %s %s", a->command->name, a->command->usage);
    } else {
      out->where = word;
    }
    if (code)
      return code;
  }
  return LUR_EXIT_OK;
}

struct lur_table *lur_results_open(const char *path, int *code) {
  struct lur_error e = {0};
  struct lur_table *t = lur_table_open(path, &e);
  *code = t ? LUR_EXIT_OK : lur_results_fail(&e, path);
  return t;
}

int lur_results_tell_failures(struct lur_table *t) {
  struct lur_buffer text = {0};
  struct lur_error e = {0};
  bool all = false;
  fflush(stdout);
  if (lur_failures_write(t, "when the cause is gone, luron sweep --retry computes them again", &text, &all, &e))
    lur_results_fail(&e, NULL);
  else if (text.data)
    fwrite(text.data, 1, text.length_bytes, stderr);
  lur_buffer_free(&text);
  return all ? LUR_EXIT_FAILED : LUR_EXIT_OK;
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
  char name[32];
  snprintf(name, sizeof name, "--%s", option);
  lur_usage_error(name, "\"%s\" is not a count from 1", text);
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
