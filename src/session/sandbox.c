/* SPDX-License-Identifier: MIT
 * Two processes: the child closes what it was given but for its three standard streams, sets its limits and its
 * filter, and goes on with the command. The parent waits, answers, passes signals on, and ends it: SIGTERM at the
 * deadline, so that what is computed is committed, and SIGKILL soon after. If the parent dies, the kernel kills the
 * child; the child can start no process. */
#include "session/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/exit.h"
#include "base/signals.h"
#include "base/system.h"
#include "base/utf8.h"
#include "session/sandbox_parts.h"
#include "session/threads.h"

enum { CHANNEL = 3, KILL_MS = 300, SIGNAL_MS = LUR_SIGNAL_GRACE_MS + 100, MS_NS = 1000000 };
static const uint64_t most_file_bytes = UINT64_C(1) << 32, stack_bytes = UINT64_C(9) << 20, spare_bytes = 64 << 20;

/* ---- The child ---- */
static void limit(int what, uint64_t most) {
  struct rlimit l;
  if (getrlimit(what, &l) == 0 && (l.rlim_max == RLIM_INFINITY || most < l.rlim_max))
    l.rlim_max = (rlim_t)most;
  l.rlim_cur = l.rlim_max;
  setrlimit(what, &l);
}

/* Writable memory of this process now, which it was given before any script. */
static uint64_t data_bytes(void) {
  uint64_t pages = 0;
  FILE *f = fopen("/proc/self/statm", "re");
  char line[256] = "", *at = line;
  if (f && fgets(line, sizeof line, f))
    for (int i = 0; i < 5 && at; i++)
      at = strchr(at + 1, ' ');
  for (at = at ? at + 1 : line; *at >= '0' && *at <= '9'; at++)
    pages = pages * 10 + (uint64_t)(*at - '0');
  if (f)
    fclose(f);
  return pages * (uint64_t)sysconf(_SC_PAGESIZE);
}

/* Of memory what is written counts (RLIMIT_DATA), not what is only kept free (RLIMIT_AS): the C library keeps 64 MiB
 * of addresses free for each thread. Each thread has a stack, which it mostly does not use. */
static void set_limits(const struct lur_sandbox *s) {
  const uint64_t n_threads = (uint64_t)lur_threads_asked(s->n_threads) + 4;
  limit(RLIMIT_DATA, data_bytes() + s->memory_bytes + spare_bytes + n_threads * stack_bytes);
  limit(RLIMIT_CPU, (s->time_ns / 1000000000 + 2) * n_threads);
  limit(RLIMIT_FSIZE, most_file_bytes);
  limit(RLIMIT_CORE, 0);
}

static void begin_child(const struct lur_sandbox *s, int channel, pid_t parent) {
  lur_end_with_parent();
  if (getppid() != parent) /* it died before that */
    _exit(LUR_EXIT_FAILED);
  const int null = s->script && strcmp(s->script, "-") == 0 ? -1 : open("/dev/null", O_RDONLY);
  if (null >= 0)
    dup2(null, STDIN_FILENO);
  if (channel != CHANNEL)
    dup2(channel, CHANNEL);
  lur_close_from(CHANNEL + 1);
  tzset();
  set_limits(s);
  if (lur_sandbox_filter(CHANNEL) != 0) {
    fprintf(stderr, "luron: --sandbox: no seccomp here; the script is kept from files and programs by Lua alone\n");
    if (write(CHANNEL, "", 1) != 1) /* there is nothing to answer */
      _exit(LUR_EXIT_FAILED);
  }
}

/* ---- The parent ---- */
struct watch {
  pid_t child;
  int channel, listener;
  uint64_t deadline_ns, kill_ns; /* when SIGTERM is due, and SIGKILL; UINT64_MAX: not known yet */
  bool silent;                   /* the listener has ended, which is before the channel does */
  bool late, passed;             /* the deadline came; a signal was passed on */
};

