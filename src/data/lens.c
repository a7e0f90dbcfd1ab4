/* SPDX-License-Identifier: MIT
 * Example files of Lens (.ex; Lens manual, "Example Files"), in text: defaults of the set, then examples, each ended by
 * ';'. I: and T: are dense, numbers one after the other; i: and t: are sparse, units counted from 0, -4 after 2 is up
 * to 4, * all; B: and b: are both. {0.5} begins a sparse part whose units get 0.5, (4) a dense part from unit 4 on.
 * Units that are not named have the set's default. freq: is the weight of an example. The text is gone through twice:
 * how many examples and units there are, then the values. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/digits.h"
#include "base/memory.h"
#include "data/formats.h"
#include "data/tokens.h"

enum { INPUTS, TARGETS, N_SIDES };
enum { IN = 1 << INPUTS, OUT = 1 << TARGETS };

struct lens {
  struct lur_tokens t;
  double otherwise[N_SIDES], active[N_SIDES]; /* of the set */
  int width[N_SIDES];                         /* units that were named so far */
  size_t n;                                   /* examples so far */
  bool any_weight;                            /* an example counts more or less than 1 */
  struct lur_dataset *d;                      /* NULL the first time */
};

/* Goes over the word where it is what comes next: "I:". */
static bool take(struct lens *l, const char *word) {
  const size_t n = strlen(word);
  lur_token_peek(&l->t);
  if (strncmp(l->t.next, word, n) != 0)
    return false;
  l->t.next += n;
  return true;
}

static bool number_follows(struct lens *l) {
  const char c = lur_token_peek(&l->t);
  return c && strchr("0123456789-.+", c);
}

static int read_value(struct lens *l, double *out) {
  char word[40];
  lur_token_peek(&l->t);
  const size_t n = strcspn(l->t.next, " \t\r\n;,{}[]()#*:");
  memcpy(word, l->t.next, n < sizeof word ? n : 0);
  word[n < sizeof word ? n : 0] = '\0';
  if (strcmp(word, "-") == 0)
    return lur_token_fail(&l->t, "- for no value cannot be read: each unit needs one");
  if (!lur_number_read(word, false, out) || !isfinite(*out))
    return lur_token_fail(&l->t, "\"%.40s\" is not a number", word);
  l->t.next += n;
  return LUR_OK;
}

/* {a name (of more words)}, or one word */
static int skip_block(struct lens *l) {
  if (lur_token_peek(&l->t) != '{') {
    l->t.next += strcspn(l->t.next, " \t\r\n;");
    return LUR_OK;
  }
  int depth = 0;
  do {
    depth += *l->t.next == '{' ? 1 : *l->t.next == '}' ? -1 : 0;
    l->t.line += *l->t.next == '\n';
    l->t.next++;
  } while (depth > 0 && l->t.next < l->t.end);
  return depth ? lur_token_fail(&l->t, "a name in { } has no end") : LUR_OK;
}

/* One of the values that stand in the head of the set or of an event, into these arrays. False: none follows. */
static bool take_setting(struct lens *l, double otherwise[], double active[], int *code) {
  double time;
  double *const place[] = {
      &otherwise[INPUTS], &active[INPUTS], &otherwise[TARGETS], &active[TARGETS], &time, &time, &time};
  static const char *const words[] = {"defI:", "actI:", "defT:", "actT:", "max:", "min:", "grace:"};
  for (size_t k = 0; k < sizeof words / sizeof *words; k++)
    if (take(l, words[k])) {
      *code = read_value(l, place[k]);
      return true;
    }
  return false;
}

/* ---- Values ---- */
static double *row_of(const struct lens *l, int side) {
  return side == INPUTS ? l->d->inputs + l->n * (size_t)l->d->n_inputs : l->d->targets + l->n * (size_t)l->d->n_outputs;
}

static int width_of(const struct lens *l, int side) {
  return side == INPUTS ? l->d->n_inputs : l->d->n_outputs;
}

static int put(struct lens *l, int sides, double unit, double value) {
  if (!(unit >= 0 && unit < LUR_MAX_WIDTH))
    return lur_token_fail(&l->t, "unit %g; they are from 0 to %d", unit, LUR_MAX_WIDTH - 1);
  for (int side = 0; side < N_SIDES; side++) {
    if (!(sides >> side & 1))
      continue;
    if (!l->d)
      l->width[side] = unit + 1 > l->width[side] ? (int)unit + 1 : l->width[side];
    else
      row_of(l, side)[(int)unit] = value;
  }
  return LUR_OK;
}

