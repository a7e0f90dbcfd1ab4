/* SPDX-License-Identifier: MIT
 * SIGINT and SIGTERM set the flag to their number and stop a running script; a second one ends the process at once, as
 * does the first where nothing has obeyed it within LUR_INTERRUPT_GRACE_MS. */
#ifndef LUR_MODULE_INTERRUPT_H
#define LUR_MODULE_INTERRUPT_H

#include <stdatomic.h>

enum { LUR_INTERRUPT_GRACE_MS = 600 };
void lur_interrupt_catch(void);
void lur_interrupt_obeyed(void);            /* what is under way is being finished: no end by the clock any more */
const atomic_int *lur_interrupt_flag(void); /* what the engine polls; 0 until a signal came */

struct lua_State;
/* The state that a signal stops, or NULL. */
void lur_interrupt_watch(struct lua_State *L);
/* After a signal, lets the state run on; and stops it again. */
void lur_interrupt_pause(struct lua_State *L);
void lur_interrupt_resume(struct lua_State *L);

#endif
