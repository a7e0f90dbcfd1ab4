/* SPDX-License-Identifier: MIT
 * From what was asked for to what the engine trains: defaults, and the checks that need more than one field. */
#include "sweep/spec.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "sweep/shortcuts.h"
#include "sweep/spec_monitor.h"

static bool is_given(const struct lur_spec *s, enum lur_field_id id) {
  return s->value[id].kind != LUR_V_ABSENT;
}

static const enum lur_field_id function_fields[] = {
    LUR_F_OPTIMIZER, LUR_F_LOSS, LUR_F_ACTIVATION, LUR_F_OUTPUT_ACTIVATION, LUR_F_SCHEDULE, LUR_F_PENALTY, LUR_F_INIT};
enum { N_FUNCTION_FIELDS = sizeof function_fields / sizeof *function_fields };

static struct lur_value number(double x) {
  return (struct lur_value){.kind = LUR_V_NUMBER, .as.number = x};
}

/* The default of a field that `by` decides, where that is a function. */
static struct lur_value usual_by_entry(enum lur_field_id id, const struct lur_value *by) {
  const struct lur_entry *entry = by->as.entry;
  if (id == LUR_F_OUTPUT_ACTIVATION)
    return entry->n_layers ? entry->layer[entry->n_layers - 1] : *by;
  if (id == LUR_F_LOSS)
    return (struct lur_value){.kind = LUR_V_CHOICE, .as.integer = LUR_MSE};
  if (id == LUR_F_LEARNING_RATE)
    return number(entry->learning_rate);
  return (struct lur_value){.kind = LUR_V_ABSENT}; /* bias_init: the function draws biases too */
}

/* All functions in place that declare the number; those of a list stand for it. */
enum { MOST_IN_PLACE = N_FUNCTION_FIELDS + LUR_MAX_LAYERS };
static int find_declaring(const struct lur_spec *s, const char *name, const struct lur_entry *found[MOST_IN_PLACE]) {
  int n = 0;
  double x;
  for (int i = 0; i < N_FUNCTION_FIELDS && s->entries; i++) {
    const struct lur_value v = lur_spec_value(s, function_fields[i]);
    const int n_members = lur_is_entry(&v) && v.as.entry->n_layers ? v.as.entry->n_layers : 1;
    for (int l = 0; l < n_members && lur_is_entry(&v); l++) {
      const struct lur_value *member = v.as.entry->n_layers ? &v.as.entry->layer[l] : &v;
      if (lur_is_entry(member) && lur_entry_usual(member->as.entry, name, &x))
        found[n++] = member->as.entry;
    }
  }
  return n;
}

/* A number's default may be that of a function in place. */
static bool usual_number(const struct lur_spec *s, const char *name, double *x) {
  const struct lur_entry *found[MOST_IN_PLACE];
  return find_declaring(s, name, found) > 0 && lur_entry_usual(found[0], name, x);
}

struct lur_value lur_spec_value(const struct lur_spec *s, enum lur_field_id id) {
  const struct lur_field *f = &lur_fields[id];
  double x;
  if (is_given(s, id))
    return s->value[id];
  if (f->reads && usual_number(s, f->name, &x))
    return number(x);
  if (!f->usual_by)
    return f->usual;
  const struct lur_value by = lur_spec_value(s, f->by);
  return lur_is_entry(&by) ? usual_by_entry(id, &by) : f->usual_by((int)by.as.integer);
}

int lur_spec_choice(const struct lur_spec *s, enum lur_field_id id) {
  return (int)lur_spec_value(s, id).as.integer;
}

const char *lur_spec_name(const struct lur_spec *s, enum lur_field_id id) {
  const struct lur_value v = lur_spec_value(s, id);
  return lur_is_entry(&v) ? v.as.entry->name : lur_fields[id].choices[v.as.integer];
}

/* ---- Functions in place of names ---- */
void lur_spec_write_given(const struct lur_spec *spec, const struct lur_entry *entry, struct lur_buffer *out) {
  for (int i = 0; i < entry->n_on; i++) {
    const int at = lur_spec_find_param(spec, entry->on[i]);
    lur_buffer_format(out, "%s%s=", i ? " " : "", entry->on[i]);
    if (at >= 0)
      lur_param_write(&spec->param[at], out);
  }
}

