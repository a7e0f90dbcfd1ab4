/* SPDX-License-Identifier: MIT
 * The network's file (its format: network.h). The reader takes exactly what the writer writes, line by line, and
 * answers anything else with the line's number; it allocates no more than the text could fill. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/digits.h"
#include "data/file.h"
#include "data/foreign.h"
#include "data/network.h"

static const char MAGIC[] = "luron-network";
enum { VERSION = 1, VERSION_WITH_FUNCTIONS = 2, VERSION_WITH_SHORTCUTS = 3, VERSION_WITH_NAMES = 4 };
static const char *const truths[] = {"false", "true", NULL};

/* ---- Writing ---- */
static bool has_labels(const struct lur_network *n) {
  return n->input_names || n->output_names || n->fill;
}

/* The first version of the format that can hold it. */
static int version_of(const struct lur_network *n) {
  int version = VERSION;
  for (int l = 0; l < n->shape.n_layers; l++)
    version = n->shape.own[l] ? VERSION_WITH_FUNCTIONS : version;
  version = lur_shape_has_shortcuts(&n->shape) ? VERSION_WITH_SHORTCUTS : version;
  return has_labels(n) || n->target_shift ? VERSION_WITH_NAMES : version;
}

static void write_shortcuts(const struct lur_shape *s, struct lur_buffer *out) {
  for (int l = 0; l < s->n_layers; l++)
    for (int from = 0; from < l; from++)
      if (lur_shape_reads(s, l) >> from & 1)
        lur_buffer_format(out, "shortcut %d %d\n", from, l + 1);
}

static void write_function(const struct lur_network *n, int layer, struct lur_buffer *out) {
  struct lur_buffer text = {0};
  int n_lines = 0;
  if (!n->shape.own[layer])
    return;
  lur_program_write(n->shape.own[layer], &text);
  for (size_t i = 0; i < text.length_bytes; i++)
    n_lines += text.data[i] == '\n';
  lur_buffer_format(out, "function %d %s %d\n", layer + 1, n->own_name[layer], n_lines);
  lur_buffer_add(out, text.data ? text.data : "", text.length_bytes);
  out->failed = out->failed || text.failed;
  lur_buffer_free(&text);
}

static void write_names(const char *word, char *const *names, int n, struct lur_buffer *out) {
  for (int k = 0; k < n; k++) {
    lur_buffer_format(out, "%s ", word);
    for (const char *name = names[k]; *name; name++) {
      if (*name == '\n')
        lur_buffer_text(out, "\\n");
      else if (*name == '\r')
        lur_buffer_text(out, "\\r");
      else if (*name == '\\')
        lur_buffer_text(out, "\\\\");
      else
        lur_buffer_add(out, name, 1);
    }
    lur_buffer_text(out, "\n");
  }
}

static void write_labels(const struct lur_network *n, struct lur_buffer *out) {
  const int n_inputs = n->shape.width[0];
  write_names("input", n->input_names, n->input_names ? n_inputs : 0, out);
  for (int k = 0; k < n->n_onehot; k++)
    lur_buffer_format(out, "onehot %d %d %d\n", n->onehot[k].first, n->onehot[k].n, n->onehot[k].name_bytes);
  if (n->unknown_is_zeros)
    lur_buffer_text(out, "unknown zeros\n");
  if (n->fill)
    lur_write_numbers(out, "fill", n->fill, (size_t)n_inputs);
  write_names("output", n->output_names, n->output_names ? n->shape.width[n->shape.n_layers] : 0, out);
}

void lur_network_write(const struct lur_network *n, struct lur_buffer *out) {
  const struct lur_shape *s = &n->shape;
  lur_buffer_format(out, "%s %d\nwidths", MAGIC, version_of(n));
  for (int l = 0; l <= s->n_layers; l++)
    lur_buffer_format(out, " %d", s->width[l]);
  lur_buffer_format(out, "\nactivation %s\noutput_activation %s\nbias %s\nprecision %s\n",
                    lur_activation_names[s->hidden], lur_activation_names[s->output], truths[s->bias],
                    lur_precision_names[s->precision]);
  write_shortcuts(s, out);
  for (int l = 0; l < s->n_layers; l++)
    write_function(n, l, out);
  if (n->shift) {
    lur_write_numbers(out, "shift", n->shift, (size_t)s->width[0]);
    lur_write_numbers(out, "scale", n->scale, (size_t)s->width[0]);
  }
  if (n->target_shift) {
    lur_write_numbers(out, "target_shift", n->target_shift, (size_t)s->width[s->n_layers]);
    lur_write_numbers(out, "target_scale", n->target_scale, (size_t)s->width[s->n_layers]);
  }
  write_names("class", n->classes, n->n_classes, out);
  write_labels(n, out);
  const double *p = n->parameters;
  for (int layer = 0; layer < n->shape.n_layers; layer++)
    for (int j = 0, n_inputs = lur_shape_fan_in(s, layer); j < s->width[layer + 1]; j++) {
      lur_write_numbers(out, "unit", p, (size_t)(n_inputs + s->bias));
      p += n_inputs + 1;
    }
  lur_buffer_text(out, "end\n");
}

