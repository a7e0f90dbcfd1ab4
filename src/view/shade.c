/* SPDX-License-Identifier: MIT
 * Ranks are read off a sorted sample of at most 65,536 cells, evenly spread over the grid; on a signed ramp the two
 * sides are ranked apart, so that the boundary between them stays at 0. */
#include "view/shade.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "fold/statistics.h"

enum { MOST_SAMPLES = 65536 };

const char *const lur_shading_names[] = {"auto", "linear", "log", "rank", NULL};
_Static_assert(sizeof lur_shading_names / sizeof *lur_shading_names == LUR_N_SHADINGS + 1, "a name each");

struct range {
  double low, high, positive; /* positive: the least above 0 */
};
static const struct range no_range = {INFINITY, -INFINITY, INFINITY};

/* NaN is none. */
static void take_value(double x, struct range *r) {
  r->low = fmin(r->low, x);
  r->high = fmax(r->high, x);
  r->positive = x > 0 ? fmin(r->positive, x) : r->positive;
}

static void sort_samples(struct lur_shade *s) {
  lur_numbers_sort(s->sorted, s->n);
  while (s->n_low < s->n && s->sorted[s->n_low] < 0)
    s->n_low++;
}

/* Of every stride-th cell. */
struct samples {
  struct lur_shade *s;
  size_t width, stride, room;
};

static void take_sample(void *samples, size_t x, size_t y, const struct lur_grid_cell *c) {
  struct samples *p = samples;
  if (c->n_values && (y * p->width + x) % p->stride == 0 && p->s->n < p->room)
    p->s->sorted[p->s->n++] = c->value;
}

static int take_samples(struct lur_grid *g, struct lur_shade *s, struct lur_error *e) {
  size_t n_cells = g->x.n * g->y.n, stride = n_cells / MOST_SAMPLES + 1;
  struct samples samples = {s, g->x.n, stride, n_cells / stride + 1};
  if (!(s->sorted = lur_alloc(samples.room, sizeof *s->sorted)))
    return lur_fail_memory(e);
  int code = lur_grid_visit(g, take_sample, &samples, e);
  sort_samples(s);
  return code;
}

/* Of a share, 0 is the end of its scale. */
static enum lur_shading choose(const char *value, const struct range *r, bool is_rate) {
  double low = r->low == 0 && !is_rate ? r->positive : r->low;
  if (strcmp(value, "trainability") == 0)
    return LUR_SHADE_RANK;
  return low > 0 && r->high / low > 100 ? LUR_SHADE_LOG : LUR_SHADE_LINEAR;
}

/* ---- Values that crowd: the greatest share of different ones within a third of the colours ---- */
#define MOST_LINEAR 0.6 /* of evenly spread values it is a third, of normal ones about 0.6 */
#define MOST_LOG 0.7

/* Of the n sorted values that begin at x, whether the i-th is another one than that before it. */
static bool is_new(const double *x, size_t i) {
  return i == 0 || x[i] != x[i - 1];
}

/* n_different: of them. */
static double crowding(const struct lur_scale *scale, const double *x, size_t n, size_t n_different) {
  size_t most = 0, within = 0;
  for (size_t i = 0, j = 0; i < n; i++) {
    if (!is_new(x, i))
      continue;
    for (; j < n && lur_scale_at(scale, x[j]) - lur_scale_at(scale, x[i]) <= 1.0 / 3; j++)
      within += is_new(x, j);
    most = within > most ? within : most;
    within--;
  }
  return n_different ? (double)most / (double)n_different : 0;
}

/* s has its samples, and keeps them where they are ranked. Of four values and fewer each is seen. */
static void spread_out(struct lur_shade *s) {
  const double *x = s->sorted;
  size_t n = 0;
  for (size_t i = 0; i < s->n; i++)
    n += is_new(x, i);
  if (n > 4 && crowding(&s->scale, x, s->n, n) > MOST_LINEAR) {
    const struct lur_scale log_ = lur_scale_make(x[0], x[s->n - 1], true);
    s->kind = x[0] > 0 && crowding(&log_, x, s->n, n) <= MOST_LOG ? LUR_SHADE_LOG : LUR_SHADE_RANK;
    s->scale = s->kind == LUR_SHADE_LOG ? log_ : s->scale;
  }
  if (s->kind != LUR_SHADE_RANK)
    lur_shade_free(s);
}

/* Whether the choice is to be looked at again, with samples. */
static bool may_crowd(const struct lur_shade *s, enum lur_shading asked, bool is_rate) {
  return asked == LUR_SHADE_AUTO && s->kind == LUR_SHADE_LINEAR && !is_rate && !s->is_signed;
}

