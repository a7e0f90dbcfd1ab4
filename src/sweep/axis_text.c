/* SPDX-License-Identifier: MIT
 * Axes as text, both ways: what is typed after name= on a command line, and what a results file keeps. The grammar:
 *   list       value { , value }
 *   range      first .. last [ .. step ]
 *   spaced     first .. last : count [ :log ]
 *   interval   first .. last :log      first .. last :lin      for drawn samplers
 *   zip        a:b { , a:b } behind names that are joined by commas
 *   crossed    a list, range or spaced axis :list              with the points of a drawn sampler */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "sweep/axis.h"

bool lur_axis_is_text(const char *text) {
  return strchr(text, ',') != NULL || strstr(text, "..") != NULL || strchr(text, ':') != NULL;
}

static int read_list(struct lur_axis *a, const struct lur_spec *spec, const char *text, struct lur_error *e) {
  char *copy = lur_copy_text(text), *at = copy, *one;
  int rc = copy ? LUR_OK : lur_fail_memory(e);
  while (!rc && (one = strsep(&at, ",")) != NULL) {
    if (*one == '\0')
      rc = lur_fail(e, LUR_EINPUT, a->name, "an empty value in \"%.60s\"", text);
    else if (strstr(one, "..") && a->text == NULL && a->field >= 0)
      rc = lur_fail(e, LUR_EINPUT, a->name, "\"%.60s\" puts a range into a list", text);
    else
      rc = lur_axis_add_text(a, spec, one, e);
  }
  free(copy);
  return rc;
}

/* The parts of first..last[..step][:word[:word]]; what is not there is "". */
struct parts {
  char number[3][40];
  int n_numbers;
  char word[2][40];
  int n_words;
};

static bool take(const char *from, size_t n, char *to, size_t room) {
  if (n >= room)
    return false;
  memcpy(to, from, n);
  to[n] = '\0';
  return true;
}

static bool split(const char *text, struct parts *p) {
  size_t n = strcspn(text, ":");
  const char *end = text + n, *at = text;
  *p = (struct parts){0};
  for (;;) {
    const char *dots = strstr(at, "..");
    const char *stop = dots && dots < end ? dots : end;
    if (p->n_numbers == 3 || !take(at, (size_t)(stop - at), p->number[p->n_numbers++], sizeof p->number[0]))
      return false;
    if (stop == end)
      break;
    at = stop + 2;
  }
  for (at = end; *at == ':';) {
    n = strcspn(++at, ":");
    if (p->n_words == 2 || !take(at, n, p->word[p->n_words++], sizeof p->word[0]))
      return false;
    at += n;
  }
  return p->n_numbers >= 2;
}

/* The words after the numbers: a count, then log or lin. A count beyond 64 bits is UINT64_MAX. */
static bool read_words(const struct parts *p, uint64_t *count, bool *log, bool *lin) {
  int i = 0;
  if (i < p->n_words && p->word[i][0] != '\0' && strspn(p->word[i], "0123456789") == strlen(p->word[i]))
    *count = strtoull(p->word[i++], NULL, 10);
  bool counted = i == 1;
  if (i < p->n_words && strcmp(p->word[i], "log") == 0) {
    *log = true;
    i++;
  } else if (i < p->n_words && strcmp(p->word[i], "lin") == 0) {
    *lin = true;
    i++;
  }
  return i == p->n_words && (!counted || *count > 0);
}

static bool is_whole(const struct lur_value *v) {
  return v->kind == LUR_V_INTEGER || v->as.number == floor(v->as.number);
}

static int read_sequence(struct lur_axis *a, const char *text, struct lur_error *e) {
  struct parts p;
  struct lur_value v[3] = {[2] = {.kind = LUR_V_INTEGER, .as.integer = 1}};
  uint64_t count = 0;
  bool log = false, lin = false, good = split(text, &p) && read_words(&p, &count, &log, &lin);
  for (int i = 0; good && i < p.n_numbers; i++)
    good = lur_value_read_number(p.number[i], &v[i]);
  if (!good || (p.n_numbers == 3 && p.n_words))
    return lur_fail(e, LUR_EINPUT, a->name,
                    "\"%.60s\" is not one of 1..100  0..1..0.1  0..1:11  0.01..10:64:log  0.001..1:log", text);
  for (int i = 0; i < p.n_numbers; i++)
    if (a->whole && lur_whole_is_large(p.number[i]))
      return i < 2 ? lur_value_read(&lur_fields[a->field], p.number[i], &v[i], e)
                   : lur_fail(e, LUR_EINPUT, a->name, "%s is too large for a step", p.number[i]);
  if (count && lur_whole_is_large(p.word[0]))
    return lur_fail(e, LUR_EINPUT, a->name, "the count %s is too large", p.word[0]);
  if (count)
    return lur_axis_spaced(a, log, lur_value_number(&v[0]), lur_value_number(&v[1]), count, e);
  if (log || lin || (p.n_numbers == 2 && !(is_whole(&v[0]) && is_whole(&v[1]))))
    return lur_axis_interval(a, log, lur_value_number(&v[0]), lur_value_number(&v[1]), e);
  return lur_axis_range(a, &v[0], &v[1], &v[2], e);
}

