/* SPDX-License-Identifier: MIT
 * Lists of names that are owned: what data sets and networks keep of their classes. */
#ifndef LUR_DATA_NAMES_H
#define LUR_DATA_NAMES_H

char **lur_names_copy(const char *const *names, int n); /* NULL: no memory */
void lur_names_free(char **names, int n);               /* accepts NULL, and a NULL among them */

#endif
