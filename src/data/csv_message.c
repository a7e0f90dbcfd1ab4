/* SPDX-License-Identifier: MIT
 * How messages name a cell and its column. */
#include <stdio.h>

#include "base/utf8.h"
#include "data/csv_parts.h"
#include "data/file.h"

const char *lur_csv_show(const char *cell, char out[LUR_CSV_SHOWN_BYTES]) {
  return lur_utf8_line(cell, out, LUR_CSV_SHOWN_BYTES);
}

const char *lur_csv_label(const struct lur_csv *r, int column, char out[LUR_CSV_LABEL_BYTES]) {
  char name[LUR_CSV_SHOWN_BYTES];
  if (r->header)
    snprintf(out, LUR_CSV_LABEL_BYTES, "column %d (%s)", column + 1, lur_csv_show(r->header[column], name));
  else
    snprintf(out, LUR_CSV_LABEL_BYTES, "column %d", column + 1);
  return out;
}

int lur_csv_fail_cell(struct lur_csv *r, int column, const char *what) {
  char cell[LUR_CSV_SHOWN_BYTES], label[LUR_CSV_LABEL_BYTES];
  return lur_fail(r->e, LUR_EINPUT, NULL, "%s:%ld: %s: \"%s\" %s", lur_file_label(r->rows.name), r->rows.line,
                  lur_csv_label(r, column, label), lur_csv_show(r->rows.cells[column], cell), what);
}
