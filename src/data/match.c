/* SPDX-License-Identifier: MIT
 * Data sets made to fit others: classes and inputs found by their names. */
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "data/dataset.h"

/* ---- Classes by name ---- */
bool lur_dataset_has_classes(const struct lur_dataset *d, const struct lur_class_names *c) {
  bool equal = d->n_classes == c->n;
  for (int k = 0; equal && k < c->n; k++)
    equal = strcmp(d->classes[k], c->names[k]) == 0;
  return equal;
}

static int fail_class(const struct lur_class_names *c, const char *name, struct lur_error *e) {
  char shown[64], list[128];
  lur_utf8_line(name, shown, sizeof shown);
  if (c->n == 0)
    return lur_fail(e, LUR_EINPUT, NULL,
                    "has classes (%s ...), but %s have none to match; { inputs = d.inputs, targets = d.targets } takes "
                    "them by position",
                    shown, c->whose);
  const bool all = lur_names_list(c->names, c->n, 0, list, sizeof list);
  return lur_fail(e, LUR_EINPUT, NULL, "class \"%s\" is none of those of %s: %s%s", shown, c->whose, list,
                  all ? "" : " ...");
}

/* Adds column k of d's targets to column `at` of out's; whether there was a row of it. */
static bool move_class(const struct lur_dataset *d, int k, struct lur_dataset *out, int at) {
  bool any = false;
  for (size_t i = 0; i < d->n; i++) {
    double t = d->targets[i * (size_t)d->n_outputs + (size_t)k];
    any = any || t != 0;
    if (at < out->n_outputs)
      out->targets[i * (size_t)out->n_outputs + (size_t)at] = t;
  }
  return any;
}

struct lur_dataset *lur_dataset_match(const struct lur_dataset *d, const struct lur_class_names *c,
                                      struct lur_error *e) {
  if (c->n == 0) {
    fail_class(c, d->classes[0], e);
    return NULL;
  }
  struct lur_dataset *out = lur_dataset_take_inputs(d, NULL, d->n, c->n, e);
  if (!out || lur_dataset_name_classes(out, (const char *const *)c->names, e) != LUR_OK)
    goto fail;
  if (d->target_names) {
    const size_t n = strlen(d->target_names[0]) - strlen(d->classes[0]) - 1;
    if (lur_dataset_name_target_classes(out, d->target_names[0], n, e) != LUR_OK)
      goto fail;
  }
  for (int k = 0; k < d->n_classes; k++) {
    int at = 0;
    while (at < c->n && strcmp(c->names[at], d->classes[k]) != 0)
      at++;
    if (move_class(d, k, out, at) && at == c->n) {
      fail_class(c, d->classes[k], e);
      goto fail;
    }
  }
  return out;

fail:
  lur_dataset_free(out);
  return NULL;
}

/* ---- Inputs by name ---- */
struct lur_input_names lur_dataset_input_names(const struct lur_dataset *d, const char *whose) {
  return (struct lur_input_names){.whose = whose,
                                  .n = d->n_inputs,
                                  .n_onehot = d->n_onehot,
                                  .names = d->input_names,
                                  .onehot = d->onehot,
                                  .unknown_is_zeros = d->unknown_is_zeros};
}

/* The place of a name, which is likely the one given; -1: none. */
static int find_name(char *const *names, int n, const char *name, int likely) {
  if (likely < n && strcmp(names[likely], name) == 0)
    return likely;
  for (int k = 0; k < n; k++)
    if (strcmp(names[k], name) == 0)
      return k;
  return -1;
}

/* The categories of the column of that name; NULL: it has none. */
static const struct lur_onehot *find_column(const struct lur_input_names *c, const char *name, size_t name_bytes) {
  for (int g = 0; g < c->n_onehot; g++)
    if ((size_t)c->onehot[g].name_bytes == name_bytes && memcmp(c->names[c->onehot[g].first], name, name_bytes) == 0)
      return &c->onehot[g];
  return NULL;
}

bool lur_dataset_needs_match(const struct lur_dataset *d, const struct lur_input_names *c) {
  bool same = d->n_inputs == c->n;
  if (!d->input_names || !c->names || (!same && !d->n_onehot && !c->n_onehot))
    return false;
  for (int k = 0; k < c->n && same; k++)
    same = strcmp(d->input_names[k], c->names[k]) == 0;
  return !same;
}

/* Copies input `from` of d to input `at`; from -1: a category that no row of d has. */
static void move_input(const struct lur_dataset *d, int from, int missing_as, struct lur_dataset *out, int at) {
  const size_t n_in = (size_t)d->n_inputs, n_out = (size_t)out->n_inputs;
  for (size_t i = 0; i < d->n; i++) {
    if (from >= 0)
      out->inputs[i * n_out + (size_t)at] = d->inputs[i * n_in + (size_t)from];
    if (out->missing)
      out->missing[i * n_out + (size_t)at] = d->missing[i * n_in + (size_t)missing_as];
  }
}

static bool any_row(const struct lur_dataset *d, int input) {
  bool any = false;
  for (size_t i = 0; i < d->n; i++)
    any = any || d->inputs[i * (size_t)d->n_inputs + (size_t)input] != 0;
  return any;
}

