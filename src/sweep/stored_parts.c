/* SPDX-License-Identifier: MIT
 * The numbers of a stored sweep, in parts: patterns, weights, scalings, start values, frozen parameters. Nothing read
 * here is trusted: sizes that do not fit each other are an error. */
#include <string.h>

#include "base/memory.h"
#include "data/fill.h"
#include "data/normalize.h"
#include "sweep/plan_internal.h"
#include "sweep/stored.h"

/* Inputs that were narrow before they were normalized are kept so, behind what makes them what is trained; targets that
 * were scaled always are. */
enum part {
  SHIFT,
  SCALE,
  TARGET_SHIFT,
  TARGET_SCALE,
  FILL_KINDS,
  FILL,
  TRAIN_MISSING,
  TRAIN_RAW,
  TRAIN_INPUTS,
  TRAIN_TARGETS,
  TRAIN_GIVEN,
  TRAIN_WEIGHTS,
  TEST_RAW,
  TEST_INPUTS,
  TEST_TARGETS,
  TEST_GIVEN,
  TEST_IS_TRAIN,
  VALIDATION_RAW,
  VALIDATION_INPUTS,
  VALIDATION_TARGETS,
  VALIDATION_GIVEN,
  START,
  FROZEN,
  N_PARTS
};
_Static_assert((int)N_PARTS == (int)LUR_MAX_PARTS, "a part more or less");
const char *const lur_part_names[] = {
    [SHIFT] = "shift",
    [SCALE] = "scale",
    [TARGET_SHIFT] = "target shift",
    [TARGET_SCALE] = "target scale",
    [FILL_KINDS] = "fill kinds",
    [FILL] = "fill",
    [TRAIN_MISSING] = "train missing",
    [TRAIN_RAW] = "train inputs to scale",
    [TRAIN_INPUTS] = "train inputs",
    [TRAIN_TARGETS] = "train targets",
    [TRAIN_GIVEN] = "train targets to scale",
    [TRAIN_WEIGHTS] = "train weights",
    [TEST_RAW] = "test inputs to scale",
    [TEST_INPUTS] = "test inputs",
    [TEST_TARGETS] = "test targets",
    [TEST_GIVEN] = "test targets to scale",
    [TEST_IS_TRAIN] = "test is train",
    [VALIDATION_RAW] = "validation inputs to scale",
    [VALIDATION_INPUTS] = "validation inputs",
    [VALIDATION_TARGETS] = "validation targets",
    [VALIDATION_GIVEN] = "validation targets to scale",
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
         same_values(a->targets, b->targets, a->n * (size_t)a->n_outputs) &&
         same_values(a->given, b->given, a->given ? a->n * (size_t)a->n_outputs : 0); /* both are, or none */
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

static struct lur_part targets_part(enum part k, enum part given, const struct lur_patterns *p) {
  const size_t width = (size_t)p->n_outputs;
  return p->given ? doubles(given, p->n, width, p->given) : doubles(k, p->n, width, p->targets);
}

/* A scaling, in two parts from k on; none where shift is NULL. */
static int add_scaling(enum part k, int width, const double *shift, const double *scale, struct lur_part *part) {
  if (!shift)
    return 0;
  part[0] = doubles(k, 1, (size_t)width, shift);
  part[1] = doubles(k + 1, 1, (size_t)width, scale);
  return 2;
}

/* With folds: all rows as they are, what of them is missing, and what a network does to them; what is fitted is fitted
 * again. */
static int whole_parts(const struct lur_spec *spec, struct lur_part part[LUR_MAX_PARTS]) {
  const struct lur_dataset *d = spec->whole;
  const struct lur_scaling *from = &spec->from;
  const struct lur_inputs x = lur_dataset_inputs(d);
  int n = add_scaling(SHIFT, d->n_inputs, from->shift, from->scale, part);
  n += add_scaling(TARGET_SHIFT, d->n_outputs, from->target_shift, from->target_scale, part + n);
  if (d->missing) {
    part[n++] = (struct lur_part){lur_part_names[FILL_KINDS], 1, (uint64_t)x.width, LUR_U8, d->fill};
    part[n++] = (struct lur_part){lur_part_names[TRAIN_MISSING], x.n, (uint64_t)x.width, LUR_U8, d->missing};
    if (from->fill)
      part[n++] = doubles(FILL, 1, (size_t)d->n_inputs, from->fill);
  }
  part[n++] = (struct lur_part){lur_part_names[TRAIN_INPUTS], x.n, (uint64_t)x.width, x.type, x.values};
  part[n++] = doubles(TRAIN_TARGETS, d->n, (size_t)d->n_outputs, d->targets);
  if (d->weights)
    part[n++] = doubles(TRAIN_WEIGHTS, d->n, 1, d->weights);
  return n;
}

static int set_parts(const struct lur_spec *spec, struct lur_part part[LUR_MAX_PARTS]) {
  const struct lur_patterns *a = &spec->train, *b = &spec->test, *v = &spec->validation;
  const bool raw = spec->raw_train.n || spec->raw_test.n || spec->raw_validation.n;
  int n = add_scaling(SHIFT, a->n_inputs, raw ? spec->shift : NULL, spec->scale, part);
  n += add_scaling(TARGET_SHIFT, a->n_outputs, a->given ? a->shift : NULL, a->scale, part + n);
  if (a->n) {
    part[n++] = inputs_part(TRAIN_INPUTS, TRAIN_RAW, a, &spec->raw_train);
    part[n++] = targets_part(TRAIN_TARGETS, TRAIN_GIVEN, a);
  }
  if (a->weights)
    part[n++] = doubles(TRAIN_WEIGHTS, a->n, 1, a->weights);
  if (a->n && b->n && same_patterns(a, b)) {
    part[n++] = doubles(TEST_IS_TRAIN, 0, 0, NULL);
  } else if (b->n) {
    part[n++] = inputs_part(TEST_INPUTS, TEST_RAW, b, &spec->raw_test);
    part[n++] = targets_part(TEST_TARGETS, TEST_GIVEN, b);
  }
  if (v->n) {
    part[n++] = inputs_part(VALIDATION_INPUTS, VALIDATION_RAW, v, &spec->raw_validation);
    part[n++] = targets_part(VALIDATION_TARGETS, VALIDATION_GIVEN, v);
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

/* ---- Read ---- */
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

static const struct place_of *one_of(const struct place_of at[N_PARTS], enum part a, enum part b) {
  return at[a].part ? &at[a] : &at[b];
}

/* Both or none of inputs and targets; the parts of a set, of which `raw` is the first, stand together. */
static bool set_patterns(const struct place_of at[N_PARTS], enum part raw, struct lur_patterns *d) {
  const struct place_of *inputs = one_of(at, raw, raw + TRAIN_INPUTS - TRAIN_RAW);
  const struct place_of *targets = one_of(at, raw + TRAIN_GIVEN - TRAIN_RAW, raw + TRAIN_TARGETS - TRAIN_RAW);
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

/* Targets that are scaled again: the next ones of `to`. */
static bool scale_targets(const struct place_of at[N_PARTS], enum part k, struct lur_patterns *d, double **to) {
  if (!at[k].part)
    return true;
  for (int i = TARGET_SHIFT; i <= TARGET_SCALE; i++)
    if (at[i].n_rows != 1 || at[i].part->width != at[k].part->width)
      return false;
  d->given = at[k].values;
  d->shift = at[TARGET_SHIFT].values;
  d->scale = at[TARGET_SCALE].values;
  d->targets = *to;
  lur_normalize_apply(d->shift, d->scale, d->n, d->n_outputs, d->given, *to);
  *to += d->n * (size_t)d->n_outputs;
  return true;
}

static bool is_alike(const struct lur_patterns *d, const struct lur_patterns *train) {
  return !d->n || !train->n || !d->given == !train->given;
}

/* All sets are scaled, or none. */
static int set_targets(struct lur_stored *s, const struct place_of at[N_PARTS], struct lur_error *e) {
  struct lur_spec *spec = &s->spec;
  size_t n = 0;
  for (int k = 0; k < N_PARTS; k++)
    if ((k == TRAIN_GIVEN || k == TEST_GIVEN || k == VALIDATION_GIVEN) && at[k].part)
      n += at[k].part->n_rows * at[k].part->width;
  if (n == 0)
    return LUR_OK;
  double *to = s->scaled = lur_alloc(n, sizeof *s->scaled);
  if (!to)
    return lur_fail_memory(e);
  const bool good = scale_targets(at, TRAIN_GIVEN, &spec->train, &to) &&
                    scale_targets(at, TEST_GIVEN, &spec->test, &to) &&
                    scale_targets(at, VALIDATION_GIVEN, &spec->validation, &to) &&
                    is_alike(&spec->test, &spec->train) && is_alike(&spec->validation, &spec->train);
  return good ? LUR_OK : fail_data(e);
}

static bool set_weights(const struct place_of *at, struct lur_patterns *d) {
  if (at->part)
    d->weights = at->values;
  return !at->part || (at->n_rows == d->n && at->part->width == 1);
}

static bool is_row(const struct place_of *at, int width) {
  return at->part && at->part->n_rows == 1 && at->part->width == (uint64_t)width;
}

/* With folds, the patterns are all that there are. */
static int set_whole(struct lur_stored *s, const struct place_of at[N_PARTS], struct lur_error *e) {
  const struct lur_patterns *p = &s->spec.train;
  s->whole = (struct lur_dataset){.n = p->n,
                                  .n_inputs = p->n_inputs,
                                  .n_outputs = p->n_outputs,
                                  .inputs = one_of(at, TRAIN_RAW, TRAIN_INPUTS)->values,
                                  .targets = one_of(at, TRAIN_GIVEN, TRAIN_TARGETS)->values,
                                  .weights = at[TRAIN_WEIGHTS].part ? at[TRAIN_WEIGHTS].values : NULL};
  s->spec.whole = &s->whole;
  if (is_row(&at[SHIFT], p->n_inputs) && is_row(&at[SCALE], p->n_inputs)) {
    s->spec.from.shift = at[SHIFT].values;
    s->spec.from.scale = at[SCALE].values;
  }
  if (is_row(&at[TARGET_SHIFT], p->n_outputs) && is_row(&at[TARGET_SCALE], p->n_outputs)) {
    s->spec.from.target_shift = at[TARGET_SHIFT].values;
    s->spec.from.target_scale = at[TARGET_SCALE].values;
  }
  s->spec.from.fill = is_row(&at[FILL], p->n_inputs) ? at[FILL].values : NULL;
  const struct lur_part *m = at[TRAIN_MISSING].part;
  if (!m)
    return LUR_OK;
  if (m->n_rows != p->n || m->width != (uint64_t)p->n_inputs || !is_row(&at[FILL_KINDS], p->n_inputs))
    return fail_data(e);
  return lur_fill_mark(&s->whole, at[FILL_KINDS].values, at[TRAIN_MISSING].values, e);
}

int lur_stored_read_parts(struct lur_stored *s, const struct lur_pieces *data, struct lur_error *e) {
  struct lur_spec *spec = &s->spec;
  struct place_of at[N_PARTS] = {{0}};
  int rc = place_parts(s, data, at, e);
  if (!rc)
    rc = take_pieces(data, at, e);
  if (!rc && (!set_patterns(at, TRAIN_RAW, &spec->train) || !set_patterns(at, TEST_RAW, &spec->test) ||
              !set_patterns(at, VALIDATION_RAW, &spec->validation) || !set_weights(&at[TRAIN_WEIGHTS], &spec->train)))
    rc = fail_data(e);
  if (!rc)
    rc = set_targets(s, at, e);
  if (rc)
    return rc;
  if (at[TEST_IS_TRAIN].part) {
    spec->test = spec->train;
    spec->test.weights = NULL;
  }
  if (lur_spec_has_folds(spec) && spec->train.n && (rc = set_whole(s, at, e)) != LUR_OK)
    return rc;
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
