/* SPDX-License-Identifier: MIT
 * The points of a drawn sampler as a sweep's combinations: none twice while there are others, until as many are in as
 * were asked for.
 *
 * Random points of lists are a keyed permutation of all combinations: the i-th is known without the others. Where the
 * sampler itself may repeat a combination (Sobol's points and Latin squares of lists, whole numbers of a logarithmic
 * interval, axes that some combinations do not read), its points are walked through in their order, and those that are
 * new are kept in a list. In both, fewer points are the first of more, but for latin. Where a `where` leaves points
 * out, numbers go on past them. */
#include <stdlib.h>

#include "base/clock.h"
#include "base/grow.h"
#include "base/memory.h"
#include "sweep/plan_internal.h"

enum { MOST_LISTED = 1 << 24, LEAST_LOOKED_AT = 1000000, LOOKED_AT_EACH = 100, SOBOL_POINTS = 1 << 30 };
#define WITHOUT_END (UINT64_C(1) << 60)

/* ---- Keys that were seen: open addressing, each kept + 1; GONE where one was taken out ---- */
#define GONE UINT64_MAX

struct set {
  uint64_t *slot;
  size_t n, room; /* room: a power of two */
};

/* Where the key is, or an empty place. */
static size_t find(const struct set *s, uint64_t key) {
  size_t i = (size_t)((key * UINT64_C(0x9e3779b97f4a7c15)) >> 20) & (s->room - 1);
  while (s->slot[i] && s->slot[i] != key + 1)
    i = (i + 1) & (s->room - 1);
  return i;
}

static bool put_new(struct set *s, uint64_t key) {
  size_t i = find(s, key);
  bool is_new = s->slot[i] == 0;
  s->slot[i] = key + 1;
  s->n += is_new;
  return is_new;
}

static int make_room(struct set *s, struct lur_error *e) {
  struct set larger = {.room = s->room ? 2 * s->room : 1024};
  if (2 * s->n < s->room)
    return LUR_OK;
  if (!(larger.slot = lur_alloc(larger.room, sizeof *larger.slot)))
    return lur_fail_memory(e);
  for (size_t i = 0; i < s->room; i++)
    if (s->slot[i] && s->slot[i] != GONE)
      put_new(&larger, s->slot[i] - 1);
  free(s->slot);
  *s = larger;
  return LUR_OK;
}

/* ---- What there is to draw ---- */
static uint64_t times(uint64_t a, uint64_t b) {
  return b && a > WITHOUT_END / b ? WITHOUT_END : a * b;
}

/* All combinations, those that are equal runs too; WITHOUT_END where an interval has no end of values. */
static uint64_t count_all(const struct lur_plan *p) {
  uint64_t n = 1;
  for (int i = 0; i < p->n_dimensions; i++)
    n = times(n, p->dimension[i].n ? p->dimension[i].n : WITHOUT_END);
  return n;
}

/* Combinations of a group that are runs of their own. */
static uint64_t count_group(const struct lur_plan *p, size_t g) {
  uint64_t n = lur_group_repeats(p, g) ? 0 : 1;
  for (int i = 0; i < p->n_dimensions; i++) {
    const struct dimension *d = &p->dimension[i];
    bool unread = lur_dimension_is_unread(&p->group[g], p, d);
    if (d->group_stride && unread && g / d->group_stride % d->n != 0)
      return 0;
    if (!d->group_stride && !unread)
      n = times(n, d->n ? d->n : WITHOUT_END);
  }
  return n;
}

/* Combinations of the grid that are runs of their own; WITHOUT_END where there are more. */
static uint64_t count_different(const struct lur_plan *p) {
  uint64_t sum = 0;
  for (size_t g = 0; g < p->n_groups && sum < WITHOUT_END; g++)
    sum += count_group(p, g);
  return sum < WITHOUT_END ? sum : WITHOUT_END;
}

uint64_t lur_plan_n_different(const struct lur_plan *p) {
  if (p->sampler != LUR_GRID)
    return p->n_points;
  return p->can_repeat ? count_different(p) : p->n_cells;
}

/* Points of lists, each value as likely as another, are a permutation. So many leading dimensions are permuted together
 * that their product stays below 2^120; what stands behind those is drawn for itself, and no two points are the same
 * even so. What they are crossed with is not among them. */
