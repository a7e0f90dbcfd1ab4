/* SPDX-License-Identifier: MIT
 * A note is made before the reader looks, and again at each reading; what is the same to stat is not read again for
 * that. Errors of the library's functions keep the script's line and their names, as without a wrapper. */
#include "script/files.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "base/sha256.h"
#include "script/code.h"
#include "store/store.h"

enum { PIECE_BYTES = 1 << 16 };

struct state { /* of a file, to stat */
  dev_t device;
  ino_t inode;
  off_t size;
  struct timespec modified, changed;
};

struct note {
  char *full; /* owned: the whole path; what is told is its end */
  char sha256[65], code[65];
  struct state state;
  bool changed; /* it was read again, and had changed */
};

struct lur_files {
  char folder[PATH_MAX]; /* the script's, which paths are told from; "" where it cannot be told */
  struct note *note;
  struct lur_read_file *read; /* of each note, what is told */
  size_t n, room, n_told;     /* the first n_told of them have been listed */
  char **own;                 /* whole paths of what the script wrote */
  size_t n_own;
};

/* ---- Files ---- */
static void find_folder(const char *script, char out[PATH_MAX]) {
  const char *slash = strrchr(script, '/');
  char *folder = slash ? strndup(script, (size_t)(slash - script) + 1) : strdup(".");
  if (!folder || !realpath(folder, out))
    out[0] = '\0';
  free(folder);
}

/* False where it is no regular file of a disk. */
static bool find_file(const char *path, char full[PATH_MAX], struct state *state) {
  static const char *const others[] = {"/proc/", "/sys/", "/dev/"};
  struct stat s;
  if (!realpath(path, full) || stat(full, &s) != 0 || !S_ISREG(s.st_mode))
    return false;
  for (size_t i = 0; i < sizeof others / sizeof *others; i++)
    if (strncmp(full, others[i], strlen(others[i])) == 0)
      return false;
  *state = (struct state){s.st_dev, s.st_ino, s.st_size, s.st_mtim, s.st_ctim};
  return true;
}

