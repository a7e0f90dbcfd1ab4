/* SPDX-License-Identifier: MIT
 * The engine's bits as text: trains 70 runs of each of N drawn structures through the pool, and some of them with the
 * reference kernel too, and prints a line a structure: what it is, and a hash of every parameter, metric, status and
 * number of epochs. The lines are the same on every processor, kernel and compiler. `own`: the structures have
 * functions of the script's own, which between them do every operation.
 *
 * usage: digest N [own] */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/engine.h"

enum { N_RUNS = 70, N_COMPARED = 3, N_PATTERNS = 6, MOST_INPUTS = 5, MOST_OUTPUTS = 3, N_CURVE = 3 };

struct experiment {
  struct lur_structure structure;
  struct lur_numbers numbers;
  double inputs[N_PATTERNS * MOST_INPUTS], targets[N_PATTERNS * MOST_OUTPUTS];
  uint64_t hash[N_RUNS];
};

/* What random cases are drawn from: fixed, so that what is added later changes no digest. */
static const enum lur_activation activations[] = {LUR_SIGMOID,  LUR_TANH, LUR_RELU,   LUR_LEAKY_RELU,
                                                  LUR_SOFTPLUS, LUR_STEP, LUR_LINEAR, LUR_SOFTMAX};
static const enum lur_loss losses[] = {LUR_CROSS_ENTROPY, LUR_MSE, LUR_PERCEPTRON};
static const enum lur_optimizer optimizers[] = {LUR_SGD,     LUR_MOMENTUM, LUR_NESTEROV, LUR_ADAGRAD,
                                                LUR_RMSPROP, LUR_ADAM,     LUR_RPROP};

static uint64_t index_of_draw, structure_number;

static uint64_t below(uint64_t n) {
  return lur_draw_bits(structure_number, index_of_draw++, 0, LUR_DRAW_GENERATOR) % n;
}

static double number(double low, double high) {
  return low + (high - low) * lur_draw_uniform(structure_number, index_of_draw++, 0, LUR_DRAW_GENERATOR);
}

static void draw_structure(struct lur_structure *s) {
  *s = (struct lur_structure){0};
  s->shape.n_layers = 1 + (int)below(3);
  s->shape.width[0] = 1 + (int)below(MOST_INPUTS);
  for (int l = 1; l < s->shape.n_layers; l++)
    s->shape.width[l] = 1 + (int)below(9);
  s->shape.width[s->shape.n_layers] = 1 + (int)below(MOST_OUTPUTS);
  s->shape.hidden = activations[below(7)];
  s->shape.output = activations[below(8)];
  s->shape.bias = below(4) != 0;
  s->shape.precision = (enum lur_precision)below(LUR_N_PRECISIONS);
  s->loss = losses[below(3)];
  s->optimizer = optimizers[below(7)];
  s->init = (enum lur_init)below(LUR_INIT_ZEROS);
  s->bias_init = below(2) ? LUR_INIT_NORMAL : LUR_INIT_ZEROS;
  s->n_patterns = N_PATTERNS;
  s->batch = (size_t)below(4);
  s->shuffle = below(2);
  s->stops = (unsigned)below(16);
  s->metrics = LUR_BIT(LUR_M_PENALTY_SUM) - 1 - LUR_BIT(LUR_M_TEST_LOSS) - LUR_BIT(LUR_M_TEST_ACCURACY);
  s->n_curve = N_CURVE;
}

/* ---- Functions of the script's own ---- */
static const char *const own_numbers[] = {"slope"};
static const char *const own_activations[] = {
    "activation\nt1 = mul p.slope z\nt2 = neg t1\nt3 = exp t2\nt4 = add 0x1p+0 t3\nt5 = div z t4\nreturn t5\n",
    "activation\nt1 = sin z\nt2 = cos t1\nt3 = erf t2\nt4 = fma t3 z p.slope\nt5 = tanh t4\nreturn t5\n",
    ("activation\nt1 = abs z\nt2 = log1p t1\nt3 = sqrt t2\nt4 = lt z 0x0p+0\nt5 = expm1 z\nt6 = select t4 t5 t3\n"
     "return t6\n"),
    ("activation\nt1 = softplus z\nt2 = add t1 0x1p+0\nt3 = log t2\nt4 = tan t3\nt5 = min t4 0x1p+2\nt6 = max t5 z\n"
     "return t6\n"),
};
static const char *const own_losses[] = {
    "loss\nt1 = sub o t\nt2 = abs t1\nt3 = pow t2 p.slope\nreturn t3\n",
    ("loss\nt1 = sub o t\nt2 = pow_constant t1 0x1.8p+1\nt3 = sigmoid t2\nt4 = le t3 0x1p-1\nt5 = leaky_relu t1\n"
     "t6 = select t4 t5 t2\nreturn t6\n"),
};
static const char *const own_rules[] = {
    ("optimizer\nstates m\nt1 = mul 0x1.ccccccccccccdp-1 s1\nt2 = add t1 g\nt3 = pow p.beta1 step\n"
     "t4 = sub 0x1p+0 t3\nt5 = div learning_rate t4\nt6 = mul t5 t2\nt7 = sub w t6\nreturn t7 t2\n"),
    ("optimizer\nstates\nt1 = mod w 0x1p-2\nt2 = floor_div g 0x1p-3\nt3 = floor t2\nt4 = ceil t1\nt5 = relu t4\n"
     "t6 = step t3\nt7 = eq t5 t6\nt8 = select t7 g t1\nt9 = mul learning_rate t8\nt10 = sub w t9\nreturn t10\n"),
};
static const char *const own_schedule = "schedule\nt1 = add epoch 0x1p+0\nt2 = pow t1 -0x1p-1\nreturn t2\n";
static const char *const own_penalty = "penalty\nt1 = mul w w\nt2 = mul 0x1p-7 t1\nreturn t2\n";
static const char *const own_init = "init\nt1 = sub u1 0x1p-1\nt2 = mul t1 n2\nreturn t2\n";

