What belongs to others is left alone. --fresh erases what the same command made, and no other sweep:

  $ cat > a.lua <<'EOF'
  > return { inputs = {{0,0},{0,1},{1,0},{1,1}}, targets = { 0, 1, 1, 0 }, epochs = 20, sweep = { seed = { 1, 2, 3 } } }
  > EOF
  $ sed 's/epochs = 20/epochs = 30/' a.lua > b.lua
  $ luron sweep a.lua -q -o a.db > log; cp a.db kept.db
  $ luron sweep b.lua -q -o a.db --fresh
  luron: a.db: holds another sweep, of a.lua; --fresh does not erase it; remove it, or choose another file with -o
  [1]
  $ luron sweep a.lua -q -o a.db --fresh hidden=2
  luron: a.db: holds another sweep, of a.lua; --fresh does not erase it; remove it, or choose another file with -o
  [1]
  $ cmp a.db kept.db && luron sweep a.lua -q -o a.db hidden=2
  luron: a.db: holds another sweep; choose another file with -o
  [1]
  $ luron sweep a.lua -q -o words.db hidden=2 epochs=9 > log && luron sweep a.lua -q -o words.db --fresh
  luron: words.db: holds another sweep, of a.lua hidden=2 epochs=9; --fresh does not erase it; remove it, or choose another file with -o
  [1]

A script that was changed since is the same command; the same sweep is, too, whatever its script is called:

  $ cp a.db b.db; cp a.lua c.lua; luron sweep c.lua -q -o b.db --fresh > log; sed -i 's/epochs = 20/epochs = 10/' a.lua
  $ luron sweep a.lua -q -o a.db --fresh > log; sqlite3 a.db 'SELECT max(epochs) FROM runs'
  10

Files of other programs, and damaged ones, stay:

  $ echo text > text.db; luron sweep a.lua -q -o text.db --fresh; cat text.db
  luron: text.db: not a results file of luron; --fresh does not erase it; remove it, or choose another file with -o
  text
  $ cp kept.db view.db; sqlite3 view.db 'CREATE VIEW v AS SELECT 1'; cp view.db view2.db; luron sweep a.lua -q -o view.db --fresh
  luron: view.db: its view "v" is not as luron makes it, and is not read; --fresh does not erase it; remove it, or choose another file with -o
  [1]
  $ cmp view.db view2.db

Nothing is written through a link that somebody has put where luron writes a file before it has its name:

  $ mkdir theirs; for name in out.csv.part x.db-lock x.db-new m.db-merge m.db-lock; do ln -s theirs/$name $name; done
  $ luron export kept.db -o out.csv && wc -l < out.csv
  4
  $ luron sweep a.lua -q -o x.db
  luron: x.db-lock: a link stands where luron locks the file
  [1]
  $ rm x.db-lock; luron sweep a.lua -q -o x.db > log; luron merge m.db kept.db
  luron: m.db-lock: a link stands where luron locks the file
  [1]
  $ rm m.db-lock; luron merge m.db kept.db; ls theirs
  m.db: 3 rows from 1 file

If a file can grow no more, nothing of it is left:

  $ mkdir full && cd full; cp ../kept.db one.db; (ulimit -f 16; luron merge two.db one.db)
  luron: two.db: it cannot grow: no file may be larger than 8 KiB here (ulimit -f)
  [1]
  $ luron sweep ../a.lua seed=1..99 -q -o many.db > /dev/null; (ulimit -f 1; luron export many.db -o many.csv); ls
  luron: many.csv: File too large
  many.db
  one.db

Spreadsheets compute texts that begin as a formula. --escape-formulas puts a ' before them; numbers stay numbers:

  $ cd ..; cp kept.db f.db; sqlite3 f.db "UPDATE runs SET status = '=1+1', loss = -loss WHERE run = 1; UPDATE runs SET status = '@a,b' WHERE run = 2"
  $ luron export f.db --csv 'run < 3' --escape-formulas
  run,seed,loss,accuracy,epochs,status,solved
  1,1,-*,'=1+1,0 (glob)
  2,2,*,"'@a,b",0 (glob)
  $ luron export f.db --csv 'run = 1'
  run,seed,loss,accuracy,epochs,status,solved
  1,1,-*,=1+1,0 (glob)
  $ luron export f.db --jsonl --escape-formulas
  command line: --escape-formulas: is for CSV and TSV
  [2]

A signal that luron was started to ignore is ignored:

  $ echo 'local t = os.clock(); while os.clock() - t < 0.5 do end; print "done"' > busy.lua
  $ (trap '' INT; luron run busy.lua & p=$!; sleep 0.2; kill -INT $p; wait $p)
  done
  $ (trap '' TERM; luron run busy.lua & p=$!; sleep 0.2; kill -TERM $p; wait $p)
  done
  $ (trap '' TERM; printf 'local _ = os.execute("kill -TERM $PPID")\nprint(6 * 7)\n' | luron repl)
  42

At the prompt, too, a mistake's text reaches the terminal tame:

  $ printf 'error("\\27[31mred")\n' | luron repl 2>&1 | head -n 1
  stdin:1: ?[31mred

A file's name with a line end is one line where luron tells of files; what has a script's line begins with the name as it
is, as in Lua:

  $ name="$(printf 'a\nb')" && mkdir lines && cat > lines/s.lua <<'END'
  > return { inputs = { 0, 1 }, targets = { 0, 1 }, epochs = 1, sweep = { seed = { 1, 2 } }, metrics = { m = function() return 1 end } }
  > END
  $ cp lines/s.lua "lines/$name.lua"; cd lines; luron sweep "$name.lua" -q -o "$name.db" | sed 's/ in .*//'
  a?b.db: 2 runs
  $ luron list . | awk '{ print $1, $2 }'
  file script
  a?b.db a?b.lua
  $ cp "$name.db" copy.db; luron verify "$name.db"; luron merge "$name$name.db" "$name.db"; luron diff "$name.db" copy.db
  a?b.db: 2 rows computed again, the same bit by bit
  a?ba?b.db: 2 rows from 1 file
  the same: 2 rows, bit by bit
  $ luron sweep s.lua -q -o "$name.db" epochs=2; luron show "$name"; luron show "$name.db" "no$name.db"
  luron: a?b.db: holds another sweep; choose another file with -o
  luron: a?b: no such file; did you mean a?b.lua?
  luron: noa?b.db: no such file
  [1]
  $ luron run "$name.db"; luron run "no$name.lua"; luron list "no$name"; luron plot "$name.db" -o "no/$name.png" -x seed
  luron: a?b.db is a results file and not a script; see luron show, plot, export and report
  luron: cannot open noa?b.lua: No such file or directory
  luron: noa?b: no such folder
  luron: no/a?b.png: No such file or directory
  [1]
  $ echo text > "$name.txt"; luron show "$name.txt"; luron list .. 2>&1 | grep '?b'; mv "$name.txt" "x$name.db"; luron list . | tail -1
  luron: a?b.txt: not a results file of luron
  luron: xa?b.db: not a results file of luron
  copy.db    a?b.lua  complete   2/2  * (glob)
  $ luron show "--no$name"; luron predict "$name.txt" "$name.csv"; luron report "$name.db" -o "$name.db"
  command line: --noa?b: no such option of show; see luron help show
  luron: a?b.txt: No such file or directory
  command line: a?b.db: its name must end in .html
  [2]
  $ cd ..
