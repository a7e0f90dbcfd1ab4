/* SPDX-License-Identifier: MIT
 * The table of formats: one row each, which is the function luron.NAME of Lua. Constant. */
#ifndef LUR_DATA_FORMATS_H
#define LUR_DATA_FORMATS_H

#include "data/format.h"
#include "data/formats.inc.h"

#define DECLARE(name) extern const struct lur_data_format lur_format_##name;
LUR_DATA_FORMATS(DECLARE)
#undef DECLARE
extern const struct lur_data_format *const lur_data_formats[]; /* ended by NULL */

/* Calls f's reader. On failure nothing is in set. */
int lur_format_read(const struct lur_data_format *f, struct lur_format_input *in,
                    struct lur_dataset *set[LUR_MOST_FORMAT_SETS], struct lur_error *e);

/* The format that the file looks like. NULL: e says what is wrong, or LUR_OK where the file is a text that may be CSV.
 */
const struct lur_data_format *lur_format_find(const char *path, struct lur_error *e);

#endif
