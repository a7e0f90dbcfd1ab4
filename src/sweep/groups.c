/* SPDX-License-Identifier: MIT
 * A plan's groups: one resolved structure for every combination of structural values, so that nonsense is named before
 * anything starts, and which axes its runs read. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "sweep/plan_internal.h"
#include "sweep/spec_monitor.h"

enum { MOST_CELLS_ASKED = 4000000, MOST_DATA_ASKED = 1000, MOST_KEPT_ASKED = 100000 };

/* A param that functions in place of names read is unread where none of those is in place; but any function of the
 * parameters may read any param. */
static bool param_is_read(const struct lur_plan *p, const struct lur_axis *a, const struct lur_spec *spec) {
  const struct lur_host_calls *calls = p->sweep.calls;
  bool some = false, here = false;
  for (int i = 0; spec->entries && i < spec->entries->n; i++)
    some = some || lur_entry_asks(spec->entries->entry[i], a->name);
  for (int id = 0; id < LUR_N_FIELDS && some; id++) {
    const struct lur_value v = lur_spec_value(spec, (enum lur_field_id)id);
    here = here || (lur_is_entry(&v) && lur_entry_asks(v.as.entry, a->name));
  }
  return !some || here || calls->where || calls->data || calls->start;
}

/* Whether a spec whose structural values are in place reads the axis. */
static bool is_read(const struct lur_plan *p, const struct lur_axis *a, const struct lur_spec *spec) {
  const int n_hidden = lur_spec_value(spec, LUR_F_HIDDEN).as.list.n;
  if (a->field < 0)
    return param_is_read(p, a, spec);
  if (a->layer || lur_fields[a->field].flags & LUR_OF_HIDDEN)
    return (a->layer ? a->layer : 1) <= lur_field_layers(&lur_fields[a->field], n_hidden + 1);
  if (a->field == LUR_F_BIAS_INIT)
    return lur_spec_value(spec, LUR_F_BIAS).as.truth;
  if (a->field == LUR_F_SHUFFLE) /* a full batch is never shuffled */
    return spec->value[LUR_F_BATCH].kind != LUR_V_CHOICE;
  if (a->field == LUR_F_ACTIVATION)
    return n_hidden > 0 || spec->value[LUR_F_OUTPUT_ACTIVATION].kind == LUR_V_ABSENT;
  return lur_spec_reads(spec, (enum lur_field_id)a->field);
}

/* The draws of training that some value of the axis asks for. */
static unsigned noises_of_axis(const struct lur_axis *a) {
  const unsigned bits = a->field >= 0 ? lur_fields[a->field].noises : 0;
  bool some = a->kind != LUR_A_LIST;
  for (uint64_t i = 0; bits && !some && i < a->n; i++) {
    const struct lur_value *v = &a->value[i];
    for (int l = 0; v->kind == LUR_V_LIST && l < v->as.list.n; l++)
      some = some || v->as.list.at[l] != 0;
    some = some || (v->kind != LUR_V_LIST && lur_value_number(v) != 0);
  }
  return some ? bits : 0;
}

/* What some combinations read and others do not: numbers of optimizers, layers. */
static void find_reach(struct lur_plan *p) {
  for (int a = 0; a < p->n_axes; a++) {
    const struct lur_axis *axis = &p->axis[a];
    p->varies_layers = p->varies_layers || axis->field == LUR_F_HIDDEN;
    for (uint64_t i = 0; axis->field >= 0 && lur_fields[axis->field].flags & LUR_FUNCTION && i < axis->n; i++) {
      struct lur_value v;
      lur_axis_value(axis, i, &v);
      p->reads |= lur_value_reads((enum lur_field_id)axis->field, &v);
    }
  }
}

static void put_axes(const struct lur_plan *p, size_t g, struct lur_spec *spec, bool structural) {
  for (int d = 0; d < p->n_dimensions; d++) {
    const struct dimension *dim = &p->dimension[d];
    if ((dim->group_stride != 0) != structural)
      continue;
    for (int i = 0; i < dim->n_axes; i++) {
      struct lur_value v;
      const struct lur_axis *a = &p->axis[dim->axis[i]];
      const char *text = lur_axis_value(a, structural ? g / dim->group_stride % dim->n : 0, &v);
      lur_axis_put(a, &v, text, spec);
    }
  }
}

