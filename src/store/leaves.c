/* SPDX-License-Identifier: MIT
 * Records and pages. A cell is written from its end to its beginning, for its sizes stand before it and are known when
 * the values are there: so each value goes to its place at once. */
#include "store/leaves.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "base/memory.h"
#include "base/system.h"
#include "engine/engine.h"

enum {
  MOST_PAGES = 1024, /* of a buffer */
  FEW_PAGES = 8,     /* of the first one */
  LEAF_HEADER_BYTES = 8,
  INTERIOR_HEADER_BYTES = 12,
  MOST_FIELDS = LUR_STORE_MAX_COLUMNS + 3,
  VARINT_BYTES = 9,
  LEAF = 0x0d,
  INTERIOR = 0x05
};

/* ---- Records ---- */
/* Where the next value ends, how far down it may reach, and the fields' types, which are gathered the same way. */
struct pen {
  unsigned char *at, *low, *type;
  unsigned char types[VARINT_BYTES * MOST_FIELDS];
};

static void put_16(unsigned char *to, size_t x) {
  to[0] = (unsigned char)(x >> 8);
  to[1] = (unsigned char)x;
}

void lur_put_number(unsigned char *to, uint32_t x) {
  const uint32_t big = lur_big_32(x);
  memcpy(to, &big, sizeof big);
}

/* 7 bits a byte, all but the last marked; a ninth byte has 8. It ends before `end`; gives where it begins. */
static unsigned char *put_varint(unsigned char *end, uint64_t x) {
  const bool nine = x >> 56;
  *--end = (unsigned char)(nine ? x : x & 0x7f);
  x >>= nine ? 8 : 7;
  for (int n = 1; nine ? n < VARINT_BYTES : x > 0; n++, x >>= 7)
    *--end = (unsigned char)(x | 0x80);
  return end;
}

static void put_type(struct pen *p, uint64_t type) {
  if (type < 128)
    *--p->type = (unsigned char)type;
  else
    p->type = put_varint(p->type, type);
}

static bool has_room(const struct pen *p, size_t n_bytes) {
  return (size_t)(p->at - p->low) >= n_bytes;
}

/* The last n bytes of x; what is below them is written later, or is free. */
static void put_bytes(struct pen *p, uint64_t x, int n) {
  const uint64_t big = lur_big_64(x);
  memcpy(p->at - sizeof big, &big, sizeof big);
  p->at -= n;
}

static void put_integer(struct pen *p, int64_t x) {
  static const uint8_t type[9] = {0, 1, 2, 3, 4, 5, 5, 6, 6}, bytes[7] = {0, 1, 2, 3, 4, 6, 8};
  const uint64_t size = (uint64_t)(x < 0 ? ~x : x);
  if (size < 2 && x >= 0) { /* 0 and 1 are types without a body */
    put_type(p, 8 + size);
    return;
  }
  const int n_bits = 65 - __builtin_clzll(size | 1), t = type[(n_bits + 7) / 8];
  put_type(p, (uint64_t)t);
  put_bytes(p, (uint64_t)x, bytes[t]);
}

/* Whole numbers of 48 bits are kept as such in REAL columns. */
static bool is_short(double x) {
  return x >= -0x1p47 && x < 0x1p47;
}

static void put_real(struct pen *p, double x) {
  uint64_t bits;
  if (is_short(x) && x == (double)(int64_t)x) {
    put_integer(p, (int64_t)x);
    return;
  }
  memcpy(&bits, &x, sizeof bits);
  put_type(p, 7);
  put_bytes(p, bits, 8);
}

static bool put_text(struct pen *p, const char *text) {
  const size_t n = strlen(text);
  if (!has_room(p, n))
    return false;
  put_type(p, 13 + 2 * (uint64_t)n);
  p->at -= n;
  memcpy(p->at, text, n);
  return true;
}

/* Of a mixed column. */
static bool put_digits(struct pen *p, const struct lur_cell *c) {
  char digits[32];
  lur_mixed_write(c, digits);
  return put_text(p, digits);
}

