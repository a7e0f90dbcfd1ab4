/* SPDX-License-Identifier: MIT
 * The memory of a block of lanes. One allocation an array, all on 64-byte lines; single precision is rounded here,
 * once, from doubles. Thread rule: a block belongs to one thread. */
#include "engine/lanes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "engine/draw.h"
#include "engine/kernel/fused.h"

static void set_at(const struct lur_lanes *m, void *array, size_t index, double x) {
  if (m->is_single)
    ((float *)array)[index] = (float)x;
  else
    ((double *)array)[index] = x;
}

static void set(const struct lur_lanes *m, void *array, size_t i, int lane, double x) {
  set_at(m, array, i * m->n_lanes + (size_t)lane, x);
}

/* ---- Allocation ---- */
/* n elements of all lanes; NULL, and *failed set, where there is no memory. */
static void *lanes_array(const struct lur_lanes *m, size_t n, bool *failed) {
  const size_t size = m->is_single ? sizeof(float) : sizeof(double);
  void *array = lur_alloc_aligned(n + LUR_SPARE / (size_t)m->kernel->n_lanes + 1, size * (size_t)m->kernel->n_lanes);
  if (!array)
    *failed = true;
  return array;
}

static void init_patterns(const struct lur_lanes *m, struct lur_block_patterns *p, size_t n, bool weighted,
                          bool *failed) {
  const struct lur_structure *s = m->block.structure;
  const size_t lanes = (size_t)m->kernel->n_lanes, size = s->data_per_run ? n : n / lanes + 1;
  p->n = n;
  p->shared = !s->data_per_run;
  if (n > SIZE_MAX / ((size_t)LUR_MAX_WIDTH * 4096)) {
    *failed = true;
    return;
  }
  const bool borrows = p->shared && !m->is_single;
  if (!borrows)
    p->inputs = p->own_inputs = lanes_array(m, size * (size_t)s->shape.width[0], failed);
  if (!borrows || s->scaled)
    p->targets = p->own_targets = lanes_array(m, size * (size_t)lur_target_width(s), failed);
  if (!borrows && weighted)
    p->weights = p->own_weights = lanes_array(m, size, failed);
}

/* What the lanes' optimizer, order and epochs need. */
static void init_training(struct lur_lanes *m, bool *failed) {
  struct lur_block *b = &m->block;
  const struct lur_structure *s = b->structure;
  const size_t lanes = (size_t)m->kernel->n_lanes;
  for (int i = 0; i < lur_n_states(s); i++)
    b->state[i] = lanes_array(m, b->n_parameters, failed);
  b->correction = lanes_array(m, 2, failed);
  b->penalty = lanes_array(m, 1, failed);
  for (int i = 0; i < 2; i++) {
    b->beta[i] = lur_alloc_aligned(lanes, sizeof(double));
    b->power[i] = lur_alloc_aligned(lanes, sizeof(double));
    if (!b->beta[i] || !b->power[i])
      *failed = true;
  }
  b->seed = lur_alloc_aligned(lanes, sizeof(uint64_t));
  b->epoch = lur_alloc_aligned(lanes, sizeof(uint64_t));
  m->right = lur_alloc(lanes, sizeof *m->right);
  if (!b->seed || !b->epoch || !m->right)
    *failed = true;
  b->batch = lur_batch_size(s);
  b->sums = b->batch > 1;
  if (lur_shuffles(s) && !(b->order = lur_alloc(s->n_patterns * lanes, sizeof(uint32_t))))
    *failed = true;
  if (s->noises)
    b->noise = &m->noise;
  if (s->noises && !lur_noise_init(b->noise, s, lanes, (size_t)m->kernel->n_patterns, b->room != NULL))
    *failed = true;
}

static void init_frozen(struct lur_lanes *m, bool *failed) {
  const struct lur_structure *s = m->block.structure;
  if (!lur_freezes(s))
    return;
  m->block.frozen = m->frozen = lur_alloc(m->block.n_parameters, 1);
  if (m->frozen)
    lur_mark_frozen(s, m->frozen);
  else
    *failed = true;
}

