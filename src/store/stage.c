/* SPDX-License-Identifier: MIT
 * A transaction's rows as a database in memory: leaf pages of a table like `runs`, written here, with a root above
 * them; then INSERT INTO runs SELECT * FROM staged.runs moves whole records from one tree to the other: SQLite does not
 * look into them where both tables are the same. That takes a third of the time of a statement that is given values.
 * Formats: sqlite.org/fileformat2.html; how SQLite is given the image: sqlite.org/c3ref/deserialize.html.
 *
 * Invariant: an image is ours while rows are added to it, and SQLite's from the moment it is shown: it is never
 * changed, moved or freed by us then, and the next transaction has another one. While it is ours it holds n_rows
 * records with ascending run numbers, the same bytes as SQLite would have made of the same cells; what cannot be
 * written so (a cell of another type than its column's, a record longer than a page, more than an image may hold) is
 * refused whole, and goes the other way, by rows_table.c. So does everything where the file's table is another than the
 * plan's: what a file says of its tables is not trusted.
 * Belongs to the thread of its connection. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "engine/engine.h"
#include "store/internal.h"

enum {
  PAGE_BYTES = 32768,
  MOST_PAGES = 1024, /* an image: 32 MiB; their numbers fit one root page */
  FEW_PAGES = 8,     /* of the first image */
  FIRST_LEAF = 2,    /* index of the page behind the schema's and the root */
  LEAF_HEADER_BYTES = 8,
  MOST_PAYLOAD = PAGE_BYTES - 35, /* a longer one would need overflow pages */
  MOST_FIELDS = LUR_STORE_MAX_COLUMNS + 3,
  LEAF = 0x0d,
  INTERIOR = 0x05
};

/* How far the image is filled; the last page is open. */
struct position {
  size_t n_pages, n_cells, content; /* content: where the open page's cells begin */
  size_t n_rows;
  uint64_t last_run;
};

struct record {
  size_t n_types, n_body;
  unsigned char types[9 * MOST_FIELDS];
  unsigned char body[PAGE_BYTES];
};

struct lur_stage {
  sqlite3 *db;
  const char *path;
  bool attached; /* there is a database "staged" */
  int n_columns;
  enum lur_column_type type[LUR_STORE_MAX_COLUMNS];
  unsigned char schema[PAGE_BYTES]; /* the first page of every image */
  unsigned char *image;             /* SQLite's memory; NULL where there is none, or it was shown */
  size_t room_pages;                /* of the image, or of the one to come */
  struct position at;
  uint64_t last_of_page[MOST_PAGES];
  struct record record;
};

/* ---- Records ---- */
static void put_big_endian(unsigned char *to, uint64_t x, int n_bytes) {
  for (int i = n_bytes - 1; i >= 0; i--, x >>= 8)
    to[i] = (unsigned char)x;
}

/* 7 bits a byte, the high ones first, all but the last marked; a ninth byte has 8. */
static size_t put_varint(unsigned char *to, uint64_t x) {
  unsigned char digit[10];
  size_t n = 0;
  if (x >> 56) {
    put_big_endian(to + 8, x, 1);
    x >>= 8;
    for (int i = 7; i >= 0; i--, x >>= 7)
      to[i] = (unsigned char)(x | 0x80);
    return 9;
  }
  do
    digit[n++] = (unsigned char)(x | 0x80);
  while (x >>= 7);
  digit[0] &= 0x7f;
  for (size_t i = 0; i < n; i++)
    to[i] = digit[n - 1 - i];
  return n;
}

static void put_type(struct record *r, uint64_t type) {
  if (type < 128)
    r->types[r->n_types++] = (unsigned char)type;
  else
    r->n_types += put_varint(r->types + r->n_types, type);
}

static void put_integer(struct record *r, int64_t x) {
  static const int bytes[] = {1, 2, 3, 4, 6, 8}; /* of the types 1 to 6 */
  uint64_t size = (uint64_t)(x < 0 ? ~x : x);
  int type = 1;
  if (size < 2 && x >= 0) { /* 0 and 1 are types without a body */
    put_type(r, 8 + size);
    return;
  }
  while (type < 6 && size >> (8 * bytes[type - 1] - 1))
    type++;
  put_type(r, (uint64_t)type);
  put_big_endian(r->body + r->n_body, (uint64_t)x, bytes[type - 1]);
  r->n_body += (size_t)bytes[type - 1];
}

static void put_double(struct record *r, double x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  put_type(r, 7);
  put_big_endian(r->body + r->n_body, bits, 8);
  r->n_body += 8;
}

