/* SPDX-License-Identifier: MIT
 * `start`: training goes on from a network. What the script leaves out is taken from it, the units of its layers, their
 * activations, shortcuts and whether there are biases, as are the scaling of its inputs and the order of its classes;
 * what the script says must agree with it. */
#include <math.h>
#include <string.h>

#include "reading/reading.h"
#include "sweep/shortcuts.h"

const struct lur_network *lur_network_given(lua_State *L, int fields, const char *name) {
  lua_getfield(L, fields, name);
  const struct lur_network *n =
      luaL_testudata(L, -1, "luron.network") ? lur_check_network(L, -1) : lur_network_of_view(L, -1);
  lua_pop(L, 1);
  return n;
}

/* ---- What the script may not say beside it ---- */
static void check_beside(struct lur_reader *r) {
  static const char *const others[] = {"weights", "biases"};
  for (int i = 0; i < 2; i++) {
    if (lua_getfield(r->L, r->fields, others[i]) != LUA_TNIL)
      lur_reader_fail(r, others[i], "given beside start, whose network has them; leave one of the two out");
    lua_pop(r->L, 1);
  }
}

static const enum lur_field_id shape_fields[] = {LUR_F_HIDDEN, LUR_F_SHORTCUTS, LUR_F_ACTIVATION,
                                                 LUR_F_OUTPUT_ACTIVATION, LUR_F_BIAS};
enum { N_SHAPE_FIELDS = sizeof shape_fields / sizeof *shape_fields };

static void check_axes(struct lur_reader *r, const struct lur_axes *axes) {
  for (int i = 0; axes && i < N_SHAPE_FIELDS; i++) {
    const struct lur_field *f = &lur_fields[shape_fields[i]];
    if (lur_axes_find(axes, f->column) >= 0)
      lur_reader_fail(r, lua_pushfstring(r->L, axes == r->reading->axes ? "sweep.%s" : "%s", f->name),
                      "is an axis, but the network given as start has one %s", f->name);
  }
}

/* ---- What is taken from it ---- */
static struct lur_value choice(int i) {
  return (struct lur_value){.kind = LUR_V_CHOICE, .as.integer = i};
}

static void take(struct lur_spec *spec, enum lur_field_id id, struct lur_value v) {
  if (spec->value[id].kind == LUR_V_ABSENT)
    spec->value[id] = v;
}

static void need_name(struct lur_reader *r, enum lur_field_id id, const struct lur_network *n, int layer) {
  if (r->reading->spec.value[id].kind == LUR_V_ABSENT)
    lur_reader_fail(r, "start", "layer %d of the network has the function %s; write %s = \"%s\" or the function",
                    layer + 1, n->own_name[layer], lur_fields[id].name, n->own_name[layer]);
}

static void take_activations(struct lur_reader *r, const struct lur_network *n) {
  struct lur_spec *spec = &r->reading->spec;
  const int last = n->shape.n_layers - 1;
  for (int l = 0; l < last; l++)
    if (n->shape.own[l])
      need_name(r, LUR_F_ACTIVATION, n, l);
  if (n->shape.own[last] && spec->value[LUR_F_ACTIVATION].kind == LUR_V_ABSENT)
    need_name(r, LUR_F_OUTPUT_ACTIVATION, n, last);
  if (!n->shape.own[last])
    take(spec, LUR_F_OUTPUT_ACTIVATION, choice((int)n->shape.output));
  if (last > 0)
    take(spec, LUR_F_ACTIVATION, choice((int)n->shape.hidden));
}

void lur_take_start(struct lur_reader *r) {
  struct lur_spec *spec = &r->reading->spec;
  struct lur_value hidden = {.kind = LUR_V_LIST};
  if (lua_getfield(r->L, r->fields, "start") == LUA_TNIL || !lua_toboolean(r->L, -1))
    return;
  if (!luaL_testudata(r->L, -1, "luron.network"))
    lur_reader_fail(r, "start", "%s, but a network is expected, such as run.network or luron.load(\"net.txt\")",
                    lur_push_found(r->L, -1));
  const struct lur_network *n = lur_network_given(r->L, r->fields, "start");
  check_beside(r);
  check_axes(r, r->reading->axes);
  check_axes(r, r->reading->typed);
  for (int l = 1; l < n->shape.n_layers; l++)
    hidden.as.list.at[hidden.as.list.n++] = n->shape.width[l];
  take(spec, LUR_F_HIDDEN, hidden);
  take(spec, LUR_F_SHORTCUTS, lur_shortcuts_of(&n->shape));
  take(spec, LUR_F_BIAS, (struct lur_value){.kind = LUR_V_BOOL, .as.truth = n->shape.bias});
  take_activations(r, n);
}

/* ---- What must agree ---- */
static const char *activation_of(const struct lur_reading *g, int layer) {
  const struct lur_shape *s = &g->structure.shape;
  if (s->own[layer])
    return lur_entries_name(g->entries, s->own[layer]);
  return lur_activation_names[layer == s->n_layers - 1 ? s->output : s->hidden];
}

static void check_layers(struct lur_reader *r, const struct lur_network *n) {
  const struct lur_shape *mine = &r->reading->structure.shape, *its = &n->shape;
  const int last = its->n_layers - 1;
  if (mine->n_layers != its->n_layers)
    lur_reader_fail(r, "hidden", "%d hidden layer%s, but the network given as start has %d; leave hidden out",
                    mine->n_layers - 1, mine->n_layers == 2 ? "" : "s", last);
  for (int l = 0; l <= last; l++) {
    const char *what = activation_of(r->reading, l), *is = lur_network_activation(n, l);
    if (lur_shape_reads(mine, l) != lur_shape_reads(its, l))
      lur_reader_fail(r, "shortcuts", "layer %d of the network given as start has others; leave shortcuts out", l + 1);
    if (l < last && mine->width[l + 1] != its->width[l + 1])
      lur_reader_fail(r, "hidden", "%d units in layer %d, but the network given as start has %d; leave hidden out",
                      mine->width[l + 1], l + 1, its->width[l + 1]);
    if (strcmp(what ? what : "", is) != 0)
      lur_reader_fail(r, l < last ? "activation" : "output_activation",
                      "%s in layer %d, but the network given as start has %s", what ? what : "a function", l + 1, is);
  }
}

void lur_check_start(struct lur_reader *r, const struct lur_network *n) {
  const struct lur_shape *mine = &r->reading->structure.shape, *its = &n->shape;
  const int n_out = mine->width[mine->n_layers], is_out = its->width[its->n_layers];
  if (mine->width[0] != its->width[0])
    lur_reader_fail(r, "start", "a network with %d input%s, but the patterns have %d", its->width[0],
                    its->width[0] == 1 ? "" : "s", mine->width[0]);
  if (n_out != is_out)
    lur_reader_fail(r, "start", "a network with %d output%s, but the patterns have %d target%s", is_out,
                    is_out == 1 ? "" : "s", n_out, n_out == 1 ? "" : "s");
  check_layers(r, n);
  if (mine->bias != its->bias)
    lur_reader_fail(r, "bias", "%s, but the network given as start has %s; leave bias out",
                    mine->bias ? "true" : "false", its->bias ? "biases" : "none");
  for (size_t i = 0; i < lur_shape_n_parameters(its); i++)
    if (!isfinite(n->parameters[i]))
      lur_reader_fail(r, "start", "the network has a weight that is not finite: its training diverged");
}
