/* SPDX-License-Identifier: MIT
 * What luron does where memory ends: runs a command line again and again, each time in a child of its own in which
 * the n-th allocation fails, once or from then on, n from 1 until none is left to fail. Each such run must end with
 * exit code 1 and one line that says so, or, where the failure was survived, print as many lines as the run without
 * failures; and must have freed what it allocated. Allocations of the sources are seen through the linker (--wrap),
 * those of Lua and SQLite through the allocators that they take.
 *
 * usage: fault [-e STEP] ARGUMENT...    -e tries every STEP-th allocation only */
#include <lauxlib.h>
#include <pthread.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/cli.h"

enum { MOST_LIVE = 1 << 20, PATIENCE_SECONDS = 60, SHOWN_BYTES = 4000, MOST_FAILURES = 5 };
enum mode { NEVER, ONCE, FROM_THEN_ON };

/* In memory shared with the child. */
static struct account {
  size_t n_allocations, n_live;
  bool fired;
} * account;

static size_t fail_at;
static enum mode mode;
static bool counting;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static void *live[MOST_LIVE];

void *__real_malloc(size_t n);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *old, size_t n);
void *__real_aligned_alloc(size_t alignment, size_t n);
void __real_free(void *p);
void *__wrap_malloc(size_t n);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *old, size_t n);
void *__wrap_aligned_alloc(size_t alignment, size_t n);
void __wrap_free(void *p);
lua_State *__wrap_luaL_newstate(void);

void __gcov_dump(void) __attribute__((weak)); /* of builds that measure coverage */

static bool fails(void) {
  pthread_mutex_lock(&lock);
  bool now = false;
  if (counting) {
    size_t n = ++account->n_allocations;
    now = mode == ONCE ? n == fail_at : mode == FROM_THEN_ON && n >= fail_at;
    account->fired |= now;
  }
  pthread_mutex_unlock(&lock);
  return now;
}

static void **place(const void *p) {
  size_t i = ((uintptr_t)p >> 4) * 0x9E3779B97F4A7C15u >> 44;
  while (live[i] && live[i] != p)
    i = (i + 1) % MOST_LIVE;
  return &live[i];
}

static void *born(void *p) {
  pthread_mutex_lock(&lock);
  if (counting && p && account->n_live < MOST_LIVE / 2) {
    *place(p) = p;
    account->n_live++;
  }
  pthread_mutex_unlock(&lock);
  return p;
}

/* Takes p out, and moves those behind it that would no longer be found. */
static void died(const void *p) {
  pthread_mutex_lock(&lock);
  void **at = p ? place(p) : NULL;
  if (at && *at) {
    account->n_live--;
    *at = NULL;
    for (size_t i = ((size_t)(at - live) + 1) % MOST_LIVE; live[i]; i = (i + 1) % MOST_LIVE) {
      void *moved = live[i];
      live[i] = NULL;
      *place(moved) = moved;
    }
  }
  pthread_mutex_unlock(&lock);
}

void *__wrap_malloc(size_t n) {
  return fails() ? NULL : born(__real_malloc(n));
}

void *__wrap_calloc(size_t n, size_t size) {
  return fails() ? NULL : born(__real_calloc(n, size));
}

void *__wrap_aligned_alloc(size_t alignment, size_t n) {
  return fails() ? NULL : born(__real_aligned_alloc(alignment, n));
}

void *__wrap_realloc(void *old, size_t n) {
  if (fails())
    return NULL;
  died(old);
  void *p = __real_realloc(old, n);
  return born(p ? p : old);
}

void __wrap_free(void *p) {
  died(p);
  __real_free(p);
}

/* ---- The allocators of Lua and SQLite. Lua may not be refused a smaller block. ---- */
static void *lua_allocate(void *ud, void *old, size_t old_bytes, size_t n) {
  (void)ud;
  if (n == 0) {
    __wrap_free(old);
    return NULL;
  }
  if (old && n <= old_bytes) {
    died(old);
    return born(__real_realloc(old, n));
  }
  return __wrap_realloc(old, n);
}

lua_State *__wrap_luaL_newstate(void) {
  return lua_newstate(lua_allocate, NULL);
}

static void *sqlite_allocate(int n) {
  size_t *p = __wrap_malloc((size_t)n + 16);
  if (!p)
    return NULL;
  *p = (size_t)n;
  return (char *)p + 16;
}

static void sqlite_free(void *p) {
  __wrap_free(p ? (char *)p - 16 : NULL);
}

static void *sqlite_resize(void *p, int n) {
  size_t *to = __wrap_realloc(p ? (char *)p - 16 : NULL, (size_t)n + 16);
  if (!to)
    return NULL;
  *to = (size_t)n;
  return (char *)to + 16;
}

