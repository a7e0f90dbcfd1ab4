/* SPDX-License-Identifier: MIT
 * A transaction's rows as a database in memory: leaves of a table like `runs` (leaves.c) with a root above them; then
 * INSERT INTO runs SELECT * FROM staged.runs moves whole records from one tree to the other: SQLite does not look into
 * them where both tables are the same. That takes a third of the time of a statement that is given values.
 * How SQLite is given the image: sqlite.org/c3ref/deserialize.html.
 *
 * Invariant: an image is ours while rows are added to it, and SQLite's from the moment it is shown: it is never
 * changed, moved or freed by us then, and the next transaction has another one. Rows that leaves.c refuses go the other
 * way, by rows_table.c. So does everything where the file's table is another than the plan's: what a file says of its
 * tables is not trusted.
 * Belongs to the thread of its connection. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "store/leaves.h"

enum { PAGE_BYTES = 32768, N_BEFORE = 2 }; /* the schema's page and the root */

struct lur_stage {
  sqlite3 *db;
  const char *path;
  bool attached;                    /* there is a database "staged" */
  unsigned char schema[PAGE_BYTES]; /* the first page of every image */
  struct lur_leaves leaves;
  struct lur_leaves kind; /* never changed: other threads look at it */
};

static int close_tree(struct lur_stage *s, struct lur_error *e) {
  struct lur_leaves *l = &s->leaves;
  int code = lur_leaves_close(l, e);
  if (code)
    return code;
  memcpy(lur_leaves_page(l, 0), s->schema, PAGE_BYTES);
  unsigned char *root = lur_leaves_page(l, N_BEFORE - 1);
  if (l->at.n_closed > 1)
    lur_interior_write(root, PAGE_BYTES, N_BEFORE + 1, l->last, l->at.n_closed);
  else
    memcpy(root, lur_leaves_page(l, --l->at.n_pages), PAGE_BYTES); /* one leaf stands alone */
  lur_put_number(l->image + 28, (uint32_t)l->at.n_pages);          /* the file's size in pages */
  return LUR_OK;
}

/* ---- With SQLite ---- */
/* SQLite forbids to detach within a transaction, so both are done outside. */
static int attach(struct lur_stage *s, struct lur_error *e) {
  int rc = sqlite3_exec(s->db, "ATTACH ':memory:' AS staged", NULL, NULL, NULL);
  s->attached = rc == SQLITE_OK;
  return s->attached ? LUR_OK : lur_sql_fail_pages(rc, e);
}

/* Closes the database and its image with it. */
int lur_stage_end(struct lur_stage *s, struct lur_error *e) {
  int rc = s->attached ? sqlite3_exec(s->db, "DETACH staged", NULL, NULL, NULL) : SQLITE_OK;
  s->attached = rc != SQLITE_OK;
  return s->attached ? lur_sql_fail_pages(rc, e) : LUR_OK;
}

/* Gives the image to SQLite as the database "staged": it frees it, also where it fails. */
static int show(struct lur_stage *s) {
  sqlite3_int64 n = (sqlite3_int64)(s->leaves.at.n_pages * PAGE_BYTES);
  unsigned char *image = s->leaves.image;
  s->leaves.image = NULL;
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
    return lur_sql_fail_pages(rc, e);
  rc = sqlite3_step(insert);
  int code = rc == SQLITE_DONE ? LUR_OK : lur_sql_fail(s->db, rc, s->path, e);
  sqlite3_finalize(insert);
  return (rc & 0xff) == SQLITE_CORRUPT && !is_sound(s) ? lur_sql_fail_pages(rc, e) : code;
}

/* Whether SQLite reads our image, and its rows may go into the file's table: tried with none. */
static int try_it(struct lur_stage *s, bool *works, struct lur_error *e) {
  int code = attach(s, e), rc = SQLITE_OK;
  if (!code)
    code = lur_leaves_reserve(&s->leaves, e);
  if (!code)
    code = close_tree(s, e);
  if (code)
    return code;
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
  lur_leaves_clear(&s->leaves);
  return code ? code : lur_stage_end(s, e);
}

int lur_stage_new(sqlite3 *db, const char *path, const struct lur_store_plan *plan, struct lur_stage **out,
                  struct lur_error *e) {
  struct lur_stage *s = lur_alloc(1, sizeof *s);
  bool works = false;
  *out = NULL;
  if (!s)
    return lur_fail_memory(e);
  *s = (struct lur_stage){.db = db, .path = path};
  lur_leaves_init(&s->leaves, plan, PAGE_BYTES, N_BEFORE);
  lur_leaves_init(&s->kind, plan, PAGE_BYTES, N_BEFORE);
  /* The first page of a database that has the plan's `runs` and nothing in it. */
  sqlite3 *memory = NULL;
  sqlite3_int64 n = 0;
  int code = lur_sql_open(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY, &memory, e);
  if (!code)
    code = lur_sql_exec(memory, s->path, "PRAGMA page_size=32768", e);
  if (!code)
    code = lur_schema_create_runs(memory, s->path, plan, e);
  unsigned char *image = code ? NULL : sqlite3_serialize(memory, "main", &n, 0);
  if (image && n == N_BEFORE * PAGE_BYTES)
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
  lur_leaves_end(&s->leaves);
  free(s);
}

int lur_stage_begin(struct lur_stage *s, struct lur_error *e) {
  lur_leaves_clear(&s->leaves);
  return attach(s, e);
}

bool lur_stage_add(struct lur_stage *s, const struct lur_rows_table *f, int *code, struct lur_error *e) {
  return lur_leaves_add(&s->leaves, f, code, e);
}

const struct lur_leaves *lur_stage_leaves(const struct lur_stage *s) {
  return &s->kind;
}

void lur_stage_give(struct lur_stage *s, struct lur_leaves *l) {
  lur_leaves_end(&s->leaves);
  s->leaves = *l;
  *l = (struct lur_leaves){0};
}

int lur_stage_flush(struct lur_stage *s, struct lur_error *e) {
  if (s->leaves.at.n_rows == 0)
    return LUR_OK;
  int code = close_tree(s, e);
  if (!code)
    code = move_rows(s, e);
  lur_leaves_clear(&s->leaves);
  return code;
}
