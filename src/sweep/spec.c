/* SPDX-License-Identifier: MIT
 * From what was asked for to what the engine trains: defaults, and the checks that need more than one field. */
#include "sweep/spec.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const struct lur_value *given(const struct lur_spec *s, enum lur_field_id id) {
  return s->value[id].kind == LUR_V_ABSENT ? NULL : &s->value[id];
}

static bool truth(const struct lur_spec *s, enum lur_field_id id, bool otherwise) {
  const struct lur_value *v = given(s, id);
  return v ? v->as.truth : otherwise;
}

static int choice(const struct lur_spec *s, enum lur_field_id id, int otherwise) {
  const struct lur_value *v = given(s, id);
  return v ? (int)v->as.integer : otherwise;
}

static double number(const struct lur_spec *s, enum lur_field_id id, double otherwise) {
  const struct lur_value *v = given(s, id);
  return v ? v->as.number : otherwise;
}

static uint64_t count(const struct lur_spec *s, enum lur_field_id id, uint64_t otherwise) {
  const struct lur_value *v = given(s, id);
  return v ? (uint64_t)v->as.integer : otherwise;
}

static void resolve_shape(const struct lur_spec *spec, struct lur_shape *shape) {
  const struct lur_value *hidden = given(spec, LUR_F_HIDDEN);
  int n_hidden = hidden ? hidden->as.list.n : 0;
  *shape = (struct lur_shape){.n_layers = n_hidden + 1,
                              .hidden = (enum lur_activation)choice(spec, LUR_F_ACTIVATION, LUR_SIGMOID),
                              .bias = truth(spec, LUR_F_BIAS, true),
                              .precision = (enum lur_precision)choice(spec, LUR_F_PRECISION, LUR_DOUBLE)};
  shape->output = (enum lur_activation)choice(spec, LUR_F_OUTPUT_ACTIVATION, (int)shape->hidden);
  shape->width[0] = spec->train.n_inputs;
  for (int l = 0; l < n_hidden; l++)
    shape->width[l + 1] = (int)hidden->as.list.at[l];
  shape->width[n_hidden + 1] = spec->train.n_outputs;
}

static enum lur_init usual_bias_init(enum lur_init init) {
  return init == LUR_INIT_NORMAL || init == LUR_INIT_UNIFORM ? init : LUR_INIT_ZEROS;
}

static enum lur_init bias_init(const struct lur_spec *spec, enum lur_init init) {
  static const enum lur_init of_choice[] = {LUR_INIT_NORMAL, LUR_INIT_UNIFORM, LUR_INIT_ZEROS};
  const struct lur_value *v = given(spec, LUR_F_BIAS_INIT);
  return v ? of_choice[v->as.integer] : usual_bias_init(init);
}

static unsigned stops(const struct lur_spec *spec) {
  return (given(spec, LUR_F_STOP_ERROR) ? LUR_STOP_ERROR : 0u) | (given(spec, LUR_F_STOP_LOSS) ? LUR_STOP_LOSS : 0u) |
         (given(spec, LUR_F_STOP_ACCURACY) ? LUR_STOP_ACCURACY : 0u) |
         (given(spec, LUR_F_STOP_PATIENCE) ? LUR_STOP_PATIENCE : 0u);
}

static size_t batch_size(const struct lur_spec *spec) {
  const struct lur_value *v = given(spec, LUR_F_BATCH);
  if (!v)
    return 1;
  return v->kind == LUR_V_CHOICE ? 0 : (size_t)v->as.integer;
}

