/* SPDX-License-Identifier: MIT
 * Reads --sandbox, --memory, --time and --allow-read, and enters the sandbox before a command does anything else. */
#include "cli/sandbox.h"

#include <stdio.h>
#include <string.h>

#include "base/digits.h"
#include "session/into_file.h"

bool lur_duration_read(const char *text, uint64_t *ns) {
  static const struct {
    const char *unit;
    double ns;
  } units[] = {{"", 1e9}, {"s", 1e9}, {"ms", 1e6}, {"m", 60e9}, {"min", 60e9}, {"h", 3600e9}};
  char *end;
  double x = lur_digits_parse(text, &end);
  if (end == text || !(x > 0))
    return false;
  for (size_t i = 0; i < sizeof units / sizeof *units; i++)
    if (strcmp(end, units[i].unit) == 0 && x * units[i].ns < 1e18) {
      *ns = (uint64_t)(x * units[i].ns);
      return true;
    }
  return false;
}

/* 512M, 2G, 64K, or bytes: powers of 1024. */
static bool read_size(const char *text, uint64_t *bytes) {
  static const char units[] = "KMGT";
  uint64_t n;
  if (!lur_count_take(&text, 1, UINT64_C(1) << 40, &n))
    return false;
  const char *unit = *text ? strchr(units, *text) : NULL;
  const int shift = unit ? 10 * (int)(unit - units + 1) : 0;
  text += unit != NULL;
  *bytes = n << shift;
  return *text == '\0' && *bytes >> shift == n && *bytes <= UINT64_C(1) << 46;
}

static int read_limits(const struct lur_arguments *a, struct lur_sandbox *s) {
  const char *folder[LUR_MAX_GIVEN], *memory = lur_argument(a, "memory"), *time = lur_argument(a, "time");
  const int n = lur_argument_all(a, "allow-read", folder);
  s->memory = memory ? memory : "512M";
  s->time = time ? time : "60s";
  if (!read_size(s->memory, &s->memory_bytes))
    return lur_usage_error("--memory", "\"%s\" is not a size such as 512M 2G", s->memory);
  if (!lur_duration_read(s->time, &s->time_ns))
    return lur_usage_error("--time", "\"%s\" is not a time such as 30s 5m 2h", s->time);
  if (n > LUR_SANDBOX_FOLDERS)
    return lur_usage_error("--allow-read", "at most %d folders", LUR_SANDBOX_FOLDERS);
  s->n_folders = n;
  memcpy(s->folder, folder, (size_t)n * sizeof *folder);
  return LUR_EXIT_OK;
}

static const char *const others[] = {"--memory", "--time", "--allow-read", NULL};

bool lur_sandbox_has(const char *option) {
  int i = 0;
  while (others[i] && strcmp(others[i] + 2, option) != 0)
    i++;
  return others[i];
}

bool lur_sandbox_begin(const struct lur_arguments *a, const char *what, struct lur_sandbox *s, int *code) {
  static const char *const outside[] = {"--checkpoint", "--reuse", "--slurm", NULL};
  const bool wanted = lur_argument(a, "sandbox") != NULL;
  const char *other = lur_argument_among(a, wanted ? outside : others);
  *code = LUR_EXIT_OK;
  if (other && wanted)
    *code = lur_usage_error(other, "does not go with --sandbox");
  else if (other)
    *code = lur_usage_error(other, "goes with --sandbox");
  else if (wanted)
    *code = read_limits(a, s);
  if (*code || !wanted)
    return !*code;
  s->what = what;
  return lur_sandbox_enter(s, code);
}

void lur_sandbox_name_results(struct lur_sandbox *s, const char *script, const char *out) {
  char slug[64];
  s->is_beginning = !out;
  lur_sweep_slug(script, slug);
  if (out)
    snprintf(s->results, sizeof s->results, "%s", out);
  else
    snprintf(s->results, sizeof s->results, "results/%s-", slug);
}
