/* SPDX-License-Identifier: MIT
 * Pattern files of SNNS (.pat; SNNS User Manual, version 4.2): a line with the version, lines "No. of NAME : NUMBER",
 * then for each pattern its inputs, its outputs, and its class where the file has classes. # begins a comment. */
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "data/formats.h"
#include "data/tokens.h"

enum { PATTERNS, INPUTS, OUTPUTS, CLASSES, N_HEADS };
static const char *const heads[N_HEADS] = {"patterns", "input units", "output units", "classes"};

/* "No. of input units : 9" */
static int read_line(struct lur_tokens *t, double head[N_HEADS]) {
  const char *name = t->next + strspn(t->next, "No.");
  name += strspn(name, " ");
  name += strncmp(name, "of ", 3) == 0 ? 3 : 0;
  int n = (int)strcspn(name, ":\r\n"), k = 0;
  const long line = t->line;
  t->next += name - t->next + n + (name[n] == ':');
  while (n > 0 && name[n - 1] == ' ')
    n--;
  while (k < N_HEADS && (strncmp(heads[k], name, (size_t)n) || heads[k][n] != '\0'))
    k++;
  if (k == N_HEADS && strncmp(name, "variable", 8) == 0)
    return lur_token_fail(t, "patterns of variable size (\"No. of %.*s\") cannot be read", n, name);
  if (k == N_HEADS)
    return lur_token_fail(t, "\"No. of %.*s\" is not known; there are patterns, input units, output units, classes",
                          n > 40 ? 40 : n, name);
  const char *word = lur_token_peek(t) && t->line == line ? lur_token_next(t) : "";
  if (!lur_token_whole(word, 0, k == PATTERNS ? UINT32_MAX : LUR_MAX_WIDTH, &head[k]))
    return lur_token_fail(t, "\"%.40s\" is not a number of %s", word, heads[k]);
  return LUR_OK;
}

static void skip_line(struct lur_tokens *t) {
  lur_token_peek(t);
  while (t->next < t->end && *t->next != '\n')
    t->next++;
}

/* Up to the first pattern. */
static int read_head(struct lur_tokens *t, double head[N_HEADS]) {
  if (strncasecmp(t->next, "SNNS pattern definition file", 28) != 0)
    return lur_token_fail(t, "the first line is \"SNNS pattern definition file V3.2\"");
  skip_line(t);
  for (char c = lur_token_peek(t); c && !strchr("0123456789+-.[", c); c = lur_token_peek(t)) {
    if (strncmp(t->next, "No.", 3) == 0) {
      if (read_line(t, head) != LUR_OK)
        return LUR_EINPUT;
    } else { /* "generated at ...", "Class redistribution : [ 5 2 ]" */
      skip_line(t);
    }
  }
  for (int k = 0; k < CLASSES; k++)
    if (head[k] == 0)
      return lur_token_fail(t, "no line \"No. of %s : NUMBER\" before the patterns%s", heads[k],
                            k == OUTPUTS ? "; without outputs there is nothing to learn" : "");
  if (head[PATTERNS] * (head[INPUTS] + head[OUTPUTS]) > (double)(t->end - t->next))
    return lur_token_fail(t, "the file is shorter than its first lines say");
  return LUR_OK;
}

static int read_numbers(struct lur_tokens *t, int n, size_t pattern, double *out) {
  for (int k = 0; k < n; k++) {
    if (lur_token_peek(t) == '\0')
      return lur_token_fail(t, "the file ends in pattern %zu", pattern);
    if (lur_token_number(t, &out[k]) != LUR_OK)
      return LUR_EINPUT;
  }
  return LUR_OK;
}

static int read_snns(struct lur_format_input *in, struct lur_dataset **set, struct lur_error *e) {
  struct lur_tokens t;
  double head[N_HEADS] = {0};
  if (lur_tokens_start(&t, &in->file[0], "an SNNS pattern file", e) != LUR_OK)
    return LUR_EINPUT;
  t.comments = true;
  if (read_head(&t, head) != LUR_OK)
    return LUR_EINPUT;
  struct lur_dataset *d = set[0] = lur_token_dataset(&t, (size_t)head[PATTERNS], (int)head[INPUTS], (int)head[OUTPUTS]);
  if (!d)
    return e->code;
  for (size_t i = 0; i < d->n; i++) {
    if (read_numbers(&t, d->n_inputs, i + 1, d->inputs + i * (size_t)d->n_inputs) != LUR_OK ||
        read_numbers(&t, d->n_outputs, i + 1, d->targets + i * (size_t)d->n_outputs) != LUR_OK)
      return LUR_EINPUT;
    if (head[CLASSES] > 0 && !lur_token_next(&t))
      return lur_token_fail(&t, "the file ends before the class of pattern %zu", i + 1);
  }
  return lur_token_peek(&t) ? lur_token_fail(&t, "more patterns than the first lines say") : LUR_OK;
}

static bool is_snns(const struct lur_bytes *f) {
  return lur_text_begins(f, "SNNS pattern definition file");
}

const struct lur_data_format lur_format_snns = {
    .name = "snns",
    .takes = "(path)",
    .meaning = "A data set from a pattern file (.pat) of SNNS. Patterns of variable size are refused.",
    .n_least = 1,
    .n_most = 1,
    .is = is_snns,
    .read = read_snns,
};
