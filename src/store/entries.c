/* SPDX-License-Identifier: MIT
 * The functions that a results file keeps, read back (functions.c wrote them). Nothing here is trusted. */
#include <stdlib.h>
#include <string.h>

#include "base/digits.h"
#include "base/memory.h"
#include "store/internal.h"

static const char *text_at(sqlite3_stmt *s, int i) {
  const char *text = (const char *)sqlite3_column_text(s, i);
  return text ? text : "";
}

/* The part of a list between blanks at *at, cut up at its =; false at the end, or where it has none. */
static bool next_pair(char **at, char **name, char **value) {
  char *one = *at ? strsep(at, " ") : NULL, *equal = one ? strchr(one, '=') : NULL;
  if (!equal || equal == one || equal - one >= LUR_NAME_ROOM)
    return false;
  *equal = '\0';
  *name = one;
  *value = equal + 1;
  return true;
}

static int fail_name(const char *name, struct lur_error *e) {
  return lur_fail(e, LUR_EIO, NULL, "the file's functions cannot be read: \"%.60s\"", name);
}

static int read_numbers(struct lur_entry *entry, const char *text, struct lur_error *e) {
  char *copy = lur_copy_text(text), *at = copy, *name, *value;
  int rc = copy ? LUR_OK : lur_fail_memory(e);
  while (!rc && *text && entry->n_numbers < LUR_MAX_OWN_NUMBERS && next_pair(&at, &name, &value)) {
    struct lur_entry_number *n = &entry->number[entry->n_numbers++];
    memcpy(n->name, name, strlen(name) + 1);
    if (!lur_digits_read(value, &n->usual))
      rc = fail_name(entry->name, e);
  }
  free(copy);
  return rc;
}

/* The names in "deep=true kind=text:a". */
static bool read_params(struct lur_entry *entry, const char *text) {
  char *copy = lur_copy_text(text), *at = copy, *name, *value;
  bool good = copy != NULL;
  while (good && *text && entry->n_on < LUR_MAX_SWITCHES && next_pair(&at, &name, &value))
    memcpy(entry->on[entry->n_on++], name, strlen(name) + 1);
  free(copy);
  return good;
}

/* The row's program joins those of the entry before, if it is of the same function; else *at is a new one. */
static int read_row(sqlite3_stmt *s, struct lur_entry **at, bool *is_new, struct lur_error *e) {
  const char *name = text_at(s, 1), *given = text_at(s, 2);
  int role = 0;
  while (lur_role_names[role] && strcmp(lur_role_names[role], text_at(s, 0)) != 0)
    role++;
  if (role == LUR_N_ROLES || !lur_program_name_fits(name))
    return fail_name(name, e);
  struct lur_program *program = lur_program_read(text_at(s, 3), e);
  if (!program)
    return e->code;
  const bool starts = !*at || (*at)->role != (enum lur_role)role || strcmp((*at)->name, name) != 0;
  if (program->role != (enum lur_role)role) {
    lur_program_free(program);
    return fail_name(name, e);
  }
  *is_new = starts;
  if (starts && !(*at = lur_entry_new((enum lur_role)role, name))) {
    lur_program_free(program);
    return lur_fail_memory(e);
  }
  bool good = lur_entry_add(*at, given, program) && (!*given || (*at)->n_on || read_params(*at, given));
  if (starts) {
    (*at)->learning_rate = sqlite3_column_double(s, 5);
    (*at)->full_batch = sqlite3_column_int(s, 6);
  }
  if (!good)
    return lur_fail_memory(e);
  return starts ? read_numbers(*at, text_at(s, 4), e) : LUR_OK;
}

static int read_all(struct lur_table *t, struct lur_entries *all, struct lur_error *e) {
  sqlite3 *db = lur_table_db(t);
  sqlite3_stmt *s = NULL;
  struct lur_entry *at = NULL;
  const struct lur_entry *added;
  int rc = SQLITE_DONE;
  if (!lur_sql_has_table(db, "main", "functions"))
    return LUR_OK;
  int code = lur_sql_prepare(db, lur_table_path(t),
                             "SELECT role, name, params, program, numbers, learning_rate, full_batch FROM functions"
                             " ORDER BY id",
                             &s, e);
  while (!code && (rc = sqlite3_step(s)) == SQLITE_ROW) {
    struct lur_entry *before = at;
    bool is_new = false;
    code = read_row(s, &at, &is_new, e);
    if (is_new && before) {
      int added_code = lur_entries_add(all, before, &added, code ? NULL : e);
      code = code ? code : added_code;
    }
  }
  if (!code && rc != SQLITE_DONE)
    code = lur_sql_fail(db, rc, lur_table_path(t), e);
  sqlite3_finalize(s);
  if (code)
    lur_entry_free(at);
  return code || !at ? code : lur_entries_add(all, at, &added, e);
}

struct lur_entries *lur_table_entries(struct lur_table *t, struct lur_error *e) {
  struct lur_entries *all = lur_entries_new();
  if (!all)
    lur_fail_memory(e);
  else if (read_all(t, all, e) == LUR_OK)
    return all;
  lur_entries_free(all);
  return NULL;
}
