/* SPDX-License-Identifier: MIT
 * The progress line, and below it a curve of the best so far: lines are written, then the cursor goes back up. Its
 * thread only reads the sweep's atomic counts, and sleeps on a condition, so that it ends at once when it is told to.
 */
#include "view/progress.h"

#include <inttypes.h>
#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/digits.h"
#include "base/memory.h"
#include "base/system.h"
#include "fold/number_text.h"
#include "view/terminal.h"

enum { EVERY_MS = 100, CURVE_AFTER_MS = 1000, CURVE_ROWS = 3, CURVE_WIDTH = 72, LEAST_WIDTH = 40, LEAST_HEIGHT = 12 };

/* The best at some moments, evenly spaced; where there is no more room every second one is let go. */
enum { MOST_MOMENTS = 128 };
struct history {
  double at_s[MOST_MOMENTS], best[MOST_MOMENTS];
  int n, every, skipped;
};

struct progress_shape {
  int width, height;
}; /* of the terminal */

struct lur_progress_line {
  const struct lur_progress *progress;
  FILE *stream;
  uint64_t begin_ns, before;
  bool known; /* before is */
  struct history history;
  pthread_t thread;
  pthread_mutex_t lock; /* guards quit */
  pthread_cond_t end;
  bool quit;
};

static void write_share(const char *what, uint64_t n, uint64_t rows, struct lur_buffer *out) {
  if (n)
    lur_buffer_format(out, "  %.1f%% %s", 100 * (double)n / (double)rows, what);
}

/* " 41%  410000/1000000 runs  523000/s  1 s left  37.2% solved  4.1% diverged  best 0.00123", without an end of line.
 * elapsed_ns: of this session; before: what was done when it began. */
static void write_line(const struct lur_progress *p, uint64_t elapsed_ns, uint64_t before, struct lur_buffer *out) {
  uint64_t total = atomic_load(&p->total), done = atomic_load(&p->done), rows = atomic_load(&p->rows);
  double rate = elapsed_ns && done > before ? (double)(done - before) / ((double)elapsed_ns * 1e-9) : 0;
  double best = atomic_load(&p->best);
  char digits[32];
  lur_buffer_format(out, "%3.0f%%  %" PRIu64 "/%" PRIu64 " runs",
                    total ? floor(100 * (double)done / (double)total) : 0.0, done, total);
  if (rate > 0) {
    lur_buffer_format(out, "  %.3g/s  ", rate);
    double seconds = (double)(total - done) / rate;
    if (seconds < 100)
      lur_buffer_format(out, "%.0f s", ceil(seconds));
    else if (seconds < 6000)
      lur_buffer_format(out, "%.0f min", ceil(seconds / 60));
    else if (seconds < 360000)
      lur_buffer_format(out, "%.1f h", seconds / 3600);
    else
      lur_buffer_format(out, "%.1f days", seconds / 86400);
    lur_buffer_text(out, " left");
  }
  write_share("solved", atomic_load(&p->solved), rows, out);
  write_share("diverged", atomic_load(&p->diverged), rows, out);
  write_share("failed", atomic_load(&p->failed), rows, out);
  if (rows && !isnan(best)) {
    lur_text_number(best, digits);
    lur_buffer_format(out, "  best %s", digits);
  }
}

/* ---- The curve ---- */
static void remember(struct history *h, double at_s, double best) {
  if (isnan(best) || h->skipped++ < h->every)
    return;
  h->skipped = 0;
  if (h->n == MOST_MOMENTS) {
    for (int i = 0; i < MOST_MOMENTS / 2; i++) {
      h->at_s[i] = h->at_s[2 * i];
      h->best[i] = h->best[2 * i];
    }
    h->n /= 2;
    h->every = h->every * 2 + 1;
  }
  h->at_s[h->n] = at_s;
  h->best[h->n++] = best;
}

