/* SPDX-License-Identifier: MIT
 * What a results file keeps of a plan gives a plan that is written with the same texts and has the same hash. */
#ifndef LUR_TESTS_FUZZ_AGAIN_H
#define LUR_TESTS_FUZZ_AGAIN_H

#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "sweep/stored.h"

struct fuzz_texts {
  struct lur_buffer experiment, axes;
  char hash[65];
};

static inline int fuzz_write(const struct lur_plan *p, struct fuzz_texts *t, struct lur_error *e) {
  lur_plan_write_experiment(p, &t->experiment);
  lur_plan_write_axes(p, &t->axes);
  lur_buffer_text(&t->axes, "");
  return lur_plan_hash(p, t->hash, e);
}

static inline void fuzz_texts_free(struct fuzz_texts *t) {
  lur_buffer_free(&t->experiment);
  lur_buffer_free(&t->axes);
}

struct fuzz_pieces {
  struct lur_part part[LUR_MAX_PARTS];
  int n, next;
};

static inline int fuzz_next_piece(void *context, struct lur_part *piece, struct lur_error *e) {
  struct fuzz_pieces *all = context;
  (void)e;
  if (all->next == all->n)
    return 0;
  *piece = all->part[all->next++];
  if (!piece->values) /* of a part without rows */
    piece->values = "";
  return 1;
}

/* entries: the functions of the plan, or NULL; they become the copy's. */
static inline void fuzz_plan_again(const struct lur_plan *p, struct lur_entries *entries) {
  struct fuzz_texts first = {0}, second = {0};
  struct fuzz_pieces all = {0};
  struct lur_error e = {0};
  struct lur_stored *stored = calloc(1, sizeof *stored);
  if (!stored)
    abort();
  if (fuzz_write(p, &first, &e) != LUR_OK) {
    fuzz_check_error(&e);
    lur_entries_free(entries);
  } else {
    all.n = lur_stored_parts(lur_plan_sweep(p)->spec, all.part);
    const struct lur_pieces data = {&all, all.n, all.part, fuzz_next_piece};
    if (lur_stored_read(first.experiment.data, first.axes.data, &data, entries, stored, &e))
      abort();
    struct lur_sweep sweep = lur_stored_sweep(stored);
    sweep.sources = lur_plan_sweep(p)->sources;
    struct lur_plan *again = lur_plan_new(&sweep, &e);
    if (!again || fuzz_write(again, &second, &e) || strcmp(first.hash, second.hash) != 0 ||
        strcmp(first.experiment.data, second.experiment.data) != 0 || strcmp(first.axes.data, second.axes.data) != 0)
      abort();
    lur_plan_free(again);
    lur_stored_free(stored);
  }
  fuzz_texts_free(&first);
  fuzz_texts_free(&second);
  free(stored);
}

#endif
