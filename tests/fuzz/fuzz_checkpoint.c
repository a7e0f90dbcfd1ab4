/* SPDX-License-Identifier: MIT
 * Any bytes as what stands behind a checkpoint's digest, which is that of these bytes, as a stranger could write it:
 * refused with a message, or a run that can be asked whether it fits. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/sha256.h"
#include "data/checkpoint.h"
#include "fuzz.h"

#define ZEROS_5 " 0x0p+0 0x0p+0 0x0p+0 0x0p+0 0x0p+0"
#define TRAINABILITY "trainability 0x0p+0 0x0p+0 0x0p+0 0x0p+0" ZEROS_5 ZEROS_5 ZEROS_5 ZEROS_5 "\n"
#define NETWORK                                                                                                        \
  "network\nluron-network 1\nwidths 1 1\nactivation sigmoid\noutput_activation sigmoid\n"                              \
  "bias true\nprecision double\nunit 0x1p+0 0x1p-1\nend\n"
const char *const fuzz_samples[] = {
    "fields 2\nepochs=9\nseed=1\nstatus finished\nepoch 0x1.8p+1 0x1.2p+3 0x1.8p+1 0x1p+0 0x1p+0\n"
    "monitor inf 0x0p+0 0x0p+0 0x0p+0 0x0p+0 0x0p+0\nlosses inf 0x0p+0\n" TRAINABILITY
    "curve\nvalidation_curve\n" NETWORK,
    "fields 1\nepochs=9\nstatus stopped\nepoch 0x1.8p+1 0x1.2p+3 0x1.8p+1 0x1p+0 0x1p+0\n"
    "monitor 0x1p-2 0x1p+0 0x0p+0 0x0p+0 0x0p+0 0x0p+0\nlosses 0x1p-2 0x1p+0\n" TRAINABILITY
    "curve 0x1p+0 nan\nvalidation_curve 0x1p+0 0x1p+1\nstate 0x1p+0 0x1p-3\nstate 0x0p+0 0x1p+0\n"
    "best 0x1p+0 0x1p+1\n" NETWORK,
};
const size_t fuzz_n_samples = sizeof fuzz_samples / sizeof *fuzz_samples;
const char *const fuzz_words[] = {
    " ",         "\n",    "fields ", "4000000000", "-1",     "nan",   "0x1p+70", "state 0x1p+0\n",
    "network\n", "best ", "curve",   "epoch ",     "widths", "65536", "status ", "0x1p+0"};
const size_t fuzz_n_words = sizeof fuzz_words / sizeof *fuzz_words;

/* A file without a name. */
static int write_file(const uint8_t *body, size_t n, char path[40]) {
  static const char head[] = "luron-checkpoint 1\nsha256 ";
  const int fd = memfd_create("checkpoint", 0);
  struct lur_sha256 s;
  char hex[65];
  lur_sha256_start(&s);
  lur_sha256_add(&s, body, n);
  lur_sha256_finish(&s, hex);
  hex[64] = '\n';
  if (fd < 0 || write(fd, head, sizeof head - 1) < 0 || write(fd, hex, sizeof hex) < 0 || write(fd, body, n) < 0)
    abort();
  snprintf(path, 40, "/proc/self/fd/%d", fd);
  return fd;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
  struct lur_saved_run run;
  struct lur_error e = {0};
  struct lur_structure structure = {.n_patterns = 1};
  char path[40];
  const int fd = write_file(data, n, path);
  const int code = lur_checkpoint_load(path, &run, &e);
  if (code != LUR_OK)
    fuzz_check_error(&e);
  if (code == LUR_OK) {
    structure.shape = run.network->shape;
    lur_checkpoint_fits(run.state, &structure);
    lur_saved_run_free(&run);
  }
  close(fd);
  return 0;
}
