/* SPDX-License-Identifier: MIT
 * SVG 1.1 with real text. Colours that a theme chooses are classes of its style. */
#include <stdio.h>

#include "view/markup.h"
#include "view/paper_parts.h"

static const char *const tone_names[] = {"paper", "ink", "quiet", "faint"};
_Static_assert(sizeof tone_names / sizeof *tone_names == LUR_TONE_SERIES, "a name each");

static void write_classes(bool dark, struct lur_buffer *out) {
  for (int i = 0; i < LUR_TONE_SERIES + LUR_N_SERIES; i++) {
    bool is_tone = i < LUR_TONE_SERIES;
    const struct lur_tint t = {.tone = is_tone ? (enum lur_tone)i : LUR_TONE_SERIES, .series = i - LUR_TONE_SERIES};
    struct lur_color c = lur_tint_color(&t, dark);
    char name[16];
    if (is_tone)
      snprintf(name, sizeof name, "%s", tone_names[i]);
    else
      snprintf(name, sizeof name, "s%d", t.series);
    lur_buffer_format(out, ".figure .f-%s{fill:#%02x%02x%02x}.figure .l-%s{stroke:#%02x%02x%02x}\n", name, c.r, c.g,
                      c.b, name, c.r, c.g, c.b);
  }
}

static void write_style(bool dark, const char *dark_in, struct lur_buffer *out) {
  lur_buffer_text(out, ".figure text{font-family:'DejaVu Sans',system-ui,sans-serif;white-space:pre}"
                       ".figure .line{fill:none;stroke-linejoin:round;stroke-linecap:round}"
                       ".figure .dashed{stroke-linecap:butt}\n");
  write_classes(dark, out);
  if (dark_in) {
    lur_buffer_format(out, "@media %s{\n", dark_in);
    write_classes(true, out);
    lur_buffer_text(out, "}\n");
  }
}

static const char as_reader_likes[] = "screen and (prefers-color-scheme:dark)";

void lur_paper_page_style(enum lur_theme theme, struct lur_buffer *out) {
  write_style(false, theme == LUR_DARK ? "screen" : theme == LUR_AUTO ? as_reader_likes : NULL, out);
}

void lur_svg_begin(struct lur_paper *p) {
  struct lur_buffer *out = &p->bytes;
  lur_buffer_format(out, "<svg class=\"figure\" viewBox=\"0 0 %.6g %.6g\" role=\"img\"", p->width, p->height);
  if (p->theme != LUR_PAGE)
    lur_buffer_format(out, " xmlns=\"http://www.w3.org/2000/svg\" width=\"%.6gpt\" height=\"%.6gpt\"", p->width,
                      p->height);
  lur_buffer_text(out, ">\n");
  if (p->title[0]) {
    lur_markup_element("title", p->title, out);
    lur_buffer_text(out, "\n");
  }
  if (p->theme == LUR_PAGE)
    return;
  lur_buffer_text(out, "<style>");
  write_style(p->theme == LUR_DARK, p->theme == LUR_AUTO ? as_reader_likes : NULL, out);
  lur_buffer_text(out, "</style>\n");
}

void lur_svg_end(struct lur_paper *p) {
  lur_buffer_text(&p->bytes, "</svg>\n");
}

/* The attributes of a colour: kind is "fill" or "stroke". */
static void add_tint(struct lur_paper *p, const char *kind, const char *more, const struct lur_tint *t) {
  struct lur_buffer *out = &p->bytes;
  char class = *kind == 'f' ? 'f' : 'l';
  switch (t->tone) {
  case LUR_TONE_GIVEN:
    lur_buffer_format(out, " %s=\"#%02x%02x%02x\"", kind, t->given.r, t->given.g, t->given.b);
    if (more[0])
      lur_buffer_format(out, " class=\"%s\"", more);
    break;
  case LUR_TONE_SERIES:
    lur_buffer_format(out, " class=\"%s%s%c-s%d\"", more, more[0] ? " " : "", class, t->series % LUR_N_SERIES);
    break;
  case LUR_TONE_PAPER:
  case LUR_TONE_INK:
  case LUR_TONE_QUIET:
  case LUR_TONE_FAINT:
    lur_buffer_format(out, " class=\"%s%s%c-%s\"", more, more[0] ? " " : "", class, tone_names[t->tone]);
    break;
  }
  if (t->opacity > 0 && t->opacity < 1)
    lur_buffer_format(out, " %s-opacity=\"%.3g\"", kind, t->opacity);
}

static void add_place(struct lur_buffer *out, double x, double y, double width, double height) {
  lur_buffer_format(out, " x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\"", x, y, width, height);
}

void lur_svg_rect(struct lur_paper *p, double x, double y, double width, double height, const struct lur_tint *fill) {
  lur_buffer_text(&p->bytes, "<rect");
  add_place(&p->bytes, x, y, width, height);
  add_tint(p, "fill", "", fill);
  lur_buffer_text(&p->bytes, "/>\n");
}