int lur_network_save(const struct lur_network *n, const char *path, struct lur_error *e) {
  struct lur_buffer text = {0};
  lur_network_write(n, &text);
  int status = text.failed ? lur_fail_memory(e) : lur_file_replace(path, text.data, text.length_bytes, e);
  lur_buffer_free(&text);
  return status;
}

/* ---- Reading ---- */
struct reader {
  const char *name;
  char *next, *end; /* what is unread; each line is terminated in place as it is taken */
  int line;         /* number of the last line taken */
  bool crlf;        /* lines end in CRLF: the first does */
  struct lur_error *e;
};

static int fail(struct reader *r, const char *what) {
  return lur_fail(r->e, LUR_EINPUT, NULL, "%s:%d: %s", lur_file_label(r->name), r->line, what);
}

/* The rest of the next line if it starts with word; NULL, and the line left where it is, if not. */
static char *take(struct reader *r, const char *word) {
  size_t n = strlen(word);
  char *stop = memchr(r->next, '\n', (size_t)(r->end - r->next));
  if (!stop || memchr(r->next, '\0', (size_t)(stop - r->next)) || strncmp(r->next, word, n) != 0)
    return NULL;
  char *end = stop - (r->crlf && stop > r->next && stop[-1] == '\r'), *rest = r->next + n;
  if (rest < end && *rest != ' ')
    return NULL;
  rest += rest < end;
  *end = '\0';
  r->next = stop + 1;
  r->line++;
  return rest;
}

static char *need(struct reader *r, const char *word) {
  char *rest = take(r, word);
  if (!rest) {
    r->line++;
    lur_fail(r->e, LUR_EINPUT, NULL, "%s:%d: expected a line \"%s ...\"", lur_file_label(r->name), r->line, word);
  }
  return rest;
}

static char *cut_word(char **rest) {
  char *word = *rest, *space = strchr(word, ' ');
  if (space)
    *space = '\0';
  *rest = space ? space + 1 : NULL;
  return word;
}

static int read_choice(struct reader *r, const char *word, const char *const *choices, int *out) {
  const char *rest = need(r, word);
  if (!rest)
    return LUR_EINPUT;
  for (*out = 0; choices[*out]; ++*out)
    if (strcmp(choices[*out], rest) == 0)
      return LUR_OK;
  return fail(r, "no such choice");
}

static int read_numbers(struct reader *r, const char *word, int n, double *x) {
  char *rest = need(r, word);
  if (!rest)
    return LUR_EINPUT;
  for (int i = 0; i < n; i++) {
    if (!rest)
      return fail(r, "too few numbers");
    if (!lur_number_read(cut_word(&rest), true, &x[i]))
      return fail(r, "not a number");
  }
  return rest ? fail(r, "too many numbers") : LUR_OK;
}

static bool read_width(const char *text, int *out) {
  *out = 0;
  for (; *text >= '0' && *text <= '9' && *out <= LUR_MAX_WIDTH; text++)
    *out = *out * 10 + (*text - '0');
  return *text == '\0' && *out >= 1 && *out <= LUR_MAX_WIDTH;
}

static int read_widths(struct reader *r, struct lur_shape *s) {
  char *rest = need(r, "widths");
  if (!rest)
    return LUR_EINPUT;
  int n = 0;
  for (; rest; n++)
    if (n > LUR_MAX_LAYERS || !read_width(cut_word(&rest), &s->width[n]))
      return fail(r, "widths are at most 17 whole numbers from 1 to 65536");
  s->n_layers = n - 1;
  return n >= 2 ? LUR_OK : fail(r, "one width is no network");
}

