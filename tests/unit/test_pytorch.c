/* SPDX-License-Identifier: MIT
 * Optimizers, activations and losses against PyTorch: 20 epochs of a 3-4-2 network, to 1e-9. */
#include "engine_help.h"

#include "pytorch_numbers.h"

static void train_case(const struct peer_case *c, struct experiment *x) {
  const int widths[] = {N_INPUTS, N_HIDDEN, N_OUTPUTS, 0};
  experiment_start(x, widths, N_PATTERNS, INPUTS, c->output == LUR_SOFTMAX ? CLASSES : BINARY);
  x->s.shape.hidden = c->hidden;
  x->s.shape.output = c->output;
  x->s.loss = c->loss;
  x->s.optimizer = c->optimizer;
  x->s.batch = c->batch;
  x->n.weight_decay = c->weight_decay;
  x->n.epsilon = lur_optimizers[c->optimizer].epsilon;
  x->n.rprop_grow = 1.2;
  x->n.rprop_shrink = 0.5;
  x->n.rprop_least = 1e-6;
  x->n.rprop_most = 50;
  x->n.epochs = N_EPOCHS;
  set_rate(x, c->learning_rate);
  experiment_start_at(x, START);
  experiment_train(x, NULL);
}

static void test_cases(void **state) {
  (void)state;
  static struct experiment x;
  double worst = 0;
  for (size_t k = 0; k < sizeof CASES / sizeof *CASES; k++) {
    const struct peer_case *c = &CASES[k];
    char what[128];
    train_case(c, &x);
    for (int i = 0; i < N_PARAMETERS; i++) {
      snprintf(what, sizeof what, "%s %s-%s %s batch %zu, parameter %d", lur_optimizer_names[c->optimizer],
               lur_activation_names[c->hidden], lur_activation_names[c->output], lur_loss_names[c->loss], c->batch, i);
      assert_near(what, x.parameters[i], c->parameters[i], 1e-9);
      worst = fmax(worst, fabs(x.parameters[i] - c->parameters[i]));
    }
    assert_near("loss", x.out.metric[LUR_M_LOSS], c->loss_at_end, 1e-9);
  }
  print_message("parameters differ from PyTorch's by %.2g at most\n", worst);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_cases)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
