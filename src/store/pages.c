/* SPDX-License-Identifier: MIT
 * Rows of `runs` read straight off the file's pages, in run order: a walk over the leaves of the table's tree, several
 * of them at a time, of which only the columns that are asked for are decoded. That takes a quarter of the time
 * of stepping through a statement. Format: sqlite.org/fileformat2.html; the file is read through SQLite's own handle,
 * so that its locks stay (sqlite.org/c3ref/c_fcntl_begin_atomic_write.html, FILE_POINTER).
 *
 * Invariant: every place that a page names is checked before it is read, and run numbers ascend. What is not as it is
 * usually (a journal beside the file, a long text, a page that makes no sense) is left to SQLite: lur_pages_next says
 * so, and the query goes on behind the last row with its statement, which also says what is wrong with the file.
 * The table's transaction holds the file as it is while it is read. Belongs to the thread of its table. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/system.h"
#include "store/internal.h"

enum {
  HEADER_BYTES = 100,
  LEAF = 0x0d,
  INTERIOR = 0x05,
  MOST_DEPTH = 20,
  MOST_FIELDS = LUR_STORE_MAX_COLUMNS + 3,
  MOST_AHEAD_BYTES = 1 << 18, /* of leaves that follow each other */
  TEXT_BYTES = 256            /* with its end */
};

struct level { /* an interior page, and which of its children comes next */
  size_t n, next;
  unsigned char *page;
};

struct field { /* of a record */
  uint64_t type;
  const unsigned char *at;
};

/* What a column of the answer is: a field, or a cell that does not change. */
enum { SAME = -1, RUN = -2 };

struct lur_pages {
  sqlite3_file *file;
  size_t page_bytes, usable_bytes;
  uint64_t n_pages, n_seen;
  struct level level[MOST_DEPTH];
  int depth;
  unsigned char *stack, *ahead; /* the levels' pages; leaves read ahead */
  uint64_t ahead_first;
  size_t n_ahead;
  const unsigned char *leaf;
  size_t n_cells, cell;
  int64_t last;
  bool begun;
  int n_fields; /* of a record, as far as they are asked for */
  bool real[MOST_FIELDS];
  int n_columns, *source; /* of each column of the answer */
  char (*text)[TEXT_BYTES];
};

/* ---- Numbers ---- */
static uint64_t big_endian(const unsigned char *p, size_t n) {
  uint64_t x = 0;
  for (size_t i = 0; i < n; i++)
    x = x << 8 | p[i];
  return x;
}

/* Where what follows begins; NULL where it would go beyond end. */
static inline const unsigned char *varint(const unsigned char *p, const unsigned char *end, uint64_t *out) {
  if (p < end && !(*p & 0x80)) {
    *out = *p;
    return p + 1;
  }
  uint64_t x = 0;
  for (int i = 0; i < 8 && p < end; i++) {
    x = x << 7 | (*p & 0x7f);
    if (!(*p++ & 0x80)) {
      *out = x;
      return p;
    }
  }
  if (p >= end)
    return NULL;
  *out = x << 8 | *p;
  return p + 1;
}

static size_t size_of(uint64_t type) {
  static const uint8_t size[12] = {0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0};
  return type < 12 ? size[type] : (size_t)((type - 12) / 2);
}

static int64_t whole(const struct field *f) {
  if (f->type >= 8)
    return (int64_t)f->type - 8;
  size_t n = size_of(f->type);
  uint64_t x = big_endian(f->at, n), sign = UINT64_C(1) << (8 * n - 1);
  return (int64_t)((x ^ sign) - sign);
}

