/* SPDX-License-Identifier: MIT
 * The handler stores the signal's number, stops what is watched, and arms a timer that ends the process if nothing
 * obeys: what is stopped may not hear it, such as a running coroutine, or a loop inside a C function. A signal handler
 * can be told nothing but through globals, so this is the one file that has some. */
#include "base/signals.h"

#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/exit.h"

/* A signal to a process group and one to the process itself may be the same wish: `timeout` sends both. */
enum { SAME_WISH_NS = 50000000 };

/* Between two calls for input that a signal ends at a prompt. */
enum { WAITING_MS = 20 };

static atomic_int seen;
static _Atomic uint64_t seen_at_ns;
static _Atomic(const struct lur_signal_watch *) watched;
static atomic_flag lent = ATOMIC_FLAG_INIT;

static void arm_each(suseconds_t ms, suseconds_t then_ms) {
  struct itimerval timer = {.it_value = {ms / 1000, ms % 1000 * 1000}, .it_interval = {0, then_ms * 1000}};
  setitimer(ITIMER_REAL, &timer, NULL);
}

static void arm(suseconds_t ms) {
  arm_each(ms, 0);
}

static void on_signal(int number) {
  uint64_t now_ns = lur_clock_ns();
  if (atomic_load(&seen) && now_ns - atomic_load(&seen_at_ns) < SAME_WISH_NS)
    return;
  if (atomic_exchange(&seen, number))
    _exit(LUR_EXIT_SIGNAL + number);
  atomic_store(&seen_at_ns, now_ns);
  const struct lur_signal_watch *w = atomic_load(&watched);
  if (w)
    w->stop(w->what);
  arm(LUR_SIGNAL_GRACE_MS);
}

static void on_timer(int number) {
  static const char said[] = "luron: ended, for what was running hears no signal\n";
  (void)number;
  int first = atomic_load(&seen);
  if (!first)
    return;
  const ssize_t n = write(STDERR_FILENO, said, sizeof said - 1);
  (void)n; /* said or not, it ends */
  _exit(LUR_EXIT_SIGNAL + first);
}

static void handle(int number, void (*with)(int), int flags) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = with;
  action.sa_flags = flags;
  sigaction(number, &action, NULL);
}

/* What the process was started to ignore, it ignores: under nohup, after trap '' INT, in a shell's background. */
static void heed(void (*with)(int), int flags) {
  static const int numbers[] = {SIGINT, SIGTERM};
  struct sigaction before;
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
    if (sigaction(numbers[i], NULL, &before) != 0 || before.sa_handler != SIG_IGN)
      handle(numbers[i], with, flags);
}

void lur_signal_catch(void) {
  handle(SIGALRM, on_timer, SA_RESTART);
  heed(on_signal, SA_RESTART);
  /* Also where a parent ignores it: a reader that has gone has had enough, without a word. */
  handle(SIGPIPE, SIG_DFL, SA_RESTART);
  handle(SIGCHLD, SIG_DFL, SA_RESTART); /* the end of a child has a code only where it is not ignored */
  handle(SIGXFSZ, SIG_IGN, SA_RESTART); /* a file at its limit is a write that fails, not the end */
}

/* The call that waits for input ends: its SA_RESTART is off. The timer ends one that began just after the signal. */
static void on_signal_waiting(int number) {
  atomic_store(&seen, number);
  arm_each(WAITING_MS, WAITING_MS);
}

static void on_timer_waiting(int number) {
  (void)number;
}

void lur_signal_wait(bool waits) {
  heed(waits ? on_signal_waiting : on_signal, waits ? 0 : SA_RESTART);
  if (!waits) /* after that: a signal until now has set the timer, which must not end the process */
    arm(0);
  handle(SIGALRM, waits ? on_timer_waiting : on_timer, waits ? 0 : SA_RESTART);
  if (waits && atomic_load(&seen))
    arm_each(WAITING_MS, WAITING_MS);
}

void lur_signal_forget(void) {
  arm(0);
  atomic_store(&seen, 0);
}

void lur_signal_obeyed(void) {
  arm(0);
}

const atomic_int *lur_signal_flag(void) {
  return &seen;
}

void lur_signal_watch(const struct lur_signal_watch *w) {
  atomic_store(&watched, w);
}

/* ---- A loan ---- */
static const int lent_signals[] = {SIGALRM, SIGINT, SIGTERM};

enum { N_LENT = sizeof lent_signals / sizeof *lent_signals };

void lur_signal_borrow(struct lur_signal_loan *loan, const struct lur_signal_watch *w) {
  loan->taken = !atomic_flag_test_and_set(&lent);
  if (!loan->taken)
    return;
  for (int i = 0; i < N_LENT; i++)
    sigaction(lent_signals[i], NULL, &loan->before[i]);
  lur_signal_watch(w);
  handle(SIGALRM, on_timer, SA_RESTART);
  heed(on_signal, SA_RESTART);
}

void lur_signal_give_back(struct lur_signal_loan *loan) {
  if (!loan->taken)
    return;
  lur_signal_watch(NULL);
  if (atomic_load(&seen))
    arm(0);
  for (int i = 0; i < N_LENT; i++)
    sigaction(lent_signals[i], &loan->before[i], NULL);
  const int number = atomic_exchange(&seen, 0);
  loan->taken = false;
  atomic_flag_clear(&lent);
  if (number)
    raise(number);
}
