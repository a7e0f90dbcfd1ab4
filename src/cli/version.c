/* SPDX-License-Identifier: MIT
 * `luron --version`: all that a report of a fault should name. */
#include "cli/command.h"
#include "engine/engine.h"
#include "host/script.h"
#include "store/store.h"

#ifdef __clang__
static const char compiler[] = "clang " __clang_version__;
#else
static const char compiler[] = "gcc " __VERSION__;
#endif

int lur_version_print(void) {
  struct lur_error e;
  const char *isa = lur_isa_name(&e);
  if (!isa)
    return lur_usage_error(e.field, "%s", e.text);
  printf("luron %s\n%s\nSQLite %s\nkernel %s\nbuilt by %s\n", LUR_VERSION, lur_script_lua_version(),
         lur_store_sqlite_version(), isa, compiler);
  return LUR_EXIT_OK;
}
