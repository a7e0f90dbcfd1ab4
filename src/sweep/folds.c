/* SPDX-License-Identifier: MIT
 * Cross-validation folds: which one a spec means, and its patterns. Each seed has its own partition of the rows, and
 * each fold of it is cut from the whole once, as long as there is room. Cuts are found by a hash of seed and fold (open
 * addressing). */
#include <stdlib.h>

#include "base/grow.h"
#include "base/memory.h"
#include "sweep/plan_internal.h"

/* ---- Of a spec ---- */
static const struct lur_value *value_of(const struct lur_spec *spec, enum lur_field_id id) {
  const struct lur_value *v = &spec->value[id];
  return v->kind == LUR_V_ABSENT ? &lur_fields[id].usual : v;
}

/* The whole number that the field has; there is one. */
static uint64_t count_of(const struct lur_spec *spec, enum lur_field_id id) {
  return (uint64_t)value_of(spec, id)->as.integer;
}

/* The choice that the field has, or -1. */
static int choice_of(const struct lur_spec *spec, enum lur_field_id id) {
  const struct lur_value *v = &spec->value[id];
  return v->kind == LUR_V_CHOICE ? (int)v->as.integer : -1;
}

struct lur_wish lur_spec_wish(const struct lur_spec *spec) {
  struct lur_wish w = {.normalize = choice_of(spec, LUR_F_NORMALIZE),
                       .normalize_targets = choice_of(spec, LUR_F_NORMALIZE_TARGETS),
                       .balanced = choice_of(spec, LUR_F_CLASS_WEIGHTS) >= 0};
  if (!lur_spec_has_folds(spec))
    return w;
  w.n_folds = count_of(spec, LUR_F_FOLDS);
  w.fold = count_of(spec, LUR_F_FOLD);
  w.fold_seed = count_of(spec, LUR_F_SEED);
  w.validation = spec->validation_share;
  w.validation_seed = count_of(spec, LUR_F_VALIDATION_SEED);
  w.stratified = value_of(spec, LUR_F_VALIDATION_STRATIFIED)->as.truth;
  w.from = spec->from;
  return w;
}

int lur_spec_check_fold(const struct lur_spec *spec, struct lur_error *e) {
  const int64_t folds = spec->value[LUR_F_FOLDS].as.integer, fold = spec->value[LUR_F_FOLD].as.integer;
  if (spec->value[LUR_F_FOLD].kind == LUR_V_ABSENT)
    return LUR_OK;
  if (!lur_spec_has_folds(spec))
    return lur_fail(e, LUR_EINPUT, "fold", "there are no cross-validation folds; write folds = 5, or another number");
  if (fold > folds)
    return lur_fail(e, LUR_EINPUT, "fold", "%lld, but there are %lld cross-validation folds", (long long)fold,
                    (long long)folds);
  return LUR_OK;
}

/* ---- Cuts, kept ---- */
/* Above this many bytes, the cuts of past windows are dropped. */
enum { MOST_KEPT_BYTES = 64 << 20 };

struct cut {
  const struct lur_dataset *whole;
  uint64_t seed, fold;
  struct lur_prepared made;
  struct lur_patterns train, test, validation; /* the last may be none */
};

struct cuts {
  struct cut **cut; /* each stays where it is */
  size_t n, room, bytes;
  size_t *slot, n_slots; /* where a cut is, + 1; a power of two of them, or none */
};

bool lur_plan_has_own_data(const struct lur_plan *p) {
  return p->sweep.calls->data || lur_spec_has_folds(p->sweep.spec);
}

struct cuts *lur_cuts_new(void) {
  return lur_alloc(1, sizeof(struct cuts));
}

static void clear(struct cuts *c) {
  for (size_t i = 0; i < c->n; i++) {
    lur_prepared_free(&c->cut[i]->made);
    free(c->cut[i]);
  }
  free(c->slot);
  c->slot = NULL;
  c->n = c->bytes = c->n_slots = 0;
}

void lur_cuts_free(struct cuts *c) {
  if (!c)
    return;
  clear(c);
  free(c->cut);
  free(c);
}

void lur_plan_forget(const struct lur_plan *p) {
  const struct lur_host_calls *calls = p->sweep.calls;
  if (calls->data || p->cuts->bytes > MOST_KEPT_BYTES) /* another whole may come to lie where one was */
    clear(p->cuts);
  if (calls->forget)
    calls->forget(calls->context);
}

