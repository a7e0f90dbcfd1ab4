/* SPDX-License-Identifier: MIT
 * Training files of FANN: "rows inputs targets", then the numbers, word by word. */
#include <string.h>

#include "data/formats.h"
#include "data/tokens.h"

static int read_head(struct lur_tokens *t, double head[3]) {
  for (int k = 0; k < 3; k++) {
    if (lur_token_number(t, &head[k]) != LUR_OK)
      return LUR_EINPUT;
    if (!(head[k] >= 1 && head[k] <= (k ? LUR_MAX_WIDTH : UINT32_MAX) && head[k] == (double)(uint64_t)head[k]))
      return lur_token_fail(t, "the first line is the numbers of rows, inputs and targets");
  }
  if (head[0] * (head[1] + head[2]) > (double)(t->end - t->next)) /* a number and what divides it are two bytes */
    return lur_token_fail(t, "the file is shorter than its first line says");
  return LUR_OK;
}

static int read_rows(struct lur_tokens *t, struct lur_dataset *d) {
  for (size_t i = 0; i < d->n; i++) {
    double *input = d->inputs + i * (size_t)d->n_inputs, *target = d->targets + i * (size_t)d->n_outputs;
    for (int k = 0; k < d->n_inputs + d->n_outputs; k++) {
      if (lur_token_peek(t) == '\0')
        return lur_token_fail(t, "fewer numbers than the first line says");
      if (lur_token_number(t, k < d->n_inputs ? &input[k] : &target[k - d->n_inputs]) != LUR_OK)
        return LUR_EINPUT;
    }
  }
  return lur_token_peek(t) ? lur_token_fail(t, "more numbers than the first line says") : LUR_OK;
}

static int read_fann(struct lur_format_input *in, struct lur_dataset **set, struct lur_error *e) {
  struct lur_tokens t;
  double head[3];
  if (lur_tokens_start(&t, &in->file[0], "a FANN file", e) != LUR_OK || read_head(&t, head) != LUR_OK)
    return LUR_EINPUT;
  set[0] = lur_token_dataset(&t, (size_t)head[0], (int)head[1], (int)head[2]);
  return set[0] ? read_rows(&t, set[0]) : e->code;
}

/* Three whole numbers in the first line, and as many numbers behind as they say. */
static bool is_fann(const struct lur_bytes *f) {
  struct lur_error e;
  struct lur_tokens t;
  double head[3], n = 0;
  if (lur_tokens_start(&t, f, "a FANN file", &e) != LUR_OK)
    return false;
  const bool is = read_head(&t, head) == LUR_OK && t.line == 1;
  while (is && lur_token_next(&t))
    n += 1;
  lur_token_peek(&t); /* the text is as it was */
  return is && n == head[0] * (head[1] + head[2]);
}

const struct lur_data_format lur_format_fann = {
    .name = "fann",
    .takes = "(path)",
    .meaning = "A data set from a training file of FANN.",
    .n_least = 1,
    .n_most = 1,
    .is = is_fann,
    .read = read_fann,
};
