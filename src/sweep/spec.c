/* SPDX-License-Identifier: MIT
 * From what was asked for to what the engine trains: defaults, and the checks that need more than one field. */
#include "sweep/spec.h"

#include <stdio.h>
#include <string.h>

static bool is_given(const struct lur_spec *s, enum lur_field_id id) {
  return s->value[id].kind != LUR_V_ABSENT;
}

struct lur_value lur_spec_value(const struct lur_spec *s, enum lur_field_id id) {
  const struct lur_field *f = &lur_fields[id];
  if (is_given(s, id))
    return s->value[id];
  return f->usual_by ? f->usual_by(lur_spec_choice(s, f->by)) : f->usual;
}

int lur_spec_choice(const struct lur_spec *s, enum lur_field_id id) {
  return (int)lur_spec_value(s, id).as.integer;
}

static void resolve_shape(const struct lur_spec *spec, struct lur_shape *shape) {
  const struct lur_value hidden = lur_spec_value(spec, LUR_F_HIDDEN);
  const int n_hidden = hidden.as.list.n;
  *shape = (struct lur_shape){.n_layers = n_hidden + 1,
                              .hidden = (enum lur_activation)lur_spec_choice(spec, LUR_F_ACTIVATION),
                              .output = (enum lur_activation)lur_spec_choice(spec, LUR_F_OUTPUT_ACTIVATION),
                              .bias = lur_spec_value(spec, LUR_F_BIAS).as.truth,
                              .precision = (enum lur_precision)lur_spec_choice(spec, LUR_F_PRECISION)};
  shape->width[0] = spec->train.n_inputs;
  for (int l = 0; l < n_hidden; l++)
    shape->width[l + 1] = (int)hidden.as.list.at[l];
  shape->width[n_hidden + 1] = spec->train.n_outputs;
}

static unsigned stops(const struct lur_spec *spec) {
  unsigned bits = 0;
  for (int id = 0; id < LUR_N_FIELDS; id++)
    bits |= is_given(spec, (enum lur_field_id)id) ? lur_fields[id].stops : 0;
  return bits;
}

static void resolve_structure(const struct lur_spec *spec, struct lur_structure *s) {
  const struct lur_value batch = lur_spec_value(spec, LUR_F_BATCH);
  *s = (struct lur_structure){.optimizer = (enum lur_optimizer)lur_spec_choice(spec, LUR_F_OPTIMIZER),
                              .loss = (enum lur_loss)lur_spec_choice(spec, LUR_F_LOSS),
                              .init = (enum lur_init)lur_spec_choice(spec, LUR_F_INIT),
                              .bias_init = lur_bias_inits[lur_spec_choice(spec, LUR_F_BIAS_INIT)],
                              .n_patterns = spec->train.n,
                              .n_test = spec->test.n,
                              .batch = batch.kind == LUR_V_CHOICE ? 0 : (size_t)batch.as.integer,
                              .shuffle = lur_spec_value(spec, LUR_F_SHUFFLE).as.truth,
                              .stops = stops(spec),
                              .metrics = spec->metrics | lur_metrics_always(),
                              .n_curve = (int)lur_spec_value(spec, LUR_F_CURVE).as.integer,
                              .start_given = spec->start != NULL};
  resolve_shape(spec, &s->shape);
}

bool lur_optimizer_reads(enum lur_optimizer optimizer, enum lur_field_id field) {
  const unsigned reads = lur_fields[field].reads;
  return !reads || (lur_optimizers[optimizer].reads & reads);
}

void lur_readers_write(enum lur_field_id field, char out[LUR_READERS_ROOM]) {
  int n = 0;
  for (int o = 0; o < LUR_N_OPTIMIZERS; o++)
    n += lur_optimizer_reads((enum lur_optimizer)o, field);
  size_t used = (size_t)snprintf(out, LUR_READERS_ROOM, "optimizer =");
  for (int o = 0; o < LUR_N_OPTIMIZERS && used < LUR_READERS_ROOM; o++)
    if (lur_optimizer_reads((enum lur_optimizer)o, field))
      used += (size_t)snprintf(out + used, LUR_READERS_ROOM - used, " \"%s\"%s", lur_optimizer_names[o],
                               --n > 1  ? ","
                               : n == 1 ? " or"
                                        : "");
}

static int check_read(const struct lur_spec *spec, enum lur_optimizer optimizer, struct lur_error *e) {
  char write[LUR_READERS_ROOM];
  for (int id = 0; id < LUR_N_FIELDS; id++)
    if (is_given(spec, (enum lur_field_id)id) && !lur_optimizer_reads(optimizer, (enum lur_field_id)id)) {
      lur_readers_write((enum lur_field_id)id, write);
      return lur_fail(e, LUR_EINPUT, lur_fields[id].name, "%s never reads it; write %s", lur_optimizer_names[optimizer],
                      write);
    }
  return LUR_OK;
}

