/* SPDX-License-Identifier: MIT
 * What defines a sweep's results, as text and as a digest. The text has one line for every field that a run depends
 * on (its value, its default, or that an axis sets it) and one for every axis; so equal texts and equal data mean
 * equal results, run by run. What only adds runs is left out: how many seeds a range has, and how many samples, as
 * long as numbers keep their meaning. */
#include <string.h>

#include "base/sha256.h"
#include "sweep/plan_internal.h"

static int axis_of(const struct lur_plan *p, int field, int layer) {
  for (int a = 0; a < p->n_axes; a++)
    if (p->axis[a].field == field && p->axis[a].layer == layer)
      return a;
  return -1;
}

/* The field's value where it is set, else its default where that is one value, else "default". for_hash: functions
 * count by what they compute, and not by their names. */
static void write_field(const struct lur_plan *p, int id, bool for_hash, struct lur_buffer *out) {
  const struct lur_field *f = &lur_fields[id];
  const struct lur_value counted = lur_value_counted(f, &p->sweep.spec->value[id]), *v = &counted;
  const bool on_axis = axis_of(p, id, 0) >= 0;
  if (f->flags & LUR_UNSAID && !on_axis && (v->kind == LUR_V_ABSENT || lur_value_same(v, &f->usual)))
    return;
  lur_buffer_format(out, "%s=", f->name);
  if (on_axis)
    lur_buffer_text(out, "axis");
  else if (lur_is_entry(v) && for_hash)
    lur_buffer_text(out, v->as.entry->digest);
  else if (lur_is_entry(v))
    lur_entry_write(v->as.entry, out);
  else if (v->kind != LUR_V_ABSENT)
    lur_value_write(f, v, out);
  else if (f->usual.kind != LUR_V_ABSENT)
    lur_value_write(f, &f->usual, out);
  else
    lur_buffer_text(out, "default");
  lur_buffer_text(out, "\n");
}

static void write_layers(const struct lur_plan *p, int id, struct lur_buffer *out) {
  const struct lur_value *own = p->sweep.spec->layer[lur_fields[id].layered];
  for (int l = 0; l < LUR_MAX_LAYERS; l++) {
    if (own[l].kind == LUR_V_ABSENT || axis_of(p, id, l + 1) >= 0)
      continue;
    lur_buffer_format(out, "%s_%d=", lur_fields[id].name, l + 1);
    lur_value_write(&lur_fields[id], &own[l], out);
    lur_buffer_text(out, "\n");
  }
}

static void write_param(const struct lur_param *param, struct lur_buffer *out) {
  lur_buffer_format(out, "params.%s=", param->name);
  lur_param_write(param, out);
  lur_buffer_text(out, "\n");
}

static void write_search(const struct lur_plan *p, struct lur_buffer *out) {
  const struct lur_halving *h = &p->sweep.halving;
  if (p->sampler != LUR_GRID)
    lur_buffer_format(out, "sampler=%s\nsampler_seed=%llu\n", lur_sampler_names[p->sampler],
                      (unsigned long long)(p->sampler == LUR_SOBOL ? 0 : p->sampler_seed));
  if (h->n_rungs) {
    lur_buffer_text(out, "prune=halving at");
    for (int i = 0; i < h->n_rungs; i++)
      lur_buffer_format(out, " %llu", (unsigned long long)h->at[i]);
    lur_buffer_format(out, " keep %.17g by %s\n", h->keep, lur_metric_names[h->by]);
  }
  if (p->sweep.keep == LUR_KEEP_CELLS)
    lur_buffer_text(out, "keep=cells\n");
  if (p->sweep.keep == LUR_KEEP_BEST)
    lur_buffer_format(out, "keep=best %zu by %s\n", p->sweep.keep_best, p->sweep.keep_by);
}

/* "freeze=1,biases,mask,", where something is. */
static void write_frozen(const struct lur_spec *spec, struct lur_buffer *out) {
  if (!spec->frozen_layers && !spec->frozen_biases && !spec->frozen)
    return;
  lur_buffer_text(out, "freeze=");
  for (int l = 0; l < LUR_MAX_LAYERS; l++)
    if (spec->frozen_layers >> l & 1)
      lur_buffer_format(out, "%d,", l + 1);
  lur_buffer_format(out, "%s%s\n", spec->frozen_biases ? "biases," : "", spec->frozen ? "mask," : "");
}