/* What a pass over patterns needs. */
static void init_passes(struct lur_lanes *m, const struct lur_kernel *kernel, const struct lur_structure *s,
                        bool *failed) {
  struct lur_block *b = &m->block;
  const size_t n_patterns = (size_t)kernel->n_patterns;
  size_t n_units = 2; /* softmax leaves two values behind the last layer */
  for (int l = 1; l <= s->shape.n_layers; l++)
    n_units += (size_t)s->shape.width[l];
  m->kernel = kernel;
  m->n_lanes = (size_t)kernel->n_lanes;
  m->is_single = s->shape.precision == LUR_SINGLE;
  b->structure = s;
  b->n_parameters = lur_shape_n_parameters(&s->shape);
  b->parameters = lanes_array(m, b->n_parameters, failed);
  if (kernel->room(s) > 0) {
    b->room = lanes_array(m, kernel->room(s), failed);
  } else {
    b->z = lanes_array(m, n_units * n_patterns, failed);
    b->a = lanes_array(m, n_units * n_patterns, failed);
    b->delta = lanes_array(m, n_units * n_patterns, failed);
  }
  b->seen = lanes_array(m, LUR_N_SEEN, failed);
  if (s->scaled) {
    b->scale = lanes_array(m, (size_t)s->shape.width[s->shape.n_layers], failed);
    b->shift = lanes_array(m, (size_t)s->shape.width[s->shape.n_layers], failed);
  }
  b->middle = lanes_array(m, 1, failed);
  b->one_hot = lanes_array(m, 1, failed);
}

/* Blocks have many lanes, of which seldom more than one must be seen: a tile of few lanes, and of several patterns at
 * once, takes those. */
static void init_few(struct lur_lanes *m, bool *failed) {
  const struct lur_structure *s = m->block.structure;
  const unsigned solving = LUR_STOP_ERROR | LUR_STOP_LOSS | LUR_STOP_ACCURACY;
  if (!(s->stops & solving) || s->data_per_run || m->kernel->n_patterns > 1)
    return;
  m->few = lur_alloc(1, sizeof *m->few);
  if (m->few)
    init_passes(m->few, lur_kernel_find(m->kernel->isa, s->shape.precision, LUR_TILES), s, failed);
  else
    *failed = true;
}

/* The codes of functions, of the block and of the tile that sees a few of its lanes. */
static int init_codes(struct lur_lanes *m, struct lur_error *e) {
  const struct lur_structure *s = m->block.structure;
  if (!lur_codes_any(s))
    return LUR_OK;
  m->block.codes = &m->codes;
  int status = lur_codes_init(&m->codes, s, m->n_lanes, (size_t)m->kernel->width, e);
  if (!status && m->begun && (s->own.optimizer || s->own.schedule)) {
    m->block.told = &m->told;
    status = lur_told_init(&m->told, s, &m->codes.rule, &m->codes, m->kernel->own, e);
  }
  return status || !m->few ? status : init_codes(m->few, e);
}

int lur_lanes_init(struct lur_lanes *m, const struct lur_kernel *kernel, const struct lur_structure *s, bool observed,
                   struct lur_error *e) {
  bool failed = false;
  struct lur_block *b = &m->block;
  const size_t n_patterns = (size_t)kernel->n_patterns;
  init_passes(m, kernel, s, &failed);
  m->ended = lanes_array(m, b->n_parameters, &failed);
  m->best = s->restore ? lanes_array(m, b->n_parameters, &failed) : NULL;
  m->validated = lanes_array(m, LUR_N_SEEN, &failed);
  const size_t row = (size_t)s->shape.width[0] + (size_t)lur_target_width(s) + 1;
  if (kernel->room(s) == 0) {
    b->gradient = lanes_array(m, b->n_parameters, &failed);
    b->pattern = lanes_array(m, row * n_patterns, &failed);
  }
  b->numbers = lanes_array(m, LUR_N_ROWS, &failed);
  if (observed) {
    b->last_output = lanes_array(m, (size_t)s->shape.width[s->shape.n_layers], &failed);
    b->last_parameters = lanes_array(m, b->n_parameters, &failed);
  }
  init_training(m, &failed);
  init_frozen(m, &failed);
  if (kernel->n_patterns == 1)
    b->fused = lur_fused_find(kernel->isa, s);
  init_few(m, &failed);
  init_patterns(m, &b->train, s->n_patterns, s->weighted, &failed);
  init_patterns(m, &m->test, s->n_test, false, &failed);
  init_patterns(m, &m->validation, s->n_validation, false, &failed);
  m->begun = lur_alloc(m->n_lanes, sizeof *m->begun);
  m->seeds = lur_alloc(m->n_lanes, sizeof *m->seeds);
  m->init_scale = lur_alloc(m->n_lanes * (size_t)s->shape.n_layers, sizeof(double));
  m->start_numbers = lur_alloc(s->own.init ? m->n_lanes * (size_t)s->own.init->n_numbers + 1 : 1, sizeof(double));
  if (!failed && m->begun && m->seeds && m->init_scale && m->start_numbers)
    return init_codes(m, e);
  const size_t size = m->is_single ? sizeof(float) : sizeof(double);
  const size_t n_arrays = 2 + s->restore + (kernel->room(s) == 0) + (size_t)lur_n_states(s) + observed;
  return lur_fail_network(&s->shape, (n_arrays * b->n_parameters * (size_t)kernel->n_lanes + kernel->room(s)) * size,
                          e);
}

