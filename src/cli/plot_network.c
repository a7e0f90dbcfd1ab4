/* SPDX-License-Identifier: MIT
 * `luron plot SCRIPT --curve`, `--boundary` and `--weights`: one picture, a file for each moment, or all of them as an
 * APNG. */
#include "cli/plot.h"

#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "cli/results.h"
#include "data/file.h"
#include "view/apng.h"

/* ---- After how many epochs ---- */
/* first..last..step, of which the last two may be missing. */
static bool read_range(const char **text, uint64_t *first, uint64_t *last, uint64_t *step) {
  *step = 1;
  if (!lur_count_take(text, 0, UINT64_MAX, first))
    return false;
  *last = *first;
  if (strncmp(*text, "..", 2) != 0)
    return true;
  *text += 2;
  if (!lur_count_take(text, 0, UINT64_MAX, last))
    return false;
  if (strncmp(*text, "..", 2) != 0)
    return true;
  *text += 2;
  return lur_count_take(text, 1, UINT64_MAX, step);
}

/* "0,10,100" or "0..1000..50". -1 where it is none, or more than n_most. */
static int read_epochs(const char *text, uint64_t *out, int n_most) {
  uint64_t first, last, step;
  int n = 0;
  for (;; text++) {
    if (!read_range(&text, &first, &last, &step) || last < first || (last - first) / step >= (uint64_t)(n_most - n))
      return -1;
    for (uint64_t i = 0; i <= (last - first) / step; i++)
      out[n++] = first + i * step;
    if (*text != ',')
      return *text ? -1 : n;
  }
}

/* ---- Where to ---- */
struct frames {
  const char *script;
  const char *path, *mark; /* mark: %d or %03d in the path; or NULL */
  int digits;
  uint64_t n;
  bool moves;
  struct lur_apng moving;
};

/* The one %d, %3d or %03d of a path; NULL where there is none. Any other % is a mistake: *wrong. */
static const char *find_mark(const char *path, int *digits, bool *wrong) {
  const char *mark = strchr(path, '%');
  if (!mark)
    return NULL;
  size_t n = strspn(mark + 1, "0123456789");
  *digits = n ? atoi(mark + 1) : 1;
  *wrong = mark[1 + n] != 'd' || n > 2 || *digits > 9 || strchr(mark + 1, '%') != NULL;
  return mark;
}

static int take(void *context, const struct lur_buffer *png, struct lur_error *e) {
  struct frames *f = context;
  char path[PATH_MAX];
  f->n++;
  if (f->moves)
    return lur_apng_add(&f->moving, png, e);
  if (!f->mark)
    return lur_file_replace(f->path, png->data, png->length_bytes, e);
  int n = snprintf(path, sizeof path, "%.*s%0*" PRIu64 "%s", (int)(f->mark - f->path), f->path, f->digits, f->n,
                   strchr(f->mark, 'd') + 1);
  if (n >= (int)sizeof path)
    return lur_fail(e, LUR_EIO, NULL, "%s: the name is too long", lur_file_label(f->path));
  int code = lur_store_check_output(path, f->script, e);
  return code ? code : lur_file_replace(path, png->data, png->length_bytes, e);
}

static int check(const struct lur_arguments *a, const char *out, struct frames *f) {
  bool wrong = false, animate = lur_argument(a, "animate") != NULL;
  *f = (struct frames){.script = a->words[0], .path = out};
  f->mark = find_mark(out, &f->digits, &wrong);
  if (animate && wrong)
    return lur_usage_error(out, "a name for frames has one %%d, or %%03d, for their number");
  if (!animate)
    f->mark = NULL;
  f->moves = animate && !f->mark;
  return LUR_EXIT_OK;
}

int lur_plot_network(const struct lur_arguments *a, const char *out) {
  const char *text = lur_argument(a, "epochs");
  uint64_t epochs[LUR_MOST_FRAMES];
  struct frames f;
  struct lur_look look;
  char note[LUR_NOTE_BYTES] = "";
  struct lur_network_request request = {.look = &look,
                                        .note = note,
                                        .picture = lur_argument(a, "curve")      ? LUR_SHOW_CURVE
                                                   : lur_argument(a, "boundary") ? LUR_SHOW_BOUNDARY
                                                                                 : LUR_SHOW_WEIGHTS,
                                        .animate = lur_argument(a, "animate") != NULL,
                                        .epochs = epochs,
                                        .take = take,
                                        .context = &f};
  int code = check(a, out, &f), n_most = request.animate ? LUR_MOST_FRAMES : LUR_MOST_PLOT_EPOCHS;
  if (!code)
    code = lur_plot_look(a, out, &look);
  if (!code && text && (request.n_epochs = read_epochs(text, epochs, n_most)) < 0)
    code = lur_usage_error("--epochs", "\"%s\" is not a list of at most %d numbers, as 0,10,100 or 0..1000..50", text,
                           n_most);
  if (!code) {
    struct lur_script_options options = lur_script_words(a, 0, a->n_words - 1);
    options.quiet = true;
    code = lur_script_plot(&options, &request);
  }
  fputs(note, stderr);
  if (!code && f.moves) {
    struct lur_error e = {0};
    int rc = lur_apng_finish(&f.moving, &e);
    if (!rc)
      rc = lur_file_replace(out, f.moving.bytes.data, f.moving.bytes.length_bytes, &e);
    code = rc ? lur_results_fail(&e, out) : LUR_EXIT_OK;
  }
  lur_apng_free(&f.moving);
  return code;
}
