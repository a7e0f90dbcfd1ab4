/* SPDX-License-Identifier: MIT
 * Resolving: defaults, and what needs more than one field. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "sweep/spec.h"

static const double inputs[8] = {0, 0, 0, 1, 1, 0, 1, 1}, targets[4] = {0, 1, 1, 0};

/* A spec with fields as typed, name after text, ended by NULL. */
static struct lur_spec *spec_of(const char *const *words) {
  struct lur_spec *s = calloc(1, sizeof *s);
  struct lur_error e = {0};
  assert_non_null(s);
  s->train = (struct lur_patterns){.n = 4, .n_inputs = 2, .n_outputs = 1, .inputs = inputs, .targets = targets};
  for (; *words; words += 2)
    if (lur_spec_set(s, words[0], words[1], &e))
      fail_msg("%s: %s", e.field, e.text);
  return s;
}

static void defaults(void **state) {
  (void)state;
  struct lur_spec *spec = spec_of((const char *const[]){NULL});
  struct lur_structure s;
  struct lur_numbers n;
  struct lur_error e = {0};
  assert_int_equal(lur_spec_resolve(spec, &s, &n, &e), LUR_OK);
  assert_int_equal(s.shape.n_layers, 1);
  assert_int_equal(s.shape.width[0], 2);
  assert_int_equal(s.shape.width[1], 1);
  assert_int_equal(s.shape.output, LUR_SIGMOID);
  assert_true(s.shape.bias);
  assert_int_equal(s.loss, LUR_CROSS_ENTROPY);
  assert_int_equal(s.optimizer, LUR_SGD);
  assert_int_equal(s.init, LUR_INIT_NORMAL);
  assert_int_equal(s.bias_init, LUR_INIT_NORMAL);
  assert_int_equal(s.batch, 1);
  assert_int_equal(s.stops, 0);
  assert_int_equal(s.metrics, 3);
  assert_true(n.learning_rate[0] == 0.1 && n.init_scale[0] == 1 && n.seed == 1 && n.epochs == 1000);
  assert_true(n.stop_every == 1);
  free(spec);
}

/* Sweeps tell structures apart by their bytes, padding and all, whatever stood in the memory. */
static void equal_structures_have_equal_bytes(void **state) {
  (void)state;
  struct lur_spec *spec = spec_of((const char *const[]){"hidden", "3x2", "batch", "2", "stop_patience", "5", NULL});
  struct lur_spec *other = spec_of((const char *const[]){"hidden", "3x2", "batch", "2", "reduction", "sum", NULL});
  struct lur_structure s[3];
  struct lur_numbers n;
  struct lur_error e = {0};
  for (int i = 0; i < 3; i++) {
    memset(&s[i], 0x11 * (i + 1), sizeof s[i]);
    assert_int_equal(lur_spec_resolve(i < 2 ? spec : other, &s[i], &n, &e), LUR_OK);
  }
  assert_memory_equal(&s[0], &s[1], sizeof s[0]);
  assert_memory_not_equal(&s[0], &s[2], sizeof s[0]);
  free(spec);
  free(other);
}

/* Fields as typed, then loss and learning rate that follow from them. */
static void defaults_follow_other_fields(void **state) {
  (void)state;
  static const struct {
    const char *words[7];
    enum lur_loss loss;
    double rate, epsilon;
    enum lur_init bias_init;
  } cases[] = {
      {{"activation", "step"}, LUR_PERCEPTRON, 0.1, 0, LUR_INIT_NORMAL},
      {{"activation", "tanh", "init", "xavier"}, LUR_MSE, 0.1, 0, LUR_INIT_ZEROS},
      {{"output_activation", "softmax", "optimizer", "adam"}, LUR_CROSS_ENTROPY, 0.001, 1e-8, LUR_INIT_NORMAL},
      {{"optimizer", "adagrad", "init", "uniform"}, LUR_CROSS_ENTROPY, 0.01, 1e-10, LUR_INIT_UNIFORM},
      {{"optimizer", "rmsprop", "bias_init", "zeros"}, LUR_CROSS_ENTROPY, 0.01, 1e-8, LUR_INIT_ZEROS},
      {{"optimizer", "nesterov", "init", "he"}, LUR_CROSS_ENTROPY, 0.1, 0, LUR_INIT_ZEROS},
      {{"optimizer", "rprop", "batch", "all"}, LUR_CROSS_ENTROPY, 0.01, 0, LUR_INIT_NORMAL},
      {{"optimizer", "rprop_1993", "batch", "all"}, LUR_CROSS_ENTROPY, 0.1, 0, LUR_INIT_NORMAL},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    struct lur_spec *spec = spec_of(cases[i].words);
    struct lur_structure s;
    struct lur_numbers n;
    struct lur_error e = {0};
    if (lur_spec_resolve(spec, &s, &n, &e))
      fail_msg("%zu: %s: %s", i, e.field, e.text);
    assert_int_equal(s.loss, cases[i].loss);
    assert_true(n.learning_rate[0] == cases[i].rate && n.epsilon == cases[i].epsilon);
    assert_int_equal(s.bias_init, cases[i].bias_init);
    free(spec);
  }
}