static int fail_input(const struct lur_input_names *c, const char *what, const char *name, int n_bytes,
                      struct lur_error *e) {
  char shown[64], text[128];
  snprintf(text, sizeof text, "%.*s", n_bytes, name);
  return lur_fail(e, LUR_EINPUT, NULL, "%s \"%s\", which %s %s", what, lur_utf8_line(text, shown, sizeof shown),
                  c->whose, what[0] == 'h' ? "have" : "lack");
}

/* Where no input has a name that is asked for: what the names are on both sides. */
static int fail_all(const struct lur_dataset *d, const struct lur_input_names *c, struct lur_error *e) {
  char own[96], wanted[96];
  const bool all = lur_names_list(d->input_names, d->n_inputs, 0, own, sizeof own);
  const bool all_wanted = lur_names_list(c->names, c->n, 0, wanted, sizeof wanted);
  return lur_fail(e, LUR_EINPUT, NULL,
                  "has the inputs %s%s, but %s have %s%s; { inputs = d.inputs, targets = d.targets } takes them by "
                  "position",
                  own, all ? "" : " ...", c->whose, wanted, all_wanted ? "" : " ...");
}

static bool any_name(const struct lur_dataset *d, const struct lur_input_names *c) {
  bool any = false;
  for (int k = 0; k < c->n && !any; k++)
    any = find_name(d->input_names, d->n_inputs, c->names[k], k) >= 0;
  return any;
}

/* The columns that both have as categories: each of d's, if any row is of it, must be known. */
static int check_categories(const struct lur_dataset *d, const struct lur_input_names *c, struct lur_error *e) {
  for (int g = 0; g < d->n_onehot && !c->unknown_is_zeros; g++)
    for (int k = d->onehot[g].first; k < d->onehot[g].first + d->onehot[g].n; k++) {
      const char *name = d->input_names[k];
      if (find_column(c, name, (size_t)d->onehot[g].name_bytes) && find_name(c->names, c->n, name, k) < 0 &&
          any_row(d, k))
        return fail_input(c, "there is", name, (int)strlen(name), e);
    }
  return LUR_OK;
}

/* Input `at` of the names. */
static int fill_input(const struct lur_dataset *d, const struct lur_input_names *c, int at, struct lur_dataset *out,
                      struct lur_error *e) {
  const struct lur_input_names own = lur_dataset_input_names(d, "");
  const struct lur_onehot *of = NULL, *same;
  for (int g = 0; g < c->n_onehot; g++)
    if (at >= c->onehot[g].first && at < c->onehot[g].first + c->onehot[g].n)
      of = &c->onehot[g];
  const int from = find_name(d->input_names, d->n_inputs, c->names[at], at);
  if (!of && from < 0)
    return fail_input(c, "has no input", c->names[at], (int)strlen(c->names[at]), e);
  same = of ? find_column(&own, c->names[at], (size_t)of->name_bytes) : NULL;
  if (of && !same)
    return fail_input(c, "has no categories of", c->names[at], of->name_bytes, e);
  move_input(d, from, same ? same->first : from, out, at);
  if (out->fill)
    out->fill[at] = (uint8_t)(!of ? d->fill[from] : at == of->first ? LUR_FILL_FREQUENT : LUR_FILL_SAME);
  return LUR_OK;
}

static int copy_names(const struct lur_dataset *d, const struct lur_input_names *c, struct lur_dataset *out,
                      struct lur_error *e) {
  out->n_onehot = c->n_onehot;
  out->unknown_is_zeros = c->unknown_is_zeros;
  out->onehot = lur_copy(c->onehot, (size_t)c->n_onehot, sizeof *c->onehot);
  out->fill = d->fill ? lur_alloc((size_t)c->n, 1) : NULL;
  out->missing = d->missing ? lur_alloc(d->n, (size_t)c->n) : NULL;
  if ((c->onehot && !out->onehot) || (d->fill && !out->fill) || (d->missing && !out->missing))
    return lur_fail_memory(e);
  return lur_dataset_name_inputs(out, (const char *const *)c->names, e);
}

struct lur_dataset *lur_dataset_match_inputs(const struct lur_dataset *given, const struct lur_input_names *c,
                                             struct lur_error *e) {
  struct lur_dataset *d = lur_dataset_take(given, NULL, given->n, e);
  struct lur_dataset *out = d ? lur_dataset_new(d->n, c->n, d->n_outputs, e) : NULL;
  int code = out ? lur_dataset_widen(d, e) : LUR_ENOMEM;
  if (!code)
    code = copy_names(d, c, out, e);
  if (!code)
    code = lur_dataset_copy_output_labels(d, out, e);
  if (!code)
    code = c->n_onehot || any_name(d, c) ? check_categories(d, c, e) : fail_all(d, c, e);
  for (int k = 0; k < c->n && !code; k++)
    code = fill_input(d, c, k, out, e);
  if (!code)
    memcpy(out->targets, d->targets, d->n * (size_t)d->n_outputs * sizeof *d->targets);
  if (!code && d->weights && !(out->weights = lur_copy(d->weights, d->n, sizeof *d->weights)))
    code = lur_fail_memory(e);
  lur_dataset_free(d);
  if (!code)
    return out;
  lur_dataset_free(out);
  return NULL;
}
