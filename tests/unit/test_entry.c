/* SPDX-License-Identifier: MIT
 * Functions in place of names: how fields and axes hold them, what a structure gets of them, what a hash covers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sweep/plan.h"

static const double inputs[8] = {0, 0, 0, 1, 1, 0, 1, 1}, targets[4] = {0, 1, 1, 0};

static const char swish[] = "activation\nt1 = mul p.slope z\nt2 = sigmoid t1\nt3 = mul z t2\nreturn t3\n";
static const char cube[] = "activation\nt1 = mul z z\nt2 = mul t1 z\nreturn t2\n";
static const char huber[] = "loss\nt1 = sub o t\nt2 = abs t1\nt3 = mul p.delta t2\nreturn t3\n";
static const char rule[] =
    "optimizer\nstates m\nt1 = mul p.beta1 s1\nt2 = add t1 g\nt3 = mul learning_rate t2\nt4 = sub w t3\n"
    "return t4 t2\n";
static const char plain[] = "optimizer\nstates\nt1 = mul learning_rate g\nt2 = sub w t1\nreturn t2\n";
static const char half[] = "schedule\nreturn 0x1p-1\n";

struct fixture {
  struct lur_spec spec;
  struct lur_axes axes;
};

static const struct lur_entry *add(struct lur_spec *s, enum lur_role role, const char *name, const char *text) {
  struct lur_error e = {0};
  const struct lur_entry *out;
  struct lur_program *p = lur_program_read(text, &e);
  if (!p)
    fail_msg("%s: %s", name, e.text);
  struct lur_entry *entry = lur_entry_new(role, name);
  assert_non_null(entry);
  assert_true(lur_entry_add(entry, "", p));
  entry->learning_rate = LUR_OWN_LEARNING_RATE;
  if (lur_entries_add(s->entries, entry, &out, &e))
    fail_msg("%s: %s", name, e.text);
  return out;
}

static struct fixture *fixture_new(void) {
  struct fixture *f = calloc(1, sizeof *f);
  struct lur_spec *s = &f->spec;
  s->train = (struct lur_patterns){.n = 4, .n_inputs = 2, .n_outputs = 1, .inputs = inputs, .targets = targets};
  s->entries = lur_entries_new();
  s->n_params = 2;
  s->param[0] = (struct lur_param){.name = "delta", .value = {.kind = LUR_V_NUMBER, .as.number = 0.25}};
  s->param[1] = (struct lur_param){.name = "slope", .value = {.kind = LUR_V_INTEGER, .as.integer = 1}};
  add(s, LUR_ROLE_ACTIVATION, "swish", swish);
  add(s, LUR_ROLE_ACTIVATION, "cube", cube);
  add(s, LUR_ROLE_LOSS, "huber", huber);
  add(s, LUR_ROLE_SCHEDULE, "half", half);
  return f;
}

static void fixture_free(struct fixture *f) {
  lur_axes_free(&f->axes);
  lur_entries_free(f->spec.entries);
  free(f);
}

static void set(struct lur_spec *s, const char *name, const char *text) {
  struct lur_error e = {0};
  if (lur_spec_set(s, name, text, &e))
    fail_msg("%s=%s: %s: %s", name, text, e.field, e.text);
}

static void resolve(const struct lur_spec *s, struct lur_structure *structure, struct lur_numbers *n) {
  struct lur_error e = {0};
  if (lur_spec_resolve(s, structure, n, &e))
    fail_msg("%s: %s", e.field, e.text);
}

static void a_function_takes_the_place_of_a_name(void **state) {
  struct fixture *f = fixture_new();
  struct lur_structure s;
  struct lur_numbers n;
  (void)state;
  set(&f->spec, "hidden", "2");
  set(&f->spec, "activation", "swish");
  set(&f->spec, "loss", "huber");
  set(&f->spec, "schedule", "half");
  set(&f->spec, "schedule_every", "update");
  resolve(&f->spec, &s, &n);
  assert_non_null(s.shape.own[0]);
  assert_ptr_equal(s.shape.own[0], s.shape.own[1]); /* of every layer */
  assert_int_equal(s.shape.output, LUR_LINEAR);
  assert_non_null(s.own.loss);
  assert_non_null(s.own.schedule);
  assert_true(s.own.every_update);
  assert_null(s.own.optimizer);
  assert_int_equal(s.own.n_numbers, 2);
  for (int k = 0; k < 2; k++)
    assert_true(n.own[k] == (strcmp(s.own.number[k], "slope") == 0 ? 1 : 0.25));
  fixture_free(f);
}

