/* SPDX-License-Identifier: MIT
 * Threads that help one. The leader, who trains a large run, shares a piece of work out in parts: each helper has its
 * own part, the leader does the first one, and then the parts that no helper has begun. So a helper that has no core
 * at the moment holds nobody up. Into which parts a piece is cut does not depend on who does them.
 *
 * Who waits spins for some microseconds. A helper then sleeps; the leader gives its core away. On a busy machine a
 * helper may lose its core in the middle of a part, or have the leader's. The leader, who sees that, does all parts by
 * itself for some milliseconds, longer each time.
 * Thread rule: a crew is of the thread that made it; helpers only do their parts. */
#ifndef LUR_ENGINE_CREW_H
#define LUR_ENGINE_CREW_H

enum { LUR_MOST_CREW = 64 };

/* Part `part` of n of the work that `context` describes. */
typedef void lur_crew_part(const void *context, int part, int n);

struct lur_crew;
/* So many members, the leader among them: 2 ... LUR_MOST_CREW. NULL: there is no memory or no thread for it. */
struct lur_crew *lur_crew_new(int n_members);
void lur_crew_free(struct lur_crew *c); /* safe on NULL */

/* Does the work in as many parts as there are members, but no more than so many. All parts see what was written before
 * the call; after it the leader sees what they wrote. */
void lur_crew_share(struct lur_crew *c, int most_parts, lur_crew_part *part, const void *context);

#endif
