/* SPDX-License-Identifier: MIT
 * Arrays of numpy: .npy (numpy.lib.format, versions 1 to 3) and .npz, a zip archive of them. Of an archive the central
 * directory is read, and what is deflated is inflated by zlib. */
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "data/array.h"
#include "data/file.h"
#include "data/formats.h"

enum { INPUTS, TARGETS, CLASSES };
static const char npy_magic[] = "\x93NUMPY", zip_magic[] = "PK\3\4";

static uint64_t little_endian(const char *at, int n) {
  uint64_t x = 0;
  while (n-- > 0)
    x = x << 8 | (unsigned char)at[n];
  return x;
}

static int fail(const char *name, struct lur_error *e, const char *what) {
  return lur_fail(e, LUR_EINPUT, NULL, "%s: %s", lur_file_label(name), what);
}

/* ---- .npy ---- */
/* What stands behind 'key': in the head; NULL: it is not there. */
static const char *behind(const char *head, const char *key) {
  const char *at = strstr(head, key);
  at = at ? at + strlen(key) : NULL;
  return at ? at + strspn(at, "'\": ") : NULL;
}

/* <f8 */
static bool read_type(const char *text, struct lur_array *a) {
  static const struct {
    char word[3];
    enum lur_array_type type;
  } types[] = {{"b1", LUR_ARRAY_U8},  {"u1", LUR_ARRAY_U8},  {"i1", LUR_ARRAY_I8},  {"u2", LUR_ARRAY_U16},
               {"i2", LUR_ARRAY_I16}, {"u4", LUR_ARRAY_U32}, {"i4", LUR_ARRAY_I32}, {"u8", LUR_ARRAY_U64},
               {"i8", LUR_ARRAY_I64}, {"f4", LUR_ARRAY_F32}, {"f8", LUR_ARRAY_F64}};
  if (!text || !*text || !strchr("<>|=", *text))
    return false;
  a->big_endian = *text == '>';
  for (size_t k = 0; k < sizeof types / sizeof *types; k++)
    if (strncmp(text + 1, types[k].word, 2) == 0 && text[3] && strchr("'\"", text[3])) {
      a->type = types[k].type;
      return true;
    }
  return false;
}

/* (150, 4) */
static bool read_shape(const char *text, struct lur_array *a) {
  if (!text || *text++ != '(')
    return false;
  while (text += strspn(text, " ,"), *text >= '0' && *text <= '9') {
    char *end;
    const unsigned long long d = strtoull(text, &end, 10);
    if (a->n_dimensions == LUR_MOST_DIMENSIONS || d > UINT32_MAX)
      return false;
    a->dimension[a->n_dimensions++] = (size_t)d;
    text = end;
  }
  return *text == ')' && a->n_dimensions > 0;
}

static int read_npy(const struct lur_bytes *f, struct lur_array *a, struct lur_error *e) {
  char head[512] = "";
  *a = (struct lur_array){.name = f->name};
  if (f->n < 12 || memcmp(f->at, npy_magic, 6) != 0 || f->at[6] < 1 || f->at[6] > 3)
    return fail(f->name, e, "byte 0: not an array of numpy (.npy)");
  const size_t before = f->at[6] == 1 ? 10 : 12, n = (size_t)little_endian(f->at + 8, (int)before - 8);
  if (n > f->n - before)
    return fail(f->name, e, "byte 8: the head is longer than the file");
  memcpy(head, f->at + before, n < sizeof head ? n : sizeof head - 1);
  const char *order = behind(head, "fortran_order");
  if (!read_type(behind(head, "descr"), a))
    return fail(f->name, e, "byte 10: 'descr' is no type of numbers that can be read: b1, u1 to u8, i1 to i8, f4, f8");
  if (!read_shape(behind(head, "shape"), a))
    return fail(f->name, e, "byte 10: 'shape' is not one to eight dimensions");
  a->by_columns = order && strncmp(order, "True", 4) == 0;
  a->at = (const unsigned char *)f->at + before + n;
  a->shape_byte = before;
  a->first_byte = before + n;
  return lur_array_measure(a, f->n - before - n, e);
}

/* ---- .npz ---- */
struct entry {
  char name[80]; /* without .npy */
  int method;
  uint32_t crc;               /* of its bytes */
  size_t packed, n_bytes, at; /* bytes there, bytes of it, and where its own head is */
};

/* The entries follow each other from *at on. False: there is no other. */
static bool next_entry(const struct lur_bytes *f, size_t *at, struct entry *out) {
  enum { BYTES = 46 };
  const char *p = f->at + *at;
  if (*at > f->n || f->n - *at < BYTES || memcmp(p, "PK\1\2", 4) != 0)
    return false;
  const size_t n_name = (size_t)little_endian(p + 28, 2);
  const size_t n_more = (size_t)(little_endian(p + 30, 2) + little_endian(p + 32, 2));
  if (n_name > f->n - *at - BYTES)
    return false;
  *out = (struct entry){.method = (int)little_endian(p + 10, 2),
                        .crc = (uint32_t)little_endian(p + 16, 4),
                        .packed = (size_t)little_endian(p + 20, 4),
                        .n_bytes = (size_t)little_endian(p + 24, 4),
                        .at = (size_t)little_endian(p + 42, 4)};
  size_t n = n_name > 4 && memcmp(p + BYTES + n_name - 4, ".npy", 4) == 0 ? n_name - 4 : n_name;
  n = n < sizeof out->name ? n : sizeof out->name - 1;
  memcpy(out->name, p + BYTES, n);
  *at += BYTES + n_name + n_more;
  return true;
}

