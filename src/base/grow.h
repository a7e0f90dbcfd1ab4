/* SPDX-License-Identifier: MIT
 * Arrays that grow by need: the one place that says how much. An array is a pointer and its room, both zero at first:
 *
 *   if (!lur_grow(&w->range, &w->room, w->n_ranges + 1, sizeof *w->range))
 *     return lur_fail_memory(e);
 *   w->range[w->n_ranges++] = r;
 *
 * Arrays that share one room grow each by a copy of it, the last by the room itself: equal rooms grow alike.
 *
 *   size_t room = a->room;
 *   if (!lur_grow(&a->text, &room, a->n + 1, sizeof *a->text) ||
 *       !lur_grow(&a->value, &a->room, a->n + 1, sizeof *a->value))
 *     return lur_fail_memory(e);
 *
 * Reentrant. */
#ifndef LUR_BASE_GROW_H
#define LUR_BASE_GROW_H

#include <stdbool.h>
#include <stddef.h>

/* Gives an array room for at least `need` elements of size_bytes each. `array` is the address of its pointer (owned,
 * freed by free(), NULL while *room is 0); *room counts elements. An array that is too small gets twice its room, or
 * `need` or 16 if that is more, so that n additions copy O(n) elements; what is new in it is not zeroed. False if there
 * is no memory or the size in bytes would overflow: then array and room are as they were. */
bool lur_grow(void *array, size_t *room, size_t need, size_t size_bytes);

#endif
