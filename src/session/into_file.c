/* SPDX-License-Identifier: MIT
 * Where a sweep's results go, what is kept beside its rows, what --retry computes again, and whether files that the
 * script reads are still those that the rows came of. */
#include "session/into_file.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/grow.h"
#include "base/memory.h"
#include "base/path.h"
#include "base/utf8.h"
#include "data/file.h"
#include "session/git_commit.h"
#include "session/reuse.h"
#include "session/threads.h"
#include "store/words.h"
#include "sweep/plan.h"
#include "view/progress.h"

/* ---- Where ---- */
void lur_sweep_slug(const char *path, char slug[64]) {
  const char *name = lur_path_name(path);
  size_t n = 0;
  for (; name[n] && strcmp(name + n, ".lua") != 0 && n < 63; n++)
    slug[n] = isalnum((unsigned char)name[n]) || name[n] == '_' || name[n] == '.' ? name[n] : '-';
  slug[n] = '\0';
  if (n == 0 || slug[0] == '.' || strcmp(slug, "-") == 0)
    strcpy(slug, "sweep");
}

int lur_sweep_path(const struct lur_plan *p, const struct lur_sweep_source *s, const struct lur_sweep_request *r,
                   char path[LUR_PATH_BYTES], struct lur_error *e) {
  char hex[65], slug[64], shard[48] = "";
  if (r->out && strlen(r->out) >= LUR_PATH_BYTES)
    return lur_fail(e, LUR_EIO, NULL, "the results file's name is too long");
  if (r->out) {
    strcpy(path, r->out);
    return LUR_OK;
  }
  int rc = lur_plan_hash(p, hex, e);
  lur_sweep_slug(s->script_path, slug);
  if (r->n_shards > 1)
    snprintf(shard, sizeof shard, ".%d-of-%d", r->shard, r->n_shards);
  if (!rc)
    snprintf(path, LUR_PATH_BYTES, "results/%s-%.*s%s.db", slug, LUR_HASH_DIGITS, hex, shard);
  return rc;
}

/* ---- What is kept beside the rows ---- */
struct texts {
  char hash[65], host[256], shard[48], commit[LUR_COMMIT_BYTES], versions[256];
  char *script;
  struct lur_buffer experiment, axes, overrides;
  struct lur_part part[LUR_MAX_PARTS];
  int n_parts;
};

static int make_texts(struct texts *t, const struct lur_plan *p, const struct lur_sweep_source *s,
                      const struct lur_sweep_request *r, struct lur_error *e) {
  int rc = lur_plan_hash(p, t->hash, e);
  if (rc)
    return rc;
  if (gethostname(t->host, sizeof t->host - 1) != 0)
    t->host[0] = '\0';
  if (r->n_shards > 1)
    snprintf(t->shard, sizeof t->shard, "%d-of-%d", r->shard, r->n_shards);
  lur_git_commit_at(s->script_path, t->commit);
  size_t n_bytes;
  t->script = lur_file_read(s->script_path, &n_bytes, NULL); /* NULL where the script came through a pipe */
  lur_plan_write_experiment(p, &t->experiment);
  lur_stored_write_more(p, s->opaque, s->log, s->item, &t->experiment);
  lur_plan_write_axes(p, &t->axes);
  lur_words_write(s->overrides, s->n_overrides, &t->overrides);
  t->n_parts = lur_stored_parts(lur_plan_sweep(p)->spec, t->part);
  return t->experiment.failed || t->axes.failed || t->overrides.failed ? lur_fail_memory(e) : LUR_OK;
}

static void free_texts(struct texts *t) {
  free(t->script);
  lur_buffer_free(&t->experiment);
  lur_buffer_free(&t->axes);
  lur_buffer_free(&t->overrides);
}

