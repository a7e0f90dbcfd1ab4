/* SPDX-License-Identifier: MIT
 * `luron list`: what the results files of a folder hold, one line a file. Runs no Lua. A file that cannot be read is
 * named, and the others are listed all the same. */
#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/utf8.h"
#include "cli/results.h"
#include "view/export.h"
#include "view/others.h"
#include "view/tables.h"
#include "view/terminal.h"

enum { AXES_COLUMNS = 60 };

struct list {
  bool json;
  time_t now;
  struct lur_text_table *table;
  int room, file_columns; /* of the terminal, 0: no bound; of the widest path */
  uint64_t n;
  struct lur_buffer out, why; /* JSON; and which files cannot be read */
};

/* ---- What a file is ---- */
static const char *state_of(const struct lur_table *t) {
  const struct lur_table_facts *f = lur_table_facts(t);
  char opaque[LUR_OPAQUE_ROOM];
  if (lur_store_is_written(lur_table_path(t)))
    return "running";
  return !f->finished[0] ? "interrupted" : lur_opaque_of(f, opaque)[0] ? "unsure" : "complete";
}

/* Bytes of the file and of the WAL beside it, and the seconds since one of them changed. */
static void measure(const char *path, time_t now, double *bytes, double *age) {
  static const char *const suffix[] = {"", "-wal"};
  time_t latest = 0;
  *bytes = 0;
  for (size_t i = 0; i < sizeof suffix / sizeof *suffix; i++) {
    struct lur_buffer name = {0};
    struct stat st;
    lur_buffer_format(&name, "%s%s", path, suffix[i]);
    if (name.data && stat(name.data, &st) == 0) {
      *bytes += (double)st.st_size;
      latest = st.st_mtime > latest ? st.st_mtime : latest;
    }
    lur_buffer_free(&name);
  }
  *age = now > latest ? difftime(now, latest) : 0;
}

/* With the largest unit that there is one of: 3 h, 12 kB. */
static void write_amount(double x, const double *least, const char *const *unit, int n, char text[32]) {
  int i = 0;
  while (i + 1 < n && x >= least[i + 1])
    i++;
  snprintf(text, 32, "%.0f %s", floor(x / least[i]), unit[i]);
}

static void add_size(struct lur_text_table *t, double bytes) {
  static const double least[] = {1, 1e3, 1e6, 1e9};
  static const char *const unit[] = {"B", "kB", "MB", "GB"};
  char text[32];
  write_amount(bytes, least, unit, 4, text);
  lur_text_table_add(t, text, true);
}

static void add_age(struct lur_text_table *t, double seconds) {
  static const double least[] = {1, 60, 3600, 86400};
  static const char *const unit[] = {"s", "min", "h", "days"};
  char text[32];
  write_amount(seconds, least, unit, 4, text);
  lur_text_table_add(t, text, true);
}

/* ---- One line ---- */
static void add_text(struct lur_text_table *t, const char *text) {
  struct lur_buffer shown = {0};
  lur_terminal_text(text, INT_MAX, &shown);
  lur_text_table_add(t, shown.data ? shown.data : "", false);
  lur_buffer_free(&shown);
}

/* The columns that axes may take: what is left beside the file, or the number of the row in its place. */
static int axes_room(const struct list *l) {
  enum { ROW_NUMBER = 4, GAP = 2, LEAST = 8 };
  const int key = 2 * l->file_columns <= l->room ? l->file_columns : ROW_NUMBER, room = l->room - key - GAP;
  return l->room == 0 || room > AXES_COLUMNS ? AXES_COLUMNS : room < LEAST ? LEAST : room;
}

/* The axes with blanks between; what does not fit is cut between two axes or values, or behind a name. */
static void add_axes(struct list *l, const char *axes) {
  struct lur_buffer line = {0};
  size_t fits = 0;
  const int room = axes_room(l);
  for (const char *at = axes; *at && (at[0] != '\n' || at[1]); at++)
    lur_buffer_add(&line, *at == '\n' ? " " : at, 1);
  for (size_t i = 0; line.data && lur_text_columns(line.data) > room && (int)i + 3 < room; i++)
    fits = strchr(" ,=", line.data[i]) ? i + 1 : fits;
  if (line.data && lur_text_columns(line.data) > room) {
    line.length_bytes = fits;
    lur_buffer_text(&line, "...");
  }
  add_text(l->table, line.data ? line.data : "");
  lur_buffer_free(&line);
}

static void add_row(struct list *l, const struct lur_table *t, double bytes, double age) {
  const struct lur_table_facts *f = lur_table_facts(t);
  char runs[64];
  snprintf(runs, sizeof runs, "%" PRIu64 "/%" PRIu64 "%s%s", f->n_settled, f->sweep.n_runs,
           f->sweep.shard[0] ? ", shard " : "", f->sweep.shard);
  add_text(l->table, lur_table_path(t));
  add_text(l->table, f->sweep.script_path);
  lur_text_table_add(l->table, state_of(t), false);
  lur_text_table_add(l->table, runs, true);
  add_size(l->table, bytes);
  add_age(l->table, age);
  add_axes(l, f->sweep.axes);
}

