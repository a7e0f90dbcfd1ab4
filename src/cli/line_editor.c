/* SPDX-License-Identifier: MIT
 * Ctrl-C while a line is typed ends the reading of it, by a handler that does no more. The history is a file of the
 * person's own, in $XDG_STATE_HOME/luron or ~/.local/state/luron; one that cannot be written is done without. */
#include "cli/line_editor.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/digits.h"
#include "base/memory.h"
#include "base/signals.h"
#include "host/script.h"

#ifdef LUR_LIBEDIT
#include <histedit.h>
#endif

struct lur_line_editor {
  bool at_terminal;
  const char *prompt;
#ifdef LUR_LIBEDIT
  EditLine *el;
  History *history;
  char path[PATH_MAX]; /* of the history; or "" */
  const char *before;
  void *state;
#endif
};

#ifdef LUR_LIBEDIT

/* ---- The history's file ---- */
/* Makes the folders of a path. */
static bool make_folders(char *path) {
  for (char *at = path + 1; (at = strchr(at, '/')); at++) {
    *at = '\0';
    const bool good = mkdir(path, 0700) == 0 || errno == EEXIST;
    *at = '/';
    if (!good)
      return false;
  }
  return true;
}

static void find_history(struct lur_line_editor *e) {
  const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
  int n = 0;
  if (state && state[0] == '/')
    n = snprintf(e->path, sizeof e->path, "%s/luron/history", state);
  else if (home && home[0] == '/')
    n = snprintf(e->path, sizeof e->path, "%s/.local/state/luron/history", home);
  if (n <= 0 || n >= (int)sizeof e->path || !make_folders(e->path))
    e->path[0] = '\0';
}

/* ---- Completion ---- */
/* Bytes that all the names begin with. */
static size_t common(const struct lur_buffer *names) {
  size_t n = names->length_bytes ? strlen(names->data) : 0;
  for (const char *at = names->data; at && at < names->data + names->length_bytes; at += strlen(at) + 1) {
    size_t k = 0;
    while (k < n && at[k] == names->data[k])
      k++;
    n = k;
  }
  return n;
}

static void print_names(const struct lur_buffer *names) {
  enum { COLUMNS = 78 };
  size_t column = 0;
  putchar('\n');
  for (const char *at = names->data; at < names->data + names->length_bytes; at += strlen(at) + 1) {
    const size_t width = strlen(at) + 2;
    if (column && column + width > COLUMNS) {
      putchar('\n');
      column = 0;
    }
    printf("%s  ", at);
    column += width;
  }
  putchar('\n');
  fflush(stdout);
}

/* Whether a Tab is one of the text: it indents the line, or more of what was pasted waits behind it. */
static bool is_text(const LineInfo *line) {
  struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
  const char *at = line->buffer;
  while (at < line->cursor && (*at == ' ' || *at == '\t'))
    at++;
  return at == line->cursor || poll(&input, 1, 0) > 0;
}

static unsigned char complete(EditLine *el, int ch) {
  struct lur_line_editor *e;
  struct lur_buffer text = {0}, names = {0};
  const LineInfo *line = el_line(el);
  unsigned char done = CC_ERROR;
  size_t from = 0;
  (void)ch;
  if (is_text(line))
    return el_insertstr(el, "\t") == 0 ? CC_REFRESH : CC_ERROR;
  el_get(el, EL_CLIENTDATA, &e);
  lur_buffer_text(&text, e->before ? e->before : "");
  lur_buffer_text(&text, e->before ? "\n" : "");
  lur_buffer_add(&text, line->buffer, (size_t)(line->cursor - line->buffer));
  if (!text.failed)
    lur_prompt_complete(e->state, text.data ? text.data : "", text.length_bytes, &from, &names);
  const size_t typed = text.length_bytes - from, n = names.failed ? 0 : common(&names);
  if (n > typed) {
    char more[256];
    snprintf(more, sizeof more, "%.*s", (int)(n - typed), names.data + typed);
    el_insertstr(el, more);
    done = CC_REFRESH;
  } else if (names.length_bytes && strlen(names.data) + 1 < names.length_bytes) {
    print_names(&names);
    done = CC_REDISPLAY;
  }
  lur_buffer_free(&text);
  lur_buffer_free(&names);
  return done;
}

/* ---- The editor ---- */
static char *prompt_of(EditLine *el) {
  struct lur_line_editor *e;
  el_get(el, EL_CLIENTDATA, &e);
  return (char *)e->prompt;
}

