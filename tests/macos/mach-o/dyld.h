/* SPDX-License-Identifier: MIT
 * What src/base/system.c uses of it, as macOS declares it. */
#include <stdint.h>

int _NSGetExecutablePath(char *path, uint32_t *n_bytes);
