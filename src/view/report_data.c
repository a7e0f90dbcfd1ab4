/* SPDX-License-Identifier: MIT
 * What the page's script draws, as JSON: the axes, and columns with one number per combination. A column of few
 * distinct numbers is a table of them and one byte per combination, else floats of 32 bits, or of 64 if those do not
 * reach, little end first; bytes are base64. What does not fit the page is made coarser, two neighbouring values of the
 * longest axis into one at a time; then combinations are left out, evenly by a hash of their number. */
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "view/palette.h"
#include "view/markup.h"
#include "view/report_parts.h"

enum { MOST_BYTES = 2400000, LEAST_LEVELS = 64, MOST_DISTINCT = 256, N_SLOTS = 1024 };

struct column {
  double *value; /* n */
  uint8_t *code; /* n; has room for n floats */
  size_t n;
  int n_distinct; /* above MOST_DISTINCT: as floats */
  double distinct[MOST_DISTINCT];
};

struct chosen {
  const struct lur_cells *cells;
  struct lur_cells own; /* empty where they are the report's */
  size_t n, *cell;      /* those that the page has */
};

/* ---- Columns ---- */
static uint64_t bits_of(double x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

static void find_codes(struct column *c) {
  uint16_t slot[N_SLOTS] = {0};
  for (size_t i = 0; i < c->n && c->n_distinct <= MOST_DISTINCT; i++) {
    uint64_t bits = bits_of(c->value[i]);
    size_t at = (bits * 0x9e3779b97f4a7c15u) >> 54;
    while (slot[at] && bits_of(c->distinct[slot[at] - 1]) != bits)
      at = (at + 1) % N_SLOTS;
    if (!slot[at] && c->n_distinct == MOST_DISTINCT) {
      c->n_distinct++;
      return;
    }
    if (!slot[at]) {
      c->distinct[c->n_distinct++] = c->value[i];
      slot[at] = (uint16_t)c->n_distinct;
    }
    c->code[i] = (uint8_t)(slot[at] - 1);
  }
}

static void write_column(struct column *c, struct lur_buffer *out) {
  find_codes(c);
  if (c->n_distinct > MOST_DISTINCT) {
    bool fits = true;
    for (size_t i = 0; i < c->n && fits; i++)
      fits = isnan(c->value[i]) || c->value[i] == 0 || (fabs(c->value[i]) >= FLT_MIN && fabs(c->value[i]) <= FLT_MAX);
    float *narrow = (float *)(void *)c->code;
    lur_buffer_format(out, "{\"%s\":\"", fits ? "floats" : "doubles");
    for (size_t i = 0; i < c->n && fits; i++)
      narrow[i] = (float)c->value[i];
    if (fits)
      lur_markup_base64(narrow, c->n * sizeof *narrow, out);
    else
      lur_markup_base64(c->value, c->n * sizeof *c->value, out);
    lur_buffer_text(out, "\"}");
    return;
  }
  lur_buffer_text(out, "{\"table\":[");
  for (int i = 0; i < c->n_distinct; i++) {
    lur_buffer_text(out, i ? "," : "");
    if (isfinite(c->distinct[i]))
      lur_buffer_format(out, "%.17g", c->distinct[i]);
    else
      lur_buffer_text(out, "null");
  }
  lur_buffer_text(out, "]");
  if (c->n_distinct > 1) {
    lur_buffer_text(out, ",\"codes\":\"");
    lur_markup_base64(c->code, c->n, out);
    lur_buffer_text(out, "\"");
  }
  lur_buffer_text(out, "}");
}

/* A column of the combinations that the page has, of numbers, or of counts where there are none. */
static int write_values(const struct chosen *c, const double *number, const uint64_t *count, struct lur_buffer *out,
                        struct lur_error *e) {
  struct column column = {.n = c->n, .value = lur_alloc(c->n, sizeof(double)), .code = lur_alloc(c->n, sizeof(float))};
  bool ok = column.value && column.code;
  for (size_t i = 0; i < c->n && ok; i++)
    column.value[i] = number ? number[c->cell[i]] : (double)count[c->cell[i]];
  if (ok)
    write_column(&column, out);
  free(column.value);
  free(column.code);
  return ok ? LUR_OK : lur_fail_memory(e);
}

static int write_metric(const struct chosen *c, int metric, struct lur_buffer *out, struct lur_error *e) {
  const struct lur_frame_metric *m = &c->cells->frame->metric[metric];
  lur_buffer_format(out, "%s\n{\"name\":", metric ? "," : "");
  lur_markup_json(m->name, out);
  lur_buffer_format(out, ",\"high\":%s,\"column\":", m->high ? "true" : "false");
  int code = write_values(c, c->cells->median[metric], NULL, out, e);
  lur_buffer_text(out, "}");
  return code;
}

/* ---- Axes ---- */
static const char *spacing_of(const struct lur_report *r, int axis) {
  const struct lur_grid_axis *a = &r->frame.axis[axis];
  bool even = a->spacing != LUR_SPACE_LIST && !(a->n_bins && r->frame.gap[axis]);
  return !even ? "list" : a->spacing == LUR_SPACE_LOG ? "log" : "linear";
}

static void write_scale(const struct lur_report *r, const struct chosen *c, int axis, struct lur_buffer *out) {
  const struct lur_grid_axis *a = &r->frame.axis[axis];
  size_t n = lur_cells_n_levels(c->cells, axis);
  lur_buffer_format(out, ",\"spacing\":\"%s\"", spacing_of(r, axis));
  if (strcmp(spacing_of(r, axis), "list") == 0)
    return;
  struct lur_scale s = lur_grid_scale(a);
  lur_buffer_format(out, ",\"low\":%.17g,\"high\":%.17g,\"span\":%.17g", s.low, s.high,
                    (double)(n << c->cells->shift[axis]) / (double)a->n);
}

static int write_levels(const struct chosen *c, int axis, struct lur_buffer *out, struct lur_error *e) {
  bool wide = lur_cells_n_levels(c->cells, axis) > 256;
  size_t size_bytes = wide ? 2 : 1;
  uint8_t *at = lur_alloc(c->n, size_bytes);
  if (!at)
    return lur_fail_memory(e);
  for (size_t i = 0; i < c->n; i++) {
    uint32_t level = lur_cells_level(c->cells, c->cell[i], axis);
    at[i * size_bytes] = (uint8_t)level;
    if (wide)
      at[i * 2 + 1] = (uint8_t)(level >> 8);
  }
  lur_buffer_format(out, ",\"wide\":%s,\"at\":\"", wide ? "true" : "false");
  lur_markup_base64(at, c->n * size_bytes, out);
  lur_buffer_text(out, "\"");
  free(at);
  return LUR_OK;
}

static int write_axis(const struct lur_report *r, const struct chosen *c, int axis, struct lur_buffer *out,
                      struct lur_error *e) {
  char text[144];
  lur_buffer_format(out, "%s\n{\"name\":", axis ? "," : "");
  lur_markup_json(r->frame.axis[axis].name, out);
  lur_buffer_text(out, ",\"labels\":[");
  for (size_t i = 0; i < lur_cells_n_levels(c->cells, axis); i++) {
    lur_cells_label(c->cells, axis, i, text);
    lur_buffer_text(out, i ? "," : "");
    lur_markup_json(text, out);
  }
  lur_buffer_text(out, "]");
  write_scale(r, c, axis, out);
  int code = write_levels(c, axis, out, e);
  lur_buffer_text(out, "}");
  return code;
}

/* ---- What fits ---- */
/* Combinations that there can be at most, after what was made coarser. */
static double most_cells(const struct lur_report *r, const struct lur_cells *c) {
  double n = 1;
  for (int i = 0; i < r->frame.n_axes; i++)
    n *= (double)lur_cells_n_levels(c, i);
  return n < (double)r->cells.n ? n : (double)r->cells.n;
}

static int longest(const struct lur_report *r, const struct lur_cells *c) {
  int axis = -1;
  size_t most = LEAST_LEVELS;
  for (int i = 0; i < r->frame.n_axes; i++)
    if (lur_cells_n_levels(c, i) > most) {
      axis = i;
      most = lur_cells_n_levels(c, i);
    }
  return axis;
}

static int choose(struct lur_report *r, struct chosen *c, struct lur_error *e) {
  /* Bytes of one combination: a float a metric, or a byte where it has few values; counts and levels. */
  size_t room = MOST_BYTES / (3 + 4 * (size_t)r->frame.n_metrics + 2 * (size_t)r->frame.n_axes), n_kept = 0;
  int axis;
  c->own = (struct lur_cells){.frame = &r->frame, .ranks = -1};
  while ((axis = longest(r, &c->own)) >= 0 &&
         (most_cells(r, &c->own) > (double)room || lur_cells_n_levels(&c->own, axis) > 4096))
    c->own.shift[axis]++;
  bool same = true; /* as the report's: no axis was drawn, and none is coarser here */
  for (int i = 0; i < r->frame.n_axes; i++)
    same &= !r->frame.axis[i].n_bins && !c->own.shift[i];
  c->cells = same ? &r->cells : &c->own;
  int code = same ? LUR_OK : lur_cells_read(&c->own, e);
  c->cell = code ? NULL : lur_alloc(c->cells->n, sizeof *c->cell);
  if (!c->cell)
    return code ? code : lur_fail_memory(e);
  double share = c->cells->n > room ? (double)room / (double)c->cells->n : 1;
  for (size_t i = 0; i < c->cells->n; i++)
    if (share >= 1 || (double)((uint32_t)i * 0x9e3779b9u) < share * 4294967296.0)
      c->cell[n_kept++] = i;
  c->n = n_kept;
  return LUR_OK;
}

static int write_data(const struct lur_report *r, const struct chosen *c, struct lur_error *e) {
  int code = LUR_OK;
  lur_buffer_format(r->out,
                    "<script type=\"application/json\" id=\"data\">{\"n\":%zu,\"cells\":%zu,\"exact\":%zu,"
                    "\"repeated\":%s,\"any_solved\":%s,\"any_diverged\":%s,\"rank\":",
                    c->n, c->cells->n, r->cells.n, r->n_runs > r->cells.n ? "true" : "false",
                    r->n_solved ? "true" : "false", r->n_diverged ? "true" : "false");
  lur_markup_json(r->by_rate || strcmp(r->ranking.metric, "loss") == 0 ? "" : r->ranking.metric, r->out);
  lur_buffer_text(r->out, ",\"axes\":[");
  for (int i = 0; i < r->frame.n_axes && !code; i++)
    code = write_axis(r, c, i, r->out, e);
  lur_buffer_text(r->out, "],\n\"metrics\":[");
  for (int i = 0; i < r->frame.n_metrics && !code; i++)
    code = write_metric(c, i, r->out, e);
  lur_buffer_text(r->out, "]");
  static const char *const counted[] = {"runs", "solved", "diverged"};
  const uint64_t *const count[] = {c->cells->n_runs, c->cells->n_solved, c->cells->n_diverged};
  for (int i = 0; i < 3 && !code; i++) {
    lur_buffer_format(r->out, ",\n\"%s\":", counted[i]);
    code = write_values(c, NULL, count[i], r->out, e);
  }
  static const struct {
    const char *name;
    enum lur_palette palette;
  } ramps[] = {{"even", LUR_VIRIDIS}, {"signed", LUR_DIVERGING}};
  struct lur_color color[LUR_N_COLORS];
  for (size_t k = 0; k < sizeof ramps / sizeof *ramps; k++) {
    lur_palette_fill(r->look->has_palette ? r->look->palette : ramps[k].palette, color);
    lur_buffer_format(r->out, ",\n\"%s\":\"", ramps[k].name);
    for (int i = 0; i < LUR_RAMP; i++)
      lur_buffer_format(r->out, "%02x%02x%02x", color[i].r, color[i].g, color[i].b);
    lur_buffer_text(r->out, "\"");
  }
  lur_buffer_text(r->out, "}</script>\n");
  return code;
}

int lur_report_data(struct lur_report *r, struct lur_error *e) {
  struct chosen c = {0};
  int code = choose(r, &c, e);
  if (!code)
    code = write_data(r, &c, e);
  lur_cells_free(&c.own);
  free(c.cell);
  return code;
}