static void permute_all(struct lur_plan *p) {
  for (int i = 0; i < p->n_drawn; i++)
    if (p->dimension[i].n == 0 || p->axis[p->dimension[i].axis[0]].kind == LUR_A_LOGUNIFORM)
      return;
  p->permuted = 1;
  while (p->n_permuted < p->n_drawn && p->permuted <= ((lur_wide)1 << 120) / p->dimension[p->n_permuted].n)
    p->permuted *= p->dimension[p->n_permuted++].n;
}

/* ---- Walking through the sampler's points ---- */
struct drawn {
  struct lur_plan *p;
  struct lur_spec *at;   /* for where */
  uint64_t next, end;    /* of the sampler's points */
  uint64_t rest, n_rest; /* combinations of the grid, in a permuted order, when those are used up */
  struct set seen;
  bool lists, asks;
  size_t room; /* of plan.point */
};

/* 64 bits by which combinations differ: the number in the grid, unread axes at their first value. Where there are more
 * combinations than that, a mix of bits: two of them being one by chance leaves out a point, no more. */
static uint64_t mix(uint64_t x) {
  x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
  x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
  return x ^ x >> 31;
}

/* False where the combination reads an interval without an end of values: no other is equal. */
static bool make_key(const struct lur_plan *p, const struct place *at, uint64_t *key) {
  bool fits = true;
  uint64_t all = 1;
  *key = 0;
  for (int i = 0; i < p->n_dimensions; i++) {
    const struct dimension *d = &p->dimension[i];
    bool unread = lur_dimension_is_unread(&p->group[at->group], p, d);
    if (!unread && d->n == 0)
      return false;
    uint64_t n = d->n ? d->n : 1, index = unread ? 0 : at->index[d->axis[0]];
    if (i == p->batch_dimension)
      index = p->group[at->group].first_batch;
    fits = fits && all <= WITHOUT_END / n;
    all = fits ? all * n : all;
    *key = fits ? *key * n + index : mix(*key ^ mix(index + (uint64_t)i));
  }
  *key >>= fits ? 0 : 1;
  return true;
}

static int is_new(struct drawn *w, uint64_t point, bool *new, struct lur_error *e) {
  struct place at;
  uint64_t key;
  lur_place_point(w->p, point, &at);
  *new = true;
  if (!make_key(w->p, &at, &key))
    return LUR_OK;
  int rc = make_room(&w->seen, e);
  if (!rc)
    *new = put_new(&w->seen, key);
  return rc;
}

/* The r-th combination of the grid when the sampler's points are used up: drawn ones in a permuted order, each with all
 * that it is crossed with. */
static uint64_t rest_point(const struct drawn *w, uint64_t r) {
  const uint64_t n = w->p->n_crossed;
  return LUR_POINT_IN_GRID | (lur_permute(w->p->sampler_seed, LUR_PERMUTE_REST, w->n_rest / n, r / n) * n + r % n);
}

/* The next point that is a run of its own; false where there is none. */
static bool take_next(struct drawn *w, uint64_t *point, int *rc, struct lur_error *e) {
  bool new = !w->lists;
  *rc = LUR_OK;
  while (w->next < w->end && !*rc) {
    *point = w->next++;
    if (w->lists)
      *rc = is_new(w, *point, &new, e);
    if (new && !*rc)
      return true;
  }
  while (w->lists && w->rest < w->n_rest && !*rc) {
    *point = rest_point(w, w->rest++);
    *rc = is_new(w, *point, &new, e);
    if (new && !*rc)
      return true;
  }
  return false;
}

static int append(struct drawn *w, uint64_t n, uint64_t point, struct lur_error *e) {
  struct lur_plan *p = w->p;
  if (!w->lists)
    return LUR_OK;
  if (n >= MOST_LISTED)
    return lur_fail(e, LUR_EINPUT, "samples",
                    "%llu is more than the %d that can be told apart where points of a "
                    "sampler may be equal; sampler = \"random\" over lists that all runs read has no such bound",
                    (unsigned long long)p->n_asked, MOST_LISTED);
  if (!lur_grow(&p->point_of, &w->room, (size_t)n + 1, sizeof *p->point_of))
    return lur_fail_memory(e);
  p->point_of[n] = point;
  return LUR_OK;
}

/* The sampler's point, without what it is crossed with. */
static uint64_t drawn_point(const struct lur_plan *p, uint64_t point) {
  return (point & LUR_POINT_IN_GRID) | (point & ~LUR_POINT_IN_GRID) / p->n_crossed;
}

