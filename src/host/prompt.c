/* SPDX-License-Identifier: MIT
 * The prompt: lines are read and run, one after the other, in the state of a script that may have run before. What is
 * an expression is shown. A line that is not complete is asked for more; a mistake, or Ctrl-C, ends what it did and not
 * the prompt. Where lines come from is the command's. */
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/prompt.h"

static const char chunk[] = "=stdin";

/* ---- One chunk: a line, or as many as it takes ---- */
/* Whether the message of a chunk that was refused says that there is more to come. */
static bool is_incomplete(lua_State *L) {
  size_t n;
  const char *text = lua_tolstring(L, -1, &n), end[] = "<eof>";
  return n >= sizeof end - 1 && strcmp(text + n - (sizeof end - 1), end) == 0;
}

/* Pushes the function of an expression's line, which may begin with "=", or of a statement's; else the message. */
static int load_chunk(lua_State *L, const char *text) {
  const char *rest = text + strspn(text, " \t");
  lua_pushfstring(L, "return %s", *rest == '=' ? rest + 1 : rest);
  int status = luaL_loadbufferx(L, lua_tostring(L, -1), lua_rawlen(L, -1), chunk, "t");
  lua_remove(L, -2);
  if (status == LUA_OK || *rest == '=')
    return status;
  lua_pop(L, 1);
  return luaL_loadbufferx(L, text, strlen(text), chunk, "t");
}

/* Answers a line that other prompts have as a command, and Lua as a name that is nothing. */
static bool answer_word(lua_State *L, const char *line) {
  static const struct {
    const char *word, *answer;
  } words[] = {{"help", "luron help, in a shell, lists what there is; luron help NAME tells of a function or a field"},
               {"exit", "Ctrl-D leaves, and so does os.exit()"},
               {"quit", "Ctrl-D leaves, and so does os.exit()"}};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    if (strcmp(line, words[i].word) != 0)
      continue;
    const bool nothing = lua_getglobal(L, line) == LUA_TNIL;
    lua_pop(L, 1);
    if (nothing)
      puts(words[i].answer);
    return nothing;
  }
  return false;
}

/* Pushes what the next chunk is, or its message; -1 at the end of lines, LUA_YIELD where Ctrl-C gave it up. */
static int read_chunk(lua_State *L, const struct lur_prompt *p) {
  struct lur_buffer *text = lur_push_buffer(L);
  for (;;) {
    bool given_up = false;
    char *line = p->read(p->context, L, text->length_bytes ? ">> " : "> ", text->data, &given_up);
    if (!line && text->length_bytes && !given_up)
      return load_chunk(L, text->data);
    if (!line)
      return given_up ? LUA_YIELD : -1;
    if (!text->length_bytes && answer_word(L, line)) {
      free(line);
      continue;
    }
    lur_buffer_text(text, text->length_bytes ? "\n" : "");
    lur_buffer_text(text, line);
    free(line);
    if (text->failed)
      lur_raise_memory(L);
    const int status = load_chunk(L, text->data);
    if (status != LUA_ERRSYNTAX || !is_incomplete(L))
      return status;
    lua_pop(L, 1);
  }
}

/* ---- Running it ---- */
static int show_results(lua_State *L) {
  struct lur_buffer *out = lur_push_buffer(L);
  for (int i = 1, n = lua_gettop(L) - 1; i <= n; i++) {
    lur_show_value(L, i, out);
    lur_buffer_text(out, i < n ? "\t" : "\n");
  }
  if (out->failed)
    lur_raise_memory(L);
  fwrite(out->data, 1, out->length_bytes, stdout);
  return 0;
}

/* SIGTERM ends the prompt, also if it came while a line ran; after Ctrl-C the state runs on. */
static bool is_ended(void) {
  return atomic_load(lur_signal_flag()) == SIGTERM;
}

static void go_on(lua_State *L) {
  if (!atomic_load(lur_signal_flag()) || is_ended())
    return;
  lur_signal_forget();
  lur_interrupt_pause(L);
}

static void report_mistake(lua_State *L) {
  size_t n;
  const char *text = lua_tolstring(L, -1, &n);
  fflush(stdout);
  if (text)
    lur_tell(text, n);
  lur_script_of(L)->exit_code = LUR_EXIT_OK;
}

/* Calls the function on the top, protected, and shows what it returns. */
static void run_chunk(lua_State *L) {
  const int at = lua_gettop(L);
  lua_pushcfunction(L, lur_explain);
  lua_insert(L, at);
  int status = lua_pcall(L, 0, LUA_MULTRET, at);
  if (status == LUA_OK && lua_gettop(L) > at) {
    lua_pushcfunction(L, show_results);
    lua_insert(L, at + 1);
    status = lua_pcall(L, lua_gettop(L) - at - 1, 0, at);
  }
  go_on(L);
  if (status != LUA_OK)
    report_mistake(L);
}

/* What a script returned is e. */
static void keep_returned(lua_State *L) {
  if (lua_isnoneornil(L, 1))
    return;
  lua_pushvalue(L, 1);
  lua_setglobal(L, "e");
  fprintf(stdout, "e is what %s returned\n", lur_script_of(L)->options->path);
}

static int prompt(lua_State *L) {
  const struct lur_prompt *p = lur_script_of(L)->request;
  keep_returned(L);
  lua_settop(L, 0);
  for (int status; !is_ended() && (status = read_chunk(L, p)) != -1 && !is_ended(); lua_settop(L, 0))
    if (status == LUA_OK)
      run_chunk(L);
    else if (status != LUA_YIELD)
      report_mistake(L);
  return 0;
}

int lur_script_prompt(const struct lur_script_options *options, const struct lur_prompt *p) {
  return lur_script_execute(options, prompt, p, NULL);
}