const struct lur_program *lur_spec_program(const struct lur_spec *spec, const struct lur_entry *entry) {
  const struct lur_program *found = NULL;
  struct lur_buffer given = {0};
  if (entry->n_on == 0)
    return entry->n_variants ? entry->variant[0].program : NULL;
  lur_spec_write_given(spec, entry, &given);
  for (int i = 0; i < entry->n_variants && given.data && !given.failed && !found; i++)
    if (strcmp(entry->variant[i].given, given.data) == 0)
      found = entry->variant[i].program;
  lur_buffer_free(&given);
  return found;
}

/* The field's choice; where it is a function, its program, and the choice is `otherwise`. */
static int resolve_function(const struct lur_spec *spec, enum lur_field_id id, int otherwise, int *choice,
                            const struct lur_program **own, struct lur_error *e) {
  const struct lur_value v = lur_spec_value(spec, id);
  *choice = lur_is_entry(&v) ? otherwise : (int)v.as.integer;
  *own = lur_is_entry(&v) ? lur_spec_program(spec, v.as.entry) : NULL;
  if (lur_is_entry(&v) && !*own)
    return lur_fail(e, LUR_EINPUT, lur_fields[id].name, "%s has no program for these params", v.as.entry->name);
  return LUR_OK;
}

/* The activation of layer l, the last of which is the output. A network has one built-in activation in its hidden
 * layers; if a list has several, the others are programs too, with the same bits. */
static int put_activation(const struct lur_spec *spec, const struct lur_value *v, int l, bool *has_hidden,
                          struct lur_shape *shape, struct lur_error *e) {
  const bool is_output = l == shape->n_layers - 1;
  const enum lur_activation a = lur_is_entry(v) ? LUR_LINEAR : (enum lur_activation)v->as.integer;
  if (lur_is_entry(v) && !(shape->own[l] = lur_spec_program(spec, v->as.entry)))
    return lur_fail(e, LUR_EINPUT, "activation", "%s has no program for these params", v->as.entry->name);
  if (is_output)
    shape->output = a;
  if (is_output || lur_is_entry(v))
    return LUR_OK;
  if (*has_hidden && a != shape->hidden && lur_is_for_outputs_only(a))
    return lur_fail(e, LUR_EINPUT, "activation", "%s is for outputs only; in a list it stands last",
                    lur_activation_names[a]);
  if (*has_hidden && a != shape->hidden)
    shape->own[l] = spec->entries->built_in[a];
  else
    shape->hidden = a;
  *has_hidden = true;
  return LUR_OK;
}

static int resolve_activations(const struct lur_spec *spec, struct lur_shape *shape, struct lur_error *e) {
  const struct lur_value all = lur_spec_value(spec, LUR_F_ACTIVATION);
  const struct lur_value output = lur_spec_value(spec, LUR_F_OUTPUT_ACTIVATION);
  const struct lur_entry *list = lur_is_entry(&all) && all.as.entry->n_layers ? all.as.entry : NULL;
  const int n_hidden = shape->n_layers - 1, n = n_hidden + !is_given(spec, LUR_F_OUTPUT_ACTIVATION);
  bool has_hidden = false;
  int rc = LUR_OK;
  if (list && n && list->n_layers != n)
    return lur_fail(e, LUR_EINPUT, "activation", "a list of %d, but the network has %d %slayer%s", list->n_layers, n,
                    n == n_hidden ? "hidden " : "", n == 1 ? "" : "s");
  shape->hidden = LUR_LINEAR;
  for (int l = 0; l <= n_hidden && !rc; l++)
    rc = put_activation(spec, l == n_hidden ? &output : list ? &list->layer[l] : &all, l, &has_hidden, shape, e);
  if (!has_hidden && !lur_is_entry(&all)) /* no hidden layer */
    shape->hidden = (enum lur_activation)all.as.integer;
  return rc;
}

static int resolve_shape(const struct lur_spec *spec, struct lur_shape *shape, struct lur_error *e) {
  const struct lur_value hidden = lur_spec_value(spec, LUR_F_HIDDEN);
  const int n_hidden = hidden.as.list.n;
  *shape = (struct lur_shape){.n_layers = n_hidden + 1,
                              .bias = lur_spec_value(spec, LUR_F_BIAS).as.truth,
                              .precision = (enum lur_precision)lur_spec_choice(spec, LUR_F_PRECISION)};
  shape->width[0] = spec->train.n_inputs;
  for (int l = 0; l < n_hidden; l++)
    shape->width[l + 1] = (int)hidden.as.list.at[l];
  shape->width[n_hidden + 1] = spec->train.n_outputs;
  const struct lur_value shortcuts = lur_spec_value(spec, LUR_F_SHORTCUTS);
  const int rc = lur_shortcuts_put(&shortcuts, shape, e);
  return rc ? rc : resolve_activations(spec, shape, e);
}