/* False where there is no room for it, or it does not suit its column. */
static bool put_cell(struct pen *p, enum lur_column_type column, const struct lur_cell *c) {
  if (!has_room(p, 8))
    return false;
  switch (c->kind) {
  case LUR_CELL_NULL: put_type(p, 0); return true;
  case LUR_CELL_TEXT: return (column == LUR_COLUMN_TEXT || column == LUR_COLUMN_MIXED) && put_text(p, c->as.text);
  case LUR_CELL_REAL:
    if (isnan(c->as.real))
      put_type(p, 0);
    else if (column == LUR_COLUMN_MIXED)
      return put_digits(p, c);
    else
      put_real(p, c->as.real);
    return column == LUR_COLUMN_REAL || (column == LUR_COLUMN_MIXED && isnan(c->as.real));
  case LUR_CELL_INTEGER: break;
  }
  if (column == LUR_COLUMN_MIXED)
    return put_digits(p, c);
  put_integer(p, c->as.integer);
  return column == LUR_COLUMN_INTEGER || (column == LUR_COLUMN_REAL && is_short((double)c->as.integer));
}

/* The run number is the key, and NULL in the record. */
static bool put_fields(struct pen *p, const struct lur_leaves *l, const struct lur_rows *rows, size_t i) {
  const struct lur_cell *cell = rows->cell + i * (size_t)l->n_columns;
  put_integer(p, rows->status[i] == LUR_SOLVED);
  if (!put_text(p, lur_status_names[rows->status[i]]))
    return false;
  for (int c = l->n_columns - 1; c >= 0; c--)
    if (!put_cell(p, l->type[c], &cell[c]))
      return false;
  put_type(p, 0);
  return true;
}

/* ---- Pages ---- */
unsigned char *lur_leaves_page(const struct lur_leaves *l, size_t index) {
  return l->image + index * l->page_bytes;
}

/* The record behind the others of the open page; false where it does not fit. */
static bool add_record(struct lur_leaves *l, const struct lur_rows *rows, size_t i) {
  unsigned char *page = lur_leaves_page(l, l->at.n_pages - 1);
  struct pen p;
  unsigned char *end = p.types + sizeof p.types, *body_end = page + l->at.content;
  p.low = page + LEAF_HEADER_BYTES + 2 * (l->at.n_cells + 1);
  p.at = body_end;
  p.type = end;
  if (p.at < p.low || !put_fields(&p, l, rows, i))
    return false;
  const size_t n_types = (size_t)(end - p.type), n_header = n_types + (n_types + 1 > 127 ? 2 : 1),
               n_payload = n_header + (size_t)(body_end - p.at);
  /* A longer one would need overflow pages. */
  if (n_payload > l->page_bytes - 35 || !has_room(&p, n_types + 2 + 2 * VARINT_BYTES))
    return false;
  p.at -= n_types;
  memcpy(p.at, p.type, n_types);
  p.at = put_varint(p.at, n_header);
  p.at = put_varint(p.at, rows->run[i]);
  p.at = put_varint(p.at, n_payload);
  l->at.content = (size_t)(p.at - page);
  put_16(page + LEAF_HEADER_BYTES + 2 * l->at.n_cells++, l->at.content);
  l->at.last_run = rows->run[i];
  l->at.n_rows++;
  return true;
}

static void put_page_header(unsigned char *page, int kind, size_t n_cells, size_t content) {
  memset(page, 0, LEAF_HEADER_BYTES);
  page[0] = (unsigned char)kind;
  put_16(page + 3, n_cells);
  put_16(page + 5, content);
}

int lur_leaves_close(struct lur_leaves *l, struct lur_error *e) {
  unsigned char *page = lur_leaves_page(l, l->at.n_pages - 1);
  const size_t n_above = LEAF_HEADER_BYTES + 2 * l->at.n_cells;
  if (!lur_grow(&l->last, &l->room_last, l->at.n_closed + 1, sizeof *l->last))
    return lur_fail_memory(e);
  put_page_header(page, LEAF, l->at.n_cells, l->at.content);
  memset(page + n_above, 0, l->at.content - n_above);
  l->last[l->at.n_closed++] = l->at.last_run;
  return LUR_OK;
}