/* All but the samples. On a scale of logarithms 0 has the colour of the least value above it. */
static int begin(const struct range *r, bool is_rate, enum lur_shading kind, const char *value, struct lur_shade *s,
                 struct lur_error *e) {
  double low = r->low, high = r->high;
  bool is_signed = low < 0 && high > 0;
  *s = (struct lur_shade){.kind = kind == LUR_SHADE_AUTO ? choose(value, r, is_rate) : kind};
  s->is_signed = is_signed;
  s->palette = is_signed ? LUR_DIVERGING : LUR_VIRIDIS;
  if (s->kind == LUR_SHADE_LOG && low == 0 && high > 0)
    low = r->positive;
  if (s->kind == LUR_SHADE_LOG && !(low > 0))
    return low <= high ? lur_fail(e, LUR_EINPUT, "--shade", "log needs values above 0, and the least is %g", low)
                       : LUR_OK;
  if (is_rate && s->kind == LUR_SHADE_LINEAR) {
    low = 0;
    high = 1;
  }
  double reach = fmax(-low, high);
  s->scale = is_signed ? lur_scale_make(-reach, reach, false) : lur_scale_make(low, high, s->kind == LUR_SHADE_LOG);
  return LUR_OK;
}

int lur_shade_make(struct lur_grid *g, enum lur_shading kind, const char *value, struct lur_shade *s,
                   struct lur_error *e) {
  const struct range r = {g->low, g->high, g->positive};
  int code = begin(&r, g->fold == LUR_FOLD_RATE, kind, value, s, e);
  bool doubtful = !g->told && may_crowd(s, kind, g->fold == LUR_FOLD_RATE);
  if (!code && (doubtful || s->kind == LUR_SHADE_RANK))
    code = take_samples(g, s, e);
  if (!code && doubtful)
    spread_out(s);
  return code;
}

int lur_shade_make_of(const double *x, size_t n, bool is_rate, enum lur_shading kind, const char *value,
                      struct lur_shade *s, struct lur_error *e) {
  struct range r = no_range;
  for (size_t i = 0; i < n; i++)
    take_value(x[i], &r);
  int code = begin(&r, is_rate, kind, value, s, e);
  bool doubtful = may_crowd(s, kind, is_rate);
  if (code || !(doubtful || s->kind == LUR_SHADE_RANK))
    return code;
  if (!(s->sorted = lur_alloc(n, sizeof *s->sorted)))
    return lur_fail_memory(e);
  for (size_t i = 0; i < n; i++)
    if (!isnan(x[i]))
      s->sorted[s->n++] = x[i];
  sort_samples(s);
  if (doubtful)
    spread_out(s);
  return LUR_OK;
}

/* The share of the n sorted values from `from` on that are below x. */
static double rank(const double *from, size_t n, double x) {
  size_t low = 0, high = n;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (from[middle] < x)
      low = middle + 1;
    else
      high = middle;
  }
  return n > 1 ? (double)low / (double)(n - 1) : 0.5;
}

static double ranked(const struct lur_shade *s, double x) {
  size_t n_high = s->n - s->n_low;
  if (!s->is_signed)
    return rank(s->sorted, s->n, x);
  if (x < 0)
    return 0.49 * rank(s->sorted, s->n_low, x);
  return 0.51 + 0.49 * rank(s->sorted + s->n_low, n_high, x);
}

uint8_t lur_shade_color(const struct lur_shade *s, double x) {
  double t = s->kind == LUR_SHADE_RANK ? ranked(s, x) : lur_scale_at(&s->scale, x);
  return !(t > 0) ? 0 : t >= 1 ? LUR_RAMP - 1 : (uint8_t)(t * LUR_RAMP);
}

uint8_t lur_shade_cell(const struct lur_shade *s, const struct lur_grid_cell *c) {
  return c->n_values ? lur_shade_color(s, c->value) : c->n_rows ? LUR_BAD : LUR_MISSING;
}

static int rank_ticks(const struct lur_shade *s, double value[LUR_MOST_TICKS], double at[LUR_MOST_TICKS]) {
  static const double parts[] = {0, 0.25, 0.5, 0.75, 1};
  for (int i = 0; i < 5; i++) {
    double t = parts[i];
    at[i] = t;
    if (!s->is_signed)
      value[i] = lur_quantile(s->sorted, s->n, t);
    else if (t == 0.5)
      value[i] = 0;
    else if (t < 0.5)
      value[i] = lur_quantile(s->sorted, s->n_low, 2 * t);
    else
      value[i] = lur_quantile(s->sorted + s->n_low, s->n - s->n_low, 2 * t - 1);
  }
  return 5;
}

int lur_shade_ticks(const struct lur_shade *s, double value[LUR_MOST_TICKS], double at[LUR_MOST_TICKS]) {
  if (s->kind == LUR_SHADE_RANK)
    return s->n ? rank_ticks(s, value, at) : 0;
  int n = lur_scale_ticks(&s->scale, 6, value);
  for (int i = 0; i < n; i++)
    at[i] = lur_scale_at(&s->scale, value[i]);
  return n;
}

void lur_shade_free(struct lur_shade *s) {
  if (!s)
    return;
  free(s->sorted);
  s->sorted = NULL;
}
