/* SPDX-License-Identifier: MIT
 * An experiment as a person asked for it (spec), and what the engine needs for one run of it (resolved).
 * A spec owns nothing but its texts; data sets are owned by whoever made them (the room reading) and outlive it. */
#ifndef LUR_SWEEP_SPEC_H
#define LUR_SWEEP_SPEC_H

#include "data/prepared.h"
#include "engine/engine.h"
#include "sweep/entry.h"
#include "sweep/field.h"

enum { LUR_MAX_PARAMS = 64, LUR_CURVE_OF_RUN = 100 /* points that a run keeps where nothing is said */ };

struct lur_param { /* a script's own named value */
  char name[48];
  struct lur_value value; /* BOOL, NUMBER or INTEGER, or CHOICE into `choices` for a text */
  const char *text;       /* the text's own bytes where it is one, borrowed */
  bool is_usual;          /* a number that functions declare and nobody set: each has its own default */
};

struct lur_spec {
  struct lur_value value[LUR_N_FIELDS];                  /* ABSENT: the default holds */
  struct lur_value layer[LUR_N_LAYERED][LUR_MAX_LAYERS]; /* a layer's own: [field.layered][layer - 1]; or ABSENT */
  int n_params;
  struct lur_param param[LUR_MAX_PARAMS];
  /* Borrowed: */
  struct lur_patterns train, test, validation; /* as given, already normalised where asked; n == 0: none */
  double validation_share;               /* the fraction of what test leaves that validation is; 0: it is none */
  const double *shift, *scale;           /* what was done to the inputs; or NULL */
  const double *fill;                    /* what stands in place of missing inputs; or NULL */
  struct lur_dataset *whole;             /* with folds: all rows, from which those of a run are cut; else NULL */
  struct lur_scaling from;               /* with folds: the scaling that a network gives */
  /* The inputs before that, where they are narrow and at hand; n == 0: not. */
  struct lur_inputs raw_train, raw_test, raw_validation;
  const double *start;                   /* explicit start values laid out as parameters, NaN where drawn; or NULL */
  size_t n_start;
  uint32_t frozen_layers; /* as in struct lur_structure */
  bool frozen_biases;
  const double *frozen; /* a mask laid out as parameters; or NULL */
  size_t n_frozen;
  uint64_t metrics;            /* bits asked for */
  struct lur_entries *entries; /* functions in place of names; or NULL. Values point to them */
};

/* How the run's patterns are made of the whole: its fold, its seed, its scaling. */
struct lur_wish lur_spec_wish(const struct lur_spec *spec);
/* That there are folds where one is meant, and as many. */
int lur_spec_check_fold(const struct lur_spec *spec, struct lur_error *e);
static inline bool lur_spec_has_folds(const struct lur_spec *spec) {
  return spec->value[LUR_F_FOLDS].kind != LUR_V_ABSENT;
}

/* Fills structure and numbers with defaults applied, and checks everything that needs more than one field: a loss
 * that does not fit the output, a number that the optimizer never reads, batch larger than the patterns, shapes.
 * e->field names the field at fault. */
int lur_spec_resolve(const struct lur_spec *spec, struct lur_structure *structure, struct lur_numbers *numbers,
                     struct lur_error *e);

/* The field's value, or its default as the other fields have it: ABSENT if it has none. */
struct lur_value lur_spec_value(const struct lur_spec *spec, enum lur_field_id id);
/* The same of a choice that is no function, as its enum. */
int lur_spec_choice(const struct lur_spec *spec, enum lur_field_id id);
/* The entry's program for the params as they stand. NULL: there is none for those, in a damaged file. */
const struct lur_program *lur_spec_program(const struct lur_spec *spec, const struct lur_entry *entry);
/* "deep=true kind=text:a": how the params stand that decide which program it is. */
void lur_spec_write_given(const struct lur_spec *spec, const struct lur_entry *entry, struct lur_buffer *out);
/* The name of the choice or function that the field has. */
const char *lur_spec_name(const struct lur_spec *spec, enum lur_field_id id);
/* Puts a value into the member of n that is the field's, a LUR_NUMBER; of LUR_K_LAYERED there is an array instead. */
void lur_number_put(struct lur_numbers *n, const struct lur_field *f, const struct lur_value *v);
double *lur_layers_of(struct lur_numbers *n, const struct lur_field *f);
/* The field's default in words: "0.9 for momentum, nesterov", "none". */
void lur_field_write_default(const struct lur_field *f, struct lur_buffer *out);

/* Puts a checked value; layer 1, 2 ... that layer's own number, 0 the whole field (which forgets single layers'). */
void lur_spec_put(struct lur_spec *spec, enum lur_field_id id, int layer, const struct lur_value *v);
int lur_spec_find_param(const struct lur_spec *spec, const char *name); /* its index, or -1 */
/* What has the name already, so that no param, metric of the script's own or number of a function may have it: "field",
 * "metric"; NULL: nothing. */
const char *lur_name_taken(const char *name);
/* Reads text as a value of the same kind as like's (number, boolean, text); out may be like. Text is borrowed. */
int lur_param_read(const struct lur_param *like, const char *text, struct lur_param *out, struct lur_error *e);
/* Its value, as a results file has it: 0.1, true, text:some\sword. */
void lur_param_write(const struct lur_param *param, struct lur_buffer *out);
/* The value of a named number that a function reads: a field's, or a param's; NaN where it is neither. */
double lur_spec_number(const struct lur_spec *spec, const char *name);
/* Whether the optimizer reads the field; true for fields that are not an optimizer's number. */
bool lur_optimizer_reads(enum lur_optimizer optimizer, enum lur_field_id field);
/* Whether the spec's optimizer, or a function in place of a name, reads the field; true for fields that are no such
 * number. */
bool lur_spec_reads(const struct lur_spec *spec, enum lur_field_id field);
/* Bits of the fields that this value of the field `of` reads, of those that only some such values read. */
uint64_t lur_value_reads(enum lur_field_id of, const struct lur_value *v);
/* Takes away the numbers that nothing in the spec reads but something in a sweep does (others: bits as above); and, if
 * a sweep is also one of networks, what is set for single layers that this network does not have. */
void lur_spec_forget_unread(struct lur_spec *spec, uint64_t others, bool of_networks);
/* `optimizer = "momentum" or "nesterov"`: what to write for a field that nothing in place reads. Returns the field that
 * decides it. */
enum { LUR_READERS_ROOM = 128 };
enum lur_field_id lur_readers_write(enum lur_field_id field, char out[LUR_READERS_ROOM]);

/* Reads a value as lur_value_read does, or the name of one of the spec's functions. */
int lur_spec_read_value(const struct lur_spec *spec, const struct lur_field *f, const char *text, struct lur_value *v,
                        struct lur_error *e);
/* Sets a field from "name" and "text" as typed on the command line (`stop.error`, `learning_rate_2`, a param). */
int lur_spec_set(struct lur_spec *spec, const char *name, const char *text, struct lur_error *e);

#endif
