/* SPDX-License-Identifier: MIT
 * Results files of the same script, word for word, that hold another sweep all the same: what the script says is then
 * not all that it makes. Its data or fields come from outside, such as the clock, or a file that has changed. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/internal.h"

enum { MOST_LOOKED_AT = 500 };

struct search {
  const struct lur_sweep_facts *f;
  struct lur_file_id self; /* the file itself, where it is there */
  struct lur_table *own;   /* open; or NULL where it is not there yet */
  struct lur_other *out;
  int n_looked_at;
};

static bool same_line(const char *a, const char *b, const char *name) {
  size_t n, m;
  const char *x = lur_sweep_line(a, name, &n), *y = lur_sweep_line(b, name, &m);
  return n == m && (n == 0 || memcmp(x, y, n) == 0);
}

/* Whether both name the same fields: another luron has others. */
static bool same_names(const char *a, const char *b) {
  for (;;) {
    size_t n = strcspn(a, "=\n");
    if (strncmp(a, b, n) != 0 || strcspn(b, "=\n") != n)
      return false;
    a += strcspn(a, "\n");
    b += strcspn(b, "\n");
    if (!*a || !*b)
      return *a == *b;
    a++;
    b++;
  }
}

/* What else makes another sweep of the same text: the words, which of its experiments, --keep, the numerics. A sweep
 * that a script asked for itself may be any. */
bool lur_store_same_script(const struct lur_sweep_facts *a, const struct lur_sweep_facts *b) {
  size_t n;
  const char *item = lur_sweep_line(b->experiment, "item", &n);
  if (!a->script || !a->overrides || !b->script[0] || strcmp(a->script, b->script) != 0 ||
      strcmp(a->overrides, b->overrides) != 0 || (item && *item == '-'))
    return false;
  if (lur_sweep_numerics(a->versions) != lur_sweep_numerics(b->versions))
    return false;
  if (!a->experiment)
    return n > 0;
  return n > 0 && same_line(a->experiment, b->experiment, "item") && same_line(a->experiment, b->experiment, "keep") &&
         same_names(a->experiment, b->experiment);
}

struct comparison {
  struct lur_table *own;
  struct lur_other *out;
  const struct lur_read_file *theirs;
};

static bool differs(void *context, const struct lur_read_file *ours) {
  struct comparison *c = context;
  if (strcmp(ours->path, c->theirs->path) != 0 || strcmp(ours->sha256, c->theirs->sha256) == 0)
    return true;
  snprintf(c->out->changed, sizeof c->out->changed, "%.255s", ours->path);
  return false;
}

static bool look_up(void *context, const struct lur_read_file *theirs) {
  struct comparison *c = context;
  c->theirs = theirs;
  return lur_table_read_files(c->own, differs, c, NULL) == LUR_OK && !c->out->changed[0];
}

static void look_at(struct search *s, const char *path) {
  struct lur_file_id id;
  lur_file_note(path, &id);
  if (lur_file_same(&id, &s->self))
    return;
  struct lur_table *t = lur_table_look(path);
  if (t && lur_store_same_script(s->f, &lur_table_facts(t)->sweep)) {
    struct lur_other one = {0};
    struct comparison c = {s->own, &one, NULL};
    if (s->own)
      lur_table_read_files(t, look_up, &c, NULL);
    if (one.changed[0] || !s->own || strcmp(s->f->hash, lur_table_facts(t)->sweep.hash) != 0) {
      if (s->out->n++ == 0)
        snprintf(s->out->path, sizeof s->out->path, "%.511s", path);
      if (!s->out->changed[0])
        snprintf(s->out->changed, sizeof s->out->changed, "%s", one.changed);
    }
  }
  lur_table_free(t);
}

static int is_results(const struct dirent *d) {
  size_t n = strlen(d->d_name);
  return n > 3 && strcmp(d->d_name + n - 3, ".db") == 0 && d->d_name[0] != '.';
}

void lur_store_scan(const char *folder, bool (*take)(void *context, const char *path), void *context) {
  struct dirent **entry = NULL;
  int n = scandir(folder, &entry, is_results, alphasort);
  bool wants = true;
  for (int i = 0; i < n; i++) {
    char path[4096];
    if (wants && snprintf(path, sizeof path, strcmp(folder, ".") == 0 ? "%.0s%s" : "%s/%s", folder, entry[i]->d_name) <
                     (int)sizeof path)
      wants = take(context, path);
    free(entry[i]);
  }
  free(entry);
}

static bool look_at_next(void *context, const char *path) {
  struct search *s = context;
  if (s->n_looked_at++ == MOST_LOOKED_AT)
    return false;
  look_at(s, path);
  return true;
}

void lur_store_find_others(const char *path, const struct lur_sweep_facts *f, struct lur_table *own,
                           struct lur_other *out) {
  struct search s = {.f = f, .own = own, .out = out};
  struct lur_file_id in, results;
  const char *slash = strrchr(path, '/');
  char *folder = slash ? strndup(path, slash == path ? 1 : (size_t)(slash - path)) : strdup(".");
  *out = (struct lur_other){0};
  if (!folder || !f->script || !f->script[0])
    goto end;
  lur_file_note(path, &s.self);
  lur_store_scan(folder, look_at_next, &s);
  lur_file_note(folder, &in);
  lur_file_note("results", &results);
  if (results.number && !lur_file_same(&results, &in))
    lur_store_scan("results", look_at_next, &s);

end:
  free(folder);
}
