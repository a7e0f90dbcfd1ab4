/* SPDX-License-Identifier: MIT
 * Any bytes as IDX files and as numpy's: samples have a head that fits, and zeros where the text has '~'. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/formats.h"
#include "fuzz.h"

#define NPY_HEAD "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1), }           \n"
const char *const fuzz_samples[] = {
    "~~\x08\x03~~~\x02~~~\x01~~~\x03\x01\x02\x03~\x80\xff",
    "~~\x08\x01~~~\x02\x02~",
    "~~\x0d\x01~~~\x02~~\x80\x3f~~\x80\x3f",
    "\x93NUMPY\x01~\x46~" NPY_HEAD "~~\x80\x3f~~\x80\x3f",
    "\x93NUMPY\x02~\x46~~~" NPY_HEAD "~~\x80\x3f~~\x80\x3f",
    /* An archive with the entry y.npy of 6 bytes, stored. */
    "PK\x03\x04\x14~~~~~~~~~~~~~\x06~~~\x06~~~\x05~~~y.npy\x93NUMPY"
    "PK\x01\x02\x14~\x14~~~~~~~~~~~~~\x06~~~\x06~~~\x05~~~~~~~~~~~~~~~~~y.npy"
    "PK\x05\x06~~~~\x01~\x01~\x33~~~\x29~~~~~",
};
const size_t fuzz_n_samples = sizeof fuzz_samples / sizeof *fuzz_samples;
const char *const fuzz_words[] = {
    "~~~~", "\xff\xff\xff\xff", "\x08",     "PK\x01\x02", "PK\x03\x04", "PK\x05\x06", "x.npy", "(", ")", ", 7", "True",
    "<i8",  "\x93NUMPY",        "'shape': "};
const size_t fuzz_n_words = sizeof fuzz_words / sizeof *fuzz_words;

static void read_as(const struct lur_data_format *f, const char *text, size_t n, int n_files) {
  char *copies[2];
  struct lur_format_input in = {.n_files = n_files};
  struct lur_dataset *set[LUR_MOST_FORMAT_SETS] = {NULL};
  struct lur_error e = {0};
  for (int k = 0; k < n_files; k++) {
    copies[k] = malloc(n + 1);
    if (!copies[k])
      abort();
    memcpy(copies[k], text, n + 1);
    in.file[k] = (struct lur_bytes){"f", copies[k], n};
  }
  const int code = f->read(&in, set, &e);
  if (code != LUR_OK && (e.code == LUR_OK || !strstr(e.text, "f") || strchr(e.text, '\n')))
    abort();
  for (int k = 0; k < LUR_MOST_FORMAT_SETS; k++) {
    for (size_t i = 0; code == LUR_OK && set[k] && set[k]->inputs && i < set[k]->n * (size_t)set[k]->n_inputs; i++)
      if (!isfinite(set[k]->inputs[i]))
        abort();
    lur_dataset_free(set[k]);
  }
  for (int k = 0; k < n_files; k++)
    free(copies[k]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
  char *text = malloc(n + 1);
  if (!text)
    return 0;
  for (size_t i = 0; i < n; i++)
    text[i] = data[i] == '~' ? '\0' : (char)data[i];
  text[n] = '\0';
  read_as(&lur_format_idx, text, n, 2);
  read_as(&lur_format_npy, text, n, 1);
  read_as(&lur_format_npy, text, n, 2);
  free(text);
  return 0;
}
