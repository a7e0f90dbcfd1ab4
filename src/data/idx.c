/* SPDX-License-Identifier: MIT
 * Heads are checked before anything is made; gzip is inflated by zlib. */
#include "data/idx.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/grow.h"
#include "data/csv.h"
#include "data/file.h"

enum { HEAD_BYTES = 4, MAX_DIMENSIONS = 8, CHUNK_BYTES = 1 << 20 };
static const size_t LARGEST_BYTES = (size_t)1 << 31;

/* The types of values, as files name them. */
enum type { U8 = 0x08, I8 = 0x09, I16 = 0x0b, I32 = 0x0c, F32 = 0x0d, F64 = 0x0e };
static const uint8_t bytes_of[] = {[U8] = 1, [I8] = 1, [I16] = 2, [I32] = 4, [F32] = 4, [F64] = 8};

struct idx {
  struct lur_bytes file;
  enum type type;
  int value_bytes;
  size_t n, width;         /* rows, values a row */
  const unsigned char *at; /* the first value */
};

static int fail(const struct idx *x, struct lur_error *e, const char *what) {
  return lur_fail(e, LUR_EINPUT, NULL, "%s: %s", lur_file_label(x->file.name), what);
}

static uint32_t big_endian(const unsigned char *at) {
  return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static int read_head(struct idx *x, struct lur_error *e) {
  const unsigned char *at = x->file.at;
  if (x->file.n < HEAD_BYTES || at[0] || at[1] || at[2] >= sizeof bytes_of || !bytes_of[at[2]])
    return fail(x, e, "not an IDX file");
  int n_dimensions = at[3];
  if (n_dimensions < 1 || n_dimensions > MAX_DIMENSIONS || x->file.n < HEAD_BYTES + 4 * (size_t)n_dimensions)
    return fail(x, e, "not an IDX file: its dimensions are missing");
  x->type = (enum type)at[2];
  x->value_bytes = bytes_of[at[2]];
  x->n = big_endian(at + HEAD_BYTES);
  x->width = 1;
  for (int k = 1; k < n_dimensions; k++) {
    uint32_t d = big_endian(at + HEAD_BYTES + 4 * k);
    if (d < 1 || d > LUR_MAX_WIDTH || (x->width *= d) > LUR_MAX_WIDTH)
      return fail(x, e, "a row has more than 65536 values, or none");
  }
  x->at = at + HEAD_BYTES + 4 * (size_t)n_dimensions;
  size_t rest = x->file.n - (size_t)(x->at - at);
  if (x->n == 0 || rest != x->n * x->width * (size_t)x->value_bytes)
    return fail(x, e, "its length is not what its dimensions say");
  return LUR_OK;
}

static double value(const struct idx *x, size_t i) {
  const unsigned char *at = x->at + i * (size_t)x->value_bytes;
  uint64_t bits = 0;
  for (int k = 0; k < x->value_bytes; k++)
    bits = bits << 8 | at[k];
  switch (x->type) {
  case U8: return at[0];
  case I8: return (int8_t)bits;
  case I16: return (int16_t)bits;
  case I32: return (int32_t)bits;
  case F32: {
    float single;
    uint32_t word = (uint32_t)bits;
    memcpy(&single, &word, sizeof single);
    return (double)single;
  }
  case F64: break;
  }
  double x64;
  memcpy(&x64, &bits, sizeof x64);
  return x64;
}

/* The largest label, -1 where one is no whole number from 0 to 1023. */
static int largest_label(const struct idx *labels) {
  double largest = 0;
  for (size_t i = 0; i < labels->n; i++) {
    double v = value(labels, i);
    if (!(v >= 0 && v < LUR_MAX_CLASSES && v == floor(v)))
      return -1;
    largest = v > largest ? v : largest;
  }
  return (int)largest;
}

static int fill(const struct idx *images, const struct idx *labels, struct lur_dataset *d, struct lur_error *e) {
  const size_t n = images->n * images->width;
  if (d->narrow)
    memcpy(d->narrow, images->at, n);
  for (size_t i = 0; d->inputs && i < n; i++) {
    d->inputs[i] = value(images, i);
    if (!isfinite(d->inputs[i]))
      return fail(images, e, "holds a value that is not finite");
  }
  for (size_t i = 0; i < labels->n; i++)
    d->targets[i * (size_t)d->n_outputs + (size_t)value(labels, i)] = 1;
  char digits[LUR_MAX_CLASSES][12];
  const char *names[LUR_MAX_CLASSES];
  for (int k = 0; k < d->n_outputs; k++) {
    snprintf(digits[k], sizeof digits[k], "%d", k);
    names[k] = digits[k];
  }
  return lur_dataset_name_classes(d, names, e);
}

struct lur_dataset *lur_idx_read(struct lur_bytes image_bytes, struct lur_bytes label_bytes, struct lur_error *e) {
  struct idx images = {.file = image_bytes}, labels = {.file = label_bytes};
  if (read_head(&images, e) != LUR_OK || read_head(&labels, e) != LUR_OK)
    return NULL;
  int largest = labels.width == 1 ? largest_label(&labels) : -1;
  if (largest < 0) {
    fail(&labels, e, "labels are whole numbers from 0 to 1023, one per row");
    return NULL;
  }
  if (images.n != labels.n) {
    lur_fail(e, LUR_EINPUT, NULL, "%zu rows, but %s has %zu labels", images.n, lur_file_label(label_bytes.name),
             labels.n);
    return NULL;
  }
  bool bytes = images.type == U8 && lur_dataset_is_large(images.n, images.width);
  struct lur_dataset *d = lur_dataset_new_narrow(images.n, (int)images.width, largest + 1, bytes ? LUR_U8 : LUR_F64, e);
  if (d && fill(&images, &labels, d, e) == LUR_OK)
    return d;
  lur_dataset_free(d);
  return NULL;
}

/* ---- Files ---- */
/* All bytes, inflated where they are gzipped; NULL where there is no memory or reading failed. */
static unsigned char *inflate_all(gzFile f, const char *path, size_t *n, struct lur_error *e) {
  size_t room = 0;
  unsigned char *bytes = NULL;
  for (*n = 0; *n < LARGEST_BYTES;) {
    if (!lur_grow(&bytes, &room, *n + CHUNK_BYTES, 1)) {
      lur_fail_memory(e);
      goto fail;
    }
    int got = gzread(f, bytes + *n, CHUNK_BYTES);
    if (got < 0) {
      int code;
      const char *what = gzerror(f, &code);
      lur_fail(e, LUR_EIO, NULL, "%s: %s", lur_file_label(path), code == Z_ERRNO ? strerror(errno) : what);
      goto fail;
    }
    if (got == 0)
      return bytes;
    *n += (size_t)got;
  }
  lur_fail(e, LUR_EIO, NULL, "%s: larger than 2 GiB", lur_file_label(path));

fail:
  free(bytes);
  return NULL;
}

static bool load(const char *path, struct lur_bytes *out, struct lur_error *e) {
  gzFile f = gzopen(path, "rbe");
  *out = (struct lur_bytes){.name = path};
  if (!f) {
    lur_fail(e, LUR_EIO, NULL, "%s: %s", lur_file_label(path), errno ? strerror(errno) : "out of memory");
    return false;
  }
  out->at = inflate_all(f, path, &out->n, e);
  int status = gzclose(f);
  if (out->at && status != Z_OK)
    lur_fail(e, LUR_EIO, NULL, "%s: the compressed data ends too early", lur_file_label(path));
  return out->at && status == Z_OK;
}

struct lur_dataset *lur_idx_load(const char *const *path, struct lur_error *e) {
  struct lur_bytes a = {0}, b = {0};
  struct lur_dataset *d = load(path[0], &a, e) && load(path[1], &b, e) ? lur_idx_read(a, b, e) : NULL;
  free((void *)a.at);
  free((void *)b.at);
  return d;
}
