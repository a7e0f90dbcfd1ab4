/* SPDX-License-Identifier: MIT
 * The numbers that a sweep keeps beside its rows: patterns and start values. They stand in the table `data` in pieces
 * of LUR_PIECE_BYTES as doubles at most, each in the narrowest form that holds it, and are read a piece at a time: so
 * neither way takes memory, and no value of the file is large. A file of version 1 has one blob for them in `sweep`,
 * doubles behind counts of eight bytes, which is read a piece at a time too. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "store/internal.h"

const char lur_data_table[] =
    "CREATE TABLE data(piece INTEGER PRIMARY KEY, part TEXT NOT NULL, n_rows INTEGER NOT NULL,"
    " width INTEGER NOT NULL, type TEXT NOT NULL, bytes BLOB NOT NULL) STRICT";

enum { MOST_OF_A_PIECE = LUR_PIECE_BYTES / sizeof(double) + LUR_MAX_WIDTH }; /* numbers */

/* ---- Writing ---- */
int lur_data_check(const struct lur_part *part, int n_parts, struct lur_error *e) {
  uint64_t n = 0;
  for (int i = 0; i < n_parts; i++)
    if (!lur_part_fits(&part[i], &n))
      return lur_fail(
          e, LUR_EINPUT, "data", "%.3g numbers with the %s, but a results file keeps at most %.3g, 64 GiB as doubles",
          (double)n + (double)part[i].n_rows * (double)part[i].width, part[i].name, (double)LUR_MOST_NUMBERS);
  return LUR_OK;
}

static uint64_t rows_of_a_piece(uint64_t width) {
  uint64_t n = width ? LUR_PIECE_BYTES / sizeof(double) / width : 1;
  return n ? n : 1;
}

struct writing {
  sqlite3 *db;
  const char *path;
  sqlite3_stmt *insert;
  void *room; /* for a piece */
};

static int write_piece(const struct writing *w, const struct lur_part *p, uint64_t first, uint64_t n_rows,
                       struct lur_error *e) {
  const size_t n = n_rows * p->width, size_bytes = lur_narrow_bytes(p->type);
  const void *values = p->values ? (const char *)p->values + first * p->width * size_bytes : "";
  enum lur_narrow type = p->type;
  if (p->type == LUR_F64 && n) {
    type = lur_narrow_of(values, n);
    lur_narrow_write(type, values, n, w->room);
    values = w->room;
  }
  lur_sql_bind_text(w->insert, 1, p->name);
  sqlite3_bind_int64(w->insert, 2, (int64_t)n_rows);
  sqlite3_bind_int64(w->insert, 3, (int64_t)p->width);
  lur_sql_bind_text(w->insert, 4, lur_narrow_names[type]);
  sqlite3_bind_blob64(w->insert, 5, values, n * lur_narrow_bytes(type), SQLITE_STATIC);
  return lur_sql_step_done(w->db, w->path, w->insert, e);
}

static int write_part(struct writing *w, const struct lur_part *p, struct lur_error *e) {
  const uint64_t most = rows_of_a_piece(p->width);
  if (p->n_rows == 0)
    return write_piece(w, p, 0, 0, e);
  int code = LUR_OK;
  for (uint64_t first = 0; first < p->n_rows && !code; first += most)
    code = write_piece(w, p, first, p->n_rows - first < most ? p->n_rows - first : most, e);
  return code;
}

static int begin_writing(struct writing *w, struct lur_error *e) {
  if (!(w->room = lur_alloc(MOST_OF_A_PIECE, sizeof(double))))
    return lur_fail_memory(e);
  return lur_sql_prepare(w->db, w->path, "INSERT INTO data(part, n_rows, width, type, bytes) VALUES(?,?,?,?,?)",
                         &w->insert, e);
}

static void end_writing(struct writing *w) {
  sqlite3_finalize(w->insert);
  free(w->room);
}

int lur_data_write(sqlite3 *db, const char *path, const struct lur_part *part, int n_parts, struct lur_error *e) {
  struct writing w = {.db = db, .path = path};
  int code = begin_writing(&w, e);
  for (int i = 0; i < n_parts && !code; i++)
    code = write_part(&w, &part[i], e);
  end_writing(&w);
  return code;
}

int lur_data_copy(sqlite3 *db, const char *path, const struct lur_pieces *from, struct lur_error *e) {
  struct writing w = {.db = db, .path = path};
  struct lur_part piece;
  int rc = 0, code = begin_writing(&w, e);
  while (!code && (rc = from->next(from->context, &piece, e)) == 1)
    code = write_part(&w, &piece, e);
  end_writing(&w);
  return code ? code : rc < 0 ? -rc : LUR_OK;
}

