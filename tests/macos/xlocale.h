/* SPDX-License-Identifier: MIT
 * There it has the functions of a locale; here locale.h has them. */
#include <locale.h>
