/* SPDX-License-Identifier: MIT
 * A results file against the computation: every row, or a sample, is computed again from what the file keeps and
 * compared bit by bit. Runs no Lua: a file whose experiment has functions is refused. */
#ifndef LUR_VIEW_VERIFY_H
#define LUR_VIEW_VERIFY_H

#include <stdatomic.h>

#include "store/store.h"
#include "sweep/stored.h"
#include "sweep/sweep.h"

struct lur_verify_report {
  uint64_t n_compared;
  bool differs;
  uint64_t run; /* the first that differs */
  char column[64], stored[64], computed[64];
};

/* The sweep that a table holds. */
struct lur_stored *lur_verify_stored(struct lur_table *t, struct lur_plan **plan, struct lur_error *e);
/* n_sample: numbers to compute, spread evenly; 0: all. Brackets of a halving are computed whole. */
int lur_verify(struct lur_table *t, uint64_t n_sample, int n_threads, const atomic_int *cancel,
               struct lur_verify_report *r, struct lur_error *e);

#endif
