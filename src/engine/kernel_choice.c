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

/* A thing that a structure may ask for, and the forms of lane kernels that have it; the reference kernel has all. */
struct thing {
  bool asked;
  unsigned forms; /* 1 << enum lur_kernel_form */
};

static bool takes(const struct lur_structure *s, enum lur_kernel_form form) {
  const struct thing things[] = {
      {s->reduction != LUR_MEAN, 0},
      {s->clip == LUR_CLIP_VALUE, 0},
      {s->clip == LUR_CLIP_NORM, 0},
      {s->spares_biases, 0},
      {s->frozen, 0},
      {s->weighted, 0},
  };
  bool all = true;
  for (size_t i = 0; i < sizeof things / sizeof *things; i++)
    all = all && (!things[i].asked || things[i].forms >> form & 1);
  return all;
}

/* The kernel where its form takes the structure; else that of another form that does, or NULL. */
static const struct lur_kernel *taking(const struct lur_structure *s, const char *isa, enum lur_kernel_form form,
                                       const char **why) {
  static const enum lur_kernel_form others[] = {LUR_TILES, LUR_BLOCKS, LUR_UNITS};
  const enum lur_precision precision = s->shape.precision;
  if (takes(s, form))
    return lur_kernel_find(isa, precision, form);
  *why = "faster kernels have not all that it asks for";
  for (size_t i = 0; i < sizeof others / sizeof *others; i++)
    if (takes(s, others[i]) && (others[i] != LUR_TILES || lur_batch_size(s) > 1))
      return lur_kernel_find(isa, precision, others[i]);
  return NULL;
}

/* NULL: the reference kernel. *why: where runs are trained one at a time. */
static const struct lur_kernel *choose_form(const struct lur_structure *s, const char *isa, uint64_t share,
                                            const char **why) {
  const size_t n_parameters = lur_shape_n_parameters(&s->shape);
  const bool batches = lur_batch_size(s) >= LEAST_TILE, small = !batches && n_parameters < SMALL;
  const enum lur_precision precision = s->shape.precision;
  const enum lur_kernel_form form = batches ? LUR_TILES : LUR_BLOCKS;
  const struct lur_kernel *lanes = lur_kernel_find(isa, precision, form);
  const uint64_t part = batches ? TILE_SHARE : small ? SMALL_SHARE : BLOCK_SHARE;
  if (part * share <= (uint64_t)lanes->n_lanes)
    *why = "too few runs to fill lanes";
  else if (n_parameters > LARGE)
    *why = "a large network";
  else
    return taking(s, isa, form, why);
  return small ? NULL : taking(s, isa, LUR_UNITS, why);
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
    return taking(s, isa, forced, why);
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
