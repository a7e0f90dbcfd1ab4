/* SPDX-License-Identifier: MIT
 * One kernel, train.inc.h: Meson compiles this file for each instruction set, precision and form, with that set's flags
 * and VEC_HEADER, VEC_FLOAT, VEC_REGS (registers a vec), FORM (of enum lur_kernel_form), KERNEL and KERNEL_ISA. */
#include VEC_HEADER

#include "engine/kernel/train.inc.h"