static void free_patterns(struct lur_block_patterns *p) {
  free(p->own_inputs);
  free(p->own_targets);
  free(p->own_weights);
}

void lur_lanes_free(struct lur_lanes *m) {
  struct lur_block *b = &m->block;
  void *const arrays[] = {b->parameters, b->gradient,    b->z,
                          b->a,          b->delta,       b->pattern,
                          b->numbers,    b->seen,        b->power[0],
                          b->power[1],   b->order,       b->correction,
                          b->seed,       b->epoch,       m->ended,
                          m->begun,      b->beta[0],     b->beta[1],
                          b->middle,     b->one_hot,     m->right,
                          b->room,       b->last_output, b->last_parameters,
                          m->seeds,      m->init_scale,  m->start_numbers,
                          b->penalty,    m->best,        m->validated,
                          b->scale,      b->shift};
  for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++)
    free(arrays[i]);
  for (int i = 0; i < LUR_MAX_STATES; i++)
    free(b->state[i]);
  free(m->frozen);
  free_patterns(&b->train);
  free_patterns(&m->test);
  free_patterns(&m->validation);
  lur_codes_free(&m->codes);
  lur_told_free(&m->told);
  lur_noise_free(&m->noise);
  if (m->few)
    lur_lanes_free(m->few);
  free(m->few);
}

/* ---- Lanes ---- */
/* Copies n rows of `width` doubles to where lanes, or this lane, read them: from number `first` on of each row, which
 * has `stride` of them. */
static void put_rows(const struct lur_lanes *m, void *array, bool shared, int lane, size_t n, int width,
                     const double *rows, size_t first, size_t stride) {
  for (size_t i = 0; i < n; i++)
    for (size_t k = 0; k < (size_t)width; k++) {
      if (shared)
        set_at(m, array, i * stride + first + k, *rows++);
      else
        set(m, array, i * stride + first + k, lane, *rows++);
    }
}

/* weights: of those patterns, or NULL. */
static void put_patterns(const struct lur_lanes *m, struct lur_block_patterns *to, int lane,
                         const struct lur_patterns *from, const double *weights) {
  const int n_inputs = from->n_inputs, n_outputs = from->n_outputs;
  const size_t row = (size_t)lur_target_width(m->block.structure);
  if (to->own_inputs)
    put_rows(m, to->own_inputs, to->shared, lane, to->n, n_inputs, from->inputs, 0, (size_t)n_inputs);
  else
    to->inputs = from->inputs;
  if (to->own_targets)
    put_rows(m, to->own_targets, to->shared, lane, to->n, n_outputs, from->targets, 0, row);
  else
    to->targets = from->targets;
  if (m->block.structure->scaled)
    put_rows(m, to->own_targets, to->shared, lane, to->n, n_outputs, from->given, (size_t)n_outputs, row);
  if (to->own_weights && weights)
    put_rows(m, to->own_weights, to->shared, lane, to->n, 1, weights, 0, 1);
  else
    to->weights = weights;
}

/* What an array of the optimizer's state starts with. */
static double state_start(const struct lur_structure *s, int array, const struct lur_numbers *numbers, int layer) {
  switch (s->own.optimizer ? LUR_START_ZERO : lur_optimizers[s->optimizer].start) {
  case LUR_START_ZERO: break;
  case LUR_START_FIRST_GRADIENT: return signbit(numbers->momentum) ? 0.0 : -0.0;
  case LUR_START_RATE: return array == 1 ? numbers->learning_rate[layer] : 0;
  }
  return 0;
}

