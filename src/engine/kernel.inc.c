/* SPDX-License-Identifier: MIT
 * The training step, written once over a vec. kernel_build.c compiles it for each instruction set and precision, as
 * blocks (a vec is many lanes of one pattern), as tiles (several patterns of few lanes) and as rows (many patterns of
 * one run): stages.inc.h.
 *
 * Legend: w a parameter, g its gradient, z a unit's sum, a = f(z) its output, d (delta) the loss's slope by z,
 * x an input, t a target; layer l has n_inputs = width[l] and n_units = width[l + 1]; j counts units, i inputs.
 * Parameters stand layer by layer, unit by unit: the unit's weights in input order, then its bias.
 *
 * Algorithm: backpropagation with the formulas of docs/numerics.md in their written order. Sums go over i (forward),
 * j (back) and patterns (gradients) one after the other; what is independent (units, patterns forward, lanes) is done
 * side by side.
 * Thread rule: a block belongs to one thread; nothing else is written. */
#include "engine/stages.inc.h"

/* A block's network, laid out once a call. */
struct network {
  struct lur_block *b;
  int n_layers;
  struct layer layers[LUR_MAX_LAYERS];
};

static void lay_out(struct network *n, struct lur_block *b) {
  const struct lur_shape *s = &b->structure->shape;
  size_t unit = 0;
  n->b = b;
  n->n_layers = s->n_layers;
  for (int k = 0; k < s->n_layers; k++) {
    struct layer *l = &n->layers[k];
    *l = (struct layer){.n_units = s->width[k + 1], .n_inputs = s->width[k], .bias = s->bias, .first = k == 0};
    l->f = k == s->n_layers - 1 ? s->output : s->hidden;
    l->start = lur_shape_layer_start(s, k);
    l->x = k > 0 ? n->layers[k - 1].a : NULL;
    l->z = element(b->z, unit);
    l->a = element(b->a, unit);
    l->d = element(b->delta, unit);
    unit += (size_t)l->n_units;
  }
}

/* ---- Sums ---- */
/* z[j] = b[j] + sum over i of W[j][i] x[i], two units at a time. */
FUNCTION void layer_sums(enum input kind, const struct layer *l, const struct patterns *p, const real *w) {
  const size_t n = (size_t)l->n_inputs, stride = (n + 1) * N_LANES;
  int j = 0;
  for (; j + 2 <= l->n_units; j += 2, w += 2 * stride) {
    const real *v = w + stride;
    vec s = l->bias ? lanes_get(w, n) : vec_set(0), r = l->bias ? lanes_get(v, n) : vec_set(0);
    for (int i = 0; i < l->n_inputs; i++) {
      const vec x = layer_input(kind, l, p, i);
      s = vec_fma(lanes_get(w, (size_t)i), x, s);
      r = vec_fma(lanes_get(v, (size_t)i), x, r);
    }
    put(l->z, (size_t)j, s);
    put(l->z, (size_t)j + 1, r);
  }
  if (j == l->n_units)
    return;
  vec s = l->bias ? lanes_get(w, n) : vec_set(0);
  for (int i = 0; i < l->n_inputs; i++)
    s = vec_fma(lanes_get(w, (size_t)i), layer_input(kind, l, p, i), s);
  put(l->z, (size_t)j, s);
}

/* back[i] = sum from +0 over j of W[j][i] d[j], two inputs at a time. */
static void back_sums(const struct layer *l, const real *w, real *back) {
  const size_t stride = (size_t)(l->n_inputs + 1) * N_LANES;
  int i = 0;
  for (; i + 2 <= l->n_inputs; i += 2) {
    const real *v = w + (size_t)i * N_LANES;
    vec s = vec_set(0), r = s;
    for (int j = 0; j < l->n_units; j++, v += stride) {
      const vec dj = get(l->d, (size_t)j);
      s = vec_fma(lanes_get(v, 0), dj, s);
      r = vec_fma(lanes_get(v, 1), dj, r);
    }
    put(back, (size_t)i, s);
    put(back, (size_t)i + 1, r);
  }
  if (i == l->n_inputs)
    return;
  const real *v = w + (size_t)i * N_LANES;
  vec s = vec_set(0);
  for (int j = 0; j < l->n_units; j++, v += stride)
    s = vec_fma(lanes_get(v, 0), get(l->d, (size_t)j), s);
  put(back, (size_t)i, s);
}

