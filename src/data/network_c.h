/* SPDX-License-Identifier: MIT
 * A network as C: one function that gives the bits of lur_network_forward. Reentrant. */
#ifndef LUR_DATA_NETWORK_C_H
#define LUR_DATA_NETWORK_C_H

#include <stddef.h>

#include "data/network.h"

/* void NAME(const double *input, double *output), and all that it needs; NAME is a name in C. Fails where a function
 * of a layer cannot be written. */
int lur_network_write_c(const struct lur_network *n, const char *name, struct lur_buffer *out, struct lur_error *e);

/* The engine's functions, in parts, ended by NULL: those of activations; what programs use beside (embed_c.py). */
extern const char *const lur_c_base[], *const lur_c_more[];

#endif
