/* SPDX-License-Identifier: MIT
 * The text of starter.lua, which meson puts into the program. */
#ifndef LUR_CLI_STARTER_H
#define LUR_CLI_STARTER_H

extern const char lur_starter[];

#endif
