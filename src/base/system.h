/* SPDX-License-Identifier: MIT
 * What systems say in different ways, or not at all: this header and its file are the only ones that know on which
 * system they are (docs/design.md). Reentrant. */
#ifndef LUR_BASE_SYSTEM_H
#define LUR_BASE_SYSTEM_H

#include <locale.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <time.h>
#ifdef __APPLE__
#include <xlocale.h>
#endif

/* The processor's cores that this process may use; and the one that it is on now, -1 where that is not to be known. */
int lur_n_cores(void);
int lur_core_now(void);

/* The path of the running program; false where it is not to be known, or has no room in n bytes. */
bool lur_program_path(char *path, size_t n);

/* The "C" locale; it is never freed. */
locale_t lur_plain_locale(void);

/* qsort whose function is given the context too. */
typedef int lur_compare(const void *a, const void *b, void *context);
void lur_sort(void *values, size_t n, size_t size_bytes, lur_compare *compare, void *context);

/* A condition that is waited for until a time of lur_clock_ns; not the clock of the day, which may be set back.
 * 0: it was signalled, or the thread woke by chance. */
int lur_condition_init(pthread_cond_t *condition);
int lur_condition_wait(pthread_cond_t *condition, pthread_mutex_t *held, uint64_t until_ns);

/* ---- Files ---- */
struct timespec lur_modified(const struct stat *file); /* its content */
struct timespec lur_changed(const struct stat *file);  /* that, or its name, owner or rights */
/* On a file system that several machines may write at a time. */
bool lur_folder_is_shared(const char *folder);
/* Lets the system begin to write these bytes of an open file to its disk, and does not wait. */
void lur_begin_write(int fd, uint64_t from_bytes, uint64_t n_bytes);
void lur_close_from(int first_fd);

/* ---- Processes ---- */
/* The kernel kills this process when its parent ends, where the system can do that. */
void lur_end_with_parent(void);

/* ---- Bytes ---- */
/* From this processor's order to big-endian, and back. */
static inline uint32_t lur_big_32(uint32_t x) {
  return __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ ? x : __builtin_bswap32(x);
}

static inline uint64_t lur_big_64(uint64_t x) {
  return __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ ? x : __builtin_bswap64(x);
}

#endif
