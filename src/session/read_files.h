/* SPDX-License-Identifier: MIT
 * The files that a script reads, noted with their SHA-256 as they are read. What a sweep's functions read defines its
 * results without being in its hash: so a results file keeps the notes, and a later session compares them. Only regular
 * files are noted, by the path that the script named, and not those that the script itself wrote. Main thread only. */
#ifndef LUR_SESSION_READ_FILES_H
#define LUR_SESSION_READ_FILES_H

#include <stdbool.h>
#include <stdint.h>

#include "store/store.h"

struct lur_files;
/* For the script at that path, which files are told from. NULL: no memory. */
struct lur_files *lur_files_new(const char *script);
void lur_files_free(struct lur_files *f); /* accepts NULL */

/* Notes a file that is about to be read. *made: the number of its note if it had none before, so that a file of Lua
 * code still gets its `code`; else 0. LUR_OK, also where none is wanted, or LUR_ENOMEM. */
int lur_files_note(struct lur_files *f, const char *path, uint64_t *made);
/* Reads a file as lur_file_read does, and notes it by the very bytes that were read. */
char *lur_files_read(struct lur_files *f, const char *path, size_t *n_bytes, struct lur_error *e);
/* Sets the digest of a file's code in the note of that number, which may be gone: the script has written the file. */
void lur_files_set_code(struct lur_files *f, uint64_t made, const char hex[65]);
/* Refuses to replace a file that the script has read, but for a network or a checkpoint, which may be written anew. */
int lur_files_check_output(const struct lur_files *f, const char *path, struct lur_error *e);
/* The file is the script's own. LUR_OK or LUR_ENOMEM. */
int lur_files_wrote(struct lur_files *f, const char *path);
/* It was opened to be read and written: it is the script's own if it was not noted, or once it has changed. */
int lur_files_updates(struct lur_files *f, const char *path);

/* The notes in the order in which they were made: all, or those that were not listed before; borrowed until the next
 * one, or until the script writes a file. */
const struct lur_read_file *lur_files_list(struct lur_files *f, bool all, int *n);
/* How many notes were ever made; the number of a file's, from 1, or 0 where it has none; and the note of that
 * number, or NULL where it is gone: borrowed as the list. */
uint64_t lur_files_made(const struct lur_files *f);
uint64_t lur_files_number(const struct lur_files *f, const char *path);
const struct lur_read_file *lur_files_numbered(const struct lur_files *f, uint64_t number);
/* The first file that changed since it was first read; or NULL. look: at the files as they are now. */
const char *lur_files_changed(const struct lur_files *f, bool look);
/* Whether a file that an earlier session noted is the same today, or the script's own; of Lua code, comments may
 * differ from what this session has read. False where a signal came before that was known. */
bool lur_files_is_same(const struct lur_files *f, const struct lur_read_file *noted);
/* The first file that the results file's runs were computed of and that is another today; "" where none is.
 * LUR_ECANCELLED where a signal came. left_bytes: how many may still be hashed, without files that this session has
 * read; LUR_EINPUT with the field "files" where it would be more; NULL: no bound. */
enum { LUR_CHANGED_BYTES = 256 };
int lur_sweep_find_changed(const struct lur_files *files, struct lur_table *t, uint64_t *left_bytes,
                           char changed[LUR_CHANGED_BYTES], struct lur_error *e);

#endif
