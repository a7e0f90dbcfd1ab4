/* SPDX-License-Identifier: MIT
 * The options of looks, read from text. */
#include "view/look.h"

#include <math.h>
#include <string.h>

#include "base/digits.h"
#include "base/near_word.h"

enum { USUAL_FONT = 9, MOST_FONT = 200, MOST_DPI = 4800, MOST_SIZE = 14400 /* PDF's largest page */ };

double lur_look_dpi(const struct lur_look *look) {
  return look->dpi > 0 ? look->dpi : look->format == LUR_PNG ? 144 : 96;
}

double lur_look_font(const struct lur_look *look) {
  return look->font_size > 0 ? look->font_size : USUAL_FONT;
}

double lur_look_points(const struct lur_look *look, double size) {
  return look->in_pixels ? size * 72 / lur_look_dpi(look) : size;
}

/* A number that the text begins with; false where it is none. */
static bool take_number(const char **text, double *out) {
  char *end;
  *out = lur_digits_parse(*text, &end);
  bool some = end != *text && isfinite(*out);
  *text = end;
  return some;
}

static int read_size(struct lur_look *look, const char *text, struct lur_error *e) {
  static const struct {
    const char *name;
    double points; /* 0: pixels */
  } units[] = {{"", 0}, {"px", 0}, {"mm", 72 / 25.4}, {"cm", 72 / 2.54}, {"in", 72}, {"pt", 1}};
  const char *at = text;
  double width, height;
  bool fine = take_number(&at, &width) && *at++ == 'x' && take_number(&at, &height) && width > 0 && height > 0;
  for (size_t i = 0; fine && i < sizeof units / sizeof *units; i++) {
    if (strcmp(at, units[i].name) != 0)
      continue;
    double unit = units[i].points > 0 ? units[i].points : 1;
    if (fmax(width, height) * unit > MOST_SIZE)
      return lur_fail(e, LUR_EINPUT, NULL, "%s is more than %d points or pixels", text, MOST_SIZE);
    look->in_pixels = !(units[i].points > 0);
    look->width = width * unit;
    look->height = height * unit;
    return LUR_OK;
  }
  return lur_fail(e, LUR_EINPUT, NULL, "\"%s\" is no size; write 90x60mm, 15x10cm, 6x4in, or 800x600 for pixels", text);
}

static int read_positive(const char *text, double most, const char *example, double *out, struct lur_error *e) {
  const char *at = text;
  double x;
  if (!take_number(&at, &x) || *at || !(x >= 1 && x <= most))
    return lur_fail(e, LUR_EINPUT, NULL, "\"%s\" is not a number from 1 to %g, such as %s", text, most, example);
  *out = x;
  return LUR_OK;
}

/* The place of a word among names that end with NULL; -1 and an error where it is none of them. */
static int read_choice(const char *text, const char *const *names, struct lur_error *e) {
  char choices[LUR_CHOICES_BYTES];
  for (int i = 0; names[i]; i++)
    if (strcmp(text, names[i]) == 0)
      return i;
  lur_choices_write(lur_near_word(text, names), names, choices);
  lur_fail(e, LUR_EINPUT, NULL, "\"%s\" is none of them%s", text, choices);
  return -1;
}

static int read_limits(const char *text, bool *has, double out[2], struct lur_error *e) {
  const char *at = text;
  bool fine = take_number(&at, &out[0]);
  fine = fine && *at++ == ',' && take_number(&at, &out[1]) && *at == '\0';
  *has = fine && out[0] != out[1];
  return *has ? LUR_OK : lur_fail(e, LUR_EINPUT, NULL, "\"%s\" is not two different numbers, as 0,100", text);
}

const char *const lur_look_names[] = {
#define LUR_LOOK(name, typed, takes, meaning) #name,
#include "view/look.inc.h"
#undef LUR_LOOK
    NULL,
};

bool lur_look_is_of_pages(enum lur_look_option option) {
  return option == LUR_LOOK_title || option == LUR_LOOK_palette || option == LUR_LOOK_theme;
}

int lur_look_set(struct lur_look *look, enum lur_look_option option, const char *text, struct lur_error *e) {
  static const char *const legends[LUR_N_LEGENDS + 1] = {"right", "below", "none", NULL};
  int i;
  look->given |= 1u << option;
  switch (option) {
  case LUR_LOOK_size: return read_size(look, text, e);
  case LUR_LOOK_dpi: return read_positive(text, MOST_DPI, "300", &look->dpi, e);
  case LUR_LOOK_font_size: return read_positive(text, MOST_FONT, "9", &look->font_size, e);
  case LUR_LOOK_title: look->title = text; return LUR_OK;
  case LUR_LOOK_xlabel: look->x_label = text; return LUR_OK;
  case LUR_LOOK_ylabel: look->y_label = text; return LUR_OK;
  case LUR_LOOK_palette:
    if ((look->has_palette = (i = read_choice(text, lur_palette_names, e)) >= 0))
      look->palette = (enum lur_palette)i;
    return i >= 0 ? LUR_OK : LUR_EINPUT;
  case LUR_LOOK_xlim: return read_limits(text, &look->has_x, look->x, e);
  case LUR_LOOK_ylim: return read_limits(text, &look->has_y, look->y, e);
  case LUR_LOOK_legend:
    if ((i = read_choice(text, legends, e)) >= 0)
      look->legend = (enum lur_legend)i;
    return i >= 0 ? LUR_OK : LUR_EINPUT;
  case LUR_LOOK_theme:
    if ((i = read_choice(text, lur_theme_names, e)) >= 0)
      look->theme = (enum lur_theme)i;
    return i >= 0 ? LUR_OK : LUR_EINPUT;
  case LUR_N_LOOK_OPTIONS: break;
  }
  return LUR_EINPUT;
}

int lur_look_refuse(const struct lur_look *look, unsigned without, const char *figure, struct lur_error *e) {
  for (int i = 0; i < LUR_N_LOOK_OPTIONS; i++)
    if (look->given & without & 1u << i)
      return lur_fail(e, LUR_EINPUT, lur_look_names[i], "is not for %s", figure);
  return LUR_OK;
}
