/* SPDX-License-Identifier: MIT
 * FANN, incremental training, which minimises squared errors: its learning rate is twice luron's for loss = "mse".
 * FANN keeps a sigmoid's slope from going below 0.01 * 0.99, so values agree only where outputs are away from 0 and 1.
 *
 *     fann neuron|xor|digits FOLDER N_SEEDS N_EPOCHS */
#include <doublefann.h>
#include <stdbool.h>
#include <string.h>

#include "talk.h"

struct work {
  struct fann *net;
  struct fann_train_data *data;
  const double *starts;
  size_t n_parameters;
  int n_seeds, n_epochs, n_solved;
  double loss; /* the mean over seeds of the mean squared error */
};

/* Whether every output of a network with one is within 0.4 of its target; *loss grows by the mean squared error. */
static bool look(struct fann *net, struct fann_train_data *d, double *loss) {
  bool within = true;
  for (unsigned i = 0; i < d->num_data; i++) {
    const double o = *fann_run(net, d->input[i]), off = o - d->output[i][0];
    within = within && off <= 0.4 && off >= -0.4;
    *loss += off * off / d->num_data;
  }
  return within;
}

static void train_all(void *context) {
  struct work *w = context;
  w->n_solved = 0;
  w->loss = 0;
  for (int k = 0; k < w->n_seeds; k++) {
    for (size_t i = 0; i < w->n_parameters; i++)
      w->net->weights[i] = w->starts[(size_t)k * w->n_parameters + i];
    for (int e = 0; e < w->n_epochs; e++)
      for (unsigned i = 0; i < w->data->num_data; i++)
        fann_train(w->net, w->data->input[i], w->data->output[i]);
    w->n_solved += w->data->num_output == 1 && look(w->net, w->data, &w->loss);
  }
}

static void fill(struct fann_train_data *d, const double *rows, unsigned n_in, unsigned n_classes) {
  for (unsigned i = 0; i < d->num_data; i++) {
    memcpy(d->input[i], rows + i * (n_in + 1), n_in * sizeof *rows);
    const double target = rows[i * (n_in + 1) + n_in];
    for (unsigned j = 0; j < n_classes; j++)
      d->output[i][j] = n_classes == 1 ? target : (unsigned)target == j;
  }
}

int main(int argc, char **argv) {
  if (argc < 5)
    return 2;
  static const double neuron[] = {1, 0},
                      xor[] =
                          {
                              0, 0, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0},
                      one[] = {0.37, 0.1};
  const bool is_neuron = strcmp(argv[1], "neuron") == 0, is_digits = strcmp(argv[1], "digits") == 0;
  const unsigned n_in = is_neuron ? 1 : is_digits ? 64 : 2, n_out = is_digits ? 10 : 1, n_hidden = is_digits ? 32 : 2;
  const unsigned n_data = is_neuron ? 1 : is_digits ? 1024 : 4;
  struct work w = {.n_seeds = is_neuron ? 100 : atoi(argv[3]), .n_epochs = atoi(argv[4])};
  w.net = is_neuron ? fann_create_standard(2, n_in, n_out) : fann_create_standard(3, n_in, n_hidden, n_out);
  w.data = fann_create_train(n_data, n_in, n_out);
  if (!w.net || !w.data)
    return 1;
  const double *rows = is_neuron ? neuron : is_digits ? read_rows(argv[2], "rows.txt", n_data, n_in + 1) : xor;
  fill(w.data, rows, n_in, n_out);
  w.n_parameters = fann_get_total_connections(w.net);
  double *many = calloc((size_t)w.n_seeds * 2, sizeof *many);
  for (int k = 0; many && k < w.n_seeds; k++)
    memcpy(many + 2 * k, one, sizeof one);
  w.starts = is_neuron ? many : read_rows(argv[2], "starts.txt", (size_t)w.n_seeds, w.n_parameters);
  fann_set_training_algorithm(w.net, FANN_TRAIN_INCREMENTAL);
  fann_set_train_error_function(w.net, FANN_ERRORFUNC_LINEAR);
  fann_set_activation_function_hidden(w.net, FANN_SIGMOID);
  fann_set_activation_function_output(w.net, FANN_SIGMOID);
  fann_set_learning_rate(w.net, is_neuron || is_digits ? 0.2f : 1.0f);
  train_all(&w);
  const double ends[] = {w.net->weights[0], w.net->weights[1]}, solved[] = {w.n_solved, w.loss / w.n_seeds};
  talk("FANN 2.2", (double)w.n_seeds * w.n_epochs * n_data,
       is_neuron   ? 2
       : is_digits ? 0
                   : 2,
       is_neuron ? ends : solved, train_all, &w);
  return 0;
}
