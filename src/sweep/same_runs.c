/* SPDX-License-Identifier: MIT
 * First the experiments are compared: all that a sweep's hash covers, but for the axes. Then runs are, by the fields
 * and params that are on an axis of one of the two, or that are set in one of them and may be without effect: each run
 * is put into a spec, as the host's functions see it, so that what a combination does not read is not compared. Their
 * runs go into a table by a digest of these values; a hit is compared value by value.
 *
 * Invariant: a pair has the same row, bit by bit, but for the axes' own columns. */
#include "sweep/same_runs.h"

#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "base/memory.h"
#include "sweep/loop.h"

enum { MOST_THEIRS = 1 << 22, MOST_MINE = 1 << 24, LOOKS_UP_EVERY = 4096 };

/* What is compared run by run. */
struct compared {
  int n_fields, field[LUR_N_FIELDS];
  int n_params, mine[LUR_MAX_PARAMS], theirs[LUR_MAX_PARAMS]; /* indices of the same param */
};

/* ---- Experiments ---- */
static bool has_axis(const struct lur_sweep *s, int field, int param) {
  bool has = false;
  for (int i = 0; i < s->axes->n; i++)
    has = has || (field >= 0 ? s->axes->axis[i].field == field : s->axes->axis[i].param == param);
  return has;
}

static bool calls_functions(const struct lur_sweep *s) {
  const struct lur_host_calls *c = s->calls;
  return c && (c->where || c->data || c->start || c->when || c->n_metrics);
}

static bool same_value(const struct lur_value *a, const struct lur_value *b) {
  if (lur_is_entry(a) && lur_is_entry(b))
    return strcmp(a->as.entry->digest, b->as.entry->digest) == 0;
  return lur_value_same(a, b);
}

static struct lur_value said(const struct lur_spec *spec, int id) {
  return spec->value[id].kind == LUR_V_ABSENT ? lur_fields[id].usual : spec->value[id];
}

/* What the field has for single layers. */
static bool same_layers(const struct lur_spec *a, const struct lur_spec *b, int id) {
  bool same = true;
  for (int l = 0; lur_fields[id].kind == LUR_K_LAYERED && l < LUR_MAX_LAYERS && same; l++)
    same = lur_value_same(&a->layer[lur_fields[id].layered][l], &b->layer[lur_fields[id].layered][l]);
  return same;
}

static bool same_field(const struct lur_spec *a, const struct lur_spec *b, int id) {
  const struct lur_value x = said(a, id), y = said(b, id);
  return same_value(&x, &y) && same_layers(a, b, id);
}

static void write_value(const struct lur_spec *spec, int id, struct lur_buffer *out) {
  const struct lur_value v = lur_spec_value(spec, (enum lur_field_id)id);
  if (lur_is_entry(&v))
    lur_buffer_text(out, v.as.entry->name);
  else if (v.kind == LUR_V_ABSENT)
    lur_buffer_text(out, "none");
  else
    lur_value_write(&lur_fields[id], &v, out);
}

static int fail_field(const struct lur_spec *mine, const struct lur_spec *theirs, int id, struct lur_error *e) {
  struct lur_buffer here = {0}, there = {0};
  write_value(mine, id, &here);
  write_value(theirs, id, &there);
  const bool shows = here.data && there.data && strcmp(here.data, there.data) != 0;
  const int rc = shows ? lur_fail(e, LUR_EINPUT, NULL, "%s is %.60s there, and %.60s here", lur_fields[id].column,
                                  there.data, here.data)
                       : lur_fail(e, LUR_EINPUT, NULL, "%s is another there", lur_fields[id].column);
  lur_buffer_free(&here);
  lur_buffer_free(&there);
  return rc;
}

static bool is_of_a_run(int id) {
  return lur_fields[id].kind != LUR_K_SCRIPT && lur_fields[id].kind != LUR_K_TEXT && id != LUR_F_SAMPLER &&
         id != LUR_F_SAMPLES && id != LUR_F_SAMPLER_SEED;
}

/* Whether a run may be the same although the field is set to another value: nothing reads it, or it is the default. */
static bool may_be_equal(int id) {
  const struct lur_field *f = &lur_fields[id];
  return f->reads || f->usual_by || f->kind == LUR_K_LAYERED;
}

