/* SPDX-License-Identifier: MIT
 * `luron merge`: shards of a sweep into one results file. Runs no Lua. */
#include <inttypes.h>

#include "cli/results.h"

static void print_missing(const struct lur_merge_report *r) {
  size_t n_known = sizeof r->range / sizeof *r->range;
  printf("missing: %" PRIu64 " of %" PRIu64 " runs:", r->n_missing, r->n_runs);
  for (size_t i = 0; i < r->n_ranges && i < n_known; i++)
    printf("%s %" PRIu64 "..%" PRIu64, i ? "," : "", r->range[i].first, r->range[i].last);
  printf("%s\n", r->n_ranges > n_known ? ", ..." : "");
}

static int merge(const struct lur_arguments *a) {
  struct lur_merge_report r;
  struct lur_error e = {0};
  if (lur_store_merge(a->words[0], a->words + 1, a->n_words - 1, &r, &e))
    return lur_results_fail(&e, a->words[0]);
  if (a->quiet && !a->json)
    return LUR_EXIT_OK;
  if (a->json) {
    printf("{\"v\":1,\"type\":\"merge\",\"files\":%" PRIu64 ",\"rows\":%" PRIu64 ",\"settled\":%" PRIu64
           ",\"runs\":%" PRIu64 ",\"missing\":%" PRIu64 "}\n",
           r.n_files, r.n_rows, r.n_settled, r.n_runs, r.n_missing);
    return LUR_EXIT_OK;
  }
  printf("%s: %" PRIu64 " rows from %" PRIu64 " file%s\n", a->words[0], r.n_rows, r.n_files, r.n_files == 1 ? "" : "s");
  if (r.n_missing)
    print_missing(&r);
  return LUR_EXIT_OK;
}

const struct lur_command lur_command_merge = {
    .name = "merge",
    .usage = "OUT FILE ...",
    .meaning = "join the shards of a sweep into one results file",
    .more = "Files of different sweeps are refused, and so is a run with different rows in two files. Runs that no\n"
            "file holds are named. Where OUT is there, and holds the same sweep, the files are added to it.\n",
    .prints = true,
    .n_least = 2,
    .n_most = -1,
    .run = merge,
};