#if TILES
/* g[j][i] += d[j] x[i] over the n patterns of the tile, one after the other, two units at a time. */
FUNCTION void add_unit(int n, enum input kind, const struct layer *l, const struct patterns *p, int j, real *g) {
  const size_t bias = (size_t)l->n_inputs * N_LANES;
  const vec dj = get(l->d, (size_t)j);
  for (int i = 0; i < l->n_inputs; i++) {
    real *at = g + (size_t)i * N_LANES;
    reg_store(at, vec_fma_chain(n, dj, layer_input(kind, l, p, i), reg_load(at)));
  }
  if (l->bias)
    reg_store(g + bias, vec_add_chain(n, dj, reg_load(g + bias)));
}
FUNCTION void add_two_units(enum input kind, const struct layer *l, const struct patterns *p, int j, real *g) {
  const size_t bias = (size_t)l->n_inputs * N_LANES, next = bias + N_LANES;
  const vec d0 = get(l->d, (size_t)j), d1 = get(l->d, (size_t)j + 1);
  for (int i = 0; i < l->n_inputs; i++) {
    real *at = g + (size_t)i * N_LANES;
    const vec x = layer_input(kind, l, p, i);
    reg_store(at, vec_fma_chain(FULL, d0, x, reg_load(at)));
    reg_store(at + next, vec_fma_chain(FULL, d1, x, reg_load(at + next)));
  }
  if (!l->bias)
    return;
  reg_store(g + bias, vec_add_chain(FULL, d0, reg_load(g + bias)));
  reg_store(g + next + bias, vec_add_chain(FULL, d1, reg_load(g + next + bias)));
}
FUNCTION void add_gradient(enum input kind, const struct layer *l, const struct patterns *p, real *g, real *rows) {
  const size_t stride = (size_t)(l->n_inputs + 1) * N_LANES;
  int j = 0;
  (void)rows;
  for (; p->n == FULL && j + 2 <= l->n_units; j += 2, g += 2 * stride)
    add_two_units(kind, l, p, j, g);
  for (; j < l->n_units; j++, g += stride) {
    if (p->n == FULL)
      add_unit(FULL, kind, l, p, j, g);
    else
      add_unit(p->n, kind, l, p, j, g);
  }
}
#elif ROWS
FUNCTION real one_fma(real a, real b, real c) {
#if VEC_FLOAT
  return fmaf(a, b, c);
#else
  return fma(a, b, c);
#endif
}

/* rows[s] = the inputs of pattern s: the data's own, or turned into room. */
static void find_rows(const struct layer *l, const struct patterns *p, real *room, const real **rows) {
  const size_t n_inputs = (size_t)l->n_inputs;
  for (int s = 0; s < p->n; s++)
    rows[s] = l->first ? p->row[s] : room + (size_t)s * n_inputs;
  for (size_t i = 0; !l->first && i < n_inputs; i++)
    for (size_t s = 0; s < (size_t)p->n; s++)
      room[s * n_inputs + i] = l->x[i * VEC_LANES + s];
}

/* g[u][i] += d[u][s] x[s][i] over the n patterns s, one after the other; a few units u and many i at once. */
FUNCTION void add_units(int n_units, const struct layer *l, int n, const real *d, const real *const *x, real *g) {
  const size_t n_inputs = (size_t)l->n_inputs, stride = n_inputs + 1;
  vec sum[2];
  reg part[2];
  size_t i = 0;
  for (; i + VEC_LANES <= n_inputs; i += VEC_LANES) {
    UNROLL for (int u = 0; u < n_units; u++) sum[u] = vec_load_anywhere(g + (size_t)u * stride + i);
    for (int s = 0; s < n; s++) {
      const vec xs = vec_load_anywhere(x[s] + i);
      UNROLL for (int u = 0; u < n_units; u++) sum[u] = vec_fma(vec_set(d[u * VEC_LANES + s]), xs, sum[u]);
    }
    UNROLL for (int u = 0; u < n_units; u++) vec_store_anywhere(g + (size_t)u * stride + i, sum[u]);
  }
  for (; i + REG_LANES <= n_inputs; i += REG_LANES) {
    UNROLL for (int u = 0; u < n_units; u++) part[u] = reg_load_anywhere(g + (size_t)u * stride + i);
    for (int s = 0; s < n; s++)
      UNROLL for (int u = 0; u < n_units; u++) part[u] =
          reg_fma(reg_set(d[u * VEC_LANES + s]), reg_load_anywhere(x[s] + i), part[u]);
    UNROLL for (int u = 0; u < n_units; u++) reg_store_anywhere(g + (size_t)u * stride + i, part[u]);
  }
  for (int u = 0; u < n_units; u++, g += stride, d += VEC_LANES) {
    for (size_t k = i; k < n_inputs; k++)
      for (int s = 0; s < n; s++)
        g[k] = one_fma(d[s], x[s][k], g[k]);
    for (int s = 0; l->bias && s < n; s++)
      g[n_inputs] = g[n_inputs] + d[s];
  }
}

