/* SPDX-License-Identifier: MIT
 * Entries: functions in place of names. They are told apart by role and name, and by a digest of all that a run depends
 * on: their programs' texts and their defaults. */
#include "sweep/entry.h"

#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "base/memory.h"
#include "base/near_word.h"
#include "base/sha256.h"
#include "sweep/library.h"

/* ---- One entry ---- */
static void free_program(const struct lur_program *p) {
  lur_program_free((struct lur_program *)p);
}

bool lur_entry_add(struct lur_entry *entry, const char *given, const struct lur_program *program) {
  struct lur_variant *more = lur_resize(entry->variant, (size_t)entry->n_variants + 1, sizeof *more);
  char *copy = lur_copy_text(given);
  if (more)
    entry->variant = more;
  if (!more || !copy) {
    free(copy);
    free_program(program);
    return false;
  }
  more[entry->n_variants++] = (struct lur_variant){copy, program};
  return true;
}

struct lur_entry *lur_entry_new(enum lur_role role, const char *name) {
  struct lur_entry *entry = lur_alloc(1, sizeof *entry);
  if (entry && (entry->name = lur_copy_text(name)) != NULL) {
    entry->role = role;
    return entry;
  }
  free(entry);
  return NULL;
}

void lur_entry_free(struct lur_entry *entry) {
  if (!entry)
    return;
  for (int i = 0; i < entry->n_variants; i++) {
    free(entry->variant[i].given);
    free_program(entry->variant[i].program);
  }
  free(entry->variant);
  free(entry->name);
  free(entry);
}

static bool program_reads(const struct lur_program *p, const char *name) {
  for (int i = 0; i < p->n_numbers; i++)
    if (strcmp(p->number[i], name) == 0)
      return true;
  return false;
}

bool lur_entry_reads(const struct lur_entry *entry, const char *name) {
  bool reads = false;
  for (int i = 0; i < entry->n_variants; i++)
    reads = reads || program_reads(entry->variant[i].program, name);
  for (int l = 0; l < entry->n_layers; l++)
    reads = reads || (lur_is_entry(&entry->layer[l]) && lur_entry_reads(entry->layer[l].as.entry, name));
  return reads;
}

bool lur_entry_turns(const struct lur_entry *entry, const char *param) {
  for (int i = 0; i < entry->n_on; i++)
    if (strcmp(entry->on[i], param) == 0)
      return true;
  return false;
}

bool lur_entry_asks(const struct lur_entry *entry, const char *param) {
  bool asks = lur_entry_turns(entry, param) || lur_entry_reads(entry, param);
  for (int l = 0; l < entry->n_layers; l++)
    asks = asks || (lur_is_entry(&entry->layer[l]) && lur_entry_asks(entry->layer[l].as.entry, param));
  return asks;
}

bool lur_entry_usual(const struct lur_entry *entry, const char *name, double *usual) {
  for (int i = 0; i < entry->n_numbers; i++)
    if (strcmp(entry->number[i].name, name) == 0) {
      *usual = entry->number[i].usual;
      return true;
    }
  return false;
}

static void write_layer(const struct lur_value *v, struct lur_buffer *out) {
  if (lur_is_entry(v))
    lur_entry_write(v->as.entry, out);
  else
    lur_buffer_text(out, lur_activation_names[v->as.integer]);
}

void lur_entry_write(const struct lur_entry *entry, struct lur_buffer *out) {
  for (int l = 0; l < entry->n_layers; l++) {
    lur_buffer_text(out, l ? "-" : "");
    write_layer(&entry->layer[l], out);
  }
  if (entry->n_layers == 0)
    lur_buffer_format(out, "%s()", entry->name);
}

void lur_entry_write_numbers(const struct lur_entry *entry, struct lur_buffer *out) {
  char digits[32];
  for (int i = 0; i < entry->n_numbers; i++) {
    lur_digits_write(entry->number[i].usual, digits);
    lur_buffer_format(out, "%s%s=%s", i ? " " : "", entry->number[i].name, digits);
  }
}

