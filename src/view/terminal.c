/* SPDX-License-Identifier: MIT
 * The parts that pictures of characters share. Of 256 colours, 216 are a cube whose sides are 0 95 135 175 215 255, and
 * 24 are greys (xterm). */
#include "view/terminal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "view/markup.h"

bool lur_terminal_utf8(void) {
  static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
  const char *value = NULL;
  for (int i = 0; i < 3 && !(value && value[0]); i++)
    value = getenv(names[i]);
  return value && (strcasestr(value, "utf-8") || strcasestr(value, "utf8"));
}

int lur_terminal_width(int fd) {
  struct winsize size;
  const char *columns = getenv("COLUMNS");
  if (!isatty(fd))
    return 0;
  if (columns && atoi(columns) > 0)
    return atoi(columns);
  return ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col ? size.ws_col : 80;
}

int lur_terminal_height(int fd) {
  struct winsize size;
  return isatty(fd) && ioctl(fd, TIOCGWINSZ, &size) == 0 ? size.ws_row : 0;
}

static enum lur_text_color depth(void) {
  const char *colors = getenv("COLORTERM"), *name = getenv("TERM");
  if (colors && (strcmp(colors, "truecolor") == 0 || strcmp(colors, "24bit") == 0))
    return LUR_TEXT_TRUE;
  return name && strstr(name, "direct") ? LUR_TEXT_TRUE : LUR_TEXT_256;
}

struct lur_text_style lur_terminal_style(int fd, bool color) {
  int width = lur_terminal_width(fd);
  return (struct lur_text_style){.width = width > 0 ? width : 80,
                                 .ascii = !lur_terminal_utf8() || (!isatty(fd) && !color),
                                 .color = color ? depth() : LUR_TEXT_PLAIN};
}

/* ---- Text ---- */
/* Bytes of the character that begins here; 0 where it is none to be shown. */
static size_t character(const char *text) {
  const unsigned char *p = (const unsigned char *)text;
  size_t n = lur_markup_character(text);
  bool moves = n == 1 ? p[0] < 0x20 || p[0] == 0x7f : n == 2 && p[0] == 0xc2 && p[1] < 0xa0; /* U+0080 .. U+009F */
  return moves ? 0 : n;
}

int lur_text_columns(const char *text) {
  int n = 0;
  for (; *text; n++) {
    size_t bytes = character(text);
    text += bytes ? bytes : 1;
  }
  return n;
}

int lur_terminal_text(const char *text, int width, struct lur_buffer *out) {
  int used = 0;
  for (; *text && used < width; used++) {
    size_t n = character(text);
    lur_buffer_add(out, n ? text : "?", n ? n : 1);
    text += n ? n : 1;
  }
  return used;
}

/* "24.8 %" stays whole. */
static bool may_break(const char *blank) {
  return *blank == ' ' && blank[1] != '%' && blank[1] != '\0';
}

void lur_terminal_wrap(struct lur_buffer *text, size_t from, int width) {
  char *blank = NULL;
  int used = 0, after = 0; /* columns of the line, and of what follows the blank */
  for (size_t i = from, n; width > 0 && !text->failed && i < text->length_bytes; i += n ? n : 1) {
    char *at = text->data + i;
    n = character(at);
    used = *at == '\n' ? 0 : used + 1;
    after++;
    if (*at == '\n')
      blank = NULL;
    if (used > width && blank) {
      *blank = '\n';
      blank = NULL;
      used = after;
    }
    if (may_break(at)) {
      blank = at;
      after = 0;
    }
  }
}

void lur_terminal_spaces(int n, struct lur_buffer *out) {
  if (n > 0)
    lur_buffer_format(out, "%*s", n, "");
}

/* ---- Colours ---- */
static int of_cube(int x) {
  return x < 48 ? 0 : x < 115 ? 1 : (x - 35) / 40;
}

/* A grey only for what is one: among dark colours it would be the nearest, and a ramp would turn grey in its midst. */
static int of_256(struct lur_color c) {
  int least = c.r < c.g ? c.r : c.g, most = c.r > c.g ? c.r : c.g, mean = (c.r + c.g + c.b) / 3;
  least = c.b < least ? c.b : least;
  most = c.b > most ? c.b : most;
  if (most - least < 12 && mean >= 4 && mean <= 246)
    return 232 + (mean > 238 ? 23 : (mean - 3) / 10);
  return 16 + 36 * of_cube(c.r) + 6 * of_cube(c.g) + of_cube(c.b);
}

void lur_terminal_color(const struct lur_text_style *style, struct lur_color c, bool ground, struct lur_buffer *out) {
  if (style->color == LUR_TEXT_TRUE)
    lur_buffer_format(out, "\033[%d;2;%d;%d;%dm", ground ? 48 : 38, c.r, c.g, c.b);
  else if (style->color == LUR_TEXT_256)
    lur_buffer_format(out, "\033[%d;5;%dm", ground ? 48 : 38, of_256(c));
}

void lur_terminal_reset(const struct lur_text_style *style, struct lur_buffer *out) {
  if (style->color != LUR_TEXT_PLAIN)
    lur_buffer_text(out, "\033[0m");
}
