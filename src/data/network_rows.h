/* SPDX-License-Identifier: MIT
 * Rows of a table, and of data sets, as a network's inputs: a cell becomes one input, or one for each category that its
 * column has.
 * Reentrant. */
#ifndef LUR_DATA_NETWORK_ROWS_H
#define LUR_DATA_NETWORK_ROWS_H

#include "data/network.h"

/* What one cell becomes: inputs `first` to first + n - 1. */
struct lur_source {
  int first, n;
  bool is_onehot;
  const char *name; /* of its column, name_bytes long; NULL where the network has no names */
  int name_bytes;
};

/* All of them in order, in `out`, which has room for as many as there are inputs; returns how many there are. */
int lur_network_sources(const struct lur_network *n, struct lur_source *out);
bool lur_source_has_name(const struct lur_source *s, const char *name);
/* Whether it has inputs of categories, and this among them. */
bool lur_source_knows(const struct lur_network *n, const struct lur_source *s, const char *category);
/* Puts the category into the row's inputs; false where the network has no such one, and no zeros for it. */
bool lur_source_put(const struct lur_network *n, const struct lur_source *s, const char *category, double *inputs);
/* Puts what stands in place of a missing cell; false where there is nothing. */
bool lur_source_put_missing(const struct lur_network *n, const struct lur_source *s, double *inputs);
/* "male female ...", as many categories as fit. Returns out. */
const char *lur_source_categories(const struct lur_network *n, const struct lur_source *s, char *out, size_t room);

/* Whether rows are others as the network reads them: inputs found by their names, missing ones filled as it fills. */
bool lur_network_reads_otherwise(const struct lur_network *n, const struct lur_dataset *d);
/* A copy as it reads them. */
struct lur_dataset *lur_network_reads(const struct lur_network *n, const struct lur_dataset *d, struct lur_error *e);

#endif
