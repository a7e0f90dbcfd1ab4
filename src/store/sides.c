/* SPDX-License-Identifier: MIT
 * What SQLite keeps beside a results file, and takes for its own by the name: what a killed session left there belongs
 * to it, what a file of that name that is gone left does not, and what came with a stranger's file may be anything.
 * Reentrant. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/internal.h"

enum { N_SIDES = 3, JOURNAL = 2 };
static const char *const suffix[N_SIDES] = {"-wal", "-shm", "-journal"};

/* Whether a file stands there that has the head of a database: then it is no WAL and no journal. */
static bool is_database(const char *path) {
  static const char head[16] = "SQLite format 3";
  char bytes[sizeof head] = "";
  int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  bool is = fd >= 0 && read(fd, bytes, sizeof bytes) == sizeof bytes && memcmp(bytes, head, sizeof head) == 0;
  if (fd >= 0)
    close(fd);
  return is;
}

int lur_file_clear_sides(const char *path, struct lur_error *e) {
  int code = LUR_OK;
  for (int i = 0; i < N_SIDES && !code; i++) {
    char *side = lur_path_with(path, suffix[i]);
    if (!side)
      code = lur_fail_memory(e);
    else if (is_database(side))
      code = lur_fail(e, LUR_EIO, NULL, "%s: SQLite needs this name beside the results; choose another file with -o",
                      side);
    else if (unlink(side) != 0 && errno != ENOENT)
      code = lur_fail(e, LUR_EIO, NULL, "%s: left by a file that is gone, and it cannot be removed: %s", side,
                      strerror(errno));
    free(side);
  }
  return code;
}

/* A transaction over several files notes in each journal the name of one more, which SQLite deletes when it rolls the
 * journal back, whatever file that is. It stands at the journal's end, with this mark behind it
 * (sqlite.org/fileformat2.html, 3, and pager.c). luron never writes to two files in one transaction. */
static bool names_another(const char *journal) {
  static const unsigned char mark[8] = {0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7};
  unsigned char end[sizeof mark];
  struct stat st;
  const int fd = open(journal, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  const bool names = fd >= 0 && fstat(fd, &st) == 0 && st.st_size >= (off_t)sizeof end &&
                     pread(fd, end, sizeof end, st.st_size - (off_t)sizeof end) == sizeof end &&
                     memcmp(end, mark, sizeof mark) == 0;
  if (fd >= 0)
    close(fd);
  return names;
}

int lur_file_check_sides(const char *path, struct lur_error *e) {
  char *full = realpath(path, NULL); /* SQLite follows links, too, and looks beside the file itself */
  int code = LUR_OK;
  for (int i = 0; i < N_SIDES && !code; i++) {
    struct stat st;
    char *side = lur_path_with(full ? full : path, suffix[i]);
    if (!side)
      code = lur_fail_memory(e);
    else if (lstat(side, &st) == 0 && !S_ISREG(st.st_mode))
      code = lur_fail(e, LUR_EIO, NULL, "%s: SQLite would take it for a part of the results, but it is no file", side);
    else if (i == JOURNAL && names_another(side))
      code =
          lur_fail(e, LUR_EIO, NULL, "%s: names another file, which would be deleted; it was not made by luron", side);
    free(side);
  }
  free(full);
  return code;
}
