/* SPDX-License-Identifier: MIT
 * Each grid's combinations are put into a copy of the spec, one after the other, the last axis fastest; from there each
 * list gets its value: that of the grid, or the fixed one with what depends on it. A value that the combination does
 * not read is the list's first one, so that combinations which differ in nothing else are equal. Those are found by
 * sorting places by all values. */
#include "sweep/union.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/system.h"

enum { MOST_PLACES = 65536 };

struct uniting {
  const struct lur_spec *spec;
  const struct lur_axes *grid;
  int n_grids;
  struct lur_axes *lists; /* one axis for each name */
  struct lur_spec *at;    /* of the combination */
};

/* ---- Which axes there are ---- */
static int add_names(struct uniting *u, struct lur_error *e) {
  for (int g = 0; g < u->n_grids; g++)
    for (int i = 0; i < u->grid[g].n; i++) {
      const struct lur_axis *a = &u->grid[g].axis[i];
      if (a->field == LUR_F_SEED || a->field == LUR_F_FOLD)
        return lur_fail(e, LUR_EINPUT, a->name,
                        "stands beside the grids, which all have the same: { {...}, {...}, %s = ... }", a->name);
      if (lur_axis_is_interval(a))
        return lur_fail(e, LUR_EINPUT, a->name, "an interval in a union of grids; it takes lists and ranges");
      if (lur_axes_find(u->lists, a->name) >= 0)
        continue;
      if (u->lists->n == LUR_MAX_AXES)
        return lur_fail(e, LUR_EINPUT, a->name, "more than %d axes", LUR_MAX_AXES);
      u->lists->axis[u->lists->n++] = (struct lur_axis){.field = a->field, .param = a->param, .layer = a->layer};
      memcpy(u->lists->axis[u->lists->n - 1].name, a->name, sizeof a->name);
      u->lists->axis[u->lists->n - 1].whole = a->whole;
    }
  return LUR_OK;
}

/* ---- The values of one combination ---- */
/* The first value that some grid has on the axis. */
static const char *first_value(const struct uniting *u, const char *name, struct lur_value *v) {
  for (int g = 0; g < u->n_grids; g++) {
    const int at = lur_axes_find(&u->grid[g], name);
    if (at >= 0)
      return lur_axis_value(&u->grid[g].axis[at], 0, v);
  }
  return NULL;
}

static int fail_absent(const struct lur_axis *a, int g, struct lur_error *e) {
  return lur_fail(e, LUR_EINPUT, a->name, "grid %d lacks it, and it has no value beside sweep; give it one", g + 1);
}

static int add_value(struct uniting *u, struct lur_axis *a, int g, struct lur_error *e) {
  struct lur_value v;
  const char *text = NULL;
  if (a->field < 0) {
    text = u->at->param[a->param].text;
    v = u->at->param[a->param].value;
  } else if (a->layer) {
    v = u->at->layer[lur_fields[a->field].layered][a->layer - 1];
  } else {
    v = lur_spec_value(u->at, (enum lur_field_id)a->field);
  }
  if (a->field >= 0 && !lur_spec_reads(u->at, (enum lur_field_id)a->field))
    text = first_value(u, a->name, &v);
  if (v.kind == LUR_V_ABSENT)
    return fail_absent(a, g, e);
  return text ? lur_axis_add_text(a, u->spec, text, e) : lur_axis_add(a, u->spec, &v, e);
}

/* ---- The combinations of a grid ---- */
static bool stands_first(const struct lur_axes *grid, int i) {
  bool first = true;
  for (int k = 0; k < i; k++)
    first = first && !(grid->axis[i].zip && grid->axis[k].zip == grid->axis[i].zip);
  return first;
}

static uint64_t count_places(const struct lur_axes *grid) {
  uint64_t n = 1;
  for (int i = 0; i < grid->n && n <= MOST_PLACES; i++)
    if (stands_first(grid, i))
      n = grid->axis[i].n > MOST_PLACES ? MOST_PLACES + 1 : n * grid->axis[i].n;
  return n;
}

/* The grid's number `place` in the spec. Axes stand in the order in which they were read. */
static void put_place(struct uniting *u, const struct lur_axes *grid, uint64_t place) {
  uint64_t index[LUR_MAX_AXES];
  *u->at = *u->spec;
  for (int i = grid->n - 1; i >= 0; i--)
    if (stands_first(grid, i)) {
      index[i] = place % grid->axis[i].n;
      place /= grid->axis[i].n;
    }
  for (int i = 0; i < grid->n; i++) {
    struct lur_value v;
    for (int k = 0; k < i && !stands_first(grid, i); k++)
      if (grid->axis[k].zip == grid->axis[i].zip)
        index[i] = index[k];
    const char *text = lur_axis_value(&grid->axis[i], index[i], &v);
    lur_axis_put(&grid->axis[i], &v, text, u->at);
  }
}

