/* SPDX-License-Identifier: MIT
 * Words between blanks. */
#include "data/tokens.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/digits.h"
#include "data/file.h"
#include "data/foreign.h"

int lur_tokens_start(struct lur_tokens *t, const struct lur_bytes *file, const char *what, struct lur_error *e) {
  *t = (struct lur_tokens){
      .name = file->name, .text = file->at, .next = file->at, .end = file->at + file->n, .line = 1, .e = e};
  t->next += lur_byte_order_mark(file->at);
  return lur_foreign_check(file->name, what, file->at, file->n, false, e);
}

static bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\v';
}

static void mend(struct lur_tokens *t) {
  if (t->cut)
    *t->cut = t->behind;
  t->cut = NULL;
}

char lur_token_peek(struct lur_tokens *t) {
  mend(t);
  for (; t->next < t->end; t->next++) {
    if (t->comments && *t->next == '#')
      while (t->next + 1 < t->end && t->next[1] != '\n')
        t->next++;
    else if (is_blank(*t->next))
      t->line += *t->next == '\n';
    else
      return *t->next;
  }
  return '\0';
}

char *lur_token_next(struct lur_tokens *t) {
  if (lur_token_peek(t) == '\0')
    return NULL;
  char *word = t->next;
  while (t->next < t->end && !is_blank(*t->next) && !(t->comments && *t->next == '#'))
    t->next++;
  t->cut = t->next;
  t->behind = *t->cut;
  *t->cut = '\0';
  return word;
}

int lur_token_fail(const struct lur_tokens *t, const char *format, ...) {
  char text[256];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  return lur_fail(t->e, LUR_EINPUT, NULL, "%s:%ld: %s", lur_file_label(t->name), t->line, text);
}

int lur_token_number(struct lur_tokens *t, double *out) {
  const char *word = lur_token_next(t);
  if (!word)
    return lur_token_fail(t, "the file ends, but a number is expected");
  if (lur_number_read(word, false, out) && isfinite(*out))
    return LUR_OK;
  return lur_token_fail(t, "\"%.40s\" is not a number", word);
}

bool lur_token_whole(const char *word, double least, double most, double *out) {
  return lur_number_read(word, false, out) && *out >= least && *out <= most && floor(*out) == *out;
}

struct lur_dataset *lur_token_dataset(const struct lur_tokens *t, size_t n, int n_inputs, int n_outputs) {
  enum { NUMBERS_PER_BYTE = 64 };
  const double numbers = (double)n * (n_inputs + n_outputs);
  if (lur_dataset_is_bloated(n, n_inputs + n_outputs, (size_t)(t->end - t->text), NUMBERS_PER_BYTE)) {
    lur_token_fail(t, "%zu rows of %d numbers, nearly all of them 0, would take %.1f GiB", n, n_inputs + n_outputs,
                   numbers * sizeof(double) / (1 << 30));
    return NULL;
  }
  struct lur_error e = {0};
  struct lur_dataset *d = lur_dataset_new(n, n_inputs, n_outputs, &e);
  if (!d && e.code == LUR_EINPUT)
    lur_token_fail(t, "%s", e.text);
  else if (!d)
    lur_fail_memory(t->e);
  return d;
}

bool lur_text_begins(const struct lur_bytes *f, const char *begin) {
  const char *at = f->at + lur_byte_order_mark(f->at), *end = f->at + f->n;
  while (at < end && (is_blank(*at) || *at == '#' || *at == '%')) {
    if (!is_blank(*at))
      at += strcspn(at, "\n");
    at += at < end;
  }
  return strncasecmp(at, begin, strlen(begin)) == 0;
}
