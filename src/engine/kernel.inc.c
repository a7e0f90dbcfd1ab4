/* SPDX-License-Identifier: MIT
 * The training step, written once over a vec. kernel_build.c compiles it for each instruction set and precision, as
 * blocks (a vec is many lanes of one pattern) and as tiles (a vec is several patterns of few lanes): stages.inc.h.
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
  if (j == l->n_units) return;
  vec s = l->bias ? lanes_get(w, n) : vec_set(0);
  for (int i = 0; i < l->n_inputs; i++) s = vec_fma(lanes_get(w, (size_t)i), layer_input(kind, l, p, i), s);
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
  if (i == l->n_inputs) return;
  const real *v = w + (size_t)i * N_LANES;
  vec s = vec_set(0);
  for (int j = 0; j < l->n_units; j++, v += stride) s = vec_fma(lanes_get(v, 0), get(l->d, (size_t)j), s);
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
  if (l->bias) reg_store(g + bias, vec_add_chain(n, dj, reg_load(g + bias)));
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
  if (!l->bias) return;
  reg_store(g + bias, vec_add_chain(FULL, d0, reg_load(g + bias)));
  reg_store(g + next + bias, vec_add_chain(FULL, d1, reg_load(g + next + bias)));
}
FUNCTION void add_gradient(enum input kind, const struct layer *l, const struct patterns *p, real *g) {
  const size_t stride = (size_t)(l->n_inputs + 1) * N_LANES;
  int j = 0;
  for (; p->n == FULL && j + 2 <= l->n_units; j += 2, g += 2 * stride) add_two_units(kind, l, p, j, g);
  for (; j < l->n_units; j++, g += stride) {
    if (p->n == FULL) add_unit(FULL, kind, l, p, j, g);
    else add_unit(p->n, kind, l, p, j, g);
  }
}
#else
/* g[j][i] += d[j] x[i], and for a bias d[j]. */
FUNCTION void add_gradient(enum input kind, const struct layer *l, const struct patterns *p, real *g) {
  for (int j = 0; j < l->n_units; j++, g += (size_t)(l->n_inputs + 1) * N_LANES) {
    const vec dj = get(l->d, (size_t)j);
    for (int i = 0; i < l->n_inputs; i++)
      put(g, (size_t)i, vec_fma(dj, layer_input(kind, l, p, i), get(g, (size_t)i)));
    if (l->bias) put(g, (size_t)l->n_inputs, vec_add(get(g, (size_t)l->n_inputs), dj));
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
      case INPUT_SHARED: add_gradient(INPUT_SHARED, l, p, g); break;
      case INPUT_OWN: add_gradient(INPUT_OWN, l, p, g); break;
      default: add_gradient(INPUT_LANES, l, p, g); break;
    }
  }
}

/* count: the patterns of the batch. */
static void update(const struct network *n, const struct patterns *p, size_t count) {
  const struct lur_structure *s = n->b->structure;
  struct rule r = {.block = n->b, .n = N_PARAMETERS, .inverse = (count & (count - 1)) == 0};
  r.count = vec_set(r.inverse ? 1 / (real)count : (real)count);
  if (s->optimizer == LUR_ADAM) correct_adam(n->b);
  for (int k = 0; k < n->n_layers; k++) {
    const struct layer *l = &n->layers[k];
    r.rate = lanes_get(n->b->numbers, (size_t)(LUR_ROW_RATE + k));
    if (s->optimizer == LUR_ADAM) r.rate = vec_div(r.rate, lanes_get(n->b->correction, 0));
    const enum source from = n->b->sums ? FROM_SUMS : l->first && p->shared ? FROM_SHARED : FROM_LANES;
    updates[s->optimizer](from, &r, l, p);
  }
}

/* ---- What an epoch sees ---- */
/* One value a pattern, added in visiting order. */
static void add_seen(struct lur_block *b, enum lur_seen row, int n, vec x) {
  real *at = (real *)b->seen + (size_t)row * N_LANES;
  if (TILES) reg_store(at, vec_add_chain(n, x, reg_load(at)));
  else vec_store(at, vec_add(vec_load(at), x));
}

