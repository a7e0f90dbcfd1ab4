/* SPDX-License-Identifier: MIT
 * The page, part by part; each reads the rows once. Everything that a script could have named is escaped, and the
 * page's policy allows its own style and script only, by their SHA-256, and pictures within the page. */
#include "view/report.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/sha256.h"
#include "view/chart.h"
#include "view/groups.h"
#include "view/markup.h"
#include "view/plot.h"
#include "view/summary.h"

enum { MOST_CURVES = 6 };

struct axis {
  const char *name;
  size_t n;
};

struct report {
  struct lur_table *t;
  const struct lur_table_facts *f;
  struct lur_buffer *out;
  const char *value; /* what pictures show */
  bool any_solved;
  struct axis axis[LUR_MAX_KEYS]; /* but seed, those of most values first */
  int n_axes;
};

static void write_digest(const char *a, const char *b, struct lur_buffer *out) {
  struct lur_sha256 s;
  char hex[65];
  uint8_t bytes[32];
  lur_sha256_start(&s);
  lur_sha256_add(&s, a, strlen(a));
  lur_sha256_add(&s, b, strlen(b));
  lur_sha256_finish(&s, hex);
  for (int i = 0; i < 32; i++) {
    char two[3] = {hex[2 * i], hex[2 * i + 1], 0};
    bytes[i] = (uint8_t)strtoul(two, NULL, 16);
  }
  lur_buffer_text(out, "'sha256-");
  lur_markup_base64(bytes, sizeof bytes, out);
  lur_buffer_text(out, "'");
}

