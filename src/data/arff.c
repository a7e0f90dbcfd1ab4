/* SPDX-License-Identifier: MIT
 * ARFF files of Weka: @attribute lines, then @data and a row a line, dense or sparse. A numeric attribute is an input,
 * a nominal one an input for each of its values, as declared. % begins a comment, ? is a missing value. A row is cut
 * into its cells in place. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/digits.h"
#include "base/grow.h"
#include "base/memory.h"
#include "data/csv.h"
#include "data/file.h"
#include "data/fill.h"
#include "data/formats.h"
#include "data/tokens.h"

enum { CLASS, DROP, MISSING };
enum { MOST_VALUES = 1 << 13 }; /* of an attribute */

struct attribute {
  const char *name;
  long line;
  const char *unread; /* what it is that cannot be read: "string"; or NULL */
  const char **value; /* of a nominal one; owned */
  size_t n_values, room;
  int at; /* the first input that is of it; -1: none */
};

struct arff {
  struct lur_tokens t; /* next is the begin of a line, end that of the file */
  const struct lur_format_input *in;
  struct attribute *attribute; /* owned */
  size_t n, room, target;
  int n_inputs;
  enum lur_missing missing;
  struct lur_dataset *d;
};

/* Numbers that a value of it becomes. */
static int width_of(const struct attribute *of) {
  return of->n_values ? (int)of->n_values : 1;
}

/* ---- Lines and cells ---- */
/* The next line that is not blank and no comment, without its end and the blanks around it; NULL at the end. */
static char *next_line(struct arff *a) {
  struct lur_tokens *t = &a->t;
  while (t->next < t->end) {
    char *line = t->next, *end = memchr(line, '\n', (size_t)(t->end - line));
    end = end ? end : t->end;
    t->next = end + (end < t->end);
    t->line++;
    line += strspn(line, " \t\r");
    while (end > line && strchr(" \t\r", end[-1]))
      end--;
    *end = '\0';
    if (*line && *line != '%' && *line != '\n')
      return line;
  }
  return NULL;
}

/* The word at *at, up to one of `ends` or the line's end, without quotes and blanks; *at stands behind its end, which
 * is returned. */
static char read_word(struct arff *a, char **at, const char *ends, char **word, bool *quoted, int *code) {
  char *from = *at + strspn(*at, " \t"), *to = from;
  const char quote = *from == '\'' || *from == '"' ? *from : '\0';
  *word = from;
  *quoted = quote != '\0';
  if (quote) {
    for (from++; *from && *from != quote; from++) {
      from += *from == '\\' && from[1];
      *to++ = *from;
    }
    if (!*from)
      *code = lur_token_fail(&a->t, "a quote is not closed");
    else
      from++;
    from += strchr(ends, ' ') ? 0 : strspn(from, " \t");
  } else {
    from += strcspn(from, ends);
    for (to = from; to > *word && strchr(" \t", to[-1]);)
      to--;
  }
  const char end = *from;
  if (end && !strchr(ends, end) && !*code)
    *code = lur_token_fail(&a->t, "\"%.20s\" comes right behind a closed quote", from);
  *to = '\0';
  *at = from + (end != '\0');
  return end;
}

/* ---- The head ---- */
/* {a, b, 'c d'} */
static int read_nominal(struct arff *a, struct attribute *of, char *at) {
  char end = ',';
  while (end == ',') {
    char *word;
    bool quoted;
    int code = LUR_OK;
    end = read_word(a, &at, ",}", &word, &quoted, &code);
    if (code)
      return code;
    if (!end)
      return lur_token_fail(&a->t, "the values of %.40s have no }", of->name);
    if (of->n_values == MOST_VALUES)
      return lur_token_fail(&a->t, "%.40s has more than %d values", of->name, MOST_VALUES);
    for (size_t k = 0; k < of->n_values; k++)
      if (strcmp(of->value[k], word) == 0)
        return lur_token_fail(&a->t, "the value \"%.40s\" of %.40s is there twice", word, of->name);
    if (!lur_grow(&of->value, &of->room, of->n_values + 1, sizeof *of->value))
      return lur_fail_memory(a->t.e);
    of->value[of->n_values++] = word;
  }
  return LUR_OK;
}