static bool keeps_high(const struct lur_plan *p) {
  const struct lur_column *column = lur_plan_columns(p);
  for (int i = 0; i < lur_plan_n_columns(p); i++)
    if (strcmp(column[i].name, lur_plan_sweep(p)->keep_by) == 0)
      return column[i].high;
  return false;
}

static struct lur_store_plan store_plan(const struct lur_plan *p, const struct lur_sweep_source *s,
                                        const struct lur_sweep_request *r, struct texts *t) {
  const struct lur_sweep *sweep = lur_plan_sweep(p);
  snprintf(t->versions, sizeof t->versions, "luron " LUR_VERSION ", numerics %d, compiler " __VERSION__,
           LUR_NUMERICS_VERSION);
  return (struct lur_store_plan){.facts = {.hash = t->hash,
                                           .name = s->name,
                                           .script_path = s->script_path,
                                           .script = t->script,
                                           .experiment = t->experiment.data,
                                           .axes = t->axes.data,
                                           .overrides = s->item < 0         ? NULL
                                                        : t->overrides.data ? t->overrides.data
                                                                            : "",
                                           .versions = t->versions,
                                           .host = t->host,
                                           .git_commit = t->commit[0] ? t->commit : NULL,
                                           .shard = r->n_shards > 1 ? t->shard : NULL,
                                           .part = t->part,
                                           .n_parts = t->n_parts,
                                           .entries = sweep->spec->entries,
                                           .n_runs = lur_sweep_n_numbers(p)},
                                 .n_columns = lur_plan_n_columns(p),
                                 .column = lur_plan_columns(p),
                                 .fresh = r->fresh,
                                 .stays = s->stays,
                                 .keep_best = sweep->keep == LUR_KEEP_BEST ? sweep->keep_best : 0,
                                 .keep_by = sweep->keep_by,
                                 .keep_high = keeps_high(p)};
}

/* ---- What is to be computed again ---- */
struct again {
  const struct lur_plan *plan;
  struct lur_spec *at;
  bool only_failed; /* most rows are not kept */
  struct lur_range *unit;
  size_t n, room;
};

/* The number, with all that is only computed together with it. */
static int add_again(struct again *a, uint64_t number, struct lur_error *e) {
  if (a->n && a->unit[a->n - 1].last >= number)
    return LUR_OK;
  struct lur_range unit = lur_sweep_unit(a->plan, number);
  if (a->n && a->unit[a->n - 1].last + 1 == unit.first) {
    a->unit[a->n - 1].last = unit.last;
    return LUR_OK;
  }
  if (!lur_grow(&a->unit, &a->room, a->n + 1, sizeof *a->unit))
    return lur_fail_memory(e);
  a->unit[a->n++] = unit;
  return LUR_OK;
}

/* Numbers that are settled, but have no row although they are not skipped. */
static int add_gone(struct again *a, uint64_t first, uint64_t end, struct lur_error *e) {
  int rc = LUR_OK;
  for (uint64_t number = first; number < end && !a->only_failed && !rc; number++) {
    bool skips = false;
    rc = lur_plan_skips(a->plan, number, a->at, &skips, e);
    if (!rc && !skips)
      rc = add_again(a, number, e);
  }
  return rc;
}

static int find_again(struct again *a, struct lur_table *t, struct lur_error *e) {
  const struct lur_table_facts *f = lur_table_facts(t);
  const char *failed = lur_table_column(t, "failed_rate") >= 0 ? "run, failed_rate > 0" : "run, status = 'failed'";
  const struct lur_ask ask = {.select = failed, .order = "run", .deadline_ms = -1};
  const struct lur_cell *c = NULL;
  struct lur_query *q = lur_query_new(t, &ask, e);
  int got = q ? lur_query_next(q, &c, e) : -e->code, rc = LUR_OK;
  for (size_t i = 0; i < f->n_done && !rc && got >= 0; i++) {
    uint64_t next = f->done[i].first;
    for (; got > 0 && !rc && (uint64_t)c[0].as.integer <= f->done[i].last; got = lur_query_next(q, &c, e)) {
      uint64_t number = (uint64_t)c[0].as.integer;
      rc = add_gone(a, next, number, e);
      if (!rc && c[1].as.integer)
        rc = add_again(a, number, e);
      next = number + 1;
    }
    if (!rc && got >= 0)
      rc = add_gone(a, next, f->done[i].last + 1, e);
  }
  lur_query_free(q);
  return got < 0 ? -got : rc;
}

