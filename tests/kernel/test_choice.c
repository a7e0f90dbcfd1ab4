/* SPDX-License-Identifier: MIT
 * Which kernel a structure gets: lanes where many runs fill them, lanes over units for few runs and for large networks,
 * the reference kernel for few runs of small networks. */
#include <stdio.h>
#include <string.h>

#include "engine/engine.h"

struct choice {
  int width;
  size_t batch;
  uint64_t n_runs;
  const char *begins;
};

static int check(const struct choice *c) {
  const struct lur_structure s = {
      .shape = {.n_layers = 2, .width = {2, c->width, c->width}, .bias = true}, .n_patterns = 64, .batch = c->batch};
  char text[256];
  lur_kernel_explain(&s, c->n_runs, text, sizeof text);
  const bool same = strncmp(text, c->begins, strlen(c->begins)) == 0;
  if (!same)
    printf("# width %d, batch %zu, %d runs: %s, expected %s\n", c->width, c->batch, (int)c->n_runs, text, c->begins);
  return !same;
}

int main(void) {
  static const struct choice choices[] = {
      {3, 1, 1000, "lanes"},    {3, 1, 1, "scalar"},       {3, 4, 1000, "lanes"},   {3, 4, 1, "units"},
      {3, 64, 1000, "lanes"},   {300, 64, 1000, "units"},  {300, 1, 1000, "lanes"}, {300, 1, 1, "units"},
      {60, 4, 1000, "lanes"},   {60, 64, 1000, "units"},   {300, 4, 1000, "units"}, {3000, 1, 1000, "units"},
      {3000, 4, 1000, "units"}, {5000, 64, 1000, "units"}, {5000, 64, 1, "units"},
  };
  int n_failed = 0;
  for (size_t i = 0; i < sizeof choices / sizeof *choices; i++)
    n_failed += check(&choices[i]);
  printf("%s - structures get the kernels that suit them\n", n_failed ? "not ok 1" : "ok 1");
  return n_failed != 0;
}