FUNCTION void add_gradient(enum input kind, const struct layer *l, const struct patterns *p, real *g, real *room) {
  const size_t stride = (size_t)l->n_inputs + 1;
  const real *rows[VEC_LANES], *d = l->d;
  int j = 0;
  (void)kind;
  find_rows(l, p, room, rows);
  for (; j + 2 <= l->n_units; j += 2, g += 2 * stride, d += 2 * VEC_LANES)
    add_units(2, l, p->n, d, rows, g);
  if (j < l->n_units)
    add_units(1, l, p->n, d, rows, g);
}
#else
/* g[j][i] += d[j] x[i], and for a bias d[j]. */
FUNCTION void add_gradient(enum input kind, const struct layer *l, const struct patterns *p, real *g, real *rows) {
  (void)rows;
  for (int j = 0; j < l->n_units; j++, g += (size_t)(l->n_inputs + 1) * N_LANES) {
    const vec dj = get(l->d, (size_t)j);
    for (int i = 0; i < l->n_inputs; i++)
      put(g, (size_t)i, vec_fma(dj, layer_input(kind, l, p, i), get(g, (size_t)i)));
    if (l->bias)
      put(g, (size_t)l->n_inputs, vec_add(get(g, (size_t)l->n_inputs), dj));
  }
}
#endif

/* ---- Patterns through the network ---- */
FUNCTION enum input input_kind(const struct layer *l, const struct patterns *p) {
  return !l->first ? INPUT_LANES : p->shared ? INPUT_SHARED : TILES ? INPUT_OWN : INPUT_LANES;
}

static void forward(const struct network *n, const void *parameters, const struct patterns *p) {
  for (int k = 0; k < n->n_layers; k++) {
    const struct layer *l = &n->layers[k];
    const real *w = (const real *)parameters + l->start * N_LANES;
    switch (input_kind(l, p)) {
    case INPUT_SHARED: layer_sums(INPUT_SHARED, l, p, w); break;
    case INPUT_OWN: layer_sums(INPUT_OWN, l, p, w); break;
    default: layer_sums(INPUT_LANES, l, p, w); break;
    }
    activations[l->f].activate(l->n_units, l->z, l->a);
  }
}

static struct outputs outputs_of(const struct network *n, const struct patterns *p) {
  const struct layer *l = &n->layers[n->n_layers - 1];
  return (struct outputs){l->n_units, l->f, l->z, l->a, p};
}

/* The deltas of all layers, with the weights as they are. */
static void backward(const struct network *n, const struct patterns *p) {
  const struct outputs u = outputs_of(n, p);
  losses[n->b->structure->loss].delta(&u, n->layers[n->n_layers - 1].d);
  for (int k = n->n_layers - 1; k > 0; k--) {
    const struct layer *l = &n->layers[k], *below = l - 1;
    back_sums(l, (const real *)n->b->parameters + l->start * N_LANES, below->d);
    activations[below->f].slope(below->n_units, below->z, below->a, below->d);
  }
}

static void sum_gradients(const struct network *n, const struct patterns *p) {
  for (int k = 0; k < n->n_layers; k++) {
    const struct layer *l = &n->layers[k];
    real *g = (real *)n->b->gradient + l->start * N_LANES;
    switch (input_kind(l, p)) {
    case INPUT_SHARED: add_gradient(INPUT_SHARED, l, p, g, n->b->rows); break;
    case INPUT_OWN: add_gradient(INPUT_OWN, l, p, g, n->b->rows); break;
    default: add_gradient(INPUT_LANES, l, p, g, n->b->rows); break;
    }
  }
}

