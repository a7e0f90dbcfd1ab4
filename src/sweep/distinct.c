/* SPDX-License-Identifier: MIT
 * No value stands twice on an axis, nor in all lists of a zip at once. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/system.h"
#include "sweep/plan_internal.h"

struct listed {
  const struct lur_value *value;
  const char *text;
};

static int compare_numbers(double x, double y) {
  return x < y ? -1 : x > y;
}

/* A param's text, or a choice's name where functions may stand beside it; else NULL. */
static const char *text_of(const struct lur_axis *a, uint64_t i) {
  const struct lur_value *v = &a->value[i];
  if (a->field < 0 || !(lur_fields[a->field].flags & LUR_FUNCTION))
    return a->text ? a->text[i] : NULL;
  return lur_is_entry(v) ? v->as.entry->name : lur_fields[a->field].choices[v->as.integer];
}

static double numeric(const struct lur_value *v) {
  return v->kind == LUR_V_NUMBER ? v->as.number : v->kind == LUR_V_BOOL ? v->as.truth : (double)v->as.integer;
}

static int compare_lists(const struct lur_value *a, const struct lur_value *b) {
  if (a->as.list.n != b->as.list.n)
    return a->as.list.n < b->as.list.n ? -1 : 1;
  for (int i = 0; i < a->as.list.n; i++)
    if (a->as.list.at[i] != b->as.list.at[i])
      return compare_numbers(a->as.list.at[i], b->as.list.at[i]);
  return 0;
}

/* A list of one number is that number, and one of none is 0: they are written so. room: for that number. */
static const struct lur_value *plain(const struct lur_value *v, struct lur_value *room) {
  if (v->kind != LUR_V_LIST || v->as.list.n > 1)
    return v;
  *room = (struct lur_value){.kind = LUR_V_NUMBER, .as.number = v->as.list.n ? v->as.list.at[0] : 0};
  return room;
}

static int compare_values(const struct lur_value *a, const struct lur_value *b) {
  const bool list_a = a->kind == LUR_V_LIST, list_b = b->kind == LUR_V_LIST;
  if (list_a && list_b)
    return compare_lists(a, b);
  if (list_a != list_b)
    return list_a ? 1 : -1;
  if (a->kind == LUR_V_CHOICE && b->kind != LUR_V_CHOICE)
    return 1; /* batch: "all" */
  if (a->kind != LUR_V_CHOICE && b->kind == LUR_V_CHOICE)
    return -1;
  if (a->kind == LUR_V_INTEGER && b->kind == LUR_V_INTEGER)
    return a->as.integer < b->as.integer ? -1 : a->as.integer > b->as.integer;
  return compare_numbers(numeric(a), numeric(b));
}

static int compare_listed(const void *one, const void *two) {
  const struct listed *a = one, *b = two;
  if (a->text && b->text)
    return strcmp(a->text, b->text);
  struct lur_value x, y;
  return compare_values(plain(a->value, &x), plain(b->value, &y));
}

int lur_check_distinct(const struct lur_axis *a, struct lur_error *e) {
  if (a->kind != LUR_A_LIST || a->zip || a->n < 2)
    return LUR_OK;
  int rc = LUR_OK;
  struct listed *all = lur_alloc(a->n, sizeof *all);
  if (!all)
    return lur_fail_memory(e);
  for (uint64_t i = 0; i < a->n; i++)
    all[i] = (struct listed){&a->value[i], text_of(a, i)};
  qsort(all, a->n, sizeof *all, compare_listed);
  for (uint64_t i = 1; i < a->n && !rc; i++) {
    if (compare_listed(&all[i - 1], &all[i]) != 0)
      continue;
    struct lur_buffer text = {0};
    lur_axis_write_value(a, all[i].value, all[i].text, &text);
    rc = lur_fail(e, LUR_EINPUT, a->name, "%.80s stands twice", text.data ? text.data : "a value");
    lur_buffer_free(&text);
  }
  free(all);
  return rc;
}

struct zipped {
  const struct lur_plan *plan;
  const struct dimension *dimension;
};

static int compare_zipped(const void *one, const void *two, void *context) {
  const struct zipped *z = context;
  const uint64_t i = *(const uint64_t *)one, j = *(const uint64_t *)two;
  int order = 0;
  for (int k = 0; k < z->dimension->n_axes && !order; k++) { /* all are lists */
    const struct lur_axis *a = &z->plan->axis[z->dimension->axis[k]];
    const struct listed x = {&a->value[i], text_of(a, i)};
    const struct listed y = {&a->value[j], text_of(a, j)};
    order = compare_listed(&x, &y);
  }
  return order;
}

/* A zip's values may stand twice in each of its lists, but not in all of them at once. */
int lur_check_zip(const struct lur_plan *p, const struct dimension *d, struct lur_error *e) {
  struct zipped z = {p, d};
  bool lists = d->n > 1;
  for (int k = 0; k < d->n_axes; k++)
    lists = lists && p->axis[d->axis[k]].kind == LUR_A_LIST;
  if (!lists || !p->axis[d->axis[0]].zip)
    return LUR_OK;
  uint64_t *order = lur_alloc(d->n, sizeof *order);
  int rc = order ? LUR_OK : lur_fail_memory(e);
  for (uint64_t i = 0; i < d->n && !rc; i++)
    order[i] = i;
  if (!rc)
    lur_sort(order, d->n, sizeof *order, compare_zipped, &z);
  for (uint64_t i = 1; i < d->n && !rc; i++)
    if (compare_zipped(&order[i - 1], &order[i], &z) == 0)
      rc = lur_fail(e, LUR_EINPUT, p->axis[d->axis[0]].name, "values %llu and %llu of its zip are the same",
                    (unsigned long long)(order[i - 1] < order[i] ? order[i - 1] : order[i]) + 1,
                    (unsigned long long)(order[i - 1] < order[i] ? order[i] : order[i - 1]) + 1);
  free(order);
  return rc;
}
