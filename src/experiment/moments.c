/* SPDX-License-Identifier: MIT
 * Moments of a training for the pictures of its network: for each the training begins anew, as a shorter one is the
 * beginning of a longer one. */
#include "experiment/experiment.h"
#include "view/boundary.h"

void lur_push_network_plot(lua_State *L, int reading, struct lur_network_plot *out) {
  const struct lur_reading *g = lur_reading_at(L, reading);
  const struct lur_dataset *train = lur_trained_on(g).train;
  *out = (struct lur_network_plot){.shape = &g->structure.shape,
                                   .shift = g->spec.shift,
                                   .scale = g->spec.scale,
                                   .patterns = g->spec.train,
                                   .name = lur_push_name(L, reading),
                                   .inputs = train ? (const char *const *)train->input_names : NULL,
                                   .classes = train && train->n_classes ? (const char *const *)train->classes : NULL,
                                   .cancel = lur_signal_flag()};
}

void lur_push_moments(lua_State *L, int reading, const uint64_t *epochs, int n, struct lur_network_plot *out) {
  lur_need_stack(L, n + 8);
  for (int i = 0; i < n; i++) {
    const struct lur_run *run = lur_train_to(L, reading, epochs[i]);
    bool again = out->n_moments && out->moment[out->n_moments - 1].epochs == run->outcome.epochs;
    if (again) {
      lua_pop(L, 1);
      continue;
    }
    out->shape = &run->network->shape; /* in which functions have the run's numbers */
    out->moment[out->n_moments++] = (struct lur_moment){run->outcome.epochs, run->network->parameters};
  }
}
