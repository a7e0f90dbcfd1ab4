A saved network answers the rows of a CSV file: each is written as it is there, then the answer.

  $ cat >train.lua <<'END'
  > local luron = require "luron"
  > local d = luron.csv "train.csv"
  > local run = luron.experiment { data = d, output_activation = "softmax", normalize = "minmax", epochs = 0,
  >   weights = { { { 1, 0 }, { 0, 1 } } }, biases = { { 0, 0 } }, log = false }:run()
  > run.network:save "kinds.net"
  > luron.network { inputs = 1, outputs = 2, activation = "linear", bias = false,
  >   weights = { { { 2 }, { 0.5 } } } }:save "two.net"
  > luron.network { inputs = 1, outputs = 1, activation = "linear", bias = false, weights = { { { 2 } } } }:save "one.net"
  > print(run.network:confusion(d))
  > END
  $ printf 'x,y,kind\n0,1,a\n"1",0,"b, c"\n\n1,1,a\n' >train.csv
  $ luron run train.lua
  target \ answer     a  b, c
  a                   1     1
  b, c                1     0
  $ luron predict kinds.net train.csv
  x,y,kind,predicted,share_a,"share_b, c"
  0,1,a,"b, c",0.2689414213699951,0.7310585786300049
  "1",0,"b, c",a,0.7310585786300049,0.2689414213699951
  1,1,a,a,0.5,0.5
  $ cut -d, -f2,1 train.csv | luron predict kinds.net /dev/stdin -o out.csv
  $ cat out.csv
  x,y,predicted,share_a,"share_b, c"
  0,1,"b, c",0.2689414213699951,0.7310585786300049
  "1",0,a,0.7310585786300049,0.2689414213699951
  1,1,a,0.5,0.5
  $ printf 'id;y;x\n7;0;1\n' | luron predict kinds.net /dev/stdin --separator ';' --inputs x,2
  id;y;x;predicted;share_a;share_b, c
  7;0;1;a;0.7310585786300049;0.2689414213699951
  $ printf '3\n4\n' | luron predict two.net /dev/stdin
  luron: /dev/stdin: the first line has numbers, no names; write --no-header if it is a row
  [1]
  $ printf '3\n4\n' | luron predict two.net /dev/stdin --no-header
  3,6,1.5
  4,8,2
  $ printf 'x\n3\n' | luron predict two.net /dev/stdin
  x,output_1,output_2
  3,6,1.5
  $ printf 'x\n3\n' | luron predict one.net /dev/stdin
  x,output
  3,6

A network knows the names of its columns, the categories of texts, and what stands in place of missing cells.

  $ printf 'age;sex;sick;dose\n10;male;yes;1\n30;female;no;2\n;male;no;3\n50;male;no;4\n' >people.csv
  $ cat >dose.lua <<'END'
  > local luron = require "luron"
  > local d = luron.csv("people.csv", { onehot = "sex", missing = "median" })
  > local net = luron.experiment { data = d, loss = "mse", output_activation = "linear", bias = false, epochs = 0,
  >   weights = { { { 1, 100, 200, 1000 } } }, log = false }:run().network
  > net:save "dose.net"
  > print(table.concat(d.names, " "), net:forward({ 1, 0, 1, 0 })[1])
  > END
  $ luron run dose.lua
  age sex=male sex=female sick	201.0
  $ grep -a '^luron-network\|^input\|^onehot\|^fill\|^output ' dose.net
  luron-network 4
  input age
  input sex=male
  input sex=female
  input sick
  onehot 1 2 3
  fill 0x1.ep+4 0x1p+0 0x0p+0 0x0p+0
  output dose
  $ printf 'sick,note,sex,age\nno,a,female,7\ntrue,b,?,\n' >ill.csv
  $ luron predict dose.net ill.csv
  sick,note,sex,age,predicted_dose
  no,a,female,7,207
  true,b,?,,1130
  $ printf 'sick,sex,age\nno,child,7\n' | luron predict dose.net /dev/stdin
  luron: /dev/stdin:2: column 2 (sex): "child" is none of the categories that the network knows: male female
  [1]
  $ printf 'sick,sex,year\nno,male,7\n' | luron predict dose.net /dev/stdin
  luron: /dev/stdin: no column "age", which the network takes; --inputs A,B,... says which the inputs are
  [1]
  $ printf 'Age,Sex,ill\n7,female,no\n' >none.csv
  $ luron predict dose.net none.csv 2>note.txt; cat note.txt
  Age,Sex,ill,predicted_dose
  7,female,no,207
  luron: none.csv: no column has a name of the network's inputs (age sex sick), so they are taken by position
  $ luron predict dose.net none.csv --inputs Age,2,ill
  Age,Sex,ill,predicted_dose
  7,female,no,207
  $ sed -i "s/^input age/input $(printf 'é%.0s' $(seq 90))/" dose.net; luron predict dose.net none.csv 2>&1 >none.txt | tail -c 50
  ééééééé...), so they are taken by position
  $ sed -i 's/^input é*$/input age/' dose.net
  $ printf 'sick,sex,age,sex\nno,male,7,female\n' | luron predict dose.net /dev/stdin
  luron: /dev/stdin: the columns 2 and 4 are both called "sex"; --inputs A,B,... takes numbers of columns, too
  [1]
  $ printf '7,female,no,0\n' | luron predict dose.net /dev/stdin --no-header
  7,female,no,0,207
  $ sed -i 's/^onehot 1 2 3/onehot 1 2 2/' dose.net
  $ luron predict dose.net ill.csv
  luron: dose.net:11: the first input, the number of inputs, and the bytes of their column's name are expected
  [1]

