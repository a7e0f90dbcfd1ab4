/* SPDX-License-Identifier: MIT
 * A file of FANN lists its neurons layer by layer, each with its number of connections, its function and its
 * steepness; then all connections, each the number of the neuron that it comes from and its weight. The last neuron of
 * the input layer, and each later one without connections, is a bias: its output is 1.
 *
 * Steepness is a factor of the weights here, twice that for a sigmoid, which FANN writes as 1 / (1 + exp(-2 x)). A
 * function that has no name here is a program. A connection that is missing has weight 0, and one from further back is
 * a shortcut of its layer. */
#include "data/fann_network.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/digits.h"
#include "base/memory.h"
#include "data/file.h"
#include "data/tokens.h"

/* ---- The functions of FANN ---- */
enum { UNNAMED = LUR_N_ACTIVATIONS, STEPWISE, STEPWISE_SYMMETRIC, UNREADABLE };
struct function {
  const char *name;
  int activation;      /* enum lur_activation; UNNAMED: it is the program; and so on */
  double factor;       /* of the sum, beside steepness */
  const char *program; /* where another layer has taken the name's place, too */
};

/* In the order of FANN's numbers. */
static const struct function functions[] = {
    {"linear", LUR_LINEAR, 1, "activation\nreturn z\n"},
    {"threshold", LUR_STEP, 1, "activation\nt1 = step z\nreturn t1\n"},
    {"threshold_symmetric", UNNAMED, 1, "activation\nt1 = lt z 0x0p+0\nt2 = select t1 -0x1p+0 0x1p+0\nreturn t2\n"},
    {"sigmoid", LUR_SIGMOID, 2, "activation\nt1 = sigmoid z\nreturn t1\n"},
    {"sigmoid_stepwise", STEPWISE, 1, NULL},
    {"sigmoid_symmetric", LUR_TANH, 1, "activation\nt1 = tanh z\nreturn t1\n"},
    {"sigmoid_symmetric_stepwise", STEPWISE_SYMMETRIC, 1, NULL},
    {"gaussian", UNNAMED, 1, "activation\nt1 = mul z z\nt2 = neg t1\nt3 = exp t2\nreturn t3\n"},
    {"gaussian_symmetric", UNNAMED, 1,
     "activation\nt1 = mul z z\nt2 = neg t1\nt3 = exp t2\nt4 = mul t3 0x1p+1\nt5 = sub t4 0x1p+0\nreturn t5\n"},
    {"gaussian_stepwise", UNREADABLE, 1, NULL},
    {"elliot", UNNAMED, 1,
     "activation\nt1 = mul z 0x1p-1\nt2 = abs z\nt3 = add 0x1p+0 t2\nt4 = div t1 t3\nt5 = add t4 0x1p-1\nreturn t5\n"},
    {"elliot_symmetric", UNNAMED, 1, "activation\nt1 = abs z\nt2 = add 0x1p+0 t1\nt3 = div z t2\nreturn t3\n"},
    {"linear_piece", UNNAMED, 1, "activation\nt1 = max z 0x0p+0\nt2 = min t1 0x1p+0\nreturn t2\n"},
    {"linear_piece_symmetric", UNNAMED, 1, "activation\nt1 = max z -0x1p+0\nt2 = min t1 0x1p+0\nreturn t2\n"},
    {"sin_symmetric", UNNAMED, 1, "activation\nt1 = sin z\nreturn t1\n"},
    {"cos_symmetric", UNNAMED, 1, "activation\nt1 = cos z\nreturn t1\n"},
    {"sin", UNNAMED, 1, "activation\nt1 = sin z\nt2 = mul t1 0x1p-1\nt3 = add t2 0x1p-1\nreturn t3\n"},
    {"cos", UNNAMED, 1, "activation\nt1 = cos z\nt2 = mul t1 0x1p-1\nt3 = add t2 0x1p-1\nreturn t3\n"},
    {"linear_piece_rect", LUR_RELU, 1, "activation\nt1 = relu z\nreturn t1\n"},
    {"linear_piece_rect_leaky", LUR_LEAKY_RELU, 1, "activation\nt1 = leaky_relu z\nreturn t1\n"},
};
enum { N_FUNCTIONS = sizeof functions / sizeof *functions };

