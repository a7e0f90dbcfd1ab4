/* SPDX-License-Identifier: MIT
 * Any bytes as a file of every format, and as a network of FANN: refused with a message that names the file, or data
 * sets of finite numbers. Asking what format it is changes nothing. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/fann_network.h"
#include "data/formats.h"
#include "fuzz.h"

const char *const fuzz_samples[] = {
    "2 2 1\n0.5 -1\n1\n1e2 3\n0\n",
    "3 1 1\r\n1 2\r\n3 4\r\n5 6\r\n",
    "bool_in=1\nreal_in=1\nbool_out=1\nreal_out=0\ntraining_examples=2\nvalidation_examples=1\ntest_examples=1\n"
    "1 0.5 1\n2 0 0\n3 0 1\n4 0 0\n",
    "SNNS pattern definition file V3.2\ngenerated at Mon\n\nNo. of patterns : 2\nNo. of input units : 2\n"
    "No. of output units : 1\n# Input pattern 1:\n0 1\n# Output\n1\n0.5 -1e1 # more\n0\n",
    "SNNS pattern definition file V4.2\nx\nNo. of patterns     : 1\nNo. of input units  : 1\nNo. of output units : 2\n"
    "No. of classes : 1\nClass redistribution : [ 5 ]\n3 1 0\nvowel\n",
    "defI:-1 actT:2;\nname:{a b} I: 0 1 0 T: 1;\ni:{0.5} 0 -1 {3} 2 t:*;\n[0 defI:0] i:2;# end\nB:(1) 2;freq:1 b:0;",
    "-1 1:0.5 3:2 # x\n+1 qid:4 2:1e1\n\n-1\n",
    "FANN_FLO_2.1\nlayer_sizes=3 3 2 \nneurons (num_inputs, activation_function, activation_steepness)=(0, 0, 0) (0, "
    "0, 0) "
    "(0, 0, 0) (3, 3, 5e-01) (3, 3, 5.0e-01) (0, 3, 0) (3, 4, 0.5) (0, 0, 0) \nconnections (connected_to_neuron, "
    "weight)=(0, -2.0) (1, 1) (2, 1) (0, -6) (1, -7) (2, -1) (3, 6) (4, -2) (5, 1.0) \n",
    "% c\n@RELATION 'x y'\n@attribute \"a b\" Real\n@attribute c{u,'v w'}\n@attribute 'd' { yes , no }\n@data\n"
    "1e1, 'v w' ,no\n\n% c\n-2\tu\tyes\n{}\n{0 3, 2 \"no\"}\n?,u,no\n",
};
const size_t fuzz_n_samples = sizeof fuzz_samples / sizeof *fuzz_samples;
const char *const fuzz_words[] = {" ",   "\n", "4000000000 ", "65536 ", "1e999", "-",  "0.",      "9",
                                  "nan", "#",  "%",           "{",      "}",     "'",  "\"",      "\\",
                                  ",",   ":",  "=",           "?",      "i:",    "T:", ";",       "[",
                                  "]",   "*",  "(",           ")",      "\t",    "1:", "No. of ", "@data\n"};
const size_t fuzz_n_words = sizeof fuzz_words / sizeof *fuzz_words;

static void check(const struct lur_dataset *d) {
  for (size_t i = 0; d && i < d->n * (size_t)d->n_inputs; i++)
    if (!isfinite(d->inputs[i]))
      abort();
  for (size_t i = 0; d && i < d->n * (size_t)d->n_outputs; i++)
    if (!isfinite(d->targets[i]))
      abort();
}

static char *copy_of(const uint8_t *data, size_t n) {
  char *text = malloc(n + 1);
  if (!text)
    abort();
  if (n)
    memcpy(text, data, n);
  text[n] = '\0';
  return text;
}

/* "f:3: text"; without a line where it is no text, or a file of bytes. */
static bool names_its_line(const struct lur_data_format *f, const struct lur_error *e) {
  const bool bytes = f == &lur_format_idx || f == &lur_format_npy || strncmp(e->text, "f is ", 5) == 0 ||
                     strncmp(e->text, "f holds ", 8) == 0;
  return e->code != LUR_OK && !strchr(e->text, '\n') && e->text[0] == 'f' &&
         (bytes || (e->text[1] == ':' && e->text[2] >= '0' && e->text[2] <= '9'));
}

static void read_as(const struct lur_data_format *f, const struct lur_bytes *file, const char *missing) {
  struct lur_format_input in = {.file = {*file, *file}, .n_files = f->n_least};
  struct lur_dataset *set[LUR_MOST_FORMAT_SETS] = {NULL};
  struct lur_error e = {0};
  if (missing && f == &lur_format_arff)
    in.value[2] = (struct lur_format_value){.is_given = true, .count = 1, .texts = &missing};
  const int code = f->read(&in, set, &e);
  if (code != LUR_OK && !names_its_line(f, &e))
    abort();
  for (int k = 0; k < LUR_MOST_FORMAT_SETS; k++) {
    if (code == LUR_OK)
      check(set[k]);
    lur_dataset_free(set[k]);
  }
}

static void read_network(const uint8_t *data, size_t n) {
  struct lur_bytes file = {"f", copy_of(data, n), n};
  struct lur_error e = {0};
  struct lur_network *net = lur_fann_network_read(&file, &e);
  if (!net && (e.code == LUR_OK || strncmp(e.text, "f", 1) != 0 || strchr(e.text, '\n')))
    abort();
  lur_network_free(net);
  free(file.at);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
  static const char *const missing[] = {"skip", "mean", NULL};
  for (int i = 0; lur_data_formats[i]; i++)
    for (size_t k = 0; k < (lur_data_formats[i] == &lur_format_arff ? 3 : 1); k++) {
      char *text = copy_of(data, n);
      const struct lur_bytes file = {"f", text, n};
      if (lur_data_formats[i]->is)
        lur_data_formats[i]->is(&file);
      if (n && memcmp(text, data, n) != 0)
        abort();
      read_as(lur_data_formats[i], &file, missing[k]);
      free(text);
    }
  read_network(data, n);
  return 0;
}
