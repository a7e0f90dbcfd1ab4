/* SPDX-License-Identifier: MIT
 * --explain, the part that is the same for a run and for a sweep. */
#include "session/explain.h"

#include <string.h>

#include "sweep/shortcuts.h"

/* ---- A line on a structure ---- */
static const char *activation(const struct lur_shape *s, const struct lur_entries *all, int layer) {
  const char *own = s->own[layer] ? lur_entries_name(all, s->own[layer]) : NULL;
  return own ? own : lur_activation_names[layer == s->n_layers - 1 ? s->output : s->hidden];
}

/* Of all hidden layers, or of each where they differ. */
static void write_hidden(const struct lur_shape *s, const struct lur_entries *all, struct lur_buffer *out) {
  const int n_hidden = s->n_layers - 1;
  bool differ = false;
  for (int l = 1; l < n_hidden; l++)
    differ = differ || strcmp(activation(s, all, l), activation(s, all, 0)) != 0;
  for (int l = 0; l < (differ ? n_hidden : n_hidden > 0); l++)
    lur_buffer_format(out, "%s%s", l ? "-" : " ", activation(s, all, l));
}

static void write_function(const char *what, const struct lur_program *p, const struct lur_entries *all,
                           struct lur_buffer *out) {
  const char *name = p ? lur_entries_name(all, p) : NULL;
  if (p)
    lur_buffer_format(out, ", %s %s", what, name ? name : "own");
}

static void write_shortcuts(const struct lur_shape *s, struct lur_buffer *out) {
  const struct lur_value v = lur_shortcuts_of(s);
  if (!lur_shape_has_shortcuts(s))
    return;
  lur_buffer_text(out, v.kind == LUR_V_BOOL ? ", shortcuts" : ", shortcuts ");
  if (v.kind == LUR_V_LIST)
    lur_shortcuts_write(&v, out);
}

void lur_explain_structure(const struct lur_structure *s, const struct lur_entries *all, struct lur_buffer *out) {
  const struct lur_own *own = &s->own;
  const char *loss = own->loss ? lur_entries_name(all, own->loss) : lur_loss_names[s->loss];
  const char *rule = own->optimizer ? lur_entries_name(all, own->optimizer) : lur_optimizer_names[s->optimizer];
  for (int l = 0; l <= s->shape.n_layers; l++)
    lur_buffer_format(out, l ? "-%d" : "%d", s->shape.width[l]);
  write_hidden(&s->shape, all, out);
  lur_buffer_format(out, " %s, %s, %s, batch %zu%s%s%s", activation(&s->shape, all, s->shape.n_layers - 1),
                    loss ? loss : "own", rule ? rule : "own",
                    s->batch && s->batch < s->n_patterns ? s->batch : s->n_patterns, s->shuffle ? ", shuffled" : "",
                    s->shape.bias ? "" : ", without bias", s->shape.precision == LUR_SINGLE ? ", single" : "");
  write_shortcuts(&s->shape, out);
  write_function("schedule", own->schedule, all, out);
  write_function("penalty", own->penalty, all, out);
  write_function("init", own->init, all, out);
}

/* ---- Programs ---- */
static void write_program(const struct lur_program *p, struct lur_buffer *out) {
  struct lur_buffer text = {0};
  lur_program_write(p, &text);
  for (const char *line = text.data ? text.data : ""; *line;) {
    const size_t n = strcspn(line, "\n");
    lur_buffer_format(out, "    %.*s\n", (int)n, line);
    line += n + (line[n] != '\0');
  }
  out->failed = out->failed || text.failed;
  lur_buffer_free(&text);
}

static bool is_derived(enum lur_role role) {
  return role == LUR_ROLE_ACTIVATION || role == LUR_ROLE_LOSS || role == LUR_ROLE_PENALTY;
}

static bool uses(const struct lur_structure *s, const struct lur_program *p) {
  const struct lur_own *own = &s->own;
  bool found = p == own->loss || p == own->optimizer || p == own->schedule || p == own->penalty || p == own->init;
  for (int l = 0; l < s->shape.n_layers; l++)
    found = found || s->shape.own[l] == p;
  return found;
}

static void write_variant(const struct lur_entry *entry, const struct lur_variant *v, struct lur_buffer *out) {
  lur_buffer_format(out, "%s%s%s, %s:\n", entry->name, *v->given ? " with " : "", v->given,
                    lur_role_names[entry->role]);
  write_program(v->program, out);
  struct lur_program *derived = is_derived(entry->role) ? lur_program_derive(v->program, NULL) : NULL;
  if (!derived)
    return;
  lur_buffer_text(out, "  and with its derivative:\n");
  write_program(derived, out);
  lur_program_free(derived);
}

void lur_explain_functions(const struct lur_entries *all, size_t n,
                           const struct lur_structure *(*structure)(const void *context, size_t i), const void *context,
                           struct lur_buffer *out) {
  for (int i = 0; all && i < all->n; i++)
    for (int k = 0; k < all->entry[i]->n_variants; k++) {
      bool used = false;
      for (size_t g = 0; g < n && !used; g++)
        used = uses(structure(context, g), all->entry[i]->variant[k].program);
      if (used)
        write_variant(all->entry[i], &all->entry[i]->variant[k], out);
    }
}
