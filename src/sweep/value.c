/* SPDX-License-Identifier: MIT
 * Values of fields: checked, read from a command line's text, written as shortest digits that read back. */
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "sweep/entry.h"
#include "sweep/field.h"
#include "sweep/shortcuts.h"

/* Beside other values false stands on an axis only: by itself it takes an optional field away. */
int lur_value_mismatch(const struct lur_field *f, const char *found, struct lur_error *e) {
  if (strcmp(found, "false") == 0 && lur_field_is_optional(f))
    return lur_fail(
        e, LUR_EINPUT, f->name,
        "false is no value of an axis: it takes %s away from all runs; make a sweep without it another file", f->name);
  return lur_fail(e, LUR_EINPUT, f->name, "%s, but %s takes %s", found, f->name, lur_kind_name(f));
}

/* Whole numbers by their digits, not as 1e+20; 2^63 as what 64 bits hold. */
static void write_bound(double x, char out[32]) {
  if (x >= 0x1p63 && x == floor(x) && x < 1e25)
    snprintf(out, 32, "%lld", (long long)INT64_MAX);
  else if (fabs(x) < 1e25 && x == floor(x))
    snprintf(out, 32, "%.0f", x);
  else
    lur_digits_write(x, out);
}

/* found: how the number is written. */
static int check_range_of(const struct lur_field *f, double x, const char *found, struct lur_error *e) {
  char bound[32];
  if (!isfinite(x))
    return lur_fail(e, LUR_EINPUT, f->name, "%s is not a finite number", found);
  if (x < f->min && f->min == DBL_TRUE_MIN)
    return lur_fail(e, LUR_EINPUT, f->name, "%s is not above 0", found);
  if (x > f->max && f->max < 1)
    return lur_fail(e, LUR_EINPUT, f->name, "%s is not below 1", found);
  write_bound(x < f->min ? f->min : f->max, bound);
  if (x < f->min)
    return lur_fail(e, LUR_EINPUT, f->name, "%s is below %s", found, bound);
  if (x > f->max)
    return lur_fail(e, LUR_EINPUT, f->name, "%s is above %s", found, bound);
  return LUR_OK;
}

static int check_range(const struct lur_field *f, double x, struct lur_error *e) {
  char found[32];
  lur_digits_write(x, found);
  return check_range_of(f, x, found, e);
}

static const char *found_kind(const struct lur_value *v) {
  switch (v->kind) {
  case LUR_V_ABSENT: return "nothing";
  case LUR_V_BOOL: return v->as.truth ? "true" : "false";
  case LUR_V_INTEGER:
  case LUR_V_NUMBER: return "a number";
  case LUR_V_CHOICE: return "a name";
  case LUR_V_ENTRY: return "a function";
  case LUR_V_LIST: break;
  }
  return "a list";
}

static bool is_number(const struct lur_value *v) {
  return v->kind == LUR_V_INTEGER || v->kind == LUR_V_NUMBER;
}

double lur_value_number(const struct lur_value *v) {
  return v->kind == LUR_V_INTEGER ? (double)v->as.integer : v->as.number;
}

static int check_number(const struct lur_field *f, struct lur_value *v, struct lur_error *e) {
  if (!is_number(v))
    return lur_value_mismatch(f, found_kind(v), e);
  double x = lur_value_number(v);
  *v = (struct lur_value){.kind = LUR_V_NUMBER, .as.number = x + 0.0}; /* -0 is 0: one value, one spelling */
  return check_range(f, x, e);
}

static int check_whole(const struct lur_field *f, double x, struct lur_error *e) {
  char found[32];
  lur_digits_write(x, found);
  if (isfinite(x) && x != floor(x))
    return lur_fail(e, LUR_EINPUT, f->name, "%s is not a whole number", found);
  if (fabs(x) < 1e25)
    snprintf(found, sizeof found, "%.0f", x);
  return check_range_of(f, x, found, e);
}

/* In text: a whole number whose digits a double may not hold. */
static int fail_bound(const struct lur_field *f, const char *text, bool above, struct lur_error *e) {
  char bound[32];
  write_bound(above ? f->max : f->min, bound);
  return lur_fail(e, LUR_EINPUT, f->name, "%.40s is %s %s", text, above ? "above" : "below", bound);
}