/* count: the patterns of the batch. */
static void update(const struct network *n, const struct patterns *p, size_t count) {
  const struct lur_structure *s = n->b->structure;
  struct rule r = {.block = n->b, .n = N_PARAMETERS, .inverse = (count & (count - 1)) == 0};
  r.count = vec_set(r.inverse ? 1 / (real)count : (real)count);
  if (s->optimizer == LUR_ADAM)
    correct_adam(n->b);
  for (int k = 0; k < n->n_layers; k++) {
    const struct layer *l = &n->layers[k];
    r.rate = lanes_get(n->b->numbers, (size_t)(LUR_ROW_RATE + k));
    if (s->optimizer == LUR_ADAM)
      r.rate = vec_div(r.rate, lanes_get(n->b->correction, 0));
    const enum source from = n->b->sums ? FROM_SUMS : l->first && p->shared ? FROM_SHARED : FROM_LANES;
    updates[s->optimizer](from, &r, l, p);
  }
}

/* ---- What an epoch sees ---- */
/* One value a pattern, added in visiting order. */
static void add_seen(struct lur_block *b, enum lur_seen row, int n, vec x) {
  real *at = (real *)b->seen + (size_t)row * N_LANES, each[VEC_LANES] __attribute__((aligned(64)));
  vec_store(each, x);
  for (int s = 0; s < n; s++)
    for (int k = 0; k < N_LANES; k++)
      at[k] = at[k] + each[s * N_LANES + k];
}

/* The largest so far; a NaN, once met, stays. */
static void see_largest(struct lur_block *b, enum lur_seen row, int n, vec x) {
  real *at = (real *)b->seen + (size_t)row * N_LANES, each[VEC_LANES] __attribute__((aligned(64)));
  vec_store(each, x);
  for (int s = 0; s < n; s++)
    for (int k = 0; k < N_LANES; k++) {
      const real e = each[s * N_LANES + k];
      at[k] = e > at[k] || e != e ? e : at[k];
    }
}

static void see_error_max(struct lur_block *b, const struct outputs *u, int n) {
  for (int k = 0; k < u->n; k++)
    see_largest(b, LUR_SEEN_ERROR_MAX, n, vec_abs(vec_sub(target(u, k), output(u, k))));
}

/* The errors, output by output of one pattern after the other; the deltas' place is free until they are computed. */
static void add_errors(struct lur_block *b, const struct outputs *u, real *error) {
  real *at = (real *)b->seen + (size_t)LUR_SEEN_RECORD * N_LANES;
  for (int k = 0; k < u->n; k++)
    put(error, (size_t)k, vec_sub(target(u, k), output(u, k)));
  for (int s = 0; s < u->pattern->n; s++)
    for (int k = 0; k < u->n; k++)
      for (int lane = 0; lane < N_LANES; lane++)
        at[lane] = at[lane] + element(error, (size_t)k)[s * N_LANES + lane];
}

/* What a record shows of the epoch's last pattern, before its update. */
static void keep_last(const struct network *n, int last) {
  struct lur_block *b = n->b;
  const struct layer *l = &n->layers[n->n_layers - 1];
  for (int k = 0; k < l->n_units; k++)
    memcpy((real *)b->last_output + (size_t)k * N_LANES, element(l->a, (size_t)k) + last * N_LANES,
           N_LANES * sizeof(real));
  memcpy(b->last_parameters, b->parameters, b->n_parameters * N_LANES * sizeof(real));
}

static void see(const struct network *n, unsigned watch, const struct patterns *p) {
  struct lur_block *b = n->b;
  const struct outputs u = outputs_of(n, p);
  if (watch & 1u << LUR_SEEN_LOSS)
    add_seen(b, LUR_SEEN_LOSS, p->n, losses[b->structure->loss].loss(&u));
  if (watch & 1u << LUR_SEEN_ERROR_MAX)
    see_error_max(b, &u, p->n);
  if (watch & 1u << LUR_SEEN_RIGHT)
    add_seen(b, LUR_SEEN_RIGHT, p->n, hits(b, &u));
  if (watch & 1u << LUR_SEEN_MSE)
    add_seen(b, LUR_SEEN_MSE, p->n, loss_mse(&u));
  if (watch & 1u << LUR_SEEN_CROSS_ENTROPY)
    add_seen(b, LUR_SEEN_CROSS_ENTROPY, p->n, loss_cross_entropy(&u));
  if (watch & 1u << LUR_SEEN_RECORD)
    add_errors(b, &u, n->layers[n->n_layers - 1].d);
}

