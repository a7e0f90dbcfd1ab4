/* SPDX-License-Identifier: MIT
 * Which kernel suits a structure, and why. */
#include "engine/kernel_choice.h"

#include <stdio.h>

#include "engine/isa.h"
#include "engine/rules.h"

/* Patterns of an update from which tiles pay. Parameters from which lanes over units are sooner than tiles, where
 * updates have fewer than MANY patterns and where they have more, and sooner than the reference kernel where updates
 * are too small for tiles. The part of a block's lanes up to which its runs are trained sooner one by one. Measured:
 * bench/NOTES.md. */
enum { LEAST_TILE = 4, MANY = 16, LARGE_FEW = 8000, LARGE_MANY = 3000, LEAST_UNITS = 200, LEAST_BLOCK_SHARE = 8 };
enum { MOST_IN_BLOCK = 1 << 24 }; /* values an array of a block's lanes, of which a worker has three to six */
enum { MOST_COUNTED = 1 << 24 };  /* whole numbers up to here are floats */

static bool fits(const struct lur_structure *s, const struct lur_kernel *kernel) {
  return lur_shape_n_parameters(&s->shape) <= MOST_IN_BLOCK / (size_t)kernel->n_lanes;
}

/* Whether one run at a time is sooner than tiles, however many there are. */
static bool is_large(const struct lur_structure *s) {
  return lur_shape_n_parameters(&s->shape) > (lur_batch_size(s) < MANY ? LARGE_FEW : LARGE_MANY);
}

static bool is_few(uint64_t share, const struct lur_kernel *kernel, uint64_t part) {
  return part * share <= (uint64_t)kernel->n_lanes;
}

static const char *const few_runs = "too few runs to fill lanes", *const large = "a large network",
                         *const little_memory = "lanes of a network so large would take too much memory";

/* NULL: the reference kernel. *why: where runs are trained one at a time. */
static const struct lur_kernel *choose_form(const struct lur_structure *s, const char *isa, uint64_t share,
                                            const char **why) {
  const struct lur_kernel *blocks = lur_kernel_find(isa, s->shape.precision, LUR_BLOCKS);
  const struct lur_kernel *tiles = lur_kernel_find(isa, s->shape.precision, LUR_TILES);
  const struct lur_kernel *units = lur_kernel_find(isa, s->shape.precision, LUR_UNITS);
  const bool batches = lur_batch_size(s) >= LEAST_TILE;
  const struct lur_kernel *lanes = batches ? tiles : blocks;
  if (is_few(share, lanes, batches ? 2 : LEAST_BLOCK_SHARE))
    *why = few_runs;
  else if (batches && is_large(s))
    *why = large;
  else if (!fits(s, lanes))
    *why = little_memory;
  else
    return lanes;
  return batches || lur_shape_n_parameters(&s->shape) >= LEAST_UNITS ? units : NULL;
}

const struct lur_kernel *lur_kernel_choose(const struct lur_structure *s, const char *isa, uint64_t share,
                                           const char **why) {
  const enum lur_precision precision = s->shape.precision;
  const enum lur_kernel_form forced = lur_isa_form(NULL);
  *why = "no lane kernel for this machine was built, or LURON_ISA asks for it";
  if (!isa || !lur_kernel_find(isa, precision, LUR_TILES))
    return NULL;
  *why = "a float cannot count so many patterns";
  if (precision == LUR_SINGLE && (s->n_patterns > MOST_COUNTED || s->n_test > MOST_COUNTED))
    return NULL;
  *why = "LURON_FORM asks for it";
  if (forced < LUR_N_KERNEL_FORMS && (forced != LUR_TILES || lur_batch_size(s) > 1))
    return lur_kernel_find(isa, precision, forced);
  return choose_form(s, isa, share, why);
}

void lur_kernel_explain(const struct lur_structure *s, uint64_t n_runs, char *text, size_t n) {
  const char *why;
  const struct lur_kernel *kernel = lur_kernel_choose(s, lur_isa_name(NULL), n_runs, &why);
  if (!kernel) {
    snprintf(text, n, "scalar, one run at a time: %s", why);
    return;
  }
  const char *precision = lur_precision_names[s->shape.precision];
  if (kernel->n_lanes == 1)
    snprintf(text, n, "units %s %s, one run at a time: %s", kernel->isa, precision, why);
  else
    snprintf(text, n, "lanes %s, %d %s: %s", kernel->isa, kernel->n_lanes, precision,
             kernel->n_patterns == 1 ? "one pattern of each run at once" : "a few patterns of each run at once");
}