static void assert_takes(const struct lur_field *f, struct lur_value v) {
  const struct lur_value given = v;
  struct lur_error e = {0};
  if (lur_value_check(f, &v, &e))
    fail_msg("%s: %s", f->name, e.text);
  assert_true(lur_value_same(&v, &given));
}

/* A default is a value that its field takes, in its final form: as the default of a run, and as one that is given. */
static void defaults_are_values(void **state) {
  (void)state;
  for (int id = 0; id < LUR_N_FIELDS; id++) {
    const struct lur_field *f = &lur_fields[id];
    assert_takes(f, f->usual);
    for (int c = 0; f->usual_by && lur_fields[f->by].choices[c]; c++)
      assert_takes(f, f->usual_by(c));
    assert_true(!f->usual_by || (f->usual.kind == LUR_V_ABSENT && f->by != (enum lur_field_id)id));
    assert_true(!(f->flags & LUR_NUMBER) || !(f->flags & LUR_STRUCTURE));
    assert_true(!(f->flags & LUR_AXIS) || f->flags & (LUR_NUMBER | LUR_STRUCTURE) || id == LUR_F_FOLD); /* of data */
  }
}

/* Each layered field has numbers of its own for single layers. */
static void layers_have_their_place(void **state) {
  (void)state;
  unsigned taken = 0;
  for (int id = 0; id < LUR_N_FIELDS; id++)
    if (lur_fields[id].kind == LUR_K_LAYERED) {
      const unsigned at = lur_fields[id].layered;
      assert_false(taken >> at & 1);
      taken |= 1u << at;
    }
  assert_int_equal(taken, (1u << LUR_N_LAYERED) - 1);
}

/* The default in words: the value, by what decides it, or prose. */
static void defaults_are_told(void **state) {
  (void)state;
  static const struct {
    enum lur_field_id id;
    const char *text;
  } cases[] = {{LUR_F_BIAS, "true"},
               {LUR_F_EPOCHS, "1000"},
               {LUR_F_STOP_LOSS, "none"},
               {LUR_F_HIDDEN, "0, a single layer"},
               {LUR_F_MOMENTUM, "0.9 for momentum, nesterov"},
               {LUR_F_EPSILON, "1e-10 for adagrad; 1e-08 for rmsprop, adam"}};
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    struct lur_buffer text = {0};
    lur_field_write_default(&lur_fields[cases[i].id], &text);
    assert_string_equal(text.data, cases[i].text);
    lur_buffer_free(&text);
  }
}

static void layers(void **state) {
  (void)state;
  struct lur_spec *spec = spec_of((const char *const[]){"hidden", "4x3", "learning_rate", "0.5", "learning_rate_2",
                                                        "0.25", "init_scale", "1x2x3", "stop.error", "0.5", NULL});
  struct lur_structure s;
  struct lur_numbers n;
  struct lur_error e = {0};
  assert_int_equal(lur_spec_resolve(spec, &s, &n, &e), LUR_OK);
  assert_int_equal(s.shape.n_layers, 3);
  assert_true(n.learning_rate[0] == 0.5 && n.learning_rate[1] == 0.25 && n.learning_rate[2] == 0.5);
  assert_true(n.init_scale[0] == 1 && n.init_scale[1] == 2 && n.init_scale[2] == 3);
  assert_int_equal(s.stops, LUR_STOP_ERROR);
  assert_int_equal(lur_spec_set(spec, "learning_rate", "0.125", &e), LUR_OK);
  assert_int_equal(lur_spec_resolve(spec, &s, &n, &e), LUR_OK);
  assert_true(n.learning_rate[1] == 0.125);
  free(spec);
}

