/* SPDX-License-Identifier: MIT
 * Words to what a picture shows. */
#include "cli/plot.h"

#include <string.h>

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
