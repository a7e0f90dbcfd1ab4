/* SPDX-License-Identifier: MIT
 * Functions of the script's own for the kernel tests, one a seed. */
#include "functions.h"

#include <stdio.h>
#include <stdlib.h>

#include "../unit/random_programs.h"

const char *const functions_numbers[FUNCTIONS_NUMBERS] = {"scale", "epsilon", "beta1", "slope"};

/* z / (1 + e^(-slope z)); (e^2z - 1) / (e^2z + 1); what is below 0 is a slope times itself, by a selection; the same
 * with a comparison of two numbers of the run; one of h's kind of names; a slope of its own; the input; a number. */
static const char *const activations[] = {
    "activation\nt1 = mul p.slope z\nt2 = neg t1\nt3 = exp t2\nt4 = add 0x1p+0 t3\nt5 = div z t4\nreturn t5\n",
    "activation\nt1 = mul 0x1p+1 z\nt2 = exp t1\nt3 = sub t2 0x1p+0\nt4 = add t2 0x1p+0\nt5 = div t3 t4\nreturn t5\n",
    "activation\nt1 = lt z 0x0p+0\nt2 = mul p.scale z\nt3 = select t1 t2 z\nreturn t3\n",
    "activation\nt1 = lt p.scale p.slope\nt2 = tanh z\nt3 = sin z\nt4 = select t1 t2 t3\nreturn t4\n",
    "activation\nt1 = mul p.beta1 p.epsilon\nt2 = add t1 p.beta1\nt3 = mul t2 z\nt4 = sigmoid t3\nreturn t4\n",
    "activation\nt1 = step z\nt2 = tanh z\nt3 = mul t2 t2\nt4 = sub 0x1p+0 t3\nreturn t1 t4\n",
    "activation\nreturn z\n",
    "activation\nreturn p.slope\n",
    "activation\nreturn 0x1p-1\n",
};
/* Huber's, from a number of the run on; (o - t)^2; |o - t|^3 by a power; the target; a number. */
static const char *const loss_texts[] = {
    ("loss\nt1 = sub o t\nt2 = abs t1\nt3 = lt t2 p.scale\nt4 = mul t2 t2\nt5 = mul 0x1p-1 t4\nt6 = mul p.scale "
     "0x1p-1\n"
     "t7 = sub t2 t6\nt8 = mul p.scale t7\nt9 = select t3 t5 t8\nreturn t9\n"),
    "loss\nt1 = sub o t\nt2 = mul t1 t1\nreturn t2\n",
    "loss\nt1 = sub o t\nt2 = abs t1\nt3 = pow_constant t2 0x1.8p+1\nreturn t3\n",
    "loss\nreturn t\n",
    "loss\nreturn 0x1.8p+0\n",
};

struct lur_program *functions_read(const char *text) {
  struct lur_error e = {0};
  struct lur_program *p = lur_program_read(text, &e);
  if (!p) {
    fprintf(stderr, "%s\n%s\n", e.text, text);
    abort();
  }
  return p;
}

struct lur_program *functions_of_seed(enum lur_role role, uint64_t seed) {
  const char *const *texts = role == LUR_ROLE_ACTIVATION ? activations : loss_texts;
  const size_t n =
      role == LUR_ROLE_ACTIVATION ? sizeof activations / sizeof *activations : sizeof loss_texts / sizeof *loss_texts;
  if (seed % 3 != 0)
    return functions_read(texts[seed / 3 % n]);
  struct lur_program *p = random_program(seed, role, 1 + (int)(seed / 3 % 16), seed / 3 % 2);
  if (!p)
    abort();
  return p;
}
