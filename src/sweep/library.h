/* SPDX-License-Identifier: MIT
 * The library: activations, losses, rules and schedules that are written in Lua (library/luron/), in the form in which
 * a script writes its own. Here they are names with what is said of them, and texts that the room tracing runs.
 * Constant; no thread rule. */
#ifndef LUR_SWEEP_LIBRARY_H
#define LUR_SWEEP_LIBRARY_H

#include "engine/engine.h"

struct lur_library_entry {
  enum lur_role role;
  const char *name, *meaning;
  const char *source;  /* whose it is, and the system whose numbers it has */
  const char *numbers; /* "alpha = 1": what it reads as p.alpha or h.alpha, with what is taken unless it is given */
  const char *text;    /* of its file */
};
extern const struct lur_library_entry lur_library[]; /* by name; ended by a NULL name */

/* The first entry of the role; and the one behind `entry`. NULL: there is none. */
const struct lur_library_entry *lur_library_next(enum lur_role role, const struct lur_library_entry *entry);
/* NULL where the library has none of that role and name. */
const struct lur_library_entry *lur_library_find(enum lur_role role, const char *name);

#endif
