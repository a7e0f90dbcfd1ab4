/* SPDX-License-Identifier: MIT
 * Scripts in which the line of a field is looked for: any text has an answer, 0 or one of its lines. */
#include <stdlib.h>

#include "fuzz.h"
#include "reading/find_line.h"

const char *const fuzz_samples[] = {
    "#!/usr/bin/env luron\nlocal luron = require \"luron\"\n-- seed = 1\nreturn luron.experiment {\n  seed = 1,\n"
    "  [\"epochs\"] = 3; stop = { loss = 0.1, error = 0.5 },\n  log = function(r) if r then return { seed = 2 } end "
    "end,\n"
    "  name = [==[ ]] seed = 3 ]==],\n  --[[ seed = 4\n]] inputs = { {0, 1}, {1, 0} },\n}\n",
    "local function f() repeat local x = { seed = 1 } until x return { seed = 2 } end\nreturn {\n"
    "  { seed = 1 },\n  luron.experiment({ seed = 'a\\'b', stop = {\n    error = 1 } }),\n}\n",
};
const size_t fuzz_n_samples = sizeof fuzz_samples / sizeof *fuzz_samples;
const char *const fuzz_words[] = {"{",          "}",    "(",        "[",  "]",        "[[",       "]]",
                                  "--",         "--[[", "=",        "==", ",",        ";",        "\"",
                                  "'",          "\\",   "end",      "do", "function", "if",       "return",
                                  "experiment", "seed", "stop = {", "\n", "[==[",     "return {", "..."};
const size_t fuzz_n_words = sizeof fuzz_words / sizeof *fuzz_words;

static int count_lines(const uint8_t *text, size_t n) {
  int lines = 1;
  for (size_t i = 0; i < n; i++)
    lines += text[i] == '\n';
  return lines;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
  static const struct lur_place places[] = {{4, "experiment", 0}, {4, "", 0}, {1, "", 0}, {0, "", 0}, {0, "", 2}};
  static const char *const paths[] = {"seed", "stop.error", "stop.missing", "", ".", "a.b.c.d"};
  int lines = count_lines(bytes, n);
  for (size_t i = 0; i < sizeof places / sizeof *places; i++)
    for (size_t k = 0; k < sizeof paths / sizeof *paths; k++) {
      int line = lur_find_line((const char *)bytes, n, &places[i], paths[k]);
      if (line < 0 || line > lines)
        abort();
    }
  return 0;
}