static int check_integer(const struct lur_field *f, struct lur_value *v, struct lur_error *e) {
  if (f->kind == LUR_K_BATCH && v->kind == LUR_V_CHOICE && v->as.integer == 0)
    return LUR_OK;
  if (!is_number(v))
    return lur_value_mismatch(f, found_kind(v), e);
  char found[32];
  if (v->kind == LUR_V_INTEGER) {
    const bool above = f->max < 0x1p63 && v->as.integer > (int64_t)f->max;
    snprintf(found, sizeof found, "%lld", (long long)v->as.integer);
    return above || v->as.integer < (int64_t)f->min ? fail_bound(f, found, above, e) : LUR_OK;
  }
  double x = v->as.number;
  if (check_whole(f, x, e))
    return LUR_EINPUT;
  snprintf(found, sizeof found, "%.0f", fmin(x, 1e25));
  if (x >= 0x1p63)
    return fail_bound(f, found, true, e);
  *v = (struct lur_value){.kind = LUR_V_INTEGER, .as.integer = (int64_t)x};
  return LUR_OK;
}

static int check_choice(const struct lur_field *f, const struct lur_value *v, struct lur_error *e) {
  int n = 0;
  if (v->kind == LUR_V_ENTRY && f->flags & LUR_FUNCTION && v->as.entry->role == f->role) {
    const bool is_list = v->as.entry->n_layers && f != &lur_fields[LUR_F_ACTIVATION];
    return is_list && strcmp(f->name, "activation") != 0 ? lur_value_mismatch(f, "a list", e) : LUR_OK;
  }
  if (v->kind != LUR_V_CHOICE)
    return lur_value_mismatch(f, found_kind(v), e);
  while (f->choices[n])
    n++;
  if (v->as.integer < 0 || v->as.integer >= n)
    return lur_fail(e, LUR_EINPUT, f->name, "choice %lld of %d", (long long)v->as.integer, n);
  return LUR_OK;
}

/* One number becomes a list of one; 0 and {} and {0} are the list of none. */
static int check_sizes(const struct lur_field *f, struct lur_value *v, struct lur_error *e) {
  const struct lur_field or_none = {.name = f->name, .max = f->max}; /* of a number alone, the least is 0 */
  if (is_number(v)) {
    double x = lur_value_number(v);
    *v = (struct lur_value){.kind = LUR_V_LIST, .as.list = {.n = 1, .at = {x}}};
  }
  if (v->kind != LUR_V_LIST)
    return lur_value_mismatch(f, found_kind(v), e);
  if (v->as.list.n == 1 && v->as.list.at[0] == 0)
    v->as.list.n = 0;
  if (v->as.list.n == 1 && v->as.list.at[0] < 0 && check_whole(&or_none, v->as.list.at[0], e))
    return LUR_EINPUT;
  if (v->as.list.n > LUR_MAX_LAYERS - 1)
    return lur_fail(e, LUR_EINPUT, f->name, "%d hidden layers, but at most %d are possible", v->as.list.n,
                    LUR_MAX_LAYERS - 1);
  for (int i = 0; i < v->as.list.n; i++)
    if (check_whole(f, v->as.list.at[i], e))
      return LUR_EINPUT;
  return LUR_OK;
}

static int check_layered(const struct lur_field *f, struct lur_value *v, struct lur_error *e) {
  if (v->kind != LUR_V_LIST)
    return check_number(f, v, e);
  if (v->as.list.n < 1 || v->as.list.n > LUR_MAX_LAYERS)
    return lur_fail(e, LUR_EINPUT, f->name, "a list of %d, but there is one number per %slayer", v->as.list.n,
                    f->flags & LUR_OF_HIDDEN ? "hidden " : "");
  for (int i = 0; i < v->as.list.n; i++) {
    if (check_range(f, v->as.list.at[i], e))
      return LUR_EINPUT;
    v->as.list.at[i] += 0.0; /* -0 is 0, here too */
  }
  return LUR_OK;
}

/* A list without a pair is false. */
static int check_shortcuts(const struct lur_field *f, struct lur_value *v, struct lur_error *e) {
  if (v->kind == LUR_V_LIST && v->as.list.n == 0)
    *v = (struct lur_value){.kind = LUR_V_BOOL};
  return v->kind == LUR_V_LIST || v->kind == LUR_V_BOOL ? LUR_OK : lur_value_mismatch(f, found_kind(v), e);
}