static int add_grid(struct uniting *u, int g, struct lur_error *e) {
  const uint64_t n = count_places(&u->grid[g]);
  int rc = LUR_OK;
  for (uint64_t place = 0; place < n && !rc; place++) {
    put_place(u, &u->grid[g], place);
    if (u->lists->axis[0].n >= MOST_PLACES)
      return lur_fail(e, LUR_EINPUT, "sweep", "more than %d combinations in a union of grids", MOST_PLACES);
    for (int i = 0; i < u->lists->n && !rc; i++)
      rc = add_value(u, &u->lists->axis[i], g, e);
  }
  return rc;
}

/* ---- Equal combinations ---- */
static int compare_places(const struct lur_axes *axes, uint64_t i, uint64_t j) {
  int order = 0;
  for (int k = 0; k < axes->n && !order; k++) {
    const struct lur_axis *a = &axes->axis[k];
    struct lur_buffer x = {0}, y = {0};
    if (!a->zip || a->zip != axes->united)
      continue;
    lur_axis_write_value(a, &a->value[i], a->text ? a->text[i] : NULL, &x);
    lur_axis_write_value(a, &a->value[j], a->text ? a->text[j] : NULL, &y);
    order = strcmp(x.data ? x.data : "", y.data ? y.data : "");
    lur_buffer_free(&x);
    lur_buffer_free(&y);
  }
  return order;
}

/* By value, then by place. */
static int by_values(const void *one, const void *two, void *axes) {
  const uint64_t i = *(const uint64_t *)one, j = *(const uint64_t *)two;
  const int order = compare_places(axes, i, j);
  return order ? order : (i > j) - (i < j);
}

static void keep_places(struct lur_axis *a, const bool *leaves) {
  uint64_t n = 0;
  for (uint64_t i = 0; i < a->n; i++) {
    if (leaves[i]) {
      if (a->text)
        free(a->text[i]);
      continue;
    }
    a->value[n] = a->value[i];
    if (a->text)
      a->text[n] = a->text[i];
    n++;
  }
  a->n = n;
}

int lur_axes_leave_out_equal(struct lur_axes *axes, struct lur_error *e) {
  uint64_t n = 0;
  for (int k = 0; k < axes->n; k++)
    n = axes->united && axes->axis[k].zip == axes->united ? axes->axis[k].n : n;
  uint64_t *order = lur_alloc(n + 1, sizeof *order);
  bool *leaves = lur_alloc(n + 1, sizeof *leaves);
  int rc = order && leaves ? LUR_OK : lur_fail_memory(e);
  for (uint64_t i = 0; i < n && !rc; i++)
    order[i] = i;
  if (!rc && n > 1)
    lur_sort(order, n, sizeof *order, by_values, axes);
  for (uint64_t i = 1; i < n && !rc; i++)
    leaves[order[i]] = compare_places(axes, order[i - 1], order[i]) == 0;
  for (int k = 0; k < axes->n && !rc && n; k++)
    if (axes->axis[k].zip == axes->united)
      keep_places(&axes->axis[k], leaves);
  free(order);
  free(leaves);
  return rc;
}

/* ---- All together ---- */
int lur_axes_unite(struct lur_axes *axes, const struct lur_spec *spec, const struct lur_axes *grid, int n_grids,
                   struct lur_error *e) {
  struct uniting u = {.spec = spec, .grid = grid, .n_grids = n_grids};
  u.lists = lur_alloc(1, sizeof *u.lists);
  u.at = lur_alloc(1, sizeof *u.at);
  int rc = u.lists && u.at ? add_names(&u, e) : lur_fail_memory(e);
  for (int g = 0; g < n_grids && !rc && u.lists->n; g++)
    rc = add_grid(&u, g, e);
  if (!rc)
    axes->united = lur_axes_new_zip(axes);
  for (int i = 0; u.lists && i < u.lists->n && !rc; i++) {
    u.lists->axis[i].zip = axes->united;
    rc = lur_axes_find(axes, u.lists->axis[i].name) < 0
             ? lur_axes_put(axes, &u.lists->axis[i], e)
             : lur_fail(e, LUR_EINPUT, u.lists->axis[i].name, "stands in a zip beside the grids, too; take one away");
  }
  lur_axes_free(u.lists);
  free(u.lists);
  free(u.at);
  return rc ? rc : lur_axes_leave_out_equal(axes, e);
}
