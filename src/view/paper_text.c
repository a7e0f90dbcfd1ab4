/* SPDX-License-Identifier: MIT
 * Letters by Pango: one line each, in whatever script, without hints to the pixels, so that a figure is laid out the
 * same way at every resolution. */
#include <math.h>
#include <string.h>

#include "base/utf8.h"
#include "view/paper_parts.h"

void lur_paper_clean_text(const char *text, struct lur_buffer *out) {
  for (const char *p = text ? text : ""; *p;) {
    size_t n = lur_utf8_bytes(p);
    if (n == 0 || (unsigned char)*p < ' ' || *p == 0x7f)
      lur_buffer_text(out, "?");
    else
      lur_buffer_add(out, p, n);
    p += n ? n : 1;
  }
}

/* The layout holds the text then. */
static void lay_out(struct lur_paper *p, const char *text, const struct lur_letters *l) {
  PangoFontDescription *font = pango_font_description_new();
  struct lur_buffer clean = {0};
  pango_font_description_set_family_static(font, "DejaVu Sans");
  pango_font_description_set_absolute_size(font, l->size * PANGO_SCALE);
  pango_font_description_set_weight(font, l->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description(p->layout, font);
  pango_font_description_free(font);
  lur_paper_clean_text(text, &clean);
  pango_layout_set_text(p->layout, clean.data ? clean.data : "", (int)clean.length_bytes);
  if (!p->lacks[0] && pango_layout_get_unknown_glyphs_count(p->layout) > 0)
    lur_utf8_line(clean.data, p->lacks, sizeof p->lacks);
  lur_buffer_free(&clean);
}

static double width_of(struct lur_paper *p) {
  PangoRectangle r;
  pango_layout_get_extents(p->layout, NULL, &r);
  return (double)r.width / PANGO_SCALE;
}

double lur_paper_text_width(struct lur_paper *p, const char *text, const struct lur_letters *l) {
  lay_out(p, text, l);
  return width_of(p);
}

void lur_paper_text(struct lur_paper *p, double x, double y, const char *text, const struct lur_letters *l) {
  lay_out(p, text, l);
  if (p->format == LUR_SVG) {
    lur_svg_text(p, x, y, text, l);
    return;
  }
  double before = (double)l->anchor / 2 * width_of(p),
         above = (double)pango_layout_get_baseline(p->layout) / PANGO_SCALE;
  struct lur_color c = lur_tint_color(&l->ink, p->theme == LUR_DARK);
  cairo_save(p->cairo);
  cairo_set_source_rgba(p->cairo, c.r / 255.0, c.g / 255.0, c.b / 255.0, lur_tint_opacity(&l->ink));
  cairo_translate(p->cairo, x, y);
  if (l->upwards)
    cairo_rotate(p->cairo, -G_PI_2);
  cairo_move_to(p->cairo, -before, -above);
  pango_cairo_show_layout(p->cairo, p->layout);
  cairo_restore(p->cairo);
}
