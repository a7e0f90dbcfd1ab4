/* SPDX-License-Identifier: MIT
 * Notes of files, and of those that the script itself wrote. What is the same to stat is not read again. A note's path
 * is as the script named it, made whole: a link in it may lead to another file tomorrow. */
#include "session/read_files.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/grow.h"
#include "base/memory.h"
#include "base/path.h"
#include "base/sha256.h"
#include "base/signals.h"
#include "base/system.h"
#include "data/file.h"
#include "data/foreign.h"

enum { PIECE_BYTES = 1 << 16 };

struct state { /* of a file, to stat */
  dev_t device;
  ino_t inode;
  off_t size;
  struct timespec modified, changed;
};

struct note {
  uint64_t number; /* from 1, in the order in which they were made; no two ever have the same */
  char *named;     /* owned: the whole path as the script named it; what is told is its end */
  char *real;      /* owned: where that led when it was first read */
  char sha256[65], code[65];
  struct state state;
  bool changed; /* it was read again, and had changed */
  bool updates; /* it was also opened to be written: once it has changed, the script did that */
};

struct lur_files {
  char folder[PATH_MAX], named_folder[PATH_MAX]; /* the script's, which paths are told from; "" where it is unknown */
  struct note *note;
  struct lur_read_file *read; /* of each note, what is told */
  size_t n, room, n_told;     /* the first n_told of them have been listed */
  uint64_t n_made;
  char **own; /* whole paths of what the script wrote */
  size_t n_own, own_room;
};

/* ---- Files ---- */
struct place { /* of a file: whole paths, as it was named and where that leads */
  char named[PATH_MAX], real[PATH_MAX];
};

static bool is_below(const char *path, const char *const *folder, size_t n_folders) {
  for (size_t i = 0; i < n_folders; i++)
    if (strncmp(path, folder[i], strlen(folder[i])) == 0)
      return true;
  return false;
}

/* False where nothing is there. A name that means another file in each process is none to be noted. */
static bool find_place(const char *path, struct place *p) {
  static const char *const passing[] = {"/proc/", "/dev/fd/", "/dev/std"};
  if (!realpath(path, p->real))
    return false;
  if (!lur_path_whole(path, p->named) || is_below(p->named, passing, sizeof passing / sizeof *passing))
    memcpy(p->named, p->real, sizeof p->named);
  return true;
}

/* False where it is no regular file, or one that the system makes up as it is read. */
static bool find_file(const char *path, struct place *p, struct state *state) {
  static const char *const made_up[] = {"/proc/", "/sys/"};
  struct stat s;
  if (!find_place(path, p) || stat(p->real, &s) != 0 || !S_ISREG(s.st_mode) ||
      is_below(p->real, made_up, sizeof made_up / sizeof *made_up))
    return false;
  *state = (struct state){s.st_dev, s.st_ino, s.st_size, lur_modified(&s), lur_changed(&s)};
  return true;
}

