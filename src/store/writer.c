/* SPDX-License-Identifier: MIT
 * The writer: one thread that takes batches of rows from a bounded queue, so that writing overlaps computing.
 *
 * A new file is written without transactions for its first 0.6 s, or until something comes that only SQLite can write
 * (fresh.c). From then on a transaction holds a window's rows, or what came in 200 ms, whichever is less; so a crash
 * loses at most that, and always whole transactions. take() holds the rows, which are not copied, and waits while the
 * queue is full. The first error ends the writing: the open transaction is rolled back, what is queued is dropped, and
 * every later call fails with that error.
 *
 * Threads: take() and finish() on any one thread at a time; the queue's fields are under the mutex; the connection and
 * the inserter belong to the writer thread until it is joined. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/digits.h"
#include "base/memory.h"
#include "base/system.h"
#include "store/leaves.h"

enum {
  QUEUE_ROWS = 65536, /* taken rows that may wait: a window */
  TRANSACTION_ROWS = 65536,
  MANY_ROWS = 16384, /* a transaction of their own, made into leaves by who hands them over */
  TRANSACTION_NS = 200000000,
  FRESH_NS = 600000000 /* with the writing that follows, well within a second */
};

struct batch {
  struct batch *next;
  struct lur_rows rows; /* held */
  struct lur_read_file *file;
  char *file_texts;
  struct lur_leaves *leaves; /* the rows made into such, or NULL */
};

struct lur_writer {
  struct lur_writer_target to; /* what is fresh, or an inserter */
  pthread_t thread;
  bool joined;
  pthread_mutex_t mutex;
  pthread_cond_t more, room;
  struct batch *head, **tail;
  size_t queued_rows;
  bool closing, failed;
  struct lur_error error;
  const struct lur_leaves *kind; /* of leaves that may be made; NULL: none */
  size_t room_pages;             /* of the last of them; of who hands over */
  atomic_ullong n_committed;
  /* the thread's own */
  bool in_transaction, is_full; /* is_full: with rows in leaves */
  size_t n_rows;
  uint64_t n_settled, due_ns; /* due: when it is committed, or what is fresh ended */
};

static void batch_free(struct batch *b) {
  if (!b)
    return;
  lur_memory_release(b->rows.memory);
  if (b->leaves)
    lur_leaves_end(b->leaves);
  free(b->leaves);
  free(b->file);
  free(b->file_texts);
  free(b);
}

static size_t text_bytes(const char *text) {
  return text ? strlen(text) + 1 : 0;
}

static const char *put_text(char **at, const char *text) {
  const char *copied = text ? memcpy(*at, text, text_bytes(text)) : NULL;
  *at += text_bytes(text);
  return copied;
}

static bool copy_files(struct batch *b, const struct lur_rows *rows) {
  size_t n_bytes = 0;
  for (int i = 0; i < rows->n_files; i++)
    n_bytes += text_bytes(rows->file[i].path) + text_bytes(rows->file[i].sha256) + text_bytes(rows->file[i].code);
  if (!n_bytes)
    return true;
  b->file = lur_alloc((size_t)rows->n_files, sizeof *b->file);
  b->file_texts = lur_alloc(n_bytes, 1);
  if (!b->file || !b->file_texts)
    return false;
  char *at = b->file_texts;
  for (int i = 0; i < rows->n_files; i++) {
    b->file[i].path = put_text(&at, rows->file[i].path);
    b->file[i].sha256 = put_text(&at, rows->file[i].sha256);
    b->file[i].code = put_text(&at, rows->file[i].code);
  }
  return true;
}

static struct batch *batch_new(const struct lur_rows *rows) {
  struct batch *b = lur_alloc(1, sizeof *b);
  if (!b)
    return NULL;
  b->rows = *rows;
  lur_memory_hold(rows->memory);
  if (copy_files(b, rows)) {
    b->rows.file = b->file;
    return b;
  }
  batch_free(b);
  return NULL;
}

/* The next batch, or NULL: none came in time (where something waits for its commit), or, *ends, none will. */
static struct batch *next_batch(struct lur_writer *w, bool *ends) {
  int rc = 0;
  pthread_mutex_lock(&w->mutex);
  while (!w->head && !w->closing && rc == 0)
    rc = w->in_transaction || w->to.fresh ? lur_condition_wait(&w->more, &w->mutex, w->due_ns)
                                          : pthread_cond_wait(&w->more, &w->mutex);
  struct batch *b = w->head;
  *ends = !b && w->closing;
  if (b) {
    w->head = b->next;
    if (!w->head)
      w->tail = &w->head;
  }
  pthread_mutex_unlock(&w->mutex);
  return b;
}