static bool same_time(struct timespec a, struct timespec b) {
  return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

static bool same_state(const struct state *a, const struct state *b) {
  return a->device == b->device && a->inode == b->inode && a->size == b->size && same_time(a->modified, b->modified) &&
         same_time(a->changed, b->changed);
}

static bool digest_file(const char *path, char hex[65]) {
  char bytes[PIECE_BYTES];
  struct lur_sha256 s;
  FILE *f = fopen(path, "rbe");
  if (!f)
    return false;
  lur_sha256_start(&s);
  for (size_t n; (n = fread(bytes, 1, sizeof bytes, f)) > 0;)
    lur_sha256_add(&s, bytes, n);
  bool good = !ferror(f);
  fclose(f);
  lur_sha256_finish(&s, hex);
  return good;
}

/* ---- Notes ---- */
static struct lur_files *files_of(lua_State *L) {
  struct lur_script *host = lur_script_of(L);
  if (!host->files) {
    if (!(host->files = lur_alloc(1, sizeof *host->files)))
      lur_raise_memory(L);
    find_folder(host->options->path, host->files->folder);
  }
  return host->files;
}

static struct note *find_note(const struct lur_files *f, const char *full) {
  for (size_t i = 0; i < f->n; i++)
    if (strcmp(f->note[i].full, full) == 0)
      return &f->note[i];
  return NULL;
}

static bool is_own(const struct lur_files *f, const char *full) {
  for (size_t i = 0; i < f->n_own; i++)
    if (strcmp(f->own[i], full) == 0)
      return true;
  return false;
}

/* Below the script's folder from there on, else whole. */
static const char *told_path(const struct lur_files *f, const char *full) {
  size_t n = strlen(f->folder);
  return n > 1 && strncmp(full, f->folder, n) == 0 && full[n] == '/' ? full + n + 1 : full;
}

/* What lists show, after the notes have moved or changed. */
static void tell(struct lur_files *f) {
  for (size_t i = 0; i < f->n; i++)
    f->read[i] = (struct lur_read_file){told_path(f, f->note[i].full), f->note[i].sha256,
                                        f->note[i].code[0] ? f->note[i].code : NULL};
}

static struct note *add_note(lua_State *L, struct lur_files *f, const char *full) {
  if (f->n == f->room) {
    size_t room = f->room ? 2 * f->room : 16;
    struct note *note = lur_resize(f->note, room, sizeof *note);
    f->note = note ? note : f->note;
    struct lur_read_file *read = note ? lur_resize(f->read, room, sizeof *read) : NULL;
    f->read = read ? read : f->read;
    if (!read)
      lur_raise_memory(L);
    f->room = room;
  }
  char *copy = lur_copy_text(full);
  if (!copy)
    lur_raise_memory(L);
  f->note[f->n] = (struct note){.full = copy};
  return &f->note[f->n++];
}

/* The note of a file that is about to be read; NULL where none is wanted. *is_new: what it says is to be filled. */
static struct note *note_file(lua_State *L, const char *path, bool *is_new) {
  struct lur_files *f = files_of(L);
  char full[PATH_MAX], sha256[65];
  struct state state;
  *is_new = false;
  if (!find_file(path, full, &state) || is_own(f, full))
    return NULL;
  struct note *note = find_note(f, full);
  if ((note && same_state(&note->state, &state)) || !digest_file(full, sha256))
    return note;
  if (note) {
    note->changed = note->changed || strcmp(note->sha256, sha256) != 0;
    note->state = state;
    return note;
  }
  note = add_note(L, f, full);
  *is_new = true;
  note->state = state;
  memcpy(note->sha256, sha256, sizeof sha256);
  tell(f);
  return note;
}

void lur_files_note(lua_State *L, const char *path) {
  bool is_new;
  note_file(L, path, &is_new);
}

static int write_chunk(lua_State *L, const void *bytes, size_t n, void *buffer) {
  (void)L;
  lur_buffer_add(buffer, bytes, n);
  return 0;
}

/* The digest of the code of the function on the top: without comments and numbers of lines. */
static void digest_code(lua_State *L, char hex[65]) {
  struct lur_buffer code = {0};
  struct lur_sha256 s;
  lua_dump(L, write_chunk, &code, 1);
  if (code.data && !code.failed) {
    lur_sha256_start(&s);
    lur_sha256_add(&s, code.data, lur_code_drop_lines((unsigned char *)code.data, code.length_bytes));
    lur_sha256_finish(&s, hex);
  }
  lur_buffer_free(&code);
}

/* A file of Lua code. */
static void note_code(lua_State *L, const char *path) {
  bool is_new;
  struct note *note = note_file(L, path, &is_new);
  if (!is_new)
    return;
  size_t place = (size_t)(note - files_of(L)->note);
  if (luaL_loadfilex(L, path, "t") == LUA_OK)
    digest_code(L, files_of(L)->note[place].code);
  lua_pop(L, 1);
  tell(files_of(L));
}

/* What was read before the script wrote it is no change of it any more. */
static void drop_note(struct lur_files *f, const struct note *note) {
  const size_t at = (size_t)(note - f->note);
  free(f->note[at].full);
  f->n--;
  f->n_told -= at < f->n_told;
  memmove(f->note + at, f->note + at + 1, (f->n - at) * sizeof *f->note);
  tell(f);
}

void lur_files_check_output(lua_State *L, const char *path) {
  struct lur_error e;
  if (lur_store_check_output(path, lur_script_of(L)->options->path, &e))
    lur_raise(L, &e);
}

void lur_files_wrote(lua_State *L, const char *path) {
  struct lur_files *f = files_of(L);
  char full[PATH_MAX];
  struct state state;
  if (!find_file(path, full, &state) || is_own(f, full))
    return;
  char **own = lur_resize(f->own, f->n_own + 1, sizeof *own), *copy = own ? lur_copy_text(full) : NULL;
  f->own = own ? own : f->own;
  if (!copy)
    lur_raise_memory(L);
  f->own[f->n_own++] = copy;
  const struct note *note = find_note(f, full);
  if (note)
    drop_note(f, note);
}

void lur_files_free(struct lur_files *f) {
  if (!f)
    return;
  for (size_t i = 0; i < f->n; i++)
    free(f->note[i].full);
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
  const size_t first = all ? 0 : f->n_told;
  *n = (int)(f->n - first);
  f->n_told = f->n;
  return *n ? f->read + first : NULL;
}

/* A file that is gone has changed, but not one elsewhere, such as a temporary one: what needs it fails. */
static bool is_other_now(const struct lur_files *f, const struct note *note) {
  char full[PATH_MAX], sha256[65];
  struct state state;
  if (!find_file(note->full, full, &state))
    return told_path(f, note->full)[0] != '/';
  if (same_state(&note->state, &state))
    return false;
  return !digest_file(full, sha256) || strcmp(sha256, note->sha256) != 0;
}

const char *lur_files_changed(const struct lur_files *f, bool look) {
  for (size_t i = 0; f && i < f->n; i++)
    if (f->note[i].changed || (look && is_other_now(f, &f->note[i])))
      return f->read[i].path;
  return NULL;
}

bool lur_files_is_same(const struct lur_files *f, const struct lur_read_file *noted) {
  char path[PATH_MAX], full[PATH_MAX], sha256[65];
  const bool whole = noted->path[0] == '/';
  if (snprintf(path, sizeof path, "%s%s%s", whole ? "" : f->folder, whole ? "" : "/", noted->path) >= PATH_MAX)
    return false;
  if (realpath(path, full) && is_own(f, full))
    return true;
  if (!digest_file(path, sha256))
    return whole;
  if (strcmp(sha256, noted->sha256) == 0)
    return true;
  for (size_t i = 0; i < f->n && noted->code; i++)
    if (strcmp(f->read[i].path, noted->path) == 0)
      return f->read[i].code && strcmp(f->read[i].code, noted->code) == 0;
  return false;
}

/* ---- The library's functions; upvalue 1 is the one that is wrapped ---- */
/* Calls it with all arguments; an error of it gets the script's line, which it does not find behind us. */
static int call_wrapped(lua_State *L) {
  int n = lua_gettop(L);
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_insert(L, 1);
  if (lua_pcall(L, n, LUA_MULTRET, 0) == LUA_OK)
    return lua_gettop(L);
  luaL_where(L, 1);
  lua_insert(L, -2);
  if (lua_type(L, -1) == LUA_TSTRING)
    lua_concat(L, 2);
  return lua_error(L);
}

static bool is_mode(const char *mode) {
  if (!*mode || !strchr("rwa", *mode++))
    return false;
  mode += *mode == '+';
  return mode[strspn(mode, "b")] == '\0';
}

static int io_open(lua_State *L) {
  const char *path = luaL_checkstring(L, 1), *mode = luaL_optstring(L, 2, "r");
  luaL_argcheck(L, is_mode(mode), 2, "invalid mode");
  bool reads = mode[0] == 'r' && mode[1] != '+';
  lua_settop(L, 2);
  lua_pushvalue(L, 1); /* the path, held */
  lua_insert(L, 1);
  if (reads)
    lur_files_note(L, path);
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_insert(L, 2);
  lua_call(L, 2, LUA_MULTRET);
  if (!reads && !lua_isnil(L, 2))
    lur_files_wrote(L, path);
  return lua_gettop(L) - 1;
}

static int io_lines(lua_State *L) {
  if (!lua_isnoneornil(L, 1))
    lur_files_note(L, luaL_checkstring(L, 1));
  return call_wrapped(L);
}

static int io_input(lua_State *L) {
  if (lua_type(L, 1) == LUA_TSTRING)
    lur_files_note(L, lua_tostring(L, 1));
  return call_wrapped(L);
}

static int load_file(lua_State *L) {
  if (!lua_isnoneornil(L, 1))
    note_code(L, luaL_checkstring(L, 1));
  int n = lua_gettop(L);
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_insert(L, 1);
  lua_call(L, n, LUA_MULTRET);
  return lua_gettop(L);
}

static int results_of_dofile(lua_State *L, int status, lua_KContext first) {
  (void)status;
  return lua_gettop(L) - (int)first;
}

static int do_file(lua_State *L) {
  if (!lua_isnoneornil(L, 1))
    note_code(L, luaL_checkstring(L, 1));
  lua_settop(L, 1);
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_insert(L, 1);
  lua_callk(L, 1, LUA_MULTRET, 0, results_of_dofile);
  return results_of_dofile(L, LUA_OK, 0);
}

/* One of package.searchers: a loader and the file that it loads. */
static int search(lua_State *L) {
  int n = lua_gettop(L);
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_insert(L, 1);
  lua_call(L, n, LUA_MULTRET);
  if (lua_gettop(L) >= 2 && lua_isfunction(L, 1) && lua_type(L, 2) == LUA_TSTRING)
    note_code(L, lua_tostring(L, 2));
  return lua_gettop(L);
}

/* Replaces the function `name` of the table on the top. */
static void wrap(lua_State *L, const char *name, lua_CFunction f) {
  lua_getfield(L, -1, name);
  lua_pushcclosure(L, f, 1);
  lua_setfield(L, -2, name);
}

static void wrap_searchers(lua_State *L) {
  lua_getglobal(L, LUA_LOADLIBNAME);
  lua_getfield(L, -1, "searchers");
  for (lua_Integer i = 2, n = (lua_Integer)lua_rawlen(L, -1); i <= n; i++) {
    lua_rawgeti(L, -1, i);
    lua_pushcclosure(L, search, 1);
    lua_rawseti(L, -2, i);
  }
  lua_pop(L, 2);
}

void lur_files_open(lua_State *L) {
  files_of(L);
  lua_getglobal(L, LUA_IOLIBNAME);
  wrap(L, "open", io_open);
  wrap(L, "lines", io_lines);
  wrap(L, "input", io_input);
  lua_pop(L, 1);
  lua_pushglobaltable(L);
  wrap(L, "loadfile", load_file);
  wrap(L, "dofile", do_file);
  lua_pop(L, 1);
  wrap_searchers(L);
}