static void put_all(struct lens *l, int sides, double value) {
  for (int side = 0; l->d && side < N_SIDES; side++)
    for (int k = 0; sides >> side & 1 && k < width_of(l, side); k++)
      row_of(l, side)[k] = value;
}

/* A unit, or with a minus all from the one before, which is in *last, on. */
static int read_units(struct lens *l, int sides, double value, double *last) {
  double unit;
  if (read_value(l, &unit) != LUR_OK)
    return LUR_EINPUT;
  if (unit != floor(unit) || (unit < 0 && (*last < 0 || -unit < *last)) || fabs(unit) >= LUR_MAX_WIDTH)
    return lur_token_fail(&l->t, "%g is not a unit, nor the end of a range of them", unit);
  for (double k = unit < 0 ? *last + 1 : unit; k <= fabs(unit); k++)
    if (put(l, sides, k, value) != LUR_OK)
      return LUR_EINPUT;
  *last = fabs(unit);
  return LUR_OK;
}

/* What stands in { } or ( ): one number at most. */
static int read_part(struct lens *l, const char *end, double *number) {
  while (!take(l, end)) {
    if (!number_follows(l))
      return lur_token_fail(&l->t,
                            "units by the name of a group cannot be read: a file does not say where groups begin");
    if (read_value(l, number) != LUR_OK)
      return LUR_EINPUT;
  }
  return LUR_OK;
}

/* All values behind I: and its like. whole: they were one dense list, as long as told. */
static int read_values(struct lens *l, int sides, bool sparse, double active) {
  double value = active, at = 0, last = -1;
  bool whole = !sparse;
  for (;;) {
    int code = LUR_OK;
    if (take(l, "{")) {
      sparse = true;
      whole = false;
      last = -1;
      value = active;
      code = read_part(l, "}", &value);
    } else if (take(l, "(")) {
      sparse = whole = false;
      at = 0;
      code = read_part(l, ")", &at);
    } else if (sparse && take(l, "*")) {
      put_all(l, sides, value);
    } else if (!number_follows(l)) {
      break;
    } else if (sparse) {
      code = read_units(l, sides, value, &last);
    } else {
      double x;
      code = read_value(l, &x);
      code = code ? code : put(l, sides, at++, x);
    }
    if (code)
      return code;
  }
  for (int side = 0; l->d && whole && side < N_SIDES; side++)
    if (sides >> side & 1 && at != width_of(l, side))
      return lur_token_fail(&l->t, "%.0f values, but there are %d %s", at, width_of(l, side),
                            side == INPUTS ? "inputs" : "targets");
  return LUR_OK;
}

/* ---- Examples ---- */
/* name:{...} freq:2 1 */
static int read_example_head(struct lens *l) {
  for (;;) {
    double x = 1;
    if (take(l, "name:")) {
      if (skip_block(l) != LUR_OK)
        return LUR_EINPUT;
    } else if (take(l, "freq:")) {
      if (read_value(l, &x) != LUR_OK)
        return LUR_EINPUT;
      if (x < 0)
        return lur_token_fail(&l->t, "freq:%g is below 0", x);
      l->any_weight = l->any_weight || x != 1;
      if (l->d && l->d->weights)
        l->d->weights[l->n] = x;
    } else if (take(l, "proc:")) {
      return lur_token_fail(&l->t, "proc: is a program of Lens, which is not run");
    } else if (number_follows(l)) {
      if (read_value(l, &x) != LUR_OK)
        return LUR_EINPUT;
      if (x != 1)
        return lur_token_fail(&l->t, "an example of %g events; one event per example is possible", x);
    } else {
      return LUR_OK;
    }
  }
}

/* [0 defI:1] */
static int read_event_head(struct lens *l, double otherwise[], double active[]) {
  while (!take(l, "]")) {
    int code = LUR_OK;
    double event;
    if (number_follows(l))
      code = read_value(l, &event);
    else if (!take(l, "*") && !take_setting(l, otherwise, active, &code))
      code = lur_token_fail(&l->t, "in [ ] stand an event and its max: min: grace: defI: actI: defT: actT:");
    if (code)
      return code;
  }
  for (int side = 0; side < N_SIDES; side++)
    put_all(l, 1 << side, otherwise[side]);
  return LUR_OK;
}

