/* SPDX-License-Identifier: MIT
 * Words that name results files, and how their errors are told. */
#include "cli/results.h"
#include "cli/sandbox.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/output.h"
#include "base/path.h"
#include "base/signals.h"
#include "base/utf8.h"
#include "data/file.h"
#include "store/words.h"
#include "sweep/field.h"
#include "view/failures.h"
#include "view/others.h"

int lur_results_fail(const struct lur_error *e, const char *word) {
  const int number = atomic_load(lur_signal_flag());
  if (e->code == LUR_ECANCELLED && number) {
    fprintf(stderr, "interrupted\n");
    return LUR_EXIT_SIGNAL + number;
  }
  if (e->code == LUR_EINPUT)
    return lur_usage_error(e->field[0] ? e->field : word, "%s", e->text);
  fprintf(stderr, "luron: %s\n", e->text);
  return LUR_EXIT_FAILED;
}

/* Frees it, too. */
static void tell(struct lur_buffer *b) {
  if (b->length_bytes)
    fwrite(b->data, 1, b->length_bytes, stderr);
  lur_buffer_free(b);
}

static bool is_script(const char *word) {
  return lur_file_ends_with(word, ".lua") && strlen(word) > 4;
}

static bool is_file_name(const char *word) {
  return is_script(word) || (lur_file_ends_with(word, ".db") && strlen(word) > 3);
}

const char lur_results_replay_help[] =
    "It works from the experiment and the data that the file keeps. If these contain Lua functions, the script is\n"
    "run, provided that it is still the text in the file. The exit code is 3 if something differs.\n"
    "FILE may be a script, with the NAME=VALUE words of its sweep after it.\n";

