/* SPDX-License-Identifier: MIT
 * Categories are found by the names of their inputs, behind the name of the column and its =. Rows of data sets are
 * those of their file or generator, so that what a network knows of missing inputs takes the place of their own. */
#include "data/network_rows.h"

#include <string.h>

#include "data/fill.h"

int lur_network_sources(const struct lur_network *n, struct lur_source *out) {
  int n_sources = 0;
  for (int k = 0, g = 0; k < n->shape.width[0];) {
    struct lur_source *s = &out[n_sources++];
    const struct lur_onehot *o = g < n->n_onehot && n->onehot[g].first == k ? &n->onehot[g++] : NULL;
    *s = (struct lur_source){.first = k, .n = o ? o->n : 1, .is_onehot = o};
    s->name = n->input_names ? n->input_names[k] : NULL;
    s->name_bytes = o ? o->name_bytes : s->name ? (int)strlen(s->name) : 0;
    k += s->n;
  }
  return n_sources;
}

bool lur_source_has_name(const struct lur_source *s, const char *name) {
  return s->name && strlen(name) == (size_t)s->name_bytes && memcmp(s->name, name, (size_t)s->name_bytes) == 0;
}

static const char *category_of(const struct lur_network *n, const struct lur_source *s, int k) {
  return n->input_names[s->first + k] + s->name_bytes + 1;
}

bool lur_source_knows(const struct lur_network *n, const struct lur_source *s, const char *category) {
  bool found = false;
  for (int k = 0; s->is_onehot && k < s->n; k++)
    found = found || strcmp(category_of(n, s, k), category) == 0;
  return found;
}

bool lur_source_put(const struct lur_network *n, const struct lur_source *s, const char *category, double *inputs) {
  bool found = false;
  for (int k = 0; k < s->n; k++) {
    const bool is_it = strcmp(category_of(n, s, k), category) == 0;
    inputs[s->first + k] = is_it;
    found = found || is_it;
  }
  return found || n->unknown_is_zeros;
}

bool lur_source_put_missing(const struct lur_network *n, const struct lur_source *s, double *inputs) {
  if (n->fill)
    memcpy(inputs + s->first, n->fill + s->first, (size_t)s->n * sizeof *inputs);
  return n->fill;
}

const char *lur_source_categories(const struct lur_network *n, const struct lur_source *s, char *out, size_t room) {
  lur_names_list(n->input_names + s->first, s->n, s->name_bytes + 1, out, room);
  return out;
}

/* ---- Data sets ---- */
static struct lur_input_names names_of(const struct lur_network *n) {
  return (struct lur_input_names){.whose = "the network's inputs",
                                  .n = n->shape.width[0],
                                  .n_onehot = n->n_onehot,
                                  .names = n->input_names,
                                  .onehot = n->onehot,
                                  .unknown_is_zeros = n->unknown_is_zeros};
}

bool lur_network_reads_otherwise(const struct lur_network *n, const struct lur_dataset *d) {
  const struct lur_input_names names = names_of(n);
  return lur_dataset_needs_match(d, &names) ||
         (n->fill && d->n_inputs == n->shape.width[0] && !lur_fill_is_put(d, n->fill));
}

struct lur_dataset *lur_network_reads(const struct lur_network *n, const struct lur_dataset *d, struct lur_error *e) {
  const struct lur_input_names names = names_of(n);
  struct lur_dataset *out =
      lur_dataset_needs_match(d, &names) ? lur_dataset_match_inputs(d, &names, e) : lur_dataset_take(d, NULL, d->n, e);
  if (!out || !n->fill || lur_fill_put(out, n->fill, e) == LUR_OK)
    return out;
  lur_dataset_free(out);
  return NULL;
}