static unsigned stops(const struct lur_spec *spec) {
  unsigned bits = 0;
  for (int id = 0; id < LUR_N_FIELDS; id++)
    bits |= is_given(spec, (enum lur_field_id)id) ? lur_fields[id].stops : 0;
  return bits;
}

/* How losses are summed up, and what becomes of gradients. */
static void put_update(const struct lur_spec *spec, struct lur_structure *s) {
  s->reduction = (enum lur_reduction)lur_spec_choice(spec, LUR_F_REDUCTION);
  s->weighted = spec->train.weights != NULL;
  s->clip = is_given(spec, LUR_F_CLIP_NORM)    ? LUR_CLIP_NORM
            : is_given(spec, LUR_F_CLIP_VALUE) ? LUR_CLIP_VALUE
                                               : LUR_CLIP_NONE;
  s->spares_biases = !lur_spec_value(spec, LUR_F_DECAY_BIASES).as.truth;
  s->frozen_layers = spec->frozen_layers;
  s->frozen_biases = spec->frozen_biases;
  s->frozen = spec->frozen;
}

static int resolve_structure(const struct lur_spec *spec, struct lur_structure *s, struct lur_error *e) {
  const struct lur_value batch = lur_spec_value(spec, LUR_F_BATCH);
  const bool bias_is_own = lur_spec_value(spec, LUR_F_BIAS_INIT).kind == LUR_V_ABSENT;
  int optimizer, loss, init, none, rc;
  *s = (struct lur_structure){
      .bias_init = lur_bias_inits[lur_spec_choice(spec, LUR_F_BIAS_INIT)],
      .n_patterns = spec->train.n,
      .n_test = spec->test.n,
      .n_validation = spec->validation.n,
      .monitor = (enum lur_monitor)lur_spec_choice(spec, LUR_F_STOP_MONITOR),
      .restore = lur_spec_choice(spec, LUR_F_RESTORE) != 0,
      .scaled = spec->train.given != NULL,
      .batch = batch.kind == LUR_V_CHOICE ? 0 : (size_t)batch.as.integer,
      .shuffle = lur_spec_value(spec, LUR_F_SHUFFLE).as.truth,
      .stops = stops(spec),
      .metrics = spec->metrics | lur_metrics_always(),
      .n_curve = (int)lur_spec_value(spec, LUR_F_CURVE).as.integer,
      .start_given = spec->start != NULL,
      .own = {.init_biases = bias_is_own, .every_update = lur_spec_choice(spec, LUR_F_SCHEDULE_EVERY) != 0}};
  put_update(spec, s);
  if (spec->entries) {
    s->own.n_numbers = spec->entries->n_names;
    s->own.number = spec->entries->name;
  }
  rc = resolve_function(spec, LUR_F_OPTIMIZER, LUR_SGD, &optimizer, &s->own.optimizer, e);
  if (!rc)
    rc = resolve_function(spec, LUR_F_LOSS, LUR_MSE, &loss, &s->own.loss, e);
  if (!rc)
    rc = resolve_function(spec, LUR_F_INIT, LUR_INIT_NORMAL, &init, &s->own.init, e);
  if (!rc)
    rc = resolve_function(spec, LUR_F_SCHEDULE, 0, &none, &s->own.schedule, e);
  if (!rc)
    rc = resolve_function(spec, LUR_F_PENALTY, 0, &none, &s->own.penalty, e);
  if (rc)
    return rc;
  s->optimizer = (enum lur_optimizer)optimizer;
  s->loss = (enum lur_loss)loss;
  s->init = (enum lur_init)init;
  return resolve_shape(spec, &s->shape, e);
}

/* Two functions in place may not have different defaults for what is one number of the run. */
static int check_usual(const struct lur_spec *spec, const char *name, struct lur_error *e) {
  const struct lur_entry *found[MOST_IN_PLACE];
  const int n = find_declaring(spec, name, found);
  double first, other;
  for (int i = 1; i < n; i++)
    if (lur_entry_usual(found[0], name, &first) && lur_entry_usual(found[i], name, &other) && first != other)
      return lur_fail(e, LUR_EINPUT, "params", "%s is %.10g by default in %s, %.10g in %s; write params = { %s = ... }",
                      name, first, found[0]->name, other, found[i]->name, name);
  return LUR_OK;
}

