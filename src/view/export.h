/* SPDX-License-Identifier: MIT
 * Rows of a results file as other programs read them. Numbers in the shortest digits that read back. */
#ifndef LUR_VIEW_EXPORT_H
#define LUR_VIEW_EXPORT_H

#include <stdbool.h>
#include <stdio.h>

#include "fold/groups.h"
#include "store/store.h"

enum lur_format {
  LUR_FORMAT_CSV,   /* RFC 4180, a head, \n; no value: empty */
  LUR_FORMAT_TSV,   /* the same with tabs */
  LUR_FORMAT_JSONL, /* one object per line; no value, and no finite one: null */
  LUR_FORMAT_NPY,   /* numpy's structured array; no value: NaN, or "" in columns of texts */
  LUR_N_FORMATS
};
/* By a path's suffix; LUR_N_FORMATS where it is none of them. All but NPY may end in .gz, too. */
enum lur_format lur_format_of(const char *path, bool *gzipped);

/* Where to: a file, or what `write` does with the bytes. */
struct lur_output {
  FILE *file;
  const char *name;                                                         /* what it is called if a write fails */
  int (*write)(void *to, const char *bytes, size_t n, struct lur_error *e); /* or NULL */
  void *to;
  bool escapes; /* CSV and TSV for spreadsheets: a text that begins as a formula does, with = + - @, a tab or CR, gets a
                 * ' before it */
};

/* The rows that ask says. */
int lur_rows_export(struct lur_table *t, const struct lur_ask *ask, enum lur_format format,
                    const struct lur_output *out, struct lur_error *e);

/* Groups, an object a line: keys, runs, solved, solved_low, solved_high, METRIC_median ... */
void lur_groups_write_json(const struct lur_groups *g, const char *metric, const struct lur_groups_view *view,
                           struct lur_buffer *out);

/* A text as JSON, quotes and all; what is no UTF-8 becomes U+FFFD. */
void lur_json_text(const char *text, struct lur_buffer *out);
/* ,"METRICWHAT":x */
void lur_json_number(const char *metric, const char *what, double x, struct lur_buffer *out);
void lur_json_cell(const struct lur_cell *c, struct lur_buffer *out);

#endif
