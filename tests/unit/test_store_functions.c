/* SPDX-License-Identifier: MIT
 * Functions in place of names in a results file: kept as programs, and read back as they were. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "store_help.h"

static char path[64];

static int set_up(void **state) {
  (void)state;
  snprintf(path, sizeof path, "store-functions-%d.db", (int)getpid());
  unlink(path);
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  unlink(path);
  return 0;
}

static struct lur_entry *entry_of(enum lur_role role, const char *name, const char *given, const char *text) {
  struct lur_error e = {0};
  struct lur_entry *entry = lur_entry_new(role, name);
  struct lur_program *p = lur_program_read(text, &e);
  if (!p)
    fail_msg("%s: %s", name, e.text);
  assert_true(entry && lur_entry_add(entry, given, p));
  return entry;
}

static struct lur_entries *some(void) {
  struct lur_entries *all = lur_entries_new();
  struct lur_error e = {0};
  const struct lur_entry *out;
  struct lur_entry *rule = entry_of(LUR_ROLE_OPTIMIZER, "mine", "",
                                    "optimizer\nstates m\nt1 = mul p.beta1 s1\nt2 = add t1 g\n"
                                    "t3 = mul learning_rate t2\nt4 = sub w t3\nreturn t4 t2\n");
  rule->learning_rate = 0.1;
  rule->full_batch = true;
  rule->n_numbers = 2;
  rule->number[0] = (struct lur_entry_number){"beta1", 0.1};
  rule->number[1] = (struct lur_entry_number){"delta", -1e300};
  struct lur_entry *turned = entry_of(LUR_ROLE_ACTIVATION, "turned", "", "activation\nreturn z\n");
  assert_true(
      lur_entry_add(turned, "deep=true kind=text:a\\sb", lur_program_read("activation\nt1 = neg z\nreturn t1\n", &e)));
  turned->n_on = 2;
  strcpy(turned->on[0], "deep");
  strcpy(turned->on[1], "kind");
  assert_int_equal(lur_entries_add(all, rule, &out, &e), LUR_OK);
  assert_int_equal(lur_entries_add(all, turned, &out, &e), LUR_OK);
  return all;
}

static void write_file(const struct lur_entries *all) {
  struct lur_store_plan plan = help_plan("h", 10);
  struct lur_error e = {0};
  plan.facts.entries = all;
  struct lur_store *s = lur_store_open(path, &plan, &e);
  if (!s)
    fail_msg("%s", e.text);
  assert_int_equal(lur_store_finish(s, true, &e), LUR_OK);
  lur_store_free(s);
}

static void functions_come_back_as_they_were(void **state) {
  struct lur_entries *all = some();
  struct lur_error e = {0};
  (void)state;
  write_file(all);
  struct lur_table *t = lur_table_open(path, &e);
  assert_non_null(t);
  struct lur_entries *back = lur_table_entries(t, &e);
  if (!back)
    fail_msg("%s", e.text);
  assert_int_equal(back->n, all->n);
  for (int i = 0; i < all->n; i++) {
    const struct lur_entry *a = all->entry[i], *b = back->entry[i];
    assert_string_equal(a->name, b->name);
    assert_string_equal(a->digest, b->digest); /* programs, defaults, values of params */
    assert_int_equal(a->n_on, b->n_on);
    for (int k = 0; k < a->n_on; k++)
      assert_string_equal(a->on[k], b->on[k]);
  }
  lur_entries_free(back);
  lur_table_free(t);
  lur_entries_free(all);
}

static void without_functions_there_is_no_table(void **state) {
  struct lur_error e = {0};
  (void)state;
  write_file(NULL);
  struct lur_table *t = lur_table_open(path, &e);
  struct lur_entries *none = t ? lur_table_entries(t, &e) : NULL;
  assert_non_null(none);
  assert_int_equal(none->n, 0);
  lur_entries_free(none);
  lur_table_free(t);
}

static void exec(const char *sql) {
  sqlite3 *db = NULL;
  assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
  assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
  sqlite3_close(db);
}

static void damage_is_told(void **state) {
  static const char *const damage[] = {
      "UPDATE functions SET program = 'activation' || char(10) || 't1 = neg t2' || char(10) || 'return t1'",
      "UPDATE functions SET role = 'tenor'",
      "UPDATE functions SET name = 'a,b'",
      "UPDATE functions SET role = 'loss' WHERE role = 'activation'",
      "UPDATE functions SET numbers = 'delta=much'",
      ("INSERT INTO functions SELECT NULL, role, 'mine', params, program, numbers, 7, full_batch FROM functions"
       " WHERE name = 'mine'; UPDATE functions SET id = id + 10 WHERE name = 'mine' AND learning_rate = 7"),
  };
  struct lur_entries *all = some();
  (void)state;
  for (size_t i = 0; i < sizeof damage / sizeof *damage; i++) {
    struct lur_error e = {0};
    unlink(path);
    write_file(all);
    exec(damage[i]);
    struct lur_table *t = lur_table_open(path, &e);
    assert_non_null(t);
    assert_null(lur_table_entries(t, &e));
    assert_true(e.text[0] != '\0' && e.code != LUR_ENOMEM);
    lur_table_free(t);
  }
  lur_entries_free(all);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(functions_come_back_as_they_were, set_up, tear_down),
      cmocka_unit_test_setup_teardown(without_functions_there_is_no_table, set_up, tear_down),
      cmocka_unit_test_setup_teardown(damage_is_told, set_up, tear_down),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
