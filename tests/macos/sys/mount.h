/* SPDX-License-Identifier: MIT
 * What src/base/system.c uses of it, as macOS declares it. */
#include <stdint.h>

enum { MNT_LOCAL = 0x1000 };
struct statfs {
  uint32_t f_flags;
};
int statfs(const char *path, struct statfs *fs);
