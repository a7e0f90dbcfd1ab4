/* SPDX-License-Identifier: MIT
 * Pictures, pixel by pixel: folding, colours, order of the axes, ticks, letters, markup. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <float.h>
#include <math.h>
#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fold/statistics.h"
#include "store_help.h"
#include "view/chart.h"
#include "view/curves.h"
#include "view/heatmap.h"
#include "view/markup.h"

enum { N_RUNS = 700 };
static char path[96];
static const char *folder;
static const struct lur_look look = {.format = LUR_PNG};

static int set_up(void **state) {
  struct lur_error e;
  (void)state;
  folder = help_folder();
  snprintf(path, sizeof path, "%s/plot.db", folder);
  return help_write(path, "plot", N_RUNS, 1, N_RUNS, &e);
}

static int tear_down(void **state) {
  (void)state;
  help_clean(folder);
  return 0;
}

static double fold_by_hand(enum lur_fold fold, int rate, bool text) {
  double value[N_RUNS];
  size_t n = 0, n_rows = 0, n_solved = 0;
  struct lur_cell c[HELP_COLUMNS];
  for (uint64_t run = 1; run <= N_RUNS; run++) {
    help_row(run, c);
    if ((int)(run % 7) != rate || (c[1].kind == LUR_CELL_TEXT) != text)
      continue;
    n_rows++;
    n_solved += help_status(run) == LUR_SOLVED;
    if (help_status(run) != LUR_DIVERGED)
      value[n++] = c[3].as.real;
  }
  lur_numbers_sort(value, n);
  return fold == LUR_FOLD_RATE     ? (double)n_solved / (double)n_rows
         : fold == LUR_FOLD_MEDIAN ? lur_quantile(value, n, 0.5)
         : fold == LUR_FOLD_Q90    ? lur_quantile(value, n, 0.9)
         : fold == LUR_FOLD_MIN    ? value[0]
                                   : lur_numbers_mean(value, n);
}

static void folds_are_those_of_the_rows(void **state) {
  struct lur_error e = {0};
  struct lur_table *t = lur_table_open(path, &e);
  (void)state;
  for (int fold = 0; fold < LUR_N_FOLDS; fold++) {
    struct lur_grid g;
    const struct lur_grid_ask ask = {"learning_rate", "hidden", "loss", NULL, (enum lur_fold)fold, 0};
    assert_int_equal(lur_grid_read(t, &ask, &g, &e), LUR_OK);
    assert_int_equal(g.x.n, 7);
    assert_int_equal(g.y.n, 2);
    assert_int_equal(g.x.spacing, LUR_SPACE_LINEAR);
    assert_int_equal(g.y.spacing, LUR_SPACE_LIST);
    for (int x = 0; x < 7; x++)
      for (int y = 0; y < 2; y++) {
        double expected = fold_by_hand((enum lur_fold)fold, x, y);
        assert_true(fabs(lur_grid_at(&g, (size_t)x, (size_t)y)->value - expected) <= 1e-12);
      }
    lur_grid_free(&g);
  }
  lur_table_free(t);
}

static void decode(const struct lur_buffer *b, png_image *image, uint8_t **rgb) {
  *image = (png_image){.version = PNG_IMAGE_VERSION};
  assert_true(png_image_begin_read_from_memory(image, b->data, b->length_bytes));
  image->format = PNG_FORMAT_RGB;
  *rgb = malloc(PNG_IMAGE_SIZE(*image));
  assert_true(png_image_finish_read(image, NULL, *rgb, 0, NULL));
}

static void a_bare_heatmap_is_a_pixel_a_cell(void **state) {
  struct lur_error e = {0};
  struct lur_buffer b = {0};
  struct lur_color color[LUR_N_COLORS];
  png_image image;
  uint8_t *rgb;
  struct lur_table *t = lur_table_open(path, &e);
  const struct lur_plot_ask ask = {.x = "learning_rate", .y = "hidden", .value = "solved", .look = &look, .bare = true};
  (void)state;
  assert_int_equal(lur_plot_heatmap(t, &ask, &b, &e), LUR_OK);
  decode(&b, &image, &rgb);
  assert_int_equal(image.width, 7);
  assert_int_equal(image.height, 2);
  lur_palette_fill(LUR_VIRIDIS, color);
  for (int x = 0; x < 7; x++)
    for (int y = 0; y < 2; y++) { /* the lowest y is the last row; a rate's colours run from 0 to 1 */
      const uint8_t *p = rgb + 3 * ((1 - y) * 7 + x);
      struct lur_color expected = color[(int)(fold_by_hand(LUR_FOLD_RATE, x, y) * LUR_RAMP)];
      assert_memory_equal(p, &expected, 3);
    }
  free(rgb);
  lur_buffer_free(&b);
  lur_table_free(t);
}

