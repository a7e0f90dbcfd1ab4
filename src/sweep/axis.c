/* SPDX-License-Identifier: MIT
 * Axes: building, and the value of a number. Sequences follow docs/numerics.md: linspace fma(i, (b-a)/(n-1), a),
 * geomspace exp(fma(i, (log b - log a)/(n-1), log a)) with our own functions, both ends exact. Where the field takes
 * whole numbers, points are rounded to them, and two points on one number are refused. */
#include "sweep/axis.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define LARGEST_WHOLE 9007199254740992.0 /* 2^53 */
enum { MOST_WHOLE_POINTS = 10000000 };

static bool holds_texts(const struct lur_axis *a, const struct lur_spec *spec) {
  return a->field < 0 && spec->param[a->param].text != NULL;
}

static bool takes_whole_numbers(const struct lur_axis *a) {
  if (a->field < 0)
    return false;
  enum lur_kind k = lur_fields[a->field].kind;
  return k == LUR_K_INTEGER || k == LUR_K_SIZES || k == LUR_K_BATCH;
}

int lur_axis_init(struct lur_axis *a, const struct lur_spec *spec, const char *name, struct lur_error *e) {
  int layer = 0, field = lur_field_find(name, &layer), param = lur_spec_find_param(spec, name);
  *a = (struct lur_axis){.field = field, .param = param, .layer = layer};
  if (field < 0 && param < 0)
    return lur_field_unknown(name, e);
  if (field >= 0 && !(lur_fields[field].flags & LUR_AXIS))
    return lur_fail(e, LUR_EINPUT, name, "cannot be an axis: it is the same for all runs");
  a->whole = takes_whole_numbers(a);
  if (field < 0)
    snprintf(a->name, sizeof a->name, "%s", spec->param[param].name);
  else if (layer)
    snprintf(a->name, sizeof a->name, "%s_%d", lur_fields[field].column, layer);
  else
    snprintf(a->name, sizeof a->name, "%s", lur_fields[field].column);
  return LUR_OK;
}

void lur_axis_free(struct lur_axis *a) {
  if (!a)
    return;
  for (uint64_t i = 0; a->text && i < a->n; i++)
    free(a->text[i]);
  free(a->text);
  free(a->value);
  a->text = NULL;
  a->value = NULL;
  a->n = 0;
}

/* ---- Lists ---- */
static int make_room(struct lur_axis *a, bool texts, struct lur_error *e) {
  if (a->n < a->room)
    return LUR_OK;
  size_t room = a->room ? a->room * 2 : 16;
  struct lur_value *value = lur_resize(a->value, room, sizeof *value);
  if (!value)
    return lur_fail_memory(e);
  a->value = value;
  if (texts) {
    char **text = lur_resize(a->text, room, sizeof *text);
    if (!text)
      return lur_fail_memory(e);
    a->text = text;
  }
  a->room = room;
  return LUR_OK;
}

static int append(struct lur_axis *a, const struct lur_value *v, const char *text, struct lur_error *e) {
  int rc = make_room(a, text != NULL, e);
  if (rc)
    return rc;
  a->value[a->n] = *v;
  if (text && !(a->text[a->n] = lur_copy_text(text)))
    return lur_fail_memory(e);
  a->n++;
  return LUR_OK;
}

static int check_param(const struct lur_axis *a, const struct lur_param *like, const struct lur_value *v,
                       struct lur_error *e) {
  bool is_number = v->kind == LUR_V_INTEGER || v->kind == LUR_V_NUMBER;
  if (like->text)
    return lur_fail(e, LUR_EINPUT, a->name, "a value that is no text, but the param holds a text");
  if (like->value.kind == LUR_V_BOOL && v->kind != LUR_V_BOOL)
    return lur_fail(e, LUR_EINPUT, a->name, "a value that is neither true nor false, as the param is");
  if (like->value.kind != LUR_V_BOOL && !is_number)
    return lur_fail(e, LUR_EINPUT, a->name, "a value that is no number, but the param is one");
  if (v->kind == LUR_V_NUMBER && !isfinite(v->as.number))
    return lur_fail(e, LUR_EINPUT, a->name, "not a finite number");
  return LUR_OK;
}

/* A value in its final form for the axis. */
static int check_value(const struct lur_axis *a, struct lur_value *v, struct lur_error *e) {
  int rc = lur_value_check(&lur_fields[a->field], v, e);
  if (!rc && a->layer && v->kind != LUR_V_NUMBER)
    return lur_fail(e, LUR_EINPUT, a->name, "a list, but a layer takes one number");
  return rc;
}

int lur_axis_add(struct lur_axis *a, const struct lur_spec *spec, const struct lur_value *v, struct lur_error *e) {
  struct lur_value checked = *v;
  int rc = a->field < 0 ? check_param(a, &spec->param[a->param], v, e) : check_value(a, &checked, e);
  return rc ? rc : append(a, &checked, NULL, e);
}

