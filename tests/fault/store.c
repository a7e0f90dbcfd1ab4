/* SPDX-License-Identifier: MIT
 * What the store keeps where the world fails.
 *
 * usage: store kill         SIGKILL at random moments of a writer: always whole windows, at the end every run
 *        store full [N]     a file that may not grow, and a full file system where one can be mounted; N more of each
 *        store damage [N]   N files with flipped bits, overwritten pieces and cut ends: errors, never a crash */
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "../unit/store_help.h"
#include "fold/groups.h"

enum { WINDOW = 500, KILL_RUNS = 400000, KILL_WAIT_US = 1500, FULL_RUNS = 60000, SKIPPED = 77 };

#define CHECK(condition) check((condition), #condition, __LINE__)
static void check(bool holds, const char *what, int line) {
  if (holds)
    return;
  fprintf(stderr, "tests/fault/store.c:%d: %s\n", line, what);
  exit(1);
}

static uint64_t random_state = 88172645463325252u;
static uint64_t draw(uint64_t below) { /* xorshift64 (Marsaglia 2003) */
  random_state ^= random_state << 13;
  random_state ^= random_state >> 7;
  random_state ^= random_state << 17;
  return random_state % below;
}

/* Writes what is not settled yet, window by window, waiting between them. */
static int go_on(const char *path, uint64_t n_runs, useconds_t wait_us, struct lur_error *e) {
  struct lur_store_plan plan = help_plan("h", n_runs);
  struct lur_store *s = lur_store_open(path, &plan, e);
  if (!s)
    return e->code;
  size_t n_done, at = 0;
  const struct lur_range *done = lur_store_done(s, &n_done);
  int code = LUR_OK;
  for (uint64_t first = 1; first <= n_runs && !code; first += WINDOW) {
    while (at < n_done && done[at].last < first)
      at++;
    if (at < n_done && done[at].first <= first)
      continue;
    code = help_take(lur_store_sink(s), first, first + WINDOW - 1, e);
    if (wait_us)
      usleep(wait_us);
  }
  if (!code)
    code = lur_store_finish(s, true, e);
  lur_store_free(s);
  return code;
}

/* Rows are those of `done`, in whole windows, each as its number says. */
static uint64_t check_file(const char *path) {
  struct lur_error e = {0};
  const struct lur_cell *c;
  uint64_t n = 0, next = 0;
  size_t range = 0;
  struct lur_table *t = lur_table_open(path, &e);
  if (!t)
    fprintf(stderr, "%s\n", e.text);
  CHECK(t != NULL);
  const struct lur_table_facts *f = lur_table_facts(t);
  struct lur_query *q = lur_query_new(t, &(struct lur_ask){0}, &e);
  CHECK(q != NULL);
  for (size_t i = 0; i < f->n_done; i++)
    CHECK((f->done[i].first - 1) % WINDOW == 0 && f->done[i].last % WINDOW == 0);
  while (lur_query_next(q, &c, &e) == 1) {
    struct lur_cell want[HELP_COLUMNS];
    next = n == 0 || next > f->done[range - 1].last ? f->done[range++].first : next;
    CHECK((uint64_t)c[0].as.integer == next);
    help_row(next++, want);
    for (int i = 0; i < HELP_COLUMNS; i++)
      CHECK(lur_cell_same(&want[i], &c[i + 1]));
    n++;
  }
  CHECK(n == f->n_settled);
  lur_query_free(q);
  lur_table_free(t);
  return n;
}

static void check_whole(const char *path, uint64_t n_runs) {
  struct lur_error e = {0};
  struct lur_difference d;
  char whole[200];
  snprintf(whole, sizeof whole, "%s.whole", path);
  CHECK(go_on(whole, n_runs, 0, &e) == LUR_OK);
  CHECK(lur_store_diff(whole, path, &d, &e) == LUR_OK);
  CHECK(d.kind == LUR_SAME && d.n_compared == n_runs);
}

