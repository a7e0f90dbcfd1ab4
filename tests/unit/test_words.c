/* SPDX-License-Identifier: MIT
 * Typed words as a results file keeps them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "store/words.h"

static void words_come_back_as_they_were_typed(void **state) {
  static const char *const words[] = {"label=one two=2", "a=", "b=x\ny\n\nz\n", "c= \n ", "d=\\n", "e=1"};
  enum { N = sizeof words / sizeof *words };
  struct lur_buffer text = {0};
  (void)state;
  for (int n = 1; n <= N; n++) {
    lur_buffer_free(&text);
    lur_words_write(words, n, &text);
    char *at = text.data;
    for (int i = 0; i < n; i++)
      assert_string_equal(lur_words_next(&at), words[i]);
    assert_null(lur_words_next(&at));
  }
  lur_buffer_free(&text);
}

static void a_word_is_a_line(void **state) {
  static const char *const words[] = {"label=one two=2", "seed=1,2"};
  struct lur_buffer text = {0};
  (void)state;
  lur_words_write(words, 2, &text);
  assert_string_equal(text.data, "label=one two=2\nseed=1,2");
  lur_buffer_free(&text);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(words_come_back_as_they_were_typed),
      cmocka_unit_test(a_word_is_a_line),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
