/* SPDX-License-Identifier: MIT
 * The numbers: what a network is, what a training is, and the calls that run one or many.
 * No Lua, no files, no printing. docs/numerics.md has every formula in its written order; every kernel gives the
 * same bits. Everything here is reentrant; nothing is global.
 *
 * Shapes: L layers, layer l has width[l+1] units and width[l] inputs, or with shortcuts more (lur_shape_fan_in).
 * Patterns are rows of doubles. Parameters of a network are one array of doubles, layer by layer, unit by unit: the
 * unit's weights in input order, then its bias. The bias has its place (holding +0) even where there is none. In single
 * precision every element is a float's value. */
#ifndef LUR_ENGINE_H
#define LUR_ENGINE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "engine/activations.inc.h"
#include "engine/losses.inc.h"
#include "engine/metrics.inc.h"
#include "engine/optimizers.inc.h"
#include "engine/program/program.h"

enum { LUR_MAX_LAYERS = 16, LUR_MAX_WIDTH = 65536 };

/* Of what docs/numerics.md says: raised whenever a run's bits change, because results of another version are others. */
enum { LUR_NUMERICS_VERSION = 3 };

/* Each thing to choose from is a row of its list. */
#define LUR_ENUM(ID, ...) LUR_##ID,
enum lur_activation { LUR_ACTIVATIONS(LUR_ENUM) LUR_N_ACTIVATIONS };
enum lur_loss { LUR_LOSSES(LUR_ENUM) LUR_N_LOSSES };
enum lur_optimizer { LUR_OPTIMIZERS(LUR_ENUM) LUR_N_OPTIMIZERS };
#undef LUR_ENUM
#define LUR_ENUM(ID, ...) LUR_M_##ID,
enum lur_metric { LUR_METRICS(LUR_ENUM) LUR_N_METRICS };
#undef LUR_ENUM
enum lur_init { LUR_INIT_NORMAL, LUR_INIT_UNIFORM, LUR_INIT_XAVIER, LUR_INIT_HE, LUR_INIT_ZEROS, LUR_N_INITS };
enum lur_bias_init { LUR_BIAS_NORMAL, LUR_BIAS_UNIFORM, LUR_BIAS_ZEROS, LUR_N_BIAS_INITS };
enum lur_reduction { LUR_MEAN, LUR_SUM, LUR_HALF_SUM, LUR_N_REDUCTIONS }; /* of losses over patterns and outputs */
enum lur_clip { LUR_CLIP_NONE, LUR_CLIP_VALUE, LUR_CLIP_NORM, LUR_N_CLIPS };
enum lur_precision { LUR_DOUBLE, LUR_SINGLE, LUR_N_PRECISIONS };
enum lur_status {
  LUR_FAILED, LUR_DIVERGED, LUR_STOPPED, LUR_SOLVED, LUR_STALLED, LUR_PRUNED, LUR_FINISHED, LUR_N_STATUSES
};
/* Names in the order of the enums, each list ended by NULL. */
extern const char *const lur_activation_names[LUR_N_ACTIVATIONS + 1];
extern const char *const lur_loss_names[LUR_N_LOSSES + 1];
extern const char *const lur_loss_meanings[LUR_N_LOSSES]; /* of one pattern, in words */
extern const char *const lur_optimizer_names[LUR_N_OPTIMIZERS + 1];
extern const char *const lur_init_names[];
extern const char *const lur_bias_init_names[];
extern const char *const lur_reduction_names[];
extern const char *const lur_monitor_names[];
extern const char *const lur_precision_names[];
extern const char *const lur_status_names[];
extern const char *const lur_metric_names[LUR_N_METRICS + 1];
/* How a bias_init draws, and which one goes with an init. */
extern const enum lur_init lur_bias_inits[];            /* [bias_init] */
extern const enum lur_bias_init lur_usual_bias_init[]; /* [init] */

struct lur_activation_facts {
  double least, largest; /* of the outputs; equal where they have no such ends */
  enum lur_loss loss;    /* used for such outputs unless another is given */
  const char *meaning;   /* f(z), in words */
};
extern const struct lur_activation_facts lur_activations[LUR_N_ACTIVATIONS];
bool lur_is_for_outputs_only(enum lur_activation a);

