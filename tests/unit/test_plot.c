/* SPDX-License-Identifier: MIT
 * Pictures, pixel by pixel: folding, colours, order of the axes, ticks, letters, markup. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
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
  const struct lur_plot_ask ask = {
      .x = "learning_rate", .y = "hidden", .value = "solved", .fold = LUR_FOLD_RATE, .bare = true};
  (void)state;
  assert_int_equal(lur_plot_heatmap(t, &ask, &b, &e), LUR_OK);
  decode(&b, &image, &rgb);
  assert_int_equal(image.width, 7);
  assert_int_equal(image.height, 2);
  lur_palette_fill(LUR_RAMP_EVEN, color);
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

static void a_framed_heatmap_has_ink_around_its_cells(void **state) {
  struct lur_error e = {0};
  struct lur_buffer b = {0};
  png_image image;
  uint8_t *rgb;
  size_t n_ink = 0, n_paper = 0;
  struct lur_table *t = lur_table_open(path, &e);
  const struct lur_plot_ask ask = {.x = "learning_rate", .y = "hidden", .value = "loss"};
  (void)state;
  assert_int_equal(lur_plot_heatmap(t, &ask, &b, &e), LUR_OK);
  decode(&b, &image, &rgb);
  assert_in_range(image.width, 640, 1000);
  for (size_t i = 0; i < (size_t)image.width * image.height; i++) {
    n_ink += rgb[3 * i] == 34 && rgb[3 * i + 1] == 34;
    n_paper += rgb[3 * i] == 255 && rgb[3 * i + 1] == 255 && rgb[3 * i + 2] == 255;
  }
  assert_true(n_ink > 3000); /* frames, and the letters of names and ticks */
  assert_true(n_paper > 20000);
  free(rgb);
  lur_buffer_free(&b);
  lur_table_free(t);
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
  assert_int_equal(lur_plot_heatmap(t, &(struct lur_plot_ask){.x = "lerning_rate", .value = "loss"}, &b, &e),
                   LUR_EINPUT);
  assert_int_equal(
      lur_plot_heatmap(t, &(struct lur_plot_ask){.x = "hidden", .value = "loss", .where = "run < 0"}, &b, &e),
      LUR_EINPUT);
  assert_string_equal(e.text, "no row has these columns");
  assert_int_equal(lur_plot_curves(t, &(struct lur_plot_ask){.x = "hidden", .value = "los"}, &b, &e), LUR_EINPUT);
  assert_null(b.data);
  lur_table_free(t);
}

static void lightness_rises_and_a_signed_ramp_is_light_at_its_middle(void **state) {
  struct lur_color c[LUR_N_COLORS];
  (void)state;
  lur_palette_fill(LUR_RAMP_EVEN, c);
  for (int i = 8; i < LUR_RAMP; i += 8) {
    double now = 0.2126 * c[i].r + 0.7152 * c[i].g + 0.0722 * c[i].b;
    double before = 0.2126 * c[i - 8].r + 0.7152 * c[i - 8].g + 0.0722 * c[i - 8].b;
    assert_true(now > before);
  }
  lur_palette_fill(LUR_RAMP_SIGNED, c);
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
      cmocka_unit_test(a_framed_heatmap_has_ink_around_its_cells),
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