/* NAME TYPE */
static int read_attribute(struct arff *a, char *at) {
  static const char *const kinds[] = {"numeric", "real", "integer", NULL};
  if (!lur_grow(&a->attribute, &a->room, a->n + 1, sizeof *a->attribute))
    return lur_fail_memory(a->t.e);
  struct attribute *of = &a->attribute[a->n++];
  char *word;
  bool quoted;
  int code = LUR_OK;
  *of = (struct attribute){.at = -1, .line = a->t.line};
  const char end = read_word(a, &at, " \t{", &word, &quoted, &code);
  if (code)
    return code;
  of->name = word;
  for (size_t k = 0; k + 1 < a->n; k++)
    if (strcmp(a->attribute[k].name, word) == 0)
      return lur_token_fail(&a->t, "the attribute %.40s is there twice, first in line %ld", word, a->attribute[k].line);
  at += strspn(at, " \t");
  if (end == '{' || *at == '{')
    return read_nominal(a, of, at + (end != '{'));
  const size_t length = strcspn(at, " \t[");
  for (int k = 0; kinds[k]; k++)
    if (strncasecmp(at, kinds[k], length) == 0 && kinds[k][length] == '\0')
      return LUR_OK;
  at[length] = '\0';
  of->unread = at;
  if (strcasecmp(at, "relational") == 0)
    return lur_token_fail(&a->t, "%.40s is relational, which cannot be read", of->name);
  return LUR_OK;
}

static int read_head(struct arff *a) {
  for (char *line; (line = next_line(a));) {
    int code = LUR_OK;
    if (strncasecmp(line, "@attribute", 10) == 0 && strchr(" \t", line[10]))
      code = read_attribute(a, line + 10);
    else if (strcasecmp(line, "@data") == 0)
      return a->n ? LUR_OK : lur_token_fail(&a->t, "@data comes before any @attribute");
    else if (strncasecmp(line, "@relation", 9) != 0)
      code = lur_token_fail(&a->t, "\"%.40s\" is not @relation, @attribute or @data", line);
    if (code)
      return code;
  }
  return lur_token_fail(&a->t, "no line @data");
}

/* ---- What is read of it ---- */
static int find(const struct arff *a, const char *option, const char *name, size_t *at) {
  for (*at = 0; *at < a->n; ++*at)
    if (strcmp(a->attribute[*at].name, name) == 0)
      return LUR_OK;
  return lur_fail(a->t.e, LUR_EINPUT, option, "%s has no attribute \"%.80s\"", lur_file_label(a->t.name), name);
}

/* A message about an attribute, with its line. */
static int fail_attribute(struct arff *a, const struct attribute *of, const char *what) {
  a->t.line = of->line;
  return lur_token_fail(&a->t, "the attribute %.40s %s", of->name, what);
}

static int fail_unread(struct arff *a, const struct attribute *of, bool is_target) {
  a->t.line = of->line;
  return lur_token_fail(&a->t, "the attribute %.40s is %.20s, not numeric or nominal; drop = \"%.40s\" %s", of->name,
                        of->unread, of->name, is_target ? "and class = another" : "leaves it out");
}

static int choose(struct arff *a) {
  const struct lur_format_value *v = a->in->value;
  size_t at;
  int n = 0;
  a->missing = LUR_MISSING_ERROR;
  a->target = a->n - 1;
  if (v[CLASS].is_given && find(a, "class", v[CLASS].texts[0], &a->target) != LUR_OK)
    return LUR_EINPUT;
  while (v[MISSING].is_given && strcmp(lur_missing_names[a->missing], v[MISSING].texts[0]) != 0)
    if (++a->missing == LUR_MISSING_MEDIAN + 1)
      return lur_fail(a->t.e, LUR_EINPUT, "missing", "\"%.40s\" is not one of error skip mean median",
                      v[MISSING].texts[0]);
  for (size_t k = 0; k < a->n; k++)
    a->attribute[k].at = k == a->target ? -1 : 0;
  for (int k = 0; k < v[DROP].count; k++) {
    if (find(a, "drop", v[DROP].texts[k], &at) != LUR_OK)
      return LUR_EINPUT;
    a->attribute[at].at = -1;
  }
  for (size_t k = 0; k < a->n; k++) {
    struct attribute *of = &a->attribute[k];
    if (of->unread && (k == a->target || of->at == 0))
      return fail_unread(a, of, k == a->target);
    if (of->at < 0)
      continue;
    of->at = n;
    n += width_of(of);
    if (n > LUR_MAX_WIDTH)
      return fail_attribute(a, of, "is one input more than there may be");
  }
  a->n_inputs = n;
  if (a->attribute[a->target].n_values > LUR_MAX_CLASSES)
    return fail_attribute(a, &a->attribute[a->target], "has more values than there may be classes");
  return n ? LUR_OK : lur_token_fail(&a->t, "no attribute is left as an input");
}

