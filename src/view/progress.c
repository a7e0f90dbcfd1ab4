/* SPDX-License-Identifier: MIT
 * The progress line. Its thread only reads the sweep's atomic counts, and sleeps on a condition, so that it ends at
 * once when it is told to. */
#include "view/progress.h"

#include <inttypes.h>
#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/memory.h"
#include "view/tables.h"

enum { EVERY_MS = 100 };

struct lur_progress_line {
  const struct lur_progress *progress;
  FILE *stream;
  uint64_t begin_ns, before;
  bool known; /* before is */
  pthread_t thread;
  pthread_mutex_t lock; /* guards quit */
  pthread_cond_t end;
  bool quit;
};

static void write_time(double seconds, struct lur_buffer *out) {
  if (seconds < 100)
    lur_buffer_format(out, "%.0f s", ceil(seconds));
  else if (seconds < 6000)
    lur_buffer_format(out, "%.0f min", ceil(seconds / 60));
  else if (seconds < 360000)
    lur_buffer_format(out, "%.1f h", seconds / 3600);
  else
    lur_buffer_format(out, "%.1f days", seconds / 86400);
}

static void write_share(const char *what, uint64_t n, uint64_t rows, struct lur_buffer *out) {
  if (n)
    lur_buffer_format(out, "  %.1f%% %s", 100 * (double)n / (double)rows, what);
}

void lur_progress_write(const struct lur_progress *p, uint64_t elapsed_ns, uint64_t before, struct lur_buffer *out) {
  uint64_t total = atomic_load(&p->total), done = atomic_load(&p->done), rows = atomic_load(&p->rows);
  double rate = elapsed_ns && done > before ? (double)(done - before) / ((double)elapsed_ns * 1e-9) : 0;
  double best = atomic_load(&p->best);
  char digits[32];
  lur_buffer_format(out, "%3.0f%%  %" PRIu64 "/%" PRIu64 " runs",
                    total ? floor(100 * (double)done / (double)total) : 0.0, done, total);
  if (rate > 0) {
    lur_buffer_format(out, "  %.3g/s  ", rate);
    write_time((double)(total - done) / rate, out);
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

static void show(struct lur_progress_line *l) {
  struct lur_buffer out = {0};
  int width = lur_terminal_width(fileno(l->stream));
  if (!l->known && atomic_load(&l->progress->total)) {
    l->before = atomic_load(&l->progress->done);
    l->known = true;
  }
  lur_progress_write(l->progress, lur_clock_ns() - l->begin_ns, l->before, &out);
  if (!out.failed && atomic_load(&l->progress->total))
    fprintf(l->stream, "\r%.*s\033[K", width > 1 ? width - 1 : 79, out.data);
  fflush(l->stream);
  lur_buffer_free(&out);
}

static void *run(void *argument) {
  struct lur_progress_line *l = argument;
  pthread_mutex_lock(&l->lock);
  while (!l->quit) {
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += EVERY_MS * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000L;
    until.tv_nsec %= 1000000000L;
    if (pthread_cond_timedwait(&l->end, &l->lock, &until) != 0)
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
  pthread_cond_init(&l->end, NULL);
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
  fprintf(l->stream, "\r\033[K");
  fflush(l->stream);
  pthread_mutex_destroy(&l->lock);
  pthread_cond_destroy(&l->end);
  free(l);
}
