On a terminal a sweep shows how far it is, and takes the line away at its end:

  $ cat > long.lua <<'EOF'
  > return { inputs = { 1 }, targets = { 0 }, epochs = 1000000000, hidden = { 4 },
  >   sweep = { seed = { 1, 2, 3, 4, 5, 6, 7, 8 }, learning_rate = { 1e-6, 1e-5, 1 } } }
  > EOF
  $ python3 "$TESTDIR/terminal.py" 100 luron sweep long.lua -j 1 --budget 2s -o long.db >out
  $ tr '\r' '\n' <out | grep -c -E '[0-9]+%  [0-9]+/24 runs' | sed 's/[1-9][0-9]*/some/'
  some

Not where it is asked to be quiet, nor into a file:

  $ python3 "$TESTDIR/terminal.py" 100 luron sweep long.lua -j 1 --budget 2s -o long.db -q | grep -c '/24 runs'
  0
  [1]
  $ luron sweep long.lua -j 1 --budget 2s -o long.db 2>err >out; wc -c <err
  0

Colours of ranks, and of logarithms:

  $ rm long.db; luron sweep long.lua epochs=100 -q -o long.db >out
  $ luron plot long.db --x learning_rate --y seed --value epochs --shade rank -o rank.png && head -c 4 rank.png | tail -c 3
  PNG (no-eol)
  $ luron plot long.db --x learning_rate --y seed --value loss --shade log -o log.png && head -c 4 log.png | tail -c 3
  PNG (no-eol)
