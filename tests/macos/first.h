/* SPDX-License-Identifier: MIT
 * Read before a source that is compiled as for macOS: what its headers declare in another way than those of glibc. */
#define qsort_r qsort_r_of_glibc
#include <pthread.h>
#include <stdlib.h>
#include <sys/stat.h>
#undef qsort_r
#define st_mtimespec st_mtim
#define st_ctimespec st_ctim

void qsort_r(void *values, size_t n, size_t n_bytes, void *context, int (*compare)(void *, const void *, const void *));
int pthread_cond_timedwait_relative_np(pthread_cond_t *c, pthread_mutex_t *held, const struct timespec *left);