/* All that runs depend on. */
static bool digest(struct lur_entry *entry) {
  struct lur_buffer text = {0};
  struct lur_sha256 s;
  char rate[32];
  lur_digits_write(entry->role == LUR_ROLE_OPTIMIZER ? entry->learning_rate : 0, rate);
  lur_buffer_format(&text, "%s %s %d ", lur_role_names[entry->role], rate, entry->full_batch);
  lur_entry_write_numbers(entry, &text);
  for (int i = 0; i < entry->n_variants; i++) {
    lur_buffer_format(&text, "\n%s\n", entry->variant[i].given);
    lur_program_write(entry->variant[i].program, &text);
  }
  for (int l = 0; l < entry->n_layers; l++) {
    const struct lur_value *v = &entry->layer[l];
    lur_buffer_format(&text, "\n%s", lur_is_entry(v) ? v->as.entry->digest : lur_activation_names[v->as.integer]);
  }
  lur_sha256_start(&s);
  if (!text.failed)
    lur_sha256_add(&s, text.data, text.length_bytes);
  lur_sha256_finish(&s, entry->digest);
  lur_buffer_free(&text);
  return !text.failed;
}

/* ---- All of an experiment ---- */
struct lur_entries *lur_entries_new(void) {
  return lur_alloc(1, sizeof(struct lur_entries));
}

void lur_entries_free(struct lur_entries *all) {
  if (!all)
    return;
  for (int i = 0; i < all->n; i++)
    lur_entry_free(all->entry[i]);
  for (int a = 0; a < LUR_N_ACTIVATIONS; a++)
    free_program(all->built_in[a]);
  free(all->entry);
  free(all);
}

/* Lists and functions are apart: a list of one has that one's name. */
static const struct lur_entry *find(const struct lur_entries *all, enum lur_role role, const char *name, bool is_list) {
  for (int i = 0; all && i < all->n; i++) {
    const struct lur_entry *entry = all->entry[i];
    if (entry->role == role && (entry->n_layers != 0) == is_list && strcmp(entry->name, name) == 0)
      return entry;
  }
  return NULL;
}

const struct lur_entry *lur_entries_find(const struct lur_entries *all, enum lur_role role, const char *name) {
  return find(all, role, name, false);
}

const char *lur_entries_name(const struct lur_entries *all, const struct lur_program *p) {
  for (int i = 0; all && i < all->n; i++)
    for (int k = 0; k < all->entry[i]->n_variants; k++)
      if (all->entry[i]->variant[k].program == p)
        return all->entry[i]->name;
  for (int a = 0; all && p && a < LUR_N_ACTIVATIONS; a++)
    if (all->built_in[a] == p)
      return lur_activation_names[a];
  return NULL;
}

int lur_field_of_number(const char *name) {
  for (int id = 0; id < LUR_N_FIELDS; id++)
    if (lur_fields[id].reads && lur_fields[id].flags & LUR_NUMBER && strcmp(lur_fields[id].name, name) == 0)
      return id;
  return -1;
}

/* The names of what its programs read join those of the others. */
static int add_names(struct lur_entries *all, const struct lur_program *p, struct lur_error *e) {
  for (int i = 0; i < p->n_numbers; i++) {
    int k = 0;
    while (k < all->n_names && strcmp(all->name[k], p->number[i]) != 0)
      k++;
    if (k < all->n_names || lur_field_of_number(p->number[i]) >= 0)
      continue;
    if (all->n_names == LUR_MAX_OWN_NUMBERS)
      return lur_fail(e, LUR_EINPUT, "params", "the functions of an experiment read more than %d numbers",
                      LUR_MAX_OWN_NUMBERS);
    all->name[all->n_names++] = p->number[i];
  }
  return LUR_OK;
}

