/* SPDX-License-Identifier: MIT
 * Which form holds numbers, and there and back. */
#include "base/narrow.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

const char *const lur_narrow_names[] = {"u8", "i8", "i16", "i32", "f32", "f64", NULL};
_Static_assert(sizeof lur_narrow_names / sizeof *lur_narrow_names == LUR_N_NARROWS + 1, "a name each");

size_t lur_narrow_bytes(enum lur_narrow type) {
  static const size_t bytes[] = {1, 1, 2, 4, 4, 8};
  _Static_assert(sizeof bytes / sizeof *bytes == LUR_N_NARROWS, "a size each");
  return bytes[type];
}

/* ---- Whether a type holds them all ---- */
static bool are_whole(const double *x, size_t n, double least, double most) {
  for (size_t i = 0; i < n; i++)
    if (!(x[i] >= least && x[i] <= most && x[i] == trunc(x[i])) || (x[i] == 0 && signbit(x[i])))
      return false;
  return true;
}

static bool are_float(const double *x, size_t n) {
  for (size_t i = 0; i < n; i++)
    if ((double)(float)x[i] != x[i])
      return false;
  return true;
}

enum lur_narrow lur_narrow_of(const double *x, size_t n) {
  static const struct {
    enum lur_narrow type;
    double least, most;
  } whole[] = {{LUR_U8, 0, UINT8_MAX},
               {LUR_I8, INT8_MIN, INT8_MAX},
               {LUR_I16, INT16_MIN, INT16_MAX},
               {LUR_I32, INT32_MIN, INT32_MAX}};
  for (size_t k = 0; k < sizeof whole / sizeof *whole; k++)
    if (are_whole(x, n, whole[k].least, whole[k].most))
      return whole[k].type;
  return are_float(x, n) ? LUR_F32 : LUR_F64;
}

/* ---- There and back ---- */
void lur_narrow_write(enum lur_narrow type, const double *x, size_t n, void *out) {
  uint8_t *u8 = out;
  int8_t *i8 = out;
  int16_t *i16 = out;
  int32_t *i32 = out;
  float *f32 = out;
  switch (type) {
  case LUR_U8:
    for (size_t i = 0; i < n; i++)
      u8[i] = (uint8_t)x[i];
    return;
  case LUR_I8:
    for (size_t i = 0; i < n; i++)
      i8[i] = (int8_t)x[i];
    return;
  case LUR_I16:
    for (size_t i = 0; i < n; i++)
      i16[i] = (int16_t)x[i];
    return;
  case LUR_I32:
    for (size_t i = 0; i < n; i++)
      i32[i] = (int32_t)x[i];
    return;
  case LUR_F32:
    for (size_t i = 0; i < n; i++)
      f32[i] = (float)x[i];
    return;
  case LUR_F64:
  case LUR_N_NARROWS: memmove(out, x, n * sizeof *x); return;
  }
}

void lur_narrow_read(enum lur_narrow type, const void *from, size_t n, double *x) {
  const uint8_t *u8 = from;
  const int8_t *i8 = from;
  const int16_t *i16 = from;
  const int32_t *i32 = from;
  const float *f32 = from;
  switch (type) {
  case LUR_U8:
    for (size_t i = 0; i < n; i++)
      x[i] = u8[i];
    return;
  case LUR_I8:
    for (size_t i = 0; i < n; i++)
      x[i] = i8[i];
    return;
  case LUR_I16:
    for (size_t i = 0; i < n; i++)
      x[i] = i16[i];
    return;
  case LUR_I32:
    for (size_t i = 0; i < n; i++)
      x[i] = i32[i];
    return;
  case LUR_F32:
    for (size_t i = 0; i < n; i++)
      x[i] = (double)f32[i];
    return;
  case LUR_F64:
  case LUR_N_NARROWS: memmove(x, from, n * sizeof *x); return;
  }
}
