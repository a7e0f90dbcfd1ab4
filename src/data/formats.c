/* SPDX-License-Identifier: MIT
 * The table of formats, and what all of them share: files are read whole, and gzip is inflated. */
#include "data/formats.h"

#include <stdlib.h>
#include <string.h>

#include "data/file.h"
#include "data/foreign.h"

#define ROW(name) &lur_format_##name,
const struct lur_data_format *const lur_data_formats[] = {LUR_DATA_FORMATS(ROW) NULL};
#undef ROW

int lur_format_read(const struct lur_data_format *f, struct lur_format_input *in,
                    struct lur_dataset *set[LUR_MOST_FORMAT_SETS], struct lur_error *e) {
  const int code = f->read(in, set, e);
  for (int k = 0; code && k < LUR_MOST_FORMAT_SETS; k++) {
    lur_dataset_free(set[k]);
    set[k] = NULL;
  }
  return code;
}

/* What is no data set, or no file that can be read: says so. */
static int refuse(const struct lur_bytes *f, struct lur_error *e) {
  struct lur_buffer names = {0};
  if (strncmp(f->at, "luron-network ", 14) == 0)
    return lur_fail(e, LUR_EINPUT, NULL, "%s is a network; luron.load reads it", lur_file_label(f->name));
  if (strncmp(f->at, "FANN_FL", 7) == 0)
    return lur_fail(e, LUR_EINPUT, NULL, "%s is a network of FANN; luron.fann_network reads it",
                    lur_file_label(f->name));
  if (lur_foreign_check(f->name, "a CSV file", f->at, f->n, false, e) == LUR_OK)
    return LUR_OK;
  for (int i = 0; lur_data_formats[i]; i++)
    lur_buffer_format(&names, " %s", lur_data_formats[i]->name);
  if (memchr(f->at, '\0', f->n))
    lur_fail(e, LUR_EINPUT, NULL, "%s is of no format that can be read; there are csv%s", lur_file_label(f->name),
             names.data ? names.data : "");
  lur_buffer_free(&names);
  return LUR_EINPUT;
}

const struct lur_data_format *lur_format_find(const char *path, struct lur_error *e) {
  struct lur_bytes file = {.name = path};
  const struct lur_data_format *const *f = lur_data_formats;
  *e = (struct lur_error){0};
  if (!(file.at = lur_file_read(path, &file.n, e)))
    return NULL;
  while (*f && !((*f)->is && (*f)->is(&file)))
    f++;
  if (!*f)
    refuse(&file, e);
  free(file.at);
  return *f;
}
