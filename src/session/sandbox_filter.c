/* SPDX-License-Identifier: MIT
 * The child's filter (seccomp(2), by libseccomp): an allow list. What names a file is asked of the parent, a new thread
 * is allowed and a new process is not, memory is never made executable, a terminal can only be asked what it is; there
 * are no sockets, no signals to others, no other programs. All else fails with EPERM. */
#include "base/exit.h"
#include "session/sandbox_parts.h"

#ifndef LUR_SECCOMP

const struct lur_sandbox_call *lur_sandbox_calls(size_t *n) {
  *n = 0;
  return NULL;
}

int lur_sandbox_filter(int channel) {
  (void)channel;
  return -1;
}

#else

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <termios.h>
#include <unistd.h>

/* Of system calls that this machine has not, libseccomp makes no rule. */
const struct lur_sandbox_call *lur_sandbox_calls(size_t *n) {
  static const struct lur_sandbox_call calls[] = {
      {SCMP_SYS(open), false, LUR_ASK_OPEN},          {SCMP_SYS(openat), true, LUR_ASK_OPEN},
      {SCMP_SYS(stat), false, LUR_ASK_STAT},          {SCMP_SYS(lstat), false, LUR_ASK_LSTAT},
      {SCMP_SYS(newfstatat), true, LUR_ASK_STAT},     {SCMP_SYS(access), false, LUR_ASK_ACCESS},
      {SCMP_SYS(faccessat), true, LUR_ASK_ACCESS},    {SCMP_SYS(faccessat2), true, LUR_ASK_ACCESS},
      {SCMP_SYS(unlink), false, LUR_ASK_UNLINK},      {SCMP_SYS(unlinkat), true, LUR_ASK_UNLINK},
      {SCMP_SYS(rename), false, LUR_ASK_RENAME},      {SCMP_SYS(renameat), true, LUR_ASK_RENAME},
      {SCMP_SYS(renameat2), true, LUR_ASK_RENAME},    {SCMP_SYS(mkdir), false, LUR_ASK_MKDIR},
      {SCMP_SYS(mkdirat), true, LUR_ASK_MKDIR},       {SCMP_SYS(readlink), false, LUR_ASK_READLINK},
      {SCMP_SYS(readlinkat), true, LUR_ASK_READLINK}, {SCMP_SYS(statfs), false, LUR_ASK_STATFS},
  };
  *n = sizeof calls / sizeof *calls;
  return calls;
}

/* Allowed whatever their arguments are: they concern the process itself, or what it has open. */
static const int free_calls[] = {
    SCMP_SYS(read),
    SCMP_SYS(write),
    SCMP_SYS(readv),
    SCMP_SYS(writev),
    SCMP_SYS(pread64),
    SCMP_SYS(pwrite64),
    SCMP_SYS(close),
    SCMP_SYS(fstat),
    SCMP_SYS(lseek),
    SCMP_SYS(munmap),
    SCMP_SYS(mremap),
    SCMP_SYS(brk),
    SCMP_SYS(madvise),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sigaltstack),
    SCMP_SYS(sched_yield),
    SCMP_SYS(nanosleep),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_getres),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(time),
    SCMP_SYS(getpid),
    SCMP_SYS(gettid),
    SCMP_SYS(getuid),
    SCMP_SYS(geteuid),
    SCMP_SYS(getgid),
    SCMP_SYS(getegid),
    SCMP_SYS(uname),
    SCMP_SYS(flock),
    SCMP_SYS(fsync),
    SCMP_SYS(fdatasync),
    SCMP_SYS(sync_file_range),
    SCMP_SYS(ftruncate),
    SCMP_SYS(fallocate),
    SCMP_SYS(fchmod),
    SCMP_SYS(fchown),
    SCMP_SYS(getcwd),
    SCMP_SYS(futex),
    SCMP_SYS(set_robust_list),
    SCMP_SYS(get_robust_list),
    SCMP_SYS(rseq),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    SCMP_SYS(setitimer),
    SCMP_SYS(getrusage),
    SCMP_SYS(sysinfo),
    SCMP_SYS(getrandom),
    SCMP_SYS(restart_syscall),
    SCMP_SYS(poll),
    SCMP_SYS(ppoll),
    SCMP_SYS(membarrier),
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(fadvise64),
};