static int compare_fields(const struct lur_sweep *mine, const struct lur_sweep *theirs, struct compared *c,
                          struct lur_error *e) {
  const bool exactly = calls_functions(mine); /* which may read what no axis is of, too */
  for (int id = 0; id < LUR_N_FIELDS; id++) {
    const bool varies = has_axis(mine, id, -1) || has_axis(theirs, id, -1);
    if (!is_of_a_run(id) || (!varies && same_field(mine->spec, theirs->spec, id)))
      continue;
    if (!varies && (exactly || !may_be_equal(id)))
      return fail_field(mine->spec, theirs->spec, id, e);
    c->field[c->n_fields++] = id;
  }
  return LUR_OK;
}

static bool same_param(const struct lur_param *a, const struct lur_param *b) {
  if (a->is_usual != b->is_usual || !a->text != !b->text)
    return false;
  return a->text ? strcmp(a->text, b->text) == 0 : same_value(&a->value, &b->value);
}

static int compare_params(const struct lur_sweep *mine, const struct lur_sweep *theirs, struct compared *c,
                          struct lur_error *e) {
  const struct lur_spec *a = mine->spec, *b = theirs->spec;
  for (int i = 0; i < b->n_params; i++)
    if (lur_spec_find_param(a, b->param[i].name) < 0)
      return lur_fail(e, LUR_EINPUT, NULL, "it has a param %s", b->param[i].name);
  for (int i = 0; i < a->n_params; i++) {
    const int at = lur_spec_find_param(b, a->param[i].name);
    if (at < 0)
      return lur_fail(e, LUR_EINPUT, NULL, "it has no param %s", a->param[i].name);
    const bool varies = has_axis(mine, -1, i) || has_axis(theirs, -1, at);
    if (!varies && same_param(&a->param[i], &b->param[at]))
      continue;
    if (!varies && !a->param[i].is_usual && !b->param[at].is_usual)
      return lur_fail(e, LUR_EINPUT, NULL, "the param %s is another there", a->param[i].name);
    c->mine[c->n_params] = i;
    c->theirs[c->n_params++] = at;
  }
  return LUR_OK;
}

/* Functions that are asked while theirs is planned see the values of mine's axes, and not those of others. */
static int compare_functions(const struct lur_sweep *mine, const struct lur_sweep *theirs, struct lur_error *e) {
  const char *a = mine->sources ? mine->sources : "", *b = theirs->sources ? theirs->sources : "";
  if (calls_functions(mine) != calls_functions(theirs) || (calls_functions(mine) && strcmp(a, b) != 0))
    return lur_fail(e, LUR_EINPUT, NULL, "its functions are others");
  const bool asks = mine->calls && (mine->calls->where || mine->calls->data || mine->calls->start);
  for (int i = 0; i < theirs->axes->n && asks; i++)
    if (lur_axes_find(mine->axes, theirs->axes->axis[i].name) < 0)
      return lur_fail(e, LUR_EINPUT, NULL, "its axis %s is none here, and functions may read it",
                      theirs->axes->axis[i].name);
  return LUR_OK;
}

static int compare_metrics(const struct lur_sweep *mine, const struct lur_sweep *theirs, struct lur_error *e) {
  const uint64_t lacks = mine->spec->metrics & ~(theirs->spec->metrics | lur_metrics_always());
  return lacks ? lur_fail(e, LUR_EINPUT, "metrics", "it lacks the metric %s", lur_metric_names[__builtin_ctzll(lacks)])
               : LUR_OK;
}

static int check_keep(const struct lur_sweep *s, const char *whose, struct lur_error *e) {
  if (s->halving.n_rungs)
    return lur_fail(e, LUR_EINPUT, NULL, "runs of a halving depend on each other, and %s prunes", whose);
  if (s->keep != LUR_KEEP_ALL)
    return lur_fail(e, LUR_EINPUT, NULL, "%s does not keep all rows", whose);
  return LUR_OK;
}

static int compare(const struct lur_sweep *mine, const struct lur_sweep *theirs, struct compared *c,
                   struct lur_error *e) {
  *c = (struct compared){0};
  int rc = check_keep(mine, "this sweep", e);
  if (!rc)
    rc = check_keep(theirs, "that one", e);
  if (!rc)
    rc = compare_functions(mine, theirs, e);
  if (!rc)
    rc = compare_fields(mine, theirs, c, e);
  if (!rc)
    rc = compare_params(mine, theirs, c, e);
  return rc ? rc : compare_metrics(mine, theirs, e);
}