static void stop_when_due(struct watch *w) {
  const uint64_t now_ns = lur_clock_ns();
  const int number = atomic_load(lur_signal_flag());
  if (number && !w->passed) {
    w->passed = true;
    lur_signal_obeyed(); /* it is the child that obeys, or is killed */
    kill(w->child, number);
    w->kill_ns = now_ns + (uint64_t)SIGNAL_MS * MS_NS;
  }
  if (now_ns >= w->deadline_ns) {
    w->late = true;
    w->deadline_ns = UINT64_MAX;
    kill(w->child, SIGTERM);
    w->kill_ns = now_ns + (uint64_t)KILL_MS * MS_NS;
  }
  if (now_ns >= w->kill_ns)
    kill(w->child, SIGKILL);
}

static int wait_ms(const struct watch *w) {
  const uint64_t now_ns = lur_clock_ns(), due_ns = w->deadline_ns < w->kill_ns ? w->deadline_ns : w->kill_ns;
  const uint64_t ms = due_ns > now_ns ? (due_ns - now_ns) / MS_NS + 1 : 10;
  return ms < 1000 ? (int)ms : 1000;
}

/* The channel ends with the child. */
static int watch_child(struct watch *w, const struct lur_sandbox *s) {
  int status = 0;
  for (bool ended = false; !ended;) {
    struct pollfd on[2] = {{.fd = w->channel}, {.fd = w->silent ? -1 : w->listener, .events = POLLIN}};
    const int n = poll(on, 2, wait_ms(w));
    if (n > 0 && (on[1].revents & POLLIN))
      lur_sandbox_answer(s, w->listener);
    w->silent = w->silent || (n > 0 && (on[1].revents & (POLLHUP | POLLERR)));
    ended = n > 0 && (on[0].revents & (POLLHUP | POLLERR));
    stop_when_due(w);
  }
  while (waitpid(w->child, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

static int exit_code(const struct watch *w, const struct lur_sandbox *s, int status) {
  const int number = atomic_load(lur_signal_flag());
  if (number && w->passed)
    return LUR_EXIT_SIGNAL + number;
  const bool ended = WIFEXITED(status);
  if (!ended && WTERMSIG(status) == SIGPIPE) /* its reader has had enough, as without a sandbox */
    return LUR_EXIT_SIGNAL + SIGPIPE;
  const int code = ended ? WEXITSTATUS(status) : LUR_EXIT_STOPPED;
  if (ended && (!w->late || code == LUR_EXIT_OK || code == LUR_EXIT_STOPPED)) /* stopped: it has said why */
    return code;
  char what[LUR_SHOWN_BYTES];
  lur_utf8_name(s->what, what);
  if (w->late || WTERMSIG(status) == SIGXCPU)
    fprintf(stderr, "luron: %s: stopped: it took longer than --time %s\n", what, s->time);
  else
    fprintf(stderr, "luron: %s: stopped: its process was ended by signal %d (%s)\n", what, WTERMSIG(status),
            strsignal(WTERMSIG(status)));
  return LUR_EXIT_STOPPED;
}

/* So that no other descriptor takes the number of one that was closed: reading and writing fail as before. */
static void fill_streams(void) {
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
    if (fcntl(fd, F_GETFD) < 0)
      open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

bool lur_sandbox_enter(struct lur_sandbox *s, int *code) {
  int ends[2];
  const pid_t parent = getpid();
  *code = LUR_EXIT_FAILED;
  if (access("/proc/self/fd", F_OK) != 0) { /* what is behind a descriptor is looked up there */
    fprintf(stderr, "luron: --sandbox: there is no /proc here\n");
    return false;
  }
  fill_streams();
  lur_sandbox_resolve(s);
  fflush(NULL);
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) {
    perror("luron: --sandbox");
    return false;
  }
  struct watch w = {.child = fork(), .channel = ends[0], .listener = -1, .kill_ns = UINT64_MAX};
  if (w.child == 0) {
    begin_child(s, ends[1], parent);
    return true;
  }
  close(ends[1]);
  if (w.child > 0) {
    w.deadline_ns = lur_clock_ns() + s->time_ns;
    w.listener = lur_sandbox_listener(ends[0]);
    *code = exit_code(&w, s, watch_child(&w, s));
    close(w.listener);
  } else {
    perror("luron: --sandbox");
  }
  close(ends[0]);
  return false;
}
