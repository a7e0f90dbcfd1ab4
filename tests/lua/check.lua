-- SPDX-License-Identifier: MIT
-- What the tests in Lua share. A test is a script that luron runs; the first check that does not hold ends it.
local check = {}

function check.equal(found, expected, what)
  if found ~= expected and not (found ~= found and expected ~= expected) then
    error(("%s: found %s, expected %s"):format(what or "value", tostring(found), tostring(expected)), 2)
  end
end

function check.near(found, expected, tolerance, what)
  local is_near = math.abs(found - expected) <= tolerance -- false for NaN
  if not is_near then
    error(("%s: found %.17g, expected %.17g"):format(what or "value", found, expected), 2)
  end
end

-- f raises, and its message is this text behind file and line.
function check.raises(text, f, ...)
  local ok, message = pcall(f, ...)
  if ok then
    error("nothing was raised, expected: " .. text, 2)
  end
  local found = tostring(message):gsub("^[^:]+:%d+: ", "")
  if found ~= text then
    error(("raised: %s\nexpected: %s"):format(found, text), 2)
  end
end

return check
