/* SPDX-License-Identifier: MIT
 * SHA-256 by Nettle. */
#include "base/sha256.h"

#include <nettle/version.h>
#include <stdint.h>
#include <stdio.h>

void lur_sha256_start(struct lur_sha256 *s) {
  sha256_init(&s->context);
}

void lur_sha256_add(struct lur_sha256 *s, const void *bytes, size_t n) {
  sha256_update(&s->context, n, bytes);
}

void lur_sha256_finish(struct lur_sha256 *s, char hex[65]) {
  uint8_t digest[SHA256_DIGEST_SIZE];
#if NETTLE_VERSION_MAJOR >= 4
  sha256_digest(&s->context, digest);
#else
  sha256_digest(&s->context, sizeof digest, digest);
#endif
  for (size_t i = 0; i < sizeof digest; i++)
    snprintf(hex + 2 * i, 3, "%02x", digest[i]);
}
