-- SPDX-License-Identifier: MIT
-- The library luron.so and the program luron. In a clone:  luarocks --lua-version 5.4 make packaging/luron-0.1.0-1.rockspec
-- Meson, Ninja and the libraries that README.md names must be there.
rockspec_format = "3.0"
package = "luron"
version = "0.1.0-1"
source = { url = "file://luron-0.1.0.tar.gz" }
description = {
  summary = "Experiments with small neural networks: written in Lua, trained in C",
  license = "MIT",
}
dependencies = { "lua >= 5.4, < 5.5" }
build = {
  type = "command",
  build_command = "test -f build-rock/build.ninja || meson setup build-rock -Dtests=false; ninja -C build-rock",
  install = {
    lib = { luron = "build-rock/src/host/luron.so" },
    bin = { luron = "build-rock/src/luron" },
  },
}
