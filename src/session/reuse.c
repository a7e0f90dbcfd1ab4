/* SPDX-License-Identifier: MIT
 * Each older file is planned again from what it keeps, and must give its own hash: so its data and programs are what
 * they were. Where functions of the script are concerned, the script's own are called, if they are the same. Then runs
 * are compared (sweep/same_runs.h), and rows of those that are the same go to the store as any rows do, with the axes
 * as this sweep has them: a takeover that is killed goes on as a sweep does. Main thread. */
#include "session/reuse.h"

#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/grow.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "session/taken_rows.h"
#include "session/verify.h"
#include "sweep/same_runs.h"

enum { MOST_FOUND = 500, MOST_PLANNED = 16 /* of those found */ };
static const uint64_t MOST_HASHED_BYTES = (uint64_t)1 << 30; /* of files that those found name */
static const char folder[] = "results";

/* An older file, open. */
struct older {
  char *path;
  struct lur_table *table;
  struct lur_stored stored;
  struct lur_plan *plan;
  char hash[65];
  struct lur_taken from; /* what is noted of it */
  struct older *next;
};

struct lur_reuse {
  const struct lur_plan *plan;
  const struct lur_sweep_source *source;
  const struct lur_sweep_request *request;
  struct older *older; /* all that were opened: what rows point to lives as long */
  struct lur_sink sink;
  struct lur_range *settled;
  size_t n_settled;
  uint64_t n_rows, left_bytes; /* those that may still be hashed */
  bool named;                  /* files are opened that were named, which are compared whole */
  char shard[48];
};

/* ---- Opening an older file ---- */
static void close_older(struct older *o) {
  lur_plan_free(o->plan);
  lur_stored_free(&o->stored);
  lur_table_free(o->table);
  o->plan = NULL;
  o->table = NULL;
}

static int read_stored(struct older *o, bool with_data, struct lur_error *e) {
  const struct lur_sweep_facts *f = &lur_table_facts(o->table)->sweep;
  struct lur_pieces data;
  struct lur_entries *entries = lur_table_entries(o->table, e);
  int rc = entries ? LUR_OK : e->code;
  if (!rc && with_data && (rc = lur_table_pieces(o->table, &data, e)))
    lur_entries_free(entries);
  return rc ? rc : lur_stored_read(f->experiment, f->axes, with_data ? &data : NULL, entries, &o->stored, e);
}

/* As it is planned: with functions where it has some, which are this sweep's. */
static struct lur_sweep sweep_of(const struct lur_reuse *u, const struct older *o) {
  struct lur_sweep sweep = lur_stored_sweep(&o->stored);
  if (o->stored.functions & ~(unsigned)LUR_FN_LOG)
    sweep.calls = lur_plan_sweep(u->plan)->calls;
  return sweep;
}

/* Patterns of another shape are another experiment's: so much is known without reading them. */
static int check_parts(const struct lur_reuse *u, struct older *o, struct lur_error *e) {
  struct lur_part mine[LUR_MAX_PARTS];
  struct lur_pieces theirs;
  const int n = lur_stored_parts(lur_plan_sweep(u->plan)->spec, mine);
  int rc = lur_table_pieces(o->table, &theirs, e);
  bool same = !rc && theirs.n_parts == n;
  for (int i = 0; i < n && same; i++)
    same = strcmp(mine[i].name, theirs.part[i].name) == 0 && mine[i].n_rows == theirs.part[i].n_rows &&
           mine[i].width == theirs.part[i].width;
  return rc || same ? rc : lur_fail(e, LUR_EINPUT, NULL, "its data are others");
}

static int check_fields(const struct lur_reuse *u, struct older *o, struct lur_error *e) {
  const unsigned functions = lur_stored_functions(lur_plan_sweep(u->plan)->calls);
  int rc = read_stored(o, false, e);
  if (rc)
    return rc;
  const struct lur_sweep sweep = sweep_of(u, o);
  if (u->source->opaque[0])
    rc = lur_fail(e, LUR_EINPUT, NULL,
                  "functions hold %s, which may be another; --assume-same says that it is the same", u->source->opaque);
  else
    rc = functions == (o->stored.functions & ~(unsigned)LUR_FN_LOG)
             ? lur_same_experiment(lur_plan_sweep(u->plan), &sweep, e)
             : lur_fail(e, LUR_EINPUT, NULL, "its functions are others");
  lur_stored_free(&o->stored);
  return rc;
}

