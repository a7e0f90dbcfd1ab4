/* SPDX-License-Identifier: MIT
 * The progress of a sweep on a terminal: a line, and where the best has changed a small curve of it, written over
 * themselves ten times a second by a thread of their own. */
#ifndef LUR_VIEW_PROGRESS_H
#define LUR_VIEW_PROGRESS_H

#include <stdio.h>

#include "sweep/sweep.h"

/* Starts them on that stream; NULL where there is no terminal, or no thread to be had: nothing is shown then. */
struct lur_progress_line *lur_progress_start(const struct lur_progress *p, FILE *stream);
/* Takes them away and ends the thread. Accepts NULL. */
void lur_progress_stop(struct lur_progress_line *line);

#endif
