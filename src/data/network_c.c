/* SPDX-License-Identifier: MIT
 * The engine's own sources, one lane wide, then the weights as hexadecimal numbers, then the loops of the reference
 * kernel (engine/reference/primitives.inc.h). A function of the script's own is a function of C, an operation a line;
 * what does not depend on z is computed here, in double, as there. */
#include "data/network_c.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/digits.h"
#include "base/memory.h"

static const char *number(double x, char out[LUR_HEX_BYTES]) {
  if (isfinite(x))
    return lur_number_write_hex(x, out);
  return isnan(x) ? "NAN" : x > 0 ? "INFINITY" : "-INFINITY";
}

static void write_array(const char *type, const char *name, int layer, const double *x, size_t n,
                        struct lur_buffer *out) {
  char digits[LUR_HEX_BYTES];
  lur_buffer_format(out, "static const %s %s%d[%zu] = {", type, name, layer, n);
  for (size_t i = 0; i < n; i++) {
    lur_buffer_text(out, i % 6 ? " " : "\n    ");
    lur_buffer_text(out, number(x[i], digits));
    lur_buffer_text(out, ",");
  }
  lur_buffer_text(out, "};\n");
}

/* ---- Functions of the script's own ---- */
static double no_input(void *context, enum lur_input which, int index) {
  (void)context, (void)which, (void)index;
  return 0;
}

static void write_operation(const struct lur_program *p, int i, struct lur_buffer *out) {
  char digits[LUR_HEX_BYTES];
  const struct lur_op *op = &p->op[i];
  lur_buffer_format(out, "  const real t%d = own_%s(", i, lur_ops[op->id].name);
  for (int k = 0; k < 3; k++)
    if (k < lur_ops[op->id].n_operands)
      lur_buffer_format(out, "t%d, ", op->at[k]);
    else
      lur_buffer_text(out, "0, ");
  lur_buffer_format(out, "%s);\n", op->id == LUR_OP_POW_CONSTANT ? number(p->op[op->at[1]].constant, digits) : "0");
}

/* static real own1(real z) */
static int write_own(const struct lur_network *n, int layer, struct lur_buffer *out, struct lur_error *e) {
  const struct lur_program *p = n->shape.own[layer];
  const size_t room = (size_t)p->n_ops + 1;
  bool *uniform = lur_alloc(room, sizeof *uniform);
  double *value = lur_alloc(room, sizeof *value);
  char digits[LUR_HEX_BYTES];
  int code = uniform && value ? LUR_OK : lur_fail_memory(e);
  if (!code) {
    lur_program_uniform(p, uniform);
    lur_program_values(p, no_input, NULL, NULL, value);
    lur_buffer_format(out, "/* %s */\nstatic real own%d(real z) {\n", n->own_name[layer], layer + 1);
  }
  for (int i = 0; i <= p->result[0] && !code; i++) {
    const enum lur_op_id id = p->op[i].id;
    if (n->shape.precision == LUR_SINGLE && (id == LUR_OP_POW || id == LUR_OP_POW_CONSTANT) && !uniform[i])
      code = lur_fail(e, LUR_EINPUT, "activation", "%s has a power, which is not written in single precision",
                      n->own_name[layer]);
    else if (uniform[i])
      lur_buffer_format(out, "  const real t%d = (real)%s;\n", i, number(value[i], digits));
    else if (id == LUR_OP_INPUT)
      lur_buffer_format(out, "  const real t%d = z;\n", i);
    else
      write_operation(p, i, out);
  }
  if (!code)
    lur_buffer_format(out, "  (void)z;\n  return t%d;\n}\n", p->result[0]);
  free(uniform);
  free(value);
  return code;
}

/* ---- Layers ---- */
static void write_softmax(int n, int layer, struct lur_buffer *out) {
  lur_buffer_format(out,
                    "  real m = x%1$d[0], sum = 0;\n"
                    "  for (int k = 1; k < %2$d; k++)\n    m = x%1$d[k] > m ? x%1$d[k] : m;\n"
                    "  for (int k = 0; k < %2$d; k++) {\n    x%1$d[k] = vec_exp_negative(x%1$d[k] - m);\n"
                    "    sum = sum + x%1$d[k];\n  }\n"
                    "  for (int k = 0; k < %2$d; k++)\n    x%1$d[k] = x%1$d[k] / sum;\n",
                    layer, n);
}

