/* SPDX-License-Identifier: MIT
 * Where a kernel's values are. What a vec holds, by FORM (enum lur_kernel_form):
 *   blocks: VEC_LANES lanes, for one pattern;
 *   tiles:  VEC_REGS patterns, for one register of lanes;
 *   units:  VEC_LANES units of a layer, or parameters, or patterns at the outputs, of one run.
 * In blocks, tiles and at the outputs, values of a unit or an input are a vec: element i at i * VEC_LANES. Values of a
 * lane are at i * N_LANES; an update changes as many parameters at once as fill a vec. */
#ifndef LUR_KERNEL_PLACES_INC_H
#define LUR_KERNEL_PLACES_INC_H

#include "engine/functions.inc.h"
#include "engine/kernel/kernel.h"

#define BLOCKS (FORM == 0)
#define TILES (FORM == 1)
#define UNITS (FORM == 2)
enum {
  N_LANES = BLOCKS  ? VEC_LANES
            : TILES ? REG_LANES
                    : 1,
  N_PATTERNS = UNITS ? 32 : VEC_LANES / N_LANES, /* that go through the network at once */
  N_PARAMETERS = VEC_LANES / N_LANES,            /* of a vec, in an update by sums */
  FULL = VEC_REGS
};

FUNCTION real *element(void *array, size_t i) {
  return (real *)array + i * VEC_LANES;
}
FUNCTION vec get(const void *array, size_t i) {
  return vec_load((const real *)array + i * VEC_LANES);
}
FUNCTION void put(void *array, size_t i, vec x) {
  vec_store(element(array, i), x);
}

/* What belongs to lanes: for all patterns of the vec. */
FUNCTION vec lanes_get(const void *array, size_t i) {
  const real *p = (const real *)array + i * N_LANES;
  if (UNITS)
    return vec_set(*p);
  return TILES ? vec_splat(reg_load(p)) : vec_load(p);
}
FUNCTION void lanes_clear(void *array, size_t i) {
  memset((real *)array + i * N_LANES, 0, N_LANES * sizeof(real));
}

/* Up to N_PATTERNS patterns: numbers where lanes share them, else lanes. Past n the last one stands again. In units,
 * t[0] holds a vec for each target. */
struct patterns {
  const real *x[TILES ? VEC_REGS : 1], *t[TILES ? VEC_REGS : 1];
  const real *weight[TILES ? VEC_REGS : 1]; /* NULL: they have none */
  bool shared;
  int n;
};
FUNCTION vec pattern_value(bool shared, const real *const *x, int i) {
  if (shared)
    return TILES ? vec_set_each(x, (size_t)i) : vec_set(x[0][i]);
  return TILES ? vec_load_each(x, (size_t)i * N_LANES) : vec_load(x[0] + (size_t)i * VEC_LANES);
}

/* Inputs of a layer that come from one place: the patterns, or the units of an earlier layer. */
struct source {
  int n;         /* 0: the layer does not read it */
  int first;     /* of the layer's inputs */
  bool patterns; /* they are the patterns' */
  const real *x; /* else where those units' values are; in units both are here */
#if UNITS
  size_t stride; /* from pattern to pattern */
  size_t column; /* of the layer's inputs as they stand in room of their own */
#endif
};

/* One layer of the network, and where its values are. */
struct layer {
  int n_units, n_inputs;
  int n_sources;                 /* the last of them is always read */
  struct source sources[LUR_MAX_LAYERS]; /* in order: the network's inputs, its first layer ... the one before this */
  bool bias, first;
  enum lur_activation f;              /* LUR_N_ACTIVATIONS: a function of the script's own */
  const struct lur_running *function; /* which; else NULL */
  size_t start;                       /* of its parameters */
  real *z, *a, *d;                    /* its units' */
  size_t first_unit;                  /* of all units */
  real *passed;                       /* its outputs as later layers read them: a, or what dropout makes of it */
  real *kept;                         /* 0 or what an output is multiplied with there; NULL: without dropout */
#if UNITS
  size_t own, own_end;     /* its parameters, as they stand in room of their own */
  size_t stride;           /* from pattern to pattern: of its units' values */
  size_t n_columns;        /* of its inputs as they stand there, each source's from a register's beginning */
  size_t descent_end;      /* of the weights that plain descent changes as their gradient is made */
  real *turned;            /* its weights by units; NULL: they stand so */
#endif
};
enum input { INPUT_SHARED, INPUT_OWN, INPUT_LANES }; /* OWN: each lane has its own patterns (tiles only) */

/* The i-th of a source's inputs. */
FUNCTION vec source_input(enum input kind, const struct source *from, const struct patterns *p, int i) {
  if (kind == INPUT_LANES && !TILES && from->patterns)
    return pattern_value(false, p->x, i);
  return kind == INPUT_LANES ? get(from->x, (size_t)i) : pattern_value(kind == INPUT_SHARED, p->x, i);
}

/* What layer k reads of its source `of`, but where that is. */
FUNCTION struct source new_source(const struct lur_shape *s, int k, int of) {
  const bool reads = lur_shape_reads(s, k) >> of & 1;
  return (struct source){.n = reads ? s->width[of] : 0, .first = lur_shape_input_of(s, k, of), .patterns = of == 0};
}
/* It is the last one, behind which the bias stands. */
FUNCTION bool is_last(const struct layer *l, const struct source *from) {
  return from == &l->sources[l->n_sources - 1];
}

#endif
