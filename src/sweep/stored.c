/* SPDX-License-Identifier: MIT
 * Reads what hash.c writes: a line name=value a field, then a line an axis. Words that stand for a default that
 * depends on other fields ("default"), and fields that an axis sets ("axis"), leave the field unset. */
#include "sweep/stored.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

struct lur_stored {
  struct lur_spec spec;
  struct lur_axes axes;
  struct lur_sweep sweep;
  char *text; /* the experiment's, cut into lines; params point into it */
  void *data; /* patterns point into it */
};

/* ---- Data ---- */
static void add_patterns(const struct lur_patterns *d, struct lur_buffer *out) {
  const uint64_t shape[3] = {d->n, (uint64_t)d->n_inputs, (uint64_t)d->n_outputs};
  lur_buffer_add(out, (const char *)shape, sizeof shape);
  if (!d->n)
    return;
  lur_buffer_add(out, (const char *)d->inputs, d->n * (size_t)d->n_inputs * sizeof(double));
  lur_buffer_add(out, (const char *)d->targets, d->n * (size_t)d->n_outputs * sizeof(double));
}

void lur_stored_write_data(const struct lur_spec *spec, struct lur_buffer *out) {
  const uint64_t n_start = spec->start ? spec->n_start : 0;
  add_patterns(&spec->train, out);
  add_patterns(&spec->test, out);
  lur_buffer_add(out, (const char *)&n_start, sizeof n_start);
  if (n_start)
    lur_buffer_add(out, (const char *)spec->start, spec->n_start * sizeof(double));
}

struct bytes {
  const char *at;
  size_t left;
};

static bool take_counts(struct bytes *b, uint64_t *out, size_t n) {
  if (b->left < n * sizeof *out)
    return false;
  memcpy(out, b->at, n * sizeof *out);
  b->at += n * sizeof *out;
  b->left -= n * sizeof *out;
  return true;
}

/* rows x columns numbers, where they are. */
static bool take_numbers(struct bytes *b, uint64_t rows, uint64_t columns, const double **out) {
  size_t have = b->left / sizeof(double);
  if (columns && rows > have / columns)
    return false;
  *out = (const double *)(const void *)b->at;
  b->at += rows * columns * sizeof(double);
  b->left -= rows * columns * sizeof(double);
  return true;
}

static bool take_patterns(struct bytes *b, struct lur_patterns *d) {
  uint64_t shape[3];
  if (!take_counts(b, shape, 3))
    return false;
  if (shape[0] == 0)
    return true;
  if (shape[1] < 1 || shape[1] > LUR_MAX_WIDTH || shape[2] < 1 || shape[2] > LUR_MAX_WIDTH)
    return false;
  *d = (struct lur_patterns){.n = shape[0], .n_inputs = (int)shape[1], .n_outputs = (int)shape[2]};
  return take_numbers(b, shape[0], shape[1], &d->inputs) && take_numbers(b, shape[0], shape[2], &d->targets);
}

static int read_data(struct lur_stored *s, const void *data, size_t n, struct lur_error *e) {
  struct lur_spec *spec = &s->spec;
  uint64_t n_start = 0;
  s->data = lur_copy(data ? data : "", n, 1);
  if (!s->data)
    return lur_fail_memory(e);
  struct bytes b = {s->data, n};
  if (!take_patterns(&b, &spec->train) || !take_patterns(&b, &spec->test) || !take_counts(&b, &n_start, 1) ||
      !take_numbers(&b, n_start, 1, &spec->start))
    return lur_fail(e, LUR_EINPUT, "data", "the data kept in the file are damaged");
  spec->n_start = n_start;
  if (n_start == 0)
    spec->start = NULL;
  return LUR_OK;
}

