/* SPDX-License-Identifier: MIT
 * A scanner of Lua's tokens, just good enough to tell the entries of a table constructor apart. It never fails: a text
 * that it does not understand is one where nothing is found. Reentrant. */
#include "reading/find_line.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

enum token { T_END, T_NAME, T_TEXT, T_NUMBER, T_EQUAL, T_OTHER };

struct scan {
  const char *at, *end;
  int line;    /* of the token */
  int line_at; /* of `at` */
  enum token kind;
  const char *start; /* the token's bytes; of a text, what is between its quotes */
  size_t n;
};

static int peek(const struct scan *s, size_t i) {
  return (size_t)(s->end - s->at) > i ? (unsigned char)s->at[i] : -1;
}

static void step(struct scan *s) {
  if (*s->at++ == '\n')
    s->line_at++;
}

/* The level of a long bracket that opens here, or -1. */
static int long_level(const struct scan *s) {
  size_t i = 1;
  if (peek(s, 0) != '[')
    return -1;
  while (peek(s, i) == '=')
    i++;
  return peek(s, i) == '[' ? (int)i - 1 : -1;
}

static bool closes_here(const struct scan *s, int level) {
  if (peek(s, 0) != ']' || peek(s, (size_t)level + 1) != ']')
    return false;
  for (int i = 1; i <= level; i++)
    if (peek(s, (size_t)i) != '=')
      return false;
  return true;
}

static void skip_long(struct scan *s, int level) {
  s->at += level + 2;
  s->start = s->at;
  while (s->at < s->end && !closes_here(s, level))
    step(s);
  s->n = (size_t)(s->at - s->start);
  s->at = (size_t)(s->end - s->at) < (size_t)level + 2 ? s->end : s->at + level + 2;
}

static void skip_quoted(struct scan *s) {
  char quote = *s->at++;
  s->start = s->at;
  while (s->at < s->end && *s->at != quote) {
    if (*s->at == '\\' && s->at + 1 < s->end)
      step(s);
    step(s);
  }
  s->n = (size_t)(s->at - s->start);
  if (s->at < s->end)
    s->at++;
}

static void skip_blank(struct scan *s) {
  while (s->at < s->end) {
    if (isspace(peek(s, 0))) {
      step(s);
    } else if (peek(s, 0) == '-' && peek(s, 1) == '-') {
      s->at += 2;
      int level = long_level(s);
      if (level >= 0)
        skip_long(s, level);
      else
        while (s->at < s->end && *s->at != '\n')
          s->at++;
    } else {
      return;
    }
  }
}

static void take_word(struct scan *s) {
  s->kind = isdigit(peek(s, 0)) ? T_NUMBER : T_NAME;
  while (isalnum(peek(s, 0)) || peek(s, 0) == '_' || (s->kind == T_NUMBER && peek(s, 0) == '.'))
    s->at++;
  s->n = (size_t)(s->at - s->start);
}

static void take_sign(struct scan *s) {
  s->kind = T_OTHER;
  s->n = 1;
  bool doubled = peek(s, 1) == '=' && strchr("=~<>", *s->at);
  if (!doubled && *s->at == '=')
    s->kind = T_EQUAL;
  s->at += doubled ? 2 : 1;
}

static void next(struct scan *s) {
  skip_blank(s);
  s->line = s->line_at;
  s->start = s->at;
  s->n = 0;
  int level = long_level(s);
  if (s->at >= s->end) {
    s->kind = T_END;
  } else if (isalnum(peek(s, 0)) || peek(s, 0) == '_') {
    take_word(s);
  } else if (*s->at == '"' || *s->at == '\'') {
    s->kind = T_TEXT;
    skip_quoted(s);
  } else if (level >= 0) {
    s->kind = T_TEXT;
    skip_long(s, level);
  } else {
    take_sign(s);
  }
}

static bool is(const struct scan *s, char sign) {
  return s->kind == T_OTHER && *s->start == sign;
}

static bool spells(const struct scan *s, const char *word, size_t n) {
  return s->n == n && memcmp(s->start, word, n) == 0;
}

static bool is_word(const struct scan *s, const char *word) {
  return s->kind == T_NAME && spells(s, word, strlen(word));
}

