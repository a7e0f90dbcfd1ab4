/* SPDX-License-Identifier: MIT
 * Functions in place of names: what a field such as activation may hold beside its built-in choices. An entry is a
 * function of the script's own, one of the library's, or a list of activations, one per layer. Its programs are data,
 * so a results file keeps them, and nothing here knows Lua. Entries are constant once they are added; threads share
 * them. */
#ifndef LUR_SWEEP_ENTRY_H
#define LUR_SWEEP_ENTRY_H

#include "engine/engine.h"
#include "sweep/field.h"

/* The program for some values of the texts and booleans among the params that the function reads. */
struct lur_variant {
  char *given; /* "deep=true kind=text:a", in the order of entry.on; "" where nothing decides. Owned */
  const struct lur_program *program; /* owned */
};
struct lur_entry_number { /* of the entry's own, with its default */
  char name[LUR_NAME_ROOM];
  double usual;
};
enum { LUR_MAX_SWITCHES = 8 };
#define LUR_OWN_LEARNING_RATE 0.01 /* the default of a rule of the script's own */

struct lur_entry {
  enum lur_role role;
  char *name; /* as columns and command lines have it; owned */
  int n_variants;
  struct lur_variant *variant; /* the first is that of the fields as they stand */
  int n_on;
  char on[LUR_MAX_SWITCHES][LUR_NAME_ROOM]; /* params that decide which variant it is: texts, booleans */
  int n_numbers;
  struct lur_entry_number number[LUR_MAX_OWN_NUMBERS];
  double learning_rate; /* an optimizer's default */
  bool full_batch;      /* an optimizer that needs one */
  int n_layers;         /* a list of activations, one per layer, and no function; else 0 */
  struct lur_value layer[LUR_MAX_LAYERS];
  char digest[65]; /* of all but the name */
};

/* All entries of an experiment. */
struct lur_entries {
  int n;
  size_t room;
  struct lur_entry **entry; /* owned, as they were added */
  bool names_only;          /* a function that is named and not there is made, without programs */
  int n_names;
  const char *name[LUR_MAX_OWN_NUMBERS]; /* what they read as named numbers, but for those that fields are */
  const struct lur_program *built_in[LUR_N_ACTIVATIONS]; /* activations as programs, for lists; made when needed */
};
struct lur_entries *lur_entries_new(void);      /* NULL: no memory */
void lur_entries_free(struct lur_entries *all); /* accepts NULL */
/* Takes the entry over, also where it fails. *out is the one that was there already where it is the same. Fails where
 * two functions have one name, and where they read too many numbers. */
int lur_entries_add(struct lur_entries *all, struct lur_entry *entry, const struct lur_entry **out,
                    struct lur_error *e);
/* Adds the programs of `from`, which are then no longer its own, to those of an entry that is there. */
int lur_entries_join(struct lur_entries *all, struct lur_entry *entry, struct lur_entry *from, struct lur_error *e);
/* The list of these activations as an entry. A list of one is an entry too. */
int lur_entries_add_layers(struct lur_entries *all, int n, const struct lur_value *layer, const struct lur_entry **out,
                           struct lur_error *e);
/* The function of that name, or NULL. */
const struct lur_entry *lur_entries_find(const struct lur_entries *all, enum lur_role role, const char *name);

/* Without variants. NULL: no memory. */
struct lur_entry *lur_entry_new(enum lur_role role, const char *name);
/* One more variant; takes the program over. False: no memory. */
bool lur_entry_add(struct lur_entry *entry, const char *given, const struct lur_program *program);
void lur_entry_free(struct lur_entry *entry); /* accepts NULL */

/* Whether it is a function, or a list with one. */
static inline bool lur_is_entry(const struct lur_value *v) {
  return v->kind == LUR_V_ENTRY;
}
/* Whether it reads a number of that name. */
bool lur_entry_reads(const struct lur_entry *entry, const char *name);
/* Whether a program of its own stands for each value of the param; and whether it reads the param at all. */
bool lur_entry_turns(const struct lur_entry *entry, const char *param);
bool lur_entry_asks(const struct lur_entry *entry, const char *param);
/* Its default for the number; false where it has none. */
bool lur_entry_usual(const struct lur_entry *entry, const char *name, double *usual);
/* As a results file has it, where functions must not be taken for built-in ones: swish(), swish()-tanh. */
void lur_entry_write(const struct lur_entry *entry, struct lur_buffer *out);
void lur_entry_write_numbers(const struct lur_entry *entry, struct lur_buffer *out); /* "beta1=0.9 delta=1" */

/* The text of a choice, with entries of their own: "tanh", "swish", a list "swish-tanh"; stored: as lur_entry_write
 * has it. Fails as lur_value_choose does. */
int lur_entries_read(struct lur_entries *all, const struct lur_field *f, const char *text, struct lur_value *v,
                     struct lur_error *e);
/* The name of the entry that the program is of; NULL where there is none. */
const char *lur_entries_name(const struct lur_entries *all, const struct lur_program *p);
/* The field that a named number is, momentum for one; else -1. */
int lur_field_of_number(const char *name);
/* The activation as a program; NULL: no memory. */
const struct lur_program *lur_entries_built_in(struct lur_entries *all, enum lur_activation a);

#endif
