-- SPDX-License-Identifier: MIT
std = "lua54"
max_line_length = 120
exclude_files = { "build*", "subprojects", "tests/fuzz/corpus", "library/luron.d.lua" }
-- Callbacks take what they are given: a record, the parameters, a run.
unused_args = false
-- Tests close early, leave loops early and reuse names on purpose.
files["tests/lua"] = { ignore = { "211/closed", "411", "421", "431", "512" } }
