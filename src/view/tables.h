/* SPDX-License-Identifier: MIT
 * Tables: columns aligned, numbers to the right and all of a column in one format. Reentrant. */
#ifndef LUR_VIEW_TABLES_H
#define LUR_VIEW_TABLES_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/error.h"
#include "sweep/sink.h"

struct lur_text_table;

/* heads are copied. NULL where there is no memory. */
struct lur_text_table *lur_text_table_new(int n_columns, const char *const *heads);
/* The next cell, row by row; numbers stand right. Memory that failed is told by lur_text_table_write. */
void lur_text_table_add(struct lur_text_table *t, const char *text, bool number);
void lur_text_table_add_number(struct lur_text_table *t, double x); /* empty where NaN */
void lur_text_table_add_count(struct lur_text_table *t, uint64_t n);
/* "low .. high"; empty where low is NaN. unit: "" or " %", which has one decimal; borrowed. */
void lur_text_table_add_pair(struct lur_text_table *t, double low, double high, const char *unit);
/* A value of an axis: those of one column get as many digits as tell them apart. */
void lur_text_table_add_cell(struct lur_text_table *t, const struct lur_cell *c);
/* width: columns of the terminal, 0 for no bound: columns that do not fit stand in a further table below, behind the
 * first one where that tells rows apart, else behind their numbers. */
int lur_text_table_write(const struct lur_text_table *t, int width, struct lur_buffer *out, struct lur_error *e);
/* As HTML. id: plain. */
int lur_text_table_write_page(const struct lur_text_table *t, const char *id, struct lur_buffer *out,
                              struct lur_error *e);
void lur_text_table_free(struct lur_text_table *t); /* accepts NULL */

#endif
