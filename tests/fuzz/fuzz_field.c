/* SPDX-License-Identifier: MIT
 * Fields as typed on a command line: `name=value` a line. What was accepted is written and read back as the same. */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "sweep/field.h"
#include "sweep/spec.h"

const char *const fuzz_samples[] = {
    "hidden=4x4\nactivation=tanh\noutput_activation=softmax\nbias=false\noptimizer=adam\nlearning_rate=0.5x0.1\n"
    "learning_rate_2=1e-3\nbeta1=0.95\nepochs=1e6\nbatch=all\nstop.error=0.5\nstop_patience=20\nprecision=single\n"
    "seed=9007199254740993\n",
    "init=he\ninit_scale=2\ninit_scale_1=0.1\nbias_init=zeros\nloss_function=mse\nmax_epochs=10\nweight_decay=1e-4\n"
    "momentum=0.9\nshuffle=true\nmetrics=loss\nlr=0.1\n",
};
const size_t fuzz_n_samples = sizeof fuzz_samples / sizeof *fuzz_samples;
const char *const fuzz_words[] = {"0",      "-1",      "1e999", "nan",   "inf", "4294967296", "9223372036854775808",
                                  "5e-324", "x",       "=",     "\n",    "_1",  "_17",        "true",
                                  "all",    "softmax", "rprop", "0x1p3", ".",   "-0"};
const size_t fuzz_n_words = sizeof fuzz_words / sizeof *fuzz_words;

static void read_back(const struct lur_field *f, const char *text) {
  struct lur_error e = {0};
  struct lur_value v = {0}, again = {0};
  struct lur_buffer first = {0}, second = {0};
  if (lur_value_read(f, text, &v, &e) == LUR_OK) {
    lur_value_write(f, &v, &first);
    if (first.data && lur_value_read(f, first.data, &again, &e) != LUR_OK)
      abort();
    lur_value_write(f, &again, &second);
    if (first.data && second.data && strcmp(first.data, second.data) != 0)
      abort();
  }
  lur_buffer_free(&first);
  lur_buffer_free(&second);
}

static void take(struct lur_spec *spec, char *line) {
  struct lur_error e = {0};
  char *equals = strchr(line, '=');
  if (!equals)
    return;
  *equals = '\0';
  int layer, id = lur_field_find(line, &layer);
  if (id < 0)
    lur_field_unknown(line, &e);
  else if (lur_fields[id].kind != LUR_K_SCRIPT && lur_fields[id].kind != LUR_K_TEXT)
    read_back(&lur_fields[id], equals + 1);
  lur_spec_set(spec, line, equals + 1, &e);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
  static const double four[] = {0, 0, 1, 1};
  struct lur_spec *spec = calloc(1, sizeof *spec);
  struct lur_structure *structure = calloc(1, sizeof *structure);
  struct lur_numbers *numbers = calloc(1, sizeof *numbers);
  char *text = malloc(n + 1), *rest = NULL;
  if (!spec || !structure || !numbers || !text)
    abort();
  memcpy(text, bytes, n);
  text[n] = '\0';
  for (char *line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest))
    take(spec, line);
  struct lur_error e = {0};
  spec->train = (struct lur_patterns){.n = 2, .n_inputs = 2, .n_outputs = 1, .inputs = four, .targets = four};
  lur_spec_resolve(spec, structure, numbers, &e);
  free(text);
  free(numbers);
  free(structure);
  free(spec);
  return 0;
}
