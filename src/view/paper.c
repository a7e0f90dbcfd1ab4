/* SPDX-License-Identifier: MIT
 * The shapes, by Cairo. Cells of a PNG are written into its pixels, so that no copy of a large picture is made. */
#include "view/paper.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <cairo-pdf.h>

#include "base/memory.h"
#include "view/paper_parts.h"

const char *const lur_theme_names[] = {"light", "dark", "auto", NULL};
_Static_assert(sizeof lur_theme_names / sizeof *lur_theme_names == LUR_N_THEMES + 1, "a name each");

enum lur_picture_format lur_picture_format_of(const char *path) {
  static const char *const ends[LUR_N_PICTURE_FORMATS] = {".png", ".svg", ".pdf"};
  size_t n = strlen(path);
  for (int i = 0; i < LUR_N_PICTURE_FORMATS; i++)
    if (n > 4 && strcasecmp(path + n - 4, ends[i]) == 0)
      return (enum lur_picture_format)i;
  return LUR_N_PICTURE_FORMATS;
}

/* ---- Colours ---- */
static void set_source(struct lur_paper *p, const struct lur_tint *t) {
  struct lur_color c = lur_tint_color(t, p->theme == LUR_DARK);
  cairo_set_source_rgba(p->cairo, c.r / 255.0, c.g / 255.0, c.b / 255.0, lur_tint_opacity(t));
}

/* ---- A paper's life ---- */
static cairo_status_t take_bytes(void *bytes, const unsigned char *from, unsigned n) {
  struct lur_buffer *b = bytes;
  lur_buffer_add(b, (const char *)from, n);
  return b->failed ? CAIRO_STATUS_NO_MEMORY : CAIRO_STATUS_SUCCESS;
}

/* The date is left out, so that the same figure is the same bytes. */
static void describe_pdf(const struct lur_paper *p) {
  cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_CREATE_DATE, "");
  cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_CREATOR, "luron");
  if (p->title[0])
    cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_TITLE, p->title);
}

static void make_layout(struct lur_paper *p) {
  cairo_font_options_t *plain = cairo_font_options_create();
  cairo_font_options_set_antialias(plain, CAIRO_ANTIALIAS_GRAY);
  cairo_font_options_set_hint_style(plain, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(plain, CAIRO_HINT_METRICS_OFF);
  p->layout = pango_cairo_create_layout(p->cairo);
  PangoContext *context = pango_layout_get_context(p->layout);
  pango_cairo_context_set_font_options(context, plain);
  pango_cairo_context_set_resolution(context, 72);
  pango_context_set_round_glyph_positions(context, FALSE);
  pango_layout_set_single_paragraph_mode(p->layout, TRUE);
  cairo_font_options_destroy(plain);
}

struct lur_paper *lur_paper_new(enum lur_picture_format format, enum lur_theme theme, struct lur_error *e) {
  struct lur_paper *p = lur_alloc(1, sizeof *p);
  if (!p) {
    lur_fail_memory(e);
    return NULL;
  }
  *p = (struct lur_paper){.format = format, .theme = theme};
  p->surface = cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1);
  p->cairo = cairo_create(p->surface);
  make_layout(p);
  return p;
}

static int pixels_of(double points, double dpi) {
  double n = ceil(points * dpi / 72 - 1e-6);
  return n < 1 ? 1 : n < LUR_MOST_PIXELS ? (int)n : LUR_MOST_PIXELS;
}

/* NULL where it is too large. */
static cairo_surface_t *make_surface(struct lur_paper *p) {
  int width = pixels_of(p->width, p->dpi), height = pixels_of(p->height, p->dpi);
  if (p->format == LUR_PDF)
    return cairo_pdf_surface_create_for_stream(take_bytes, &p->bytes, p->width, p->height);
  if ((int64_t)width * height > LUR_MOST_PIXELS || width > INT16_MAX || height > INT16_MAX) /* Cairo's limit */
    return NULL;
  return cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
}

int lur_paper_open(struct lur_paper *p, double width, double height, double dpi, const char *title,
                   struct lur_error *e) {
  p->width = width;
  p->height = height;
  p->dpi = dpi;
  snprintf(p->title, sizeof p->title, "%s", title ? title : "");
  if (p->format == LUR_SVG) {
    lur_svg_begin(p);
  } else {
    cairo_surface_t *surface = make_surface(p);
    if (!surface)
      return lur_fail(e, LUR_EINPUT, NULL, "a picture of %.0f x %.0f pixels is too large", width * dpi / 72,
                      height * dpi / 72);
    cairo_destroy(p->cairo);
    cairo_surface_destroy(p->surface);
    p->surface = surface;
    p->cairo = cairo_create(surface);
    if (p->format == LUR_PDF)
      describe_pdf(p);
    else
      cairo_scale(p->cairo, dpi / 72, dpi / 72);
  }
  if (p->format == LUR_SVG) {
    lur_paper_rect(p, 0, 0, width, height, lur_blank);
  } else { /* to the last pixel, of which only a part may be within */
    set_source(p, &lur_blank);
    cairo_paint(p->cairo);
  }
  return cairo_status(p->cairo) == CAIRO_STATUS_SUCCESS ? LUR_OK : lur_fail_memory(e);
}

