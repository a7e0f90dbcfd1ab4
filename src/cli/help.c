/* SPDX-License-Identifier: MIT
 * `luron help`: commands and options from the table of commands, fields from the table of fields. */
#include <math.h>
#include <string.h>

#include "base/buffer.h"
#include "cli/command.h"
#include "data/csv.h"
#include "sweep/field.h"

void lur_help_overview(FILE *to) {
  fputs("luron runs experiments with small neural networks, written in Lua.\n\n", to);
  for (int i = 0; lur_commands[i]; i++) {
    const struct lur_command *c = lur_commands[i];
    fprintf(to, "  luron %-9s %s\n", c->name, c->meaning);
  }
  fputs("  luron FILE      the same as luron run FILE\n"
        "  luron --version versions of luron and Lua, and the kernel in use\n\n"
        "luron help COMMAND, luron help fields, luron help FIELD and luron help csv say more.\n",
        to);
}

/* ---- A command ---- */
static void print_option(const struct lur_option *o) {
  char left[64];
  char letter[5] = {'-', o->letter, ',', ' ', '\0'};
  snprintf(left, sizeof left, "%s--%s%s%s", o->letter ? letter : "    ", o->name, o->value ? "=" : "",
           o->value ? o->value : "");
  printf("  %-24s %s\n", left, o->meaning);
}

void lur_help_command(const struct lur_command *c) {
  printf("usage: luron %s [OPTIONS] %s\n\n%s\n", c->name, c->usage, c->meaning);
  if (c->more)
    printf("\n%s", c->more);
  putchar('\n');
  for (int i = 0; c->options && c->options[i].name; i++)
    print_option(&c->options[i]);
  for (int i = 0; lur_shared_option(c, i); i++)
    print_option(lur_shared_option(c, i));
}

/* ---- Fields ---- */
static void print_fields(void) {
  printf("Fields of an experiment, with their defaults; luron help FIELD says more.\n\n");
  for (int i = 0; i < LUR_N_FIELDS; i++) {
    const struct lur_field *f = &lur_fields[i];
    printf("  %-18s %s\n", f->name, f->meaning);
    if (f->default_text[0])
      printf("  %-18s   default: %s\n", "", f->default_text);
  }
}

/* Ends that stand for "just above 0", "just below 1" and "any" are said as such. */
static void print_range(const struct lur_field *f, double least) {
  bool from_whole = least == rint(least), to_whole = f->max == rint(f->max);
  if (from_whole)
    printf(" from %.15g", least);
  else
    printf(" above %.15g", floor(least));
  if (f->max >= 9007199254740992.0)
    printf("%s", from_whole ? " up" : "");
  else if (to_whole)
    printf(" to %.15g", f->max);
  else
    printf(" to below %.15g", ceil(f->max));
}

static void print_choices(const char *const *choice) {
  for (int i = 0; choice[i]; i++)
    printf(" %s", choice[i]);
}

static void print_kind(const struct lur_field *f) {
  printf("  value    ");
  switch (f->kind) {
  case LUR_K_CHOICE:
    printf("one of");
    print_choices(f->choices);
    break;
  case LUR_K_INTEGER:
  case LUR_K_BATCH:
    printf("a whole number");
    print_range(f, f->min);
    printf("%s", f->kind == LUR_K_BATCH ? ", or \"all\"" : "");
    break;
  case LUR_K_SIZES:
    printf("a whole number");
    print_range(f, 0);
    printf(", or a list of them, one per hidden layer (4x4 on the command line)");
    break;
  case LUR_K_NUMBER:
  case LUR_K_LAYERED:
    printf("a number");
    print_range(f, f->min);
    printf("%s", f->kind == LUR_K_LAYERED ? ", or a list of them, one per layer" : "");
    break;
  case LUR_K_BOOL:
  case LUR_K_TEXT:
  case LUR_K_SCRIPT: printf("%s", lur_field_takes(f)); break;
  }
  printf("%s%s\n", f->unit[0] ? "; in " : "", f->unit);
}

/* How it is written where that is not name = value. */
static void print_written(const struct lur_field *f) {
  if (strncmp(f->name, "stop_", 5) == 0)
    printf("  written  stop = { %s = ... }\n", f->name + 5);
  if (f->kind == LUR_K_LAYERED)
    printf("  layers   %s_1, %s_2 ... set one layer's own\n", f->name, f->name);
  if (strcmp(f->name, "metrics") == 0) {
    printf("  names   ");
    print_choices(lur_metric_names);
    putchar('\n');
  }
}

static const char *of_false(const struct lur_field *f) {
  if (!lur_field_takes_false(f))
    return "";
  return f == &lur_fields[LUR_F_LOG] ? "; false prints none" : "; false takes away what was set";
}

static void print_field(const struct lur_field *f) {
  printf("%s: %s\n", f->name, f->meaning);
  print_kind(f);
  print_written(f);
  if (f->default_text[0])
    printf("  default  %s%s\n", f->default_text, of_false(f));
  if (strcmp(f->name, f->column) != 0)
    printf("  column   %s, and so on axes, because %s is a metric\n", f->column, f->name);
  if (f->flags & LUR_AXIS)
    printf("  axis     it may vary in a sweep\n");
}

/* The fields that stand in a table of that name, as stop_error does in stop; false where there are none. */
static bool print_family(const char *name) {
  const size_t n = strlen(name);
  bool any = false;
  for (int i = 0; i < LUR_N_FIELDS; i++) {
    if (strncmp(lur_fields[i].name, name, n) != 0 || lur_fields[i].name[n] != '_')
      continue;
    if (any)
      putchar('\n');
    print_field(&lur_fields[i]);
    any = true;
  }
  return any;
}

/* ---- luron.csv ---- */
static void print_csv(void) {
  printf("luron.csv(path, { name = value, ... }): a data set from a CSV file. Its options:\n");
  for (const struct lur_csv_option *o = lur_csv_option_table; o->name; o++)
    printf("\n%s: %s\n  default  %s\n", o->name, o->meaning, o->otherwise);
}

/* ---- The command ---- */
static int help_topic(const char *topic) {
  const struct lur_command *c = lur_command_find(topic);
  int field;
  if (c) {
    lur_help_command(c);
    if ((field = lur_field_find(topic, NULL)) >= 0) {
      printf("\nThe field of that name:\n\n");
      print_field(&lur_fields[field]);
    }
  } else if (strcmp(topic, "fields") == 0) {
    print_fields();
  } else if (strcmp(topic, "csv") == 0) {
    print_csv();
  } else if ((field = lur_field_find(topic, NULL)) >= 0) {
    print_field(&lur_fields[field]);
  } else if (!print_family(topic)) {
    struct lur_error e;
    lur_field_unknown(topic, &e);
    const char *hint = lur_field_hint(&e);
    return lur_usage_error(topic, "no such command or field; %s", hint ? hint : "see luron help");
  }
  return LUR_EXIT_OK;
}

static int help(const struct lur_arguments *a) {
  if (a->n_words)
    return help_topic(a->words[0]);
  lur_help_overview(stdout);
  return LUR_EXIT_OK;
}

const struct lur_command lur_command_help = {
    .name = "help",
    .usage = "[COMMAND | fields | FIELD | csv]",
    .meaning = "what a command takes, what the fields of an experiment are, how CSV files are read",
    .n_most = 1,
    .run = help,
};
