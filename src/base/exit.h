/* SPDX-License-Identifier: MIT
 * How the program ends: its exit codes, and the message of a command line that is wrong. */
#ifndef LUR_BASE_EXIT_H
#define LUR_BASE_EXIT_H

#include <stdarg.h>

enum {
  LUR_EXIT_OK = 0,
  LUR_EXIT_FAILED = 1,  /* a script or the world outside failed */
  LUR_EXIT_USAGE = 2,   /* the command line is wrong */
  LUR_EXIT_DIFFERS = 3, /* a comparison or --expect does not hold */
  LUR_EXIT_STOPPED = 4, /* the sandbox stopped the script, or refused it something */
  LUR_EXIT_SIGNAL = 128 /* and the signal's number */
};

/* Writes "command line: NAME: text" (name may be NULL), which is cut off where the room ends, and
 * tame (base/utf8.h). */
enum { LUR_USAGE_BYTES = 4096 };
void lur_usage_text(char out[LUR_USAGE_BYTES], const char *name, const char *format, va_list args);

#endif