/* Every cell has its colour on as many whole pixels as another, but for the frame around all of them. */
static void a_framed_heatmap_shows_whole_cells(void **state) {
  enum { WIDE = 91, HIGH = 320 }; /* 640 / 7 and 640 / 2 */
  struct lur_error e = {0};
  struct lur_buffer b = {0};
  struct lur_color color[LUR_N_COLORS];
  char note[LUR_NOTE_BYTES];
  png_image image;
  uint8_t *rgb;
  struct lur_table *t = lur_table_open(path, &e);
  const struct lur_plot_ask ask = {.x = "learning_rate", .y = "hidden", .value = "solved", .look = &look, .note = note};
  (void)state;
  assert_int_equal(lur_plot_heatmap(t, &ask, &b, &e), LUR_OK);
  decode(&b, &image, &rgb);
  assert_in_range(image.width, 7 * WIDE, 7 * WIDE + 300);
  assert_in_range(image.height, 2 * HIGH, 2 * HIGH + 200);
  lur_palette_fill(LUR_VIRIDIS, color);
  for (int x = 0; x < 7; x++)
    for (int y = 0; y < 2; y++) {
      struct lur_color expected = color[(int)(fold_by_hand(LUR_FOLD_RATE, x, y) * LUR_RAMP)];
      size_t n = 0;
      for (size_t i = 0; i < (size_t)image.width * image.height; i++)
        n += memcmp(rgb + 3 * i, &expected, 3) == 0;
      assert_true(n >= (WIDE - 2) * (HIGH - 2));
    }
  free(rgb);
  lur_buffer_free(&b);
  lur_table_free(t);
}

/* ---- Paper: no letters, whose shapes differ from system to system ---- */
static void draw_shapes(enum lur_picture_format format, enum lur_theme theme, struct lur_buffer *out) {
  static const double triangle[] = {60, 10, 80, 10, 80, 30};
  static uint8_t cell[] = {LUR_MISSING, LUR_BAD, 0, 0};
  const struct lur_tint red = {.tone = LUR_TONE_GIVEN, .given = {200, 0, 0}};
  struct lur_cells_picture cells = {.width = 2, .height = 2, .cell = cell};
  struct lur_error e = {0};
  struct lur_paper *p = lur_paper_new(format, theme, &e);
  assert_non_null(p);
  lur_palette_fill(LUR_VIRIDIS, cells.color);
  assert_int_equal(lur_paper_open(p, 100, 50, 72, "shapes", &e), LUR_OK);
  lur_paper_rect(p, 10, 10, 20, 20, red);
  lur_paper_polygon(p, 3, triangle, red);
  lur_paper_clip(p, 0, 40, 5, 10);
  lur_paper_rect(p, 0, 40, 100, 10, red);
  lur_paper_unclip(p);
  lur_paper_disc(p, 45, 20, 8, red, 2, lur_ink);
  lur_paper_cells(p, 90, 0, 10, 10, &cells);
  assert_int_equal(lur_paper_finish(p, NULL, out, &e), LUR_OK);
  lur_paper_free(p);
}

