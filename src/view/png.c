/* SPDX-License-Identifier: MIT
 * Cells keep their palette and pixels are RGB; no filters, which is both the fastest and the smallest for pictures of
 * few colours. libpng leaves by longjmp where it fails, to the frame that waits there. */
#include "view/picture.h"

#include <math.h>
#include <png.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum { MANY = 4000000 }; /* pixels, from which on speed counts for more than bytes */

int lur_cells_picture_init(struct lur_cells_picture *c, int width, int height, enum lur_palette palette,
                           struct lur_error *e) {
  *c = (struct lur_cells_picture){.width = width, .height = height};
  if (width < 1 || height < 1 || (int64_t)width * height > LUR_MOST_PIXELS)
    return lur_fail(e, LUR_EINPUT, NULL, "a picture of %d x %d pixels is too large", width, height);
  c->cell = lur_alloc((size_t)width * (size_t)height, 1);
  if (!c->cell)
    return lur_fail_memory(e);
  memset(c->cell, LUR_MISSING, (size_t)width * (size_t)height);
  lur_palette_fill(palette, c->color);
  return LUR_OK;
}

void lur_cells_picture_free(struct lur_cells_picture *c) {
  if (!c)
    return;
  free(c->cell);
  *c = (struct lur_cells_picture){0};
}

struct picture {
  int width, height;
  const uint8_t *rows;
  size_t stride_bytes;
  const struct lur_color *color; /* rows are numbers of these; NULL: they are pixels of 32 bits */
  double dpi;                    /* 0: unsaid */
  const char *comment;
};

struct sink {
  struct lur_buffer *out;
  struct lur_error *e;
  int code;
};

static void put(png_structp png, png_bytep bytes, png_size_t n) {
  struct sink *s = png_get_io_ptr(png);
  lur_buffer_add(s->out, (const char *)bytes, n);
}

static void flush(png_structp png) {
  (void)png;
}

static void on_error(png_structp png, png_const_charp text) {
  struct sink *s = png_get_error_ptr(png);
  s->code = lur_fail(s->e, LUR_EIO, NULL, "libpng: %s", text);
  png_longjmp(png, 1);
}

static void on_warning(png_structp png, png_const_charp text) {
  (void)png;
  (void)text;
}

static void write_head(png_structp png, png_infop info, const struct picture *p) {
  png_color color[LUR_N_COLORS];
  png_text text = {.compression = PNG_TEXT_COMPRESSION_NONE, .key = (char *)"Comment", .text = (char *)p->comment};
  png_set_IHDR(png, info, (png_uint_32)p->width, (png_uint_32)p->height, 8,
               p->color ? PNG_COLOR_TYPE_PALETTE : PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
               PNG_FILTER_TYPE_DEFAULT);
  for (int i = 0; p->color && i < LUR_N_COLORS; i++)
    color[i] = (png_color){p->color[i].r, p->color[i].g, p->color[i].b};
  if (p->color)
    png_set_PLTE(png, info, color, LUR_N_COLORS);
  if (p->dpi > 0) {
    png_uint_32 per_meter = (png_uint_32)lrint(p->dpi / 0.0254);
    png_set_pHYs(png, info, per_meter, per_meter, PNG_RESOLUTION_METER);
  }
  png_set_filter(png, 0, PNG_FILTER_NONE);
  png_set_compression_level(png, (int64_t)p->width * p->height > MANY ? 1 : 6);
  if (p->comment)
    png_set_text(png, info, &text, 1);
  png_write_info(png, info);
}

/* row: room for a row of RGB; NULL where rows are numbers. */
static void write_rows(png_structp png, const struct picture *p, uint8_t *row) {
  for (int y = 0; y < p->height; y++) {
    const uint8_t *from = p->rows + (size_t)y * p->stride_bytes;
    for (int x = 0; row && x < p->width; x++) {
      uint32_t pixel;
      memcpy(&pixel, from + 4 * (size_t)x, sizeof pixel);
      row[3 * x] = (uint8_t)(pixel >> 16);
      row[3 * x + 1] = (uint8_t)(pixel >> 8);
      row[3 * x + 2] = (uint8_t)pixel;
    }
    png_write_row(png, row ? row : from);
  }
}

static int write_png(const struct picture *p, struct lur_buffer *out, struct lur_error *e) {
  struct sink s = {out, e, LUR_OK};
  uint8_t *row = p->color ? NULL : lur_alloc((size_t)p->width, 3);
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &s, on_error, on_warning);
  png_infop info = png ? png_create_info_struct(png) : NULL;
  if (!info || (!row && !p->color)) {
    png_destroy_write_struct(&png, info ? &info : NULL);
    free(row);
    return lur_fail_memory(e);
  }
  if (setjmp(png_jmpbuf(png)) == 0) {
    png_set_write_fn(png, &s, put, flush);
    write_head(png, info, p);
    write_rows(png, p, row);
    png_write_end(png, info);
  }
  png_destroy_write_struct(&png, &info);
  free(row);
  return s.code ? s.code : out->failed ? lur_fail_memory(e) : LUR_OK;
}

int lur_png_write_cells(const struct lur_cells_picture *c, const char *comment, struct lur_buffer *out,
                        struct lur_error *e) {
  const struct picture p = {.width = c->width,
                            .height = c->height,
                            .rows = c->cell,
                            .stride_bytes = (size_t)c->width,
                            .color = c->color,
                            .comment = comment};
  return write_png(&p, out, e);
}

int lur_png_write_pixels(int width, int height, const void *pixels, size_t stride_bytes, double dpi,
                         const char *comment, struct lur_buffer *out, struct lur_error *e) {
  const struct picture p = {
      .width = width, .height = height, .rows = pixels, .stride_bytes = stride_bytes, .dpi = dpi, .comment = comment};
  return write_png(&p, out, e);
}