/* ---- Reading ---- */
struct lur_data {
  sqlite3 *db;
  const char *path;
  int n_parts;
  struct lur_part part[LUR_MAX_PARTS];
  void *room; /* for a piece */
  sqlite3_stmt *pieces;
  /* Of version 1: */
  sqlite3_blob *blob;
  int place[LUR_MAX_PARTS]; /* bytes from the blob's begin */
  int at;                   /* the part that comes next */
  uint64_t n_rows;          /* of it that have come */
};

static int fail_damaged(const struct lur_data *d, struct lur_error *e) {
  return lur_sql_fail(NULL, SQLITE_CORRUPT, d->path, e);
}

static const char *known_part(const char *name) {
  for (int k = 0; name && lur_part_names[k]; k++)
    if (strcmp(name, lur_part_names[k]) == 0)
      return lur_part_names[k];
  return NULL;
}

/* A row's piece as it is told, without its numbers; false where that cannot be. */
static bool read_head(sqlite3_stmt *s, struct lur_part *p, int64_t n_bytes) {
  const char *type = (const char *)sqlite3_column_text(s, 3);
  int64_t n_rows = sqlite3_column_int64(s, 1), width = sqlite3_column_int64(s, 2);
  int k = 0;
  while (type && lur_narrow_names[k] && strcmp(type, lur_narrow_names[k]) != 0)
    k++;
  *p = (struct lur_part){.name = known_part((const char *)sqlite3_column_text(s, 0)),
                         .n_rows = (uint64_t)n_rows,
                         .width = (uint64_t)width,
                         .type = (enum lur_narrow)k};
  if (!p->name || !type || k == LUR_N_NARROWS || n_rows < 0 || width < 0 || n_rows > n_bytes || width > n_bytes)
    return false;
  return (uint64_t)n_bytes == p->n_rows * p->width * lur_narrow_bytes(p->type);
}

/* The parts' sizes; a part's pieces follow each other. */
static int measure(struct lur_data *d, struct lur_error *e) {
  sqlite3_stmt *s = NULL;
  struct lur_part p;
  uint64_t n = 0;
  int rc = SQLITE_DONE, code = lur_sql_prepare(d->db, d->path,
                                               "SELECT part, n_rows, width, type, length(bytes)"
                                               " FROM data ORDER BY piece",
                                               &s, e);
  while (!code && (rc = sqlite3_step(s)) == SQLITE_ROW) {
    struct lur_part *last = d->n_parts ? &d->part[d->n_parts - 1] : NULL;
    if (!read_head(s, &p, sqlite3_column_int64(s, 4)) || !lur_part_fits(&p, &n))
      code = fail_damaged(d, e);
    else if (last && last->name == p.name && last->width == p.width)
      last->n_rows += p.n_rows;
    else if (d->n_parts == LUR_MAX_PARTS)
      code = fail_damaged(d, e);
    else
      d->part[d->n_parts++] = p;
  }
  if (!code && rc != SQLITE_DONE)
    code = lur_sql_fail(d->db, rc, d->path, e);
  sqlite3_finalize(s);
  return code;
}

static int next_piece(void *context, struct lur_part *piece, struct lur_error *e) {
  struct lur_data *d = context;
  int rc = sqlite3_step(d->pieces);
  if (rc == SQLITE_DONE)
    return 0;
  if (rc != SQLITE_ROW)
    return -lur_sql_fail(d->db, rc, d->path, e);
  const void *bytes = sqlite3_column_blob(d->pieces, 4);
  size_t n_bytes = (size_t)sqlite3_column_bytes(d->pieces, 4);
  if (!read_head(d->pieces, piece, (int64_t)n_bytes) || n_bytes > MOST_OF_A_PIECE * sizeof(double))
    return -fail_damaged(d, e);
  if (bytes && n_bytes)
    memcpy(d->room, bytes, n_bytes); /* where it is aligned */
  piece->values = d->room;
  return 1;
}

/* ---- Version 1: n, n_inputs, n_outputs, inputs, targets of both sets; then n, start values ---- */
static bool take_count(struct lur_data *d, int *at, uint64_t *count) {
  if (sqlite3_blob_bytes(d->blob) - *at < (int)sizeof *count)
    return false;
  if (sqlite3_blob_read(d->blob, count, sizeof *count, *at) != SQLITE_OK)
    return false;
  *at += (int)sizeof *count;
  return true;
}