/* Where the first entry of the central directory stands; 0: there is none. */
static size_t directory(const struct lur_bytes *f) {
  enum { BYTES = 22, LONGEST_COMMENT = 65535 };
  for (size_t back = BYTES; back <= f->n && back <= BYTES + LONGEST_COMMENT; back++)
    if (memcmp(f->at + f->n - back, "PK\5\6", 4) == 0)
      return (size_t)little_endian(f->at + f->n - back + 16, 4);
  return 0;
}

static bool inflate_entry(const struct entry *of, const char *from, char *to) {
  z_stream z = {.next_in = (Bytef *)(uintptr_t)from, .avail_in = (uInt)of->packed};
  z.next_out = (Bytef *)to;
  z.avail_out = (uInt)of->n_bytes;
  if (inflateInit2(&z, -MAX_WBITS) != Z_OK)
    return false;
  const int status = inflate(&z, Z_FINISH);
  inflateEnd(&z);
  return status == Z_STREAM_END && z.avail_out == 0;
}

static int fail_entry(const struct lur_bytes *f, const struct entry *of, const char *what, struct lur_error *e) {
  char name[sizeof of->name];
  return lur_fail(e, LUR_EINPUT, NULL, "%s: byte %zu: the entry %.40s %s", lur_file_label(f->name), of->at,
                  lur_utf8_line(of->name, name, sizeof name), what);
}

/* The entry's bytes, owned by out->at, and a '\0'. */
static int unpack(const struct lur_bytes *f, const struct entry *of, struct lur_bytes *out, struct lur_error *e) {
  enum { BYTES = 30, MOST_TIMES = 1032 }; /* deflate does not pack more than so many times */
  const char *p = f->at + of->at;
  const size_t rest = of->at < f->n ? f->n - of->at : 0;
  if (rest < BYTES || memcmp(p, zip_magic, 4) != 0)
    return fail_entry(f, of, "is not where the directory says", e);
  const size_t before = BYTES + (size_t)(little_endian(p + 26, 2) + little_endian(p + 28, 2));
  if (before > rest || of->packed > rest - before || of->n_bytes / MOST_TIMES > of->packed ||
      (of->method == 0 && of->packed != of->n_bytes))
    return fail_entry(f, of, "is longer than the file", e);
  if (of->method != 0 && of->method != Z_DEFLATED)
    return fail_entry(f, of, "is compressed in another way than deflate", e);
  *out = (struct lur_bytes){.name = f->name, .at = lur_alloc(of->n_bytes + 1, 1), .n = of->n_bytes};
  if (!out->at)
    return lur_fail_memory(e);
  if (of->method == 0)
    memcpy(out->at, p + before, of->n_bytes);
  else if (!inflate_entry(of, p + before, out->at))
    return fail_entry(f, of, "is damaged: it cannot be inflated", e);
  if (crc32(0, (const Bytef *)out->at, (uInt)of->n_bytes) != of->crc)
    return fail_entry(f, of, "is damaged: its check sum does not hold", e);
  return LUR_OK;
}

static bool find_entry(const struct lur_bytes *f, const char *name, struct entry *out) {
  for (size_t at = directory(f); at && next_entry(f, &at, out);)
    if (strcmp(out->name, name) == 0)
      return true;
  return false;
}

static int fail_keys(const struct lur_bytes *f, const char *wanted, struct lur_error *e) {
  char list[200] = "", line[80];
  struct entry one;
  for (size_t at = directory(f); at && next_entry(f, &at, &one) && strlen(list) + sizeof one.name + 2 < sizeof list;) {
    strcat(list, " ");
    strcat(list, lur_utf8_line(one.name, line, sizeof line));
  }
  const size_t at = directory(f);
  if (!at)
    return lur_fail(e, LUR_EINPUT, NULL, "%s: byte %zu: the archive's directory is missing at its end",
                    lur_file_label(f->name), f->n);
  return lur_fail(e, LUR_EINPUT, NULL, "%s: byte %zu: no array %s; there are%s", lur_file_label(f->name), at, wanted,
                  *list ? list : " none");
}

static int read_pair(const struct lur_bytes *f, const struct entry of[2], const struct lur_array_rule *rule,
                     struct lur_dataset **set, struct lur_error *e) {
  struct lur_bytes bytes[2] = {{0}};
  struct lur_array array[2];
  int code = LUR_OK;
  for (int k = 0; k < 2 && !code; k++) {
    code = unpack(f, &of[k], &bytes[k], e);
    code = code ? code : read_npy(&bytes[k], &array[k], e);
  }
  if (!code)
    code = lur_array_dataset(&array[0], &array[1], rule, set, e);
  for (int k = 0; k < 2; k++)
    free(bytes[k].at);
  return code;
}

