/* SPDX-License-Identifier: MIT
 * `luron export`: rows of a results file as CSV, TSV, JSON Lines or NPY. A file is written under another name and
 * renamed when it is whole; devices and pipes are written into. Runs no Lua. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/output.h"
#include "cli/results.h"
#include "data/file.h"
#include "data/gzip.h"
#include "view/export.h"

static int export_to(struct lur_table *t, const struct lur_ask *ask, enum lur_format format, bool gzipped, FILE *file,
                     const char *name, struct lur_error *e) {
  struct lur_error closing;
  struct lur_output out = {.file = file, .name = name};
  if (!gzipped)
    return lur_rows_export(t, ask, format, &out, e);
  if (!(out.to = lur_gzip_begin(file, name, e)))
    return e->code;
  out.write = lur_gzip_write;
  const int code = lur_rows_export(t, ask, format, &out, e);
  return lur_gzip_end(out.to, code ? &closing : e) && !code ? e->code : code;
}

static int export_to_file(struct lur_table *t, const struct lur_ask *ask, const char *path, struct lur_error *e) {
  struct lur_buffer draft = {0};
  bool renamed = lur_file_is_replaced(path), gzipped;
  const enum lur_format format = lur_format_of(path, &gzipped);
  lur_buffer_format(&draft, renamed ? "%s.part" : "%s", path);
  if (draft.failed) {
    lur_buffer_free(&draft);
    return lur_fail_memory(e);
  }
  FILE *f = fopen(draft.data, "wb");
  int code =
      f ? export_to(t, ask, format, gzipped, f, path, e) : lur_fail(e, LUR_EIO, NULL, "%s: %s", path, strerror(errno));
  if (f && fclose(f) != 0 && !code)
    code = lur_fail(e, LUR_EIO, NULL, "%s: %s", path, strerror(errno));
  if (!code && renamed && rename(draft.data, path) != 0)
    code = lur_fail(e, LUR_EIO, NULL, "%s: %s", path, strerror(errno));
  if (code && f && renamed)
    unlink(draft.data);
  lur_buffer_free(&draft);
  return code;
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
  bool csv = lur_argument(a, "csv"), jsonl = lur_argument(a, "jsonl"), gzipped;
  if (csv + jsonl + (path != NULL) != 1)
    return lur_usage_error(NULL, "one of -o FILE, --csv and --jsonl is needed");
  if (path && lur_format_of(path, &gzipped) == LUR_N_FORMATS)
    return lur_usage_error(path, "its name must end in .csv, .tsv, .jsonl or .npy, or in .csv.gz and so on");
  int exit_code = path ? lur_results_check_output(a, path) : LUR_EXIT_OK;
  if (!exit_code)
    exit_code = lur_results_words(a, 1, &words);
  struct lur_table *t = exit_code ? NULL : lur_results_open(words.file[0], &exit_code);
  if (!t)
    return exit_code;
  write_columns(t, &columns);
  struct lur_ask ask = {
      .select = columns.data, .where = words.where, .deadline_ms = -1, .curves = lur_argument(a, "curves")};
  int code = columns.failed ? lur_fail_memory(&e)
             : path         ? export_to_file(t, &ask, path, &e)
                    : export_to(t, &ask, csv ? LUR_FORMAT_CSV : LUR_FORMAT_JSONL, false, stdout, LUR_STDOUT_NAME, &e);
  lur_table_free(t);
  lur_buffer_free(&columns);
  return code ? lur_results_tell_taken(&words, lur_results_fail(&e, ask.where)) : LUR_EXIT_OK;
}

static const struct lur_option options[] = {
    {"output", 'o', "FILE", "where to: the suffix .csv, .tsv, .jsonl or .npy says how; .csv.gz compresses"},
    {"csv", 0, NULL, "CSV to standard output"},
    {"jsonl", 0, NULL, "JSON Lines to standard output"},
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
