/* SPDX-License-Identifier: MIT
 * CSV, TSV, JSON Lines and NPY (format version 1.0 and 3.0: numpy.lib.format). NPY names types and lengths before the
 * rows, so its columns are measured in a pass of their own; both passes see the same moment of the file. */
#include "view/export.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "base/digits.h"
#include "base/output.h"
#include "base/signals.h"
#include "view/markup.h"

enum { FLUSH_BYTES = 1 << 16 };

enum lur_format lur_format_of(const char *path, bool *gzipped) {
  static const char *const suffix[] = {".csv", ".tsv", ".jsonl", ".npy"};
  _Static_assert(sizeof suffix / sizeof *suffix == LUR_N_FORMATS, "a suffix each");
  size_t n = strlen(path);
  *gzipped = n > 3 && strcmp(path + n - 3, ".gz") == 0;
  n -= *gzipped ? 3 : 0;
  for (int i = 0; i < LUR_N_FORMATS - *gzipped; i++)
    if (n > strlen(suffix[i]) && strncmp(path + n - strlen(suffix[i]), suffix[i], strlen(suffix[i])) == 0)
      return (enum lur_format)i;
  return LUR_N_FORMATS;
}

void lur_json_text(const char *text, struct lur_buffer *out) {
  lur_buffer_text(out, "\"");
  for (size_t n; *text; text += n ? n : 1) {
    unsigned char c = (unsigned char)*text;
    n = lur_markup_character(text);
    if (c == '"' || c == '\\')
      lur_buffer_format(out, "\\%c", c);
    else if (c == '\n' || c == '\t')
      lur_buffer_text(out, c == '\n' ? "\\n" : "\\t");
    else if (c < 32 || c == 0x7f)
      lur_buffer_format(out, "\\u%04x", c);
    else if (n == 2 && c == 0xc2 && (unsigned char)text[1] < 0xa0) /* U+0080 .. U+009F: a terminal acts on them, too */
      lur_buffer_format(out, "\\u%04x", (unsigned char)text[1]);
    else if (n == 0)
      lur_buffer_text(out, "\\ufffd");
    else
      lur_buffer_add(out, text, n);
  }
  lur_buffer_text(out, "\"");
}

/* How columns are told apart, and whether texts that a spreadsheet would compute are kept from it. */
struct separated {
  char separator;
  bool escapes;
};

static void separated_text(const char *text, struct separated how, struct lur_buffer *out) {
  const bool is_formula = how.escapes && text[0] && strchr("=+-@\t\r", text[0]);
  if (text[0] && !strpbrk(text, "\"\r\n") && !strchr(text, how.separator)) {
    lur_buffer_text(out, is_formula ? "'" : "");
    lur_buffer_text(out, text);
    return;
  }
  lur_buffer_text(out, is_formula ? "\"'" : "\""); /* an empty text too: a gap is no text */
  for (; *text; text++) {
    if (*text == '"')
      lur_buffer_text(out, "\"");
    lur_buffer_add(out, text, 1);
  }
  lur_buffer_text(out, "\"");
}

static void separated_cell(const struct lur_cell *c, struct separated how, struct lur_buffer *out) {
  char digits[32];
  switch (c->kind) {
  case LUR_CELL_NULL: return;
  case LUR_CELL_INTEGER: lur_buffer_format(out, "%" PRId64, c->as.integer); return;
  case LUR_CELL_REAL:
    lur_digits_write(c->as.real, digits);
    lur_buffer_text(out, digits);
    return;
  case LUR_CELL_TEXT: separated_text(c->as.text, how, out); return;
  }
}

static void csv_cell(const struct lur_cell *c, struct lur_buffer *out) {
  separated_cell(c, (struct separated){.separator = ','}, out);
}

void lur_json_cell(const struct lur_cell *c, struct lur_buffer *out) {
  if (c->kind == LUR_CELL_TEXT)
    lur_json_text(c->as.text, out);
  else if (c->kind == LUR_CELL_NULL || (c->kind == LUR_CELL_REAL && !isfinite(c->as.real)))
    lur_buffer_text(out, "null");
  else
    csv_cell(c, out);
}

