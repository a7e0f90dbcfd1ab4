/* SPDX-License-Identifier: MIT
 * APNG 1.0 (now part of PNG, third edition): before the first picture's data a chunk acTL says how many frames there
 * are; before each frame's data fcTL says where it stands and for how long; the data of all but the first are chunks
 * fdAT, which begin with a number. fcTL and fdAT are numbered together. */
#include "view/apng.h"

#include <string.h>

#include "base/narrow.h"

enum { SIGNATURE = 8, HEAD = 8, CRC = 4, CONTROL_BYTES = 26, DELAY = 20 };

static void store32(char *to, uint32_t x) {
  for (int i = 0; i < 4; i++)
    to[i] = (char)(x >> (24 - 8 * i));
}

/* CRC-32 as PNG's, half a byte at a time. */
static uint32_t sum(const char *from, size_t n) {
  static const uint32_t part[16] = {0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190, 0x6b6b51f4,
                                    0x4db26158, 0x5005713c, 0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c,
                                    0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c};
  uint32_t crc = 0xffffffff;
  for (size_t i = 0; i < n; i++) {
    crc ^= (unsigned char)from[i];
    crc = crc >> 4 ^ part[crc & 15];
    crc = crc >> 4 ^ part[crc & 15];
  }
  return ~crc;
}

/* Of the chunk whose data begin at `at`: its sum, of kind and data, behind them. */
static void close_chunk(struct lur_buffer *b, size_t at, size_t n) {
  char crc[CRC];
  if (b->failed)
    return;
  store32(crc, sum(b->data + at - 4, n + 4));
  lur_buffer_add(b, crc, CRC);
}

/* Begins a chunk; returns where its data begin. */
static size_t open_chunk(struct lur_buffer *b, const char *kind, size_t n) {
  char head[HEAD];
  store32(head, (uint32_t)n);
  memcpy(head + 4, kind, 4);
  lur_buffer_add(b, head, HEAD);
  return b->length_bytes;
}

static void add_chunk(struct lur_buffer *b, const char *kind, const char *data, size_t n) {
  size_t at = open_chunk(b, kind, n);
  lur_buffer_add(b, data, n);
  close_chunk(b, at, n);
}

static void add_control(struct lur_apng *a) {
  char data[CONTROL_BYTES] = {0}; /* offset 0, no disposal, no blending */
  store32(data, a->n_numbered++);
  store32(data + 4, a->width);
  store32(data + 8, a->height);
  data[DELAY] = LUR_FRAME_MS >> 8;
  data[DELAY + 1] = LUR_FRAME_MS & 255;
  data[DELAY + 2] = 1000 >> 8;
  data[DELAY + 3] = (char)(1000 & 255);
  add_chunk(&a->bytes, "fcTL", data, sizeof data);
  a->delay_at = a->bytes.length_bytes - CRC - CONTROL_BYTES;
}

int lur_apng_add(struct lur_apng *a, const struct lur_buffer *png, struct lur_error *e) {
  bool first = a->n_frames == 0, in_data = false;
  if (first) {
    static const char counts[8];
    lur_buffer_add(&a->bytes, png->data, SIGNATURE);
    const char *size = png->data + SIGNATURE + HEAD;
    a->width = lur_big_endian(size);
    a->height = lur_big_endian(size + 4);
    add_chunk(&a->bytes, "IHDR", size, lur_big_endian(png->data + SIGNATURE));
    add_chunk(&a->bytes, "acTL", counts, sizeof counts);
    a->counts_at = a->bytes.length_bytes - CRC - sizeof counts;
  }
  for (size_t at = SIGNATURE, n; at + HEAD + CRC <= png->length_bytes; at += HEAD + n + CRC) {
    const char *kind = png->data + at + 4, *data = png->data + at + HEAD;
    n = lur_big_endian(png->data + at);
    bool is_data = memcmp(kind, "IDAT", 4) == 0;
    if (is_data && !in_data)
      add_control(a);
    in_data |= is_data;
    if (is_data && !first) {
      char number[4];
      size_t from = open_chunk(&a->bytes, "fdAT", n + 4);
      store32(number, a->n_numbered++);
      lur_buffer_add(&a->bytes, number, sizeof number);
      lur_buffer_add(&a->bytes, data, n);
      close_chunk(&a->bytes, from, n + 4);
    } else if (is_data || (first && memcmp(kind, "IHDR", 4) != 0 && memcmp(kind, "IEND", 4) != 0))
      add_chunk(&a->bytes, is_data ? "IDAT" : kind, data, n);
  }
  a->n_frames++;
  return a->bytes.failed ? lur_fail_memory(e) : LUR_OK;
}

static void fill_in(struct lur_apng *a, size_t data_at, size_t n) {
  char *data = a->bytes.data + data_at;
  store32(data + n, sum(data - 4, n + 4));
}

int lur_apng_finish(struct lur_apng *a, struct lur_error *e) {
  add_chunk(&a->bytes, "IEND", "", 0);
  if (a->bytes.failed)
    return lur_fail_memory(e);
  store32(a->bytes.data + a->counts_at, a->n_frames); /* and again and again: 0 */
  fill_in(a, a->counts_at, 8);
  a->bytes.data[a->delay_at + DELAY] = (char)(LUR_LAST_FRAME_MS >> 8);
  a->bytes.data[a->delay_at + DELAY + 1] = (char)(LUR_LAST_FRAME_MS & 255);
  fill_in(a, a->delay_at, CONTROL_BYTES);
  return LUR_OK;
}

void lur_apng_free(struct lur_apng *a) {
  if (!a)
    return;
  lur_buffer_free(&a->bytes);
  *a = (struct lur_apng){0};
}
