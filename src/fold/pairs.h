/* SPDX-License-Identifier: MIT
 * Two results files, run by run: the differences of a metric between runs that are the same replicate (the same seed
 * and cross-validation fold) of the same combination. Belongs to the thread of the tables. */
#ifndef LUR_FOLD_PAIRS_H
#define LUR_FOLD_PAIRS_H

#include "fold/groups.h"
#include "fold/student.h"

/* What all runs of the file have in the field: "axis" where they differ in it. "": the text of the experiment does not
 * say, as of a field that is unsaid by default. */
enum { LUR_SAID_ROOM = 32 };
void lur_table_says(const struct lur_table *t, const char *field, char out[LUR_SAID_ROOM]);
/* The cross-validation folds that a file's sweep has; 0: none. */
uint64_t lur_table_n_folds(const struct lur_table *t);

struct lur_pairs {
  size_t n; /* combinations that both files have */
  struct lur_pair {
    const struct lur_cell *key;    /* n_keys, of a */
    struct lur_moments difference; /* B - A, of its replicates in order */
  } * pair;                        /* by key */
  bool seeds, folds;               /* what tells replicates apart */
  uint64_t n_folds;                /* for lur_moments_test */
  char apart[112];                 /* why runs of the same replicate are not comparable: nothing is paired; or "" */
  /* private */
  struct lur_groups a, b;
  int n_keys;
};

/* ask: of both, its metric a column. Several rows of one replicate of a combination count by their mean. rank_b: in
 * place of ask->ranking for b. */
int lur_pairs_read(struct lur_table *a, struct lur_table *b, const struct lur_groups_ask *ask,
                   const struct lur_ranking *rank_b, struct lur_pairs *out, struct lur_error *e);
/* Of that combination; NULL where there is none. */
const struct lur_pair *lur_pairs_find(const struct lur_pairs *p, const struct lur_cell *key);
void lur_pairs_free(struct lur_pairs *p);

#endif
