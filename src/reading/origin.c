/* SPDX-License-Identifier: MIT
 * Where a table of fields stands in the script's text. The text is read again only to answer a mistake. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/file.h"
#include "reading/reading.h"

void lur_origin_of_call(lua_State *L, struct lur_origin *o) {
  lua_Debug ar;
  *o = (struct lur_origin){.line = -1};
  if (lua_getstack(L, 0, &ar) && lua_getinfo(L, "n", &ar) && ar.name)
    snprintf(o->callee, sizeof o->callee, "%s", ar.name);
  for (int level = 1; lua_getstack(L, level, &ar); level++) {
    lua_getinfo(L, "Sl", &ar);
    if (ar.currentline > 0) {
      o->line = ar.currentline;
      snprintf(o->label, sizeof o->label, "%s", ar.short_src);
      if (ar.source[0] == '@')
        snprintf(o->file, sizeof o->file, "%s", ar.source + 1);
      return;
    }
    o->callee[0] = '\0';
  }
}

void lur_origin_of_return(lua_State *L, int item, struct lur_origin *o) {
  const char *path = lur_script_of(L)->options->path;
  bool is_stdin = strcmp(path, "-") == 0;
  *o = (struct lur_origin){.item = item};
  snprintf(o->file, sizeof o->file, "%s", is_stdin ? "" : path);
  snprintf(o->label, sizeof o->label, "%s", is_stdin ? "stdin" : path);
}

int lur_origin_raise(lua_State *L, const struct lur_origin *o, const char *path, const char *text) {
  size_t n = 0;
  char *bytes = o->file[0] && o->line >= 0 ? lur_file_read(o->file, &n, NULL) : NULL;
  const struct lur_place place = {o->line, o->callee, o->item};
  int line = bytes ? lur_find_line(bytes, n, &place, path) : 0;
  free(bytes);
  line = line ? line : o->line; /* of the table */
  if (line > 0)
    lua_pushfstring(L, "%s:%d: %s: %s", o->label, line, path, text);
  else
    lua_pushfstring(L, "%s: %s: %s", o->label[0] ? o->label : "luron", path, text);
  return lua_error(L);
}
