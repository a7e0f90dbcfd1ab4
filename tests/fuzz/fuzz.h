/* SPDX-License-Identifier: MIT
 * What a fuzzed reader gives: its entry, and the samples and words that damaged inputs are made of. */
#ifndef LUR_TESTS_FUZZ_H
#define LUR_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

/* Reads the input; aborts where what came out breaks the reader's promise. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

extern const char *const fuzz_samples[];
extern const size_t fuzz_n_samples;
extern const char *const fuzz_words[];
extern const size_t fuzz_n_words;

/* What is refused is told in one line. */
static inline void fuzz_check_error(const struct lur_error *e) {
  if (e->code == LUR_OK || !e->text[0] || strchr(e->text, '\n'))
    abort();
}

#endif