/* ---- Rows ---- */
/* Sets the cell's numbers at out. */
static int put_cell(struct arff *a, const struct attribute *of, const char *cell, double *out) {
  for (size_t k = 0; k < of->n_values; k++)
    if (strcmp(of->value[k], cell) == 0) {
      memset(out, 0, of->n_values * sizeof *out);
      out[k] = 1;
      return LUR_OK;
    }
  if (of->n_values)
    return lur_token_fail(&a->t, "\"%.40s\" is not a value of %.40s", cell, of->name);
  if (!lur_number_read(cell, false, out) || !isfinite(*out))
    return lur_token_fail(&a->t, "\"%.40s\" is not a number (%.40s)", cell, of->name);
  return LUR_OK;
}

static int put(struct arff *a, size_t row, size_t k, const char *cell, bool quoted, bool *keep) {
  const struct attribute *of = &a->attribute[k];
  const bool is_target = k == a->target;
  double *out = is_target ? a->d->targets + row * (size_t)a->d->n_outputs
                          : a->d->inputs + row * (size_t)a->n_inputs + (size_t)(of->at < 0 ? 0 : of->at);
  if (!is_target && of->at < 0)
    return LUR_OK;
  if (quoted || strcmp(cell, "?") != 0)
    return put_cell(a, of, cell, out);
  if (a->missing == LUR_MISSING_ERROR)
    return lur_token_fail(&a->t, "%.40s is missing; missing = \"skip\" leaves such rows out, \"mean\" fills them in",
                          of->name);
  *keep = *keep && a->missing != LUR_MISSING_SKIP && !is_target;
  for (int i = 0; i < width_of(of) && *keep; i++)
    out[i] = NAN;
  return LUR_OK;
}

static int read_dense(struct arff *a, char *at, size_t row, bool *keep) {
  size_t k = 0;
  for (char end = ','; end; k++) {
    char *cell;
    bool quoted;
    int code = LUR_OK;
    end = read_word(a, &at, ",\t", &cell, &quoted, &code);
    if (!code && k < a->n)
      code = put(a, row, k, cell, quoted, keep);
    if (code)
      return code;
  }
  return k == a->n ? LUR_OK : lur_token_fail(&a->t, "%zu values, but %zu attributes", k, a->n);
}

/* {INDEX VALUE, ...}: what is not there is 0, or the first value. */
static int read_sparse(struct arff *a, char *at, size_t row, bool *keep) {
  int code = LUR_OK;
  for (size_t k = 0; k < a->n && !code; k++)
    code = put(a, row, k, a->attribute[k].n_values ? a->attribute[k].value[0] : "0", true, keep);
  at += strspn(at, " \t");
  for (char end = *at == '}' ? '}' : ','; end == ',' && !code;) {
    char *index, *cell;
    bool quoted;
    double k = 0;
    at += strspn(at, " \t");
    read_word(a, &at, " \t", &index, &quoted, &code);
    end = read_word(a, &at, ",}", &cell, &quoted, &code);
    if (!code && (!lur_token_whole(index, 0, (double)a->n - 1, &k) || !end))
      code = lur_token_fail(&a->t, "a sparse row is {INDEX VALUE, ...}, with indices from 0 to %zu", a->n - 1);
    if (!code)
      code = put(a, row, (size_t)k, cell, quoted, keep);
  }
  return code;
}

static int read_rows(struct arff *a) {
  size_t n = 0;
  for (char *line; (line = next_line(a));) {
    bool keep = true;
    const int code = *line == '{' ? read_sparse(a, line + 1, n, &keep) : read_dense(a, line, n, &keep);
    if (code)
      return code;
    n += keep;
  }
  a->d->n = n;
  return n ? LUR_OK : lur_token_fail(&a->t, "no row is left");
}

/* An upper bound of the rows that follow. */
static size_t count_lines(const struct arff *a) {
  size_t n = 1;
  for (const char *at = a->t.next; (at = memchr(at, '\n', (size_t)(a->t.end - at))); at++)
    n++;
  return n;
}

static int fail_fill(struct arff *a, int input) {
  size_t k = 0;
  while (a->attribute[k].at < 0 || a->attribute[k].at + width_of(&a->attribute[k]) <= input)
    k++;
  return fail_attribute(a, &a->attribute[k],
                        a->missing == LUR_MISSING_MEAN ? "has no mean; drop leaves it out"
                                                       : "has no median; drop leaves it out");
}

