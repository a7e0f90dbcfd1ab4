/* SPDX-License-Identifier: MIT
 * The instruction sets that kernels are built for: which of them this build and machine have. Reentrant. */
#ifndef LUR_ENGINE_ISA_H
#define LUR_ENGINE_ISA_H

#include <stdbool.h>

#include "base/error.h"

/* Widest first. Scalar, the reference kernel's, is always there. */
enum lur_isa { LUR_AVX512, LUR_AVX2, LUR_SSE2, LUR_NEON, LUR_SCALAR, LUR_N_ISAS };

/* The set of that name; LUR_N_ISAS: none. */
enum lur_isa lur_isa_of(const char *name);
bool lur_isa_has(enum lur_isa isa);
enum lur_isa lur_isa_widest(void);

/* Blocks put one pattern of many lanes through the network at once; tiles several patterns of few lanes; units many
 * units of a layer, of one run, which then is the block's only lane. */
enum lur_kernel_form { LUR_BLOCKS, LUR_TILES, LUR_UNITS, LUR_N_KERNEL_FORMS };
/* What LURON_FORM asks for; LUR_N_KERNEL_FORMS: nothing, or what is no form, of which e then says so. */
enum lur_kernel_form lur_isa_form(struct lur_error *e);

#endif