static const struct lur_program *own(const char *text) {
  struct lur_error e = {0};
  const struct lur_program *p = lur_program_read(text, &e);
  if (!p) {
    fprintf(stderr, "digest: %s\n%s", e.text, text);
    exit(1);
  }
  return p;
}

static void draw_own(struct lur_structure *s) {
  const int last = s->shape.n_layers - 1;
  s->own.number = own_numbers;
  s->own.n_numbers = 1;
  s->loss = LUR_MSE;
  s->shape.output = LUR_LINEAR;
  for (int l = 0; l <= last; l++)
    s->shape.own[l] = own(own_activations[below(4)]);
  if (below(2))
    s->own.loss = own(own_losses[below(2)]);
  if (below(2))
    s->own.optimizer = own(own_rules[below(2)]);
  if (below(2) && (s->own.optimizer || s->optimizer != LUR_RPROP))
    s->own.schedule = own(own_schedule);
  if (below(2))
    s->own.penalty = own(own_penalty);
  if (below(2))
    s->own.init = own(own_init);
  s->own.every_update = below(2);
}

static void free_own(struct lur_structure *s) {
  const struct lur_program *const all[] = {s->own.loss, s->own.optimizer, s->own.schedule, s->own.penalty, s->own.init};
  for (int l = 0; l < LUR_MAX_LAYERS; l++)
    lur_program_free((struct lur_program *)s->shape.own[l]);
  for (size_t i = 0; i < sizeof all / sizeof *all; i++)
    lur_program_free((struct lur_program *)all[i]);
}

static void draw_patterns(struct experiment *x) {
  const int n_inputs = x->structure.shape.width[0], n_outputs = x->structure.shape.width[x->structure.shape.n_layers];
  for (int i = 0; i < N_PATTERNS * n_inputs; i++)
    x->inputs[i] = number(-2, 2);
  for (int p = 0; p < N_PATTERNS; p++) {
    uint64_t class = below((uint64_t)n_outputs + 1);
    for (int o = 0; o < n_outputs; o++)
      x->targets[p * n_outputs + o] = class == (uint64_t)o;
  }
  if (x->structure.shape.output == LUR_SOFTMAX)
    for (int p = 0; p < N_PATTERNS; p++)
      for (int o = 0; o < n_outputs; o++)
        x->targets[p * n_outputs + o] = o == p % n_outputs;
  x->numbers.train = (struct lur_patterns){
      .n = N_PATTERNS, .n_inputs = n_inputs, .n_outputs = n_outputs, .inputs = x->inputs, .targets = x->targets};
}

static void draw_numbers(struct lur_numbers *n) {
  for (int l = 0; l < LUR_MAX_LAYERS; l++) {
    n->learning_rate[l] = number(1, 2);
    n->learning_rate[l] = ldexp(n->learning_rate[l], below(20) == 0 ? 30 : -(int)below(8));
    n->init_scale[l] = number(0.5, 2);
  }
  n->momentum = number(0, 0.95);
  n->beta1 = number(0.5, 0.95);
  n->beta2 = number(0.9, 0.999);
  n->rho = number(0.8, 0.99);
  n->epsilon = 1e-8;
  n->rprop_grow = 1.2;
  n->rprop_shrink = 0.5;
  n->rprop_least = 1e-6;
  n->rprop_most = 50;
  n->weight_decay = below(2) ? number(0, 0.01) : 0;
  n->epochs = below(12);
  n->stop_error = 0.4;
  n->stop_loss = 0.05;
  n->stop_accuracy = 1;
  n->stop_patience = 1 + below(3);
  n->stop_every = 1 + below(3);
}

/* FNV-1a, byte by byte from the lowest. */
static void hash_bits(uint64_t *h, uint64_t bits) {
  for (int i = 0; i < 64; i += 8)
    *h = (*h ^ (bits >> i & 0xff)) * 0x100000001b3u;
}

