/* SPDX-License-Identifier: MIT
 * What objects of luron's are, for a digest: all that a script can read of them. */
#include "experiment/object_digest.h"

#include "experiment/experiment.h"

void lur_digest_scaling(struct lur_sha256 *digest, const struct lur_network *n) {
  const size_t bytes = (size_t)n->shape.width[0] * sizeof(double);
  if (n->shift)
    lur_sha256_add(digest, n->shift, bytes);
  if (n->scale)
    lur_sha256_add(digest, n->scale, bytes);
  if (n->fill)
    lur_sha256_add(digest, n->fill, bytes);
  if (!n->target_shift)
    return;
  const size_t target_bytes = (size_t)n->shape.width[n->shape.n_layers] * sizeof(double);
  lur_sha256_add(digest, n->target_shift, target_bytes);
  lur_sha256_add(digest, n->target_scale, target_bytes);
}

static void add_data(lua_State *L, struct lur_sha256 *digest, const struct lur_dataset *d) {
  const struct lur_inputs x = lur_dataset_inputs(d);
  const uint64_t shape[] = {d->n, (uint64_t)d->n_inputs, (uint64_t)d->n_outputs};
  const size_t width = (size_t)d->n_inputs;
  double *room = lua_newuserdatauv(L, width * sizeof *room, 0);
  lur_sha256_add(digest, shape, sizeof shape);
  for (size_t i = 0; i < d->n; i++)
    lur_sha256_add(digest, lur_inputs_rows(&x, i, 1, room), width * sizeof *room);
  lur_sha256_add(digest, d->targets, d->n * (size_t)d->n_outputs * sizeof(double));
  if (d->missing) {
    lur_sha256_add(digest, d->fill, width);
    lur_sha256_add(digest, d->missing, d->n * width);
  }
  lua_pop(L, 1);
}

static void add_program(struct lur_sha256 *digest, const struct lur_program *p) {
  struct lur_buffer text = {0};
  if (!p)
    return;
  lur_program_write(p, &text);
  lur_sha256_add(digest, text.data ? text.data : "", text.length_bytes);
  lur_buffer_free(&text);
}

static void add_weights(struct lur_sha256 *digest, const struct lur_weights *w) {
  const struct lur_shape *shape = w->shape;
  const int form[] = {(int)shape->hidden, (int)shape->output, shape->bias, (int)shape->precision};
  lur_sha256_add(digest, form, sizeof form);
  lur_sha256_add(digest, shape->width, sizeof(int) * (size_t)(shape->n_layers + 1));
  if (lur_shape_has_shortcuts(shape))
    lur_sha256_add(digest, shape->reads, sizeof shape->reads);
  for (int l = 0; l < shape->n_layers; l++)
    add_program(digest, shape->own[l]);
  lur_sha256_add(digest, w->parameters, lur_shape_n_parameters(w->shape) * sizeof(double));
}

static void add_run(struct lur_sha256 *digest, const struct lur_run *run) {
  const struct lur_outcome *o = &run->outcome;
  const uint64_t facts[] = {(uint64_t)o->status, o->epochs, run->metrics, (uint64_t)o->n_curve, run->max_epochs};
  lur_sha256_add(digest, facts, sizeof facts);
  for (int m = 0; m < LUR_N_METRICS; m++)
    if (run->metrics >> m & 1)
      lur_sha256_add(digest, &o->metric[m], sizeof o->metric[m]);
  if (run->curve)
    lur_sha256_add(digest, run->curve, (size_t)o->n_curve * sizeof *run->curve);
  if (!run->network)
    return;
  lur_sha256_add(digest, run->network->parameters, lur_shape_n_parameters(&run->network->shape) * sizeof(double));
  lur_digest_scaling(digest, run->network);
}

bool lur_digest_object(lua_State *L, int index, struct lur_sha256 *digest) {
  const struct lur_dataset *d = lur_to_data(L, index);
  const struct lur_run *run = luaL_testudata(L, index, "luron.run");
  const struct lur_weights *w = luaL_testudata(L, index, "luron.network");
  uint64_t state[2];
  if (w && w->parameters)
    lur_digest_scaling(digest, lur_check_network(L, index));
  if (!w)
    w = luaL_testudata(L, index, "luron.neuron");
  if (d)
    add_data(L, digest, d);
  else if (run)
    add_run(digest, run);
  else if (w && w->parameters)
    add_weights(digest, w);
  else if (!w && !lur_random_state(L, index, state))
    return false;
  else if (!w)
    lur_sha256_add(digest, state, sizeof state);
  return true;
}