static void write_head(struct report *r) {
  struct lur_buffer style = {0}, *out = r->out;
  const char *name = r->f->sweep.name[0] ? r->f->sweep.name : "a sweep";
  lur_chart_style(&style);
  lur_buffer_text(out, "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
                       "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; "
                       "style-src ");
  write_digest(lur_report_style, style.data ? style.data : "", out);
  lur_buffer_text(out, "; script-src ");
  write_digest(lur_report_script, "", out);
  lur_buffer_text(out, "\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                       "<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
  lur_markup_text(name, out);
  lur_buffer_format(out, "</title>\n<style>%s%s</style></head>\n<body>\n<h1>", lur_report_style,
                    style.data ? style.data : "");
  lur_markup_text(name, out);
  lur_buffer_text(out, "</h1>\n");
  out->failed |= style.failed;
  lur_buffer_free(&style);
}

static int write_summary(struct report *r, struct lur_error *e) {
  struct lur_buffer text = {0};
  const struct lur_summary_ask ask = {.n_best = 10};
  int code = lur_summary_write(r->t, &ask, &text, e);
  if (!code && text.data) {
    lur_buffer_text(r->out, "<pre id=\"summary\">");
    lur_markup_text(text.data, r->out);
    lur_buffer_text(r->out, "</pre>\n");
  }
  lur_buffer_free(&text);
  return code;
}

static int by_size(const void *a, const void *b) {
  const struct axis *p = a, *q = b;
  return (p->n < q->n) - (p->n > q->n);
}

/* One pass counts the values of all axes, and whether any run was solved. */
static int measure(struct report *r, struct lur_error *e) {
  struct lur_buffer sql = {0};
  const struct lur_cell *c;
  lur_buffer_text(&sql, "sum(status = 'solved')");
  for (int i = 0; i < r->f->n_columns && r->n_axes < LUR_MAX_KEYS; i++) {
    const struct lur_column *column = &r->f->column[i];
    if (column->role != LUR_COLUMN_AXIS || strcmp(column->name, "seed") == 0)
      continue;
    r->axis[r->n_axes++].name = column->name;
    lur_buffer_text(&sql, ", count(DISTINCT ");
    lur_sql_name(column->name, &sql);
    lur_buffer_text(&sql, ")");
  }
  const struct lur_ask ask = {.select = sql.data, .order = "1", .deadline_ms = -1};
  struct lur_query *q = sql.failed ? NULL : lur_query_new(r->t, &ask, e);
  int got = q ? lur_query_next(q, &c, e) : -(sql.failed ? lur_fail_memory(e) : e->code);
  r->any_solved = got > 0 && c[0].kind == LUR_CELL_INTEGER && c[0].as.integer > 0;
  for (int i = 0; i < r->n_axes && got > 0; i++)
    r->axis[i].n = (size_t)c[i + 1].as.integer;
  lur_query_free(q);
  lur_buffer_free(&sql);
  qsort(r->axis, (size_t)r->n_axes, sizeof *r->axis, by_size);
  r->value = lur_table_column(r->t, "trainability") >= 0 ? "trainability" : r->any_solved ? "solved" : "loss";
  return got < 0 ? -got : LUR_OK;
}

static int write_heatmap(struct report *r, struct lur_error *e) {
  struct lur_plot_ask ask = {.x = r->axis[0].name, .value = r->value};
  if (r->n_axes < 2 || r->axis[1].n < 2)
    return LUR_OK;
  ask.y = r->axis[1].name;
  lur_buffer_text(r->out, "<h2>The two widest axes</h2>\n");
  return lur_plot_page_heatmap(r->t, &ask, r->out, e);
}

static int write_curves(struct report *r, struct lur_error *e) {
  int code = LUR_OK;
  lur_buffer_text(r->out, "<h2>Along each axis, over all others</h2>\n<div class=\"curves\">\n");
  for (int i = 0; i < r->n_axes && i < MOST_CURVES && !code; i++) {
    const struct lur_plot_ask ask = {.x = r->axis[i].name, .value = r->value};
    if (r->axis[i].n > 1)
      code = lur_plot_chart(r->t, &ask, false, r->out, e);
  }
  if (!code && r->any_solved)
    code = lur_plot_chart(r->t, &(struct lur_plot_ask){.ecdf = true}, false, r->out, e);
  lur_buffer_text(r->out, "</div>\n");
  return code;
}

static void write_fact(struct report *r, const char *name, const char *text) {
  if (!text || !text[0])
    return;
  lur_buffer_format(r->out, "<tr><th>%s</th><td>", name);
  lur_markup_text(text, r->out);
  lur_buffer_text(r->out, "</td></tr>\n");
}

static void write_provenance(struct report *r, const char *version) {
  const struct lur_sweep_facts *f = &r->f->sweep;
  struct lur_buffer command = {0};
  lur_buffer_format(&command, "luron sweep %s %s", f->script_path, f->overrides);
  for (size_t i = 0; i < command.length_bytes; i++)
    if (command.data[i] == '\n')
      command.data[i] = ' ';
  lur_buffer_text(r->out, "<h2>Where it comes from</h2>\n<table>\n");
  write_fact(r, "Again", command.data);
  write_fact(r, "File", lur_table_path(r->t));
  write_fact(r, "Digest", f->hash);
  write_fact(r, "Made with", f->versions);
  write_fact(r, "Report by", version);
  write_fact(r, "Host", f->host);
  write_fact(r, "Commit", f->git_commit);
  write_fact(r, "Begun", r->f->started);
  write_fact(r, "Finished", r->f->finished[0] ? r->f->finished : "not yet");
  lur_buffer_text(r->out, "</table>\n<details><summary>The script</summary><pre>");
  lur_markup_text(f->script, r->out);
  lur_buffer_text(r->out, "</pre></details>\n");
  r->out->failed |= command.failed;
  lur_buffer_free(&command);
}

int lur_report_write(struct lur_table *t, const char *version, struct lur_buffer *out, struct lur_error *e) {
  struct report r = {.t = t, .f = lur_table_facts(t), .out = out};
  write_head(&r);
  int code = measure(&r, e);
  if (!code)
    code = write_summary(&r, e);
  if (!code)
    code = write_heatmap(&r, e);
  if (!code)
    code = write_curves(&r, e);
  if (!code)
    write_provenance(&r, version);
  lur_buffer_format(out, "<script>%s</script>\n</body></html>\n", lur_report_script);
  return code ? code : out->failed ? lur_fail_memory(e) : LUR_OK;
}
