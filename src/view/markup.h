/* SPDX-License-Identifier: MIT
 * Text in XML and HTML. Reentrant. */
#ifndef LUR_VIEW_MARKUP_H
#define LUR_VIEW_MARKUP_H

#include "base/buffer.h"

/* Bytes of the character that begins here: UTF-8, and one that XML has; 0 where there is none. */
size_t lur_markup_character(const char *text);
/* Escaped for an element or a quoted attribute; what is no UTF-8, or no character of XML, becomes "?". */
void lur_markup_text(const char *text, struct lur_buffer *out);
/* <name>text</name> */
void lur_markup_element(const char *name, const char *text, struct lur_buffer *out);
/* A JSON string in its quotes, which may stand in an element script: "<", ">" and "&" are escaped too. */
void lur_markup_json(const char *text, struct lur_buffer *out);
void lur_markup_base64(const void *bytes, size_t n, struct lur_buffer *out);

#endif
