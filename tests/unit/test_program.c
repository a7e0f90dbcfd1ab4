/* SPDX-License-Identifier: MIT
 * Programs as data: equal operations are one, constants are folded, text and program are the same thing, and texts
 * that no program has are refused with their line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "engine/engine.h"
#include "program_help.h"
#include "random_programs.h"

static int unary(struct lur_builder *b, enum lur_op_id id, int a) {
  return lur_build(b, id, (const int[]){a});
}
static int binary(struct lur_builder *b, enum lur_op_id id, int x, int y) {
  return lur_build(b, id, (const int[]){x, y});
}

static struct lur_builder *start(enum lur_role role) {
  struct lur_builder *b = lur_builder_new(role, LUR_MAX_TRACED);
  assert_non_null(b);
  return b;
}

static struct lur_program *finish(struct lur_builder *b, int result) {
  struct lur_program *p = lur_builder_finish(b, 1, &result, 0, NULL);
  assert_non_null(p);
  lur_builder_free(b);
  return p;
}

/* z / (1 + exp(-z)), with things beside it that nothing needs. */
static void a_swish_is_these_lines(void **state) {
  (void)state;
  struct lur_builder *b = start(LUR_ROLE_ACTIVATION);
  int unused = lur_build_number(b, "unused"), z = lur_build_input(b, LUR_IN_Z, 0);
  binary(b, LUR_OP_MUL, unused, z);
  int e = unary(b, LUR_OP_EXP, unary(b, LUR_OP_NEG, z));
  int one = lur_build_constant(b, 1), sum = binary(b, LUR_OP_ADD, one, e);
  assert_int_equal(binary(b, LUR_OP_ADD, lur_build_constant(b, 1), unary(b, LUR_OP_EXP, unary(b, LUR_OP_NEG, z))), sum);
  struct lur_program *p = finish(b, binary(b, LUR_OP_DIV, z, sum));
  assert_text(p, "activation\nt1 = neg z\nt2 = exp t1\nt3 = add 0x1p+0 t2\nt4 = div z t3\nreturn t4\n");
  assert_int_equal(p->n_ops, 6);
  assert_int_equal(p->n_numbers, 0);
  lur_program_free(p);
}