static bool has_texts(const struct lur_axis *a, const struct lur_spec *spec) {
  return a->field < 0 && spec->param[a->param].text != NULL;
}

int lur_axis_read_written(struct lur_axis *a, const struct lur_spec *spec, char *text, struct lur_error *e) {
  int rc = LUR_OK;
  char *one;
  if (!has_texts(a, spec))
    return lur_axis_read(a, spec, text, e);
  while (!rc && (one = strsep(&text, ",")) != NULL) {
    lur_text_read(one);
    rc = lur_axis_add_text(a, spec, one, e);
  }
  return rc;
}

/* Behind what is no text of a param. */
static int read_crossed(struct lur_axis *a, const struct lur_spec *spec, const char *text, size_t n,
                        struct lur_error *e) {
  char *values = strndup(text, n);
  int rc = values ? lur_axis_read(a, spec, values, e) : lur_fail_memory(e);
  free(values);
  if (!rc && lur_axis_is_interval(a))
    return lur_fail(e, LUR_EINPUT, a->name, "an interval has no values to be listed; it is drawn from");
  a->crossed = true;
  return rc;
}

int lur_axis_read(struct lur_axis *a, const struct lur_spec *spec, const char *text, struct lur_error *e) {
  static const char list[] = ":list";
  const size_t n = strlen(text), n_list = sizeof list - 1;
  if (n > n_list && strcmp(text + n - n_list, list) == 0 && !has_texts(a, spec))
    return read_crossed(a, spec, text, n - n_list, e);
  if (strchr(text, ',') || has_texts(a, spec) || !lur_axis_is_text(text))
    return read_list(a, spec, text, e);
  return read_sequence(a, text, e);
}

void lur_axis_write_value(const struct lur_axis *a, const struct lur_value *v, const char *text,
                          struct lur_buffer *out) {
  if (text)
    lur_buffer_text(out, text);
  else
    lur_value_write(a->field >= 0 ? &lur_fields[a->field] : NULL, v, out);
}

static void write_list(const struct lur_axis *a, struct lur_buffer *out) {
  for (uint64_t i = 0; i < a->n; i++) {
    struct lur_value v;
    const char *text = lur_axis_value(a, i, &v);
    if (i)
      lur_buffer_text(out, ",");
    if (text)
      lur_text_write(text, out);
    else if (lur_is_entry(&v))
      lur_entry_write(v.as.entry, out);
    else
      lur_axis_write_value(a, &v, NULL, out);
  }
}

static void write_sequence(const struct lur_axis *a, struct lur_buffer *out) {
  char first[32], last[32], step[32];
  if (a->kind == LUR_A_RANGE && a->whole) {
    const int64_t end = (int64_t)((uint64_t)a->whole_first + (a->n - 1) * (uint64_t)a->whole_step);
    lur_buffer_format(out, "%lld..%lld", (long long)a->whole_first, (long long)end);
    if (a->whole_step != 1)
      lur_buffer_format(out, "..%lld", (long long)a->whole_step);
    return;
  }
  lur_digits_write(a->first, first);
  lur_digits_write(a->last, last);
  lur_digits_write(a->step, step);
  lur_buffer_format(out, "%s..%s", first, last);
  if (a->kind == LUR_A_RANGE)
    lur_buffer_format(out, "..%s", step);
  if (a->kind == LUR_A_LINEAR || a->kind == LUR_A_LOG)
    lur_buffer_format(out, ":%llu", (unsigned long long)a->n);
  if (a->kind == LUR_A_LOG || a->kind == LUR_A_LOGUNIFORM)
    lur_buffer_text(out, ":log");
  if (a->kind == LUR_A_UNIFORM)
    lur_buffer_text(out, ":lin");
}

void lur_axis_write(const struct lur_axis *a, struct lur_buffer *out) {
  lur_buffer_format(out, "%s=", a->name);
  if (a->kind == LUR_A_LIST)
    write_list(a, out);
  else
    write_sequence(a, out);
}

/* ---- The axes of a sweep ---- */
int lur_axes_find(const struct lur_axes *axes, const char *column) {
  for (int i = 0; i < axes->n; i++)
    if (strcmp(axes->axis[i].name, column) == 0)
      return i;
  return -1;
}

