/* SPDX-License-Identifier: MIT
 * A program from its text. The text may come from anywhere, so all of it is checked: operands stand on earlier lines,
 * arguments are the role's, limits hold. Only what lur_program_write writes is taken (no line twice, none that is not
 * needed, numbers in their one spelling), so that text and program are the same thing. Reentrant. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/digits.h"
#include "base/grow.h"
#include "engine/program/program.h"

enum { MOST_WORDS = LUR_MAX_RESULTS + 1, WORD_ROOM = LUR_NAME_ROOM + 8 };

struct reading {
  const char *rest; /* what follows the line */
  int line, n_words;
  char word[MOST_WORDS][WORD_ROOM];
  struct lur_builder *b;
  enum lur_role role;
  int n_states, n_results;
  char state[LUR_MAX_STATES][LUR_NAME_ROOM];
  int result[LUR_MAX_RESULTS];
  struct named {
    int place;
    enum lur_op_id id;
    bool used;
  } * named; /* t1, t2 ... */
  size_t n_named, room;
  struct lur_error *e;
};

/* Says what is wrong with the line; false. */
__attribute__((format(printf, 2, 3))) static bool fail(struct reading *r, const char *format, ...) {
  char text[sizeof r->e->text];
  va_list list;
  va_start(list, format);
  vsnprintf(text, sizeof text, format, list);
  va_end(list);
  lur_fail(r->e, LUR_EINPUT, NULL, "line %d: %s", r->line, text);
  return false;
}

/* Cuts the next line into its words. */
static bool next_line(struct reading *r) {
  const char *s = r->rest, *end = strchr(s, '\n');
  r->line++;
  r->n_words = 0;
  if (!end)
    return fail(r, *s ? "the line has no end" : "the text ends before it returns anything");
  for (; s <= end; s++) {
    size_t n = strcspn(s, " \n");
    if (n == 0)
      return fail(r, "a line is words with one blank between them");
    if (n >= WORD_ROOM || r->n_words == MOST_WORDS)
      return fail(r, n >= WORD_ROOM ? "a word that is too long" : "too many words");
    memcpy(r->word[r->n_words], s, n);
    r->word[r->n_words++][n] = '\0';
    s += n;
  }
  r->rest = end + 1;
  return true;
}

/* The whole number that the text is, from 1, in its one spelling; 0 where it is none. */
static int index_of(const char *text) {
  int64_t n;
  bool is_one = text[0] >= '1' && text[0] <= '9' && lur_whole_read(text, &n) && n <= LUR_MAX_PLACES;
  return is_one ? (int)n : 0;
}

static bool read_constant(struct reading *r, const char *word, int *place) {
  char digits[LUR_HEX_BYTES];
  double x;
  if (!lur_number_read(word, true, &x) || strcmp(lur_number_write_hex(x, digits), word) != 0)
    return fail(r, "%s is no number as it is written here, such as 0x1.8p+1, inf or nan", word);
  *place = lur_build_constant(r->b, x);
  return true;
}

static bool read_earlier(struct reading *r, const char *word, int *place) {
  int k = index_of(word + 1);
  if (k == 0 || (size_t)k > r->n_named)
    return fail(r, "%s is none of the lines above", word);
  r->named[k - 1].used = true;
  *place = r->named[k - 1].place;
  return true;
}

/* Which argument the word is, and its index from 0; LUR_N_INPUTS where it is none. */
static int find_input(const char *word, int *index) {
  *index = 0;
  for (int which = 0; which < LUR_N_INPUTS; which++) {
    const char *name = lur_inputs[which].name;
    size_t n = strlen(name);
    if (!lur_inputs[which].indexed && strcmp(word, name) == 0)
      return which;
    if (lur_inputs[which].indexed && strncmp(word, name, n) == 0 && index_of(word + n)) {
      *index = index_of(word + n) - 1;
      return which;
    }
  }
  return LUR_N_INPUTS;
}

