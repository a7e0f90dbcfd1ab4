/* SPDX-License-Identifier: MIT
 * A cell is decoded into its own bytes: it never grows, because quotes only go, and the separator after it, already
 * passed, makes room for the '\0'. */
#include "data/csv_row.h"

#include <stdbool.h>

#include "base/grow.h"
#include "data/file.h"
#include "engine/engine.h"

enum { MAX_CELLS = 2 * LUR_MAX_WIDTH };

static bool ends_row(const struct lur_csv_rows *r, const char *p) {
  return p == r->end || *p == '\n' || *p == '\r';
}

static bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

static bool is_separator(const struct lur_csv_rows *r, char c) {
  return c == r->separator || (r->separator == ' ' && is_blank(c));
}

static char *skip_blanks(const struct lur_csv_rows *r, char *p) {
  while (p < r->end && is_blank(*p))
    p++;
  return p;
}

/* Decodes the quoted cell that starts at *p, moves *p behind its closing quote, and returns the cell's end. */
static char *unquote(struct lur_csv_rows *r, char **p, struct lur_error *e) {
  long opened = r->n_lines + 1;
  char *from = *p + 1, *to = *p;
  for (; from < r->end; from++) {
    if (*from == '"' && from[1] != '"') {
      *p = from + 1;
      return to;
    }
    from += *from == '"';
    r->n_lines += *from == '\n';
    *to++ = *from;
  }
  lur_fail(e, LUR_EINPUT, NULL, "%s:%ld: a quote is opened here and never closed", lur_file_label(r->name), opened);
  return NULL;
}

/* Takes a cell and what ends it; *last: that was its row's end. */
static char *take_cell(struct lur_csv_rows *r, bool *last, struct lur_error *e) {
  char *cell = r->next, *p = cell, *end;
  if (p < r->end && *p == '"') {
    end = unquote(r, &p, e);
    if (!end)
      return NULL;
    if (!ends_row(r, p) && !is_separator(r, *p)) {
      lur_fail(e, LUR_EINPUT, NULL, "%s:%ld: text after a closing quote", lur_file_label(r->name), r->n_lines + 1);
      return NULL;
    }
  } else {
    /* A plain cell, without the blanks around it. */
    while (p < r->end && is_blank(*p) && *p != r->separator)
      p++;
    cell = p;
    while (!r->stops[(unsigned char)*p])
      p++;
    end = p;
    while (end > cell && is_blank(end[-1]))
      end--;
  }
  if (r->separator == ' ')
    p = skip_blanks(r, p);
  *last = ends_row(r, p);
  if (p < r->end && *last) {
    p += *p == '\r' && p[1] == '\n';
    r->n_lines++;
  }
  r->next = p < r->end && (*last || r->separator != ' ') ? p + 1 : p;
  *end = '\0';
  return cell;
}

/* Passes over lines that begin with the comment's sign, blanks before it or not. */
static void skip_comments(struct lur_csv_rows *r) {
  while (r->comment && *skip_blanks(r, r->next) == r->comment) {
    while (!ends_row(r, r->next))
      r->next++;
    if (r->next == r->end)
      return;
    r->next += *r->next == '\r' && r->next[1] == '\n';
    r->next++;
    r->n_lines++;
  }
}

/* The '\0' at the end is the only one: a text has none. */
static void set_stops(struct lur_csv_rows *r) {
  r->stops[0] = r->stops['\n'] = r->stops['\r'] = r->stops[(unsigned char)r->separator] = true;
  r->stops['\t'] = r->stops['\t'] || r->separator == ' ';
  *r->end = '\0';
}

enum lur_csv_answer lur_csv_next_row(struct lur_csv_rows *r, struct lur_error *e) {
  if (!r->stops[0])
    set_stops(r);
  while (skip_comments(r), (r->next = (r->separator == ' ' ? skip_blanks(r, r->next) : r->next)) < r->end) {
    bool last = false, blank = *r->next != '"';
    r->line = r->n_lines + 1;
    r->from = r->next;
    r->n_cells = 0;
    while (!last) {
      char *cell = take_cell(r, &last, e);
      if (!cell)
        return LUR_CSV_FAILED;
      if (r->n_cells == MAX_CELLS) {
        lur_fail(e, LUR_EINPUT, NULL, "%s:%ld: more than %d columns", lur_file_label(r->name), r->line, MAX_CELLS);
        return LUR_CSV_FAILED;
      }
      if (!lur_grow(&r->cells, &r->room, (size_t)r->n_cells + 1, sizeof *r->cells)) {
        lur_fail_memory(e);
        return LUR_CSV_FAILED;
      }
      r->cells[r->n_cells++] = cell;
    }
    if (!blank || r->n_cells > 1 || r->cells[0][0] != '\0')
      return LUR_CSV_ROW;
  }
  return LUR_CSV_END;
}
