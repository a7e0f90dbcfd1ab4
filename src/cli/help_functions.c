/* SPDX-License-Identifier: MIT
 * `luron help functions`, and what help says of a function of the Lua module: the table of texts, the formats of
 * data files, and the activations. */
#include <string.h>

#include "cli/command.h"
#include "data/formats.h"

bool lur_function_at(int i, struct lur_function_text *f) {
  for (int n = 0; lur_function_texts[n].name; n++, i--)
    if (i == 0) {
      *f = lur_function_texts[n];
      return true;
    }
  for (const struct lur_data_format *const *d = lur_data_formats; *d; d++, i--)
    if (i == 0) {
      *f = (struct lur_function_text){(*d)->name, (*d)->takes, (*d)->meaning};
      return true;
    }
  for (int a = 0; a < LUR_N_ACTIVATIONS; a++)
    if (!lur_is_for_outputs_only((enum lur_activation)a) && i-- == 0) {
      *f = (struct lur_function_text){lur_activation_names[a], "(z)", lur_activations[a].meaning};
      return true;
    }
  return false;
}

static void print_name(FILE *to, const struct lur_function_text *f) {
  fprintf(to, "%s%s", strchr(f->name, ':') ? "" : "luron.", f->name);
}

static void print_function(FILE *to, const struct lur_function_text *f) {
  print_name(to, f);
  fprintf(to, "%s%s\n", f->takes[0] == '{' ? " " : "", f->takes);
  for (const char *line = f->meaning; *line; line += strcspn(line, "\n"), line += *line == '\n')
    fprintf(to, "  %.*s\n", (int)strcspn(line, "\n"), line);
}

void lur_help_functions(FILE *to) {
  struct lur_function_text f;
  fprintf(to, "Functions of the module, require \"luron\", and methods of its objects.\n");
  for (int i = 0; lur_function_at(i, &f); i++) {
    fputc('\n', to);
    print_function(to, &f);
  }
}

/* Functions and methods whose names begin with this one: network:save is of network. */
static bool print_family(FILE *to, const char *name) {
  struct lur_function_text f;
  size_t n = strlen(name);
  bool any = false;
  for (int i = 0; lur_function_at(i, &f); i++) {
    if (strncmp(f.name, name, n) != 0 || (f.name[n] != ':' && f.name[n] != '.'))
      continue;
    fprintf(to, "%s", any ? " " : "  see also  ");
    print_name(to, &f);
    any = true;
  }
  if (any)
    fputc('\n', to);
  return any;
}

/* Functions whose name is this, or, unless it is said in full, methods. */
static bool print_named(FILE *to, const char *wanted, bool is_full, bool follows) {
  struct lur_function_text f;
  bool any = false;
  for (int i = 0; lur_function_at(i, &f); i++) {
    const char *last = f.name + strcspn(f.name, ":.");
    if (strcmp(f.name, wanted) != 0 && (is_full || !*last || strcmp(last + 1, wanted) != 0))
      continue;
    fprintf(to, "%s", follows || any ? "\n" : "");
    print_function(to, &f);
    any = true;
  }
  return any;
}

bool lur_help_function(FILE *to, const char *name, bool follows) {
  const bool is_full = strncmp(name, "luron.", 6) == 0;
  const char *wanted = is_full ? name + 6 : name, *method = strchr(name, ':');
  if (print_named(to, wanted, is_full, follows)) {
    print_family(to, wanted);
    return true;
  }
  /* r:best is a method of whatever the script calls r. */
  return (method && method[1] && print_named(to, method + 1, false, follows)) || print_family(to, wanted);
}
