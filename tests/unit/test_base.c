/* SPDX-License-Identifier: MIT
 * base/: memory, arrays and texts that grow, errors, names that are nearly right, time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/clock.h"
#include "base/digits.h"
#include "base/error.h"
#include "base/grow.h"
#include "base/memory.h"
#include "base/near_word.h"
#include "base/path.h"

static const size_t too_much = SIZE_MAX / 4;

static void allocations_are_zeroed_and_refuse_what_overflows(void **state) {
  (void)state;
  int *p = lur_alloc(3, sizeof *p), *q = lur_alloc_aligned(100, sizeof *q);
  assert_non_null(p);
  assert_int_equal(p[0] | p[1] | p[2], 0);
  assert_non_null(q);
  assert_int_equal((uintptr_t)q % 64, 0);
  assert_int_equal(q[0] | q[99], 0);
  assert_null(lur_alloc(SIZE_MAX, 2));
  assert_null(lur_alloc_aligned(SIZE_MAX / 2, 8));
  assert_null(lur_resize(p, SIZE_MAX / 2, 8));
  p[2] = 7;
  p = lur_resize(p, 1000, sizeof *p);
  assert_int_equal(p[2], 7);
  free(p);
  free(q);
}

static void nothing_can_be_allocated_and_freed(void **state) {
  (void)state;
  void *p[] = {lur_alloc(0, 8), lur_alloc(8, 0), lur_alloc_aligned(0, 8), lur_resize(NULL, 0, 8)};
  for (size_t i = 0; i < sizeof p / sizeof *p; i++) {
    assert_non_null(p[i]);
    free(p[i]);
  }
}

static void copies(void **state) {
  (void)state;
  assert_null(lur_copy(NULL, 3, 1));
  assert_null(lur_copy_text(NULL));
  assert_null(lur_copy("", SIZE_MAX, 2));
  char *text = lur_copy_text("luron"), *part = lur_copy("luron", 3, 1), *none = lur_copy("luron", 0, 1);
  assert_string_equal(text, "luron");
  assert_memory_equal(part, "lur", 3);
  assert_non_null(none);
  free(text);
  free(part);
  free(none);
}

static void arrays_grow_by_need(void **state) {
  (void)state;
  int *p = NULL;
  size_t room = 0, n_growths = 0;
  for (size_t i = 0; i < 1000; i++) {
    size_t before = room;
    assert_true(lur_grow(&p, &room, i + 1, sizeof *p));
    n_growths += room != before;
    p[i] = (int)i;
  }
  assert_int_equal(room, 1024);
  assert_int_equal(n_growths, 7);
  assert_true(lur_grow(&p, &room, 5000, sizeof *p));
  assert_int_equal(room, 5000);
  for (int i = 0; i < 1000; i++)
    assert_int_equal(p[i], i);
  const int *same = p;
  assert_false(lur_grow(&p, &room, SIZE_MAX / 2, sizeof *p));
  assert_ptr_equal(p, same);
  assert_int_equal(room, 5000);
  free(p);
}

static void errors_keep_code_field_and_text(void **state) {
  (void)state;
  struct lur_error e = {0};
  assert_int_equal(lur_fail(&e, LUR_EINPUT, "batch", "%d is more than %d", 5, 4), LUR_EINPUT);
  assert_int_equal(e.code, LUR_EINPUT);
  assert_string_equal(e.field, "batch");
  assert_string_equal(e.text, "5 is more than 4");
  assert_int_equal(lur_fail_memory(&e), LUR_ENOMEM);
  assert_string_equal(e.field, "");
  assert_string_equal(e.text, "out of memory");
  assert_int_equal(lur_fail(NULL, LUR_EIO, "x", "nobody hears"), LUR_EIO);
}

static void long_errors_are_cut(void **state) {
  (void)state;
  struct lur_error e;
  char long_text[1000];
  memset(long_text, 'x', sizeof long_text - 1);
  long_text[sizeof long_text - 1] = '\0';
  lur_fail(&e, LUR_EIO, long_text, "%s", long_text);
  assert_int_equal(strlen(e.field), sizeof e.field - 1);
  assert_int_equal(strlen(e.text), sizeof e.text - 1);
}

static void buffers_grow(void **state) {
  (void)state;
  struct lur_buffer b = {0};
  for (int i = 0; i < 100; i++)
    lur_buffer_format(&b, "%d,", i);
  lur_buffer_text(&b, "end");
  lur_buffer_add(&b, "", 0);
  assert_int_equal(b.length_bytes, 10 * 2 + 90 * 3 + 3);
  assert_int_equal(strlen(b.data), b.length_bytes);
  assert_string_equal(b.data + b.length_bytes - 6, "99,end");
  assert_false(b.failed);
  lur_buffer_free(&b);
  assert_null(b.data);
  lur_buffer_free(&b);
  lur_buffer_free(NULL);
}

static void a_failed_buffer_drops_what_follows(void **state) {
  (void)state;
  struct lur_buffer b = {0};
  lur_buffer_text(&b, "kept");
  lur_buffer_add(&b, "never read", too_much);
  assert_true(b.failed);
  lur_buffer_text(&b, "dropped");
  lur_buffer_format(&b, "%s", "dropped");
  assert_string_equal(b.data, "kept");
  lur_buffer_free(&b);
}

static void near_words(void **state) {
  (void)state;
  static const char *const choices[] = {"learning_rate",
                                        "activation",
                                        "epochs",
                                        "bias",
                                        "a_name_that_is_longer_than_any_word_that_anyone_would_type",
                                        NULL};
  assert_string_equal(lur_near_word("learning_rte", choices), "learning_rate");
  assert_string_equal(lur_near_word("epohcs", choices), "epochs");
  assert_string_equal(lur_near_word("epoch", choices), "epochs");
  assert_string_equal(lur_near_word("activations", choices), "activation");
  assert_null(lur_near_word("xyz", choices));
  assert_null(lur_near_word("", choices));
  assert_null(lur_near_word("a_name_that_is_longer_than_any_word_that_anyone_would_type", choices));
  assert_null(lur_near_word("b", (const char *const[]){NULL}));
}

static void time_goes_on(void **state) {
  (void)state;
  uint64_t first = lur_clock_ns();
  assert_true(first > 0);
  assert_true(lur_clock_ns() >= first);
}

/* Numbers of every length and size, against the C library's. */
static void numbers_are_rounded_as_strtod_rounds_them(void **state) {
  (void)state;
  uint64_t bits = 1;
  for (int i = 0; i < 300000; i++) {
    char text[64];
    bits = bits * 6364136223846793005u + 1442695040888963407u;
    const unsigned n_digits = (unsigned)(bits >> 60) + 5, point = (unsigned)(bits >> 40) % n_digits;
    const uint64_t digits = (bits ^ bits >> 29) * 0x9e3779b97f4a7c15u;
    int n = snprintf(text, sizeof text, "%s", bits & 1 << 20 ? "-" : "");
    for (unsigned k = 0; k < n_digits; k++)
      n += snprintf(text + n, sizeof text - (size_t)n, k == point ? ".%u" : "%u", (unsigned)(digits >> 3 * k) % 10);
    if (i % 3 == 0)
      snprintf(text + n, sizeof text - (size_t)n, "e%d", (int)(bits >> 33 & 63) - 32);
    double x, y = strtod(text, NULL);
    assert_true(lur_number_read(text, false, &x));
    if (memcmp(&x, &y, sizeof x) != 0)
      fail_msg("%s: %a, but %a", text, x, y);
  }
  const char *const ties[] = {"9007199254740993",
                              "9007199254740993.0",
                              "900719925474099.35",
                              "0.1",
                              "-0",
                              "-0.000",
                              "4503599627370496.5",
                              "4503599627370497.5",
                              "1e22",
                              "1e23",
                              "18446744073709551615.5",
                              "9999999999999999999",
                              "0.0000000000000000001",
                              "123456789012345678e-19"};
  for (size_t i = 0; i < sizeof ties / sizeof *ties; i++) {
    double x, y = strtod(ties[i], NULL);
    assert_true(lur_number_read(ties[i], false, &x) && memcmp(&x, &y, sizeof x) == 0);
  }
}

