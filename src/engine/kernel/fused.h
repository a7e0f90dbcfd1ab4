/* SPDX-License-Identifier: MIT
 * The networks that are so small that blocks train them by one loop each (fused.c). */
#ifndef LUR_ENGINE_FUSED_H
#define LUR_ENGINE_FUSED_H

#include "engine/kernel/kernel.h"

enum { LUR_FUSED_INPUTS = 2, LUR_FUSED_HIDDEN = 4 }; /* at most */

/* X(name, the activation of hidden units, the output's) */
#define LUR_FUSED(X) X(sigmoids, SIGMOID, SIGMOID) X(tanh_below, TANH, SIGMOID)
enum { LUR_N_FUSED = 2 };

/* The loops of one number of hidden units, by activations and inputs less 1. */
typedef lur_fused *const lur_fused_table[LUR_N_FUSED][LUR_FUSED_INPUTS];

/* The loop for a structure; NULL where it has none, or this machine or build has not the instruction set. It is right
 * while no lane's weights decay. */
lur_fused *lur_fused_find(const char *isa, const struct lur_structure *s);

#endif
