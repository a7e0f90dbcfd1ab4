/* SPDX-License-Identifier: MIT
 * Lines of name=value, one per field; one line per axis; then numbers. A field that says what its default says was not
 * set. Nothing read here is trusted: a damaged file gives an error, or a plan with another hash. */
#include "sweep/stored.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/digits.h"
#include "base/memory.h"
#include "data/normalize.h"
#include "sweep/plan_internal.h"

static const char *const function_names[] = {"where", "data", "start", "metrics", "when", "log", NULL};
_Static_assert(1 << (sizeof function_names / sizeof *function_names - 2) == LUR_FN_LOG, "a function has no name");

/* ---- Writing ---- */
void lur_stored_write_more(const struct lur_plan *p, const char *log, int item, struct lur_buffer *out) {
  const struct lur_sweep *sweep = &p->sweep;
  const struct lur_host_calls *c = sweep->calls;
  unsigned functions = (c->where ? LUR_FN_WHERE : 0) | (c->data ? LUR_FN_DATA : 0) | (c->start ? LUR_FN_START : 0) |
                       (c->n_metrics ? LUR_FN_METRICS : 0) | (c->when ? LUR_FN_WHEN : 0);
  lur_buffer_format(out, "sources=%s\nfunctions=", sweep->sources ? sweep->sources : "");
  if (log && strcmp(log, "function") == 0)
    functions |= LUR_FN_LOG;
  for (int i = 0; function_names[i]; i++)
    if (functions >> i & 1)
      lur_buffer_format(out, "%s,", function_names[i]);
  lur_buffer_text(out, "\n");
  if (log && !(functions & LUR_FN_LOG))
    lur_buffer_format(out, "log=%s\n", log);
  if (sweep->rank[0])
    lur_buffer_format(out, "rank=%s\n", sweep->rank);
  lur_buffer_format(out, "item=%d\n", item);
}

/* ---- Patterns and start values, in parts ---- */
/* Inputs that were narrow before they were normalized are kept so, behind what makes them what is trained. */
enum part {
  SHIFT,
  SCALE,
  TRAIN_RAW,
  TRAIN_INPUTS,
  TRAIN_TARGETS,
  TEST_RAW,
  TEST_INPUTS,
  TEST_TARGETS,
  TEST_IS_TRAIN,
  VALIDATION_RAW,
  VALIDATION_INPUTS,
  VALIDATION_TARGETS,
  START,
  FROZEN,
  N_PARTS
};
_Static_assert((int)N_PARTS == (int)LUR_MAX_PARTS, "a part more or less");
const char *const lur_part_names[] = {
    [SHIFT] = "shift",
    [SCALE] = "scale",
    [TRAIN_RAW] = "train inputs to scale",
    [TRAIN_INPUTS] = "train inputs",
    [TRAIN_TARGETS] = "train targets",
    [TEST_RAW] = "test inputs to scale",
    [TEST_INPUTS] = "test inputs",
    [TEST_TARGETS] = "test targets",
    [TEST_IS_TRAIN] = "test is train",
    [VALIDATION_RAW] = "validation inputs to scale",
    [VALIDATION_INPUTS] = "validation inputs",
    [VALIDATION_TARGETS] = "validation targets",
    [START] = "start",
    [FROZEN] = "frozen",
    [N_PARTS] = NULL,
};

static bool same_values(const double *a, const double *b, size_t n) {
  return a == b || memcmp(a, b, n * sizeof *a) == 0;
}

static bool same_patterns(const struct lur_patterns *a, const struct lur_patterns *b) {
  return a->n == b->n && a->n_inputs == b->n_inputs && a->n_outputs == b->n_outputs &&
         same_values(a->inputs, b->inputs, a->n * (size_t)a->n_inputs) &&
         same_values(a->targets, b->targets, a->n * (size_t)a->n_outputs);
}

static struct lur_part doubles(enum part k, size_t n_rows, size_t width, const double *values) {
  return (struct lur_part){lur_part_names[k], n_rows, width, LUR_F64, values};
}

static struct lur_part inputs_part(enum part k, enum part raw, const struct lur_patterns *p,
                                   const struct lur_inputs *x) {
  if (x->n)
    return (struct lur_part){lur_part_names[raw], x->n, (uint64_t)x->width, x->type, x->values};
  return doubles(k, p->n, (size_t)p->n_inputs, p->inputs);
}

