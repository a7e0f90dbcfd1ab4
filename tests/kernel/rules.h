/* SPDX-License-Identifier: MIT
 * Functions of a script's own for the kernel tests: rules, schedules, penalties and starts as one would write them, in
 * the text form of programs, and random programs. */
#ifndef LUR_TESTS_KERNEL_RULES_H
#define LUR_TESTS_KERNEL_RULES_H

#include "engine/engine.h"

/* The built-in rules, in the same operations. */
struct written_rule {
  enum lur_optimizer same_as;
  const char *text;
};
enum { N_WRITTEN = 6 };
extern const struct written_rule written_rules[N_WRITTEN];

/* Programs of a structure, to be freed. */
enum { MOST_FUNCTIONS = 4 };
struct rules {
  struct lur_program *program[MOST_FUNCTIONS];
};

/* The text's program; aborts where it is none. */
struct lur_program *rules_read(const char *text);
/* Gives the structure named numbers and, of what draws from the seed say, a rule, a schedule, a penalty and a start. */
void rules_add(struct rules *f, struct lur_structure *s, uint64_t seed);
void rules_free(struct rules *f);
/* The names of a structure with functions, and a run's numbers. */
void rules_name_numbers(struct lur_structure *s);
void rules_set_numbers(struct lur_numbers *n, uint64_t seed);

#endif
