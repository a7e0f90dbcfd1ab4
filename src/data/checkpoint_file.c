/* SPDX-License-Identifier: MIT
 * The checkpoint's file (its format: checkpoint.h). Nothing read is trusted: the text must have its own digest, each
 * line as many numbers as the network's size asks for. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/digits.h"
#include "base/memory.h"
#include "base/sha256.h"
#include "data/checkpoint.h"
#include "data/file.h"
#include "data/foreign.h"

static const char HEAD[] = "luron-checkpoint 1\nsha256 ", MAGIC[] = "luron-checkpoint ";
enum { DIGEST = 64, N_EPOCH = 5, N_MONITOR = 6, N_LOSSES = 2, N_TRAINABILITY = 4 + LUR_TRAINABILITY_LAST };
#define MOST_EPOCHS 0x1p53 /* whole numbers up to here are doubles */

/* ---- Some of the numbers, as one line each ---- */
static void pack(const struct lur_checkpoint *c, double epoch[N_EPOCH], double monitor[N_MONITOR],
                 double losses[N_LOSSES], double trainability[N_TRAINABILITY]) {
  const struct lur_monitored *m = &c->monitored;
  const struct lur_trainability *t = &c->trainability;
  const double e[N_EPOCH] = {(double)c->epoch, (double)c->epochs, c->updates, c->power1, c->power2};
  const double w[N_MONITOR] = {m->best,      (double)m->best_epoch, m->least,
                               m->strip_sum, m->strip_least,        (double)m->strip_n};
  memcpy(epoch, e, sizeof e);
  memcpy(monitor, w, sizeof w);
  losses[0] = c->loss_least;
  losses[1] = c->loss_sum;
  trainability[0] = t->first;
  trainability[1] = t->sum;
  trainability[2] = t->sum_of_inverse;
  trainability[3] = (double)t->n;
  memcpy(trainability + 4, t->last, sizeof t->last);
}

static bool is_count(double x) {
  return x >= 0 && x <= MOST_EPOCHS && floor(x) == x;
}

/* False where a count is none. */
static bool unpack(struct lur_checkpoint *c, const double *epoch, const double *monitor, const double *losses,
                   const double *trainability) {
  struct lur_trainability *t = &c->trainability;
  if (!is_count(epoch[0]) || !is_count(epoch[1]) || !is_count(epoch[2]) || !is_count(monitor[1]) ||
      !is_count(monitor[5]) || !is_count(trainability[3]))
    return false;
  c->epoch = (uint64_t)epoch[0];
  c->epochs = (uint64_t)epoch[1];
  c->updates = epoch[2];
  c->power1 = epoch[3];
  c->power2 = epoch[4];
  c->monitored = (struct lur_monitored){monitor[0], (uint64_t)monitor[1], monitor[2],
                                        monitor[3], monitor[4],           (uint64_t)monitor[5]};
  c->loss_least = losses[0];
  c->loss_sum = losses[1];
  *t = (struct lur_trainability){trainability[0], trainability[1], trainability[2], .n = (uint64_t)trainability[3]};
  memcpy(t->last, trainability + 4, sizeof t->last);
  return true;
}

/* ---- Writing ---- */
static void write_fields(const char *fields, struct lur_buffer *out) {
  int n = 0;
  for (const char *at = fields; *at; at++)
    n += *at == '\n';
  lur_buffer_format(out, "fields %d\n", n);
  lur_buffer_text(out, fields);
}

static int write_body(const struct lur_checkpoint *c, const struct lur_network *network, const char *fields,
                      struct lur_buffer *out, struct lur_error *e) {
  double epoch[N_EPOCH], monitor[N_MONITOR], losses[N_LOSSES], trainability[N_TRAINABILITY];
  struct lur_network *now = lur_network_copy(network, e);
  if (!now)
    return e->code;
  memcpy(now->parameters, c->parameters, c->n_parameters * sizeof *c->parameters);
  pack(c, epoch, monitor, losses, trainability);
  write_fields(fields, out);
  lur_buffer_format(out, "status %s\n", lur_status_names[c->status]);
  lur_write_numbers(out, "epoch", epoch, N_EPOCH);
  lur_write_numbers(out, "monitor", monitor, N_MONITOR);
  lur_write_numbers(out, "losses", losses, N_LOSSES);
  lur_write_numbers(out, "trainability", trainability, N_TRAINABILITY);
  lur_write_numbers(out, "curve", c->curve, (size_t)c->n_curve);
  lur_write_numbers(out, "validation_curve", c->validation_curve, (size_t)c->n_curve);
  for (int i = 0; i < c->n_states; i++)
    lur_write_numbers(out, "state", c->state[i], c->n_parameters);
  if (c->has_best)
    lur_write_numbers(out, "best", c->best, c->n_parameters);
  lur_buffer_text(out, "network\n");
  lur_network_write(now, out);
  lur_network_free(now);
  return out->failed ? lur_fail_memory(e) : LUR_OK;
}

