/* SPDX-License-Identifier: MIT
 * Lines that a person types: at a terminal with editing, history and completion, where libedit is there; else as they
 * come. Main thread only. */
#ifndef LUR_CLI_LINE_EDITOR_H
#define LUR_CLI_LINE_EDITOR_H

#include <stdbool.h>

struct lur_line_editor;
struct lur_line_editor *lur_line_editor_new(void); /* NULL: no memory */
void lur_line_editor_free(struct lur_line_editor *e); /* and writes the history; accepts NULL */

/* As read of struct lur_prompt (host/script.h); the context is the editor. */
char *lur_line_editor_read(void *editor, void *state, const char *prompt, const char *before, bool *given_up);

#endif
