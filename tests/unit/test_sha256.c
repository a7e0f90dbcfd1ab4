/* SPDX-License-Identifier: MIT
 * SHA-256 against the examples of FIPS 180 and of NIST's CAVP, whole and in pieces. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/sha256.h"

static void expect(const char *text, size_t times, const char *wanted) {
  struct lur_sha256 s;
  char hex[65];
  lur_sha256_start(&s);
  for (size_t i = 0; i < times; i++)
    lur_sha256_add(&s, text, strlen(text));
  lur_sha256_finish(&s, hex);
  assert_string_equal(hex, wanted);
}

static void known_answers(void **state) {
  (void)state;
  expect("", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  expect("abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  expect("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  expect("a", 1000000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

static void pieces_are_the_whole(void **state) {
  (void)state;
  char text[200], one[65], two[65];
  memset(text, 'x', sizeof text);
  for (size_t n = 0; n < sizeof text; n++) {
    struct lur_sha256 s;
    lur_sha256_start(&s);
    lur_sha256_add(&s, text, n);
    lur_sha256_finish(&s, one);
    lur_sha256_start(&s);
    for (size_t i = 0; i < n; i += 7)
      lur_sha256_add(&s, text + i, n - i < 7 ? n - i : 7);
    lur_sha256_finish(&s, two);
    assert_string_equal(one, two);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(known_answers), cmocka_unit_test(pieces_are_the_whole)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