/* What functions read from files is not among the data. */
static int check_files(struct lur_reuse *u, struct older *o, struct lur_error *e) {
  char changed[LUR_CHANGED_BYTES] = "";
  int rc = lur_stored_functions(lur_plan_sweep(u->plan)->calls)
               ? lur_sweep_find_changed(u->source->files, o->table, u->named ? NULL : &u->left_bytes, changed, e)
               : LUR_OK;
  return rc || !changed[0] ? rc : lur_fail(e, LUR_EINPUT, NULL, "%.200s has changed since", changed);
}

static int check_facts(const struct older *o, struct lur_error *e) {
  const struct lur_table_facts *f = lur_table_facts(o->table);
  const int numerics = lur_sweep_numerics(f->sweep.versions);
  if (f->version != LUR_STORE_VERSION)
    return lur_fail(e, LUR_EINPUT, NULL, "it was made by an older luron");
  return numerics == LUR_NUMERICS_VERSION
             ? LUR_OK
             : lur_fail(e, LUR_EINPUT, NULL, "its rows are of version %d of luron's numerics, and this luron has %d",
                        numerics, LUR_NUMERICS_VERSION);
}

static int plan_older(const struct lur_reuse *u, struct older *o, struct lur_error *e) {
  int rc = read_stored(o, true, e);
  if (rc)
    return rc;
  const struct lur_sweep sweep = sweep_of(u, o);
  if (!(o->plan = lur_plan_new(&sweep, e)))
    return e->code;
  return lur_verify_matches(o->plan, o->table, e)
             ? lur_same_data(u->plan, o->plan, e)
             : lur_fail(e, LUR_EINPUT, NULL, "what it keeps does not give its own hash");
}

/* LUR_EINPUT where its rows are of no use here. */
static int open_older(struct lur_reuse *u, const char *path, struct older **out, struct lur_error *e) {
  struct older *o = *out = lur_alloc(1, sizeof *o);
  if (!o)
    return lur_fail_memory(e);
  o->next = u->older;
  u->older = o;
  if (!(o->path = lur_copy_text(path)))
    return lur_fail_memory(e);
  o->table = lur_table_open(path, e);
  int rc = o->table ? check_facts(o, e) : e->code;
  if (!rc)
    rc = check_parts(u, o, e);
  if (!rc)
    rc = check_fields(u, o, e);
  return rc ? rc : check_files(u, o, e);
}

/* ---- Taking over ---- */
/* The ranges and those of rows that were taken, in order. */
static int add_settled(struct lur_reuse *u, const struct lur_range *taken, size_t n_taken, struct lur_error *e) {
  struct lur_range *all = lur_alloc(u->n_settled + n_taken + 1, sizeof *all);
  size_t n = 0, i = 0, k = 0;
  if (!all)
    return lur_fail_memory(e);
  while (i < u->n_settled || k < n_taken) {
    const bool mine = k == n_taken || (i < u->n_settled && u->settled[i].first < taken[k].first);
    const struct lur_range r = mine ? u->settled[i++] : taken[k++];
    if (n && all[n - 1].last + 1 == r.first)
      all[n - 1].last = r.last;
    else
      all[n++] = r;
  }
  free(u->settled);
  u->settled = all;
  u->n_settled = n;
  return LUR_OK;
}

