/* SPDX-License-Identifier: MIT
 * A canvas through libpng: 8-bit palette, no filters, which is both the fastest and the smallest for pictures of few
 * colours. libpng leaves by longjmp where it fails, to the frame that waits there. */
#include <png.h>

#include "view/canvas.h"

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

int lur_canvas_write_png(const struct lur_canvas *c, const char *comment, struct lur_buffer *out, struct lur_error *e) {
  struct sink s = {out, e, LUR_OK};
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &s, on_error, on_warning);
  png_infop info = png ? png_create_info_struct(png) : NULL;
  if (!info) {
    png_destroy_write_struct(&png, NULL);
    return lur_fail_memory(e);
  }
  if (setjmp(png_jmpbuf(png)) == 0) {
    png_set_write_fn(png, &s, put, flush);
    png_color color[LUR_N_COLORS];
    for (int i = 0; i < LUR_N_COLORS; i++)
      color[i] = (png_color){c->color[i].r, c->color[i].g, c->color[i].b};
    png_set_IHDR(png, info, (png_uint_32)c->width, (png_uint_32)c->height, 8, PNG_COLOR_TYPE_PALETTE,
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_PLTE(png, info, color, LUR_N_COLORS);
    png_set_filter(png, 0, PNG_FILTER_NONE);
    png_set_compression_level(png, (int64_t)c->width * c->height > 4000000 ? 1 : 6);
    png_text text = {.compression = PNG_TEXT_COMPRESSION_NONE, .key = (char *)"Comment", .text = (char *)comment};
    if (comment)
      png_set_text(png, info, &text, 1);
    png_write_info(png, info);
    for (int y = 0; y < c->height; y++)
      png_write_row(png, c->pixel + (size_t)y * (size_t)c->width);
    png_write_end(png, info);
  }
  png_destroy_write_struct(&png, &info);
  return s.code ? s.code : out->failed ? lur_fail_memory(e) : LUR_OK;
}