static void resolve_structure(const struct lur_spec *spec, struct lur_structure *s) {
  *s = (struct lur_structure){.optimizer = (enum lur_optimizer)choice(spec, LUR_F_OPTIMIZER, LUR_SGD),
                              .init = (enum lur_init)choice(spec, LUR_F_INIT, LUR_INIT_NORMAL),
                              .n_patterns = spec->train.n,
                              .n_test = spec->test.n,
                              .batch = batch_size(spec),
                              .shuffle = truth(spec, LUR_F_SHUFFLE, false),
                              .stops = stops(spec),
                              .metrics = spec->metrics | 1u << LUR_M_LOSS | 1u << LUR_M_ACCURACY,
                              .n_curve = (int)count(spec, LUR_F_CURVE, 0),
                              .start_given = spec->start != NULL};
  resolve_shape(spec, &s->shape);
  s->loss = (enum lur_loss)choice(spec, LUR_F_LOSS, (int)lur_activations[s->shape.output].loss);
  s->bias_init = bias_init(spec, s->init);
}

/* Which field each bit of an optimizer's `reads` stands for. */
static const struct {
  unsigned bit;
  enum lur_field_id field;
} readers[] = {{LUR_READS_MOMENTUM, LUR_F_MOMENTUM}, {LUR_READS_BETAS, LUR_F_BETA1},
               {LUR_READS_BETAS, LUR_F_BETA2},       {LUR_READS_RHO, LUR_F_RHO},
               {LUR_READS_EPSILON, LUR_F_EPSILON},   {LUR_READS_DECAY, LUR_F_WEIGHT_DECAY}};

bool lur_optimizer_reads(enum lur_optimizer optimizer, enum lur_field_id field) {
  for (size_t i = 0; i < sizeof readers / sizeof readers[0]; i++)
    if (readers[i].field == field)
      return (lur_optimizers[optimizer].reads & readers[i].bit) != 0;
  return true;
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
  for (size_t i = 0; i < sizeof readers / sizeof readers[0]; i++)
    if (given(spec, readers[i].field) && !lur_optimizer_reads(optimizer, readers[i].field)) {
      lur_readers_write(readers[i].field, write);
      return lur_fail(e, LUR_EINPUT, lur_fields[readers[i].field].name, "%s never reads it; write %s",
                      lur_optimizer_names[optimizer], write);
    }
  return LUR_OK;
}

/* One number a layer: the field's number or list, then what was set for single layers. */
static int resolve_layers(const struct lur_spec *spec, enum lur_field_id id, double otherwise, int n_layers,
                          double out[LUR_MAX_LAYERS], struct lur_error *e) {
  const struct lur_value *v = given(spec, id), *own = spec->layer[lur_layered_index(id)];
  const char *name = lur_fields[id].name;
  bool is_list = v && v->kind == LUR_V_LIST;
  if (is_list && v->as.list.n != n_layers)
    return lur_fail(e, LUR_EINPUT, name, "%d number%s, but the network has %d layer%s", v->as.list.n,
                    v->as.list.n == 1 ? "" : "s", n_layers, n_layers == 1 ? "" : "s");
  for (int l = 0; l < LUR_MAX_LAYERS; l++) {
    bool set = own[l].kind != LUR_V_ABSENT;
    if (set && l >= n_layers)
      return lur_fail(e, LUR_EINPUT, name, "set for layer %d, but the network has %d layer%s", l + 1, n_layers,
                      n_layers == 1 ? "" : "s");
    out[l] = set ? own[l].as.number : is_list ? v->as.list.at[l < n_layers ? l : 0] : v ? v->as.number : otherwise;
  }
  return LUR_OK;
}