/* Gives a batch's room back to the queue. */
static void give_back(struct lur_writer *w, struct batch *b) {
  const size_t n_rows = b->rows.n;
  batch_free(b);
  pthread_mutex_lock(&w->mutex);
  w->queued_rows -= n_rows;
  pthread_cond_signal(&w->room);
  pthread_mutex_unlock(&w->mutex);
}

static int end_fresh(struct lur_writer *w, enum lur_fresh_end how, struct lur_error *e) {
  uint64_t n_settled = 0;
  int code = lur_fresh_end(w->to.fresh, how, &n_settled, e);
  lur_fresh_free(w->to.fresh);
  w->to.fresh = NULL;
  atomic_fetch_add(&w->n_committed, n_settled);
  return code;
}

/* The new file gets its name, and SQLite writes it from now on. */
static int go_on(struct lur_writer *w, struct lur_error *e) {
  int code = end_fresh(w, LUR_FRESH_GOES_ON, e);
  if (!code && !(w->to.inserter = w->to.open(w->to.context, e)))
    code = e->code;
  if (code)
    return code;
  pthread_mutex_lock(&w->mutex);
  w->kind = lur_inserter_leaves(w->to.inserter);
  pthread_mutex_unlock(&w->mutex);
  return LUR_OK;
}

static int commit(struct lur_writer *w, struct lur_error *e) {
  int code = lur_inserter_commit(w->to.inserter, e);
  if (code)
    return code;
  w->in_transaction = false;
  atomic_fetch_add(&w->n_committed, w->n_settled);
  return LUR_OK;
}

static int begin(struct lur_writer *w, struct lur_error *e) {
  int code = lur_inserter_begin(w->to.inserter, e);
  w->in_transaction = code == LUR_OK;
  w->n_rows = 0;
  w->n_settled = 0;
  w->due_ns = lur_clock_ns() + TRANSACTION_NS;
  return code;
}

static int write_batch(struct lur_writer *w, const struct batch *b, struct lur_error *e) {
  int code = LUR_OK;
  if (w->to.fresh && (lur_fresh_add(w->to.fresh, &b->rows, &code, e) || code))
    return code;
  if (w->to.fresh && (code = go_on(w, e)))
    return code;
  if (b->leaves && w->in_transaction && (code = commit(w, e)))
    return code;
  if (!w->in_transaction && (code = begin(w, e)))
    return code;
  w->n_rows += b->rows.n;
  w->n_settled += b->rows.last - b->rows.first + 1;
  w->is_full = b->leaves != NULL;
  return lur_inserter_add(w->to.inserter, &b->rows, b->leaves, e);
}

/* Commits what is due; what is fresh at the end is left so. */
static int commit_due(struct lur_writer *w, bool idle, bool ends, struct lur_error *e) {
  const bool late = lur_clock_ns() >= w->due_ns;
  if (w->to.fresh)
    return !ends && late ? go_on(w, e) : LUR_OK;
  return w->in_transaction && (idle || late || w->is_full || w->n_rows >= TRANSACTION_ROWS) ? commit(w, e) : LUR_OK;
}

static void *write_all(void *writer) {
  struct lur_writer *w = writer;
  struct lur_error error = {0};
  lur_locale_plain();
  for (bool ends = false; !ends;) {
    struct batch *b = next_batch(w, &ends);
    int code = b ? write_batch(w, b, &error) : LUR_OK;
    const bool idle = !b;
    if (b)
      give_back(w, b);
    if (!code)
      code = commit_due(w, idle, ends, &error);
    if (code) {
      if (w->to.inserter)
        lur_inserter_rollback(w->to.inserter, &error);
      pthread_mutex_lock(&w->mutex);
      w->failed = true;
      w->error = error;
      pthread_cond_broadcast(&w->room);
      pthread_mutex_unlock(&w->mutex);
      return NULL;
    }
  }
  return NULL;
}

static int start(struct lur_writer *w, struct lur_error *e) {
  pthread_mutex_init(&w->mutex, NULL);
  lur_condition_init(&w->more);
  lur_condition_init(&w->room);
  w->tail = &w->head;
  w->joined = pthread_create(&w->thread, NULL, write_all, w) != 0;
  return w->joined ? lur_fail(e, LUR_EIO, NULL, "the writer's thread cannot be started") : LUR_OK;
}