/* Fills a with what --retry computes again of the file at path; of another sweep's, nothing: it is refused later. */
static int look_again(struct again *a, const struct lur_plan *p, const char *path, struct lur_error *e) {
  char hex[65];
  *a = (struct again){.plan = p, .at = lur_copy(lur_plan_sweep(p)->spec, 1, sizeof *a->at)};
  if (!a->at)
    return lur_fail_memory(e);
  if (access(path, F_OK) != 0)
    return LUR_OK;
  struct lur_table *t = lur_table_open(path, e);
  int rc = t ? lur_plan_hash(p, hex, e) : e->code;
  if (!rc && strcmp(hex, lur_table_facts(t)->sweep.hash) == 0) {
    a->only_failed = lur_table_facts(t)->keep_best > 0;
    rc = find_again(a, t, e);
  }
  lur_table_free(t);
  return rc;
}

/* ---- Files that the script reads ---- */
/* A results file is not gone on with if its rows were computed of other files, or if it holds another sweep of the same
 * script; any other is refused where it is opened to be written. */
static int check_files(const char *path, const struct lur_sweep_facts *ours, const struct lur_sweep_source *s,
                       struct lur_error *e) {
  char changed[LUR_CHANGED_BYTES] = "";
  struct lur_table *t = access(path, F_OK) == 0 ? lur_table_open(path, NULL) : NULL;
  if (!t)
    return LUR_OK;
  const struct lur_sweep_facts *theirs = &lur_table_facts(t)->sweep;
  bool same = strcmp(ours->hash, theirs->hash) == 0, of_script = lur_store_same_script(ours, theirs);
  int rc = same || of_script ? lur_sweep_find_changed(s->files, t, NULL, changed, e) : LUR_OK;
  if (!rc && same && changed[0])
    rc = lur_fail(e, LUR_EIO, NULL,
                  "%s: %s has changed since runs were computed of it; --fresh computes all again, -o FILE keeps these"
                  " too",
                  path, changed);
  else if (!rc && same && s->opaque[0] && lur_table_facts(t)->n_settled)
    rc = lur_fail(e, LUR_EIO, NULL,
                  "%s: its rows may be of another sweep: functions hold %s, and luron cannot see whether that is the"
                  " same; --assume-same says that it is, --fresh computes all again",
                  path, s->opaque);
  else if (!rc && same && theirs->shard[0] && (!ours->shard || strcmp(ours->shard, theirs->shard) != 0))
    rc = lur_fail(e, LUR_EIO, NULL,
                  "%s: holds shard %s of this sweep; give %s a file of its own with -o, and join them by luron merge",
                  path, theirs->shard, ours->shard ? "each shard" : "the whole sweep");
  else if (!rc && !same && of_script)
    rc = changed[0] ? lur_fail(e, LUR_EIO, NULL,
                               "%s: holds another sweep, for %s has changed since; choose another file with -o, or"
                               " compute all again with --fresh",
                               path, changed)
                    : lur_fail(e, LUR_EIO, NULL,
                               "%s: holds another sweep, though of the same script: data or fields come from outside"
                               " its text, such as os.time(); choose another file with -o, or compute all again with"
                               " --fresh",
                               path);
  lur_table_free(t);
  return rc;
}

