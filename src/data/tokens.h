/* SPDX-License-Identifier: MIT
 * Text files of words between blanks, read one word after the other; messages name file and line. The text is changed
 * only while a word is looked at. Reentrant. */
#ifndef LUR_DATA_TOKENS_H
#define LUR_DATA_TOKENS_H

#include "data/format.h"

struct lur_tokens {
  const char *name; /* of the file */
  char *text, *next, *end;
  long line;
  bool comments; /* # and what follows in its line is passed over */
  struct lur_error *e;
  char *cut, behind; /* where the last word was ended by '\0', and what stands there */
};

/* At the begin of the text, behind a byte order mark. Fails where the file is not text; `what` is "a FANN file". */
int lur_tokens_start(struct lur_tokens *t, const struct lur_bytes *file, const char *what, struct lur_error *e);

/* The next word, ended by '\0' until the next call with t; NULL at the end. */
char *lur_token_next(struct lur_tokens *t);
/* Goes over blanks (and comments) to the next character, which is returned; '\0' at the end. */
char lur_token_peek(struct lur_tokens *t);
/* The next word as a finite number. */
int lur_token_number(struct lur_tokens *t, double *out);
/* word as a whole number from least to most. False: it is none. */
bool lur_token_whole(const char *word, double least, double most, double *out);

/* "FILE:LINE: text" */
int lur_token_fail(const struct lur_tokens *t, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Room for n rows, as lur_dataset_new; an impossible shape is told with the line. It fails too where rows, of which the
 * file may have only what is not 0, take much more room than the file. */
struct lur_dataset *lur_token_dataset(const struct lur_tokens *t, size_t n, int n_inputs, int n_outputs);

/* Whether text, which is followed by '\0', begins with a line that has `begin` behind blanks, comments of # or % and
 * empty lines. Upper and lower case are the same. */
bool lur_text_begins(const struct lur_bytes *f, const char *begin);

#endif
