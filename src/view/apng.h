/* SPDX-License-Identifier: MIT
 * Pictures one after the other, as one APNG: a PNG that programs without a notion of motion show the first of.
 * Reentrant. */
#ifndef LUR_VIEW_APNG_H
#define LUR_VIEW_APNG_H

#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"

enum { LUR_FRAME_MS = 100, LUR_LAST_FRAME_MS = 2000 };
struct lur_apng { /* zeroed to begin with */
  struct lur_buffer bytes;
  /* private */
  uint32_t n_frames, n_numbered, width, height;
  size_t counts_at, delay_at; /* what the end fills in */
};

/* Adds a frame, a PNG as lur_canvas_write_png makes it; all have one size and one palette. */
int lur_apng_add(struct lur_apng *a, const struct lur_buffer *png, struct lur_error *e);
/* The bytes are whole after it. At least one frame was added. */
int lur_apng_finish(struct lur_apng *a, struct lur_error *e);
void lur_apng_free(struct lur_apng *a); /* accepts NULL */

#endif
