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
  $ printf 'a,b,x,y\n0,1,2,3\n' >wide.csv
  $ luron predict kinds.net wide.csv
  luron: wide.csv: 4 columns, but the network takes 2 inputs, with or without the target as the last column; --inputs A,B,... says which they are
  [1]
  $ luron predict kinds.net wide.csv --inputs x
  command line: --inputs: 1 given, but the network takes 2
  [2]
  $ luron predict kinds.net wide.csv --inputs x,z
  command line: --inputs: wide.csv has no column "z"
  [2]
  $ luron predict kinds.net wide.csv --inputs x,x
  command line: --inputs: column 3 is taken twice
  [2]
  $ luron predict kinds.net wide.csv --inputs x,y -o wide.csv
  command line: wide.csv: is what is read here, and would be overwritten; choose another name
  [2]
  $ luron predict kinds.net wide.csv --separator ';;'
  command line: --separator: ";;" is not one character
  [2]
  $ luron predict kinds.net absent.csv
  luron: absent.csv: No such file or directory
  [1]
  $ luron predict bad.csv bad.csv
  luron: bad.csv:1: expected a line "luron-network ..."
  [1]
  $ printf '' | luron predict kinds.net /dev/stdin
  luron: /dev/stdin: empty
  [1]