/* "with hidden=4x4 loss=cross_entropy: " before the text of a group's mistake. */
static void say_which(const struct lur_plan *p, const struct lur_spec *spec, struct lur_error *e) {
  struct lur_buffer out = {0};
  const struct lur_error copy = *e;
  for (int a = 0; a < p->n_axes; a++) {
    int f = p->axis[a].field;
    if (f < 0 || !(lur_fields[f].flags & LUR_STRUCTURE) || spec->value[f].kind == LUR_V_ABSENT)
      continue;
    lur_buffer_format(&out, "%s%s=", out.length_bytes ? " " : "with ", lur_fields[f].name);
    lur_value_write(&lur_fields[f], &spec->value[f], &out);
  }
  if (out.data)
    lur_fail(e, copy.code, copy.field, "%s: %s", out.data, copy.text);
  lur_buffer_free(&out);
}

/* The group's combination with the first values of all other axes, and which axes it does not read. */
static void start_group(struct lur_plan *p, size_t g, struct lur_spec *spec) {
  struct group *group = &p->group[g];
  *spec = *p->sweep.spec;
  put_axes(p, g, spec, false);
  put_axes(p, g, spec, true);
  for (int a = 0; a < p->n_axes; a++)
    if (a == p->seed_axis || a == p->fold_axis) {
      struct lur_value v;
      const char *text = lur_axis_value(&p->axis[a], 0, &v);
      lur_axis_put(&p->axis[a], &v, text, spec);
    }
  for (int a = 0; a < p->n_axes; a++)
    if (!is_read(p, &p->axis[a], spec))
      group->unread |= (uint64_t)1 << a;
  for (int a = 0; a < p->n_axes; a++) {
    struct lur_value nothing = {.kind = LUR_V_ABSENT};
    if (lur_axis_is_unread(group, a))
      lur_axis_put(&p->axis[a], &nothing, NULL, spec);
  }
  lur_spec_forget_unread(spec, p->reads, p->varies_layers);
}

/* The first run of each group that the script's where keeps; 0: none was found. kept[p->n_groups] is one of any group.
 * Which axes the groups do not read is known. */
static int find_kept(const struct lur_plan *p, struct lur_spec *at, uint64_t *kept, struct lur_error *e) {
  const struct lur_host_calls *calls = p->sweep.calls;
  const uint64_t n_runs = p->n_cells * p->n_replicates, end = n_runs < MOST_KEPT_ASKED ? n_runs : MOST_KEPT_ASKED;
  size_t n_missing = p->n_groups;
  int rc = LUR_OK;
  *at = *p->sweep.spec;
  for (uint64_t run = 1; run <= end && n_missing > 0 && !rc; run++) {
    const size_t g = lur_plan_group(p, run);
    bool keep = false;
    if (kept[g])
      continue;
    lur_plan_spec(p, run, at);
    rc = calls->where(calls->context, at, &keep, e);
    if (rc || !keep)
      continue;
    kept[g] = run;
    n_missing--;
    if (!kept[p->n_groups])
      kept[p->n_groups] = run;
  }
  return rc;
}

/* Asks for the group's data with values that a run has. If where keeps no run of the group, they are those of another
 * one's run, and the group is only made so that it has a shape. */
static int ask_group(struct lur_plan *p, size_t g, const uint64_t *kept, struct lur_spec *spec, struct lur_error *e) {
  const uint64_t run = kept ? kept[g] : 0, other = kept && !p->sweep.calls->start ? kept[p->n_groups] : 0;
  bool *enough = &p->group[g].has_enough;
  if (run || !other) {
    if (run)
      lur_plan_spec(p, run, spec);
    return lur_plan_ask(p, spec, enough, e);
  }
  lur_plan_spec(p, other, spec);
  int rc = lur_plan_ask_data(p, spec, enough, e);
  const struct lur_patterns train = spec->train, test = spec->test, validation = spec->validation;
  start_group(p, g, spec);
  spec->train = train;
  spec->test = test;
  spec->validation = validation;
  *enough = false;
  return rc;
}

