/* SPDX-License-Identifier: MIT
 * The list is read from the sweep that the file keeps. */
#include "fold/listed.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "sweep/stored.h"

enum { MOST_LISTED = 4096 };

struct place {
  const struct lur_cell *cell;
  uint64_t place; /* of a text */
};

static uint64_t place_of(const struct lur_axis *a, const char *text, struct lur_buffer *room) {
  uint64_t n = a->n < MOST_LISTED ? a->n : MOST_LISTED;
  for (uint64_t i = 0; i < n; i++) {
    struct lur_value v;
    const char *own = lur_axis_value(a, i, &v);
    room->length_bytes = 0;
    if (own)
      lur_buffer_text(room, own);
    else
      lur_axis_write_value(a, &v, NULL, room);
    if (room->data && strcmp(room->data, text) == 0)
      return i;
  }
  return UINT64_MAX;
}

static int by_place(const void *a, const void *b) {
  const struct place *x = a, *y = b;
  bool texts = x->cell->kind == LUR_CELL_TEXT && y->cell->kind == LUR_CELL_TEXT;
  if (texts && x->place != y->place)
    return x->place < y->place ? -1 : 1;
  return lur_compare_cells(x->cell, y->cell);
}

/* Only texts need the list. */
static void find_places(const struct lur_table *t, const char *column, struct place *p, size_t n) {
  const struct lur_table_facts *f = lur_table_facts(t);
  struct lur_stored s = {0};
  struct lur_error ignored;
  struct lur_buffer room = {0};
  int code = lur_stored_read(f->sweep.experiment, f->sweep.axes, NULL, NULL, &s, &ignored);
  int at = code ? -1 : lur_axes_find(&s.axes, column);
  for (size_t i = 0; i < n && at >= 0; i++)
    if (p[i].cell->kind == LUR_CELL_TEXT)
      p[i].place = place_of(&s.axes.axis[at], p[i].cell->as.text, &room);
  lur_buffer_free(&room);
  lur_stored_free(&s);
}

int lur_cells_sort(const struct lur_table *t, const char *column, const struct lur_cell **cell, size_t n,
                   struct lur_error *e) {
  struct place *p = lur_alloc(n, sizeof *p);
  bool texts = false;
  if (!p)
    return lur_fail_memory(e);
  for (size_t i = 0; i < n; i++) {
    p[i] = (struct place){cell[i], UINT64_MAX};
    texts |= cell[i]->kind == LUR_CELL_TEXT;
  }
  if (texts && n <= MOST_LISTED)
    find_places(t, column, p, n);
  if (n)
    qsort(p, n, sizeof *p, by_place);
  for (size_t i = 0; i < n; i++)
    cell[i] = p[i].cell;
  free(p);
  return LUR_OK;
}