static void see_nothing(struct lur_block *b) {
  for (size_t i = 0; i < LUR_N_SEEN; i++)
    lanes_clear(b->seen, i);
}

/* Sums over patterns become means. */
static void see_means(struct lur_block *b, size_t n) {
  const size_t rows[] = {LUR_SEEN_LOSS, LUR_SEEN_RIGHT, LUR_SEEN_MSE, LUR_SEEN_CROSS_ENTROPY};
  real *seen = b->seen;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    for (size_t k = rows[i] * N_LANES; k < (rows[i] + 1) * N_LANES; k++)
      seen[k] = seen[k] / (real)n;
}

/* ---- Epochs ---- */
static bool cancelled(const struct lur_block *b) {
  for (int i = 0; i < 2; i++)
    if (b->cancel[i] && atomic_load_explicit(b->cancel[i], memory_order_relaxed))
      return true;
  return false;
}

/* Where the kernel's form collects value i of pattern r and lane k. */
FUNCTION size_t place(size_t row, size_t r, size_t i, size_t k) {
  return TILES ? (r * row + i) * N_LANES + k : i * VEC_LANES + r + k;
}

/* Collects pattern `from` of lane k as the r-th. */
static void collect(struct lur_block *b, const struct lur_block_patterns *all, size_t from, size_t r, size_t k) {
  const struct lur_shape *s = &b->structure->shape;
  const size_t n_inputs = (size_t)s->width[0], n_outputs = (size_t)s->width[s->n_layers], row = n_inputs + n_outputs;
  const size_t step = all->shared ? 1 : N_LANES, lane = all->shared ? 0 : k;
  const real *inputs = (const real *)all->inputs + from * n_inputs * step + lane;
  const real *targets = (const real *)all->targets + from * n_outputs * step + lane;
  real *to = b->pattern;
  for (size_t i = 0; i < n_inputs; i++)
    to[place(row, r, i, k)] = inputs[i * step];
  for (size_t i = 0; i < n_outputs; i++)
    to[place(row, r, n_inputs + i, k)] = targets[i * step];
}

/* All lanes' patterns, each by its order, or in rows (order NULL) those that stand there. */
static void gather(struct lur_block *b, const struct lur_block_patterns *all, const uint32_t *order, size_t first,
                   struct patterns *p) {
  const struct lur_shape *s = &b->structure->shape;
  const size_t n_inputs = (size_t)s->width[0], row = n_inputs + (size_t)s->width[s->n_layers];
  for (size_t r = 0; r < N_PATTERNS; r++) {
    const size_t own = r < (size_t)p->n ? r : (size_t)p->n - 1;
    for (size_t k = 0; (ROWS || own == r) && k < N_LANES; k++)
      collect(b, all, order ? order[k * all->n + first + own] : first + own, r, k);
#if ROWS
    p->row[r] = (const real *)all->inputs + (order ? order[first + own] : first + own) * n_inputs;
#endif
    if (!TILES && r > 0)
      continue;
    p->x[r] = (real *)b->pattern + place(row, own, 0, 0);
    p->t[r] = (real *)b->pattern + place(row, own, n_inputs, 0);
  }
}

/* The patterns first, first + 1 ... up to n of them, in lanes' orders or (order NULL) as they stand. */
static void take_patterns(struct lur_block *b, const struct lur_block_patterns *all, const uint32_t *order,
                          size_t first, size_t n, struct patterns *p) {
  const struct lur_shape *s = &b->structure->shape;
  const size_t step = all->shared ? 1 : N_LANES;
  p->n = n < N_PATTERNS ? (int)n : N_PATTERNS;
  p->shared = all->shared && !order && !ROWS;
  if (order || ROWS) {
    gather(b, all, order, first, p);
    return;
  }
  for (size_t r = 0; r < N_PATTERNS; r++) {
    const size_t at = first + (r < (size_t)p->n ? r : (size_t)p->n - 1);
    p->x[r] = (const real *)all->inputs + at * (size_t)s->width[0] * step;
    p->t[r] = (const real *)all->targets + at * (size_t)s->width[s->n_layers] * step;
  }
}

