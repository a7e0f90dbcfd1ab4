/* SPDX-License-Identifier: MIT
 * What help says of a name that a field, metrics or a results file may hold: activations, losses, optimizers, metrics
 * from the engine's lists, the ways to draw start values and points, what a run may end as; and beside the built-in
 * ones those of the library. */
#include <string.h>

#include "cli/command.h"
#include "sweep/library.h"

static const char *const inits[] = {
    [LUR_INIT_NORMAL] = "start weights and biases from the normal distribution, mean 0 and deviation 1",
    [LUR_INIT_UNIFORM] = "start weights and biases anywhere from -1 to 1",
    [LUR_INIT_XAVIER] = "start weights within sqrt(6 / (inputs + outputs of the layer)); biases 0",
    [LUR_INIT_HE] = "normal start weights with deviation sqrt(2 / inputs of the layer); biases 0",
    [LUR_INIT_ZEROS] = "start weights and biases are 0",
};
_Static_assert(sizeof inits / sizeof *inits == LUR_N_INITS, "an init has no sentence");

static const char *const schedules[] = {"1 in every epoch: the learning rate stays as it is"};
static const char *const penalties[] = {"nothing"};

static const char *const samplers[] = {
    [LUR_GRID] = "every combination of the axes' values",
    [LUR_RANDOM] = "points drawn independently of each other",
    [LUR_SOBOL] = "Sobol's sequence, which fills the space evenly and goes on with more samples",
    [LUR_LATIN] = "a Latin hypercube: each axis is cut into samples parts, with one point in each part",
};
_Static_assert(sizeof samplers / sizeof *samplers == LUR_N_SAMPLERS, "a sampler has no sentence");

static const char *const statuses[] = {
    [LUR_FAILED] = "a Lua function of the script raised an error",
    [LUR_DIVERGED] = "a number was not finite any more",
    [LUR_STOPPED] = "stop.when returned true",
    [LUR_SOLVED] = "stop.error, stop.loss or stop.accuracy was reached",
    [LUR_STALLED] = "stop.patience epochs passed without a better loss",
    [LUR_PRUNED] = "luron.halving ended it",
    [LUR_FINISHED] = "all epochs were done",
};
_Static_assert(sizeof statuses / sizeof *statuses == LUR_N_STATUSES, "a status has no sentence");

static void more_of_activation(FILE *to, int i) {
  const struct lur_activation_facts *f = &lur_activations[i];
  if (f->least < f->largest)
    fprintf(to, "  outputs  from %.15g to %.15g\n", f->least, f->largest);
  fprintf(to, "  loss     %s, if it is the outputs' and no loss is given\n", lur_loss_names[f->loss]);
  if (lur_is_for_outputs_only((enum lur_activation)i))
    fprintf(to, "  layers   outputs only\n");
}

/* Of rules that go by one name in several systems: which is which. */
static const char *which_rprop(enum lur_optimizer o) {
  if (o == LUR_RPROP)
    return "PyTorch's Rprop: where a gradient turns, no step is taken, and the next one has no turn.\n"
           "           FANN's, iRPROP-: a step grows where the product of gradients is 0, too, so the first is 0.12;\n"
           "           where a gradient is 0 or has turned, the weight goes up by the step; a step is at least\n"
           "           0.0001 before it grows or shrinks; weights stay within -1500 and 1500";
  if (o == LUR_RPROP_1993)
    return "Riedmiller and Braun's: where a gradient turns, the last change is taken back.\n"
           "           R's neuralnet calls it rprop+: rprop_least = 1e-10, rprop_most = 0.1. Its rprop- steps where a\n"
           "           gradient turns, too. PyTorch and FANN have neither";
  return NULL;
}

static void more_of_optimizer(FILE *to, int i) {
  const struct lur_optimizer_facts *f = &lur_optimizers[i];
  fprintf(to, "  rate     %.15g, if no learning_rate is given\n", f->learning_rate);
  if (f->reads & ~(unsigned)LUR_NEEDS_FULL_BATCH) {
    fprintf(to, "  reads   ");
    for (int id = 0; id < LUR_N_FIELDS; id++)
      if (f->reads & lur_fields[id].reads)
        fprintf(to, " %s", lur_fields[id].name);
    fputc('\n', to);
  }
  if (f->reads & LUR_NEEDS_FULL_BATCH)
    fprintf(to, "  needs    batch = \"all\"\n");
  if (which_rprop((enum lur_optimizer)i))
    fprintf(to, "  is       %s\n", which_rprop((enum lur_optimizer)i));
}

static void more_of_metric(FILE *to, int i) {
  fprintf(to, "  better   %s\n", lur_metrics[i].high ? "high" : "low");
  const enum lur_set set = lur_metric_set((enum lur_metric)i);
  if (set)
    fprintf(to, "  needs    a %s\n", lur_set_names[set]);
}

enum { NO_ROLE = -1 };

/* Each list; note: of the letters in its sentences; before, after: how it is given, around the name; meaning: the first
 * sentence, with the next one so many bytes behind it, as lists and tables of facts have them. */
