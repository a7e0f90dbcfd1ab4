A signal ends a script with its own exit code, within a second, wherever the script is:

  $ echo 'while true do end' > loop.lua
  $ timeout -s INT --preserve-status 0.3 luron run loop.lua
  loop.lua:1: interrupted
  [130]
  $ timeout -s TERM --preserve-status 0.3 luron run loop.lua
  loop.lua:1: interrupted
  [143]

A script cannot hide in pcall, in a coroutine, or in a long call:

  $ echo 'while true do pcall(function() while true do end end) end' > pcall.lua
  $ timeout -s INT --preserve-status 0.3 luron run pcall.lua
  pcall.lua:1: interrupted
  [130]
  $ echo 'coroutine.wrap(function() while true do end end)()' > coroutine.lua
  $ timeout -s INT --preserve-status -k 2 0.3 luron run coroutine.lua
  [130]
  $ echo 'string.find(("a"):rep(40000), (".-"):rep(10) .. "b")' > pattern.lua
  $ timeout -s INT --preserve-status -k 2 0.3 luron run pattern.lua
  [130]

A second signal ends it at once:

  $ luron run coroutine.lua & p=$!; sleep 0.3; kill -TERM $p; sleep 0.2; kill -TERM $p; wait $p
  [143]