/* NAME=VALUE of what is no result. */
static bool names_field(const char *word) {
  /* Columns of results that are no fields, as most metrics are none. */
  static const char *const others[] = {"run",         "status",        "solved",      "n_seeds",
                                       "solved_rate", "diverged_rate", "failed_rate", NULL};
  char name[64];
  size_t n = strspn(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.");
  if (n == 0 || n >= sizeof name || word[n] != '=' || word[n + 1] == '=')
    return false;
  memcpy(name, word, n);
  name[n] = '\0';
  for (int i = 0; others[i]; i++)
    if (strcmp(name, others[i]) == 0)
      return false;
  for (int i = 0; lur_metric_names[i]; i++)
    if (strcmp(name, lur_metric_names[i]) == 0)
      return lur_field_find(name, NULL) >= 0;
  return true;
}

/* NAME=VALUE as luron sweep takes it, but without a blank and a quote. Anything else after a script is a WHERE. */
static bool is_override(const char *word) {
  return names_field(word) && !strpbrk(word, " \t\n'\"");
}

/* A WHERE that may have been meant as an override of a text. */
static bool is_doubtful(const char *word) {
  return names_field(word) && !strstr(word, " and ") && !strstr(word, " AND ") && !strpbrk(word, "<>");
}

int lur_results_tell_taken(const struct lur_results_words *w, int code) {
  if (code && w->taken)
    fprintf(stderr,
            "luron: '%s' is taken as a WHERE, because it has a %s; name the results file itself to look at a sweep of "
            "that override\n",
            w->taken, strpbrk(w->taken, " \t\n") ? "blank" : "quote");
  return code;
}

static bool is_number(const char *text, size_t n) {
  return n > 0 && strspn(text, "0123456789.+-eE") >= n;
}

static bool is_truth(const char *text, size_t n) {
  return (n == 4 && strncmp(text, "true", n) == 0) || (n == 5 && strncmp(text, "false", n) == 0);
}

/* The word NAME=VALUE or NAME=VALUE,VALUE as a WHERE in the shell's quotes, after what leads to it; nothing of a
 * range, and of a batch of all patterns, of which a file keeps the number. */
static bool tell_where(const char *before, const char *word) {
  char name[64];
  snprintf(name, sizeof name, "%.*s", (int)strcspn(word, "="), word);
  int layer, id = lur_field_find(name, &layer);
  const char *value = word + strcspn(word, "=") + 1, *at = value;
  bool several = strchr(value, ',') != NULL, texts = false, truths = true;
  if (strstr(value, "..") || strchr(value, ':') || (id == LUR_F_BATCH && strstr(value, "all")))
    return false;
  for (const char *v = value; *v; v += strcspn(v, ",") + (v[strcspn(v, ",")] == ',')) {
    texts = texts || !is_number(v, strcspn(v, ","));
    truths = truths && is_truth(v, strcspn(v, ","));
  }
  texts = texts && !truths; /* a file keeps 1 and 0 */
  const char *quote = texts ? "\"" : "'", *mark = texts ? "'" : "";
  fprintf(stderr, "%sto choose rows, write a WHERE, with blanks: %s%s %s", before, quote,
          texts && id >= 0 && !layer ? lur_fields[id].column : name, several ? "in (" : "= ");
  while (*at) {
    size_t n = strcspn(at, ",");
    fprintf(stderr, "%s%s%.*s%s", at > value ? ", " : "", mark, truths ? 1 : (int)n,
            !truths      ? at
            : *at == 't' ? "1"
                         : "0",
            mark);
    at += n + (at[n] == ',');
  }
  fprintf(stderr, "%s%s", several ? ")" : "", quote);
  return true;
}

/* words: the script and its overrides, one of which may have been meant to choose rows. */
static void tell_missing(const char *path, const char *const *words, int n) {
  struct lur_buffer typed = {0}, text = {0};
  size_t n_bytes;
  char shown[LUR_SHOWN_BYTES];
  fprintf(stderr, "luron: %s: not there yet; luron sweep", lur_utf8_name(path, shown));
  for (int i = 0; i < n; i++)
    fprintf(stderr, " %s", lur_utf8_name(words[i], shown));
  fprintf(stderr, " makes it");
  if (n > 1)
    tell_where("; ", words[n - 1]);
  fputc('\n', stderr);
  /* Of a script that makes another sweep each time the file is never there. */
  char *script = lur_file_read(words[0], &n_bytes, NULL);
  lur_words_write(words + 1, n - 1, &typed);
  if (script && !typed.failed)
    lur_others_write_missing(path, script, typed.data ? typed.data : "", &text);
  tell(&text);
  lur_buffer_free(&typed);
  free(script);
}

/* A name that is none of a sweep may be a metric of the script's own. */
static void tell_unknown(const char *const *words, int n) {
  char name[64];
  for (int i = 0; i < n; i++) {
    size_t at = strcspn(words[i], "=");
    snprintf(name, sizeof name, "%.*s", (int)at, words[i]);
    if (lur_field_find(name, NULL) >= 0)
      continue;
    if (tell_where("luron: ", words[i]))
      fputc('\n', stderr);
    return;
  }
}

/* The results file of the script at words[i] with the overrides after it, whose number goes to *n_overrides. */
static int find_file(const struct lur_arguments *a, int i, char path[LUR_PATH_BYTES], int *n_overrides) {
  int n = 0;
  if (lur_argument(a, "sandbox")) /* the script would have to be run to know */
    return lur_usage_error(a->words[i], "with --sandbox, name the results file in place of its script");
  while (i + 1 + n < a->n_words && is_override(a->words[i + 1 + n]))
    n++;
  struct lur_script_options options = lur_script_words(a, i, n);
  const struct lur_sweep_request request = {.find = path};
  options.quiet = true;
  *n_overrides = n;
  path[0] = '\0';
  int code = lur_script_sweep(&options, &request);
  if (code == LUR_EXIT_USAGE)
    tell_unknown(options.overrides, n);
  if (code || access(path, F_OK) == 0)
    return code;
  tell_missing(path, a->words + i, n + 1);
  const char *next = i + 1 + n < a->n_words ? a->words[i + 1 + n] : "";
  return lur_results_tell_taken(&(struct lur_results_words){.taken = is_doubtful(next) ? next : NULL}, LUR_EXIT_FAILED);
}

static int one_too_many(const struct lur_arguments *a, const char *word, int n_files, const char *where) {
  if (is_file_name(word))
    return lur_usage_error(
        word, n_files > 1 ? "a third file; luron %s compares two" : "a second file, and luron %s takes one here",
        a->command->name);
  if (where && is_override(word) && strpbrk(where, "=<>"))
    return lur_usage_error(word,
                           "one word too many; NAME=VALUE comes right after its script, and a WHERE is one word: "
                           "'%s and ...'",
                           where);
  return lur_usage_error(word, "one word too many; write luron %s %s", a->command->name, a->command->usage);
}

int lur_results_words(const struct lur_arguments *a, int n_files, struct lur_results_words *out) {
  bool is_behind_script = false;
  *out = (struct lur_results_words){0};
  for (int i = 0; i < a->n_words; i++) {
    const char *word = a->words[i];
    bool script = is_script(word);
    int n_overrides = 0, code = 0;
    if (out->n_files < n_files && (is_file_name(word) || out->n_files == 0 || access(word, F_OK) == 0)) {
      out->file[out->n_files] = script ? out->path[out->n_files] : word;
      code = script ? find_file(a, i, out->path[out->n_files], &n_overrides) : 0;
      out->n_files++;
      i += n_overrides;
      is_behind_script = script;
    } else if (out->where || is_file_name(word)) {
      code = lur_results_tell_taken(out, one_too_many(a, word, n_files, out->where));
    } else {
      out->where = word;
      out->taken = is_behind_script && is_doubtful(word) ? word : NULL;
    }
    if (code)
      return code;
  }
  return LUR_EXIT_OK;
}

int lur_results_one_word(const struct lur_arguments *a, struct lur_results_words *out) {
  int code = lur_results_words(a, 1, out);
  return code || !out->where ? code : lur_results_tell_taken(out, one_too_many(a, out->where, 1, NULL));
}

int lur_results_check_output(const struct lur_arguments *a, const char *out) {
  struct lur_error e = {0};
  int code = LUR_OK;
  for (int i = 0; i < a->n_words && !code; i++)
    code = lur_store_check_output(out, a->words[i], &e);
  return code ? lur_usage_error(NULL, "%s", e.text) : LUR_EXIT_OK;
}

/* ---- A file that is not there: one whose suffix, hash or folder was left out ---- */
struct likely {
  const char *name; /* as it was typed, without the folder */
  char path[LUR_PATH_BYTES];
  time_t changed;
};

static bool note_likely(void *context, const char *path) {
  struct likely *l = context;
  const char *name = lur_path_name(path), *rest = name + strlen(l->name);
  struct stat st;
  if (strncmp(name, l->name, strlen(l->name)) != 0 || (*rest && *rest != '.' && *rest != '-') ||
      strlen(path) >= sizeof l->path || stat(path, &st) != 0 || (l->path[0] && st.st_mtime <= l->changed))
    return true;
  strcpy(l->path, path);
  l->changed = st.st_mtime;
  return true;
}

/* The script of that name, which stands for its results, or the newest results file. */
static void find_likely(const char *path, struct likely *out) {
  char folder[LUR_PATH_BYTES] = "results";
  const char *name = lur_path_name(path);
  *out = (struct likely){.name = name};
  if (!*name || strlen(path) + sizeof ".lua" > sizeof out->path)
    return;
  if (name > path)
    snprintf(folder, sizeof folder, "%.*s", name > path + 1 ? (int)(name - path) - 1 : 1, path);
  snprintf(out->path, sizeof out->path, "%s.lua", path);
  if (access(out->path, F_OK) == 0)
    return;
  out->path[0] = '\0';
  lur_store_scan(folder, note_likely, out);
  if (!out->path[0])
    lur_store_scan(".", note_likely, out);
}

struct lur_table *lur_results_open(const char *path, int *code) {
  struct lur_error e = {0};
  struct likely likely = {0};
  char shown[LUR_SHOWN_BYTES];
  struct lur_table *t = lur_table_open(path, &e);
  *code = LUR_EXIT_OK;
  if (t)
    return t;
  if (access(path, F_OK) != 0)
    find_likely(path, &likely);
  if (likely.path[0])
    fprintf(stderr, "luron: %s; did you mean %s?\n", e.text, lur_utf8_name(likely.path, shown));
  *code = likely.path[0] ? LUR_EXIT_FAILED : lur_results_fail(&e, path);
  return NULL;
}

int lur_results_replay(const struct lur_arguments *a, const char *path, struct lur_replay_request *r) {
  struct lur_sandbox box = {.only_reads = true, .n_threads = r->n_threads};
  int code;
  lur_sandbox_name_results(&box, path, path);
  if (!lur_sandbox_begin(a, path, &box, &code))
    return code;
  r->sandbox = box.what ? &box : NULL;
  r->trust = lur_argument(a, "trust") != NULL || box.what; /* the sandbox is there so that nobody need be trusted */
  r->quiet = a->quiet;
  r->json = a->json;
  r->color = lur_color_wanted(a, stdout);
  if (!(r->table = lur_results_open(path, &code)))
    return code;
  code = lur_script_replay(r);
  lur_table_free(r->table);
  return code;
}

void lur_results_tell_others(struct lur_table *t) {
  struct lur_buffer text = {0};
  fflush(stdout);
  lur_opaque_write(t, &text);
  lur_others_write(t, &text);
  tell(&text);
}

int lur_results_tell_failures(struct lur_table *t) {
  struct lur_buffer text = {0};
  struct lur_error e = {0};
  bool all = false;
  fflush(stdout);
  if (lur_failures_write(t, "when the cause is gone, luron sweep --retry computes them again", &text, &all, &e)) {
    lur_results_fail(&e, NULL);
    lur_buffer_free(&text);
  } else {
    tell(&text);
  }
  return all ? LUR_EXIT_FAILED : LUR_EXIT_OK;
}

int lur_results_split(char *text, const char **name, int n_most) {
  int n = 0;
  char *rest = NULL;
  for (char *word = strtok_r(text, ",", &rest); word; word = strtok_r(NULL, ",", &rest)) {
    if (n == n_most)
      return -1;
    name[n++] = word;
  }
  return n;
}

int lur_results_print(struct lur_buffer *b) {
  struct lur_error e = {0};
  int code = b->failed ? lur_fail_memory(&e) : LUR_OK;
  if (!code)
    code = lur_output_write(stdout, LUR_STDOUT_NAME, b->data, b->length_bytes, &e);
  lur_buffer_free(b);
  return code ? lur_results_fail(&e, NULL) : LUR_EXIT_OK;
}
