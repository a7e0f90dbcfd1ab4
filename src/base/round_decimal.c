/* SPDX-License-Identifier: MIT
 * Where the digits are a whole number below 2^53 and the power of ten is exact, too, one operation rounds once (Clinger
 * 1990). Where there are more digits, the quotient by a power of ten below 2^64 is made with 64 bits or more, and
 * rounded by hand; a remainder breaks ties. */
#include "base/round_decimal.h"

#include <string.h>

enum { MOST_EXACT = 22, MOST_DIVISOR = 19, DOUBLE_BITS = 53 };

static const double tens[MOST_EXACT + 1] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                            1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

static double power_of_two(int e) {
  const uint64_t bits = (uint64_t)(1023 + e) << 52;
  double x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

/* digits / 10^k, digits not 0, k from 1 to MOST_DIVISOR. */
static double divide(uint64_t digits, int k) {
  uint64_t divisor = 1;
  for (int i = 0; i < k; i++)
    divisor *= 10;
  const int zeros = __builtin_clzll(digits);
  const unsigned __int128 whole = (unsigned __int128)(digits << zeros) << 64;
  const unsigned __int128 quotient = whole / divisor; /* at least 2^63 */
  const uint64_t high = (uint64_t)(quotient >> 64);
  const int n_bits = high ? 128 - __builtin_clzll(high) : 64, shift = n_bits - DOUBLE_BITS;
  const unsigned __int128 half = (unsigned __int128)1 << (shift - 1), low = quotient & (2 * half - 1);
  uint64_t top = (uint64_t)(quotient >> shift);
  top += low > half || (low == half && ((top & 1) || quotient * divisor != whole));
  return (double)top * power_of_two(shift - 64 - zeros);
}
bool lur_decimal_round(uint64_t digits, int power, double *out) {
  if (digits == 0 || (digits >> DOUBLE_BITS == 0 && power >= -MOST_EXACT && power <= MOST_EXACT)) {
    *out = digits == 0 ? 0 : power < 0 ? (double)digits / tens[-power] : (double)digits * tens[power];
    return true;
  }
  if (power < 0 && power >= -MOST_DIVISOR) {
    *out = divide(digits, -power);
    return true;
  }
  return false;
}
