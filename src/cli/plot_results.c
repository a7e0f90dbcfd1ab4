/* SPDX-License-Identifier: MIT
 * `luron plot FILE`: a picture of a results file, and the options that luron show --plot has too. Runs no Lua, unless a
 * script is named. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "cli/plot.h"
#include "cli/results.h"
#include "data/file.h"
#include "view/plot.h"

/* The place of the word that --option was given among names; 0 where it was not; -1 and a message where it is none. */
static int choice(const struct lur_arguments *a, const char *option, const char *const *names) {
  const char *word = lur_argument(a, option);
  struct lur_buffer all = {0};
  for (int i = 0; word && names[i]; i++) {
    if (strcmp(word, names[i]) == 0) {
      lur_buffer_free(&all);
      return i;
    }
    lur_buffer_format(&all, " %s", names[i]);
  }
  if (word)
    lur_usage_error(word, "is not one of%s", all.data ? all.data : "");
  lur_buffer_free(&all);
  return word ? -1 : 0;
}

int lur_plot_options(const struct lur_arguments *a, struct lur_plot_ask *ask) {
  int fold = choice(a, "fold", lur_fold_names), shading = choice(a, "shade", lur_shading_names);
  if (fold < 0 || shading < 0)
    return LUR_EXIT_USAGE;
  *ask = (struct lur_plot_ask){.x = lur_argument(a, "x"),
                               .y = lur_argument(a, "y"),
                               .by = lur_argument(a, "by"),
                               .value = lur_argument(a, "value"),
                               .where = lur_argument(a, "where"),
                               .fold = (enum lur_fold)fold,
                               .fold_given = lur_argument(a, "fold") != NULL,
                               .shading = (enum lur_shading)shading,
                               .bare = lur_argument(a, "bare") != NULL,
                               .ecdf = lur_argument(a, "ecdf") != NULL};
  return LUR_EXIT_OK;
}

/* The names of --axes are split in place. */
static int read_axes(struct lur_plot_ask *ask, char *text, const char **axes) {
  ask->n_axes = lur_results_split(text, axes, LUR_MOST_PARALLEL);
  ask->axes = axes;
  if (ask->n_axes < 2)
    return lur_usage_error("--axes", "from 2 to %d names are needed: --axes=learning_rate,hidden", LUR_MOST_PARALLEL);
  return LUR_EXIT_OK;
}

/* text: the value of --axes, to be split into axes. */
static int read_options(const struct lur_arguments *a, struct lur_plot_ask *ask, char *text, const char **axes) {
  const char *why, *field = NULL;
  char option[32];
  int code = lur_plot_options(a, ask);
  if (!code && lur_argument(a, "axes"))
    code = read_axes(ask, text, axes);
  if (code)
    return code;
  if (!ask->value && ask->fold == LUR_FOLD_RATE)
    ask->value = "solved";
  if ((field = lur_plot_conflict(ask, &why)))
    snprintf(option, sizeof option, "--%s", field);
  return field ? lur_usage_error(option, "%s", why) : LUR_EXIT_OK;
}

/* text: the value of --axes, to be split. */
static int draw_file(const struct lur_arguments *a, const char *out, char *text) {
  const char *axes[LUR_MOST_PARALLEL];
  char note[LUR_NOTE_BYTES] = "";
  struct lur_look look;
  struct lur_plot_ask ask;
  struct lur_results_words words;
  struct lur_buffer bytes = {0};
  struct lur_error e = {0};
  int exit_code = read_options(a, &ask, text, axes);
  if (!exit_code)
    exit_code = lur_plot_look(a, out, &look);
  if (!exit_code)
    exit_code = lur_results_words(a, 1, &words);
  struct lur_table *t = exit_code ? NULL : lur_results_open(words.file[0], &exit_code);
  if (!t)
    return exit_code;
  ask.look = &look;
  ask.note = note;
  if (words.where)
    ask.where = words.where;
  lur_plot_name_columns(t, &ask);
  for (int i = 0; i < ask.n_axes; i++)
    axes[i] = lur_table_name(t, axes[i]);
  int code = lur_plot_usual_value(t, &ask, &e);
  if (!code)
    code = lur_plot_draw(t, &ask, &bytes, &e);
  if (!code)
    code = lur_file_replace(out, bytes.data, bytes.length_bytes, &e);
  fputs(note, stderr);
  lur_buffer_free(&bytes);
  lur_table_free(t);
  return code ? lur_results_tell_taken(&words, lur_results_fail(&e, ask.where)) : LUR_EXIT_OK;
}

int lur_plot_results(const struct lur_arguments *a, const char *out) {
  const char *axes = lur_argument(a, "axes");
  char *text = lur_copy_text(axes ? axes : "");
  int code = text ? draw_file(a, out, text) : lur_memory_error();
  free(text);
  return code;
}
