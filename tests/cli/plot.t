Pictures of a sweep's results.

  $ cat > xor.lua <<'END'
  > return {
  >   name = "XOR", inputs = {{0,0},{0,1},{1,0},{1,1}}, targets = {{0},{1},{1},{0}},
  >   hidden = 2, activation = "tanh", output_activation = "sigmoid", epochs = 100, stop = { error = 0.4 },
  >   sweep = { learning_rate = { 0.1, 1, 10 }, hidden = { 2, { 3, 3 } }, seed = { 1, 2, 3, 4 } },
  > }
  > END
  $ luron sweep xor.lua -o x.db --quiet > log
  $ cat > size.py <<'END'
  > import struct, sys
  > for name in sys.argv[1:]:
  >     head = open(name, "rb").read(33)
  >     print(name, *struct.unpack(">8x4x4sII2B", head[:26]))
  > END
  $ luron plot x.db --x learning_rate --y hidden --value loss --bare -o bare.png
  $ luron plot x.db -x learning_rate -y hidden -v solved -f rate -o rate.png 'seed > 1'
  $ luron plot xor.lua -x learning_rate -y hidden -o none.png 2>&1 | sed 's/-[0-9a-f]*[.]/-HASH./'
  luron: results/xor-HASH.db: not there yet; luron sweep xor.lua makes it
  $ python3 size.py bare.png rate.png
  bare.png b'IHDR' 3 2 8 3
  rate.png b'IHDR' 815 732 8 3

Curves are XML, and their text is text.

  $ luron plot x.db -x learning_rate --by hidden -o loss.svg
  $ luron plot x.db -x hidden -v solved -o solved.svg
  $ luron plot x.db --ecdf --by hidden -o ecdf.svg
  $ cat > parse.py <<'END'
  > import sys, xml.dom.minidom
  > for name in sys.argv[1:]:
  >     page = xml.dom.minidom.parse(name)
  >     print(name, page.getElementsByTagName("title")[0].firstChild.data)
  >     print(*[t.firstChild.data for t in page.getElementsByTagName("text")])
  > END
  $ python3 parse.py loss.svg solved.svg ecdf.svg
  loss.svg median and quartiles, by hidden
  median and quartiles, by hidden 0.1 0.2 0.5 1 2 5 10 learning_rate 2 4 6 8 10 loss 2 3x3
  solved.svg share solved, and its 95 % interval
  share solved, and its 95 % interval 2 3x3 hidden 0 0.2 0.4 0.6 0.8 1 share solved
  ecdf.svg epochs to a solution, by hidden
  epochs to a solution, by hidden 0 20 40 60 80 100 epochs 0 0.2 0.4 0.6 0.8 1 share solved by then 2 3x3

A report is one page; what a script named is text in it.

  $ luron report x.db -o report.html && grep -c 'https*://' report.html
  0
  [1]
  $ sed 's/name = "XOR"/name = "<\/script><img src=x>"/' xor.lua > evil.lua; luron sweep evil.lua -o evil.db --quiet > log
  $ luron report evil.db -o evil.html && grep -o '<h1>.*</h1>' evil.html; grep -c '<img src=x' evil.html
  <h1>&lt;/script&gt;&lt;img src=x&gt;</h1>
  0
  [1]
  $ luron report x.db
  command line: -o FILE is missing; write luron report FILE -o report.html
  [2]

Mistakes.

  $ luron plot x.db -x learning_rate -y hidden
  command line: -o FILE is missing, a name that ends in .png or .svg
  [2]
  $ luron plot x.db -x learning_rate -y hidden -o x.gif
  command line: x.gif: its name must end in .png or .svg
  [2]
  $ luron plot x.db -y hidden -o x.png
  command line: --x is missing: the axis that runs to the right; write luron plot FILE --x A --y B
  [2]
  $ luron plot x.db -x lerning_rate -y hidden -o x.png
  command line: lerning_rate: no such column; did you mean learning_rate?
  [2]
  $ luron plot x.db -x learning_rate -y hidden -f most -o x.png
  command line: most: is not one of mean rate median q90 min
  [2]
  $ luron plot x.db -x learning_rate -o x.png
  command line: x.png: one axis makes curves, which are SVG: -o FILE.svg; or add --y for a heatmap
  [2]
  $ luron plot x.db -x learning_rate -y hidden -o nowhere/x.png 2>&1 | cut -c 1-22
  luron: nowhere/x.png: 
  $ ls x.png
  ls: cannot access 'x.png': No such file or directory
  [2]
