/* SPDX-License-Identifier: MIT
 * Two files of the same sweep, walked side by side in run order up to the first difference. Values are compared as
 * bits. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/digits.h"
#include "store/internal.h"

struct side {
  struct lur_query *query;
  const struct lur_cell *cell;
  int got; /* what lur_query_next gave */
};

static int start(struct side *s, struct lur_table *t, struct lur_error *e) {
  s->query = lur_query_new(t, &(struct lur_ask){.deadline_ms = -1}, e);
  return s->query ? LUR_OK : e->code;
}

static int step(struct side *s, struct lur_error *e) {
  s->got = lur_query_next(s->query, &s->cell, e);
  return s->got < 0 ? -s->got : LUR_OK;
}

static void describe(const struct lur_cell *c, char text[64], uint64_t *bits) {
  char digits[32];
  *bits = 0;
  switch (c->kind) {
  case LUR_CELL_NULL: snprintf(text, 64, "nothing"); return;
  case LUR_CELL_TEXT: snprintf(text, 64, "%s", c->as.text); return;
  case LUR_CELL_INTEGER:
    *bits = (uint64_t)c->as.integer;
    snprintf(text, 64, "%" PRId64, c->as.integer);
    return;
  case LUR_CELL_REAL:
    memcpy(bits, &c->as.real, sizeof *bits);
    lur_digits_write(c->as.real, digits);
    snprintf(text, 64, "%s", digits);
    return;
  }
}

static bool is_number(const struct lur_cell *c) {
  return c->kind == LUR_CELL_INTEGER || c->kind == LUR_CELL_REAL;
}

/* Whether both sides stand on the same row; d says what differs. Column 0 is the run; one side may be at its end. */
static bool compare_heads(const struct side *a, const struct side *b, struct lur_difference *d) {
  int64_t run_a = a->got ? a->cell[0].as.integer : INT64_MAX, run_b = b->got ? b->cell[0].as.integer : INT64_MAX;
  if (run_a == run_b) {
    for (int i = 0; i < lur_query_n_columns(a->query); i++) {
      const struct lur_cell *x = &a->cell[i], *y = &b->cell[i];
      if (lur_cell_same(x, y))
        continue;
      d->kind = LUR_CELL_DIFFERS;
      d->run = (uint64_t)a->cell[0].as.integer;
      d->numbers = is_number(x) && is_number(y);
      snprintf(d->column, sizeof d->column, "%s", lur_query_name(a->query, i));
      describe(x, d->a, &d->bits_a);
      describe(y, d->b, &d->bits_b);
      return false;
    }
    return true;
  }
  d->kind = run_a < run_b ? LUR_ONLY_IN_A : LUR_ONLY_IN_B;
  d->run = (uint64_t)(run_a < run_b ? run_a : run_b);
  return false;
}

static int walk(struct side *a, struct side *b, struct lur_difference *d, struct lur_error *e) {
  for (;;) {
    int code = step(a, e);
    if (!code)
      code = step(b, e);
    if (code || (!a->got && !b->got) || !compare_heads(a, b, d))
      return code;
    d->n_compared++;
  }
}

int lur_store_diff(const char *path_a, const char *path_b, struct lur_difference *d, struct lur_error *e) {
  struct side a = {0}, b = {0};
  struct lur_table *table_b = NULL, *table_a = lur_table_open(path_a, e);
  *d = (struct lur_difference){.kind = LUR_SAME};
  int code = table_a ? LUR_OK : e->code;
  if (!code && !(table_b = lur_table_open_same(path_b, table_a, e)))
    code = e->code;
  if (!code)
    code = start(&a, table_a, e);
  if (!code)
    code = start(&b, table_b, e);
  if (!code)
    code = walk(&a, &b, d, e);
  lur_query_free(a.query);
  lur_query_free(b.query);
  lur_table_free(table_a);
  lur_table_free(table_b);
  return code;
}
