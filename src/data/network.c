/* SPDX-License-Identifier: MIT
 * Making, reading and freeing a network in memory. */
#include "data/network.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "data/dataset.h"
#include "data/normalize.h"

struct lur_network *lur_network_new(const struct lur_shape *shape, struct lur_error *e) {
  struct lur_network *n = lur_alloc(1, sizeof *n);
  if (n) {
    n->shape = *shape;
    memset(n->shape.own, 0, sizeof n->shape.own);
    n->parameters = lur_alloc(lur_shape_n_parameters(shape), sizeof *n->parameters);
  }
  if (n && n->parameters)
    return n;
  lur_network_free(n);
  lur_fail_network(shape, lur_shape_n_parameters(shape) * sizeof *n->parameters, e);
  return NULL;
}

void lur_network_free(struct lur_network *n) {
  if (!n)
    return;
  for (int l = 0; l < LUR_MAX_LAYERS; l++)
    lur_program_free((struct lur_program *)n->shape.own[l]);
  free(n->parameters);
  free(n->shift);
  free(n->scale);
  free(n->target_shift);
  free(n->target_scale);
  lur_names_free(n->classes, n->n_classes);
  lur_names_free(n->input_names, n->shape.width[0]);
  lur_names_free(n->output_names, n->shape.width[n->shape.n_layers]);
  free(n->onehot);
  free(n->fill);
  free(n);
}

/* Copies of n numbers each, in place of those there are. */
static int set_pair(int n, const double *shift, const double *scale, double **to_shift, double **to_scale,
                    struct lur_error *e) {
  double *new_shift = lur_copy(shift, (size_t)n, sizeof *shift), *new_scale = lur_copy(scale, (size_t)n, sizeof *scale);
  if (!new_shift || !new_scale) {
    free(new_shift);
    free(new_scale);
    return lur_fail_memory(e);
  }
  free(*to_shift);
  free(*to_scale);
  *to_shift = new_shift;
  *to_scale = new_scale;
  return LUR_OK;
}

int lur_network_set_scaling(struct lur_network *n, const double *shift, const double *scale, struct lur_error *e) {
  return set_pair(n->shape.width[0], shift, scale, &n->shift, &n->scale, e);
}

int lur_network_set_target_scaling(struct lur_network *n, const double *shift, const double *scale,
                                   struct lur_error *e) {
  return set_pair(n->shape.width[n->shape.n_layers], shift, scale, &n->target_shift, &n->target_scale, e);
}

int lur_network_set_function(struct lur_network *n, int layer, const char *name, const struct lur_program *p,
                             int n_numbers, const char *const *names, const double *values, struct lur_error *e) {
  struct lur_program *bound = lur_program_bind(p, n_numbers, names, values);
  if (!bound)
    return lur_fail_memory(e);
  lur_program_free((struct lur_program *)n->shape.own[layer]);
  n->shape.own[layer] = bound;
  snprintf(n->own_name[layer], sizeof n->own_name[layer], "%s", name);
  return LUR_OK;
}

const char *lur_network_activation(const struct lur_network *n, int layer) {
  if (n->shape.own[layer])
    return n->own_name[layer];
  return lur_activation_names[layer == n->shape.n_layers - 1 ? n->shape.output : n->shape.hidden];
}

int lur_network_set_classes(struct lur_network *n, int n_classes, const char *const *classes, struct lur_error *e) {
  char **copy = lur_names_copy(classes, n_classes);
  if (!copy)
    return lur_fail_memory(e);
  lur_names_free(n->classes, n->n_classes);
  n->classes = copy;
  n->n_classes = n_classes;
  return LUR_OK;
}

/* What a network and a data set say of inputs and outputs: borrowed. */
struct labels {
  char *const *inputs, *const *outputs;
  int n_onehot;
  const struct lur_onehot *onehot;
  bool unknown_is_zeros;
  const double *fill;
};

static int copy_names(char ***to, char *const *from, int n) {
  *to = from ? lur_names_copy((const char *const *)from, n) : NULL;
  return from && !*to ? LUR_ENOMEM : LUR_OK;
}

/* n has no labels yet. */
static int set_labels(struct lur_network *n, const struct labels *l, struct lur_error *e) {
  const int n_inputs = n->shape.width[0];
  n->n_onehot = l->onehot ? l->n_onehot : 0;
  n->unknown_is_zeros = l->unknown_is_zeros;
  n->onehot = lur_copy(l->onehot, (size_t)n->n_onehot, sizeof *n->onehot);
  n->fill = lur_copy(l->fill, (size_t)n_inputs, sizeof *n->fill);
  if (copy_names(&n->input_names, l->inputs, n_inputs) ||
      copy_names(&n->output_names, l->outputs, n->shape.width[n->shape.n_layers]) || (l->onehot && !n->onehot) ||
      (l->fill && !n->fill))
    return lur_fail_memory(e);
  return LUR_OK;
}

int lur_network_set_labels(struct lur_network *n, const struct lur_dataset *d, const double *fill,
                           struct lur_error *e) {
  const struct labels l = {d->input_names, d->target_names, d->n_onehot, d->onehot, d->unknown_is_zeros, fill};
  return set_labels(n, &l, e);
}

struct lur_network *lur_network_copy(const struct lur_network *n, struct lur_error *e) {
  struct lur_network *copy = lur_network_new(&n->shape, e);
  if (!copy)
    return NULL;
  memcpy(copy->parameters, n->parameters, lur_shape_n_parameters(&n->shape) * sizeof *n->parameters);
  if ((n->shift && lur_network_set_scaling(copy, n->shift, n->scale, e) != LUR_OK) ||
      (n->target_shift && lur_network_set_target_scaling(copy, n->target_shift, n->target_scale, e) != LUR_OK) ||
      (n->n_classes && lur_network_set_classes(copy, n->n_classes, (const char *const *)n->classes, e) != LUR_OK)) {
    lur_network_free(copy);
    return NULL;
  }
  const struct labels labels = {n->input_names, n->output_names, n->n_onehot, n->onehot, n->unknown_is_zeros, n->fill};
  if (set_labels(copy, &labels, e) != LUR_OK) {
    lur_network_free(copy);
    return NULL;
  }
  for (int l = 0; l < n->shape.n_layers; l++)
    if (n->shape.own[l] && lur_network_set_function(copy, l, n->own_name[l], n->shape.own[l], 0, NULL, NULL, e)) {
      lur_network_free(copy);
      return NULL;
    }
  return copy;
}

size_t lur_network_n_work(const struct lur_network *n) {
  return (size_t)n->shape.width[0] + lur_shape_n_work(&n->shape);
}

void lur_network_forward(const struct lur_network *n, const double *input, double *work, double *out) {
  int width = n->shape.width[0];
  if (n->shift) {
    lur_normalize_apply(n->shift, n->scale, 1, width, input, work);
    input = work;
  }
  lur_forward(&n->shape, n->parameters, input, work + width, out);
  for (int k = 0; k < n->shape.width[n->shape.n_layers] && n->target_shift; k++)
    out[k] = lur_unscale(n->shape.precision, out[k], n->target_scale[k], n->target_shift[k]);
}

int lur_largest_output(const double *output, int n) {
  int at = 0;
  for (int k = 1; k < n; k++)
    at = output[k] > output[at] ? k : at;
  return at;
}
