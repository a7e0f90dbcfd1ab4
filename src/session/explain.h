/* SPDX-License-Identifier: MIT
 * --explain: what a structure is, in one line, and the programs of the functions that take part. */
#ifndef LUR_SESSION_EXPLAIN_H
#define LUR_SESSION_EXPLAIN_H

#include "base/buffer.h"
#include "sweep/entry.h"

/* "2-3-1 tanh sigmoid, cross_entropy, sgd, batch 4, without bias": what may tell one structure from another. all: NULL
 * where there are no functions. */
void lur_explain_structure(const struct lur_structure *s, const struct lur_entries *all, struct lur_buffer *out);
/* The functions of the structures that `structure` gives for 0 .. n - 1: programs, and derivatives where they are
 * needed. */
void lur_explain_functions(const struct lur_entries *all, size_t n,
                           const struct lur_structure *(*structure)(const void *context, size_t i), const void *context,
                           struct lur_buffer *out);

#endif
