/* SPDX-License-Identifier: MIT
 * Ends a job at a moment in time: a flag that training looks at, raised by a thread of its own when the time has come,
 * or soon after another flag is. Started and stopped by one thread; the flag may be read by any. */
#ifndef LUR_SWEEP_ALARM_H
#define LUR_SWEEP_ALARM_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/* NULL where there is no memory, or no thread to be had. other may be NULL. */
struct lur_alarm *lur_alarm_start(uint64_t at_ns, const atomic_int *other);
const atomic_int *lur_alarm_flag(const struct lur_alarm *a);
/* Whether it was the time that raised it. Accepts NULL. */
bool lur_alarm_rang(const struct lur_alarm *a);
void lur_alarm_stop(struct lur_alarm *a); /* ends the thread and frees it; accepts NULL */

#endif
