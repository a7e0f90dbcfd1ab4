/* SPDX-License-Identifier: MIT
 * A spec's params: finding them, their names, and their values as text. Reentrant. */
#include <string.h>

#include "sweep/spec.h"

int lur_spec_find_param(const struct lur_spec *spec, const char *name) {
  for (int i = 0; i < spec->n_params; i++)
    if (strcmp(spec->param[i].name, name) == 0)
      return i;
  return -1;
}

const char *lur_name_taken(const char *name) {
  static const char *const others[] = {"status", "run", "solved", "error", "network", "overrides"};
  bool is_metric = lur_metric_find(name) >= 0;
  if (lur_field_find(name, NULL) >= 0 || strcmp(name, "stop") == 0)
    return "field";
  for (size_t i = 0; i < sizeof others / sizeof *others; i++)
    is_metric = is_metric || strcmp(name, others[i]) == 0;
  return is_metric ? "metric" : NULL;
}

void lur_param_write(const struct lur_param *param, struct lur_buffer *out) {
  if (param->is_usual) {
    lur_buffer_text(out, "usual");
  } else if (param->text) {
    lur_buffer_text(out, "text:");
    lur_text_write(param->text, out);
  } else if (param->value.kind == LUR_V_BOOL) {
    lur_buffer_text(out, param->value.as.truth ? "true" : "false");
  } else {
    lur_value_write(NULL, &param->value, out);
  }
}

int lur_param_read(const struct lur_param *like, const char *text, struct lur_param *out, struct lur_error *e) {
  static const struct lur_field as_bool = {.name = "", .kind = LUR_K_BOOL, .max = 1};
  const char *found = like->name;
  *out = *like;
  out->is_usual = false;
  if (like->text) {
    out->text = text;
    return LUR_OK;
  }
  if (like->value.kind == LUR_V_BOOL) {
    struct lur_error why = {0};
    return lur_value_read(&as_bool, text, &out->value, &why) ? lur_fail(e, LUR_EINPUT, found, "%s", why.text) : LUR_OK;
  }
  if (!lur_value_read_number(text, &out->value))
    return lur_fail(e, LUR_EINPUT, found, "\"%.40s\" is not a number", text);
  return LUR_OK;
}