static void digest(const char *bytes, size_t n, char hex[DIGEST + 1]) {
  struct lur_sha256 s;
  lur_sha256_start(&s);
  lur_sha256_add(&s, bytes, n);
  lur_sha256_finish(&s, hex);
}

int lur_checkpoint_save(const struct lur_checkpoint *c, const struct lur_network *network, const char *fields,
                        const char *path, struct lur_error *e) {
  struct lur_buffer body = {0}, text = {0};
  char hex[DIGEST + 1];
  int rc = write_body(c, network, fields, &body, e);
  if (!rc) {
    digest(body.data, body.length_bytes, hex);
    lur_buffer_format(&text, "%s%s\n", HEAD, hex);
    lur_buffer_add(&text, body.data, body.length_bytes);
    rc = text.failed ? lur_fail_memory(e) : lur_file_replace(path, text.data, text.length_bytes, e);
  }
  lur_buffer_free(&body);
  lur_buffer_free(&text);
  return rc;
}

/* ---- Reading ---- */
struct cursor {
  char *next; /* unread; lines are cut as they are taken */
};

/* The next line's rest behind the word; NULL where it begins otherwise. */
static char *take(struct cursor *c, const char *word) {
  const size_t n = strlen(word);
  char *line = c->next, *stop = strchr(line, '\n');
  if (!stop || strncmp(line, word, n) != 0 || (line[n] != ' ' && line[n] != '\n'))
    return NULL;
  *stop = '\0';
  c->next = stop + 1;
  return line + n + (line + n < stop);
}

/* At most `most` numbers of a line; -1 where it is not such a line. */
static long long take_numbers(struct cursor *c, const char *word, double *x, size_t most) {
  char *rest = take(c, word), *save = NULL;
  size_t n = 0;
  if (!rest)
    return -1;
  for (char *number = strtok_r(rest, " ", &save); number; number = strtok_r(NULL, " ", &save))
    if (n == most || !lur_number_read(number, true, &x[n++]))
      return -1;
  return (long long)n;
}

static bool take_all(struct cursor *c, const char *word, double *x, size_t n) {
  return take_numbers(c, word, x, n) == (long long)n;
}

static bool take_status(struct cursor *c, enum lur_status *status) {
  const char *rest = take(c, "status");
  for (int s = 0; rest && s < LUR_N_STATUSES; s++)
    if (strcmp(rest, lur_status_names[s]) == 0) {
      *status = (enum lur_status)s;
      return true;
    }
  return false;
}

static bool take_fields(struct cursor *c, char **out) {
  const char *rest = take(c, "fields");
  int64_t n;
  if (!rest || !lur_whole_read(rest, &n))
    return false;
  char *end = c->next;
  for (; n > 0 && end; n--)
    end = strchr(end, '\n') ? strchr(end, '\n') + 1 : NULL;
  if (!end || n < 0)
    return false;
  const char kept = *end;
  *end = '\0';
  *out = lur_copy_text(c->next);
  *end = kept;
  c->next = end;
  return *out != NULL;
}

/* An array of as many numbers as fit into the text. */
static double *take_array(struct cursor *c, const char *word, size_t *n) {
  const char *stop = strchr(c->next, '\n');
  const size_t most = stop ? (size_t)(stop - c->next) / 2 : 0;
  double *x = lur_alloc(most, sizeof *x);
  const long long found = x ? take_numbers(c, word, x, most) : -1;
  if (found < 0) {
    free(x);
    return NULL;
  }
  *n = (size_t)found;
  return x;
}

