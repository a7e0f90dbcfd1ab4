/* SPDX-License-Identifier: MIT
 * Decimals near points. Most are settled in doubles, whose errors here are bounded; what lies so near a bound that
 * they cannot tell, and numbers far from 1, are settled in exact decimal digits. */
#include "sweep/decimal.h"

#include "base/digits.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_DIGITS = 12, MOST_POWER = 22 /* 10^22 is a double, and all below it */ };
#define LARGEST_WHOLE 9007199254740992.0 /* 2^53 */

static const double power[MOST_POWER + 1] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                             1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

/* ---- Exact sums: a digit per place, not carried until they are read ---- */
enum { PLACES = 1600, ONES = 1200, EXACT = 800 /* digits that hold any double */, TEXT = EXACT + 32 };

struct wide {
  int16_t digit[PLACES]; /* [ONES + k]: how many 10^k */
};

/* Adds sign * the number in text, which is as printf's %e has it, times 10^shift. */
static void add_text(struct wide *w, int sign, const char *text, int shift) {
  const char *e = strchr(text, 'e');
  int place = (e ? atoi(e + 1) : 0) + shift;
  if (*text == '-') {
    sign = -sign;
    text++;
  }
  for (; *text && *text != 'e'; text++)
    if (*text != '.')
      w->digit[ONES + place--] += (int16_t)(sign * (*text - '0'));
}

static void add_double(struct wide *w, int sign, double x) {
  char text[TEXT];
  snprintf(text, sizeof text, "%.*e", EXACT, x);
  add_text(w, sign, text, 0);
}

/* Carries, so that each digit is 0 .. 9; returns what is carried out: -1 where the sum is below 0. */
static int carry(struct wide *w) {
  int over = 0;
  for (int i = 0; i < PLACES; i++) {
    int sum = w->digit[i] + over;
    over = sum >= 0 ? sum / 10 : -((9 - sum) / 10);
    w->digit[i] = (int16_t)(sum - 10 * over);
  }
  return over;
}

static int sign_of(struct wide *w) {
  if (carry(w) < 0)
    return -1;
  for (int i = 0; i < PLACES; i++)
    if (w->digit[i])
      return 1;
  return 0;
}

/* ---- The decimal near a point ---- */
enum answer { NO, YES, UNSURE };

/* The nearest decimal of so many digits to x > 0, in exact arithmetic. */
static bool is_near_exactly(double x, double t, int n_digits, double *out) {
  char text[32];
  snprintf(text, sizeof text, "%.*e", n_digits - 1, x);
  for (int sign = -1; sign <= 1; sign += 2) { /* |decimal - x| <= t */
    struct wide w = {0};
    add_text(&w, sign, text, 0);
    add_double(&w, -sign, x);
    add_double(&w, -1, t);
    if (sign_of(&w) > 0)
      return false;
  }
  *out = lur_digits_parse(text, NULL);
  return true;
}

/* The same in doubles. place: of the last digit. */
static enum answer is_near_about(double x, double t, int place, double *out) {
  if (place < -MOST_POWER || place > MOST_POWER)
    return UNSURE;
  double scaled = place < 0 ? x * power[-place] : x / power[place];
  double most = place < 0 ? t * power[-place] : t / power[place];
  double whole = floor(scaled + 0.5), off = fabs(scaled - whole), slack = (scaled + most) * 0x1p-51;
  if (off > most + slack)
    return NO;
  if (off >= most - slack || off >= 0.5 - slack || whole == 0)
    return UNSURE;
  *out = place < 0 ? whole / power[-place] : whole * power[place]; /* of two exact doubles: rounded correctly */
  return YES;
}

static bool is_near(double x, double t, int exponent, int n_digits, double *out) {
  enum answer a = is_near_about(x, t, exponent - n_digits + 1, out);
  return a == UNSURE ? is_near_exactly(x, t, n_digits, out) : a == YES;
}