/* What a metric is made of, as metrics.inc.h says. */
enum lur_metric_source {
  LUR_FROM_PASS, LUR_FROM_TEST, LUR_FROM_EPOCHS, LUR_FROM_PARAMETERS, LUR_FROM_VALIDATION, LUR_FROM_MONITOR,
  LUR_FROM_END, LUR_FROM_TEST_END, LUR_FROM_VALIDATION_END, LUR_N_METRIC_SOURCES
};
enum lur_set { LUR_TRAIN, LUR_TEST, LUR_VALIDATION, LUR_N_SETS };
struct lur_metric_facts {
  enum lur_metric_source from;
  bool high;    /* higher is better */
  bool always;  /* computed unasked */
  bool of_loss; /* values of different loss functions do not compare */
  const char *meaning;
};
extern const struct lur_metric_facts lur_metrics[LUR_N_METRICS];
#define LUR_BIT(m) ((uint64_t)1 << (m))
int lur_metric_find(const char *name); /* enum lur_metric, or -1 */
enum lur_set lur_metric_set(enum lur_metric m); /* the patterns that it looks at */
extern const char *const lur_set_names[LUR_N_SETS]; /* in words: "test set" */
uint64_t lur_metrics_always(void);     /* bits LUR_BIT(enum lur_metric) */

/* What an optimizer reads and needs, as bits, and its usual learning rate and epsilon. */
enum {
  LUR_READS_MOMENTUM = 1, LUR_READS_BETAS = 2, LUR_READS_RHO = 4, LUR_READS_EPSILON = 8, LUR_READS_DECAY = 16,
  LUR_NEEDS_FULL_BATCH = 32, LUR_READS_RPROP = 64
};
/* What its state starts with: 0; what makes the first gradient the buffer; 0 and, in the second array, the rate. */
enum lur_state_start { LUR_START_ZERO, LUR_START_FIRST_GRADIENT, LUR_START_RATE };
struct lur_optimizer_facts {
  unsigned reads;
  double learning_rate, epsilon;
  int n_state; /* arrays of the size of the parameters that it keeps */
  enum lur_state_start start;
  const char *meaning;
};
extern const struct lur_optimizer_facts lur_optimizers[LUR_N_OPTIMIZERS];

struct lur_shape {
  int n_layers;                   /* 1 .. LUR_MAX_LAYERS */
  int width[LUR_MAX_LAYERS + 1];  /* width[0] inputs ... width[n_layers] outputs */
  enum lur_activation hidden, output; /* softmax: output only */
  const struct lur_program *own[LUR_MAX_LAYERS]; /* a layer's activation where it is a function, borrowed; else NULL.
                                                    output is LINEAR where the last layer has one */
  bool bias;
  enum lur_precision precision;
  uint32_t reads[LUR_MAX_LAYERS]; /* what layer l reads, in this order: bit 0 the network's inputs, bit k the units of
                                     the k-th layer. Bit l is always among them; 0: it is the only one */
};

size_t lur_shape_n_parameters(const struct lur_shape *s);       /* with a place for every bias */
size_t lur_shape_layer_start(const struct lur_shape *s, int layer); /* index of the layer's first parameter */
uint32_t lur_shape_reads(const struct lur_shape *s, int layer); /* shape.reads with bit `layer`, always */
bool lur_shape_has_shortcuts(const struct lur_shape *s);        /* some layer reads more than the one before it */
int lur_shape_fan_in(const struct lur_shape *s, int layer);     /* weights of each of its units */
/* The first of those inputs of the layer that come from this source: 0 the network's inputs, k the k-th layer. */
int lur_shape_input_of(const struct lur_shape *s, int layer, int source);
int lur_shape_widest(const struct lur_shape *s);
size_t lur_shape_n_work(const struct lur_shape *s); /* doubles that lur_forward works in */

/* An output in the targets' own units: fma(o, scale, shift) in that precision. */
double lur_unscale(enum lur_precision precision, double o, double scale, double shift);

/* Patterns, borrowed: n rows of n_inputs and of n_outputs doubles. */
struct lur_patterns {
  size_t n;
  int n_inputs, n_outputs;
  const double *inputs, *targets;
  const double *weights;       /* [n]: how much each counts in loss and gradients; NULL: all the same */
  /* Where targets are scaled, else NULL: as they were given, and what makes an output such: fma(o, scale, shift). */
  const double *given, *shift, *scale; /* [n][n_outputs]; [n_outputs] */
};

