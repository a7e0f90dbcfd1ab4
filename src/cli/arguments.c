/* SPDX-License-Identifier: MIT
 * Reads what stands after a command's name with getopt_long, from the command's own table of options. */
#include <errno.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/near_word.h"
#include "cli/command.h"

static const struct lur_option shared_options[] = {
    {"help", 'h', NULL, "what the command does and takes"},
    {"quiet", 'q', NULL, "print results only, no log and no progress"},
    {"json", 0, NULL, "print JSON Lines"},
    {"color", 0, "WHEN", "auto, always or never"},
};
enum { N_SHARED = sizeof shared_options / sizeof *shared_options, SHARED_FIRST = LUR_MAX_OPTIONS };

const struct lur_option *lur_shared_option(const struct lur_command *c, int i) {
  return i < (c->prints ? (int)N_SHARED : 1) ? &shared_options[i] : NULL;
}

int lur_usage_error(const char *name, const char *format, ...) {
  char text[LUR_USAGE_BYTES];
  va_list args;
  va_start(args, format);
  lur_usage_text(text, name, format, args);
  va_end(args);
  fprintf(stderr, "%s\n", text);
  return LUR_EXIT_USAGE;
}

int lur_memory_error(void) {
  fprintf(stderr, "luron: out of memory\n");
  return LUR_EXIT_FAILED;
}

/* ---- Tables for getopt_long ---- */
struct tables {
  struct option long_options[LUR_MAX_OPTIONS + N_SHARED + 1];
  const struct lur_option *from[LUR_MAX_OPTIONS + N_SHARED];
  int place[LUR_MAX_OPTIONS + N_SHARED];
  const char *names[LUR_MAX_OPTIONS + N_SHARED + 1];
  char letters[2 * (LUR_MAX_OPTIONS + N_SHARED) + 4];
  int n;
};

static void add_option(struct tables *t, const struct lur_option *o, int place) {
  t->from[t->n] = o;
  t->place[t->n] = place;
  t->names[t->n] = o->name;
  t->long_options[t->n] =
      (struct option){o->name, o->value ? required_argument : no_argument, NULL, LUR_FIRST_LONG + t->n};
  if (o->letter) {
    char text[3] = {o->letter, o->value ? ':' : '\0', '\0'};
    strcat(t->letters, text);
  }
  t->n++;
}

static int find_option(const struct tables *t, int code) {
  if (code >= LUR_FIRST_LONG)
    return code - LUR_FIRST_LONG;
  for (int i = 0; i < t->n; i++)
    if (t->from[i]->letter == code)
      return i;
  return -1;
}

/* ---- Options that are unknown or lack a value ---- */
static int unknown_option(const struct lur_command *c, const struct tables *t, const char *word) {
  char name[64], letter[3] = {'-', (char)optopt, '\0'};
  if (c->no_output && (optopt == 'o' || strncmp(word, "--output", 8) == 0))
    return lur_usage_error(optopt == 'o' ? letter : word, "%s", c->no_output);
  if (optopt > 0 && optopt < LUR_FIRST_LONG)
    return lur_usage_error(letter, "no such option of %s; see luron help %s", c->name, c->name);
  if (optopt >= LUR_FIRST_LONG)
    return lur_usage_error(word, "it takes no value");
  snprintf(name, sizeof name, "%.*s", (int)strcspn(word + 2, "="), word + 2);
  const char *near = lur_near_word(name, t->names);
  if (near)
    return lur_usage_error(word, "no such option; did you mean --%s?", near);
  return lur_usage_error(word, "no such option of %s; see luron help %s", c->name, c->name);
}

static bool is_color(const char *word) {
  return strcmp(word, "auto") == 0 || strcmp(word, "always") == 0 || strcmp(word, "never") == 0;
}

/* ---- Reading ---- */
static int take_shared(struct lur_arguments *a, const struct lur_option *o, const char *value) {
  if (strcmp(o->name, "help") == 0)
    a->help = true;
  else if (strcmp(o->name, "quiet") == 0)
    a->quiet = true;
  else if (strcmp(o->name, "json") == 0)
    a->json = true;
  else if (is_color(value))
    a->color = value;
  else
    return lur_usage_error("--color", "\"%s\" is not one of auto always never", value);
  return 0;
}