void lur_paper_free(struct lur_paper *p) {
  if (!p)
    return;
  if (p->layout)
    g_object_unref(p->layout);
  cairo_destroy(p->cairo);
  cairo_surface_destroy(p->surface);
  lur_buffer_free(&p->bytes);
  free(p);
}

int lur_paper_finish(struct lur_paper *p, const char *comment, struct lur_buffer *out, struct lur_error *e) {
  if (p->format == LUR_SVG)
    lur_svg_end(p);
  cairo_status_t status = cairo_status(p->cairo);
  if (p->format == LUR_PDF) {
    cairo_surface_finish(p->surface);
    status = status ? status : cairo_surface_status(p->surface);
  }
  if (p->bytes.failed || status == CAIRO_STATUS_NO_MEMORY)
    return lur_fail_memory(e);
  if (status)
    return lur_fail(e, LUR_EIO, NULL, "Cairo: %s", cairo_status_to_string(status));
  if (p->format != LUR_PNG) {
    lur_buffer_add(out, p->bytes.data, p->bytes.length_bytes);
    return out->failed ? lur_fail_memory(e) : LUR_OK;
  }
  cairo_surface_flush(p->surface);
  return lur_png_write_pixels(cairo_image_surface_get_width(p->surface), cairo_image_surface_get_height(p->surface),
                              cairo_image_surface_get_data(p->surface),
                              (size_t)cairo_image_surface_get_stride(p->surface), p->dpi, comment, out, e);
}

const char *lur_paper_lacks(const struct lur_paper *p) {
  return p->lacks[0] ? p->lacks : NULL;
}

/* ---- Shapes ---- */
void lur_paper_rect(struct lur_paper *p, double x, double y, double width, double height, struct lur_tint fill) {
  if (p->format == LUR_SVG) {
    lur_svg_rect(p, x, y, width, height, &fill);
    return;
  }
  set_source(p, &fill);
  cairo_rectangle(p->cairo, x, y, width, height);
  cairo_fill(p->cairo);
}

void lur_paper_frame(struct lur_paper *p, double x, double y, double width, double height, double line,
                     struct lur_tint ink) {
  if (p->format == LUR_SVG) {
    lur_svg_frame(p, x, y, width, height, line, &ink);
    return;
  }
  set_source(p, &ink);
  cairo_set_line_width(p->cairo, line);
  cairo_set_line_join(p->cairo, CAIRO_LINE_JOIN_MITER);
  cairo_rectangle(p->cairo, x, y, width, height);
  cairo_stroke(p->cairo);
}

void lur_paper_line(struct lur_paper *p, double x0, double y0, double x1, double y1, double line, struct lur_tint ink) {
  const double xy[] = {x0, y0, x1, y1};
  lur_paper_lines(p, 2, xy, &(struct lur_stroke){.line = line, .ink = ink});
}

void lur_paper_disc(struct lur_paper *p, double x, double y, double radius, struct lur_tint fill, double line,
                    struct lur_tint rim) {
  if (p->format == LUR_SVG) {
    lur_svg_disc(p, x, y, radius, &fill, line, &rim);
    return;
  }
  set_source(p, &fill);
  cairo_new_sub_path(p->cairo);
  cairo_arc(p->cairo, x, y, radius, 0, 2 * G_PI);
  if (!(line > 0)) {
    cairo_fill(p->cairo);
    return;
  }
  cairo_fill_preserve(p->cairo);
  set_source(p, &rim);
  cairo_set_line_width(p->cairo, line);
  cairo_stroke(p->cairo);
}

static void trace(struct lur_paper *p, size_t n, const double *xy) {
  cairo_new_path(p->cairo);
  for (size_t i = 0; i < n; i++)
    cairo_line_to(p->cairo, xy[2 * i], xy[2 * i + 1]);
}