/* The patterns [first, first + count) and the update that they give; false where it was cancelled. */
static bool train_batch(const struct network *n, unsigned watch, size_t first, size_t count) {
  struct lur_block *b = n->b;
  struct patterns p;
  if (b->sums)
    memset(b->gradient, 0, b->n_parameters * N_LANES * sizeof(real));
  for (size_t s = 0; s < count; s += N_PATTERNS) {
    if (cancelled(b))
      return false;
    take_patterns(b, &b->train, b->order, first + s, count - s, &p);
    forward(n, b->parameters, &p);
    if (watch)
      see(n, watch, &p);
    backward(n, &p);
    if (b->sums)
      sum_gradients(n, &p);
  }
  if (watch & 1u << LUR_SEEN_RECORD && first + count == b->train.n)
    keep_last(n, p.n - 1);
  update(n, &p, count);
  return true;
}

static bool train_epoch(const struct network *net, unsigned watch) {
  struct lur_block *b = net->b;
  const size_t n = b->train.n, batch = b->batch;
  if (watch)
    see_nothing(b);
  if (b->order)
    for (size_t k = 0; k < N_LANES; k++)
      lur_draw_order(b->seed[k], (uint32_t)b->epoch[k], LUR_DRAW_SHUFFLE, n, b->order + k * n);
  for (size_t first = 0; first < n; first += batch)
    if (!train_batch(net, watch, first, n - first < batch ? n - first : batch))
      return false;
  if (watch)
    see_means(b, n);
  for (int k = 0; k < N_LANES; k++)
    b->epoch[k]++;
  return true;
}

/* x - x is 0 for finite x and NaN for all others, and a sum of them is NaN where one is. */
static void sum_not_finite(const struct lur_block *b, real *sum) {
  const real *w = b->parameters;
  sum[0] = 0;
  for (size_t r = 0; !ROWS && r < N_LANES; r += REG_LANES) {
    reg s = reg_set(0);
    for (size_t i = 0; i < b->n_parameters; i++) {
      const reg x = reg_load(w + i * N_LANES + r);
      s = reg_add(s, reg_sub(x, x));
    }
    reg_store(sum + r, s);
  }
  for (size_t i = 0; ROWS && i < b->n_parameters; i++)
    sum[0] = sum[0] + (w[i] - w[i]);
}

static bool look_finite(const struct lur_block *b, unsigned char *lanes) {
  real sum[N_LANES] __attribute__((aligned(64)));
  bool all = true;
  sum_not_finite(b, sum);
  for (int k = 0; k < N_LANES; k++) {
    const bool is_finite = sum[k] == 0;
    if (lanes)
      lanes[k] = is_finite;
    all = all && is_finite;
  }
  return all;
}

#if BLOCKS
/* ---- One sigmoid unit, by w = w - rate (o - t) x: the same operations, with all that is its in registers ---- */
enum { MOST_NEURON_INPUTS = 2, MOST_QUIET = 1 << 16 }; /* patterns between looks at `cancel` */

static bool is_neuron(const struct network *n) {
  const struct lur_block *b = n->b;
  const struct layer *l = &n->layers[0];
  return n->n_layers == 1 && l->n_units == 1 && l->n_inputs <= MOST_NEURON_INPUTS && l->f == LUR_SIGMOID &&
         b->structure->loss != LUR_MSE && b->structure->optimizer == LUR_SGD && !b->any_decay && !b->sums &&
         !b->order && b->train.shared;
}

/* The step along pattern x. w has the weights, then the bias. */
FUNCTION void neuron_step(int n_inputs, bool bias, const real *x, real t, vec down, vec *w) {
  vec z = bias ? w[n_inputs] : vec_set(0);
  z = vec_fma(w[0], vec_set(x[0]), z);
  if (n_inputs > 1)
    z = vec_fma(w[1], vec_set(x[1]), z);
  const vec d = vec_sub(vec_sigmoid(z), vec_set(t));
  w[0] = vec_fma(down, vec_mul(d, vec_set(x[0])), w[0]);
  if (n_inputs > 1)
    w[1] = vec_fma(down, vec_mul(d, vec_set(x[1])), w[1]);
  if (bias)
    w[n_inputs] = vec_fma(down, d, w[n_inputs]);
}

FUNCTION bool neuron_is_finite(int n_inputs, bool bias, const vec *w) {
  vec sum = vec_sub(w[0], w[0]); /* 0, or NaN */
  for (int i = 1; i < n_inputs + bias; i++)
    sum = vec_add(sum, vec_sub(w[i], w[i]));
  return !mask_any(vec_is_nan(sum));
}

/* n epochs: the loop that a sweep of neurons spends its time in. A function of its own for each kind of neuron, for
 * gcc gives registers out better where nothing else is in it. */
