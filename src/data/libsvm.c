/* SPDX-License-Identifier: MIT
 * LIBSVM's and SVMlight's files: a row a line, its label and then INDEX:VALUE of what is not 0, ascending; # begins a
 * comment. The text is gone through twice: how many rows, inputs and labels there are, then the numbers. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/digits.h"
#include "base/memory.h"
#include "data/file.h"
#include "data/formats.h"
#include "data/number_classes.h"
#include "data/tokens.h"

enum { INPUTS, CLASSES, ZERO_BASED };

struct libsvm {
  struct lur_tokens t;
  const struct lur_format_input *in;
  struct lur_labels labels;
  bool classes; /* labels are; at first, whether they can be */
  size_t n;
  int width;             /* the largest index, counted from 1 */
  struct lur_dataset *d; /* NULL the first time */
};

static int read_label(struct libsvm *s) {
  double label;
  const char *word = lur_token_next(&s->t);
  if (!lur_number_read(word, false, &label) || !isfinite(label))
    return lur_token_fail(&s->t, "\"%.40s\" is not a label%s", word,
                          strchr(word, ',')   ? "; one label per row is possible"
                          : strchr(word, ':') ? "; a row begins with its label"
                                              : ", which is a number");
  if (!s->d)
    s->classes = s->classes && lur_labels_add(&s->labels, label);
  else if (s->classes)
    lur_labels_put(&s->labels, label, s->d->targets + s->n * (size_t)s->d->n_outputs);
  else
    s->d->targets[s->n] = label;
  return LUR_OK;
}

/* 3:0.5; the index is above *last, which becomes it. */
static int read_pair(struct libsvm *s, double *last) {
  const bool zero = s->in->value[ZERO_BASED].truth;
  const int most = s->in->value[INPUTS].is_given ? s->in->value[INPUTS].count : LUR_MAX_WIDTH;
  char *word = lur_token_next(&s->t), *colon = strchr(word, ':');
  double index = 0, value = 0;
  if (strncmp(word, "qid:", 4) == 0)
    return lur_token_fail(&s->t,
                          "\"%.40s\" says which query a row is of, and nothing here ranks; sed 's/ qid:[^ ]*//' "
                          "leaves it out",
                          word);
  if (colon)
    *colon = '\0';
  const bool whole = colon && lur_token_whole(word, 0, UINT32_MAX, &index);
  const bool good = whole && lur_number_read(colon + 1, false, &value) && isfinite(value);
  if (colon)
    *colon = ':';
  if (!good)
    return lur_token_fail(&s->t, "\"%.40s\" is not INDEX:VALUE", word);
  index += zero;
  if (index == 0)
    return lur_token_fail(&s->t, "index 0; they begin with 1 unless you write zero_based = true");
  if (index > most)
    return lur_token_fail(&s->t, "index %.0f, but %d is the most%s", index - zero, most - zero,
                          s->in->value[INPUTS].is_given ? "; see inputs" : "");
  if (index <= *last)
    return lur_token_fail(&s->t, "index %.0f comes after %.0f", index - zero, *last - zero);
  *last = index;
  s->width = index > s->width ? (int)index : s->width;
  if (s->d)
    s->d->inputs[s->n * (size_t)s->d->n_inputs + (size_t)index - 1] = value;
  return LUR_OK;
}

static int read_rows(struct libsvm *s) {
  for (s->n = 0; lur_token_peek(&s->t); s->n++) {
    const long line = s->t.line;
    double last = 0;
    if (read_label(s) != LUR_OK)
      return LUR_EINPUT;
    while (lur_token_peek(&s->t) && s->t.line == line)
      if (read_pair(s, &last) != LUR_OK)
        return LUR_EINPUT;
  }
  return LUR_OK;
}

static int make(struct libsvm *s, const struct lur_bytes *file, struct lur_dataset **set) {
  const struct lur_format_value *v = s->in->value;
  const struct lur_tokens begin = s->t;
  s->classes = !v[CLASSES].is_given || v[CLASSES].truth;
  if (read_rows(s) != LUR_OK)
    return LUR_EINPUT;
  if (v[CLASSES].is_given && v[CLASSES].truth && !s->classes)
    return lur_fail(s->t.e, LUR_EINPUT, "classes", "the labels of %s are not whole numbers, or more than %d",
                    lur_file_label(file->name), LUR_MAX_CLASSES);
  const int width = v[INPUTS].is_given ? v[INPUTS].count : s->width, n_outputs = s->classes ? s->labels.n : 1;
  if (!(s->d = *set = lur_token_dataset(&s->t, s->n, width, n_outputs)))
    return s->t.e->code;
  s->t = begin;
  const int code = read_rows(s);
  return code || !s->classes ? code : lur_labels_name(&s->labels, s->d, s->t.e);
}

static int read_libsvm(struct lur_format_input *in, struct lur_dataset **set, struct lur_error *e) {
  struct libsvm *s = lur_alloc(1, sizeof *s);
  if (!s)
    return lur_fail_memory(e);
  s->in = in;
  int code = lur_tokens_start(&s->t, &in->file[0], "a LIBSVM file", e);
  s->t.comments = true;
  if (!code)
    code = make(s, &in->file[0], set);
  free(s);
  return code;
}

/* The first row is a number and then INDEX:VALUE. */
static bool is_libsvm(const struct lur_bytes *f) {
  struct lur_error e;
  struct lur_tokens t;
  double number;
  if (lur_tokens_start(&t, f, "", &e) != LUR_OK)
    return false;
  t.comments = true;
  const char *word = lur_token_next(&t);
  bool is = word && lur_number_read(word, false, &number);
  const long line = t.line;
  word = is ? lur_token_next(&t) : NULL;
  is = word && word[strspn(word, "0123456789")] == ':' && t.line == line;
  lur_token_peek(&t);
  return is;
}

const struct lur_data_format lur_format_libsvm = {
    .name = "libsvm",
    .takes = "(path[, { inputs = n, classes = truth, zero_based = truth }])",
    .meaning =
        "A data set from a file of LIBSVM or SVMlight. Labels that are whole numbers are classes, unless classes\n"
        "is false; others are numbers. Without inputs the largest index says how many there are.",
    .n_least = 1,
    .n_most = 1,
    .option = {{"inputs", LUR_OPTION_COUNT}, {"classes", LUR_OPTION_TRUTH}, {"zero_based", LUR_OPTION_TRUTH}},
    .is = is_libsvm,
    .read = read_libsvm,
};
