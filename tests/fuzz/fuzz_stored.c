/* SPDX-License-Identifier: MIT
 * A sweep as a results file keeps it, in parts with an empty line between them: the experiment's text, the axes', the
 * numbers, the functions. A line of numbers is `part|rows|width|type|numbers`, which are taken again and again until
 * there are enough; a + before it is a piece of a part that is not told, a - a part without a piece. A function is
 * `name|given|number=default ...` and its program. It is read, or refused in one line; and what gives a plan is written
 * and read back as the same. */
#include <stdlib.h>
#include <string.h>

#include "base/digits.h"
#include "fuzz.h"
#include "fuzz_again.h"

enum { MOST_PIECES = 24, MOST_NUMBERS = 4096, N_SECTIONS = 4 };

static const char plain[] =
    "hidden=2\nactivation=tanh\noutput_activation=default\nbias=1\ninit=normal\nloss=mse\noptimizer=adam\n"
    "learning_rate=axis\nepochs=5\nbatch=all\nshuffle=0\nstop_error=0.5\nstop_loss=default\nseed=axis\n"
    "precision=single\ncurve=0\nmetrics=loss,accuracy,epochs\nsources=e3b0\nfunctions=\nlog=1 2\nrank=loss\nitem=0\n\n"
    "learning_rate=0.1,0.2\nseed=1..3\n\n"
    "train inputs|4|2|u8|0 0 0 1 1 0 1 1\ntrain targets|4|1|f64|0 1 1 0\n";

static const char searched[] =
    "output_activation=linear\nloss=mse\nhidden=axis\nparams.deep=true\nparams.kind=text:a\\sb\nparams.slope=0.5\n"
    "params.rate=usual\nfreeze=1,biases,mask,\n"
    "sampler=sobol\nsampler_seed=7\nprune=halving at 1 2 keep 0.5 by loss\nkeep=best 3 by accuracy\n"
    "validation_share=0.25\nmetrics=loss,accuracy,epochs\nfunctions=where,metrics,\n\n"
    "hidden=4\nlearning_rate=0.1..1:lin\nslope=1,2 crossed\nkind=a,b\nsamples=4\n\n"
    "shift|1|2|f64|1 -2\nscale|1|2|f64|0.5 2\ntarget shift|1|1|f64|1\ntarget scale|1|1|f64|2\n"
    "train inputs to scale|2|2|i16|1 2 300\ntrain inputs to scale|1|2|u8|7\ntrain targets to scale|3|1|f64|1 2\n"
    "train weights|3|1|f32|1 2 3\nvalidation inputs to scale|1|2|i8|-1 4\nvalidation targets to scale|1|1|i32|70000\n"
    "frozen|17|1|u8|1 0\n";

static const char folded[] =
    "activation=half()\nlearning_rate=axis\nfold=axis\nfolds=2\nseed=axis\nhidden=2\nnormalize=zscore\n"
    "learning_rate_1=0.5\nkeep=cells\noptimizer=mine()\n\n"
    "fold=1,2\nseed=1..3 zip 1\nlearning_rate=0.1,0.2,0.3 zip 1\n\n"
    "fill kinds|1|2|u8|1 0\ntrain missing|3|2|u8|1 0 0\ntrain inputs|3|2|f64|1 2 3 4\ntrain targets|3|1|u8|0 1\n"
    "fill|1|2|f64|1\nshift|1|2|f64|1\nscale|1|2|f64|1\n\n"
    "half||a=0.5\nactivation\nt1 = mul z p.a\nreturn t1\n"
    "mine|deep=true|\noptimizer\nstates m\nt1 = mul learning_rate g\nt2 = sub w t1\nreturn t2 t1\n";

static const char tested[] =
    "seed=axis\nweights=given\n\nseed=5\n\ntrain inputs|1|1|f64|1\ntrain targets|1|1|f64|1\ntest is train|0|0|f64|\n"
    "start|2|1|f64|nan 1\n";

