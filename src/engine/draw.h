/* SPDX-License-Identifier: MIT
 * What the draws are made of, for kernels and tests. */
#ifndef LUR_ENGINE_DRAW_H
#define LUR_ENGINE_DRAW_H

#include <stddef.h>

/* The x below which a standard normal value lies with probability u, 0 < u < 1, in the caller's environment. */
double lur_normal_of_uniform(double u);

/* The same, to the bit, for each of the n u in place, on a 64-byte line, with room for LUR_MOST_NORMALS. NULL where
 * this machine has no fused multiply-add. */
enum { LUR_MOST_NORMALS = 64 };
typedef void lur_normals(size_t n, double *u);
lur_normals *lur_normals_find(void);

#endif
