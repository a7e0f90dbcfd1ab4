/* SPDX-License-Identifier: MIT
 * ONNX (onnx.proto, IR version 8) in the wire format of protocol buffers: fields are a tag, which is number * 8 + kind,
 * then a number in groups of 7 bits (kind 0) or a length and bytes (kind 2). A message within another is written first
 * and then copied into it. Operators for which runtimes lack double precision are made of others. */
#include "data/network_onnx.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum { FLOAT = 1, DOUBLE = 11, IR_VERSION = 8, OPERATORS = 17, NO_VALUE = -1 };
/* The numbers of fields. */
enum { MODEL_IR = 1, MODEL_PRODUCER = 2, MODEL_GRAPH = 7, MODEL_OPERATORS = 8, MODEL_METADATA = 14 };
enum { GRAPH_NODE = 1, GRAPH_NAME = 2, GRAPH_TENSOR = 5, GRAPH_INPUT = 11, GRAPH_OUTPUT = 12 };
enum { NODE_INPUT = 1, NODE_OUTPUT = 2, NODE_OPERATOR = 4, NODE_ATTRIBUTE = 5 };
enum { ATTRIBUTE_NAME = 1, ATTRIBUTE_WHOLE = 3, ATTRIBUTE_TYPE = 20, TYPE_WHOLE = 2 };
enum { TENSOR_DIMENSION = 1, TENSOR_TYPE = 2, TENSOR_NAME = 8, TENSOR_BYTES = 9 };

/* ---- The wire format ---- */
static void put_varint(struct lur_buffer *b, uint64_t x) {
  for (; x >= 128; x >>= 7)
    lur_buffer_add(b, &(char){(char)(x | 128)}, 1);
  lur_buffer_add(b, &(char){(char)x}, 1);
}

static void put_number(struct lur_buffer *b, int field, uint64_t x) {
  put_varint(b, (uint64_t)field << 3);
  put_varint(b, x);
}

static void put_bytes(struct lur_buffer *b, int field, const void *bytes, size_t n) {
  put_varint(b, (uint64_t)field << 3 | 2);
  put_varint(b, n);
  lur_buffer_add(b, bytes, n);
}

static void put_text(struct lur_buffer *b, int field, const char *text) {
  put_bytes(b, field, text, strlen(text));
}

/* A message, which is freed. */
static void put_message(struct lur_buffer *b, int field, struct lur_buffer *message) {
  put_bytes(b, field, message->data ? message->data : "", message->length_bytes);
  b->failed |= message->failed;
  lur_buffer_free(message);
}

/* ---- Graphs: values are numbered, v0 is the input ---- */
struct onnx {
  const struct lur_network *n;
  struct lur_buffer graph;
  int n_values;
  struct lur_error *e;
};

static void put_value(struct lur_buffer *b, int field, int value) {
  char name[16];
  snprintf(name, sizeof name, "v%d", value);
  put_text(b, field, value ? name : "input");
}

static bool is_single(const struct onnx *o) {
  return o->n->shape.precision == LUR_SINGLE;
}

/* A node with one whole attribute, or none where its name is NULL. Gives its output. */
static int node(struct onnx *o, const char *operator_name, int n_inputs, const int *inputs, const char *attribute,
                int whole) {
  struct lur_buffer b = {0}, a = {0};
  for (int k = 0; k < n_inputs; k++)
    put_value(&b, NODE_INPUT, inputs[k]);
  put_value(&b, NODE_OUTPUT, ++o->n_values);
  put_text(&b, NODE_OPERATOR, operator_name);
  if (attribute) {
    put_text(&a, ATTRIBUTE_NAME, attribute);
    put_number(&a, ATTRIBUTE_WHOLE, (uint64_t)whole);
    put_number(&a, ATTRIBUTE_TYPE, TYPE_WHOLE);
    put_message(&b, NODE_ATTRIBUTE, &a);
  }
  put_message(&o->graph, GRAPH_NODE, &b);
  return o->n_values;
}

static int one(struct onnx *o, const char *name, int a) {
  return node(o, name, 1, &a, NULL, 0);
}

static int two(struct onnx *o, const char *name, int a, int b) {
  return node(o, name, 2, (int[]){a, b}, NULL, 0);
}

/* A constant of rows * width numbers, a row `stride` behind the one before; rows 0: of one dimension, width numbers,
 * each `stride` behind the one before. */
