/* SPDX-License-Identifier: MIT
 * Numbers as text, and back: the one place that reads and writes them, in the notation of the "C" locale whatever the
 * program's locale is. A script may set that (os.setlocale), so each thread of luron begins with lur_locale_plain():
 * then printf and all else that a locale changes are plain in it, too. Reentrant. */
#ifndef LUR_BASE_DIGITS_H
#define LUR_BASE_DIGITS_H

#include <stdbool.h>
#include <stdint.h>

/* The calling thread's locale is "C" from here on; what setlocale() does is not seen in it. */
void lur_locale_plain(void);
/* The same, but letters are UTF-8's, for what edits lines. Once, on the main thread. */
void lur_locale_letters(void);

/* As strtod(), but in any locale. */
double lur_digits_parse(const char *text, char **end);
/* The shortest decimal digits that read back as x: "0.1". NaN and infinities as "nan", "inf", "-inf". */
void lur_digits_write(double x, char out[32]);
/* Reads all of text as a finite number in decimal notation; false where it is none. */
bool lur_digits_read(const char *text, double *x);
/* Reads all of text as a decimal (or, where hexadecimal is true, also a hexadecimal) number, correctly rounded.
 * Blanks around it are passed over. False where it is none. It may come out infinite: 1e999. */
bool lur_number_read(const char *text, bool hexadecimal, double *out);
enum { LUR_HEX_BYTES = 32 };
/* Exactly, as printf's %a; NaN is "nan". Returns out. */
const char *lur_number_write_hex(double x, char out[LUR_HEX_BYTES]);
/* Reads all of text as a whole number of 64 bits, written without point and exponent. */
bool lur_whole_read(const char *text, int64_t *n);
/* Whether text is a whole number that 64 bits do not hold. */
bool lur_whole_is_large(const char *text);

#endif
