/* SPDX-License-Identifier: MIT
 * An experiment as a person asked for it (spec), and what the engine needs for one run of it (resolved).
 * A spec owns nothing but its texts; data sets are owned by whoever made them (the room reading) and outlive it. */
#ifndef LUR_SWEEP_SPEC_H
#define LUR_SWEEP_SPEC_H

#include "data/dataset.h"
#include "engine/engine.h"
#include "sweep/field.h"

enum { LUR_MAX_PARAMS = 64, LUR_CURVE_OF_RUN = 100 /* points that a run keeps where nothing is said */ };

struct lur_param { /* a script's own named value */
  char name[48];
  struct lur_value value; /* BOOL, NUMBER or INTEGER, or CHOICE into `choices` for a text */
  const char *text;       /* the text's own bytes where it is one, borrowed */
};

struct lur_spec {
  struct lur_value value[LUR_N_FIELDS]; /* ABSENT: the default holds */
  struct lur_value layer[LUR_N_LAYERED][LUR_MAX_LAYERS]; /* a layer's own: [field.layered][layer - 1]; or ABSENT */
  int n_params;
  struct lur_param param[LUR_MAX_PARAMS];
  /* Borrowed: */
  struct lur_patterns train, test; /* as given, already normalised where asked; test.n == 0: none */
  const double *shift, *scale;     /* what was done to the inputs; or NULL */
  struct lur_inputs raw_train, raw_test; /* the inputs before that, where they are narrow and at hand; n == 0: not */
  const double *start;             /* explicit start values laid out as parameters, NaN where drawn; or NULL */
  size_t n_start;
  uint32_t metrics;                /* bits asked for */
};

/* Fills structure and numbers with defaults applied, and checks everything that needs more than one field: a loss
 * that does not fit the output, a number that the optimizer never reads, batch larger than the patterns, shapes.
 * e->field names the field at fault. */
int lur_spec_resolve(const struct lur_spec *spec, struct lur_structure *structure, struct lur_numbers *numbers,
                     struct lur_error *e);

/* The field's value, or its default as the other fields have it: ABSENT if it has none. */
struct lur_value lur_spec_value(const struct lur_spec *spec, enum lur_field_id id);
int lur_spec_choice(const struct lur_spec *spec, enum lur_field_id id); /* the same of a choice, as its enum */
/* Puts a value into the member of n that is the field's, a LUR_NUMBER; of LUR_K_LAYERED there is an array instead. */
void lur_number_put(struct lur_numbers *n, const struct lur_field *f, const struct lur_value *v);
double *lur_layers_of(struct lur_numbers *n, const struct lur_field *f);
/* The field's default in words: "0.9 for momentum, nesterov", "none". */
void lur_field_write_default(const struct lur_field *f, struct lur_buffer *out);

/* Puts a checked value; layer 1, 2 ... that layer's own number, 0 the whole field (which forgets single layers'). */
void lur_spec_put(struct lur_spec *spec, enum lur_field_id id, int layer, const struct lur_value *v);
int lur_spec_find_param(const struct lur_spec *spec, const char *name); /* its index, or -1 */
/* Reads text as a value of the same kind as like's (number, boolean, text); out may be like. Text is borrowed. */
int lur_param_read(const struct lur_param *like, const char *text, struct lur_param *out, struct lur_error *e);
/* Whether the optimizer reads the field; true for fields that are not an optimizer's number. */
bool lur_optimizer_reads(enum lur_optimizer optimizer, enum lur_field_id field);
/* Takes away the numbers that the spec's optimizer does not read but one of `others` (bits of optimizers) does; and, if
 * a sweep is also one of networks, what is set for single layers that this network does not have. */
void lur_spec_forget_unread(struct lur_spec *spec, unsigned others, bool of_networks);
/* `optimizer = "momentum" or "nesterov"`: what to write for a field that the optimizer does not read. */
enum { LUR_READERS_ROOM = 128 };
void lur_readers_write(enum lur_field_id field, char out[LUR_READERS_ROOM]);

/* Sets a field from "name" and "text" as typed on the command line (`stop.error`, `learning_rate_2`, a param). */
int lur_spec_set(struct lur_spec *spec, const char *name, const char *text, struct lur_error *e);

#endif
