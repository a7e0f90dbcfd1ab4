-- SPDX-License-Identifier: MIT
-- Functions of each role as a user writes them, and the programs that they become.
local luron = require "luron"
local check = require "check"

-- The program, which is indented as the test is.
local function traced(role, f, params)
  return function(expected)
    local found = luron.trace(role, f, params)
    expected = expected:gsub("^\n", ""):gsub("%f[^\n\0] +", "")
    if found ~= expected then error(("found:\n%s\nexpected:\n%s"):format(found, expected), 2) end
  end
end

-- ---- One of each role ----
local function swish(z) return z / (1 + math.exp(-z)) end
traced("activation", swish) [[
  activation
  t1 = neg z
  t2 = exp t1
  t3 = add 0x1p+0 t2
  t4 = div z t3
  return t4
]]
traced("loss", function(o, t)
  local d = math.abs(o - t)
  if d < 1 then return d * d / 2 else return d - 0.5 end
end) [[
  loss
  t1 = sub o t
  t2 = abs t1
  t3 = lt t2 0x1p+0
  t4 = mul t2 t2
  t5 = div t4 0x1p+1
  t6 = sub t2 0x1p-1
  t7 = select t3 t5 t6
  return t7
]]
traced("optimizer", luron.optimizer {
  state = { "m", "v" },
  update = function(w, g, s, h)
    s.m = 0.9 * s.m + 0.1 * g
    s.v = 0.99 * s.v + 0.01 * g * g
    return w - h.learning_rate * s.m / (math.sqrt(s.v) + 1e-8)
  end,
}) [[
  optimizer
  states m v
  t1 = mul 0x1.ccccccccccccdp-1 s1
  t2 = mul 0x1.999999999999ap-4 g
  t3 = add t1 t2
  t4 = mul 0x1.fae147ae147aep-1 s2
  t5 = mul 0x1.47ae147ae147bp-7 g
  t6 = mul t5 g
  t7 = add t4 t6
  t8 = mul learning_rate t3
  t9 = sqrt t7
  t10 = add t9 0x1.5798ee2308c3ap-27
  t11 = div t8 t10
  t12 = sub w t11
  return t12 t3 t7
]]
traced("schedule", function(h) return 0.5 * (1 + math.cos(math.pi * h.epoch / h.epochs)) end) [[
  schedule
  t1 = mul 0x1.921fb54442d18p+1 epoch
  t2 = div t1 epochs
  t3 = cos t2
  t4 = add 0x1p+0 t3
  t5 = mul 0x1p-1 t4
  return t5
]]
traced("penalty", function(w) return 1e-4 * math.abs(w) end) [[
  penalty
  t1 = abs w
  t2 = mul 0x1.a36e2eb1c432dp-14 t1
  return t2
]]
traced("init", function(r) return r.uniform(-1, 1) / math.sqrt(r.fan_in) end) [[
  init
  t1 = mul 0x1p+1 u1
  t2 = add -0x1p+0 t1
  t3 = sqrt fan_in
  t4 = div t2 t3
  return t4
]]

-- ---- p: numbers are named numbers, texts and booleans are constants ----
local function of_p(z, p)
  local y = p.kind == "soft" and z * p.slope or z
  return p.shifts and y + 1 or y
end
traced("activation", of_p, { slope = 2, kind = "soft", shifts = false }) [[
  activation
  t1 = mul z p.slope
  return t1
]]
traced("activation", of_p, { slope = 2, kind = "hard", shifts = true }) [[
  activation
  t1 = add z 0x1p+0
  return t1
]]
traced("loss", luron.loss { numbers = { delta = 1 }, f = function(o, t, p) return p.delta * (o - t) * p.scale end },
  { scale = 3 }) [[
  loss
  t1 = sub o t
  t2 = mul p.delta t1
  t3 = mul t2 p.scale
  return t3
]]

-- ---- s and h: a state that was set has its new value, one that was not keeps its own ----
traced("optimizer", luron.optimizer {
  state = { "a", "b", "c" },
  numbers = { beta1 = 0.8, gain = 2 },
  update = function(w, g, s, h, p)
    s.b = h.beta1 * s.b + g
    if s.b > 0 then s.a = s.b * p.gain end
    return w - h.learning_rate * s.b * h.weight_decay
  end,
}) [[
  optimizer
  states a b c
  t1 = mul p.beta1 s2
  t2 = add t1 g
  t3 = lt 0x0p+0 t2
  t4 = mul t2 p.gain
  t5 = mul learning_rate t2
  t6 = mul t5 p.weight_decay
  t7 = sub w t6
  t8 = select t3 t4 s1
  return t7 t8 t2 s3
]]

