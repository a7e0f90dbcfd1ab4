/* SPDX-License-Identifier: MIT
 * What the command line asks of the Lua side: run this script file, in a state of its own, and do with what it
 * returns what the command is for. Prints messages to stderr; never exits. One call at a time per process, because
 * signals are the process's. */
#ifndef LUR_HOST_SCRIPT_H
#define LUR_HOST_SCRIPT_H

#include "session/request.h"
#include "view/hinton.h"

/* All return the exit code: 0, 1 a script or the world failed, 2 usage, 3 something differs or does not hold, 130 or
 * 143 after a signal. */
int lur_script_run(const struct lur_script_options *options);
extern const char lur_every_alone[]; /* what is wrong with --every without --checkpoint */
int lur_script_sweep(const struct lur_script_options *options, const struct lur_sweep_request *request);
int lur_script_replay(const struct lur_replay_request *request);

/* What `luron plot SCRIPT` asks for: the loss over the epochs; or a picture of the script's network after so many
 * epochs each, or one for each. */
enum { LUR_MOST_PLOT_EPOCHS = 8, LUR_MOST_FRAMES = 1000, LUR_FRAMES = 60 };
struct lur_network_request {
  enum lur_run_picture picture;
  bool animate;
  int n_epochs;           /* 0: before and after; to animate, LUR_FRAMES moments, ever further apart */
  const uint64_t *epochs; /* more than the script says: as many as it says */
  const struct lur_look *look;
  char *note; /* LUR_NOTE_BYTES, as of lur_figure_finish */
  /* Takes a picture; a code other than LUR_OK ends it. */
  int (*take)(void *context, const struct lur_buffer *picture, struct lur_error *e);
  void *context;
};
int lur_script_plot(const struct lur_script_options *options, const struct lur_network_request *request);

/* A prompt, after the script: each line that read gives is run. */
struct lur_buffer;
struct lur_prompt {
  /* A line without its end, which is freed; NULL at the end, or, given_up, where Ctrl-C came. `before`: the lines of
   * the chunk so far, or NULL. */
  char *(*read)(void *context, void *state, const char *prompt, const char *before, bool *given_up);
  void *context;
};
int lur_script_prompt(const struct lur_script_options *options, const struct lur_prompt *p);
/* Within read: what the last word of the n bytes may become, names in the alphabet's order with a '\0' behind each;
 * *from: where the word begins. */
void lur_prompt_complete(void *state, const char *text, size_t n, size_t *from, struct lur_buffer *names);

/* "Lua 5.4.4 (system)", "Lua 5.4.7 (bundled)". */
const char *lur_script_lua_version(void);

#endif
