/* SPDX-License-Identifier: MIT
 * Numbers in the narrowest form that holds each of them with all its bits: bytes as bytes. Forms are as the machine
 * has them in memory, little-endian on all that we build for. Reentrant. */
#ifndef LUR_BASE_NARROW_H
#define LUR_BASE_NARROW_H

#include <stddef.h>
#include <stdint.h>

enum lur_narrow { LUR_U8, LUR_I8, LUR_I16, LUR_I32, LUR_F32, LUR_F64, LUR_N_NARROWS };
extern const char *const lur_narrow_names[]; /* "u8" ..., ended by NULL */

size_t lur_narrow_bytes(enum lur_narrow type); /* of one number */
/* The first of them that holds all of x exactly: -0 and NaN are no whole numbers. */
enum lur_narrow lur_narrow_of(const double *x, size_t n);
/* n numbers from x to out, which has room for n of that type; each must be one that the type holds. What is not x is
 * aligned for the type. */
void lur_narrow_write(enum lur_narrow type, const double *x, size_t n, void *out);
void lur_narrow_read(enum lur_narrow type, const void *from, size_t n, double *x);

/* Four bytes of a file that has the highest first. */
static inline uint32_t lur_big_endian(const void *bytes) {
  const unsigned char *b = bytes;
  return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

#endif
