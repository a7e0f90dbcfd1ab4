A sweep's results file, read, exported, merged and compared.

  $ cat > xor.lua <<'END'
  > return {
  >   name = "XOR", inputs = {{0,0},{0,1},{1,0},{1,1}}, targets = {{0},{1},{1},{0}},
  >   hidden = 2, activation = "tanh", output_activation = "sigmoid", epochs = 300, stop = { error = 0.4 },
  >   sweep = { learning_rate = { 0.1, 1, 1000000 }, hidden = { 2, { 3, 3 } }, seed = { 1, 2, 3, 4 } },
  > }
  > END
  $ luron sweep xor.lua -o x.db --quiet > log

Without more words: the best combinations, and what each axis does.

  $ luron show x.db
  XOR: 24 runs, 10 solved (41.67 %)
  
  The combinations, the best first:
  hidden  learning_rate  runs  solved   95 % interval  loss median               quartiles
       2            1.0     4  75.0 %  30.1 .. 95.4 %  1.50953e-01  1.108e-01 .. 3.084e-01
  3x3               0.1     4  75.0 %  30.1 .. 95.4 %  2.99569e-01  2.619e-01 .. 3.616e-01
       2            0.1     4  50.0 %  15.0 .. 85.0 %  3.52457e-01  3.178e-01 .. 3.959e-01
  3x3               1.0     4  50.0 %  15.0 .. 85.0 %  3.94057e-01  9.285e-02 .. 7.168e-01
  3x3         1000000.0     4   0.0 %   0.0 .. 49.0 %  9.50361e+04  6.751e+04 .. 5.517e+05
       2      1000000.0     4   0.0 %   0.0 .. 49.0 %  8.85194e+05  3.236e+05 .. 1.356e+06
  
  Effect of each axis, over all others:
  axis           values  best at  solved      loss  worst at  solved         loss
  hidden              2        2  41.7 %  0.352457  3x3       41.7 %  3.94057e-01
  learning_rate       3        1  62.5 %  0.272505     1e+06   0.0 %  4.90115e+05
  $ luron show x.db 'seed = 1 and hidden = 2'
  run  hidden  learning_rate  seed         loss  accuracy  epochs  status
    1       2            0.1     1  2.49373e-01       1.0     191  solved
    2       2            1.0     1  6.93903e-01       0.5     300  finished
    3       2      1000000.0     1  1.36598e+06       0.5     300  finished
  $ luron show x.db --best 2
  The best 2 of 6 combinations:
  hidden  learning_rate  runs  solved   95 % interval  loss median         quartiles
       2            1.0     4  75.0 %  30.1 .. 95.4 %     0.150953  0.1108 .. 0.3084
  3x3               0.1     4  75.0 %  30.1 .. 95.4 %     0.299569  0.2619 .. 0.3616
  $ luron show x.db --by hidden
  hidden  runs  solved   95 % interval  loss median               quartiles
       2    12  41.7 %  19.3 .. 68.0 %     0.427492  2.320e-01 .. 1.347e+05
  3x3       12  41.7 %  19.3 .. 68.0 %     0.587507  2.619e-01 .. 4.513e+04
  $ luron show x.db --by hidden --json
  {"v":1,"type":"group","hidden":2,"runs":12,"n_solved":5,"solved_low":0.19326031365875668,"solved_high":0.6804886874504503,"loss_mean":264722.5359476045,"loss_median":0.4274916455264728,"loss_low":0.23201557686220609,"loss_high":134722.0654427464}
  {"v":1,"type":"group","hidden":"3x3","runs":12,"n_solved":5,"solved_low":0.19326031365875668,"solved_high":0.6804886874504503,"loss_mean":174714.70486471042,"loss_median":0.5875072270939262,"loss_low":0.26191099384675887,"loss_high":45125.962435808106}
  $ luron show x.db --best 1 --json
  {"v":1,"type":"group","hidden":2,"learning_rate":1,"runs":4,"n_solved":3,"solved_low":0.30064184258240184,"solved_high":0.9544127391902995,"loss_mean":0.26829456355596404,"loss_median":0.15095347943877835,"loss_low":0.11081443564343926,"loss_high":0.3084336073513031}
  $ luron show x.db x.db --by learning_rate
  A  x.db
     XOR: 24 runs, 10 solved (41.67 %)
  B  x.db
     XOR: 24 runs, 10 solved (41.67 %)
  
  learning_rate  A runs  A solved       A loss  B runs  B solved       B loss  B - A  pairs  mean B - A  t  df  p
            0.1       8    62.5 %  3.31210e-01       8    62.5 %  3.31210e-01      0      4           0  0   3  1
            1.0       8    62.5 %  1.50953e-01       8    62.5 %  1.50953e-01      0      4           0  0   3  1
      1000000.0       8     0.0 %  2.64682e+05       8     0.0 %  2.64682e+05      0      4           0  0   3  1
  
  mean, t and p of B - A: paired t-test over equal seeds, two-sided; df: degrees of freedom
  $ luron show x.db x.db --by learning_rate --json 'learning_rate < 1'
  {"v":1,"type":"compared","learning_rate":0.1,"a_runs":8,"a_n_solved":5,"a_loss_median":0.33121019259064344,"b_runs":8,"b_n_solved":5,"b_loss_median":0.33121019259064344,"difference":0,"test":"paired t-test","pairs":4,"degrees_of_freedom":3,"mean_difference":0,"t":0,"p":1}

