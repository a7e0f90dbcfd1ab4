/* SPDX-License-Identifier: MIT
 * What the draws are made of, for kernels and tests. */
#ifndef LUR_ENGINE_DRAW_H
#define LUR_ENGINE_DRAW_H

/* The x below which a standard normal value lies with probability u, 0 < u < 1, in the caller's environment. */
double lur_normal_of_uniform(double u);

#endif
