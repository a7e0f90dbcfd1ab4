/* SPDX-License-Identifier: MIT
 * Entries of the library, by role and name. */
#include "sweep/library.h"

#include <string.h>

const struct lur_library_entry *lur_library_next(enum lur_role role, const struct lur_library_entry *entry) {
  entry = entry ? entry + 1 : lur_library;
  while (entry->name && entry->role != role)
    entry++;
  return entry->name ? entry : NULL;
}

const struct lur_library_entry *lur_library_find(enum lur_role role, const char *name) {
  const struct lur_library_entry *entry = lur_library_next(role, NULL);
  while (entry && strcmp(entry->name, name) != 0)
    entry = lur_library_next(role, entry);
  return entry;
}
