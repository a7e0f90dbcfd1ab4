/* SPDX-License-Identifier: MIT
 * Which kernel trains a structure's runs. */
#ifndef LUR_ENGINE_KERNEL_CHOICE_H
#define LUR_ENGINE_KERNEL_CHOICE_H

#include "engine/kernel/kernel.h"

/* The lane kernel of an instruction set that trains this structure, share runs per worker. NULL: the reference kernel,
 * and *why says why. isa: as lur_isa_name; NULL is as "scalar". */
const struct lur_kernel *lur_kernel_choose(const struct lur_structure *s, const char *isa, uint64_t share,
                                           const char **why);

#endif
