/* SPDX-License-Identifier: MIT
 * Shortcuts: which layers read more than the one before them. A value is true (each layer sees all before it), false,
 * or a list: at[l] has a bit for each source that layer l (from 0) reads besides, 0 the inputs, k the k-th layer. */
#ifndef LUR_SWEEP_SHORTCUTS_H
#define LUR_SWEEP_SHORTCUTS_H

#include "sweep/field.h"

/* Adds the pair {from, to}, as written in a script, to a list. What no network could have is refused. */
int lur_shortcuts_add(struct lur_value *v, double from, double to, struct lur_error *e);
/* The next pair of a list, by `to` and then by `from`; begins with {-1, 1}. False where there is none. */
bool lur_shortcuts_next(const struct lur_value *v, int *from, int *to);
/* As typed on a command line: true, false, 0-2, 0-2+1-3. And back. */
int lur_shortcuts_read(const char *text, struct lur_value *v, struct lur_error *e);
void lur_shortcuts_write(const struct lur_value *v, struct lur_buffer *out);
/* Sets shape.reads, where the layers are there; and what a shape has, as a value. */
int lur_shortcuts_put(const struct lur_value *v, struct lur_shape *shape, struct lur_error *e);
struct lur_value lur_shortcuts_of(const struct lur_shape *shape);

#endif
