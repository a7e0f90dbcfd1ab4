/* SPDX-License-Identifier: MIT
 * Axes: building, and the value of a number. Sequences follow docs/numerics.md: linspace fma(i, (b-a)/(n-1), a),
 * geomspace exp(fma(i, (log b - log a)/(n-1), log a)) with our own functions, both ends as given, and what lies near a
 * short decimal is that. Where the field takes whole numbers, points are rounded to them. Two points on one number are
 * refused. */
#include "sweep/axis.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/grow.h"
#include "base/memory.h"

#define LARGEST_WHOLE 9007199254740992.0 /* 2^53 */
#define MOST_POINTS 1000000000000        /* of a spaced axis */
enum { MOST_COMPARED = 10000000 };

int lur_axis_init(struct lur_axis *a, const struct lur_spec *spec, const char *name, struct lur_error *e) {
  int layer = 0, field = lur_field_find(name, &layer), param = lur_spec_find_param(spec, name);
  *a = (struct lur_axis){.field = field, .param = param, .layer = layer};
  if (field < 0 && param < 0)
    return lur_field_unknown(name, e);
  if (field >= 0 && !(lur_fields[field].flags & LUR_AXIS))
    return lur_fail(e, LUR_EINPUT, name, "cannot be an axis: it is the same for all runs");
  const enum lur_kind kind = field < 0 ? LUR_K_NUMBER : lur_fields[field].kind;
  a->whole = kind == LUR_K_INTEGER || kind == LUR_K_SIZES || kind == LUR_K_BATCH;
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
static int append(struct lur_axis *a, const struct lur_value *v, const char *text, struct lur_error *e) {
  size_t room = a->room;
  if ((text && !lur_grow(&a->text, &room, a->n + 1, sizeof *a->text)) ||
      !lur_grow(&a->value, &a->room, a->n + 1, sizeof *a->value))
    return lur_fail_memory(e);
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
    int rc = lur_spec_read_value(spec, &lur_fields[a->field], text, &v, e);
    return rc ? rc : lur_axis_add(a, spec, &v, e);
  }
  if (spec->param[a->param].text) {
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

static int check_end(const struct lur_axis *a, const struct lur_value *end, struct lur_error *e) {
  struct lur_value v = *end;
  if (v.kind == LUR_V_NUMBER && !isfinite(v.as.number)) {
    char digits[32];
    lur_digits_write(v.as.number, digits);
    return lur_fail(e, LUR_EINPUT, a->name, "%s is not a finite number", digits);
  }
  return a->field >= 0 ? check_value(a, &v, e) : LUR_OK;
}

/* What lies between is computed from how far they are apart. */
static int check_apart(const struct lur_axis *a, double first, double last, struct lur_error *e) {
  char from[32], to[32];
  if (isfinite(last - first))
    return LUR_OK;
  lur_digits_write(first, from);
  lur_digits_write(last, to);
  return lur_fail(e, LUR_EINPUT, a->name, "%s and %s are further apart than the largest number", from, to);
}

/* Both ends must be numbers the field takes; all that lies between them then is. */
static int check_ends(const struct lur_axis *a, double first, double last, struct lur_error *e) {
  const struct lur_value ends[2] = {{.kind = LUR_V_NUMBER, .as.number = first},
                                    {.kind = LUR_V_NUMBER, .as.number = last}};
  if (a->n > 0 || a->value)
    return lur_fail(e, LUR_EINPUT, a->name, "a sequence and single values together");
  int rc = check_end(a, &ends[0], e);
  return rc ? rc : check_end(a, &ends[1], e);
}

static int check_numeric(const struct lur_axis *a, struct lur_error *e) {
  if (a->field < 0)
    return LUR_OK;
  enum lur_kind k = lur_fields[a->field].kind;
  if (k == LUR_K_BOOL || k == LUR_K_CHOICE || k == LUR_K_SHORTCUTS)
    return lur_fail(e, LUR_EINPUT, a->name, "a sequence of numbers, but it takes %s; write a list",
                    lur_kind_name(&lur_fields[a->field]));
  return LUR_OK;
}

/* A sequence's number in full, as whole numbers beyond 2^53 are too. */
static void write_number(const struct lur_value *v, char digits[32]) {
  if (v->kind == LUR_V_INTEGER)
    snprintf(digits, 32, "%lld", (long long)v->as.integer);
  else
    lur_digits_write(v->as.number, digits);
}

/* A whole number that is one whatever its spelling: 3, 3.0. */
static bool take_whole(const struct lur_value *v, int64_t *n) {
  *n = v->kind == LUR_V_INTEGER ? v->as.integer : is_whole(v->as.number) ? (int64_t)v->as.number : 0;
  return v->kind == LUR_V_INTEGER || is_whole(v->as.number);
}

static bool is_beyond(double x, double last, double step) {
  return step > 0 ? x > last : x < last;
}

/* How many steps are not beyond the last; the quotient may be wrong by its rounding. */
static double n_steps(double first, double last, double step) {
  double n = floor((last - first) / step);
  if (!(n < LARGEST_WHOLE))
    return n;
  struct lur_steps s = lur_steps_of(first, step, (uint64_t)n + 2);
  while (n > 0 && is_beyond(lur_steps_at(&s, (uint64_t)n), last, step))
    n--;
  while (n < LARGEST_WHOLE && !is_beyond(lur_steps_at(&s, (uint64_t)n + 1), last, step))
    n++;
  return n;
}

static int fail_many(const struct lur_axis *a, const char *from, const char *to, struct lur_error *e) {
  return lur_fail(e, LUR_EINPUT, a->name, "%s..%s has too many values; an axis has 2^53 at most", from, to);
}

static int range_of_numbers(struct lur_axis *a, double first, double last, double step, const char *from,
                            const char *to, struct lur_error *e) {
  double n = n_steps(first, last, step) + 1;
  if (!(n <= LARGEST_WHOLE))
    return fail_many(a, from, to, e);
  a->n = (uint64_t)n;
  a->steps = lur_steps_of(first, step, a->n - 1);
  a->last = lur_steps_at(&a->steps, a->n - 1);
  if (a->n > 1 && (lur_steps_at(&a->steps, 1) == first || lur_steps_at(&a->steps, a->n - 2) == a->last))
    return lur_fail(e, LUR_EINPUT, a->name, "%s..%s with so small a step has the same number twice", from, to);
  return LUR_OK;
}

static int range_of_wholes(struct lur_axis *a, int64_t first, int64_t last, int64_t step, const char *from,
                           const char *to, struct lur_error *e) {
  uint64_t apart = step > 0 ? (uint64_t)last - (uint64_t)first : (uint64_t)first - (uint64_t)last;
  uint64_t n = apart / (step > 0 ? (uint64_t)step : -(uint64_t)step);
  if (!((double)n < LARGEST_WHOLE))
    return fail_many(a, from, to, e);
  a->whole = true;
  a->n = n + 1;
  a->whole_first = first;
  a->whole_step = step;
  a->last = (double)(int64_t)((uint64_t)first + n * (uint64_t)step);
  return LUR_OK;
}

static int check_range_ends(const struct lur_axis *a, const struct lur_value *first, const struct lur_value *last,
                            struct lur_error *e) {
  int rc = check_numeric(a, e);
  if (!rc && (a->n > 0 || a->value))
    rc = lur_fail(e, LUR_EINPUT, a->name, "a sequence and single values together");
  if (!rc)
    rc = check_end(a, first, e);
  if (!rc)
    rc = check_end(a, last, e);
  return rc ? rc : check_apart(a, lur_value_number(first), lur_value_number(last), e);
}

int lur_axis_range(struct lur_axis *a, const struct lur_value *first, const struct lur_value *last,
                   const struct lur_value *step, struct lur_error *e) {
  char from[32], to[32];
  double by = lur_value_number(step), end = lur_value_number(last);
  int64_t whole[3] = {0};
  int rc = check_range_ends(a, first, last, e);
  if (rc)
    return rc;
  write_number(first, from);
  write_number(last, to);
  bool whole_last = take_whole(last, &whole[1]),
       whole_steps = take_whole(first, &whole[0]) && take_whole(step, &whole[2]);
  if (!isfinite(by) || by == 0)
    return lur_fail(e, LUR_EINPUT, a->name, "the step of a range is not 0");
  if (a->whole && !whole_steps)
    return lur_fail(e, LUR_EINPUT, a->name, "a range of numbers that are not whole");
  if (!whole_last)
    whole[1] = (int64_t)fmin(fmax(by > 0 ? floor(end) : ceil(end), -0x1p62), 0x1p62);
  bool as_whole = whole_steps && (a->whole || a->field < 0);
  if (as_whole ? (by > 0 ? whole[1] < whole[0] : whole[1] > whole[0]) : is_beyond(lur_value_number(first), end, by))
    return lur_fail(e, LUR_EINPUT, a->name, "%s..%s is empty%s", from, to,
                    by == 1 ? "; to count down, give a step below 0" : " with that step");
  a->kind = LUR_A_RANGE;
  a->first = lur_value_number(first);
  a->step = by;
  return as_whole ? range_of_wholes(a, whole[0], whole[1], whole[2], from, to, e)
                  : range_of_numbers(a, a->first, end, by, from, to, e);
}

static double spaced_formula(const struct lur_axis *a, uint64_t i) {
  if (a->kind == LUR_A_LINEAR)
    return fma((double)i, (a->last - a->first) / (double)(a->n - 1), a->first);
  return lur_exp(fma((double)i, (lur_log(a->last) - lur_log(a->first)) / (double)(a->n - 1), lur_log(a->first)));
}

static double spaced_point(const struct lur_axis *a, uint64_t i) {
  if (i == 0)
    return a->first;
  if (i == a->n - 1)
    return a->last;
  double x = spaced_formula(a, i);
  if (!a->computed) /* so far it may be from its decimal */
    x = lur_decimal_near(x, a->kind == LUR_A_LOG ? 0x1p-43 * fabs(x) : 0x1p-48 * fmax(fabs(a->first), fabs(a->last)));
  return a->whole ? floor(x + 0.5) : x;
}

static bool is_ascending(const struct lur_axis *a, uint64_t *at) {
  bool up = a->first < a->last;
  double before = a->first;
  for (uint64_t i = 1; i < a->n; i++) {
    double x = spaced_point(a, i);
    *at = i;
    if (up ? !(x > before) : !(x < before))
      return false;
    before = x;
  }
  return true;
}

/* Whether points lie so close that two of them may have one decimal. */
static bool is_dense(const struct lur_axis *a) {
  double n = (double)(a->n - 1);
  if (a->kind == LUR_A_LOG)
    return fabs(lur_log(a->last) - lur_log(a->first)) / n <= 0x1p-41;
  return fabs(a->last - a->first) / n <= 0x1p-46 * fmax(fabs(a->first), fabs(a->last));
}

/* No two points are one number; where as decimals they would be, all are as computed. */
static int check_distinct(struct lur_axis *a, struct lur_error *e) {
  uint64_t at = 0;
  if (a->n < 2 || !(a->whole || is_dense(a)))
    return LUR_OK;
  if (a->n > MOST_COMPARED)
    return lur_fail(e, LUR_EINPUT, a->name, "the count %llu is too large for what lies between these ends",
                    (unsigned long long)a->n);
  if (is_ascending(a, &at))
    return LUR_OK;
  a->computed = !a->whole;
  if (a->computed && is_ascending(a, &at))
    return LUR_OK;
  char digits[32];
  lur_digits_write(spaced_point(a, at), digits);
  return lur_fail(e, LUR_EINPUT, a->name, "%llu points, but two of them round to %s", (unsigned long long)a->n, digits);
}

/* Whether a spaced axis or an interval may have these ends. Between whole numbers beyond 2^53 doubles cannot tell all
 * apart. */
static int check_span(const struct lur_axis *a, bool log, double low, double high, struct lur_error *e) {
  int rc = check_numeric(a, e);
  if (!rc)
    rc = check_ends(a, low, high, e);
  if (!rc)
    rc = check_apart(a, low, high, e);
  if (!rc && log && !(low > 0 && high > 0))
    rc = lur_fail(e, LUR_EINPUT, a->name, "both ends of a logarithmic axis are above 0");
  if (!rc && a->whole && fmax(fabs(low), fabs(high)) >= LARGEST_WHOLE)
    rc = lur_fail(e, LUR_EINPUT, a->name, "%.0f is 2^53 or more; such numbers are a list or a range with a step",
                  fmax(low, high));
  return rc;
}

int lur_axis_spaced(struct lur_axis *a, bool log, double first, double last, uint64_t n, struct lur_error *e) {
  int rc = check_span(a, log, first, last, e);
  if (rc)
    return rc;
  if (n < 1)
    return lur_fail(e, LUR_EINPUT, a->name, "a number of points above 0");
  if (n > MOST_POINTS)
    return lur_fail(e, LUR_EINPUT, a->name, "the count %llu is too large; an axis has %lld points at most",
                    (unsigned long long)n, (long long)MOST_POINTS);
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
  int rc = check_span(a, log, low, high, e);
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
      v->as.integer = (int64_t)((uint64_t)a->whole_first + i * (uint64_t)a->whole_step);
    } else {
      make_value(a, a->whole ? fma((double)i, a->step, a->first) : lur_steps_at(&a->steps, i), v);
    }
    return NULL;
  case LUR_A_LINEAR:
  case LUR_A_LOG: make_value(a, spaced_point(a, i), v); return NULL;
  case LUR_A_UNIFORM:
  case LUR_A_LOGUNIFORM: make_value(a, a->whole ? a->first + (double)i : a->first, v); return NULL;
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

bool lur_axis_is_interval(const struct lur_axis *a) {
  return a->kind == LUR_A_UNIFORM || a->kind == LUR_A_LOGUNIFORM;
}

uint64_t lur_axis_span(const struct lur_axis *a) {
  return lur_axis_is_interval(a) && a->whole ? (uint64_t)(a->last - a->first) + 1 : 0;
}

uint64_t lur_axis_offset(const struct lur_axis *a, double u) {
  return a->whole ? (uint64_t)(interval_point(a, u) - a->first) : 0;
}

const char *lur_axis_draw(const struct lur_axis *a, double u, struct lur_value *v) {
  if (lur_axis_is_interval(a)) {
    make_value(a, interval_point(a, u), v);
    return NULL;
  }
  uint64_t i = (uint64_t)(u * (double)a->n);
  return lur_axis_value(a, i < a->n ? i : a->n - 1, v);
}

void lur_axis_put(const struct lur_axis *a, const struct lur_value *v, const char *text, struct lur_spec *spec) {
  if (a->field >= 0) {
    if (a->layer)
      spec->layer[lur_fields[a->field].layered][a->layer - 1] = *v;
    else
      spec->value[a->field] = *v;
    return;
  }
  spec->param[a->param].value = *v;
  spec->param[a->param].is_usual = false;
  if (text)
    spec->param[a->param].text = text;
}