static int find_pairs(const struct lur_reuse *u, const struct older *o, struct lur_pair **pair, size_t *n,
                      struct lur_error *e) {
  const struct lur_table_facts *f = lur_table_facts(o->table);
  const struct lur_same_ask ask = {.mine = u->plan,
                                   .theirs = o->plan,
                                   .settled = u->settled,
                                   .n_settled = u->n_settled,
                                   .shard = u->request->shard,
                                   .n_shards = u->request->n_shards,
                                   .done = f->done,
                                   .n_done = f->n_done,
                                   .cancel = u->source->stop.cancel};
  return lur_same_runs(&ask, pair, n, e);
}

/* *n: rows that were taken. *unwritten: it failed because they could not be written. */
static int take_from(struct lur_reuse *u, struct older *o, uint64_t *n, bool *unwritten, struct lur_error *e) {
  struct lur_pair *pair = NULL;
  size_t n_pairs = 0;
  int rc = find_pairs(u, o, &pair, &n_pairs, e);
  snprintf(o->hash, sizeof o->hash, "%s", lur_table_facts(o->table)->sweep.hash);
  o->from = (struct lur_taken){o->hash, o->path, u->shard};
  struct lur_taking taking = {.plan = u->plan,
                              .table = o->table,
                              .from = &o->from,
                              .sink = u->sink,
                              .cancel = u->source->stop.cancel,
                              .spares_failed = u->request->retry,
                              .tells_files = lur_stored_functions(lur_plan_sweep(u->plan)->calls) != 0};
  if (!rc)
    rc = lur_rows_take_over(&taking, pair, n_pairs, e);
  free(pair);
  *n = taking.n_rows;
  *unwritten = taking.sink_failed;
  u->n_rows += taking.n_rows;
  struct lur_error late;
  const int added = add_settled(u, taking.taken, taking.n_taken, &late);
  free(taking.taken);
  if (!rc && added)
    *e = late;
  return rc ? rc : added;
}

/* ---- Files that are named, and files that are found ---- */
static bool is_complete(const struct lur_reuse *u) {
  uint64_t n = 0;
  for (size_t i = 0; i < u->n_settled; i++)
    n += u->settled[i].last - u->settled[i].first + 1;
  return n >= lur_shard_n_numbers(u->plan, u->request->shard, u->request->n_shards);
}

static int fail_named(const struct older *o, struct lur_error *e) {
  const struct lur_error why = *e;
  return lur_fail(e, LUR_EIO, NULL, "%s: nothing can be taken over from it: %.200s", o->path, why.text);
}

static int take_named(struct lur_reuse *u, struct lur_error *e) {
  int rc = LUR_OK;
  for (struct older *o = u->older; o && !rc && !is_complete(u); o = o->next) {
    uint64_t n = 0;
    bool unwritten;
    char shown[LUR_SHOWN_BYTES];
    const struct lur_error before = *e;
    rc = take_from(u, o, &n, &unwritten, e);
    if (rc == LUR_EINPUT)
      rc = fail_named(o, e);
    else if (!rc && u->source->bar)
      fprintf(stderr, "%" PRIu64 " rows of %s are taken over\n", n, lur_utf8_name(o->path, shown));
    if (!rc)
      *e = before;
  }
  return rc;
}

struct found {
  char *path;
  struct stat st;
};
struct finding {
  struct found file[MOST_FOUND];
  int n;
  struct stat own;
};

static bool note_found(void *context, const char *path) {
  struct finding *f = context;
  struct found *to = &f->file[f->n];
  if (stat(path, &to->st) != 0 || (to->st.st_dev == f->own.st_dev && to->st.st_ino == f->own.st_ino))
    return true;
  if ((to->path = lur_copy_text(path)))
    f->n++;
  return to->path && f->n < MOST_FOUND;
}

static int by_age(const void *a, const void *b) {
  const struct found *x = a, *y = b;
  if (x->st.st_mtime != y->st.st_mtime)
    return x->st.st_mtime > y->st.st_mtime ? -1 : 1;
  return strcmp(x->path, y->path);
}

