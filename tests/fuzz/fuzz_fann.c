/* SPDX-License-Identifier: MIT
 * Any bytes as a FANN file and as an IDX file: refused with a message, or a data set of finite numbers. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/fann.h"
#include "data/idx.h"
#include "fuzz.h"

const char *const fuzz_samples[] = {"2 2 1\n0.5 -1\n1\n1e2 3\n0\n", "3 1 1\r\n1 2\r\n3 4\r\n5 6\r\n"};
const size_t fuzz_n_samples = sizeof fuzz_samples / sizeof *fuzz_samples;
const char *const fuzz_words[] = {" ", "\n", "4000000000 ", "65536 ", "1e999", "-", "0.", "9", "nan"};
const size_t fuzz_n_words = sizeof fuzz_words / sizeof *fuzz_words;

static void check(struct lur_dataset *d, const struct lur_error *e) {
  if (!d && (e->code == LUR_OK || e->text[0] == '\0' || strchr(e->text, '\n')))
    abort();
  for (size_t i = 0; d && i < d->n * (size_t)d->n_inputs; i++)
    if (!isfinite(d->inputs[i]))
      abort();
  lur_dataset_free(d);
}

/* The bytes are labels, behind a head that says so, and images behind the head that they bring. */
static void try_idx(const uint8_t *data, size_t n) {
  struct lur_error e = {0};
  unsigned char *labels = malloc(n + 8), head[] = {0, 0, 8, 1, 0, 0, (unsigned char)(n >> 8), (unsigned char)n};
  if (!labels)
    return;
  memcpy(labels, head, sizeof head);
  if (n)
    memcpy(labels + 8, data, n);
  labels[2] = n ? (unsigned char)(8 + data[0] % 8) : 8;
  check(lur_idx_read((struct lur_bytes){"a", labels, n + 8}, (struct lur_bytes){"b", labels, n + 8}, &e), &e);
  e = (struct lur_error){0};
  check(lur_idx_read((struct lur_bytes){"a", data, n}, (struct lur_bytes){"b", labels, n + 8}, &e), &e);
  free(labels);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
  struct lur_error e = {0};
  char *text = malloc(n + 1);
  if (!text)
    return 0;
  if (n)
    memcpy(text, data, n);
  check(lur_fann_read("f", text, n, &e), &e);
  free(text);
  try_idx(data, n);
  return 0;
}
