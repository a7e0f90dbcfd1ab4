/* SPDX-License-Identifier: MIT
 * A row of results as Lua has it: values of fields as the script writes them, and what to give e:run as overrides. */
#include <stdio.h>
#include <string.h>

#include "module/module.h"
#include "store/store.h"
#include "sweep/shortcuts.h"

/* ---- Values ---- */
/* "4x4" as { 4, 4 }. */
static void push_list_text(lua_State *L, const char *text) {
  lua_newtable(L);
  for (int i = 1; *text; i++) {
    size_t n = strcspn(text, "x");
    lua_pushlstring(L, text, n);
    double x;
    if (lur_digits_read(lua_tostring(L, -1), &x)) {
      lua_pop(L, 1);
      if (x == (double)(lua_Integer)x)
        lua_pushinteger(L, (lua_Integer)x);
      else
        lua_pushnumber(L, x);
    }
    lua_rawseti(L, -2, i);
    text += n + (text[n] == 'x');
  }
}

/* Whether the script's param of that name is true or false, of which a file keeps 1 and 0. */
static bool is_truth(const struct lur_table_facts *f, const char *param) {
  char line[80];
  snprintf(line, sizeof line, "\nparams.%.60s=", param);
  const char *at = strstr(f->sweep.experiment, line), *value = at ? at + strlen(line) : "";
  return strncmp(value, "true\n", 5) == 0 || strncmp(value, "false\n", 6) == 0;
}

void lur_push_cell(lua_State *L, const struct lur_table_facts *f, const char *column, const struct lur_cell *c) {
  int id = lur_field_find(column, NULL);
  enum lur_kind kind = id >= 0 ? lur_fields[id].kind : LUR_K_SCRIPT;
  struct lur_value shortcuts;
  switch (c->kind) {
  case LUR_CELL_NULL: lua_pushnil(L); return;
  case LUR_CELL_REAL: lua_pushnumber(L, c->as.real); return;
  case LUR_CELL_INTEGER:
    if (kind == LUR_K_BOOL || kind == LUR_K_SHORTCUTS || (id < 0 && column[0] && is_truth(f, column)))
      lua_pushboolean(L, c->as.integer != 0);
    else if (kind == LUR_K_BATCH && c->as.integer == 0)
      lua_pushliteral(L, "all");
    else
      lua_pushinteger(L, c->as.integer);
    return;
  case LUR_CELL_TEXT:
    if (kind == LUR_K_SIZES || kind == LUR_K_LAYERED)
      push_list_text(L, c->as.text);
    else if (kind == LUR_K_SHORTCUTS && lur_shortcuts_read(c->as.text, &shortcuts, NULL) == LUR_OK)
      lur_push_value(L, &lur_fields[id], &shortcuts);
    else
      lua_pushstring(L, c->as.text);
    return;
  }
}

/* The line NAME=NUMBER of the experiment, as the file keeps it. */
static bool find_number(const char *experiment, const char *name, double *x) {
  char line[80], digits[40];
  snprintf(line, sizeof line, "\n%.70s=", name);
  const char *at = strstr(experiment, line), *from = at ? at + strlen(line) : "";
  size_t n = strcspn(from, "\n");
  snprintf(digits, sizeof digits, "%.*s", (int)(n < sizeof digits ? n : 0), from);
  return lur_digits_read(digits, x);
}

/* How many layers the row's network has, where that is an axis. */
static int n_layers(const struct lur_table_facts *f, const struct lur_cell *c) {
  for (int i = 0; i < f->n_columns; i++) {
    const struct lur_cell *hidden = &c[i + 1];
    if (strcmp(f->column[i].name, "hidden") != 0)
      continue;
    int n = hidden->kind == LUR_CELL_INTEGER && hidden->as.integer == 0 ? 1 : 2;
    for (const char *at = hidden->kind == LUR_CELL_TEXT ? hidden->as.text : ""; *at; at++)
      n += *at == 'x';
    return n;
  }
  return LUR_MAX_LAYERS;
}

/* An axis of all layers leaves alone those that have a number of their own; an override does not, so that these stand
 * beside it. The table of overrides is on the top. */
static void put_own_layers(lua_State *L, const struct lur_table_facts *f, const struct lur_cell *c, const char *axis) {
  int layer, id = lur_field_find(axis, &layer);
  char name[80];
  double x;
  snprintf(name, sizeof name, "\n%s_", axis);
  if (id < 0 || layer || lur_fields[id].kind != LUR_K_LAYERED || !strstr(f->sweep.experiment, name))
    return;
  int n = lur_field_layers(&lur_fields[id], n_layers(f, c));
  for (layer = 1; layer <= n; layer++) {
    snprintf(name, sizeof name, "%s_%d", axis, layer);
    if (!find_number(f->sweep.experiment, name, &x))
      continue;
    lua_pushnumber(L, x);
    lua_setfield(L, -2, name);
  }
}

void lur_push_row(lua_State *L, const struct lur_table_facts *f, const struct lur_cell *c) {
  lua_createtable(L, 0, f->n_columns + 4);
  lua_pushinteger(L, c[0].as.integer);
  lua_setfield(L, -2, "run");
  lua_newtable(L);
  for (int i = 0; i < f->n_columns; i++) {
    const char *name = f->column[i].name;
    bool axis = f->column[i].role == LUR_COLUMN_AXIS;
    lur_push_cell(L, f, axis ? name : "", &c[i + 1]); /* metrics are numbers, whatever field has their name */
    if (axis) {
      lua_pushvalue(L, -1);
      lua_setfield(L, -3, name);
    }
    lua_setfield(L, -3, name);
    if (axis)
      put_own_layers(L, f, c, name);
  }
  lua_setfield(L, -2, "overrides");
  lur_push_cell(L, f, "", &c[f->n_columns + 1]);
  lua_setfield(L, -2, "status");
  lua_pushboolean(L, c[f->n_columns + 1].kind == LUR_CELL_TEXT && strcmp(c[f->n_columns + 1].as.text, "solved") == 0);
  lua_setfield(L, -2, "solved");
}
