/* SPDX-License-Identifier: MIT
 * The instruction sets that kernels are built for: which of them this build and machine have. Reentrant. */
#ifndef LUR_ENGINE_ISA_H
#define LUR_ENGINE_ISA_H

#include <stdbool.h>

/* Widest first. Scalar, the reference kernel's, is always there. */
enum lur_isa { LUR_AVX512, LUR_AVX2, LUR_SSE2, LUR_NEON, LUR_SCALAR, LUR_N_ISAS };

/* The set of that name; LUR_N_ISAS: none. */
enum lur_isa lur_isa_of(const char *name);
bool lur_isa_has(enum lur_isa isa);
enum lur_isa lur_isa_widest(void);

#endif
