/* SPDX-License-Identifier: MIT
 * The counts of reasons, one line each. */
#include "view/failures.h"

#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "view/terminal.h"

int lur_failures_write(struct lur_table *t, const char *hint, struct lur_buffer *out, bool *all, struct lur_error *e) {
  struct lur_failures f;
  int code = lur_table_failures(t, &f, e);
  if (!code && f.n_reasons) {
    bool folds = lur_table_folds_seeds(t);
    uint64_t n_told = 0;
    int digits = f.n ? snprintf(NULL, 0, "%" PRIu64, f.reason[0].n) : 1;
    lur_buffer_format(out, "%" PRIu64 " of %" PRIu64 " run%s failed", f.n_failed, f.n_runs, f.n_runs == 1 ? "" : "s");
    lur_buffer_format(out, hint ? "; %s:\n" : ":\n", hint);
    for (int i = 0; i < f.n; i++) {
      /* The first line of what a run said. */
      const char *what = folds ? "combination" : "run";
      struct lur_buffer line = {0};
      lur_buffer_add(&line, f.reason[i].text, strcspn(f.reason[i].text, "\n"));
      lur_buffer_format(out, "  %*" PRIu64 "  ", digits, f.reason[i].n);
      lur_terminal_text(line.data ? line.data : "", INT_MAX, out);
      lur_buffer_format(out, " (%s %" PRIu64 "%s)\n", what, f.reason[i].first,
                        f.reason[i].n > 1 && what[0] == 'r' ? " and others" : "");
      out->failed |= line.failed;
      lur_buffer_free(&line);
      n_told += f.reason[i].n;
    }
    if (n_told < f.n_failed)
      lur_buffer_format(out, "  %*" PRIu64 "  for %" PRIu64 " other reasons, which the table messages of %s holds\n",
                        digits, f.n_failed - n_told, f.n_reasons - (uint64_t)f.n, lur_table_path(t));
  }
  if (all)
    *all = f.n_failed > 0 && f.n_failed == f.n_runs;
  lur_failures_free(&f);
  return code ? code : out->failed ? lur_fail_memory(e) : LUR_OK;
}