/* ---- Lines of text ---- */
static int flush(struct lur_buffer *b, const struct lur_output *out, struct lur_error *e) {
  if (b->failed)
    return lur_fail_memory(e);
  size_t n = b->length_bytes;
  b->length_bytes = 0;
  return out->write ? out->write(out->to, b->data, n, e) : lur_output_write(out->file, out->name, b->data, n, e);
}

/* As lur_query_next; a signal is heard between rows. */
static int next_row(struct lur_query *q, const struct lur_cell **c, struct lur_error *e) {
  return atomic_load(lur_signal_flag()) ? -lur_fail(e, LUR_ECANCELLED, NULL, "interrupted") : lur_query_next(q, c, e);
}

static void separated_row(const struct lur_query *q, const struct lur_cell *c, struct separated how,
                          struct lur_buffer *out) {
  for (int i = 0; i < lur_query_n_columns(q); i++) {
    if (i)
      lur_buffer_add(out, &how.separator, 1);
    if (c)
      separated_cell(&c[i], how, out);
    else
      separated_text(lur_query_name(q, i), how, out);
  }
  lur_buffer_text(out, "\n");
}

static void json_row(const struct lur_query *q, const struct lur_cell *c, struct lur_buffer *out) {
  for (int i = 0; i < lur_query_n_columns(q); i++) {
    lur_buffer_text(out, i ? "," : "{");
    lur_json_text(lur_query_name(q, i), out);
    lur_buffer_text(out, ":");
    lur_json_cell(&c[i], out);
  }
  lur_buffer_text(out, "}\n");
}

static int export_lines(struct lur_query *q, enum lur_format format, const struct lur_output *out,
                        struct lur_error *e) {
  const struct separated how = {format == LUR_FORMAT_TSV ? '\t' : ',', out->escapes};
  struct lur_buffer b = {0};
  const struct lur_cell *c;
  int got = 1, code = LUR_OK;
  if (format != LUR_FORMAT_JSONL)
    separated_row(q, NULL, how, &b);
  while (!code && (got = next_row(q, &c, e)) > 0) {
    if (format == LUR_FORMAT_JSONL)
      json_row(q, c, &b);
    else
      separated_row(q, c, how, &b);
    if (b.length_bytes >= FLUSH_BYTES || b.failed)
      code = flush(&b, out, e);
  }
  if (!code)
    code = got < 0 ? -got : flush(&b, out, e);
  lur_buffer_free(&b);
  return code;
}

/* ---- Groups ---- */
void lur_json_number(const char *metric, const char *what, double x, struct lur_buffer *out) {
  struct lur_buffer name = {0};
  lur_buffer_format(&name, "%s%s", metric, what);
  lur_buffer_text(out, ",");
  lur_json_text(name.data ? name.data : "", out);
  lur_buffer_text(out, ":");
  lur_json_cell(&(struct lur_cell){LUR_CELL_REAL, .as.real = x}, out);
  out->failed |= name.failed;
  lur_buffer_free(&name);
}

static void json_group(const struct lur_groups *g, const struct lur_group *group, const char *metric,
                       const struct lur_groups_view *view, struct lur_buffer *out) {
  struct lur_interval w = lur_wilson(group->n_solved, group->n);
  lur_buffer_text(out, "{\"v\":1,\"type\":\"group\",");
  for (int i = 0; i < g->n_keys; i++) {
    lur_json_text(g->name[i], out);
    lur_buffer_text(out, ":");
    lur_json_cell(&group->key[i], out);
    lur_buffer_text(out, ",");
  }
  lur_buffer_format(out, "\"runs\":%" PRIu64 ",\"n_solved\":%" PRIu64, group->n, group->n_solved);
  lur_json_number("solved", "_low", w.low, out);
  lur_json_number("solved", "_high", w.high, out);
  lur_json_number(metric, "_mean", group->mean, out);
  lur_json_number(metric, "_median", group->median, out);
  lur_json_number(metric, "_low", group->low, out);
  lur_json_number(metric, "_high", group->high, out);
  if (view->interval) {
    const struct lur_interval i = lur_moments_interval(&group->moments, view->n_folds);
    lur_json_number(metric, "_deviation", lur_moments_deviation(&group->moments), out);
    lur_json_number(metric, "_interval_low", i.low, out);
    lur_json_number(metric, "_interval_high", i.high, out);
  }
  lur_buffer_text(out, "}\n");
}

