/* SPDX-License-Identifier: MIT
 * Which kernel suits a structure, and why. */
#include "engine/kernel_choice.h"

#include <stdio.h>

#include "engine/isa.h"
#include "engine/rules.h"

/* Patterns of an update from which tiles, and rows, pay; parameters up to which lanes are sooner than rows, and up to
 * which they do not need much memory; the part of a block's lanes up to which the reference kernel trains their runs
 * sooner, one by one. Measured: bench/NOTES.md. */
enum { LEAST_TILE = 4, LEAST_ROWS = 16, MOST_FASTER = 6000, MOST_IN_LANES = 20000, LEAST_BLOCK_SHARE = 8 };
enum { MOST_IN_BLOCK = 1 << 24 }; /* values an array of a block's lanes, of which a worker has three to six */
enum { MOST_COUNTED = 1 << 24 };  /* whole numbers up to here are floats */

static bool fits(const struct lur_structure *s, const struct lur_kernel *kernel) {
  return lur_shape_n_parameters(&s->shape) <= MOST_IN_BLOCK / (size_t)kernel->n_lanes;
}

/* Whether rows are sooner than lanes: where a batch fills their vec, or where lanes would be many megabytes. */
static bool is_large(const struct lur_structure *s, const struct lur_kernel *rows) {
  const size_t n = lur_shape_n_parameters(&s->shape);
  return n > MOST_IN_LANES || (n > MOST_FASTER && lur_batch_size(s) >= (size_t)rows->n_patterns);
}

/* Rows where a block of lanes would be large or half empty. */
static enum lur_kernel_form form_of(const struct lur_structure *s, const char *isa, uint64_t share) {
  const struct lur_kernel *tiles = lur_kernel_find(isa, s->shape.precision, LUR_TILES);
  const struct lur_kernel *rows = lur_kernel_find(isa, s->shape.precision, LUR_ROWS);
  const size_t batch = lur_batch_size(s);
  const bool large = is_large(s, rows), few = 2 * share <= (uint64_t)tiles->n_lanes;
  if ((batch >= LEAST_ROWS && large) || (batch >= LEAST_TILE && (few || !fits(s, tiles))))
    return LUR_ROWS;
  return batch >= LEAST_TILE ? LUR_TILES : LUR_BLOCKS;
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
  if (forced < LUR_N_KERNEL_FORMS && lur_batch_size(s) > 1)
    return lur_kernel_find(isa, precision, forced);
  const enum lur_kernel_form form = form_of(s, isa, share);
  const struct lur_kernel *kernel = lur_kernel_find(isa, precision, form);
  *why = "lanes of a network so large would take too much memory";
  if (form != LUR_ROWS && !fits(s, kernel))
    return NULL;
  *why = "too few runs to fill lanes";
  const bool few = form == LUR_BLOCKS && share * LEAST_BLOCK_SHARE <= (uint64_t)kernel->n_lanes;
  return few && forced == LUR_N_KERNEL_FORMS ? NULL : kernel;
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
    snprintf(text, n, "rows %s, %d patterns of one run at once: %s, in %s", kernel->isa, kernel->n_patterns,
             is_large(s, kernel) ? "a large network" : "few runs", precision);
  else
    snprintf(text, n, "lanes %s, %d %s: %s", kernel->isa, kernel->n_lanes, precision,
             kernel->n_patterns == 1 ? "one pattern of each run at once" : "a few patterns of each run at once");
}