/* Fields as typed, the field at fault, and the message. */
static void refuses(void **state) {
  (void)state;
  static const struct {
    const char *words[7], *field, *text;
  } cases[] = {
      {{"momentum", "0.5"}, "momentum", "sgd never reads it; write optimizer = \"momentum\" or \"nesterov\""},
      {{"optimizer", "adam", "rho", "0.5"}, "rho", "adam never reads it; write optimizer = \"rmsprop\""},
      {{"optimizer", "momentum", "beta1", "0.5"}, "beta1", "momentum never reads it; write optimizer = \"adam\""},
      {{"batch", "5"}, "batch", "5 is more than the 4 patterns there are"},
      {{"hidden", "2", "learning_rate", "1x2x3"}, "learning_rate", "3 numbers, but the network has 2 layers"},
      {{"learning_rate_2", "1"}, "learning_rate", "set for layer 2, but the network has 1 layer"},
      {{"init_scale", "1x2"}, "init_scale", "2 numbers, but the network has 1 layer"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    struct lur_spec *spec = spec_of(cases[i].words);
    struct lur_structure s;
    struct lur_numbers n;
    struct lur_error e = {0};
    assert_int_equal(lur_spec_resolve(spec, &s, &n, &e), LUR_EINPUT);
    assert_string_equal(e.field, cases[i].field);
    assert_string_equal(e.text, cases[i].text);
    free(spec);
  }
}

static void refuses_what_the_data_do_not_have(void **state) {
  (void)state;
  struct lur_structure s;
  struct lur_numbers n;
  struct lur_error e = {0};
  struct lur_spec *spec = spec_of((const char *const[]){NULL});
  spec->metrics = LUR_BIT(LUR_M_TEST_ACCURACY);
  assert_int_equal(lur_spec_resolve(spec, &s, &n, &e), LUR_EINPUT);
  assert_string_equal(e.text, "test_accuracy needs a test set; give test, or data with two sets");
  spec->metrics = 0;
  spec->start = inputs;
  spec->n_start = 4;
  assert_int_equal(lur_spec_resolve(spec, &s, &n, &e), LUR_EINPUT);
  assert_string_equal(e.text, "start values for 4 parameters, but the network has 3");
  spec->start = NULL;
  spec->train.n = 0;
  assert_int_equal(lur_spec_resolve(spec, &s, &n, &e), LUR_EINPUT);
  assert_string_equal(e.text, "no patterns to train on");
  free(spec);
}

static void sets_params(void **state) {
  (void)state;
  struct lur_error e = {0};
  struct lur_spec *spec = spec_of((const char *const[]){NULL});
  spec->n_params = 2;
  spec->param[0] = (struct lur_param){.name = "noise", .value = {.kind = LUR_V_INTEGER, .as.integer = 1}};
  spec->param[1] = (struct lur_param){.name = "shape", .value = {.kind = LUR_V_CHOICE}, .text = "ring"};
  assert_int_equal(lur_spec_set(spec, "noise", "0.5", &e), LUR_OK);
  assert_true(spec->param[0].value.as.number == 0.5);
  assert_int_equal(lur_spec_set(spec, "shape", "disc", &e), LUR_OK);
  assert_string_equal(spec->param[1].text, "disc");
  assert_int_equal(lur_spec_set(spec, "noise", "loud", &e), LUR_EINPUT);
  assert_string_equal(e.field, "noise");
  assert_int_equal(lur_spec_set(spec, "nose", "1", &e), LUR_EINPUT);
  free(spec);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(defaults),
      cmocka_unit_test(equal_structures_have_equal_bytes),
      cmocka_unit_test(defaults_follow_other_fields),
      cmocka_unit_test(defaults_are_values),
      cmocka_unit_test(defaults_are_told),
      cmocka_unit_test(layers_have_their_place),
      cmocka_unit_test(layers),
      cmocka_unit_test(refuses),
      cmocka_unit_test(refuses_what_the_data_do_not_have),
      cmocka_unit_test(sets_params),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