/* n_cells is without end until they are counted: all are of the first seed. A point is in if one of the combinations
 * that it is crossed with is. */
static int draw(struct drawn *w, struct lur_error *e) {
  struct lur_plan *p = w->p;
  const uint64_t n_asked = p->n_asked / p->n_crossed, most = LEAST_LOOKED_AT + LOOKED_AT_EACH * p->n_asked;
  uint64_t n = 0, kept = 0, n_in = 0, point = 0, at = 0;
  bool is_in = true; /* the point at which it stands */
  int rc = LUR_OK;
  p->n_cells = WITHOUT_END;
  while ((!w->asks || n < most) && take_next(w, &point, &rc, e)) {
    bool skips = false;
    if (n == 0 || drawn_point(p, point) != at)
      is_in = false;
    at = drawn_point(p, point);
    if (!is_in && n_in == n_asked)
      break;
    rc = append(w, n++, point, e);
    if (!rc && w->asks)
      rc = lur_plan_skips(p, n, w->at, &skips, e);
    if (rc)
      return rc;
    n_in += !skips && !is_in;
    is_in = is_in || !skips;
    kept += !skips;
  }
  p->n_cells = n;
  p->n_points = kept;
  if (!rc && !kept)
    rc = lur_fail(e, LUR_EINPUT, "where", "false for each of the first %llu points that were drawn",
                  (unsigned long long)p->n_cells);
  return rc;
}

/* ---- Latin squares of lists: two points exchange a value where one repeats, so that each value stays as often ---- */
enum { MOST_EXCHANGES = 256, EXCHANGES = 0x40000 /* apart from other draws */ };

static uint64_t key_of_cell(const struct lur_plan *p, uint64_t cell) {
  struct place at;
  uint64_t key = 0;
  lur_place_point(p, LUR_POINT_IN_GRID | cell, &at);
  make_key(p, &at, &key);
  return key;
}

/* With the value of dimension d of another cell. */
static uint64_t with_value(const struct lur_plan *p, uint64_t cell, uint64_t other, int d) {
  uint64_t stride = 1, n = p->dimension[d].n;
  for (int i = p->n_dimensions - 1; i > d; i--)
    stride *= p->dimension[i].n;
  return cell + other / stride % n * stride - cell / stride % n * stride;
}

/* Of points that were settled both sides are new afterwards; those that come later are looked at then. */
static bool exchange(struct drawn *w, uint64_t i, uint64_t j, int d) {
  uint64_t *cell = w->p->point_of;
  const bool settled = (cell[j] & LUR_POINT_IN_GRID) != 0;
  if (j == i || (j < i && !settled))
    return false;
  const uint64_t other = cell[j] & ~LUR_POINT_IN_GRID;
  const uint64_t one = with_value(w->p, cell[i], other, d), two = with_value(w->p, other, cell[i], d);
  const uint64_t key_one = key_of_cell(w->p, one), key_two = key_of_cell(w->p, two);
  if (w->seen.slot[find(&w->seen, key_one)] ||
      (settled && (key_one == key_two || w->seen.slot[find(&w->seen, key_two)])))
    return false;
  put_new(&w->seen, key_one);
  if (settled) {
    w->seen.slot[find(&w->seen, key_of_cell(w->p, other))] = GONE;
    put_new(&w->seen, key_two);
  }
  cell[i] = one | LUR_POINT_IN_GRID;
  cell[j] = two | (settled ? LUR_POINT_IN_GRID : 0);
  return true;
}

static int settle_point(struct drawn *w, uint64_t i, struct lur_error *e) {
  struct lur_plan *p = w->p;
  int rc = make_room(&w->seen, e);
  if (rc)
    return rc;
  if (put_new(&w->seen, key_of_cell(p, p->point_of[i]))) {
    p->point_of[i] |= LUR_POINT_IN_GRID;
    return LUR_OK;
  }
  for (uint32_t k = 0; k < MOST_EXCHANGES; k++) {
    uint64_t bits = lur_draw_bits(p->sampler_seed, i, EXCHANGES + k, LUR_DRAW_SAMPLER);
    int d = (int)((bits & 0xffffffff) % (uint64_t)p->n_dimensions);
    if (exchange(w, i, (bits >> 32) * p->n_asked >> 32, d))
      return LUR_OK;
  }
  return LUR_OK;
}

