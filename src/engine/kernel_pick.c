/* SPDX-License-Identifier: MIT
 * Which instruction set this process uses: the widest that the machine has, or the one that LURON_ISA names. */
#include <stdlib.h>
#include <string.h>

#include "engine/engine.h"

const char *lur_isa_name(struct lur_error *e) {
  const char *forced = getenv("LURON_ISA");
  if (forced && *forced && strcmp(forced, "scalar") != 0) {
    lur_fail(e, LUR_EINPUT, "LURON_ISA", "\"%s\" is not built into this program", forced);
    return NULL;
  }
  return "scalar";
}
