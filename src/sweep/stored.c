/* SPDX-License-Identifier: MIT
 * Lines of name=value, one a field; axes a line each; then doubles. A field that says what its default says was not
 * set. Nothing read here is trusted: a damaged file gives an error, or a plan with another hash. */
#include "sweep/stored.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "sweep/plan_internal.h"

static const char *const function_names[] = {"where", "data", "start", "metrics", "when", "log", NULL};

/* ---- Writing ---- */
static unsigned functions_of(const struct lur_host_calls *c) {
  if (!c)
    return 0;
  return (c->where ? LUR_FN_WHERE : 0) | (c->data ? LUR_FN_DATA : 0) | (c->start ? LUR_FN_START : 0) |
         (c->n_metrics ? LUR_FN_METRICS : 0) | (c->when ? LUR_FN_WHEN : 0);
}

void lur_stored_write_more(const struct lur_plan *p, const char *log, struct lur_buffer *out) {
  const struct lur_sweep *sweep = &p->sweep;
  unsigned functions = functions_of(sweep->calls);
  lur_buffer_format(out, "sources=%s\nfunctions=", sweep->sources ? sweep->sources : "");
  if (log && strcmp(log, "function") == 0)
    functions |= LUR_FN_LOG;
  for (int i = 0; function_names[i]; i++)
    if (functions >> i & 1)
      lur_buffer_format(out, "%s,", function_names[i]);
  lur_buffer_text(out, "\n");
  if (log && !(functions & LUR_FN_LOG))
    lur_buffer_format(out, "log=%s\n", log);
}

static void write_patterns(const struct lur_patterns *d, struct lur_buffer *out) {
  const uint64_t shape[3] = {d->n, (uint64_t)d->n_inputs, (uint64_t)d->n_outputs};
  lur_buffer_add(out, (const char *)shape, sizeof shape);
  if (!d->n)
    return;
  lur_buffer_add(out, (const char *)d->inputs, d->n * (size_t)d->n_inputs * sizeof(double));
  lur_buffer_add(out, (const char *)d->targets, d->n * (size_t)d->n_outputs * sizeof(double));
}

void lur_stored_write_data(const struct lur_spec *spec, struct lur_buffer *out) {
  const uint64_t n_start = spec->start ? spec->n_start : 0;
  write_patterns(&spec->train, out);
  write_patterns(&spec->test, out);
  lur_buffer_add(out, (const char *)&n_start, sizeof n_start);
  if (n_start)
    lur_buffer_add(out, (const char *)spec->start, n_start * sizeof(double));
}

/* ---- Reading data: doubles lie behind counts of eight bytes, so that all of it is aligned ---- */
struct bytes {
  const double *at;
  size_t n; /* doubles, or counts, left */
};

static bool take_count(struct bytes *b, uint64_t *count) {
  if (b->n == 0)
    return false;
  memcpy(count, b->at++, sizeof *count);
  b->n--;
  return true;
}

static const double *take_doubles(struct bytes *b, uint64_t rows, uint64_t columns) {
  const double *from = b->at;
  if (columns && rows > b->n / columns)
    return NULL;
  b->at += rows * columns;
  b->n -= rows * columns;
  return from;
}

static bool take_patterns(struct bytes *b, struct lur_patterns *d) {
  uint64_t n, n_inputs, n_outputs;
  if (!take_count(b, &n) || !take_count(b, &n_inputs) || !take_count(b, &n_outputs))
    return false;
  if (n_inputs > LUR_MAX_WIDTH || n_outputs > LUR_MAX_WIDTH)
    return false;
  *d = (struct lur_patterns){.n = n, .n_inputs = (int)n_inputs, .n_outputs = (int)n_outputs};
  d->inputs = take_doubles(b, n, n_inputs);
  d->targets = d->inputs ? take_doubles(b, n, n_outputs) : NULL;
  return d->targets != NULL;
}

