/* SPDX-License-Identifier: MIT
 * The functions of an experiment, as far as they define its results. */
#ifndef LUR_EXPERIMENT_FUNCTION_DIGEST_H
#define LUR_EXPERIMENT_FUNCTION_DIGEST_H

#include "module/module.h"

/* Pushes a digest of the functions in the table of fields. *names_curve: whether one of them may read the curve of a
 * run; it is named in their code or in what they hold on to, or they could come upon it without its name. opaque: what
 * they hold and the digest does not, such as "a coroutine"; or "". */
enum { LUR_OPAQUE_BYTES = 80 };
const char *lur_push_function_digest(lua_State *L, int fields, bool *names_curve, char opaque[LUR_OPAQUE_BYTES]);

#endif
