/* SPDX-License-Identifier: MIT
 * Escapes and base64 (RFC 4648). */
#include "view/markup.h"

#include <stdint.h>
#include <string.h>

#include "base/utf8.h"

size_t lur_markup_character(const char *text) {
  const unsigned char *p = (const unsigned char *)text;
  size_t n = lur_utf8_bytes(text);
  return n == 3 && p[0] == 0xef && p[1] == 0xbf && p[2] >= 0xbe ? 0 : n; /* XML knows no U+FFFE and U+FFFF */
}

void lur_markup_text(const char *text, struct lur_buffer *out) {
  for (const char *p = text ? text : ""; *p;) {
    size_t n = lur_markup_character(p);
    switch (*p) {
    case '&': lur_buffer_text(out, "&amp;"); break;
    case '<': lur_buffer_text(out, "&lt;"); break;
    case '>': lur_buffer_text(out, "&gt;"); break;
    case '"': lur_buffer_text(out, "&quot;"); break;
    case '\'': lur_buffer_text(out, "&#39;"); break;
    case '\n':
    case '\t': lur_buffer_add(out, p, 1); break;
    default:
      if (n == 0 || (unsigned char)*p < ' ')
        lur_buffer_text(out, "?");
      else
        lur_buffer_add(out, p, n);
    }
    p += n ? n : 1;
  }
}

void lur_markup_element(const char *name, const char *text, struct lur_buffer *out) {
  lur_buffer_format(out, "<%s>", name);
  lur_markup_text(text, out);
  lur_buffer_format(out, "</%s>", name);
}

void lur_markup_json(const char *text, struct lur_buffer *out) {
  lur_buffer_text(out, "\"");
  for (const char *p = text ? text : ""; *p;) {
    size_t n = lur_markup_character(p);
    if (n == 0)
      lur_buffer_text(out, "?");
    else if (n == 1 && ((unsigned char)*p < ' ' || strchr("\"\\<>&", *p)))
      lur_buffer_format(out, "\\u%04x", (unsigned char)*p);
    else
      lur_buffer_add(out, p, n);
    p += n ? n : 1;
  }
  lur_buffer_text(out, "\"");
}

void lur_markup_base64(const void *bytes, size_t n, struct lur_buffer *out) {
  static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const uint8_t *p = bytes;
  char text[256];
  size_t length = 0;
  for (size_t i = 0; i < n; i += 3) {
    uint32_t x = (uint32_t)p[i] << 16 | (i + 1 < n ? (uint32_t)p[i + 1] << 8 : 0) | (i + 2 < n ? p[i + 2] : 0);
    text[length++] = digits[x >> 18];
    text[length++] = digits[x >> 12 & 63];
    text[length++] = i + 1 < n ? digits[x >> 6 & 63] : '=';
    text[length++] = i + 2 < n ? digits[x & 63] : '=';
    if (length == sizeof text) {
      lur_buffer_add(out, text, length);
      length = 0;
    }
  }
  lur_buffer_add(out, text, length);
}
