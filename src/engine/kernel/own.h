/* SPDX-License-Identifier: MIT
 * What runs a code (own.c). */
#ifndef LUR_KERNEL_OWN_H
#define LUR_KERNEL_OWN_H

#include "engine/kernel/codes.h"

/* Runs the code over n elements of so many numbers, which are a vec of the kernel. */
typedef void lur_own_run(const struct lur_running *r, int n, size_t width);

#endif
