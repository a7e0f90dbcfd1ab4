/* SPDX-License-Identifier: MIT
 * What this core can do at most, measured in its widest vectors. */
#ifndef LUR_BENCH_LIMITS_H
#define LUR_BENCH_LIMITS_H

#include <stdbool.h>

/* Nanoseconds of processor time of a lane. The last three are what one of them adds to many independent fused
 * multiply-adds, none of which waits for it: less than 0 or about 0 where another unit does it meanwhile. */
struct bench_limits {
  double fma, division_alone, division, compare, store;
};

/* By vectors of 16, 32 and 64 bytes; the last two only on machines that have them (x86). */
struct bench_limits bench_limits_16(bool single);
struct bench_limits bench_limits_32(bool single);
struct bench_limits bench_limits_64(bool single);

#endif
