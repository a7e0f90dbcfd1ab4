/* SPDX-License-Identifier: MIT
 * Allocation that checks what it multiplies. */
#include "base/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { CACHE_LINE_BYTES = 64, SMALL_BYTES = 1024 };

static int overflows(size_t n, size_t size_bytes) {
  return size_bytes != 0 && n > (SIZE_MAX - CACHE_LINE_BYTES) / size_bytes;
}

/* Small ones by malloc: glibc keeps freed small blocks at hand for it, but not for calloc. */
void *lur_alloc(size_t n, size_t size_bytes) {
  if (n > SMALL_BYTES || size_bytes > SMALL_BYTES || n * size_bytes > SMALL_BYTES)
    return calloc(n ? n : 1, size_bytes ? size_bytes : 1);
  const size_t total = n * size_bytes;
  void *p = malloc(total > 0 ? total : 1);
  return p ? memset(p, 0, total) : NULL;
}

void *lur_resize(void *old, size_t n, size_t size_bytes) {
  if (overflows(n, size_bytes))
    return NULL;
  size_t total = n * size_bytes;
  return realloc(old, total ? total : 1);
}

void *lur_copy(const void *from, size_t n, size_t size_bytes) {
  if (!from)
    return NULL;
  void *to = lur_alloc(n, size_bytes);
  if (to && n * size_bytes != 0)
    memcpy(to, from, n * size_bytes);
  return to;
}

char *lur_copy_text(const char *text) {
  return text ? lur_copy(text, strlen(text) + 1, 1) : NULL;
}

void *lur_alloc_aligned(size_t n, size_t size_bytes) {
  if (overflows(n, size_bytes))
    return NULL;
  size_t total = (n * size_bytes + CACHE_LINE_BYTES) / CACHE_LINE_BYTES * CACHE_LINE_BYTES;
  void *p = aligned_alloc(CACHE_LINE_BYTES, total);
  if (p)
    memset(p, 0, total);
  return p;
}