static int read_options(const struct lur_command *c, int argc, char **argv, const struct tables *t,
                        struct lur_arguments *a) {
  int code;
  optind = 0;
  opterr = 0;
  while ((code = getopt_long(argc, argv, t->letters, t->long_options, NULL)) != -1) {
    if (code == '?')
      return unknown_option(c, t, argv[optind - 1]);
    if (code == ':') {
      int at = find_option(t, optopt);
      return lur_usage_error(argv[optind - 1], "%s is missing", at >= 0 ? t->from[at]->value : "its value");
    }
    int i = find_option(t, code), place = t->place[i];
    if (place >= SHARED_FIRST) {
      if ((code = take_shared(a, t->from[i], optarg)))
        return code;
    } else {
      a->value[place] = t->from[i]->value ? optarg : "";
      if (a->n_given == LUR_MAX_GIVEN)
        return lur_usage_error(argv[optind - 1], "more than %d options", LUR_MAX_GIVEN);
      a->given[a->n_given].option = t->from[i];
      a->given[a->n_given++].value = a->value[place];
    }
  }
  return 0;
}

int lur_arguments_read(const struct lur_command *c, int argc, char **argv, struct lur_arguments *a) {
  struct tables t;
  memset(&t, 0, sizeof t);
  strcpy(t.letters, c->stops_at_file ? "+:" : ":");
  for (int i = 0; c->options && c->options[i].name && i < LUR_MAX_OPTIONS; i++)
    add_option(&t, &c->options[i], i);
  for (int i = 0; lur_shared_option(c, i); i++)
    add_option(&t, lur_shared_option(c, i), SHARED_FIRST + i);
  *a = (struct lur_arguments){.command = c, .color = "auto"};
  /* Words after a --, which getopt_long leaves where they are, at the end. */
  int n_last = 0;
  for (int i = 1; i < argc && !n_last; i++)
    n_last = strcmp(argv[i], "--") == 0 ? argc - i - 1 : 0;
  int code = read_options(c, argc, argv, &t, a);
  if (code || a->help)
    return code;
  a->n_words = argc - optind;
  a->n_last = n_last < a->n_words ? n_last : a->n_words;
  a->words = (const char *const *)argv + optind;
  if (a->n_words < c->n_least)
    return lur_usage_error(NULL, "something is missing; write luron %s %s", c->name, c->usage);
  if (c->n_most >= 0 && a->n_words > c->n_most)
    return lur_usage_error(a->words[c->n_most], "one word too many; write luron %s %s", c->name, c->usage);
  return 0;
}

bool lur_arguments_take(struct lur_arguments *a, const char *word) {
  static const char color[] = "--color=";
  if (strcmp(word, "--quiet") == 0 || strcmp(word, "-q") == 0)
    return a->quiet = true;
  if (strcmp(word, "--json") == 0)
    return a->json = true;
  if (strncmp(word, color, sizeof color - 1) != 0 || !is_color(word + sizeof color - 1))
    return false;
  a->color = word + sizeof color - 1;
  return true;
}

const struct lur_command *lur_command_find(const struct lur_command *const *all, const char *name) {
  for (int i = 0; all[i]; i++)
    if (strcmp(all[i]->name, name) == 0)
      return all[i];
  return NULL;
}

bool lur_count_take(const char **text, uint64_t least, uint64_t most, uint64_t *out) {
  char *end;
  if (**text < '0' || **text > '9')
    return false;
  errno = 0;
  *out = strtoull(*text, &end, 10);
  *text = end;
  return errno == 0 && *out >= least && *out <= most;
}

int lur_count_option(const struct lur_arguments *a, const char *name, uint64_t most, const char *what, uint64_t *out) {
  const char *text = lur_argument(a, name), *end = text;
  char option[32];
  if (!text || (lur_count_take(&end, 1, most, out) && *end == '\0'))
    return LUR_EXIT_OK;
  snprintf(option, sizeof option, "--%s", name);
  return lur_usage_error(option, "\"%s\" is not %s", text, what);
}

const char *lur_argument(const struct lur_arguments *a, const char *name) {
  for (int i = 0; a->command->options && a->command->options[i].name; i++)
    if (strcmp(a->command->options[i].name, name) == 0)
      return a->value[i];
  return NULL;
}

int lur_argument_all(const struct lur_arguments *a, const char *name, const char *value[LUR_MAX_GIVEN]) {
  int n = 0;
  for (int i = 0; i < a->n_given; i++)
    if (strcmp(a->given[i].option->name, name) == 0)
      value[n++] = a->given[i].value;
  return n;
}

const char *lur_argument_among(const struct lur_arguments *a, const char *const *options) {
  while (*options && !lur_argument(a, *options + 2))
    options++;
  return *options;
}

bool lur_color_wanted(const struct lur_arguments *a, FILE *stream) {
  const char *no = getenv("NO_COLOR"), *force = getenv("CLICOLOR_FORCE"), *terminal = getenv("TERM");
  if (strcmp(a->color, "auto") != 0)
    return strcmp(a->color, "always") == 0;
  if (no && *no)
    return false;
  if (force && *force && strcmp(force, "0") != 0)
    return true;
  return isatty(fileno(stream)) && terminal && strcmp(terminal, "dumb") != 0;
}