/* By the names that options say. */
static int read_named(struct lur_format_input *in, const struct lur_array_rule *rule, struct lur_dataset **set,
                      struct lur_error *e) {
  const struct lur_bytes *f = &in->file[0];
  const struct lur_format_value *v = in->value;
  struct entry of[2];
  for (int k = 0; k < 2; k++)
    if (!v[k].is_given || !find_entry(f, v[k].texts[0], &of[k]))
      return fail_keys(f, v[k].is_given ? v[k].texts[0] : "of targets and of inputs: both are named, or neither", e);
  return read_pair(f, of, rule, set, e);
}

/* By the names that are usual: each row is those of a pair, and the set that it is. Of a set that is not read, half a
 * pair may not be there. */
static int read_usual(const struct lur_bytes *f, const struct lur_array_rule *rule, struct lur_dataset **set,
                      struct lur_error *e) {
  static const struct {
    const char *name[2];
    int set;
  } usual[] = {{{"x", "y"}, 0},
               {{"X", "y"}, 0},
               {{"inputs", "targets"}, 0},
               {{"data", "target"}, 0},
               {{"data", "labels"}, 0},
               {{"x_train", "y_train"}, 0},
               {{"x_test", "y_test"}, 1},
               {{"x_val", "y_val"}, 2},
               {{"X_train", "y_train"}, 0},
               {{"X_test", "y_test"}, 1},
               {{"X_val", "y_val"}, 2},
               {{"train_images", "train_labels"}, 0},
               {{"test_images", "test_labels"}, 1},
               {{"val_images", "val_labels"}, 2}};
  enum { N = sizeof usual / sizeof *usual };
  struct entry of[2];
  int code = LUR_OK;
  for (size_t k = 0; k < N && !code; k++)
    if (!set[usual[k].set] && find_entry(f, usual[k].name[0], &of[0]) && find_entry(f, usual[k].name[1], &of[1]))
      code = read_pair(f, of, rule, &set[usual[k].set], e);
  if (!code && !set[0])
    return fail_keys(f, "x and y, or inputs and targets", e);
  for (size_t k = 0; k < 2 * N && !code; k++)
    if (!set[usual[k / 2].set] && find_entry(f, usual[k / 2].name[k % 2], of))
      code = lur_fail(e, LUR_EINPUT, NULL, "%s: there is an array %s, but none that goes with it, such as %s",
                      lur_file_label(f->name), usual[k / 2].name[k % 2], usual[k / 2].name[1 - k % 2]);
  return code;
}

static int read_npz(struct lur_format_input *in, const struct lur_array_rule *rule, struct lur_dataset **set,
                    struct lur_error *e) {
  const struct lur_bytes *f = &in->file[0];
  const bool named = in->value[INPUTS].is_given || in->value[TARGETS].is_given;
  return named ? read_named(in, rule, set, e) : read_usual(f, rule, set, e);
}

static bool is_numpy(const struct lur_bytes *f) {
  return f->n > 6 && (memcmp(f->at, npy_magic, 6) == 0 || (memcmp(f->at, zip_magic, 4) == 0 && directory(f)));
}

static int read_numpy(struct lur_format_input *in, struct lur_dataset **set, struct lur_error *e) {
  const struct lur_array_rule rule = {.classes = &in->value[CLASSES]};
  struct lur_array array[2];
  const bool zip = in->file[0].n > 4 && memcmp(in->file[0].at, zip_magic, 4) == 0;
  if (zip && in->n_files == 1)
    return read_npz(in, &rule, set, e);
  if (in->n_files == 1)
    return fail(in->file[0].name, e, "one array; its targets are a second file, or both are in an .npz");
  for (int k = 0; k < 2; k++)
    if (read_npy(&in->file[k], &array[k], e) != LUR_OK)
      return LUR_EINPUT;
  return lur_array_dataset(&array[0], &array[1], &rule, set, e);
}

const struct lur_data_format lur_format_npy = {
    .name = "npy",
    .takes =
        "(inputs, targets[, { classes = truth }]) or (archive[, { inputs = key, targets = key, classes = truth }])",
    .meaning =
        "A data set from two arrays of numpy (.npy), or from an archive of them (.npz), with the keys x and y,\n"
        "inputs and targets, data and target, or those given. x_train y_train, x_test y_test and x_val y_val are\n"
        "three data sets: train, test, validation. One column of whole numbers is classes unless classes is false.",
    .n_least = 1,
    .n_most = 2,
    .option = {{"inputs", LUR_OPTION_TEXT}, {"targets", LUR_OPTION_TEXT}, {"classes", LUR_OPTION_TRUTH}},
    .is = is_numpy,
    .read = read_numpy,
};