void lur_groups_write_json(const struct lur_groups *g, const char *metric, const struct lur_groups_view *view,
                           struct lur_buffer *out) {
  for (size_t i = 0; i < g->n && (view->n_most == 0 || i < view->n_most); i++)
    json_group(g, &g->group[i], metric, view, out);
}

/* ---- NPY ---- */
enum npy_kind { NPY_INTEGER, NPY_REAL, NPY_TEXT };
struct npy_column {
  enum npy_kind kind;
  size_t n_characters; /* of the longest text */
};

static size_t count_characters(const char *text) {
  size_t n = 0;
  for (; *text; text++)
    n += ((unsigned char)*text & 0xc0) != 0x80;
  return n;
}

static void measure(struct npy_column *column, const struct lur_cell *c) {
  char digits[32];
  size_t n = 1;
  if (c->kind == LUR_CELL_TEXT) {
    column->kind = NPY_TEXT;
    n = count_characters(c->as.text);
  } else if (c->kind == LUR_CELL_INTEGER) {
    n = (size_t)snprintf(digits, sizeof digits, "%" PRId64, c->as.integer);
  } else {
    if (column->kind == NPY_INTEGER)
      column->kind = NPY_REAL;
    if (c->kind == LUR_CELL_REAL) {
      lur_digits_write(c->as.real, digits);
      n = strlen(digits);
    }
  }
  column->n_characters = n > column->n_characters ? n : column->n_characters;
}

static bool is_ascii(const struct lur_buffer *b) {
  for (size_t i = 0; i < b->length_bytes; i++)
    if ((unsigned char)b->data[i] > 127)
      return false;
  return true;
}

static void add_little_endian(uint64_t x, int n_bytes, struct lur_buffer *out) {
  for (int i = 0; i < n_bytes; i++)
    lur_buffer_add(out, &(char){(char)(x >> (8 * i))}, 1);
}

/* Magic, version, length, dictionary: padded to a multiple of 64 bytes. */
static void npy_head(const struct lur_query *q, const struct npy_column *column, uint64_t n_rows,
                     struct lur_buffer *out) {
  struct lur_buffer text = {0};
  lur_buffer_text(&text, "{'descr': [");
  for (int i = 0; i < lur_query_n_columns(q); i++) {
    lur_buffer_text(&text, i ? ", (" : "(");
    const char *from = lur_query_name(q, i);
    lur_buffer_text(&text, "'");
    for (; *from; from++) {
      if (strchr("'\\", *from))
        lur_buffer_text(&text, "\\");
      lur_buffer_add(&text, from, 1);
    }
    lur_buffer_text(&text, "'");
    if (column[i].kind == NPY_TEXT)
      lur_buffer_format(&text, ", '<U%zu')", column[i].n_characters);
    else
      lur_buffer_text(&text, column[i].kind == NPY_INTEGER ? ", '<i8')" : ", '<f8')");
  }
  lur_buffer_format(&text, "], 'fortran_order': False, 'shape': (%" PRIu64 ",), }", n_rows);
  bool wide = text.length_bytes > 60000 || !is_ascii(&text);
  size_t before = wide ? 12 : 10;
  while ((before + text.length_bytes + 1) % 64 != 0 && !text.failed)
    lur_buffer_text(&text, " ");
  lur_buffer_text(&text, "\n");
  lur_buffer_add(out, wide ? "\x93NUMPY\x03\0" : "\x93NUMPY\x01\0", 8);
  add_little_endian(text.length_bytes, wide ? 4 : 2, out);
  lur_buffer_add(out, text.data ? text.data : "", text.length_bytes);
  out->failed |= text.failed;
  lur_buffer_free(&text);
}