int lur_value_check(const struct lur_field *f, struct lur_value *v, struct lur_error *e) {
  if (v->kind == LUR_V_ABSENT)
    return LUR_OK;
  switch (f->kind) {
  case LUR_K_BOOL: return v->kind == LUR_V_BOOL ? LUR_OK : lur_value_mismatch(f, found_kind(v), e);
  case LUR_K_INTEGER:
  case LUR_K_BATCH: return check_integer(f, v, e);
  case LUR_K_NUMBER: return check_number(f, v, e);
  case LUR_K_CHOICE: return check_choice(f, v, e);
  case LUR_K_SIZES: return check_sizes(f, v, e);
  case LUR_K_LAYERED: return check_layered(f, v, e);
  case LUR_K_SHORTCUTS: return check_shortcuts(f, v, e);
  case LUR_K_TEXT:
  case LUR_K_SCRIPT: break;
  }
  return lur_fail(e, LUR_EINPUT, f->name, "%s takes %s, which is written in the script", f->name, lur_kind_name(f));
}

int lur_value_choose(const struct lur_field *f, const char *text, struct lur_value *v, struct lur_error *e) {
  char list[160];
  size_t used = 0;
  for (int i = 0; f->choices[i]; i++) {
    if (strcmp(f->choices[i], text) == 0) {
      *v = (struct lur_value){.kind = LUR_V_CHOICE, .as.integer = i};
      return LUR_OK;
    }
    if (used < sizeof list)
      used += (size_t)snprintf(list + used, sizeof list - used, " %s", f->choices[i]);
  }
  char hint[LUR_WORD_ROOM] = "";
  const char *join = lur_word_explain(f->name, f->choices, text, hint) ? "; " : "";
  if (f->kind != LUR_K_CHOICE)
    return lur_fail(e, LUR_EINPUT, f->name, "\"%.40s\", but %s takes %s%s%s", text, f->name, lur_kind_name(f), join,
                    hint);
  return lur_fail(e, LUR_EINPUT, f->name, "\"%.40s\" is not one of%s%s%s", text, list, join, hint);
}

static int read_bool(const struct lur_field *f, const char *text, struct lur_value *v, struct lur_error *e) {
  bool yes = strcmp(text, "true") == 0 || strcmp(text, "1") == 0;
  if (!yes && strcmp(text, "false") != 0 && strcmp(text, "0") != 0)
    return lur_fail(e, LUR_EINPUT, f->name, "\"%.40s\" is neither true nor false", text);
  *v = (struct lur_value){.kind = LUR_V_BOOL, .as.truth = yes};
  return LUR_OK;
}

bool lur_value_read_number(const char *text, struct lur_value *v) {
  *v = (struct lur_value){.kind = LUR_V_INTEGER};
  if (lur_whole_read(text, &v->as.integer) && (v->as.integer || text[0] != '-')) /* -0 is a NUMBER: 0 has no sign */
    return true;
  *v = (struct lur_value){.kind = LUR_V_NUMBER};
  return lur_digits_read(text, &v->as.number);
}

static bool takes_whole(const struct lur_field *f) {
  return f->kind == LUR_K_INTEGER || f->kind == LUR_K_BATCH || f->kind == LUR_K_SIZES;
}

/* 4x4, or a single number. */
static int read_list(const struct lur_field *f, const char *text, struct lur_value *v, struct lur_error *e) {
  *v = (struct lur_value){.kind = LUR_V_LIST};
  for (const char *at = text;; at++) {
    char one[40];
    size_t n = strcspn(at, "x");
    struct lur_value number;
    if (n >= sizeof one || v->as.list.n == LUR_MAX_LAYERS)
      return lur_fail(e, LUR_EINPUT, f->name, "\"%.40s\" is too long a list", text);
    memcpy(one, at, n);
    one[n] = '\0';
    if (!lur_value_read_number(one, &number))
      return lur_fail(e, LUR_EINPUT, f->name, "\"%.40s\" is not %s, as in 4x4", text, lur_kind_name(f));
    if (takes_whole(f) && lur_whole_is_large(one))
      return fail_bound(f, one, one[0] != '-', e);
    v->as.list.at[v->as.list.n++] = lur_value_number(&number);
    at += n;
    if (*at == '\0')
      return LUR_OK;
  }
}

static int read_any(const struct lur_field *f, const char *text, struct lur_value *v, struct lur_error *e) {
  if (f->kind == LUR_K_BOOL)
    return read_bool(f, text, v, e);
  if (f->kind == LUR_K_CHOICE)
    return lur_value_choose(f, text, v, e);
  if (f->kind == LUR_K_SHORTCUTS)
    return lur_shortcuts_read(text, v, e);
  if (takes_whole(f) && lur_whole_is_large(text))
    return fail_bound(f, text, text[0] != '-', e);
  if (lur_value_read_number(text, v))
    return LUR_OK;
  if (f->kind == LUR_K_BATCH)
    return lur_value_choose(f, text, v, e);
  if ((f->kind == LUR_K_SIZES || f->kind == LUR_K_LAYERED) && strchr(text, 'x'))
    return read_list(f, text, v, e);
  if (strcmp(text, "false") == 0 && lur_field_is_optional(f))
    return lur_value_mismatch(f, text, e);
  return lur_fail(e, LUR_EINPUT, f->name, "\"%.40s\", but %s takes %s", text, f->name, lur_kind_name(f));
}