struct lur_writer *lur_writer_new(const struct lur_writer_target *target, struct lur_error *e) {
  struct lur_writer *w = lur_alloc(1, sizeof *w);
  int code = w ? LUR_OK : lur_fail_memory(e);
  if (w) {
    *w = (struct lur_writer){.to = *target, .joined = true, .due_ns = lur_clock_ns() + FRESH_NS};
    w->kind = target->inserter ? lur_inserter_leaves(target->inserter) : NULL;
    code = start(w, e);
  }
  if (!code)
    return w;
  lur_fresh_free(target->fresh);
  lur_inserter_free(target->inserter);
  free(w);
  return NULL;
}

static int fail_again(struct lur_writer *w, struct lur_error *e) {
  if (e)
    *e = w->error;
  return w->error.code;
}

/* Many rows are made into leaves by the thread that hands them over: the writer's own time is the longest. What cannot
 * be made is left to the writer, who says so. */
static struct lur_leaves *make_leaves(struct lur_writer *w, const struct lur_rows *rows) {
  pthread_mutex_lock(&w->mutex);
  const struct lur_leaves *kind = w->kind;
  pthread_mutex_unlock(&w->mutex);
  struct lur_leaves *l = kind && rows->n >= MANY_ROWS ? lur_leaves_like(kind) : NULL;
  if (!l)
    return NULL;
  int code = LUR_OK;
  l->room_pages = w->room_pages > l->room_pages ? w->room_pages : l->room_pages;
  if (lur_leaves_add(l, &(struct lur_rows_table){.rows = rows}, &code, NULL)) {
    w->room_pages = l->room_pages;
    return l;
  }
  lur_leaves_end(l);
  free(l);
  return NULL;
}

/* The rows' memory is not waited for where all of it is in the leaves. */
static void forget_rows(struct batch *b) {
  lur_memory_release(b->rows.memory);
  b->rows.memory = NULL;
  b->rows.message = NULL;
}

int lur_writer_take(void *writer, const struct lur_rows *rows, struct lur_error *e) {
  struct lur_writer *w = writer;
  struct batch *b = batch_new(rows);
  if (!b)
    return lur_fail_memory(e);
  if ((b->leaves = make_leaves(w, rows)) && !lur_rows_say_more(rows))
    forget_rows(b);
  /* Waits for room. An empty queue takes any batch. */
  pthread_mutex_lock(&w->mutex);
  while (!w->failed && w->queued_rows && w->queued_rows + rows->n > QUEUE_ROWS)
    pthread_cond_wait(&w->room, &w->mutex);
  const int code = w->failed ? fail_again(w, e) : LUR_OK;
  if (!code) {
    *w->tail = b;
    w->tail = &b->next;
    w->queued_rows += b->rows.n;
    pthread_cond_signal(&w->more);
  }
  pthread_mutex_unlock(&w->mutex);
  if (code)
    batch_free(b);
  return code;
}

uint64_t lur_writer_n_committed(const struct lur_writer *w) {
  return atomic_load(&w->n_committed);
}

int lur_writer_finish(struct lur_writer *w, struct lur_error *e) {
  if (!w->joined) {
    pthread_mutex_lock(&w->mutex);
    w->closing = true;
    pthread_cond_signal(&w->more);
    pthread_mutex_unlock(&w->mutex);
    pthread_join(w->thread, NULL);
    w->joined = true;
  }
  return w->failed ? fail_again(w, e) : LUR_OK;
}

int lur_writer_end_fresh(struct lur_writer *w, enum lur_fresh_end how, bool *was, struct lur_error *e) {
  *was = w->to.fresh != NULL;
  return *was ? end_fresh(w, how, e) : LUR_OK;
}

void lur_writer_free(struct lur_writer *w) {
  if (!w)
    return;
  lur_writer_finish(w, NULL);
  while (w->head) {
    struct batch *b = w->head;
    w->head = b->next;
    batch_free(b);
  }
  lur_fresh_free(w->to.fresh);
  lur_inserter_free(w->to.inserter);
  pthread_cond_destroy(&w->more);
  pthread_cond_destroy(&w->room);
  pthread_mutex_destroy(&w->mutex);
  free(w);
}