/* With folds: all rows as they are, and a scaling that is given; what is fitted is fitted again. */
static int whole_parts(const struct lur_spec *spec, struct lur_part part[LUR_MAX_PARTS]) {
  const struct lur_dataset *d = spec->whole;
  const struct lur_inputs x = lur_dataset_inputs(d);
  int n = 0;
  if (spec->from_shift) {
    part[n++] = doubles(SHIFT, 1, (size_t)d->n_inputs, spec->from_shift);
    part[n++] = doubles(SCALE, 1, (size_t)d->n_inputs, spec->from_scale);
  }
  part[n++] = (struct lur_part){lur_part_names[TRAIN_INPUTS], x.n, (uint64_t)x.width, x.type, x.values};
  part[n++] = doubles(TRAIN_TARGETS, d->n, (size_t)d->n_outputs, d->targets);
  return n;
}

static int set_parts(const struct lur_spec *spec, struct lur_part part[LUR_MAX_PARTS]) {
  const struct lur_patterns *a = &spec->train, *b = &spec->test, *v = &spec->validation;
  int n = 0;
  if (spec->raw_train.n || spec->raw_test.n || spec->raw_validation.n) {
    part[n++] = doubles(SHIFT, 1, (size_t)a->n_inputs, spec->shift);
    part[n++] = doubles(SCALE, 1, (size_t)a->n_inputs, spec->scale);
  }
  if (a->n) {
    part[n++] = inputs_part(TRAIN_INPUTS, TRAIN_RAW, a, &spec->raw_train);
    part[n++] = doubles(TRAIN_TARGETS, a->n, (size_t)a->n_outputs, a->targets);
  }
  if (a->n && b->n && same_patterns(a, b)) {
    part[n++] = doubles(TEST_IS_TRAIN, 0, 0, NULL);
  } else if (b->n) {
    part[n++] = inputs_part(TEST_INPUTS, TEST_RAW, b, &spec->raw_test);
    part[n++] = doubles(TEST_TARGETS, b->n, (size_t)b->n_outputs, b->targets);
  }
  if (v->n) {
    part[n++] = inputs_part(VALIDATION_INPUTS, VALIDATION_RAW, v, &spec->raw_validation);
    part[n++] = doubles(VALIDATION_TARGETS, v->n, (size_t)v->n_outputs, v->targets);
  }
  return n;
}

int lur_stored_parts(const struct lur_spec *spec, struct lur_part part[LUR_MAX_PARTS]) {
  int n = spec->whole ? whole_parts(spec, part) : set_parts(spec, part);
  if (spec->start && spec->n_start)
    part[n++] = doubles(START, spec->n_start, 1, spec->start);
  if (spec->frozen && spec->n_frozen)
    part[n++] = doubles(FROZEN, spec->n_frozen, 1, spec->frozen);
  return n;
}

bool lur_part_fits(const struct lur_part *p, uint64_t *n) {
  if (p->width && p->n_rows > (LUR_MOST_NUMBERS - *n) / p->width)
    return false;
  *n += p->n_rows * p->width;
  return true;
}

/* Where each part's numbers go, and how many of its rows have come. */
struct place_of {
  const struct lur_part *part; /* NULL: the file has none */
  double *values;
  uint64_t n_rows;
};

static int fail_data(struct lur_error *e) {
  return lur_fail(e, LUR_EIO, NULL, "the file's data cannot be read; it was made by an earlier luron, or is damaged");
}

static int part_of(const char *name) {
  for (int k = 0; k < N_PARTS; k++)
    if (strcmp(name, lur_part_names[k]) == 0)
      return k;
  return -1;
}

static int place_parts(struct lur_stored *s, const struct lur_pieces *data, struct place_of at[N_PARTS],
                       struct lur_error *e) {
  uint64_t n = 0;
  for (int i = 0; i < data->n_parts; i++) {
    const struct lur_part *p = &data->part[i];
    int k = part_of(p->name);
    if (k < 0 || at[k].part || p->width > LUR_MAX_WIDTH || !lur_part_fits(p, &n))
      return fail_data(e);
    at[k].part = p;
  }
  if (!(s->values = lur_alloc(n + 1, sizeof *s->values)))
    return lur_fail_memory(e);
  n = 0;
  for (int k = 0; k < N_PARTS; k++) {
    at[k].values = s->values + n;
    n += at[k].part ? at[k].part->n_rows * at[k].part->width : 0;
  }
  return LUR_OK;
}

/* What scales them comes before them. */
static bool scale_rows(const struct place_of at[N_PARTS], const struct lur_part *piece, double *values) {
  for (int k = SHIFT; k <= SCALE; k++)
    if (at[k].n_rows != 1 || at[k].part->width != piece->width)
      return false;
  lur_normalize_apply(at[SHIFT].values, at[SCALE].values, piece->n_rows, (int)piece->width, values, values);
  return true;
}

