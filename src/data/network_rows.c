/* SPDX-License-Identifier: MIT
 * Categories are found by the names of their inputs, behind the name of the column and its =. */
#include "data/network_rows.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

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
  char one[40];
  size_t used = 0;
  out[0] = '\0';
  for (int k = 0; k < s->n && used < room; k++)
    used += (size_t)snprintf(out + used, room - used, k ? " %s" : "%s",
                             lur_utf8_line(category_of(n, s, k), one, sizeof one));
  return out;
}
