/* SPDX-License-Identifier: MIT
 * Growing an array by doubling. */
#include "base/grow.h"

#include <stdint.h>
#include <string.h>

#include "base/memory.h"

enum { LEAST_ROOM = 16 };

bool lur_grow(void *array, size_t *room, size_t need, size_t size_bytes) {
  if (need <= *room)
    return true;
  size_t larger = *room <= SIZE_MAX / 2 ? *room * 2 : need;
  if (larger < LEAST_ROOM)
    larger = LEAST_ROOM;
  if (larger < need)
    larger = need;
  void *old;
  memcpy(&old, array, sizeof old); /* a pointer of any type */
  void *more = lur_resize(old, larger, size_bytes);
  if (!more)
    return false;
  memcpy(array, &more, sizeof more);
  *room = larger;
  return true;
}