/* One number per layer: the field's number or list, then what was set for single layers. */
static int resolve_layers(const struct lur_spec *spec, enum lur_field_id id, int n_layers, double out[LUR_MAX_LAYERS],
                          struct lur_error *e) {
  const struct lur_value v = lur_spec_value(spec, id), *own = spec->layer[lur_fields[id].layered];
  const char *name = lur_fields[id].name;
  const bool is_list = v.kind == LUR_V_LIST;
  if (is_list && v.as.list.n != n_layers)
    return lur_fail(e, LUR_EINPUT, name, "%d number%s, but the network has %d layer%s", v.as.list.n,
                    v.as.list.n == 1 ? "" : "s", n_layers, n_layers == 1 ? "" : "s");
  for (int l = 0; l < LUR_MAX_LAYERS; l++) {
    bool set = own[l].kind != LUR_V_ABSENT;
    if (set && l >= n_layers)
      return lur_fail(e, LUR_EINPUT, name, "set for layer %d, but the network has %d layer%s", l + 1, n_layers,
                      n_layers == 1 ? "" : "s");
    out[l] = set ? own[l].as.number : is_list ? v.as.list.at[l < n_layers ? l : 0] : v.as.number;
  }
  return LUR_OK;
}

double *lur_layers_of(struct lur_numbers *n, const struct lur_field *f) {
  return (double *)(void *)((char *)n + f->offset);
}

void lur_number_put(struct lur_numbers *n, const struct lur_field *f, const struct lur_value *v) {
  char *place = (char *)n + f->offset;
  if (f->kind == LUR_K_INTEGER)
    *(uint64_t *)(void *)place = (uint64_t)v->as.integer;
  else
    *(double *)(void *)place = v->as.number;
}

static int resolve_numbers(const struct lur_spec *spec, const struct lur_structure *s, struct lur_numbers *n,
                           struct lur_error *e) {
  int rc = LUR_OK;
  *n = (struct lur_numbers){.train = spec->train, .test = spec->test, .start = spec->start};
  for (int id = 0; id < LUR_N_FIELDS && !rc; id++) {
    const struct lur_field *f = &lur_fields[id];
    if (!(f->flags & LUR_NUMBER))
      continue;
    const struct lur_value v = lur_spec_value(spec, (enum lur_field_id)id);
    if (f->kind == LUR_K_LAYERED)
      rc = resolve_layers(spec, (enum lur_field_id)id, s->shape.n_layers, lur_layers_of(n, f), e);
    else
      lur_number_put(n, f, &v);
  }
  return rc;
}

static int check_data(const struct lur_spec *spec, const struct lur_structure *s, struct lur_error *e) {
  if (s->n_patterns == 0)
    return lur_fail(e, LUR_EINPUT, "inputs", "no patterns to train on");
  if (s->batch > s->n_patterns)
    return lur_fail(e, LUR_EINPUT, "batch", "%zu is more than the %zu pattern%s there are", s->batch, s->n_patterns,
                    s->n_patterns == 1 ? "" : "s");
  for (int m = 0; m < LUR_N_METRICS; m++)
    if (s->n_test == 0 && lur_metrics[m].from == LUR_FROM_TEST && s->metrics >> m & 1)
      return lur_fail(e, LUR_EINPUT, "metrics", "%s needs a test set; give test, or data with two sets",
                      lur_metric_names[m]);
  if (spec->start && spec->n_start != lur_shape_n_parameters(&s->shape))
    return lur_fail(e, LUR_EINPUT, "weights", "start values for %zu parameters, but the network has %zu", spec->n_start,
                    lur_shape_n_parameters(&s->shape));
  return LUR_OK;
}

int lur_spec_resolve(const struct lur_spec *spec, struct lur_structure *structure, struct lur_numbers *numbers,
                     struct lur_error *e) {
  resolve_structure(spec, structure);
  int rc = check_read(spec, structure->optimizer, e);
  if (!rc)
    rc = resolve_numbers(spec, structure, numbers, e);
  if (!rc)
    rc = check_data(spec, structure, e);
  return rc ? rc : lur_structure_check(structure, e);
}

void lur_spec_forget_unread(struct lur_spec *spec, unsigned others, bool of_networks) {
  const enum lur_optimizer own = (enum lur_optimizer)lur_spec_choice(spec, LUR_F_OPTIMIZER);
  const int n_layers = lur_spec_value(spec, LUR_F_HIDDEN).as.list.n + 1;
  for (int id = 0; id < LUR_N_FIELDS; id++) {
    bool elsewhere = false;
    for (int other = 0; other < LUR_N_OPTIMIZERS; other++)
      elsewhere |= others >> other & 1 && lur_optimizer_reads((enum lur_optimizer)other, (enum lur_field_id)id);
    if (elsewhere && !lur_optimizer_reads(own, (enum lur_field_id)id))
      spec->value[id].kind = LUR_V_ABSENT;
  }
  for (int f = 0; f < LUR_N_LAYERED && of_networks; f++)
    for (int l = n_layers; l < LUR_MAX_LAYERS; l++)
      spec->layer[f][l].kind = LUR_V_ABSENT;
}