/* --fresh erases what the same command made before, of whatever text its script was then, and nothing else. */
static int check_fresh(const char *path, const struct lur_sweep_facts *ours, struct lur_error *e) {
  static const char remedy[] = "--fresh does not erase it; remove it, or choose another file with -o";
  struct stat st;
  if (stat(path, &st) != 0 || (S_ISREG(st.st_mode) && st.st_size == 0))
    return LUR_OK;
  struct lur_error why = {0};
  struct lur_table *t = lur_table_open(path, &why);
  if (!t)
    return lur_fail(e, LUR_EIO, NULL, "%s; %s", why.text, remedy);
  const struct lur_sweep_facts *theirs = &lur_table_facts(t)->sweep;
  const char *words = ours->overrides ? ours->overrides : "";
  const bool same = strcmp(theirs->hash, ours->hash) == 0 ||
                    (strcmp(lur_path_name(theirs->script_path), lur_path_name(ours->script_path)) == 0 &&
                     strcmp(theirs->overrides, words) == 0);
  char words_shown[100];
  int rc = LUR_OK;
  if (!same)
    rc = lur_fail(e, LUR_EIO, NULL, "%s: holds another sweep, of %.100s%s%s; %s", path, theirs->script_path,
                  theirs->overrides[0] ? " " : "", lur_utf8_line(theirs->overrides, words_shown, sizeof words_shown),
                  remedy);
  lur_table_free(t);
  return rc;
}

/* Rows that are taken over come of another file than the one that is written. */
static int check_reuse(const char *path, const struct lur_sweep_request *r, struct lur_error *e) {
  struct stat own, other;
  for (int i = 0; i < r->n_reuse && stat(path, &own) == 0; i++)
    if (stat(r->reuse[i], &other) == 0 && own.st_dev == other.st_dev && own.st_ino == other.st_ino)
      return lur_fail(e, LUR_EIO, NULL,
                      "%s is the file that is written; its rows stay without --reuse, or choose another file with -o",
                      path);
  return LUR_OK;
}

/* Rows go on with what was read for them. */
struct noting {
  struct lur_sink to;
  struct lur_files *files;
  bool goes_on; /* some were told of */
};

static int fail_changed(const char *file, struct lur_error *e) {
  return lur_fail(e, LUR_EIO, NULL, "%s: it has changed while the sweep was reading it; --fresh computes all again",
                  file);
}

static int take_noting(void *context, const struct lur_rows *rows, struct lur_error *e) {
  struct noting *n = context;
  struct lur_rows with = *rows;
  const char *changed = lur_files_changed(n->files, false);
  if (changed)
    return fail_changed(changed, e);
  with.file = lur_files_list(n->files, !n->goes_on, &with.n_files);
  n->goes_on = true;
  return n->to.take(n->to.context, &with, e);
}

/* ---- Running ---- */
/* What is not settled, after older files' rows were taken over. */
static int compute(struct lur_store *store, const struct lur_plan *p, const struct lur_sweep_source *s,
                   const struct lur_sweep_request *r, const struct lur_reuse *reuse, struct lur_sweep_outcome *o,
                   struct lur_error *e) {
  struct lur_progress progress = {0};
  struct noting noting = {lur_store_sink(store), s->files, false};
  struct lur_sink sink = {.context = &noting, .take = take_noting};
  struct lur_sweep_options options = {.n_threads = lur_threads_asked(r->n_threads),
                                      .shard = r->shard,
                                      .n_shards = r->n_shards,
                                      .budget_ns = r->budget_ns,
                                      .cancel = s->stop.cancel};
  options.done = lur_reuse_settled(reuse, &options.n_done);
  struct lur_progress_line *line = s->bar ? lur_progress_start(&progress, stderr) : NULL;
  int rc = lur_sweep_run(p, &options, &sink, &progress, &o->out_of_budget, e);
  lur_progress_stop(line);
  if (rc == LUR_ECANCELLED && !o->out_of_budget)
    s->stop.obeyed(); /* what is done is being committed: no end by the clock any more */
  if (rc == LUR_ECANCELLED && o->out_of_budget)
    rc = LUR_OK;
  const char *changed = rc ? NULL : lur_files_changed(s->files, true);
  if (changed && progress.rows)
    rc = fail_changed(changed, e);
  o->total = progress.total;
  o->done = progress.done;
  o->rows = progress.rows;
  o->complete = !rc && !o->out_of_budget;
  return rc;
}