static int check_defaults(const struct lur_spec *spec, struct lur_error *e) {
  int rc = LUR_OK;
  for (int i = 0; i < spec->n_params && !rc; i++)
    if (spec->param[i].is_usual)
      rc = check_usual(spec, spec->param[i].name, e);
  return rc;
}

/* What does not go together. */
static int check_together(const struct lur_spec *spec, const struct lur_structure *s, struct lur_error *e) {
  const struct lur_value output = lur_spec_value(spec, LUR_F_OUTPUT_ACTIVATION);
  const struct lur_value rule = lur_spec_value(spec, LUR_F_OPTIMIZER);
  if (s->own.schedule && !s->own.optimizer && lur_optimizers[s->optimizer].start == LUR_START_RATE)
    return lur_fail(e, LUR_EINPUT, "schedule",
                    "%s has steps of its own, which no schedule changes; write schedule = \"%s\"",
                    lur_optimizer_names[s->optimizer], lur_fields[LUR_F_SCHEDULE].choices[0]);
  if (lur_is_entry(&output) && !s->own.loss && s->loss == LUR_CROSS_ENTROPY)
    return lur_fail(
        e, LUR_EINPUT, "loss",
        "cross_entropy needs sigmoid or softmax outputs, but output_activation is the function %s; write loss "
        "= \"mse\"",
        output.as.entry->name);
  if (is_given(spec, LUR_F_CLIP_NORM) && is_given(spec, LUR_F_CLIP_VALUE))
    return lur_fail(e, LUR_EINPUT, "clip_value", "clip_norm is given, too; write one of the two");
  if (lur_is_entry(&rule) && rule.as.entry->full_batch && s->batch && s->batch < s->n_patterns)
    return lur_fail(e, LUR_EINPUT, "batch", "%s needs the full batch, but batch is %zu; write batch = \"all\"",
                    rule.as.entry->name, s->batch);
  return LUR_OK;
}

bool lur_optimizer_reads(enum lur_optimizer optimizer, enum lur_field_id field) {
  const unsigned reads = lur_fields[field].reads;
  return !reads || (lur_optimizers[optimizer].reads & reads);
}

enum lur_field_id lur_readers_write(enum lur_field_id field, char out[LUR_READERS_ROOM]) {
  int n = 0;
  if (field == LUR_F_SCHEDULE_EVERY) {
    strcpy(out, "schedule = \"cosine\", or another");
    return LUR_F_SCHEDULE;
  }
  for (int o = 0; o < LUR_N_OPTIMIZERS; o++)
    n += lur_optimizer_reads((enum lur_optimizer)o, field);
  size_t used = (size_t)snprintf(out, LUR_READERS_ROOM, "optimizer =");
  for (int o = 0; o < LUR_N_OPTIMIZERS && used < LUR_READERS_ROOM; o++)
    if (lur_optimizer_reads((enum lur_optimizer)o, field))
      used += (size_t)snprintf(out + used, LUR_READERS_ROOM - used, " \"%s\"%s", lur_optimizer_names[o],
                               --n > 1  ? ","
                               : n == 1 ? " or"
                                        : "");
  return LUR_F_OPTIMIZER;
}

/* The engine decays the weights of a rule that does not; one that does finds biases by itself. */
static bool is_decay(const struct lur_entry *rule, int id) {
  return id == LUR_F_WEIGHT_DECAY || (id == LUR_F_DECAY_BIASES && !lur_entry_reads(rule, "weight_decay"));
}

/* A bit for each field that only some choices of others read; 0 for a field that is always read. */
static bool is_choosy(int id) {
  return lur_fields[id].reads || id == LUR_F_SCHEDULE_EVERY;
}
static uint64_t bit_of(int id) {
  int n_before = 0;
  if (!is_choosy(id))
    return 0;
  for (int k = 0; k < id; k++)
    n_before += is_choosy(k);
  return UINT64_C(1) << n_before;
}

uint64_t lur_value_reads(enum lur_field_id of, const struct lur_value *v) {
  uint64_t bits = 0;
  for (int id = 0; id < LUR_N_FIELDS; id++) {
    bool reads = id == LUR_F_SCHEDULE_EVERY && of == LUR_F_SCHEDULE && lur_is_entry(v);
    if (lur_fields[id].reads && lur_is_entry(v))
      reads = lur_entry_reads(v->as.entry, lur_fields[id].name) || (of == LUR_F_OPTIMIZER && is_decay(v->as.entry, id));
    else if (lur_fields[id].reads && of == LUR_F_OPTIMIZER)
      reads = lur_optimizer_reads((enum lur_optimizer)v->as.integer, (enum lur_field_id)id);
    bits |= reads ? bit_of(id) : 0;
  }
  return bits;
}