/* The e of 10^e <= x < 10^(e + 1); next to a power of ten one more or less, which are as good. */
static int exponent_of(double x) {
  int two;
  frexp(x, &two);
  int e = (int)floor((two - 1) * 0.30102999566398120); /* at most one too small */
  if (e >= 0 && e < MOST_POWER)
    return x >= power[e + 1] ? e + 1 : e;
  if (e < 0 && e >= -MOST_POWER)
    return x * power[-e - 1] >= 1 ? e + 1 : e;
  char text[32];
  snprintf(text, sizeof text, "%.17e", x);
  return atoi(strchr(text, 'e') + 1);
}

double lur_decimal_near(double x, double t) {
  double size = fabs(x), found;
  if (size <= t)
    return 0;
  int exponent = exponent_of(size);
  if (!is_near(size, t, exponent, MOST_DIGITS, &found))
    return x;
  for (int n = 1; n <= MOST_DIGITS; n++)
    if (is_near(size, t, exponent, n, &found))
      break;
  return x < 0 ? -found : found;
}

/* ---- Steps ---- */
/* The shortest decimal that reads as x: digits * 10^*exponent. */
static int64_t shortest(double x, int *exponent, char text[32]) {
  int n = 0;
  do
    snprintf(text, 32, "%.*e", n, x);
  while (lur_digits_parse(text, NULL) != x && ++n < 17);
  int64_t digits = 0;
  *exponent = atoi(strchr(text, 'e') + 1) - n;
  for (const char *at = text; *at != 'e'; at++)
    if (*at >= '0' && *at <= '9')
      digits = 10 * digits + (*at - '0');
  return *text == '-' ? -digits : digits;
}

/* digits * 10^n where it is a whole number that a double holds. */
static bool scale(int64_t digits, int n, int64_t *out) {
  for (; n > 0 && llabs(digits) <= INT64_MAX / 10; n--)
    digits *= 10;
  *out = digits;
  return (n == 0 || digits == 0) && (double)llabs(digits) <= LARGEST_WHOLE;
}

struct lur_steps lur_steps_of(double first, double step, uint64_t last) {
  char text[32];
  struct lur_steps s = {.first = first, .step = step, .places = -1};
  int of_first, of_step;
  int64_t a = shortest(first, &of_first, text), b = shortest(step, &of_step, text);
  int place = a == 0 || of_step < of_first ? of_step : of_first;
  if (place > 0)
    place = 0;
  if (place < -MOST_POWER || !scale(a, of_first - place, &s.first_units) || !scale(b, of_step - place, &s.step_units))
    return s;
  if (fabs((double)s.first_units) + (double)last * fabs((double)s.step_units) <= LARGEST_WHOLE)
    s.places = -place;
  return s;
}

/* i * |digits|, both below 2^63, as decimal digits. */
static void write_product(uint64_t i, int64_t digits, char out[48]) {
  unsigned __int128 product = (unsigned __int128)i * (uint64_t)llabs(digits);
  char *at = out + 47;
  *at = '\0';
  do
    *--at = (char)('0' + (int)(product % 10));
  while ((product /= 10) != 0);
  memmove(out, at, strlen(at) + 1);
}

static double add_exactly(const struct lur_steps *s, uint64_t i) {
  struct wide w = {0}, back = {0};
  char text[32], product[48], sum[PLACES + 16];
  int exponent;
  shortest(s->first, &exponent, text);
  add_text(&w, 1, text, 0);
  int64_t digits = shortest(s->step, &exponent, text);
  write_product(i, digits, product);
  add_text(&w, digits < 0 ? -1 : 1, product, exponent + (int)strlen(product) - 1);
  for (int k = 0; k < PLACES; k++)
    back.digit[k] = (int16_t)-w.digit[k];
  bool below = carry(&w) < 0;
  if (below)
    carry(&back);
  for (int k = 0; k < PLACES; k++)
    sum[k] = (char)('0' + (below ? back : w).digit[PLACES - 1 - k]);
  snprintf(sum + PLACES, 16, "e%d", -ONES);
  double x = lur_digits_parse(sum, NULL);
  return below ? -x : x;
}

double lur_steps_at(const struct lur_steps *s, uint64_t i) {
  if (s->places < 0)
    return add_exactly(s, i);
  return (double)(s->first_units + (int64_t)i * s->step_units) / power[s->places];
}