void lur_paper_lines(struct lur_paper *p, size_t n, const double *xy, const struct lur_stroke *s) {
  if (p->format == LUR_SVG) {
    lur_svg_lines(p, n, xy, s);
    return;
  }
  set_source(p, &s->ink);
  cairo_set_line_width(p->cairo, s->line);
  cairo_set_line_join(p->cairo, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap(p->cairo, s->dash > 0 ? CAIRO_LINE_CAP_BUTT : CAIRO_LINE_CAP_ROUND);
  cairo_set_dash(p->cairo, &s->dash, s->dash > 0 ? 1 : 0, 0);
  trace(p, n, xy);
  cairo_stroke(p->cairo);
  cairo_set_dash(p->cairo, NULL, 0, 0);
}

void lur_paper_polygon(struct lur_paper *p, size_t n, const double *xy, struct lur_tint fill) {
  if (p->format == LUR_SVG) {
    lur_svg_polygon(p, n, xy, &fill);
    return;
  }
  set_source(p, &fill);
  trace(p, n, xy);
  cairo_close_path(p->cairo);
  cairo_fill(p->cairo);
}

void lur_paper_clip(struct lur_paper *p, double x, double y, double width, double height) {
  if (p->format == LUR_SVG) {
    lur_svg_clip(p, x, y, width, height);
    return;
  }
  cairo_save(p->cairo);
  cairo_rectangle(p->cairo, x, y, width, height);
  cairo_clip(p->cairo);
}

void lur_paper_unclip(struct lur_paper *p) {
  if (p->format == LUR_SVG)
    lur_svg_unclip(p);
  else
    cairo_restore(p->cairo);
}

/* ---- Cells ---- */
struct target { /* pixels of a PNG */
  uint8_t *pixels;
  size_t stride_bytes;
  int left, top, width, height; /* where the cells stand, all of it on the picture */
};

/* The mean colour of the cells that begin in the pixel, or the one that it lies in. */
static uint32_t mean(const struct lur_cells_picture *c, int x0, int x1, int y0, int y1) {
  uint64_t r = 0, g = 0, b = 0, n = (uint64_t)(x1 - x0) * (uint64_t)(y1 - y0);
  for (int y = y0; y < y1; y++)
    for (int x = x0; x < x1; x++) {
      const struct lur_color *k = &c->color[c->cell[(size_t)y * (size_t)c->width + (size_t)x]];
      r += k->r;
      g += k->g;
      b += k->b;
    }
  return (uint32_t)((r + n / 2) / n << 16 | (g + n / 2) / n << 8 | (b + n / 2) / n);
}

static void fill_pixels(const struct target *t, const struct lur_cells_picture *c) {
  for (int y = 0; y < t->height; y++) {
    int y0 = (int)((int64_t)y * c->height / t->height), y1 = (int)((int64_t)(y + 1) * c->height / t->height);
    uint8_t *row = t->pixels + (size_t)(t->top + y) * t->stride_bytes + 4 * (size_t)t->left;
    for (int x = 0; x < t->width; x++) {
      int x0 = (int)((int64_t)x * c->width / t->width), x1 = (int)((int64_t)(x + 1) * c->width / t->width);
      uint32_t pixel = mean(c, x0, x1 > x0 ? x1 : x0 + 1, y0, y1 > y0 ? y1 : y0 + 1);
      memcpy(row + 4 * (size_t)x, &pixel, sizeof pixel);
    }
  }
}

static void cells_to_pixels(struct lur_paper *p, double x, double y, double width, double height,
                            const struct lur_cells_picture *c) {
  double k = p->dpi / 72;
  int most_x = cairo_image_surface_get_width(p->surface), most_y = cairo_image_surface_get_height(p->surface);
  int left = (int)lrint(x * k), top = (int)lrint(y * k), right = (int)lrint((x + width) * k),
      low = (int)lrint((y + height) * k);
  right = right < most_x ? right : most_x;
  low = low < most_y ? low : most_y;
  if (left < 0 || top < 0 || left >= right || top >= low)
    return;
  cairo_surface_flush(p->surface);
  const struct target t = {.pixels = cairo_image_surface_get_data(p->surface),
                           .stride_bytes = (size_t)cairo_image_surface_get_stride(p->surface),
                           .left = left,
                           .top = top,
                           .width = right - left,
                           .height = low - top};
  fill_pixels(&t, c);
  cairo_surface_mark_dirty(p->surface);
}

static void cells_to_pdf(struct lur_paper *p, double x, double y, double width, double height,
                         const struct lur_cells_picture *cells) {
  int k = lur_cells_pixels(cells);
  cairo_surface_t *image = cairo_image_surface_create(CAIRO_FORMAT_RGB24, cells->width * k, cells->height * k);
  if (cairo_surface_status(image) == CAIRO_STATUS_SUCCESS) {
    const struct target t = {.pixels = cairo_image_surface_get_data(image),
                             .stride_bytes = (size_t)cairo_image_surface_get_stride(image),
                             .width = cells->width * k,
                             .height = cells->height * k};
    fill_pixels(&t, cells);
    cairo_surface_mark_dirty(image);
  }
  cairo_save(p->cairo);
  cairo_translate(p->cairo, x, y);
  cairo_scale(p->cairo, width / (cells->width * k), height / (cells->height * k));
  cairo_set_source_surface(p->cairo, image, 0, 0);
  cairo_pattern_set_filter(cairo_get_source(p->cairo), CAIRO_FILTER_NEAREST);
  cairo_paint(p->cairo);
  cairo_restore(p->cairo);
  cairo_surface_destroy(image);
}

void lur_paper_cells(struct lur_paper *p, double x, double y, double width, double height,
                     const struct lur_cells_picture *cells) {
  switch (p->format) {
  case LUR_PNG: cells_to_pixels(p, x, y, width, height, cells); break;
  case LUR_SVG: lur_svg_cells(p, x, y, width, height, cells); break;
  case LUR_PDF: cells_to_pdf(p, x, y, width, height, cells); break;
  case LUR_N_PICTURE_FORMATS: break;
  }
}
