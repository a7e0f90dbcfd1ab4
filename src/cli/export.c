/* SPDX-License-Identifier: MIT
 * `luron export`: rows of a results file as CSV, TSV, JSON Lines or NPY. A file is written under another name and
 * renamed when it is whole; devices and pipes are written into. Runs no Lua. */
#include <string.h>

#include "base/buffer.h"
#include "base/output.h"
#include "cli/results.h"
#include "data/file.h"
#include "data/gzip.h"
#include "view/export.h"

/* What is exported, and how. */
struct work {
  struct lur_table *table;
  struct lur_ask ask;
  enum lur_format format;
  bool gzipped, escapes;
};

static int export_to(const struct work *w, FILE *file, const char *name, struct lur_error *e) {
  struct lur_error closing;
  struct lur_output out = {.file = file, .name = name, .escapes = w->escapes};
  if (!w->gzipped)
    return lur_rows_export(w->table, &w->ask, w->format, &out, e);
  if (!(out.to = lur_gzip_begin(file, name, e)))
    return e->code;
  out.write = lur_gzip_write;
  const int code = lur_rows_export(w->table, &w->ask, w->format, &out, e);
  return lur_gzip_end(out.to, code ? &closing : e) && !code ? e->code : code;
}

static int export_to_file(const struct work *w, const char *path, struct lur_error *e) {
  struct lur_neighbour n;
  int code = lur_neighbour_open(&n, path, e);
  return code ? code : lur_neighbour_close(&n, path, export_to(w, n.file, path, e), e);
}

/* run, axes, metrics, status, solved */
static void write_columns(const struct lur_table *t, struct lur_buffer *sql) {
  const struct lur_table_facts *f = lur_table_facts(t);
  lur_buffer_text(sql, "run");
  for (int i = 0; i < f->n_columns; i++) {
    lur_buffer_text(sql, ", ");
    lur_sql_name(f->column[i].name, sql);
  }
  lur_buffer_text(sql, ", status, solved");
}

static int export(const struct lur_arguments *a) {
  struct lur_error e = {0};
  struct lur_results_words words;
  struct lur_buffer columns = {0};
  const char *path = lur_argument(a, "output");
  struct work w = {.escapes = lur_argument(a, "escape-formulas")};
  bool csv = lur_argument(a, "csv"), jsonl = lur_argument(a, "jsonl");
  if (csv + jsonl + (path != NULL) != 1)
    return lur_usage_error(NULL, "one of -o FILE, --csv and --jsonl is needed");
  w.format = path ? lur_format_of(path, &w.gzipped) : csv ? LUR_FORMAT_CSV : LUR_FORMAT_JSONL;
  if (w.format == LUR_N_FORMATS)
    return lur_usage_error(path, "its name must end in .csv, .tsv, .jsonl or .npy, or in .csv.gz and so on");
  if (w.escapes && w.format != LUR_FORMAT_CSV && w.format != LUR_FORMAT_TSV)
    return lur_usage_error("--escape-formulas", "is for CSV and TSV");
  int exit_code = path ? lur_results_check_output(a, path) : LUR_EXIT_OK;
  if (!exit_code)
    exit_code = lur_results_words(a, 1, &words);
  w.table = exit_code ? NULL : lur_results_open(words.file[0], &exit_code);
  if (!w.table)
    return exit_code;
  write_columns(w.table, &columns);
  w.ask = (struct lur_ask){
      .select = columns.data, .where = words.where, .deadline_ms = -1, .curves = lur_argument(a, "curves")};
  int code = columns.failed ? lur_fail_memory(&e)
             : path         ? export_to_file(&w, path, &e)
                            : export_to(&w, stdout, LUR_STDOUT_NAME, &e);
  lur_table_free(w.table);
  lur_buffer_free(&columns);
  return code ? lur_results_tell_taken(&words, lur_results_fail(&e, words.where)) : LUR_EXIT_OK;
}

static const struct lur_option options[] = {
    {"output", 'o', "FILE", "where to: the suffix .csv, .tsv, .jsonl or .npy says how; .csv.gz compresses"},
    {"csv", 0, NULL, "CSV to standard output"},
    {"jsonl", 0, NULL, "JSON Lines to standard output"},
    {"escape-formulas", 0, NULL, "CSV, TSV: put a ' before texts that a spreadsheet would compute (= + - @)"},
    {"curves", 0, NULL, "the loss curves instead: a row per point, with run, epoch and loss"},
    {0},
};

const struct lur_command lur_command_export = {
    .name = "export",
    .usage = "FILE [WHERE]",
    .meaning = "rows of a sweep's results as CSV, TSV, JSON Lines or NPY",
    .more =
        "Numbers are written in the shortest digits that read back. No value is empty in CSV, null in JSON,\n"
        "NaN in NPY, which is one structured array: numpy.load(FILE)['loss'].\n"
        "FILE may be a script, with the NAME=VALUE words of its sweep right after it; a WHERE beside them has blanks\n"
        "or quotes: 'hidden = 16'.\n",
    .options = options,
    .n_least = 1,
    .n_most = -1,
    .run = export,
};