A mistake is named, and nothing but the rows can be read.

  $ luron show x.db 'los < 1'
  command line: los: no such column; did you mean loss?
  [2]
  $ luron show x.db '1) union select script from sweep where (1'
  command line: 1) union select script from sweep where (1: only the table runs may be read (access to sweep.script is prohibited)
  [2]
  $ luron show x.db --by hiden
  command line: hiden: no such column; did you mean hidden?
  [2]
  $ luron show x.db --best none
  command line: --best: "none" is not a count from 1
  [2]
  $ luron show nowhere.db
  luron: nowhere.db: no such file
  [1]
  $ echo hello > text.db; luron show text.db
  luron: text.db: not a results file of luron
  [1]
  $ luron show x.db 'run = 1' 'run = 2'
  command line: run = 2: one word too many; write luron show FILE [FILE] [WHERE]
  [2]

Exports: by suffix, or to stdout.

  $ luron export x.db 'run <= 3' --csv
  run,hidden,learning_rate,seed,loss,accuracy,epochs,status,solved
  1,2,0.1,1,0.24937277968695615,1,191,solved,1
  2,2,1,1,0.6939025242413446,0.5,300,finished,0
  3,2,1000000,1,1365979.0623184345,0.5,300,finished,0
  $ luron export x.db 'run = 2' --jsonl
  {"run":2,"hidden":2,"learning_rate":1,"seed":1,"loss":0.6939025242413446,"accuracy":0.5,"epochs":300,"status":"finished","solved":0}
  $ luron export x.db -o x.csv && wc -l < x.csv
  25
  $ luron export x.db -o x.npy && head -c 6 x.npy | tail -c 5
  NUMPY (no-eol)
  $ mkfifo pipe.csv; wc -l < pipe.csv & luron export x.db -o pipe.csv; wait; test -p pipe.csv && echo a pipe still
  25
  a pipe still
  $ luron export x.db -o x.tsv && head -2 x.tsv | tr '\t' '|'
  run|hidden|learning_rate|seed|loss|accuracy|epochs|status|solved
  1|2|0.1|1|0.24937277968695615|1|191|solved|1
  $ luron export x.db -o x.csv.gz && gunzip -c x.csv.gz | cmp - x.csv
  $ luron export x.db 'run = 2' -o x.jsonl.gz && gunzip -c x.jsonl.gz
  {"run":2,"hidden":2,"learning_rate":1,"seed":1,"loss":0.6939025242413446,"accuracy":0.5,"epochs":300,"status":"finished","solved":0}
  $ luron export x.db --curves --csv
  command line: x.db has no loss curves; a sweep keeps them with curve = 100, say
  [2]
  $ luron sweep xor.lua seed=1 learning_rate=0.1 curve=3 -q -o curves.db >/dev/null; luron export curves.db 'hidden = 2' --curves --csv
  run,epoch,loss
  1,0,0.8437117177032014
  1,149,0.4544010736271897
  $ luron export x.db -o x.txt
  command line: x.txt: its name must end in .csv, .tsv, .jsonl or .npy, or in .csv.gz and so on
  [2]
  $ luron export x.db
  command line: one of -o FILE, --csv and --jsonl is needed
  [2]

Shards become the unsharded table, in any order.

  $ for k in 1 2 3; do luron sweep xor.lua --shard $k/3 --quiet > log; done; ls results | wc -l
  3
  $ luron merge m.db results/*3-of-3.db results/*1-of-3.db
  m.db: 16 rows from 2 files
  missing: 8 of 24 runs: 3..4, 9..10, 15..16, 21..22
  [3]
  $ luron merge m.db results/*2-of-3.db
  m.db: 24 rows from 1 file
  $ luron diff m.db x.db --json
  {"v":1,"type":"diff","same":true,"rows":24}
  $ luron diff m.db x.db
  the same: 24 rows, bit by bit
  $ luron diff results/*1-of-3.db x.db | sed 's/-[0-9a-f]*[.]/-HASH./'
  run 3 is only in x.db
  $ luron diff x.db nowhere.db
  luron: nowhere.db: no such file
  [1]

Another sweep is not merged.

  $ luron sweep xor.lua epochs=10 -o other.db --quiet > log
  $ luron merge n.db x.db other.db
  luron: other.db: holds another sweep than x.db
  [1]
  $ ls n.db
  ls: cannot access 'n.db': No such file or directory
  [2]

A script stands for its sweep's file.

  $ luron sweep xor.lua --quiet > log
  $ luron show xor.lua --by seed
  seed  runs  solved   95 % interval  loss median               quartiles
     1     6  50.0 %  18.8 .. 81.2 %     0.471638  2.241e-01 .. 8.353e+04
     2     6  50.0 %  18.8 .. 81.2 %     0.384006  1.608e-01 .. 5.902e+04
     3     6  33.3 %   9.7 .. 70.0 %     0.574841  3.324e-01 .. 3.023e+04
     4     6  33.3 %   9.7 .. 70.0 %     0.587507  3.757e-01 .. 2.545e+04
  $ luron diff xor.lua x.db
  the same: 24 rows, bit by bit
  $ luron show xor.lua epochs=11 2>&1 | sed 's/-[0-9a-f]*[.]/-HASH./'
  luron: results/xor-HASH.db: not there yet; luron sweep xor.lua epochs=11 makes it; to choose rows, write a WHERE, with blanks: 'epochs = 11'

A field's other spellings name its column:

  $ cat > spelt.lua <<'END'
  > return {
  >   inputs = { {0,0}, {0,1}, {1,0}, {1,1} }, targets = { 0, 1, 1, 1 }, hidden = 2, epochs = 20,
  >   sweep = { stop_error = { 0.1, 0.4 }, learning_rate_1 = { 0.5, 1 }, seed = { 1, 2 } },
  > }
  > END
  $ luron sweep --quiet spelt.lua -o spelt.db --expect 'stop.error > 0.2 and max(stop.error) < 1' > /dev/null
  $ luron show spelt.db --by stop.error | cut -c1-16
  stop_error  runs
         0.1     4
         0.4     4
  $ luron export --csv spelt.db "stop.error < 0.2 and run < 4 and 'stop.error' <> ''" | cut -d, -f 1-4
  run,learning_rate_1,stop_error,seed
  1,0.5,0.1,1
  3,1,0.1,1
  $ luron plot spelt.db --x stop.error --y learning_rate_1 -o spelt.png
  $ luron plot spelt.db --x stop.error --by learning_rate_1 -o spelt.svg
  $ luron show spelt.db --by stop.eror
  command line: stop.eror: no such column; did you mean stop_error?
  [2]

A file's name is a file's name, whatever it begins with:

  $ luron sweep --quiet spelt.lua -o file:x.db > /dev/null && luron sweep --quiet spelt.lua -o :memory: > /dev/null
  $ luron merge file:y.db file:x.db :memory:
  file:y.db: 8 rows from 2 files
  $ ls file:* :memory:
  :memory:
  file:x.db
  file:y.db
  $ luron sweep --quiet spelt.lua -o ''
  command line: --output: a file's name is empty
  [2]

A folder that may only be read is enough to read from:

  $ mkdir only && cp spelt.db only/ && chmod 755 . && chmod 555 only && chmod 444 only/spelt.db
  $ other= && [ "$(id -u)" = 0 ] && setpriv --reuid=65534 --clear-groups luron --version > away 2>&1 &&
  >   other='setpriv --reuid=65534 --clear-groups' || :
  $ $other luron show only/spelt.db --by stop_error | cut -c1-16
  stop_error  runs
         0.1     4
         0.4     4
  $ $other luron verify only/spelt.db
  only/spelt.db: 8 rows computed again, the same bit by bit
  $ chmod 755 only

A file that may only be read, where nothing may be written beside it, is read all the same:

  $ mayonly() { if [ "$(id -u)" = 0 ]; then setpriv --bounding-set=-dac_override "$@"; else "$@"; fi; }
  $ mkdir kept; cp x.db kept; chmod 444 kept/x.db; chmod 555 kept
  $ mayonly luron show kept/x.db 'run = 2' | tail -1
    2       2              1     1  0.693903       0.5     300  finished
  $ mayonly luron verify kept/x.db; mayonly luron export --csv kept/x.db | wc -l; ls kept
  kept/x.db: 24 rows computed again, the same bit by bit
  25
  x.db
  $ mayonly luron sweep xor.lua -q -o kept/x.db
  luron: kept/x.db: Permission denied
  [1]
  $ mayonly luron sweep xor.lua -q -o kept/y.db
  luron: kept/y.db: Permission denied
  [1]
  $ chmod 755 kept

What is made of the status groups rows, too:

  $ luron show x.db --by solved | cut -c1-12
  solved  runs
       0    14
       1    10
  $ luron show x.db --metric status --best 1
  command line: status: is no metric of x.db; there are loss accuracy epochs solved
  [2]

JSON is UTF-8, whatever a text of the script is:

  $ cat > bytes.lua <<'END'
  > return {
  >   name = "a\xff\n", inputs = {{0},{1}}, targets = {0,1}, epochs = 2, log = false, params = { way = "" },
  >   sweep = { way = { "\xe9", "\u{e9}\u{1f600}", "\xed\xa0\x80", '"\\\t\27' } },
  > }
  > END
  $ luron sweep --quiet bytes.lua -o bytes.db > /dev/null
  $ cat > lines.py <<'END'
  > import json, sys
  > for line in sys.stdin.buffer:
  >     row = json.loads(line)
  >     print(ascii(row.get("way", row.get("name"))))
  > END
  $ luron export bytes.db --jsonl | python3 lines.py; luron run bytes.lua --json | grep '"name"' | python3 lines.py
  '\ufffd'
  '\xe9\U0001f600'
  '\ufffd\ufffd\ufffd'
  '"\\\t\x1b'
  'a\ufffd\n'

Behind a script NAME=VALUE is of its sweep, and a WHERE has blanks or quotes, or names a result:

  $ luron show xor.lua hidden=2 2>&1 | sed 's/-[0-9a-f]*[.]/-HASH./'
  luron: results/xor-HASH.db: not there yet; luron sweep xor.lua hidden=2 makes it; to choose rows, write a WHERE, with blanks: 'hidden = 2'
  $ luron show xor.lua solved_x=30
  command line: solved_x: no such field; `luron help fields` lists them
  luron: to choose rows, write a WHERE, with blanks: 'solved_x = 30'
  [2]
  $ luron show xor.lua solved_rate=0 > rates.txt 2>&1; grep -c 'no such field' rates.txt
  0
  [1]
  $ luron show xor.lua hidden=2,4 2>&1 | sed 's/-[0-9a-f]*[.]/-HASH./'
  luron: results/xor-HASH.db: not there yet; luron sweep xor.lua hidden=2,4 makes it; to choose rows, write a WHERE, with blanks: 'hidden in (2, 4)'
  $ luron show xor.lua activation=sigmoid,tanh 2>&1 | grep -o 'blanks: .*'
  blanks: "activation in ('sigmoid', 'tanh')"
  $ luron show xor.lua loss=mse,cross_entropy bias=true,false 2>&1 | grep -o 'blanks: .*'
  blanks: 'bias in (1, 0)'
  $ luron show xor.lua bias=false loss=mse,cross_entropy 2>&1 | grep -o 'blanks: .*'
  blanks: "loss_function in ('mse', 'cross_entropy')"
  $ luron show xor.lua batch=1,all 2>&1 | grep -o 'makes it.*'
  makes it
  $ printf 'return { params = { label = "x y" }, inputs = { 0, 1 }, targets = { 0, 1 }, epochs = 2, sweep = { seed = { 1, 2 }, bias = { true, false } } }\n' >label.lua
  $ luron show label.lua 'label=one two' 2>&1 | sed 's/-[0-9a-f]*[.]/-HASH./'; luron sweep label.lua -q | sed 's/-[0-9a-f]*[.]/-HASH./; s/in .*//'
  luron: results/label-HASH.db: not there yet; luron sweep label.lua makes it
  luron: 'label=one two' is taken as a WHERE, because it has a blank; name the results file itself to look at a sweep of that override
  results/label-HASH.db: 4 runs* (glob)
  $ for command in show verify replay 'plot -o a.png --x bias --y seed' 'report -o a.html' 'export --csv'; do luron $command label.lua 'label=one two' 2>&1; done
  command line: label=one two: is no SQL expression: syntax error near "two"
  luron: 'label=one two' is taken as a WHERE, because it has a blank; name the results file itself to look at a sweep of that override
  command line: label=one two: one word too many; write luron verify FILE
  luron: 'label=one two' is taken as a WHERE, because it has a blank; name the results file itself to look at a sweep of that override
  command line: label=one two: is not the number of a run, from 1
  luron: 'label=one two' is taken as a WHERE, because it has a blank; name the results file itself to look at a sweep of that override
  command line: label=one two: is no SQL expression: syntax error near "two"
  luron: 'label=one two' is taken as a WHERE, because it has a blank; name the results file itself to look at a sweep of that override
  command line: label=one two: one word too many; write luron report FILE
  luron: 'label=one two' is taken as a WHERE, because it has a blank; name the results file itself to look at a sweep of that override
  command line: label=one two: is no SQL expression: syntax error near "two"
  luron: 'label=one two' is taken as a WHERE, because it has a blank; name the results file itself to look at a sweep of that override
  [2]
  $ luron show label.lua 'bias=1 and sed=1'
  command line: sed: no such column; did you mean seed?
  [2]
  $ luron show label.lua 'bias in (1, 0)' | wc -l
  5
  $ luron show xor.lua 'hidden in (2, 4) and seed=1' | tail -1 | cut -c 1-11
    3       2
  $ luron show xor.lua 'hidden = 2 and seed=1' | tail -1
    3       2      1000000.0     1  1.36598e+06       0.5     300  finished
  $ luron show xor.lua "status='solved'" --by status | cut -d' ' -f1
  status
  solved
  $ luron show xor.lua solved=1 --by solved | cut -c1-12
  solved  runs
       1    10
  $ luron export xor.lua "hidden='3x3'" --csv | wc -l
  13
  $ luron show x.db hidden=2 --by hidden | cut -c1-12
  hidden  runs
       2    12
  $ luron show xor.lua 'hidden = 7'; luron show xor.lua --by hidden 'hidden = 7' > out
  no row matches: hidden = 7
  run  hidden  learning_rate  seed  loss  accuracy  epochs  status
  no row matches: hidden = 7
  $ luron show xor.lua solved=1 epochs=5
  command line: epochs=5: one word too many; NAME=VALUE comes right after its script, and a WHERE is one word: 'solved=1 and ...'
  [2]
  $ luron show x.db x.db x.db
  command line: x.db: a third file; luron show compares two
  [2]
  $ luron export x.db x.db --csv
  command line: x.db: a second file, and luron export takes one here
  [2]
  $ luron plot x.db --x seed other.lua -o out.svg
  command line: other.lua: a second file, and luron plot takes one here
  [2]

A reader that has gone has had enough, and is no mistake, whatever the parent does about SIGPIPE:

  $ cat > gone.py <<'END'
  > import signal, subprocess, sys
  > for restore in (True, False):
  >     with subprocess.Popen(sys.argv[1:], stdout=subprocess.PIPE, stderr=subprocess.PIPE, restore_signals=restore) as p:
  >         line = p.stdout.readline()
  >         p.stdout.close()
  >         print(line.decode().strip(), p.stderr.read().decode(), p.wait() == -signal.SIGPIPE)
  > END
  $ luron sweep xor.lua seed=1..4000 learning_rate=1 hidden=2 epochs=1 -q -o wide.db > out
  $ python3 gone.py luron export wide.db --csv
  run,seed,loss,accuracy,epochs,status,solved  True
  run,seed,loss,accuracy,epochs,status,solved  True

Values of an axis have as many digits as tell them apart; a WHERE that finds nothing says that a table may show too few:

  $ luron sweep xor.lua learning_rate=0.1,0.1000000001 hidden=2 seed=1,2 -q -o near.db > out
  $ luron show near.db | cut -c1-52
  XOR: 4 runs, 2 solved (50 %)
  
  The combinations, the best first:
  learning_rate  runs  solved  95 % interval  loss med
   0.1000000001     2  50.0 %  9.5 .. 90.5 %     0.370
   0.1000000000     2  50.0 %  9.5 .. 90.5 %     0.370
  
  Effect of each axis, over all others:
  axis           values       best at  solved      los
  learning_rate       2  0.1000000001  50.0 %  0.37002
  $ luron show near.db 'seed = 1' | cut -c1-20
  run  learning_rate  
    1   0.1000000000  
    2   0.1000000001  
  $ luron show near.db 'learning_rate = 0.10000000001' | cut -c1-20
  no row matches: learning_rate = 0.10000000001 (numbers may have more digits than a table shows; luron export writes all)
  run  learning_rate  
  $ luron report near.db -o near.html; grep -o '0.1000000001</td>' near.html | sort | uniq -c
        3 0.1000000001</td>

A device that takes no more is told once, with the cause, by whatever prints:

  $ for c in "show x.db" "show x.db hidden=2" "show x.db --json" "show x.db --plot" "export x.db --csv" "diff x.db x.db" "replay x.db 3" "help fields"; do luron $c > /dev/full; echo $?; done 2>&1 | sort | uniq -c | sed 's/^ *//'
  8 1
  8 luron: standard output: No space left on device