int lur_entries_add(struct lur_entries *all, struct lur_entry *entry, const struct lur_entry **out,
                    struct lur_error *e) {
  const struct lur_entry *same = find(all, entry->role, entry->name, entry->n_layers != 0);
  int rc = digest(entry) ? LUR_OK : lur_fail_memory(e);
  if (!rc && same && strcmp(same->digest, entry->digest) != 0)
    rc = lur_fail(e, LUR_EINPUT, lur_role_names[entry->role],
                  "two functions are called %s; give one another name: luron.%s { name = \"...\", ... }", entry->name,
                  lur_role_names[entry->role]);
  *out = same;
  if (rc || same) {
    lur_entry_free(entry);
    return rc;
  }
  if (lur_grow(&all->entry, &all->room, (size_t)all->n + 1, sizeof *all->entry)) {
    all->entry[all->n++] = entry;
    *out = entry;
    for (int i = 0; i < entry->n_variants && !rc; i++)
      rc = add_names(all, entry->variant[i].program, e);
    return rc;
  }
  lur_entry_free(entry);
  return lur_fail_memory(e);
}

int lur_entries_join(struct lur_entries *all, struct lur_entry *entry, struct lur_entry *from, struct lur_error *e) {
  const size_t n = (size_t)(entry->n_variants + from->n_variants);
  struct lur_variant *more = lur_resize(entry->variant, n, sizeof *more);
  int rc = LUR_OK;
  if (!more)
    return lur_fail_memory(e);
  entry->variant = more;
  memcpy(more + entry->n_variants, from->variant, (size_t)from->n_variants * sizeof *more);
  entry->n_variants = (int)n;
  from->n_variants = 0;
  memcpy(entry->on, from->on, sizeof entry->on);
  entry->n_on = from->n_on;
  for (int i = 0; i < entry->n_variants && !rc; i++)
    rc = add_names(all, entry->variant[i].program, e);
  for (int i = 0; i < all->n && !rc; i++) /* those of lists follow their members */
    rc = digest(all->entry[i]) ? LUR_OK : lur_fail_memory(e);
  return rc;
}

/* ---- Lists, one per layer ---- */
const struct lur_program *lur_entries_built_in(struct lur_entries *all, enum lur_activation a) {
  static const int op[LUR_N_ACTIVATIONS] = {
      [LUR_SIGMOID] = LUR_OP_SIGMOID,       [LUR_TANH] = LUR_OP_TANH,         [LUR_RELU] = LUR_OP_RELU,
      [LUR_LEAKY_RELU] = LUR_OP_LEAKY_RELU, [LUR_SOFTPLUS] = LUR_OP_SOFTPLUS, [LUR_STEP] = LUR_OP_STEP,
      [LUR_LINEAR] = LUR_OP_INPUT};
  if (all->built_in[a])
    return all->built_in[a];
  struct lur_builder *b = lur_builder_new(LUR_ROLE_ACTIVATION, LUR_MAX_TRACED);
  if (!b)
    return NULL;
  int z = lur_build_input(b, LUR_IN_Z, 0);
  int f = z >= 0 && op[a] != LUR_OP_INPUT ? lur_build(b, (enum lur_op_id)op[a], &z) : z;
  all->built_in[a] = f >= 0 ? lur_builder_finish(b, 1, &f, 0, NULL) : NULL;
  lur_builder_free(b);
  return all->built_in[a];
}

static const char *layer_name(const struct lur_value *v) {
  return lur_is_entry(v) ? v->as.entry->name : lur_activation_names[v->as.integer];
}