static void shapes_have_their_pixels(void **state) {
  static const struct {
    int x, y;
    uint8_t rgb[3];
  } expected[] = {{5, 5, {255, 255, 255}},   {10, 10, {200, 0, 0}},    {29, 29, {200, 0, 0}},
                  {30, 30, {255, 255, 255}}, {78, 12, {200, 0, 0}},    {61, 28, {255, 255, 255}},
                  {4, 45, {200, 0, 0}},      {6, 45, {255, 255, 255}}, {45, 20, {200, 0, 0}},
                  {91, 1, {236, 236, 236}},  {98, 1, {150, 150, 150}}, {91, 9, {0x44, 0x01, 0x54}},
                  {45, 12, {34, 34, 34}}};
  struct lur_buffer b = {0};
  png_image image;
  uint8_t *rgb;
  (void)state;
  draw_shapes(LUR_PNG, LUR_LIGHT, &b);
  decode(&b, &image, &rgb);
  assert_true(image.width == 100 && image.height == 50);
  for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
    assert_memory_equal(rgb + 3 * (expected[i].y * 100 + expected[i].x), expected[i].rgb, 3);
  free(rgb);
  lur_buffer_free(&b);
}

static void the_same_figure_is_the_same_bytes(void **state) {
  (void)state;
  for (int format = 0; format < LUR_N_PICTURE_FORMATS; format++)
    for (int theme = 0; theme < LUR_N_THEMES; theme++) {
      struct lur_buffer a = {0}, b = {0};
      draw_shapes((enum lur_picture_format)format, (enum lur_theme)theme, &a);
      draw_shapes((enum lur_picture_format)format, (enum lur_theme)theme, &b);
      assert_int_equal(a.length_bytes, b.length_bytes);
      assert_memory_equal(a.data, b.data, a.length_bytes);
      assert_null(memmem(a.data, a.length_bytes, "CreationDate", 12));
      assert_true((memmem(a.data, a.length_bytes, "prefers-color-scheme", 20) != NULL) ==
                  (format == LUR_SVG && theme == LUR_AUTO));
      lur_buffer_free(&a);
      lur_buffer_free(&b);
    }
}

static void what_is_too_large_is_refused(void **state) {
  static const double sides[][3] = {{1e9, 1, 72}, {14400, 14400, 4800}, {1, 40000, 72}};
  (void)state;
  for (size_t i = 0; i < 3; i++) {
    struct lur_error e = {0};
    struct lur_paper *p = lur_paper_new(LUR_PNG, LUR_LIGHT, &e);
    assert_int_equal(lur_paper_open(p, sides[i][0], sides[i][1], sides[i][2], NULL, &e), LUR_EINPUT);
    assert_non_null(strstr(e.text, "too large"));
    lur_paper_free(p);
  }
}

static void letters_that_no_font_has_are_known(void **state) {
  const struct lur_letters l = {.size = 9, .ink = lur_ink};
  struct lur_error e = {0};
  struct lur_paper *p = lur_paper_new(LUR_PNG, LUR_LIGHT, &e);
  (void)state;
  assert_true(lur_paper_text_width(p, "W\xc3\xbc", &l) > 9);
  assert_true(lur_paper_text_width(p, "\xff\n\x1b", &l) > 9); /* each a question mark */
  assert_null(lur_paper_lacks(p));
  lur_paper_text_width(p, "a \xcd\xb8", &l); /* U+0378 is no character yet */
  assert_string_equal(lur_paper_lacks(p), "a \xcd\xb8");
  lur_paper_free(p);
}

