/* SPDX-License-Identifier: MIT
 * How every room below the Lua side reports a failure: a status and a filled struct.
 * Nothing here prints, exits or knows Lua. Reentrant. */
#ifndef LUR_BASE_ERROR_H
#define LUR_BASE_ERROR_H

enum lur_status_code {
  LUR_OK = 0,
  LUR_EINPUT,     /* a value that a user gave: field and text say which and why */
  LUR_ENOMEM,     /* an allocation failed */
  LUR_EIO,        /* a file or the system failed */
  LUR_ECANCELLED, /* the caller's cancel flag was set */
  LUR_ECALLBACK   /* a callback of the caller failed; the caller knows why */
};

struct lur_error {
  int code;       /* enum lur_status_code */
  char field[64]; /* the field at fault, or "" */
  char text[384]; /* one line, without the field's name */
};

/* Fills e (which may be NULL) and returns code. field may be NULL. Text too long loses its middle; what a terminal
 * would act on is shown as '?' (base/utf8.h), so that texts from files may stand in it. */
int lur_fail(struct lur_error *e, int code, const char *field, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* The same for a failed allocation: "out of memory". */
int lur_fail_memory(struct lur_error *e);

#endif