/* How much deeper in blocks and brackets one is after this token. */
static int deeper(const struct scan *s) {
  if (is(s, '{') || is(s, '(') || is(s, '['))
    return 1;
  if (is(s, '}') || is(s, ')') || is(s, ']'))
    return -1;
  if (is_word(s, "function") || is_word(s, "do") || is_word(s, "if") || is_word(s, "repeat"))
    return 1;
  return is_word(s, "end") || is_word(s, "until") ? -1 : 0;
}

/* From an entry's first token to the `,`, `;` or closing bracket that ends it. */
static void skip_value(struct scan *s) {
  int depth = 0;
  for (; s->kind != T_END; next(s)) {
    if (depth == 0 && (is(s, ',') || is(s, ';') || is(s, '}')))
      return;
    depth += deeper(s);
  }
}

struct key {
  const char *start; /* NULL: none was written */
  size_t n;
  int line;
};

/* Reads `name =` or `["name"] =` and stands at the value, else stays. */
static struct key take_key(struct scan *s) {
  struct scan ahead = *s;
  bool bracket = is(s, '[');
  if (bracket)
    next(&ahead);
  struct key k = {ahead.start, ahead.n, ahead.line};
  bool word = ahead.kind == (bracket ? T_TEXT : T_NAME);
  next(&ahead);
  if (bracket && is(&ahead, ']'))
    next(&ahead);
  if (!word || ahead.kind != T_EQUAL)
    return (struct key){NULL, 0, s->line};
  next(&ahead);
  *s = ahead;
  return k;
}

/* Stands at the first token after a `{` that opens the value (after a callee and `(`, where there is one). */
static bool enter_table(struct scan *s) {
  for (; s->kind != T_END; next(s)) {
    if (is(s, '{')) {
      next(s);
      return true;
    }
    if (s->kind != T_NAME && !is(s, '.') && !is(s, ':') && !is(s, '('))
      return false;
    if (is_word(s, "function"))
      return false;
  }
  return false;
}

static int find_in_table(struct scan *s, const char *path) {
  size_t n = strcspn(path, ".");
  int found = 0;
  while (s->kind != T_END && !is(s, '}')) {
    struct key k = take_key(s);
    if (k.start && k.n == n && memcmp(k.start, path, n) == 0) {
      struct scan inner = *s;
      int deep = path[n] && enter_table(&inner) ? find_in_table(&inner, path + n + 1) : 0;
      found = deep ? deep : k.line;
    }
    skip_value(s);
    if (!is(s, '}'))
      next(s);
  }
  return found;
}

/* Stands inside the item-th entry of the list that one is in. */
static bool enter_item(struct scan *s, int item) {
  for (int i = 1; s->kind != T_END && !is(s, '}'); next(s)) {
    struct key k = take_key(s);
    if (!k.start && i++ == item)
      return enter_table(s);
    skip_value(s);
    if (is(s, '}'))
      return false;
  }
  return false;
}

static bool find_call(struct scan *s, const struct lur_place *place) {
  for (; s->kind != T_END && s->line <= place->line; next(s)) {
    if (s->line < place->line || s->kind != T_NAME)
      continue;
    if (place->callee[0] && !spells(s, place->callee, strlen(place->callee)))
      continue;
    struct scan ahead = *s;
    next(&ahead);
    if (is(&ahead, '('))
      next(&ahead);
    if (is(&ahead, '{')) {
      *s = ahead;
      next(s);
      return true;
    }
  }
  return false;
}

/* Stands at the first entry of the table that the chunk returns, or, where it returns something else, there. */
static bool find_return(struct scan *s, const struct lur_place *place) {
  for (int depth = 0; s->kind != T_END; next(s)) {
    if (depth == 0 && is_word(s, "return")) {
      next(s);
      struct scan value = *s;
      bool there = enter_table(s) && (!place->item || enter_item(s, place->item));
      if (!there)
        *s = value;
      return there;
    }
    depth += deeper(s);
  }
  return false;
}

int lur_find_line(const char *text, size_t n_bytes, const struct lur_place *place, const char *path) {
  struct scan s = {.at = text, .end = text + n_bytes, .line_at = 1};
  if (n_bytes && *text == '#')
    while (s.at < s.end && *s.at != '\n')
      s.at++;
  next(&s);
  bool there = place->line ? find_call(&s, place) : find_return(&s, place);
  int first = s.line, found = there ? find_in_table(&s, path) : 0;
  return found || place->line ? found : first;
}