static bool same_time(struct timespec a, struct timespec b) {
  return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

static bool same_state(const struct state *a, const struct state *b) {
  return a->device == b->device && a->inode == b->inode && a->size == b->size && same_time(a->modified, b->modified) &&
         same_time(a->changed, b->changed);
}

/* cancel: NULL, or what ends it once it is not 0. */
static bool digest_file(const char *path, char hex[65], const atomic_int *cancel) {
  char bytes[PIECE_BYTES];
  struct lur_sha256 s;
  FILE *f = fopen(path, "rbe");
  if (!f)
    return false;
  lur_sha256_start(&s);
  bool stopped = false;
  for (size_t n; !stopped && (n = fread(bytes, 1, sizeof bytes, f)) > 0;) {
    lur_sha256_add(&s, bytes, n);
    stopped = cancel && atomic_load(cancel);
  }
  bool good = !ferror(f) && !stopped;
  fclose(f);
  lur_sha256_finish(&s, hex);
  return good;
}

/* ---- Notes ---- */
static struct note *find_note(const struct lur_files *f, const char *named) {
  for (size_t i = 0; i < f->n; i++)
    if (strcmp(f->note[i].named, named) == 0)
      return &f->note[i];
  return NULL;
}

/* A note of the file that is there, by whatever name. */
static struct note *find_real(const struct lur_files *f, const char *real) {
  for (size_t i = 0; i < f->n; i++)
    if (strcmp(f->note[i].real, real) == 0)
      return &f->note[i];
  return NULL;
}

static bool is_own(const struct lur_files *f, const char *full) {
  for (size_t i = 0; i < f->n_own; i++)
    if (strcmp(f->own[i], full) == 0)
      return true;
  return false;
}

/* What stands behind the folder; NULL where it is not below that. */
static const char *path_below(const char *folder, const char *path) {
  const size_t n = strlen(folder);
  return n > 1 && strncmp(path, folder, n) == 0 && path[n] == '/' ? path + n + 1 : NULL;
}

/* Below the script's folder from there on, else whole. */
static const char *told_path(const struct lur_files *f, const char *whole) {
  const char *below = path_below(f->folder, whole);
  below = below ? below : path_below(f->named_folder, whole);
  return below ? below : whole;
}

/* What lists show, after the notes have moved or changed. */
static void tell(struct lur_files *f) {
  for (size_t i = 0; i < f->n; i++)
    f->read[i] = (struct lur_read_file){told_path(f, f->note[i].named), f->note[i].sha256,
                                        f->note[i].code[0] ? f->note[i].code : NULL};
}

static void free_note(struct note *note) {
  free(note->named);
  free(note->real);
}

static struct note *add_note(struct lur_files *f, const struct place *p) {
  size_t room = f->room;
  struct note note = {.named = lur_copy_text(p->named), .real = lur_copy_text(p->real)};
  if (!note.named || !note.real || !lur_grow(&f->read, &room, f->n + 1, sizeof *f->read) ||
      !lur_grow(&f->note, &f->room, f->n + 1, sizeof *f->note)) { /* the last to move: what is told points into it */
    free_note(&note);
    return NULL;
  }
  note.number = ++f->n_made;
  f->note[f->n] = note;
  return &f->note[f->n++];
}

static void remove_note(struct lur_files *f, size_t at) {
  free_note(&f->note[at]);
  f->n--;
  f->n_told -= at < f->n_told;
  memmove(f->note + at, f->note + at + 1, (f->n - at) * sizeof *f->note);
  tell(f);
}

/* ---- What the script writes ---- */
static int add_own(struct lur_files *f, const char *real) {
  char *copy;
  if (is_own(f, real))
    return LUR_OK;
  if (!lur_grow(&f->own, &f->own_room, f->n_own + 1, sizeof *f->own) || !(copy = lur_copy_text(real)))
    return LUR_ENOMEM;
  f->own[f->n_own++] = copy;
  for (size_t i = f->n; i > 0; i--) /* what was read before it was written is no change of it any more */
    if (strcmp(f->note[i - 1].real, real) == 0)
      remove_note(f, i - 1);
  return LUR_OK;
}

static bool was_written(const struct note *note) {
  struct place p;
  struct state state;
  return note->updates && find_file(note->named, &p, &state) && !same_state(&note->state, &state);
}

static int settle_written(struct lur_files *f) {
  int rc = LUR_OK;
  for (size_t i = f->n; i > 0 && !rc; i--) {
    char real[PATH_MAX];
    if (i > f->n || !was_written(&f->note[i - 1]))
      continue;
    snprintf(real, sizeof real, "%s", f->note[i - 1].real);
    rc = add_own(f, real);
  }
  return rc;
}

int lur_files_wrote(struct lur_files *f, const char *path) {
  struct place p;
  struct state state;
  return find_file(path, &p, &state) ? add_own(f, p.real) : LUR_OK;
}

int lur_files_updates(struct lur_files *f, const char *path) {
  struct place p;
  struct note *note = find_place(path, &p) ? find_note(f, p.named) : NULL;
  if (!note)
    return lur_files_wrote(f, path);
  note->updates = true;
  return LUR_OK;
}

/* ---- Reading ---- */
/* A file that is about to be read: where it stands, and its note. */
struct look {
  struct place place;
  struct state state;
  struct note *note;
  bool is_new; /* its digest is wanted */
};

static struct look look_at(const struct lur_files *f, const char *path) {
  struct look l = {.note = NULL};
  if (!find_file(path, &l.place, &l.state) || is_own(f, l.place.real))
    return l;
  l.note = find_note(f, l.place.named);
  l.is_new = !l.note || !same_state(&l.note->state, &l.state);
  return l;
}

static int set_note(struct lur_files *f, const struct look *l, const char sha256[65], uint64_t *made) {
  struct note *note = l->note;
  if (note) {
    note->changed = note->changed || strcmp(note->sha256, sha256) != 0;
    note->state = l->state;
    return LUR_OK;
  }
  if (!(note = add_note(f, &l->place)))
    return LUR_ENOMEM;
  *made = note->number;
  note->state = l->state;
  memcpy(note->sha256, sha256, sizeof note->sha256);
  tell(f);
  return LUR_OK;
}

int lur_files_note(struct lur_files *f, const char *path, uint64_t *made) {
  char sha256[65];
  *made = 0;
  if (settle_written(f))
    return LUR_ENOMEM;
  const struct look l = look_at(f, path);
  return l.is_new && digest_file(l.place.real, sha256, NULL) ? set_note(f, &l, sha256, made) : LUR_OK;
}

char *lur_files_read(struct lur_files *f, const char *path, size_t *n_bytes, struct lur_error *e) {
  char sha256[65];
  uint64_t made;
  if (settle_written(f)) {
    lur_fail_memory(e);
    return NULL;
  }
  const struct look l = look_at(f, path);
  char *text = lur_file_read_digest(path, n_bytes, l.is_new ? sha256 : NULL, e);
  if (!text || !l.is_new || set_note(f, &l, sha256, &made) == LUR_OK)
    return text;
  free(text);
  lur_fail_memory(e);
  return NULL;
}

void lur_files_set_code(struct lur_files *f, uint64_t made, const char hex[65]) {
  for (size_t i = 0; i < f->n; i++)
    if (f->note[i].number == made)
      memcpy(f->note[i].code, hex, sizeof f->note[i].code);
  tell(f);
}

static bool is_text_of_luron(const char *path) {
  char head[32];
  FILE *in = fopen(path, "rb");
  const size_t n = in ? fread(head, 1, sizeof head, in) : 0;
  if (in)
    fclose(in);
  return lur_foreign_is_ours(head, n);
}

int lur_files_check_output(const struct lur_files *f, const char *path, struct lur_error *e) {
  struct place p;
  struct state state;
  if (!f || !find_file(path, &p, &state) || (!find_note(f, p.named) && !find_real(f, p.real)) ||
      is_text_of_luron(p.real))
    return LUR_OK;
  return lur_fail(e, LUR_EINPUT, NULL, "%s: was read by the script, and would be overwritten; choose another name",
                  path);
}

struct lur_files *lur_files_new(const char *script) {
  struct lur_files *f = lur_alloc(1, sizeof *f);
  if (!f)
    return NULL;
  const char *slash = strrchr(script, '/');
  char *folder = slash ? strndup(script, (size_t)(slash - script) + 1) : strdup(".");
  if (!folder || !realpath(folder, f->folder))
    f->folder[0] = '\0';
  if (!folder || !lur_path_whole(folder, f->named_folder))
    f->named_folder[0] = '\0';
  free(folder);
  return f;
}

void lur_files_free(struct lur_files *f) {
  if (!f)
    return;
  for (size_t i = 0; i < f->n; i++)
    free_note(&f->note[i]);
  for (size_t i = 0; i < f->n_own; i++)
    free(f->own[i]);
  free(f->note);
  free(f->read);
  free(f->own);
  free(f);
}

const struct lur_read_file *lur_files_list(struct lur_files *f, bool all, int *n) {
  *n = 0;
  if (!f)
    return NULL;
  settle_written(f); /* where memory ends, the note stays */
  const size_t first = all ? 0 : f->n_told;
  *n = (int)(f->n - first);
  f->n_told = f->n;
  return *n ? f->read + first : NULL;
}

uint64_t lur_files_made(const struct lur_files *f) {
  return f ? f->n_made : 0;
}

uint64_t lur_files_number(const struct lur_files *f, const char *path) {
  struct place p;
  const struct note *note = f && find_place(path, &p) ? find_note(f, p.named) : NULL;
  return note ? note->number : 0;
}

const struct lur_read_file *lur_files_numbered(const struct lur_files *f, uint64_t number) {
  for (size_t i = 0; f && i < f->n; i++)
    if (f->note[i].number == number)
      return was_written(&f->note[i]) ? NULL : &f->read[i];
  return NULL;
}

/* A file that is gone has changed, but not one elsewhere, such as a temporary one: what needs it fails. */
static bool is_other_now(const struct lur_files *f, const struct note *note) {
  char sha256[65];
  struct place p;
  struct state state;
  if (!find_file(note->named, &p, &state))
    return told_path(f, note->named)[0] != '/';
  if (same_state(&note->state, &state))
    return false;
  return !digest_file(p.real, sha256, NULL) || strcmp(sha256, note->sha256) != 0;
}

const char *lur_files_changed(const struct lur_files *f, bool look) {
  for (size_t i = 0; f && i < f->n; i++)
    if ((f->note[i].changed || (look && is_other_now(f, &f->note[i]))) && !was_written(&f->note[i]))
      return f->read[i].path;
  return NULL;
}

/* A results file may name any file, however large. */
struct hashing {
  uint64_t *left_bytes; /* that may still be hashed; NULL: as many as there are */
  bool spared;          /* it would have been more */
};

/* What it is now. A file that this session has read is not read again. */
static bool find_digest(const struct note *read, const struct place *p, const struct state *now, struct hashing *h,
                        char sha256[65]) {
  if (read && !read->changed && same_state(&read->state, now)) {
    memcpy(sha256, read->sha256, sizeof read->sha256);
    return true;
  }
  h->spared = h->left_bytes && (uintmax_t)now->size > *h->left_bytes;
  if (h->spared)
    return false;
  if (h->left_bytes)
    *h->left_bytes -= (uint64_t)now->size;
  return digest_file(p->real, sha256, lur_signal_flag());
}

static bool is_same(const struct lur_files *f, const struct lur_read_file *noted, struct hashing *h) {
  char path[PATH_MAX], sha256[65];
  struct place p;
  struct state state;
  const bool whole = noted->path[0] == '/';
  if (snprintf(path, sizeof path, "%s%s%s", whole ? "" : f->folder, whole ? "" : "/", noted->path) >= PATH_MAX)
    return false;
  const bool there = find_place(path, &p);
  const struct note *read = there ? find_real(f, p.real) : NULL; /* an older luron noted where a name led */
  if (there && (is_own(f, p.real) || (read && was_written(read))))
    return true;
  if (!find_file(path, &p, &state))
    return whole;
  if (!find_digest(read, &p, &state, h, sha256))
    return whole && !h->spared && !atomic_load(lur_signal_flag());
  return strcmp(sha256, noted->sha256) == 0 ||
         (noted->code && read && read->code[0] && strcmp(read->code, noted->code) == 0);
}

bool lur_files_is_same(const struct lur_files *f, const struct lur_read_file *noted) {
  return is_same(f, noted, &(struct hashing){.left_bytes = NULL});
}

/* ---- Those that a results file keeps ---- */
struct comparison {
  const struct lur_files *files;
  struct hashing hashing;
  char changed[LUR_CHANGED_BYTES];
};

static bool compare(void *context, const struct lur_read_file *noted) {
  struct comparison *c = context;
  bool same = is_same(c->files, noted, &c->hashing);
  if (!same)
    snprintf(c->changed, sizeof c->changed, "%.255s", noted->path);
  return same;
}

int lur_sweep_find_changed(const struct lur_files *files, struct lur_table *t, uint64_t *left_bytes,
                           char changed[LUR_CHANGED_BYTES], struct lur_error *e) {
  struct comparison c = {.files = files, .hashing = {.left_bytes = left_bytes}};
  int rc = lur_table_read_files(t, compare, &c, e);
  memcpy(changed, c.changed, sizeof c.changed);
  if (!rc && changed[0] && atomic_load(lur_signal_flag()))
    return lur_fail(e, LUR_ECANCELLED, NULL, "interrupted");
  if (!rc && c.hashing.spared)
    return lur_fail(e, LUR_EINPUT, "files", "%.200s is too large to be compared unasked; --reuse compares it", changed);
  return rc;
}
