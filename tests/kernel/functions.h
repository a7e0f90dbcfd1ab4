/* SPDX-License-Identifier: MIT
 * Functions of the script's own for the kernel tests: some written by hand, others random (random_programs.h). */
#ifndef LUR_TESTS_KERNEL_FUNCTIONS_H
#define LUR_TESTS_KERNEL_FUNCTIONS_H

#include "engine/engine.h"

/* The names that they read, in a structure's order; of beta1 and epsilon, numbers have fields. */
enum { FUNCTIONS_NUMBERS = 4 };
extern const char *const functions_numbers[FUNCTIONS_NUMBERS];

/* Each aborts where there is no memory. */
struct lur_program *functions_read(const char *text);
struct lur_program *functions_of_seed(enum lur_role role, uint64_t seed);

#endif
