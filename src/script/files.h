/* SPDX-License-Identifier: MIT
 * The files that a script reads, noted with their SHA-256 as they are read: by luron's readers, io.open, io.lines,
 * io.input, loadfile, dofile and require. What a sweep's functions read defines its results without being in its hash:
 * so a results file keeps the notes, and a later session compares them. Only regular files are noted, and not those
 * that the script itself wrote. Main thread only. */
#ifndef LUR_SCRIPT_FILES_H
#define LUR_SCRIPT_FILES_H

#include <limits.h>

#include "script/internal.h"
#include "sweep/sink.h"

/* Wraps the functions of Lua's libraries that read files. */
void lur_files_open(lua_State *L);
void lur_files_note(lua_State *L, const char *path);  /* it is about to be read; raises only where memory ends */
void lur_files_wrote(lua_State *L, const char *path); /* it is the script's own */
/* Raises where path, about to be written, is the script itself or a results file. */
void lur_files_check_output(lua_State *L, const char *path);
void lur_files_free(struct lur_files *f);             /* accepts NULL */

/* The notes in the order in which they were made: all, or those that were not listed before; borrowed until the next
 * one, or until the script writes a file. */
const struct lur_read_file *lur_files_list(struct lur_files *f, bool all, int *n);
/* The first file that changed since it was first read; or NULL. look: at the files as they are now. */
const char *lur_files_changed(const struct lur_files *f, bool look);
/* Whether a file that an earlier session noted is the same today, or the script's own; of Lua code, comments may
 * differ from what this session has read. */
bool lur_files_is_same(const struct lur_files *f, const struct lur_read_file *noted);

#endif