Mistakes name file, line and column, or what was typed.

  $ printf 'x,y\n0,1\n0,one\n' >bad.csv
  $ luron predict kinds.net bad.csv
  luron: bad.csv:3: column 2 (y): "one" is not a number
  [1]
  $ printf 'x,y\n0,1\n0,\n' | luron predict kinds.net /dev/stdin
  luron: /dev/stdin:3: column 2 (y): "" is a missing value
  [1]
  $ printf 'x,y\n0,1\n0,1,2\n' | luron predict kinds.net /dev/stdin
  luron: /dev/stdin:3: 3 columns, but the first line has 2
  [1]
  $ printf 'a,x,y,c\n0,2,3,1\n' >wide.csv
  $ printf 'a,b,c,d\n0,1,2,3\n' >others.csv
  $ luron predict kinds.net others.csv
  luron: others.csv: 4 columns, but the network takes 2 inputs, with or without the target as the last column; --inputs A,B,... says which they are
  [1]
  $ luron predict kinds.net wide.csv --inputs x
  command line: --inputs: 1 given, but the network takes 2
  [2]
  $ luron predict kinds.net wide.csv --inputs x,z
  command line: --inputs: wide.csv has no column "z"
  [2]
  $ luron predict kinds.net wide.csv --inputs x,x
  command line: --inputs: column 2 is taken twice
  [2]
  $ luron predict kinds.net wide.csv --inputs x,y -o wide.csv
  command line: wide.csv: is what is read here, and would be overwritten; choose another name
  [2]
  $ luron predict kinds.net wide.csv --separator ';;'
  command line: --separator: ";;" is not one character
  [2]

Numbers with a comma, lines of comments, cells that are missing by another word: as luron.csv's options say it.

  $ cat > comma.lua <<'END'
  > local luron = require "luron"
  > local d = luron.csv("comma.csv", { decimal = ",", comment = "#", missing = "mean", missing_values = { -999 } })
  > luron.experiment { data = d, hidden = 0, weights = {{{ 1, 2 }}}, epochs = 0, biases = {{ 0.5 }},
  >                    output_activation = "linear" }:run { epochs = 0 }.network:save("comma.net")
  > END
  $ printf '# of a meter\nx;y;z\n0,5;1,5;0\n1;-999;1\n\n# more\n1,25;2;1\n' > comma.csv
  $ luron run comma.lua
  $ luron predict comma.net comma.csv --decimal=, --comment='#' --missing-values=-999
  x;y;z;predicted_z
  0,5;1,5;0;4
  1;-999;1;5
  1,25;2;1;5,75
  $ sed 's/^# of/of/' comma.csv > skip.csv; luron predict comma.net skip.csv --decimal=, --skip=1 --comment='#' --missing-values=-999 | tail -1
  1,25;2;1;5,75
  $ luron predict comma.net skip.csv --skip=99
  command line: --skip: skip.csv has no more than 7 lines
  [2]
  $ luron predict comma.net skip.csv --skip=-1
  command line: --skip: "-1" is not a number of lines
  [2]
  $ luron predict comma.net skip.csv --decimal=x
  command line: --decimal: "x" is not . or ,
  [2]
  $ luron predict comma.net skip.csv --decimal=, --separator=,
  command line: --decimal: the separator is a comma, too
  [2]
  $ echo 'local l = require "luron"; l.experiment { inputs = {{0}}, targets = {{1}}, epochs = 1 }:run():save("on.ckpt")' > on.lua
  $ luron run on.lua; luron predict on.ckpt comma.csv
  luron: on.ckpt is a checkpoint of a training, which resume takes; network:save writes a network
  [1]
  $ luron predict kinds.net absent.csv
  luron: absent.csv: No such file or directory
  [1]
  $ luron predict bad.csv bad.csv
  luron: bad.csv:1: expected a line "luron-network ..."
  [1]
  $ printf '' | luron predict kinds.net /dev/stdin
  luron: /dev/stdin: empty
  [1]
