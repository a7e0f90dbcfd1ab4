/* SPDX-License-Identifier: MIT
 * What a file is, told by its first bytes. */
#include "data/foreign.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "data/file.h"

struct kind {
  const char *begin; /* the file's first bytes */
  size_t n;
  const char *text;
};

static const struct kind kinds[] = {
    {"\x1f\x8b", 2, "is compressed by gzip twice; write it out first, as gunzip -k does"},
    {"PK\x03\x04", 4, "is a zip archive, or a spreadsheet; unzip it, or save it as CSV"},
    {"BZh", 3, "is compressed by bzip2; write it out first, as bunzip2 -k does"},
    {"\xfd"
     "7zXZ",
     5, "is compressed by xz; write it out first, as unxz -k does"},
    {"\x28\xb5\x2f\xfd", 4, "is compressed by zstd; write it out first, as unzstd does"},
    {"\xd0\xcf\x11\xe0", 4, "is a spreadsheet; save it as CSV"},
    {"SQLite format 3", 16, "is a database of SQLite; luron export writes the rows of a results file as CSV"},
    {"PAR1", 4, "is a Parquet file; save it as CSV"},
    {"\xff\xfe\0\0", 4, "is UTF-32; iconv -f UTF-32 -t UTF-8 makes text of it that can be read"},
    {"\xff\xfe", 2, "is UTF-16; iconv -f UTF-16 -t UTF-8 makes text of it that can be read"},
    {"\xfe\xff", 2, "is UTF-16; iconv -f UTF-16 -t UTF-8 makes text of it that can be read"},
    {"<!doctype html", 14, "is a page of the web (HTML); download the data themselves"},
    {"<html", 5, "is a page of the web (HTML); download the data themselves"},
    {"version https://git-lfs", 23, "is a pointer of Git LFS; git lfs pull fetches the data"},
};

/* Files of luron, each foreign to all but its own reader. */
static const struct {
  const char *what; /* as that reader calls it */
  struct kind kind;
} ours[] = {
    {"a checkpoint",
     {"luron-checkpoint ", 17, "is a checkpoint of a training, which resume takes; network:save writes a network"}},
    {"a saved network", {"luron-network ", 14, "is a saved network; luron.load reads it"}},
};

/* Whether a text may begin so too, as the header "PAR1,PAR2,y" does. */
static bool is_word(const struct kind *k) {
  for (size_t i = 0; i < k->n; i++)
    if (k->begin[i] == '\0' || !strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", k->begin[i]))
      return false;
  return true;
}

/* Whether there is what no text has: a control character that moves nothing, or what is no UTF-8. */
static bool has_more_than_text(const char *p, const char *end) {
  while (p < end) {
    size_t length = (unsigned char)*p < 0x80 || end - p < 4 ? 1 : lur_utf8_bytes(p);
    if (length == 0 || ((unsigned char)*p < ' ' && (*p < '\t' || *p > '\r')))
      return true;
    p += length;
  }
  return false;
}

static bool begins_with(const char *bytes, size_t n, const struct kind *k) {
  if (n < k->n)
    return false;
  if (is_word(k))
    return memcmp(bytes, k->begin, k->n) == 0 && has_more_than_text(bytes, bytes + n);
  return k->begin[0] == '<' ? strncasecmp(bytes, k->begin, k->n) == 0 : memcmp(bytes, k->begin, k->n) == 0;
}

bool lur_foreign_is_ours(const char *bytes, size_t n) {
  bool is = false;
  for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
    is = is || begins_with(bytes, n, &ours[i].kind);
  return is;
}

/* Whether eight bytes are all ASCII but '\0': a byte that is 0, less 1, has its highest bit set. */
static uint64_t unlike_ascii(const char *p) {
  uint64_t eight;
  memcpy(&eight, p, sizeof eight);
  return (eight | (eight - 0x0101010101010101u)) & 0x8080808080808080u;
}

/* Behind the ASCII but '\0' that p begins with, 32 bytes at a time. */
static const char *skip_ascii(const char *p, const char *end) {
  while (end - p >= 32 && (unlike_ascii(p) | unlike_ascii(p + 8) | unlike_ascii(p + 16) | unlike_ascii(p + 24)) == 0)
    p += 32;
  while (p < end && (unsigned char)(*p - 1) < 0x7f)
    p++;
  return p;
}

static long line_of(const char *bytes, const char *at) {
  long line = 1;
  for (const char *p = bytes; (p = memchr(p, '\n', (size_t)(at - p))); p++)
    line++;
  return line;
}

static int fail_zero(const char *name, const char *what, const char *bytes, const char *zero, struct lur_error *e) {
  return lur_fail(e, LUR_EINPUT, NULL,
                  "%s:%ld: a zero byte; %s is text in ASCII or UTF-8 (iconv -f UTF-16 -t UTF-8 makes it of UTF-16)",
                  lur_file_label(name), line_of(bytes, zero), what);
}

static int check_utf8(const char *name, const char *what, const char *bytes, size_t n, struct lur_error *e) {
  const char *end = bytes + n;
  for (const char *p = skip_ascii(bytes, end); p < end; p = skip_ascii(p, end)) {
    const size_t length = lur_utf8_bytes(p);
    if (*p == '\0')
      return fail_zero(name, what, bytes, p, e);
    if (length == 0)
      return lur_fail(e, LUR_EINPUT, NULL,
                      "%s:%ld: the byte 0x%02x is no UTF-8; if the file is Latin-1, iconv -f CP1252 -t UTF-8 makes "
                      "text of it that can be read",
                      lur_file_label(name), line_of(bytes, p), (unsigned char)*p);
    p += length;
  }
  return LUR_OK;
}

int lur_foreign_check(const char *name, const char *what, const char *bytes, size_t n, bool utf8, struct lur_error *e) {
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (begins_with(bytes, n, &kinds[i]))
      return lur_fail(e, LUR_EINPUT, NULL, "%s %s", lur_file_label(name), kinds[i].text);
  for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
    if (strcmp(ours[i].what, what) != 0 && begins_with(bytes, n, &ours[i].kind))
      return lur_fail(e, LUR_EINPUT, NULL, "%s %s", lur_file_label(name), ours[i].kind.text);
  if (utf8)
    return check_utf8(name, what, bytes, n, e);
  const char *zero = memchr(bytes, '\0', n);
  return zero ? fail_zero(name, what, bytes, zero, e) : LUR_OK;
}