/* ---- What makes two runs the same kind: one kernel trains all runs of a structure ---- */
enum {
  LUR_STOP_ERROR = 1, LUR_STOP_LOSS = 2, LUR_STOP_ACCURACY = 4, LUR_STOP_PATIENCE = 8, LUR_STOP_GL = 16,
  LUR_STOP_PQ = 32, LUR_STOP_PROGRESS = 64
};
/* Draws beside those of starts and orders; what their numbers are is lane data. */
enum { LUR_NOISE_DROPOUT = 1, LUR_NOISE_INPUTS = 2, LUR_NOISE_WEIGHTS = 4 };
/* What patience, Prechelt's criteria and restore watch. */
enum lur_monitor {
  LUR_MONITOR_LOSS, LUR_MONITOR_ACCURACY, LUR_MONITOR_VALIDATION_LOSS, LUR_MONITOR_VALIDATION_ACCURACY, LUR_N_MONITORS
};

/* Functions in place of what the enums name, borrowed; NULL: there is none. optimizer is SGD where a rule is given.
 * number: the names of what they read as p.NAME or h.NAME; those of momentum, beta1, beta2, rho, epsilon and
 * weight_decay are the numbers of that name and need not be listed, all others stand in lur_numbers.own. */
struct lur_own {
  const struct lur_program *loss, *optimizer, *schedule, *penalty, *init;
  bool init_biases;  /* init is asked for biases too; else they are drawn by bias_init */
  bool every_update; /* the schedule is asked once an update, not once an epoch */
  int n_numbers;
  const char *const *number;
};

struct lur_structure {
  struct lur_shape shape;
  struct lur_own own;
  enum lur_loss loss;
  enum lur_optimizer optimizer;
  enum lur_init init, bias_init; /* bias_init: normal, uniform or zeros */
  enum lur_reduction reduction;
  enum lur_clip clip;            /* of gradients, to numbers.clip */
  bool spares_biases;            /* weight_decay leaves them alone */
  uint32_t frozen_layers;        /* bit l: training changes nothing of layer l (from 0); */
  bool frozen_biases;            /* nor biases; */
  const double *frozen;          /* [n_parameters], borrowed: nor parameters where this is 1; or NULL */
  bool weighted;                 /* training patterns have weights */
  bool scaled;                   /* targets are scaled: all patterns have given, shift and scale */
  unsigned noises;               /* LUR_NOISE_* */
  enum lur_monitor monitor;
  bool restore;                  /* ends with the parameters of the monitor's best epoch */
  size_t n_patterns, n_test, n_validation; /* of the last two, 0: there is no such set */
  size_t batch;                  /* patterns an update; 0: all */
  bool shuffle;
  unsigned stops;                /* LUR_STOP_* that are looked at */
  uint64_t metrics;              /* LUR_BIT(enum lur_metric) of what to compute beside those that always are */
  int n_curve;                   /* points of the loss curve kept, 0 for none */
  bool data_per_run;             /* each run's numbers carry patterns of their own */
  bool start_given;              /* numbers.start is read; where it holds NaN, the value is drawn */
};

/* What may differ from run to run (lane data). */
struct lur_numbers {
  uint64_t seed;
  double learning_rate[LUR_MAX_LAYERS], init_scale[LUR_MAX_LAYERS];
  double momentum, beta1, beta2, rho, epsilon, weight_decay;
  double rprop_grow, rprop_shrink, rprop_least, rprop_most;
  double own[LUR_MAX_OWN_NUMBERS];                 /* [structure.own.n_numbers] */
  uint64_t epochs;                                 /* at most; 0: no update at all */
  double stop_error, stop_loss, stop_accuracy;
  uint64_t stop_patience, stop_every;              /* epochs; every >= 1 */
  double stop_min_delta, stop_gl, stop_pq, stop_progress;
  double clip, dropout[LUR_MAX_LAYERS], input_noise, weight_noise; /* dropout: a hidden layer's share */
  struct lur_patterns train, test, validation; /* borrowed; the same for all runs unless data_per_run */
  const double *start; /* borrowed: n_parameters where start_given; NaN: that one is drawn from the seed */
};

