/* SPDX-License-Identifier: MIT
 * What a results file may hold: tables as luron makes them. The text of each is read word by word, because a view, a
 * trigger, an index, a generated column, a default or a check can hold any expression, and SQLite would compute it in
 * statements that only seem to read a column. Whoever made the file, a statement on it costs after this what its rows
 * cost. Reentrant. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "store/internal.h"

enum { NAME_BYTES = 80 };

/* The next word or sign of SQL; 'q' for a name in quotes, 'w' for a word, else the sign, '\0' at the end. */
struct reader {
  const char *at;
  char kind, word[NAME_BYTES];
};

/* What is longer than any name of ours is '?', and so is a quote that does not end. */
static void read_quoted(struct reader *r) {
  size_t n = 0;
  for (r->at++; *r->at; r->at++) {
    if (*r->at == '"' && *++r->at != '"')
      break;
    if (n + 1 < sizeof r->word)
      r->word[n] = *r->at;
    n++;
  }
  r->kind = n < sizeof r->word && r->at[-1] == '"' ? 'q' : '?';
  r->word[n < sizeof r->word ? n : sizeof r->word - 1] = '\0';
}

static void next(struct reader *r) {
  size_t n = 0;
  r->at += strspn(r->at, " \t\r\n");
  if (*r->at == '"') {
    read_quoted(r);
    return;
  }
  while (isalnum((unsigned char)r->at[n]) || r->at[n] == '_')
    n++;
  r->kind = n == 0 ? *r->at : n < sizeof r->word ? 'w' : '?';
  snprintf(r->word, sizeof r->word, "%.*s", r->kind == 'w' ? (int)n : 0, r->at);
  r->at += n ? n : *r->at != '\0';
}

static bool takes(struct reader *r, const char *word) {
  if (r->kind != 'w' || strcasecmp(r->word, word) != 0)
    return false;
  next(r);
  return true;
}

static bool takes_sign(struct reader *r, char sign) {
  if (r->kind != sign)
    return false;
  next(r);
  return true;
}

static bool takes_name(struct reader *r) {
  static const char *const none[] = {"check", "constraint", "foreign", "primary", "unique"};
  if (r->kind != 'w' && r->kind != 'q')
    return false;
  for (size_t i = 0; r->kind == 'w' && i < sizeof none / sizeof *none; i++)
    if (strcasecmp(r->word, none[i]) == 0)
      return false;
  next(r);
  return true;
}

static bool takes_type(struct reader *r) {
  return takes(r, "INTEGER") || takes(r, "REAL") || takes(r, "TEXT") || takes(r, "ANY") || takes(r, "BLOB");
}

/* name TYPE [PRIMARY KEY] [NOT NULL], or PRIMARY KEY(name, ...). In version 1 `solved` was generated. */
static bool takes_column(struct reader *r) {
  static const char generated[] = "solved INTEGER AS (status = 'solved') VIRTUAL";
  if (r->kind == 'w' && strcmp(r->word, "solved") == 0 &&
      strncmp(r->at - strlen("solved"), generated, sizeof generated - 1) == 0) {
    r->at += sizeof generated - 1 - strlen("solved");
    next(r);
    return true;
  }
  if (takes(r, "PRIMARY")) {
    bool good = takes(r, "KEY") && takes_sign(r, '(') && takes_name(r);
    while (good && takes_sign(r, ','))
      good = takes_name(r);
    return good && takes_sign(r, ')');
  }
  if (!takes_name(r) || !takes_type(r) || (takes(r, "PRIMARY") && !takes(r, "KEY")))
    return false;
  return !takes(r, "NOT") || takes(r, "NULL");
}

static bool takes_columns(struct reader *r) {
  bool good = takes_column(r);
  while (good && takes_sign(r, ','))
    good = takes_column(r);
  good = good && takes_sign(r, ')');
  while (good && r->kind)
    good = takes_sign(r, ',') || takes(r, "STRICT") || (takes(r, "WITHOUT") && takes(r, "ROWID"));
  return good;
}

/* Any other program's table is never read, so it may be as it likes, if it takes the place of none. */
static bool is_plain(const char *sql) {
  struct reader r = {.at = sql};
  next(&r);
  if (!takes(&r, "CREATE") || !takes(&r, "TABLE") || (r.kind != 'w' && r.kind != 'q'))
    return false;
  char name[NAME_BYTES];
  memcpy(name, r.word, sizeof name);
  next(&r);
  if (!takes_sign(&r, '('))
    return false;
  for (int i = 0; lur_schema_tables[i]; i++)
    if (strcasecmp(name, lur_schema_tables[i]) == 0)
      return takes_columns(&r);
  return strcasecmp(name, lur_rows_table_name) != 0;
}

int lur_plain_check(sqlite3 *db, const char *schema, const char *path, struct lur_error *e) {
  char sql[128], type[32], name[48];
  sqlite3_stmt *s = NULL;
  snprintf(sql, sizeof sql, "SELECT type, name, sql FROM %s.sqlite_master WHERE length(sql) > 0", schema);
  int code = lur_sql_prepare(db, path, sql, &s, e), rc = SQLITE_DONE;
  while (!code && (rc = sqlite3_step(s)) == SQLITE_ROW) {
    const char *kind = (const char *)sqlite3_column_text(s, 0), *called = (const char *)sqlite3_column_text(s, 1),
               *text = (const char *)sqlite3_column_text(s, 2);
    if (!is_plain(text ? text : ""))
      code = lur_fail(e, LUR_EIO, NULL, "%s: its %s \"%s\" is not as luron makes it, and is not read", path,
                      lur_utf8_line(kind ? kind : "", type, sizeof type),
                      lur_utf8_line(called ? called : "", name, sizeof name));
  }
  if (!code && rc != SQLITE_DONE)
    code = lur_sql_fail(db, rc, path, e);
  sqlite3_finalize(s);
  return code;
}
