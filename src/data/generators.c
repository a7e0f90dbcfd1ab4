/* SPDX-License-Identifier: MIT
 * The formulas of the head, with a sine and a cosine that have the same bits on every system. */
#include "data/generators.h"

#include <math.h>

const char *const lur_generator_names[] = {"xor", "parity", "spiral", "circles", "moons", "gaussians", NULL};

_Static_assert(sizeof lur_generator_names / sizeof *lur_generator_names == LUR_N_GENERATORS + 1, "a name each");

struct lur_declaration lur_generator_declare(enum lur_generator kind) {
  struct lur_declaration d = {.kind = kind, .n = 100, .bits = 2, .classes = 2, .factor = 0.8, .turns = 3, .seed = 1};
  if (kind == LUR_XOR)
    d.n = 4;
  if (kind == LUR_SPIRAL)
    d.n = 194;
  if (kind == LUR_GAUSSIANS)
    d.noise = 1;
  return d;
}

/* ---- Sine and cosine of an angle in turns ---- */
/* Taylor's series at |x| <= pi/4: the first term left out is below half an ulp. */
static double small_sine(double x) {
  double x2 = x * x, sum = 0;
  for (int k = 17; k > 1; k -= 2)
    sum = (1 + sum) * -x2 / ((k - 1) * k);
  return x + x * sum;
}

static double small_cosine(double x) {
  double x2 = x * x, sum = 0;
  for (int k = 18; k > 0; k -= 2)
    sum = (1 + sum) * -x2 / ((k - 1) * k);
  return 1 + sum;
}

struct point {
  double x, y;
};

/* (cos, sin) of 2 pi t. The reduction to an eighth of a turn is exact. */
static struct point on_circle(double t) {
  double quarters = rint(4 * t), x = 6.283185307179586 * (t - quarters / 4);
  double c = small_cosine(x), s = small_sine(x);
  int quarter = (int)(quarters - 4 * floor(quarters / 4));
  struct point p = quarter % 2 ? (struct point){-s, c} : (struct point){c, s};
  return quarter < 2 ? p : (struct point){-p.x, -p.y};
}

/* ---- The formulas: row i of d, without noise ---- */
static struct point place(const struct lur_declaration *d, size_t i) {
  const size_t half = d->n / 2, k = i / 2;
  struct point p = {0, 0};
  switch (d->kind) {
  case LUR_SPIRAL: {
    double u = (double)k / (double)(half - 1), r = (104 - 96 * u) / 104;
    p = on_circle(d->turns * u);
    r = i % 2 ? -r : r;
    return (struct point){r * p.y, r * p.x};
  }
  case LUR_CIRCLES: {
    double r = i % 2 ? d->factor : 1;
    p = on_circle((double)k / (double)half);
    return (struct point){r * p.x, r * p.y};
  }
  case LUR_MOONS:
    p = on_circle((double)k / (double)(half - 1) / 2);
    return i % 2 ? (struct point){1 - p.x, 0.5 - p.y} : p;
  case LUR_GAUSSIANS:
    p = on_circle((double)(i % (size_t)d->classes) / (double)d->classes);
    return (struct point){3 * p.x, 3 * p.y};
  case LUR_XOR: return (struct point){(double)(k % 2), (double)(i % 2)};
  case LUR_PARITY:
  case LUR_N_GENERATORS: break;
  }
  return p;
}

static int check(const struct lur_declaration *d, struct lur_error *e) {
  bool halves = d->kind == LUR_SPIRAL || d->kind == LUR_CIRCLES || d->kind == LUR_MOONS;
  if (d->bits < 1 || d->bits > LUR_MAX_BITS)
    return lur_fail(e, LUR_EINPUT, "bits", "%d is not from 1 to %d", d->bits, LUR_MAX_BITS);
  if (d->n < 1 || d->n > LUR_MAX_ROWS)
    return lur_fail(e, LUR_EINPUT, "n", "%zu is not from 1 to %d", d->n, LUR_MAX_ROWS);
  if (halves && (d->n % 2 || d->n < 4))
    return lur_fail(e, LUR_EINPUT, "n", "%zu rows cannot be two classes alike; write an even number from 4 on", d->n);
  if (d->classes < 2 || d->classes > LUR_MAX_WIDTH)
    return lur_fail(e, LUR_EINPUT, "classes", "%d is not from 2 to %d", d->classes, LUR_MAX_WIDTH);
  if (!(d->noise >= 0) || isinf(d->noise))
    return lur_fail(e, LUR_EINPUT, "noise", "%g is not a number from 0 on", d->noise);
  if (!(d->factor >= 0 && d->factor <= 1))
    return lur_fail(e, LUR_EINPUT, "factor", "%g is not from 0 to 1", d->factor);
  if (!(fabs(d->turns) <= 1000))
    return lur_fail(e, LUR_EINPUT, "turns", "%g is not from -1000 to 1000", d->turns);
  return LUR_OK;
}

struct lur_dataset *lur_generator_make(const struct lur_declaration *d, struct lur_error *e) {
  if (check(d, e) != LUR_OK)
    return NULL;
  if (d->kind != LUR_PARITY) {
    struct lur_dataset *points = lur_dataset_new(d->n, 2, d->classes > 2 ? d->classes : 1, e);
    for (size_t i = 0; points && i < d->n; i++) {
      struct point p = place(d, i);
      double *x = points->inputs + 2 * i;
      x[0] = p.x + d->noise * (d->noise > 0 ? lur_draw_normal(d->seed, 2 * i, 0, LUR_DRAW_DATA) : 0);
      x[1] = p.y + d->noise * (d->noise > 0 ? lur_draw_normal(d->seed, 2 * i + 1, 0, LUR_DRAW_DATA) : 0);
      if (points->n_outputs > 1)
        points->targets[i * (size_t)points->n_outputs + i % (size_t)d->classes] = 1;
      else
        points->targets[i] =
            d->kind == LUR_XOR ? (double)((i / 2 + i) % 2) : (double)(d->kind == LUR_SPIRAL ? 1 - i % 2 : i % 2);
    }
    return points;
  }
  struct lur_dataset *out = lur_dataset_new((size_t)1 << d->bits, d->bits, 1, e);
  for (size_t row = 0; out && row < out->n; row++)
    for (int b = 0; b < d->bits; b++) {
      size_t bit = row >> (d->bits - 1 - b) & 1;
      out->inputs[row * (size_t)d->bits + (size_t)b] = (double)bit;
      out->targets[row] = (double)(((size_t)out->targets[row] + bit) % 2);
    }
  return out;
}
