/* SPDX-License-Identifier: MIT
 * The field table: every field of an experiment, declared once (fields.inc.h), and values of fields. The readers of
 * scripts and command lines, the messages, `luron help fields` and the shell completion are made from it. Constant; no
 * thread rule. */
#ifndef LUR_SWEEP_FIELD_H
#define LUR_SWEEP_FIELD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/digits.h"
#include "base/error.h"
#include "engine/engine.h"
#include "sweep/fields.inc.h"

#define LUR_ENUM(ID, ...) LUR_F_##ID,
enum lur_field_id { LUR_FIELDS(LUR_ENUM) LUR_N_FIELDS }; /* seed is last: it varies slowest */
#undef LUR_ENUM
#define LUR_ENUM(name) LUR_LAYERED_##name,
enum lur_layered { LUR_LAYERED(LUR_ENUM) LUR_N_LAYERED };
#undef LUR_ENUM

enum lur_kind {
  LUR_K_BOOL,
  LUR_K_INTEGER,
  LUR_K_NUMBER,
  LUR_K_CHOICE,
  LUR_K_SIZES,     /* hidden: a count or a list of counts */
  LUR_K_LAYERED,   /* a number, or one per layer */
  LUR_K_BATCH,     /* a count, or the choice "all" */
  LUR_K_SHORTCUTS, /* true, false, or pairs of layers (shortcuts.h) */
  LUR_K_TEXT,
  LUR_K_SCRIPT /* tables and functions that only the room reading reads */
};

struct lur_entry;

/* A value of any field that is not LUR_K_SCRIPT or LUR_K_TEXT. */
struct lur_value {
  enum { LUR_V_ABSENT, LUR_V_BOOL, LUR_V_INTEGER, LUR_V_NUMBER, LUR_V_CHOICE, LUR_V_ENTRY, LUR_V_LIST } kind;
  union {
    bool truth;
    int64_t integer;               /* INTEGER, CHOICE (index in choices) */
    const struct lur_entry *entry; /* ENTRY: a function in place of a choice (entry.h), borrowed */
    double number;
    struct {
      int n;
      double at[LUR_MAX_LAYERS];
    } list; /* SIZES, SHORTCUTS, LAYERED with one per layer */
  } as;
};

enum {
  LUR_AXIS = 1,      /* may vary in a sweep */
  LUR_STRUCTURE = 2, /* and varies the structure */
  LUR_NUMBER = 4,    /* or is a number of struct lur_numbers */
  LUR_FUNCTION = 8,  /* a choice that may be a function, too */
  LUR_UNSAID = 16,   /* a results file says nothing of it where the script does not: files of before have none */
  LUR_OF_HIDDEN = 32 /* of LUR_K_LAYERED: hidden layers alone have it */
};

struct lur_field {
  const char *name, *column; /* in Lua; in SQL and on axes */
  enum lur_kind kind;
  double min, max;            /* inclusive; of each element */
  const char *const *choices; /* of LUR_K_CHOICE and LUR_K_BATCH, ended by NULL */
  unsigned flags;
  enum lur_role role;       /* of LUR_FUNCTION: what the function is */
  size_t offset;            /* of LUR_NUMBER, in struct lur_numbers: a double; of LUR_K_INTEGER a uint64_t; of
                               LUR_K_LAYERED a double per layer */
  enum lur_layered layered; /* of LUR_K_LAYERED: whose numbers of single layers a spec has there */
  unsigned reads;           /* LUR_READS_*: optimizers with this bit read it, no others do; 0: all do */
  unsigned stops;           /* LUR_STOP_*: training looks at it once it is set */
  unsigned noises;          /* LUR_NOISE_*: training draws where it is not 0 */
  struct lur_value usual;   /* the default, if it is one value; else ABSENT: */
  enum lur_field_id by;     /* it is usual_by(the choice that field `by` has), or there is none */
  struct lur_value (*usual_by)(int choice);
  const char *default_text; /* the default in words, if the value does not say it; else NULL */
  const char *unit;         /* "epochs", "patterns"; or NULL */
  const char *meaning;      /* one line */
  const char *takes;        /* what a text, table or function is; else NULL */
};
extern const struct lur_field lur_fields[LUR_N_FIELDS];