static void see_error_max(struct lur_block *b, const struct outputs *u, int n) {
  real *at = (real *)b->seen + (size_t)LUR_SEEN_ERROR_MAX * N_LANES;
  for (int k = 0; k < u->n; k++) {
    const vec e = vec_abs(vec_sub(target(u, k), output(u, k)));
    if (TILES) {
      reg_store(at, vec_max_chain(n, e, reg_load(at)));
    } else {
      const vec most = vec_load(at);
      vec_store(at, vec_select(mask_or(vec_gt(e, most), vec_is_nan(e)), e, most));
    }
  }
}

static void see(const struct network *n, unsigned watch, const struct patterns *p) {
  struct lur_block *b = n->b;
  const struct outputs u = outputs_of(n, p);
  if (watch & 1u << LUR_SEEN_LOSS) add_seen(b, LUR_SEEN_LOSS, p->n, losses[b->structure->loss].loss(&u));
  if (watch & 1u << LUR_SEEN_ERROR_MAX) see_error_max(b, &u, p->n);
  if (watch & 1u << LUR_SEEN_RIGHT) add_seen(b, LUR_SEEN_RIGHT, p->n, hits(b, &u));
  if (watch & 1u << LUR_SEEN_MSE) add_seen(b, LUR_SEEN_MSE, p->n, loss_mse(&u));
  if (watch & 1u << LUR_SEEN_CROSS_ENTROPY) add_seen(b, LUR_SEEN_CROSS_ENTROPY, p->n, loss_cross_entropy(&u));
}

static void see_nothing(struct lur_block *b) {
  for (size_t i = 0; i < LUR_N_SEEN; i++) lanes_put(b->seen, i, reg_set(0));
}

/* Sums over patterns become means. */
static void see_means(struct lur_block *b, size_t n) {
  const size_t rows[] = {LUR_SEEN_LOSS, LUR_SEEN_RIGHT, LUR_SEEN_MSE, LUR_SEEN_CROSS_ENTROPY};
  real *seen = b->seen;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    for (size_t k = rows[i] * N_LANES; k < (rows[i] + 1) * N_LANES; k++) seen[k] = seen[k] / (real)n;
}

/* ---- Epochs ---- */
static bool cancelled(const struct lur_block *b) {
  for (int i = 0; i < 2; i++)
    if (b->cancel[i] && atomic_load_explicit(b->cancel[i], memory_order_relaxed)) return true;
  return false;
}

/* Collects what lane k's order has at `at` as the r-th pattern. */
static void gather_lane(struct lur_block *b, size_t n_inputs, size_t n_outputs, size_t at, size_t k, real *x) {
  const size_t step = b->train.shared ? 1 : N_LANES, from = b->order[k * b->train.n + at];
  const size_t lane = b->train.shared ? 0 : k;
  const real *inputs = (const real *)b->train.inputs + from * n_inputs * step + lane;
  const real *targets = (const real *)b->train.targets + from * n_outputs * step + lane;
  real *t = x + n_inputs * N_LANES;
  for (size_t i = 0; i < n_inputs; i++) x[i * N_LANES + k] = inputs[i * step];
  for (size_t i = 0; i < n_outputs; i++) t[i * N_LANES + k] = targets[i * step];
}

static void gather(struct lur_block *b, size_t first, struct patterns *p) {
  const struct lur_shape *s = &b->structure->shape;
  const size_t n_inputs = (size_t)s->width[0], n_outputs = (size_t)s->width[s->n_layers];
  for (size_t r = 0; r < N_PATTERNS; r++) {
    const size_t own = r < (size_t)p->n ? r : (size_t)p->n - 1;
    real *x = (real *)b->pattern + own * (n_inputs + n_outputs) * N_LANES;
    for (size_t k = 0; own == r && k < N_LANES; k++) gather_lane(b, n_inputs, n_outputs, first + r, k, x);
    p->x[r] = x;
    p->t[r] = x + n_inputs * N_LANES;
  }
}