bool lur_spec_reads(const struct lur_spec *spec, enum lur_field_id field) {
  bool reads = !lur_fields[field].reads && field != LUR_F_SCHEDULE_EVERY;
  for (int i = 0; i < N_FUNCTION_FIELDS && !reads; i++) {
    const struct lur_value v = lur_spec_value(spec, function_fields[i]);
    reads = lur_value_reads(function_fields[i], &v) & bit_of((int)field);
  }
  return reads;
}

static int check_read(const struct lur_spec *spec, struct lur_error *e) {
  char write[LUR_READERS_ROOM];
  for (int id = 0; id < LUR_N_FIELDS; id++)
    if (is_given(spec, (enum lur_field_id)id) && !lur_spec_reads(spec, (enum lur_field_id)id)) {
      const struct lur_value rule = lur_spec_value(spec, LUR_F_OPTIMIZER);
      if (id == LUR_F_DECAY_BIASES && lur_is_entry(&rule))
        return lur_fail(e, LUR_EINPUT, lur_fields[id].name,
                        "%s decays by itself, as it reads weight_decay; there spare what h.is_bias is 1 of, and leave "
                        "decay_biases out",
                        rule.as.entry->name);
      const enum lur_field_id by = lur_readers_write((enum lur_field_id)id, write);
      return lur_fail(e, LUR_EINPUT, lur_fields[id].name, "%s never reads it; write %s", lur_spec_name(spec, by),
                      write);
    }
  return LUR_OK;
}

static int fail_layers(const struct lur_field *f, const char *given, int n, struct lur_error *e) {
  const char *hidden = f->flags & LUR_OF_HIDDEN ? "hidden " : "";
  if (n == 0)
    return lur_fail(e, LUR_EINPUT, f->name, "%s, but the network has no hidden layer; write hidden = 4, or %s = 0",
                    given, f->name);
  return lur_fail(e, LUR_EINPUT, f->name, "%s, but the network has %d %slayer%s", given, n, hidden, n == 1 ? "" : "s");
}

