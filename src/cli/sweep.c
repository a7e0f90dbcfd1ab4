/* SPDX-License-Identifier: MIT
 * `luron sweep FILE [NAME=AXIS ...]`: every combination of a script's axes into a results file. */
#include <string.h>

#include "cli/array_job.h"
#include "cli/command.h"
#include "cli/sandbox.h"
#include "cli/slurm.h"
#include "host/script.h"

/* auto and auto/64 come from the variables of an array job. */
static int read_shard(const char *text, struct lur_sweep_request *r) {
  static const char automatic[] = "auto";
  const size_t n_word = sizeof automatic - 1;
  const bool is_auto = strncmp(text, automatic, n_word) == 0 && (!text[n_word] || text[n_word] == '/');
  const char *at = is_auto ? text + n_word : text;
  uint64_t k = 1, n = 0;
  const bool has_k = is_auto || lur_count_take(&at, 1, 1000000, &k), has_n = *at == '/';
  at += has_n;
  if (!has_k || (has_n ? !lur_count_take(&at, 1, 1000000, &n) : !is_auto) || *at)
    return lur_usage_error("--shard", "\"%s\" is not of the form 2/7, which of how many, or auto/7", text);
  if (is_auto)
    return lur_array_shard(text, (int)n, &r->shard, &r->n_shards);
  if (k > n)
    return lur_usage_error("--shard", "%s: %d is larger than %d; there are the shards 1/%d to %d/%d", text, (int)k,
                           (int)n, (int)n, (int)n, (int)n);
  r->shard = (int)k;
  r->n_shards = (int)n;
  return LUR_EXIT_OK;
}

/* reuse: room for the names of older files. */
static int read_request(const struct lur_arguments *a, const char *reuse[LUR_MAX_GIVEN], struct lur_sweep_request *r) {
  const char *budget = lur_argument(a, "budget"), *shard = lur_argument(a, "shard");
  uint64_t n_threads = 0;
  r->out = lur_argument(a, "output");
  if (r->out && !*r->out)
    return lur_usage_error("--output", "a file's name is empty");
  r->fresh = lur_argument(a, "fresh") != NULL;
  r->n_reuse = lur_argument_all(a, "reuse", reuse);
  r->reuse = reuse;
  if (r->n_reuse && (r->fresh || lur_argument(a, "no-reuse")))
    return lur_usage_error("--reuse", "does not go with %s, which computes all", r->fresh ? "--fresh" : "--no-reuse");
  r->retry = lur_argument(a, "retry") != NULL;
  r->plan = lur_argument(a, "plan") != NULL;
  r->explain = lur_argument(a, "explain") != NULL;
  r->expect = lur_argument(a, "expect");
  r->keep = lur_argument(a, "keep");
  r->metric = lur_argument(a, "metric");
  if (lur_count_option(a, "jobs", 1024, "a number of threads from 1 to 1024", &n_threads))
    return LUR_EXIT_USAGE;
  r->n_threads = (int)n_threads;
  if (budget && !lur_duration_read(budget, &r->budget_ns))
    return lur_usage_error("--budget", "\"%s\" is not a time such as 30s 5m 2h", budget);
  if (shard && read_shard(shard, r))
    return LUR_EXIT_USAGE;
  if (!shard && !lur_argument(a, "slurm") && lur_array_is_slurm())
    return lur_array_shard("auto", 0, &r->shard, &r->n_shards);
  /* Shards look for no files: many of them would, and at the same time. */
  r->finds = !r->out && !r->fresh && !r->n_reuse && r->n_shards < 2 && !lur_argument(a, "no-reuse");
  return LUR_EXIT_OK;
}

/* The script is run once to find the results file, so that what is wrong with it is told here and not in N jobs. */
static int submit(const struct lur_arguments *a, const struct lur_script_options *options,
                  struct lur_sweep_request *request) {
  char path[LUR_PATH_BYTES];
  uint64_t n = 0;
  if (lur_count_option(a, "slurm", 1000000, "a number of shards, from 1", &n))
    return LUR_EXIT_USAGE;
  static const char *const others[] = {"--fresh", "--shard", "--plan", "--explain", NULL};
  const char *other = lur_argument_among(a, others);
  if (other)
    return lur_usage_error(other, "does not go with --slurm");
  request->find = path;
  int code = lur_script_sweep(options, request);
  struct lur_slurm s = {.arguments = a,
                        .n_words = options->n_words + 1,
                        .n_more = a->n_last,
                        .more = a->words + a->n_words - a->n_last,
                        .n_shards = (int)n,
                        .path = path};
  return code ? code : lur_slurm_submit(&s);
}

