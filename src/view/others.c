/* SPDX-License-Identifier: MIT
 * A note, because such files are not found by their names. */
#include "view/others.h"

#include <stdio.h>

#include "engine/engine.h"

#include "view/terminal.h"

enum { PATH_COLUMNS = 512 };

static void write(const struct lur_other *o, struct lur_buffer *out) {
  if (!o->n)
    return;
  lur_buffer_text(out, "note: ");
  lur_terminal_text(o->path, sizeof o->path, out);
  if (o->n > 1)
    lur_buffer_format(out, " and %d more", o->n - 1);
  lur_buffer_format(out, " %s made by the same script, and %s another sweep: ", o->n > 1 ? "were" : "was",
                    o->n > 1 ? "each holds" : "holds");
  if (o->changed[0]) {
    lur_terminal_text(o->changed, sizeof o->changed, out);
    lur_buffer_text(out, " has changed in between\n");
  } else {
    lur_buffer_text(out, "data or fields of it come from outside its text, such as os.time(), math.randomseed() without"
                         " a number, or a file\n");
  }
}

void lur_others_write(struct lur_table *t, struct lur_buffer *out) {
  struct lur_other o;
  lur_store_find_others(lur_table_path(t), &lur_table_facts(t)->sweep, t, &o);
  write(&o, out);
}

void lur_others_write_missing(const char *path, const char *script, const char *words, struct lur_buffer *out) {
  char versions[32];
  snprintf(versions, sizeof versions, "numerics %d", LUR_NUMERICS_VERSION);
  const struct lur_sweep_facts f = {.script = script, .overrides = words, .versions = versions};
  struct lur_other o;
  lur_store_find_others(path, &f, NULL, &o);
  write(&o, out);
}

const char *lur_opaque_of(const struct lur_table_facts *f, char text[LUR_OPAQUE_ROOM]) {
  size_t n;
  const char *line = lur_sweep_line(f->sweep.experiment, "opaque", &n);
  snprintf(text, LUR_OPAQUE_ROOM, "%.*s", (int)(n < LUR_OPAQUE_ROOM ? n : LUR_OPAQUE_ROOM - 1), line ? line : "");
  return text;
}

void lur_opaque_write(struct lur_table *t, struct lur_buffer *out) {
  char text[LUR_OPAQUE_ROOM];
  if (!lur_opaque_of(lur_table_facts(t), text)[0])
    return;
  lur_buffer_text(out, "note: ");
  lur_terminal_text(lur_table_path(t), PATH_COLUMNS, out);
  lur_buffer_text(out, ": its functions hold ");
  lur_terminal_text(text, sizeof text, out);
  lur_buffer_text(out, ", and luron cannot see whether that changed: this sweep never counts as done\n");
}
