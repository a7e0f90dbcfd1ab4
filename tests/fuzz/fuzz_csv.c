/* SPDX-License-Identifier: MIT
 * Any bytes as a CSV file: refused with a message, or a data set of finite numbers. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/csv.h"
#include "fuzz.h"

const char *const fuzz_samples[] = {
    "a,b,y\n1,2,3\n-4,.5,6e2\n7,8,9\n",
    "length,width,species\r\n5.1,3.5,setosa\r\n4.9,,\"versi\"\"color\"\r\n,3,setosa\r\n",
    "# made\nage;sex;ok;y\n1,5;m;yes;1\n;f;no;2\n3;m;true;3\n",
    "\xef\xbb\xbf\"x\",\"y\"\n\"1\",\"a\nb\"\n\"NA\",\"c,d\"\n",
};
const size_t fuzz_n_samples = sizeof fuzz_samples / sizeof *fuzz_samples;
const char *const fuzz_words[] = {"\"", ",", "\n", "\r", "\"\"", "NA", "1e999", "-", ",,", "\xff", "y", "0x1p3", " "};
const size_t fuzz_n_words = sizeof fuzz_words / sizeof *fuzz_words;

static void check(const struct lur_dataset *d) {
  for (size_t i = 0; i < d->n * (size_t)d->n_inputs; i++)
    if (!isfinite(d->inputs[i]))
      abort();
  for (size_t i = 0; i < d->n * (size_t)d->n_outputs; i++)
    if (!isfinite(d->targets[i]))
      abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
  static const struct lur_csv_column named = {.name = "y"};
  static const char *const listed[] = {"setosa", "y", "3"};
  for (int k = 0; k < 4 * LUR_N_MISSINGS; k++) {
    struct lur_csv_options o = {.header = (enum lur_header)(k % 3),
                                .separator = k % 5 ? ',' : ' ',
                                .missing = (enum lur_missing)(k / 4),
                                .classes = (enum lur_classes)(k % 4),
                                .class_names = listed,
                                .n_class_names = 3};
    struct lur_error e = {0};
    if (k % 3 == 2) {
      o.text = LUR_TEXT_ONEHOT;
      o.separator = '\0';
      o.comment = '#';
      o.decimal = k % 2 ? ',' : '.';
      o.skip = k % 4;
      o.missing_values = listed;
      o.n_missing_values = 3;
    }
    if (k == 5) {
      o.targets = &named;
      o.n_targets = 1;
    }
    char *text = malloc(n + 1);
    if (!text)
      return 0;
    memset(text, 'x', n + 1); /* the last byte is the reader's to end the text with */
    if (n)
      memcpy(text, data, n);
    struct lur_dataset *d = lur_csv_read("f", text, n, &o, &e);
    if (d)
      check(d);
    else
      fuzz_check_error(&e);
    lur_dataset_free(d);
    free(text);
  }
  return 0;
}
