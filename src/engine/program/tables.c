/* SPDX-License-Identifier: MIT
 * Names and facts of operations, arguments and roles, made from their lists. Constant. */
#include <string.h>

#include "engine/program/program.h"

#define FACTS(ID, name, n_operands, meaning) [LUR_OP_##ID] = {#name, n_operands, meaning},
const struct lur_op_facts lur_ops[] = {LUR_OPS(FACTS)};
#undef FACTS
#define FACTS(ID, name, indexed, varies) [LUR_IN_##ID] = {#name, indexed, varies},
const struct lur_input_facts lur_inputs[] = {LUR_INPUTS(FACTS)};
#undef FACTS
#define NAME(ID, name) #name,
const char *const lur_role_names[] = {LUR_ROLES(NAME) NULL};
#undef NAME

#define TAKES(input) 1u << LUR_IN_##input
static const unsigned role_takes[LUR_N_ROLES] = {
    [LUR_ROLE_ACTIVATION] = TAKES(Z),
    [LUR_ROLE_LOSS] = TAKES(O) | TAKES(T),
    [LUR_ROLE_OPTIMIZER] = TAKES(W) | TAKES(G) | TAKES(STATE) | TAKES(IS_BIAS) | TAKES(LEARNING_RATE) | TAKES(UPDATE) |
                           TAKES(EPOCH) | TAKES(EPOCHS) | TAKES(FAN_IN) | TAKES(LAYER),
    [LUR_ROLE_SCHEDULE] = TAKES(UPDATE) | TAKES(EPOCH) | TAKES(EPOCHS),
    [LUR_ROLE_PENALTY] = TAKES(W),
    [LUR_ROLE_INIT] = TAKES(NORMAL) | TAKES(UNIFORM) | TAKES(FAN_IN) | TAKES(FAN_OUT) | TAKES(LAYER) | TAKES(UNIT) |
                      TAKES(FROM) | TAKES(IS_BIAS),
};
#undef TAKES

bool lur_role_takes(enum lur_role role, enum lur_input input) {
  return role_takes[role] >> input & 1;
}

int lur_number_place(const char *name, int n_names, const char *const *names) {
  for (int k = 0; k < n_names; k++)
    if (strcmp(name, names[k]) == 0)
      return k;
  return -1;
}

bool lur_program_name_fits(const char *name) {
  static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";
  size_t n = strlen(name);
  return n > 0 && n < LUR_NAME_ROOM && strspn(name, letters) == n && !(name[0] >= '0' && name[0] <= '9');
}
