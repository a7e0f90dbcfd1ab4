/* SPDX-License-Identifier: MIT
 * Whole results files, as a stranger may give them: an input says what is changed in a good one. In each line stands a
 * place and the bytes there, or `cut` and how many bytes are left. Then what luron reads of such a file is read, or
 * refused in one line, and soon. */
#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>

#include "../unit/store_help.h"
#include "fuzz.h"

enum { N_ROWS = 40, MOST_CPU_S = 5, MOST_EDITS = 64 };

const char *const fuzz_samples[] = {
    "18 02 02\n24 00 00 00 09\n",
    "100 0d\n103 00 ff\n105 00 00\n4096 0d 00 00\n",
    "cut 8192\n28 00 00 00 02\n",
    "56 00 00 00 02\n60 00 00 00 01\n",
    "8192 05 00 00 00 01\n12288 0a ff ff ff\n",
    "500 73 69 65 77\n700 20\n",
    "16384 0d 00 00 00 07\n20480 02 ff\n",
    "40 7f ff ff ff\n44 00 00 00 05\n",
    "24576 00\ncut 30000\n",
};
const size_t fuzz_n_samples = sizeof fuzz_samples / sizeof *fuzz_samples;
const char *const fuzz_words[] = {
    "\n0 ", "\n16 ", "\n100 ", "\n4096 ", "\n8192 ", "\n12288 ",  "\n16384 ", "\n20480 ", " 00",   " ff", " 7f",
    " 80",  " 0d",   " 05",    " 02",     " 0a",     "\ncut ",    "4096",     "512",      "0",     "9",   "1",
    "7",    " 41",   " 22",    " 27",     " 53 45",  " 00 00 00", "36864",    "53248",    "65536", " 01"};
const size_t fuzz_n_words = sizeof fuzz_words / sizeof *fuzz_words;

static struct {
  const char *folder;
  char path[100], good[100];
  uint8_t *bytes; /* of the good one */
  size_t n;
  int file;
} at;

static void clean(void) {
  help_clean(at.folder);
}

static void write_good(void) {
  static const double pattern[] = {0, 1, 1, 0};
  struct lur_error e = {0};
  struct lur_store_plan plan = help_plan("h", N_ROWS);
  const struct lur_part part = {.name = "train inputs", .n_rows = 2, .width = 2, .type = LUR_F64, .values = pattern};
  plan.facts.experiment = "epochs=5\nhidden=axis\nlearning_rate=axis\nmetrics=loss,\n";
  plan.facts.axes = "learning_rate=0.1,0.2\nhidden=3,4x4\n";
  plan.facts.overrides = "epochs=5";
  plan.facts.part = &part;
  plan.facts.n_parts = 1;
  struct lur_store *s = lur_store_open(at.good, &plan, &e);
  if (!s || help_take(lur_store_sink(s), 1, N_ROWS, &e) || lur_store_finish(s, true, &e))
    abort();
  lur_store_free(s);
}

