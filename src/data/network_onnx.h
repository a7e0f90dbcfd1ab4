/* SPDX-License-Identifier: MIT
 * A network as an ONNX model. Reentrant. */
#ifndef LUR_DATA_NETWORK_ONNX_H
#define LUR_DATA_NETWORK_ONNX_H

#include "data/network.h"

/* A model of operator set 17 in the network's precision: from "input" [N, inputs] to "output" [N, outputs], scaling
 * and all; classes are its metadata "classes", a line each. `name` is the graph's. Its results are those of
 * lur_network_forward but for the rounding of whoever runs it. Fails where a function of a layer has no such operators.
 */
int lur_network_write_onnx(const struct lur_network *n, const char *name, struct lur_buffer *out, struct lur_error *e);

#endif
