/* SPDX-License-Identifier: MIT
 * What the tests of programs share: texts in, texts out, derivatives. */
#ifndef LUR_TESTS_PROGRAM_HELP_H
#define LUR_TESTS_PROGRAM_HELP_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "engine/program/program.h"

#define HELPER static inline __attribute__((unused))

HELPER char *text_of(const struct lur_program *p) {
  struct lur_buffer out = {0};
  lur_program_write(p, &out);
  assert_false(out.failed);
  return out.data;
}

HELPER void assert_text(const struct lur_program *p, const char *wanted) {
  char *text = text_of(p);
  assert_string_equal(text, wanted);
  free(text);
}

HELPER struct lur_program *read_text(const char *text) {
  struct lur_error e = {0};
  struct lur_program *p = lur_program_read(text, &e);
  if (!p)
    fail_msg("%s\n%s", e.text, text);
  return p;
}

HELPER struct lur_program *derive(const struct lur_program *p) {
  struct lur_error e = {0};
  struct lur_program *d = lur_program_derive(p, &e);
  if (!d)
    fail_msg("%s", e.text);
  return d;
}

#endif
