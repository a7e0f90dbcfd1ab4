/* SPDX-License-Identifier: MIT
 * A format of data files: what its row says, and what its reader is given. Each format is a file of its own that
 * defines lur_format_NAME, and a word in formats.inc.h. Readers see memory alone, whose files are read and inflated
 * before, and are reentrant. What a head says of sizes is compared with the file's length before room is made. */
#ifndef LUR_DATA_FORMAT_H
#define LUR_DATA_FORMAT_H

#include "data/dataset.h"

enum { LUR_MOST_FORMAT_PATHS = 4, LUR_MOST_FORMAT_SETS = 3, LUR_MOST_FORMAT_OPTIONS = 4 };

/* A file's bytes. A reader may change them; at[n] is a '\0' that is there. */
struct lur_bytes {
  const char *name; /* in messages */
  char *at;
  size_t n;
};

enum lur_option_kind {
  LUR_OPTION_COUNT, /* a whole number from 1 to LUR_MAX_WIDTH */
  LUR_OPTION_TRUTH,
  LUR_OPTION_TEXT,
  LUR_OPTION_TEXTS /* a list of them, or one */
};
struct lur_format_option {
  const char *name;
  enum lur_option_kind kind;
};
struct lur_format_value {
  bool is_given; /* else all that follows is zero */
  bool truth;
  int count; /* of texts, too */
  const char *const *texts;
};

struct lur_format_input {
  struct lur_bytes file[LUR_MOST_FORMAT_PATHS];
  int n_files;
  struct lur_format_value value[LUR_MOST_FORMAT_OPTIONS]; /* of the row's options, in their order */
};

struct lur_data_format {
  const char *name;                                         /* of the function */
  const char *takes;                                        /* what stands behind it in help: "(images, labels)" */
  const char *meaning;                                      /* a line or a few, for people */
  int n_least, n_most;                                      /* paths; at most LUR_MOST_FORMAT_PATHS */
  struct lur_format_option option[LUR_MOST_FORMAT_OPTIONS]; /* NULL names at the end */
  bool (*is)(const struct lur_bytes *f); /* whether a file looks like this format; NULL: nothing shows it */
  /* Fills set[0] and, where a file has more than one, those after it, in the order train, test, validation. The
   * caller frees what is there, also where it fails. */
  int (*read)(struct lur_format_input *in, struct lur_dataset **set, struct lur_error *e);
};

#endif
