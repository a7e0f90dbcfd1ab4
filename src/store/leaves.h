/* SPDX-License-Identifier: MIT
 * Rows as pages of SQLite's table `runs`, written here: leaves one behind the other, then the tree above them. Formats:
 * sqlite.org/fileformat2.html, 1.6 and 2.1.
 *
 * Invariant: the buffer holds n_rows records with ascending run numbers, the same bytes as SQLite would have made of
 * the same cells. What cannot be written so (a cell of another type than its column's, a record longer than a page,
 * more than the buffer may hold) is refused whole. One thread at a time. */
#ifndef LUR_STORE_LEAVES_H
#define LUR_STORE_LEAVES_H

#include "store/internal.h"

/* How far the buffer is filled; its last page is open. */
struct lur_leaves_place {
  size_t n_pages, n_cells, content; /* content: where the open page's cells begin */
  size_t n_closed;                  /* leaves since lur_leaves_clear, those that were written out included */
  size_t n_rows;
  uint64_t last_run;
};

struct lur_leaves {
  size_t page_bytes, most_pages;
  size_t n_before;      /* pages of the buffer before the leaves, which are their owner's */
  size_t room_pages;    /* of the buffer, or of the one to come */
  unsigned char *image; /* of sqlite3_malloc64; NULL where there is none */
  struct lur_leaves_place at;
  uint64_t *last; /* the last run of each closed leaf */
  size_t room_last;
  int n_columns;
  enum lur_column_type type[LUR_STORE_MAX_COLUMNS];
};

void lur_leaves_init(struct lur_leaves *l, const struct lur_store_plan *plan, size_t page_bytes, size_t n_before);
/* Empty ones of the same kind; NULL where there is no memory. */
struct lur_leaves *lur_leaves_like(const struct lur_leaves *l);
void lur_leaves_clear(struct lur_leaves *l); /* forgets the rows, keeps the buffer */
void lur_leaves_end(struct lur_leaves *l);   /* frees what they hold */
unsigned char *lur_leaves_page(const struct lur_leaves *l, size_t index);
/* Makes the buffer where there is none. */
int lur_leaves_reserve(struct lur_leaves *l, struct lur_error *e);
/* Takes the table's rows; false where it takes none of them. */
bool lur_leaves_add(struct lur_leaves *l, const struct lur_rows_table *f, int *code, struct lur_error *e);
/* Closes the open page. */
int lur_leaves_close(struct lur_leaves *l, struct lur_error *e);
/* How many pages at most one interior page has below it. */
size_t lur_interior_most(size_t page_bytes);
/* The interior page above the n pages from number `first` on, each with the last run in it. n >= 2. */
void lur_interior_write(unsigned char *page, size_t page_bytes, uint32_t first, const uint64_t *last, size_t n);
void lur_put_number(unsigned char *to, uint32_t x); /* four bytes, big-endian */

#endif
