/* SPDX-License-Identifier: MIT
 * Which structures blocks train by a fused loop, and the builds of it. */
#include "engine/kernel/fused.h"

#include <stddef.h>

/* Numbers of hidden units as in meson.build. */
#define TABLE(isa, precision, n) lur_fused_##isa##_##precision##_##n
#define TABLES_OF(isa, precision)                                                                                      \
  extern lur_fused_table TABLE(isa, precision, 0), TABLE(isa, precision, 2), TABLE(isa, precision, 3),                 \
      TABLE(isa, precision, 4)
#define TABLES(isa)                                                                                                    \
  TABLES_OF(isa, double);                                                                                              \
  TABLES_OF(isa, single)
#define LISTED(isa, precision)                                                                                         \
  {                                                                                                                    \
    [0] = &TABLE(isa, precision, 0), [2] = &TABLE(isa, precision, 2), [3] = &TABLE(isa, precision, 3),                 \
    [4] = &TABLE(isa, precision, 4)                                                                                    \
  }
#define TABLES_LISTED(isa)                                                                                             \
  { LISTED(isa, double), LISTED(isa, single) }

#if defined(__x86_64__)
TABLES(avx512);
TABLES(avx2);
#elif defined(__aarch64__)
TABLES(neon);
#endif

static lur_fused_table *const tables[LUR_N_ISAS][LUR_N_PRECISIONS][LUR_FUSED_HIDDEN + 1] = {
#if defined(__x86_64__)
    [LUR_AVX512] = TABLES_LISTED(avx512),
    [LUR_AVX2] = TABLES_LISTED(avx2),
#elif defined(__aarch64__)
    [LUR_NEON] = TABLES_LISTED(neon),
#endif
    [LUR_SCALAR] = {{NULL}},
};

static bool is_online(const struct lur_structure *s) {
  return lur_is_plain(s) && !s->scaled && !lur_codes_any(s) && s->optimizer == LUR_SGD && lur_batch_size(s) == 1 &&
         !lur_shuffles(s) && !s->data_per_run;
}

lur_fused *lur_fused_find(const char *isa, const struct lur_structure *s) {
  static const enum lur_activation activations[][2] = {
#define PAIR(name, HIDDEN, OUTPUT) {LUR_##HIDDEN, LUR_##OUTPUT},
      LUR_FUSED(PAIR)
#undef PAIR
  };
  const struct lur_shape *shape = &s->shape;
  const int n_hidden = shape->n_layers > 1 ? shape->width[1] : 0;
  const enum lur_isa i = lur_isa_of(isa);
  if (i >= LUR_N_ISAS || !lur_isa_has(i) || !is_online(s) || shape->n_layers > 2 || n_hidden > LUR_FUSED_HIDDEN ||
      shape->width[0] > LUR_FUSED_INPUTS || shape->width[shape->n_layers] > 1)
    return NULL;
  lur_fused_table *table = tables[i][shape->precision][n_hidden];
  for (int k = 0; table && k < LUR_N_FUSED; k++)
    if (shape->output == activations[k][1] && (n_hidden == 0 || shape->hidden == activations[k][0]))
      return (*table)[k][shape->width[0] - 1];
  return NULL;
}