static void read_good(void) {
  struct stat st;
  const int from = open(at.good, O_RDONLY | O_CLOEXEC);
  if (from < 0 || fstat(from, &st) != 0 || !(at.bytes = malloc((size_t)st.st_size)))
    abort();
  at.n = (size_t)st.st_size;
  at.file = open(at.path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (at.file < 0 || read(from, at.bytes, at.n) != st.st_size || pwrite(at.file, at.bytes, at.n, 0) != st.st_size)
    abort();
  close(from);
}

static void begin(void) {
  at.folder = help_folder();
  if (!at.folder)
    abort();
  atexit(clean);
  snprintf(at.path, sizeof at.path, "%s/odd.db", at.folder);
  snprintf(at.good, sizeof at.good, "%s/good.db", at.folder);
  write_good();
  read_good();
}

/* ---- The changes ---- */
static void put(size_t place, const uint8_t *bytes, size_t n) {
  if (pwrite(at.file, bytes, n, (off_t)place) != (ssize_t)n)
    abort();
}

/* One line; *n_left shrinks where it cuts. */
static void change(char *line, size_t *n_left) {
  char *end;
  if (strncmp(line, "cut ", 4) == 0) {
    const size_t n = strtoull(line + 4, NULL, 10) % (at.n + 1);
    *n_left = n < *n_left ? n : *n_left;
    return;
  }
  size_t place = strtoull(line, &end, 10) % at.n;
  while (end > line && *end && place < at.n) {
    line = end;
    const uint8_t byte = (uint8_t)strtoul(line, &end, 16);
    if (end > line)
      put(place++, &byte, 1);
  }
}

static void make_good(void) {
  char side[110];
  static const char *const suffix[] = {"-wal", "-shm", "-journal"};
  put(0, at.bytes, at.n);
  if (ftruncate(at.file, (off_t)at.n) != 0)
    abort();
  for (size_t i = 0; i < sizeof suffix / sizeof *suffix; i++) {
    snprintf(side, sizeof side, "%s%s", at.path, suffix[i]);
    unlink(side);
  }
}

/* ---- Reading ---- */
static void check(int code, const struct lur_error *e) {
  if (code)
    fuzz_check_error(e);
}

static void read_rows(struct lur_table *t, const struct lur_ask *ask) {
  const struct lur_cell *c;
  struct lur_error e = {0};
  int got = 0;
  struct lur_query *q = lur_query_new(t, ask, &e);
  for (size_t n = 0; q && (got = lur_query_next(q, &c, &e)) > 0; n++)
    if (n > at.n) /* more rows than bytes */
      abort();
  check(!q || got < 0, &e);
  lur_query_free(q);
}

static bool take_file(void *context, const struct lur_read_file *f) {
  return (size_t)(f->path != NULL) > *(size_t *)context;
}

static void read_stored(struct lur_table *t) {
  const struct lur_table_facts *f = lur_table_facts(t);
  struct lur_error e = {0};
  struct lur_pieces data;
  struct lur_stored *stored = calloc(1, sizeof *stored);
  struct lur_entries *entries = lur_table_entries(t, &e);
  check(!entries, &e);
  if (!stored || !entries) {
    free(stored);
    return;
  }
  int code = lur_table_pieces(t, &data, &e);
  if (code)
    lur_entries_free(entries);
  else
    code = lur_stored_read(f->sweep.experiment, f->sweep.axes, &data, entries, stored, &e);
  check(code, &e);
  if (!code)
    lur_stored_free(stored);
  free(stored);
}

static void read_rest(struct lur_table *t) {
  struct lur_error e = {0};
  struct lur_failures failures;
  size_t none = 0;
  char *message = lur_table_message(t, 3, &e);
  free(message);
  const int code = lur_table_failures(t, &failures, &e);
  check(code, &e);
  if (!code)
    lur_failures_free(&failures);
  check(lur_table_read_files(t, take_file, &none, &e), &e);
  lur_table_curves(t);
}

/* A third of all of it, because each is slow: which one, the input says by its length. */
static void read_part(size_t n) {
  struct lur_error e = {0};
  struct lur_difference d;
  lur_store_is_results(at.path);
  struct lur_table *t = lur_table_open(at.path, &e);
  check(!t, &e);
  if (!t)
    return;
  if (n % 3 == 0) {
    read_rows(t, &(struct lur_ask){.deadline_ms = -1});
    read_rows(t, &(struct lur_ask){.select = "run, loss, epochs, status", .order = "run", .deadline_ms = -1});
    read_rows(t, &(struct lur_ask){.select = "hidden, count(*)", .group = "hidden", .where = "loss < 0.5"});
  } else if (n % 3 == 1) {
    read_stored(t);
    read_rest(t);
  } else {
    check(lur_store_diff(at.path, at.good, &d, &e), &e);
  }
  lur_table_free(t);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
  if (!at.folder)
    begin();
  char *text = malloc(n + 1), *rest = NULL;
  size_t n_left = at.n, n_edits = 0;
  if (!text)
    return 0;
  memcpy(text, bytes, n);
  text[n] = '\0';
  for (char *line = strtok_r(text, "\n", &rest); line && n_edits < MOST_EDITS;
       line = strtok_r(NULL, "\n", &rest), n_edits++)
    change(line, &n_left);
  if (ftruncate(at.file, (off_t)n_left) != 0)
    abort();
  const clock_t from = clock();
  read_part(n);
  if (clock() - from > MOST_CPU_S * CLOCKS_PER_SEC)
    abort();
  make_good();
  free(text);
  return 0;
}