int lur_same_experiment(const struct lur_sweep *mine, const struct lur_sweep *theirs, struct lur_error *e) {
  struct compared c;
  return compare(mine, theirs, &c, e);
}

int lur_same_data(const struct lur_plan *mine, const struct lur_plan *theirs, struct lur_error *e) {
  char a[65], b[65];
  lur_plan_digest_data(mine, a);
  lur_plan_digest_data(theirs, b);
  return strcmp(a, b) == 0 ? LUR_OK : lur_fail(e, LUR_EINPUT, NULL, "its data are others");
}

/* ---- Runs: their values, and a digest of those ---- */
static uint64_t mix(uint64_t h, uint64_t x) {
  h = (h ^ x) * UINT64_C(0x9e3779b97f4a7c15);
  return h ^ h >> 29;
}

static uint64_t mix_value(uint64_t h, const struct lur_value *v) {
  uint64_t bits = 0;
  h = mix(h, (uint64_t)v->kind);
  switch (v->kind) {
  case LUR_V_ABSENT: return h;
  case LUR_V_BOOL: return mix(h, v->as.truth);
  case LUR_V_INTEGER:
  case LUR_V_CHOICE: return mix(h, (uint64_t)v->as.integer);
  case LUR_V_ENTRY: memcpy(&bits, v->as.entry->digest, sizeof bits); return mix(h, bits);
  case LUR_V_NUMBER: memcpy(&bits, &v->as.number, sizeof bits); return mix(h, bits);
  case LUR_V_LIST: break;
  }
  for (int i = 0; i < v->as.list.n; i++) {
    memcpy(&bits, &v->as.list.at[i], sizeof bits);
    h = mix(h, bits);
  }
  return h;
}

/* A param that nothing set has the default of the function that reads it. */
static struct lur_value param_value(const struct lur_spec *at, int param) {
  const struct lur_param *p = &at->param[param];
  if (p->is_usual)
    return (struct lur_value){.kind = LUR_V_NUMBER, .as.number = lur_spec_number(at, p->name)};
  return p->value;
}

static bool is_text(const struct lur_param *p) {
  return p->text && p->value.kind != LUR_V_ABSENT;
}

static uint64_t digest_of(const struct compared *c, const int *param, const struct lur_spec *at) {
  uint64_t h = 1;
  for (int i = 0; i < c->n_fields; i++) {
    const int id = c->field[i];
    const struct lur_value v = lur_spec_value(at, (enum lur_field_id)id);
    h = mix_value(h, &v);
    for (int l = 0; lur_fields[id].kind == LUR_K_LAYERED && l < LUR_MAX_LAYERS; l++)
      h = mix_value(h, &at->layer[lur_fields[id].layered][l]);
  }
  for (int i = 0; i < c->n_params; i++) {
    const struct lur_param *p = &at->param[param[i]];
    const struct lur_value v = param_value(at, param[i]);
    if (is_text(p))
      for (const char *text = p->text; *text; text++)
        h = mix(h, (uint8_t)*text);
    else
      h = mix_value(h, &v);
  }
  return h;
}

static bool same_run(const struct compared *c, const struct lur_spec *a, const struct lur_spec *b) {
  bool same = true;
  for (int i = 0; i < c->n_fields && same; i++) {
    const int id = c->field[i];
    const struct lur_value x = lur_spec_value(a, (enum lur_field_id)id), y = lur_spec_value(b, (enum lur_field_id)id);
    same = same_value(&x, &y) && same_layers(a, b, id);
  }
  for (int i = 0; i < c->n_params && same; i++) {
    const struct lur_param *p = &a->param[c->mine[i]], *q = &b->param[c->theirs[i]];
    const struct lur_value x = param_value(a, c->mine[i]), y = param_value(b, c->theirs[i]);
    same = is_text(p) && is_text(q) ? strcmp(p->text, q->text) == 0 : is_text(p) == is_text(q) && same_value(&x, &y);
  }
  return same;
}

/* ---- Their runs, by digest: open addressing; run 0 is an empty place ---- */
struct entry {
  uint64_t digest, run;
};

struct search {
  const struct lur_same_ask *ask;
  struct compared c;
  struct lur_spec *mine, *theirs; /* scratch */
  struct entry *entry;
  size_t room; /* a power of two */
  struct lur_pair *pair;
  size_t n_pairs, pairs_room;
};

static bool is_cancelled(const struct search *s, uint64_t number) {
  return number % LOOKS_UP_EVERY == 0 && s->ask->cancel && atomic_load(s->ask->cancel);
}

