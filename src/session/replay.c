/* SPDX-License-Identifier: MIT
 * One run of a results file, found in its plan and shown. */
#include "session/replay.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/utf8.h"
#include "session/threads.h"
#include "sweep/alone.h"
#include "sweep/plan.h"
#include "view/run_view.h"

enum { CURVE_SHOWN = 10 };

/* The file's row of the run, and whether its axes have the plan's values. */
static int read_row(const struct lur_plan *p, struct lur_replay *a, struct lur_error *e) {
  const struct lur_replay_request *r = a->request;
  const struct lur_table_facts *f = lur_table_facts(r->table);
  struct lur_replay_row *row = &a->row;
  char where[48];
  struct lur_cell now[LUR_MAX_AXES];
  const struct lur_cell *cells;
  snprintf(where, sizeof where, "run = %" PRIu64, r->run);
  const struct lur_ask ask = {.where = where, .limit = 1};
  struct lur_query *q = lur_query_new(r->table, &ask, e);
  int rc = q ? lur_query_next(q, &cells, e) : e->code;
  lur_query_free(a->query);
  a->query = q;
  if (q && rc == 1 && cells[f->n_columns + 1].kind != LUR_CELL_TEXT)
    rc = lur_fail(e, LUR_EIO, NULL, "%s: the file is damaged", lur_table_path(r->table));
  if (q && rc == 1) {
    int n_axes = 0;
    while (n_axes < f->n_columns && f->column[n_axes].role == LUR_COLUMN_AXIS)
      n_axes++;
    rc = LUR_OK;
    row->is_there = true;
    row->n = f->n_columns - n_axes;
    row->column = f->column + n_axes;
    snprintf(row->status, sizeof row->status, "%s", cells[f->n_columns + 1].as.text);
    row->pruned = strcmp(row->status, lur_status_names[LUR_PRUNED]) == 0;
    memcpy(row->metric, cells + 1 + n_axes, (size_t)row->n * sizeof *cells);
    lur_plan_cells(p, r->run, now);
    for (int i = 0; i < lur_plan_n_axes(p) && !a->d.differs; i++)
      lur_verify_same(&cells[1 + i], &now[i], r->run, lur_plan_columns(p)[i].name, &a->d);
  }
  return rc;
}

/* The first rung that is not below the epochs that the run had, unless it had all. */
static uint64_t rung_of(const struct lur_halving *h, uint64_t epochs) {
  for (int i = 0; i < h->n_rungs; i++)
    if (h->at[i] >= epochs)
      return h->at[i];
  return UINT64_MAX;
}

/* For how many epochs a halving trained the run. One with stop.when is not trained by itself: there it is said by the
 * epochs that it had. */
static int find_epochs(const struct lur_plan *p, const struct lur_replay *a, struct lur_spec *at, uint64_t *epochs,
                       struct lur_error *e) {
  const struct lur_cell *had = &a->row.metric[2];
  const bool is_cut = a->row.pruned || strcmp(a->row.status, lur_status_names[LUR_FAILED]) == 0; /* its metric */
  if (a->row.n <= 2 || had->kind != LUR_CELL_INTEGER)
    return LUR_OK;
  struct lur_alone alone = {.run = a->request->run,
                            .pruned_at = is_cut ? (uint64_t)had->as.integer : 0,
                            .n_threads = lur_threads_asked(a->request->n_threads),
                            .cancel = a->stop.cancel};
  const bool by_itself = !lur_plan_sweep(p)->calls->when;
  const int rc = by_itself ? lur_plan_train_alone(p, at, &alone, e) : LUR_OK;
  *epochs = by_itself ? alone.epochs : rung_of(&lur_plan_sweep(p)->halving, (uint64_t)had->as.integer);
  return rc;
}

/* ---- The run: all that the plan knows of it ---- */
static int find_run(const struct lur_plan *p, struct lur_replay *a, struct lur_spec *at, struct lur_buffer *out,
                    struct lur_error *e) {
  const struct lur_replay_request *r = a->request;
  uint64_t epochs = UINT64_MAX;
  bool skips = false;
  /* a row with replicates folded was no single run; what plays one of them is said */
  if (lur_plan_sweep(p)->keep == LUR_KEEP_CELLS) {
    const char *script = lur_table_facts(r->table)->sweep.script_path;
    struct lur_buffer run = {0};
    lur_plan_write(p, r->run <= lur_sweep_n_numbers(p) ? r->run : 1, &run);
    lur_fail(e, LUR_EINPUT, "RUN",
             "the file keeps one row per combination, with its seeds folded; one of them: luron run %s %s",
             script[0] ? script : "SCRIPT", run.data ? run.data : "");
    lur_buffer_free(&run);
    return e->code;
  }
  if (r->run > lur_sweep_n_numbers(p))
    return lur_fail(e, LUR_EINPUT, "RUN", "%" PRIu64 " is more than the %" PRIu64 " runs of this sweep", r->run,
                    lur_sweep_n_numbers(p));
  int rc = lur_plan_skips(p, r->run, at, &skips, e);
  if (!rc && skips)
    return lur_fail(e, LUR_EINPUT, "RUN", "%" PRIu64 " is a combination that the sweep skips", r->run);
  if (!rc)
    rc = read_row(p, a, e);
  if (!rc && lur_plan_sweep(p)->halving.n_rungs && a->row.is_there)
    rc = find_epochs(p, a, at, &epochs, e);
  if (!rc)
    rc = lur_plan_resolve(p, r->run, at, &a->structure, &a->numbers, e);
  if (!rc && a->numbers.epochs > epochs)
    a->numbers.epochs = epochs;
  if (!rc && !r->json) {
    lur_buffer_format(out, "run %" PRIu64 ": ", r->run);
    lur_plan_write(p, r->run, out);
    lur_buffer_text(out, "\n");
  }
  return rc;
}