int lur_entries_add_layers(struct lur_entries *all, int n, const struct lur_value *layer, const struct lur_entry **out,
                           struct lur_error *e) {
  struct lur_buffer name = {0};
  for (int l = 0; l < n; l++) {
    lur_buffer_format(&name, "%s%s", l ? "-" : "", layer_name(&layer[l]));
    if (!lur_is_entry(&layer[l]) && layer[l].as.integer != LUR_SOFTMAX &&
        !lur_entries_built_in(all, (enum lur_activation)layer[l].as.integer))
      name.failed = true;
  }
  struct lur_entry *entry = name.failed ? NULL : lur_entry_new(LUR_ROLE_ACTIVATION, name.data ? name.data : "");
  lur_buffer_free(&name);
  if (!entry)
    return lur_fail_memory(e);
  entry->n_layers = n;
  memcpy(entry->layer, layer, (size_t)n * sizeof *layer);
  return lur_entries_add(all, entry, out, e);
}

/* ---- As text ---- */
/* The text is no choice, nor the name of an entry: it may be meant for one, or for one of the library's. */
static int fail_name(const struct lur_entries *all, const struct lur_field *f, const char *text, struct lur_value *v,
                     struct lur_error *e) {
  enum { MOST_NAMES = 255 };
  const char *names[MOST_NAMES + 1] = {NULL};
  int n = 0;
  const int rc = lur_value_choose(f, text, v, e);
  for (; f->choices[n] && n < MOST_NAMES; n++)
    names[n] = f->choices[n];
  for (const struct lur_library_entry *of = NULL; (of = lur_library_next(f->role, of)) && n < MOST_NAMES;)
    names[n++] = of->name;
  for (int i = 0; all && i < all->n && n < MOST_NAMES; i++)
    if (all->entry[i]->role == f->role && !all->entry[i]->n_layers)
      names[n++] = all->entry[i]->name;
  const char *near = !rc || !e || strchr(e->text, ';') ? NULL : lur_near_word(text, names);
  const struct lur_error why = near ? *e : (struct lur_error){0};
  return near ? lur_fail(e, LUR_EINPUT, f->name, "%s; did you mean %s?", why.text, near) : rc;
}

/* One name; in a results file functions end in (). */
static int read_one(struct lur_entries *all, const struct lur_field *f, char *text, struct lur_value *v,
                    struct lur_error *e) {
  const size_t n = strlen(text);
  const bool marked = n > 2 && strcmp(text + n - 2, "()") == 0;
  if (marked)
    text[n - 2] = '\0';
  for (int i = 0; !marked && f->choices[i]; i++)
    if (strcmp(f->choices[i], text) == 0) {
      *v = (struct lur_value){.kind = LUR_V_CHOICE, .as.integer = i};
      return LUR_OK;
    }
  const struct lur_entry *entry = lur_entries_find(all, f->role, text);
  if (!entry && marked && all->names_only) {
    struct lur_entry *made = lur_entry_new(f->role, text);
    int rc = made ? lur_entries_add(all, made, &entry, e) : lur_fail_memory(e);
    if (rc)
      return rc;
  }
  if (!entry)
    return fail_name(all, f, text, v, e);
  *v = (struct lur_value){.kind = LUR_V_ENTRY, .as.entry = entry};
  return LUR_OK;
}

int lur_entries_read(struct lur_entries *all, const struct lur_field *f, const char *text, struct lur_value *v,
                     struct lur_error *e) {
  struct lur_value layer[LUR_MAX_LAYERS];
  const bool is_list = f->role == LUR_ROLE_ACTIVATION && strchr(text, '-');
  char *copy = lur_copy_text(text), *rest = copy, *one;
  int n = 0, rc = copy ? LUR_OK : lur_fail_memory(e);
  while (!rc && (one = strsep(&rest, is_list ? "-" : "")) != NULL) {
    rc = n == LUR_MAX_LAYERS ? lur_fail(e, LUR_EINPUT, f->name, "\"%.40s\" is too long a list", text)
                             : read_one(all, f, one, &layer[n], e);
    n++;
  }
  free(copy);
  if (rc)
    return rc;
  *v = layer[0];
  if (!is_list)
    return LUR_OK;
  v->kind = LUR_V_ENTRY;
  return lur_entries_add_layers(all, n, layer, &v->as.entry, e);
}