/* Whole numbers of 48 bits are kept as such in REAL columns. */
static bool is_short(double x) {
  return x >= -0x1p47 && x < 0x1p47;
}

static bool put_real(struct record *r, enum lur_column_type column, double x) {
  if (isnan(x))
    put_type(r, 0);
  else if (column == LUR_COLUMN_REAL && is_short(x) && x == (double)(int64_t)x)
    put_integer(r, (int64_t)x);
  else
    put_double(r, x + 0.0); /* -0 to +0 */
  return column == LUR_COLUMN_REAL;
}

static bool put_text(struct record *r, const char *text) {
  size_t n = strlen(text);
  if (n > MOST_PAYLOAD - r->n_body)
    return false;
  put_type(r, 13 + 2 * (uint64_t)n);
  memcpy(r->body + r->n_body, text, n);
  r->n_body += n;
  return true;
}

static bool put_cell(struct record *r, enum lur_column_type column, const struct lur_cell *c) {
  if (r->n_body > MOST_PAYLOAD - 8)
    return false;
  if (column == LUR_COLUMN_MIXED) {
    char digits[32];
    if (c->kind == LUR_CELL_TEXT)
      return put_text(r, c->as.text);
    if (lur_cell_is_null(c)) {
      put_type(r, 0);
      return true;
    }
    lur_mixed_write(c, digits);
    return put_text(r, digits);
  }
  switch (c->kind) {
  case LUR_CELL_NULL: put_type(r, 0); return true;
  case LUR_CELL_REAL: return put_real(r, column, c->as.real);
  case LUR_CELL_TEXT: return column == LUR_COLUMN_TEXT && put_text(r, c->as.text);
  case LUR_CELL_INTEGER: break;
  }
  put_integer(r, c->as.integer);
  return column == LUR_COLUMN_INTEGER || (column == LUR_COLUMN_REAL && is_short((double)c->as.integer));
}

/* The run number is the key, and NULL in the record. */
static bool make_record(struct lur_stage *s, const struct lur_rows *rows, size_t i) {
  struct record *r = &s->record;
  const struct lur_cell *cell = rows->cell + i * (size_t)s->n_columns;
  r->n_types = r->n_body = 0;
  put_type(r, 0);
  for (int c = 0; c < s->n_columns; c++)
    if (!put_cell(r, s->type[c], &cell[c]))
      return false;
  if (!put_text(r, lur_status_names[rows->status[i]]))
    return false;
  put_integer(r, rows->status[i] == LUR_SOLVED);
  return r->n_types + r->n_body + 2 <= MOST_PAYLOAD;
}

/* ---- Pages ---- */
static unsigned char *page_at(const struct lur_stage *s, size_t index) {
  return s->image + index * PAGE_BYTES;
}

static void put_page_header(unsigned char *page, int kind, size_t n_cells, size_t content) {
  memset(page, 0, LEAF_HEADER_BYTES);
  page[0] = (unsigned char)kind;
  put_big_endian(page + 3, n_cells, 2);
  put_big_endian(page + 5, content, 2);
}

static void close_leaf(struct lur_stage *s) {
  put_page_header(page_at(s, s->at.n_pages - 1), LEAF, s->at.n_cells, s->at.content);
  s->last_of_page[s->at.n_pages - 1] = s->at.last_run;
}

static void open_leaf(struct lur_stage *s) {
  s->at.n_pages++;
  s->at.n_cells = 0;
  s->at.content = PAGE_BYTES;
}

static void clear(struct lur_stage *s) {
  s->at = (struct position){.n_pages = FIRST_LEAF};
  open_leaf(s);
}

static int new_image(struct lur_stage *s, struct lur_error *e) {
  s->image = sqlite3_malloc64(s->room_pages * PAGE_BYTES);
  if (!s->image)
    return lur_fail_memory(e);
  memcpy(s->image, s->schema, PAGE_BYTES);
  return LUR_OK;
}

static int make_room(struct lur_stage *s, size_t n_pages, struct lur_error *e) {
  if (n_pages <= s->room_pages)
    return LUR_OK;
  size_t room = 2 * s->room_pages < MOST_PAGES ? 2 * s->room_pages : MOST_PAGES;
  unsigned char *more = sqlite3_realloc64(s->image, room * PAGE_BYTES);
  if (!more)
    return lur_fail_memory(e);
  s->image = more;
  s->room_pages = room;
  return LUR_OK;
}

