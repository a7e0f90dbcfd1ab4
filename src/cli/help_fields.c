/* SPDX-License-Identifier: MIT
 * `luron help fields`, and what help says of one field: from the table of fields. */
#include <math.h>
#include <string.h>

#include "cli/command.h"

void lur_help_default(FILE *to, const struct lur_field *f) {
  struct lur_buffer text = {0};
  lur_field_write_default(f, &text);
  fputs(text.data ? text.data : "", to);
  lur_buffer_free(&text);
}

void lur_help_fields(FILE *to) {
  fprintf(to, "Fields of an experiment, with their defaults; luron help FIELD says more.\n\n");
  for (int i = 0; i < LUR_N_FIELDS; i++) {
    const struct lur_field *f = &lur_fields[i];
    fprintf(to, "  %-18s %s\n  %-18s   default: ", f->name, f->meaning, "");
    lur_help_default(to, f);
    fputc('\n', to);
  }
}

/* Ends that stand for "just above 0", "just below 1" and "any" are said as such. */
static void print_range(FILE *to, const struct lur_field *f, double least) {
  bool from_whole = least == rint(least), to_whole = f->max == rint(f->max);
  if (from_whole)
    fprintf(to, " from %.15g", least);
  else
    fprintf(to, " above %.15g", floor(least));
  if (f->max >= 9007199254740992.0)
    fprintf(to, "%s", from_whole ? " up" : "");
  else if (to_whole)
    fprintf(to, " to %.15g", f->max);
  else
    fprintf(to, " to below %.15g", ceil(f->max));
}

void lur_help_value(FILE *to, const struct lur_field *f) {
  switch (f->kind) {
  case LUR_K_CHOICE:
    fprintf(to, "%s", f->takes ? f->takes : "one of");
    for (int i = 0; !f->takes && f->choices[i]; i++)
      fprintf(to, " %s", f->choices[i]);
    if (f->flags & LUR_FUNCTION)
      fprintf(to, ", one of the library, or a function%s",
              f == &lur_fields[LUR_F_ACTIVATION] ? "; a list of these: one per layer" : "");
    break;
  case LUR_K_INTEGER:
  case LUR_K_BATCH:
    fprintf(to, "a whole number");
    print_range(to, f, f->min);
    fprintf(to, "%s", f->kind == LUR_K_BATCH ? ", or \"all\"" : "");
    break;
  case LUR_K_SIZES:
    fprintf(to, "a whole number");
    print_range(to, f, 0);
    fprintf(to, ", or a list of them, one per hidden layer (4x4 on the command line)");
    break;
  case LUR_K_NUMBER:
  case LUR_K_LAYERED:
    fprintf(to, "a number");
    print_range(to, f, f->min);
    if (f->kind == LUR_K_LAYERED)
      fprintf(to, ", or a list of them, one per %slayer (0.1x0.2 on the command line)",
              f->flags & LUR_OF_HIDDEN ? "hidden " : "");
    break;
  case LUR_K_SHORTCUTS:
    fprintf(to, "%s, 0 the inputs and the output last (0-2+1-3 on the command line)", lur_kind_name(f));
    break;
  case LUR_K_BOOL:
  case LUR_K_TEXT:
  case LUR_K_SCRIPT: fprintf(to, "%s", lur_field_takes(f)); break;
  }
  fprintf(to, "%s%s", f->unit ? "; in " : "", f->unit ? f->unit : "");
}

void lur_help_field(FILE *to, const struct lur_field *f) {
  fprintf(to, "%s: %s\n  value    ", f->name, f->meaning);
  lur_help_value(to, f);
  fputc('\n', to);
  /* How it is written where that is not name = value. */
  if (strncmp(f->name, "stop_", 5) == 0)
    fprintf(to, "  written  stop = { %s = ... }\n", f->name + 5);
  if (f->kind == LUR_K_LAYERED)
    fprintf(to, "  layers   %s_1, %s_2 ... set one layer's own\n", f->name, f->name);
  fputs("  default  ", to);
  lur_help_default(to, f);
  if (lur_field_takes_false(f))
    fprintf(to, "; false %s", f == &lur_fields[LUR_F_LOG] ? "prints none" : "takes away what was set");
  fputc('\n', to);
  if (strcmp(f->name, f->column) != 0)
    fprintf(to, "  column   %s, and so on axes, because %s is a metric\n", f->column, f->name);
  if (f->flags & LUR_AXIS)
    fprintf(to, "  axis     it may vary in a sweep\n");
  if (f != &lur_fields[LUR_F_METRICS])
    return;
  fprintf(to, "\n  %-26s %-7s what it is\n", "name", "better");
  for (int m = 0; m < LUR_N_METRICS; m++) {
    const enum lur_set set = lur_metric_set((enum lur_metric)m);
    fprintf(to, "  %-26s %-7s %s%s%s\n", lur_metric_names[m], lur_metrics[m].high ? "high" : "low",
            lur_metrics[m].meaning, set ? "; needs a " : "", set ? lur_set_names[set] : "");
  }
}

/* The fields that stand in a table of that name, as stop_error does in stop; false where there are none. */
bool lur_help_family(FILE *to, const char *name) {
  const size_t n = strlen(name);
  bool any = false;
  for (int i = 0; i < LUR_N_FIELDS; i++) {
    if (strncmp(lur_fields[i].name, name, n) != 0 || lur_fields[i].name[n] != '_')
      continue;
    if (any)
      fputc('\n', to);
    lur_help_field(to, &lur_fields[i]);
    any = true;
  }
  return any;
}