const char *const fuzz_samples[] = {plain, searched, folded, tested};
const size_t fuzz_n_samples = sizeof fuzz_samples / sizeof *fuzz_samples;
const char *const fuzz_words[] = {"\n\n",
                                  "\n",
                                  "=axis",
                                  "=default",
                                  "params.",
                                  "=text:",
                                  "\\s",
                                  "halving at ",
                                  " keep ",
                                  " by loss",
                                  "best 2",
                                  "cells",
                                  "freeze=",
                                  "mask,",
                                  "folds=2",
                                  "fold=",
                                  "sampler=",
                                  "samples=",
                                  " zip 1",
                                  " zip 2",
                                  ":lin",
                                  ":log",
                                  " crossed",
                                  "..",
                                  ",",
                                  "|",
                                  "|0|",
                                  "|1|2|",
                                  "|65536|",
                                  "|f64|",
                                  "|u8|",
                                  "|f32|",
                                  "\n+",
                                  "\n-",
                                  "nan",
                                  "inf",
                                  "1e308",
                                  "-1",
                                  "-0",
                                  "0",
                                  "18446744073709551616",
                                  "half()",
                                  "half()-tanh",
                                  "p.a",
                                  "usual",
                                  "train inputs|",
                                  "train targets|",
                                  "train weights|",
                                  "test inputs|",
                                  "test targets|",
                                  "test is train|",
                                  "shift|",
                                  "scale|",
                                  "start|",
                                  "frozen|",
                                  "fill|",
                                  "train missing|",
                                  "target shift|",
                                  "validation inputs|",
                                  "hidden=4x4",
                                  "loss=",
                                  "slope=",
                                  "where,",
                                  "metrics=",
                                  "seed=",
                                  "batch=all",
                                  "normalize_targets=1",
                                  "1..1000000000000"};
const size_t fuzz_n_words = sizeof fuzz_words / sizeof *fuzz_words;

/* ---- Numbers ---- */
struct numbers {
  struct lur_part part[MOST_PIECES], piece[MOST_PIECES];
  int n_parts, n_pieces, next;
  double values[MOST_NUMBERS + 1]; /* of the piece that comes next */
  char *text[MOST_PIECES];         /* numbers of each piece */
};

/* Bytes from the text: what is no number of the type is cut to its width. */
static void fill(struct numbers *d, const struct lur_part *p, const char *text) {
  const char *at = text;
  const size_t size_bytes = lur_narrow_bytes(p->type);
  for (size_t i = 0; i < p->n_rows * p->width; i++) {
    char *end;
    const double x = strtod(at, &end);
    const float single = (float)x;
    const int64_t whole = x > -1e9 && x < 1e9 ? (int64_t)x : 0;
    const void *from = p->type == LUR_F64 ? (const void *)&x : p->type == LUR_F32 ? (const void *)&single : &whole;
    memcpy((char *)d->values + i * size_bytes, from, size_bytes);
    at = end == at || !*end ? text : end;
  }
}

static int next_piece(void *context, struct lur_part *piece, struct lur_error *e) {
  struct numbers *d = context;
  (void)e;
  if (d->next == d->n_pieces)
    return 0;
  *piece = d->piece[d->next];
  piece->values = d->values;
  fill(d, piece, d->text[d->next++]);
  return 1;
}

/* As the store measures them: rows of one part that follow each other are one. */
static void tell_part(struct numbers *d, const struct lur_part *p) {
  struct lur_part *last = d->n_parts ? &d->part[d->n_parts - 1] : NULL;
  if (last && strcmp(last->name, p->name) == 0 && last->width == p->width)
    last->n_rows += p->n_rows;
  else if (d->n_parts < LUR_MAX_PARTS)
    d->part[d->n_parts++] = *p;
}

static void take_numbers(struct numbers *d, char *line) {
  const char kind = line[0];
  char *cell[5];
  line += kind == '+' || kind == '-';
  for (int i = 0; i < 5; i++)
    if (!(cell[i] = strsep(&line, "|")))
      return;
  int type = 0;
  while (lur_narrow_names[type] && strcmp(lur_narrow_names[type], cell[3]) != 0)
    type++;
  struct lur_part p = {cell[0], strtoull(cell[1], NULL, 10), strtoull(cell[2], NULL, 10), (enum lur_narrow)type, NULL};
  if (type == LUR_N_NARROWS || p.n_rows > MOST_NUMBERS || (p.n_rows && p.width > MOST_NUMBERS / p.n_rows))
    return;
  if (kind != '+')
    tell_part(d, &p);
  if (kind == '-' || d->n_pieces == MOST_PIECES)
    return;
  d->text[d->n_pieces] = cell[4];
  d->piece[d->n_pieces++] = p;
}

