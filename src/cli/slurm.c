/* SPDX-License-Identifier: MIT
 * `luron sweep --slurm N`: a shell script that submits an array of N shards, and a merge that waits for all of them.
 * What --dry-run prints is what is run. Every task is the same command with its own --shard, so one that is requeued
 * goes on in its own file. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/path.h"
#include "base/system.h"
#include "cli/results.h"
#include "cli/slurm.h"

enum { USUAL_ARRAY_SIZE = 1001 };

/* ---- The script ---- */
static void add_quoted(struct lur_buffer *b, const char *word) {
  lur_buffer_text(b, "'");
  for (; *word; word++)
    if (*word == '\'')
      lur_buffer_text(b, "'\\''");
    else
      lur_buffer_format(b, "%c", *word);
  lur_buffer_text(b, "'");
}

static void add_words(struct lur_buffer *b, const char *const *words, int n) {
  for (int i = 0; i < n; i++) {
    lur_buffer_text(b, " ");
    add_quoted(b, words[i]);
  }
}

static void add_option(struct lur_buffer *b, const struct lur_arguments *a, const char *name) {
  const char *value = lur_argument(a, name);
  if (!value)
    return;
  lur_buffer_format(b, " --%s ", name);
  add_quoted(b, value);
}

static void add_reuse(struct lur_buffer *b, const struct lur_arguments *a) {
  const char *file[LUR_MAX_GIVEN];
  const int n = lur_argument_all(a, "reuse", file);
  for (int i = 0; i < n; i++) {
    lur_buffer_text(b, " --reuse ");
    add_quoted(b, file[i]);
  }
}

/* The results file without its suffix, to which the shard's is added. */
static void add_stem(struct lur_buffer *b, const char *path) {
  char stem[512];
  size_t n = strlen(path);
  snprintf(stem, sizeof stem, "%.*s", (int)(n > 3 && strcmp(path + n - 3, ".db") == 0 ? n - 3 : n), path);
  add_quoted(b, stem);
}

/* The end of an sbatch command, and the head of the script that it reads. */
static void add_head(struct lur_buffer *b, const struct lur_slurm *s, const char *more) {
  const char *name = lur_path_name(s->path);
  add_words(b, s->more, s->n_more);
  lur_buffer_format(b, " <<'LURON_END'\n#!/bin/sh\n#SBATCH --job-name=%.*s%s\n", (int)strcspn(name, " ."), name, more);
}

static void add_shards(struct lur_buffer *b, const struct lur_slurm *s) {
  const struct lur_arguments *a = s->arguments;
  lur_buffer_text(b, "job=$(sbatch --parsable");
  add_head(b, s, "");
  lur_buffer_format(b, "#SBATCH --array=1-%d\n#SBATCH --requeue\n#SBATCH --open-mode=append\n", s->n_shards);
  lur_buffer_text(b, "#SBATCH --signal=B:TERM@30\nexec ");
  add_quoted(b, s->program);
  lur_buffer_text(b, " sweep");
  add_words(b, a->words, s->n_words);
  add_option(b, a, "keep");
  add_option(b, a, "metric");
  add_option(b, a, "budget");
  add_option(b, a, "jobs");
  add_reuse(b, a);
  if (lur_argument(a, "retry"))
    lur_buffer_text(b, " --retry");
  lur_buffer_format(b, " --quiet --shard \"$SLURM_ARRAY_TASK_ID/%d\" --output ", s->n_shards);
  add_stem(b, s->path);
  lur_buffer_format(b, ".\"$SLURM_ARRAY_TASK_ID\"-of-%d.db\nLURON_END\n)\n", s->n_shards);
}

/* ---- What an array may have ---- */
/* MaxArraySize, which a task's number must be below; 0 where there is no scontrol to ask. */
static long ask_array_size(void) {
  char line[512];
  long size = 0;
  FILE *config = popen("scontrol show config 2>/dev/null", "r");
  while (config && fgets(line, sizeof line, config)) {
    const char *at = line + strspn(line, " \t");
    if (strncmp(at, "MaxArraySize", 12) == 0)
      size = strtol(at + 12 + strspn(at + 12, " \t="), NULL, 10);
  }
  if (config)
    pclose(config);
  return size > 0 ? size : 0;
}

/* An array of more tasks than Slurm takes is refused here, and not by sbatch; where its limit is not known, the script
 * may be printed all the same. */
static int check_array(const struct lur_slurm *s) {
  long size = s->n_shards > 1 ? ask_array_size() : 0, limit = size ? size : USUAL_ARRAY_SIZE;
  if (s->n_shards < limit)
    return LUR_EXIT_OK;
  int code =
      lur_usage_error("--slurm",
                      "%d is more than the %ld tasks that an array may have (MaxArraySize %ld%s); write "
                      "--slurm %ld, whose shards take more runs each",
                      s->n_shards, limit - 1, limit, size ? "" : ", unless slurm.conf says otherwise", limit - 1);
  return !size && lur_argument(s->arguments, "dry-run") ? LUR_EXIT_OK : code;
}

/* ---- Submitting ---- */
static int submit(const struct lur_buffer *b) {
  fflush(stdout);
  FILE *shell = popen("/bin/sh -s", "w");
  if (!shell) {
    fprintf(stderr, "luron: /bin/sh: %s\n", strerror(errno));
    return LUR_EXIT_FAILED;
  }
  fwrite(b->data, 1, b->length_bytes, shell);
  int status = pclose(shell);
  if (status == 0)
    return LUR_EXIT_OK;
  fprintf(stderr, "luron: nothing was submitted, or not all of it; --dry-run prints the script that does it\n");
  return LUR_EXIT_FAILED;
}

static bool has_line_end(const struct lur_slurm *s) {
  const struct lur_arguments *a = s->arguments;
  for (int i = 0; i < a->n_words; i++)
    if (strchr(a->words[i], '\n'))
      return true;
  return strchr(s->path, '\n') != NULL;
}

int lur_slurm_submit(struct lur_slurm *s) {
  struct lur_buffer b = {0};
  if (!lur_program_path(s->program, sizeof s->program))
    strcpy(s->program, "luron");
  if (has_line_end(s))
    return lur_usage_error("--slurm", "a word with a line's end in it cannot be submitted");
  int code = check_array(s);
  if (code)
    return code;
  lur_buffer_format(&b, "#!/bin/sh\n# %d shards, and a merge when all of them are done.\nset -e\n", s->n_shards);
  add_shards(&b, s);
  lur_buffer_text(&b,
                  "job=${job%%;*}\nmerge=$(sbatch --parsable --dependency=\"afterok:$job\" --kill-on-invalid-dep=yes");
  add_head(&b, s, "-merge");
  lur_buffer_text(&b, "#SBATCH --requeue\nexec ");
  add_quoted(&b, s->program);
  lur_buffer_text(&b, " merge");
  add_option(&b, s->arguments, "expect");
  lur_buffer_text(&b, " ");
  add_quoted(&b, s->path);
  lur_buffer_text(&b, " ");
  add_stem(&b, s->path);
  lur_buffer_format(&b, ".*-of-%d.db\nLURON_END\n)\n", s->n_shards);
  lur_buffer_text(&b, "echo \"submitted: shards $job, merge ${merge%%;*}, into \"");
  add_quoted(&b, s->path);
  lur_buffer_text(&b, "\n");
  if (lur_argument(s->arguments, "dry-run"))
    return lur_results_print(&b);
  code = b.failed ? lur_memory_error() : submit(&b);
  lur_buffer_free(&b);
  return code;
}
