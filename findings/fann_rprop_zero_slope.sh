#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# FANN's RPROP, its usual way to train, moves a weight up where the slope of the error is 0, and by a step that grows.
# So the weights of an input that is 0 in all patterns rise without bound (to 1500, where FANN keeps them), although
# nothing that is trained depends on them: with AND and a third input that is always 0, they are over 100 after 30
# epochs and 1500 after 60. Training does not show it, for 1500 * 0 is 0; the first pattern with a third input of 0.01
# is answered wrongly. Batch and incremental training leave these weights as they were.
#
# Whom it matters to: who trains on columns that are 0 in the training set: a category that occurs in the test set
# alone, a pixel at the edge of a picture, a word that a small corpus lacks.
#
# Version: libfann 2.2.0 (Debian 12's 2.2.0+ds-8). Source: fann_train.c, fann_update_weights_irpropm: a slope that is
# not below 0 is treated as one above 0. Igel and Huesken, whose algorithm it names, move by the sign, which is 0 there.
#
# Exits 0 where this is seen as described, 1 where it has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
test -f /usr/include/doublefann.h || { echo "needs doublefann.h: apt-get install libfann-dev" >&2; exit 1; }
cat >"$work/try.c" <<'C'
#include <doublefann.h>
#include <math.h>
#include <stdio.h>

static void pattern(unsigned i, unsigned n_in, unsigned n_out, double *x, double *t) {
  (void)n_in, (void)n_out;
  x[0] = i & 1, x[1] = i >> 1, x[2] = 0, t[0] = i == 3;
}

/* The largest size of a weight of the third input, and what is answered to 1, 1 and third. */
static double third(struct fann *net) {
  struct fann_connection c[64];
  const unsigned n = fann_get_total_connections(net);
  double most = 0;
  fann_get_connection_array(net, c);
  for (unsigned i = 0; i < n; i++)
    if (c[i].from_neuron == 2)
      most = fmax(most, fabs(c[i].weight));
  return most;
}

static double answer(struct fann *net, double third) {
  double x[3] = {1, 1, third};
  return *fann_run(net, x);
}

static struct fann *trained(enum fann_train_enum how, unsigned epochs) {
  struct fann_train_data *data = fann_create_train_from_callback(4, 3, 1, pattern);
  struct fann *net = fann_create_standard(3, 3, 2, 1);
  struct fann_connection c[64];
  const unsigned n = fann_get_total_connections(net);
  fann_get_connection_array(net, c);
  for (unsigned i = 0; i < n; i++) /* the same start each time */
    c[i].weight = 0.01 * ((7 * i) % 11) - 0.05;
  fann_set_weight_array(net, c, n);
  fann_set_activation_function_hidden(net, FANN_SIGMOID);
  fann_set_activation_function_output(net, FANN_SIGMOID);
  fann_set_training_algorithm(net, how);
  for (unsigned e = 0; e < epochs; e++)
    fann_train_epoch(net, data);
  fann_destroy_train(data);
  return net;
}

int main(void) {
  struct fann *start = trained(FANN_TRAIN_RPROP, 0), *rprop30 = trained(FANN_TRAIN_RPROP, 30);
  struct fann *rprop = trained(FANN_TRAIN_RPROP, 60), *batch = trained(FANN_TRAIN_BATCH, 60);
  struct fann *incremental = trained(FANN_TRAIN_INCREMENTAL, 60);
  printf("largest weight of an input that is always 0: start %g, RPROP, 30 epochs %g, 60 epochs %g, batch %g, "
         "incremental %g\n", third(start), third(rprop30), third(rprop), third(batch), third(incremental));
  printf("AND of 1 and 1, third input 0, 0.01, -0.01: %.6f %.6f %.6f\n", answer(rprop, 0), answer(rprop, 0.01),
         answer(rprop, -0.01));
  const int seen = third(start) < 0.1 && third(rprop30) > 100 && third(rprop) == 1500 && third(batch) == third(start) &&
                   third(incremental) == third(start);
  printf("as described: %s\n", seen ? "seen" : "CHANGED");
  return !seen;
}
C
cc -o "$work/try" "$work/try.c" -ldoublefann -lm
"$work/try"
