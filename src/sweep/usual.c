/* SPDX-License-Identifier: MIT
 * A field's default in words. */
#include "sweep/spec.h"

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