/* A metric without a value is NaN. */
struct lur_outcome {
  enum lur_status status;
  uint64_t epochs;                 /* epochs whose updates ran */
  double metric[LUR_N_METRICS];
  int n_curve;                     /* points filled of curve */
  /* where the caller gave room: */
  double *parameters;              /* n_parameters, or NULL */
  double *curve;                   /* structure.n_curve losses, at epochs lur_curve_epoch(...), or NULL */
  double *validation_curve;        /* the same of validation losses, or NULL */
};

/* The epoch (from 0) of point i of n_points over `epochs` epochs as asked for: evenly spread, the first epoch first,
 * the last epoch last; with fewer epochs than points, one point per epoch. */
uint64_t lur_curve_epoch(int i, int n_points, uint64_t epochs);

/* ---- One run, watched ---- */
/* What the epoch's own forward passes saw, before each update. Borrowed for the call. */
struct lur_record {
  uint64_t epoch;            /* from 0 */
  double loss, error, accuracy; /* error: the sum of (target - output), in the targets' own units, as output is;
                                   accuracy NaN where undefined */
  double validation_loss, validation_accuracy; /* after the epoch's updates; NaN where there is no such set */
  const double *output;      /* of the last pattern visited, width[n_layers] values */
  const double *parameters;  /* those that the last pattern was seen with, n_parameters values */
};
enum lur_answer { LUR_GO_ON, LUR_STOP_RUN, LUR_FAIL_RUN }; /* stop: status stopped; fail: status failed */

/* `next` returns the first epoch >= epoch that is due (UINT64_MAX: none); `see` is called at due epochs, after the
 * epoch's updates, before status is decided. Called on the caller's thread. */
struct lur_observer {
  void *context;
  uint64_t (*next)(void *context, uint64_t epoch);
  enum lur_answer (*see)(void *context, const struct lur_record *r);
};

/* Trains one run on the calling thread: by units, but small networks online by the reference kernel.
 * observer and cancel may be NULL. *cancel is polled at least per batch of patterns. Errors: LUR_ENOMEM,
 * LUR_ECANCELLED, LUR_EINPUT where LURON_ISA or LURON_FORM names what is not there. */
int lur_train(const struct lur_structure *s, const struct lur_numbers *numbers, const struct lur_observer *observer,
              const atomic_int *cancel, struct lur_outcome *outcome, struct lur_error *e);
/* The same, where a large network gets up to so many threads: the calling one and others, for the time of the call. */
int lur_train_by(int n_threads, const struct lur_structure *s, const struct lur_numbers *numbers,
                 const struct lur_observer *observer, const atomic_int *cancel, struct lur_outcome *outcome,
                 struct lur_error *e);

/* "out of memory", and where so many bytes are many, that the network needs them. */
int lur_fail_network(const struct lur_shape *s, size_t n_bytes, struct lur_error *e);
/* Refuses what no kernel could train: widths, losses that do not fit the output activation, softmax in a hidden
 * layer, rprop with a batch. Sets e->field to the field's name. */
int lur_structure_check(const struct lur_structure *s, struct lur_error *e);
/* Targets must fit: within [0,1] under cross_entropy; everything finite. Names the pattern in the text. */
int lur_patterns_check(const struct lur_structure *s, const struct lur_patterns *p, const char *field,
                       struct lur_error *e);

/* ---- Many runs: pool.c ---- */
/* numbers() gives the k-th run's numbers, done() takes its outcome; both are called on worker threads, each k once,
 * in any order, and must be pure or write only what belongs to k. Where there is a base, *out holds it, but for what
 * numbers() put for another run: it puts the same members for each. outcome's arrays are borrowed for the call.
 * done's return other than 0 cancels the job with LUR_ECALLBACK. */
