/* SPDX-License-Identifier: MIT
 * Generated data against the formulas computed with libm, and what noise and seeds change. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "data/generators.h"

static struct lur_dataset *generate(const struct lur_declaration *d) {
  struct lur_error e = {0};
  struct lur_dataset *out = lur_generator_make(d, &e);
  if (!out)
    fail_msg("%s: %s", e.field, e.text);
  return out;
}

/* libm's sines are given angles that are rounded already. */
static void near(double found, double wanted) {
  if (!(fabs(found - wanted) <= 2e-15))
    fail_msg("%.17g, not %.17g", found, wanted);
}

static void row_is(const struct lur_dataset *d, size_t i, double x, double y, double target) {
  near(d->inputs[2 * i], x);
  near(d->inputs[2 * i + 1], y);
  assert_true(d->targets[i] == target);
}

static void xor_and_parity_are_tables(void **state) {
  (void)state;
  struct lur_declaration x = lur_generator_declare(LUR_XOR), p = lur_generator_declare(LUR_PARITY);
  struct lur_dataset *d = generate(&x);
  assert_int_equal(d->n, 4);
  assert_memory_equal(d->inputs, ((double[]){0, 0, 0, 1, 1, 0, 1, 1}), 8 * sizeof(double));
  assert_memory_equal(d->targets, ((double[]){0, 1, 1, 0}), 4 * sizeof(double));
  lur_dataset_free(d);
  p.bits = 3;
  d = generate(&p);
  assert_int_equal(d->n, 8);
  assert_memory_equal(d->inputs + 3 * 6, ((double[]){1, 1, 0}), 3 * sizeof(double));
  assert_memory_equal(d->targets, ((double[]){0, 1, 1, 0, 1, 0, 0, 1}), 8 * sizeof(double));
  lur_dataset_free(d);
}

static void spirals_are_those_of_lang_and_witbrock(void **state) {
  (void)state;
  struct lur_declaration s = lur_generator_declare(LUR_SPIRAL);
  struct lur_dataset *d = generate(&s);
  assert_int_equal(d->n, 194);
  for (size_t i = 0; i < 97; i++) {
    double phi = (double)i * M_PI / 16, r = 6.5 * (double)(104 - i) / 104 / 6.5;
    struct {
      double x, y;
    } p = {r * sin(phi), r * cos(phi)};
    if (!(fabs(d->inputs[4 * i] - p.x) <= 3e-15 && fabs(d->inputs[4 * i + 1] - p.y) <= 3e-15)) /* phi is rounded */
      fail_msg("point %zu", i);
    row_is(d, 2 * i + 1, -d->inputs[4 * i], -d->inputs[4 * i + 1], 0);
    assert_true(d->targets[2 * i] == 1);
  }
  lur_dataset_free(d);
}

static void circles_and_moons_are_those_of_scikit_learn(void **state) {
  (void)state;
  struct lur_declaration c = lur_generator_declare(LUR_CIRCLES), m = lur_generator_declare(LUR_MOONS);
  c.n = m.n = 50;
  c.factor = 0.5;
  struct lur_dataset *circles = generate(&c), *moons = generate(&m);
  for (size_t i = 0; i < 25; i++) {
    double phi = 2 * M_PI * (double)i / 25, t = M_PI * (double)i / 24;
    row_is(circles, 2 * i, cos(phi), sin(phi), 0);
    row_is(circles, 2 * i + 1, 0.5 * cos(phi), 0.5 * sin(phi), 1);
    row_is(moons, 2 * i, cos(t), sin(t), 0);
    row_is(moons, 2 * i + 1, 1 - cos(t), 0.5 - sin(t), 1);
  }
  lur_dataset_free(circles);
  lur_dataset_free(moons);
}

static void gaussians_surround_their_centres(void **state) {
  (void)state;
  struct lur_declaration g = lur_generator_declare(LUR_GAUSSIANS);
  g.classes = 3;
  g.n = 30000;
  g.noise = 0.5;
  struct lur_dataset *d = generate(&g);
  double mean[3][2] = {{0}}, square = 0;
  assert_int_equal(d->n_outputs, 3);
  for (size_t i = 0; i < d->n; i++) {
    size_t k = i % 3;
    assert_true(d->targets[3 * i + k] == 1 && d->targets[3 * i + (k + 1) % 3] == 0);
    for (size_t c = 0; c < 2; c++) {
      double z = d->inputs[2 * i + c] - 3 * (c ? sin(2 * M_PI * (double)k / 3) : cos(2 * M_PI * (double)k / 3));
      mean[k][c] += z / 10000;
      square += z * z / 60000;
    }
  }
  for (int k = 0; k < 3; k++)
    assert_true(fabs(mean[k][0]) < 0.02 && fabs(mean[k][1]) < 0.02); /* four deviations */
  assert_true(fabs(square - 0.25) < 0.01);
  lur_dataset_free(d);
}

static void noise_depends_on_the_seed_and_the_row_alone(void **state) {
  (void)state;
  struct lur_declaration a = lur_generator_declare(LUR_MOONS);
  a.noise = 0.1;
  struct lur_declaration b = a;
  b.seed = 2;
  struct lur_dataset *one = generate(&a), *again = generate(&a), *other = generate(&b);
  assert_memory_equal(one->inputs, again->inputs, 2 * one->n * sizeof(double));
  assert_memory_not_equal(one->inputs, other->inputs, 2 * one->n * sizeof(double));
  assert_memory_equal(one->targets, other->targets, one->n * sizeof(double));
  lur_dataset_free(one);
  lur_dataset_free(again);
  lur_dataset_free(other);
}

static void refuse(struct lur_declaration d, const char *field) {
  struct lur_error e = {0};
  assert_null(lur_generator_make(&d, &e));
  assert_int_equal(e.code, LUR_EINPUT);
  assert_string_equal(e.field, field);
}

static void what_makes_no_sense_is_refused(void **state) {
  (void)state;
  struct lur_declaration d = lur_generator_declare(LUR_PARITY);
  d.bits = 17;
  refuse(d, "bits");
  d = lur_generator_declare(LUR_CIRCLES);
  d.n = 7;
  refuse(d, "n");
  d.n = 2;
  refuse(d, "n");
  d = lur_generator_declare(LUR_XOR);
  d.n = 0;
  refuse(d, "n");
  d = lur_generator_declare(LUR_CIRCLES);
  d.factor = 1.5;
  refuse(d, "factor");
  d = lur_generator_declare(LUR_GAUSSIANS);
  d.noise = -1;
  refuse(d, "noise");
  d.noise = (double)NAN;
  refuse(d, "noise");
  d = lur_generator_declare(LUR_GAUSSIANS);
  d.classes = 1;
  refuse(d, "classes");
  d = lur_generator_declare(LUR_SPIRAL);
  d.turns = (double)INFINITY;
  refuse(d, "turns");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(xor_and_parity_are_tables),
      cmocka_unit_test(spirals_are_those_of_lang_and_witbrock),
      cmocka_unit_test(circles_and_moons_are_those_of_scikit_learn),
      cmocka_unit_test(gaussians_surround_their_centres),
      cmocka_unit_test(noise_depends_on_the_seed_and_the_row_alone),
      cmocka_unit_test(what_makes_no_sense_is_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
