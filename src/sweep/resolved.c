/* SPDX-License-Identifier: MIT
 * A run's fields as lines, and how those of two runs differ. */
#include "sweep/resolved.h"

#include <stdio.h>
#include <string.h>

#include "base/sha256.h"

/* ---- Writing ---- */
static bool is_of_a_run(int id) {
  const struct lur_field *f = &lur_fields[id];
  return f->kind != LUR_K_SCRIPT && f->kind != LUR_K_TEXT && id != LUR_F_SAMPLER && id != LUR_F_SAMPLES &&
         id != LUR_F_SAMPLER_SEED && id != LUR_F_UNTIL_EPOCH;
}

static void write_value(const struct lur_field *f, const struct lur_value *v, struct lur_buffer *out) {
  if (lur_is_entry(v))
    lur_buffer_text(out, v->as.entry->digest);
  else if (v->kind != LUR_V_ABSENT)
    lur_value_write(f, v, out);
  else
    lur_buffer_text(out, "none");
}

static void write_field(const struct lur_spec *spec, int id, struct lur_buffer *out) {
  const struct lur_field *f = &lur_fields[id];
  const struct lur_value given = lur_spec_value(spec, (enum lur_field_id)id), v = lur_value_counted(f, &given);
  lur_buffer_format(out, "%s=", f->name);
  write_value(f, &v, out);
  lur_buffer_text(out, "\n");
  for (int l = 0; f->kind == LUR_K_LAYERED && l < LUR_MAX_LAYERS; l++) {
    const struct lur_value *own = &spec->layer[f->layered][l];
    if (own->kind == LUR_V_ABSENT)
      continue;
    lur_buffer_format(out, "%s_%d=", f->name, l + 1);
    write_value(f, own, out);
    lur_buffer_text(out, "\n");
  }
}

static void write_params(const struct lur_spec *spec, struct lur_buffer *out) {
  for (int i = 0; i < spec->n_params; i++) {
    const struct lur_param *p = &spec->param[i];
    lur_buffer_format(out, "params.%s=", p->name);
    if (p->is_usual)
      lur_buffer_format(out, "%.17g", lur_spec_number(spec, p->name));
    else
      lur_param_write(p, out);
    lur_buffer_text(out, "\n");
  }
}

static void add_patterns(struct lur_sha256 *s, const struct lur_patterns *p) {
  const uint64_t shape[3] = {p->n, (uint64_t)p->n_inputs, (uint64_t)p->n_outputs};
  lur_sha256_add(s, shape, sizeof shape);
  if (p->n) {
    lur_sha256_add(s, p->inputs, p->n * (size_t)p->n_inputs * sizeof(double));
    lur_sha256_add(s, p->targets, p->n * (size_t)p->n_outputs * sizeof(double));
    if (p->weights)
      lur_sha256_add(s, p->weights, p->n * sizeof(double));
    if (p->given) {
      lur_sha256_add(s, p->shift, (size_t)p->n_outputs * sizeof(double));
      lur_sha256_add(s, p->scale, (size_t)p->n_outputs * sizeof(double));
    }
  }
}

static void write_freeze(const struct lur_spec *spec, struct lur_buffer *out) {
  struct lur_sha256 s;
  char hex[65];
  if (!spec->frozen_layers && !spec->frozen_biases && !spec->frozen)
    return;
  lur_sha256_start(&s);
  lur_sha256_add(&s, &spec->frozen_layers, sizeof spec->frozen_layers);
  lur_sha256_add(&s, &spec->frozen_biases, sizeof spec->frozen_biases);
  if (spec->frozen)
    lur_sha256_add(&s, spec->frozen, spec->n_frozen * sizeof(double));
  lur_sha256_finish(&s, hex);
  lur_buffer_format(out, "freeze=%s\n", hex);
}

void lur_resolved_write(const struct lur_spec *spec, bool when, struct lur_buffer *out) {
  struct lur_sha256 s;
  char hex[65];
  lur_buffer_format(out, "numerics=%d\n", LUR_NUMERICS_VERSION);
  for (int id = 0; id < LUR_N_FIELDS; id++)
    if (is_of_a_run(id))
      write_field(spec, id, out);
  lur_buffer_format(out, "stop_when=%s\n", when ? "a function" : "none");
  write_params(spec, out);
  write_freeze(spec, out);
  lur_buffer_text(out, "metrics=");
  for (int m = 0; m < LUR_N_METRICS; m++)
    if (spec->metrics >> m & 1)
      lur_buffer_format(out, "%s,", lur_metric_names[m]);
  lur_sha256_start(&s);
  add_patterns(&s, &spec->train);
  add_patterns(&s, &spec->test);
  add_patterns(&s, &spec->validation);
  lur_sha256_finish(&s, hex);
  lur_buffer_format(out, "\ndata=%s\n", hex);
}

