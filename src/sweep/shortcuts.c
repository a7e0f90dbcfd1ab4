/* SPDX-License-Identifier: MIT
 * Shortcuts, from pairs of layers to what each layer reads. Reentrant. */
#include "sweep/shortcuts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char field[] = "shortcuts";

static bool is_layer(double x, int least) {
  return x >= least && x <= LUR_MAX_LAYERS && x == floor(x);
}

int lur_shortcuts_add(struct lur_value *v, double from, double to, struct lur_error *e) {
  if (!is_layer(from, 0) || !is_layer(to, 1))
    return lur_fail(e, LUR_EINPUT, field,
                    "{%.10g, %.10g} is no pair of layers; they are counted from 1 to %d, and 0 is the inputs", from, to,
                    LUR_MAX_LAYERS);
  if (from >= to)
    return lur_fail(e, LUR_EINPUT, field, "{%.0f, %.0f} does not go forward; write {from, to} with the later one last",
                    from, to);
  if (to - from == 1)
    return lur_fail(e, LUR_EINPUT, field, "{%.0f, %.0f} are neighbours, which are always joined; leave that pair out",
                    from, to);
  const int layer = (int)to - 1;
  const unsigned bit = 1u << (int)from, reads = v->as.list.n > layer ? (unsigned)v->as.list.at[layer] : 0;
  if (reads & bit)
    return lur_fail(e, LUR_EINPUT, field, "{%.0f, %.0f} stands twice; leave one out", from, to);
  while (v->as.list.n <= layer)
    v->as.list.at[v->as.list.n++] = 0;
  v->as.list.at[layer] = (double)(reads | bit);
  return LUR_OK;
}

bool lur_shortcuts_next(const struct lur_value *v, int *from, int *to) {
  const int n = v->kind == LUR_V_LIST ? v->as.list.n : 0;
  for (++*from; *to <= n; ++*to, *from = 0)
    for (; *from < *to; ++*from)
      if ((unsigned)v->as.list.at[*to - 1] >> *from & 1)
        return true;
  return false;
}

/* ---- As text ---- */
/* A layer's number, and what stands behind it; -1 where there is none. */
static double read_layer(const char *text, const char **end) {
  const size_t n = strspn(text, "0123456789");
  *end = text + n;
  return n > 0 && n < 4 ? atoi(text) : -1;
}

int lur_shortcuts_read(const char *text, struct lur_value *v, struct lur_error *e) {
  const bool yes = strcmp(text, "true") == 0 || strcmp(text, "1") == 0;
  *v = (struct lur_value){.kind = LUR_V_BOOL, .as.truth = yes};
  if (yes || strcmp(text, "false") == 0 || strcmp(text, "0") == 0)
    return LUR_OK;
  *v = (struct lur_value){.kind = LUR_V_LIST};
  for (const char *at = text;; at++) {
    const double from = read_layer(at, &at), to = *at == '-' ? read_layer(at + 1, &at) : -1;
    if (from < 0 || to < 0 || (*at && *at != '+'))
      return lur_fail(e, LUR_EINPUT, field, "\"%.40s\" is neither true, false nor pairs of layers as in 0-2+1-3", text);
    const int rc = lur_shortcuts_add(v, from, to, e);
    if (rc || !*at)
      return rc;
  }
}

void lur_shortcuts_write(const struct lur_value *v, struct lur_buffer *out) {
  const char *join = "";
  if (v->kind == LUR_V_BOOL)
    lur_buffer_text(out, v->as.truth ? "true" : "false");
  for (int from = -1, to = 1; lur_shortcuts_next(v, &from, &to); join = "+")
    lur_buffer_format(out, "%s%d-%d", join, from, to);
}

/* ---- In a shape ---- */
int lur_shortcuts_put(const struct lur_value *v, struct lur_shape *shape, struct lur_error *e) {
  memset(shape->reads, 0, sizeof shape->reads);
  if (v->kind == LUR_V_LIST && v->as.list.n > shape->n_layers)
    return lur_fail(e, LUR_EINPUT, field, "layer %d is not there: the network has %d layer%s, the last is the output",
                    v->as.list.n, shape->n_layers, shape->n_layers == 1 ? "" : "s");
  for (int l = 1; l < shape->n_layers; l++) {
    uint32_t reads = v->kind == LUR_V_BOOL && v->as.truth ? (1u << l) - 1 : 0;
    if (v->kind == LUR_V_LIST && l < v->as.list.n)
      reads = (uint32_t)v->as.list.at[l];
    shape->reads[l] = reads ? reads | 1u << l : 0;
  }
  return LUR_OK;
}

struct lur_value lur_shortcuts_of(const struct lur_shape *shape) {
  struct lur_value v = {.kind = LUR_V_LIST};
  bool all = true;
  for (int l = 1; l < shape->n_layers; l++) {
    const uint32_t more = lur_shape_reads(shape, l) & ((1u << l) - 1);
    all = all && more == (1u << l) - 1;
    if (!more)
      continue;
    v.as.list.n = l + 1;
    v.as.list.at[l] = (double)more;
  }
  if (v.as.list.n == 0 || all)
    return (struct lur_value){.kind = LUR_V_BOOL, .as.truth = v.as.list.n > 0};
  return v;
}