static void write_experiment(const struct lur_plan *p, bool for_hash, struct lur_buffer *out) {
  const struct lur_spec *spec = p->sweep.spec;
  const struct lur_host_calls *calls = p->sweep.calls;
  for (int id = 0; id < LUR_N_FIELDS; id++) {
    const struct lur_field *f = &lur_fields[id];
    if (f->kind == LUR_K_SCRIPT || f->kind == LUR_K_TEXT || id == LUR_F_SAMPLER || id == LUR_F_SAMPLES ||
        id == LUR_F_SAMPLER_SEED)
      continue;
    write_field(p, id, for_hash, out);
    if (f->kind == LUR_K_LAYERED)
      write_layers(p, id, out);
  }
  for (int i = 0; i < spec->n_params; i++)
    write_param(&spec->param[i], out);
  lur_buffer_text(out, "metrics=");
  for (int c = p->n_axes; c < p->n_columns; c++)
    lur_buffer_format(out, "%s%s", c == p->n_axes ? "" : ",", p->column[c].name);
  lur_buffer_text(out, "\n");
  if (spec->validation_share > 0)
    lur_buffer_format(out, "validation_share=%.17g\n", spec->validation_share);
  if (spec->start)
    lur_buffer_text(out, "weights=given\n");
  write_frozen(spec, out);
  if (calls->where || calls->data || calls->start || calls->when || calls->n_metrics)
    lur_buffer_text(out, "functions=given\n");
  write_search(p, out);
}

void lur_plan_write_experiment(const struct lur_plan *p, struct lur_buffer *out) {
  write_experiment(p, false, out);
}

static const char crossed_word[] = " crossed";

void lur_plan_write_axes(const struct lur_plan *p, struct lur_buffer *out) {
  for (int a = 0; a < p->n_axes; a++) {
    lur_axis_write(&p->axis[a], out);
    if (p->axis[a].crossed)
      lur_buffer_text(out, crossed_word);
    if (p->axis[a].zip)
      lur_buffer_format(out, " zip %d", p->axis[a].zip);
    lur_buffer_text(out, "\n");
  }
  if (p->sampler != LUR_GRID)
    lur_buffer_format(out, "samples=%llu\n", (unsigned long long)(p->n_asked / p->n_crossed));
}

/* ---- The digest ---- */
/* A range, or a list that is one. */
static bool is_ascending_range(const struct lur_axis *axis, int64_t *first, int64_t *step) {
  if (axis->kind == LUR_A_RANGE) {
    *first = axis->whole_first;
    *step = axis->whole_step;
    return *step > 0;
  }
  if (axis->kind != LUR_A_LIST)
    return false;
  *first = axis->value[0].as.integer;
  *step = axis->n > 1 ? axis->value[1].as.integer - *first : 1;
  for (uint64_t i = 1; i < axis->n; i++)
    if (axis->value[i].as.integer - axis->value[i - 1].as.integer != *step)
      return false;
  return *step > 0;
}

static void write_axes_for_hash(const struct lur_plan *p, struct lur_buffer *out) {
  for (int a = 0; a < p->n_axes; a++) {
    const struct lur_axis *axis = &p->axis[a];
    int64_t first, step;
    /* Seeds in steps may become more; the numbers of those there were stay. */
    if (a == p->seed_axis && p->sweep.keep != LUR_KEEP_CELLS && is_ascending_range(axis, &first, &step))
      lur_buffer_format(out, "%s=from %lld by %lld\n", axis->name, (long long)first, (long long)step);
    else
      lur_axis_write(axis, out);
    lur_buffer_format(out, "%s zip %d\n", axis->crossed ? crossed_word : "", axis->zip);
    for (uint64_t i = 0; axis->kind == LUR_A_LIST && i < axis->n; i++)
      if (lur_is_entry(&axis->value[i]))
        lur_buffer_format(out, "%s=%s\n", axis->value[i].as.entry->name, axis->value[i].as.entry->digest);
  }
}

static void add_scaling(struct lur_sha256 *s, const double *shift, const double *scale, int n) {
  if (!shift)
    return;
  lur_sha256_add(s, shift, (size_t)n * sizeof *shift);
  lur_sha256_add(s, scale, (size_t)n * sizeof *scale);
}

