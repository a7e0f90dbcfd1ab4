/* SPDX-License-Identifier: MIT
 * `luron predict`: the rows of a CSV file with the answers of a saved network. Runs no Lua. */
#include <stdlib.h>
#include <string.h>

#include "base/digits.h"
#include "base/memory.h"
#include "base/output.h"
#include "cli/results.h"
#include "data/csv_predict.h"
#include "data/file.h"

/* "a,b,3": names of columns, and numbers from 1. The names point into text, which is cut. */
static int read_inputs(char *text, struct lur_csv_column *column) {
  int n = 0;
  for (char *at = text; at; n++) {
    char *comma = strchr(at, ',');
    int64_t number;
    if (comma)
      *comma = '\0';
    const bool is_number = lur_whole_read(at, &number) && number > 0 && number <= LUR_MAX_WIDTH;
    column[n] = is_number ? (struct lur_csv_column){.number = (int)number} : (struct lur_csv_column){.name = at};
    at = comma ? comma + 1 : NULL;
  }
  return n;
}

/* Of the file, as luron.csv's, and the room that they point into. */
struct reading {
  struct lur_csv_options o;
  char *inputs, *missing; /* what was typed, cut in place */
  struct lur_csv_column *column;
  const char **value;
};

static void free_reading(struct reading *r) {
  free(r->inputs);
  free(r->missing);
  free(r->column);
  free(r->value);
}

/* One character, or \\t; '\0' where the option was not given. */
static int read_character(const struct lur_arguments *a, const char *option, char *out) {
  const char *text = lur_argument(a, option);
  char typed[32];
  *out = text ? text[0] : '\0';
  if (text && strcmp(text, "\\t") == 0)
    *out = '\t';
  else if (text && (strlen(text) != 1 || strchr("\"\r\n", text[0]))) {
    snprintf(typed, sizeof typed, "--%s", option);
    return lur_usage_error(typed, "\"%s\" is not one character", text);
  }
  return LUR_EXIT_OK;
}

static int read_lists(const struct lur_arguments *a, struct reading *r) {
  const char *inputs = lur_argument(a, "inputs"), *missing = lur_argument(a, "missing-values");
  const size_t n_inputs = inputs ? strlen(inputs) : 0, n_missing = missing ? strlen(missing) : 0;
  r->inputs = lur_copy_text(inputs ? inputs : "");
  r->missing = lur_copy_text(missing ? missing : "");
  r->column = lur_alloc(n_inputs + 1, sizeof *r->column);
  r->value = lur_alloc(n_missing + 1, sizeof *r->value);
  if (!r->inputs || !r->missing || !r->column || !r->value)
    return lur_memory_error();
  r->o.inputs = r->column;
  r->o.n_inputs = inputs ? read_inputs(r->inputs, r->column) : 0;
  r->o.missing_values = r->value;
  r->o.n_missing_values = lur_results_split(r->missing, r->value, (int)n_missing + 1);
  return LUR_EXIT_OK;
}

static int read_reading(const struct lur_arguments *a, struct reading *r) {
  const char *skip = lur_argument(a, "skip");
  uint64_t n_lines = 0;
  r->o.header = lur_argument(a, "no-header") ? LUR_HEADER_FALSE : LUR_HEADER_TRUE;
  int code = read_character(a, "separator", &r->o.separator);
  if (!code)
    code = read_character(a, "comment", &r->o.comment);
  if (!code)
    code = read_character(a, "decimal", &r->o.decimal);
  if (code)
    return code;
  if (r->o.decimal && !strchr(".,", r->o.decimal))
    return lur_usage_error("--decimal", "\"%c\" is not . or ,", r->o.decimal);
  if (r->o.decimal == ',' && r->o.separator == ',')
    return lur_usage_error("--decimal", "the separator is a comma, too");
  if (skip && (!lur_count_take(&skip, 0, INT32_MAX, &n_lines) || *skip))
    return lur_usage_error("--skip", "\"%s\" is not a number of lines", lur_argument(a, "skip"));
  r->o.skip = (long)n_lines;
  return read_lists(a, r);
}

static int check_output(const struct lur_arguments *a, const char *path, struct lur_error *e) {
  const int code = path ? lur_store_check_output(path, a->words[0], e) : LUR_OK;
  return code || !path ? code : lur_store_check_output(path, a->words[1], e);
}

static int answer(const struct lur_arguments *a, const struct lur_csv_options *o, struct lur_error *e) {
  const char *path = lur_argument(a, "output");
  struct lur_buffer out = {0};
  char note[LUR_CSV_NOTE_BYTES] = "";
  struct lur_network *n = lur_network_load(a->words[0], e);
  int code = n ? lur_csv_predict(n, a->words[1], o, &out, note, e) : e->code;
  if (!code && path)
    code = lur_file_replace(path, out.data, out.length_bytes, e);
  else if (!code)
    code = lur_output_write(stdout, LUR_STDOUT_NAME, out.data, out.length_bytes, e);
  if (!code && note[0])
    fprintf(stderr, "luron: %s\n", note);
  lur_buffer_free(&out);
  lur_network_free(n);
  return code;
}

static int predict(const struct lur_arguments *a) {
  struct lur_error e = {0};
  struct reading r = {0};
  char option[72];
  int code = read_reading(a, &r);
  if (!code && check_output(a, lur_argument(a, "output"), &e)) {
    code = lur_results_fail(&e, NULL);
  } else if (!code && answer(a, &r.o, &e)) {
    snprintf(option, sizeof option, "--%s", e.field);
    code = strcmp(e.field, "inputs") == 0 || strcmp(e.field, "skip") == 0 ? lur_usage_error(option, "%s", e.text)
                                                                          : LUR_EXIT_FAILED;
    if (code == LUR_EXIT_FAILED)
      fprintf(stderr, "luron: %s\n", e.text);
  }
  free_reading(&r);
  return code;
}

static const struct lur_option options[] = {
    {"output", 'o', "FILE", "where to; without it, standard output"},
    {"inputs", 0, "A,B,...", "the columns that the network sees, by name or number, in its order"},
    {"no-header", 0, NULL, "the first line is a row; no names are written"},
    {"separator", 0, "C", "what is between columns, one character or \\t; else it is found by looking"},
    {"decimal", 0, "C", "what stands before the decimals of a number, there and in the answer: . or ,"},
    {"missing-values", 0, "A,B,...", "more cells that are missing, besides empty ones, NA and their like: -999,."},
    {"comment", 0, "C", "lines that begin with this character are passed over"},
    {"skip", 0, "N", "so many lines are passed over before the first"},
    {0},
};

const struct lur_command lur_command_predict = {
    .name = "predict",
    .usage = "NETWORK DATA.csv",
    .meaning = "the rows of a CSV file with what a saved network answers",
    .more =
        "NETWORK is a file that network:save wrote. Every row is written as it is, then the answer: if the network\n"
        "has classes, the column predicted and the share of each class; else the outputs. Without --inputs, columns\n"
        "that have the names of the network's inputs are these, in any order, and others are not read. If none has\n"
        "such a name, which is said, the columns are the inputs in the network's order; if there is one more, the\n"
        "last is the target, which is not read. Texts become categories, and what is missing is filled in, as when\n"
        "the network was trained.\n",
    .options = options,
    .n_least = 2,
    .n_most = 2,
    .run = predict,
};
