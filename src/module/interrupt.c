/* SPDX-License-Identifier: MIT
 * SIGINT and SIGTERM. The handler stores the signal's number, arms a count hook on the watched state (persistent, so
 * that a script's own pcall cannot swallow it) and a timer that ends the process where nothing obeys: a hook reaches
 * neither a running coroutine nor a loop inside a C function. A signal handler can be told nothing but through
 * globals, so this is the one file that has some. */
#include "module/interrupt.h"

#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/clock.h"
#include "module/module.h"

/* A signal to a process group and one to the process itself may be the same wish: `timeout` sends both. */
enum { SAME_WISH_NS = 50000000 };

static atomic_int seen;

static _Atomic uint64_t seen_at_ns;

static _Atomic(lua_State *) watched;

static void stop_script(lua_State *L, lua_Debug *at) {
  lua_getinfo(L, "Sl", at);
  if (at->currentline > 0)
    luaL_error(L, "%s:%d: interrupted", at->short_src, at->currentline);
  luaL_error(L, "interrupted");
}

void lur_interrupt_pause(lua_State *L) {
  lua_sethook(L, NULL, 0, 0);
}

void lur_interrupt_resume(lua_State *L) {
  lua_sethook(L, stop_script, LUA_MASKCALL | LUA_MASKRET | LUA_MASKLINE | LUA_MASKCOUNT, 1);
}

static void arm(suseconds_t ms) {
  struct itimerval once = {.it_value = {ms / 1000, ms % 1000 * 1000}};
  setitimer(ITIMER_REAL, &once, NULL);
}

static void on_signal(int number) {
  uint64_t now_ns = lur_clock_ns();
  if (atomic_load(&seen) && now_ns - atomic_load(&seen_at_ns) < SAME_WISH_NS)
    return;
  if (atomic_exchange(&seen, number))
    _exit(LUR_EXIT_SIGNAL + number);
  atomic_store(&seen_at_ns, now_ns);
  lua_State *L = atomic_load(&watched);
  if (L)
    lur_interrupt_resume(L);
  arm(LUR_INTERRUPT_GRACE_MS);
}

static void on_timer(int number) {
  (void)number;
  int first = atomic_load(&seen);
  if (first)
    _exit(LUR_EXIT_SIGNAL + first);
}

static void handle(int number, void (*with)(int)) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = with;
  action.sa_flags = SA_RESTART;
  sigaction(number, &action, NULL);
}

void lur_interrupt_catch(void) {
  handle(SIGALRM, on_timer);
  handle(SIGINT, on_signal);
  handle(SIGTERM, on_signal);
  handle(SIGPIPE, SIG_DFL); /* also where a parent ignores it: a reader that has gone has had enough, without a word */
  handle(SIGXFSZ, SIG_IGN); /* a file at its limit is a write that fails, not the end */
}

void lur_interrupt_obeyed(void) {
  arm(0);
}

const atomic_int *lur_interrupt_flag(void) {
  return &seen;
}

void lur_interrupt_watch(lua_State *L) {
  atomic_store(&watched, L);
}