static int run_into(struct lur_store *store, const struct lur_plan *p, const struct lur_sweep_source *s,
                    const struct lur_sweep_request *r, struct lur_reuse *reuse, struct lur_sweep_outcome *o,
                    struct lur_error *e) {
  const uint64_t begin_ns = lur_clock_ns();
  size_t n_done;
  const struct lur_range *done = lur_store_done(store, &n_done);
  for (size_t i = 0; i < n_done; i++)
    o->before += done[i].last - done[i].first + 1;
  const struct lur_sink sink = lur_store_sink(store);
  int rc = lur_reuse_take(reuse, &sink, done, n_done, o->path, e);
  o->taken = lur_reuse_n_rows(reuse);
  if (!rc)
    rc = compute(store, p, s, r, reuse, o, e);
  struct lur_error late = {0};
  int finished = lur_store_finish(store, o->complete, &late);
  o->time_ns = lur_clock_ns() - begin_ns;
  if (finished && (!rc || rc == LUR_ECANCELLED) && e)
    *e = late;
  return finished && (!rc || rc == LUR_ECANCELLED) ? finished : rc;
}

static void tell_opaque(const struct lur_sweep_source *s) {
  if (s->opaque[0])
    fprintf(stderr,
            "functions hold %s, and luron cannot see whether that changes: this sweep never counts as done, unless"
            " --assume-same is given\n",
            s->opaque);
}

static int check(const char *path, const struct lur_sweep_facts *ours, const struct lur_sweep_source *s,
                 const struct lur_sweep_request *r, struct lur_error *e) {
  int rc = r->fresh ? check_fresh(path, ours, e) : check_files(path, ours, s, e);
  return rc ? rc : check_reuse(path, r, e);
}

int lur_sweep_check_file(const struct lur_plan *p, const struct lur_sweep_source *s, const struct lur_sweep_request *r,
                         const char *path, struct lur_error *e) {
  struct texts t = {0};
  int rc = make_texts(&t, p, s, r, e);
  if (!rc) {
    const struct lur_store_plan plan = store_plan(p, s, r, &t);
    rc = check(path, &plan.facts, s, r, e);
  }
  free_texts(&t);
  return rc;
}

int lur_sweep_to_file(const struct lur_plan *p, const struct lur_sweep_source *s, const struct lur_sweep_request *r,
                      struct lur_sweep_outcome *o, struct lur_error *e) {
  struct texts t = {0};
  struct again again = {0};
  struct lur_store *store = NULL;
  struct lur_reuse *reuse = NULL;
  *o = (struct lur_sweep_outcome){0};
  int rc = lur_sweep_path(p, s, r, o->path, e);
  if (!rc)
    rc = make_texts(&t, p, s, r, e);
  struct lur_store_plan plan = {0};
  if (!rc)
    plan = store_plan(p, s, r, &t);
  if (!rc)
    rc = check(o->path, &plan.facts, s, r, e);
  if (!rc && r->retry && !r->fresh)
    rc = look_again(&again, p, o->path, e);
  if (!rc)
    tell_opaque(s);
  if (!rc && !(reuse = lur_reuse_open(p, s, r, e)))
    rc = e->code;
  if (!rc) {
    plan.forget = again.unit;
    plan.n_forget = again.n;
    store = lur_store_open(o->path, &plan, e);
    rc = store ? run_into(store, p, s, r, reuse, o, e) : e->code;
  }
  lur_store_free(store);
  lur_reuse_free(reuse);
  free(again.at);
  free(again.unit);
  free_texts(&t);
  return rc;
}
