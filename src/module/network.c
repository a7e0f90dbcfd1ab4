/* SPDX-License-Identifier: MIT
 * luron.network{} and luron.load(): a network of the data room, owned by a userdata. The userdata is made empty and
 * filled after; closed, it and views of its weights say so, but its memory goes with the userdata alone: a list's
 * metamethod may close a network that is just reading the list. */
#include <string.h>

#include "data/fann_network.h"
#include "data/file.h"
#include "data/network_c.h"
#include "data/network_onnx.h"
#include "engine/engine.h"
#include "module/module.h"
#include "sweep/shortcuts.h"

static const char class_name[] = "luron.network";

enum { ROOM = 1, N_SLOTS = ROOM }; /* user values: the userdata of the room */
struct lur_network_box {
  struct lur_weights head; /* of the network, while it is open */
  struct lur_network *network;
  double *room; /* an input, an output and the work between */
};

struct lur_network_box *lur_new_network(lua_State *L) {
  struct lur_network_box *box = lua_newuserdatauv(L, sizeof *box, N_SLOTS);
  *box = (struct lur_network_box){0};
  luaL_setmetatable(L, class_name);
  return box;
}

void lur_network_hold(struct lur_network_box *box, struct lur_network *network) {
  lur_network_free(box->network);
  box->network = network;
  box->head = network ? (struct lur_weights){&network->shape, network->parameters} : (struct lur_weights){0};
}

static struct lur_network_box *open_box(lua_State *L, struct lur_network_box *box) {
  if (!box->head.parameters)
    luaL_error(L, "the network is closed");
  return box;
}

struct lur_network *lur_check_network(lua_State *L, int index) {
  return open_box(L, luaL_checkudata(L, index, class_name))->network;
}

const struct lur_network *lur_network_of_view(lua_State *L, int index) {
  if (!lur_push_view_owner(L, index))
    return NULL;
  const struct lur_network_box *box = luaL_testudata(L, -1, class_name);
  lua_pop(L, 1);
  return box ? box->network : NULL;
}

static int mm_gc(lua_State *L) {
  lur_network_hold(luaL_checkudata(L, 1, class_name), NULL);
  return 0;
}

static int mm_close(lua_State *L) {
  struct lur_network_box *box = luaL_checkudata(L, 1, class_name);
  box->head.parameters = NULL;
  return 0;
}

/* ---- Forward ---- */
static int n_inputs(const struct lur_network *n) {
  return n->shape.width[0];
}

static int n_outputs(const struct lur_network *n) {
  return n->shape.width[n->shape.n_layers];
}

/* The outputs for the pattern at index; valid until the room is used again. */
static const double *forward_one(lua_State *L, const struct lur_network *n, double *room, int index, const char *name) {
  double *out = room + n_inputs(n), *work = out + n_outputs(n);
  lur_read_row(L, index, name, n, room);
  lur_network_forward(n, room, work, out);
  return out;
}

/* Calls push, which leaves one value for outputs, for the pattern at 2 or for each of the list or the data set there;
 * `many`: it is no pattern. The network has no room meanwhile: a finalizer or a list's metamethod that calls it again
 * makes its own. */
static int each_pattern(lua_State *L, const char *call, bool many,
                        void (*push)(lua_State *L, const struct lur_network *n, const double *out)) {
  struct lur_network_box *box = open_box(L, lur_check_self(L, class_name, call));
  const char *name = strchr(call, ':') + 1;
  double *room = box->room;
  lua_settop(L, 2);
  box->room = NULL;
  if (room) {
    lua_getiuservalue(L, 1, ROOM);
  } else {
    size_t n = (size_t)n_inputs(box->network) + (size_t)n_outputs(box->network) + lur_network_n_work(box->network);
    room = lua_newuserdatauv(L, n * sizeof *room, 0);
  }
  const int held = lua_gettop(L);
  if (lur_to_data(L, 2)) {
    if (lur_push_as_read(L, box->network, lur_to_data(L, 2)) != lur_to_data(L, 2))
      lua_replace(L, 2);
    lua_getfield(L, 2, "inputs");
    lua_replace(L, 2);
  }
  if (!many && !lur_holds_lists(L, 2)) {
    push(L, box->network, forward_one(L, box->network, room, 2, name));
  } else {
    lua_Integer n = lur_is_list(L, 2) ? luaL_len(L, 2) : -1;
    if (n < 0)
      lur_raise_field(L, name, "%s, but a data set or a list of patterns is expected", lur_push_found(L, 2));
    lua_createtable(L, n < 1 << 20 ? (int)n : 0, 0);
    for (lua_Integer i = 1; i <= n; i++) {
      lua_geti(L, 2, i);
      push(L, box->network, forward_one(L, box->network, room, -1, name));
      lua_rawseti(L, -3, i);
      lua_pop(L, 1);
    }
  }
  lua_pushvalue(L, held);
  lua_setiuservalue(L, 1, ROOM);
  box->room = room;
  return 1;
}