/* Straight lines through six points of a sigmoid, as FANN has them; before and behind them it is level. */
static struct lur_program *stepwise(bool symmetric) {
  enum { POINTS = 6 };
  static const double x[2][POINTS] = {
      {-2.64665246009826660156e+00, -1.47221946716308593750e+00, -5.49306154251098632812e-01,
       5.49306154251098632812e-01, 1.47221934795379638672e+00, 2.64665293693542480469e+00},
      {-2.64665293693542480469e+00, -1.47221934795379638672e+00, -5.49306154251098632812e-01,
       5.49306154251098632812e-01, 1.47221934795379638672e+00, 2.64665293693542480469e+00}};
  static const double y[2][POINTS] = {
      {4.99999988824129104614e-03, 5.00000007450580596924e-02, 2.50000000000000000000e-01, 7.50000000000000000000e-01,
       9.49999988079071044922e-01, 9.95000004768371582031e-01},
      {-9.90000009536743164062e-01, -8.99999976158142089844e-01, -5.00000000000000000000e-01,
       5.00000000000000000000e-01, 8.99999976158142089844e-01, 9.90000009536743164062e-01}};
  const double *from = x[symmetric], *to = y[symmetric];
  struct lur_builder *b = lur_builder_new(LUR_ROLE_ACTIVATION, 8 * POINTS);
  if (!b)
    return NULL;
  const int z = lur_build_input(b, LUR_IN_Z, 0);
  int at = lur_build_constant(b, 1);
  for (int k = POINTS - 1; k >= 0; k--) { /* at: what it is from point k on; line: between points k - 1 and k */
    int line = lur_build_constant(b, symmetric ? -1 : 0);
    if (k > 0) {
      line = lur_build(b, LUR_OP_SUB, (int[]){z, lur_build_constant(b, from[k - 1])});
      line = lur_build(b, LUR_OP_MUL, (int[]){lur_build_constant(b, to[k] - to[k - 1]), line});
      line = lur_build(b, LUR_OP_DIV, (int[]){line, lur_build_constant(b, from[k] - from[k - 1])});
      line = lur_build(b, LUR_OP_ADD, (int[]){line, lur_build_constant(b, to[k - 1])});
    }
    const int before = lur_build(b, LUR_OP_LT, (int[]){z, lur_build_constant(b, from[k])});
    at = lur_build(b, LUR_OP_SELECT, (int[]){before, line, at});
  }
  struct lur_program *p = at < 0 ? NULL : lur_builder_finish(b, 1, &at, 0, NULL);
  lur_builder_free(b);
  return p;
}

/* ---- What the file says ---- */
struct neuron {
  int layer, place;            /* of FANN's layers, the first is the inputs'; among the units, -1: a bias */
  size_t n_connections, first; /* in the list of them */
  int function;
  double steepness;
};
struct connection {
  size_t from;
  double weight;
};

struct net {
  struct lur_tokens t;
  int n_layers, size[LUR_MAX_LAYERS + 1]; /* FANN's layers, one more than ours; neurons, biases among them */
  struct neuron *neuron;                  /* owned */
  struct connection *connection;          /* owned */
  size_t n_neurons, n_connections;
  long neurons_line;
  struct lur_shape shape;
  int function[LUR_MAX_LAYERS]; /* of our layers */
};

/* To behind NAME= at the begin of a line. */
static int find(struct net *n, const char *name) {
  const size_t length = strlen(name);
  for (; n->t.next < n->t.end; n->t.next += n->t.next < n->t.end) {
    if (strncmp(n->t.next, name, length) == 0 && n->t.next[length] == '=') {
      n->t.next += length + 1;
      return LUR_OK;
    }
    n->t.next += strcspn(n->t.next, "\n");
    n->t.line += n->t.next < n->t.end;
  }
  return lur_token_fail(&n->t, "no line %s=", name);
}

/* The next number, whatever of "(,) " and blanks stands before and behind it; false at the line's end. */
static bool next_number(struct net *n, double *out) {
  char word[64];
  n->t.next += strspn(n->t.next, "(), \t");
  const size_t length = strcspn(n->t.next, "(), \t\r\n");
  if (length == 0 || length >= sizeof word)
    return false;
  memcpy(word, n->t.next, length);
  word[length] = '\0';
  if (!lur_number_read(word, false, out) || !isfinite(*out))
    return false;
  n->t.next += length;
  return true;
}

static bool next_whole(struct net *n, double most, double *out) {
  return next_number(n, out) && *out >= 0 && *out <= most && floor(*out) == *out;
}