/* False where SQLite is to say what it is. */
static bool read_cell(const struct field *f, bool real, char text[TEXT_BYTES], struct lur_cell *c) {
  if (f->type == 0) {
    *c = (struct lur_cell){.kind = LUR_CELL_NULL};
  } else if (f->type == 7) {
    uint64_t bits;
    memcpy(&bits, f->at, sizeof bits);
    bits = lur_big_64(bits);
    *c = (struct lur_cell){.kind = LUR_CELL_REAL};
    memcpy(&c->as.real, &bits, sizeof bits);
    if (isnan(c->as.real))
      *c = (struct lur_cell){.kind = LUR_CELL_NULL};
  } else if (f->type < 10) {
    int64_t x = whole(f);
    *c = real ? (struct lur_cell){LUR_CELL_REAL, .as.real = (double)x} : (struct lur_cell){LUR_CELL_INTEGER, {x}};
  } else {
    size_t n = size_of(f->type);
    if (f->type < 13 || f->type % 2 == 0 || n >= TEXT_BYTES)
      return false;
    memcpy(text, f->at, n);
    text[n] = '\0';
    *c = (struct lur_cell){LUR_CELL_TEXT, .as.text = text};
  }
  return true;
}

/* ---- Pages ---- */
/* The page of that number, from 1; until the next one is read. NULL where it cannot be. */
static const unsigned char *read_page(struct lur_pages *p, uint64_t number) {
  if (number - p->ahead_first >= p->n_ahead) {
    size_t most = MOST_AHEAD_BYTES > p->page_bytes ? MOST_AHEAD_BYTES / p->page_bytes : 1;
    size_t n = number == p->ahead_first + p->n_ahead && 2 * p->n_ahead <= most ? 2 * p->n_ahead
               : number == p->ahead_first + p->n_ahead                         ? most
                                                                               : 1;
    if (number == 0 || number > p->n_pages)
      return NULL;
    n = n == 0 ? 1 : n < p->n_pages - number + 1 ? n : (size_t)(p->n_pages - number + 1);
    p->n_ahead = 0;
    if (p->file->pMethods->xRead(p->file, p->ahead, (int)(n * p->page_bytes),
                                 (sqlite3_int64)((number - 1) * p->page_bytes)) != SQLITE_OK)
      return NULL;
    p->ahead_first = number;
    p->n_ahead = n;
  }
  return p->ahead + (number - p->ahead_first) * p->page_bytes;
}

/* Page by page no more than the file has: a tree that comes back to itself ends. */
static bool enter(struct lur_pages *p, uint64_t number) {
  const unsigned char *page = p->n_seen++ < p->n_pages && number > 1 ? read_page(p, number) : NULL;
  if (!page || (page[0] != LEAF && page[0] != INTERIOR))
    return false;
  size_t n = big_endian(page + 3, 2), head = page[0] == LEAF ? 8 : 12;
  if (head + 2 * n > p->usable_bytes)
    return false;
  if (page[0] == LEAF) {
    p->leaf = page;
    p->n_cells = n;
    p->cell = 0;
    return true;
  }
  if (p->depth == MOST_DEPTH)
    return false;
  struct level *l = &p->level[p->depth];
  *l = (struct level){n, 0, p->stack + (size_t)p->depth * p->page_bytes};
  memcpy(l->page, page, p->page_bytes);
  p->depth++;
  return true;
}

/* 1: on the next leaf; 0: there is none; -1: SQLite is to go on. */
static int next_leaf(struct lur_pages *p) {
  p->leaf = NULL;
  while (p->depth > 0 && !p->leaf) {
    struct level *l = &p->level[p->depth - 1];
    if (l->next > l->n) {
      p->depth--;
      continue;
    }
    size_t at = l->next < l->n ? big_endian(l->page + 12 + 2 * l->next, 2) : 8;
    l->next++;
    if (at + 4 > p->usable_bytes || !enter(p, big_endian(l->page + at, 4)))
      return -1;
  }
  return p->leaf != NULL;
}

/* ---- Rows ---- */
/* Splits the record at `at` into its fields. */
static bool split(const struct lur_pages *p, const unsigned char *at, size_t n_bytes, struct field *field) {
  const unsigned char *end = at + n_bytes;
  uint64_t n_head;
  const unsigned char *type = varint(at, end, &n_head);
  if (!type || n_head > n_bytes)
    return false;
  const unsigned char *head_end = at + n_head, *body = head_end;
  for (int i = 0; i < p->n_fields; i++) {
    if (!(type = varint(type, head_end, &field[i].type)) || field[i].type > INT32_MAX)
      return false;
    field[i].at = body;
    if (size_of(field[i].type) > (size_t)(end - body))
      return false;
    body += size_of(field[i].type);
  }
  return true;
}

