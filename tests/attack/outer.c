/* SPDX-License-Identifier: MIT
 * The outer layer of the sandbox by itself: as if a flaw had let a script run machine code. The child of a sandbox asks
 * the kernel for all that it must not have, and for the little that it may. All of it is harmless. */
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "session/sandbox.h"

static const char mark[] = "mark-of-the-secret";
static int n_tried, n_wrong;

static void expect(bool good, const char *what) {
  n_tried++;
  if (good)
    return;
  n_wrong++;
  fprintf(stderr, "FAILED: %s: %s\n", what, strerror(errno));
}

/* A system call that must fail. */
static void refused(long rc, const char *what) {
  expect(rc < 0 && (errno == EPERM || errno == EACCES || errno == ENOSYS || errno == EBADF), what);
}

static void write_file(const char *path, const char *text) {
  FILE *f = fopen(path, "w");
  if (!f || fputs(text, f) < 0 || fclose(f) != 0)
    exit(99);
}

/* ---- Files ---- */
static void try_reading(void) {
  static const char *const hidden[] = {
      "SECRET",          "/etc/passwd", "OPEN/../SECRET", "OPEN/link", "/proc/self/mem",
      "/proc/self/maps", "/dev/null",   "OPEN/pipe",      "..",        "results/y.db"};
  char bytes[64] = "";
  struct stat st;
  for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++)
    refused(open(hidden[i], O_RDONLY), hidden[i]);
  refused(stat("SECRET", &st), "stat of a file");
  refused(access("SECRET", F_OK), "access of a file");
  refused((long)readlink("OPEN/link", bytes, sizeof bytes), "readlink of a link that leads out");
  refused(read(50, bytes, sizeof bytes), "a descriptor that was open before");
  const int fd = open("OPEN/data", O_RDONLY), folder = open("OPEN", O_RDONLY | O_DIRECTORY);
  expect(fd >= 0 && read(fd, bytes, sizeof bytes) == 4 && strcmp(bytes, "data") == 0, "a file that may be read");
  expect(fstat(fd, &st) == 0 && st.st_size == 4, "its size");
  expect(stat("OPEN/data", &st) == 0 && lstat("OPEN", &st) == 0, "what stands there");
  expect(open("OPEN/absent", O_RDONLY) < 0 && errno == ENOENT, "a file that is not there");
  refused(openat(folder, "../SECRET", O_RDONLY), "openat from another folder");
  refused(openat(folder, "data", O_RDONLY), "openat from another folder, of what may be read");
  refused((long)syscall(SYS_getdents64, folder, bytes, sizeof bytes), "the names in a folder");
}

static void try_writing(void) {
  static const char *const others[] = {"SECRET",
                                       "OPEN/data",
                                       "OPEN/new",
                                       "results/y.db",
                                       "results/x-00c0ffee000a.db-other",
                                       "results/x-../y.db",
                                       "results/x-dead-00c0ffee000a.db",
                                       "results/x-00c0ffee000a.txt",
                                       "/tmp/written"};
  mkdir("results", 0777);
  for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
    refused(open(others[i], O_WRONLY | O_CREAT, 0666), others[i]);
    refused(unlink(others[i]), others[i]);
    refused(rename("results/x-00c0ffee000a.db", others[i]), others[i]);
    const int made = mkdir(others[i], 0777);
    if (made == 0 || errno != EEXIST) /* of what may be looked at it is told that it is there */
      refused(made, others[i]);
  }
  const int fd = open("results/x-00c0ffee000a.db-new", O_RDWR | O_CREAT | O_EXCL, 0666);
  expect(fd >= 0 && write(fd, "row", 3) == 3, "the results file");
  expect(rename("results/x-00c0ffee000a.db-new", "results/x-00c0ffee000a.db") == 0, "its name");
  expect(access("/tmp", W_OK | X_OK) == 0, "a folder where SQLite sorts");
  const int sorts = open("/tmp/etilqs_luron", O_RDWR | O_CREAT | O_EXCL, 0600);
  expect(sorts >= 0 && write(sorts, "row", 3) == 3 && unlink("/tmp/etilqs_luron") == 0, "room to sort");
  expect(access("/tmp/etilqs_luron", F_OK) < 0 && errno == ENOENT, "which has no name");
  refused(rename("SECRET", "results/x-00c0ffee000a.db"), "a file over the results file");
  refused(link("SECRET", "results/x-00c0ffee000b.db"), "link");
  refused(symlink("../SECRET", "results/x-00c0ffee000b.db"), "symlink");
  refused(chmod("SECRET", 0777), "chmod");
  refused(truncate("SECRET", 0), "truncate");
  refused(chdir(".."), "chdir");
  refused(fcntl(fd, F_SETOWN, 1), "signals by way of a file");
  refused(ioctl(fd, FS_IOC_SETFLAGS, &(long){0}), "ioctl");
}

/* ---- Everything else ---- */
static void *nothing(void *unused) {
  return unused;
}

