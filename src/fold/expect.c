/* SPDX-License-Identifier: MIT
 * Words of the expression become SQL; where it does not hold, each value that it names is read. */
#include "fold/expect.h"

#include <ctype.h>
#include <string.h>

#include "fold/number_text.h"

/* What a bare name means, or false where it means nothing here. */
static bool meaning_of(struct lur_table *t, const char *word, struct lur_buffer *sql) {
  bool folds = lur_table_folds_seeds(t);
  const char *name = lur_table_name(t, word);
  bool folded = strcmp(name, "solved") == 0 || strcmp(name, "diverged") == 0 ||
                (strcmp(name, "failed") == 0 && lur_table_column(t, "failed_rate") >= 0);
  if (folds && folded)
    lur_buffer_format(sql, "sum(%s_rate * n_seeds) / sum(n_seeds)", name);
  else if (folds && strcmp(name, "runs") == 0)
    lur_buffer_text(sql, "sum(n_seeds)");
  else if (strcmp(name, "solved") == 0 || strcmp(name, "diverged") == 0 || strcmp(name, "failed") == 0)
    lur_buffer_format(sql, "avg(status = '%s')", name);
  else if (strcmp(name, "runs") == 0)
    lur_buffer_text(sql, "count(*)");
  else if (lur_table_column(t, name) >= 0) {
    lur_buffer_text(sql, "avg(");
    lur_sql_name(name, sql);
    lur_buffer_text(sql, ")");
  } else {
    return false;
  }
  return true;
}

/* sql: the expression with meanings in place; values: the bare names, each once, separated by commas. */
static void translate(struct lur_table *t, const char *text, struct lur_buffer *sql, struct lur_buffer *names) {
  int depth = 0;
  while (*text) {
    char name[64];
    size_t n = 0;
    if (!(isalpha((unsigned char)*text) || *text == '_')) {
      depth += *text == '(' ? 1 : *text == ')' ? -1 : 0;
      lur_buffer_add(sql, text++, 1);
      continue;
    }
    while (isalnum((unsigned char)text[n]) || text[n] == '_' || text[n] == '.')
      n++;
    bool is_call = text[n + strspn(text + n, " ")] == '(';
    memcpy(name, text, n < sizeof name ? n : 0);
    name[n < sizeof name ? n : 0] = '\0';
    struct lur_buffer meaning = {0};
    if (depth == 0 && !is_call && meaning_of(t, name, &meaning)) {
      lur_buffer_text(sql, meaning.data ? meaning.data : "NULL");
      lur_buffer_format(names, "%s%s", names->length_bytes ? "," : "", name);
    } else {
      lur_buffer_add(sql, text, n);
    }
    lur_buffer_free(&meaning);
    text += n;
  }
}

/* "solved is 0.93, loss is 0.2" */
static int add_values(struct lur_table *t, const char *names, struct lur_buffer *why, struct lur_error *e) {
  int code = LUR_OK;
  for (const char *at = names; at && *at && !code; at += strcspn(at, ","), at += *at == ',') {
    char name[64];
    size_t n = strcspn(at, ",");
    memcpy(name, at, n);
    name[n] = '\0';
    struct lur_buffer sql = {0};
    const struct lur_cell *c = NULL;
    meaning_of(t, name, &sql);
    struct lur_query *q = lur_query_new(t, &(struct lur_ask){.select = sql.data, .order = "1"}, e);
    if (q && lur_query_next(q, &c, e) == 1) {
      char digits[32] = "empty";
      if (c->kind != LUR_CELL_NULL)
        lur_text_number(c->kind == LUR_CELL_REAL ? c->as.real : (double)c->as.integer, digits);
      lur_buffer_format(why, "%s%s is %s", at == names ? ": " : ", ", name, digits);
    }
    code = q ? LUR_OK : e->code;
    lur_query_free(q);
    lur_buffer_free(&sql);
  }
  return code;
}

/* Shares and counts of the rows that are kept say nothing of all runs where only the best are kept. */
static int check_keeps(const struct lur_table *t, const char *names, struct lur_error *e) {
  static const char *const share[] = {"solved", "diverged", "failed", "runs"};
  const struct lur_table_facts *f = lur_table_facts(t);
  for (const char *at = f->keep_best ? names : NULL; at && *at; at += strcspn(at, ","), at += *at == ',')
    for (size_t i = 0; i < sizeof share / sizeof *share; i++)
      if (strcspn(at, ",") == strlen(share[i]) && strncmp(at, share[i], strlen(share[i])) == 0)
        return lur_fail(e, LUR_EINPUT, "",
                        "only the best %zu rows by %s are kept, so %s of all runs is not known; keep all", f->keep_best,
                        f->keep_by, share[i]);
  return LUR_OK;
}

/* Words of the expression are in names; NULL: e says of --expect what is wrong with it. */
static struct lur_query *start(struct lur_table *t, const char *expression, struct lur_buffer *names,
                               struct lur_error *e) {
  struct lur_buffer sql = {0};
  struct lur_query *q = NULL;
  translate(t, expression, &sql, names);
  int code = sql.failed || names->failed ? lur_fail_memory(e) : check_keeps(t, names->data, e);
  if (!code) {
    /* No text at all is none of SQL's: " " is what is not parsed. */
    const struct lur_ask ask = {.select = sql.data ? sql.data : " ", .order = "1", .given = expression};
    q = lur_query_new(t, &ask, e);
    code = q ? LUR_OK : e->code;
  }
  lur_buffer_free(&sql);
  if (q && lur_query_n_columns(q) != 1) {
    lur_query_free(q);
    q = NULL;
    code = lur_fail(e, LUR_EINPUT, expression, "is more than one SQL expression");
  }
  if (code == LUR_EINPUT) {
    const struct lur_error inner = *e;
    lur_fail(e, LUR_EINPUT, "--expect", "%s%s%s", inner.field, inner.field[0] ? ": " : "", inner.text);
  }
  return q;
}

int lur_expect_read(struct lur_table *t, const char *expression, struct lur_error *e) {
  struct lur_buffer names = {0};
  struct lur_query *q = start(t, expression, &names, e);
  lur_query_free(q);
  lur_buffer_free(&names);
  return q ? LUR_OK : e->code;
}

int lur_expect_check(struct lur_table *t, const char *expression, bool *holds, struct lur_buffer *why,
                     struct lur_error *e) {
  struct lur_buffer names = {0};
  const struct lur_cell *c = NULL;
  struct lur_query *q = start(t, expression, &names, e);
  int got = q ? lur_query_next(q, &c, e) : 0, code = q && got >= 0 ? LUR_OK : e->code;
  *holds = got == 1 &&
           ((c->kind == LUR_CELL_INTEGER && c->as.integer != 0) || (c->kind == LUR_CELL_REAL && c->as.real != 0));
  lur_query_free(q);
  if (!code && !*holds) {
    lur_buffer_format(why, "--expect '%s' does not hold", expression);
    code = add_values(t, names.data, why, e);
  }
  lur_buffer_free(&names);
  return code;
}