/* Marks what is missing, which is NaN, and how it is filled. */
static int mark_missing(struct arff *a) {
  struct lur_dataset *d = a->d;
  const size_t width = (size_t)a->n_inputs;
  const uint8_t number = a->missing == LUR_MISSING_MEAN ? LUR_FILL_MEAN : LUR_FILL_MEDIAN;
  bool any = false;
  d->fill = lur_alloc(width, 1);
  d->missing = lur_alloc(d->n, width);
  if (!d->fill || !d->missing)
    return lur_fail_memory(a->t.e);
  for (size_t k = 0; k < a->n; k++)
    for (int i = 0; a->attribute[k].at >= 0 && i < width_of(&a->attribute[k]); i++)
      d->fill[a->attribute[k].at + i] = !a->attribute[k].n_values ? number : i ? LUR_FILL_SAME : LUR_FILL_FREQUENT;
  for (size_t i = 0; i < d->n * width; i++) {
    d->missing[i] = isnan(d->inputs[i]);
    any = any || d->missing[i];
  }
  if (!any) {
    free(d->missing);
    d->missing = NULL;
  }
  return LUR_OK;
}

/* By all rows, until it is known which of them are trained. */
static int fill_missing(struct arff *a) {
  double *value = lur_alloc((size_t)a->n_inputs, sizeof *value);
  int lacks = -1, code = value ? mark_missing(a) : lur_fail_memory(a->t.e);
  if (!code && a->d->missing) {
    code = lur_fill_fit(a->d, a->d->fill, value, &lacks, a->t.e);
    if (!code)
      code = lacks < 0 ? lur_fill_put(a->d, value, a->t.e) : fail_fill(a, lacks);
  }
  free(value);
  return code;
}

/* ---- Names ---- */
static int name_input(struct lur_dataset *d, int at, const char *name, const char *value, struct lur_error *e) {
  d->input_names[at] = value ? lur_category_name(name, strlen(name), value) : lur_copy_text(name);
  return d->input_names[at] ? LUR_OK : lur_fail_memory(e);
}

static int name_all(const struct arff *a) {
  struct lur_dataset *d = a->d;
  const struct attribute *target = &a->attribute[a->target];
  int code = LUR_OK;
  d->input_names = lur_alloc((size_t)d->n_inputs, sizeof *d->input_names);
  d->onehot = lur_alloc(a->n, sizeof *d->onehot);
  if (!d->input_names || !d->onehot)
    return lur_fail_memory(a->t.e);
  for (size_t k = 0; k < a->n; k++) {
    const struct attribute *of = &a->attribute[k];
    if (of->at < 0)
      continue;
    if (of->n_values)
      d->onehot[d->n_onehot++] =
          (struct lur_onehot){.first = of->at, .n = (int)of->n_values, .name_bytes = (int)strlen(of->name)};
    for (int i = 0; i < width_of(of) && !code; i++)
      code = name_input(d, of->at + i, of->name, of->n_values ? of->value[i] : NULL, a->t.e);
  }
  if (code || !target->n_values)
    return code ? code : lur_dataset_name_targets(d, &target->name, a->t.e);
  code = lur_dataset_name_classes(d, target->value, a->t.e);
  return code ? code : lur_dataset_name_target_classes(d, target->name, strlen(target->name), a->t.e);
}

static int read_all(struct arff *a, struct lur_dataset **set) {
  if (read_head(a) != LUR_OK || choose(a) != LUR_OK)
    return a->t.e->code;
  const size_t n = count_lines(a), n_outputs = (size_t)width_of(&a->attribute[a->target]);
  if (!(a->d = *set = lur_token_dataset(&a->t, n, a->n_inputs, (int)n_outputs)))
    return a->t.e->code;
  int code = read_rows(a);
  if (!code && (a->missing == LUR_MISSING_MEAN || a->missing == LUR_MISSING_MEDIAN))
    code = fill_missing(a);
  return code ? code : name_all(a);
}

static int read_arff(struct lur_format_input *in, struct lur_dataset **set, struct lur_error *e) {
  struct arff a = {.in = in};
  int code = lur_tokens_start(&a.t, &in->file[0], "an ARFF file", e);
  a.t.line = 0;
  if (!code)
    code = read_all(&a, set);
  for (size_t k = 0; k < a.n; k++)
    free(a.attribute[k].value);
  free(a.attribute);
  return code;
}

static bool is_arff(const struct lur_bytes *f) {
  return lur_text_begins(f, "@relation") || lur_text_begins(f, "@attribute");
}

const struct lur_data_format lur_format_arff = {
    .name = "arff",
    .takes = "(path[, { class = name, drop = names, missing = how }])",
    .meaning =
        "A data set from an ARFF file of Weka. A nominal attribute becomes an input for each of its values. class\n"
        "is the attribute that is the target, without it the last; drop are attributes to leave out; missing is\n"
        "\"error\", \"skip\", \"mean\" or \"median\", as for luron.csv.",
    .n_least = 1,
    .n_most = 1,
    .option = {{"class", LUR_OPTION_TEXT}, {"drop", LUR_OPTION_TEXTS}, {"missing", LUR_OPTION_TEXT}},
    .is = is_arff,
    .read = read_arff,
};