static int test_kill(const char *path) {
  int n_killed = 0, status = 1;
  uint64_t before = 0;
  for (bool finished = false; !finished;) {
    pid_t child = fork();
    if (child == 0) {
      struct lur_error e = {0};
      int code = go_on(path, KILL_RUNS, KILL_WAIT_US, &e);
      if (code)
        fprintf(stderr, "%s\n", e.text);
      _exit(code ? 1 : 0);
    }
    usleep((useconds_t)draw(draw(3) ? 1200000 : 30000)); /* past some commits, or while it opens */
    kill(child, SIGKILL);
    CHECK(waitpid(child, &status, 0) == child);
    CHECK(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
    finished = !WIFSIGNALED(status);
    n_killed += !finished;
    if (access(path, F_OK) == 0) {
      uint64_t n = check_file(path);
      CHECK(n >= before);
      before = n;
    }
  }
  CHECK(before == KILL_RUNS);
  check_whole(path, KILL_RUNS);
  printf("killed %d times\n", n_killed);
  return 0;
}

/* What was kept is whole; with room again the same sweep goes on to its end. */
static void check_after_full(const char *path, const struct lur_error *e) {
  CHECK(e->text[0] != '\0' && strchr(e->text, '\n') == NULL);
  if (access(path, F_OK) == 0)
    check_file(path);
}

static void test_limit(const char *path, rlim_t n_bytes) {
  struct lur_error e = {0};
  struct rlimit before, less;
  CHECK(getrlimit(RLIMIT_FSIZE, &before) == 0);
  less = before;
  less.rlim_cur = n_bytes;
  CHECK(setrlimit(RLIMIT_FSIZE, &less) == 0);
  CHECK(go_on(path, FULL_RUNS, 0, &e) != LUR_OK);
  CHECK(setrlimit(RLIMIT_FSIZE, &before) == 0);
  check_after_full(path, &e);
}

static void end_sweep(const char *path) {
  struct lur_error e = {0};
  CHECK(go_on(path, FULL_RUNS, 0, &e) == LUR_OK);
  check_whole(path, FULL_RUNS);
}

/* A small file system of this process's own. */
static bool mount_small(const char *folder) {
  return geteuid() == 0 && unshare(CLONE_NEWNS) == 0 && mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
         mkdir(folder, 0700) == 0 && mount("tmpfs", folder, "tmpfs", 0, "size=2m") == 0;
}

static void set_size(const char *folder, uint64_t n_bytes) {
  char size[40];
  snprintf(size, sizeof size, "size=%llu", (unsigned long long)n_bytes);
  CHECK(mount(NULL, folder, NULL, MS_REMOUNT, size) == 0);
}

static void test_disk(const char *folder, const char *path, uint64_t n_bytes) {
  struct lur_error e = {0};
  char whole[220];
  snprintf(whole, sizeof whole, "%s.whole", path); /* what it was compared with */
  unlink(whole);
  unlink(path);
  set_size(folder, n_bytes);
  CHECK(go_on(path, FULL_RUNS, 0, &e) != LUR_OK);
  CHECK(strstr(e.text, "full") || strstr(e.text, "No space"));
  set_size(folder, 64 << 20); /* a WAL is not read without room for its index */
  check_after_full(path, &e);
  end_sweep(path);
}

static int test_full(const char *path, int n_more) {
  char folder[160], small[200];
  signal(SIGXFSZ, SIG_IGN);
  for (rlim_t n = 4096; n < 3000000; n = n * 3 + 1000)
    test_limit(path, n);
  end_sweep(path);
  for (int i = 0; i < n_more; i++) {
    unlink(path);
    test_limit(path, 1 + draw(1000000));
    end_sweep(path);
  }
  snprintf(folder, sizeof folder, "%s.small", path);
  snprintf(small, sizeof small, "%s/x.db", folder);
  const bool mounted = mount_small(folder);
  for (int i = 0; mounted && i <= n_more; i++)
    test_disk(folder, small, i ? 65536 + draw(1500000) : 2 << 20);
  if (mounted)
    umount(folder);
  printf("%d more limits of files, %d full disks%s\n", n_more, mounted ? n_more + 1 : 0,
         mounted ? "" : ": no file system can be mounted here");
  return 0;
}

static void damage(uint8_t *bytes, size_t *n) {
  switch (draw(5)) {
  case 0: *n = (size_t)draw(*n); break;
  case 1: memset(bytes + draw(*n - 64), (int)draw(256), 64); break;
  case 2: memmove(bytes + draw(*n / 2), bytes + draw(*n / 2), (size_t)draw(*n / 2)); break;
  default:
    for (uint64_t i = 0, flips = 1 + draw(20); i < flips; i++)
      bytes[draw(4) ? draw(*n) : draw(400)] ^= (uint8_t)(1u << draw(8));
  }
}

/* Everything that reads a file, and a writer; what they say does not matter. */
static void use(const char *path) {
  struct lur_error e = {0};
  const struct lur_cell *c;
  const char *key[] = {"hidden"};
  struct lur_groups g = {0};
  struct lur_difference d;
  struct lur_table *t = lur_table_open(path, &e);
  struct lur_query *q = t ? lur_query_new(t, &(struct lur_ask){.deadline_ms = 2000}, &e) : NULL;
  while (q && lur_query_next(q, &c, &e) == 1)
    ;
  lur_query_free(q);
  if (t) {
    free(lur_table_message(t, 3, &e));
    struct lur_groups_ask ask = {.n_keys = 1, .key = key, .metric = "loss", .deadline_ms = 2000};
    lur_groups_read(t, &ask, &g, &e);
    lur_groups_free(&g);
  }
  lur_table_free(t);
  lur_store_diff(path, path, &d, &e);
  help_write(path, "h", 4000, 3001, 4000, &e);
}

static void write_bytes(const char *path, const uint8_t *bytes, size_t n) {
  FILE *f = fopen(path, "wb");
  CHECK(f && fwrite(bytes, 1, n, f) == n && fclose(f) == 0);
}

static int test_damage(const char *path, int n_files) {
  struct lur_error e = {0};
  char bad[200], side[220];
  CHECK(help_write(path, "h", 3000, 1, 3000, &e) == LUR_OK);
  FILE *f = fopen(path, "rb");
  struct stat st;
  CHECK(f && stat(path, &st) == 0);
  size_t n_good = (size_t)st.st_size;
  uint8_t *good = malloc(n_good), *bytes = malloc(n_good);
  CHECK(good && bytes && fread(good, 1, n_good, f) == n_good);
  fclose(f);
  snprintf(bad, sizeof bad, "%s.bad", path);
  for (int i = 0; i < n_files; i++) {
    size_t n = n_good;
    memcpy(bytes, good, n);
    damage(bytes, &n);
    for (int s = 0; s < 2; s++) {
      snprintf(side, sizeof side, "%s%s", bad, s ? "-wal" : "-shm");
      unlink(side);
    }
    write_bytes(bad, bytes, n);
    use(bad);
  }
  free(good);
  free(bytes);
  printf("%d damaged files were read\n", n_files);
  return 0;
}

int main(int argc, char **argv) {
  char path[128];
  const char *what = argc > 1 ? argv[1] : "", *folder;
  folder = help_folder();
  if (!folder)
    return SKIPPED;
  snprintf(path, sizeof path, "%s/x.db", folder);
  int code = strcmp(what, "kill") == 0     ? test_kill(path)
             : strcmp(what, "full") == 0   ? test_full(path, argc > 2 ? atoi(argv[2]) : 0)
             : strcmp(what, "damage") == 0 ? test_damage(path, argc > 2 ? atoi(argv[2]) : 300)
                                           : 2;
  help_clean(folder);
  return code;
}