static int read_shape(struct reader *r, struct lur_shape *s) {
  int hidden, output, bias, precision;
  if (read_widths(r, s) != LUR_OK || read_choice(r, "activation", lur_activation_names, &hidden) != LUR_OK ||
      read_choice(r, "output_activation", lur_activation_names, &output) != LUR_OK ||
      read_choice(r, "bias", truths, &bias) != LUR_OK ||
      read_choice(r, "precision", lur_precision_names, &precision) != LUR_OK)
    return LUR_EINPUT;
  s->hidden = (enum lur_activation)hidden;
  s->output = (enum lur_activation)output;
  s->bias = bias;
  s->precision = (enum lur_precision)precision;
  if (hidden == LUR_SOFTMAX)
    return fail(r, "softmax is for outputs only");
  return LUR_OK;
}

/* "0 2": two layers, the later one last. */
static bool read_pair(char *text, int64_t *from, int64_t *to) {
  const char *first = cut_word(&text);
  return text && lur_whole_read(first, from) && lur_whole_read(text, to);
}

static int read_shortcuts(struct reader *r, struct lur_shape *s) {
  char *rest;
  while ((rest = take(r, "shortcut")) != NULL) {
    int64_t from, to;
    if (!read_pair(rest, &from, &to) || from < 0 || to > s->n_layers || to - from < 2 || s->reads[to - 1] >> from & 1)
      return fail(r, "a shortcut leads from a layer, or from 0, to one behind the next, and stands once");
    s->reads[to - 1] |= 1u << from | 1u << (to - 1);
  }
  return LUR_OK;
}

/* Undoes write_class in place. */
static bool read_escapes(char *text) {
  char *to = text;
  for (; *text; text++) {
    bool escaped = *text == '\\';
    text += escaped;
    if (escaped && *text != '\\' && *text != 'n' && *text != 'r')
      return false;
    *to++ = escaped && *text == 'n' ? '\n' : escaped && *text == 'r' ? '\r' : *text;
  }
  *to = '\0';
  return true;
}

/* n lines of that word, or none: then *out stays NULL. */
static int read_names(struct reader *r, const char *word, int n, char ***out) {
  char *name = take(r, word);
  if (!name)
    return LUR_OK;
  if (!(*out = lur_alloc((size_t)n, sizeof **out)))
    return lur_fail_memory(r->e);
  for (int k = 0; k < n; k++) {
    if (k > 0)
      name = need(r, word);
    if (!name)
      return LUR_EINPUT;
    if (!read_escapes(name))
      return fail(r, "a backslash is written \\\\, a line end \\n or \\r");
    if (!((*out)[k] = lur_copy_text(name)))
      return lur_fail_memory(r->e);
  }
  return LUR_OK;
}

static int read_classes(struct reader *r, struct lur_network *n) {
  const int n_outputs = n->shape.width[n->shape.n_layers];
  const int code = read_names(r, "class", n_outputs, &n->classes);
  n->n_classes = n->classes ? n_outputs : 0;
  return code;
}

/* ---- Names ---- */
/* Whether each input of the column is named as the first, up to the =. */
static bool is_onehot(const struct lur_network *n, const struct lur_onehot *o) {
  const size_t bytes = (size_t)o->name_bytes;
  for (int k = 0; k < o->n; k++) {
    const char *name = n->input_names[o->first + k];
    if (strlen(name) <= bytes || name[bytes] != '=' || memcmp(name, n->input_names[o->first], bytes) != 0)
      return false;
  }
  return true;
}

/* "1 2 3" */
static bool read_onehot(char *text, struct lur_onehot *out) {
  int64_t x[3];
  for (int k = 0; k < 3; k++)
    if (!text || !lur_whole_read(cut_word(&text), &x[k]) || x[k] < 0 || x[k] > INT32_MAX)
      return false;
  *out = (struct lur_onehot){.first = (int)x[0], .n = (int)x[1], .name_bytes = (int)x[2]};
  return !text;
}

