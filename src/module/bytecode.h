/* SPDX-License-Identifier: MIT
 * Compiled functions as what string.dump writes of them. */
#ifndef LUR_MODULE_BYTECODE_H
#define LUR_MODULE_BYTECODE_H

#include <stddef.h>

/* Takes the numbers of lines, which stay when a function is dumped without names, out of its n bytes. Returns how many
 * are left: n where they are not in the format of Lua 5.4. */
size_t lur_bytecode_drop_lines(unsigned char *bytes, size_t n);

/* Shows the numbers, texts and equalities in the code; nothing if the bytes are not in that format, or have names. */
struct lur_bytecode_visitor {
  void (*number)(void *context, double x);
  void (*text)(void *context, const char *bytes, size_t n);
  void (*equality)(void *context); /* == or ~= */
  void *context;
};
void lur_bytecode_visit(const unsigned char *bytes, size_t n, const struct lur_bytecode_visitor *visitor);

#endif