static bool read_input(struct reading *r, const char *word, int *place) {
  int index, which = find_input(word, &index);
  if (which == LUR_N_INPUTS)
    return fail(r, "%s is neither a number nor an argument", word);
  if (!lur_role_takes(r->role, (enum lur_input)which))
    return fail(r, "%s: it has no argument %s", lur_role_names[r->role], word);
  int most = which == LUR_IN_STATE ? r->n_states : LUR_MAX_DRAWS;
  if (lur_inputs[which].indexed && index >= most)
    return fail(r, "%s: there are only %d", word, most);
  *place = lur_build_input(r->b, (enum lur_input)which, index);
  return true;
}

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

static bool read_operand(struct reading *r, const char *word, int *place) {
  bool read;
  if (strncmp(word, "p.", 2) == 0) {
    *place = lur_build_number(r->b, word + 2);
    read = true;
  } else if (word[0] == '-' || is_digit(word[0]) || strcmp(word, "inf") == 0 || strcmp(word, "nan") == 0) {
    read = read_constant(r, word, place);
  } else if (word[0] == 't' && is_digit(word[1])) {
    read = read_earlier(r, word, place);
  } else {
    read = read_input(r, word, place);
  }
  if (!read || *place >= 0)
    return read;
  struct lur_error why;
  if (lur_builder_fail(r->b, &why) != LUR_EINPUT)
    return lur_fail_memory(r->e), false;
  return fail(r, "%s: %s", word, why.text);
}

static int find_op(const char *word) {
  int id = 0;
  while (id < LUR_N_OPS && (lur_ops[id].n_operands == 0 || strcmp(lur_ops[id].name, word) != 0))
    id++;
  return id;
}

/* A condition is 1 or 0: what the kernels select by. */
static bool check_condition(struct reading *r, const char *word, int place) {
  double x;
  bool named = word[0] == 't' && is_digit(word[1]);
  enum lur_op_id id = named ? r->named[index_of(word + 1) - 1].id : LUR_OP_CONSTANT;
  if (id == LUR_OP_LT || id == LUR_OP_LE || id == LUR_OP_EQ ||
      (lur_builder_constant(r->b, place, &x) && (x == 0 || x == 1)))
    return true;
  return fail(r, "select: %s is no comparison", word);
}

static bool check_operation(struct reading *r, int id, const int *at) {
  double x;
  if (id == LUR_OP_MUL_TAKEN || id == LUR_OP_DIV_TAKEN)
    return fail(r, "%s stands in derivatives alone", lur_ops[id].name);
  if (id == LUR_OP_POW_CONSTANT && !lur_builder_constant(r->b, at[1], &x))
    return fail(r, "pow_constant: %s is no constant", r->word[4]);
  return id != LUR_OP_SELECT || check_condition(r, r->word[3], at[0]);
}

/* Adds what line `tN = ...` does; it must be a new operation, which stands behind all there were. */
static bool add_operation(struct reading *r, int id, const int *at) {
  int place = lur_build(r->b, (enum lur_op_id)id, at);
  double x;
  if (place < 0) {
    struct lur_error why;
    return lur_builder_fail(r->b, &why) == LUR_EINPUT ? fail(r, "%s", why.text) : (lur_fail_memory(r->e), false);
  }
  if (lur_builder_constant(r->b, place, &x))
    return fail(r, "it is of constants alone, and stands as a number where it is used");
  if (r->n_named && place <= r->named[r->n_named - 1].place)
    return fail(r, "the same operation stands above");
  if (!lur_grow(&r->named, &r->room, r->n_named + 1, sizeof *r->named))
    return lur_fail_memory(r->e), false;
  r->named[r->n_named++] = (struct named){place, (enum lur_op_id)id, false};
  return true;
}