/* ---- Lines ---- */
static int read_param(struct lur_stored *s, const char *name, const char *text, struct lur_error *e) {
  struct lur_param *p = &s->spec.param[s->spec.n_params];
  const struct lur_param number = {.value = {.kind = LUR_V_NUMBER}};
  if (s->spec.n_params == LUR_MAX_PARAMS || strlen(name) >= sizeof p->name)
    return lur_fail(e, LUR_EINPUT, "params", "more or longer params than there can be");
  s->spec.n_params++;
  if (strcmp(text, "true") == 0 || strcmp(text, "false") == 0)
    p->value = (struct lur_value){.kind = LUR_V_BOOL, .as.truth = text[0] == 't'};
  else if (strncmp(text, "text:", 5) == 0)
    *p = (struct lur_param){.value = {.kind = LUR_V_CHOICE}, .text = text + 5};
  else if (lur_param_read(&number, text, p, e))
    return LUR_EINPUT;
  snprintf(p->name, sizeof p->name, "%s", name);
  return LUR_OK;
}

static int find_metric(const char *name) {
  for (int m = 0; m < LUR_N_METRICS; m++)
    if (strcmp(lur_metric_names[m], name) == 0)
      return m;
  return -1;
}

static int read_metrics(struct lur_stored *s, char *text, struct lur_error *e) {
  char *rest = NULL;
  for (char *name = strtok_r(text, ",", &rest); name; name = strtok_r(NULL, ",", &rest)) {
    int m = find_metric(name);
    if (m >= 0)
      s->spec.metrics |= 1u << m;
    else if (strcmp(name, "epochs") != 0 && strcmp(name, "n_seeds") != 0 && strcmp(name, "solved_rate") != 0 &&
             strcmp(name, "diverged_rate") != 0)
      return lur_fail(e, LUR_EINPUT, "functions", "%s is a function of the script", name);
  }
  return LUR_OK;
}

/* "halving at 5 10 keep 0.25 by loss" */
static int read_prune(struct lur_stored *s, const char *text, struct lur_error *e) {
  struct lur_halving *h = &s->sweep.halving;
  char name[64];
  int used = 0;
  unsigned long long at;
  text += strncmp(text, "halving at", 10) == 0 ? 10 : 0;
  while (h->n_rungs < LUR_MAX_RUNGS && sscanf(text, " %llu%n", &at, &used) == 1) {
    h->at[h->n_rungs++] = at;
    text += used;
  }
  if (h->n_rungs == 0 || sscanf(text, " keep %lf by %63s", &h->keep, name) != 2 || find_metric(name) < 0)
    return lur_fail(e, LUR_EINPUT, "prune", "what the file keeps of it is damaged");
  h->by = (enum lur_metric)find_metric(name);
  return LUR_OK;
}

static int read_keep(struct lur_stored *s, const char *text, struct lur_error *e) {
  if (strcmp(text, "cells") == 0)
    s->sweep.keep = LUR_KEEP_CELLS;
  else if (sscanf(text, "best %zu by %63s", &s->sweep.keep_best, s->sweep.keep_by) == 2)
    s->sweep.keep = LUR_KEEP_BEST;
  else
    return lur_fail(e, LUR_EINPUT, "keep", "what the file keeps of it is damaged");
  return LUR_OK;
}

static bool is_unset(const char *name, const char *text) {
  static const char *const words[] = {"axis", "default", NULL};
  for (int i = 0; words[i]; i++)
    if (strcmp(words[i], text) == 0)
      return true;
  return strcmp(name, "weights") == 0;
}

static int read_line(struct lur_stored *s, const char *name, char *text, struct lur_error *e) {
  if (strncmp(name, "params.", 7) == 0)
    return read_param(s, name + 7, text, e);
  if (strcmp(name, "metrics") == 0)
    return read_metrics(s, text, e);
  if (strcmp(name, "prune") == 0)
    return read_prune(s, text, e);
  if (strcmp(name, "keep") == 0)
    return read_keep(s, text, e);
  if (strcmp(name, "functions") == 0)
    return lur_fail(e, LUR_EINPUT, "functions", "the experiment has functions, which only its script has");
  if (is_unset(name, text))
    return LUR_OK;
  int rc = lur_spec_set(&s->spec, name, text, e), id = lur_field_find(name, NULL);
  struct lur_value usual;
  if (!rc && id >= 0 && lur_field_default(&lur_fields[id], &usual) && lur_value_same(&usual, &s->spec.value[id]))
    s->spec.value[id].kind = LUR_V_ABSENT; /* as if it had not been said: an optimizer may not read it */
  return rc;
}