static int make_group(struct lur_plan *p, size_t g, const uint64_t *kept, struct lur_spec *spec, struct lur_error *e) {
  struct group *group = &p->group[g];
  start_group(p, g, spec);
  int rc = ask_group(p, g, kept, spec, e);
  if (rc)
    return rc;
  rc = lur_spec_resolve(spec, &group->structure, &group->numbers, &group->broken);
  if (!rc)
    rc = lur_patterns_check(&group->structure, &spec->train, "targets", &group->broken);
  if (!rc && spec->test.n)
    rc = lur_patterns_check(&group->structure, &spec->test, "test", &group->broken);
  if (!rc && spec->validation.n)
    rc = lur_patterns_check(&group->structure, &spec->validation, "validation", &group->broken);
  if (rc == LUR_ENOMEM)
    return lur_fail_memory(e);
  if (rc)
    say_which(p, spec, &group->broken);
  for (int a = 0; a < p->n_axes; a++)
    group->structure.noises |= lur_axis_is_unread(group, a) ? 0 : noises_of_axis(&p->axis[a]);
  lur_plan_give_curve(p, &group->structure);
  return LUR_OK;
}

/* How many patterns a batch has that is value i of the axis. */
static uint64_t batch_of(const struct lur_axis *a, uint64_t i, uint64_t n_patterns) {
  struct lur_value v;
  lur_axis_value(a, i, &v);
  bool all = v.kind != LUR_V_INTEGER || (uint64_t)v.as.integer > n_patterns;
  return all ? n_patterns : (uint64_t)v.as.integer;
}

/* Full batches are one, whatever the axis calls them, as long as all runs have the same patterns. */
static void find_equal_batches(struct lur_plan *p) {
  p->batch_dimension = -1;
  for (int i = 0; i < p->n_dimensions; i++)
    if (p->dimension[i].n_axes == 1 && p->axis[p->dimension[i].axis[0]].field == LUR_F_BATCH)
      p->batch_dimension = lur_plan_has_own_data(p) ? -1 : i;
  for (size_t g = 0; g < p->n_groups && p->batch_dimension >= 0; g++) {
    const struct dimension *d = &p->dimension[p->batch_dimension];
    const struct lur_axis *a = &p->axis[d->axis[0]];
    const uint64_t n = p->sweep.spec->train.n, own = g / d->group_stride % d->n;
    while (batch_of(a, p->group[g].first_batch, n) != batch_of(a, own, n))
      p->group[g].first_batch++;
    p->can_repeat = p->can_repeat || p->group[g].first_batch != own;
  }
}

static int make_all(struct lur_plan *p, struct lur_spec *spec, bool *enough, struct lur_error *e) {
  const bool chooses = p->sweep.calls->where && p->sweep.calls->data && p->sampler == LUR_GRID;
  uint64_t *kept = chooses ? lur_alloc(p->n_groups + 1, sizeof *kept) : NULL;
  int rc = chooses && !kept ? lur_fail_memory(e) : LUR_OK;
  *enough = false;
  memset(p->group, 0, p->n_groups * sizeof *p->group);
  for (size_t g = 0; g < p->n_groups && kept; g++)
    start_group(p, g, spec);
  if (kept)
    rc = find_kept(p, spec, kept, e);
  for (size_t g = 0; g < p->n_groups && !rc; g++) {
    rc = make_group(p, g, kept, spec, e);
    p->can_repeat = p->can_repeat || (!rc && p->group[g].unread != 0);
    *enough = *enough || p->group[g].has_enough;
  }
  free(kept);
  return rc;
}

/* Where a function gives other combinations other data, some of these may have enough patterns. */
static bool others_have_enough(const struct lur_plan *p, struct lur_spec *spec) {
  bool found = false, good = p->sweep.calls->data != NULL;
  for (uint64_t run = 1; run <= p->n_cells && run <= MOST_DATA_ASKED && good && !found; run++) {
    const struct lur_host_calls *calls = p->sweep.calls;
    bool keep = true;
    *spec = *p->sweep.spec;
    lur_plan_spec(p, run, spec);
    good = !calls->where || calls->where(calls->context, spec, &keep, NULL) == LUR_OK;
    if (!good || !keep)
      continue;
    good = lur_plan_ask_data(p, spec, &found, NULL) == LUR_OK;
  }
  return found;
}

int lur_plan_make_groups(struct lur_plan *p, struct lur_error *e) {
  struct lur_spec *spec = lur_alloc(1, sizeof *spec);
  bool enough;
  find_reach(p);
  p->group = lur_alloc(p->n_groups, sizeof *p->group);
  p->fills_batch = true;
  int rc = spec && p->group ? make_all(p, spec, &enough, e) : lur_fail_memory(e);
  if (!rc && !enough && !(p->sampler == LUR_GRID && others_have_enough(p, spec))) {
    p->fills_batch = false;
    rc = make_all(p, spec, &enough, e);
  }
  if (!rc)
    find_equal_batches(p);
  lur_plan_forget(p);
  free(spec);
  return rc;
}

