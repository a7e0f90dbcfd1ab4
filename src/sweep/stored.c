/* SPDX-License-Identifier: MIT
 * Lines of name=value, one per field; one line per axis; then numbers. A field that says what its default says was not
 * set. Nothing read here is trusted: a damaged file gives an error, or a plan with another hash. */
#include "sweep/stored.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/digits.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "sweep/plan_internal.h"

static const char *const function_names[] = {"where", "data", "start", "metrics", "when", "log", NULL};
_Static_assert(1 << (sizeof function_names / sizeof *function_names - 2) == LUR_FN_LOG, "a function has no name");

unsigned lur_stored_functions(const struct lur_host_calls *c) {
  return (c->where ? LUR_FN_WHERE : 0) | (c->data ? LUR_FN_DATA : 0) | (c->start ? LUR_FN_START : 0) |
         (c->n_metrics ? LUR_FN_METRICS : 0) | (c->when ? LUR_FN_WHEN : 0);
}

/* ---- Writing ---- */
void lur_stored_write_more(const struct lur_plan *p, const char *opaque, const char *log, int item,
                           struct lur_buffer *out) {
  char line[100];
  const struct lur_sweep *sweep = &p->sweep;
  const struct lur_host_calls *c = sweep->calls;
  unsigned functions = lur_stored_functions(c);
  lur_buffer_format(out, "sources=%s\nfunctions=", sweep->sources ? sweep->sources : "");
  if (log && strcmp(log, "function") == 0)
    functions |= LUR_FN_LOG;
  for (int i = 0; function_names[i]; i++)
    if (functions >> i & 1)
      lur_buffer_format(out, "%s,", function_names[i]);
  lur_buffer_text(out, "\n");
  if (opaque[0])
    lur_buffer_format(out, "opaque=%s\n", lur_utf8_line(opaque, line, sizeof line));
  if (log && !(functions & LUR_FN_LOG))
    lur_buffer_format(out, "log=%s\n", log);
  if (sweep->rank[0])
    lur_buffer_format(out, "rank=%s\n", sweep->rank);
  lur_buffer_format(out, "item=%d\n", item);
}

