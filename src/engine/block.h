/* SPDX-License-Identifier: MIT
 * The runs of one block of lanes: which run is in which lane, when a lane ends, and with what. */
#ifndef LUR_ENGINE_BLOCK_H
#define LUR_ENGINE_BLOCK_H

#include "engine/kernel.h"
#include "engine/many.h"

/* Trains runs of the feed in lanes until none are left. */
int lur_block_work(const struct lur_kernel *kernel, struct lur_feed *f, struct lur_done_counter *counter,
                   struct lur_error *e);
/* Trains one run in the block's first lane: as lur_train, in the caller's floating-point environment. */
int lur_block_train(const struct lur_kernel *kernel, const struct lur_structure *s, const struct lur_numbers *numbers,
                    const struct lur_observer *observer, const atomic_int *cancel, struct lur_outcome *outcome,
                    struct lur_error *e);

#endif
