-- SPDX-License-Identifier: MIT
-- Each entry of the library becomes a program, whose trace is compared with its function. arg: the files.
local luron = require "luron"

for _, path in ipairs(arg) do
  local entry = dofile(path)
  assert(entry.name == path:match("([^/]+)%.lua$"), path)
  assert(entry.meaning and entry.source, path)
  local text = luron.trace(entry.role, entry, {})
  assert(text:match("^" .. entry.role .. "\n") and text:match("\nreturn "), text)
end
assert(#arg >= 48)
