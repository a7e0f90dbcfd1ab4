/* SPDX-License-Identifier: MIT
 * UTF-8 (RFC 3629). Reentrant. */
#ifndef LUR_BASE_UTF8_H
#define LUR_BASE_UTF8_H

#include <stddef.h>

/* Bytes of the character that begins here, 1 to 4, the '\0' that ends a text among them; 0 where it is none. */
size_t lur_utf8_bytes(const char *text);

/* Makes the text one that a terminal may show, in place: what it would act on, but line ends and tabs, and what is no
 * UTF-8 become '?'. */
void lur_utf8_tame(char *text);

/* Copies the start of a text, as one tame line of whole characters, with "..." where it is cut. Returns out. */
const char *lur_utf8_line(const char *text, char *out, size_t room);

/* A file's name as messages show it: tame, and one line whatever it holds. Returns out. */
enum { LUR_SHOWN_BYTES = 4200 };
const char *lur_utf8_name(const char *name, char out[LUR_SHOWN_BYTES]);
/* The same in place. */
void lur_utf8_tame_line(char *text);

#endif