static void folds_what_is_constant(void **state) {
  (void)state;
  struct lur_builder *b = start(LUR_ROLE_PENALTY);
  double x = 0;
  int two = lur_build_constant(b, 2), three = lur_build_constant(b, 3);
#define ROW(ID, name, n_operands, meaning)                                                                             \
  if (n_operands > 0) {                                                                                                \
    int k = lur_build(b, LUR_OP_##ID, (const int[]){two, three, two});                                                 \
    assert_true(lur_builder_constant(b, k, &x));                                                                       \
    assert_true(x == lur_op_value(LUR_OP_##ID, 2, n_operands > 1 ? 3 : 0, n_operands > 2 ? 2 : 0));                    \
  }
  LUR_OPS(ROW)
#undef ROW
  assert_true(lur_builder_constant(b, lur_build_pow(b, two, three), &x) && x == 8);
  int minus = lur_build_constant(b, -0.0), plus = lur_build_constant(b, 0), nan = lur_build_constant(b, -(double)NAN);
  assert_int_not_equal(minus, plus);
  assert_int_equal(nan, binary(b, LUR_OP_DIV, minus, plus));
  struct lur_program *p = finish(b, nan);
  assert_text(p, "penalty\nreturn nan\n");
  lur_program_free(p);
}

/* Names by their first use, in the program's order, whatever they were built in. */
static void leaves_stand_before_their_first_use(void **state) {
  (void)state;
  static const char *const states[] = {"m", "v"};
  struct lur_builder *b = start(LUR_ROLE_OPTIMIZER);
  int last = lur_build_number(b, "last"), first = lur_build_number(b, "first"), g = lur_build_input(b, LUR_IN_G, 0);
  int w = lur_build_input(b, LUR_IN_W, 0), m = lur_build_input(b, LUR_IN_STATE, 0);
  int sum = binary(b, LUR_OP_ADD, m, binary(b, LUR_OP_MUL, first, g));
  int results[] = {binary(b, LUR_OP_SUB, w, binary(b, LUR_OP_MUL, last, sum)), sum, last};
  struct lur_program *p = lur_builder_finish(b, 3, results, 2, states);
  lur_builder_free(b);
  static const char text[] = "optimizer\nstates m v\nt1 = mul p.first g\nt2 = add s1 t1\nt3 = mul p.last t2\n"
                             "t4 = sub w t3\nreturn t4 t2 p.last\n";
  assert_text(p, text);
  assert_string_equal(p->number[0], "first");
  assert_string_equal(p->number[1], "last");
  struct lur_program *again = read_text(text);
  assert_true(lur_program_same(p, again));
  lur_program_free(again);
  lur_program_free(p);
}

static void random_programs_and_their_texts_are_the_same(void **state) {
  (void)state;
  struct lur_program *before = NULL;
  for (uint64_t seed = 0; seed < 2000; seed++) {
    struct lur_program *p = random_program(seed, (enum lur_role)(seed % LUR_N_ROLES), (int)(1 + seed % 60), false);
    char *text = text_of(p);
    struct lur_program *again = read_text(text);
    assert_true(lur_program_same(p, again));
    assert_text(again, text);
    assert_false(before && lur_program_same(before, p));
    lur_program_free(before);
    lur_program_free(again);
    free(text);
    before = p;
  }
  lur_program_free(before);
}

static double two_and_a_half(void *context, enum lur_input which, int index) {
  (void)context, (void)which, (void)index;
  return 2.5;
}

static double run_one(const struct lur_program *p, const double *number) {
  double results[LUR_MAX_RESULTS];
  assert_int_equal(lur_program_run(p, two_and_a_half, NULL, number, results, NULL), LUR_OK);
  return results[0];
}

/* A power of a named number stays one where that is bound: its bits are those of the logarithm and the exponential. */
static void numbers_are_bound_without_changing_bits(void **state) {
  (void)state;
  struct lur_program *p = read_text("activation\nt1 = pow z p.a\nt2 = mul t1 p.b\nt3 = add p.a p.b\nt4 = mul t2 t3\n"
                                    "return t4\n");
  static const char *const both[] = {"b", "a"};
  static const double values[] = {0.1, 3};
  struct lur_program *bound = lur_program_bind(p, 2, both, values), *half = lur_program_bind(p, 1, both, values);
  assert_text(bound, "activation\nt1 = pow z 0x1.8p+1\nt2 = mul t1 0x1.999999999999ap-4\n"
                     "t3 = mul t2 0x1.8cccccccccccdp+1\nreturn t3\n");
  assert_int_equal(half->n_numbers, 1);
  double x = run_one(p, (const double[]){3, 0.1}), y = run_one(bound, NULL), z = run_one(half, (const double[]){3});
  assert_memory_equal(&x, &y, sizeof x);
  assert_memory_equal(&x, &z, sizeof x);
  lur_program_free(p);
  lur_program_free(bound);
  lur_program_free(half);
}

static void what_varies_is_told_from_what_does_not(void **state) {
  (void)state;
  struct lur_program *p = read_text("optimizer\nstates\nt1 = pow p.beta1 step\nt2 = mul t1 learning_rate\n"
                                    "t3 = mul t2 g\nt4 = add w t3\nreturn t4\n");
  bool uniform[16];
  lur_program_uniform(p, uniform);
  for (int k = 0; k < p->n_ops; k++) {
    enum lur_op_id id = p->op[k].id;
    bool input = id == LUR_OP_INPUT && (p->op[k].at[0] == LUR_IN_G || p->op[k].at[0] == LUR_IN_W);
    assert_int_equal(uniform[k], !input && id != LUR_OP_ADD && k != p->op[p->result[0]].at[1]);
  }
  lur_program_free(p);
}

/* Of a chain of n additions: t2 = add t1 z ... */
static char *chain(int n) {
  struct lur_buffer out = {0};
  lur_buffer_text(&out, "activation\nt1 = add z z\n");
  for (int k = 2; k <= n; k++)
    lur_buffer_format(&out, "t%d = add t%d z\n", k, k - 1);
  lur_buffer_format(&out, "return t%d\n", n);
  assert_false(out.failed);
  return out.data;
}

static void a_program_has_a_largest_length(void **state) {
  (void)state;
  char *text = chain(LUR_MAX_TRACED), *longer = chain(LUR_MAX_TRACED + 1);
  struct lur_program *p = read_text(text);
  assert_true(run_one(p, NULL) == 2.5 * (LUR_MAX_TRACED + 1));
  lur_program_free(p);
  struct lur_error e = {0};
  assert_null(lur_program_read(longer, &e));
  assert_string_equal(e.text, "line 4098: more than 4096 operations");
  free(text);
  free(longer);
}

/* Constants do not count, but have their places: two more for each operation here. */
static void the_longest_program_has_as_many_places_as_is_said(void **state) {
  (void)state;
  struct lur_builder *b = start(LUR_ROLE_PENALTY);
  int y = lur_build_input(b, LUR_IN_W, 0);
  for (int k = 0; k < LUR_MAX_TRACED; k++)
    y = lur_build(b, LUR_OP_FMA, (const int[]){y, lur_build_constant(b, k + 0.25), lur_build_constant(b, k + 0.75)});
  struct lur_program *p = finish(b, y);
  assert_int_equal(p->n_ops, 1 + 3 * LUR_MAX_TRACED);
  assert_in_range(p->n_ops, 1, LUR_MAX_OPS);
  char *text = text_of(p);
  struct lur_program *again = read_text(text);
  assert_true(lur_program_same(p, again));
  lur_program_free(again);
  lur_program_free(p);
  free(text);
}

static void a_program_has_as_many_names_as_fit(void **state) {
  (void)state;
  struct lur_buffer out = {0};
  struct lur_error e = {0};
  lur_buffer_text(&out, "penalty\nt1 = mul w p.a0\n");
  for (int k = 1; k <= LUR_MAX_OWN_NUMBERS; k++)
    lur_buffer_format(&out, "t%d = mul t%d p.a%d\n", k + 1, k, k);
  lur_buffer_format(&out, "return t%d\n", LUR_MAX_OWN_NUMBERS + 1);
  assert_false(out.failed);
  assert_null(lur_program_read(out.data, &e));
  assert_string_equal(e.text, "line 66: p.a64: more than 64 named numbers");
  lur_buffer_free(&out);
}

static void a_builder_says_what_there_is_too_much_of(void **state) {
  (void)state;
  struct lur_builder *b = lur_builder_new(LUR_ROLE_ACTIVATION, 2);
  struct lur_error e = {0};
  int k = lur_build_input(b, LUR_IN_Z, 0);
  for (int i = 0; i < 2; i++)
    k = unary(b, LUR_OP_EXP, k);
  assert_false(lur_builder_full(b));
  assert_int_equal(unary(b, LUR_OP_EXP, k), -1);
  assert_int_equal(binary(b, LUR_OP_ADD, -1, k), -1);
  assert_int_equal(lur_build_pow(b, k, -1), -1);
  assert_true(lur_builder_full(b));
  assert_int_equal(lur_builder_fail(b, &e), LUR_EINPUT);
  assert_string_equal(e.text, "more than 2 operations");
  lur_builder_free(b);
  b = start(LUR_ROLE_ACTIVATION);
  for (int i = 0; i <= LUR_MAX_OWN_NUMBERS; i++) {
    char name[] = {'a', (char)('a' + i % 26), (char)('a' + i / 26), '\0'};
    assert_int_equal(lur_build_number(b, name) >= 0, i < LUR_MAX_OWN_NUMBERS);
  }
  assert_int_equal(lur_builder_fail(b, &e), LUR_EINPUT);
  assert_string_equal(e.text, "more than 64 named numbers");
  lur_builder_free(b);
  b = start(LUR_ROLE_ACTIVATION);
  assert_int_equal(lur_build_number(b, "2a"), -1);
  assert_int_equal(lur_builder_fail(b, &e), LUR_EINPUT);
  assert_non_null(strstr(e.text, "does not begin with a digit"));
  lur_builder_free(b);
}

static void numbers_of_every_kind_stand_in_texts(void **state) {
  (void)state;
  static const double numbers[] = {-0.0, 0, INFINITY, -INFINITY, NAN, 0x1p-1074, -0x1.fffffffffffffp+1023, 0.1};
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
    struct lur_builder *b = start(LUR_ROLE_LOSS);
    struct lur_program *p =
        finish(b, binary(b, LUR_OP_MUL, lur_build_input(b, LUR_IN_O, 0), lur_build_constant(b, numbers[i])));
    char *text = text_of(p);
    struct lur_program *again = read_text(text);
    assert_memory_equal(&again->op[1].constant, &numbers[i], sizeof *numbers);
    lur_program_free(p);
    lur_program_free(again);
    free(text);
  }
}

static const struct {
  const char *text, *says;
} wrong[] = {
    {"", "line 1: the text ends before it returns anything"},
    {"activation", "line 1: the line has no end"},
    {"activation\n", "line 2: the text ends before it returns anything"},
    {"swish\nreturn z\n", "line 1: it does not say what the function is"},
    {"activation z\nreturn z\n", "line 1: it does not say what the function is"},
    {"activation\nreturn z", "line 2: the line has no end"},
    {"activation\nreturn z\n\n", "line 3: nothing follows"},
    {"activation\nreturn  z\n", "line 2: a line is words with one blank"},
    {"activation\nreturn z \n", "line 2: a line is words with one blank"},
    {"activation\n\nreturn z\n", "line 2: a line is words with one blank"},
    {"activation\r\nreturn z\n", "line 1: it does not say what the function is"},
    {"activation\nreturn\n", "line 2: activation: it returns 0 numbers"},
    {"activation\nreturn z z z\n", "line 2: activation: it returns 3 numbers"},
    {"loss\nreturn o t\n", "line 2: loss: it returns 2 numbers"},
    {"activation\nt2 = neg z\nreturn t2\n", "line 2: it begins neither with t1 = and an operation nor with return"},
    {"activation\nt01 = neg z\nreturn t1\n", "line 2: it begins neither with t1 ="},
    {"activation\nx1 = neg z\nreturn t1\n", "line 2: it begins neither with t1 ="},
    {"activation\nt1 : neg z\nreturn t1\n", "line 2: it begins neither with t1 ="},
    {"activation\nt1 =\nreturn t1\n", "line 2: it begins neither with t1 ="},
    {"activation\nt1 = sinh z\nreturn t1\n", "line 2: there is no operation sinh"},
    {"activation\nt1 = input z\nreturn t1\n", "line 2: there is no operation input"},
    {"activation\nt1 = add z\nreturn t1\n", "line 2: add has 2 operands"},
    {"activation\nt1 = neg z z\nreturn t1\n", "line 2: neg has 1 operand"},
    {"activation\nt1 = neg t1\nreturn t1\n", "line 2: t1 is none of the lines above"},
    {"activation\nt1 = neg t2\nt2 = neg z\nreturn t1\n", "line 2: t2 is none of the lines above"},
    {"activation\nt1 = neg t0\nreturn t1\n", "line 2: t0 is none"},
    {"activation\nt1 = neg z\nt2 = neg t01\nreturn t1\n", "line 3: t01 is none"},
    {"activation\nt1 = neg t99999999999999999999\nreturn t1\n", "line 2: t99999999999999999999 is none"},
    {"activation\nt1 = neg t1x\nreturn t1\n", "line 2: t1x is none"},
    {"activation\nt1 = neg w\nreturn t1\n", "line 2: activation: it has no argument w"},
    {"schedule\nt1 = neg learning_rate\nreturn t1\n", "line 2: schedule: it has no argument learning_rate"},
    {"activation\nt1 = neg y\nreturn t1\n", "line 2: y is neither a number nor an argument"},
    {"activation\nt1 = neg z1\nreturn t1\n", "line 2: z1 is neither a number nor an argument"},
    {"init\nt1 = neg u17\nreturn t1\n", "line 2: u17: there are only 16"},
    {"init\nt1 = neg u0\nreturn t1\n", "line 2: u0 is neither"},
    {"optimizer\nstates m\nreturn w s2\n", "line 3: s2: there are only 1"},
    {"optimizer\nreturn w\n", "line 2: it does not name the states"},
    {"optimizer\nstates m m\nreturn w w w\n", "line 2: m twice"},
    {"optimizer\nstates 2\nreturn w w\n", "line 2: 2 is no name"},
    {"optimizer\nstates m\nreturn w\n", "line 3: optimizer: it returns 1 number"},
    {"optimizer\nstates a b c d e f g h i\nreturn w\n", "line 2: it does not name the states, at most 8"},
    {"optimizer\nstates a b c d e f g h i j\nreturn w\n", "line 2: too many words"},
    {"activation\nt1 = neg p.\nreturn t1\n", "line 2: p.: a name is at most 47 letters"},
    {"activation\nt1 = neg p.2\nreturn t1\n", "line 2: p.2: a name is at most 47 letters"},
    {"activation\nt1 = neg p.abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuv\nreturn t1\n", ": a name is at most 47"},
    {"activation\nt1 = neg p.abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz00\nreturn t1\n",
     "line 2: a word that is too long"},
    {"activation\nt1 = add z 1\nreturn t1\n", "line 2: 1 is no number as it is written here"},
    {"activation\nt1 = add z 0x1\nreturn t1\n", "line 2: 0x1 is no number"},
    {"activation\nt1 = add z 0x2p+0\nreturn t1\n", "line 2: 0x2p+0 is no number"},
    {"activation\nt1 = add z 0x1p+0z\nreturn t1\n", "line 2: 0x1p+0z is no number"},
    {"activation\nt1 = add z -nan\nreturn t1\n", "line 2: -nan is no number"},
    {"activation\nt1 = add z 0x1p+9999\nreturn t1\n", "line 2: 0x1p+9999 is no number"},
    {"activation\nt1 = neg 0x1p+0\nreturn t1\n", "line 2: it is of constants alone"},
    {"activation\nt1 = neg z\nt2 = neg z\nt3 = add t1 t2\nreturn t3\n", "line 3: the same operation stands above"},
    {"activation\nt1 = neg z\nt2 = abs t1\nt3 = neg t1\nreturn t3\n", "line 5: nothing needs t2"},
    {"activation\nt1 = pow_constant z p.a\nreturn t1\n", "line 2: pow_constant: p.a is no constant"},
    {"activation\nt1 = mul_taken z z\nreturn t1\n", "line 2: mul_taken stands in derivatives alone"},
    {"activation\nt1 = div_taken z z\nreturn t1\n", "line 2: div_taken stands in derivatives alone"},
    {"activation\nt1 = select z z 0x1p+0\nreturn t1\n", "line 2: select: z is no comparison"},
    {"activation\nt1 = neg z\nt2 = select t1 z z\nreturn t2\n", "line 3: select: t1 is no comparison"},
    {"activation\nt1 = select 0x1p+1 z p.a\nreturn t1\n", "line 2: select: 0x1p+1 is no comparison"},
};

static void texts_of_no_program_are_refused_with_their_line(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    struct lur_error e = {0};
    if (lur_program_read(wrong[i].text, &e))
      fail_msg("taken: %s", wrong[i].text);
    assert_int_equal(e.code, LUR_EINPUT);
    if (!strstr(e.text, wrong[i].says))
      fail_msg("%s\n  says: %s", wrong[i].text, e.text);
    assert_null(lur_program_read(wrong[i].text, NULL));
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_swish_is_these_lines),
      cmocka_unit_test(folds_what_is_constant),
      cmocka_unit_test(leaves_stand_before_their_first_use),
      cmocka_unit_test(random_programs_and_their_texts_are_the_same),
      cmocka_unit_test(numbers_are_bound_without_changing_bits),
      cmocka_unit_test(what_varies_is_told_from_what_does_not),
      cmocka_unit_test(a_program_has_a_largest_length),
      cmocka_unit_test(the_longest_program_has_as_many_places_as_is_said),
      cmocka_unit_test(a_program_has_as_many_names_as_fit),
      cmocka_unit_test(a_builder_says_what_there_is_too_much_of),
      cmocka_unit_test(numbers_of_every_kind_stand_in_texts),
      cmocka_unit_test(texts_of_no_program_are_refused_with_their_line),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