/* ---- Reading lines ---- */
static bool is_default(const char *name, const char *value) {
  int layer, id = lur_field_find(name, &layer);
  if (id < 0 || layer)
    return false;
  struct lur_buffer text = {0};
  lur_value_write(&lur_fields[id], &lur_fields[id].usual, &text);
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
  if (strcmp(value, "usual") == 0) {
    *to = (struct lur_param){.value.kind = LUR_V_NUMBER, .is_usual = true};
    snprintf(to->name, sizeof to->name, "%s", name);
    return LUR_OK;
  }
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

/* Bits of the names in a list such as "loss,mse," that are among these. */
static uint64_t read_bits(char *list, const char *const *names) {
  uint64_t bits = 0;
  char *rest = NULL;
  for (char *name = strtok_r(list, ",", &rest); name; name = strtok_r(NULL, ",", &rest))
    for (int i = 0; names[i]; i++)
      if (strcmp(name, names[i]) == 0)
        bits |= LUR_BIT(i);
  return bits;
}

/* "1,2,biases,mask,": the mask is among the file's parts. */
static bool read_frozen(struct lur_spec *spec, char *list) {
  char *rest = NULL;
  bool good = true;
  for (char *item = strtok_r(list, ",", &rest); item; item = strtok_r(NULL, ",", &rest)) {
    const int layer = atoi(item);
    if (strcmp(item, "biases") == 0)
      spec->frozen_biases = true;
    else if (layer >= 1 && layer <= LUR_MAX_LAYERS)
      spec->frozen_layers |= (uint32_t)1 << (layer - 1);
    else
      good = good && strcmp(item, "mask") == 0;
  }
  return good;
}

/* "halving at 50 200 keep 0.25 by loss": ascending epochs, and a share that is one. */
static bool read_prune(struct lur_halving *h, const char *text) {
  static const char head[] = "halving at";
  char *end;
  if (strncmp(text, head, sizeof head - 1) != 0)
    return false;
  for (text += sizeof head - 1; h->n_rungs < LUR_MAX_RUNGS; text = end) {
    unsigned long long at = strtoull(text, &end, 10);
    if (end == text)
      break;
    if (at < 1 || (h->n_rungs && at <= h->at[h->n_rungs - 1]))
      return false;
    h->at[h->n_rungs++] = at;
  }
  if (h->n_rungs == 0 || strncmp(text, " keep ", 6) != 0)
    return false;
  h->keep = lur_digits_parse(text + 6, &end);
  if (!(h->keep > 0 && h->keep < 1) || strncmp(end, " by ", 4) != 0)
    return false;
  const int m = lur_metric_find(end + 4);
  if (m >= 0)
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
  if (strncmp(text, "best ", 5) != 0)
    return false;
  char *end;
  s->keep_best = strtoull(text + 5, &end, 10);
  snprintf(s->keep_by, sizeof s->keep_by, "%s", strncmp(end, " by ", 4) == 0 ? end + 4 : "");
  return s->keep_best > 0 && s->keep_by[0] != '\0';
}

static int read_line(struct lur_stored *s, char *name, struct lur_error *e) {
  static const char params[] = "params.";
  char *value = strchr(name, '='), *end;
  bool good = value != NULL;
  if (!good)
    return lur_fail(e, LUR_EIO, NULL, "the file's experiment cannot be read: \"%.60s\"", name);
  *value++ = '\0';
  if (strcmp(name, "metrics") == 0)
    s->spec.metrics |= read_bits(value, lur_metric_names);
  else if (strcmp(name, "functions") == 0)
    s->functions |= read_bits(value, function_names);
  else if (strcmp(name, "sources") == 0)
    snprintf(s->sources, sizeof s->sources, "%s", value);
  else if (strcmp(name, "log") == 0)
    s->log = value;
  else if (strcmp(name, "item") == 0 || strcmp(name, "opaque") == 0)
    good = true; /* for who looks for other files of the script, or asks whether the sweep is done */
  else if (strcmp(name, "rank") == 0)
    snprintf(s->rank, sizeof s->rank, "%s", value);
  else if (strcmp(name, "freeze") == 0)
    good = read_frozen(&s->spec, value);
  else if (strcmp(name, "prune") == 0)
    good = read_prune(&s->halving, value);
  else if (strcmp(name, "validation_share") == 0)
    s->spec.validation_share = lur_digits_parse(value, &end);
  else if (strcmp(name, "keep") == 0)
    good = read_keep(s, value);
  else if (strncmp(name, params, sizeof params - 1) == 0)
    return read_param(s, name + sizeof params - 1, value, e);
  else if (strcmp(name, "weights") != 0 && strcmp(value, "axis") != 0 && !is_default(name, value))
    return lur_spec_set(&s->spec, name, value, e);
  return good ? LUR_OK : lur_fail(e, LUR_EIO, NULL, "the file's experiment cannot be read: %s=%.60s", name, value);
}

/* ---- Axes ---- */
/* NAME=VALUES [crossed] [zip N]. A list of one value is an axis too. */
static int read_axis(struct lur_stored *s, char *name, struct lur_error *e) {
  struct lur_axis a = {0};
  char *value = strchr(name, '='), *zip = strstr(name, " zip "), *crossed = strstr(name, " crossed");
  if (!value)
    return lur_fail(e, LUR_EIO, NULL, "the file's axes cannot be read: \"%.60s\"", name);
  *value++ = '\0';
  if (strcmp(name, "samples") == 0)
    return lur_spec_set(&s->spec, name, value, e);
  if (zip)
    *zip = '\0';
  if (crossed)
    *crossed = '\0';
  int rc = lur_axis_init(&a, &s->spec, name, e);
  if (!rc)
    rc = lur_axis_read_written(&a, &s->spec, value, e);
  a.zip = zip ? atoi(zip + 5) : 0;
  a.crossed = crossed != NULL;
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

int lur_stored_read(const char *experiment, const char *axes, const struct lur_pieces *data,
                    struct lur_entries *entries, struct lur_stored *out, struct lur_error *e) {
  *out = (struct lur_stored){.spec.entries = entries};
  char *axes_text = lur_copy_text(axes);
  if (!data && !entries && (out->spec.entries = lur_entries_new()) != NULL)
    out->spec.entries->names_only = true;
  out->text = lur_copy_text(experiment);
  int rc = out->text && axes_text ? LUR_OK : lur_fail_memory(e);
  if (!rc)
    rc = each_line(out, out->text, read_line, e);
  if (!rc)
    rc = each_line(out, axes_text, read_axis, e);
  if (!rc && data)
    rc = lur_stored_read_parts(out, data, e);
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
  memcpy(sweep.rank, s->rank, sizeof sweep.rank);
  return sweep;
}

void lur_stored_free(struct lur_stored *s) {
  if (!s)
    return;
  lur_axes_free(&s->axes);
  lur_entries_free(s->spec.entries);
  free(s->text);
  free(s->values);
  free(s->whole.fill);
  free(s->whole.missing);
  free(s->scaled);
  *s = (struct lur_stored){0};
}
