/* SPDX-License-Identifier: MIT
 * The progress of a sweep on a terminal: a line, and where the best has changed a small curve of it, written over
 * themselves ten times a second by a thread of their own. */
#ifndef LUR_VIEW_PROGRESS_H
#define LUR_VIEW_PROGRESS_H

#include <stdio.h>

#include "sweep/sweep.h"

/* " 41%  410000/1000000 runs  523000/s  1 s left  37.2% solved  4.1% diverged  best 0.00123", without an end of line.
 * elapsed_ns: of this session; before: what was done when it began. */
void lur_progress_write(const struct lur_progress *p, uint64_t elapsed_ns, uint64_t before, struct lur_buffer *out);

/* Starts them on that stream; NULL where there is no terminal, or no thread to be had: nothing is shown then. */
struct lur_progress_line *lur_progress_start(const struct lur_progress *p, FILE *stream);
/* Takes them away and ends the thread. Accepts NULL. */
void lur_progress_stop(struct lur_progress_line *line);

#endif
