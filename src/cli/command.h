/* SPDX-License-Identifier: MIT
 * Commands: each is one file and one row of commands.inc.h. Dispatch, --help, `luron help`, the shell's completion and
 * the generated pages walk lur_commands, whose options are rows, too. Messages go to stderr; a command returns the exit
 * code. */
#ifndef LUR_CLI_COMMAND_H
#define LUR_CLI_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/exit.h"
#include "cli/commands.inc.h"
#include "sweep/spec.h"

enum { LUR_MAX_OPTIONS = 40, LUR_FIRST_LONG = 256, LUR_MAX_GIVEN = 64 };

struct lur_option {
  const char *name;    /* without the dashes */
  char letter;         /* or 0 */
  const char *value;   /* what stands for its value in help; NULL: it takes none */
  const char *meaning; /* one line */
};

struct lur_arguments;
struct lur_command {
  const char *name;
  const char *usage;                /* what follows the name: "FILE [NAME=VALUE ...]" */
  const char *meaning;              /* one line */
  const char *more;                 /* further lines of help, or NULL */
  const struct lur_option *options; /* its own, ended by a NULL name; --help is added to all; or NULL */
  bool prints;                      /* takes --quiet, --json and --color too */
  bool stops_at_file;               /* options end at the first word: what follows is a script's */
  int n_least, n_most;              /* words; n_most < 0: any number */
  const char *no_output;            /* said of -o, which the command does not have; or NULL */
  int (*run)(const struct lur_arguments *a);
};

/* What stands after the command's name, read. */
struct lur_arguments {
  const struct lur_command *const *all; /* commands, ended by NULL */
  const struct lur_command *command;
  const char *value[LUR_MAX_OPTIONS]; /* by the option's place in command->options; "" where it takes none */
  int n_given; /* options in the order in which they were given, with their values */
  struct { const struct lur_option *option; const char *value; } given[LUR_MAX_GIVEN];
  bool quiet, json, help;
  const char *color; /* "auto", "always" or "never" */
  int n_words, n_last; /* n_last: of the words, those behind a -- */
  const char *const *words; /* point into argv, which is reordered */
};

#define LUR_COMMAND(name) extern const struct lur_command lur_command_##name;
LUR_COMMANDS(LUR_COMMAND)
#undef LUR_COMMAND
extern const struct lur_command *const lur_commands[]; /* in the order of help, ended by NULL */
const struct lur_command *lur_command_find(const struct lur_command *const *all, const char *name);

/* What the option --name was given; "" where it takes no value; NULL where it was not given. */
const char *lur_argument(const struct lur_arguments *a, const char *name);
/* All values of --name, which may be given several times; how many. */
int lur_argument_all(const struct lur_arguments *a, const char *name, const char *value[LUR_MAX_GIVEN]);
/* The first of the options "--name", ended by NULL, that was given; or NULL. */
const char *lur_argument_among(const struct lur_arguments *a, const char *const *options);
/* The options in every command's help: --help, and the shared ones where the command prints. i counts from 0; NULL
 * after the last. */
const struct lur_option *lur_shared_option(const struct lur_command *c, int i);
/* Reads argv[1] ...; argv[0] is the command's name. Returns 0, or prints what is wrong and returns the exit code. */
int lur_arguments_read(const struct lur_command *c, int argc, char **argv, struct lur_arguments *a);
/* --quiet, --json and --color=WHEN where they stand behind a script's name: true where the word was one. */
bool lur_arguments_take(struct lur_arguments *a, const char *word);

/* Whether this stream takes colour: --color, then NO_COLOR, then CLICOLOR_FORCE, then whether it is a terminal. */
bool lur_color_wanted(const struct lur_arguments *a, FILE *stream);

/* 30s 5m 2h 250ms, or seconds; false if it is none. */
bool lur_duration_read(const char *text, uint64_t *ns);
/* Reads a whole number from least to most at *text, and goes on behind it; false if none stands there. */
bool lur_count_take(const char **text, uint64_t least, uint64_t most, uint64_t *out);
/* The count that --name was given, from 1 to most; *out stays if it was not given. Returns the exit code; it
 * says that any other word is not WHAT. */
int lur_count_option(const struct lur_arguments *a, const char *name, uint64_t most, const char *what, uint64_t *out);

/* Prints "command line: NAME: text" (NAME may be NULL) and returns LUR_EXIT_USAGE. */
int lur_usage_error(const char *name, const char *format, ...) __attribute__((format(printf, 2, 3)));

int lur_memory_error(void); /* prints that there is none, and returns LUR_EXIT_FAILED */

void lur_help_overview(const struct lur_command *const *all, FILE *to);
void lur_help_command(const struct lur_command *c);
void lur_help_fields(FILE *to);
void lur_help_field(FILE *to, const struct lur_field *f);
/* The fields in a table of that name, stop; false if there are none. */
bool lur_help_family(FILE *to, const char *name);
void lur_help_value(FILE *to, const struct lur_field *f); /* what a field takes: "a number above 0; in epochs" */
void lur_help_default(FILE *to, const struct lur_field *f); /* its default, in words */
void lur_help_tables(const struct lur_command *const *all); /* all that help knows, for programs */

/* A function of the Lua module or a method of its objects. */
struct lur_function_text {
  const char *name; /* "range" is luron.range, "data.xor" luron.data.xor; "results:by" is a method */
  const char *takes, *meaning;
};
extern const struct lur_function_text lur_function_texts[]; /* ended by a NULL name */
/* The i-th of all, activations among them, from 0; false after the last. */
bool lur_function_at(int i, struct lur_function_text *f);
void lur_help_functions(FILE *to);
/* All functions of that name: "luron.range", "range", "results:by", "by"; after a blank line if something stands before
 * them. False if there are none. */
bool lur_help_function(FILE *to, const char *name, bool follows);

/* A list of names that help knows: activations, losses ...; false if that is none. */
bool lur_help_choices(FILE *to, const char *many);
/* What has the name in those lists, or among the metrics; after a blank line if something stands before it. */
bool lur_help_choice(FILE *to, const char *name, bool follows);
const char *lur_help_choice_at(int i); /* the i-th of all these names, of lists too, from 0; NULL after the last */

/* The script at words[at] with the n words behind it, which are its overrides; the rest is the caller's. */
struct lur_script_options;
struct lur_script_options lur_script_words(const struct lur_arguments *a, int at, int n);
int lur_repl_alone(void);                  /* `luron` alone, at a terminal */
int lur_run_code(int argc, char **argv); /* what follows -e */
int lur_run_script(struct lur_arguments *a); /* words: the script, then what is the script's */

#endif
