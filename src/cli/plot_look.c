/* SPDX-License-Identifier: MIT
 * The options of looks. */
#include <stdio.h>

#include "cli/plot.h"

int lur_plot_look(const struct lur_arguments *a, const char *out, struct lur_look *look) {
  static const char *const typed[] = {
#define LUR_LOOK(name, option, takes, meaning) option,
#include "view/look.inc.h"
#undef LUR_LOOK
  };
  *look = (struct lur_look){.format = lur_picture_format_of(out)};
  for (int i = 0; i < LUR_N_LOOK_OPTIONS; i++) {
    struct lur_error e = {0};
    char option[32];
    const char *text = lur_argument(a, typed[i]);
    snprintf(option, sizeof option, "--%s", typed[i]);
    if (text && lur_look_set(look, (enum lur_look_option)i, text, &e))
      return lur_usage_error(option, "%s", e.text);
  }
  return LUR_EXIT_OK;
}
