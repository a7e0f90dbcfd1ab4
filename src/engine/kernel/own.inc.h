/* SPDX-License-Identifier: MIT
 * Functions of the script's own, as a kernel runs them: own.c does the steps, over the kernel's vecs. */
#ifndef LUR_KERNEL_OWN_INC_H
#define LUR_KERNEL_OWN_INC_H

#include "engine/kernel/own.h"
#include "engine/kernel/places.inc.h"

extern lur_own_run OWN;
enum { CHUNK = LUR_CHUNK_BYTES / (VEC_LANES * (int)sizeof(real)) }; /* vecs that stages hand on at once */

/* Where an input is, if the code reads it, and its numbers from one vec to the next: 0 where one is all there is. */
FUNCTION void own_input(const struct lur_running *r, enum lur_input which, int index, const void *at, size_t step) {
  const int k = lur_code_input(r->code, which, index);
  if (k >= 0)
    r->place[k] = (struct lur_array){(void *)at, step};
}
/* Where result k goes; it may be in place of an input. */
FUNCTION void own_result(const struct lur_running *r, int k, void *at) {
  r->place[lur_code_result(r->code, k)] = (struct lur_array){at, VEC_LANES};
}
/* Runs the code over n vecs. */
FUNCTION void own_run(const struct lur_running *r, int n) {
  OWN(r, n, VEC_LANES);
}

#endif