static int read_sizes(struct net *n) {
  double size;
  if (find(n, "layer_sizes") != LUR_OK)
    return LUR_EINPUT;
  while (next_whole(n, LUR_MAX_WIDTH + 1, &size) && size > 0) {
    if (n->n_layers == LUR_MAX_LAYERS + 1)
      return lur_token_fail(&n->t, "more than %d layers (a cascade's network has one for each unit)", LUR_MAX_LAYERS);
    n->size[n->n_layers++] = (int)size;
    n->n_neurons += (size_t)size;
  }
  if (n->n_layers < 2 || (*n->t.next && !strchr("\r\n", *n->t.next)))
    return lur_token_fail(&n->t, "layer_sizes is not a list of numbers of neurons");
  if (n->n_neurons > (size_t)(n->t.end - n->t.next) / 6) /* (0, 0, 0) */
    return lur_token_fail(&n->t, "layer_sizes says more neurons than the file has");
  return LUR_OK;
}

static int read_neurons(struct net *n) {
  if (find(n, "neurons (num_inputs, activation_function, activation_steepness)") != LUR_OK)
    return LUR_EINPUT;
  if (!(n->neuron = lur_alloc(n->n_neurons, sizeof *n->neuron)))
    return lur_fail_memory(n->t.e);
  size_t i = 0;
  n->neurons_line = n->t.line;
  for (int l = 0; l < n->n_layers; l++)
    for (int k = 0, place = 0; k < n->size[l]; k++, i++) {
      double count, function, steepness;
      if (!next_whole(n, 1e9, &count) || !next_whole(n, 1e9, &function) || !next_number(n, &steepness))
        return lur_token_fail(&n->t, "neuron %zu is not (connections, function, steepness)", i);
      const bool is_bias = l == 0 ? k == n->size[0] - 1 : count == 0;
      if (!is_bias && l > 0 && function >= N_FUNCTIONS)
        return lur_token_fail(&n->t, "neuron %zu has the function %.0f, which is not known", i, function);
      n->neuron[i] = (struct neuron){.layer = l,
                                     .place = is_bias ? -1 : place++,
                                     .n_connections = (size_t)count,
                                     .first = n->n_connections,
                                     .function = (int)function,
                                     .steepness = steepness};
      n->n_connections += (size_t)count;
      n->shape.width[l] = place;
    }
  if (n->n_connections > (size_t)(n->t.end - n->t.next) / 4) /* (0,0) */
    return lur_token_fail(&n->t, "the neurons have more connections than the file");
  return LUR_OK;
}

static int read_connections(struct net *n) {
  if (find(n, "connections (connected_to_neuron, weight)") != LUR_OK)
    return LUR_EINPUT;
  if (!(n->connection = lur_alloc(n->n_connections, sizeof *n->connection)))
    return lur_fail_memory(n->t.e);
  for (size_t i = 0; i < n->n_connections; i++) {
    double from;
    if (!next_whole(n, (double)n->n_neurons - 1, &from) || !next_number(n, &n->connection[i].weight))
      return lur_token_fail(&n->t, "connection %zu is not (neuron, weight)", i);
    n->connection[i].from = (size_t)from;
  }
  return LUR_OK;
}

/* ---- Its shape ---- */
/* What a layer's units have in common, and what they read. */
static int check_neuron(struct net *n, size_t i, const struct neuron **first) {
  const struct neuron *of = &n->neuron[i];
  const int layer = of->layer - 1;
  for (size_t c = of->first; c < of->first + of->n_connections; c++) {
    const struct neuron *from = &n->neuron[n->connection[c].from];
    if (from->place < 0)
      continue;
    if (from->layer >= of->layer)
      return lur_token_fail(&n->t, "neuron %zu reads neuron %zu, which is not before it", i, n->connection[c].from);
    n->shape.reads[layer] |= (uint32_t)1 << from->layer;
  }
  if (!first[layer])
    first[layer] = of;
  n->function[layer] = of->function;
  if (first[layer]->function == of->function)
    return LUR_OK;
  n->t.line = n->neurons_line;
  return lur_token_fail(&n->t, "the units of layer %d have different functions: %s and %s", of->layer,
                        functions[first[layer]->function].name, functions[of->function].name);
}

static int make_shape(struct net *n) {
  const struct neuron *first[LUR_MAX_LAYERS] = {NULL};
  n->shape.n_layers = n->n_layers - 1;
  n->shape.bias = true;
  for (size_t i = (size_t)n->size[0]; i < n->n_neurons; i++)
    if (n->neuron[i].place >= 0 && check_neuron(n, i, first) != LUR_OK)
      return LUR_EINPUT;
  for (int l = 0; l <= n->shape.n_layers; l++)
    if (n->shape.width[l] == 0)
      return lur_token_fail(&n->t, "layer %d has no units", l);
  for (int l = 0; l < n->shape.n_layers; l++) {
    const struct function *f = &functions[n->function[l]];
    n->t.line = n->neurons_line;
    if (f->activation == UNREADABLE)
      return lur_token_fail(&n->t, "layer %d has the function %s, which FANN itself lacks", l + 1, f->name);
    n->shape.reads[l] &= ~((uint32_t)1 << l); /* which each layer does */
  }
  const int hidden = functions[n->function[0]].activation,
            output = functions[n->function[n->shape.n_layers - 1]].activation;
  n->shape.hidden = hidden < UNNAMED ? (enum lur_activation)hidden : LUR_LINEAR;
  n->shape.output = output < UNNAMED ? (enum lur_activation)output : LUR_LINEAR;
  return LUR_OK;
}

