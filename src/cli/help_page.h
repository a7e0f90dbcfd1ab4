/* SPDX-License-Identifier: MIT
 * Pages of help are written into memory, and printed as wide as the terminal, 80 columns at most. */
#ifndef LUR_CLI_HELP_PAGE_H
#define LUR_CLI_HELP_PAGE_H

#include <stdio.h>

struct lur_help_page {
  FILE *file;
  char *text;
  size_t n_bytes;
};
/* What is written goes to the page; to stdout as it is where there is no memory. */
FILE *lur_help_page_open(struct lur_help_page *p);
/* Prints it, and closes it. Lines that are wider go on where their last column begins. */
void lur_help_page_print(struct lur_help_page *p, FILE *to);

#endif