static int read_onehots(struct reader *r, struct lur_network *n) {
  const int n_inputs = n->shape.width[0];
  char *rest = take(r, "onehot");
  if (rest && !(n->onehot = lur_alloc((size_t)n_inputs, sizeof *n->onehot)))
    return lur_fail_memory(r->e);
  for (int least = 0; rest; rest = take(r, "onehot")) {
    struct lur_onehot o;
    if (!n->input_names || !read_onehot(rest, &o) || o.first < least || o.n < 1 || o.first > n_inputs - o.n ||
        !is_onehot(n, &o))
      return fail(r, "the first input, the number of inputs, and the bytes of their column's name are expected");
    least = o.first + o.n;
    n->onehot[n->n_onehot++] = o;
  }
  return LUR_OK;
}

static bool is_next(const struct reader *r, const char *word) {
  const size_t n = strlen(word);
  return (size_t)(r->end - r->next) > n && strncmp(r->next, word, n) == 0 && r->next[n] == ' ';
}

static int read_fill(struct reader *r, struct lur_network *n) {
  const int n_inputs = n->shape.width[0];
  if (!is_next(r, "fill"))
    return LUR_OK;
  if (!(n->fill = lur_alloc((size_t)n_inputs, sizeof *n->fill)))
    return lur_fail_memory(r->e);
  if (read_numbers(r, "fill", n_inputs, n->fill) != LUR_OK)
    return LUR_EINPUT;
  for (int k = 0; k < n_inputs; k++)
    if (!isfinite(n->fill[k]))
      return fail(r, "what stands in place of a missing input is finite");
  return LUR_OK;
}

static int read_labels(struct reader *r, struct lur_network *n) {
  int code = read_names(r, "input", n->shape.width[0], &n->input_names);
  if (!code)
    code = read_onehots(r, n);
  const char *unknown = code ? NULL : take(r, "unknown");
  if (unknown && strcmp(unknown, "zeros") != 0)
    return fail(r, "no such choice");
  n->unknown_is_zeros = unknown != NULL;
  if (!code)
    code = read_fill(r, n);
  return code ? code : read_names(r, "output", n->shape.width[n->shape.n_layers], &n->output_names);
}

/* Two lines of `width` numbers, if there are any. */
static int read_two_lines(struct reader *r, const char *shift_word, const char *scale_word, int width, double **shift,
                          double **scale) {
  if (!is_next(r, shift_word))
    return LUR_OK;
  *shift = lur_alloc((size_t)width, sizeof **shift);
  *scale = lur_alloc((size_t)width, sizeof **scale);
  if (!*shift || !*scale)
    return lur_fail_memory(r->e);
  if (read_numbers(r, shift_word, width, *shift) != LUR_OK || read_numbers(r, scale_word, width, *scale) != LUR_OK)
    return LUR_EINPUT;
  for (int i = 0; i < width; i++)
    if (!isfinite((*shift)[i]) || !isfinite((*scale)[i]) || (*scale)[i] == 0)
      return fail(r, "a scaling is finite, and its scale is not 0");
  return LUR_OK;
}

static int read_scaling(struct reader *r, struct lur_network *n) {
  const int code = read_two_lines(r, "shift", "scale", n->shape.width[0], &n->shift, &n->scale);
  const int n_outputs = n->shape.width[n->shape.n_layers];
  return code ? code : read_two_lines(r, "target_shift", "target_scale", n_outputs, &n->target_shift, &n->target_scale);
}

/* The next line as it stands, without its end; NULL where there is none. */
static const char *take_line(struct reader *r) {
  char *line = r->next, *stop = memchr(line, '\n', (size_t)(r->end - line));
  if (!stop || memchr(line, '\0', (size_t)(stop - line)))
    return NULL;
  stop[r->crlf && stop > line && stop[-1] == '\r' ? -1 : 0] = '\0';
  r->next = stop + 1;
  r->line++;
  return line;
}

/* "1 swish 6", and so many lines of a program. */
static int read_function(struct reader *r, struct lur_network *n, char *rest) {
  struct lur_buffer text = {0};
  struct lur_error why = {0};
  int layer, n_lines;
  const char *number = cut_word(&rest), *name = rest ? cut_word(&rest) : "", *line = "";
  if (!rest || !read_width(number, &layer) || layer > n->shape.n_layers || !lur_program_name_fits(name) ||
      !read_width(rest, &n_lines))
    return fail(r, "a layer, a name and a number of lines are expected");
  for (int i = 0; i < n_lines && (line = take_line(r)) != NULL; i++)
    lur_buffer_format(&text, "%s\n", line);
  struct lur_program *p = line && text.data && !text.failed ? lur_program_read(text.data, &why) : NULL;
  lur_buffer_free(&text);
  const bool good = p && p->role == LUR_ROLE_ACTIVATION && p->n_numbers == 0;
  int rc = good ? lur_network_set_function(n, layer - 1, name, p, 0, NULL, NULL, r->e) : LUR_EINPUT;
  lur_program_free(p);
  return good ? rc : fail(r, why.text[0] ? why.text : "the program of an activation is expected");
}