static void layers_have_an_activation_each(void **state) {
  struct fixture *f = fixture_new();
  struct lur_structure s;
  struct lur_numbers n;
  struct lur_error e = {0};
  (void)state;
  set(&f->spec, "hidden", "2x3x4");
  set(&f->spec, "activation", "tanh-swish-relu");
  set(&f->spec, "output_activation", "sigmoid");
  resolve(&f->spec, &s, &n);
  assert_int_equal(s.shape.hidden, LUR_TANH);
  assert_null(s.shape.own[0]);
  assert_ptr_equal(s.shape.own[1], lur_entries_find(f->spec.entries, LUR_ROLE_ACTIVATION, "swish")->variant[0].program);
  assert_non_null(s.shape.own[2]); /* a second built-in one is a program, too */
  assert_int_equal(s.shape.own[2]->op[s.shape.own[2]->n_ops - 1].id, LUR_OP_RELU);
  assert_null(s.shape.own[3]);
  assert_int_equal(s.shape.output, LUR_SIGMOID);
  set(&f->spec, "activation", "tanh-cube-relu-softmax"); /* one too many */
  assert_int_equal(lur_spec_resolve(&f->spec, &s, &n, &e), LUR_EINPUT);
  assert_string_equal(e.field, "activation");
  assert_string_equal(e.text, "a list of 4, but the network has 3 hidden layers");
  f->spec.value[LUR_F_OUTPUT_ACTIVATION].kind = LUR_V_ABSENT;
  resolve(&f->spec, &s, &n);
  assert_int_equal(s.shape.output, LUR_SOFTMAX);
  set(&f->spec, "activation", "tanh-softmax-relu-cube");
  assert_int_equal(lur_spec_resolve(&f->spec, &s, &n, &e), LUR_EINPUT);
  assert_non_null(strstr(e.text, "softmax is for outputs only"));
  fixture_free(f);
}

static void a_rule_brings_its_defaults(void **state) {
  struct fixture *f = fixture_new();
  struct lur_structure s;
  struct lur_numbers n;
  struct lur_error e = {0};
  (void)state;
  struct lur_entry *entry = (struct lur_entry *)add(&f->spec, LUR_ROLE_OPTIMIZER, "mine", rule);
  entry->n_numbers = 1;
  entry->number[0] = (struct lur_entry_number){"beta1", 0.75};
  set(&f->spec, "optimizer", "mine");
  resolve(&f->spec, &s, &n);
  assert_true(n.learning_rate[0] == 0.01 && n.beta1 == 0.75);
  assert_int_equal(s.own.n_numbers, 2); /* beta1 is the field's own */
  set(&f->spec, "beta1", "0.5");
  set(&f->spec, "weight_decay", "0.125"); /* the engine's, for the rule does not read it */
  resolve(&f->spec, &s, &n);
  assert_true(n.beta1 == 0.5 && n.weight_decay == 0.125);
  set(&f->spec, "beta2", "0.5");
  assert_int_equal(lur_spec_resolve(&f->spec, &s, &n, &e), LUR_EINPUT);
  assert_string_equal(e.field, "beta2");
  assert_non_null(strstr(e.text, "mine never reads it"));
  fixture_free(f);
}

/* A declared number that nobody set is each function's own; in one run it has one default. */
static void a_number_is_by_default_what_its_function_says(void **state) {
  struct fixture *f = fixture_new();
  struct lur_structure s;
  struct lur_numbers n;
  struct lur_error e = {0};
  struct lur_buffer text = {0};
  (void)state;
  struct lur_entry *one = (struct lur_entry *)add(&f->spec, LUR_ROLE_LOSS, "one", huber);
  struct lur_entry *two = (struct lur_entry *)add(&f->spec, LUR_ROLE_SCHEDULE, "two", "schedule\nreturn p.delta\n");
  one->n_numbers = two->n_numbers = 1;
  one->number[0] = (struct lur_entry_number){"delta", 3};
  two->number[0] = (struct lur_entry_number){"delta", 5};
  f->spec.param[0].is_usual = true;
  assert_true(lur_spec_number(&f->spec, "delta") == 0.25); /* none is in place */
  set(&f->spec, "schedule", "two");
  assert_true(lur_spec_number(&f->spec, "delta") == 5);
  set(&f->spec, "loss", "one");
  assert_int_equal(lur_spec_resolve(&f->spec, &s, &n, &e), LUR_EINPUT);
  assert_non_null(strstr(e.text, "delta is 3 by default in one, 5 in two"));
  lur_param_write(&f->spec.param[0], &text);
  assert_string_equal(text.data, "usual");
  set(&f->spec, "delta", "7");
  resolve(&f->spec, &s, &n);
  assert_true(lur_spec_number(&f->spec, "delta") == 7);
  lur_buffer_free(&text);
  fixture_free(f);
}

