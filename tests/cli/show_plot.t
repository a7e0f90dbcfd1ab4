A sweep's results as a picture of characters; into a pipe it is plain text, 80 columns wide.

  $ cat > xor.lua <<'END'
  > return {
  >   name = "XOR", inputs = {{0,0},{0,1},{1,0},{1,1}}, targets = {{0},{1},{1},{0}},
  >   hidden = 2, activation = "tanh", output_activation = "sigmoid", epochs = 100, stop = { error = 0.4 },
  >   sweep = { learning_rate = { 0.1, 0.5, 1, 5, 10 }, hidden = { 2, 4, { 3, 3 } }, seed = { 1, 2, 3, 4 } },
  > }
  > END
  $ luron sweep xor.lua -o x.db --quiet > log
  $ luron show x.db --plot
  share solved of 4 runs per cell
  hidden
      ++++++++@@@@@@@@++++++++................
  3x3 ++++++++@@@@@@@@++++++++................
      ++++++++@@@@@@@@++++++++................
      ++++++++@@@@@@@@++++++++................
      @@@@@@@@@@@@@@@@########................
      @@@@@@@@@@@@@@@@########................
    4 @@@@@@@@@@@@@@@@########................
      @@@@@@@@@@@@@@@@########................
      --------################................
      --------################................
    2 --------################................
      --------################................
         0.1     0.5      1       5      10
                   learning_rate
      0 ...:::--===++***##%%%@@@ 1

One axis makes curves; what is shown, and of which rows, is said as to luron plot.

  $ luron show x.db -p --x learning_rate --by hidden
  share solved, by hidden
          1 |bbbbbbbbbbbbbbbbbbbbbbcccb
            |                  cccc  cccbb
            |              cccc        cc bbbb
            |          cccc        aaaaaaccaabbb
            |      cccc        aaaa        cc   bbb
            |  cccc        aaaa             ccc   bbbb
        0.5 |cc        aaaa                   ccc    bbb
            |      aaaa                         ccccc   bbb
            |  aaaa                                 ccccc bbb
            |aa                                         cccccbbb
            |                                               cccccbb
            |                                                   ccccc
          0 |                                                       ccccccccccccc
             0.1                                                 learning_rate 10
             a 2  b 4  c 3x3
  $ luron show x.db -p -x hidden --value loss --fold min
   min loss
     0.0893 |                                                           .
            |                                                        ..'
            |                                                     ..''
            |                                                  ..''
            |                                               ..''
            |                                             .:'
     0.0831 |                                          .:'
            |                                       .:'
            |                                    .:'
            |                                 ..'
            |                     ......''''''
            |          ......''''''
     0.0768 |        '''
                    2                         4                        3x3
                                            hidden
  $ luron show x.db -p -x learning_rate -y hidden -v loss -f q90 'seed > 1'
  90 % quantile of loss, 3 runs per cell, logarithmic
  hidden
      --------........--------########@@@@@@@@
  3x3 --------........--------########@@@@@@@@
      --------........--------########@@@@@@@@
      --------........--------########@@@@@@@@
      ::::::::::::::::........%%%%%%%%@@@@@@@@
      ::::::::::::::::........%%%%%%%%@@@@@@@@
    4 ::::::::::::::::........%%%%%%%%@@@@@@@@
      ::::::::::::::::........%%%%%%%%@@@@@@@@
      --------::::::::........########%%%%%%%%
      --------::::::::........########%%%%%%%%
    2 --------::::::::........########%%%%%%%%
      --------::::::::........########%%%%%%%%
         0.1     0.5      1       5      10
                   learning_rate
      0.1265 ...:::--===++***##%%%@@@ 18.29
  $ luron show x.db -p --ecdf -w 'hidden = 4'
  share solved by then
          1 |
            |
            |
            |
            |
            |                                                           .........
        0.5 |                                                      :'''''
            |                       .............:''''''''''''''''''
            |                    :'''
            |              ...:'''
            |           :'''
            |        :'''
          0 |.......:'
             0                                                         epochs 100
  $ luron show x.db -p -m epochs -x learning_rate --fold median | head -1
  median epochs
  $ luron show x.db -p -y hidden -v loss -s rank | tail -1
      0.1137 ...:::--===++***##%%%@@@ 12.69