int lur_axis_add_text(struct lur_axis *a, const struct lur_spec *spec, const char *text, struct lur_error *e) {
  struct lur_value v;
  struct lur_param p;
  if (a->field >= 0) {
    int rc = lur_value_read(&lur_fields[a->field], text, &v, e);
    return rc ? rc : lur_axis_add(a, spec, &v, e);
  }
  if (holds_texts(a, spec)) {
    v = (struct lur_value){.kind = LUR_V_CHOICE, .as.integer = (int64_t)a->n};
    return append(a, &v, text, e);
  }
  int rc = lur_param_read(&spec->param[a->param], text, &p, e);
  return rc ? rc : append(a, &p.value, NULL, e);
}

/* ---- Sequences and intervals ---- */
static bool is_whole(double x) {
  return x == floor(x) && fabs(x) <= LARGEST_WHOLE;
}

static void make_value(const struct lur_axis *a, double x, struct lur_value *v) {
  if (a->field >= 0 && lur_fields[a->field].kind == LUR_K_SIZES) {
    *v = (struct lur_value){.kind = LUR_V_LIST, .as.list = {.n = x != 0, .at = {x}}};
    return;
  }
  *v = a->whole ? (struct lur_value){.kind = LUR_V_INTEGER, .as.integer = (int64_t)x}
                : (struct lur_value){.kind = LUR_V_NUMBER, .as.number = x};
}

/* Both ends must be numbers the field takes; all that lies between them then is. */
static int check_ends(const struct lur_axis *a, double first, double last, struct lur_error *e) {
  const double ends[2] = {first, last};
  if (a->n > 0 || a->value)
    return lur_fail(e, LUR_EINPUT, a->name, "a sequence and single values together");
  for (int i = 0; i < 2; i++) {
    char digits[32];
    lur_digits_write(ends[i], digits);
    struct lur_value v = {.kind = LUR_V_NUMBER, .as.number = ends[i]};
    if (!isfinite(ends[i]))
      return lur_fail(e, LUR_EINPUT, a->name, "%s is not a finite number", digits);
    int rc = a->field >= 0 ? check_value(a, &v, e) : LUR_OK;
    if (rc)
      return rc;
  }
  return LUR_OK;
}

static int check_numeric(const struct lur_axis *a, struct lur_error *e) {
  if (a->field < 0)
    return LUR_OK;
  enum lur_kind k = lur_fields[a->field].kind;
  if (k == LUR_K_BOOL || k == LUR_K_CHOICE)
    return lur_fail(e, LUR_EINPUT, a->name, "a sequence of numbers, but it takes %s; write a list",
                    lur_kind_name(&lur_fields[a->field]));
  return LUR_OK;
}

/* How many steps of `step` lie between the ends; a last one that misses by rounding counts, where numbers are not
 * whole. */
static double n_steps(double first, double last, double step) {
  double n = (last - first) / step;
  return is_whole(first) && is_whole(last) && is_whole(step) ? floor(n) : floor(n + fmin(1e-12 * n + 1e-9, 1e-3));
}

int lur_axis_range(struct lur_axis *a, double first, double last, double step, struct lur_error *e) {
  char from[32], to[32];
  int rc = check_numeric(a, e);
  if (!rc)
    rc = check_ends(a, first, last, e);
  if (rc)
    return rc;
  lur_digits_write(first, from);
  lur_digits_write(last, to);
  if (!isfinite(step) || step == 0)
    return lur_fail(e, LUR_EINPUT, a->name, "the step of a range is not 0");
  if ((last - first) / step < 0)
    return lur_fail(e, LUR_EINPUT, a->name, "%s..%s is empty%s", from, to,
                    step == 1 ? "; to count down, give a step below 0" : " with that step");
  bool whole = is_whole(first) && is_whole(step);
  if (a->whole && !whole)
    return lur_fail(e, LUR_EINPUT, a->name, "a range of numbers that are not whole");
  double n = n_steps(first, last, step) + 1;
  if (!(n <= LARGEST_WHOLE))
    return lur_fail(e, LUR_EINPUT, a->name, "%s..%s has too many values", from, to);
  a->kind = LUR_A_RANGE;
  a->whole = whole && (a->whole || a->field < 0);
  a->n = (uint64_t)n;
  a->first = first;
  a->step = step;
  bool meets_end = fabs(fma(n - 1, step, first) - last) <= 1e-9 * fabs(step);
  a->last = meets_end ? last : fma(n - 1, step, first);
  a->whole_first = a->whole ? (int64_t)first : 0;
  a->whole_step = a->whole ? (int64_t)step : 0;
  return LUR_OK;
}

static double spaced_point(const struct lur_axis *a, uint64_t i) {
  if (i == 0)
    return a->first;
  if (i == a->n - 1)
    return a->last;
  double x;
  if (a->kind == LUR_A_LINEAR)
    x = fma((double)i, (a->last - a->first) / (double)(a->n - 1), a->first);
  else
    x = lur_exp(fma((double)i, (lur_log(a->last) - lur_log(a->first)) / (double)(a->n - 1), lur_log(a->first)));
  return a->whole ? floor(x + 0.5) : x;
}