/* Where these bits of an argument are those of x. */
static struct scmp_arg_cmp masked(unsigned argument, uint64_t bits, uint64_t x) {
  return (struct scmp_arg_cmp){.arg = argument, .op = SCMP_CMP_MASKED_EQ, .datum_a = bits, .datum_b = x};
}

static int add_rules(scmp_filter_ctx f, int channel) {
  size_t n;
  int rc = 0;
  const struct lur_sandbox_call *calls = lur_sandbox_calls(&n);
  for (size_t i = 0; i < n && rc == 0; i++)
    rc = seccomp_rule_add(f, SCMP_ACT_NOTIFY, calls[i].number, 0);
  for (size_t i = 0; i < sizeof free_calls / sizeof *free_calls && rc == 0; i++)
    rc = seccomp_rule_add(f, SCMP_ACT_ALLOW, free_calls[i], 0);
  const struct {
    int number;
    struct scmp_arg_cmp when;
  } some[] = {
      {SCMP_SYS(mmap), masked(2, PROT_EXEC, 0)},
      {SCMP_SYS(mprotect), masked(2, PROT_EXEC, 0)},
      {SCMP_SYS(clone), masked(0, CLONE_THREAD, CLONE_THREAD)},
      {SCMP_SYS(ioctl), masked(1, UINT64_MAX, TCGETS)},
      {SCMP_SYS(ioctl), masked(1, UINT64_MAX, TIOCGWINSZ)},
      {SCMP_SYS(fcntl), masked(1, UINT64_MAX, F_GETFD)},
      {SCMP_SYS(fcntl), masked(1, UINT64_MAX, F_SETFD)},
      {SCMP_SYS(fcntl), masked(1, UINT64_MAX, F_GETFL)},
      {SCMP_SYS(fcntl), masked(1, UINT64_MAX, F_GETLK)},
      {SCMP_SYS(fcntl), masked(1, UINT64_MAX, F_SETLK)},
      {SCMP_SYS(fcntl), masked(1, UINT64_MAX, F_SETLKW)},
      {SCMP_SYS(fcntl), masked(1, UINT64_MAX, F_DUPFD_CLOEXEC)},
      {SCMP_SYS(prlimit64), masked(2, UINT64_MAX, 0)},
      {SCMP_SYS(tgkill), masked(0, UINT64_MAX, (uint64_t)getpid())},
      {SCMP_SYS(sendmsg), masked(0, UINT64_MAX, (uint64_t)channel)},
  };
  for (size_t i = 0; i < sizeof some / sizeof *some && rc == 0; i++)
    rc = seccomp_rule_add(f, SCMP_ACT_ALLOW, some[i].number, 1, some[i].when);
  /* The C library goes back to clone(2), whose flags a filter can see. */
  return rc ? rc : seccomp_rule_add(f, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
}

/* One descriptor, as unix(7) sends it. */
static int send_descriptor(int channel, int fd) {
  union {
    struct cmsghdr head;
    char room[CMSG_SPACE(sizeof(int))];
  } control = {0};
  char byte = 0;
  struct iovec data = {&byte, 1};
  struct msghdr m = {
      .msg_iov = &data, .msg_iovlen = 1, .msg_control = control.room, .msg_controllen = sizeof control.room};
  struct cmsghdr *c = CMSG_FIRSTHDR(&m);
  c->cmsg_level = SOL_SOCKET;
  c->cmsg_type = SCM_RIGHTS;
  c->cmsg_len = CMSG_LEN(sizeof fd);
  memcpy(CMSG_DATA(c), &fd, sizeof fd);
  return sendmsg(channel, &m, 0) == 1 ? 0 : -1;
}

int lur_sandbox_filter(int channel) {
  scmp_filter_ctx f = seccomp_init(SCMP_ACT_ERRNO(EPERM));
  int rc = f ? add_rules(f, channel) : -1;
  if (rc == 0)
    rc = seccomp_load(f);
  if (rc == 0) {
    const int fd = seccomp_notify_fd(f);
    if (fd < 0 || send_descriptor(channel, fd) != 0)
      _exit(LUR_EXIT_FAILED);
    close(fd);
  }
  seccomp_release(f);
  return rc ? -1 : 0;
}

#endif