/* ---- Functions ---- */
static void take_defaults(struct lur_entry *entry, char *text) {
  for (char *one = strsep(&text, " "); one && entry->n_numbers < LUR_MAX_OWN_NUMBERS; one = strsep(&text, " ")) {
    struct lur_entry_number *n = &entry->number[entry->n_numbers];
    char *value = strchr(one, '=');
    if (!value || value == one || value - one >= LUR_NAME_ROOM || !lur_digits_read(value + 1, &n->usual))
      continue;
    memcpy(n->name, one, (size_t)(value - one));
    entry->n_numbers++;
  }
}

/* head: "name|given|defaults". */
static bool add_function(struct lur_entries *all, char *head, const char *program_text) {
  struct lur_error e = {0};
  struct lur_program *p = lur_program_read(program_text, &e);
  char *name = strsep(&head, "|"), *given = strsep(&head, "|");
  const struct lur_entry *added;
  if (!p)
    return false;
  struct lur_entry *entry = lur_program_name_fits(name) ? lur_entry_new(p->role, name) : NULL;
  if (!entry) {
    lur_program_free(p);
    return false;
  }
  entry->learning_rate = LUR_OWN_LEARNING_RATE;
  if (head)
    take_defaults(entry, head);
  if (!lur_entry_add(entry, given ? given : "", p))
    abort();
  return lur_entries_add(all, entry, &added, &e) == LUR_OK;
}

/* A program ends with its line `return`. NULL: one cannot be read. */
static struct lur_entries *read_functions(const char *section) {
  struct lur_entries *all = lur_entries_new();
  char *text = strdup(section), *at = text;
  bool good = all && text;
  while (good && at && *at) {
    char *head = strsep(&at, "\n"), *program = at;
    char *end = program ? strstr(program, "\nreturn") : NULL;
    end = end ? strchr(end + 1, '\n') : NULL;
    char kept = end ? end[1] : '\0';
    at = end ? end + 1 : NULL;
    if (end)
      end[1] = '\0';
    good = program && add_function(all, head, program);
    if (end)
      end[1] = kept;
  }
  free(text);
  if (good)
    return all;
  lur_entries_free(all);
  return NULL;
}

/* ---- All of it ---- */
static void plan(const struct lur_stored *s, const char *functions) {
  const struct lur_sweep sweep = lur_stored_sweep(s);
  struct lur_error e = {0};
  struct lur_plan *p = lur_plan_new(&sweep, &e);
  if (!p)
    fuzz_check_error(&e);
  else
    fuzz_plan_again(p, read_functions(functions));
  lur_plan_free(p);
}

/* with_data: as replay reads it, else as tables do, which ask for the axes alone. */
static void read_stored(char *section[N_SECTIONS], struct numbers *d, bool with_data) {
  const struct lur_pieces data = {d, d->n_parts, d->part, next_piece};
  struct lur_stored *s = calloc(1, sizeof *s);
  struct lur_entries *entries = with_data ? read_functions(section[3]) : NULL;
  struct lur_error e = {0};
  if (!s)
    abort();
  if (with_data && !entries) {
    free(s);
    return;
  }
  if (lur_stored_read(section[0], section[1], with_data ? &data : NULL, entries, s, &e) != LUR_OK)
    fuzz_check_error(&e);
  else if (with_data)
    plan(s, section[3]);
  lur_stored_free(s);
  free(s);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
  static char none[] = "";
  char *text = malloc(n + 1), *at = text, *section[N_SECTIONS] = {none, none, none, none}, *rest = NULL;
  struct numbers *d = calloc(1, sizeof *d);
  if (!text || !d)
    abort();
  memcpy(text, bytes, n);
  text[n] = '\0';
  for (int i = 0; i < N_SECTIONS && at; i++) {
    section[i] = at;
    at = strstr(at, "\n\n");
    if (at) {
      *at = '\0';
      at += 2;
    }
  }
  for (char *line = strtok_r(section[2], "\n", &rest); line; line = strtok_r(NULL, "\n", &rest))
    take_numbers(d, line);
  read_stored(section, d, true);
  read_stored(section, d, false);
  free(d);
  free(text);
  return 0;
}
