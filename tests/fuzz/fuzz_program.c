/* SPDX-License-Identifier: MIT
 * Any text as a program: refused with its line, or a program that is written as it was read, to the byte, and that can
 * be run, bound and derived. */
#include <stdlib.h>
#include <string.h>

#include "engine/program/program.h"
#include "fuzz.h"

const char *const fuzz_samples[] = {
    "activation\nt1 = neg z\nt2 = exp t1\nt3 = add 0x1p+0 t2\nt4 = div z t3\nreturn t4\n",
    "activation\nt1 = step z\nt2 = tanh p.slope\nreturn t1 t2\n",
    "loss\nt1 = sub o t\nt2 = abs t1\nt3 = lt t2 p.delta\nt4 = mul t1 t1\nt5 = mul 0x1p-1 t4\nt6 = pow t2 p.delta\n"
    "t7 = select t3 t5 t6\nreturn t7\n",
    "optimizer\nstates m v\nt1 = fma 0x1.ccccccccccccdp-1 s1 g\nt2 = pow p.beta1 step\nt3 = mul g g\n"
    "t4 = max t3 s2\nt5 = sqrt t4\nt6 = div t1 t5\nt7 = mul learning_rate t6\nt8 = mul t7 t2\nt9 = sub w t8\n"
    "return t9 t1 t4\n",
    "schedule\nt1 = div epoch epochs\nt2 = mod t1 p.period\nt3 = floor_div t2 0x1.8p+1\nt4 = cos t3\nreturn t4\n",
    "penalty\nt1 = abs w\nt2 = pow_constant w 0x1.8p+1\nt3 = min t1 t2\nreturn t3\n",
    "init\nt1 = mul n1 u2\nt2 = sqrt fan_in\nt3 = div t1 t2\nt4 = eq is_bias 0x1p+0\nt5 = select t4 nan t3\n"
    "return t5\n",
};
const size_t fuzz_n_samples = sizeof fuzz_samples / sizeof *fuzz_samples;
const char *const fuzz_words[] = {" ",       "\n",   "t1",      "t2",     "t10",       "return ", "= ",    "z",
                                  "w",       "p.",   "p.slope", "0x1p+0", "-inf",      "nan",     "s9",    "u17",
                                  "select ", "lt ",  "pow ",    "exp ",   "mul_taken", "states",  "1",     "-0x0p+0",
                                  "fma ",    "log ", "\r",      "0x2p+0", "t65536",    "max ",    "t3 = ", "abs "};
const size_t fuzz_n_words = sizeof fuzz_words / sizeof *fuzz_words;

static double any_input(void *context, enum lur_input which, int index) {
  (void)context;
  return (double)which - 3.5 + index;
}

static void run(const struct lur_program *p) {
  static const double number[LUR_MAX_OWN_NUMBERS] = {0.5, -1, 1e300};
  double results[LUR_MAX_RESULTS];
  if (lur_program_run(p, any_input, NULL, number, results, NULL) != LUR_OK)
    abort();
}

/* Bound, a program is one like any other: its text is read back as it. */
static void bind(const struct lur_program *p) {
  static const char *const names[] = {"slope", "delta"};
  static const double values[] = {0, -2};
  struct lur_program *bound = lur_program_bind(p, 2, names, values);
  struct lur_buffer text = {0};
  if (!bound)
    abort();
  lur_program_write(bound, &text);
  struct lur_program *again = text.failed ? NULL : lur_program_read(text.data, NULL);
  if (!again || !lur_program_same(bound, again))
    abort();
  run(bound);
  lur_program_free(again);
  lur_program_free(bound);
  lur_buffer_free(&text);
}

static void check(const struct lur_program *p, const char *text) {
  struct lur_buffer out = {0};
  struct lur_error e = {0};
  lur_program_write(p, &out);
  if (out.failed || strcmp(out.data, text) != 0)
    abort();
  lur_buffer_free(&out);
  run(p);
  bind(p);
  struct lur_program *derived = lur_program_derive(p, &e);
  if (derived)
    run(derived);
  else if (e.code != LUR_EINPUT)
    abort();
  lur_program_free(derived);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
  struct lur_error e = {0};
  char *text = malloc(n + 1);
  if (!text)
    return 0;
  if (n)
    memcpy(text, data, n);
  text[n] = '\0';
  struct lur_program *p = lur_program_read(text, &e);
  if (p)
    check(p, text);
  else if (e.code == LUR_OK || strncmp(e.text, "line ", 5) != 0 || strchr(e.text, '\n'))
    abort();
  lur_program_free(p);
  free(text);
  return 0;
}