static void hash_numbers(uint64_t *h, const double *x, size_t n) {
  for (size_t i = 0; i < n; i++) {
    uint64_t bits;
    memcpy(&bits, &x[i], sizeof bits);
    hash_bits(h, bits);
  }
}

static uint64_t hash_outcome(const struct lur_structure *s, const struct lur_outcome *o) {
  uint64_t h = 0xcbf29ce484222325u;
  hash_bits(&h, o->status);
  hash_bits(&h, o->epochs);
  for (int m = 0; m < LUR_N_METRICS; m++)
    if (s->metrics & LUR_BIT(m))
      hash_numbers(&h, &o->metric[m], 1);
  hash_numbers(&h, o->parameters, lur_shape_n_parameters(&s->shape));
  hash_numbers(&h, o->curve, (size_t)o->n_curve);
  return h;
}

static void give_numbers(void *context, uint64_t k, struct lur_numbers *out) {
  const struct experiment *x = context;
  *out = x->numbers;
  out->seed = k + 1;
  out->epochs = x->numbers.epochs + k % 5;
  for (int l = 0; l < LUR_MAX_LAYERS; l++)
    out->learning_rate[l] *= 1 + (double)(k % 7) / 8;
  out->own[0] *= 1 + (double)(k % 3) / 4;
}

static int take_outcome(void *context, uint64_t k, const struct lur_outcome *outcome) {
  struct experiment *x = context;
  x->hash[k] = hash_outcome(&x->structure, outcome);
  return 0;
}

static int compare(struct experiment *x, struct lur_error *e) {
  double curve[N_CURVE], *parameters = calloc(lur_shape_n_parameters(&x->structure.shape), sizeof *parameters);
  int bad = parameters ? 0 : 1;
  for (uint64_t k = 0; k < N_COMPARED && !bad; k++) {
    struct lur_outcome o = {.parameters = parameters, .curve = curve};
    struct lur_numbers numbers;
    give_numbers(x, k, &numbers);
    bad = lur_train(&x->structure, &numbers, NULL, NULL, &o, e) != LUR_OK;
    if (!bad && hash_outcome(&x->structure, &o) != x->hash[k]) {
      lur_fail(e, LUR_EINPUT, NULL, "run %" PRIu64 " differs from the reference kernel", k);
      bad = 1;
    }
  }
  free(parameters);
  return bad;
}

static int print_digest(struct experiment *x, struct lur_pool *pool, struct lur_error *e) {
  const struct lur_structure *s = &x->structure;
  const struct lur_job job = {.structure = s,
                              .n_runs = N_RUNS,
                              .want_parameters = true,
                              .context = x,
                              .numbers = give_numbers,
                              .done = take_outcome};
  if (lur_pool_train(pool, &job, NULL, e) != LUR_OK || compare(x, e))
    return 1;
  uint64_t h = 0xcbf29ce484222325u;
  for (int k = 0; k < N_RUNS; k++)
    hash_bits(&h, x->hash[k]);
  printf("%016" PRIx64 " %s %s %s %s %s, %d layers%s%s%s%s%s\n", h, lur_precision_names[s->shape.precision],
         lur_activation_names[s->shape.hidden], lur_activation_names[s->shape.output], lur_loss_names[s->loss],
         lur_optimizer_names[s->optimizer], s->shape.n_layers, s->own.loss ? ", own loss" : "",
         s->own.optimizer ? ", rule" : "", s->own.schedule ? ", schedule" : "", s->own.penalty ? ", penalty" : "",
         s->own.init ? ", init" : "");
  return 0;
}

int main(int argc, char **argv) {
  const uint64_t n = argc > 1 ? strtoull(argv[1], NULL, 10) : 0;
  const bool of_own = argc > 2 && strcmp(argv[2], "own") == 0;
  struct lur_error e = {0};
  struct lur_pool *pool = lur_pool_new(2, &e);
  struct experiment *x = calloc(1, sizeof *x);
  int bad = !pool || !x || n == 0;
  for (uint64_t i = 0; i < n && !bad; structure_number++) {
    index_of_draw = 0;
    draw_structure(&x->structure);
    if (of_own)
      draw_own(&x->structure);
    if (lur_structure_check(&x->structure, &e) != LUR_OK) {
      free_own(&x->structure);
      continue;
    }
    draw_patterns(x);
    draw_numbers(&x->numbers);
    if (x->structure.optimizer == LUR_RPROP)
      x->numbers.weight_decay = 0; /* which it does not know */
    x->numbers.own[0] = number(0.5, 2);
    bad = print_digest(x, pool, &e);
    free_own(&x->structure);
    i++;
  }
  if (bad)
    fprintf(stderr, "digest: structure %" PRIu64 ": %s\n", structure_number, e.text);
  free(x);
  lur_pool_free(pool);
  return bad;
}
