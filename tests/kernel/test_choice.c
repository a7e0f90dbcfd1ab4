/* SPDX-License-Identifier: MIT
 * Which kernel a structure gets: lanes where many runs fill them, lanes over units for few runs and for large networks,
 * the reference kernel for few runs of small networks; and a loop of their own for the smallest. */
#include <stdio.h>
#include <string.h>

#include "engine/kernel/fused.h"

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

struct loop {
  int n_layers, width[3];
  enum lur_activation hidden, output;
  size_t batch;
  bool shuffle, has;
};

/* Of the widest set that the machine has; SSE2 and the reference kernel have no such loops. */
static int check_loop(const struct loop *l) {
  const struct lur_structure s = {.shape = {.n_layers = l->n_layers,
                                            .width = {l->width[0], l->width[1], l->width[2]},
                                            .hidden = l->hidden,
                                            .output = l->output},
                                  .n_patterns = 4,
                                  .batch = l->batch,
                                  .shuffle = l->shuffle};
  const char *isa = lur_isa_name(NULL);
  const bool none = strcmp(isa, "sse2") == 0 || strcmp(isa, "scalar") == 0;
  const bool right = (lur_fused_find(isa, &s) != NULL) == (l->has && !none);
  if (!right)
    printf("# %s %d-%d-%d: %s a loop of its own\n", isa, l->width[0], l->width[1], l->width[2],
           l->has ? "has not" : "has");
  return !right;
}

static int check_loops(void) {
  static const struct loop loops[] = {
      {1, {1, 1}, LUR_RELU, LUR_SIGMOID, 1, false, true},
      {1, {2, 1}, LUR_TANH, LUR_SIGMOID, 1, false, true},
      {2, {2, 2, 1}, LUR_SIGMOID, LUR_SIGMOID, 1, false, true},
      {2, {1, 4, 1}, LUR_TANH, LUR_SIGMOID, 1, false, true},
      {2, {2, 3, 1}, LUR_SIGMOID, LUR_SIGMOID, 1, false, true},
      {2, {2, 5, 1}, LUR_SIGMOID, LUR_SIGMOID, 1, false, false},
      {2, {3, 2, 1}, LUR_SIGMOID, LUR_SIGMOID, 1, false, false},
      {2, {2, 2, 2}, LUR_SIGMOID, LUR_SIGMOID, 1, false, false},
      {2, {2, 2, 1}, LUR_RELU, LUR_SIGMOID, 1, false, false},
      {2, {2, 2, 1}, LUR_SIGMOID, LUR_LINEAR, 1, false, false},
      {2, {2, 2, 1}, LUR_SIGMOID, LUR_SIGMOID, 2, false, false},
      {2, {2, 2, 1}, LUR_SIGMOID, LUR_SIGMOID, 1, true, false},
  };
  int n_failed = 0;
  for (size_t i = 0; i < sizeof loops / sizeof *loops; i++)
    n_failed += check_loop(&loops[i]);
  return n_failed;
}

/* With each thing that they are not written for, the smallest networks have no such loop. */
static int check_plain(void) {
  const struct lur_structure plain = {
      .shape = {.n_layers = 2, .width = {2, 2, 1}, .bias = true}, .n_patterns = 4, .batch = 1};
  struct lur_structure others[] = {plain, plain, plain, plain, plain, plain};
  int n_failed = !lur_is_plain(&plain);
  others[0].reduction = LUR_SUM;
  others[1].clip = LUR_CLIP_NORM;
  others[2].frozen_biases = true;
  others[3].weighted = true;
  others[4].noises = LUR_NOISE_DROPOUT;
  others[5].shape.reads[1] = 1;
  for (size_t i = 0; i < sizeof others / sizeof *others; i++)
    n_failed += lur_is_plain(&others[i]) || lur_fused_find(lur_isa_name(NULL), &others[i]);
  return n_failed;
}

int main(void) {
  static const struct choice choices[] = {
      {3, 1, 1000, "lanes"},   {3, 1, 1, "scalar"},    {3, 4, 1000, "lanes"},   {3, 4, 1, "units"},
      {3, 64, 1000, "lanes"},  {20, 1, 1, "units"},    {20, 1, 1000, "lanes"},  {60, 1, 1000, "units"},
      {60, 64, 1000, "units"}, {60, 4, 1000, "units"}, {40, 64, 1000, "lanes"}, {3000, 1, 1000, "units"},
  };
  int n_failed = check_loops() + check_plain();
  for (size_t i = 0; i < sizeof choices / sizeof *choices; i++)
    n_failed += check(&choices[i]);
  printf("%s - structures get the kernels that suit them\n", n_failed ? "not ok 1" : "ok 1");
  return n_failed != 0;
}
