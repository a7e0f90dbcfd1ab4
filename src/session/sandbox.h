/* SPDX-License-Identifier: MIT
 * The outer layer of --sandbox: the command goes on in a child process that can compute and print, and nothing else.
 * The parent answers its questions about files, stops it at its deadline, and gives the exit code (docs/design.md).
 * The inner layer, which Lua sees, is module/sandbox.c. One sandbox a process; the main thread enters it while there
 * is no other thread. */
#ifndef LUR_SESSION_SANDBOX_H
#define LUR_SESSION_SANDBOX_H

#include <stdbool.h>
#include <stdint.h>

enum { LUR_SANDBOX_FOLDERS = 16, LUR_SANDBOX_PATH_BYTES = 4096, LUR_SANDBOX_NAME_BYTES = 600 };

/* What may be read or written, behind all links as they were when the sandbox was entered; "": none. */
struct lur_sandbox_places {
  char script[LUR_SANDBOX_PATH_BYTES], results[LUR_SANDBOX_PATH_BYTES];
  char folder[LUR_SANDBOX_FOLDERS][LUR_SANDBOX_PATH_BYTES];
};

struct lur_sandbox {
  const char *what;                          /* the script or results file that messages name */
  const char *script;                        /* may be read; "-" is standard input; or NULL */
  char results[LUR_SANDBOX_NAME_BYTES];      /* the results file; or how the names of such files begin */
  bool is_beginning;                         /* it is that */
  bool only_reads;                           /* the results file is not written */
  int n_folders;                             /* that may be read, with all below them */
  const char *folder[LUR_SANDBOX_FOLDERS];
  const char *memory, *time;                 /* the limits as they were written */
  uint64_t memory_bytes, time_ns;
  int n_threads;                             /* 0: the cores it may use */
  struct lur_sandbox_places real;            /* set by lur_sandbox_enter */
};

/* True in the child, which goes on within its limits. False in the parent, when the child has ended: *code is the exit
 * code. */
bool lur_sandbox_enter(struct lur_sandbox *s, int *code);

/* What a path is wanted for: to know that it is there, to be read by the script, or by luron for it, to write (make,
 * rename, remove), as a folder to make. */
enum lur_sandbox_use { LUR_SANDBOX_LOOK, LUR_SANDBOX_SCRIPT, LUR_SANDBOX_READ, LUR_SANDBOX_WRITE, LUR_SANDBOX_FOLDER };
/* Whether the sandbox allows it. real: the path behind all links, whether it exists or not. */
bool lur_sandbox_may(const struct lur_sandbox *s, enum lur_sandbox_use use, const char *path,
                     char real[LUR_SANDBOX_PATH_BYTES]);

#endif