int lur_leaves_reserve(struct lur_leaves *l, struct lur_error *e) {
  if (!l->image)
    l->image = sqlite3_malloc64(l->room_pages * l->page_bytes);
  return l->image ? LUR_OK : lur_fail_memory(e);
}

static int next_leaf(struct lur_leaves *l, struct lur_error *e) {
  const size_t twice = 2 * l->room_pages, room = twice < l->most_pages ? twice : l->most_pages;
  int code = lur_leaves_close(l, e);
  if (!code && l->at.n_pages == l->room_pages) {
    unsigned char *more = sqlite3_realloc64(l->image, room * l->page_bytes);
    if (!more)
      return lur_fail_memory(e);
    l->image = more;
    l->room_pages = room;
  }
  l->at.n_pages++;
  l->at.n_cells = 0;
  l->at.content = l->page_bytes;
  return code;
}

/* A row that does not even fit an empty page is refused. */
static bool add_row(struct lur_leaves *l, const struct lur_rows *rows, size_t i, int *code, struct lur_error *e) {
  if (l->at.n_rows && rows->run[i] <= l->at.last_run)
    return false;
  if (add_record(l, rows, i))
    return true;
  if (l->at.n_cells == 0 || l->at.n_pages == l->most_pages || (*code = next_leaf(l, e)))
    return false;
  return add_record(l, rows, i);
}

bool lur_leaves_add(struct lur_leaves *l, const struct lur_rows_table *f, int *code, struct lur_error *e) {
  const struct lur_leaves_place before = l->at;
  *code = lur_leaves_reserve(l, e);
  for (size_t i = 0; i < f->rows->n && !*code; i++) {
    if ((f->wants && !f->wants(f->context, f->rows, i)) || add_row(l, f->rows, i, code, e))
      continue;
    l->at = before;
    return false;
  }
  return !*code;
}

size_t lur_interior_most(size_t page_bytes) {
  return (page_bytes - INTERIOR_HEADER_BYTES) / (2 + 4 + VARINT_BYTES) + 1;
}

/* Of every page but the last its number and last run. */
void lur_interior_write(unsigned char *page, size_t page_bytes, uint32_t first, const uint64_t *last, size_t n) {
  unsigned char *at = page + page_bytes, *low = page + INTERIOR_HEADER_BYTES + 2 * (n - 1);
  for (size_t i = 0; i + 1 < n; i++) {
    at = put_varint(at, last[i]) - 4;
    lur_put_number(at, first + (uint32_t)i);
    put_16(page + INTERIOR_HEADER_BYTES + 2 * i, (size_t)(at - page));
  }
  memset(low, 0, (size_t)(at - low));
  put_page_header(page, INTERIOR, n - 1, (size_t)(at - page));
  lur_put_number(page + LEAF_HEADER_BYTES, first + (uint32_t)(n - 1));
}

void lur_leaves_init(struct lur_leaves *l, const struct lur_store_plan *plan, size_t page_bytes, size_t n_before) {
  *l = (struct lur_leaves){.page_bytes = page_bytes,
                           .most_pages = MOST_PAGES,
                           .n_before = n_before,
                           .room_pages = FEW_PAGES,
                           .n_columns = plan->n_columns};
  for (int i = 0; i < plan->n_columns; i++)
    l->type[i] = plan->column[i].type;
  lur_leaves_clear(l);
}

void lur_leaves_clear(struct lur_leaves *l) {
  l->at = (struct lur_leaves_place){.n_pages = l->n_before + 1, .content = l->page_bytes};
}

struct lur_leaves *lur_leaves_like(const struct lur_leaves *l) {
  struct lur_leaves *out = lur_copy(l, 1, sizeof *l);
  if (out) {
    out->image = NULL;
    out->last = NULL;
    out->room_last = 0;
    lur_leaves_clear(out);
  }
  return out;
}

void lur_leaves_end(struct lur_leaves *l) {
  sqlite3_free(l->image);
  free(l->last);
}