/* ---- Looks ---- */
static void looks_are_read(void **state) {
  static const struct {
    enum lur_look_option option;
    const char *text;
  } wrong[] = {{LUR_LOOK_size, "90"},       {LUR_LOOK_size, "90x60km"}, {LUR_LOOK_size, "0x10mm"},
               {LUR_LOOK_size, "-1x10mm"},  {LUR_LOOK_size, "nanx1mm"}, {LUR_LOOK_size, "90x9e9mm"},
               {LUR_LOOK_size, "90x60mm "}, {LUR_LOOK_size, ""},        {LUR_LOOK_dpi, "0"},
               {LUR_LOOK_dpi, "1e9"},       {LUR_LOOK_dpi, "300dpi"},   {LUR_LOOK_font_size, "0.5"},
               {LUR_LOOK_font_size, "inf"}, {LUR_LOOK_palette, "jet"},  {LUR_LOOK_xlim, "1"},
               {LUR_LOOK_xlim, "1,1"},      {LUR_LOOK_ylim, "1,nan"},   {LUR_LOOK_ylim, "1,2,3"},
               {LUR_LOOK_legend, "above"},  {LUR_LOOK_theme, "night"},  {LUR_LOOK_theme, ""}};
  struct lur_look look_ = {.format = LUR_PNG};
  struct lur_error e = {0};
  (void)state;
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
    assert_int_equal(lur_look_set(&look_, wrong[i].option, wrong[i].text, &e), LUR_EINPUT);
  assert_int_equal(lur_look_set(&look_, LUR_LOOK_size, "25.4x50.8mm", &e), LUR_OK);
  assert_true(fabs(lur_look_points(&look_, look_.width) - 72) < 1e-9 && fabs(look_.height - 144) < 1e-9);
  assert_int_equal(lur_look_set(&look_, LUR_LOOK_size, "144x72", &e), LUR_OK);
  assert_true(lur_look_points(&look_, look_.width) == 72);
  assert_int_equal(lur_look_set(&look_, LUR_LOOK_xlim, "-1,2", &e), LUR_OK);
  assert_true(look_.has_x && look_.x[0] == -1 && look_.x[1] == 2);
}

static void zero_is_the_least_of_logarithms(void **state) {
  static const double x[] = {0, 1e-3, 1, 1e3, 1e6};
  struct lur_shade s;
  struct lur_error e = {0};
  (void)state;
  assert_int_equal(lur_shade_make_of(x, 5, false, LUR_SHADE_AUTO, "loss", &s, &e), LUR_OK);
  assert_int_equal(s.kind, LUR_SHADE_LOG);
  assert_int_equal(lur_shade_color(&s, 0), 0);
  assert_int_equal(lur_shade_color(&s, 1e-3), 0);
  assert_in_range(lur_shade_color(&s, 1), LUR_RAMP / 4, LUR_RAMP / 2);
  lur_shade_free(&s);
  assert_int_equal(lur_shade_make_of(x, 1, false, LUR_SHADE_LOG, "loss", &s, &e), LUR_EINPUT);
  assert_int_equal(lur_shade_make_of(x, 3, true, LUR_SHADE_AUTO, "solved", &s, &e), LUR_OK);
  assert_int_equal(s.kind, LUR_SHADE_LINEAR);
  lur_shade_free(&s);
}

static void mistakes_are_told(void **state) {
  struct lur_error e = {0};
  struct lur_buffer b = {0};
  struct lur_table *t = lur_table_open(path, &e);
  (void)state;
  assert_int_equal(
      lur_plot_heatmap(t, &(struct lur_plot_ask){.x = "lerning_rate", .value = "loss", .look = &look}, &b, &e),
      LUR_EINPUT);
  assert_int_equal(
      lur_plot_heatmap(t, &(struct lur_plot_ask){.x = "hidden", .value = "loss", .where = "run < 0", .look = &look}, &b,
                       &e),
      LUR_EINPUT);
  assert_string_equal(e.text, "no row has these columns");
  assert_int_equal(lur_plot_curves(t, &(struct lur_plot_ask){.x = "hidden", .value = "los", .look = &look}, &b, &e),
                   LUR_EINPUT);
  assert_null(b.data);
  lur_table_free(t);
}

static void lightness_rises_and_a_signed_ramp_is_light_at_its_middle(void **state) {
  struct lur_color c[LUR_N_COLORS];
  (void)state;
  lur_palette_fill(LUR_VIRIDIS, c);
  for (int i = 8; i < LUR_RAMP; i += 8) {
    double now = 0.2126 * c[i].r + 0.7152 * c[i].g + 0.0722 * c[i].b;
    double before = 0.2126 * c[i - 8].r + 0.7152 * c[i - 8].g + 0.0722 * c[i - 8].b;
    assert_true(now > before);
  }
  lur_palette_fill(LUR_DIVERGING, c);
  assert_true(c[LUR_RAMP / 2].r > 235 && c[LUR_RAMP / 2].b > 235);
  assert_true(c[0].b > c[0].r + 60 && c[LUR_RAMP - 1].r > c[LUR_RAMP - 1].b + 60);
}