static void try_processes(void) {
  const pid_t parent = getppid(); /* -1: not even that is told */
  const struct rlimit more = {RLIM_INFINITY, RLIM_INFINITY};
  char byte;
  const struct iovec io = {&byte, 1};
  pthread_t thread;
  expect(pthread_create(&thread, NULL, nothing, NULL) == 0 && pthread_join(thread, NULL) == 0, "a thread");
  refused(fork(), "fork");
  refused(vfork(), "vfork");
  refused(execl("/bin/true", "true", NULL), "execve");
  refused(kill(1, 0), "kill");
  refused(kill(parent, 0), "kill of the parent");
  refused(ptrace(PTRACE_TRACEME, 0, NULL, NULL), "ptrace");
  refused((long)process_vm_readv(1, &io, 1, &io, 1, 0), "process_vm_readv");
  refused(setrlimit(RLIMIT_DATA, &more), "setrlimit");
  refused(prctl(PR_SET_PDEATHSIG, 0), "prctl");
  refused(unshare(CLONE_NEWUSER), "unshare");
  refused(setsid(), "setsid");
  refused(setuid(12345), "setuid");
}

static void try_kernel(void) {
  refused(socket(AF_INET, SOCK_STREAM, 0), "a socket");
  refused(socket(AF_UNIX, SOCK_STREAM, 0), "a local socket");
  refused(socketpair(AF_UNIX, SOCK_STREAM, 0, (int[2]){0}), "socketpair");
  refused(pipe((int[2]){0}), "pipe");
  refused(ioctl(STDIN_FILENO, TIOCSTI, "x"), "typing into the terminal");
  expect(mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED, "code in memory");
  refused(mprotect((void *)((uintptr_t)&n_tried & ~(uintptr_t)4095), 4096, PROT_READ | PROT_WRITE | PROT_EXEC),
          "memory made executable");
  refused(memfd_create("x", 0), "memfd_create");
#define REFUSED(name) refused(syscall(SYS_##name, 0, 0, 0, 0, 0, 0), #name)
  REFUSED(io_uring_setup);
  REFUSED(bpf);
  REFUSED(mount);
  REFUSED(keyctl);
  REFUSED(seccomp);
  REFUSED(userfaultfd);
  REFUSED(perf_event_open);
  REFUSED(shmget);
  REFUSED(inotify_init1);
  REFUSED(open_by_handle_at);
#undef REFUSED
}

/* ---- A path that changes while it is looked at ---- */
static char path[16] = "OPEN/data";
static atomic_bool ends;

static void *exchange(void *unused) {
  while (!atomic_load(&ends)) {
    memcpy(path, "SECRET\0\0\0", 10);
    memcpy(path, "OPEN/data", 10);
  }
  return unused;
}

static void try_exchanging(void) {
  pthread_t thread;
  char bytes[32];
  int n_opened = 0, n_secret = 0;
  if (pthread_create(&thread, NULL, exchange, NULL) != 0)
    exit(99);
  for (int i = 0; i < 2000; i++) {
    const int fd = open(path, O_RDONLY);
    memset(bytes, 0, sizeof bytes);
    if (fd >= 0)
      n_opened += read(fd, bytes, sizeof bytes - 1) > 0;
    n_secret += strstr(bytes, mark) != NULL;
    if (fd >= 0)
      close(fd);
  }
  atomic_store(&ends, true);
  pthread_join(thread, NULL);
  expect(n_secret == 0, "a path that is exchanged");
  expect(n_opened > 0, "the path as it was allowed");
}

int main(void) {
  struct lur_sandbox s = {.what = "outer",
                          .results = "results/x-",
                          .is_beginning = true,
                          .n_folders = 1,
                          .folder = {"OPEN"},
                          .memory = "64M",
                          .time = "20s",
                          .memory_bytes = 64 << 20,
                          .time_ns = UINT64_C(20000000000)};
  char folder[] = "/tmp/luron-outer-XXXXXX", command[64];
  int code;
  if (!mkdtemp(folder) || chdir(folder) != 0 || mkdir("OPEN", 0777) != 0)
    return 99;
  write_file("SECRET", mark);
  write_file("OPEN/data", "data");
  if (symlink("../SECRET", "OPEN/link") != 0 || mkfifo("OPEN/pipe", 0666) != 0 ||
      dup2(open("SECRET", O_RDONLY), 50) != 50)
    return 99;
  if (lur_sandbox_enter(&s, &code)) {
    try_reading();
    try_writing();
    try_processes();
    try_kernel();
    try_exchanging();
    printf("%d asked, %d wrong\n", n_tried, n_wrong);
    return n_wrong != 0;
  }
  snprintf(command, sizeof command, "rm -r %s", folder);
  return code || access("SECRET", F_OK) != 0 || access("results/x-00c0ffee000a.db", F_OK) != 0 ||
                 access("results/y.db", F_OK) == 0
             ? 1
             : system(command) != 0;
}