static void put_state(const struct lur_lanes *m, int lane, const struct lur_numbers *numbers) {
  const struct lur_structure *s = m->block.structure;
  const int n_states = lur_n_states(s);
  for (int l = 0; l < s->shape.n_layers && n_states > 0; l++) {
    const size_t first = lur_shape_layer_start(&s->shape, l), end = lur_shape_layer_start(&s->shape, l + 1);
    for (int i = 0; i < n_states; i++)
      for (size_t p = first; p < end; p++)
        set(m, m->block.state[i], p, lane, state_start(s, i, numbers, l));
  }
}

/* What the optimizer does not read stays 0. */
static void put_numbers(struct lur_lanes *m, int lane, const struct lur_numbers *n) {
  struct lur_block *b = &m->block;
  const unsigned reads = lur_optimizers[b->structure->optimizer].reads;
  if (reads & LUR_READS_MOMENTUM)
    set(m, b->numbers, LUR_ROW_MOMENTUM, lane, n->momentum);
  if (reads & LUR_READS_BETAS) {
    set(m, b->numbers, LUR_ROW_BETA1, lane, n->beta1);
    set(m, b->numbers, LUR_ROW_BETA2, lane, n->beta2);
    b->beta[0][lane] = n->beta1;
    b->beta[1][lane] = n->beta2;
    b->power[0][lane] = b->power[1][lane] = 1;
  }
  if (reads & LUR_READS_RHO)
    set(m, b->numbers, LUR_ROW_RHO, lane, n->rho);
  if (reads & LUR_READS_EPSILON)
    set(m, b->numbers, LUR_ROW_EPSILON, lane, n->epsilon);
  if (reads & LUR_READS_DECAY)
    set(m, b->numbers, LUR_ROW_DECAY, lane, n->weight_decay);
  if (reads & LUR_READS_RPROP) {
    set(m, b->numbers, LUR_ROW_RPROP_GROW, lane, n->rprop_grow);
    set(m, b->numbers, LUR_ROW_RPROP_SHRINK, lane, n->rprop_shrink);
    set(m, b->numbers, LUR_ROW_RPROP_LEAST, lane, n->rprop_least);
    set(m, b->numbers, LUR_ROW_RPROP_MOST, lane, n->rprop_most);
  }
  if (b->structure->clip != LUR_CLIP_NONE)
    set(m, b->numbers, LUR_ROW_CLIP, lane, n->clip);
  for (int l = 0; l < b->structure->shape.n_layers; l++)
    set(m, b->numbers, (size_t)(LUR_ROW_RATE + l), lane, n->learning_rate[l]);
  if (b->noise)
    lur_noise_put(b->noise, b->structure, (size_t)lane, n);
  if (lur_decays(b->structure) && n->weight_decay != 0)
    b->any_decay = true;
  b->seed[lane] = n->seed;
  b->epoch[lane] = 0;
}

/* What functions of the script's own read. Lanes that nothing has begun in have the first run's. */
static void put_own_numbers(struct lur_lanes *m, int lane, const struct lur_numbers *n) {
  double number[LUR_MOST_NAMES];
  if (!m->block.codes)
    return;
  lur_own_numbers(&m->block.structure->own, n, number);
  const size_t first = m->has_numbers ? (size_t)lane : 0, end = m->has_numbers ? first + 1 : m->n_lanes;
  for (size_t k = first; k < end; k++)
    lur_codes_put(&m->codes, k, number);
  if (m->block.told)
    lur_told_put(&m->told, (size_t)lane, number, n);
  m->has_numbers = true;
}

/* Whether a run's draws are others than those of the one before; if so, what its own start reads is kept. */
static bool new_seed(struct lur_lanes *m, const struct lur_numbers *n) {
  const struct lur_structure *s = m->block.structure;
  const bool same = m->n_seeds > 0 && m->seeds[m->n_seeds - 1] == n->seed;
  if (!s->own.init)
    return !same;
  const size_t size = (size_t)s->own.init->n_numbers;
  double *number = m->start_numbers + (size_t)m->n_seeds * size;
  lur_program_numbers(s->own.init, &s->own, n, number, NULL); /* lur_structure_check has found them */
  return !(same && memcmp(number - size, number, size * sizeof *number) == 0);
}

/* Lanes that begin one after the other often have one seed. */
static void note_start(struct lur_lanes *m, int lane, const struct lur_numbers *n) {
  const struct lur_structure *s = m->block.structure;
  struct lur_begun *begun = &m->begun[m->n_begun];
  double *init_scale = &m->init_scale[(size_t)m->n_begun * (size_t)s->shape.n_layers];
  if (new_seed(m, n))
    m->seeds[m->n_seeds++] = n->seed;
  begun->lane = lane;
  begun->seed = m->n_seeds - 1;
  begun->start = s->start_given ? n->start : NULL;
  for (int l = 0; l < s->shape.n_layers; l++)
    init_scale[l] = n->init_scale[l];
  m->n_begun++;
}