static void write_axes_json(const char *axes, struct lur_buffer *out) {
  lur_buffer_text(out, ",\"axes\":[");
  for (const char *at = axes; *at;) {
    struct lur_buffer one = {0};
    const size_t n = strcspn(at, "\n");
    lur_buffer_add(&one, at, n);
    lur_buffer_text(out, at == axes ? "" : ",");
    lur_json_text(one.data ? one.data : "", out);
    lur_buffer_free(&one);
    at += n + (at[n] == '\n');
  }
  lur_buffer_text(out, "]");
}

static void write_json(struct list *l, const struct lur_table *t, double bytes, double age) {
  const struct lur_table_facts *f = lur_table_facts(t);
  lur_buffer_text(&l->out, "{\"v\":1,\"type\":\"list\",\"file\":");
  lur_json_text(lur_table_path(t), &l->out);
  lur_buffer_text(&l->out, ",\"script\":");
  lur_json_text(f->sweep.script_path, &l->out);
  lur_buffer_text(&l->out, ",\"hash\":");
  lur_json_text(f->sweep.hash, &l->out);
  if (f->sweep.shard[0]) {
    lur_buffer_text(&l->out, ",\"shard\":");
    lur_json_text(f->sweep.shard, &l->out);
  }
  write_axes_json(f->sweep.axes, &l->out);
  lur_buffer_format(&l->out,
                    ",\"state\":\"%s\",\"done\":%" PRIu64 ",\"numbers\":%" PRIu64 ",\"bytes\":%.0f,\"age\":%.0f}\n",
                    state_of(t), f->n_settled, f->sweep.n_runs, bytes, age);
}

static void tell_unread(struct list *l, const char *path, const struct lur_error *e) {
  lur_buffer_format(&l->why, "luron: %s\n", e->text);
  if (!l->json)
    return;
  lur_buffer_text(&l->out, "{\"v\":1,\"type\":\"list\",\"file\":");
  lur_json_text(path, &l->out);
  lur_buffer_text(&l->out, ",\"error\":");
  lur_json_text(e->text, &l->out);
  lur_buffer_text(&l->out, "}\n");
}

static bool measure_path(void *context, const char *path) {
  struct list *l = context;
  const int n = lur_text_columns(path);
  l->file_columns = n > l->file_columns ? n : l->file_columns;
  return true;
}

static bool take(void *context, const char *path) {
  struct list *l = context;
  struct lur_error e = {0};
  double bytes, age;
  measure(path, l->now, &bytes, &age); /* before it is opened, which makes a WAL */
  struct lur_table *t = lur_table_open(path, &e);
  l->n++;
  if (!t)
    tell_unread(l, path, &e);
  else if (l->json)
    write_json(l, t, bytes, age);
  else
    add_row(l, t, bytes, age);
  lur_table_free(t);
  return true;
}

/* ---- All of them ---- */
static int check_folder(const char *folder) {
  struct stat st;
  const bool is_there = stat(folder, &st) == 0;
  if (is_there && S_ISDIR(st.st_mode))
    return LUR_EXIT_OK;
  char shown[LUR_SHOWN_BYTES];
  fprintf(stderr, "luron: %s: %s\n", lur_utf8_name(folder, shown), is_there ? "not a folder" : "no such folder");
  return LUR_EXIT_FAILED;
}

static int list(const struct lur_arguments *a) {
  static const char *const heads[] = {"file", "script", "state", "runs", "size", "age", "axes"};
  const char *folder = a->n_words ? a->words[0] : "results";
  struct list l = {.json = a->json, .now = time(NULL), .room = lur_terminal_width(STDOUT_FILENO)};
  struct lur_error e = {0};
  char shown[LUR_SHOWN_BYTES];
  int code = check_folder(folder);
  if (code)
    return code;
  l.table = lur_text_table_new(sizeof heads / sizeof *heads, heads);
  if (!l.table)
    return lur_memory_error();
  lur_store_scan(folder, measure_path, &l);
  lur_store_scan(folder, take, &l);
  if (!a->json && lur_text_table_write(l.table, l.room, &l.out, &e))
    code = lur_results_fail(&e, folder);
  lur_text_table_free(l.table);
  if (!l.n) {
    l.out.length_bytes = 0;
    lur_buffer_format(&l.why, "luron: %s: no results files in it\n", lur_utf8_name(folder, shown));
  }
  const int printed = lur_results_print(&l.out);
  if (l.why.length_bytes) {
    fflush(stdout);
    fwrite(l.why.data, 1, l.why.length_bytes, stderr);
  }
  lur_buffer_free(&l.why);
  return code ? code : printed;
}

const struct lur_command lur_command_list = {
    .name = "list",
    .usage = "[FOLDER]",
    .meaning = "what the results files of a folder hold (default: results)",
    .more =
        "A line for each file: its script, whether the sweep is complete, interrupted or running, the runs that are\n"
        "done of all, size, age and axes. unsure: all runs are done, but functions hold what luron cannot compare, so\n"
        "that it never counts as done. Files that are none of luron's, or damaged, are named on stderr.\n",
    .prints = true,
    .n_most = 1,
    .run = list,
};
