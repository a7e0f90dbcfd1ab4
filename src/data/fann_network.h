/* SPDX-License-Identifier: MIT
 * Networks that FANN saved (.net). Reentrant. */
#ifndef LUR_DATA_FANN_NETWORK_H
#define LUR_DATA_FANN_NETWORK_H

#include "data/format.h"
#include "data/network.h"

/* The network of a file "FANN_FLO_2.x": layered or with shortcuts, fully connected or not. Its outputs are those of
 * fann_run, but that sums of linear units are not cut off at 150 / steepness. NULL: e says what it is or has that no
 * network here can be. */
struct lur_network *lur_fann_network_load(const char *path, struct lur_error *e);
struct lur_network *lur_fann_network_read(struct lur_bytes *file, struct lur_error *e);

#endif