static int make_table(struct search *s, struct lur_error *e) {
  const struct lur_same_ask *a = s->ask;
  const uint64_t n_mine = lur_plan_n_runs(a->mine);
  uint64_t n = 0;
  for (size_t i = 0; i < a->n_done; i++)
    n += a->done[i].last - a->done[i].first + 1;
  if (n > MOST_THEIRS || n_mine > MOST_MINE)
    return lur_fail(e, LUR_EINPUT, NULL, "more than %d runs, which are not compared one by one",
                    n > MOST_THEIRS ? MOST_THEIRS : MOST_MINE);
  for (s->room = 16; s->room < 2 * n;)
    s->room *= 2;
  s->entry = lur_alloc(s->room, sizeof *s->entry);
  s->mine = lur_copy(lur_plan_sweep(a->mine)->spec, 1, sizeof *s->mine);
  s->theirs = lur_copy(lur_plan_sweep(a->theirs)->spec, 1, sizeof *s->theirs);
  return s->entry && s->mine && s->theirs ? LUR_OK : lur_fail_memory(e);
}

static int put_theirs(struct search *s, struct lur_error *e) {
  const struct lur_same_ask *a = s->ask;
  for (size_t i = 0; i < a->n_done; i++)
    for (uint64_t run = a->done[i].first; run <= a->done[i].last; run++) {
      if (is_cancelled(s, run))
        return lur_fail(e, LUR_ECANCELLED, NULL, "interrupted");
      if (lur_plan_is_repeat(a->theirs, run))
        continue;
      lur_plan_spec(a->theirs, run, s->theirs);
      const uint64_t digest = digest_of(&s->c, s->c.theirs, s->theirs);
      size_t at = (size_t)digest & (s->room - 1);
      while (s->entry[at].run)
        at = (at + 1) & (s->room - 1);
      s->entry[at] = (struct entry){digest, run};
    }
  return LUR_OK;
}

/* The number that has the values in mine; 0 where none has. */
static uint64_t find_theirs(struct search *s) {
  const uint64_t digest = digest_of(&s->c, s->c.mine, s->mine);
  for (size_t at = (size_t)digest & (s->room - 1); s->entry[at].run; at = (at + 1) & (s->room - 1)) {
    if (s->entry[at].digest != digest)
      continue;
    lur_plan_spec(s->ask->theirs, s->entry[at].run, s->theirs);
    if (same_run(&s->c, s->mine, s->theirs))
      return s->entry[at].run;
  }
  return 0;
}

static int find_pairs(struct search *s, struct lur_error *e) {
  const struct lur_same_ask *a = s->ask;
  const struct lur_shard shard = lur_shard_of(a->shard, a->n_shards, lur_n_units(a->mine));
  const uint64_t n = lur_plan_n_runs(a->mine);
  size_t settled = 0;
  for (uint64_t run = 1; run <= n; run++) {
    if (is_cancelled(s, run))
      return lur_fail(e, LUR_ECANCELLED, NULL, "interrupted");
    while (settled < a->n_settled && a->settled[settled].last < run)
      settled++;
    if (settled < a->n_settled && a->settled[settled].first <= run)
      continue;
    if (!lur_shard_has(&shard, lur_unit_of(a->mine, run)) || lur_plan_is_repeat(a->mine, run))
      continue;
    lur_plan_spec(a->mine, run, s->mine);
    const uint64_t theirs = find_theirs(s);
    if (!theirs)
      continue;
    if (!lur_grow(&s->pair, &s->pairs_room, s->n_pairs + 1, sizeof *s->pair))
      return lur_fail_memory(e);
    s->pair[s->n_pairs++] = (struct lur_pair){run, theirs};
  }
  return LUR_OK;
}

int lur_same_runs(const struct lur_same_ask *ask, struct lur_pair **out, size_t *n_out, struct lur_error *e) {
  struct search s = {.ask = ask};
  int rc = compare(lur_plan_sweep(ask->mine), lur_plan_sweep(ask->theirs), &s.c, e);
  if (!rc)
    rc = make_table(&s, e);
  if (!rc)
    rc = put_theirs(&s, e);
  if (!rc)
    rc = find_pairs(&s, e);
  free(s.entry);
  free(s.mine);
  free(s.theirs);
  if (rc)
    free(s.pair);
  *out = rc ? NULL : s.pair;
  *n_out = rc ? 0 : s.n_pairs;
  return rc;
}