/* ---- Comparing ---- */
struct line {
  const char *name, *value; /* not ended */
  int n_name, n_value;
};

static bool next_line(const char **at, struct line *l) {
  const char *stop = strchr(*at, '\n'), *equal = strchr(*at, '=');
  if (!stop || !equal || equal > stop)
    return false;
  *l = (struct line){*at, equal + 1, (int)(equal - *at), (int)(stop - equal) - 1};
  *at = stop + 1;
  return true;
}

static bool is_named(const struct line *l, const char *name) {
  return (size_t)l->n_name == strlen(name) && strncmp(l->name, name, (size_t)l->n_name) == 0;
}

static bool find(const char *lines, const struct line *like, struct line *found) {
  while (next_line(&lines, found))
    if (found->n_name == like->n_name && strncmp(found->name, like->name, (size_t)like->n_name) == 0)
      return true;
  return false;
}

static bool is_digest(const struct line *l) {
  return l->n_value == 64 && strspn(l->value, "0123456789abcdef") == 64;
}

/* What may change: but for what the best so far is the best of. */
static bool is_stop(const struct line *l) {
  return strncmp(l->name, "stop_", 5) == 0 && !is_named(l, "stop_monitor");
}

/* mine or its may be NULL: there is no such line. */
static int differ(const struct line *mine, const struct line *its, struct lur_error *e) {
  static const char but[] = "only epochs, stops, log and checkpoint may change";
  const struct line *l = mine ? mine : its;
  char name[LUR_NAME_ROOM + 16];
  snprintf(name, sizeof name, "%.*s", l->n_name, l->name);
  if (is_named(l, "numerics"))
    return lur_fail(e, LUR_EINPUT, "resume", "the checkpoint is of a luron whose numbers are others");
  if (is_named(l, "data"))
    return lur_fail(e, LUR_EINPUT, name, "other patterns than the checkpoint's run has");
  if (!mine || !its)
    return lur_fail(e, LUR_EINPUT, name, "%s, but the checkpoint's run has %s; %s", mine ? "given" : "not given",
                    mine ? "none" : "it", but);
  if (is_digest(mine) || is_digest(its))
    return lur_fail(e, LUR_EINPUT, name, "is another than the checkpoint's run has; %s", but);
  return lur_fail(e, LUR_EINPUT, name, "%.*s, but the checkpoint's run has %.*s; %s", mine->n_value, mine->value,
                  its->n_value, its->value, but);
}

/* A file of an earlier luron has no line of a field that is new: its run has the default. */
static bool is_new(const struct lur_spec *spec, const struct line *l) {
  char name[LUR_NAME_ROOM + 16];
  int layer;
  snprintf(name, sizeof name, "%.*s", l->n_name, l->name);
  const int id = lur_field_find(name, &layer);
  return id >= 0 && !layer && spec->value[id].kind == LUR_V_ABSENT;
}

static int compare(const struct lur_spec *spec, const char *mine, const char *its, bool *stops_differ,
                   struct lur_error *e) {
  struct line a, b;
  const char *at = mine;
  while (next_line(&at, &a)) {
    const bool has = find(its, &a, &b);
    if (is_named(&a, "epochs") || (has && a.n_value == b.n_value && strncmp(a.value, b.value, (size_t)a.n_value) == 0))
      continue;
    if (is_stop(&a))
      *stops_differ = true;
    else if (has || !is_new(spec, &a))
      return differ(&a, has ? &b : NULL, e);
  }
  for (at = its; next_line(&at, &b);)
    if (!find(mine, &b, &a) && strncmp(b.name, LUR_STOP_WHEN_LINE, strlen(LUR_STOP_WHEN_LINE)) != 0)
      return differ(NULL, &b, e);
  return LUR_OK;
}

int lur_resolved_compare(const struct lur_spec *spec, bool when, const char *its, bool *stops_differ,
                         struct lur_error *e) {
  struct lur_buffer mine = {0};
  *stops_differ = false;
  lur_resolved_write(spec, when, &mine);
  const int rc = mine.failed ? lur_fail_memory(e) : compare(spec, mine.data, its, stops_differ, e);
  lur_buffer_free(&mine);
  return rc;
}
