/* SPDX-License-Identifier: MIT
 * A worker's part of a job. */
#ifndef LUR_ENGINE_WORKER_H
#define LUR_ENGINE_WORKER_H

#include "engine/queue.h"

/* Sets the queue's kernel, its chunk (a block's lanes, or 16 runs, a claim; fewer where threads would else have none)
 * and the threads of a large run. Fails where LURON_ISA or LURON_FORM names what there is not. */
int lur_worker_divide(struct lur_queue *q, int n_threads, struct lur_error *e);
/* Claims and trains until no runs are left. */
int lur_worker_work(struct lur_queue *q, struct lur_error *e);

#endif