enum lur_sampler { LUR_GRID, LUR_RANDOM, LUR_SOBOL, LUR_LATIN, LUR_N_SAMPLERS };
extern const char *const lur_sampler_names[];                              /* ended by NULL, and the following too */
extern const char *const lur_schedule_names[], *const lur_penalty_names[]; /* the built-in ones */

/* By name or column, `stop.error` too; -1 where there is none. A layer's own number of a layered field
 * ("learning_rate_2") gives the field and *layer = 2, else *layer = 0. layer may be NULL. */
int lur_field_find(const char *name, int *layer);
/* Whether a column is of an axis of replicates, seed or fold: they are never ranked, and figures run over them. */
bool lur_is_replicate(const char *column);
/* "no such field; did you mean learning_rate?" for an unknown name. */
int lur_field_unknown(const char *name, struct lur_error *e);
/* What of lur_field_unknown's text stands behind "no such field; ", or NULL where that only names the list of all. */
const char *lur_field_hint(const struct lur_error *e);

enum { LUR_WORD_ROOM = 160 };
/* "did you mean epochs?", "luron has none; ...": what a word of another system is here, as a field's name (of is NULL)
 * or as a value of the field `of` ("metrics": a metric). Only names of choices are proposed where they are given. False
 * where nothing is known of the word. */
bool lur_word_explain(const char *of, const char *const *choices, const char *word, char out[LUR_WORD_ROOM]);
/* How many layers of a network of n_layers have a number of this LUR_K_LAYERED. */
int lur_field_layers(const struct lur_field *f, int n_layers);
/* Whether it is none unless given: false, too, says that then. */
bool lur_field_is_optional(const struct lur_field *f);
/* Whether false takes it away: if it is optional, and the log. */
bool lur_field_takes_false(const struct lur_field *f);
/* What the field takes: "a number", "true or false", "a number of patterns, or \"all\"". */
const char *lur_kind_name(const struct lur_field *f);
/* The same, and of texts, tables and functions which: "a function of an epoch's record". */
const char *lur_field_takes(const struct lur_field *f);

/* "a string, but momentum takes a number": for a reader that found (a string, a table ...) what no value can hold. */
int lur_value_mismatch(const struct lur_field *f, const char *found, struct lur_error *e);
/* A whole number or another one, as one. */
double lur_value_number(const struct lur_value *v);
/* An INTEGER or a NUMBER: whole numbers keep all their 64 bits; 1e6 is a NUMBER. False where text is no number. */
bool lur_value_read_number(const char *text, struct lur_value *v);
/* The choice named by text (batch: "all"), or `"sigmod" is not one of sigmoid tanh ...`. */
int lur_value_choose(const struct lur_field *f, const char *text, struct lur_value *v, struct lur_error *e);
bool lur_value_same(const struct lur_value *a, const struct lur_value *b); /* bit for bit; a NaN is itself */
/* As it counts in hashes: equal numbers of all layers are one number, in fields that are unsaid by default. */
struct lur_value lur_value_counted(const struct lur_field *f, const struct lur_value *v);
/* Range, kind and choice of a value for its field: rewrites it to the field's own kind (an integer given as 2.0, one
 * number as a list of sizes) or fails with what was found and what is accepted. */
int lur_value_check(const struct lur_field *f, struct lur_value *v, struct lur_error *e);
/* Reads one value as written on the command line: 0.5, true, tanh, 4x4, all. Checked. */
int lur_value_read(const struct lur_field *f, const char *text, struct lur_value *v, struct lur_error *e);
/* Writes it as read on the command line and stored in SQL: 0.5, 1, tanh, 4x4. Shortest digits that read back. */
void lur_value_write(const struct lur_field *f, const struct lur_value *v, struct lur_buffer *out);

/* A param's text within a line and a list: backslashes stand for what would end it. And back, in place. */
void lur_text_write(const char *text, struct lur_buffer *out);
void lur_text_read(char *text);

#endif