static int tensor(struct onnx *o, const double *x, size_t rows, size_t width, size_t stride) {
  struct lur_buffer b = {0}, bytes = {0};
  if (rows)
    put_number(&b, TENSOR_DIMENSION, rows);
  put_number(&b, TENSOR_DIMENSION, width);
  put_number(&b, TENSOR_TYPE, is_single(o) ? FLOAT : DOUBLE);
  for (size_t i = 0; i < (rows ? rows : 1) * width; i++) {
    const double number = x[rows ? i / width * stride + i % width : i * stride];
    const float narrow = (float)number;
    if (is_single(o))
      lur_buffer_add(&bytes, (const char *)&narrow, sizeof narrow);
    else
      lur_buffer_add(&bytes, (const char *)&number, sizeof number);
  }
  put_value(&b, TENSOR_NAME, ++o->n_values);
  put_message(&b, TENSOR_BYTES, &bytes);
  put_message(&o->graph, GRAPH_TENSOR, &b);
  return o->n_values;
}

static int constant(struct onnx *o, double x) {
  return tensor(o, &x, 0, 1, 1);
}

/* 1 where a condition holds, else 0. */
static int truth(struct onnx *o, int condition) {
  return node(o, "Cast", 1, &condition, "to", is_single(o) ? FLOAT : DOUBLE);
}

/* ---- Functions ---- */
static int activation(struct onnx *o, enum lur_activation f, int z) {
  switch (f) {
  case LUR_SIGMOID: return one(o, "Sigmoid", z);
  case LUR_TANH: return one(o, "Tanh", z);
  case LUR_RELU: return one(o, "Relu", z);
  case LUR_LEAKY_RELU: return two(o, "Max", z, two(o, "Mul", z, constant(o, 0.01)));
  case LUR_SOFTPLUS: {
    const int small = one(o, "Exp", one(o, "Neg", one(o, "Abs", z)));
    return two(o, "Add", one(o, "Relu", z), one(o, "Log", two(o, "Add", small, constant(o, 1))));
  }
  case LUR_STEP: return truth(o, two(o, "GreaterOrEqual", z, constant(o, 0)));
  case LUR_SOFTMAX: return node(o, "Softmax", 1, &z, "axis", 1);
  case LUR_LINEAR:
  case LUR_N_ACTIVATIONS: break;
  }
  return z;
}

/* The operator of one or two operands that is as an operation of programs; NULL: it is another kind. */
static const char *operator_of(enum lur_op_id id) {
  static const char *const names[LUR_N_OPS] = {
      [LUR_OP_ADD] = "Add",         [LUR_OP_SUB] = "Sub",   [LUR_OP_MUL] = "Mul", [LUR_OP_DIV] = "Div",
      [LUR_OP_NEG] = "Neg",         [LUR_OP_ABS] = "Abs",   [LUR_OP_MAX] = "Max", [LUR_OP_MIN] = "Min",
      [LUR_OP_FLOOR] = "Floor",     [LUR_OP_CEIL] = "Ceil", [LUR_OP_EXP] = "Exp", [LUR_OP_SQRT] = "Sqrt",
      [LUR_OP_LOG] = "Log",         [LUR_OP_SIN] = "Sin",   [LUR_OP_COS] = "Cos", [LUR_OP_POW] = "Pow",
      [LUR_OP_POW_CONSTANT] = "Pow"};
  return names[id];
}

/* Operation i, whose operands have these values. NO_VALUE: there is no such operator. */
static int operation(struct onnx *o, const struct lur_op *op, int z, const int *value) {
  const int a = value[op->at[0]], b = value[op->at[1]], c = value[op->at[2]];
  const enum lur_op_id id = op->id;
  if (operator_of(id))
    return lur_ops[id].n_operands == 1 ? one(o, operator_of(id), a) : two(o, operator_of(id), a, b);
  if (id == LUR_OP_CONSTANT)
    return constant(o, op->constant);
  if (id == LUR_OP_INPUT)
    return z;
  if (id >= LUR_OP_SIGMOID && id <= LUR_OP_STEP) /* they stand in the order of the activations */
    return activation(o, (enum lur_activation)(id - LUR_OP_SIGMOID + LUR_SIGMOID), a);
  if (id == LUR_OP_FMA)
    return two(o, "Add", two(o, "Mul", a, b), c);
  if (id == LUR_OP_EXPM1)
    return two(o, "Sub", one(o, "Exp", a), constant(o, 1));
  if (id == LUR_OP_LOG1P)
    return one(o, "Log", two(o, "Add", a, constant(o, 1)));
  if (id == LUR_OP_LT || id == LUR_OP_LE || id == LUR_OP_EQ)
    return truth(o, two(o, id == LUR_OP_LT ? "Less" : id == LUR_OP_LE ? "LessOrEqual" : "Equal", a, b));
  if (id == LUR_OP_SELECT)
    return node(o, "Where", 3, (int[]){two(o, "Greater", a, constant(o, 0)), b, c}, NULL, 0);
  return NO_VALUE;
}

