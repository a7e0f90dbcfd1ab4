/* SPDX-License-Identifier: MIT
 * Word by word; every mistake names its line. */
#include "data/fann.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/digits.h"
#include "data/file.h"
#include "data/foreign.h"

struct words {
  const char *name;
  char *next, *end;
  long line;
  struct lur_error *e;
};

/* The next word, ended in place; NULL at the end. */
static char *next_word(struct words *w) {
  while (w->next < w->end && strchr(" \t\r\n", *w->next)) {
    w->line += *w->next == '\n';
    w->next++;
  }
  if (w->next == w->end)
    return NULL;
  char *word = w->next;
  while (w->next < w->end && !strchr(" \t\r\n", *w->next))
    w->next++;
  return word;
}

static int read_number(struct words *w, double *out) {
  char *word = next_word(w);
  if (!word)
    return lur_fail(w->e, LUR_EINPUT, NULL, "%s:%ld: fewer numbers than the first line says", lur_file_label(w->name),
                    w->line);
  char after = *w->next;
  *w->next = '\0';
  bool good = lur_number_read(word, false, out) && isfinite(*out);
  if (!good)
    lur_fail(w->e, LUR_EINPUT, NULL, "%s:%ld: \"%.40s\" is not a number", lur_file_label(w->name), w->line, word);
  *w->next = after;
  return good ? LUR_OK : LUR_EINPUT;
}

static int read_count(struct words *w, double most, double *out) {
  if (read_number(w, out) != LUR_OK)
    return LUR_EINPUT;
  if (*out >= 1 && *out <= most && floor(*out) == *out)
    return LUR_OK;
  return lur_fail(w->e, LUR_EINPUT, NULL, "%s:%ld: the first line is the numbers of rows, inputs and targets",
                  lur_file_label(w->name), w->line);
}

static int read_rows(struct words *w, struct lur_dataset *d) {
  for (size_t i = 0; i < d->n; i++) {
    double *input = d->inputs + i * (size_t)d->n_inputs, *target = d->targets + i * (size_t)d->n_outputs;
    for (int k = 0; k < d->n_inputs + d->n_outputs; k++)
      if (read_number(w, k < d->n_inputs ? &input[k] : &target[k - d->n_inputs]) != LUR_OK)
        return LUR_EINPUT;
  }
  if (next_word(w))
    return lur_fail(w->e, LUR_EINPUT, NULL, "%s:%ld: more numbers than the first line says", lur_file_label(w->name),
                    w->line);
  return LUR_OK;
}

static struct lur_dataset *read_dataset(struct words *w) {
  double n, n_inputs, n_outputs;
  if (read_count(w, UINT32_MAX, &n) != LUR_OK || read_count(w, LUR_MAX_WIDTH, &n_inputs) != LUR_OK ||
      read_count(w, LUR_MAX_WIDTH, &n_outputs) != LUR_OK)
    return NULL;
  if (n * (n_inputs + n_outputs) > (double)(w->end - w->next)) { /* a number and what divides it are two bytes */
    lur_fail(w->e, LUR_EINPUT, NULL, "%s: shorter than its first line says", lur_file_label(w->name));
    return NULL;
  }
  struct lur_dataset *d = lur_dataset_new((size_t)n, (int)n_inputs, (int)n_outputs, w->e);
  if (d && read_rows(w, d) == LUR_OK)
    return d;
  lur_dataset_free(d);
  return NULL;
}

struct lur_dataset *lur_fann_read(const char *name, char *text, size_t n_bytes, struct lur_error *e) {
  struct words w = {.name = name, .next = text, .end = text + n_bytes, .line = 1, .e = e};
  text[n_bytes] = '\0';
  w.next += lur_byte_order_mark(text);
  return lur_foreign_check(name, "a FANN file", text, n_bytes, false, e) == LUR_OK ? read_dataset(&w) : NULL;
}

struct lur_dataset *lur_fann_load(const char *const *path, struct lur_error *e) {
  size_t n_bytes;
  char *text = lur_file_read(*path, &n_bytes, e);
  struct lur_dataset *d = text ? lur_fann_read(*path, text, n_bytes, e) : NULL;
  free(text);
  return d;
}