/* Ctrl-Z is a key like others: a signal would stop luron in the middle of editing. */
static void take_terminal(EditLine *el) {
  el_set(el, EL_PREP_TERM, 1);
  el_set(el, EL_SETTY, "-d", "susp=", NULL);
}

/* Gives the terminal to the shell until fg; then the line is shown again. */
static unsigned char suspend(EditLine *el, int ch) {
  (void)ch;
  el_set(el, EL_PREP_TERM, 0);
  kill(0, SIGTSTP); /* all of the job, as a terminal does */
  take_terminal(el);
  return CC_REDISPLAY;
}

static void begin_editing(struct lur_line_editor *e) {
  HistEvent event;
  lur_locale_letters();
  e->el = el_init("luron", stdin, stdout, stderr);
  e->history = history_init();
  if (!e->el || !e->history)
    return;
  find_history(e);
  history(e->history, &event, H_SETSIZE, 1000);
  history(e->history, &event, H_SETUNIQUE, 1);
  if (e->path[0])
    history(e->history, &event, H_LOAD, e->path);
  el_set(e->el, EL_CLIENTDATA, e);
  el_set(e->el, EL_PROMPT, prompt_of);
  el_set(e->el, EL_EDITOR, "emacs");
  el_set(e->el, EL_HIST, history, e->history);
  el_set(e->el, EL_ADDFN, "luron-complete", "complete a name", complete);
  el_set(e->el, EL_BIND, "^I", "luron-complete", NULL);
  el_set(e->el, EL_ADDFN, "luron-suspend", "stop until fg", suspend);
  el_set(e->el, EL_BIND, "^Z", "luron-suspend", NULL);
  el_set(e->el, EL_BIND, "^R", "em-inc-search-prev", NULL);
  el_source(e->el, NULL);
}

static void end_editing(struct lur_line_editor *e) {
  if (e->history)
    history_end(e->history);
  if (e->el)
    el_end(e->el);
}

static char *edit_line(struct lur_line_editor *e) {
  HistEvent event;
  int n = 0;
  el_resize(e->el);
  take_terminal(e->el); /* before the prompt is seen: a key typed at once is for the editor */
  const char *line = el_gets(e->el, &n);
  if (!line || n <= 0)
    return NULL;
  if (strspn(line, " \t\n") < strlen(line)) {
    history(e->history, &event, H_ENTER, line);
    if (e->path[0]) /* at once: os.exit() or a signal may be the end */
      history(e->history, &event, H_SAVE, e->path);
  }
  return lur_copy_text(line);
}

static bool edits(const struct lur_line_editor *e) {
  return e->el && e->history;
}

#else

static void begin_editing(struct lur_line_editor *e) {
  (void)e;
}

static void end_editing(struct lur_line_editor *e) {
  (void)e;
}

static char *edit_line(struct lur_line_editor *e) {
  (void)e;
  return NULL;
}

static bool edits(const struct lur_line_editor *e) {
  (void)e;
  return false;
}

#endif

struct lur_line_editor *lur_line_editor_new(void) {
  struct lur_line_editor *e = lur_alloc(1, sizeof *e);
  if (!e)
    return NULL;
  e->at_terminal = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
  if (e->at_terminal)
    begin_editing(e);
  return e;
}

void lur_line_editor_free(struct lur_line_editor *e) {
  if (e)
    end_editing(e);
  free(e);
}

static char *plain_line(const struct lur_line_editor *e) {
  char *line = NULL;
  size_t room = 0;
  if (e->at_terminal)
    fputs(e->prompt, stdout);
  fflush(stdout);
  if (getline(&line, &room, stdin) >= 0)
    return line;
  free(line);
  clearerr(stdin);
  return NULL;
}

char *lur_line_editor_read(void *editor, void *state, const char *prompt, const char *before, bool *given_up) {
  struct lur_line_editor *e = editor;
  e->prompt = prompt;
#ifdef LUR_LIBEDIT
  e->before = before;
  e->state = state;
#else
  (void)state, (void)before;
#endif
  const bool failed = ferror(stdout);
  lur_signal_wait(true);
  char *line = edits(e) ? edit_line(e) : plain_line(e);
  lur_signal_wait(false);
  if (e->at_terminal && !failed) /* a signal has ended a write to a terminal that Ctrl-S had stopped: no disk is full */
    clearerr(stdout);
  *given_up = !line && atomic_load(lur_signal_flag()) == SIGINT;
  if (*given_up)
    lur_signal_forget();
  if (!line && e->at_terminal)
    putchar('\n');
  if (line)
    line[strcspn(line, "\n")] = '\0';
  return line;
}
