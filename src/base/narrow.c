/* SPDX-License-Identifier: MIT */
#include "base/narrow.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

const char *const lur_narrow_names[LUR_N_NARROWS + 1] = {"u8", "i8", "i16", "i32", "f32", "f64", NULL};

size_t lur_narrow_bytes(enum lur_narrow type) {
  static const size_t bytes[LUR_N_NARROWS] = {1, 1, 2, 4, 4, 8};
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

/* ---- There and back; memcpy because bytes of a file lie anywhere ---- */
static void write_one(enum lur_narrow type, double x, void *out) {
  switch (type) {
  case LUR_U8: memcpy(out, &(uint8_t){(uint8_t)x}, 1); return;
  case LUR_I8: memcpy(out, &(int8_t){(int8_t)x}, 1); return;
  case LUR_I16: memcpy(out, &(int16_t){(int16_t)x}, 2); return;
  case LUR_I32: memcpy(out, &(int32_t){(int32_t)x}, 4); return;
  case LUR_F32: memcpy(out, &(float){(float)x}, 4); return;
  case LUR_F64:
  case LUR_N_NARROWS: memcpy(out, &x, 8); return;
  }
}

void lur_narrow_write(enum lur_narrow type, const double *x, size_t n, void *out) {
  size_t bytes = lur_narrow_bytes(type);
  for (size_t i = 0; i < n; i++)
    write_one(type, x[i], (char *)out + i * bytes);
}

static double read_one(enum lur_narrow type, const void *from) {
  int8_t i8;
  int16_t i16;
  int32_t i32;
  float f32;
  double f64;
  switch (type) {
  case LUR_U8: return *(const uint8_t *)from;
  case LUR_I8: memcpy(&i8, from, 1); return i8;
  case LUR_I16: memcpy(&i16, from, 2); return i16;
  case LUR_I32: memcpy(&i32, from, 4); return i32;
  case LUR_F32: memcpy(&f32, from, 4); return (double)f32;
  case LUR_F64:
  case LUR_N_NARROWS: break;
  }
  memcpy(&f64, from, 8);
  return f64;
}

void lur_narrow_read(enum lur_narrow type, const void *from, size_t n, double *x) {
  size_t bytes = lur_narrow_bytes(type);
  for (size_t i = 0; i < n; i++)
    x[i] = read_one(type, (const char *)from + i * bytes);
}