static int read_data(struct lur_stored *s, const void *data, size_t n_bytes, struct lur_error *e) {
  struct lur_spec *spec = &s->spec;
  uint64_t n_start = 0;
  s->values = lur_alloc(n_bytes / sizeof(double) + 1, sizeof(double));
  if (!s->values)
    return lur_fail_memory(e);
  if (n_bytes)
    memcpy(s->values, data, n_bytes - n_bytes % sizeof(double));
  struct bytes b = {s->values, n_bytes / sizeof(double)};
  if (!take_patterns(&b, &spec->train) || !take_patterns(&b, &spec->test) || !take_count(&b, &n_start))
    return lur_fail(e, LUR_EIO, NULL, "the file's data cannot be read; it was made by an earlier luron, or is damaged");
  spec->start = n_start ? take_doubles(&b, n_start, 1) : NULL;
  spec->n_start = spec->start ? n_start : 0;
  return LUR_OK;
}

/* ---- Reading lines ---- */
static bool is_default(const char *name, const char *value) {
  int layer, id = lur_field_find(name, &layer);
  if (id < 0 || layer)
    return false;
  struct lur_value usual;
  struct lur_buffer text = {0};
  if (lur_field_default(&lur_fields[id], &usual))
    lur_value_write(&lur_fields[id], &usual, &text);
  bool same = strcmp(text.data ? text.data : "default", value) == 0;
  lur_buffer_free(&text);
  return same;
}

static int read_param(struct lur_stored *s, const char *name, char *value, struct lur_error *e) {
  static const char text[] = "text:";
  struct lur_spec *spec = &s->spec;
  if (spec->n_params == LUR_MAX_PARAMS || strlen(name) >= sizeof spec->param[0].name)
    return lur_fail(e, LUR_EIO, NULL, "the file's params cannot be read");
  struct lur_param like = {.value.kind = LUR_V_NUMBER}, *to = &spec->param[spec->n_params++];
  if (strcmp(value, "true") == 0 || strcmp(value, "false") == 0)
    like.value.kind = LUR_V_BOOL;
  if (strncmp(value, text, sizeof text - 1) == 0) {
    like = (struct lur_param){.value.kind = LUR_V_CHOICE, .text = ""};
    value += sizeof text - 1;
    lur_text_read(value);
  }
  snprintf(like.name, sizeof like.name, "%s", name);
  return lur_param_read(&like, value, to, e);
}

static void read_metrics(struct lur_stored *s, char *list) {
  char *rest = NULL;
  for (char *name = strtok_r(list, ",", &rest); name; name = strtok_r(NULL, ",", &rest))
    for (int m = 0; m < LUR_N_METRICS; m++)
      if (strcmp(name, lur_metric_names[m]) == 0)
        s->spec.metrics |= 1u << m;
}

static void read_functions(struct lur_stored *s, char *list) {
  char *rest = NULL;
  for (char *name = strtok_r(list, ",", &rest); name; name = strtok_r(NULL, ",", &rest))
    for (int i = 0; function_names[i]; i++)
      if (strcmp(name, function_names[i]) == 0)
        s->functions |= 1u << i;
}

/* "halving at 50 200 keep 0.25 by loss" */
static bool read_prune(struct lur_halving *h, const char *text) {
  static const char head[] = "halving at";
  char by[64] = "", *end;
  if (strncmp(text, head, sizeof head - 1) != 0)
    return false;
  for (text += sizeof head - 1; h->n_rungs < LUR_MAX_RUNGS; text = end) {
    unsigned long long at = strtoull(text, &end, 10);
    if (end == text)
      break;
    h->at[h->n_rungs++] = at;
  }
  if (sscanf(text, " keep %lf by %63s", &h->keep, by) != 2)
    return false;
  for (int m = 0; m < LUR_N_METRICS; m++)
    if (strcmp(by, lur_metric_names[m]) == 0)
      h->by = (enum lur_metric)m;
  return true;
}

/* "cells", "best 10 by loss" */
static bool read_keep(struct lur_stored *s, const char *text) {
  if (strcmp(text, "cells") == 0) {
    s->keep = LUR_KEEP_CELLS;
    return true;
  }
  s->keep = LUR_KEEP_BEST;
  return sscanf(text, "best %zu by %63s", &s->keep_best, s->keep_by) == 2;
}

