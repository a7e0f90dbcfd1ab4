/* SPDX-License-Identifier: MIT
 * Pages of help as wide as the terminal, 80 columns at most: a line that is wider goes on below where its last column
 * begins, and takes the following lines of its paragraph along. */
#include "cli/help_page.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "view/terminal.h"

enum { WIDEST = 80 };

/* What is being written: a line, or the rest of one, which may take the next line of its text along. */
struct flow {
  struct lur_buffer *out, line;
  int width, hang; /* where further lines begin */
  bool is_rest;
};

static int indent_of(const char *line) {
  return (int)strspn(line, " ");
}

/* Where the last column of a line begins: behind two blanks or more, left of the middle; 0: there is one column. */
static int last_column(const char *line, int n, int width) {
  int found = 0;
  for (int i = indent_of(line); i + 2 < n && i < width / 2; i++)
    if (line[i] == ' ' && line[i + 1] == ' ' && line[i + 2] != ' ')
      found = i + 2;
  return found;
}

/* The blank at which the line is broken; 0: none. */
static size_t find_break(const struct flow *f) {
  size_t found = 0, i = (size_t)indent_of(f->line.data);
  for (int column = (int)i; i < f->line.length_bytes && (column <= f->width || !found); i++) {
    if (f->line.data[i] == ' ' && (int)i >= f->hang)
      found = i;
    column += (f->line.data[i] & 0xc0) != 0x80;
  }
  return found;
}

static void begin_line(struct flow *f, const char *text, size_t n) {
  f->line.length_bytes = 0;
  lur_terminal_spaces(f->hang, &f->line);
  lur_buffer_add(&f->line, text, n);
}

static void end_line(struct flow *f) {
  if (f->is_rest && !f->line.failed)
    lur_buffer_format(f->out, "%s\n", f->line.data);
  f->is_rest = false;
}

/* Writes all of the line but what fits into one, which is the rest if there was more. */
static void break_line(struct flow *f) {
  size_t at;
  while (!f->line.failed && lur_text_columns(f->line.data) > f->width && (at = find_break(f)) > 0) {
    struct lur_buffer rest = {0};
    const size_t n_blanks = strspn(f->line.data + at, " ");
    lur_buffer_add(f->out, f->line.data, at);
    lur_buffer_text(f->out, "\n");
    lur_buffer_text(&rest, f->line.data + at + n_blanks);
    begin_line(f, rest.data ? rest.data : "", rest.length_bytes);
    lur_buffer_free(&rest);
    f->is_rest = true;
  }
}

static void add_line(struct flow *f, const char *line, const char *next) {
  const int n = (int)strcspn(line, "\n"), indent = indent_of(line), column = last_column(line, n, f->width);
  if (f->is_rest && n > 0 && indent == f->hang && !column) {
    lur_buffer_text(&f->line, " ");
    lur_buffer_add(&f->line, line + indent, (size_t)(n - indent));
  } else {
    end_line(f);
    f->hang = 0;
    begin_line(f, line, (size_t)n);
    f->hang = column ? column : indent_of(next) > indent ? indent_of(next) + 2 : indent;
  }
  break_line(f);
  if (!f->is_rest && !f->line.failed)
    lur_buffer_format(f->out, "%s\n", f->line.data);
}

static void flow(const char *text, int width, struct lur_buffer *out) {
  struct flow f = {.out = out, .width = width};
  while (*text && !f.line.failed) {
    const char *next = text + strcspn(text, "\n");
    next += *next == '\n';
    add_line(&f, text, next);
    text = next;
  }
  end_line(&f);
  out->failed = out->failed || f.line.failed;
  lur_buffer_free(&f.line);
}

FILE *lur_help_page_open(struct lur_help_page *p) {
  *p = (struct lur_help_page){0};
  p->file = open_memstream(&p->text, &p->n_bytes);
  return p->file ? p->file : stdout;
}

void lur_help_page_print(struct lur_help_page *p, FILE *to) {
  struct lur_buffer out = {0};
  const int terminal = lur_terminal_width(fileno(to));
  if (!p->file || fclose(p->file) != 0)
    return;
  flow(p->text, terminal && terminal < WIDEST ? terminal : WIDEST, &out);
  fputs(out.failed ? p->text : out.data ? out.data : "", to);
  lur_buffer_free(&out);
  free(p->text);
}
