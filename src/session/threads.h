/* SPDX-License-Identifier: MIT
 * How many threads a session uses. */
#ifndef LUR_SESSION_THREADS_H
#define LUR_SESSION_THREADS_H

/* As many as were asked for; 0: as many as there are cores that this process may use. */
int lur_threads_asked(int n);

#endif
