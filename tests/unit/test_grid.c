/* SPDX-License-Identifier: MIT
 * The cells of a grid are the same whether they are kept or told; where a cell has two rows they are kept. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fold/grid.h"
#include "store_help.h"

enum { WIDE = 30, HIGH = 20, N_COLUMNS = 4 };

static const struct lur_column columns[N_COLUMNS] = {
    {.name = "learning_rate", .type = LUR_COLUMN_REAL, .role = LUR_COLUMN_AXIS},
    {.name = "init_scale", .type = LUR_COLUMN_REAL, .role = LUR_COLUMN_AXIS},
    {.name = "seed", .type = LUR_COLUMN_INTEGER, .role = LUR_COLUMN_AXIS},
    {.name = "loss", .type = LUR_COLUMN_REAL, .role = LUR_COLUMN_METRIC},
};
static char path[128];
static const char *folder;

/* Every eleventh run has no row, every seventh diverged, every fifth has no value. The largest rate comes first. */
static void write_file(int n_seeds) {
  struct lur_error e = {0};
  const struct lur_store_plan plan = {.facts = {.hash = "grid",
                                                .name = "",
                                                .script = "",
                                                .experiment = "",
                                                .axes = "learning_rate=1..30\ninit_scale=1..20\n",
                                                .n_runs = (uint64_t)(WIDE * HIGH * n_seeds)},
                                      .n_columns = N_COLUMNS,
                                      .column = columns};
  unlink(path);
  struct lur_store *s = lur_store_open(path, &plan, &e);
  assert_non_null(s);
  struct lur_sink sink = lur_store_sink(s);
  for (uint64_t run = 1; run <= plan.facts.n_runs; run++) {
    const double x = WIDE - (double)((run - 1) % WIDE), y = 1 + (double)((run - 1) / WIDE % HIGH);
    const struct lur_cell cell[N_COLUMNS] = {
        {LUR_CELL_REAL, .as.real = x},
        {LUR_CELL_REAL, .as.real = y},
        {LUR_CELL_INTEGER, .as.integer = (int64_t)run},
        {LUR_CELL_REAL, .as.real = run % 5 ? (double)(run * 7919 % 10007) - 2000 : (double)NAN}};
    uint8_t status = run % 7 ? LUR_FINISHED : LUR_DIVERGED;
    const struct lur_rows rows = {.first = run,
                                  .last = run,
                                  .n = run % 11 > 0,
                                  .n_columns = N_COLUMNS,
                                  .run = &run,
                                  .status = &status,
                                  .cell = cell};
    assert_int_equal(help_give(sink, &rows, &e), LUR_OK);
  }
  assert_int_equal(lur_store_finish(s, true, &e), LUR_OK);
  lur_store_free(s);
}

struct cells {
  struct lur_grid_cell at[HIGH][WIDE];
  size_t n;
};

static void take(void *context, size_t x, size_t y, const struct lur_grid_cell *c) {
  struct cells *cells = context;
  assert_true(x < WIDE && y < HIGH && c->n_rows > 0);
  assert_int_equal(cells->at[y][x].n_rows, 0);
  cells->at[y][x] = *c;
  cells->n++;
}

static void compare(const struct lur_grid_ask *ask, bool told) {
  struct lur_error e = {0};
  struct lur_table *t = lur_table_open(path, &e);
  struct lur_grid_ask few = *ask;
  struct lur_grid g[2];
  struct cells cells[2] = {0};
  few.most_kept = WIDE * HIGH - 1;
  assert_non_null(t);
  assert_int_equal(lur_grid_read(t, ask, &g[0], &e), LUR_OK);
  assert_int_equal(lur_grid_read(t, &few, &g[1], &e), LUR_OK);
  assert_true(g[0].cell && !g[0].told);
  assert_int_equal(g[1].told, told);
  assert_int_equal(g[1].cell == NULL, told);
  for (int i = 0; i < 2; i++) {
    assert_int_equal(lur_grid_visit(&g[i], take, &cells[i], &e), LUR_OK);
    assert_int_equal(cells[i].n, g[i].n_filled);
  }
  for (size_t y = 0; y < HIGH; y++)
    for (size_t x = 0; x < WIDE; x++) {
      const struct lur_grid_cell *a = &cells[0].at[y][x], *b = &cells[1].at[y][x];
      assert_int_equal(a->n_rows, b->n_rows);
      assert_int_equal(a->n_values, b->n_values);
      if (a->n_values)
        assert_memory_equal(&a->value, &b->value, sizeof a->value);
    }
  assert_int_equal(g[0].n_rows, g[1].n_rows);
  assert_int_equal(g[0].n_bad, g[1].n_bad);
  assert_memory_equal(&g[0].low, &g[1].low, sizeof(double));
  assert_memory_equal(&g[0].high, &g[1].high, sizeof(double));
  assert_memory_equal(&g[0].positive, &g[1].positive, sizeof(double));
  assert_true(g[0].n_filled > WIDE * HIGH / 2 && g[0].low < 0 && g[0].positive > 0);
  lur_grid_free(&g[0]);
  lur_grid_free(&g[1]);
  lur_table_free(t);
}

static void told_cells_are_the_kept_ones(void **state) {
  (void)state;
  for (int n_seeds = 1; n_seeds <= 2; n_seeds++) {
    write_file(n_seeds);
    for (int fold = 0; fold < LUR_N_FOLDS; fold++) {
      if (fold == LUR_FOLD_RATE)
        continue;
      struct lur_grid_ask ask = {"learning_rate", "init_scale", "loss", NULL, (enum lur_fold)fold, 0};
      compare(&ask, n_seeds == 1);
      ask.where = "run <= 600";
      compare(&ask, true);
    }
  }
}

static int set_up(void **state) {
  (void)state;
  folder = help_folder();
  snprintf(path, sizeof path, "%s/grid.db", folder);
  return folder ? 0 : -1;
}

static int tear_down(void **state) {
  (void)state;
  help_clean(folder);
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(told_cells_are_the_kept_ones)};
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
