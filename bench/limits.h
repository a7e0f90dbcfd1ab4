/* SPDX-License-Identifier: MIT
 * What this core can do at most, measured. */
#ifndef LUR_BENCH_LIMITS_H
#define LUR_BENCH_LIMITS_H

#include <stdbool.h>

/* Nanoseconds of processor time for one lane's fused multiply-add, with independent chains in the widest vectors. */
double bench_fma_ns(bool single);

#endif
