/* SPDX-License-Identifier: MIT
 * Headings. */
#include "fold/how.h"

#include <inttypes.h>
#include <stdio.h>

const char *const lur_fold_names[] = {"mean", "rate", "median", "q90", "min", NULL};
_Static_assert(sizeof lur_fold_names / sizeof *lur_fold_names == LUR_N_FOLDS + 1, "a name each");

void lur_folded_count(struct lur_folded *f, uint64_t n) {
  f->least = f->most == 0 || n < f->least ? n : f->least;
  f->most = n > f->most ? n : f->most;
}

void lur_folded_runs(const struct lur_folded *f, const char *before, char out[96]) {
  char to[32] = "";
  out[0] = '\0';
  if (f->least < f->most)
    snprintf(to, sizeof to, " to %" PRIu64, f->most);
  if (f->most > 1)
    snprintf(out, 96, "%s%" PRIu64 "%s runs%s%s", before, f->least, to, f->place ? " per " : "",
             f->place ? f->place : "");
}

void lur_folded_title(const struct lur_folded *f, char out[160]) {
  static const char *const words[LUR_N_FOLDS] = {"mean ", "", "median ", "90 % quantile of ", "least "};
  char runs[96];
  lur_folded_runs(f, f->fold == LUR_FOLD_Q90 && !f->is_rate ? ", " : " of ", runs);
  if (f->is_rate)
    snprintf(out, 160, "share solved%s", runs);
  else
    snprintf(out, 160, "%s%s%s", f->most > 1 ? words[f->fold] : "", f->value, runs);
}
