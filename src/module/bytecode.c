/* SPDX-License-Identifier: MIT
 * A dumped function is read: numbers of lines are taken out, or numbers and texts in its code are looked at. The format
 * is that of ldump.c in Lua 5.4: a header; then a function is its source (absent in a dump without names), first and
 * last line, three bytes, instructions, constants, upvalues of three bytes, the functions within it, and four empty
 * tables of names. A count is written in base 128, its last byte with the top bit set. What is kept moves to the front;
 * the bytes are read to their end before any is moved. */
#include "module/bytecode.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { HEADER_BYTES = 32, INSTRUCTION_BYTES = 4, NUMBER_BYTES = 8, UPVALUE_BYTES = 3, MOST_WITHIN = 256 };

enum {
  TAG_NIL = 0x00,
  TAG_FALSE = 0x01,
  TAG_TRUE = 0x11,
  TAG_INTEGER = 0x03,
  TAG_FLOAT = 0x13,
  TAG_SHORT = 0x04,
  TAG_LONG = 0x14
};

struct code {
  const unsigned char *at, *end;
  unsigned char *out;                         /* NULL: only look whether all can be read */
  const struct lur_bytecode_visitor *visitor; /* or NULL */
};

static bool skip(struct code *c, uint64_t n) {
  if (n > (uint64_t)(c->end - c->at))
    return false;
  if (c->out) {
    memmove(c->out, c->at, n);
    c->out += n;
  }
  c->at += n;
  return true;
}

static bool read_count(struct code *c, bool keep, uint64_t *n) {
  const unsigned char *from = c->at;
  *n = 0;
  do {
    if (c->at == c->end || *n >> 56)
      return false;
    *n = *n << 7 | (*c->at & 0x7f);
  } while (!(*c->at++ & 0x80));
  uint64_t n_bytes = (uint64_t)(c->at - from);
  if (!keep)
    return true;
  c->at = from;
  return skip(c, n_bytes);
}

static bool skip_all(struct code *c, uint64_t item_bytes) {
  uint64_t n;
  return read_count(c, true, &n) && n <= (uint64_t)(c->end - c->at) && skip(c, n * item_bytes);
}

static bool skip_text(struct code *c) {
  uint64_t n;
  return read_count(c, true, &n) && skip(c, n ? n - 1 : 0);
}

/* ---- What a visitor is shown ---- */
/* Instructions that hold a small number (they load it, add it, or compare with it), and those that ask for equality. */
enum { LOADI = 1, LOADF = 2, ADDI = 21, EQ = 57, EQK = 60, EQI = 61, GEI = 65 };

static void show_instruction(const struct code *c, const unsigned char *at) {
  uint32_t word;
  memcpy(&word, at, sizeof word);
  const uint32_t id = word & 0x7f;
  if (id == EQ || id == EQK || id == EQI)
    c->visitor->equality(c->visitor->context);
  if (id == LOADI || id == LOADF)
    c->visitor->number(c->visitor->context, (double)(word >> 15) - 65535);
  else if (id == ADDI)
    c->visitor->number(c->visitor->context, (double)(word >> 24) - 127);
  else if (id >= EQI && id <= GEI)
    c->visitor->number(c->visitor->context, (double)(word >> 16 & 0xff) - 127);
}

static bool skip_instructions(struct code *c) {
  uint64_t n;
  const bool good = read_count(c, true, &n) && n <= (uint64_t)(c->end - c->at) / INSTRUCTION_BYTES;
  for (uint64_t i = 0; good && c->visitor && i < n; i++)
    show_instruction(c, c->at + i * INSTRUCTION_BYTES);
  return good && skip(c, n * INSTRUCTION_BYTES);
}

/* A constant's eight bytes. */
static void show_number(const struct code *c, int tag, const unsigned char *at) {
  int64_t whole;
  double x;
  memcpy(&whole, at, sizeof whole);
  memcpy(&x, at, sizeof x);
  c->visitor->number(c->visitor->context, tag == TAG_INTEGER ? (double)whole : x);
}

/* A constant text, from its count to where the code is now. */
static void show_text(const struct code *c, const unsigned char *from) {
  while (!(*from++ & 0x80)) {
  }
  c->visitor->text(c->visitor->context, (const char *)from, (size_t)(c->at - from));
}

static bool skip_constants(struct code *c) {
  uint64_t n;
  bool good = read_count(c, true, &n);
  for (uint64_t i = 0; good && i < n; i++) {
    int tag = c->at < c->end ? *c->at : -1;
    if (tag == TAG_SHORT || tag == TAG_LONG) {
      const unsigned char *from = c->at + 1;
      good = skip(c, 1) && skip_text(c);
      if (good && c->visitor)
        show_text(c, from);
    } else if (tag == TAG_INTEGER || tag == TAG_FLOAT) {
      const unsigned char *from = c->at + 1;
      good = skip(c, 1 + NUMBER_BYTES);
      if (good && c->visitor)
        show_number(c, tag, from);
    } else
      good = (tag == TAG_NIL || tag == TAG_FALSE || tag == TAG_TRUE) && skip(c, 1);
  }
  return good;
}

static bool skip_function(struct code *c, int within) {
  uint64_t line, n;
  bool good = within < MOST_WITHIN && skip_text(c) && read_count(c, false, &line) && read_count(c, false, &line) &&
              skip(c, 3) && skip_instructions(c) && skip_constants(c) && skip_all(c, UPVALUE_BYTES) &&
              read_count(c, true, &n);
  for (uint64_t i = 0; good && i < n; i++)
    good = skip_function(c, within + 1);
  for (int i = 0; good && i < 4; i++)
    good = read_count(c, true, &n) && n == 0;
  return good;
}

/* Lua 5.4, instructions of 4 bytes, integers and numbers of 8; then how many upvalues there are. */
static bool skip_whole(struct code *c) {
  return c->end - c->at > HEADER_BYTES && memcmp(c->at, "\x1bLua\x54", 5) == 0 &&
         memcmp(c->at + 12, "\4\10\10", 3) == 0 && skip(c, HEADER_BYTES) && skip_function(c, 0) && c->at == c->end;
}

size_t lur_bytecode_drop_lines(unsigned char *bytes, size_t n) {
  struct code look = {.at = bytes, .end = bytes + n}, move = {.at = bytes, .end = bytes + n, .out = bytes};
  return skip_whole(&look) && skip_whole(&move) ? (size_t)(move.out - bytes) : n;
}

void lur_bytecode_visit(const unsigned char *bytes, size_t n, const struct lur_bytecode_visitor *visitor) {
  struct code look = {.at = bytes, .end = bytes + n}, show = {.at = bytes, .end = bytes + n, .visitor = visitor};
  if (skip_whole(&look))
    skip_whole(&show);
}
