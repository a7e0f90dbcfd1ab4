/* SPDX-License-Identifier: MIT
 * `luron help --tables`: all that help knows, a line per entry with its kind first and tabs between, for programs. The
 * completion for bash reads it, and `./dev pages` makes the tables of docs/reference.md and the manual page of it. */
#include "cli/command.h"
#include "data/csv.h"
#include "sweep/library.h"

/* The last cell of a line: a tab before it, and \\n for the end of a line in it. */
static void last_cell(const char *text) {
  putchar('\t');
  for (; *text; text++) {
    if (*text == '\n')
      fputs("\\n", stdout);
    else
      putchar(*text);
  }
  putchar('\n');
}

static void print_option(const struct lur_command *c, const struct lur_option *o) {
  const char letter[2] = {o->letter, '\0'};
  printf("option\t%s\t%s\t%s\t%s\t%s\n", c->name, letter, o->name, o->value ? o->value : "", o->meaning);
}

static void print_fields(void) {
  for (int i = 0; i < LUR_N_FIELDS; i++) {
    const struct lur_field *f = &lur_fields[i];
    printf("field\t%s\t%s\t", f->name, f->column);
    lur_help_value(stdout, f);
    putchar('\t');
    lur_help_default(stdout, f);
    printf("\t%s\t%s\n", f->flags & LUR_AXIS ? "axis" : "", f->meaning);
    for (int c = 0; f->choices && f->choices[c]; c++)
      printf("choice\t%s\t%s\n", f->name, f->choices[c]);
    for (const struct lur_library_entry *of = NULL; f->flags & LUR_FUNCTION && (of = lur_library_next(f->role, of));)
      printf("choice\t%s\t%s\n", f->name, of->name);
    if (f->kind == LUR_K_BOOL || f->kind == LUR_K_SHORTCUTS)
      printf("choice\t%s\ttrue\nchoice\t%s\tfalse\n", f->name, f->name);
  }
}

static void print_engine(void) {
  for (int i = 0; i < LUR_N_METRICS; i++) {
    const enum lur_set set = lur_metric_set((enum lur_metric)i);
    printf("metric\t%s\t%s\t%s%s\t%s\n", lur_metric_names[i], lur_metrics[i].high ? "high" : "low", set ? "a " : "",
           set ? lur_set_names[set] : "", lur_metrics[i].meaning);
  }
  for (int i = 0; i < LUR_N_ACTIVATIONS; i++) {
    const struct lur_activation_facts *f = &lur_activations[i];
    printf("activation\t%s\t%.15g\t%.15g\t%s\t%s\t%s\n", lur_activation_names[i], f->least, f->largest,
           lur_loss_names[f->loss], lur_is_for_outputs_only((enum lur_activation)i) ? "outputs only" : "", f->meaning);
  }
  for (int i = 0; i < LUR_N_LOSSES; i++)
    printf("loss\t%s\t%s\n", lur_loss_names[i], lur_loss_meanings[i]);
  for (int i = 0; i < LUR_N_OPTIMIZERS; i++) {
    const struct lur_optimizer_facts *f = &lur_optimizers[i];
    printf("optimizer\t%s\t%.15g\t", lur_optimizer_names[i], f->learning_rate);
    for (int id = 0; id < LUR_N_FIELDS; id++)
      if (f->reads & lur_fields[id].reads)
        printf(" %s", lur_fields[id].name);
    printf("\t%s\t%s\n", f->reads & LUR_NEEDS_FULL_BATCH ? "full batch" : "", f->meaning);
  }
}

void lur_help_tables(const struct lur_command *const *all) {
  struct lur_function_text f;
  for (; *all; all++) {
    const struct lur_command *c = *all;
    printf("command\t%s\t%s\t%s\n", c->name, c->usage, c->meaning);
    for (int k = 0; c->options && c->options[k].name; k++)
      print_option(c, &c->options[k]);
    for (int k = 0; lur_shared_option(c, k); k++)
      print_option(c, lur_shared_option(c, k));
  }
  print_fields();
  print_engine();
  for (int i = 0; lur_function_at(i, &f); i++) {
    printf("function\t%s\t%s", f.name, f.takes);
    last_cell(f.meaning);
  }
  for (const struct lur_csv_option *o = lur_csv_option_table; o->name; o++) {
    printf("csv\t%s\t%s", o->name, o->otherwise);
    last_cell(o->meaning);
  }
}
