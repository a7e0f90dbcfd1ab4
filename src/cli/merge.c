/* SPDX-License-Identifier: MIT
 * `luron merge`: shards of a sweep into one results file. Runs no Lua. */
#include <inttypes.h>

#include "base/utf8.h"
#include "cli/results.h"
#include "fold/expect.h"

/* Before anything is joined; what else is wrong with the file, the merge tells. */
static int check_expected(const char *path, const char *expected) {
  struct lur_error e = {0};
  struct lur_table *t = lur_table_open(path, NULL);
  int rc = t ? lur_expect_read(t, expected, &e) : LUR_OK;
  lur_table_free(t);
  return rc ? lur_results_fail(&e, path) : LUR_EXIT_OK;
}

/* Whether what is expected of OUT holds, and whether any of its runs did not fail. */
static int judge(const char *path, const char *expected) {
  struct lur_error e = {0};
  struct lur_buffer why = {0};
  bool holds = true;
  struct lur_table *t = lur_table_open(path, &e);
  int code = t ? lur_results_tell_failures(t) : LUR_EXIT_OK;
  int rc = !t ? e.code : expected ? lur_expect_check(t, expected, &holds, &why, &e) : LUR_OK;
  lur_table_free(t);
  if (rc)
    code = lur_results_fail(&e, path);
  if (!rc && !holds)
    fprintf(stderr, "%s\n", why.data ? why.data : "--expect does not hold");
  lur_buffer_free(&why);
  return code || holds ? code : LUR_EXIT_DIFFERS;
}

static int merge(const struct lur_arguments *a) {
  struct lur_merge_report r;
  struct lur_error e = {0};
  const char *expected = lur_argument(a, "expect");
  int refused = expected ? check_expected(a->words[1], expected) : LUR_EXIT_OK;
  if (refused)
    return refused;
  if (lur_store_merge(a->words[0], a->words + 1, a->n_words - 1, &r, &e))
    return lur_results_fail(&e, a->words[0]);
  if (a->json) {
    printf("{\"v\":1,\"type\":\"merge\",\"files\":%" PRIu64 ",\"rows\":%" PRIu64 ",\"settled\":%" PRIu64
           ",\"runs\":%" PRIu64 ",\"missing\":%" PRIu64 "}\n",
           r.n_files, r.n_rows, r.n_settled, r.n_runs, r.n_missing);
  } else if (!a->quiet) {
    char shown[LUR_SHOWN_BYTES];
    printf("%s: %" PRIu64 " rows from %" PRIu64 " file%s\n", lur_utf8_name(a->words[0], shown), r.n_rows, r.n_files,
           r.n_files == 1 ? "" : "s");
  }
  if (r.n_missing) {
    /* On stderr: it is why the exit code is 3. */
    size_t n_known = sizeof r.range / sizeof *r.range;
    fflush(stdout);
    fprintf(stderr, "missing: %" PRIu64 " of %" PRIu64 " runs:", r.n_missing, r.n_runs);
    for (size_t i = 0; i < r.n_ranges && i < n_known; i++)
      fprintf(stderr, "%s %" PRIu64 "..%" PRIu64, i ? "," : "", r.range[i].first, r.range[i].last);
    fprintf(stderr, "%s\n", r.n_ranges > n_known ? ", ..." : "");
  }
  int code = judge(a->words[0], expected);
  return code || r.n_missing == 0 ? code : LUR_EXIT_DIFFERS;
}

static const struct lur_option options[] = {
    {"expect", 0, "EXPR", "exit with 3 if this does not hold for OUT: 'solved >= 0.95'"},
    {0},
};

const struct lur_command lur_command_merge = {
    .name = "merge",
    .usage = "OUT FILE ...",
    .meaning = "join the shards of a sweep into one results file",
    .more = "Files of different sweeps are refused, and so is a run with different rows in two files. Runs that no\n"
            "file holds are named, and the exit code is 3. If OUT exists and holds the same sweep, the files are\n"
            "added to it.\n",
    .options = options,
    .prints = true,
    .n_least = 2,
    .n_most = -1,
    .run = merge,
};