static int check_distinct(const struct lur_axis *a, struct lur_error *e) {
  if (!a->whole)
    return LUR_OK;
  if (a->n > MOST_WHOLE_POINTS)
    return lur_fail(e, LUR_EINPUT, a->name, "too many points");
  for (uint64_t i = 1; i < a->n; i++)
    if (spaced_point(a, i) == spaced_point(a, i - 1))
      return lur_fail(e, LUR_EINPUT, a->name, "%llu points, but two of them round to %.0f", (unsigned long long)a->n,
                      spaced_point(a, i));
  return LUR_OK;
}

static int check_positive(const struct lur_axis *a, double low, double high, struct lur_error *e) {
  if (low > 0 && high > 0)
    return LUR_OK;
  return lur_fail(e, LUR_EINPUT, a->name, "both ends of a logarithmic axis are above 0");
}

int lur_axis_spaced(struct lur_axis *a, bool log, double first, double last, uint64_t n, struct lur_error *e) {
  int rc = check_numeric(a, e);
  if (!rc)
    rc = check_ends(a, first, last, e);
  if (!rc && log)
    rc = check_positive(a, first, last, e);
  if (rc)
    return rc;
  if (n < 1 || (double)n > LARGEST_WHOLE)
    return lur_fail(e, LUR_EINPUT, a->name, "a number of points above 0");
  if (n > 1 && first == last)
    return lur_fail(e, LUR_EINPUT, a->name, "both ends are the same");
  if (a->field < 0)
    a->whole = false;
  a->kind = log ? LUR_A_LOG : LUR_A_LINEAR;
  a->n = n;
  a->first = first;
  a->last = n == 1 ? first : last;
  return check_distinct(a, e);
}

int lur_axis_interval(struct lur_axis *a, bool log, double low, double high, struct lur_error *e) {
  int rc = check_numeric(a, e);
  if (!rc)
    rc = check_ends(a, low, high, e);
  if (!rc && log)
    rc = check_positive(a, low, high, e);
  if (rc)
    return rc;
  if (!(low < high))
    return lur_fail(e, LUR_EINPUT, a->name, "the interval's first end is not below its second");
  a->kind = log ? LUR_A_LOGUNIFORM : LUR_A_UNIFORM;
  a->n = 0;
  a->first = low;
  a->last = high;
  return LUR_OK;
}

/* ---- Values ---- */
const char *lur_axis_value(const struct lur_axis *a, uint64_t i, struct lur_value *v) {
  switch (a->kind) {
  case LUR_A_LIST: *v = a->value[i]; return a->text ? a->text[i] : NULL;
  case LUR_A_RANGE:
    if (a->whole && !(a->field >= 0 && lur_fields[a->field].kind == LUR_K_SIZES)) {
      v->kind = LUR_V_INTEGER; /* and not all of the struct, which is long */
      v->as.integer = a->whole_first + (int64_t)i * a->whole_step;
    } else {
      make_value(a, i == a->n - 1 ? a->last : fma((double)i, a->step, a->first), v);
    }
    return NULL;
  case LUR_A_LINEAR:
  case LUR_A_LOG: make_value(a, spaced_point(a, i), v); return NULL;
  case LUR_A_UNIFORM:
  case LUR_A_LOGUNIFORM: make_value(a, a->first, v); return NULL;
  }
  return NULL;
}

/* A whole number of an interval is any of low .. high, each with its share of [low, high + 1). */
static double interval_point(const struct lur_axis *a, double u) {
  double high = a->whole ? a->last + 1 : a->last, x;
  if (u == 0)
    return a->first;
  if (a->kind == LUR_A_UNIFORM)
    x = fma(u, high - a->first, a->first);
  else
    x = lur_exp(fma(u, lur_log(high) - lur_log(a->first), lur_log(a->first)));
  x = a->whole ? floor(x) : x;
  return x < a->first ? a->first : x > a->last ? a->last : x;
}

const char *lur_axis_draw(const struct lur_axis *a, double u, struct lur_value *v) {
  if (a->kind == LUR_A_UNIFORM || a->kind == LUR_A_LOGUNIFORM) {
    make_value(a, interval_point(a, u), v);
    return NULL;
  }
  uint64_t i = (uint64_t)(u * (double)a->n);
  return lur_axis_value(a, i < a->n ? i : a->n - 1, v);
}

void lur_axis_put(const struct lur_axis *a, const struct lur_value *v, const char *text, struct lur_spec *spec) {
  if (a->field >= 0) {
    if (a->layer)
      spec->layer[lur_layered_index((enum lur_field_id)a->field)][a->layer - 1] = *v;
    else
      spec->value[a->field] = *v;
    return;
  }
  spec->param[a->param].value = *v;
  if (text)
    spec->param[a->param].text = text;
}
