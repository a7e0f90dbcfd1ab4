`luron init NAME` writes an experiment to begin with; it runs, sweeps and is drawn as it is:

  $ luron init first
  first.lua is an experiment that runs as it is. Next:
  
    luron run first.lua
    luron sweep first.lua
    luron plot first.lua -x learning_rate -y hidden -v solved -o first.png
  $ luron run first.lua -q
  loss 0.070941, accuracy 1.000000, 68 epochs, solved, * (glob)
  $ luron sweep first.lua -q >log 2>&1 && luron plot first.lua -x learning_rate -y hidden -v solved -o first.png && ls *.png
  first.png
  $ luron sweep first.lua seed=1..2 -q
  results/first-82bdaf50a3be.db: was complete, nothing was run
  $ head -2 first.lua
  -- first: an experiment to begin with. Change it line by line; luron help FIELD says what a field takes.
  --   luron run first.lua                    one training: its log, and what the network answers

No file is replaced, and the name is one that a shell and a script can have:

  $ luron init first
  luron: first.lua: is there already, and is not replaced
  [1]
  $ luron init first.lua
  luron: first.lua: is there already, and is not replaced
  [1]
  $ luron init 'my first'
  command line: my first: a name of letters, digits, _ - . and / is expected, as in luron init first
  [2]
  $ luron init no/folder
  luron: no/folder.lua: No such file or directory
  [1]
  $ luron init
  command line: something is missing; write luron init NAME
  [2]
  $ mkdir deep && luron init deep/second.lua | tail -1 && luron run deep/second.lua epochs=1 | head -1
    luron plot deep/second.lua -x learning_rate -y hidden -v solved -o second.png
  second

The scripts of the tutorial to change:

  $ luron tutorial --copy mine && ls mine | tail -2 && luron run mine/20_iris.lua -q epochs=1
  copied to mine; next: luron run mine/00_random.lua
  29_checkpoint.lua
  data
  epoch  0: loss 1.0673, accuracy 0.583
  loss 0.798300, accuracy 0.683333, test_accuracy 0.800000, 1 epoch, finished, * (glob)
  $ luron tutorial 4 --copy mine
  luron: mine/04_bias.lua: is there already, and is not replaced
  [1]
  $ luron tutorial 4 --copy other && ls other
  copied to other; next: luron run other/04_bias.lua
  04_bias.lua
  $ luron tutorial 4 epochs=3 --copy other
  command line: epochs=3: is a field; --copy copies a script as it is
  [2]
  $ luron tutorial 4 --copy=
  command line: --copy: DIR is missing
  [2]
  $ luron tutorial nothing --copy other
  command line: nothing: no such script; see luron tutorial --list
  [2]
  $ luron tutorial --copy /dev/null/x
  luron: /dev/null/x: Not a directory
  [1]

`luron -e CODE` runs a line of Lua:

  $ luron -e 'print(luron.sigmoid(0), ...)' a b
  0.5	a	b
  $ luron -e 'return { inputs = { {0}, {1} }, targets = { 0, 1 } }' epochs=3 | tail -1
  loss 0.524314, accuracy 0.500000, 3 epochs, finished, * (glob)
  $ luron -e 'x ='
  (command line):1: unexpected symbol near <eof>
  [1]
  $ luron -e
  command line: -e: is followed by what is to be run: luron -e 'print(luron.sigmoid(0))'
  [2]

`luron repl [FILE]` reads lines from where it is told to:

  $ printf '%s\n' '1 + 1' '= "a"' '{ x = {1, 2}, y = "z", [true] = 0.5 }' 'for i = 1, 2 do' 'print(i)' 'end' \
  >   'error("no")' 'luron.sigmoid' '#e.inputs' 'e.name, nil' | luron repl first.lua 2>&1 | sed 's/0x.*/0x/'
  e is what first.lua returned
  2
  a
  { [true] = 0.5, x = { 1, 2 }, y = "z" }
  1
  2
  stdin:1: no
  function: 0x
  4
  first	nil
  $ echo 'luron.experiment { inptus = 1 }' | luron repl
  stdin:1: inptus: no such field; did you mean inputs?
  $ printf '%s\n' help exit 'help = 3' help | luron repl
  luron help, in a shell, lists what there is; luron help NAME tells of a function or a field
  Ctrl-D leaves, and so does os.exit()
  3
  $ echo 'print(1' | luron repl
  stdin:1: ')' expected near <eof>
  $ luron repl missing.lua
  luron: cannot open missing.lua: No such file or directory
  [1]