static int sweep(const struct lur_arguments *a) {
  struct lur_sweep_request request = {0};
  bool submits = lur_argument(a, "slurm") != NULL;
  const char *reuse[LUR_MAX_GIVEN];
  int code = read_request(a, reuse, &request), n_words = a->n_words - 1 - (submits ? a->n_last : 0);
  if (code)
    return code;
  if (n_words < 0 || (!submits && lur_argument(a, "dry-run")))
    return lur_usage_error("--slurm", n_words < 0 ? "the script is missing" : "--dry-run goes with it");
  struct lur_sandbox box = {.script = a->words[0], .n_threads = request.n_threads};
  lur_sandbox_name_results(&box, box.script, request.out);
  if (!lur_sandbox_begin(a, box.script, &box, &code))
    return code;
  struct lur_script_options options = lur_script_words(a, 0, n_words);
  options.assume_same = lur_argument(a, "assume-same") != NULL;
  options.sandbox = box.what ? &box : NULL;
  request.finds = request.finds && !box.what; /* files in results/ are not read */
  options.quiet = a->quiet;
  options.json = a->json;
  options.color = lur_color_wanted(a, stdout);
  return submits ? submit(a, &options, &request) : lur_script_sweep(&options, &request);
}

static const struct lur_option options[] = {
    {"jobs", 'j', "N", "threads (default: the cores it may use)"},
    {"output", 'o', "FILE", "the results file (default: results/NAME-HASH.db)"},
    {"fresh", 0, NULL, "compute all of it again, and erase what the same command put into the file"},
    {"assume-same", 0, NULL, "what functions hold and luron cannot compare, such as a coroutine, has not changed"},
    {"reuse", 0, "FILE", "take over rows of an older results file that are the same runs; may be given again"},
    {"no-reuse", 0, NULL, "take over none of the rows in results/"},
    {"retry", 0, NULL, "compute runs that failed, and rows that were deleted, again"},
    {"plan", 0, NULL, "print how many runs, how long, how large, and the first ten; run nothing"},
    {"explain", 0, NULL, "print which kernel each structure gets, and why"},
    {"budget", 0, "TIME", "run as much as fits in 30s, 5m, 2h; the same command continues later"},
    {"expect", 0, "EXPR", "exit with 3 if this does not hold: 'solved >= 0.95' (with --slurm, the merge does)"},
    {"shard", 0, "K/N", "only every N-th part, into a file of its own; K from an array job's variables: auto/N"},
    {"slurm", 0, "N", "submit N shards and a merge to Slurm; words after -- are passed to sbatch"},
    {"dry-run", 0, NULL, "with --slurm: print the script that would submit them"},
    {"metric", 'm', "NAME", "what combinations are ranked by, instead of the script's rank"},
    {"keep", 0, "ROWS",
     "all, cells (one row per combination), or N: the best N by --metric, the script's keep, or loss"},
    LUR_SANDBOX_OPTIONS,
    {0},
};

const struct lur_command lur_command_sweep = {
    .name = "sweep",
    .usage = "FILE [NAME=AXIS ...] [-- SBATCH ARGS]",
    .meaning = "run every combination of a script's axes, into a results file",
    .more =
        "NAME=AXIS sets or replaces an axis; a single value removes it:\n"
        "  learning_rate=0.1,0.5,1        a list\n"
        "  learning_rate=0..1:11          11 points, even\n"
        "  learning_rate=0.01..10:64:log  64 points, geometric\n"
        "  learning_rate=0.001..1:log     an interval to draw from\n"
        "  sampler=sobol samples=1000     how intervals are drawn from\n"
        "  hidden=2,4,8:list              each with all points drawn\n"
        "  hidden=2,3,4x4                 layers\n"
        "  hidden,momentum=2:0.5,4:0.9    vary together\n"
        "  seed=1..100                    whole numbers\n"
        "  epochs=100..1000..100          whole numbers with a step\n"
        "The same command continues a sweep that was stopped; more seeds extend it. Rows in results/ that are of the\n"
        "same runs are taken over, so that more values or axes cost only what is new.\n",
    .options = options,
    .prints = true,
    .n_least = 1,
    .n_most = -1,
    .run = sweep,
};
