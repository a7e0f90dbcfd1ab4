/* SPDX-License-Identifier: MIT
 * The runs of one block of lanes: which run is in which lane, when a lane ends, and with what. */
#ifndef LUR_ENGINE_BLOCK_H
#define LUR_ENGINE_BLOCK_H

#include "engine/queue.h"

/* Trains runs of the queue in lanes, by its kernel, until none are left. */
int lur_block_work(struct lur_queue *q, struct lur_error *e);

#endif