static bool read_row(struct lur_pages *p, struct lur_cell *cells) {
  struct field field[MOST_FIELDS];
  uint64_t n_bytes, key;
  size_t offset = big_endian(p->leaf + 8 + 2 * p->cell, 2);
  const unsigned char *end = p->leaf + p->usable_bytes, *at = p->leaf + offset;
  if (offset >= p->usable_bytes || !(at = varint(at, end, &n_bytes)) || !(at = varint(at, end, &key)))
    return false;
  /* A longer record has pages of its own. Key and record: the run is the key, and NULL in the record. */
  if (n_bytes > p->usable_bytes - 35 || n_bytes > (size_t)(end - at) || !split(p, at, (size_t)n_bytes, field) ||
      field[0].type != 0 || (p->begun && (int64_t)key <= p->last))
    return false;
  for (int i = 0; i < p->n_columns; i++) {
    int from = p->source[i];
    if (from == RUN)
      cells[i] = (struct lur_cell){LUR_CELL_INTEGER, .as.integer = (int64_t)key};
    else if (from != SAME && !read_cell(&field[from], p->real[from], p->text[i], &cells[i]))
      return false;
  }
  p->cell++;
  p->begun = true;
  p->last = (int64_t)key;
  return true;
}

int lur_pages_next(struct lur_pages *p, struct lur_cell *cells) {
  while (p->cell >= p->n_cells) {
    int got = next_leaf(p);
    if (got <= 0)
      return got;
  }
  return read_row(p, cells) ? 1 : -1;
}

int64_t lur_pages_after(const struct lur_pages *p) {
  return !p->begun ? INT64_MIN : p->last < INT64_MAX ? p->last + 1 : INT64_MAX;
}

/* ---- Which columns ---- */
/* The next word of a list of columns, without quotes; NULL where it is anything else than a name. */
static const char *next_word(const char *text, char word[80]) {
  const char *end = text[0] == '"' ? strchr(text + 1, '"') : text + strcspn(text, ",");
  size_t skip = text[0] == '"', n = end ? (size_t)(end - text) - skip : 80;
  if (n >= 80)
    return NULL;
  memcpy(word, text + skip, n);
  word[n] = '\0';
  end += skip;
  return *end == '\0' ? end : strncmp(end, ", ", 2) == 0 && end[2] ? end + 2 : NULL;
}

/* A column may be called NULL, too: then it is within quotes. */
static int source_of(const char *word, bool quoted, sqlite3_stmt *fields, struct lur_pages *p) {
  int i = 0, found = !quoted && (strcmp(word, "NULL") == 0 || strcmp(word, "0") == 0) ? SAME : MOST_FIELDS;
  while (found == MOST_FIELDS && sqlite3_step(fields) == SQLITE_ROW) {
    const char *name = (const char *)sqlite3_column_text(fields, 0);
    if (name && strcmp(name, word) == 0)
      found = i == 0 ? RUN : i;
    i++;
  }
  sqlite3_reset(fields);
  p->n_fields = found >= p->n_fields && found < MOST_FIELDS ? found + 1 : p->n_fields;
  return found;
}

/* Whether the table's fields are those of a file of ours: the key first, then plain ones. */
static bool check_fields(sqlite3_stmt *fields, struct lur_pages *p) {
  int n = 0;
  for (; sqlite3_step(fields) == SQLITE_ROW && n < MOST_FIELDS; n++) {
    const char *type = (const char *)sqlite3_column_text(fields, 1);
    bool known = type && (strcmp(type, "REAL") == 0 || strcmp(type, "INTEGER") == 0 || strcmp(type, "TEXT") == 0);
    known = known && (n > 0 || strcmp(type, "INTEGER") == 0); /* the key, which is no field of a record then */
    if (!known || sqlite3_column_int(fields, 2) != 0 || sqlite3_column_int(fields, 3) != (n == 0))
      n = MOST_FIELDS;
    else
      p->real[n] = strcmp(type, "REAL") == 0;
  }
  sqlite3_reset(fields);
  return n > 0 && n < MOST_FIELDS;
}

