/* SPDX-License-Identifier: MIT
 * Rows that are read off the file's pages are those that SQLite reads; what it alone can read, it reads; a damaged file
 * ends in rows or in an error. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "store_help.h"

enum { N_COLUMNS = 7, N_ROWS = 20000, N_DAMAGES = 200 };

static const struct lur_column columns[N_COLUMNS] = {
    {.name = "rate", .type = LUR_COLUMN_REAL, .role = LUR_COLUMN_AXIS},
    {.name = "label", .type = LUR_COLUMN_TEXT, .role = LUR_COLUMN_AXIS},
    {.name = "seed", .type = LUR_COLUMN_INTEGER, .role = LUR_COLUMN_AXIS},
    {.name = "loss", .type = LUR_COLUMN_REAL, .role = LUR_COLUMN_METRIC},
    {.name = "none", .type = LUR_COLUMN_REAL, .role = LUR_COLUMN_METRIC},
    {.name = "epochs", .type = LUR_COLUMN_INTEGER, .role = LUR_COLUMN_METRIC},
    {.name = "NULL", .type = LUR_COLUMN_REAL, .role = LUR_COLUMN_METRIC},
};
static const char all[] =
    "run, \"rate\", \"label\", \"seed\", \"loss\", \"none\", \"epochs\", \"NULL\", status, solved, 0, NULL";

static char path[128], damaged[128];
static const char *folder;

/* How many steps SQLite made: one a row, where it reads them. */
static uint64_t n_steps;
int __real_sqlite3_step(sqlite3_stmt *s);
int __wrap_sqlite3_step(sqlite3_stmt *s);
int __wrap_sqlite3_step(sqlite3_stmt *s) {
  n_steps++;
  return __real_sqlite3_step(s);
}

/* Values at which a field changes its form. */
static const double reals[] = {0.0,          1.0,  -1.0,   0.5,     127,   128,    -129,   32768,    1e6, 8.4e6,
                               2147483648.0, -3e9, 1.4e14, -1.4e14, 2e300, 5e-324, -1e-10, INFINITY, NAN};
static const int64_t integers[] = {0,         1,         2,           -1,         127,       -129,
                                   32768,     8388608,   -1e10,       2147483648, 1LL << 47, -(1LL << 47),
                                   INT64_MAX, INT64_MIN, -2147483648, 300,        -8388609,  1LL << 40};

static void fill_row(uint64_t run, const char *long_text, struct lur_cell *c) {
  static const char *const texts[] = {"", "a", "plain", "a text of forty letters, and more of them ..."};
  const size_t n_reals = sizeof reals / sizeof *reals, n_integers = sizeof integers / sizeof *integers;
  c[0] = (struct lur_cell){LUR_CELL_REAL, .as.real = reals[run % n_reals]};
  c[1] = (struct lur_cell){LUR_CELL_TEXT, .as.text = long_text && run == N_ROWS / 2 + 1 ? long_text : texts[run % 4]};
  c[2] = (struct lur_cell){LUR_CELL_INTEGER, .as.integer = integers[run / 3 % n_integers]};
  c[3] = (struct lur_cell){LUR_CELL_REAL, .as.real = (double)(run * 7919 % 10007) / 10007};
  c[4] = (struct lur_cell){.kind = LUR_CELL_NULL};
  c[5] = (struct lur_cell){LUR_CELL_INTEGER, .as.integer = (int64_t)run};
  c[6] = (struct lur_cell){LUR_CELL_REAL, .as.real = (double)run / 3};
}

/* Every run but each hundredth has a row. */
static void write_file(const char *long_text, bool stays) {
  struct lur_error e = {0};
  const struct lur_store_plan plan = {.facts = {.hash = "pages", .name = "", .script = "", .n_runs = N_ROWS},
                                      .n_columns = N_COLUMNS,
                                      .column = columns,
                                      .stays = stays};
  unlink(path);
  struct lur_store *s = lur_store_open(path, &plan, &e);
  assert_non_null(s);
  struct lur_sink sink = lur_store_sink(s);
  for (uint64_t first = 1; first <= N_ROWS; first += 100) {
    uint64_t run[99];
    uint8_t status[99];
    struct lur_cell cell[99 * N_COLUMNS];
    for (size_t i = 0; i < 99; i++) {
      run[i] = first + i;
      status[i] = help_status(run[i]);
      fill_row(run[i], long_text, cell + i * N_COLUMNS);
    }
    const struct lur_rows rows = {.first = first,
                                  .last = first + 99,
                                  .n = 99,
                                  .n_columns = N_COLUMNS,
                                  .run = run,
                                  .status = status,
                                  .cell = cell};
    assert_int_equal(help_give(sink, &rows, &e), LUR_OK);
  }
  assert_int_equal(lur_store_finish(s, true, &e), LUR_OK);
  lur_store_free(s);
}

static uint64_t mix(uint64_t h, uint64_t x) {
  return (h ^ x) * 0x9e3779b97f4a7c15u ^ h >> 31;
}