static int read_line(struct lur_stored *s, char *name, struct lur_error *e) {
  static const char params[] = "params.";
  char *value = strchr(name, '=');
  bool good = value != NULL;
  if (!good)
    return lur_fail(e, LUR_EIO, NULL, "the file's experiment cannot be read: \"%.60s\"", name);
  *value++ = '\0';
  if (strcmp(name, "metrics") == 0)
    read_metrics(s, value);
  else if (strcmp(name, "functions") == 0)
    read_functions(s, value);
  else if (strcmp(name, "sources") == 0)
    snprintf(s->sources, sizeof s->sources, "%s", value);
  else if (strcmp(name, "log") == 0)
    s->log = value;
  else if (strcmp(name, "prune") == 0)
    good = read_prune(&s->halving, value);
  else if (strcmp(name, "keep") == 0)
    good = read_keep(s, value);
  else if (strncmp(name, params, sizeof params - 1) == 0)
    return read_param(s, name + sizeof params - 1, value, e);
  else if (strcmp(name, "weights") != 0 && strcmp(value, "axis") != 0 && !is_default(name, value))
    return lur_spec_set(&s->spec, name, value, e);
  return good ? LUR_OK : lur_fail(e, LUR_EIO, NULL, "the file's experiment cannot be read: %s=%.60s", name, value);
}

/* ---- Axes ---- */
/* NAME=VALUES [zip N]. A list of one value is an axis too. */
static int read_axis(struct lur_stored *s, char *name, struct lur_error *e) {
  struct lur_axis a = {0};
  char *value = strchr(name, '='), *zip = strstr(name, " zip ");
  if (!value)
    return lur_fail(e, LUR_EIO, NULL, "the file's axes cannot be read: \"%.60s\"", name);
  *value++ = '\0';
  if (strcmp(name, "samples") == 0)
    return lur_spec_set(&s->spec, name, value, e);
  if (zip)
    *zip = '\0';
  int rc = lur_axis_init(&a, &s->spec, name, e);
  if (!rc)
    rc = lur_axis_read_written(&a, &s->spec, value, e);
  a.zip = zip ? atoi(zip + 5) : 0;
  if (a.zip > s->axes.n_zips)
    s->axes.n_zips = a.zip;
  if (!rc)
    rc = lur_axes_put(&s->axes, &a, e);
  if (rc)
    lur_axis_free(&a);
  return rc;
}

static int each_line(struct lur_stored *s, char *text, int (*read)(struct lur_stored *, char *, struct lur_error *),
                     struct lur_error *e) {
  char *rest = NULL;
  int rc = LUR_OK;
  for (char *line = strtok_r(text, "\n", &rest); line && !rc; line = strtok_r(NULL, "\n", &rest))
    rc = read(s, line, e);
  return rc;
}

int lur_stored_read(const char *experiment, const char *axes, const void *data, size_t n_bytes, struct lur_stored *out,
                    struct lur_error *e) {
  *out = (struct lur_stored){0};
  char *axes_text = lur_copy_text(axes);
  out->text = lur_copy_text(experiment);
  int rc = out->text && axes_text ? LUR_OK : lur_fail_memory(e);
  if (!rc)
    rc = each_line(out, out->text, read_line, e);
  if (!rc)
    rc = each_line(out, axes_text, read_axis, e);
  if (!rc)
    rc = read_data(out, data, n_bytes, e);
  free(axes_text);
  if (rc)
    lur_stored_free(out);
  return rc;
}

struct lur_sweep lur_stored_sweep(const struct lur_stored *s) {
  struct lur_sweep sweep = {.spec = &s->spec,
                            .axes = &s->axes,
                            .halving = s->halving,
                            .keep = s->keep,
                            .keep_best = s->keep_best,
                            .sources = s->sources};
  memcpy(sweep.keep_by, s->keep_by, sizeof sweep.keep_by);
  return sweep;
}

void lur_stored_free(struct lur_stored *s) {
  if (!s)
    return;
  lur_axes_free(&s->axes);
  free(s->text);
  free(s->values);
  *s = (struct lur_stored){0};
}
