-- SPDX-License-Identifier: MIT
-- Functions that cannot be traced, each with one mistake: every one is answered by one message with the line and what
-- to write instead. wrong.txt has a case a line, `ROLE: TEXT  -->  MESSAGE`; with LURON_TEST_UPDATE set, the messages
-- that came are written into it.
local luron = require "luron"

local path = debug.getinfo(1, "S").source:sub(2):gsub("lua$", "txt")
local params = { slope = 1, kind = "soft" }

-- In the text, \n stands for a new line.
local function answer(role, text)
  local state = role:match "^rule%((.*)%)$"
  local chunk = text:gsub("\\n", "\n")
  if state then
    state = state:gsub("%a+", '"%0"')
    chunk = ("return luron.optimizer { state = { %s }, update = function(w, g, s, h, p) %s end }"):format(state, chunk)
  end
  local f = assert(load(chunk, "=own.lua", "t", setmetatable({ luron = luron }, { __index = _G })))()
  local ok, message = pcall(luron.trace, state and "optimizer" or role, f, params)
  return ok and "nothing was raised" or tostring(message)
end

local lines, n, failed = {}, 0, 0
for line in io.lines(path) do
  local role, text, expected = line:match "^(%S+): (.-)%s+%-%->%s*(.*)$"
  if role then
    local message = answer(role, text)
    n = n + 1
    line = ("%s: %s  -->  %s"):format(role, text, message)
    if message ~= expected or not message:match "^own%.lua:%d+: %l+: " then
      failed = failed + 1
      print(("%s: %s\n  expected: %s\n  came:     %s"):format(role, text, expected, message))
    end
  end
  lines[#lines + 1] = line
end
if os.getenv "LURON_TEST_UPDATE" then
  local out <close> = assert(io.open(path, "w"))
  out:write(table.concat(lines, "\n"), "\n")
end
print(n - failed .. " of " .. n .. " answers as expected")
os.exit(failed == 0 and n >= 60)
