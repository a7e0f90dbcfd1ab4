/* SPDX-License-Identifier: MIT
 * The table of fields and the search in it. */
#include "sweep/field.h"

#include <float.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/near_word.h"
#include "data/normalize.h"

const char *const lur_sampler_names[] = {"grid", "random", "sobol", "latin", NULL};
_Static_assert(sizeof lur_sampler_names / sizeof *lur_sampler_names == LUR_N_SAMPLERS + 1, "a name each");

static const char *const batch_names[] = {"all", NULL};
const char *const lur_schedule_names[] = {"constant", NULL};
static const char *const every_names[] = {"epoch", "update", NULL};
const char *const lur_penalty_names[] = {"none", NULL};
static const char *const restore_names[] = {"last", "best", NULL};
static const char *const class_weights_names[] = {"balanced", NULL};

#define ABOVE_0 DBL_TRUE_MIN             /* the least that is above 0 */
#define BELOW_1 (1.0 - DBL_EPSILON / 2)  /* the largest that is below 1 */
#define LARGEST_COUNT 9007199254740992.0 /* 2^53: every count up to here is exact in a double */
#define LARGEST_SEED 9223372036854775807.0

/* ---- Defaults ---- */
#define TRUTH(x)                                                                                                       \
  { .kind = LUR_V_BOOL, .as.truth = (x) }
#define COUNT(x)                                                                                                       \
  { .kind = LUR_V_INTEGER, .as.integer = (x) }
#define NUMBER(x)                                                                                                      \
  { .kind = LUR_V_NUMBER, .as.number = (x) }
#define CHOICE(x)                                                                                                      \
  { .kind = LUR_V_CHOICE, .as.integer = (x) }
#define NO_SIZES                                                                                                       \
  { .kind = LUR_V_LIST }

static struct lur_value usual_output(int activation) {
  return (struct lur_value)CHOICE(activation);
}

static struct lur_value usual_bias_init(int init) {
  return (struct lur_value)CHOICE(lur_usual_bias_init[init]);
}

static struct lur_value usual_loss(int output_activation) {
  return (struct lur_value)CHOICE(lur_activations[output_activation].loss);
}

static struct lur_value usual_epsilon(int optimizer) {
  return (struct lur_value)NUMBER(lur_optimizers[optimizer].epsilon);
}

static struct lur_value usual_learning_rate(int optimizer) {
  return (struct lur_value)NUMBER(lur_optimizers[optimizer].learning_rate);
}

/* ---- The table ---- */
/* A number's place in struct lur_numbers; one of another type does not compile. */
#define PLACE(member, type)                                                                                            \
  .flags = LUR_AXIS | LUR_NUMBER, .offset = _Generic(((const struct lur_numbers *)0)->member, type                     \
                                                     : offsetof(struct lur_numbers, member))
#define REAL_AT(member) .kind = LUR_K_NUMBER, PLACE(member, double)
#define RPROP_AT(member)                                                                                               \
  .kind = LUR_K_NUMBER, .flags = LUR_AXIS | LUR_NUMBER | LUR_UNSAID, .reads = LUR_READS_RPROP,                         \
  .offset = offsetof(struct lur_numbers, member)
#define NOISE_AT(member, ID)                                                                                           \
  .kind = LUR_K_NUMBER, .max = DBL_MAX, .flags = LUR_AXIS | LUR_NUMBER | LUR_UNSAID, .noises = LUR_NOISE_##ID,         \
  .usual = NUMBER(0), .offset = offsetof(struct lur_numbers, member)
#define DROPOUT_AT(member)                                                                                             \
  .kind = LUR_K_LAYERED, .layered = LUR_LAYERED_##member, .noises = LUR_NOISE_DROPOUT,                                 \
  .flags = LUR_AXIS | LUR_NUMBER | LUR_UNSAID | LUR_OF_HIDDEN, .offset = offsetof(struct lur_numbers, member)
/* What gradients are clipped to: one number, for one of the two ways. */
#define CLIP                                                                                                           \
  .kind = LUR_K_NUMBER, .flags = LUR_AXIS | LUR_NUMBER | LUR_UNSAID, .min = ABOVE_0, .max = DBL_MAX,                   \
  .offset = offsetof(struct lur_numbers, clip)
#define STOP_AT(member)                                                                                                \
  .kind = LUR_K_NUMBER, .flags = LUR_AXIS | LUR_NUMBER | LUR_UNSAID, .offset = offsetof(struct lur_numbers, member)
#define COUNT_AT(member) .kind = LUR_K_INTEGER, PLACE(member, uint64_t)
#define LAYERS_AT(member) .kind = LUR_K_LAYERED, .layered = LUR_LAYERED_##member, PLACE(member, const double *)