static void push_outputs(lua_State *L, const struct lur_network *n, const double *out) {
  lur_push_list(L, out, n_outputs(n));
}

static int m_forward(lua_State *L) {
  return each_pattern(L, "net:forward", false, push_outputs);
}

static int m_predict(lua_State *L) {
  return each_pattern(L, "net:predict", true, push_outputs);
}

/* The class of the largest output, the first of equals: its name where there are names, else its number. */
static void push_class(lua_State *L, const struct lur_network *n, const double *out) {
  const int at = lur_largest_output(out, n_outputs(n));
  if (n->n_classes)
    lua_pushstring(L, n->classes[at]);
  else
    lua_pushinteger(L, at + 1);
}

static int m_classify(lua_State *L) {
  const struct lur_network_box *box = lur_check_self(L, class_name, "net:classify");
  if (box->network && n_outputs(box->network) == 1)
    lur_raise_field(L, "classify", "the network has one output; classes need an output each");
  return each_pattern(L, "net:classify", false, push_class);
}

static int m_save(lua_State *L) {
  struct lur_network *n = open_box(L, lur_check_self(L, class_name, "net:save"))->network;
  struct lur_error e;
  luaL_checkstring(L, 2);
  const char *path = lur_push_path(L, lua_tostring(L, 2));
  lur_check_output(L, path);
  if (lur_network_save(n, path, &e))
    lur_raise(L, &e);
  lur_note_own_file(L, path);
  return 0;
}

/* Writes a file of what `write` makes of the network. */
static int write_as(lua_State *L, const char *call,
                    int (*write)(const struct lur_network *n, const char *name, struct lur_buffer *out,
                                 struct lur_error *e),
                    const char *name) {
  struct lur_network *n = open_box(L, lur_check_self(L, class_name, call))->network;
  struct lur_buffer out = {0};
  struct lur_error e = {0};
  const char *path = lur_push_path(L, luaL_checkstring(L, 2));
  lur_check_output(L, path);
  int code = write(n, name, &out, &e);
  if (!code)
    code = lur_file_replace(path, out.data, out.length_bytes, &e);
  lur_buffer_free(&out);
  if (code)
    lur_raise(L, &e);
  lur_note_own_file(L, path);
  return 0;
}

static int m_to_c(lua_State *L) {
  return write_as(L, "net:to_c", lur_network_write_c, luaL_optstring(L, 3, "forward"));
}

static int m_to_onnx(lua_State *L) {
  return write_as(L, "net:to_onnx", lur_network_write_onnx, luaL_optstring(L, 3, "luron"));
}

/* ---- Fields ---- */
static const char *const fields[] = {"weights", "biases",    "classes",   "input_names", "output_names",
                                     "inputs",  "hidden",    "outputs",   "activation",  "output_activation",
                                     "bias",    "shortcuts", "forward",   "predict",     "classify",
                                     "loss",    "accuracy",  "confusion", "save",        "to_c",
                                     "to_onnx", NULL};

/* Lists of names, or nil where the data had none; false where the field is not one of them. */
static bool push_names(lua_State *L, const struct lur_network *n, const char *field) {
  if (strcmp(field, "classes") == 0)
    lur_push_classes(L, n->classes, n->n_classes);
  else if (strcmp(field, "input_names") == 0)
    lur_push_classes(L, n->input_names, n->input_names ? n_inputs(n) : 0);
  else if (strcmp(field, "output_names") == 0)
    lur_push_classes(L, n->output_names, n->output_names ? n_outputs(n) : 0);
  else
    return false;
  return true;
}

static void push_hidden(lua_State *L, const struct lur_network *n) {
  lua_newtable(L);
  for (int l = 1; l < n->shape.n_layers; l++) {
    lua_pushinteger(L, n->shape.width[l]);
    lua_rawseti(L, -2, l);
  }
}

/* The name of the hidden layers' activation, or of the output's where there are none; a list where they differ. */
static void push_activations(lua_State *L, const struct lur_network *n) {
  const int n_hidden = n->shape.n_layers - 1;
  bool differ = false;
  for (int l = 1; l < n_hidden; l++)
    differ = differ || strcmp(lur_network_activation(n, l), lur_network_activation(n, 0)) != 0;
  if (!differ) {
    lua_pushstring(L, lur_network_activation(n, 0));
    return;
  }
  lua_newtable(L);
  for (int l = 0; l < n_hidden; l++) {
    lua_pushstring(L, lur_network_activation(n, l));
    lua_rawseti(L, -2, l + 1);
  }
}

