/* SPDX-License-Identifier: MIT
 * Allocation with overflow checks. All return NULL where there is no memory, or where the size in bytes
 * would overflow; a size of 0 gives a pointer that can be freed. Reentrant. */
#ifndef LUR_BASE_MEMORY_H
#define LUR_BASE_MEMORY_H

#include <stddef.h>

void *lur_alloc(size_t n, size_t size_bytes);                    /* zeroed; freed by free() */
void *lur_resize(void *old, size_t n, size_t size_bytes);        /* old stays valid on NULL; freed by free() */
void *lur_copy(const void *from, size_t n, size_t size_bytes);   /* NULL too where from is NULL */
char *lur_copy_text(const char *text);
void *lur_alloc_aligned(size_t n, size_t size_bytes);            /* zeroed, on a 64-byte line; freed by free() */

#endif
