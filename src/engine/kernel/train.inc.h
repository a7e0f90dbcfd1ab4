/* SPDX-License-Identifier: MIT
 * The training step, written once over a vec. build.c compiles it for each instruction set and precision, as blocks (a
 * vec is many lanes of one pattern), as tiles (several patterns of few lanes) and as units (of the layers of one run):
 * places.inc.h.
 *
 * Legend: w a parameter, g its gradient, z a unit's sum, a = f(z) its output, d (delta) the loss's slope by z,
 * x an input, t a target; layer l has n_units = width[l + 1] and n_inputs = width[l], or with shortcuts those of more
 * sources; j counts units, i inputs.
 * Parameters stand layer by layer, unit by unit: the unit's weights in input order, then its bias.
 *
 * Algorithm: backpropagation with the formulas of docs/numerics.md in their written order. Lanes, and patterns forward,
 * are independent and done side by side.
 * Thread rule: a block belongs to one thread and its crew; nothing else is written. */
#include "engine/kernel/seen.inc.h"

#if !UNITS
#include "engine/kernel/patterns.inc.h"
#endif

enum { MOST_AT_ONCE = 1 << 16 }; /* patterns between looks at `cancel` */

static bool cancelled(const struct lur_block *b) {
  for (int i = 0; i < 2; i++)
    if (b->cancel[i] && atomic_load_explicit(b->cancel[i], memory_order_relaxed))
      return true;
  return false;
}

/* Whether the structure has a loop of its own that can be taken. It keeps no record. */
static bool has_loop(const struct lur_block *b, unsigned watch) {
  return BLOCKS && b->fused && !b->any_decay && !(watch & 1u << LUR_SEEN_RECORD);
}

/* Epochs of up to n by that loop at once, none of them past a look for divergence; 0: there is none. */
static uint64_t train_fused(struct lur_block *b, uint64_t n) {
  const uint64_t to_look = LUR_CHECK_EPOCHS - b->epoch[0] % LUR_CHECK_EPOCHS, most = MOST_AT_ONCE / b->train.n;
  n = n < to_look ? n : to_look;
  n = n < most ? n : most;
  if (n == 0 || !has_loop(b, 0))
    return 0;
  b->fused(b, N_LANES, &(struct lur_span){n, 0, b->train.n, false});
  for (int k = 0; k < N_LANES; k++)
    b->epoch[k] += n;
  return n;
}

/* One pattern by that loop; false where it was cancelled. */
static bool train_pattern(struct network *n, unsigned watch, size_t at) {
  struct lur_block *b = n->b;
  struct patterns p;
  if (cancelled(b))
    return false;
  b->fused(b, N_LANES, &(struct lur_span){1, at, 1, watch != 0});
  if (watch) {
    take_patterns(n, &b->train, NULL, at, 1, &p);
    see(n, watch, &p);
  }
  return true;
}

/* The patterns [first, first + count) and the update that they give; false where it was cancelled. */
static bool train_batch(struct network *n, unsigned watch, size_t first, size_t count) {
  struct lur_block *b = n->b;
  struct patterns p;
  if (has_loop(b, watch))
    return train_pattern(n, watch, first);
  if (b->told)
    lur_told_update(b->told, b->epoch, first / b->batch, (b->train.n + b->batch - 1) / b->batch,
                    (real *)b->numbers + LUR_ROW_RATE * N_LANES);
  begin_batch(n, first / b->batch);
  for (size_t s = 0; s < count; s += N_PATTERNS) {
    if (cancelled(b))
      return false;
    take_patterns(n, &b->train, b->order, first + s, count - s, &p);
    forward(n, &p);
    if (watch)
      see(n, watch, &p);
    backward(n, &p);
    const bool last = count - s <= N_PATTERNS;
    if (watch & 1u << LUR_SEEN_RECORD && last && first + count == b->train.n)
      keep_last(n, &p);
    if (UNITS || b->sums)
      sum_gradients(n, &p, last, count);
  }
  update(n, &p, count);
  return true;
}

static bool train_epoch(struct network *net, unsigned watch) {
  struct lur_block *b = net->b;
  const size_t n = b->train.n, batch = b->batch;
  if (watch)
    see_nothing(b);
  if (b->order)
    for (size_t k = 0; k < N_LANES; k++)
      lur_draw_order(b->seed[k], (uint32_t)b->epoch[k], LUR_DRAW_SHUFFLE, n, b->order + k * n);
  if (b->noise)
    begin_noise(b);
  for (size_t first = 0; first < n; first += batch)
    if (!train_batch(net, watch, first, n - first < batch ? n - first : batch))
      return false;
  if (watch)
    see_means(b, watch, n);
  for (int k = 0; k < N_LANES; k++)
    b->epoch[k]++;
  return true;
}

/* x - x is 0 for finite x and NaN for all others, and a sum of them is NaN where one is. True where none is. */
static bool sum_not_finite(const struct lur_block *b, real *sum) {
  const real *w = b->parameters;
  reg all = reg_set(0);
  sum[0] = 0;
  for (size_t r = 0; !UNITS && r < N_LANES; r += REG_LANES) {
    reg s = reg_set(0);
    for (size_t i = 0; i < b->n_parameters; i++) {
      const reg x = reg_load(w + i * N_LANES + r);
      s = reg_add(s, reg_sub(x, x));
    }
    reg_store(sum + r, s);
    all = reg_add(all, s);
  }
  for (size_t i = 0; UNITS && i < b->n_parameters; i++)
    sum[0] = sum[0] + (w[i] - w[i]);
  all = UNITS ? reg_set(sum[0]) : all;
  return !rmask_any(reg_ne(all, all));
}

static bool look_finite(const struct lur_block *b, unsigned char *lanes) {
  real sum[N_LANES] __attribute__((aligned(64)));
  const bool all = sum_not_finite(b, sum);
  for (int k = 0; lanes && k < N_LANES; k++)
    lanes[k] = sum[k] == 0;
  return all;
}

static uint64_t train(struct lur_block *b, uint64_t n) {
  struct network net;
  lay_out(&net, b, true);
  put_in(&net);
  for (uint64_t done = 0; done < n;) {
    const uint64_t quiet = cancelled(b) ? 0 : train_fused(b, b->watch ? n - done - 1 : n - done);
    if (quiet == 0 && !train_epoch(&net, done + 1 == n ? b->watch : 0))
      return 0;
    done += quiet > 0 ? quiet : 1;
    const bool look = b->epoch[0] % LUR_CHECK_EPOCHS == 0;
    if (look || done == n)
      put_back(&net);
    if (look && !look_finite(b, NULL))
      return done;
  }
  return n;
}

static bool evaluate(struct lur_block *b, const void *parameters, const struct lur_block_patterns *all) {
  struct network net;
  lay_out(&net, b, false);
  set_parameters(&net, parameters);
  see_nothing(b);
  for (size_t s = 0; s < all->n; s += N_PATTERNS) {
    struct patterns p;
    if (cancelled(b))
      return false;
    take_patterns(&net, all, NULL, s, all->n - s, &p);
    forward(&net, &p);
    see(&net, b->watch, &p);
  }
  see_means(b, b->watch, all->n);
  return true;
}

extern lur_own_run OWN_DOUBLE;
const struct lur_kernel KERNEL;
const struct lur_kernel KERNEL = {KERNEL_ISA,  N_LANES,     N_PATTERNS, VEC_LANES, train,       evaluate,
                                  look_finite, sum_penalty, OWN_DOUBLE, room_of,   largest_crew};