struct lur_job {
  const struct lur_structure *structure;
  uint64_t n_runs;
  bool want_parameters;
  void *context;
  const struct lur_numbers *base; /* what the runs have in common; NULL: numbers() fills all of *out */
  void (*numbers)(void *context, uint64_t k, struct lur_numbers *out);
  int (*done)(void *context, uint64_t k, const struct lur_outcome *outcome);
};
struct lur_pool; /* worker threads, kept between jobs */
struct lur_pool *lur_pool_new(int n_threads, struct lur_error *e); /* n_threads >= 1 */
void lur_pool_free(struct lur_pool *p);
/* Trains all runs of the job; returns when the last is done. cancel may be NULL; obeyed within 100 ms. */
int lur_pool_train(struct lur_pool *p, const struct lur_job *job, const atomic_int *cancel, struct lur_error *e);

/* Which kernel a structure gets of whose runs a thread trains n_runs ("lanes avx2, 16 double", "units avx2", "scalar"),
 * and why: text for --explain. */
void lur_kernel_explain(const struct lur_structure *s, uint64_t n_runs, char *text, size_t n);
/* "avx512", "avx2", "sse2", "neon" or "scalar": what this process picks, LURON_ISA considered. NULL and e filled where
 * LURON_ISA names what this machine or build has not, or LURON_FORM no form. */
const char *lur_isa_name(struct lur_error *e);

/* ---- Draws ---- */
/* Philox4x32-10 draws. purpose: LUR_DRAW_*. u in (0,1), never an end. */
enum lur_purpose {
  LUR_DRAW_WEIGHTS = 0, LUR_DRAW_SHUFFLE = 1, LUR_DRAW_GENERATOR = 2, LUR_DRAW_SPLIT = 3, LUR_DRAW_DATA = 4,
  LUR_DRAW_SAMPLER = 5, LUR_DRAW_DROPOUT = 6, LUR_DRAW_INPUT_NOISE = 7, LUR_DRAW_WEIGHT_NOISE = 8,
  LUR_DRAW_MORE_WEIGHTS = 9, LUR_DRAW_VALIDATION = 10, LUR_DRAW_FOLDS = 11
};
void lur_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4]);
uint64_t lur_draw_bits(uint64_t seed, uint64_t index, uint32_t epoch, enum lur_purpose purpose);
double lur_draw_uniform(uint64_t seed, uint64_t index, uint32_t epoch, enum lur_purpose purpose);
double lur_draw_normal(uint64_t seed, uint64_t index, uint32_t epoch, enum lur_purpose purpose);
/* The order 0..n-1 shuffled as an epoch's patterns are, drawn from (seed, epoch, purpose). */
void lur_draw_order(uint64_t seed, uint32_t epoch, enum lur_purpose purpose, size_t n, uint32_t *order);
/* How start values are drawn. own: a function in place of init, or NULL; number: of its named numbers, in its order. */
struct lur_starts {
  enum lur_init init, bias_init;
  const struct lur_program *own;
  bool own_biases; /* own starts biases, too */
  const double *number;
};
/* Start values of a network: n_parameters, drawn as a run with these numbers draws them. */
void lur_draw_parameters(const struct lur_shape *s, const struct lur_starts *from, uint64_t seed,
                         const double *init_scale, double *parameters);

/* ---- Functions of one number, ours, the kernels' own bits ---- */
double lur_exp(double x);
double lur_log(double x);
double lur_log1p(double x);
double lur_expm1(double x);
double lur_tanh(double x);
double lur_sigmoid(double x);
double lur_sin(double x);
double lur_cos(double x);
double lur_tan(double x);
double lur_erf(double x);
double lur_floor(double x); /* a zero is +0; as ceil's */
double lur_ceil(double x);
double lur_floor_div(double a, double b);    /* Lua's a // b of floats */
double lur_mod(double a, double b);          /* Lua's a % b of floats; NaN where |a / b| >= 2^52 */
double lur_pow(double a, double b);          /* by logarithm and exponential */
double lur_pow_constant(double a, double b); /* by products or the root, where b is a small whole number or 0.5 */
double lur_activate(enum lur_activation a, double z); /* not softmax */

/* ---- Primitives ---- */
/* out has room for width[n_layers]; work for lur_shape_n_work(s) doubles. */
void lur_forward(const struct lur_shape *s, const double *parameters, const double *input, double *work, double *out);
/* w = fma(learning_rate, error * x, w), b = fma(learning_rate, error, b), of a single unit. */
void lur_neuron_update(const struct lur_shape *s, double *parameters, const double *input, double error,
                       double learning_rate);

#endif