/* ---- The network ---- */
static int set_functions(const struct net *n, struct lur_network *net) {
  for (int l = 0; l < n->shape.n_layers; l++) {
    const struct function *f = &functions[n->function[l]];
    if (f->activation == (int)(l == n->shape.n_layers - 1 ? n->shape.output : n->shape.hidden))
      continue;
    struct lur_program *p =
        f->program ? lur_program_read(f->program, n->t.e) : stepwise(f->activation == STEPWISE_SYMMETRIC);
    const int code = p ? lur_network_set_function(net, l, f->name, p, 0, NULL, NULL, n->t.e) : lur_fail_memory(n->t.e);
    lur_program_free(p);
    if (code)
      return code;
  }
  return LUR_OK;
}

static void set_weights(const struct net *n, struct lur_network *net) {
  for (size_t i = (size_t)n->size[0]; i < n->n_neurons; i++) {
    const struct neuron *of = &n->neuron[i];
    if (of->place < 0)
      continue;
    const int layer = of->layer - 1, n_in = lur_shape_fan_in(&n->shape, layer);
    const double factor = of->steepness * functions[of->function].factor;
    double *w = net->parameters + lur_shape_layer_start(&n->shape, layer) + (size_t)of->place * ((size_t)n_in + 1);
    for (size_t c = of->first; c < of->first + of->n_connections; c++) {
      const struct neuron *from = &n->neuron[n->connection[c].from];
      const int at = from->place < 0 ? n_in : lur_shape_input_of(&n->shape, layer, from->layer) + from->place;
      w[at] += factor * n->connection[c].weight;
    }
  }
}

/* Connections that are missing take room, too. */
static int check_room(const struct net *n) {
  enum { PER_BYTE = 64, ALWAYS = 1 << 22 };
  const size_t most = (size_t)(n->t.end - n->t.text) * PER_BYTE + ALWAYS;
  if (lur_shape_n_parameters(&n->shape) <= most)
    return LUR_OK;
  return lur_token_fail(&n->t, "%zu connections are possible, but hardly any are there",
                        lur_shape_n_parameters(&n->shape));
}

static struct lur_network *read_net(struct net *n) {
  struct lur_network *net = NULL;
  if (read_sizes(n) == LUR_OK && read_neurons(n) == LUR_OK && read_connections(n) == LUR_OK &&
      make_shape(n) == LUR_OK && check_room(n) == LUR_OK)
    net = lur_network_new(&n->shape, n->t.e);
  if (!net)
    return NULL;
  set_weights(n, net);
  if (set_functions(n, net) == LUR_OK)
    return net;
  lur_network_free(net);
  return NULL;
}

struct lur_network *lur_fann_network_read(struct lur_bytes *file, struct lur_error *e) {
  struct net *n = lur_alloc(1, sizeof *n);
  struct lur_network *net = NULL;
  if (!n) {
    lur_fail_memory(e);
    return NULL;
  }
  if (lur_tokens_start(&n->t, file, "a network of FANN", e) == LUR_OK) {
    if (strncmp(n->t.next, "FANN_FLO_2", 10) == 0)
      net = read_net(n);
    else if (strncmp(n->t.next, "FANN_F", 6) == 0)
      lur_token_fail(&n->t,
                     "%.*s: of the networks of FANN those of whole numbers (FIX) and of version 1 cannot be read",
                     (int)strspn(n->t.next, "FANIXLO_0123456789."), n->t.next);
    else
      lur_token_fail(&n->t, "a network of FANN begins with FANN_FLO_2.1");
  }
  free(n->neuron);
  free(n->connection);
  free(n);
  return net;
}

struct lur_network *lur_fann_network_load(const char *path, struct lur_error *e) {
  struct lur_bytes file = {.name = path};
  if (!(file.at = lur_file_read(path, &file.n, e)))
    return NULL;
  struct lur_network *net = lur_fann_network_read(&file, e);
  free(file.at);
  return net;
}