static int draw_square(struct drawn *w, struct lur_error *e) {
  struct lur_plan *p = w->p;
  const uint64_t n = p->n_asked;
  if (!(p->point_of = lur_alloc(n, sizeof *p->point_of)))
    return lur_fail_memory(e);
  struct place at;
  int rc = LUR_OK;
  for (uint64_t i = 0; i < n; i++) {
    lur_place_point(p, i, &at);
    for (int d = 0; d < p->n_dimensions; d++)
      p->point_of[i] = p->point_of[i] * p->dimension[d].n + at.index[p->dimension[d].axis[0]];
  }
  for (uint64_t i = 0; i < n && !rc; i++)
    rc = settle_point(w, i, e);
  w->next = w->end;
  for (uint64_t i = 0; i < n && !rc; i++)
    if (!(p->point_of[i] & LUR_POINT_IN_GRID) && !take_next(w, &p->point_of[i], &rc, e))
      break;
  p->n_cells = p->n_points = n;
  return rc;
}

static uint64_t sampler_end(const struct lur_plan *p, uint64_t different) {
  uint64_t many = times(different, 16);
  if (p->sampler == LUR_LATIN)
    return p->n_asked;
  if (p->n_permuted)
    return p->permuted < WITHOUT_END ? times((uint64_t)p->permuted, p->n_crossed) : WITHOUT_END;
  const uint64_t sobol = times(SOBOL_POINTS, p->n_crossed);
  return p->sampler == LUR_SOBOL && many > sobol ? sobol : many;
}

int lur_plan_draw(struct lur_plan *p, struct lur_error *e) {
  bool asks = p->sweep.calls->where != NULL;
  p->n_points = p->n_asked = p->n_cells;
  if (p->sampler == LUR_GRID)
    return LUR_OK;
  if (p->sampler == LUR_LATIN && asks)
    return lur_fail(e, LUR_EINPUT, "where",
                    "does not go with sampler = \"latin\", whose points fill all slices together; "
                    "sampler = \"random\" or \"sobol\" goes on past what it leaves out");
  if (p->sampler == LUR_RANDOM)
    permute_all(p);
  uint64_t different = count_different(p), all = count_all(p);
  struct drawn w = {.p = p, .asks = asks, .end = sampler_end(p, different)};
  bool finite = true;
  for (int i = 0; i < p->n_dimensions; i++)
    finite = finite && p->dimension[i].n;
  w.lists = p->can_repeat || (finite && !p->n_permuted); /* the sampler's own points may be equal runs */
  w.n_rest = all < WITHOUT_END ? all : 0;
  if (!w.lists && !asks) {
    p->n_points = p->n_cells = p->n_asked < w.end ? p->n_asked : w.end;
    return LUR_OK;
  }
  bool square =
      p->sampler == LUR_LATIN && p->n_crossed == 1 && w.n_rest && p->n_asked < different && p->n_asked <= MOST_LISTED;
  w.at = lur_copy(p->sweep.spec, 1, sizeof *w.at);
  int rc = !w.at ? lur_fail_memory(e) : square ? draw_square(&w, e) : draw(&w, e);
  free(w.at);
  free(w.seen.slot);
  return rc;
}

/* ---- How many runs a plan has ---- */
int lur_plan_count_runs(const struct lur_plan *p, uint64_t least, uint64_t time_ns, double *n_runs, bool *exact,
                        struct lur_error *e) {
  const uint64_t n = p->n_cells * p->n_replicates, begin_ns = lur_clock_ns();
  bool asks = p->sweep.calls->where != NULL, in_time = true;
  uint64_t looked_at = 0, kept = 0;
  struct lur_spec *at = asks ? lur_copy(p->sweep.spec, 1, sizeof *at) : NULL;
  int rc = asks && !at ? lur_fail_memory(e) : LUR_OK;
  for (; asks && !rc && looked_at < n && (looked_at < least || in_time); looked_at++) {
    bool skips = false;
    rc = lur_plan_skips(p, 1 + lur_permute(1, LUR_PERMUTE_REST, n, looked_at), at, &skips, e);
    kept += !skips;
    in_time = looked_at % 256 != 255 || lur_clock_ns() - begin_ns < time_ns;
  }
  free(at);
  *exact = !asks || looked_at == n;
  *n_runs = asks ? *exact ? (double)kept : (double)n * ((double)kept / (double)looked_at)
                 : (double)lur_plan_n_different(p) * (double)p->n_replicates;
  return rc;
}