static const char unread[] = "an axis that no combination reads";

const char *lur_plan_unread_by(const struct lur_error *e) {
  int layer, id = lur_field_find(e->field, &layer);
  if (id < 0 || strncmp(e->text, unread, sizeof unread - 1) != 0)
    return NULL;
  const bool of_layers = layer || lur_fields[id].flags & LUR_OF_HIDDEN;
  const enum lur_field_id by = of_layers                    ? LUR_F_HIDDEN
                               : id == LUR_F_BIAS_INIT      ? LUR_F_BIAS
                               : id == LUR_F_SHUFFLE        ? LUR_F_BATCH
                               : id == LUR_F_ACTIVATION     ? LUR_F_HIDDEN
                               : id == LUR_F_SCHEDULE_EVERY ? LUR_F_SCHEDULE
                                                            : LUR_F_OPTIMIZER;
  return lur_fields[by].name;
}

static int check_axes_are_read(const struct lur_plan *p, struct lur_error *e) {
  uint64_t never = UINT64_MAX;
  for (size_t g = 0; g < p->n_groups; g++)
    never &= p->group[g].unread;
  for (int a = 0; a < p->n_axes; a++) {
    const int field = p->axis[a].field;
    char write[LUR_READERS_ROOM] = "";
    if (!(never >> a & 1))
      continue;
    if (field == LUR_F_SCHEDULE_EVERY || (field >= 0 && !lur_optimizer_reads(LUR_SGD, (enum lur_field_id)field)))
      lur_readers_write((enum lur_field_id)field, write);
    if (field == LUR_F_SHUFFLE)
      strcpy(write, "batch = 1 or another number: a full batch is not shuffled");
    if (field == LUR_F_BIAS_INIT)
      strcpy(write, "bias = true");
    if (field >= 0 && lur_fields[field].flags & LUR_OF_HIDDEN && !p->axis[a].layer)
      strcpy(write, "hidden = 4 or other layers");
    return lur_fail(e, LUR_EINPUT, p->axis[a].name, "%s%s%s", unread, *write ? "; write " : "", write);
  }
  return LUR_OK;
}

/* The axis stop_every, if no strip of some of its numbers of epochs has a progress that stops by it ask for. */
static int check_strips(const struct lur_plan *p, struct lur_error *e) {
  bool asks = false;
  for (size_t g = 0; g < p->n_groups; g++)
    asks = asks || p->group[g].structure.stops & (LUR_STOP_PQ | LUR_STOP_PROGRESS);
  for (int i = 0; i < p->n_axes && asks; i++) {
    const struct lur_axis *a = &p->axis[i];
    for (uint64_t k = 0; a->field == LUR_F_STOP_EVERY && k < a->n; k++) {
      struct lur_value v;
      lur_axis_value(a, k, &v);
      if (v.as.integer < LUR_LEAST_STRIP)
        return lur_fail(e, LUR_EINPUT, a->name,
                        "%lld is no strip of epochs that stop.pq or stop.progress could measure; "
                        "let the axis begin at 2",
                        (long long)v.as.integer);
    }
  }
  return LUR_OK;
}

/* Without a where, every group runs; with one, only what it keeps. */
int lur_plan_check_groups(const struct lur_plan *p, struct lur_error *e) {
  const struct group *broken = NULL;
  bool asks = p->sweep.calls->where != NULL;
  for (size_t g = 0; g < p->n_groups && !broken; g++)
    if (p->group[g].broken.code)
      broken = &p->group[g];
  if (!broken) {
    const int rc = check_axes_are_read(p, e);
    return rc ? rc : check_strips(p, e);
  }
  if (!asks) {
    if (e)
      *e = broken->broken;
    return broken->broken.code;
  }
  struct lur_spec *at = lur_copy(p->sweep.spec, 1, sizeof *at);
  int rc = at ? LUR_OK : lur_fail_memory(e);
  for (uint64_t run = 1; run <= p->n_cells && run <= MOST_CELLS_ASKED && !rc; run++) {
    bool skips;
    if (p->group[lur_plan_group(p, run)].broken.code)
      rc = lur_plan_skips(p, run, at, &skips, e);
  }
  free(at);
  return rc;
}