static void paths_are_made_whole(void **state) {
  static const char *const pairs[][2] = {{"/", "/"},           {"//a//b/", "/a/b"}, {"/a/./b", "/a/b"},
                                         {"/a/../b", "/b"},    {"/../..", "/"},     {"/none/there/..", "/none"},
                                         {"/a/..b", "/a/..b"}, {"/.", "/"},         {"/a/.../b", "/a/.../b"}};
  char whole[PATH_MAX], here[PATH_MAX], wanted[PATH_MAX + 8], folder[] = "/tmp/luron-path-XXXXXX", link[64], path[80];
  (void)state;
  for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
    assert_true(lur_path_whole(pairs[i][0], whole));
    assert_string_equal(whole, pairs[i][1]);
  }
  assert_non_null(getcwd(here, sizeof here));
  assert_true(lur_path_whole("./x", whole));
  snprintf(wanted, sizeof wanted, "%s/x", strcmp(here, "/") == 0 ? "" : here);
  assert_string_equal(whole, wanted);
  char *longer = lur_alloc(PATH_MAX + 1, 1);
  memset(longer, 'a', PATH_MAX);
  longer[0] = '/';
  assert_false(lur_path_whole(longer, whole));
  longer[PATH_MAX - 1] = '\0';
  assert_true(lur_path_whole(longer, whole));
  assert_string_equal(whole, longer);
  free(longer);
  assert_non_null(mkdtemp(folder));
  snprintf(link, sizeof link, "%s/link", folder);
  assert_int_equal(symlink("/usr/bin", link), 0);
  snprintf(path, sizeof path, "%s/x", link);
  assert_true(lur_path_whole(path, whole));
  assert_string_equal(whole, path);
  snprintf(path, sizeof path, "%s/../x", link);
  assert_true(lur_path_whole(path, whole));
  assert_string_equal(whole, "/usr/x");
  unlink(link);
  rmdir(folder);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(numbers_are_rounded_as_strtod_rounds_them),
      cmocka_unit_test(allocations_are_zeroed_and_refuse_what_overflows),
      cmocka_unit_test(nothing_can_be_allocated_and_freed),
      cmocka_unit_test(copies),
      cmocka_unit_test(arrays_grow_by_need),
      cmocka_unit_test(errors_keep_code_field_and_text),
      cmocka_unit_test(long_errors_are_cut),
      cmocka_unit_test(buffers_grow),
      cmocka_unit_test(a_failed_buffer_drops_what_follows),
      cmocka_unit_test(near_words),
      cmocka_unit_test(paths_are_made_whole),
      cmocka_unit_test(time_goes_on),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