static int read_axis(struct lur_stored *s, const char *name, char *text, struct lur_error *e) {
  struct lur_axis a;
  if (strcmp(name, "samples") == 0)
    return lur_spec_set(&s->spec, name, text, e);
  char *zip = strstr(text, " zip ");
  int number = zip ? atoi(zip + 5) : 0;
  if (zip)
    *zip = '\0';
  int rc = lur_axis_init(&a, &s->spec, name, e);
  if (!rc)
    rc = lur_axis_read(&a, &s->spec, text, e);
  a.zip = number;
  if (!rc)
    rc = lur_axes_put(&s->axes, &a, e);
  if (rc)
    lur_axis_free(&a);
  return rc;
}

static int read_lines(struct lur_stored *s, char *text, bool axes, struct lur_error *e) {
  char *rest = NULL;
  int rc = LUR_OK;
  for (char *line = strtok_r(text, "\n", &rest); line && !rc; line = strtok_r(NULL, "\n", &rest)) {
    char *equal = strchr(line, '=');
    if (!equal)
      return lur_fail(e, LUR_EINPUT, "experiment", "\"%.40s\" is not of the form name=value", line);
    *equal = '\0';
    rc = axes ? read_axis(s, line, equal + 1, e) : read_line(s, line, equal + 1, e);
  }
  return rc;
}

struct lur_stored *lur_stored_read(const char *experiment, const char *axes, const void *data, size_t data_bytes,
                                   struct lur_error *e) {
  struct lur_stored *s = lur_alloc(1, sizeof *s);
  char *axes_text = lur_copy_text(axes ? axes : "");
  int rc = s && axes_text && (s->text = lur_copy_text(experiment ? experiment : "")) ? LUR_OK : lur_fail_memory(e);
  if (!rc)
    rc = read_data(s, data, data_bytes, e);
  if (!rc)
    rc = read_lines(s, s->text, false, e);
  if (!rc)
    rc = read_lines(s, axes_text, true, e);
  free(axes_text);
  if (rc) {
    lur_stored_free(s);
    return NULL;
  }
  s->sweep.spec = &s->spec;
  s->sweep.axes = &s->axes;
  return s;
}

/* A file that was extended still has the texts of its first time: what only adds runs is made to reach n_runs. */
static void extend(struct lur_stored *s, const struct lur_plan *p, uint64_t n_runs) {
  int seed = lur_axes_find(&s->axes, lur_fields[LUR_F_SEED].column);
  struct lur_value *samples = &s->spec.value[LUR_F_SAMPLES];
  if (seed >= 0 && s->axes.axis[seed].kind == LUR_A_RANGE)
    s->axes.axis[seed].n = (n_runs + lur_plan_n_cells(p) - 1) / lur_plan_n_cells(p);
  else if (samples->kind == LUR_V_INTEGER)
    samples->as.integer = (int64_t)(n_runs / lur_plan_n_seeds(p));
}

struct lur_plan *lur_stored_plan(struct lur_stored *s, uint64_t n_runs, struct lur_error *e) {
  struct lur_plan *p = lur_plan_new(&s->sweep, e);
  if (!p || lur_plan_n_runs(p) >= n_runs || s->sweep.keep == LUR_KEEP_CELLS)
    return p;
  extend(s, p, n_runs);
  lur_plan_free(p);
  return lur_plan_new(&s->sweep, e);
}

void lur_stored_free(struct lur_stored *s) {
  if (!s)
    return;
  lur_axes_free(&s->axes);
  free(s->text);
  free(s->data);
  free(s);
}
