/* SPDX-License-Identifier: MIT
 * Which kernel suits a structure, and why. */
#include "engine/kernel_choice.h"

#include <stdio.h>

#include "engine/isa.h"
#include "engine/rules.h"

/* Patterns of an update from which tiles pay. Parameters from which lanes over units are sooner than lanes of many
 * runs, and up to which the reference kernel is sooner, pattern by pattern. Of a block's lanes, the part up to which
 * its runs are trained sooner one by one: small networks', and others'; and of a tile's. Measured: bench/NOTES.md. */
enum { LEAST_TILE = 4, LARGE = 2400, SMALL = 100, SMALL_SHARE = 8, BLOCK_SHARE = 4, TILE_SHARE = 2 };
enum { MOST_COUNTED = 1 << 24 }; /* whole numbers up to here are floats */

/* NULL: the reference kernel. *why: where runs are trained one at a time. */
static const struct lur_kernel *choose_form(const struct lur_structure *s, const char *isa, uint64_t share,
                                            const char **why) {
  const size_t n_parameters = lur_shape_n_parameters(&s->shape);
  const bool batches = lur_batch_size(s) >= LEAST_TILE, small = !batches && n_parameters < SMALL;
  const enum lur_precision precision = s->shape.precision;
  const struct lur_kernel *lanes = lur_kernel_find(isa, precision, batches ? LUR_TILES : LUR_BLOCKS);
  const uint64_t part = batches ? TILE_SHARE : small ? SMALL_SHARE : BLOCK_SHARE;
  if (part * share <= (uint64_t)lanes->n_lanes)
    *why = "too few runs to fill lanes";
  else if (n_parameters > LARGE)
    *why = "a large network";
  else
    return lanes;
  return small ? NULL : lur_kernel_find(isa, precision, LUR_UNITS);
}

const struct lur_kernel *lur_kernel_choose(const struct lur_structure *s, const char *isa, uint64_t share,
                                           const char **why) {
  const enum lur_precision precision = s->shape.precision;
  const enum lur_kernel_form forced = lur_isa_form(NULL);
  *why = "no lane kernel for this machine was built, or LURON_ISA asks for it";
  if (!isa || !lur_kernel_find(isa, precision, LUR_TILES))
    return NULL;
  *why = "a float cannot count so many patterns";
  if (precision == LUR_SINGLE &&
      (s->n_patterns > MOST_COUNTED || s->n_test > MOST_COUNTED || s->n_validation > MOST_COUNTED))
    return NULL;
  *why = "LURON_FORM asks for it";
  if (forced < LUR_N_KERNEL_FORMS && (forced != LUR_TILES || lur_batch_size(s) > 1))
    return lur_kernel_find(isa, precision, forced);
  return choose_form(s, isa, share, why);
}

/* Who trains a run by units. */
static void explain_threads(const struct lur_kernel *kernel, const struct lur_structure *s, char *text, size_t n) {
  const int n_threads = kernel->largest_crew(s);
  if (n_threads > 1)
    snprintf(text, n, ", by up to %d threads if they have no other run", n_threads);
  else
    snprintf(text, n, "%s", lur_codes_any(s) ? ", on one thread for it has functions of the script's own" : "");
}

void lur_kernel_explain(const struct lur_structure *s, uint64_t n_runs, char *text, size_t n) {
  const char *why;
  char threads[80];
  const struct lur_kernel *kernel = lur_kernel_choose(s, lur_isa_name(NULL), n_runs, &why);
  if (!kernel) {
    snprintf(text, n, "scalar, one run at a time: %s", why);
    return;
  }
  const char *precision = lur_precision_names[s->shape.precision];
  if (kernel->n_lanes == 1) {
    explain_threads(kernel, s, threads, sizeof threads);
    snprintf(text, n, "units %s %s, one run at a time%s: %s", kernel->isa, precision, threads, why);
    return;
  }
  snprintf(text, n, "lanes %s, %d %s: %s", kernel->isa, kernel->n_lanes, precision,
           kernel->n_patterns == 1 ? "one pattern of each run at once" : "a few patterns of each run at once");
}
