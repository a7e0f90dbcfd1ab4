/* SPDX-License-Identifier: MIT
 * Values into a spec: checked ones, and texts as they are typed. */
#include <string.h>

#include "sweep/spec.h"

void lur_spec_put(struct lur_spec *spec, enum lur_field_id id, int layer, const struct lur_value *v) {
  if (layer > 0) {
    spec->layer[lur_fields[id].layered][layer - 1] = *v;
    return;
  }
  spec->value[id] = *v;
  if (lur_fields[id].kind == LUR_K_LAYERED)
    memset(spec->layer[lur_fields[id].layered], 0, sizeof spec->layer[0]);
}

int lur_spec_read_value(const struct lur_spec *spec, const struct lur_field *f, const char *text, struct lur_value *v,
                        struct lur_error *e) {
  if (!(f->flags & LUR_FUNCTION) || !spec->entries)
    return lur_value_read(f, text, v, e);
  const int rc = lur_entries_read(spec->entries, f, text, v, e);
  return rc ? rc : lur_value_check(f, v, e);
}

int lur_spec_set(struct lur_spec *spec, const char *name, const char *text, struct lur_error *e) {
  int layer = 0, id = lur_field_find(name, &layer), param = lur_spec_find_param(spec, name);
  struct lur_value v;
  if (param >= 0)
    return lur_param_read(&spec->param[param], text, &spec->param[param], e);
  if (id < 0)
    return lur_field_unknown(name, e);
  int rc = lur_spec_read_value(spec, &lur_fields[id], text, &v, e);
  if (!rc && layer && v.kind != LUR_V_NUMBER)
    rc = lur_fail(e, LUR_EINPUT, lur_fields[id].name, "a list, but layer %d takes one number", layer);
  if (!rc)
    lur_spec_put(spec, (enum lur_field_id)id, layer, &v);
  return rc;
}