static int sqlite_size(void *p) {
  return p ? (int)*(size_t *)((char *)p - 16) : 0;
}

static int sqlite_round(int n) {
  return (n + 15) & ~15;
}

static int sqlite_start(void *p) {
  (void)p;
  return SQLITE_OK;
}

static void sqlite_end(void *p) {
  (void)p;
}

static const sqlite3_mem_methods sqlite_methods = {
    sqlite_allocate, sqlite_free, sqlite_resize, sqlite_size, sqlite_round, sqlite_start, sqlite_end, NULL,
};

/* ---- One run in a child ---- */
struct outcome {
  int status;
  char out[SHOWN_BYTES], err[SHOWN_BYTES];
};

static void run_child(int out, int err, int argc, char **argv) {
  dup2(out, STDOUT_FILENO);
  dup2(err, STDERR_FILENO);
  alarm(PATIENCE_SECONDS);
  sqlite3_config(SQLITE_CONFIG_MALLOC, &sqlite_methods);
  counting = true;
  int code = lur_cli_main(argc, argv);
  counting = false;
  sqlite3_shutdown();
  fflush(stdout);
  fflush(stderr);
  if (__gcov_dump)
    __gcov_dump();
  _exit(code);
}

static void start_afresh(int file) {
  if (ftruncate(file, 0) != 0 || lseek(file, 0, SEEK_SET) != 0)
    abort();
}

static void read_back(int file, char *text) {
  ssize_t n = pread(file, text, SHOWN_BYTES - 1, 0);
  text[n > 0 ? n : 0] = '\0';
}

static void run(struct outcome *o, FILE *out, FILE *err, int argc, char **argv) {
  start_afresh(fileno(out));
  start_afresh(fileno(err));
  *account = (struct account){0};
  fflush(NULL);
  pid_t child = fork();
  if (child == 0)
    run_child(fileno(out), fileno(err), argc, argv);
  if (child < 0 || waitpid(child, &o->status, 0) != child)
    abort();
  read_back(fileno(out), o->out);
  read_back(fileno(err), o->err);
}

static int n_lines(const char *text) {
  int n = 0;
  for (; *text; text++)
    n += *text == '\n';
  return n;
}

static const char *wrong(const struct outcome *o, const struct outcome *good) {
  if (!WIFEXITED(o->status))
    return "ended by a signal";
  if (account->n_live)
    return "memory not freed";
  if (WEXITSTATUS(o->status) == WEXITSTATUS(good->status))
    return n_lines(o->out) == n_lines(good->out) ? NULL : "exit code as if nothing had failed, but other output";
  if (WEXITSTATUS(o->status) != 1)
    return "exit code is not 1";
  if (n_lines(o->err) != 1)
    return "not one line of message";
  return strstr(o->err, "memory") ? NULL : "the message does not speak of memory";
}

static int try_all(enum mode how, size_t step, const struct outcome *good, FILE *out, FILE *err, int argc,
                   char **argv) {
  static struct outcome o;
  static const char *const names[] = {"", "once", "from then on"};
  int n_failures = 0;
  size_t n_runs = 0;
  mode = how;
  for (fail_at = 1; n_failures < MOST_FAILURES; fail_at += step) {
    run(&o, out, err, argc, argv);
    if (!account->fired)
      break;
    n_runs++;
    const char *what = wrong(&o, good);
    if (!what)
      continue;
    n_failures++;
    printf("allocation %zu fails %s: %s (status %#x, %zu not freed)\n%s%s", fail_at, names[how], what,
           (unsigned)o.status, account->n_live, o.out, o.err);
  }
  printf("%zu allocations failed %s, %d badly\n", n_runs, names[how], n_failures);
  return n_failures;
}

int main(int argc, char **argv) {
  size_t step = 1;
  if (argc > 2 && strcmp(argv[1], "-e") == 0) {
    step = strtoul(argv[2], NULL, 10);
    argv += 2;
    argc -= 2;
  }
  argv[0] = "luron";
  account = mmap(NULL, sizeof *account, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  FILE *out = tmpfile(), *err = tmpfile();
  if (account == MAP_FAILED || !out || !err || step == 0)
    return 1;
  static struct outcome good;
  run(&good, out, err, argc, argv);
  printf("without failures: status %#x, %zu allocations, %zu not freed\n%s", (unsigned)good.status,
         account->n_allocations, account->n_live, good.err);
  if (!WIFEXITED(good.status) || WEXITSTATUS(good.status) != 0 || account->n_live || !account->n_allocations)
    return 1;
  int bad = try_all(ONCE, step, &good, out, err, argc, argv);
  bad += try_all(FROM_THEN_ON, step, &good, out, err, argc, argv);
  fclose(out);
  fclose(err);
  return bad > 0;
}
