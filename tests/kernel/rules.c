/* SPDX-License-Identifier: MIT
 * Functions of a script's own for the kernel tests. */
#include "rules.h"

#include <stdio.h>
#include <stdlib.h>

#include "../unit/random_programs.h"

const struct written_rule written_rules[N_WRITTEN] = {
    {LUR_SGD, "optimizer\nstates\nt1 = neg learning_rate\nt2 = fma t1 g w\nreturn t2\n"},
    {LUR_MOMENTUM, "optimizer\nstates buffer\nt1 = fma p.momentum s1 g\nt2 = neg learning_rate\nt3 = fma t2 t1 w\n"
                   "return t3 t1\n"},
    {LUR_NESTEROV, "optimizer\nstates buffer\nt1 = neg learning_rate\nt2 = fma p.momentum s1 g\n"
                   "t3 = fma p.momentum t2 g\nt4 = fma t1 t3 w\nreturn t4 t2\n"},
    {LUR_ADAGRAD, "optimizer\nstates s\nt1 = fma g g s1\nt2 = sqrt t1\nt3 = add t2 p.epsilon\nt4 = div g t3\n"
                  "t5 = mul learning_rate t4\nt6 = sub w t5\nreturn t6 t1\n"},
    {LUR_RMSPROP, "optimizer\nstates s\nt1 = sub 0x1p+0 p.rho\nt2 = mul t1 g\nt3 = mul t2 g\nt4 = fma p.rho s1 t3\n"
                  "t5 = sqrt t4\nt6 = add t5 p.epsilon\nt7 = div g t6\nt8 = mul learning_rate t7\nt9 = sub w t8\n"
                  "return t9 t4\n"},
    {LUR_ADAM, "optimizer\nstates m v\nt1 = sub 0x1p+0 p.beta1\nt2 = mul t1 g\nt3 = fma p.beta1 s1 t2\n"
               "t4 = sub 0x1p+0 p.beta2\nt5 = mul t4 g\nt6 = mul t5 g\nt7 = fma p.beta2 s2 t6\n"
               "t8 = pow p.beta1 step\nt9 = sub 0x1p+0 t8\nt10 = div learning_rate t9\nt11 = sqrt t7\n"
               "t12 = pow p.beta2 step\nt13 = sub 0x1p+0 t12\nt14 = sqrt t13\nt15 = div t11 t14\n"
               "t16 = add t15 p.epsilon\nt17 = div t3 t16\nt18 = mul t10 t17\nt19 = sub w t18\nreturn t19 t3 t7\n"},
};

/* One that reads all that a rule is told, keeps a state as it is, exchanges two, and leaves biases behind. */
static const char odd_rule[] =
    "optimizer\nstates a b c\nt1 = div epoch epochs\nt2 = add t1 fan_in\nt3 = mul t2 layer\nt4 = div learning_rate t3\n"
    "t5 = mul t4 g\nt6 = add s1 t5\nt7 = mul p.weight_decay w\nt8 = add t6 t7\nt9 = lt 0x0p+0 is_bias\n"
    "t10 = select t9 t5 t8\nt11 = sub w t10\nreturn t11 s2 t6 s3\n";