/* What is typed, and which field is at fault. */
static void what_does_not_go_together_is_told(void **state) {
  static const struct {
    const char *words[7], *field, *text;
  } cases[] = {
      {{"schedule", "half", "optimizer", "rprop", "batch", "all"}, "schedule", "rprop has steps of its own"},
      {{"activation", "swish", "loss", "cross_entropy"}, "loss", "output_activation is the function swish"},
      {{"optimizer", "needy", "batch", "2"}, "batch", "needy needs the full batch"},
  };
  struct lur_structure s;
  struct lur_numbers n;
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct fixture *f = fixture_new();
    struct lur_error e = {0};
    ((struct lur_entry *)add(&f->spec, LUR_ROLE_OPTIMIZER, "needy", plain))->full_batch = true;
    for (const char *const *w = cases[i].words; *w; w += 2)
      set(&f->spec, w[0], w[1]);
    assert_int_equal(lur_spec_resolve(&f->spec, &s, &n, &e), LUR_EINPUT);
    assert_string_equal(e.field, cases[i].field);
    assert_non_null(strstr(e.text, cases[i].text));
    fixture_free(f);
  }
}

static void names_are_of_one_function_each(void **state) {
  struct fixture *f = fixture_new();
  struct lur_error e = {0};
  struct lur_value v;
  const struct lur_entry *out;
  (void)state;
  assert_ptr_equal(add(&f->spec, LUR_ROLE_ACTIVATION, "swish", swish),
                   lur_entries_find(f->spec.entries, LUR_ROLE_ACTIVATION, "swish"));
  struct lur_entry *other = lur_entry_new(LUR_ROLE_ACTIVATION, "swish");
  assert_true(lur_entry_add(other, "", lur_program_read(cube, NULL)));
  assert_int_equal(lur_entries_add(f->spec.entries, other, &out, &e), LUR_EINPUT);
  assert_non_null(strstr(e.text, "two functions are called swish"));
  assert_int_equal(lur_spec_read_value(&f->spec, &lur_fields[LUR_F_LOSS], "swish", &v, &e), LUR_EINPUT); /* its role */
  assert_non_null(strstr(e.text, "\"swish\" is not one of"));
  assert_int_equal(lur_spec_read_value(&f->spec, &lur_fields[LUR_F_OUTPUT_ACTIVATION], "tanh-swish", &v, &e),
                   LUR_EINPUT);
  fixture_free(f);
}

/* ---- Sweeps ---- */
static void axis(struct fixture *f, const char *name, const char *text) {
  struct lur_error e = {0};
  if (lur_axes_set(&f->axes, &f->spec, name, text, &e))
    fail_msg("%s=%s: %s", name, text, e.text);
}

static struct lur_plan *plan(struct fixture *f) {
  const struct lur_sweep sweep = {.spec = &f->spec, .axes = &f->axes};
  struct lur_error e = {0};
  struct lur_plan *p = lur_plan_new(&sweep, &e);
  if (!p)
    fail_msg("%s: %s", e.field, e.text);
  return p;
}

static void slopes_are_numbers_of_one_structure(void **state) {
  struct fixture *f = fixture_new();
  (void)state;
  set(&f->spec, "activation", "swish");
  axis(f, "slope", "0.5..2:64");
  struct lur_plan *p = plan(f);
  assert_int_equal(lur_plan_n_groups(p), 1);
  assert_int_equal(lur_plan_n_runs(p), 64);
  const struct lur_structure *s = lur_plan_structure(p, 0);
  const int k = strcmp(s->own.number[0], "slope") == 0 ? 0 : 1;
  for (uint64_t run = 1; run <= 64; run++) {
    struct lur_numbers n;
    struct lur_value v;
    lur_plan_numbers(p, run, &n);
    lur_axis_value(&f->axes.axis[0], run - 1, &v);
    assert_true(n.own[k] == v.as.number);
  }
  lur_plan_free(p);
  fixture_free(f);
}

