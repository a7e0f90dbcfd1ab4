/* SPDX-License-Identifier: MIT
 * `luron help`: commands and options from the table of commands; what has the name that is asked for. */
#include <string.h>

#include "base/near_word.h"
#include "cli/command.h"
#include "cli/help_page.h"
#include "data/csv.h"

void lur_help_overview(const struct lur_command *const *all, FILE *where) {
  struct lur_help_page page;
  FILE *to = lur_help_page_open(&page);
  fputs("luron runs experiments with small neural networks, written in Lua.\n\n", to);
  for (; *all; all++)
    fprintf(to, "  luron %-9s %s\n", (*all)->name, (*all)->meaning);
  fputs(
      "  luron FILE      the same as luron run FILE\n"
      "  luron -e CODE   run a line of Lua, with luron as a global\n"
      "  luron --version versions of luron and Lua, and the kernel in use\n\n"
      "luron help NAME says more of a command, a field or a Lua function; luron help fields and functions list them.\n",
      to);
  lur_help_page_print(&page, where);
}

/* ---- A command ---- */
static void print_option(FILE *to, const struct lur_option *o) {
  char left[64];
  char letter[5] = {'-', o->letter, ',', ' ', '\0'};
  snprintf(left, sizeof left, "%s--%s%s%s", o->letter ? letter : "    ", o->name, o->value ? "=" : "",
           o->value ? o->value : "");
  fprintf(to, "  %-24s %s\n", left, o->meaning);
}

static void print_command(FILE *to, const struct lur_command *c) {
  fprintf(to, "usage: luron %s [OPTIONS] %s\n\n%s\n", c->name, c->usage, c->meaning);
  if (c->more)
    fprintf(to, "\n%s", c->more);
  fputc('\n', to);
  for (int i = 0; c->options && c->options[i].name; i++)
    print_option(to, &c->options[i]);
  for (int i = 0; lur_shared_option(c, i); i++)
    print_option(to, lur_shared_option(c, i));
}

void lur_help_command(const struct lur_command *c) {
  struct lur_help_page page;
  print_command(lur_help_page_open(&page), c);
  lur_help_page_print(&page, stdout);
}

/* ---- A name that is asked for ---- */
/* A function or a command that is spelled nearly so. */
static const char *near_name(const struct lur_command *const *all, const char *topic) {
  enum { MOST = 255 };
  const char *names[MOST + 1] = {"fields", "functions", "csv"};
  struct lur_function_text f;
  int n = 3;
  for (; *all && n < MOST; all++)
    names[n++] = (*all)->name;
  for (int i = 0; lur_help_choice_at(i) && n < MOST; i++)
    names[n++] = lur_help_choice_at(i);
  for (int i = 0; lur_function_at(i, &f) && n < MOST; i++)
    names[n++] = f.name[strcspn(f.name, ":.")] ? f.name + strcspn(f.name, ":.") + 1 : f.name;
  return lur_near_word(topic, names);
}

/* All that has the name: a command, a field, a function, what a field may hold. */
static bool help_name(FILE *to, const struct lur_command *const *all, const char *name) {
  const struct lur_command *c = lur_command_find(all, name);
  const int field = lur_field_find(name, NULL);
  if (c)
    print_command(to, c);
  if (field >= 0) {
    fprintf(to, "%s", c ? "\nThe field of that name:\n\n" : "");
    lur_help_field(to, &lur_fields[field]);
  }
  const bool function = lur_help_function(to, name, c || field >= 0), any = function || c || field >= 0;
  return lur_help_choice(to, name, any) || any;
}

static int help_topic(FILE *to, const struct lur_command *const *all, const char *topic) {
  if (!*topic)
    return lur_usage_error(NULL, "a name is expected, and not an empty text; see luron help");
  if (strcmp(topic, "fields") == 0)
    lur_help_fields(to);
  else if (strcmp(topic, "functions") == 0)
    lur_help_functions(to);
  else if (strcmp(topic, "csv") == 0 || strcmp(topic, "luron.csv") == 0) {
    fprintf(to, "luron.csv(path, { name = value, ... }): a data set from a CSV file. Its options:\n");
    for (const struct lur_csv_option *o = lur_csv_option_table; o->name; o++)
      fprintf(to, "\n%s: %s\n  default  %s\n", o->name, o->meaning, o->otherwise);
  } else if (!lur_help_choices(to, topic) && !help_name(to, all, topic) && !lur_help_family(to, topic)) {
    struct lur_error e;
    lur_field_unknown(topic, &e);
    const char *hint = lur_field_hint(&e), *near = hint ? NULL : near_name(all, topic);
    if (near)
      return lur_usage_error(topic, "no such command, field or function; did you mean %s?", near);
    return lur_usage_error(topic, "no such command, field or function; %s", hint ? hint : "see luron help");
  }
  return LUR_EXIT_OK;
}

static int help_of(const struct lur_command *const *all, const char *topic) {
  struct lur_help_page page;
  const int code = help_topic(lur_help_page_open(&page), all, topic);
  lur_help_page_print(&page, stdout);
  return code;
}

static int help(const struct lur_arguments *a) {
  if (lur_argument(a, "tables"))
    lur_help_tables(a->all);
  else if (a->n_words)
    return help_of(a->all, a->words[0]);
  else
    lur_help_overview(a->all, stdout);
  return LUR_EXIT_OK;
}

static const struct lur_option options[] = {
    {"tables", 0, NULL, "print all that help knows, a line per entry, with tabs between, for programs"},
    {0},
};

const struct lur_command lur_command_help = {
    .name = "help",
    .usage = "[COMMAND | FIELD | FUNCTION | fields | functions | csv]",
    .meaning = "what a command takes, what a field of an experiment is, what a function of the Lua module does",
    .options = options,
    .n_most = 1,
    .run = help,
};
