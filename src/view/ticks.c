/* SPDX-License-Identifier: MIT
 * Ticks: round values of a scale, with the numbers between powers of ten as minor ones; or the values of a list, with
 * two or three digits where these tell them apart. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "fold/number_text.h"
#include "view/figure.h"

enum { MOST_LISTED = 12, FEW_DIGITS = 3 };

static void add_minor(const struct lur_scale *s, struct lur_ticks *out) {
  double decades = log10(s->high) - log10(s->low);
  if (!s->log || decades > 12)
    return;
  for (double k = floor(log10(s->low)); k <= log10(s->high); k++)
    for (int i = 2; i < 10; i++) {
      double at = lur_scale_at(s, k < 0 ? i / pow(10, -k) : i * pow(10, k));
      if (at > 0 && at < 1 && out->n_minor < LUR_MOST_MINOR)
        out->minor[out->n_minor++] = at;
    }
}

void lur_ticks_of_scale(const struct lur_scale *s, int n_about, struct lur_ticks *out) {
  double value[LUR_MOST_TICKS];
  *out = (struct lur_ticks){.n = lur_scale_ticks(s, n_about, value)};
  for (int i = 0; i < out->n; i++) {
    out->tick[i].at = lur_scale_at(s, value[i]);
    lur_tick_text(value[i], out->tick[i].text);
  }
  add_minor(s, out);
}

void lur_ticks_of_labels(size_t n, const char *(*label)(const void *context, size_t i, char room[64]),
                         const void *context, double first, double step, int n_most, struct lur_ticks *out) {
  size_t most = n_most < 1 ? 1 : n_most < LUR_MOST_LABELS ? (size_t)n_most : LUR_MOST_LABELS;
  size_t stride = (n + most - 1) / most;
  *out = (struct lur_ticks){.names = stride == 1};
  for (size_t i = 0; i < n; i += stride, out->n++) {
    char room[64];
    out->tick[out->n].at = first + step * (double)i;
    snprintf(out->tick[out->n].text, sizeof out->tick[out->n].text, "%s", label(context, i, room));
  }
}

/* ---- Of a grid ---- */
struct labels {
  const struct lur_grid_axis *a;
  bool few; /* digits */
};

static const char *grid_label(const void *labels, size_t i, char room[64]) {
  const struct labels *l = labels;
  const struct lur_cell *c = &l->a->value[l->a->order[i]];
  if (l->few && c->kind == LUR_CELL_REAL)
    lur_text_digits(c->as.real, FEW_DIGITS, room);
  else
    lur_grid_label(l->a, i, room);
  return room;
}

static bool few_digits_do(const struct lur_grid_axis *a) {
  char text[2][64];
  const struct labels l = {a, true};
  for (size_t i = 0; i < a->n; i++)
    if (i && strcmp(grid_label(&l, i, text[i % 2]), text[(i + 1) % 2]) == 0)
      return false;
    else if (!i)
      grid_label(&l, i, text[0]);
  return true;
}

void lur_ticks_of_grid(const struct lur_grid_axis *a, int n_most, struct lur_ticks *out) {
  n_most = n_most > 1 ? n_most : 1;
  if (a->spacing == LUR_SPACE_LIST || (!a->n_bins && a->n <= MOST_LISTED && (int)a->n <= n_most)) {
    const struct labels l = {a, !a->n_bins && few_digits_do(a)};
    lur_ticks_of_labels(a->n, grid_label, &l, 0.5 / (double)a->n, 1.0 / (double)a->n, n_most, out);
    return;
  }
  struct lur_scale s = lur_grid_scale(a);
  lur_ticks_of_scale(&s, n_most < 8 ? n_most : 8, out);
}

void lur_ticks_of_shade(const struct lur_shade *s, struct lur_ticks *out) {
  double value[LUR_MOST_TICKS], at[LUR_MOST_TICKS];
  *out = (struct lur_ticks){.n = lur_shade_ticks(s, value, at)};
  for (int i = 0; i < out->n; i++) {
    out->tick[i].at = at[i];
    if (s->kind == LUR_SHADE_RANK)
      lur_text_digits(value[i], FEW_DIGITS, out->tick[i].text);
    else
      lur_tick_text(value[i], out->tick[i].text);
  }
  if (s->kind == LUR_SHADE_LOG)
    add_minor(&s->scale, out);
}
