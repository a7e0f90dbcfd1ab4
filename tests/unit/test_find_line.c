/* SPDX-License-Identifier: MIT
 * The line of a field in a script's text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "reading/find_line.h"

static int find(const char *text, int line, const char *callee, int item, const char *path) {
  struct lur_place place = {line, callee, item};
  return lur_find_line(text, strlen(text), &place, path);
}

static void test_entries_of_a_call(void **state) {
  const char *text = "#!/usr/bin/env luron [seed = 0\n"
                     "local e = luron.experiment {\n"
                     "  -- seed = 1\n"
                     "  name = \"seed = 2 }\", other = 'it\\'s', long = [==[ ]] seed = 3 ]==],\n"
                     "  log = function(r) local seed = { seed = 4 } if r then return { seed = 5 } end end,\n"
                     "  --[[ seed = 6\n"
                     "  ]] [\"hidden\"] = { 2, seed = 7 };\n"
                     "  same = a == b, seed = 8,\n"
                     "}\n"
                     "local seed = 9\n";
  (void)state;
  assert_int_equal(find(text, 2, "experiment", 0, "seed"), 8);
  assert_int_equal(find(text, 2, "", 0, "seed"), 8);
  assert_int_equal(find(text, 2, "experiment", 0, "hidden"), 7);
  assert_int_equal(find(text, 2, "experiment", 0, "same"), 8);
  assert_int_equal(find(text, 2, "experiment", 0, "r"), 0);
  assert_int_equal(find(text, 2, "other", 0, "seed"), 0);
  assert_int_equal(find(text, 3, "experiment", 0, "seed"), 0);
}

static void test_nested(void **state) {
  const char *text = "return luron.experiment({\n"
                     "  stop = {\n"
                     "    loss = 1,\n"
                     "    error = 2 },\n"
                     "  sweep = { luron.zip { a = 1 },\n"
                     "    b = 2 }, prune = luron.halving {\n"
                     "    at = 3 },\n"
                     "})\n";
  (void)state;
  assert_int_equal(find(text, 1, "experiment", 0, "stop.error"), 4);
  assert_int_equal(find(text, 1, "experiment", 0, "stop.other"), 2);
  assert_int_equal(find(text, 1, "experiment", 0, "sweep.b"), 6);
  assert_int_equal(find(text, 1, "experiment", 0, "prune.at"), 7);
  assert_int_equal(find(text, 1, "experiment", 0, "error"), 0);
}

static void test_what_a_chunk_returns(void **state) {
  const char *text = "local function f()\n"
                     "  while true do return { seed = 1 } end\n"
                     "  repeat local x = { seed = 2 } until x\n"
                     "end\n"
                     "return {\n"
                     "  { seed = 3 },\n"
                     "  luron.experiment { name = {},\n"
                     "    seed = 4 },\n"
                     "}\n";
  (void)state;
  assert_int_equal(find(text, 0, "", 1, "seed"), 6);
  assert_int_equal(find(text, 0, "", 2, "seed"), 8);
  assert_int_equal(find(text, 0, "", 3, "seed"), 5);
  assert_int_equal(find("return {\n\n  a = 1,\n  seed = 5\n}", 0, "", 0, "seed"), 4);
  assert_int_equal(find("local t = {}\n\nreturn t", 0, "", 0, "seed"), 3);
}

static void test_broken_texts(void **state) {
  (void)state;
  assert_int_equal(find("", 1, "", 0, "seed"), 0);
  assert_int_equal(find("f {", 1, "f", 0, "seed"), 0);
  assert_int_equal(find("f { seed =", 1, "f", 0, "seed"), 1);
  assert_int_equal(find("f { [[", 1, "f", 0, "seed"), 0);
  assert_int_equal(find("f { \"\\", 1, "f", 0, "seed"), 0);
  assert_int_equal(find("f { --[==[ seed = 1", 1, "f", 0, "seed"), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_entries_of_a_call),
      cmocka_unit_test(test_nested),
      cmocka_unit_test(test_what_a_chunk_returns),
      cmocka_unit_test(test_broken_texts),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