static int read_example(struct lens *l) {
  static const struct {
    const char *word;
    int sides;
    bool sparse;
  } parts[] = {{"I:", IN, false}, {"i:", IN, true},        {"T:", OUT, false},
               {"t:", OUT, true}, {"B:", IN | OUT, false}, {"b:", IN | OUT, true}};
  double otherwise[N_SIDES], active[N_SIDES];
  memcpy(otherwise, l->otherwise, sizeof otherwise);
  memcpy(active, l->active, sizeof active);
  if (read_example_head(l) != LUR_OK)
    return LUR_EINPUT;
  for (int seen = 0; !take(l, ";");) {
    size_t k = 0;
    if (seen == 0 && take(l, "[")) {
      if (read_event_head(l, otherwise, active) != LUR_OK)
        return LUR_EINPUT;
      continue;
    }
    while (k < sizeof parts / sizeof *parts && !take(l, parts[k].word))
      k++;
    if (k == sizeof parts / sizeof *parts || seen & parts[k].sides)
      return lur_token_fail(&l->t, lur_token_peek(&l->t) ? "I: T: B: i: t: b: once, or ; at the end, is expected"
                                                         : "the file ends in an example; ; ends it");
    seen |= parts[k].sides;
    if (read_values(l, parts[k].sides, parts[k].sparse, active[parts[k].sides & IN ? INPUTS : TARGETS]) != LUR_OK)
      return LUR_EINPUT;
  }
  return LUR_OK;
}

static int read_all(struct lens *l) {
  int code = LUR_OK;
  double numbers;
  for (int k = 0; k < N_SIDES; k++) {
    l->otherwise[k] = 0;
    l->active[k] = 1;
  }
  for (int k = 0; k < 2 && number_follows(l); k++) /* of units, as old files tell them */
    if (read_value(l, &numbers) != LUR_OK)
      return LUR_EINPUT;
  while (take_setting(l, l->otherwise, l->active, &code))
    if (code)
      return code;
  take(l, ";");
  for (l->n = 0; lur_token_peek(&l->t) && !code; l->n += !code) {
    for (int side = 0; side < N_SIDES; side++)
      put_all(l, 1 << side, l->otherwise[side]);
    code = read_example(l);
  }
  return code;
}

static int read_lens(struct lur_format_input *in, struct lur_dataset **set, struct lur_error *e) {
  static const char *const sides[] = {"inputs", "targets"};
  struct lens l = {0};
  if (lur_tokens_start(&l.t, &in->file[0], "a Lens example file", e) != LUR_OK)
    return LUR_EINPUT;
  l.t.comments = true;
  const struct lur_tokens begin = l.t;
  if (read_all(&l) != LUR_OK)
    return LUR_EINPUT;
  for (int k = 0; k < N_SIDES; k++) {
    if (in->value[k].is_given && in->value[k].count < l.width[k])
      return lur_fail(e, LUR_EINPUT, sides[k], "%d, but the file has %d", in->value[k].count, l.width[k]);
    l.width[k] = in->value[k].is_given ? in->value[k].count : l.width[k];
    if (l.width[k] == 0)
      return lur_token_fail(&l.t, "no example has %s", sides[k]);
  }
  if (!(l.d = set[0] = lur_token_dataset(&l.t, l.n, l.width[INPUTS], l.width[TARGETS])))
    return e->code;
  l.t = begin;
  if (l.any_weight && !(l.d->weights = lur_alloc(l.n, sizeof *l.d->weights)))
    return lur_fail_memory(e);
  for (size_t i = 0; i < l.d->n && l.d->weights; i++)
    l.d->weights[i] = 1;
  return read_all(&l);
}

/* What the first example begins with. */
static bool is_lens(const struct lur_bytes *f) {
  static const char *const begins[] = {
      "I:", "i:", "B:", "b:", "name:", ";", "defI:", "actI:", "defT:", "actT:", "min:", "max:", "grace:", "freq:"};
  bool any = false;
  for (size_t k = 0; k < sizeof begins / sizeof *begins; k++)
    any = any || lur_text_begins(f, begins[k]);
  return any;
}

const struct lur_data_format lur_format_lens = {
    .name = "lens",
    .takes = "(path[, { inputs = n, targets = n }])",
    .meaning = "A data set from an example file (.ex) of Lens, dense or sparse, with one event per example; freq: is\n"
               "its weight. Without inputs and targets, the largest unit of each says how many there are.",
    .n_least = 1,
    .n_most = 1,
    .option = {{"inputs", LUR_OPTION_COUNT}, {"targets", LUR_OPTION_COUNT}},
    .is = is_lens,
    .read = read_lens,
};