/* The record behind the others; false where the image is full. */
static bool add_record(struct lur_stage *s, uint64_t run, int *code, struct lur_error *e) {
  const struct record *r = &s->record;
  unsigned char head[9 + 9 + 3];
  size_t n_header = r->n_types + (r->n_types + 1 > 127 ? 2 : 1), n = put_varint(head, n_header + r->n_body);
  n += put_varint(head + n, run);
  n += put_varint(head + n, n_header);
  size_t n_all = n + r->n_types + r->n_body;
  if (LEAF_HEADER_BYTES + 2 * (s->at.n_cells + 1) + n_all > s->at.content) {
    if (s->at.n_pages == MOST_PAGES || (*code = make_room(s, s->at.n_pages + 1, e)))
      return false;
    close_leaf(s);
    open_leaf(s);
  }
  unsigned char *page = page_at(s, s->at.n_pages - 1), *to = page + (s->at.content -= n_all);
  memcpy(to, head, n);
  memcpy(to + n, r->types, r->n_types);
  memcpy(to + n + r->n_types, r->body, r->n_body);
  put_big_endian(page + LEAF_HEADER_BYTES + 2 * s->at.n_cells++, s->at.content, 2);
  s->at.last_run = run;
  s->at.n_rows++;
  return true;
}

/* The root: of every leaf but the last its number and last key; one leaf stands alone. */
static void close_tree(struct lur_stage *s) {
  unsigned char *root = page_at(s, FIRST_LEAF - 1);
  size_t n_leaves = s->at.n_pages - FIRST_LEAF, content = PAGE_BYTES;
  close_leaf(s);
  for (size_t i = 0; i + 1 < n_leaves; i++) {
    unsigned char cell[4 + 9];
    put_big_endian(cell, FIRST_LEAF + i + 1, 4);
    size_t n = 4 + put_varint(cell + 4, s->last_of_page[FIRST_LEAF + i]);
    memcpy(root + (content -= n), cell, n);
    put_big_endian(root + 12 + 2 * i, content, 2);
  }
  put_page_header(root, INTERIOR, n_leaves - 1, content);
  put_big_endian(root + 8, s->at.n_pages, 4);
  if (n_leaves == 1) {
    memcpy(root, page_at(s, FIRST_LEAF), PAGE_BYTES);
    s->at.n_pages = FIRST_LEAF;
  }
  put_big_endian(s->image + 28, s->at.n_pages, 4); /* the file's size in pages */
}

/* ---- With SQLite ---- */
/* What goes wrong with the image is no fault of the file's. */
static int fail_image(int rc, struct lur_error *e) {
  if ((rc & 0xff) == SQLITE_NOMEM)
    return lur_fail_memory(e);
  return lur_fail(e, LUR_EIO, NULL, "SQLite %s does not take the rows as luron hands them over: %s",
                  sqlite3_libversion(), sqlite3_errstr(rc));
}

/* SQLite forbids to detach within a transaction, so both are done outside. */
static int attach(struct lur_stage *s, struct lur_error *e) {
  int rc = sqlite3_exec(s->db, "ATTACH ':memory:' AS staged", NULL, NULL, NULL);
  s->attached = rc == SQLITE_OK;
  return s->attached ? LUR_OK : fail_image(rc, e);
}

/* Closes the database and its image with it. */
int lur_stage_end(struct lur_stage *s, struct lur_error *e) {
  int rc = s->attached ? sqlite3_exec(s->db, "DETACH staged", NULL, NULL, NULL) : SQLITE_OK;
  s->attached = rc != SQLITE_OK;
  return s->attached ? fail_image(rc, e) : LUR_OK;
}

/* Gives the image to SQLite as the database "staged": it frees it, also where it fails. */
static int show(struct lur_stage *s) {
  sqlite3_int64 n = (sqlite3_int64)(s->at.n_pages * PAGE_BYTES);
  unsigned char *image = s->image;
  s->image = NULL;
  return sqlite3_deserialize(s->db, "staged", image, n, n,
                             SQLITE_DESERIALIZE_READONLY | SQLITE_DESERIALIZE_FREEONCLOSE);
}

/* Whether SQLite finds the image in order; then what failed is the file. */
static bool is_sound(struct lur_stage *s) {
  sqlite3_stmt *q = NULL;
  int rc = sqlite3_prepare_v2(s->db, "PRAGMA staged.quick_check(1)", -1, &q, NULL);
  const char *said = rc == SQLITE_OK && sqlite3_step(q) == SQLITE_ROW ? (const char *)sqlite3_column_text(q, 0) : NULL;
  bool sound = said && strcmp(said, "ok") == 0;
  sqlite3_finalize(q);
  return sound;
}

