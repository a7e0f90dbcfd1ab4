/* SPDX-License-Identifier: MIT
 * SHA-256 (FIPS 180-4). Reentrant. */
#ifndef LUR_BASE_SHA256_H
#define LUR_BASE_SHA256_H

#include <stddef.h>
#include <stdint.h>

struct lur_sha256 {
  uint32_t state[8];
  uint64_t n_bytes;
  uint8_t block[64];
};

void lur_sha256_start(struct lur_sha256 *s);
void lur_sha256_add(struct lur_sha256 *s, const void *bytes, size_t n);
/* 64 lower-case hexadecimal digits and a '\0'. s is used up. */
void lur_sha256_finish(struct lur_sha256 *s, char hex[65]);

#endif
