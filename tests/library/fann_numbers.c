/* SPDX-License-Identifier: MIT
 * Writes fann_numbers.lua: networks as FANN saves them (the lines that luron reads) and what fann_run gives.
 *     cc fann_numbers.c -ldoublefann -lm && ./a.out >fann_numbers.lua      FANN 2.2.0 of Debian 12 made it.
 * FANN draws the connections of the sparse network anew each time. */
#include <doublefann.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static uint64_t state = 7;
static double uniform(void) { /* between -1 and 1 */
  state = state * 6364136223846793005u + 1442695040888963407u;
  return (double)(state >> 11) / 4503599627370496.0 - 1;
}

static void randomize(struct fann *net) {
  struct fann_connection connection[256];
  const unsigned n = fann_get_total_connections(net);
  fann_get_connection_array(net, connection);
  for (unsigned i = 0; i < n; i++)
    connection[i].weight = uniform() * 1.5;
  fann_set_weight_array(net, connection, n);
}

static void print_net(struct fann *net) {
  static const char *const kept[] = {"FANN_FLO", "layer_sizes", "neurons", "connections"};
  char line[20000];
  fann_save(net, "fann_numbers.net");
  FILE *f = fopen("fann_numbers.net", "r");
  printf("  { net = [[\n");
  while (f && fgets(line, sizeof line, f))
    for (int k = 0; k < 4; k++)
      if (strncmp(line, kept[k], strlen(kept[k])) == 0) {
        for (const char *c = line; *c; c++) /* a connection a line: the script that reads this joins them again */
          if (*c == '(' && c > line && strchr("= ", c[-1]) && c[-1] != ' ')
            printf("\n(");
          else if (*c != ' ' || !strchr("(\n", c[1]))
            putchar(*c);
          else if (c[1] == '(' && c[-1] == ')')
            putchar('\n');
          else if (c[1] == '(')
            putchar(' ');
      }
  fclose(f);
  remove("fann_numbers.net");
  printf("]], rows = {\n");
}

static void print_rows(struct fann *net) {
  const unsigned n_in = fann_get_num_input(net), n_out = fann_get_num_output(net);
  for (int r = 0; r < 4; r++) {
    double x[8];
    printf("    { { ");
    for (unsigned i = 0; i < n_in; i++)
      printf("%a, ", x[i] = uniform() * 2);
    printf("},\n      { ");
    const double *y = fann_run(net, x);
    for (unsigned k = 0; k < n_out; k++)
      printf("%a, ", y[k]);
    printf("} },\n");
  }
  printf("  } },\n");
}

static void tell(struct fann *net, int hidden, int output) {
  randomize(net);
  fann_set_activation_function_hidden(net, hidden);
  fann_set_activation_function_output(net, output);
  print_net(net);
  print_rows(net);
  fann_destroy(net);
}

int main(void) {
  printf("-- SPDX-License-Identifier: MIT\n-- Made by fann_numbers.c; see there.\nreturn {\n");
  tell(fann_create_standard(3, 2, 3, 1), FANN_SIGMOID, FANN_LINEAR);
  tell(fann_create_standard(4, 2, 3, 2, 2), FANN_SIGMOID_SYMMETRIC, FANN_SIGMOID);
  tell(fann_create_standard(2, 3, 2), FANN_SIGMOID, FANN_THRESHOLD);
  tell(fann_create_standard(3, 2, 3, 1), FANN_THRESHOLD_SYMMETRIC, FANN_SIGMOID_STEPWISE);
  tell(fann_create_standard(3, 2, 3, 1), FANN_GAUSSIAN, FANN_ELLIOT);
  tell(fann_create_standard(3, 2, 3, 1), FANN_SIGMOID_SYMMETRIC_STEPWISE, FANN_LINEAR_PIECE_SYMMETRIC);
  tell(fann_create_sparse(0.5f, 3, 3, 5, 2), FANN_SIGMOID_SYMMETRIC, FANN_SIGMOID_SYMMETRIC);
  tell(fann_create_shortcut(4, 2, 2, 1, 1), FANN_SIGMOID, FANN_SIGMOID_SYMMETRIC);
  struct fann *net = fann_create_standard(3, 2, 3, 1);
  for (int k = 0; k < 3; k++) {
    fann_set_activation_steepness(net, 0.25 + 0.5 * k, 1, k);
  }
  tell(net, FANN_SIGMOID, FANN_COS);
  printf("}\n");
  return 0;
}