static void push_shortcuts(lua_State *L, const struct lur_shape *s) {
  const struct lur_value v = lur_shortcuts_of(s);
  lur_push_value(L, &lur_fields[LUR_F_SHORTCUTS], &v);
}

static int mm_index(lua_State *L) {
  lua_pushvalue(L, 2);
  if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL)
    return 1;
  if (lua_type(L, 2) != LUA_TSTRING)
    return 0;
  const struct lur_network *n = lur_check_network(L, 1);
  const char *name = lua_tostring(L, 2);
  if (strcmp(name, "weights") == 0)
    lur_push_layers_view(L, 1, false);
  else if (strcmp(name, "biases") == 0 && n->shape.bias)
    lur_push_layers_view(L, 1, true);
  else if (strcmp(name, "biases") == 0)
    lua_pushnil(L);
  else if (strcmp(name, "inputs") == 0)
    lua_pushinteger(L, n_inputs(n));
  else if (strcmp(name, "hidden") == 0)
    push_hidden(L, n);
  else if (strcmp(name, "outputs") == 0)
    lua_pushinteger(L, n_outputs(n));
  else if (strcmp(name, "activation") == 0)
    push_activations(L, n);
  else if (strcmp(name, "output_activation") == 0)
    lua_pushstring(L, lur_network_activation(n, n->shape.n_layers - 1));
  else if (strcmp(name, "bias") == 0)
    lua_pushboolean(L, n->shape.bias);
  else if (strcmp(name, "shortcuts") == 0)
    push_shortcuts(L, &n->shape);
  else if (!push_names(L, n, name))
    lur_raise_unknown(L, name, fields);
  return 1;
}

static int mm_newindex(lua_State *L) {
  struct lur_network *n = lur_check_network(L, 1);
  const char *name = luaL_checkstring(L, 2);
  if (strcmp(name, "weights") == 0)
    lur_read_weights(L, 3, &n->shape, n->parameters);
  else if (strcmp(name, "biases") == 0)
    lur_read_biases(L, 3, &n->shape, n->parameters);
  else
    lur_raise_field(L, name, "cannot be set; weights and biases can");
  return 0;
}

/* "luron.network: 2 - 2 tanh - 1 sigmoid, 9 parameters" */
static int mm_tostring(lua_State *L) {
  struct lur_network_box *box = luaL_checkudata(L, 1, class_name);
  if (!box->head.parameters) {
    lua_pushfstring(L, "%s (closed)", class_name);
    return 1;
  }
  const struct lur_shape *s = &box->network->shape;
  int n_parameters = 0;
  lua_pushfstring(L, "%s: %d", class_name, s->width[0]);
  for (int l = 1; l <= s->n_layers; l++) {
    n_parameters += s->width[l] * (lur_shape_fan_in(s, l - 1) + s->bias);
    lua_pushfstring(L, " - %d %s", s->width[l], lur_network_activation(box->network, l - 1));
    lua_concat(L, 2);
  }
  lua_pushfstring(L, ", %d parameters", n_parameters);
  lua_concat(L, 2);
  return 1;
}

/* ---- Making one ---- */
static int required_count(lua_State *L, const char *name) {
  int n = (int)lur_integer_field(L, 1, name, 0, 1, LUR_MAX_WIDTH);
  if (n == 0)
    lur_raise_field(L, name, "missing; write %s = 1 for a network with one", name);
  return n;
}

static int read_width(lua_State *L, int index, int least) {
  int is_whole = 0;
  lua_Integer n = lua_type(L, index) == LUA_TNUMBER ? lua_tointegerx(L, index, &is_whole) : 0;
  if (!is_whole || n < least || n > LUR_MAX_WIDTH)
    lur_raise_field(L, "hidden", "%s is not a whole number from %d to %d", lur_push_found(L, index), least,
                    LUR_MAX_WIDTH);
  return (int)n;
}

enum { MOST_PARAMETERS = 1 << 27 };

/* Absent or 0: none; a number: one layer; a list: the units of each. */
static void read_hidden(lua_State *L, struct lur_shape *s) {
  int type = lua_getfield(L, 1, "hidden");
  lua_Integer n = 0;
  if (type == LUA_TTABLE) {
    n = luaL_len(L, -1);
    if (n < 0 || n >= LUR_MAX_LAYERS)
      lur_raise_field(L, "hidden", "%lld layers, but %d are the most", (long long)n, LUR_MAX_LAYERS - 1);
    for (int l = 1; l <= n; l++) {
      lua_geti(L, -1, l);
      s->width[l] = read_width(L, -1, 1);
      lua_pop(L, 1);
    }
  } else if (type != LUA_TNIL) {
    s->width[1] = read_width(L, -1, 0);
    n = s->width[1] > 0;
  }
  s->n_layers = (int)n + 1;
  lua_pop(L, 1);
}