static const char *const schedules[] = {
    ("schedule\nt1 = mul 0x1.921fb54442d18p+1 epoch\nt2 = div t1 epochs\nt3 = cos t2\nt4 = add 0x1p+0 t3\n"
     "t5 = mul 0x1p-1 t4\nreturn t5\n"),
    "schedule\nt1 = mul p.slope step\nt2 = add 0x1p+0 t1\nt3 = div 0x1p+0 t2\nreturn t3\n",
    "schedule\nt1 = lt epoch 0x1.8p+1\nt2 = select t1 0x1p+0 p.scale\nreturn t2\n",
    "schedule\nreturn p.scale\n",
};
static const char *const penalties[] = {
    "penalty\nt1 = abs w\nt2 = mul p.slope t1\nreturn t2\n",
    "penalty\nt1 = mul w w\nt2 = mul p.scale t1\nt3 = add 0x1p+0 t1\nt4 = div t2 t3\nreturn t4\n",
    "penalty\nreturn w\n",
};
static const char *const starts[] = {
    "init\nt1 = mul 0x1p+1 u1\nt2 = add -0x1p+0 t1\nt3 = sqrt fan_in\nt4 = div t2 t3\nreturn t4\n",
    ("init\nt1 = mul p.scale n1\nt2 = add t1 u2\nt3 = mul t2 n2\nt4 = lt 0x0p+0 is_bias\n"
     "t5 = select t4 p.slope t3\nreturn t5\n"),
    "init\nt1 = add unit input\nt2 = add t1 layer\nt3 = div t2 fan_out\nreturn t3\n",
};

struct lur_program *rules_read(const char *text) {
  struct lur_error e;
  struct lur_program *p = lur_program_read(text, &e);
  if (!p) {
    fprintf(stderr, "%s\n%s", e.text, text);
    abort();
  }
  return p;
}

/* ---- Drawn ---- */
/* Written or random: a third of the functions are random. */
static struct lur_program *drawn(struct random_program *r, enum lur_role role, const char *const *texts, uint32_t n) {
  if (random_below(r, 3) > 0)
    return rules_read(texts[random_below(r, n)]);
  const uint64_t seed = (uint64_t)random_below(r, UINT32_MAX) << 16;
  struct lur_program *p = random_program(seed, role, 1 + (int)random_below(r, 20), false);
  if (!p)
    abort();
  return p;
}

static struct lur_program *drawn_rule(struct random_program *r) {
  const char *texts[N_WRITTEN + 1] = {odd_rule};
  for (int k = 0; k < N_WRITTEN; k++)
    texts[k + 1] = written_rules[k].text;
  return drawn(r, LUR_ROLE_OPTIMIZER, texts, N_WRITTEN + 1);
}

static const char *const names[] = {"slope", "weight_decay", "scale", "beta1", "epsilon", "momentum", "beta2", "rho"};
enum { N_NAMES = sizeof names / sizeof *names };

void rules_name_numbers(struct lur_structure *s) {
  s->own.n_numbers = N_NAMES;
  s->own.number = names;
}

#define DRAWN(role, texts) drawn(&r, LUR_ROLE_##role, texts, sizeof(texts) / sizeof *(texts))
void rules_add(struct rules *f, struct lur_structure *s, uint64_t seed) {
  struct random_program r = {.state = seed};
  struct lur_error e;
  const unsigned roles = 1 + random_below(&r, 15);
  *f = (struct rules){{NULL}};
  rules_name_numbers(s);
  if (roles & 1) {
    s->own.optimizer = f->program[0] = drawn_rule(&r);
    s->optimizer = LUR_SGD;
  }
  if (roles & 2)
    s->own.penalty = f->program[1] = DRAWN(PENALTY, penalties);
  if (roles & 4)
    s->own.init = f->program[2] = DRAWN(INIT, starts);
  if (roles & 8)
    s->own.schedule = f->program[3] = DRAWN(SCHEDULE, schedules);
  s->own.init_biases = random_below(&r, 2);
  s->own.every_update = random_below(&r, 2);
  if (lur_structure_check(s, &e) != LUR_OK)
    s->own.schedule = NULL; /* rprop's */
}

void rules_free(struct rules *f) {
  for (int k = 0; k < MOST_FUNCTIONS; k++)
    lur_program_free(f->program[k]);
}

void rules_set_numbers(struct lur_numbers *n, uint64_t seed) {
  struct random_program r = {.state = seed};
  for (int k = 0; k < N_NAMES; k++)
    n->own[k] = random_below(&r, 3) ? random_between(&r, 0, 0.2) : random_between(&r, -2, 2);
}
