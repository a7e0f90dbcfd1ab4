/* SPDX-License-Identifier: MIT
 * A row for each scheduler. Sources: Slurm's "Job Array Support"; the OpenPBS and PBS Professional User's Guide, "Job
 * Arrays"; Torque's administrator guide, "Multiple Job Submission"; IBM's "Passing arguments on the command line" of
 * LSF job arrays; qsub(1) of Grid Engine; "AWS Batch job environment variables"; Kubernetes' "Indexed Job for Parallel
 * Processing with Static Work Assignment". Where no variable tells the first index, it is the one by which that
 * scheduler counts, and an array that begins elsewhere is refused where that shows. */
#include "cli/array_job.h"

#include <stdlib.h>
#include <string.h>

#include "base/digits.h"
#include "cli/command.h"

enum { MOST_TASKS = 1000000 };

static const struct scheduler {
  const char *name, *index;                /* index: variables; NULL where there is none */
  const char *first, *last, *step, *count; /* count, or last and step, tell how many tasks there are */
  int64_t usual_first;
  const char *no_array; /* what the index is in a job that is no array; or NULL */
} schedulers[] = {
    {"Slurm", "SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_MIN", NULL, "SLURM_ARRAY_TASK_STEP", "SLURM_ARRAY_TASK_COUNT", 0,
     NULL},
    {"PBS", "PBS_ARRAY_INDEX", NULL, NULL, NULL, NULL, 1, NULL},
    {"Torque", "PBS_ARRAYID", NULL, NULL, NULL, NULL, 1, NULL},
    {"LSF", "LSB_JOBINDEX", NULL, NULL, NULL, NULL, 1, "0"},
    {"Grid Engine", "SGE_TASK_ID", "SGE_TASK_FIRST", "SGE_TASK_LAST", "SGE_TASK_STEPSIZE", NULL, 1, "undefined"},
    {"AWS Batch", "AWS_BATCH_JOB_ARRAY_INDEX", NULL, NULL, NULL, "AWS_BATCH_JOB_ARRAY_SIZE", 0, NULL},
    {"Kubernetes", "JOB_COMPLETION_INDEX", NULL, NULL, NULL, NULL, 0, NULL},
};
enum { N_SCHEDULERS = sizeof schedulers / sizeof *schedulers };

static bool is_set(const struct scheduler *s) {
  const char *text = getenv(s->index);
  return text && *text && !(s->no_array && strcmp(text, s->no_array) == 0);
}

/* The variable's number; `otherwise` where the scheduler has no such variable, or has not set it. */
static int read_number(const char *name, int64_t otherwise, int64_t *out) {
  const char *text = name ? getenv(name) : NULL;
  *out = otherwise;
  if (!text || (lur_whole_read(text, out) && *out >= 0 && *out < INT32_MAX))
    return LUR_EXIT_OK;
  return lur_usage_error("--shard", "the variable %s is \"%.60s\", and not a whole number from 0", name, text);
}

static int fail_none(const char *typed) {
  return lur_usage_error("--shard",
                         "\"%s\", but this is no task of an array job: none of SLURM_ARRAY_TASK_ID, PBS_ARRAY_INDEX, "
                         "PBS_ARRAYID, LSB_JOBINDEX, SGE_TASK_ID, AWS_BATCH_JOB_ARRAY_INDEX and JOB_COMPLETION_INDEX "
                         "is set; write 2/7, which of how many",
                         typed);
}

static int find(const char *typed, const struct scheduler **out) {
  *out = NULL;
  for (int i = 0; i < N_SCHEDULERS; i++) {
    if (!is_set(&schedulers[i]))
      continue;
    if (*out)
      return lur_usage_error("--shard",
                             "\"%s\", but both %s of %s and %s of %s are set; unset one of them, or write 2/7, which "
                             "of how many",
                             typed, (*out)->index, (*out)->name, schedulers[i].index, schedulers[i].name);
    *out = &schedulers[i];
  }
  return *out ? LUR_EXIT_OK : fail_none(typed);
}

/* How many tasks the scheduler says there are; 0 where it does not. */
static int count_tasks(const struct scheduler *s, int64_t first, int64_t step, int64_t *n) {
  int64_t last;
  int code = read_number(s->count, 0, n);
  if (!code && !*n && !(code = read_number(s->last, -1, &last)) && last >= first)
    *n = (last - first) / step + 1;
  return code;
}

static int settle_count(const struct scheduler *s, const char *typed, int n_tasks, int64_t *n) {
  if (!*n && !n_tasks)
    return lur_usage_error("--shard", "%s does not say how many tasks the array has; write %s/64 for an array of 64",
                           s->name, typed);
  if (*n && n_tasks && *n != n_tasks)
    return lur_usage_error("--shard", "\"%s\", but the array of %s has %d tasks", typed, s->name, (int)*n);
  *n = *n ? *n : n_tasks;
  return *n <= MOST_TASKS ? LUR_EXIT_OK : lur_usage_error("--shard", "an array of more than %d tasks", MOST_TASKS);
}

bool lur_array_is_slurm(void) {
  return is_set(&schedulers[0]) && getenv(schedulers[0].count);
}

int lur_array_shard(const char *typed, int n_tasks, int *k, int *n) {
  const struct scheduler *s;
  int64_t index = 0, first = 0, step = 1, count = 0;
  int code = find(typed, &s);
  if (!code)
    code = read_number(s->index, 0, &index);
  if (!code)
    code = read_number(s->first, s->usual_first, &first);
  if (!code)
    code = read_number(s->step, 1, &step);
  step = step ? step : 1;
  if (!code)
    code = count_tasks(s, first, step, &count);
  if (!code)
    code = settle_count(s, typed, n_tasks, &count);
  if (code)
    return code;
  const int64_t place = (index - first) / step + 1, last = first + (count - 1) * step;
  if (index < first || index > last || (index - first) % step)
    return lur_usage_error("--shard",
                           "%s is %d, but %d tasks of %s are numbered from %d to %d%s; submit the array so, or write "
                           "2/7, which of how many",
                           s->index, (int)index, (int)count, s->name, (int)first, (int)last,
                           step > 1 ? " in equal steps" : "");
  *k = (int)place;
  *n = (int)count;
  return LUR_EXIT_OK;
}