static void add_patterns(struct lur_sha256 *s, const struct lur_patterns *d) {
  const uint64_t shape[3] = {d->n, (uint64_t)d->n_inputs, (uint64_t)d->n_outputs};
  lur_sha256_add(s, shape, sizeof shape);
  if (d->n == 0)
    return;
  lur_sha256_add(s, d->inputs, d->n * (size_t)d->n_inputs * sizeof(double));
  lur_sha256_add(s, d->targets, d->n * (size_t)d->n_outputs * sizeof(double));
  if (d->weights)
    lur_sha256_add(s, d->weights, d->n * sizeof(double));
  if (!d->given)
    return;
  lur_sha256_add(s, d->given, d->n * (size_t)d->n_outputs * sizeof(double));
  add_scaling(s, d->shift, d->scale, d->n_outputs);
}

static void add_data(struct lur_sha256 *s, const struct lur_spec *spec) {
  const struct lur_patterns whole = spec->whole ? lur_dataset_patterns(spec->whole) : spec->train;
  add_patterns(s, &whole);
  if (!spec->whole)
    add_patterns(s, &spec->test);
  if (!spec->whole && spec->validation.n)
    add_patterns(s, &spec->validation);
  if (spec->whole && spec->whole->missing) {
    const size_t n = (size_t)whole.n_inputs;
    lur_sha256_add(s, spec->whole->fill, n);
    lur_sha256_add(s, spec->whole->missing, whole.n * n);
    if (spec->from.fill)
      lur_sha256_add(s, spec->from.fill, n * sizeof(double));
  }
  add_scaling(s, spec->from.shift, spec->from.scale, whole.n_inputs);
  add_scaling(s, spec->from.target_shift, spec->from.target_scale, whole.n_outputs);
}

/* What is given as numbers. */
static void add_given(struct lur_sha256 *s, const struct lur_plan *p) {
  const struct lur_spec *spec = p->sweep.spec;
  if (!p->sweep.calls->data)
    add_data(s, spec);
  if (spec->start)
    lur_sha256_add(s, spec->start, spec->n_start * sizeof(double));
  if (spec->frozen)
    lur_sha256_add(s, spec->frozen, spec->n_frozen * sizeof(double));
}

void lur_plan_digest_data(const struct lur_plan *p, char hex[65]) {
  const struct lur_spec *spec = p->sweep.spec;
  const uint64_t how[4] = {spec->frozen_layers, spec->frozen_biases, spec->start != NULL, spec->frozen != NULL};
  struct lur_sha256 s;
  lur_sha256_start(&s);
  lur_sha256_add(&s, how, sizeof how);
  lur_sha256_add(&s, &spec->validation_share, sizeof spec->validation_share);
  add_given(&s, p);
  lur_sha256_finish(&s, hex);
}

int lur_plan_hash(const struct lur_plan *p, char hex[65], struct lur_error *e) {
  if (p->hash[0]) {
    strcpy(hex, p->hash);
    return LUR_OK;
  }
  struct lur_buffer text = {0};
  struct lur_sha256 s;
  lur_buffer_format(&text, "numerics=%d\n", LUR_NUMERICS_VERSION);
  write_experiment(p, true, &text);
  write_axes_for_hash(p, &text);
  /* More samples keep the numbers of those there were, but where replicates stand behind them, where they fill slices,
   * and where they are ranked together. */
  if (p->sampler == LUR_LATIN || (p->sampler != LUR_GRID && (p->n_replicates > 1 || p->sweep.halving.n_rungs > 0)))
    lur_buffer_format(&text, "samples=%llu\n", (unsigned long long)p->n_cells);
  lur_buffer_format(&text, "sources=%s\n", p->sweep.sources ? p->sweep.sources : "");
  if (text.failed) {
    lur_buffer_free(&text);
    return lur_fail_memory(e);
  }
  lur_sha256_start(&s);
  lur_sha256_add(&s, text.data, text.length_bytes);
  add_given(&s, p);
  lur_sha256_finish(&s, hex);
  strcpy(p->hash, hex);
  lur_buffer_free(&text);
  return LUR_OK;
}