int lur_value_read(const struct lur_field *f, const char *text, struct lur_value *v, struct lur_error *e) {
  if (f->kind != LUR_K_TEXT && f->kind != LUR_K_SCRIPT && read_any(f, text, v, e))
    return LUR_EINPUT;
  if (f->kind == LUR_K_TEXT || f->kind == LUR_K_SCRIPT)
    *v = (struct lur_value){.kind = LUR_V_BOOL};
  return lur_value_check(f, v, e);
}

static void write_list(const struct lur_value *v, struct lur_buffer *out) {
  char digits[32];
  if (v->as.list.n == 0)
    lur_buffer_text(out, "0");
  for (int i = 0; i < v->as.list.n; i++) {
    lur_digits_write(v->as.list.at[i], digits);
    lur_buffer_format(out, "%s%s", i ? "x" : "", digits);
  }
}

void lur_value_write(const struct lur_field *f, const struct lur_value *v, struct lur_buffer *out) {
  char digits[32];
  if (f && f->kind == LUR_K_SHORTCUTS) {
    lur_shortcuts_write(v, out);
    return;
  }
  switch (v->kind) {
  case LUR_V_ABSENT: break;
  case LUR_V_BOOL: lur_buffer_text(out, v->as.truth ? "1" : "0"); break;
  case LUR_V_INTEGER: lur_buffer_format(out, "%lld", (long long)v->as.integer); break;
  case LUR_V_NUMBER:
    lur_digits_write(v->as.number, digits);
    lur_buffer_text(out, digits);
    if (!f && fabs(v->as.number) >= 0x1p53 && !strpbrk(digits, ".e")) /* a param reads back as no whole number */
      lur_buffer_text(out, ".0");
    break;
  case LUR_V_CHOICE: lur_buffer_text(out, f && f->choices ? f->choices[v->as.integer] : "?"); break;
  case LUR_V_ENTRY: lur_buffer_text(out, v->as.entry->name); break;
  case LUR_V_LIST: write_list(v, out); break;
  }
}

bool lur_value_same(const struct lur_value *a, const struct lur_value *b) {
  if (a->kind != b->kind)
    return false;
  switch (a->kind) {
  case LUR_V_ABSENT: return true;
  case LUR_V_BOOL: return a->as.truth == b->as.truth;
  case LUR_V_INTEGER:
  case LUR_V_CHOICE: return a->as.integer == b->as.integer;
  case LUR_V_ENTRY: return a->as.entry == b->as.entry;
  case LUR_V_NUMBER: return memcmp(&a->as.number, &b->as.number, sizeof(double)) == 0;
  case LUR_V_LIST: break;
  }
  return a->as.list.n == b->as.list.n &&
         memcmp(a->as.list.at, b->as.list.at, (size_t)a->as.list.n * sizeof(double)) == 0;
}

struct lur_value lur_value_counted(const struct lur_field *f, const struct lur_value *v) {
  const double first = v->as.list.at[0];
  bool is_one = v->kind == LUR_V_LIST && f->kind == LUR_K_LAYERED && f->flags & LUR_UNSAID;
  for (int i = 0; is_one && i < v->as.list.n; i++)
    is_one = v->as.list.at[i] == first;
  return is_one ? (struct lur_value){.kind = LUR_V_NUMBER, .as.number = first} : *v;
}

/* ---- Texts within a line ---- */
static const char escaped[] = ",\\\n\r ", letters[] = "c\\nrs"; /* a blank too: " zip " stands behind values */

void lur_text_write(const char *text, struct lur_buffer *out) {
  if (*text == '\0')
    lur_buffer_text(out, "\\0");
  for (; *text; text++) {
    const char *at = strchr(escaped, *text);
    if (at)
      lur_buffer_format(out, "\\%c", letters[at - escaped]);
    else
      lur_buffer_add(out, text, 1);
  }
}

void lur_text_read(char *text) {
  char *to = text;
  for (; *text; text++) {
    if (*text != '\\') {
      *to++ = *text;
      continue;
    }
    const char *at = text[1] ? strchr(letters, *++text) : NULL;
    if (at)
      *to++ = escaped[at - letters];
  }
  *to = '\0';
}