/* The slot where the cut is, or would stand. Fibonacci hashing: the upper bits are spread. */
static size_t find_slot(const struct cuts *c, const struct lur_dataset *whole, uint64_t seed, uint64_t fold) {
  const uint64_t mixed = (seed * UINT64_C(0x9e3779b97f4a7c15) + fold) * UINT64_C(0x9e3779b97f4a7c15);
  for (size_t at = (size_t)(mixed >> 32) & (c->n_slots - 1);; at = (at + 1) & (c->n_slots - 1)) {
    const struct cut *found = c->slot[at] ? c->cut[c->slot[at] - 1] : NULL;
    if (!found || (found->whole == whole && found->seed == seed && found->fold == fold))
      return at;
  }
}

static const struct cut *find(const struct cuts *c, const struct lur_dataset *whole, const struct lur_wish *w) {
  const size_t i = c->n_slots ? c->slot[find_slot(c, whole, w->fold_seed, w->fold)] : 0;
  return i ? c->cut[i - 1] : NULL;
}

/* Room for one more; at least half of the slots stay free. */
static bool grow(struct cuts *c) {
  if (!lur_grow(&c->cut, &c->room, c->n + 1, sizeof *c->cut))
    return false;
  if (2 * (c->n + 1) <= c->n_slots)
    return true;
  const size_t n_slots = c->n_slots ? 2 * c->n_slots : 64;
  size_t *slot = lur_alloc(n_slots, sizeof *slot);
  if (!slot)
    return false;
  free(c->slot);
  c->slot = slot;
  c->n_slots = n_slots;
  for (size_t i = 0; i < c->n; i++)
    slot[find_slot(c, c->cut[i]->whole, c->cut[i]->seed, c->cut[i]->fold)] = i + 1;
  return true;
}

/* What it holds, with what the allocator adds to its blocks. */
static size_t size_of(const struct cut *c) {
  enum { BLOCK_BYTES = 16, BLOCKS_PER_SET = 6 };
  const struct lur_patterns *set[] = {&c->train, &c->test, &c->validation};
  size_t bytes = sizeof *c + BLOCK_BYTES;
  for (int k = 0; k < LUR_N_SETS; k++) {
    const size_t inputs = set[k]->n * (size_t)set[k]->n_inputs, targets = set[k]->n * (size_t)set[k]->n_outputs;
    bytes += sizeof(struct lur_dataset) + BLOCKS_PER_SET * BLOCK_BYTES;
    bytes += (inputs * (c->made.inputs[k] ? 2 : 1) + targets * (set[k]->given ? 2 : 1)) * sizeof(double);
    bytes += c->whole->weights || c->made.weights ? 2 * set[k]->n * sizeof(double) : 0;
  }
  return bytes;
}

static int make(struct lur_dataset *whole, const struct lur_wish *w, struct cut *to, struct lur_error *e) {
  to->whole = whole;
  to->seed = w->fold_seed;
  to->fold = w->fold;
  int rc = lur_prepare(w, &(struct lur_given){.set = {whole}}, &to->made, e);
  if (!rc)
    rc = lur_prepared_patterns(&to->made, LUR_TRAIN, to->made.set[LUR_TRAIN], &to->train, e);
  if (!rc)
    rc = lur_prepared_patterns(&to->made, LUR_TEST, to->made.set[LUR_TEST], &to->test, e);
  if (!rc && to->made.set[LUR_VALIDATION])
    rc = lur_prepared_patterns(&to->made, LUR_VALIDATION, to->made.set[LUR_VALIDATION], &to->validation, e);
  return rc;
}

static int add(struct cuts *c, struct lur_dataset *whole, const struct lur_wish *w, const struct cut **out,
               struct lur_error *e) {
  struct cut *new = grow(c) ? lur_alloc(1, sizeof *new) : NULL;
  if (!new)
    return lur_fail_memory(e);
  const int rc = make(whole, w, new, e);
  if (rc) {
    lur_prepared_free(&new->made);
    free(new);
    return rc;
  }
  c->bytes += size_of(new) + sizeof *c->cut + 2 * sizeof *c->slot;
  *out = c->cut[c->n] = new;
  c->slot[find_slot(c, whole, new->seed, new->fold)] = ++c->n;
  return LUR_OK;
}

int lur_plan_cut(const struct lur_plan *p, struct lur_spec *spec, struct lur_error *e) {
  if (!spec->whole)
    return LUR_OK;
  const struct lur_wish w = lur_spec_wish(spec);
  const struct cut *c = find(p->cuts, spec->whole, &w);
  const int rc = c ? LUR_OK : add(p->cuts, spec->whole, &w, &c, e);
  if (rc)
    return rc;
  spec->train = c->train;
  spec->test = c->test;
  spec->validation = c->validation;
  spec->shift = c->made.shift;
  spec->scale = c->made.scale;
  spec->fill = c->made.fill;
  return LUR_OK;
}