/* Its rows, each behind an end of line; returns how many. */
static int write_curve(const struct progress_shape *shape, struct history *h, struct lur_buffer *out) {
  const struct lur_text_style style = {.width = shape->width < CURVE_WIDTH ? shape->width : CURVE_WIDTH,
                                       .rows = CURVE_ROWS,
                                       .ascii = !lur_terminal_utf8()};
  struct lur_chart c = {.steps = true, .n_series = 1};
  struct lur_buffer rows = {0};
  int n = 0;
  if (!(shape->width >= LEAST_WIDTH && shape->height >= LEAST_HEIGHT && h->n > 1 && h->best[h->n - 1] < h->best[0] &&
        h->at_s[h->n - 1] * 1000 >= CURVE_AFTER_MS))
    return 0;
  c.series[0] = (struct lur_series){.n = (size_t)h->n, .x = h->at_s, .middle = h->best};
  c.x = lur_scale_make(h->at_s[0], h->at_s[h->n - 1], false);
  lur_chart_fit_y(&c);
  lur_chart_write_rows(&c, &style, &rows);
  char *rest = NULL, *row = rows.failed || !rows.data ? NULL : strtok_r(rows.data, "\n", &rest);
  for (; row; row = strtok_r(NULL, "\n", &rest), n++)
    lur_buffer_format(out, "\n%s\033[K", row);
  lur_buffer_free(&rows);
  return n;
}

static void show(struct lur_progress_line *l) {
  struct lur_buffer line = {0}, out = {0};
  const struct progress_shape shape = {lur_terminal_width(fileno(l->stream)), lur_terminal_height(fileno(l->stream))};
  uint64_t now_ns = lur_clock_ns() - l->begin_ns;
  if (!l->known && atomic_load(&l->progress->total)) {
    l->before = atomic_load(&l->progress->done);
    l->known = true;
  }
  remember(&l->history, (double)now_ns * 1e-9, atomic_load(&l->progress->best));
  write_line(l->progress, now_ns, l->before, &line);
  if (!line.failed && atomic_load(&l->progress->total)) {
    lur_buffer_format(&out, "\r%.*s\033[K", shape.width > 1 ? shape.width - 1 : 79, line.data);
    int n_rows = write_curve(&shape, &l->history, &out);
    if (n_rows)
      lur_buffer_format(&out, "\033[%dA\r", n_rows);
  }
  if (!out.failed && out.data)
    fwrite(out.data, 1, out.length_bytes, l->stream);
  fflush(l->stream);
  lur_buffer_free(&line);
  lur_buffer_free(&out);
}

static void *run(void *argument) {
  struct lur_progress_line *l = argument;
  lur_locale_plain();
  pthread_mutex_lock(&l->lock);
  while (!l->quit) {
    if (lur_condition_wait(&l->end, &l->lock, lur_clock_ns() + EVERY_MS * 1000000u) != 0)
      show(l);
  }
  pthread_mutex_unlock(&l->lock);
  return NULL;
}

struct lur_progress_line *lur_progress_start(const struct lur_progress *p, FILE *stream) {
  if (!isatty(fileno(stream)))
    return NULL;
  struct lur_progress_line *l = lur_alloc(1, sizeof *l);
  if (!l)
    return NULL;
  *l = (struct lur_progress_line){.progress = p, .stream = stream, .begin_ns = lur_clock_ns()};
  pthread_mutex_init(&l->lock, NULL);
  lur_condition_init(&l->end);
  if (pthread_create(&l->thread, NULL, run, l) == 0)
    return l;
  free(l);
  return NULL;
}

void lur_progress_stop(struct lur_progress_line *l) {
  if (!l)
    return;
  pthread_mutex_lock(&l->lock);
  l->quit = true;
  pthread_cond_signal(&l->end);
  pthread_mutex_unlock(&l->lock);
  pthread_join(l->thread, NULL);
  fprintf(l->stream, "\r\033[J");
  fflush(l->stream);
  pthread_mutex_destroy(&l->lock);
  pthread_cond_destroy(&l->end);
  free(l);
}
