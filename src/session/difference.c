/* SPDX-License-Identifier: MIT
 * Cells are compared bit by bit, and told with their bits. */
#include "session/difference.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/utf8.h"
#include "view/terminal.h"

static double as_real(const struct lur_cell *c) {
  return c->kind == LUR_CELL_REAL ? c->as.real : (double)c->as.integer;
}

static bool is_number(const struct lur_cell *c) {
  return c->kind == LUR_CELL_REAL || c->kind == LUR_CELL_INTEGER;
}

static void describe(const struct lur_cell *c, char *out, size_t n) {
  double x = is_number(c) ? as_real(c) : 0;
  uint64_t bits;
  struct lur_buffer shown = {0};
  memcpy(&bits, &x, sizeof bits);
  if (c->kind == LUR_CELL_NULL || x != x)
    lur_buffer_text(&shown, "empty");
  else if (c->kind == LUR_CELL_TEXT)
    lur_terminal_text(c->as.text, 100, &shown);
  else if (c->kind == LUR_CELL_INTEGER)
    lur_buffer_format(&shown, "%" PRId64, c->as.integer);
  else
    lur_buffer_format(&shown, "%.17g (%016" PRIx64 ")", x, bits);
  snprintf(out, n, "%s", shown.data ? shown.data : "");
  lur_buffer_free(&shown);
}

bool lur_verify_same(const struct lur_cell *stored, const struct lur_cell *now, uint64_t run, const char *column,
                     struct lur_difference_text *d) {
  char a[128], b[128], name[80];
  /* a column's type may have made a whole number of a real one, or the other way about */
  bool by_value = is_number(stored) && is_number(now) && stored->kind != now->kind;
  if (by_value ? as_real(stored) == as_real(now) : lur_cell_same(stored, now))
    return true;
  describe(stored, a, sizeof a);
  describe(now, b, sizeof b);
  snprintf(d->text, sizeof d->text, "run %" PRIu64 ": %s is %s in the file, and %s computed again", run,
           lur_utf8_line(column, name, sizeof name), a, b);
  d->differs = true;
  return false;
}
