/* SPDX-License-Identifier: MIT
 * Reading and writing numbers in the "C" locale. */
#include "base/digits.h"

#include <errno.h>
#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/round_decimal.h"
#include "base/system.h"

void lur_locale_plain(void) {
  uselocale(lur_plain_locale());
}

void lur_locale_letters(void) {
  const locale_t letters = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
  if (letters)
    uselocale(letters);
}

double lur_digits_parse(const char *text, char **end) {
  return strtod_l(text, end, lur_plain_locale());
}

void lur_digits_write(double x, char out[32]) {
  if (isnan(x)) {
    memcpy(out, "nan", sizeof "nan");
    return;
  }
  locale_t found = uselocale(lur_plain_locale());
  for (int digits = 15; digits <= 17; digits++) {
    snprintf(out, 32, "%.*g", digits, x);
    if (isinf(x) || lur_digits_parse(out, NULL) == x)
      break;
  }
  uselocale(found);
}

bool lur_digits_read(const char *text, double *x) {
  size_t n = strlen(text);
  char *end = NULL;
  if (n == 0 || strspn(text, "0123456789+-.eE") != n)
    return false;
  *x = lur_digits_parse(text, &end);
  return *end == '\0' && isfinite(*x);
}

static bool is_digits(const char *text) {
  size_t sign = text[0] == '-', n = strspn(text + sign, "0123456789");
  return n > 0 && n + sign == strlen(text);
}

bool lur_whole_read(const char *text, int64_t *n) {
  errno = 0;
  *n = strtoll(text, NULL, 10);
  return is_digits(text) && errno == 0;
}

bool lur_whole_is_large(const char *text) {
  int64_t n;
  return is_digits(text) && !lur_whole_read(text, &n);
}

static const char *skip_digits(const char *s) {
  while (*s >= '0' && *s <= '9')
    s++;
  return s;
}

static bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

/* Where the decimal number that s starts with ends; NULL where there is none. */
static const char *decimal_end(const char *s) {
  s += *s == '+' || *s == '-';
  const char *digits = s, *end = skip_digits(s);
  ptrdiff_t n = end - digits;
  if (*end == '.') {
    const char *after = skip_digits(end + 1);
    n += after - (end + 1);
    end = after;
  }
  if (n == 0)
    return NULL;
  if (*end == 'e' || *end == 'E') {
    const char *power = end + 1;
    power += *power == '+' || *power == '-';
    const char *after = skip_digits(power);
    if (after == power)
      return NULL;
    end = after;
  }
  return end;
}

/* The same for 0x1.8p-3, nan, inf: what lur_number_write_hex writes, and no more. */
static const char *hexadecimal_end(const char *s) {
  static const char digits[] = "0123456789abcdef";
  s += *s == '-';
  if (strncmp(s, "nan", 3) == 0 || strncmp(s, "inf", 3) == 0)
    return s + 3;
  if (strncmp(s, "0x", 2) != 0)
    return NULL;
  const char *end = s + 2;
  end += strspn(end, digits);
  if (*end == '.')
    end += 1 + strspn(end + 1, digits);
  if (end == s + 2 || *end != 'p')
    return NULL;
  end += 1 + (end[1] == '+' || end[1] == '-');
  const char *after = skip_digits(end);
  return after == end ? NULL : after;
}

/* A number of digits and a point alone, up to the text's end, as most are; false for all that is to be looked at twice.
 */
static bool read_plain(const char *s, double *out) {
  enum { MOST_DIGITS = 19 };
  const bool negative = *s == '-';
  uint64_t digits = 0;
  int n = 0, behind = 0;
  for (s += negative; *s >= '0' && *s <= '9'; s++, n++)
    digits = digits * 10 + (uint64_t)(*s - '0');
  if (*s == '.')
    for (s++; *s >= '0' && *s <= '9'; s++, n++, behind++)
      digits = digits * 10 + (uint64_t)(*s - '0');
  if (*s != '\0' || n == 0 || n > MOST_DIGITS || !lur_decimal_round(digits, -behind, out))
    return false;
  *out = negative ? -*out : *out;
  return true;
}

bool lur_number_read(const char *text, bool hexadecimal, double *out) {
  while (is_blank(*text))
    text++;
  const char *end = hexadecimal ? hexadecimal_end(text) : NULL;
  if (!end && read_plain(text, out))
    return true;
  if (!end)
    end = decimal_end(text);
  if (!end)
    return false;
  *out = lur_digits_parse(text, NULL);
  while (is_blank(*end))
    end++;
  return *end == '\0';
}

const char *lur_number_write_hex(double x, char out[LUR_HEX_BYTES]) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  const char *sign = bits >> 63 ? "-" : "";
  int power = (int)(bits >> 52 & 0x7ff);
  uint64_t fraction = bits & (((uint64_t)1 << 52) - 1);
  if (power == 0x7ff) {
    snprintf(out, LUR_HEX_BYTES, "%s", fraction ? "nan" : *sign ? "-inf" : "inf");
    return out;
  }
  char digits[16];
  int n = snprintf(digits, sizeof digits, "%013llx", (unsigned long long)fraction);
  while (n > 0 && digits[n - 1] == '0')
    digits[--n] = '\0';
  int exponent = power ? power - 1023 : fraction ? -1022 : 0;
  snprintf(out, LUR_HEX_BYTES, "%s0x%d%s%sp%+d", sign, power != 0, n ? "." : "", digits, exponent);
  return out;
}