/* A choice, or a function; the older ones of them are told of in every results file. */
#define FUNCTION(ID) FUNCTION_FLAGS(ID), .role = LUR_ROLE_##ID
#define FUNCTION_FLAGS(ID)                                                                                             \
  .flags = LUR_AXIS | LUR_STRUCTURE | LUR_FUNCTION |                                                                   \
           (LUR_ROLE_##ID == LUR_ROLE_SCHEDULE || LUR_ROLE_##ID == LUR_ROLE_PENALTY ? LUR_UNSAID : 0)

#define ROW(ID, name, column, ...) [LUR_F_##ID] = {#name, #column, __VA_ARGS__},
const struct lur_field lur_fields[LUR_N_FIELDS] = {LUR_FIELDS(ROW)};
#undef ROW

/* ---- The search in it ---- */
/* "stop.error" is "stop_error". */
static void without_dot(const char *name, char *out, size_t room) {
  size_t n = strlen(name);
  if (n >= room)
    n = room - 1;
  memcpy(out, name, n);
  out[n] = '\0';
  if (strncmp(out, "stop.", 5) == 0)
    out[4] = '_';
}

static int find_plain(const char *name) {
  for (int i = 0; i < LUR_N_FIELDS; i++)
    if (strcmp(lur_fields[i].name, name) == 0 || strcmp(lur_fields[i].column, name) == 0)
      return i;
  return -1;
}

/* The field of "learning_rate_2" and its layer; -1 where the name is not of that form. */
static int find_layered(const char *name, int *layer) {
  for (int i = 0; i < LUR_N_FIELDS; i++) {
    size_t n = strlen(lur_fields[i].name);
    if (lur_fields[i].kind != LUR_K_LAYERED || strncmp(name, lur_fields[i].name, n) != 0 || name[n] != '_')
      continue;
    const char *digits = name + n + 1;
    size_t n_digits = strspn(digits, "0123456789");
    int number = n_digits && n_digits < 3 && digits[0] != '0' ? atoi(digits) : 0;
    if (digits[n_digits] != '\0' || number < 1 || number > LUR_MAX_LAYERS)
      return -1;
    *layer = number;
    return i;
  }
  return -1;
}

int lur_field_find(const char *name, int *layer) {
  char plain[64];
  int of_layer = 0;
  without_dot(name, plain, sizeof plain);
  int id = find_plain(plain);
  if (id < 0)
    id = find_layered(plain, &of_layer);
  if (layer)
    *layer = of_layer;
  return id;
}

bool lur_is_replicate(const char *column) {
  return strcmp(column, lur_fields[LUR_F_SEED].column) == 0 || strcmp(column, lur_fields[LUR_F_FOLD].column) == 0;
}

int lur_field_unknown(const char *name, struct lur_error *e) {
  char plain[64], hint[LUR_WORD_ROOM];
  without_dot(name, plain, sizeof plain);
  if (lur_word_explain(NULL, NULL, plain, hint))
    return lur_fail(e, LUR_EINPUT, name, "no such field; %s", hint);
  const char *names[LUR_N_FIELDS + 2] = {[LUR_N_FIELDS] = "stop"};
  for (int i = 0; i < LUR_N_FIELDS; i++)
    names[i] = lur_fields[i].name;
  const char *near = lur_near_word(plain, names);
  if (near)
    return lur_fail(e, LUR_EINPUT, name, "no such field; did you mean %s?", near);
  return lur_fail(e, LUR_EINPUT, name, "no such field; `luron help fields` lists them");
}

const char *lur_field_hint(const struct lur_error *e) {
  const char *hint = strstr(e->text, "; ");
  return hint && hint[2] != '`' ? hint + 2 : NULL;
}

const char *lur_kind_name(const struct lur_field *f) {
  switch (f->kind) {
  case LUR_K_BOOL: return "true or false";
  case LUR_K_INTEGER: return "a whole number";
  case LUR_K_NUMBER: return "a number";
  case LUR_K_CHOICE: return f->takes ? f->takes : f->flags & LUR_FUNCTION ? "a name or a function" : "a name";
  case LUR_K_SIZES: return "a number of units, or a list of them";
  case LUR_K_LAYERED:
    return f->flags & LUR_OF_HIDDEN ? "a number, or a list with one per hidden layer"
                                    : "a number, or a list with one per layer";
  case LUR_K_BATCH: return "a number of patterns, or \"all\"";
  case LUR_K_SHORTCUTS: return "true, false, or a list of pairs {from, to}";
  case LUR_K_TEXT: return "a text";
  case LUR_K_SCRIPT: break;
  }
  return "a table or a function";
}

int lur_field_layers(const struct lur_field *f, int n_layers) {
  return f->flags & LUR_OF_HIDDEN ? n_layers - 1 : n_layers;
}

bool lur_field_is_optional(const struct lur_field *f) {
  return f->usual.kind == LUR_V_ABSENT && !f->usual_by && !f->default_text;
}

bool lur_field_takes_false(const struct lur_field *f) {
  return lur_field_is_optional(f) || f == &lur_fields[LUR_F_LOG];
}

const char *lur_field_takes(const struct lur_field *f) {
  return f->takes ? f->takes : lur_kind_name(f);
}
