/* SPDX-License-Identifier: MIT
 * Any bytes as a network's file: refused with a message, or a network that is written as it was read. */
#include <stdlib.h>
#include <string.h>

#include "data/network.h"
#include "fuzz.h"

const char *const fuzz_samples[] = {
    "luron-network 1\nwidths 2 2 1\nactivation tanh\noutput_activation sigmoid\nbias true\nprecision double\n"
    "shift 0x1.4p+2 -0x0p+0\nscale 0x1p+1 0x1p-2\nclass a\\\\b\nunit 0x1p+0 inf nan\nunit 0x0p+0 0x0p+0 0x1.8p+1\n"
    "unit 0x1p+0 -0x1.999999999999ap-4 0x1p-1030\nend\n",
    "luron-network 1\nwidths 1 1\nactivation relu\noutput_activation linear\nbias false\nprecision single\n"
    "unit 0x1p+0\nend\n",
};
const size_t fuzz_n_samples = sizeof fuzz_samples / sizeof *fuzz_samples;
const char *const fuzz_words[] = {" ", "\n", "unit ", "0x1p+0", "65536 ", "nan", "softmax", "class \\n", "-", "1 "};
const size_t fuzz_n_words = sizeof fuzz_words / sizeof *fuzz_words;

/* Numbers may be written in more ways than one; what is written once comes back the same. */
static void check(const struct lur_network *n) {
  struct lur_buffer once = {0}, twice = {0};
  lur_network_write(n, &once);
  struct lur_network *again = once.failed ? NULL : lur_network_read("f", once.data, once.length_bytes, NULL);
  if (!again)
    abort();
  lur_network_write(again, &twice);
  if (twice.failed || strcmp(once.data, twice.data) != 0)
    abort();
  lur_network_free(again);
  lur_buffer_free(&once);
  lur_buffer_free(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
  struct lur_error e = {0};
  struct lur_network *net = lur_network_read("f", (const char *)data, n, &e);
  if (net)
    check(net);
  else
    fuzz_check_error(&e);
  lur_network_free(net);
  return 0;
}
