#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# A network that FANN saves loses its scaling where the data are small. fann_set_scaling_params keeps the mean and the
# deviation of each input and output; fann_save writes them with six decimals and no exponent, though it writes weights
# with twenty digits and an exponent. Inputs of some 1e-3 (metres, seconds, volts) keep three digits of their mean, so
# the loaded network gives other answers; at some 1e-7, mean and deviation are read back as 0, and the loaded network
# gives one answer to everything. Nothing is said when it is saved or loaded, and fann_save returns 0.
#
# Whom it matters to: who trains in one program and runs the network in another, with inputs in SI units.
#
# Version: libfann 2.2.0 (Debian 12's 2.2.0+ds-8), doublefann. Source: fann_io.c writes the rows scale_mean_in,
# scale_deviation_in and so on as "%f"; fann_save's documentation promises an exact copy.
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

enum { N_PATTERNS = 8 };

/* Target x * x, inputs 1 to 8 times 1, 1e-3 or 1e-7, by the number of the first pattern. */
static const double units[] = {1, 1e-3, 1e-7};
static double unit;

static void pattern(unsigned i, unsigned n_in, unsigned n_out, double *x, double *t) {
  (void)n_in, (void)n_out;
  x[0] = unit * (i + 1), t[0] = (i + 1) * (i + 1);
}

static double answer(struct fann *net, unsigned i) {
  double x[1] = {unit * (i + 1)};
  fann_scale_input(net, x);
  double *y = fann_run(net, x);
  fann_descale_output(net, y);
  return y[0];
}

static struct fann *trained(void) {
  struct fann_train_data *data = fann_create_train_from_callback(N_PATTERNS, 1, 1, pattern);
  struct fann *net = fann_create_standard(3, 1, 3, 1);
  struct fann_connection c[16];
  const unsigned n = fann_get_total_connections(net);
  fann_get_connection_array(net, c);
  for (unsigned i = 0; i < n; i++) /* the same start each time */
    c[i].weight = 0.1 * ((7 * i) % 11) - 0.5;
  fann_set_weight_array(net, c, n);
  fann_set_activation_function_hidden(net, FANN_SIGMOID);
  fann_set_activation_function_output(net, FANN_LINEAR);
  fann_set_scaling_params(net, data, -1, 1, -1, 1);
  fann_scale_train(net, data);
  for (int e = 0; e < 2000; e++)
    fann_train_epoch(net, data);
  return net;
}

int main(int n, char **words) {
  double worst[3] = {0}, spread[3] = {0};
  (void)n;
  for (int u = 0; u < 3; u++) {
    unit = units[u];
    struct fann *net = trained();
    const int failed = fann_save(net, words[1]);
    struct fann *back = fann_create_from_file(words[1]);
    for (unsigned i = 0; i < N_PATTERNS; i++) {
      worst[u] = fmax(worst[u], fabs(answer(back, i) - answer(net, i)));
      spread[u] = fmax(spread[u], fabs(answer(back, i) - answer(back, 0)));
    }
    printf("inputs 1 to 8 times %g: saved %s; answers %.4f to %.4f, loaded %.4f to %.4f, most apart %.2g\n", unit,
           failed ? "badly" : "well", answer(net, 0), answer(net, N_PATTERNS - 1), answer(back, 0),
           answer(back, N_PATTERNS - 1), worst[u]);
  }
  const int seen = worst[0] < 1e-4 && worst[1] > 1e-3 && spread[1] > 1 && worst[2] > 10 && spread[2] == 0;
  printf("as described: %s\n", seen ? "seen" : "CHANGED");
  return !seen;
}
C
cc -o "$work/try" "$work/try.c" -ldoublefann -lm
"$work/try" "$work/saved.net"