static const struct kind {
  const char *one, *many, *note, *before, *after;
  const char *const *names;
  const char *const *meaning;
  size_t step_bytes;
  void (*more)(FILE *to, int i);
  int role; /* enum lur_role of the library's entries of this kind, or NO_ROLE */
} kinds[] = {
    {"an activation", "activations", ", of the weighted sum z", "activation = \"", "\"", lur_activation_names,
     &lur_activations->meaning, sizeof *lur_activations, more_of_activation, LUR_ROLE_ACTIVATION},
    {"a loss", "losses", ", of a pattern with outputs o and targets t", "loss = \"", "\"", lur_loss_names,
     lur_loss_meanings, sizeof *lur_loss_meanings, NULL, LUR_ROLE_LOSS},
    {"an optimizer", "optimizers", "", "optimizer = \"", "\"", lur_optimizer_names, &lur_optimizers->meaning,
     sizeof *lur_optimizers, more_of_optimizer, LUR_ROLE_OPTIMIZER},
    {"a metric", NULL, "", "metrics = { \"", "\" }", lur_metric_names, &lur_metrics->meaning, sizeof *lur_metrics,
     more_of_metric, NO_ROLE},
    {"an init", "inits", "", "init = \"", "\"", lur_init_names, inits, sizeof *inits, NULL, LUR_ROLE_INIT},
    {"a schedule", "schedules", ", a factor of the learning rate", "schedule = \"", "\"", lur_schedule_names, schedules,
     sizeof *schedules, NULL, LUR_ROLE_SCHEDULE},
    {"a penalty", "penalties", ", of a weight w", "penalty = \"", "\"", lur_penalty_names, penalties, sizeof *penalties,
     NULL, LUR_ROLE_PENALTY},
    {"a sampler", "samplers", "", "sampler = \"", "\"", lur_sampler_names, samplers, sizeof *samplers, NULL, NO_ROLE},
    {"a status of a run", "statuses", "", NULL, NULL, lur_status_names, statuses, sizeof *statuses, NULL, NO_ROLE},
};
enum { N_KINDS = sizeof kinds / sizeof *kinds };

static const char *meaning(const struct kind *k, int i) {
  return *(const char *const *)((const char *)k->meaning + (size_t)i * k->step_bytes);
}

/* The entries of a kind in the library, one after the other. */
static const struct lur_library_entry *next_entry(const struct kind *k, const struct lur_library_entry *entry) {
  return k->role == NO_ROLE ? NULL : lur_library_next((enum lur_role)k->role, entry);
}

static void list_entries(FILE *to, const struct kind *k) {
  const struct lur_library_entry *entry = next_entry(k, NULL);
  if (entry)
    fprintf(to, "\nThose of the library, library/luron/NAME.lua:\n\n");
  for (; entry; entry = next_entry(k, entry))
    fprintf(to, "  %-14s %s\n", entry->name, entry->meaning);
}

static void tell(FILE *to, const struct kind *k, const char *name, const char *sentence, bool follows) {
  fprintf(to, "%s%s, %s%s:\n  meaning  %s\n", follows ? "\n" : "", name, k->one, k->note, sentence);
  if (k->before)
    fprintf(to, "  written  %s%s%s\n", k->before, name, k->after);
}

static bool tell_entries(FILE *to, const struct kind *k, const char *name, bool follows) {
  bool any = false;
  for (const struct lur_library_entry *entry = NULL; (entry = next_entry(k, entry));)
    if (strcmp(entry->name, name) == 0) {
      tell(to, k, name, entry->meaning, follows);
      if (*entry->numbers)
        fprintf(to, "  numbers  %s\n", entry->numbers);
      fprintf(to, "  source   %s\n  file     library/luron/%s.lua\n", entry->source, name);
      any = true;
    }
  return any;
}

bool lur_help_choices(FILE *to, const char *many) {
  for (int k = 0; k < N_KINDS; k++) {
    if (!kinds[k].many || strcmp(kinds[k].many, many) != 0)
      continue;
    fprintf(to, "The %s%s; luron help NAME says more.\n\n", many, kinds[k].note);
    for (int i = 0; kinds[k].names[i]; i++)
      fprintf(to, "  %-14s %s\n", kinds[k].names[i], meaning(&kinds[k], i));
    list_entries(to, &kinds[k]);
    return true;
  }
  return false;
}

bool lur_help_choice(FILE *to, const char *name, bool follows) {
  const bool is_field = lur_field_find(name, NULL) >= 0;
  bool any = false;
  for (int k = 0; k < N_KINDS; k++) {
    for (int i = 0; kinds[k].names[i]; i++) {
      /* loss and epochs are fields, whose text says that metrics are called so too. */
      if (strcmp(kinds[k].names[i], name) != 0 || (is_field && kinds[k].names == lur_metric_names))
        continue;
      tell(to, &kinds[k], name, meaning(&kinds[k], i), follows || any);
      if (kinds[k].more)
        kinds[k].more(to, i);
      any = true;
    }
    any = tell_entries(to, &kinds[k], name, follows || any) || any;
  }
  return any;
}

const char *lur_help_choice_at(int i) {
  for (int k = 0; k < N_KINDS; k++) {
    if (kinds[k].many && i-- == 0)
      return kinds[k].many;
    for (const char *const *name = kinds[k].names; *name; name++)
      if (i-- == 0)
        return *name;
    for (const struct lur_library_entry *entry = NULL; (entry = next_entry(&kinds[k], entry));)
      if (i-- == 0)
        return entry->name;
  }
  return NULL;
}