/* Layer l: its outputs are x<l+1>. */
static void write_layer(const struct lur_network *n, int l, struct lur_buffer *out) {
  const struct lur_shape *s = &n->shape;
  const int n_in = lur_shape_fan_in(s, l), n_out = s->width[l + 1];
  const enum lur_activation f = l == s->n_layers - 1 ? s->output : s->hidden;
  lur_buffer_format(out, "  for (int j = 0; j < %d; j++) {\n    const real *w = w%d + (size_t)j * %d;\n", n_out, l + 1,
                    n_in + 1);
  lur_buffer_format(out, s->bias ? "    real z = w[%d];\n" : "    real z = 0;\n", n_in);
  for (int k = 0; k <= l; k++)
    if (lur_shape_reads(s, l) >> k & 1)
      lur_buffer_format(out, "    for (int i = 0; i < %d; i++)\n      z = vec_fma(w[%d + i], x%d[i], z);\n",
                        s->width[k], lur_shape_input_of(s, l, k), k);
  if (s->own[l])
    lur_buffer_format(out, "    x%d[j] = own%d(z);\n  }\n", l + 1, l + 1);
  else if (f == LUR_SOFTMAX)
    lur_buffer_format(out, "    x%d[j] = z;\n  }\n", l + 1);
  else
    lur_buffer_format(out, "    each_%s(1, &z, &x%d[j]);\n  }\n", lur_activation_names[f], l + 1);
  if (!s->own[l] && f == LUR_SOFTMAX)
    write_softmax(n_out, l + 1, out);
}

static void write_function(const struct lur_network *n, const char *name, struct lur_buffer *out) {
  const struct lur_shape *s = &n->shape;
  lur_buffer_format(out, "\nvoid %s(const double *input, double *output) {\n", name);
  for (int l = 0; l <= s->n_layers; l++)
    lur_buffer_format(out, "  real x%d[%d];\n", l, s->width[l]);
  lur_buffer_format(out, "  for (int i = 0; i < %d; i++)\n    x0[i] = (real)%s;\n", s->width[0],
                    n->shift ? "((input[i] - shift0[i]) / scale0[i])" : "input[i]");
  for (int l = 0; l < s->n_layers; l++)
    write_layer(n, l, out);
  lur_buffer_format(out, "  for (int k = 0; k < %d; k++) {\n    double y = x%d[k];\n", s->width[s->n_layers],
                    s->n_layers);
  if (n->target_shift)
    lur_buffer_text(out, s->precision == LUR_SINGLE
                             ? "    y = fmaf((float)y, (float)target_scale0[k], (float)target_shift0[k]);\n"
                             : "    y = fma(y, target_scale0[k], target_shift0[k]);\n");
  lur_buffer_text(out, "    output[k] = y == y ? y : (double)NAN;\n  }\n}\n");
}

/* ---- The file ---- */
static void write_head(const struct lur_network *n, const char *name, struct lur_buffer *out) {
  const struct lur_shape *s = &n->shape;
  lur_buffer_format(out,
                    "/* A network of luron: void %s(const double input[%d], double output[%d]).\n"
                    " * Its outputs have the bits of network:forward. Compile with -ffp-contract=off and -lm, without\n"
                    " * -ffast-math; rounding is to nearest. It keeps nothing, and may run in many threads. */\n"
                    "#ifdef __FAST_MATH__\n#error \"-ffast-math changes the results\"\n#endif\n"
                    "#define VEC_FLOAT %d\n",
                    name, s->width[0], s->width[s->n_layers], s->precision == LUR_SINGLE);
  for (const char *const *part = lur_c_base; *part; part++)
    lur_buffer_text(out, *part);
  bool own = false;
  for (int l = 0; l < s->n_layers; l++)
    own = own || s->own[l];
  for (const char *const *part = lur_c_more; own && *part; part++)
    lur_buffer_text(out, *part);
  lur_buffer_text(out, "\n/* ---- The network ---- */\n");
}

static bool is_name(const char *name) {
  static const char letters[] = "_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  return *name && strspn(name, letters) == strlen(name) && !(*name >= '0' && *name <= '9');
}

int lur_network_write_c(const struct lur_network *n, const char *name, struct lur_buffer *out, struct lur_error *e) {
  const struct lur_shape *s = &n->shape;
  int code = LUR_OK;
  if (!is_name(name))
    return lur_fail(e, LUR_EINPUT, "name", "\"%.40s\" is not a name of C", name);
  write_head(n, name, out);
  if (n->shift) {
    write_array("double", "shift", 0, n->shift, (size_t)s->width[0], out);
    write_array("double", "scale", 0, n->scale, (size_t)s->width[0], out);
  }
  if (n->target_shift) {
    write_array("double", "target_shift", 0, n->target_shift, (size_t)s->width[s->n_layers], out);
    write_array("double", "target_scale", 0, n->target_scale, (size_t)s->width[s->n_layers], out);
  }
  for (int l = 0; l < s->n_layers && !code; l++) {
    const size_t start = lur_shape_layer_start(s, l);
    write_array("real", "w", l + 1, n->parameters + start, lur_shape_layer_start(s, l + 1) - start, out);
    code = s->own[l] ? write_own(n, l, out, e) : LUR_OK;
  }
  write_function(n, name, out);
  return code ? code : out->failed ? lur_fail_memory(e) : LUR_OK;
}