static bool choose(struct lur_pages *p, sqlite3_stmt *fields, const char *select, struct lur_cell *cells) {
  char word[80];
  p->n_fields = 1;
  for (int i = 0; *select; i++) {
    const bool quoted = *select == '"';
    select = i < p->n_columns ? next_word(select, word) : NULL;
    if (!select || (p->source[i] = source_of(word, quoted, fields, p)) == MOST_FIELDS)
      return false;
    if (p->source[i] == SAME)
      cells[i] = word[0] == '0' ? (struct lur_cell){LUR_CELL_INTEGER, {0}} : (struct lur_cell){.kind = LUR_CELL_NULL};
  }
  return true;
}

/* ---- Whether the file is one that can be read so ---- */
static bool open_file(struct lur_pages *p, sqlite3 *db) {
  unsigned char h[HEADER_BYTES];
  sqlite3_int64 n_bytes = 0;
  if (sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, &p->file) != SQLITE_OK || !p->file ||
      !p->file->pMethods || p->file->pMethods->xFileSize(p->file, &n_bytes) != SQLITE_OK || n_bytes < HEADER_BYTES ||
      p->file->pMethods->xRead(p->file, h, HEADER_BYTES, 0) != SQLITE_OK)
    return false;
  p->page_bytes = big_endian(h + 16, 2) == 1 ? 65536 : big_endian(h + 16, 2);
  p->usable_bytes = p->page_bytes - h[20];
  p->n_pages = p->page_bytes ? (uint64_t)n_bytes / p->page_bytes : 0;
  /* 1 and 1: no WAL; texts are UTF-8. */
  return memcmp(h, "SQLite format 3", 16) == 0 && h[18] == 1 && h[19] == 1 && big_endian(h + 56, 4) == 1 &&
         p->page_bytes >= 512 && (p->page_bytes & (p->page_bytes - 1)) == 0 && p->usable_bytes >= 480;
}

static uint64_t find_root(sqlite3 *db) {
  sqlite3_stmt *s = NULL;
  uint64_t root = 0;
  if (sqlite3_prepare_v2(db, "SELECT rootpage FROM sqlite_master WHERE type = 'table' AND name = 'runs'", -1, &s,
                         NULL) == SQLITE_OK &&
      sqlite3_step(s) == SQLITE_ROW)
    root = (uint64_t)sqlite3_column_int64(s, 0);
  sqlite3_finalize(s);
  return root;
}

struct lur_pages *lur_pages_open(sqlite3 *db, const char *select, int n_columns, struct lur_cell *cells) {
  sqlite3_stmt *fields = NULL;
  struct lur_pages *p = lur_alloc(1, sizeof *p);
  if (!p)
    return NULL;
  p->n_columns = n_columns;
  p->source = lur_alloc((size_t)n_columns, sizeof *p->source);
  p->text = lur_alloc((size_t)n_columns, sizeof *p->text);
  bool good = p->source && p->text && open_file(p, db) &&
              sqlite3_prepare_v2(db, "SELECT name, type, hidden, pk FROM pragma_table_xinfo('runs') ORDER BY cid", -1,
                                 &fields, NULL) == SQLITE_OK &&
              check_fields(fields, p) && choose(p, fields, select, cells);
  sqlite3_finalize(fields);
  if (good) {
    p->stack = lur_alloc(MOST_DEPTH, p->page_bytes);
    p->ahead = lur_alloc(MOST_AHEAD_BYTES, 1);
    good = p->stack && p->ahead && enter(p, find_root(db));
  }
  if (good)
    return p;
  lur_pages_free(p);
  return NULL;
}

void lur_pages_free(struct lur_pages *p) {
  if (!p)
    return;
  free(p->source);
  free(p->text);
  free(p->stack);
  free(p->ahead);
  free(p);
}