void lur_svg_frame(struct lur_paper *p, double x, double y, double width, double height, double line,
                   const struct lur_tint *ink) {
  lur_buffer_text(&p->bytes, "<rect");
  add_place(&p->bytes, x, y, width, height);
  lur_buffer_format(&p->bytes, " fill=\"none\" stroke-width=\"%.3g\"", line);
  add_tint(p, "stroke", "", ink);
  lur_buffer_text(&p->bytes, "/>\n");
}

/* A rim has a class of its own, and so an element. */
void lur_svg_disc(struct lur_paper *p, double x, double y, double radius, const struct lur_tint *fill, double line,
                  const struct lur_tint *rim) {
  lur_buffer_format(&p->bytes, "<circle cx=\"%.2f\" cy=\"%.2f\" r=\"%.2f\"", x, y, radius);
  add_tint(p, "fill", "", fill);
  lur_buffer_text(&p->bytes, "/>\n");
  if (!(line > 0))
    return;
  lur_buffer_format(&p->bytes, "<circle cx=\"%.2f\" cy=\"%.2f\" r=\"%.2f\" fill=\"none\" stroke-width=\"%.3g\"", x, y,
                    radius, line);
  add_tint(p, "stroke", "", rim);
  lur_buffer_text(&p->bytes, "/>\n");
}

static void add_points(struct lur_buffer *out, size_t n, const double *xy) {
  lur_buffer_text(out, " d=\"");
  for (size_t i = 0; i < n; i++)
    lur_buffer_format(out, "%c%.2f %.2f", i ? 'L' : 'M', xy[2 * i], xy[2 * i + 1]);
}

void lur_svg_lines(struct lur_paper *p, size_t n, const double *xy, const struct lur_stroke *s) {
  lur_buffer_text(&p->bytes, "<path");
  add_points(&p->bytes, n, xy);
  lur_buffer_format(&p->bytes, "\" stroke-width=\"%.3g\"", s->line);
  if (s->dash > 0)
    lur_buffer_format(&p->bytes, " stroke-dasharray=\"%.3g\"", s->dash);
  add_tint(p, "stroke", s->dash > 0 ? "line dashed" : "line", &s->ink);
  lur_buffer_text(&p->bytes, "/>\n");
}

void lur_svg_polygon(struct lur_paper *p, size_t n, const double *xy, const struct lur_tint *fill) {
  lur_buffer_text(&p->bytes, "<path");
  add_points(&p->bytes, n, xy);
  lur_buffer_text(&p->bytes, "Z\"");
  add_tint(p, "fill", "", fill);
  lur_buffer_text(&p->bytes, "/>\n");
}

/* A picture within the picture, at the same coordinates: no name is needed that others might have. */
void lur_svg_clip(struct lur_paper *p, double x, double y, double width, double height) {
  lur_buffer_text(&p->bytes, "<svg");
  add_place(&p->bytes, x, y, width, height);
  lur_buffer_format(&p->bytes, " viewBox=\"%.2f %.2f %.2f %.2f\">\n", x, y, width, height);
}

void lur_svg_unclip(struct lur_paper *p) {
  lur_buffer_text(&p->bytes, "</svg>\n");
}

void lur_svg_cells(struct lur_paper *p, double x, double y, double width, double height,
                   const struct lur_cells_picture *cells) {
  struct lur_cells_picture large = {0};
  struct lur_buffer png = {0};
  if (lur_cells_enlarge(cells, &large, NULL) || lur_png_write_cells(&large, NULL, &png, NULL))
    p->bytes.failed = true;
  lur_buffer_text(&p->bytes, "<image");
  add_place(&p->bytes, x, y, width, height);
  lur_buffer_text(&p->bytes, " preserveAspectRatio=\"none\" image-rendering=\"pixelated\" "
                             "href=\"data:image/png;base64,");
  if (png.data)
    lur_markup_base64(png.data, png.length_bytes, &p->bytes);
  lur_buffer_text(&p->bytes, "\"/>\n");
  lur_buffer_free(&png);
  lur_cells_picture_free(&large);
}

void lur_svg_text(struct lur_paper *p, double x, double y, const char *text, const struct lur_letters *l) {
  static const char *const anchors[] = {"start", "middle", "end"};
  struct lur_buffer *out = &p->bytes;
  if (l->upwards)
    lur_buffer_format(out, "<text transform=\"translate(%.2f %.2f) rotate(-90)\"", x, y);
  else
    lur_buffer_format(out, "<text x=\"%.2f\" y=\"%.2f\"", x, y);
  lur_buffer_format(out, " font-size=\"%.4g\"%s", l->size, l->bold ? " font-weight=\"bold\"" : "");
  if (l->anchor != LUR_START)
    lur_buffer_format(out, " text-anchor=\"%s\"", anchors[l->anchor]);
  add_tint(p, "fill", "", &l->ink);
  lur_buffer_text(out, ">");
  lur_markup_text(text, out);
  lur_buffer_text(out, "</text>\n");
}