/* A digest of all cells, kinds included; the rows go to *n. */
static uint64_t digest(struct lur_query *q, uint64_t *n, int *end, struct lur_error *e) {
  const struct lur_cell *c;
  uint64_t h = 1;
  for (*n = 0; (*end = lur_query_next(q, &c, e)) > 0; ++*n)
    for (int i = 0; i < lur_query_n_columns(q); i++) {
      uint64_t bits = 0;
      if (c[i].kind == LUR_CELL_INTEGER || c[i].kind == LUR_CELL_REAL)
        memcpy(&bits, &c[i].as, sizeof bits);
      for (const char *p = c[i].kind == LUR_CELL_TEXT ? c[i].as.text : ""; *p; p++)
        bits = mix(bits, (uint64_t)*p);
      h = mix(mix(h, (uint64_t)c[i].kind), bits);
    }
  return h;
}

struct answer {
  uint64_t h, n, n_steps;
  int end;
};

/* where: "1" makes it SQLite's. */
static struct answer read_all(const char *file, const char *select, const char *where) {
  struct answer a = {.end = -1};
  struct lur_error e = {0};
  struct lur_table *t = lur_table_open(file, &e);
  struct lur_query *q =
      t ? lur_query_new(t, &(struct lur_ask){.select = select, .where = where, .order = "run", .deadline_ms = -1}, &e)
        : NULL;
  n_steps = 0;
  if (q)
    a.h = digest(q, &a.n, &a.end, &e);
  a.n_steps = n_steps;
  assert_true(a.end == 0 || (e.code && e.text[0]));
  lur_query_free(q);
  lur_table_free(t);
  return a;
}

static void same_rows(const char *select, bool by_pages) {
  struct answer mine = read_all(path, select, NULL), theirs = read_all(path, select, "1");
  assert_int_equal(mine.end, 0);
  assert_int_equal(mine.n, N_ROWS / 100 * 99);
  assert_int_equal(mine.n, theirs.n);
  assert_int_equal(mine.h, theirs.h);
  assert_int_equal(theirs.n_steps, theirs.n + 1);
  if (by_pages)
    assert_int_equal(mine.n_steps, 0);
}

static void pages_have_the_rows(void **state) {
  (void)state;
  write_file(NULL, false);
  same_rows(all, true);
  same_rows("status, \"loss\"", true);
  same_rows("\"loss\", \"loss\", run", true);
  same_rows("\"loss\" + 1, status", false);
  same_rows("'status', \"loss\"", false);
}

static void sqlite_goes_on(void **state) {
  (void)state;
  char text[301] = {0};
  memset(text, 'x', sizeof text - 1);
  write_file(text, false);
  same_rows(all, false);
  uint64_t n = read_all(path, all, NULL).n_steps;
  assert_true(n > N_ROWS / 3 && n < N_ROWS * 2 / 3);
  same_rows("run, \"loss\"", true);
}

/* Beside a WAL the pages are not all there is. */
static void wal_is_sqlites(void **state) {
  (void)state;
  write_file(NULL, true);
  same_rows(all, false);
  assert_true(read_all(path, all, NULL).n_steps > N_ROWS / 2);
}

static void damage_ends(void **state) {
  (void)state;
  write_file(NULL, false);
  FILE *f = fopen(path, "rb");
  assert_non_null(f);
  fseek(f, 0, SEEK_END);
  const size_t n = (size_t)ftell(f);
  unsigned char *bytes = malloc(n), *work = malloc(n);
  rewind(f);
  assert_int_equal(fread(bytes, 1, n, f), n);
  fclose(f);
  uint64_t h = 7, n_whole = 0, n_failed = 0;
  for (int round = 0; round < N_DAMAGES; round++) {
    memcpy(work, bytes, n);
    for (int k = 0; k < 1 + round % 5; k++) {
      h = mix(h, (uint64_t)round);
      /* Anywhere, or in the first bytes of a page, or the page over another one. */
      size_t page = h % (n / 4096) * 4096, at = round % 3 ? page + (h >> 32) % (round % 3 == 1 ? 4096 : 24) : page;
      if (page && round % 3 == 0)
        memcpy(work + page, work + (h >> 32) % (n / 4096) * 4096, 4096);
      else if (page)
        work[at] = (unsigned char)(h >> 24);
    }
    f = fopen(damaged, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(work, 1, n, f), n);
    fclose(f);
    struct answer mine = read_all(damaged, all, NULL), theirs = read_all(damaged, all, "1");
    n_whole += mine.end == 0;
    n_failed += mine.end != 0;
    if (mine.end == 0 && theirs.end == 0 && mine.n == theirs.n && mine.n_steps == 0)
      assert_int_equal(mine.h, theirs.h);
  }
  assert_true(n_whole > 0 && n_failed > 0);
  free(bytes);
  free(work);
}

static int set_up(void **state) {
  (void)state;
  folder = help_folder();
  snprintf(path, sizeof path, "%s/pages.db", folder);
  snprintf(damaged, sizeof damaged, "%s/damaged.db", folder);
  return folder ? 0 : -1;
}

static int tear_down(void **state) {
  (void)state;
  help_clean(folder);
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(pages_have_the_rows),
      cmocka_unit_test(sqlite_goes_on),
      cmocka_unit_test(wal_is_sqlites),
      cmocka_unit_test(damage_ends),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