-- ---- Forks ----
-- A comparison keeps its answer on a path; one of constants is none; what is the same on both sides is not selected.
traced("activation", function(z)
  local y = z
  if z > 1 then y = 1 end
  if 1 < z then y = y + 0 end
  if 2 > 1 and y == y then return y end
  return y
end) [[
  activation
  t1 = lt 0x1p+0 z
  t2 = select t1 0x1p+0 z
  return t2
]]
traced("activation", function(z) return (z >= 0 and z or -z) + (z < 0 and 1 or 0) end) [[
  activation
  t1 = le 0x0p+0 z
  t2 = lt z 0x0p+0
  t3 = add z 0x1p+0
  t4 = add z 0x0p+0
  t5 = select t2 t3 t4
  t6 = neg z
  t7 = add t6 0x1p+0
  t8 = add t6 0x0p+0
  t9 = select t2 t7 t8
  t10 = select t1 t5 t9
  return t10
]]
traced("activation", function(z) return luron.equal(z, 0) and 1 or math.sin(z) / z end) [[
  activation
  t1 = eq z 0x0p+0
  t2 = sin z
  t3 = div t2 z
  t4 = select t1 0x1p+0 t3
  return t4
]]
-- 64 paths are not too many, nor is a loop with fixed bounds.
assert(luron.trace("activation", function(z)
  local y = 0
  for i = 1, 6 do if z < i then y = y + z / i end end
  return y
end):find "return", "64 paths")

-- ---- Constants ----
local scale = 0.5
local list = { 1, 2, 4 }
traced("activation", function(z)
  local y = z * scale
  for _, c in ipairs(list) do y = y + c end
  return math.max(y, math.sqrt(16), math.floor(2.5)) ^ 2 + 2 ^ z
end) [[
  activation
  t1 = mul z 0x1p-1
  t2 = add t1 0x1p+0
  t3 = add t2 0x1p+1
  t4 = add t3 0x1p+2
  t5 = max t4 0x1p+2
  t6 = max t5 0x1p+1
  t7 = pow_constant t6 0x1p+1
  t8 = pow 0x1p+1 z
  t9 = add t7 t8
  return t9
]]
-- A constant is computed by luron's functions, whatever Lua's gives.
check.equal(luron.trace("activation", function(z) return z * math.exp(1) end),
  luron.trace("activation", function(z) return z * luron.exp(1) end), "math.exp while a function is traced")
-- Comments, names and the way it is written change nothing.
check.equal(luron.trace("activation", function(x)
  local e = math.exp(-x) -- small for large x
  local down = 1 + e
  return x / down
end), luron.trace("activation", swish))

-- ---- Every function and operator ----
traced("activation", function(z)
  return luron.fma(z, 2, 1) + z % 3 + z // 3 + luron.erf(z) + luron.expm1(z) + luron.log1p(z) + math.ceil(z)
    + math.tan(z) + math.min(z, 1) + math.log(z, 2) + luron.leaky_relu(z) + luron.softplus(z) + luron.step(z)
    + luron.linear(z) + luron.sigmoid(z) + luron.tanh(z) + luron.relu(z) + math.floor(z)
end) [[
  activation
  t1 = fma z 0x1p+1 0x1p+0
  t2 = mod z 0x1.8p+1
  t3 = add t1 t2
  t4 = floor_div z 0x1.8p+1
  t5 = add t3 t4
  t6 = erf z
  t7 = add t5 t6
  t8 = expm1 z
  t9 = add t7 t8
  t10 = log1p z
  t11 = add t9 t10
  t12 = ceil z
  t13 = add t11 t12
  t14 = tan z
  t15 = add t13 t14
  t16 = min z 0x1p+0
  t17 = add t15 t16
  t18 = log z
  t19 = div t18 0x1.62e42fefa39efp-1
  t20 = add t17 t19
  t21 = leaky_relu z
  t22 = add t20 t21
  t23 = softplus z
  t24 = add t22 t23
  t25 = step z
  t26 = add t24 t25
  t27 = add t26 z
  t28 = sigmoid z
  t29 = add t27 t28
  t30 = tanh z
  t31 = add t29 t30
  t32 = relu z
  t33 = add t31 t32
  t34 = floor z
  t35 = add t33 t34
  return t35
]]

-- ---- A slope of its own ----
traced("activation", luron.activation {
  name = "straight",
  f = function(z) return z < 0 and 0 or 1 end,
  slope = function(z, a) return math.abs(z) < 1 and a or 0 end,
}) [[
  activation
  t1 = lt z 0x0p+0
  t2 = abs z
  t3 = lt t2 0x1p+0
  t4 = select t3 0x1p+0 0x0p+0
  t5 = select t1 0x0p+0 0x1p+0
  t6 = select t1 0x0p+0 t4
  return t5 t6
]]

-- ---- Starts ----
traced("init", function(r)
  local n, u = r:normal(), r.uniform(0, r.fan_out)
  local m = r.normal(1, u)
  return r.is_bias > 0 and 0 or n + m
end) [[
  init
  t1 = mul 0x1p+0 n1
  t2 = add 0x0p+0 t1
  t3 = sub fan_out 0x0p+0
  t4 = mul t3 u2
  t5 = add 0x0p+0 t4
  t6 = mul t5 n3
  t7 = add 0x1p+0 t6
  t8 = lt 0x0p+0 is_bias
  t9 = add t2 t7
  t10 = select t8 0x0p+0 t9
  return t10
]]
