/* SPDX-License-Identifier: MIT
 * The page, from a few passes over the rows, of which only combinations are kept. Everything that a script could have
 * named is escaped, and the page's policy allows its own style and script only, by their SHA-256. */
#include "view/report.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "base/memory.h"
#include "base/path.h"
#include "base/sha256.h"
#include "engine/engine.h"
#include "view/chart.h"
#include "view/paper.h"
#include "view/markup.h"
#include "view/others.h"
#include "store/words.h"
#include "view/report_parts.h"

enum { MOST_ASKED = 200 };

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

static void write_head(struct lur_report *r) {
  struct lur_buffer style = {0}, *out = r->out;
  const char *file = lur_path_name(r->f->sweep.script_path);
  const char *own = r->f->sweep.name[0] ? r->f->sweep.name : file[0] ? file : "a sweep";
  const char *title = r->look->title ? r->look->title : own;
  lur_paper_page_style(r->look->theme, &style);
  lur_buffer_format(out, "<!DOCTYPE html>\n<html lang=\"en\" class=\"%s\"><head><meta charset=\"utf-8\">\n",
                    lur_theme_names[r->look->theme]);
  lur_buffer_text(out, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                       "style-src ");
  write_digest(lur_report_style, style.data ? style.data : "", out);
  lur_buffer_text(out, "; script-src ");
  write_digest(lur_report_script, "", out);
  lur_buffer_text(out, "\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                       "<title>");
  lur_markup_text(title, out);
  lur_buffer_format(out, "</title>\n<style>%s%s</style></head>\n<body>\n<h1>", lur_report_style,
                    style.data ? style.data : "");
  lur_markup_text(title, out);
  lur_buffer_text(out, "</h1>\n");
  if (strcmp(title, own) != 0)
    lur_markup_element("p", own, out);
  out->failed |= style.failed;
  lur_buffer_free(&style);
}

static void write_fact(struct lur_report *r, const char *name, const char *text) {
  if (!text || !text[0])
    return;
  lur_buffer_text(r->out, "<tr>");
  lur_markup_element("th", name, r->out);
  lur_markup_element("td", text, r->out);
  lur_buffer_text(r->out, "</tr>\n");
}

/* What was asked: the axes as on a command line, long lists cut. */
static void write_asked(struct lur_report *r) {
  const char *p = r->f->sweep.axes;
  if (!*p)
    return;
  lur_buffer_text(r->out, "<div class=\"wide\"><table id=\"asked\">\n");
  while (*p) {
    size_t n = strcspn(p, "\n"), n_name = strcspn(p, "=\n");
    char name[80], text[MOST_ASKED + 8];
    size_t n_text = n > n_name ? n - n_name - 1 : 0;
    snprintf(name, sizeof name, "%.*s", (int)(n_name < 79 ? n_name : 79), p);
    snprintf(text, sizeof text, n_text > MOST_ASKED ? "%.*s ..." : "%.*s",
             (int)(n_text < MOST_ASKED ? n_text : MOST_ASKED), p + n_name + (n > n_name));
    write_fact(r, name, text);
    p += n + (p[n] == '\n');
  }
  lur_buffer_text(r->out, "</table></div>\n");
}

/* A word as a shell takes it. */
static void add_word(struct lur_buffer *out, const char *word) {
  static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.,:/=+@%-";
  const size_t n = strlen(word);
  bool quote = n == 0 || strspn(word, plain) < n;
  lur_buffer_text(out, quote ? " '" : " ");
  for (size_t i = 0; i < n; i++)
    if (word[i] == '\'')
      lur_buffer_text(out, "'\\''");
    else
      lur_buffer_add(out, word + i, 1);
  lur_buffer_text(out, quote ? "'" : "");
}

static void write_provenance(struct lur_report *r, const char *version) {
  const struct lur_sweep_facts *f = &r->f->sweep;
  struct lur_buffer command = {0};
  char opaque[LUR_OPAQUE_ROOM];
  char *overrides = lur_copy_text(f->overrides), *at = overrides;
  lur_buffer_text(&command, "luron sweep");
  add_word(&command, f->script_path);
  for (const char *word; overrides && (word = lur_words_next(&at)) != NULL;)
    add_word(&command, word);
  command.failed |= !overrides;
  free(overrides);
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
  if (lur_opaque_of(r->f, opaque)[0])
    write_fact(r, "Never counts as done, for its functions hold", opaque);
  lur_buffer_text(r->out, "</table>\n<details><summary>The script</summary><pre>");
  lur_markup_text(f->script, r->out);
  lur_buffer_text(r->out, "</pre></details>\n");
  r->out->failed |= command.failed;
  lur_buffer_free(&command);
}

/* A row of the first pass: its epochs; and which loss function its combination has, where losses are ranked apart. */
static int take_row(void *report, const struct lur_frame_row *row, struct lur_error *e) {
  struct lur_report *r = report;
  if (r->frame.n_rows == 1)
    r->epochs = lur_frame_metric(&r->frame, "epochs");
  if (r->ranking.apart) {
    int loss = lur_ranking_loss(&r->ranking, row->more);
    if (!lur_grow(&r->loss, &r->losses_room, row->cell + 1, sizeof *r->loss))
      return lur_fail_memory(e);
    r->n_losses = row->cell < r->n_losses ? r->n_losses : row->cell + 1;
    r->loss[row->cell] = (uint8_t)(loss < 0 ? 0 : loss);
  }
  if (r->epochs < 0 || isnan(row->value[r->epochs]))
    return LUR_OK;
  return lur_ends_add(&r->ends[row->status], row->value[r->epochs], 1, row->status == LUR_SOLVED, e);
}

static int read_all(struct lur_report *r, const char *metric, struct lur_error *e) {
  int code = lur_ranking_read(r->t, metric, &r->ranking, e);
  if (!code)
    code = lur_frame_read(r->t, r->ranking.apart ? r->ranking.loss_sql : NULL, take_row, r, &r->frame, e);
  if (code)
    return code;
  for (size_t i = 0; i < r->frame.n; i++) {
    r->n_runs += r->frame.n_runs[i];
    r->n_solved += r->frame.n_solved[i];
    r->n_diverged += r->frame.n_diverged[i];
  }
  r->n_pruned = r->frame.folded ? 0 : r->frame.n_of[LUR_PRUNED];
  r->n_failed = r->frame.folded ? 0 : r->frame.n_of[LUR_FAILED];
  bool is_rate = strcmp(r->ranking.metric, "solved") == 0;
  r->metric = lur_frame_metric(&r->frame, is_rate ? "loss" : r->ranking.metric);
  r->by_rate = is_rate || (r->ranking.rates_first && r->n_solved);
  r->cells = (struct lur_cells){.frame = &r->frame, .exact = true, .ranks = r->metric};
  return lur_cells_read(&r->cells, e);
}

static const char explorer[] =
    "<h2>The picture</h2>\n<noscript><p class=\"note\">The picture is drawn by the page's own script.</p></noscript>\n"
    "<form id=\"choices\"></form>\n<p id=\"said\" class=\"note\"></p>\n<figure id=\"picture\"></figure>\n"
    "<p id=\"value\" class=\"note\" aria-live=\"polite\"></p>\n<figure id=\"lines\"></figure>\n";

int lur_report_write(struct lur_table *t, const struct lur_report_ask *ask, struct lur_buffer *out,
                     struct lur_error *e) {
  struct lur_report r = {.t = t, .look = ask->look, .f = lur_table_facts(t), .out = out};
  int code = read_all(&r, ask->metric, e);
  if (!code) {
    write_head(&r);
    write_asked(&r);
  }
  if (!code && r.frame.n == 0)
    lur_buffer_text(out, "<p class=\"answer\">There are no runs in it.</p>\n");
  if (!code && r.frame.n) {
    code = lur_report_answer(&r, e);
    if (!code && r.frame.n_axes) {
      lur_buffer_text(r.out, explorer);
      code = lur_report_data(&r, e);
    }
    if (!code)
      code = lur_report_effects(&r, e);
    code = code ? code : lur_report_learning(&r, e);
    code = code ? code : lur_report_epochs(&r, e);
  }
  if (!code) {
    write_provenance(&r, ask->version);
    lur_buffer_format(out, "<script>%s</script>\n</body></html>\n", lur_report_script);
  }
  free(r.loss);
  for (int i = 0; i < LUR_N_STATUSES; i++)
    lur_ends_free(&r.ends[i]);
  lur_cells_free(&r.cells);
  lur_frame_free(&r.frame);
  return code ? code : out->failed ? lur_fail_memory(e) : LUR_OK;
}
