/* SPDX-License-Identifier: MIT
 * What the parts of the outer layer share: the child's filter of system calls, and the parent's answers to those that
 * name files. Without libseccomp there is neither, and the child has limits alone. */
#ifndef LUR_SESSION_SANDBOX_PARTS_H
#define LUR_SESSION_SANDBOX_PARTS_H

#include <stddef.h>
#include <stdint.h>

#include "session/sandbox.h"

/* System calls that name files: whether the folder that the name begins in stands before it, and what is asked. */
enum lur_sandbox_ask {
  LUR_ASK_OPEN,
  LUR_ASK_STAT,
  LUR_ASK_LSTAT,
  LUR_ASK_ACCESS,
  LUR_ASK_UNLINK,
  LUR_ASK_RENAME,
  LUR_ASK_MKDIR,
  LUR_ASK_READLINK,
  LUR_ASK_STATFS
};
struct lur_sandbox_call {
  int number;
  bool at;
  enum lur_sandbox_ask ask;
};
const struct lur_sandbox_call *lur_sandbox_calls(size_t *n);

/* Sets s->real. */
void lur_sandbox_resolve(struct lur_sandbox *s);
/* In the child: from now on only what training and printing need, and `channel`, over which the parent gets what it
 * answers by. -1: the system has no such filter, and nothing was sent. */
int lur_sandbox_filter(int channel);
/* In the parent: the descriptor that lur_sandbox_filter sent; -1: none. */
int lur_sandbox_listener(int channel);
/* A folder in which SQLite looks for room to sort: it finds it there, but its files have no names (see the answers). */
bool lur_sandbox_is_temporary(const char *real);
/* Answers one question that waits at the listener. */
void lur_sandbox_answer(const struct lur_sandbox *s, int listener);

#endif