static void ticks_are_round(void **state) {
  double tick[LUR_MOST_TICKS];
  struct lur_scale linear = {false, 0, 1}, log_ = {true, 0.003, 2000};
  (void)state;
  int n = lur_scale_ticks(&linear, 6, tick);
  assert_int_equal(n, 6);
  for (int i = 0; i < n; i++)
    assert_true(fabs(tick[i] - 0.2 * i) <= 1e-12);
  assert_int_equal(lur_scale_ticks(&log_, 8, tick), 6);
  assert_true(tick[0] == 0.01 && tick[5] == 1000);
}

/* Curves may be of anything: a gap, one point, equal values. */
static void every_range_has_a_scale(void **state) {
  double tick[LUR_MOST_TICKS];
  const double ends[] = {0, 1, -1, 1e-300, 1e300, -1e300, NAN, INFINITY};
  (void)state;
  for (size_t i = 0; i < 8; i++)
    for (size_t j = 0; j < 8; j++)
      for (int is_log = 0; is_log < 2; is_log++) {
        struct lur_scale s = lur_scale_make(ends[i], ends[j], is_log);
        assert_in_range(lur_scale_ticks(&s, 7, tick), 0, LUR_MOST_TICKS);
      }
}

static void a_scale_may_be_wider_than_a_number(void **state) {
  double tick[LUR_MOST_TICKS];
  struct lur_scale s = lur_scale_make(-1e308, 1e308, false);
  (void)state;
  assert_true(lur_scale_at(&s, 0) == 0.5 && lur_scale_at(&s, 1e308) == 1);
  assert_true(lur_scale_value(&s, 0.5) == 0);
  assert_in_range(lur_scale_ticks(&s, 7, tick), 3, 8);
  const double low[] = {-DBL_MAX, -DBL_MAX, 1e-300};
  const double high[] = {DBL_MAX, 0, DBL_MAX};
  for (int i = 0; i < 6; i++) {
    s = lur_scale_make(low[i / 2], high[i / 2], i % 2);
    int n = lur_scale_ticks(&s, 7, tick);
    assert_in_range(n, 2, 9);
    for (int k = 0; k < n; k++)
      assert_true(isfinite(tick[k]) && (k == 0 || tick[k] > tick[k - 1]));
  }
}

static void markup_is_inert(void **state) {
  struct lur_buffer b = {0};
  (void)state;
  lur_markup_text("</script><img src=\"x\" onerror='1'>&\x01\xff\xc3\xa9", &b);
  assert_string_equal(b.data, "&lt;/script&gt;&lt;img src=&quot;x&quot; onerror=&#39;1&#39;&gt;&amp;??\xc3\xa9");
  b.length_bytes = 0;
  lur_markup_base64("Man", 3, &b);
  lur_markup_base64("Ma", 2, &b);
  lur_markup_base64("M", 1, &b);
  assert_string_equal(b.data, "TWFuTWE=TQ==");
  b.length_bytes = 0;
  lur_markup_json("</script>\"\\&\n\xff\xc3\xa9", &b);
  assert_string_equal(b.data, "\"\\u003c/script\\u003e\\u0022\\u005c\\u0026\\u000a?\xc3\xa9\"");
  lur_buffer_free(&b);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(folds_are_those_of_the_rows),
      cmocka_unit_test(a_bare_heatmap_is_a_pixel_a_cell),
      cmocka_unit_test(a_framed_heatmap_shows_whole_cells),
      cmocka_unit_test(shapes_have_their_pixels),
      cmocka_unit_test(the_same_figure_is_the_same_bytes),
      cmocka_unit_test(what_is_too_large_is_refused),
      cmocka_unit_test(letters_that_no_font_has_are_known),
      cmocka_unit_test(looks_are_read),
      cmocka_unit_test(zero_is_the_least_of_logarithms),
      cmocka_unit_test(mistakes_are_told),
      cmocka_unit_test(lightness_rises_and_a_signed_ramp_is_light_at_its_middle),
      cmocka_unit_test(ticks_are_round),
      cmocka_unit_test(every_range_has_a_scale),
      cmocka_unit_test(a_scale_may_be_wider_than_a_number),
      cmocka_unit_test(markup_is_inert),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
