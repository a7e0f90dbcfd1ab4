/* SPDX-License-Identifier: MIT
 * An experiment as a person asked for it (spec), and what the engine needs for one run of it (resolved).
 * A spec owns nothing but its texts; data sets are owned by whoever made them (the script room) and outlive it. */
#ifndef LUR_SWEEP_SPEC_H
#define LUR_SWEEP_SPEC_H

#include "engine/engine.h"
#include "sweep/field.h"

enum { LUR_MAX_PARAMS = 32 };

struct lur_param { /* a script's own named value */
  char name[48];
  struct lur_value value; /* BOOL, NUMBER or INTEGER, or CHOICE into `choices` for a text */
  const char *text;       /* the text's own bytes where it is one, borrowed */
};

struct lur_spec {
  struct lur_value value[LUR_N_FIELDS]; /* ABSENT: the default holds */
  int n_params;
  struct lur_param param[LUR_MAX_PARAMS];
  /* Borrowed: */
  struct lur_patterns train, test; /* as given, already normalised where asked; test.n == 0: none */
  const double *start;             /* explicit start values laid out as parameters, NaN where drawn; or NULL */
  size_t n_start;
  uint32_t metrics;                /* bits asked for */
};

/* Fills structure and numbers with defaults applied, and checks everything that needs more than one field: a loss
 * that does not fit the output, a number that the optimizer never reads, batch larger than the patterns, shapes.
 * e->field names the field at fault. */
int lur_spec_resolve(const struct lur_spec *spec, struct lur_structure *structure, struct lur_numbers *numbers,
                     struct lur_error *e);

/* Sets a field from "name" and "text" as typed on the command line (`stop.error`, `learning_rate_2`, a param). */
int lur_spec_set(struct lur_spec *spec, const char *name, const char *text, struct lur_error *e);

#endif
