/* SPDX-License-Identifier: MIT
 * Looking at UTF-8 byte by byte. */
#include "base/utf8.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

size_t lur_utf8_bytes(const char *text) {
  const unsigned char *p = (const unsigned char *)text;
  size_t n = p[0] < 0x80 ? 1 : p[0] >= 0xc2 && p[0] < 0xe0 ? 2 : (p[0] & 0xf0) == 0xe0 ? 3 : 0;
  if (p[0] >= 0xf0 && p[0] < 0xf5)
    n = 4;
  for (size_t i = 1; i < n; i++)
    if ((p[i] & 0xc0) != 0x80)
      return 0;
  if (n == 3 && ((p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xed && p[1] >= 0xa0)))
    return 0;
  if (n == 4 && ((p[0] == 0xf0 && p[1] < 0x90) || (p[0] == 0xf4 && p[1] >= 0x90)))
    return 0;
  return n;
}

void lur_utf8_tame(char *text) {
  while (*text) {
    unsigned char *p = (unsigned char *)text;
    size_t n = lur_utf8_bytes(text);
    if (n == 0 || (n == 1 && (p[0] < ' ' || p[0] == 0x7f) && p[0] != '\n' && p[0] != '\t'))
      p[0] = '?';
    else if (n == 2 && p[0] == 0xc2 && p[1] < 0xa0) /* U+0080 .. U+009F */
      p[0] = p[1] = '?';
    text += n ? n : 1;
  }
}

const char *lur_utf8_line(const char *text, char *out, size_t room) {
  size_t n = strlen(text);
  bool cut = n >= room;
  if (cut)
    for (n = room - 4; n > 0 && ((unsigned char)text[n] & 0xc0) == 0x80; n--) /* not within a character */
      ;
  memcpy(out, text, n);
  memcpy(out + n, cut ? "..." : "", cut ? 4 : 1);
  for (char *p = out; *p; p++)
    if (strchr("\t\n\v\f\r", *p))
      *p = ' ';
  lur_utf8_tame(out);
  return out;
}

void lur_utf8_tame_line(char *text) {
  for (char *p = text; (p = strchr(p, '\n')) != NULL;)
    *p = '?';
  lur_utf8_tame(text);
}

const char *lur_utf8_name(const char *name, char out[LUR_SHOWN_BYTES]) {
  snprintf(out, LUR_SHOWN_BYTES, "%s", name);
  lur_utf8_tame_line(out);
  return out;
}
