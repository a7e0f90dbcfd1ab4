/* SPDX-License-Identifier: MIT
 * SIGINT and SIGTERM set the flag to their number; a second one ends the process at once, as does the first if nothing
 * has obeyed it within LUR_SIGNAL_GRACE_MS. Of the two, one that the process ignores is let be. One process has one
 * flag. */
#ifndef LUR_BASE_SIGNALS_H
#define LUR_BASE_SIGNALS_H

#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>

enum { LUR_SIGNAL_GRACE_MS = 600 };
void lur_signal_catch(void);
void lur_signal_forget(void);            /* it was obeyed, and the process goes on */
void lur_signal_wait(bool waits);        /* at a prompt a signal ends the reading of a line, and no more */
void lur_signal_obeyed(void);            /* what is under way is being finished: no end by the clock any more */
const atomic_int *lur_signal_flag(void); /* what the engine polls; 0 until a signal came */

/* What a signal stops at once, from within the handler. */
struct lur_signal_watch {
  void (*stop)(void *what);
  void *what;
};
void lur_signal_watch(const struct lur_signal_watch *w); /* borrowed until the next call; NULL: nothing */

/* A library takes the signals of its process while it trains, and gives them back to who had them: one that came in
 * between is raised again then. One loan at a time; of two at once the second takes nothing. */
struct lur_signal_loan {
  bool taken;
  struct sigaction before[3];
};
void lur_signal_borrow(struct lur_signal_loan *loan, const struct lur_signal_watch *w);
void lur_signal_give_back(struct lur_signal_loan *loan);

#endif
