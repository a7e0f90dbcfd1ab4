/* SPDX-License-Identifier: MIT
 * From a run's number to the spec that the host's functions see, with the data and start values that they give; and
 * whether the number is skipped. What training and the results see of it: columns.c. */
#include <string.h>

#include "sweep/plan_internal.h"

/* ---- As a spec, for the host ---- */
static void put_spec(const struct lur_plan *p, const struct place *at, struct lur_spec *spec) {
  const struct group *g = &p->group[at->group];
  memcpy(spec->value, p->sweep.spec->value, sizeof spec->value);
  memcpy(spec->layer, p->sweep.spec->layer, sizeof spec->layer);
  for (int a = 0; a < p->n_axes; a++) {
    struct lur_value v = {.kind = LUR_V_ABSENT};
    const char *text = lur_axis_is_unread(g, a) ? NULL : lur_place_value(p, a, at, &v);
    lur_axis_put(&p->axis[a], &v, text, spec);
  }
  lur_spec_forget_unread(spec, p->reads, p->varies_layers);
}

void lur_plan_spec(const struct lur_plan *p, uint64_t run, struct lur_spec *spec) {
  struct place at;
  lur_place_find(p, run, &at);
  put_spec(p, &at, spec);
}

/* ---- What the host and the folds give a spec ---- */
int lur_plan_ask_data(const struct lur_plan *p, struct lur_spec *spec, bool *enough, struct lur_error *e) {
  const struct lur_host_calls *calls = p->sweep.calls;
  struct lur_value *batch = &spec->value[LUR_F_BATCH];
  int rc = calls->data ? calls->data(calls->context, spec, e) : LUR_OK;
  if (!rc)
    rc = lur_plan_cut(p, spec, e);
  *enough = !rc && (batch->kind != LUR_V_INTEGER || (uint64_t)batch->as.integer <= spec->train.n);
  if (!rc && p->fills_batch && !*enough)
    *batch = (struct lur_value){.kind = LUR_V_CHOICE, .as.integer = 0};
  return rc;
}

int lur_plan_ask(const struct lur_plan *p, struct lur_spec *spec, bool *enough, struct lur_error *e) {
  const struct lur_host_calls *calls = p->sweep.calls;
  struct lur_structure s;
  struct lur_numbers n;
  int rc = lur_plan_ask_data(p, spec, enough, e);
  if (rc || !calls->start)
    return rc;
  spec->start = NULL;
  if (lur_spec_resolve(spec, &s, &n, NULL))
    return LUR_OK; /* named where the group is resolved */
  spec->n_start = lur_shape_n_parameters(&s.shape);
  return calls->start(calls->context, spec, &s.shape, &spec->start, e);
}

void lur_plan_give_curve(const struct lur_plan *p, struct lur_structure *s) {
  const struct lur_host_calls *calls = p->sweep.calls;
  if (calls->n_metrics && calls->see_curve && p->sweep.spec->value[LUR_F_CURVE].kind == LUR_V_ABSENT)
    s->n_curve = LUR_CURVE_OF_RUN;
}

/* at may still have what another run had. */
static void put_given(const struct lur_plan *p, uint64_t run, struct lur_spec *at) {
  const struct lur_spec *spec = p->sweep.spec;
  lur_plan_spec(p, run, at);
  at->train = spec->train;
  at->test = spec->test;
  at->validation = spec->validation;
  at->validation_share = spec->validation_share;
  at->shift = spec->shift;
  at->scale = spec->scale;
  at->fill = spec->fill;
  at->whole = spec->whole;
  at->from = spec->from;
  at->start = spec->start;
  at->n_start = spec->n_start;
}

int lur_plan_spec_with_data(const struct lur_plan *p, uint64_t run, struct lur_spec *at, struct lur_error *e) {
  bool enough;
  put_given(p, run, at);
  return lur_plan_has_own_data(p) ? lur_plan_ask_data(p, at, &enough, e) : LUR_OK;
}

int lur_plan_resolve(const struct lur_plan *p, uint64_t run, struct lur_spec *at, struct lur_structure *structure,
                     struct lur_numbers *numbers, struct lur_error *e) {
  bool enough;
  put_given(p, run, at);
  int rc = lur_plan_ask(p, at, &enough, e);
  if (!rc)
    rc = lur_spec_resolve(at, structure, numbers, e);
  lur_plan_give_curve(p, structure);
  if (!rc)
    rc = lur_patterns_check(structure, &at->train, "targets", e);
  return rc;
}

/* ---- Skipped numbers ---- */
/* Only a grid visits a combination again: drawn points differ in the axes that are read. */
static bool is_repeat(const struct lur_plan *p, const struct place *at) {
  if (!p->can_repeat || p->sampler != LUR_GRID)
    return false;
  if (lur_group_repeats(p, at->group))
    return true;
  for (int i = 0; i < p->n_dimensions; i++) {
    const struct dimension *d = &p->dimension[i];
    if (at->index[d->axis[0]] != 0 && lur_dimension_is_unread(&p->group[at->group], p, d))
      return true;
  }
  return false;
}

bool lur_plan_is_repeat(const struct lur_plan *p, uint64_t run) {
  struct place at;
  lur_place_find(p, run, &at);
  return is_repeat(p, &at);
}

int lur_plan_skips(const struct lur_plan *p, uint64_t run, struct lur_spec *at, bool *skips, struct lur_error *e) {
  const struct lur_host_calls *calls = p->sweep.calls;
  struct place place;
  bool keep = true;
  lur_place_find(p, run, &place);
  *skips = is_repeat(p, &place);
  if (*skips)
    return LUR_OK;
  int rc = LUR_OK;
  if (calls->where) {
    put_spec(p, &place, at);
    rc = calls->where(calls->context, at, &keep, e);
    *skips = !keep;
  }
  const struct group *g = &p->group[place.group];
  if (!rc && keep && g->broken.code != LUR_OK) {
    if (e)
      *e = g->broken;
    return g->broken.code;
  }
  return rc;
}

/* ---- As typed ---- */
/* Typed, a number for all layers takes away those that layers have of their own; on an axis it does not. */
static void write_own_layers(const struct lur_plan *p, const struct group *g, const struct lur_axis *a,
                             struct lur_buffer *out) {
  if (a->layer || a->field < 0 || lur_fields[a->field].kind != LUR_K_LAYERED)
    return;
  const struct lur_value *own = p->sweep.spec->layer[lur_fields[a->field].layered];
  for (int l = 0; l < lur_field_layers(&lur_fields[a->field], g->structure.shape.n_layers); l++) {
    bool set = own[l].kind != LUR_V_ABSENT;
    for (int b = 0; b < p->n_axes; b++)
      set = set && !(p->axis[b].field == a->field && p->axis[b].layer == l + 1);
    if (set) {
      lur_buffer_format(out, " %s_%d=", lur_fields[a->field].name, l + 1);
      lur_value_write(&lur_fields[a->field], &own[l], out);
    }
  }
}

void lur_plan_write(const struct lur_plan *p, uint64_t run, struct lur_buffer *out) {
  struct place at;
  lur_place_find(p, run, &at);
  bool first = true;
  for (int a = 0; a < p->n_axes; a++) {
    struct lur_value v;
    if (lur_axis_is_unread(&p->group[at.group], a))
      continue;
    const char *text = lur_place_value(p, a, &at, &v);
    lur_buffer_format(out, "%s%s=", first ? "" : " ", p->axis[a].name);
    lur_axis_write_value(&p->axis[a], &v, text, out);
    write_own_layers(p, &p->group[at.group], &p->axis[a], out);
    first = false;
  }
}
