/* SPDX-License-Identifier: MIT
 * What a fuzzed reader gives: its entry, and the samples and words that damaged inputs are made of. */
#ifndef LUR_TESTS_FUZZ_H
#define LUR_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

/* Reads the input; aborts where what came out breaks the reader's promise. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

extern const char *const fuzz_samples[];
extern const size_t fuzz_n_samples;
extern const char *const fuzz_words[];
extern const size_t fuzz_n_words;

#endif