/* As a script writes it. */
static void write_usual(const struct lur_field *f, const struct lur_value *v, struct lur_buffer *out) {
  if (v->kind == LUR_V_BOOL)
    lur_buffer_text(out, v->as.truth ? "true" : "false");
  else
    lur_value_write(f, v, out);
}

/* The default under that choice of the field `by`; false where it is an optimizer that does not read f. */
static bool take_usual(const struct lur_field *f, const struct lur_field *by, int choice, struct lur_value *v) {
  *v = f->usual_by ? f->usual_by(choice) : f->usual;
  return by != &lur_fields[LUR_F_OPTIMIZER] ||
         lur_optimizer_reads((enum lur_optimizer)choice, (enum lur_field_id)(f - lur_fields));
}

/* "0.1 for sgd, momentum; 0.01 for adagrad" */
static void write_usual_by(const struct lur_field *f, const struct lur_field *by, struct lur_buffer *out) {
  struct lur_value v, other;
  const char *join = "";
  for (int i = 0; by->choices[i]; i++)
    for (int j = 0; by->choices[j]; j++) {
      if (!take_usual(f, by, i, &v) || !take_usual(f, by, j, &other) || !lur_value_same(&v, &other))
        continue;
      if (j < i)
        break;
      if (j == i) {
        lur_buffer_text(out, join);
        write_usual(f, &v, out);
        join = "; ";
      }
      lur_buffer_format(out, "%s%s", j == i ? " for " : ", ", by->choices[j]);
    }
}

void lur_field_write_default(const struct lur_field *f, struct lur_buffer *out) {
  if (f->default_text || lur_field_is_optional(f)) {
    lur_buffer_text(out, f->default_text ? f->default_text : "none");
  } else if (f->reads || f->by == LUR_F_OPTIMIZER) {
    write_usual_by(f, &lur_fields[LUR_F_OPTIMIZER], out);
  } else if (f->usual_by) {
    lur_buffer_format(out, "by %s: ", lur_fields[f->by].name);
    write_usual_by(f, &lur_fields[f->by], out);
  } else {
    write_usual(f, &f->usual, out);
  }
}

void lur_spec_put(struct lur_spec *spec, enum lur_field_id id, int layer, const struct lur_value *v) {
  if (layer > 0) {
    spec->layer[lur_fields[id].layered][layer - 1] = *v;
    return;
  }
  spec->value[id] = *v;
  if (lur_fields[id].kind == LUR_K_LAYERED)
    memset(spec->layer[lur_fields[id].layered], 0, sizeof spec->layer[0]);
}

int lur_spec_find_param(const struct lur_spec *spec, const char *name) {
  for (int i = 0; i < spec->n_params; i++)
    if (strcmp(spec->param[i].name, name) == 0)
      return i;
  return -1;
}

int lur_param_read(const struct lur_param *like, const char *text, struct lur_param *out, struct lur_error *e) {
  static const struct lur_field as_bool = {.name = "", .kind = LUR_K_BOOL, .max = 1};
  const char *found = like->name;
  *out = *like;
  if (like->text) {
    out->text = text;
    return LUR_OK;
  }
  if (like->value.kind == LUR_V_BOOL) {
    struct lur_error why = {0};
    return lur_value_read(&as_bool, text, &out->value, &why) ? lur_fail(e, LUR_EINPUT, found, "%s", why.text) : LUR_OK;
  }
  if (!lur_value_read_number(text, &out->value))
    return lur_fail(e, LUR_EINPUT, found, "\"%.40s\" is not a number", text);
  return LUR_OK;
}

int lur_spec_set(struct lur_spec *spec, const char *name, const char *text, struct lur_error *e) {
  int layer = 0, id = lur_field_find(name, &layer), param = lur_spec_find_param(spec, name);
  struct lur_value v;
  if (param >= 0)
    return lur_param_read(&spec->param[param], text, &spec->param[param], e);
  if (id < 0)
    return lur_field_unknown(name, e);
  int rc = lur_value_read(&lur_fields[id], text, &v, e);
  if (!rc && layer && v.kind != LUR_V_NUMBER)
    rc = lur_fail(e, LUR_EINPUT, lur_fields[id].name, "a list, but layer %d takes one number", layer);
  if (!rc)
    lur_spec_put(spec, (enum lur_field_id)id, layer, &v);
  return rc;
}