static void a_slope_is_unread_by_other_activations(void **state) {
  struct fixture *f = fixture_new();
  struct lur_buffer text = {0};
  struct lur_cell cell[2];
  int n_skipped = 0;
  (void)state;
  axis(f, "activation", "tanh,swish,cube");
  axis(f, "slope", "1,2,4");
  struct lur_plan *p = plan(f);
  for (uint64_t run = 1; run <= 9; run++)
    n_skipped += lur_plan_is_repeat(p, run);
  assert_int_equal(n_skipped, 4);
  lur_plan_cells(p, 4, cell);
  assert_string_equal(cell[0].as.text, "swish");
  lur_plan_write(p, 5, &text);
  assert_string_equal(text.data, "activation=swish slope=2");
  text.length_bytes = 0;
  lur_plan_write_axes(p, &text); /* as a results file keeps it */
  assert_string_equal(text.data, "activation=tanh,swish(),cube()\nslope=1,2,4\n");
  lur_buffer_free(&text);
  lur_plan_free(p);
  fixture_free(f);
}

static void own_and_built_in_names_are_told_apart(void **state) {
  struct fixture *f = fixture_new();
  const struct lur_sweep sweep = {.spec = &f->spec, .axes = &f->axes};
  struct lur_error e = {0};
  struct lur_value v;
  (void)state;
  add(&f->spec, LUR_ROLE_ACTIVATION, "tanh", cube);
  assert_int_equal(lur_spec_read_value(&f->spec, &lur_fields[LUR_F_ACTIVATION], "tanh", &v, &e), LUR_OK);
  assert_int_equal(v.kind, LUR_V_CHOICE);
  assert_int_equal(lur_spec_read_value(&f->spec, &lur_fields[LUR_F_ACTIVATION], "tanh()", &v, &e), LUR_OK);
  assert_int_equal(v.kind, LUR_V_ENTRY);
  axis(f, "activation", "tanh,tanh()");
  assert_null(lur_plan_new(&sweep, &e)); /* one column cannot hold both */
  assert_string_equal(e.text, "tanh stands twice");
  fixture_free(f);
}

/* ---- The hash ---- */
static void hash_of(const char *name, const char *program, const char *axes, char hex[65]) {
  struct fixture *f = fixture_new();
  struct lur_error e = {0};
  struct lur_value v;
  const struct lur_entry *entry = add(&f->spec, LUR_ROLE_ACTIVATION, name, program);
  axis(f, "seed", "1..3");
  if (axes)
    axis(f, "activation", axes);
  v = (struct lur_value){.kind = LUR_V_ENTRY, .as.entry = entry};
  if (!axes)
    lur_spec_put(&f->spec, LUR_F_ACTIVATION, 0, &v);
  struct lur_plan *p = plan(f);
  assert_int_equal(lur_plan_hash(p, hex, &e), LUR_OK);
  lur_plan_free(p);
  fixture_free(f);
}

static void a_hash_covers_programs_and_not_names(void **state) {
  char a[65], b[65];
  (void)state;
  hash_of("one", cube, NULL, a);
  hash_of("two", cube, NULL, b);
  assert_string_equal(a, b);
  hash_of("one", "activation\nt1 = mul z z\nreturn t1\n", NULL, b);
  assert_string_not_equal(a, b);
  hash_of("one", cube, "tanh,one", a); /* on an axis the name is a value of the rows */
  hash_of("two", cube, "tanh,two", b);
  assert_string_not_equal(a, b);
  hash_of("one", "activation\nt1 = mul z z\nreturn t1\n", "tanh,one", b);
  assert_string_not_equal(a, b);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_function_takes_the_place_of_a_name),
      cmocka_unit_test(layers_have_an_activation_each),
      cmocka_unit_test(a_rule_brings_its_defaults),
      cmocka_unit_test(a_number_is_by_default_what_its_function_says),
      cmocka_unit_test(what_does_not_go_together_is_told),
      cmocka_unit_test(names_are_of_one_function_each),
      cmocka_unit_test(slopes_are_numbers_of_one_structure),
      cmocka_unit_test(a_slope_is_unread_by_other_activations),
      cmocka_unit_test(own_and_built_in_names_are_told_apart),
      cmocka_unit_test(a_hash_covers_programs_and_not_names),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
