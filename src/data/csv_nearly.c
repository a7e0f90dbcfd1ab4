/* SPDX-License-Identifier: MIT
 * Cells that look like something other than a number or a name: nearly numbers, dates. */
#include <string.h>

#include "data/csv_parts.h"

/* ---- Nearly numbers ---- */
#define MONEY "$", "\xe2\x82\xac", "\xc2\xa3", "\xc2\xa5" /* $, euro, pound, yen */
#define BLANKS " ", "\t", "\xc2\xa0", "\xe2\x80\xaf"      /* and those that do not break a line */

/* Behind all words that s begins with. */
static const char *skip(const char *s, const char *const *words) {
  for (int i = 0; words[i];) {
    size_t n = strlen(words[i]);
    bool found = strncmp(s, words[i], n) == 0;
    s += found ? n : 0;
    i = found ? 0 : i + 1;
  }
  return s;
}

static const char *skip_before(const char *cell) {
  static const char *const before[] = {"+", "-", "\xe2\x88\x92", "(", MONEY, BLANKS, NULL}; /* the third: a minus */
  return skip(cell, before);
}

/* A number with what people write around and inside it: 1,4  1,400  12 %  $12  (3.5)  1 000. */
bool lur_csv_is_nearly_number(const char *cell) {
  static const char *const inside[] = {"0", "1", "2", "3", "4", "5", "6",    "7",
                                       "8", "9", ".", ",", "'", "_", BLANKS, NULL};
  static const char *const after[] = {"%", "\xe2\x80\xb0", ")", MONEY, BLANKS, NULL}; /* the second: per mille */
  const char *from = skip_before(cell), *end = skip(from, inside);
  bool any_digit = strcspn(from, "0123456789") < (size_t)(end - from);
  if (any_digit && (*end == 'e' || *end == 'E'))
    end = skip(end + 1 + (end[1] == '+' || end[1] == '-'), inside);
  return any_digit && *skip(end, after) == '\0';
}

bool lur_csv_begins_like_number(const char *cell) {
  const char *from = skip_before(cell);
  from += *from == '.';
  return *from >= '0' && *from <= '9';
}

/* ---- Dates ---- */
static const char *skip_digits(const char *s, int most) {
  for (; most > 0 && *s >= '0' && *s <= '9'; most--)
    s++;
  return s;
}

/* "13:45", "13:45:10.5", and what may stand behind it: a zone. */
static bool is_time(const char *s) {
  const char *hour = skip_digits(s, 2);
  if (hour == s || *hour != ':')
    return false;
  const char *minute = skip_digits(hour + 1, 2);
  return minute == hour + 3;
}

/* The end of a month as a name that s begins with, of three letters or more; NULL where there is none. */
static const char *skip_month(const char *s) {
  static const char months[] = "janfebmaraprmayjunjulaugsepoctnovdec";
  char three[4] = "";
  for (int k = 0; k < 3 && s[k]; k++)
    three[k] = (char)(s[k] | 32);
  const char *found = strlen(three) == 3 ? strstr(months, three) : NULL;
  if (!found || (found - months) % 3 != 0)
    return NULL;
  while ((*s | 32) >= 'a' && (*s | 32) <= 'z')
    s++;
  return s;
}

/* A day, a month or a year: digits, at most four, or a month's name; NULL for anything else. */
static const char *skip_part(const char *s, bool *is_name) {
  const char *end = skip_digits(s, 4), *month = end == s ? skip_month(s) : NULL;
  *is_name = *is_name || month;
  return end > s ? end : month;
}

/* 2024-03-01  1/3/24  01.03.2024  3-Mar-24  2024-03-01T12:30  Mar 2024  12:30 */
bool lur_csv_is_date(const char *cell) {
  bool is_name = false;
  const char *first = skip_part(cell, &is_name);
  if (is_time(cell))
    return true;
  if (!first || !strchr("-/. ", *first) || *first == '\0')
    return false;
  const char *second = skip_part(first + 1, &is_name);
  if (!second || (*second == '\0' && !is_name))
    return false;
  if (*second == '\0' || *second != *first)
    return is_name && (*second == '\0' || *second == ' ' || *second == ',');
  const char *third = skip_part(second + 1, &is_name);
  return third && (*third == '\0' || *third == ' ' || *third == 'T');
}