/* The patterns first, first + 1 ... up to n of them, in this epoch's order or (order false) as they stand. */
static void take_patterns(struct lur_block *b, const struct lur_block_patterns *all, bool order, size_t first, size_t n,
                          struct patterns *p) {
  const struct lur_shape *s = &b->structure->shape;
  const size_t step = all->shared ? 1 : N_LANES;
  p->n = n < N_PATTERNS ? (int)n : N_PATTERNS;
  p->shared = all->shared && !order;
  if (order) {
    gather(b, first, p);
    return;
  }
  for (size_t r = 0; r < N_PATTERNS; r++) {
    const size_t at = first + (r < (size_t)p->n ? r : (size_t)p->n - 1);
    p->x[r] = (const real *)all->inputs + at * (size_t)s->width[0] * step;
    p->t[r] = (const real *)all->targets + at * (size_t)s->width[s->n_layers] * step;
  }
}

/* The patterns [first, first + count) and the update that they give. */
static void train_batch(const struct network *n, unsigned watch, size_t first, size_t count) {
  struct lur_block *b = n->b;
  struct patterns p;
  if (b->sums) memset(b->gradient, 0, b->n_parameters * N_LANES * sizeof(real));
  for (size_t s = 0; s < count; s += N_PATTERNS) {
    take_patterns(b, &b->train, b->order != NULL, first + s, count - s, &p);
    forward(n, b->parameters, &p);
    if (watch) see(n, watch, &p);
    backward(n, &p);
    if (b->sums) sum_gradients(n, &p);
  }
  update(n, &p, count);
}

static bool train_epoch(const struct network *net, unsigned watch) {
  struct lur_block *b = net->b;
  const size_t n = b->train.n, batch = b->batch;
  if (watch) see_nothing(b);
  if (b->order)
    for (size_t k = 0; k < N_LANES; k++)
      lur_draw_order(b->seed[k], (uint32_t)b->epoch[k], LUR_DRAW_SHUFFLE, n, b->order + k * n);
  for (size_t first = 0; first < n; first += batch) {
    if (cancelled(b)) return false;
    train_batch(net, watch, first, n - first < batch ? n - first : batch);
  }
  if (watch) see_means(b, n);
  for (int k = 0; k < N_LANES; k++) b->epoch[k]++;
  return true;
}

/* x - x is 0 for finite x and NaN for all others, and a sum of them is NaN where one is. */
static void sum_not_finite(const struct lur_block *b, real *sum) {
  for (size_t r = 0; r < N_LANES; r += REG_LANES) {
    reg s = reg_set(0);
    for (size_t i = 0; i < b->n_parameters; i++) {
      const reg w = reg_load((const real *)b->parameters + i * N_LANES + r);
      s = reg_add(s, reg_sub(w, w));
    }
    reg_store(sum + r, s);
  }
}

static bool look_finite(const struct lur_block *b, unsigned char *lanes) {
  real sum[N_LANES] __attribute__((aligned(64)));
  bool all = true;
  sum_not_finite(b, sum);
  for (int k = 0; k < N_LANES; k++) {
    const bool is_finite = sum[k] == 0;
    if (lanes) lanes[k] = is_finite;
    all = all && is_finite;
  }
  return all;
}

static uint64_t train(struct lur_block *b, uint64_t n) {
  struct network net;
  lay_out(&net, b);
  for (uint64_t done = 0; done < n;) {
    if (!train_epoch(&net, done + 1 == n ? b->watch : 0)) return 0;
    done++;
    if (b->epoch[0] % LUR_CHECK_EPOCHS == 0 && !look_finite(b, NULL)) return done;
  }
  return n;
}

static bool evaluate(struct lur_block *b, const void *parameters, const struct lur_block_patterns *all) {
  struct network net;
  lay_out(&net, b);
  see_nothing(b);
  for (size_t s = 0; s < all->n; s += N_PATTERNS) {
    struct patterns p;
    if (s % 64 == 0 && cancelled(b)) return false;
    take_patterns(b, all, false, s, all->n - s, &p);
    forward(&net, parameters, &p);
    see(&net, b->watch, &p);
  }
  see_means(b, all->n);
  return true;
}

const struct lur_kernel KERNEL;
const struct lur_kernel KERNEL = {KERNEL_ISA, N_LANES, N_PATTERNS, train, evaluate, look_finite};
