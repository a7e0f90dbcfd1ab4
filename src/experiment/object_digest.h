/* SPDX-License-Identifier: MIT
 * Data sets, networks, neurons, runs and generators as what they hold, for function_digest.c. */
#ifndef LUR_EXPERIMENT_OBJECT_DIGEST_H
#define LUR_EXPERIMENT_OBJECT_DIGEST_H

#include <lua.h>
#include <stdbool.h>

#include "base/sha256.h"
#include "data/network.h"

/* Adds the userdata at `index`, but not what its user values hold. false, and nothing, where it is of another kind. */
bool lur_digest_object(lua_State *L, int index, struct lur_sha256 *digest);
/* Adds what a network scales its inputs and outputs by. */
void lur_digest_scaling(struct lur_sha256 *digest, const struct lur_network *n);

#endif
