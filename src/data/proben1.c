/* SPDX-License-Identifier: MIT
 * The .dt files of PROBEN1 (Prechelt, 1994): seven lines NAME=NUMBER, then a row a line, inputs first: the rows for
 * training, then those for validation, then those for the test. */
#include <stdint.h>
#include <string.h>

#include "data/formats.h"
#include "data/tokens.h"

enum { BOOL_IN, REAL_IN, BOOL_OUT, REAL_OUT, TRAINING, VALIDATION, TEST, N_HEADS };
static const char *const heads[N_HEADS] = {
    "bool_in", "real_in", "bool_out", "real_out", "training_examples", "validation_examples", "test_examples"};

static int read_head(struct lur_tokens *t, double head[N_HEADS]) {
  bool seen[N_HEADS] = {false};
  for (int n = 0; n < N_HEADS; n++) {
    char *word = lur_token_next(t), *value = word ? strchr(word, '=') : NULL;
    int k = 0;
    if (!value)
      return lur_token_fail(t, "the file begins with seven lines such as %s=9", heads[n]);
    while (k < N_HEADS && (strncmp(heads[k], word, (size_t)(value - word)) || heads[k][value - word]))
      k++;
    if (k == N_HEADS || seen[k])
      return lur_token_fail(t, "\"%.40s\" is not a line that the file begins with, or is there twice", word);
    seen[k] = true;
    if (!lur_token_whole(value + 1, 0, k < TRAINING ? LUR_MAX_WIDTH : UINT32_MAX, &head[k]))
      return lur_token_fail(t, "\"%.40s\" is not a number of %s", value + 1, k < TRAINING ? "columns" : "rows");
  }
  return LUR_OK;
}

static int read_part(struct lur_tokens *t, const double head[N_HEADS], double n, struct lur_dataset **set) {
  const int n_in = (int)(head[BOOL_IN] + head[REAL_IN]), n_out = (int)(head[BOOL_OUT] + head[REAL_OUT]);
  if (n == 0)
    return LUR_OK;
  if (!(*set = lur_token_dataset(t, (size_t)n, n_in, n_out)))
    return t->e->code;
  for (size_t i = 0; i < (*set)->n; i++)
    for (int k = 0; k < n_in + n_out; k++) {
      double *out = k < n_in ? &(*set)->inputs[i * (size_t)n_in + (size_t)k]
                             : &(*set)->targets[i * (size_t)n_out + (size_t)(k - n_in)];
      if (lur_token_peek(t) == '\0')
        return lur_token_fail(t, "fewer numbers than the first lines say");
      if (lur_token_number(t, out) != LUR_OK)
        return LUR_EINPUT;
    }
  return LUR_OK;
}

static int read_proben1(struct lur_format_input *in, struct lur_dataset **set, struct lur_error *e) {
  struct lur_tokens t;
  double head[N_HEADS];
  if (lur_tokens_start(&t, &in->file[0], "a PROBEN1 file", e) != LUR_OK || read_head(&t, head) != LUR_OK)
    return LUR_EINPUT;
  const double n = head[TRAINING] + head[VALIDATION] + head[TEST];
  const double width = head[BOOL_IN] + head[REAL_IN] + head[BOOL_OUT] + head[REAL_OUT];
  if (n * width > (double)(t.end - t.next)) /* a number and what divides it are two bytes */
    return lur_token_fail(&t, "the file is shorter than its first lines say");
  if (head[TRAINING] == 0)
    return lur_token_fail(&t, "training_examples is 0");
  int code = read_part(&t, head, head[TRAINING], &set[0]);
  if (!code)
    code = read_part(&t, head, head[VALIDATION], &set[2]);
  if (!code)
    code = read_part(&t, head, head[TEST], &set[1]);
  if (!code && lur_token_peek(&t))
    code = lur_token_fail(&t, "more numbers than the first lines say");
  return code;
}

static bool is_proben1(const struct lur_bytes *f) {
  return lur_text_begins(f, "bool_in=");
}

const struct lur_data_format lur_format_proben1 = {
    .name = "proben1",
    .takes = "(path)",
    .meaning = "Three data sets from a .dt file of PROBEN1: train, test, validation, as data = function returns them.\n"
               "A part without rows is nil.",
    .n_least = 1,
    .n_most = 1,
    .is = is_proben1,
    .read = read_proben1,
};
