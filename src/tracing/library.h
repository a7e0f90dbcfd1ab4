/* SPDX-License-Identifier: MIT
 * The library: activations, losses, rules and schedules that are written in Lua (library/luron/), in the form in which
 * a script writes its own. The program carries their texts; each is run where its name is first asked for. */
#ifndef LUR_TRACING_LIBRARY_H
#define LUR_TRACING_LIBRARY_H

#include "tracing/tracing.h"

struct lur_library_entry {
  enum lur_role role;
  const char *name, *meaning;
  const char *source;  /* whose it is, and the system whose numbers it has */
  const char *numbers; /* "alpha = 1": what it reads as p.alpha or h.alpha, with what is taken unless it is given */
  const char *text;    /* of its file */
};
extern const struct lur_library_entry lur_library[]; /* by name; ended by a NULL name */

/* NULL where the library has none of that role and name. */
const struct lur_library_entry *lur_library_find(enum lur_role role, const char *name);
/* Pushes the "luron.function" that the entry's file returns, the same one each time. */
void lur_push_library(lua_State *L, const struct lur_library_entry *entry);

#endif