static bool read_operation(struct reading *r) {
  int at[3];
  if (r->word[0][0] != 't' || (size_t)index_of(r->word[0] + 1) != r->n_named + 1 || r->n_words < 3 ||
      strcmp(r->word[1], "=") != 0)
    return fail(r, "it begins neither with t%zu = and an operation nor with return", r->n_named + 1);
  int id = find_op(r->word[2]);
  if (id == LUR_N_OPS)
    return fail(r, "there is no operation %s", r->word[2]);
  if (r->n_words != 3 + lur_ops[id].n_operands)
    return fail(r, "%s has %d operand%s", lur_ops[id].name, lur_ops[id].n_operands,
                lur_ops[id].n_operands == 1 ? "" : "s");
  for (int i = 0; i < lur_ops[id].n_operands; i++)
    if (!read_operand(r, r->word[3 + i], &at[i]))
      return false;
  return check_operation(r, id, at) && add_operation(r, id, at);
}

static bool read_return(struct reading *r) {
  r->n_results = r->n_words - 1;
  int least = r->role == LUR_ROLE_OPTIMIZER ? 1 + r->n_states : 1;
  int most = r->role == LUR_ROLE_ACTIVATION ? 2 : least;
  if (r->n_results < least || r->n_results > most)
    return fail(r, "%s: it returns %d number%s", lur_role_names[r->role], r->n_results, r->n_results == 1 ? "" : "s");
  for (int k = 0; k < r->n_results; k++)
    if (!read_operand(r, r->word[1 + k], &r->result[k]))
      return false;
  if (*r->rest != '\0')
    return r->line++, fail(r, "nothing follows what is returned");
  for (size_t k = 0; k < r->n_named; k++)
    if (!r->named[k].used)
      return fail(r, "nothing needs t%zu", k + 1);
  return true;
}

static bool read_role(struct reading *r) {
  if (!next_line(r))
    return false;
  int role = 0;
  while (role < LUR_N_ROLES && strcmp(lur_role_names[role], r->word[0]) != 0)
    role++;
  if (role == LUR_N_ROLES || r->n_words != 1)
    return fail(r, "it does not say what the function is: activation, loss, optimizer ...");
  r->role = (enum lur_role)role;
  return true;
}

static bool read_states(struct reading *r) {
  if (!next_line(r))
    return false;
  if (strcmp(r->word[0], "states") != 0 || r->n_words - 1 > LUR_MAX_STATES)
    return fail(r, "it does not name the states, at most %d", LUR_MAX_STATES);
  for (; r->n_states < r->n_words - 1; r->n_states++) {
    const char *name = r->word[1 + r->n_states];
    if (!lur_program_name_fits(name))
      return fail(r, "%s is no name", name);
    for (int k = 0; k < r->n_states; k++)
      if (strcmp(r->state[k], name) == 0)
        return fail(r, "%s twice", name);
    strcpy(r->state[r->n_states], name);
  }
  return true;
}

static bool read_all(struct reading *r) {
  if (!read_role(r) || (r->role == LUR_ROLE_OPTIMIZER && !read_states(r)))
    return false;
  r->b = lur_builder_new(r->role, LUR_MAX_TRACED);
  if (!r->b)
    return lur_fail_memory(r->e), false;
  while (next_line(r)) {
    if (strcmp(r->word[0], "return") == 0)
      return read_return(r);
    if (!read_operation(r))
      return false;
  }
  return false;
}

struct lur_program *lur_program_read(const char *text, struct lur_error *e) {
  struct lur_error unread;
  struct reading r = {.rest = text, .e = e ? e : &unread};
  struct lur_program *p = NULL;
  if (read_all(&r)) {
    const char *states[LUR_MAX_STATES];
    for (int k = 0; k < r.n_states; k++)
      states[k] = r.state[k];
    p = lur_builder_finish(r.b, r.n_results, r.result, r.n_states, states);
    if (!p)
      lur_fail_memory(e);
  }
  lur_builder_free(r.b);
  free(r.named);
  return p;
}
