/* SPDX-License-Identifier: MIT
 * SHA-256 (FIPS 180-4), of the Nettle library, which uses the processor's instructions for it. Reentrant. */
#ifndef LUR_BASE_SHA256_H
#define LUR_BASE_SHA256_H

#include <nettle/sha2.h>
#include <stddef.h>

struct lur_sha256 {
  struct sha256_ctx context;
};

void lur_sha256_start(struct lur_sha256 *s);
void lur_sha256_add(struct lur_sha256 *s, const void *bytes, size_t n);
/* 64 lower-case hexadecimal digits and a '\0'. s is used up. */
void lur_sha256_finish(struct lur_sha256 *s, char hex[65]);

#endif