/* true, or a list of pairs of layers. */
static void read_shortcuts(lua_State *L, struct lur_shape *s) {
  const int type = lua_getfield(L, 1, "shortcuts");
  struct lur_value v = {.kind = LUR_V_BOOL, .as.truth = lua_toboolean(L, -1)};
  struct lur_error e;
  if (type != LUA_TNIL && type != LUA_TBOOLEAN && !lur_is_list(L, -1))
    lur_raise_field(L, "shortcuts", "%s is not %s", lur_push_found(L, -1), lur_kind_name(&lur_fields[LUR_F_SHORTCUTS]));
  if ((lur_is_list(L, -1) && lur_to_shortcuts(L, lua_gettop(L), &v, &e)) || lur_shortcuts_put(&v, s, &e))
    lur_raise_field(L, "shortcuts", "%s", e.text);
  lua_pop(L, 1);
}

static int network_new(lua_State *L) {
  static const char *const names[] = {
      "inputs", "hidden",    "outputs",    "seed",    "activation", "output_activation", "bias",
      "init",   "bias_init", "init_scale", "weights", "biases",     "shortcuts",         NULL};
  struct lur_shape s = {0};
  struct lur_error e;
  lur_check_table(L, "network", "{ inputs = 2, hidden = { 2 }, outputs = 1, seed = 1 }");
  lur_check_names(L, 1, names);
  s.width[0] = required_count(L, "inputs");
  read_hidden(L, &s);
  s.width[s.n_layers] = required_count(L, "outputs");
  s.bias = lur_boolean_field(L, 1, "bias", true);
  read_shortcuts(L, &s);
  s.hidden = (enum lur_activation)lur_choice_field(L, 1, "activation", lur_activation_names, LUR_SIGMOID);
  s.output = (enum lur_activation)lur_choice_field(L, 1, "output_activation", lur_activation_names, (int)s.hidden);
  if (s.hidden == LUR_SOFTMAX && s.n_layers > 1)
    lur_raise_field(L, "activation", "softmax is for outputs; write output_activation = \"softmax\"");
  if (lur_shape_n_parameters(&s) > MOST_PARAMETERS)
    lur_raise_field(L, "hidden", "a network of %zu parameters; %d are the most", lur_shape_n_parameters(&s),
                    MOST_PARAMETERS);
  struct lur_start start = lur_read_start(L, 1, s.n_layers);
  struct lur_network_box *box = lur_new_network(L);
  lur_network_hold(box, lur_network_new(&s, &e));
  if (!box->network)
    lur_raise(L, &e);
  lur_draw_start(L, 1, &start, &s, box->network->parameters);
  return 1;
}

static int load(lua_State *L, struct lur_network *(*read)(const char *path, struct lur_error *e)) {
  luaL_checkstring(L, 1);
  const char *path = lur_push_path(L, lua_tostring(L, 1));
  struct lur_network_box *box = lur_new_network(L);
  struct lur_error e;
  lur_note_file(L, path);
  lur_network_hold(box, read(path, &e));
  if (!box->network)
    lur_raise(L, &e);
  return 1;
}

static int network_load(lua_State *L) {
  return load(L, lur_network_load);
}

static int network_of_fann(lua_State *L) {
  return load(L, lur_fann_network_load);
}

void lur_open_network(lua_State *L) {
  static const char *const pairs[] = {"inputs", "hidden",    "outputs", "activation", "output_activation",
                                      "bias",   "shortcuts", "weights", "biases",     "classes",
                                      NULL};
  static const luaL_Reg metamethods[] = {
      {"__newindex", mm_newindex}, {"__tostring", mm_tostring}, {"__gc", mm_gc}, {"__close", mm_close}, {NULL, NULL}};
  static const luaL_Reg methods[] = {{"forward", m_forward},
                                     {"predict", m_predict},
                                     {"classify", m_classify},
                                     {"save", m_save},
                                     {"to_c", m_to_c},
                                     {"to_onnx", m_to_onnx},
                                     {NULL, NULL}};
  lur_open_class(L, class_name, metamethods, methods, mm_index);
  lur_set_pairs(L, class_name, pairs);
  lua_pushcfunction(L, network_new);
  lua_setfield(L, -2, "network");
  lua_pushcfunction(L, network_load);
  lua_setfield(L, -2, "load");
  lua_pushcfunction(L, network_of_fann);
  lua_setfield(L, -2, "fann_network");
}