static bool take_part(struct lur_data *d, int *at, const char *name, uint64_t n_rows, uint64_t width) {
  const uint64_t left = (uint64_t)(sqlite3_blob_bytes(d->blob) - *at) / sizeof(double);
  if (n_rows == 0)
    return true;
  if (width == 0 || width > LUR_MAX_WIDTH || n_rows > left / width)
    return false;
  d->place[d->n_parts] = *at;
  d->part[d->n_parts++] = (struct lur_part){.name = name, .n_rows = n_rows, .width = width, .type = LUR_F64};
  *at += (int)(n_rows * width * sizeof(double));
  return true;
}

static int measure_blob(struct lur_data *d, struct lur_error *e) {
  uint64_t n, n_inputs, n_outputs;
  int at = 0;
  for (int set = 0; set < 2; set++)
    if (!take_count(d, &at, &n) || !take_count(d, &at, &n_inputs) || !take_count(d, &at, &n_outputs) ||
        !take_part(d, &at, known_part(set ? "test inputs" : "train inputs"), n, n_inputs) ||
        !take_part(d, &at, known_part(set ? "test targets" : "train targets"), n, n_outputs))
      return fail_damaged(d, e);
  if (!take_count(d, &at, &n) || !take_part(d, &at, known_part("start"), n, 1))
    return fail_damaged(d, e);
  return LUR_OK;
}

static int next_of_blob(void *context, struct lur_part *piece, struct lur_error *e) {
  struct lur_data *d = context;
  while (d->at < d->n_parts && d->n_rows == d->part[d->at].n_rows) {
    d->at++;
    d->n_rows = 0;
  }
  if (d->at == d->n_parts)
    return 0;
  const uint64_t most = rows_of_a_piece(d->part[d->at].width), left = d->part[d->at].n_rows - d->n_rows;
  *piece = d->part[d->at];
  piece->n_rows = left < most ? left : most;
  piece->values = d->room;
  const size_t row_bytes = piece->width * sizeof(double), n_bytes = piece->n_rows * row_bytes;
  int rc = sqlite3_blob_read(d->blob, d->room, (int)n_bytes, d->place[d->at] + (int)(d->n_rows * row_bytes));
  if (rc != SQLITE_OK)
    return -lur_sql_fail(d->db, rc, d->path, e);
  d->n_rows += piece->n_rows;
  return 1;
}

/* A sweep without data has NULL there. */
static int open_blob(struct lur_data *d, struct lur_error *e) {
  sqlite3_stmt *s = NULL;
  int code = lur_sql_prepare(d->db, d->path, "SELECT rowid FROM sweep WHERE typeof(data) = 'blob'", &s, e);
  int rc = code ? SQLITE_OK : sqlite3_step(s);
  int64_t row = rc == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
  sqlite3_finalize(s);
  if (!code && rc != SQLITE_ROW && rc != SQLITE_DONE)
    code = lur_sql_fail(d->db, rc, d->path, e);
  if (code || rc == SQLITE_DONE)
    return code;
  rc = sqlite3_blob_open(d->db, "main", "sweep", "data", row, 0, &d->blob);
  return rc == SQLITE_OK ? measure_blob(d, e) : lur_sql_fail(d->db, rc, d->path, e);
}

struct lur_data *lur_data_open(sqlite3 *db, const char *path, struct lur_error *e) {
  struct lur_data *d = lur_alloc(1, sizeof *d);
  void *room = lur_alloc(MOST_OF_A_PIECE, sizeof(double));
  if (!d || !room) {
    free(d);
    free(room);
    lur_fail_memory(e);
    return NULL;
  }
  *d = (struct lur_data){.db = db, .path = path, .room = room};
  const bool has = lur_sql_has_table(db, "main", "data");
  int code = has ? measure(d, e) : open_blob(d, e);
  if (!code && has)
    code = lur_sql_prepare(db, path, "SELECT part, n_rows, width, type, bytes FROM data ORDER BY piece", &d->pieces, e);
  if (!code)
    return d;
  lur_data_free(d);
  return NULL;
}

static int no_piece(void *context, struct lur_part *piece, struct lur_error *e) {
  (void)context, (void)piece, (void)e;
  return 0;
}

struct lur_pieces lur_data_pieces(struct lur_data *d) {
  if (d->pieces)
    sqlite3_reset(d->pieces);
  d->at = 0;
  d->n_rows = 0;
  return (struct lur_pieces){.context = d,
                             .n_parts = d->n_parts,
                             .part = d->part,
                             .next = d->pieces ? next_piece
                                     : d->blob ? next_of_blob
                                               : no_piece};
}

void lur_data_free(struct lur_data *d) {
  if (!d)
    return;
  sqlite3_finalize(d->pieces);
  sqlite3_blob_close(d->blob);
  free(d->room);
  free(d);
}
