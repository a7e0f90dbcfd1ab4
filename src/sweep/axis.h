/* SPDX-License-Identifier: MIT
 * Axes: what a sweep varies. An axis is a list of values, an arithmetic or geometric sequence computed from its
 * number, or an interval from which samplers draw. One parser serves the command line; the Lua side uses the
 * constructors beneath it. Axes own their values. Reentrant; once built, axes may be read by any thread. */
#ifndef LUR_SWEEP_AXIS_H
#define LUR_SWEEP_AXIS_H

#include "sweep/decimal.h"
#include "sweep/field.h"
#include "sweep/spec.h"

enum { LUR_MAX_AXES = 64 };

enum lur_axis_kind {
  LUR_A_LIST,       /* value[i] */
  LUR_A_RANGE,      /* steps */
  LUR_A_LINEAR,     /* n points from first to last, evenly */
  LUR_A_LOG,        /* n points, geometrically */
  LUR_A_UNIFORM,    /* an interval, for drawn samplers: n is 0 */
  LUR_A_LOGUNIFORM
};

struct lur_axis {
  char name[64]; /* its column: learning_rate_1, loss_function, or a param's name */
  int field;     /* enum lur_field_id; -1: a param */
  int param;     /* index in spec.param where field is -1 */
  int layer;     /* 1, 2 ... of a layered field's single layer; else 0 */
  int zip;       /* axes of the same zip, from 1, move together; 0: none */
  bool crossed;  /* with a drawn sampler: each point is run with each of its values */
  enum lur_axis_kind kind;
  uint64_t n;    /* values */
  bool whole;    /* values are whole numbers */
  double first, last, step;
  int64_t whole_first, whole_step;           /* of a range of whole numbers */
  struct lur_steps steps;                    /* of a range of others */
  bool computed; /* points as their formula has them: as short decimals two of them would be one */
  struct lur_value *value; size_t room;      /* LIST */
  char **text;   /* LIST of a param that holds texts: value[i] is the choice i, text[i] what it says; else NULL */
};

struct lur_axes {
  int n, n_zips;
  int united; /* the zip that is a union of grids; 0: none */
  struct lur_axis axis[LUR_MAX_AXES];
};

/* ---- Building one: init, then one of the others or several adds; free what did not go into lur_axes ---- */
/* Finds what the name means: a field's name or column, one layer of it, or a param of spec. Refuses what cannot be
 * an axis. */
int lur_axis_init(struct lur_axis *a, const struct lur_spec *spec, const char *name, struct lur_error *e);
/* One more value of a list; checked for the field. For a param: BOOL, INTEGER or NUMBER, like its own value. */
int lur_axis_add(struct lur_axis *a, const struct lur_spec *spec, const struct lur_value *v, struct lur_error *e);
/* The same, as written on the command line: "tanh", "4x4", "0.1", "all", a param's text. */
int lur_axis_add_text(struct lur_axis *a, const struct lur_spec *spec, const char *text, struct lur_error *e);
/* INTEGER or NUMBER each: whole numbers keep all their digits. */
int lur_axis_range(struct lur_axis *a, const struct lur_value *first, const struct lur_value *last,
                   const struct lur_value *step, struct lur_error *e);
int lur_axis_spaced(struct lur_axis *a, bool log, double first, double last, uint64_t n, struct lur_error *e);
int lur_axis_interval(struct lur_axis *a, bool log, double low, double high, struct lur_error *e);
/* What stands behind the = on a command line: 0.1,0.5  1..100  0..1:11  0.01..10:64:log  0.001..1:log  a..b..step
 * and :list behind it where it is crossed. */
int lur_axis_read(struct lur_axis *a, const struct lur_spec *spec, const char *text, struct lur_error *e);
/* What lur_axis_write wrote behind the =, in which texts are as lur_text_write has them; cuts it up. */
int lur_axis_read_written(struct lur_axis *a, const struct lur_spec *spec, char *text, struct lur_error *e);
void lur_axis_free(struct lur_axis *a);
/* Whether text (after the =) means an axis and not a single value. */
bool lur_axis_is_text(const char *text);

/* ---- The values of one ---- */
/* The i-th value, i < n (of an interval of whole numbers: its first + i), checked for its field. Returns the text of a
 * param's text, else NULL. */
const char *lur_axis_value(const struct lur_axis *a, uint64_t i, struct lur_value *v);
/* The value at u in [0,1): of a list or sequence one of its values, of an interval a point. */
const char *lur_axis_draw(const struct lur_axis *a, double u, struct lur_value *v);
/* Whether it is drawn from an interval, uniform or loguniform. */
bool lur_axis_is_interval(const struct lur_axis *a);
/* Of an interval of whole numbers: how many there are, and how far from the first the one at u is; else 0. */
uint64_t lur_axis_span(const struct lur_axis *a);
uint64_t lur_axis_offset(const struct lur_axis *a, double u);
/* Puts a value into a spec: the field, the layer's number, or the param. */
void lur_axis_put(const struct lur_axis *a, const struct lur_value *v, const char *text, struct lur_spec *spec);
/* Writes the axis as on the command line, but for texts, every value of a list: what a results file keeps, and what is
 * hashed. */
void lur_axis_write(const struct lur_axis *a, struct lur_buffer *out);
void lur_axis_write_value(const struct lur_axis *a, const struct lur_value *v, const char *text,
                          struct lur_buffer *out);

/* ---- The axes of a sweep ---- */
/* Takes a over; an axis of the same name is replaced (and leaves its zip). */
int lur_axes_put(struct lur_axes *axes, struct lur_axis *a, struct lur_error *e);
void lur_axes_remove(struct lur_axes *axes, const char *column); /* nothing where there is none */
int lur_axes_find(const struct lur_axes *axes, const char *column); /* -1 where there is none */
/* The next number for `zip` of axes that move together. lur_plan_new checks that they are equally long. */
int lur_axes_new_zip(struct lur_axes *axes);
/* Of names as typed, "hidden,learning_rate" (a zip) or one: the i-th; false after the last, or if it is too long. */
bool lur_typed_name(const char *names, int i, char name[64]);
/* Whether there are several. */
bool lur_axis_is_zip(const char *names);
/* An override as typed: an axis, a zip, or a single value, which sets the field and removes the axis. */
int lur_axes_set(struct lur_axes *axes, struct lur_spec *spec, const char *name, const char *text,
                 struct lur_error *e);
void lur_axes_free(struct lur_axes *axes); /* accepts NULL; leaves it empty */

#endif
