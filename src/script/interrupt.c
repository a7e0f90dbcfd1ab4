/* SPDX-License-Identifier: MIT
 * SIGINT and SIGTERM. The handler stores the signal's number, arms a count hook on the watched state (persistent, so
 * that a script's own pcall cannot swallow it) and a timer that ends the process where nothing obeys: a hook reaches
 * neither a running coroutine nor a loop inside a C function. A signal handler can be told nothing but through
 * globals, so this is the one file that has some. */
#include <signal.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#include "script/internal.h"

static atomic_int seen;
static _Atomic(lua_State *) watched;

static void stop_script(lua_State *L, lua_Debug *at) {
  (void)at;
  luaL_error(L, "interrupted");
}

static void arm(suseconds_t ms) {
  struct itimerval once = {.it_value = {ms / 1000, ms % 1000 * 1000}};
  setitimer(ITIMER_REAL, &once, NULL);
}

static void on_signal(int number) {
  if (atomic_exchange(&seen, number))
    _exit(128 + number);
  lua_State *L = atomic_load(&watched);
  if (L)
    lua_sethook(L, stop_script, LUA_MASKCALL | LUA_MASKRET | LUA_MASKLINE | LUA_MASKCOUNT, 1);
  arm(LUR_INTERRUPT_GRACE_MS);
}

static void on_timer(int number) {
  (void)number;
  int first = atomic_load(&seen);
  if (first)
    _exit(128 + first);
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