static int move_rows(struct lur_stage *s, struct lur_error *e) {
  sqlite3_stmt *insert = NULL;
  int rc = show(s);
  if (rc == SQLITE_OK)
    rc = sqlite3_prepare_v2(s->db, "INSERT INTO main.runs SELECT * FROM staged.runs", -1, &insert, NULL);
  if (rc != SQLITE_OK)
    return fail_image(rc, e);
  rc = sqlite3_step(insert);
  int code = rc == SQLITE_DONE ? LUR_OK : lur_sql_fail(s->db, rc, s->path, e);
  sqlite3_finalize(insert);
  return (rc & 0xff) == SQLITE_CORRUPT && !is_sound(s) ? fail_image(rc, e) : code;
}

/* Whether SQLite reads our image, and its rows may go into the file's table: tried with none. */
static int try_it(struct lur_stage *s, bool *works, struct lur_error *e) {
  int code = attach(s, e), rc = SQLITE_OK;
  if (!code)
    code = new_image(s, e);
  if (code)
    return code;
  close_tree(s);
  rc = show(s);
  if (rc == SQLITE_OK) {
    /* Whether the file's table is the plan's, word by word. */
    sqlite3_stmt *q = NULL;
    rc = sqlite3_prepare_v2(s->db,
                            "SELECT 1 FROM main.sqlite_master a JOIN staged.sqlite_master b USING(type, name, sql)"
                            " WHERE name = 'runs'",
                            -1, &q, NULL);
    if (rc == SQLITE_OK)
      rc = sqlite3_step(q);
    *works = rc == SQLITE_ROW;
    sqlite3_finalize(q);
  }
  code = (rc & 0xff) == SQLITE_NOMEM ? lur_fail_memory(e) : LUR_OK;
  clear(s);
  return code ? code : lur_stage_end(s, e);
}

int lur_stage_new(sqlite3 *db, const char *path, const struct lur_store_plan *plan, struct lur_stage **out,
                  struct lur_error *e) {
  struct lur_stage *s = lur_alloc(1, sizeof *s);
  bool works = false;
  *out = NULL;
  if (!s)
    return lur_fail_memory(e);
  *s = (struct lur_stage){.db = db, .path = path, .n_columns = plan->n_columns, .room_pages = FEW_PAGES};
  for (int i = 0; i < plan->n_columns; i++)
    s->type[i] = plan->column[i].type;
  clear(s);
  /* The first page of a database that has the plan's `runs` and nothing in it. */
  sqlite3 *memory = NULL;
  sqlite3_int64 n = 0;
  int code = lur_sql_open(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY, &memory, e);
  if (!code)
    code = lur_sql_exec(memory, s->path, "PRAGMA page_size=32768", e);
  if (!code)
    code = lur_schema_create_runs(memory, s->path, plan, e);
  unsigned char *image = code ? NULL : sqlite3_serialize(memory, "main", &n, 0);
  if (image && n == FIRST_LEAF * PAGE_BYTES)
    memcpy(s->schema, image, PAGE_BYTES);
  else if (!code)
    code = lur_fail_memory(e);
  sqlite3_free(image);
  sqlite3_close(memory);
  if (!code)
    code = try_it(s, &works, e);
  if (!code && works)
    *out = s;
  else
    lur_stage_free(s);
  return code;
}

void lur_stage_free(struct lur_stage *s) {
  if (!s)
    return;
  lur_stage_end(s, NULL);
  sqlite3_free(s->image);
  free(s);
}

int lur_stage_begin(struct lur_stage *s, struct lur_error *e) {
  clear(s);
  return attach(s, e);
}

bool lur_stage_add(struct lur_stage *s, const struct lur_rows_table *f, int *code, struct lur_error *e) {
  const struct lur_rows *rows = f->rows;
  const struct position before = s->at;
  *code = s->image ? LUR_OK : new_image(s, e);
  for (size_t i = 0; i < rows->n && !*code; i++) {
    if (f->wants && !f->wants(f->context, rows, i))
      continue;
    bool in_order = s->at.n_rows == 0 || rows->run[i] > s->at.last_run;
    if (in_order && make_record(s, rows, i) && add_record(s, rows->run[i], code, e))
      continue;
    s->at = before;
    return false;
  }
  return !*code;
}

int lur_stage_flush(struct lur_stage *s, struct lur_error *e) {
  if (s->at.n_rows == 0)
    return LUR_OK;
  close_tree(s);
  int code = move_rows(s, e);
  clear(s);
  return code;
}