/* What is of no use is passed over; that only a metric lacks is said, and that a file is too large. */
static int try_found(struct lur_reuse *u, const char *path, int *n_planned, struct lur_error *e) {
  struct lur_error why = {0};
  struct older *o = NULL;
  char shown[LUR_SHOWN_BYTES];
  uint64_t n = 0;
  bool unwritten = false;
  if (lur_store_is_written(path))
    return LUR_OK;
  int rc = open_older(u, path, &o, &why);
  const bool lacks = rc == LUR_EINPUT && strcmp(why.field, "metrics") == 0,
             spared = rc == LUR_EINPUT && strcmp(why.field, "files") == 0;
  const struct lur_error lack = why;
  if (!rc || lacks) {
    ++*n_planned;
    rc = plan_older(u, o, &why);
  }
  if ((spared || (!rc && lacks)) && u->source->bar)
    fprintf(stderr, "no rows of %s are taken over: %s\n", lur_utf8_name(path, shown), lack.text);
  if (!rc && !lacks)
    rc = take_from(u, o, &n, &unwritten, &why);
  if (n && u->source->bar)
    fprintf(stderr, "%" PRIu64 " rows of %s are taken over, for they are the same runs; --no-reuse computes all\n", n,
            lur_utf8_name(path, shown));
  if (o)
    close_older(o);
  if (rc != LUR_ENOMEM && rc != LUR_ECANCELLED && !unwritten)
    return LUR_OK;
  if (e)
    *e = why;
  return rc;
}

/* The newest first, so that a file which is found is of the sweep before. */
static int take_found(struct lur_reuse *u, const char *own, struct lur_error *e) {
  struct finding *f = lur_alloc(1, sizeof *f);
  int rc = f ? LUR_OK : lur_fail_memory(e), n_planned = 0;
  if (rc)
    return rc;
  stat(own, &f->own);
  lur_store_scan(folder, note_found, f);
  if (f->n)
    qsort(f->file, (size_t)f->n, sizeof *f->file, by_age);
  for (int i = 0; i < f->n; i++) {
    if (!rc && n_planned < MOST_PLANNED && !is_complete(u))
      rc = try_found(u, f->file[i].path, &n_planned, e);
    free(f->file[i].path);
  }
  free(f);
  return rc;
}

/* ---- From outside ---- */
struct lur_reuse *lur_reuse_open(const struct lur_plan *p, const struct lur_sweep_source *s,
                                 const struct lur_sweep_request *r, struct lur_error *e) {
  struct lur_reuse *u = lur_alloc(1, sizeof *u);
  int rc = u ? LUR_OK : lur_fail_memory(e);
  if (rc)
    return NULL;
  *u = (struct lur_reuse){.plan = p, .source = s, .request = r, .left_bytes = MOST_HASHED_BYTES, .named = true};
  if (r->n_shards > 1)
    snprintf(u->shard, sizeof u->shard, "%d-of-%d", r->shard, r->n_shards);
  for (int i = r->n_reuse - 1; i >= 0 && !rc; i--) {
    struct older *o;
    rc = open_older(u, r->reuse[i], &o, e);
    if (!rc)
      rc = plan_older(u, o, e);
    if (rc == LUR_EINPUT)
      rc = fail_named(o, e);
  }
  if (!rc)
    return u;
  lur_reuse_free(u);
  return NULL;
}

int lur_reuse_take(struct lur_reuse *u, const struct lur_sink *sink, const struct lur_range *done, size_t n_done,
                   const char *own, struct lur_error *e) {
  u->sink = *sink;
  u->named = false;
  int rc = add_settled(u, done, n_done, e);
  if (!rc)
    rc = take_named(u, e);
  return !rc && u->request->finds ? take_found(u, own, e) : rc;
}

const struct lur_range *lur_reuse_settled(const struct lur_reuse *u, size_t *n) {
  *n = u->n_settled;
  return u->settled;
}

uint64_t lur_reuse_n_rows(const struct lur_reuse *u) {
  return u->n_rows;
}

void lur_reuse_free(struct lur_reuse *u) {
  if (!u)
    return;
  while (u->older) {
    struct older *o = u->older;
    u->older = o->next;
    close_older(o);
    free(o->path);
    free(o);
  }
  free(u->settled);
  free(u);
}