void lur_axes_remove(struct lur_axes *axes, const char *column) {
  int i = lur_axes_find(axes, column);
  if (i < 0)
    return;
  lur_axis_free(&axes->axis[i]);
  axes->n--;
  memmove(&axes->axis[i], &axes->axis[i + 1], (size_t)(axes->n - i) * sizeof axes->axis[0]);
}

int lur_axes_put(struct lur_axes *axes, struct lur_axis *a, struct lur_error *e) {
  if (a->kind == LUR_A_LIST && a->n == 0)
    return lur_fail(e, LUR_EINPUT, a->name, "an axis without values");
  lur_axes_remove(axes, a->name);
  if (axes->n == LUR_MAX_AXES)
    return lur_fail(e, LUR_EINPUT, a->name, "more than %d axes", LUR_MAX_AXES);
  axes->axis[axes->n++] = *a;
  *a = (struct lur_axis){0};
  return LUR_OK;
}

int lur_axes_new_zip(struct lur_axes *axes) {
  return ++axes->n_zips;
}

/* ---- Zips as typed: hidden,learning_rate=2:0.1,4:0.05 ---- */
bool lur_axis_is_zip(const char *names) {
  return strchr(names, ',') != NULL;
}

bool lur_typed_name(const char *names, int i, char name[64]) {
  for (; i > 0 && names; i--)
    names = (names = strchr(names, ',')) ? names + 1 : NULL;
  return names && take(names, strcspn(names, ","), name, 64);
}

/* The values of one place, one for each axis; cuts it up. */
static int add_zipped(struct lur_axis *axis, int n, const struct lur_spec *spec, char *values, struct lur_error *e) {
  const char *whole = axis[0].name;
  int n_values = 1, rc = LUR_OK;
  for (const char *at = values; (at = strchr(at, ':')) != NULL; at++)
    n_values++;
  if (n_values != n)
    return lur_fail(e, LUR_EINPUT, whole, "\"%.60s\" is %d value%s for %d zipped names; write %s", values, n_values,
                    n_values == 1 ? "" : "s", n, n == 2 ? "a,b=1:10,2:20" : "a,b,c=1:10:100,2:20:200");
  for (int k = 0; k < n && !rc; k++) {
    const char *one = strsep(&values, ":");
    rc = *one ? lur_axis_add_text(&axis[k], spec, one, e)
              : lur_fail(e, LUR_EINPUT, axis[k].name, "an empty value in a zip");
  }
  return rc;
}

static int read_zip(struct lur_axis *axis, int n, const struct lur_spec *spec, const char *text, struct lur_error *e) {
  char *copy = lur_copy_text(text), *at = copy, *values;
  int rc = copy ? LUR_OK : lur_fail_memory(e);
  while (!rc && (values = strsep(&at, ",")) != NULL)
    rc = add_zipped(axis, n, spec, values, e);
  free(copy);
  return rc;
}

static int set_zip(struct lur_axes *axes, const struct lur_spec *spec, const char *names, const char *text,
                   struct lur_error *e) {
  struct lur_axis axis[LUR_MAX_AXES];
  char name[64];
  int n = 0, rc = LUR_OK;
  for (; !rc && n < LUR_MAX_AXES && lur_typed_name(names, n, name); n++)
    rc = lur_axis_init(&axis[n], spec, name, e);
  if (!rc)
    rc = read_zip(axis, n, spec, text, e);
  const int zip = rc ? 0 : lur_axes_new_zip(axes);
  for (int k = 0; k < n; k++) {
    axis[k].zip = zip;
    if (!rc)
      rc = lur_axes_put(axes, &axis[k], e);
    if (rc)
      lur_axis_free(&axis[k]);
  }
  return rc;
}

int lur_axes_set(struct lur_axes *axes, struct lur_spec *spec, const char *name, const char *text,
                 struct lur_error *e) {
  struct lur_axis a;
  if (lur_axis_is_zip(name))
    return set_zip(axes, spec, name, text, e);
  int param = lur_spec_find_param(spec, name);
  bool texts = param >= 0 && spec->param[param].text;
  bool is_axis = texts ? strchr(text, ',') != NULL : lur_axis_is_text(text);
  if (!is_axis) {
    int rc = lur_spec_set(spec, name, text, e);
    if (!rc && lur_axis_init(&a, spec, name, NULL) == LUR_OK)
      lur_axes_remove(axes, a.name);
    return rc;
  }
  int rc = lur_axis_init(&a, spec, name, e);
  if (!rc)
    rc = lur_axis_read(&a, spec, text, e);
  if (!rc)
    rc = lur_axes_put(axes, &a, e);
  if (rc)
    lur_axis_free(&a);
  return rc;
}

void lur_axes_free(struct lur_axes *axes) {
  if (!axes)
    return;
  for (int i = 0; i < axes->n; i++)
    lur_axis_free(&axes->axis[i]);
  *axes = (struct lur_axes){0};
}