static bool take_arrays(struct cursor *c, struct lur_checkpoint *s) {
  size_t n_curve, n_other, n;
  s->curve = take_array(c, "curve", &n_curve);
  s->validation_curve = s->curve ? take_array(c, "validation_curve", &n_other) : NULL;
  if (!s->validation_curve || n_curve != n_other)
    return false;
  s->n_curve = (int)n_curve;
  while (s->n_states < LUR_MAX_STATES && (s->state[s->n_states] = take_array(c, "state", &n)) != NULL) {
    s->n_states++;
    if (s->n_parameters && n != s->n_parameters)
      return false;
    s->n_parameters = n;
  }
  s->best = take_array(c, "best", &n);
  s->has_best = s->best != NULL;
  if (s->has_best && s->n_parameters && n != s->n_parameters)
    return false;
  s->n_parameters = s->has_best ? n : s->n_parameters;
  return true;
}

/* The network, and its parameters as the run's. */
static bool take_network(struct cursor *c, const char *name, struct lur_saved_run *out, struct lur_error *e) {
  struct lur_checkpoint *s = out->state;
  if (!take(c, "network") || !(out->network = lur_network_read(name, c->next, strlen(c->next), e)))
    return false;
  const size_t n = lur_shape_n_parameters(&out->network->shape);
  if (s->n_parameters && s->n_parameters != n)
    return false;
  s->n_parameters = n;
  s->parameters = lur_copy(out->network->parameters, n, sizeof(double));
  return s->parameters != NULL;
}

static bool take_body(struct cursor *c, const char *name, struct lur_saved_run *out, struct lur_error *e) {
  double epoch[N_EPOCH], monitor[N_MONITOR], losses[N_LOSSES], trainability[N_TRAINABILITY];
  struct lur_checkpoint *s = out->state = lur_alloc(1, sizeof *s);
  return s && take_fields(c, &out->fields) && take_status(c, &s->status) && take_all(c, "epoch", epoch, N_EPOCH) &&
         take_all(c, "monitor", monitor, N_MONITOR) && take_all(c, "losses", losses, N_LOSSES) &&
         take_all(c, "trainability", trainability, N_TRAINABILITY) && unpack(s, epoch, monitor, losses, trainability) &&
         take_arrays(c, s) && take_network(c, name, out, e);
}

static int fail(const char *path, const char *what, struct lur_error *e) {
  return lur_fail(e, LUR_EINPUT, NULL, "%s: %s", lur_file_label(path), what);
}

static int read_text(const char *path, char *text, size_t n, struct lur_saved_run *out, struct lur_error *e) {
  char hex[DIGEST + 1];
  const size_t head = sizeof HEAD - 1, body = head + DIGEST + 1;
  int rc = lur_foreign_check(path, "a checkpoint", text, n, false, e);
  if (rc)
    return rc;
  if (strncmp(text, MAGIC, sizeof MAGIC - 1) != 0)
    return fail(path, "no checkpoint; run:save(path) and luron run --checkpoint write them", e);
  if (strncmp(text, HEAD, head) != 0)
    return fail(path, "a version of the format that this luron does not know", e);
  if (n > body)
    digest(text + body, n - body, hex);
  if (n <= body || text[body - 1] != '\n' || strncmp(text + head, hex, DIGEST) != 0)
    return fail(path, "the checkpoint is damaged: it is not what was written", e);
  struct cursor c = {text + body};
  return take_body(&c, path, out, e) ? LUR_OK : fail(path, "the checkpoint is damaged: it is not what was written", e);
}

int lur_checkpoint_load(const char *path, struct lur_saved_run *out, struct lur_error *e) {
  size_t n;
  char *text = lur_file_read(path, &n, e);
  *out = (struct lur_saved_run){0};
  const int rc = text ? read_text(path, text, n, out, e) : e->code;
  free(text);
  if (rc)
    lur_saved_run_free(out);
  return rc;
}

void lur_saved_run_free(struct lur_saved_run *s) {
  lur_checkpoint_free(s->state);
  lur_network_free(s->network);
  free(s->fields);
  *s = (struct lur_saved_run){0};
}
