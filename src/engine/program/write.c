/* SPDX-License-Identifier: MIT
 * A program as text (program.h shows the form), and whether two are the same. Two programs of the same text are the
 * same operation by operation, because finish() puts what has no line of its own right before its first use. */
#include <stdlib.h>
#include <string.h>

#include "base/digits.h"
#include "base/memory.h"
#include "engine/program/program.h"

/* name[k]: the number that the text gives to the operation with operands at k. */
static void write_operand(const struct lur_program *p, const int *name, int k, struct lur_buffer *out) {
  const struct lur_op *op = &p->op[k];
  char digits[LUR_HEX_BYTES];
  if (op->id == LUR_OP_CONSTANT)
    lur_buffer_format(out, " %s", lur_number_write_hex(op->constant, digits));
  else if (op->id == LUR_OP_NUMBER)
    lur_buffer_format(out, " p.%s", p->number[op->at[0]]);
  else if (op->id != LUR_OP_INPUT)
    lur_buffer_format(out, " t%d", name[k]);
  else if (lur_inputs[op->at[0]].indexed)
    lur_buffer_format(out, " %s%d", lur_inputs[op->at[0]].name, op->at[1] + 1);
  else
    lur_buffer_format(out, " %s", lur_inputs[op->at[0]].name);
}

static void write_lines(const struct lur_program *p, int *name, struct lur_buffer *out) {
  for (int k = 0, n = 0; k < p->n_ops; k++) {
    const struct lur_op *op = &p->op[k];
    int n_operands = lur_ops[op->id].n_operands;
    if (n_operands == 0)
      continue;
    name[k] = ++n;
    lur_buffer_format(out, "t%d = %s", n, lur_ops[op->id].name);
    for (int i = 0; i < n_operands; i++)
      write_operand(p, name, op->at[i], out);
    lur_buffer_text(out, "\n");
  }
  lur_buffer_text(out, "return");
  for (int k = 0; k < p->n_results; k++)
    write_operand(p, name, p->result[k], out);
  lur_buffer_text(out, "\n");
}

void lur_program_write(const struct lur_program *p, struct lur_buffer *out) {
  int *name = lur_alloc((size_t)p->n_ops, sizeof *name);
  lur_buffer_format(out, "%s\n", lur_role_names[p->role]);
  if (p->role == LUR_ROLE_OPTIMIZER) {
    lur_buffer_text(out, "states");
    for (int k = 0; k < p->n_states; k++)
      lur_buffer_format(out, " %s", p->state[k]);
    lur_buffer_text(out, "\n");
  }
  if (name)
    write_lines(p, name, out);
  else
    out->failed = true;
  free(name);
}

static bool is_same_op(const struct lur_op *a, const struct lur_op *b) {
  return a->id == b->id && memcmp(a->at, b->at, sizeof a->at) == 0 &&
         memcmp(&a->constant, &b->constant, sizeof a->constant) == 0;
}

bool lur_program_same(const struct lur_program *a, const struct lur_program *b) {
  if (a->role != b->role || a->n_ops != b->n_ops || a->n_results != b->n_results || a->n_numbers != b->n_numbers ||
      a->n_states != b->n_states)
    return false;
  for (int k = 0; k < a->n_ops; k++)
    if (!is_same_op(&a->op[k], &b->op[k]))
      return false;
  for (int k = 0; k < a->n_numbers; k++)
    if (strcmp(a->number[k], b->number[k]) != 0)
      return false;
  for (int k = 0; k < a->n_states; k++)
    if (strcmp(a->state[k], b->state[k]) != 0)
      return false;
  return memcmp(a->result, b->result, (size_t)a->n_results * sizeof *a->result) == 0;
}