/* UTF-8 to UTF-32, padded with zeros; a byte that is not UTF-8 becomes U+FFFD. */
static void npy_text(const char *text, size_t n_characters, struct lur_buffer *out) {
  const unsigned char *p = (const unsigned char *)text;
  size_t n = 0;
  for (; *p && n < n_characters; n++) {
    int more = *p >= 0xf0 ? 3 : *p >= 0xe0 ? 2 : *p >= 0xc0 ? 1 : 0;
    uint32_t c = *p < 0x80 ? *p : *p >= 0xc0 ? (uint32_t)(*p & (0x3f >> more)) : 0xfffd;
    for (p++; more > 0; more--, p++) {
      if ((*p & 0xc0) != 0x80) {
        c = 0xfffd;
        break;
      }
      c = c << 6 | (*p & 0x3f);
    }
    add_little_endian(c, 4, out);
  }
  for (; n < n_characters; n++)
    add_little_endian(0, 4, out);
}

static void npy_cell(const struct npy_column *column, const struct lur_cell *c, struct lur_buffer *out) {
  struct lur_buffer text = {0};
  uint64_t bits;
  double x = lur_cell_number(c);
  switch (column->kind) {
  case NPY_INTEGER: add_little_endian((uint64_t)c->as.integer, 8, out); return;
  case NPY_REAL:
    memcpy(&bits, &x, sizeof bits);
    add_little_endian(bits, 8, out);
    return;
  case NPY_TEXT:
    if (c->kind == LUR_CELL_TEXT) {
      npy_text(c->as.text, column->n_characters, out);
      return;
    }
    csv_cell(c, &text);
    npy_text(text.data ? text.data : "", column->n_characters, out);
    out->failed |= text.failed;
    lur_buffer_free(&text);
    return;
  }
}

static int npy_rows(struct lur_query *q, const struct npy_column *column, struct lur_buffer *b,
                    const struct lur_output *out, struct lur_error *e) {
  const struct lur_cell *c;
  int got = 1, code = LUR_OK;
  while (!code && (got = next_row(q, &c, e)) > 0) {
    for (int i = 0; i < lur_query_n_columns(q); i++)
      npy_cell(&column[i], &c[i], b);
    if (b->length_bytes >= FLUSH_BYTES || b->failed)
      code = flush(b, out, e);
  }
  return code ? code : got < 0 ? -got : flush(b, out, e);
}

static int export_npy(struct lur_table *t, struct lur_query *first, const struct lur_ask *ask,
                      const struct lur_output *out, struct lur_error *e) {
  struct npy_column column[LUR_STORE_MAX_COLUMNS + 2] = {{NPY_INTEGER, 0}};
  struct lur_buffer b = {0};
  uint64_t n_rows = 0;
  const struct lur_cell *c;
  int got;
  while ((got = next_row(first, &c, e)) > 0) {
    for (int i = 0; i < lur_query_n_columns(first); i++)
      measure(&column[i], &c[i]);
    ++n_rows;
  }
  int code = -got;
  if (code)
    return code;
  for (int i = 0; i < lur_query_n_columns(first); i++) /* numpy has no text of length 0 in a file */
    column[i].n_characters += column[i].n_characters == 0;
  struct lur_query *second = lur_query_new(t, ask, e);
  if (!second)
    return e->code;
  npy_head(second, column, n_rows, &b);
  code = npy_rows(second, column, &b, out, e);
  lur_query_free(second);
  lur_buffer_free(&b);
  return code;
}

int lur_rows_export(struct lur_table *t, const struct lur_ask *ask, enum lur_format format,
                    const struct lur_output *out, struct lur_error *e) {
  struct lur_query *q = lur_query_new(t, ask, e);
  if (!q)
    return e->code;
  int code = format == LUR_FORMAT_NPY ? export_npy(t, q, ask, out, e) : export_lines(q, format, out, e);
  lur_query_free(q);
  return code;
}