static int own(struct onnx *o, int layer, int z) {
  const struct lur_program *p = o->n->shape.own[layer];
  int *value = lur_alloc((size_t)p->n_ops + 1, sizeof *value), i = 0;
  if (!value) {
    lur_fail_memory(o->e);
    return NO_VALUE;
  }
  for (; i <= p->result[0] && (value[i] = operation(o, &p->op[i], z, value)) != NO_VALUE; i++)
    ;
  const int result = i > p->result[0] ? value[p->result[0]] : NO_VALUE;
  if (result == NO_VALUE)
    lur_fail(o->e, LUR_EINPUT, "activation", "%s of layer %d: %s has no operator in ONNX", o->n->own_name[layer],
             layer + 1, lur_ops[p->op[i].id].name);
  free(value);
  return result;
}

/* ---- The network ---- */
/* What layer l makes of what the layers before it gave. */
static int layer(struct onnx *o, int l, const int *given) {
  const struct lur_shape *s = &o->n->shape;
  const size_t n_in = (size_t)lur_shape_fan_in(s, l), n_out = (size_t)s->width[l + 1];
  const double *w = o->n->parameters + lur_shape_layer_start(s, l);
  int read[LUR_MAX_LAYERS], n = 0;
  for (int k = 0; k <= l; k++)
    if (lur_shape_reads(s, l) >> k & 1)
      read[n++] = given[k];
  const int x = n == 1 ? read[0] : node(o, "Concat", n, read, "axis", 1);
  int operands[3] = {x, tensor(o, w, n_out, n_in, n_in + 1), 0};
  if (s->bias)
    operands[2] = tensor(o, w + n_in, 0, n_out, n_in + 1);
  const int z = node(o, "Gemm", s->bias ? 3 : 2, operands, "transB", 1);
  return s->own[l] ? own(o, l, z) : activation(o, l == s->n_layers - 1 ? s->output : s->hidden, z);
}

/* [N, width] of the precision's type */
static void put_end(struct onnx *o, int field, const char *name, int width) {
  struct lur_buffer info = {0}, type = {0}, array = {0}, shape = {0}, rows = {0}, columns = {0};
  put_text(&rows, 2, "N");
  put_number(&columns, 1, (uint64_t)width);
  put_message(&shape, 1, &rows);
  put_message(&shape, 1, &columns);
  put_number(&array, 1, is_single(o) ? FLOAT : DOUBLE);
  put_message(&array, 2, &shape);
  put_message(&type, 1, &array);
  put_text(&info, 1, name);
  put_message(&info, 2, &type);
  put_message(&o->graph, field, &info);
}

static int put_graph(struct onnx *o, const char *name) {
  const struct lur_shape *s = &o->n->shape;
  const size_t n_in = (size_t)s->width[0];
  struct lur_buffer b = {0};
  int given[LUR_MAX_LAYERS + 1] = {0};
  if (o->n->shift)
    given[0] = two(o, "Div", two(o, "Sub", 0, tensor(o, o->n->shift, 0, n_in, 1)), tensor(o, o->n->scale, 0, n_in, 1));
  for (int l = 0; l < s->n_layers; l++)
    if ((given[l + 1] = layer(o, l, given)) == NO_VALUE)
      return o->e->code;
  int y = given[s->n_layers];
  if (o->n->target_shift) {
    const size_t n_out = (size_t)s->width[s->n_layers];
    y = two(o, "Add", two(o, "Mul", y, tensor(o, o->n->target_scale, 0, n_out, 1)),
            tensor(o, o->n->target_shift, 0, n_out, 1));
  }
  put_value(&b, NODE_INPUT, y);
  put_text(&b, NODE_OUTPUT, "output");
  put_text(&b, NODE_OPERATOR, "Identity");
  put_message(&o->graph, GRAPH_NODE, &b);
  put_text(&o->graph, GRAPH_NAME, name);
  put_end(o, GRAPH_INPUT, "input", s->width[0]);
  put_end(o, GRAPH_OUTPUT, "output", s->width[s->n_layers]);
  return LUR_OK;
}

static void put_classes(const struct lur_network *n, struct lur_buffer *out) {
  struct lur_buffer entry = {0}, lines = {0};
  for (int k = 0; k < n->n_classes; k++)
    lur_buffer_format(&lines, k ? "\n%s" : "%s", n->classes[k]);
  put_text(&entry, 1, "classes");
  put_message(&entry, 2, &lines);
  put_message(out, MODEL_METADATA, &entry);
}

int lur_network_write_onnx(const struct lur_network *n, const char *name, struct lur_buffer *out, struct lur_error *e) {
  struct onnx o = {.n = n, .e = e};
  struct lur_buffer set = {0};
  const int code = put_graph(&o, name);
  put_number(out, MODEL_IR, IR_VERSION);
  put_text(out, MODEL_PRODUCER, "luron");
  put_number(&set, 2, OPERATORS);
  put_message(out, MODEL_OPERATORS, &set);
  put_message(out, MODEL_GRAPH, &o.graph);
  if (n->n_classes)
    put_classes(n, out);
  return code ? code : out->failed ? lur_fail_memory(e) : LUR_OK;
}
