/* SPDX-License-Identifier: MIT
 * WHERE clauses as a person types them, an order in the next line, on a small results file. Each is refused in one
 * line, or gives rows and ends soon after its deadline. */
#include <time.h>

#include "../unit/store_help.h"
#include "fuzz.h"

enum { N_ROWS = 60, DEADLINE_MS = 20, MOST_CPU_S = 5 };

const char *const fuzz_samples[] = {
    "loss < 0.1 AND hidden = 3\nloss DESC",
    "status = 'solved' OR learning_rate IN (0.1, 0.2) AND \"odd \"\"name\"\"\" > 7\nrun",
    "hidden = '4x4' AND NOT epochs BETWEEN 1 AND 10\nlength(status), abs(loss)",
    "stop.error IS NULL AND loss LIKE '0.1%' ESCAPE '!' -- all\nhidden",
    "CASE WHEN run % 2 THEN loss ELSE coalesce(loss, 1) END < max(0.5, learning_rate) /* or */\nlower(hidden)",
    "run IN (SELECT run FROM runs WHERE loss = (SELECT min(loss) FROM runs)) AND solved\nrandom()",
    "hidden GLOB '*4*' COLLATE NOCASE AND CAST(hidden AS TEXT) <> x'3344' || char(65)\n1",
};
const size_t fuzz_n_samples = sizeof fuzz_samples / sizeof *fuzz_samples;
const char *const fuzz_words[] = {"(",      ")",        ",",      "'",      "\"",      "--",     "/*",    "\n",
                                  " AND ",  " OR ",     " NOT ",  "NULL",   "runs",    "sweep",  "done",  "main.",
                                  "SELECT", " FROM ",   "WITH ",  "UNION ", "LIMIT 1", "instr(", "hex(",  "printf(",
                                  "hidden", "loss",     "status", "run",    "solved",  "x'00'",  "1e999", "-1",
                                  "?1",     ":a",       ";",      "||",     "%",       "<",      "=",     "replace(",
                                  "total(", " OVER ()", "count(", "json(",  "date(",   "glob(",  "[a]",   "`b`"};
const size_t fuzz_n_words = sizeof fuzz_words / sizeof *fuzz_words;

static const char *folder;

static void clean(void) {
  help_clean(folder);
}

static struct lur_table *open_table(void) {
  char path[100];
  struct lur_error e = {0};
  folder = help_folder();
  if (!folder)
    abort();
  atexit(clean);
  snprintf(path, sizeof path, "%s/where.db", folder);
  struct lur_table *t = help_write(path, "h", N_ROWS, 1, N_ROWS, &e) ? NULL : lur_table_open(path, &e);
  if (!t)
    abort();
  return t;
}

static void ask(struct lur_table *t, const char *where, const char *order) {
  const struct lur_ask ask = {.where = where, .order = order, .given = where, .deadline_ms = DEADLINE_MS};
  const struct lur_cell *c;
  struct lur_error e = {0};
  int got = 0, n = 0;
  struct lur_query *q = lur_query_new(t, &ask, &e);
  while (q && (got = lur_query_next(q, &c, &e)) > 0)
    n++;
  if (!q || got < 0)
    fuzz_check_error(&e);
  if (n > N_ROWS)
    abort();
  lur_query_free(q);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
  static struct lur_table *t;
  t = t ? t : open_table();
  char *where = malloc(n + 1);
  if (!where)
    return 0;
  memcpy(where, bytes, n);
  where[n] = '\0';
  char *order = strchr(where, '\n');
  if (order)
    *order++ = '\0';
  const clock_t from = clock();
  ask(t, where, order && *order ? order : NULL);
  if (clock() - from > MOST_CPU_S * CLOCKS_PER_SEC)
    abort();
  free(where);
  return 0;
}