/* One number per layer: the field's number or list, then what was set for single layers. n_layers: that have one. */
static int resolve_layers(const struct lur_spec *spec, enum lur_field_id id, int n_layers, double out[LUR_MAX_LAYERS],
                          struct lur_error *e) {
  const struct lur_value v = lur_spec_value(spec, id), *own = spec->layer[lur_fields[id].layered];
  const bool is_list = v.kind == LUR_V_LIST;
  char given[48];
  if (is_list)
    snprintf(given, sizeof given, "%d number%s", v.as.list.n, v.as.list.n == 1 ? "" : "s");
  if (is_list && v.as.list.n != n_layers)
    return fail_layers(&lur_fields[id], given, n_layers, e);
  if (n_layers == 0 && v.as.number != 0)
    return fail_layers(&lur_fields[id], "it is of hidden units", n_layers, e);
  for (int l = 0; l < LUR_MAX_LAYERS; l++) {
    bool set = own[l].kind != LUR_V_ABSENT;
    if (set && l >= n_layers) {
      snprintf(given, sizeof given, "set for layer %d", l + 1);
      return fail_layers(&lur_fields[id], given, n_layers, e);
    }
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
  *n = (struct lur_numbers){
      .train = spec->train, .test = spec->test, .validation = spec->validation, .start = spec->start};
  for (int id = 0; id < LUR_N_FIELDS && !rc; id++) {
    const struct lur_field *f = &lur_fields[id];
    if (!(f->flags & LUR_NUMBER))
      continue;
    const struct lur_value v = lur_spec_value(spec, (enum lur_field_id)id);
    if (v.kind == LUR_V_ABSENT)
      continue;
    if (f->kind == LUR_K_LAYERED)
      rc = resolve_layers(spec, (enum lur_field_id)id, lur_field_layers(f, s->shape.n_layers), lur_layers_of(n, f), e);
    else
      lur_number_put(n, f, &v);
  }
  for (int k = 0; k < s->own.n_numbers; k++)
    n->own[k] = lur_spec_number(spec, s->own.number[k]);
  return rc;
}

/* The draws of training that some number is not 0 of. */
static unsigned noises_of(const struct lur_structure *s, struct lur_numbers *n) {
  unsigned bits = 0;
  for (int id = 0; id < LUR_N_FIELDS; id++) {
    const struct lur_field *f = &lur_fields[id];
    const int count = f->kind == LUR_K_LAYERED ? lur_field_layers(f, s->shape.n_layers) : 1;
    for (int l = 0; f->noises && l < count; l++)
      bits |= lur_layers_of(n, f)[l] != 0 ? f->noises : 0;
  }
  return bits;
}

double lur_spec_number(const struct lur_spec *spec, const char *name) {
  const int at = lur_spec_find_param(spec, name), id = lur_field_of_number(name);
  double x;
  if (at >= 0 && spec->param[at].is_usual && usual_number(spec, name, &x))
    return x;
  const struct lur_value v = at >= 0   ? spec->param[at].value
                             : id >= 0 ? lur_spec_value(spec, (enum lur_field_id)id)
                                       : (struct lur_value){.kind = LUR_V_ABSENT};
  return v.kind == LUR_V_INTEGER || v.kind == LUR_V_NUMBER ? lur_value_number(&v) : (double)NAN;
}

static int check_frozen(const struct lur_spec *spec, const struct lur_shape *shape, struct lur_error *e) {
  for (int l = shape->n_layers; l < LUR_MAX_LAYERS; l++)
    if (spec->frozen_layers >> l & 1)
      return lur_fail(e, LUR_EINPUT, "freeze", "layer %d, but the network has %d layer%s", l + 1, shape->n_layers,
                      shape->n_layers == 1 ? "" : "s");
  if (spec->frozen && spec->n_frozen != lur_shape_n_parameters(shape))
    return lur_fail(e, LUR_EINPUT, "freeze", "a mask of %zu parameters, but the network has %zu", spec->n_frozen,
                    lur_shape_n_parameters(shape));
  return LUR_OK;
}

static int check_data(const struct lur_spec *spec, const struct lur_structure *s, struct lur_error *e) {
  if (s->n_patterns == 0)
    return lur_fail(e, LUR_EINPUT, "inputs", "no patterns to train on");
  if (s->batch > s->n_patterns)
    return lur_fail(e, LUR_EINPUT, "batch", "%zu is more than the %zu pattern%s there are", s->batch, s->n_patterns,
                    s->n_patterns == 1 ? "" : "s");
  if (spec->start && spec->n_start != lur_shape_n_parameters(&s->shape))
    return lur_fail(e, LUR_EINPUT, "weights", "start values for %zu parameters, but the network has %zu", spec->n_start,
                    lur_shape_n_parameters(&s->shape));
  return check_frozen(spec, &s->shape, e);
}

int lur_spec_resolve(const struct lur_spec *spec, struct lur_structure *structure, struct lur_numbers *numbers,
                     struct lur_error *e) {
  int rc = lur_spec_check_fold(spec, e);
  if (!rc)
    rc = resolve_structure(spec, structure, e);
  if (!rc)
    rc = check_read(spec, e);
  if (!rc)
    rc = check_together(spec, structure, e);
  if (!rc)
    rc = check_defaults(spec, e);
  if (!rc)
    rc = resolve_numbers(spec, structure, numbers, e);
  if (!rc)
    structure->noises = noises_of(structure, numbers);
  if (!rc)
    rc = check_data(spec, structure, e);
  if (!rc)
    rc = lur_spec_check_monitor(spec, structure, numbers, e);
  return rc ? rc : lur_structure_check(structure, e);
}

void lur_spec_forget_unread(struct lur_spec *spec, uint64_t others, bool of_networks) {
  const int n_layers = lur_spec_value(spec, LUR_F_HIDDEN).as.list.n + 1;
  for (int id = 0; id < LUR_N_FIELDS; id++)
    if (others & bit_of(id) && !lur_spec_reads(spec, (enum lur_field_id)id))
      spec->value[id].kind = LUR_V_ABSENT;
  for (int id = 0; id < LUR_N_FIELDS && of_networks; id++) {
    const struct lur_field *f = &lur_fields[id];
    const int first = f->kind == LUR_K_LAYERED ? lur_field_layers(f, n_layers) : LUR_MAX_LAYERS;
    for (int l = first; l < LUR_MAX_LAYERS; l++)
      spec->layer[f->layered][l].kind = LUR_V_ABSENT;
    if (first == 0)
      spec->value[id].kind = LUR_V_ABSENT;
  }
}