FUNCTION void neuron_steps(int n_inputs, bool bias, const struct lur_block_patterns *p, uint64_t n, vec down, vec *w) {
  const real *inputs = p->inputs, *targets = p->targets;
  vec v[MOST_NEURON_INPUTS + 1];
  for (int i = 0; i < n_inputs + bias; i++)
    v[i] = w[i];
  for (uint64_t epoch = 0; epoch < n; epoch++)
    for (size_t s = 0; s < p->n; s++)
      neuron_step(n_inputs, bias, inputs + s * (size_t)n_inputs, targets[s], down, v);
  for (int i = 0; i < n_inputs + bias; i++)
    w[i] = v[i];
}
#define NEURON(name, n_inputs, bias)                                                                                   \
  static __attribute__((noinline)) void name(const struct lur_block_patterns *p, uint64_t n, vec down, vec *w) {       \
    neuron_steps(n_inputs, bias, p, n, down, w);                                                                       \
  }
NEURON(neuron_of_1, 1, false)
NEURON(neuron_of_1_bias, 1, true)
NEURON(neuron_of_2, 2, false)
NEURON(neuron_of_2_bias, 2, true)
#undef NEURON

/* Up to n epochs that nothing looks at, and none past a look for divergence that finds some. */
static uint64_t train_neuron(struct lur_block *b, bool bias, int n_inputs, uint64_t n) {
  static void (*const steps[MOST_NEURON_INPUTS][2])(const struct lur_block_patterns *, uint64_t, vec, vec *) = {
      {neuron_of_1, neuron_of_1_bias}, {neuron_of_2, neuron_of_2_bias}};
  const vec down = vec_neg(lanes_get(b->numbers, LUR_ROW_RATE));
  vec w[MOST_NEURON_INPUTS + 1];
  uint64_t to_look = LUR_CHECK_EPOCHS - b->epoch[0] % LUR_CHECK_EPOCHS, done = 0;
  for (int i = 0; i <= n_inputs; i++)
    w[i] = get(b->parameters, (size_t)i);
  while (done < n) {
    const uint64_t now = n - done < to_look ? n - done : to_look;
    steps[n_inputs - 1][bias](&b->train, now, down, w);
    done += now;
    if (!neuron_is_finite(n_inputs, bias, w))
      break;
    to_look = LUR_CHECK_EPOCHS;
  }
  for (int i = 0; i <= n_inputs; i++)
    put(b->parameters, (size_t)i, w[i]);
  return done;
}

/* The epochs of up to n that can run without a look from outside. */
static uint64_t train_quietly(const struct network *net, uint64_t n) {
  struct lur_block *b = net->b;
  const uint64_t most = MOST_QUIET / b->train.n;
  if (most == 0 || !is_neuron(net))
    return 0;
  n = train_neuron(b, net->layers[0].bias, net->layers[0].n_inputs, n < most ? n : most);
  for (int k = 0; k < N_LANES; k++)
    b->epoch[k] += n;
  return n;
}
#else
static uint64_t train_quietly(const struct network *net, uint64_t n) {
  (void)net;
  (void)n;
  return 0;
}
#endif

static uint64_t train(struct lur_block *b, uint64_t n) {
  struct network net;
  lay_out(&net, b);
  for (uint64_t done = 0; done < n;) {
    const uint64_t quiet = cancelled(b) ? 0 : train_quietly(&net, b->watch ? n - done - 1 : n - done);
    if (quiet == 0 && !train_epoch(&net, done + 1 == n ? b->watch : 0))
      return 0;
    done += quiet > 0 ? quiet : 1;
    if (b->epoch[0] % LUR_CHECK_EPOCHS == 0 && !look_finite(b, NULL))
      return done;
  }
  return n;
}

static bool evaluate(struct lur_block *b, const void *parameters, const struct lur_block_patterns *all) {
  struct network net;
  lay_out(&net, b);
  see_nothing(b);
  for (size_t s = 0; s < all->n; s += N_PATTERNS) {
    struct patterns p;
    if (cancelled(b))
      return false;
    take_patterns(b, all, NULL, s, all->n - s, &p);
    forward(&net, parameters, &p);
    see(&net, b->watch, &p);
  }
  see_means(b, all->n);
  return true;
}

const struct lur_kernel KERNEL;
const struct lur_kernel KERNEL = {KERNEL_ISA, N_LANES, N_PATTERNS, train, evaluate, look_finite};
