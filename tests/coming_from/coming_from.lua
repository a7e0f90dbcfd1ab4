-- SPDX-License-Identifier: MIT
-- docs/coming-from.md, row by row: what a peer computed (the files beside this one; its generator says with what), and
-- what luron computes with the row's fields, in its second column. The third says how far apart they are.
--     luron run coming_from.lua PAGE FOLDER [-u]      -u writes the differences that were found into the page
local luron = require "luron"
local path, folder, update = arg[1], arg[2], arg[3] == "-u"
local CLOSE, STARTS = 1e-9, 300
local DRAWN = { "inputs", "targets", "weights", "biases", "epochs" }

local function read(name)
  local file = assert(io.open(name, "rb"))
  local text = file:read "a"
  file:close()
  return text
end

-- Layer by layer the weights, unit by unit, and then the biases.
local function in_order(net)
  local flat = {}
  for layer = 1, #net.weights do
    for j = 1, #net.weights[layer] do
      for i = 1, #net.weights[layer][j] do flat[#flat + 1] = net.weights[layer][j][i] end
    end
    for j = 1, #net.biases[layer] do flat[#flat + 1] = net.biases[layer][j] end
  end
  return flat
end

local function farthest(found, wanted)
  assert(#found == #wanted, ("%d numbers, expected %d"):format(#found, #wanted))
  local far = 0
  for i = 1, #found do
    local d = math.abs(found[i] - wanted[i])
    local is_nearer = d <= far -- false for NaN, which stays
    if not is_nearer then far = d end
  end
  return far
end

-- The case with what the peer drew itself, and with a row's fields.
local function whole(case, fields, peer)
  local all = {}
  for name, value in pairs(case) do all[name] = value end
  for _, name in ipairs(DRAWN) do all[name] = peer[name] or all[name] end
  for name, value in pairs(fields) do all[name] = value end
  return all
end

-- What a peer's entry holds of a run beside its parameters, by the name that luron has for it.
local function difference(case, fields, peer)
  local run = luron.experiment(whole(case, fields, peer)):run()
  local far = peer.parameters and farthest(in_order(run.network), peer.parameters) or 0
  for _, name in ipairs { "loss", "epochs" } do
    if peer[name] then far = math.max(far, farthest({ run[name] }, { peer[name] })) end
  end
  if peer.outputs then
    local outputs = {}
    for _, x in ipairs(case.inputs) do
      for _, o in ipairs(run.network:forward(x)) do outputs[#outputs + 1] = o end
    end
    far = math.max(far, farthest(outputs, peer.outputs))
  end
  return far
end

-- Of a start, of each layer's weights and biases: deviation and mean size over many seeds, within three standard errors
-- of a normal's deviation.
local function same_start(case, fields, peer)
  local drawn = whole(case, fields, peer)
  drawn.weights, drawn.biases, drawn.epochs = nil, nil, 0
  local e = luron.experiment(drawn)
  local groups = { 6, 9, 12, 13 } -- the last parameter of each
  local sums = {}
  for k = 1, #groups do sums[k] = { n = 0, squares = 0, sizes = 0 } end
  for seed = 1, STARTS do
    local k = 1
    for i, w in ipairs(in_order(e:run({ seed = seed }).network)) do
      if i > groups[k] then k = k + 1 end
      local s = sums[k]
      s.n, s.squares, s.sizes = s.n + 1, s.squares + w * w, s.sizes + math.abs(w)
    end
  end
  for k, s in ipairs(sums) do
    for at, found in ipairs { math.sqrt(s.squares / s.n), s.sizes / s.n } do
      local wanted = peer.start[2 * k - 2 + at]
      local is_near = math.abs(found - wanted) <= 3 / math.sqrt(2 * s.n) * wanted
      if not is_near then
        return ("of group %d found %.4g, expected %.4g"):format(k, found, wanted)
      end
    end
  end
end

-- What a chunk of the page's Lua gives; of a case, its table of fields.
local function value_of(text, name)
  return assert(load(text, "=" .. name, "t"))()
end
local function fields_of(text)
  local table_alone = { experiment = function(fields) return fields end }
  return assert(load(text, "=the case", "t", { require = function() return table_alone end }))()
end

local function said(stated, measured)
  if measured ~= measured then return "not a number" end
  local number, reason = stated:match "^([%d.e+-]+)(.*)$"
  if not tonumber(number) then return "no number is stated" end
  if ("%.1e"):format(tonumber(number)) ~= ("%.1e"):format(measured) then return ("found %.1e"):format(measured) end
  if measured > CLOSE and not reason:match "^: %a" then return "far, and no reason is given" end
end

local function check(row)
  if not row.peer then return "the generator's numbers do not have this row" end
  local code = {}
  for piece in row.fields:gmatch "`([^`]+)`" do code[#code + 1] = piece end
  local fields = value_of(row.before .. "\nreturn { " .. table.concat(code, ", ") .. " }", row.fields)
  if row.peer.start then
    return row.stated:match "^other draws" and same_start(row.case, fields, row.peer) or
      (not row.stated:match "^other draws" and "other draws are not stated") or nil
  end
  local measured = difference(row.case, fields, row.peer)
  row.found = ("%.1e"):format(measured):gsub("^0.0e%+00$", "0"):gsub("e%-0", "e-")
  return said(row.stated, measured)
end

-- The page, line by line: cases are blocks that return an experiment; other blocks belong to their section's rows.
local rows, lines, case, peers, common, before, block = {}, {}, nil, {}, "local luron = require 'luron'\n", nil, nil
for line in read(path):gmatch "([^\n]*)\n" do
  lines[#lines + 1] = line
  if line == "```lua" then
    block = {}
  elseif line == "```" and block then
    local text = table.concat(block, "\n")
    if text:match "return luron.experiment" then
      case = fields_of(text)
    elseif before then
      before = before .. text .. "\n"
    else
      common = common .. text .. "\n"
    end
    block = nil
  elseif block then
    block[#block + 1] = line
  elseif line:match "^## " then
    local name = folder .. "/" .. line:sub(4):lower():gsub("%W+", "_") .. ".lua"
    local file = io.open(name)
    if file then file:close() end
    peers, before = file and dofile(name) or {}, line ~= "## The case" and common or nil
  elseif line:match "^| .*`" then
    local there, here, stated = line:match "^| (.-) | (.-) | (.-) |$"
    assert(there, "a row has three columns: " .. line)
    rows[#rows + 1] = { there = there, fields = here, stated = stated, before = before, case = case, at = #lines,
      peer = peers[there] }
  end
end

print("1.." .. #rows)
local n_failed = 0
for i, row in ipairs(rows) do
  local ok, problem = pcall(check, row)
  if not ok or problem then n_failed = n_failed + 1 end
  print(("%s %d %s"):format(ok and not problem and "ok" or "not ok", i, row.there:gsub("`", "")))
  if problem then print("# " .. tostring(problem):gsub("\n", "\n# ")) end
  if update and row.found then
    local rest = row.stated:match "^[%d.e+-]+(.*)$" or row.stated:match "^%?(.*)$" or ""
    lines[row.at] = ("| %s | %s | %s%s |"):format(row.there, row.fields, row.found, rest)
  end
end
if update then
  local file = assert(io.open(path, "wb"))
  file:write(table.concat(lines, "\n"), "\n")
  file:close()
end
if n_failed > 0 then os.exit(1) end