static int resolve_numbers(const struct lur_spec *spec, const struct lur_structure *s, struct lur_numbers *n,
                           struct lur_error *e) {
  const struct lur_optimizer_facts *facts = &lur_optimizers[s->optimizer];
  *n = (struct lur_numbers){.seed = count(spec, LUR_F_SEED, 1),
                            .momentum = number(spec, LUR_F_MOMENTUM, 0.9),
                            .beta1 = number(spec, LUR_F_BETA1, 0.9),
                            .beta2 = number(spec, LUR_F_BETA2, 0.999),
                            .rho = number(spec, LUR_F_RHO, 0.99),
                            .epsilon = number(spec, LUR_F_EPSILON, facts->epsilon),
                            .weight_decay = number(spec, LUR_F_WEIGHT_DECAY, 0),
                            .epochs = count(spec, LUR_F_EPOCHS, 1000),
                            .stop_error = number(spec, LUR_F_STOP_ERROR, 0),
                            .stop_loss = number(spec, LUR_F_STOP_LOSS, 0),
                            .stop_accuracy = number(spec, LUR_F_STOP_ACCURACY, 0),
                            .stop_patience = count(spec, LUR_F_STOP_PATIENCE, 0),
                            .stop_every = count(spec, LUR_F_STOP_EVERY, 1),
                            .train = spec->train,
                            .test = spec->test,
                            .start = spec->start};
  int rc = resolve_layers(spec, LUR_F_LEARNING_RATE, facts->learning_rate, s->shape.n_layers, n->learning_rate, e);
  return rc ? rc : resolve_layers(spec, LUR_F_INIT_SCALE, 1, s->shape.n_layers, n->init_scale, e);
}

static int check_data(const struct lur_spec *spec, const struct lur_structure *s, struct lur_error *e) {
  if (s->n_patterns == 0)
    return lur_fail(e, LUR_EINPUT, "inputs", "no patterns to train on");
  if (s->batch > s->n_patterns)
    return lur_fail(e, LUR_EINPUT, "batch", "%zu is more than the %zu pattern%s there are", s->batch, s->n_patterns,
                    s->n_patterns == 1 ? "" : "s");
  if (s->n_test == 0 && (s->metrics & (1u << LUR_M_TEST_LOSS | 1u << LUR_M_TEST_ACCURACY)))
    return lur_fail(e, LUR_EINPUT, "metrics", "%s needs a test set; give test, or data with two sets",
                    lur_metric_names[s->metrics & 1u << LUR_M_TEST_LOSS ? LUR_M_TEST_LOSS : LUR_M_TEST_ACCURACY]);
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

int lur_layered_index(enum lur_field_id id) {
  return id == LUR_F_INIT_SCALE ? 1 : 0;
}

void lur_spec_put(struct lur_spec *spec, enum lur_field_id id, int layer, const struct lur_value *v) {
  if (layer > 0) {
    spec->layer[lur_layered_index(id)][layer - 1] = *v;
    return;
  }
  spec->value[id] = *v;
  if (lur_fields[id].kind == LUR_K_LAYERED)
    memset(spec->layer[lur_layered_index(id)], 0, sizeof spec->layer[0]);
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
  double x;
  out->value = (struct lur_value){.kind = LUR_V_INTEGER};
  if (lur_whole_read(text, &out->value.as.integer))
    return LUR_OK;
  if (!lur_digits_read(text, &x))
    return lur_fail(e, LUR_EINPUT, found, "\"%.40s\" is not a number", text);
  out->value = (struct lur_value){.kind = LUR_V_NUMBER, .as.number = x};
  return LUR_OK;
}

/* A layer's own number is read and checked as the field's single number. */
static int read_layer(const struct lur_field *f, int layer, const char *text, struct lur_value *v,
                      struct lur_error *e) {
  int rc = lur_value_read(f, text, v, e);
  if (!rc && layer && v->kind != LUR_V_NUMBER)
    return lur_fail(e, LUR_EINPUT, f->name, "a list, but layer %d takes one number", layer);
  return rc;
}

int lur_spec_set(struct lur_spec *spec, const char *name, const char *text, struct lur_error *e) {
  int layer = 0, id = lur_field_find(name, &layer), param = lur_spec_find_param(spec, name);
  struct lur_value v;
  if (param >= 0)
    return lur_param_read(&spec->param[param], text, &spec->param[param], e);
  if (id < 0)
    return lur_field_unknown(name, e);
  int rc = read_layer(&lur_fields[id], layer, text, &v, e);
  if (!rc)
    lur_spec_put(spec, (enum lur_field_id)id, layer, &v);
  return rc;
}