static int take_pieces(const struct lur_pieces *data, struct place_of at[N_PARTS], struct lur_error *e) {
  struct lur_part piece;
  int rc;
  while ((rc = data->next(data->context, &piece, e)) == 1) {
    int k = part_of(piece.name);
    struct place_of *to = k < 0 ? NULL : &at[k];
    if (!to || !to->part || piece.width != to->part->width || piece.n_rows > to->part->n_rows - to->n_rows)
      return fail_data(e);
    double *values = to->values + to->n_rows * piece.width;
    lur_narrow_read(piece.type, piece.values, piece.n_rows * piece.width, values);
    if ((k == TRAIN_RAW || k == TEST_RAW || k == VALIDATION_RAW) && !scale_rows(at, &piece, values))
      return fail_data(e);
    to->n_rows += piece.n_rows;
  }
  for (int k = 0; k < N_PARTS && !rc; k++)
    if (at[k].part && at[k].n_rows != at[k].part->n_rows)
      return fail_data(e);
  return rc < 0 ? -rc : LUR_OK;
}

/* Both or none of inputs and targets. */
static bool set_patterns(const struct place_of *inputs, const struct place_of *targets, struct lur_patterns *d) {
  const struct lur_part *in = inputs->part, *out = targets->part;
  if (!in && !out)
    return true;
  if (!in || !out || in->n_rows != out->n_rows)
    return false;
  *d = (struct lur_patterns){.n = in->n_rows,
                             .n_inputs = (int)in->width,
                             .n_outputs = (int)out->width,
                             .inputs = inputs->values,
                             .targets = targets->values};
  return true;
}

static const struct place_of *one_of(const struct place_of at[N_PARTS], enum part a, enum part b) {
  return at[a].part ? &at[a] : &at[b];
}

static bool is_row(const struct place_of *at, int width) {
  return at->part && at->part->n_rows == 1 && at->part->width == (uint64_t)width;
}

/* With folds, the patterns are all that there are. */
static void set_whole(struct lur_stored *s, const struct place_of at[N_PARTS]) {
  const struct lur_patterns *p = &s->spec.train;
  s->whole = (struct lur_dataset){.n = p->n,
                                  .n_inputs = p->n_inputs,
                                  .n_outputs = p->n_outputs,
                                  .inputs = one_of(at, TRAIN_RAW, TRAIN_INPUTS)->values,
                                  .targets = at[TRAIN_TARGETS].values};
  s->spec.whole = &s->whole;
  if (is_row(&at[SHIFT], p->n_inputs) && is_row(&at[SCALE], p->n_inputs)) {
    s->spec.from_shift = at[SHIFT].values;
    s->spec.from_scale = at[SCALE].values;
  }
}

static int read_data(struct lur_stored *s, const struct lur_pieces *data, struct lur_error *e) {
  struct lur_spec *spec = &s->spec;
  struct place_of at[N_PARTS] = {{0}};
  int rc = place_parts(s, data, at, e);
  if (!rc)
    rc = take_pieces(data, at, e);
  if (!rc && (!set_patterns(one_of(at, TRAIN_RAW, TRAIN_INPUTS), &at[TRAIN_TARGETS], &spec->train) ||
              !set_patterns(one_of(at, TEST_RAW, TEST_INPUTS), &at[TEST_TARGETS], &spec->test) ||
              !set_patterns(one_of(at, VALIDATION_RAW, VALIDATION_INPUTS), &at[VALIDATION_TARGETS], &spec->validation)))
    rc = fail_data(e);
  if (rc)
    return rc;
  if (at[TEST_IS_TRAIN].part)
    spec->test = spec->train;
  if (lur_spec_has_folds(spec) && spec->train.n)
    set_whole(s, at);
  if (at[START].part) {
    spec->start = at[START].values;
    spec->n_start = at[START].part->n_rows * at[START].part->width;
  }
  if (at[FROZEN].part) {
    spec->frozen = at[FROZEN].values;
    spec->n_frozen = at[FROZEN].part->n_rows * at[FROZEN].part->width;
  }
  return LUR_OK;
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

/* "halving at 50 200 keep 0.25 by loss" */
static bool read_prune(struct lur_halving *h, const char *text) {
  static const char head[] = "halving at";
  char *end;
  if (strncmp(text, head, sizeof head - 1) != 0)
    return false;
  for (text += sizeof head - 1; h->n_rungs < LUR_MAX_RUNGS; text = end) {
    unsigned long long at = strtoull(text, &end, 10);
    if (end == text)
      break;
    h->at[h->n_rungs++] = at;
  }
  if (strncmp(text, " keep ", 6) != 0)
    return false;
  h->keep = lur_digits_parse(text + 6, &end);
  if (strncmp(end, " by ", 4) != 0)
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
  return s->keep_by[0] != '\0';
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
  else if (strcmp(name, "item") == 0)
    good = true; /* for who looks for other files of the script */
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
    rc = read_data(out, data, e);
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
  *s = (struct lur_stored){0};
}