/* The run's patterns, or those of all runs where this is the first; and when one is answered rightly. */
static void put_data(struct lur_lanes *m, int lane, const struct lur_numbers *n) {
  const struct lur_structure *s = m->block.structure;
  const bool first = !m->has_data;
  m->has_data = true;
  if (!first && !s->data_per_run) {
    m->right[lane] = m->shared_right;
  } else {
    put_patterns(m, &m->block.train, lane, &n->train, s->weighted ? n->train.weights : NULL);
    if (s->n_test > 0)
      put_patterns(m, &m->test, lane, &n->test, NULL);
    if (s->n_validation > 0)
      put_patterns(m, &m->validation, lane, &n->validation, NULL);
    m->right[lane] = m->shared_right = lur_right_rule_of(&n->train);
  }
  for (int k = 0; s->scaled && k < n->train.n_outputs; k++) {
    set(m, m->block.scale, (size_t)k, lane, n->train.scale[k]);
    set(m, m->block.shift, (size_t)k, lane, n->train.shift[k]);
  }
  set(m, m->block.middle, 0, lane, m->right[lane].midpoint);
  set(m, m->block.one_hot, 0, lane, m->right[lane].kind == LUR_RIGHT_ONE_HOT);
}

void lur_lanes_begin(struct lur_lanes *m, int lane, const struct lur_numbers *n) {
  note_start(m, lane, n);
  put_state(m, lane, n);
  put_numbers(m, lane, n);
  put_own_numbers(m, lane, n);
  put_data(m, lane, n);
}

/* Parameter p, of that layer, of all lanes that begin. x: each seed's value, unscaled. */
static void put_start(struct lur_lanes *m, size_t p, int layer, const double *x) {
  const double *init_scale = m->init_scale + layer;
  const size_t n_layers = (size_t)m->block.structure->shape.n_layers;
  for (int k = 0; k < m->n_begun; k++, init_scale += n_layers) {
    const struct lur_begun *b = &m->begun[k];
    const bool given = b->start && b->start[p] == b->start[p];
    set(m, m->block.parameters, p, b->lane, given ? b->start[p] : lur_start_value(x[b->seed], *init_scale));
  }
}

/* Without biases their places hold +0, whatever is given. */
static void clear_biases(struct lur_lanes *m, int layer) {
  const struct lur_shape *s = &m->block.structure->shape;
  const size_t stride = (size_t)lur_shape_fan_in(s, layer) + 1, first = lur_shape_layer_start(s, layer);
  for (size_t j = 0; j < (size_t)s->width[layer + 1]; j++)
    for (int k = 0; k < m->n_begun; k++)
      set(m, m->block.parameters, first + j * stride + stride - 1, m->begun[k].lane, 0);
}

static void start_layer(struct lur_lanes *m, int layer) {
  const struct lur_structure *s = m->block.structure;
  const size_t start = lur_shape_layer_start(&s->shape, layer), n_seeds = (size_t)m->n_seeds;
  const size_t n = lur_shape_layer_start(&s->shape, layer + 1) - start;
  const size_t most = LUR_MOST_DRAWS / n_seeds;
  double x[LUR_MOST_DRAWS];
  struct lur_starts from = lur_starts_of(s);
  from.number = m->start_numbers;
  for (size_t first = 0; first < n; first += most) {
    const size_t count = n - first < most ? n - first : most;
    lur_draw_starts(&s->shape, &from, layer, first, count, n_seeds, m->seeds, x);
    for (size_t i = 0; i < count; i++)
      put_start(m, start + first + i, layer, x + i * n_seeds);
  }
  if (!s->shape.bias)
    clear_biases(m, layer);
}

void lur_lanes_start(struct lur_lanes *m) {
  for (int l = 0; l < m->block.structure->shape.n_layers && m->n_begun > 0; l++)
    start_layer(m, l);
  m->n_begun = m->n_seeds = 0;
}

void lur_lanes_idle(struct lur_lanes *m, int lane) {
  const struct lur_numbers none = {0};
  for (size_t p = 0; p < m->block.n_parameters; p++)
    set(m, m->block.parameters, p, lane, 0);
  put_state(m, lane, &none);
  put_numbers(m, lane, &none);
}