static int read_functions(struct reader *r, struct lur_network *n) {
  char *rest;
  int rc = LUR_OK;
  while (!rc && (rest = take(r, "function")) != NULL)
    rc = read_function(r, n, rest);
  return rc;
}

static bool all_single(const double *x, int n) {
  for (int i = 0; i < n; i++)
    if (!isnan(x[i]) && (double)(float)x[i] != x[i])
      return false;
  return true;
}

static int read_units(struct reader *r, struct lur_network *n) {
  const struct lur_shape *s = &n->shape;
  double *p = n->parameters;
  for (int l = 0; l < s->n_layers; l++)
    for (int j = 0, n_inputs = lur_shape_fan_in(s, l); j < s->width[l + 1]; j++) {
      if (read_numbers(r, "unit", n_inputs + s->bias, p) != LUR_OK)
        return LUR_EINPUT;
      if (s->precision == LUR_SINGLE && !all_single(p, n_inputs + 1))
        return fail(r, "a number that single precision cannot hold");
      p += n_inputs + 1;
    }
  return LUR_OK;
}

/* 0, and e filled, where there is none that this luron knows. */
static int read_version(struct reader *r) {
  const char *text = need(r, MAGIC);
  int64_t version = 0;
  if (!text)
    return 0;
  if (strlen(text) == 1 && lur_whole_read(text, &version) && version >= VERSION && version <= VERSION_WITH_NAMES)
    return (int)version;
  fail(r, "a version of the format that this luron does not know");
  return 0;
}

static struct lur_network *read_network(struct reader *r) {
  struct lur_shape shape = {0};
  const int version = read_version(r);
  if (!version || read_shape(r, &shape) != LUR_OK)
    return NULL;
  if (version >= VERSION_WITH_SHORTCUTS && read_shortcuts(r, &shape) != LUR_OK)
    return NULL;
  if (lur_shape_n_parameters(&shape) > (size_t)(r->end - r->next)) { /* a number is two bytes; a bias may be absent */
    fail(r, "the file is too short for these widths");
    return NULL;
  }
  struct lur_network *n = lur_network_new(&shape, r->e);
  if (!n)
    return NULL;
  const char *rest = NULL;
  if ((version < VERSION_WITH_FUNCTIONS || read_functions(r, n) == LUR_OK) && read_scaling(r, n) == LUR_OK &&
      read_classes(r, n) == LUR_OK && (version < VERSION_WITH_NAMES || read_labels(r, n) == LUR_OK) &&
      read_units(r, n) == LUR_OK)
    rest = need(r, "end");
  if (rest && *rest == '\0' && r->next == r->end)
    return n;
  if (rest)
    fail(r, "more after the end");
  lur_network_free(n);
  return NULL;
}

struct lur_network *lur_network_read(const char *name, const char *text, size_t n_bytes, struct lur_error *e) {
  char *copy = lur_alloc(n_bytes + 1, 1);
  struct lur_network *n = NULL;
  if (copy) {
    struct reader r = {.name = name, .e = e};
    /* Reads a copy of the text; other programs write its line ends as CRLF, and a byte order mark before it. */
    if (n_bytes)
      memcpy(copy, text, n_bytes);
    const char *stop = memchr(copy, '\n', n_bytes);
    r.crlf = stop && stop > copy && stop[-1] == '\r';
    r.next = copy + lur_byte_order_mark(copy);
    r.end = copy + n_bytes;
    if (lur_foreign_check(name, "a saved network", copy, n_bytes, false, e) == LUR_OK)
      n = read_network(&r);
  } else {
    lur_fail_memory(e);
  }
  free(copy);
  return n;
}

struct lur_network *lur_network_load(const char *path, struct lur_error *e) {
  size_t n_bytes;
  char *text = lur_file_read(path, &n_bytes, e);
  struct lur_network *n = text ? lur_network_read(path, text, n_bytes, e) : NULL;
  free(text);
  return n;
}