The script is its sweep; an axis of one value is no axis.

  $ luron sweep xor.lua hidden=2 --quiet > log && luron show xor.lua hidden=2 -p | tail -1
             0.1                                                 learning_rate 10
  $ luron sweep xor.lua hidden=2 learning_rate=1 seed=1..3 --quiet > log
  $ luron show xor.lua hidden=2 learning_rate=1 seed=1..3 --plot | tail -1
             1                                                             seed 3
  $ luron show xor.lua hidden=2 learning_rate=1 seed=1..3 --plot 'seed = 1'
  command line: --plot: no axis has two values
  [2]

What a script names cannot steer the terminal.

  $ cat > evil.lua <<'END'
  > return { name = "\27[2Jü", inputs = {0}, targets = {1}, epochs = 1, params = { kind = "" },
  >          sweep = { kind = { "\27[2J\7", "a\nb", "\194\155c\255", "ü" }, seed = { 1, 2 } } }
  > END
  $ luron sweep evil.lua -o evil.db --quiet > log
  $ luron show evil.db | head -1
  ?[2Jü: 8 runs
  $ luron show evil.db -p -x kind -y seed -v loss | tail -3
      ?[2J?    a?b    ??c?     ü
                  kind
    0.48 ...:::--===++***##%%%@@@ 1.594
  $ luron show evil.db -p -x seed -y kind -v loss | cut -c 1-12
  loss
  kind
        ......
        ......
     ü  .....
        ......
        ......
        ......
   ??c? ......
        ......
        ......
        ......
    a?b ......
        ......
        ......
        ......
  ?[2J? ......
        ......
            1 
              
        0.48 .
  $ luron show evil.db -p -x kind -v loss | tail -2
                ?[2J?               a?b              ??c?                ü
                                             kind
  $ luron show evil.db -p -x seed --by kind -v loss | tail -1
             a ?[2J?  b a?b  c ??c?  d ü

Mistakes.

  $ luron show x.db --x hidden
  command line: --x: goes with --plot
  [2]
  $ luron show x.db -p --json
  command line: --json: does not go with --plot
  [2]
  $ luron show x.db -p -n 3
  command line: --best: does not go with --plot
  [2]
  $ luron show x.db -p -x hiden
  command line: hiden: no such column; did you mean hidden?
  [2]
  $ luron show x.db -p -f most
  command line: most: is not one of mean rate median q90 min
  [2]
  $ luron show x.db -p x.db
  command line: x.db: a second file, and luron show takes one here
  [2]
  $ luron show x.db -p 'seed > 100'
  command line: seed > 100: no row has these columns
  [2]
  $ luron show x.db -p 'seed >'
  command line: seed >: is no SQL expression: syntax error
  [2]

Colours are those of the terminal; without UTF-8 a row is a row.

  $ unset LC_ALL LC_CTYPE NO_COLOR; export LANG=C.UTF-8 TERM=xterm-256color COLORTERM=
  $ luron show x.db -p --color=always | grep -c '38;5;.*▀'
  12
  $ COLORTERM=truecolor luron show x.db -p --color=always | grep -c '38;2;.*▀'
  12
  $ CLICOLOR_FORCE=1 LANG=C luron show x.db -p | grep -c '48;5;[0-9]*m *'
  13
  $ NO_COLOR=1 CLICOLOR_FORCE=1 luron show x.db -p | grep -c '\['
  0
  [1]
  $ luron show x.db -p --color=always -x learning_rate --by hidden | grep -c '38;5;.*⠉'
  6
