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

static int check_output(const struct lur_arguments *a, const char *path, struct lur_error *e) {
  const int code = path ? lur_store_check_output(path, a->words[0], e) : LUR_OK;
  return code || !path ? code : lur_store_check_output(path, a->words[1], e);
}

static int answer(const struct lur_arguments *a, const struct lur_csv_predict *o, struct lur_error *e) {
  const char *path = lur_argument(a, "output");
  struct lur_buffer out = {0};
  struct lur_network *n = lur_network_load(a->words[0], e);
  int code = n ? lur_csv_predict(n, a->words[1], o, &out, e) : e->code;
  if (!code && path)
    code = lur_file_replace(path, out.data, out.length_bytes, e);
  else if (!code)
    code = lur_output_write(stdout, LUR_STDOUT_NAME, out.data, out.length_bytes, e);
  lur_buffer_free(&out);
  lur_network_free(n);
  return code;
}

static int predict(const struct lur_arguments *a) {
  const char *inputs = lur_argument(a, "inputs"), *separator = lur_argument(a, "separator");
  struct lur_error e = {0};
  struct lur_csv_predict o = {.header = !lur_argument(a, "no-header"), .separator = separator ? separator[0] : '\0'};
  if (separator && strcmp(separator, "\\t") == 0)
    o.separator = '\t';
  else if (separator && (strlen(separator) != 1 || strchr("\"\r\n", separator[0])))
    return lur_usage_error("--separator", "\"%s\" is not one character", separator);
  char *text = lur_copy_text(inputs ? inputs : "");
  struct lur_csv_column *column = lur_alloc(inputs ? strlen(inputs) + 1 : 1, sizeof *column);
  const int refused = check_output(a, lur_argument(a, "output"), &e);
  int code = refused || (text && column) ? refused : lur_fail_memory(&e);
  if (!code && inputs)
    o.n_inputs = read_inputs(text, column);
  o.inputs = column;
  if (!code)
    code = answer(a, &o, &e);
  free(text);
  free(column);
  if (code && strcmp(e.field, "inputs") == 0)
    return lur_usage_error("--inputs", "%s", e.text);
  if (refused)
    return lur_results_fail(&e, NULL);
  if (code)
    fprintf(stderr, "luron: %s\n", e.text);
  return code ? LUR_EXIT_FAILED : LUR_EXIT_OK;
}

static const struct lur_option options[] = {
    {"output", 'o', "FILE", "where to; without it, standard output"},
    {"inputs", 0, "A,B,...", "the columns that the network sees, by name or number, in its order"},
    {"no-header", 0, NULL, "the first line is a row; no names are written"},
    {"separator", 0, "C", "what is between columns, one character or \\t; else it is found by looking"},
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
        "such a name, the columns are the inputs in the network's order; if there is one more, the last is the\n"
        "target, which is not read. Texts become categories, and what is missing is filled in, as when the network\n"
        "was trained.\n",
    .options = options,
    .n_least = 2,
    .n_most = 2,
    .run = predict,
};
