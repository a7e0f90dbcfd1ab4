/* SPDX-License-Identifier: MIT
 * What a builder holds while it builds: the check of a trace also looks at operations that no result needs. */
#ifndef LUR_PROGRAM_BUILT_H
#define LUR_PROGRAM_BUILT_H

#include "engine/program/program.h"

/* All operations so far; number: the names of those that NUMBER reads. */
const struct lur_op *lur_builder_ops(const struct lur_builder *b, int *n, const char (**number)[LUR_NAME_ROOM]);

#endif