int lur_replay_plan(const struct lur_sweep *sweep, struct lur_replay *a, struct lur_spec *at, struct lur_buffer *out,
                    struct lur_error *e) {
  struct lur_plan *p = lur_plan_new(sweep, e);
  int rc = p ? LUR_OK : e->code;
  bool matches = p && lur_verify_matches(p, a->request->table, e);
  if (matches) {
    a->matched = true;
    rc = a->request->run ? find_run(p, a, at, out, e) : lur_verify_file(p, a->request, a->stop.cancel, &a->d, out, e);
  }
  lur_plan_free(a->plan);
  a->plan = p;
  return rc;
}

/* ---- Showing the run ---- */
static void write_list(const double *x, int n, struct lur_buffer *out) {
  char digits[32];
  for (int i = 0; i < n; i++) {
    lur_digits_write(x[i], digits);
    lur_buffer_format(out, i ? " %s" : "%s", digits);
  }
}

static void write_point(unsigned long long epoch, const struct lur_outcome *o, int i, struct lur_buffer *out) {
  lur_buffer_format(out, "%8llu  %.6g", epoch, o->curve[i]);
  if (o->validation_curve)
    lur_buffer_format(out, "  %.6g", o->validation_curve[i]);
  lur_buffer_text(out, "\n");
}

void lur_replay_write_curve(const struct lur_outcome *o, int n_asked, uint64_t max_epochs, bool json,
                            struct lur_buffer *out) {
  int n = o->n_curve, n_shown = json || n < CURVE_SHOWN ? n : CURVE_SHOWN;
  lur_buffer_text(out, json ? "{\"v\":1,\"type\":\"curve\",\"epochs\":[" : "\ncurve\n");
  for (int k = 0; k < n_shown; k++) {
    int i = n_shown > 1 ? (int)((int64_t)k * (n - 1) / (n_shown - 1)) : 0;
    unsigned long long epoch = lur_curve_epoch(i, n_asked, max_epochs);
    if (json)
      lur_buffer_format(out, k ? ",%llu" : "%llu", epoch);
    else
      write_point(epoch, o, i, out);
  }
  if (!json)
    return;
  lur_buffer_text(out, "]");
  lur_view_json_list("losses", o->curve, n, out);
  if (o->validation_curve)
    lur_view_json_list("validation_losses", o->validation_curve, n, out);
  lur_buffer_text(out, "}\n");
}

/* The weights of a unit; the first layer's behind the names of its inputs, where they have some. */
static void write_unit(const struct lur_network *n, int layer, int unit, const double *at, struct lur_buffer *out) {
  const struct lur_shape *s = &n->shape;
  const int n_weights = lur_shape_fan_in(s, layer);
  const bool last = layer == s->n_layers - 1;
  char name[48];
  if (last && (n->n_classes || n->output_names))
    lur_buffer_format(out, "%s  ",
                      lur_utf8_line(n->n_classes ? n->classes[unit] : n->output_names[unit], name, sizeof name));
  for (int i = 0; layer == 0 && n->input_names && i < n_weights; i++) {
    lur_buffer_format(out, "%s%s ", i ? "  " : "", lur_utf8_line(n->input_names[i], name, sizeof name));
    write_list(at + i, 1, out);
  }
  if (layer > 0 || !n->input_names)
    write_list(at, n_weights, out);
  lur_buffer_text(out, s->bias ? "  bias " : "");
  write_list(at + n_weights, s->bias, out);
}

void lur_replay_write_weights(const struct lur_network *network, bool json, struct lur_buffer *out) {
  const struct lur_shape *s = &network->shape;
  lur_buffer_text(out, json ? "" : "\nweights\n");
  for (int l = 0; l < s->n_layers; l++)
    for (int u = 0; u < s->width[l + 1]; u++) {
      const int n = lur_shape_fan_in(s, l);
      const double *at = network->parameters + lur_shape_layer_start(s, l) + (size_t)u * ((size_t)n + 1);
      lur_buffer_format(out, json ? "{\"v\":1,\"type\":\"unit\",\"layer\":%d,\"unit\":%d" : "%d.%d  ", l + 1, u + 1);
      if (json) {
        lur_view_json_list("weights", at, n, out);
        lur_buffer_text(out, ",\"bias\":");
        lur_view_json_number(at[n], out);
      } else {
        write_unit(network, l, u, at, out);
      }
      lur_buffer_text(out, json ? "}\n" : "\n");
    }
}

/* ---- The script that made the file ---- */
/* The file names its script, and whoever made the file chose that name: only an ordinary file of the same size is
 * opened, no device and no pipe. */
bool lur_replay_is_on_disk(const struct lur_sweep_facts *f) {
  const size_t n = strlen(f->script);
  struct stat s;
  if (stat(f->script_path, &s) != 0 || !S_ISREG(s.st_mode) || (size_t)s.st_size != n)
    return false;
  const int fd = open(f->script_path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  bool same = fd >= 0 && fstat(fd, &s) == 0 && S_ISREG(s.st_mode);
  char piece[4096];
  for (size_t at = 0; same && at < n;) {
    const ssize_t got = read(fd, piece, sizeof piece);
    same = got > 0 && (size_t)got <= n - at && memcmp(piece, f->script + at, (size_t)got) == 0;
    at += same ? (size_t)got : 0;
  }
  if (fd >= 0)
    close(fd);
  return same;
}
