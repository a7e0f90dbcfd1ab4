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
  >     kind, width, height, bits, color = struct.unpack(">8x4x4sII2B", open(name, "rb").read(26))
  >     large = width > 400 and height > 400
  >     print(name, kind, "large" if large else (width, height), bits, color)
  > END
  $ luron plot x.db --x learning_rate --y hidden --value loss --bare -o bare.png
  $ luron plot x.db -x learning_rate -y hidden -v solved -f rate -o rate.png 'seed > 1'
  $ luron plot xor.lua -x learning_rate -y hidden -o none.png 2>&1 | sed 's/-[0-9a-f]*[.]/-HASH./'
  luron: results/xor-HASH.db: not there yet; luron sweep xor.lua makes it
  $ python3 size.py bare.png rate.png
  bare.png b'IHDR' (3, 2) 8 3
  rate.png b'IHDR' large 8 2

Curves are XML, and their text is text.

  $ luron plot x.db -x learning_rate --by hidden -o loss.svg
  $ luron plot x.db -x hidden -v solved -o solved.svg
  $ luron plot x.db --ecdf --by hidden -o ecdf.svg
  $ cat > parse.py <<'END'
  > import sys, xml.dom.minidom
  > for name in sys.argv[1:]:
  >     page = xml.dom.minidom.parse(name)
  >     print(name, *[t.firstChild.data for t in page.getElementsByTagName("title")])
  >     print(*[t.firstChild.data for t in page.getElementsByTagName("text")])
  > END
  $ python3 parse.py loss.svg solved.svg ecdf.svg
  loss.svg XOR: median loss of 4 runs per point, with quartiles
  XOR median loss of 4 runs per point, with quartiles 0.1 0.2 0.5 1 2 5 10 learning_rate 2 4 6 8 10 loss hidden 2 3x3
  solved.svg XOR: share solved of 12 runs per point, with its 95 % interval
  XOR share solved of 12 runs per point, with its 95 % interval 2 3x3 hidden 0 0.2 0.4 0.6 0.8 1 share solved
  ecdf.svg XOR: epochs to a solution, 12 runs per curve
  XOR epochs to a solution, 12 runs per curve 0 20 40 60 80 100 epochs 0 0.2 0.4 0.6 0.8 1 share solved by then hidden 2 3x3

Across several axes: a line a combination, in the colour of its value; what diverged has none, and is grey.

  $ luron plot x.db --axes learning_rate,hidden,seed -o runs.svg && python3 parse.py runs.svg
  runs.svg XOR: loss of 24 runs
  XOR loss of 24 runs 0.1 1 10 learning_rate 2 3x3 hidden 1 2 3 4 seed 0.1 0.2 0.5 1 2 5 10 loss
  $ luron plot x.db --axes hidden,learning_rate -v solved -o cells.svg && python3 parse.py cells.svg
  cells.svg XOR: share solved of 6 combinations
  XOR share solved of 6 combinations 2 3x3 hidden 0.1 1 10 learning_rate 0 0.2 0.4 0.6 0.8 1 share solved
  $ grep -c 'stroke="#' runs.svg; grep -c 'stroke="#' cells.svg
  24
  6
  $ luron plot x.db --axes learning_rate,seed -v epochs -f min -w 'hidden = 2' -o min.svg && python3 parse.py min.svg
  min.svg XOR: epochs of 12 runs
  XOR epochs of 12 runs 0.1 1 10 learning_rate 1 2 3 4 seed 20 40 60 80 100 epochs
  $ cat > many.lua <<'END'
  > local luron = require "luron"
  > return { inputs = {0, 1}, targets = {1, 3}, activation = "linear", epochs = 3,
  >          params = { kind = "" },
  >          sweep = { learning_rate = luron.geomspace(1e-3, 1e300, 50), seed = luron.range(1, 60),
  >                    kind = { "<b>&", "\27[31m\255" } } }
  > END
  $ luron sweep many.lua -o many.db --quiet | cut -d' ' -f 1-3
  many.db: 6000 runs
  $ luron plot many.db --axes learning_rate,seed -o many.svg && python3 parse.py many.svg; grep -c 'stroke="#' many.svg
  many.svg median loss of 2000 of 3000 combinations, evenly by rank
  median loss of 2000 of 3000 combinations, evenly by rank 1 1e+50 1e+100 1e+150 1e+200 1e+250 1e+300 learning_rate 10 20 30 40 50 60 seed 1 1e+50 1e+100 1e+150 1e+200 1e+250 loss
  2000
  $ grep -c '#969696' many.svg
  1800
  $ luron plot many.db --axes kind,seed -o b.svg && python3 parse.py b.svg
  b.svg median loss of 120 combinations
  median loss of 120 combinations <b>& ?[31m? kind 10 20 30 40 50 60 seed 1e+114 1e+115 1e+116 1e+117 loss
  $ luron plot x.db --axes learning_rate -o a.svg
  command line: --axes: from 2 to 12 names are needed: --axes=learning_rate,hidden
  [2]
  $ luron plot x.db --axes , -o a.svg
  command line: --axes: from 2 to 12 names are needed: --axes=learning_rate,hidden
  [2]
  $ luron plot x.db --axes a,b,c,d,e,f,g,h,i,j,k,l,m -o a.svg
  command line: --axes: from 2 to 12 names are needed: --axes=learning_rate,hidden
  [2]
  $ luron plot x.db --axes learning_rate,hiden -o a.svg
  command line: hiden: no such column; did you mean hidden?
  [2]
  $ luron plot x.db --axes learning_rate,hidden -o lines.png && python3 size.py lines.png
  lines.png b'IHDR' large 8 2
  $ luron plot x.db --axes learning_rate,hidden -x seed -o a.svg
  command line: --axes: is another picture than that of x, y, by, bare or ecdf
  [2]
  $ luron plot x.db --axes learning_rate,hidden -o a.svg 'seed > 100'
  command line: seed > 100: no row has these columns
  [2]

Curves are of the median, or as it is said.

  $ for fold in mean rate median q90 min; do
  >   luron plot x.db -x learning_rate --by hidden --fold $fold -o $fold.svg && grep '<title>' $fold.svg
  >   grep -c 'fill-opacity' $fold.svg
  > done
  <title>XOR: mean loss of 4 runs per point, with standard deviation</title>
  2
  <title>XOR: share solved of 4 runs per point, with its 95 % interval</title>
  2
  <title>XOR: median loss of 4 runs per point, with quartiles</title>
  2
  <title>XOR: 90 % quantile of loss, 4 runs per point</title>
  0
  <title>XOR: least loss of 4 runs per point</title>
  0
  [1]
  $ cmp median.svg loss.svg

The share solved over the epochs is that of Kaplan and Meier: who ended unsolved is at risk until then.

  $ cat > lives.lua <<'END'
  > return { inputs = {{0,0},{0,1},{1,0},{1,1}}, targets = {0,1,1,0}, hidden = 3, activation = "relu",
  >          output_activation = "linear", stop = { error = 0.3, patience = 60 },
  >          sweep = { learning_rate = { 0.01, 0.1, 0.5, 3 }, epochs = { 100, 400 } } }
  > END
  $ luron sweep lives.lua seed=1..40 -o lives.db --quiet > log && luron plot lives.db --ecdf -o lives.svg
  $ cat > lives.py <<'END'
  > import re, sqlite3
  > rows = sqlite3.connect("lives.db").execute("SELECT epochs, status FROM runs").fetchall()
  > print(*sorted(set(status for _, status in rows)))
  > lives = [(float("inf") if s in ("diverged", "failed") else e, s == "solved") for e, s in rows]
  > left, points = 1, []
  > for t in sorted({t for t, solved in lives if solved}):
  >     at_risk, n_solved = sum(x >= t for x, _ in lives), sum(x == t and s for x, s in lives)
  >     left *= 1 - n_solved / at_risk
  >     points.append(1 - left)
  > path = re.search(r'<path d="([^"]*)"[^>]*class="line l-s0"', open("lives.svg").read())
  > heights = [float(y) for y in re.findall("[0-9.]+ ([0-9.]+)", path.group(1))][::2]
  > shown = [(heights[0] - y) / 230 for y in heights[1:]]
  > print(all(abs(a - b) < 0.0005 for a, b in zip(points, shown)), len(shown) - len(points))
  > print("at the end %.3f, of all %.3f" % (shown[-1], sum(s for _, s in lives) / len(lives)))
  > END
  $ python3 lives.py
  diverged finished solved stalled
  True 1
  at the end 0.231, of all 0.166
  $ luron plot lives.db --ecdf --by seed -o lives.svg && python3 parse.py lives.svg
  lives.svg epochs to a solution, 8 runs per curve; 8 of 40 curves
  epochs to a solution, 8 runs per curve; 8 of 40 curves 0 100 200 300 400 epochs 0 0.2 0.4 0.6 0.8 1 share solved by then seed 1 6 12 17 23 28 34 40
  $ luron sweep lives.lua seed=1..40 --keep cells -o cells.db --quiet > log; luron plot cells.db --ecdf -o lives.svg
  command line: ecdf: the file keeps combinations, and not the epochs of their runs
  [2]

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

What is read is not overwritten, under whatever name, nor is any results file.

  $ cp x.db j.html; cp x.db j.csv; cp x.db j.png; cp xor.lua net.png; cp xor.lua mine.lua; ln -s j.html link.html
  $ sha256sum j.* net.png mine.lua > before
  $ luron report j.html -o j.html
  command line: j.html: is what is read here, and would be overwritten; choose another name
  [2]
  $ luron report j.html -o link.html
  command line: link.html: is what is read here, and would be overwritten; choose another name
  [2]
  $ luron report x.db -o j.html
  command line: j.html: is a results file, and would be overwritten; choose another name
  [2]
  $ luron export j.csv -o j.csv
  command line: j.csv: is what is read here, and would be overwritten; choose another name
  [2]
  $ luron plot j.png -x learning_rate -y hidden -o j.png
  command line: j.png: is what is read here, and would be overwritten; choose another name
  [2]
  $ luron plot net.png --boundary -o net.png
  command line: net.png: is what is read here, and would be overwritten; choose another name
  [2]
  $ luron report j.html -o j.db
  command line: j.db: its name must end in .html
  [2]
  $ luron report mine.lua -o mine.lua
  command line: mine.lua: its name must end in .html
  [2]
  $ cat > over.lua <<'END'
  > local r = require "luron".results "x.db"
  > print(pcall(r.report, r, "j.html"))
  > print(pcall(r.plot, r, { x = "learning_rate", y = "hidden", path = "j.png" }))
  > print(pcall(r.report, r, "over.lua"))
  > END
  $ luron run over.lua
  false	j.html: is a results file, and would be overwritten; choose another name
  false	j.png: is a results file, and would be overwritten; choose another name
  false	over.lua: is what is read here, and would be overwritten; choose another name
  $ sha256sum -c before --quiet && rm before j.* link.html net.png mine.lua over.lua

Learning curves, of the points that a sweep keeps: runs that ended hold their last loss, and who diverged is left out.

  $ cat > learn.lua <<'END'
  > return { name = "Learning", inputs = {{0,0},{0,1},{1,0},{1,1}}, targets = {0,1,1,0}, hidden = 3, epochs = 60,
  >          curve = 7, stop = { loss = 0.3 }, activation = "tanh", output_activation = "linear", loss = "mse",
  >          sweep = { optimizer = { "sgd", "momentum", "adam" }, learning_rate = { 0.02, 0.05, 1e300 }, seed = { 1, 2, 3 } } }
  > END
  $ luron sweep learn.lua -o learn.db --quiet > log; luron plot learn.db -x epoch --by optimizer -o learn.svg
  $ python3 parse.py learn.svg
  learn.svg Learning: median loss of 6 runs per curve, with quartiles; ended runs hold their last; 9 diverged left out
  Learning median loss of 6 runs per curve, with quartiles; ended runs hold their last; 9 diverged left out 0 10 20 30 40 50 60 epoch 0.3 0.4 0.5 0.6 0.7 0.8 loss optimizer sgd momentum adam
  $ cat > learn.py <<'END'
  > import re, sqlite3, statistics
  > db, points = sqlite3.connect("learn.db"), {}
  > for run, epoch, loss in db.execute("SELECT run, epoch, loss FROM curves ORDER BY 1, 2"):
  >     points.setdefault(run, []).append((epoch, loss))
  > epochs = sorted({e for p in points.values() for e, _ in p})
  > rows = db.execute("SELECT run, epochs, loss FROM runs WHERE optimizer = 'sgd' AND status <> 'diverged'").fetchall()
  > expected = [statistics.median(last if e >= n else [l for at, l in points[run] if at <= e][-1] for run, n, last in rows)
  >             for e in epochs]
  > path = re.search(r'<path d="([^"]*)"[^>]*class="line l-s0"', open("learn.svg").read()).group(1)
  > drawn = [float(y) for y in re.findall("[0-9.]+ ([0-9.]+)", path)]
  > scale = (drawn[0] - drawn[-1]) / (expected[0] - expected[-1])
  > print(len(drawn), len(rows), all(abs(y - drawn[0] - scale * (v - expected[0])) < 0.02 for y, v in zip(drawn, expected)))
  > END
  $ python3 learn.py
  7 6 True
  $ luron plot learn.db -x epoch --fold mean -o mean.svg 'learning_rate < 1' && python3 parse.py mean.svg
  mean.svg Learning: mean loss of 18 runs per point, with standard deviation; ended runs hold their last
  Learning mean loss of 18 runs per point, with standard deviation; ended runs hold their last 0 10 20 30 40 50 60 epoch 0.2 0.4 0.6 0.8 loss
  $ luron plot learn.db -x optimizer -v loss -o effect.svg && python3 parse.py effect.svg | sed -n 1,1p
  effect.svg Learning: median loss of 9 runs per point, with quartiles; 9 diverged left out
  $ luron plot learn.db -x optimizer -v solved -o effect.svg && python3 parse.py effect.svg | sed -n 1,1p
  effect.svg Learning: share solved of 9 runs per point, with its 95 % interval
  $ luron plot learn.db -x epoch -v accuracy -o x.png
  command line: accuracy: is not kept at each epoch; there are loss and validation_loss
  [2]
  $ luron plot learn.db -x epoch -v validation_loss -o x.png
  command line: validation_loss: the file keeps no curves of it; the sweep had no validation
  [2]
  $ luron plot learn.db -x epoch --fold min -o x.png
  command line: fold: is median or mean over the epochs
  [2]
  $ luron plot learn.db -x epoch -o x.png "optimizer = 'sgd' and learning_rate > 1"
  command line: optimizer = 'sgd' and learning_rate > 1: all runs of these rows diverged
  [2]
  $ luron plot learn.db -x optimizer -o x.png "optimizer = 'sgd' and learning_rate > 1"
  command line: optimizer = 'sgd' and learning_rate > 1: all runs of these rows diverged
  [2]
  $ luron plot x.db -x epoch -o x.png
  command line: epoch: the file keeps no curves; write curve = 100 in the script, and sweep again
  [2]

The curve of one run, of a script; with a validation set there are two. It has as many points as are asked for, or 100.

  $ luron plot learn.lua --curve -o one.svg && python3 parse.py one.svg; head -c 5 one.svg
  one.svg Learning: loss of one run, finished after 60 epochs
  Learning loss of one run, finished after 60 epochs 0 10 20 30 40 50 60 epoch 0.4 0.5 0.6 0.7 0.8 loss
  <svg  (no-eol)
  $ cat > points.py <<'END'
  > import re
  > page = open("one.svg").read()
  > print(*[len(re.findall("[0-9.]+ [0-9.]+", p)) for p in re.findall(r'<path d="([^"]*)"[^>]*class="line l-s', page)])
  > END
  $ python3 points.py
  7
  $ sed 's/curve = 7, stop = { loss = 0.3 },/validation = 0.5,/' learn.lua > valid.lua
  $ luron plot valid.lua --curve -o one.svg learning_rate=0.05 --title=Valid && python3 parse.py one.svg
  one.svg Valid
  Valid 0 10 20 30 40 50 60 epoch 1e-06 0.0001 0.01 1 loss training validation
  $ python3 points.py
  60 60 2 2
  $ luron plot learn.lua --curve -o one.png --size=90x60mm --dpi=300 && python3 size.py one.png
  one.png b'IHDR' large 8 2
  $ luron plot learn.lua --curve -o one.pdf && head -c 5 one.pdf
  %PDF- (no-eol)
  $ luron plot learn.lua --curve -o one.png curve=0
  command line: curve: the run kept none; ask for curve = 100
  [2]
  $ luron plot learn.lua --curve --boundary -o one.png
  command line: --boundary: is another picture than --curve
  [2]
  $ luron plot learn.lua --curve --epochs=1 -o one.png
  command line: --epochs: goes with --boundary or --weights
  [2]
  $ luron plot learn.lua --curve --by seed -o one.png
  command line: --by: is of results, and --curve draws one run of a script
  [2]

Values of text stand as the script lists them.

  $ luron plot learn.db -x optimizer --by seed -v epochs -o order.svg && python3 parse.py order.svg
  order.svg Learning: median epochs of 3 runs per point, with quartiles; 9 diverged left out
  Learning median epochs of 3 runs per point, with quartiles; 9 diverged left out sgd momentum adam optimizer 0 10 20 30 40 50 epochs seed 1 2 3
  $ luron plot learn.db -x learning_rate -y optimizer -v epochs -o order.svg && python3 parse.py order.svg
  order.svg Learning: median epochs of 3 runs per cell
  Learning median epochs of 3 runs per cell 0.02 0.05 1e+300 learning_rate sgd momentum adam optimizer 2 4 6 8 10 diverged
  $ luron plot learn.db --axes optimizer,seed -v epochs -o order.svg && python3 parse.py order.svg
  order.svg Learning: median epochs of 9 combinations
  Learning median epochs of 9 combinations sgd momentum adam optimizer 1 2 3 seed 5 10 20 epochs

Mistakes.

  $ luron plot x.db -x learning_rate -y hidden
  command line: -o FILE is missing, a name that ends in .png, .svg or .pdf
  [2]
  $ luron plot x.db -x learning_rate -y hidden -o x.gif
  command line: x.gif: its name must end in .png, .svg or .pdf
  [2]
  $ luron plot x.db -y hidden -o x.png
  command line: --x: is missing: the axis that runs to the right
  [2]
  $ luron plot x.db -x lerning_rate -y hidden -o x.png
  command line: lerning_rate: no such column; did you mean learning_rate?
  [2]
  $ luron plot x.db -x learning_rate -y learning_rate -o x.png
  command line: learning_rate: is both axes; a picture of one axis has no other
  [2]
  $ luron plot x.db -x learning_rate -y hidden -v status -o x.png
  command line: status: is no metric of x.db; there are loss accuracy epochs solved
  [2]
  $ luron plot x.db -x run -y status -o status.png && luron plot x.db -x status --by hidden -o status.svg
  $ luron plot x.db -x learning_rate -y hidden -f most -o x.png
  command line: most: is not one of mean rate median q90 min
  [2]
  $ luron plot x.db -x learning_rate -o curve.png && python3 size.py curve.png
  curve.png b'IHDR' large 8 2
  $ luron plot x.db -x learning_rate -y hidden -o nowhere/x.png 2>&1 | cut -c 1-22
  luron: nowhere/x.png: 
  $ ls x.png
  ls: cannot access 'x.png': No such file or directory
  [2]

A network with two inputs: its plane, before and after; blue where the output is low, red where it is high.

  $ cat > and.lua <<'END'
  > return { inputs = {{0,0},{0,1},{1,0},{1,1}}, targets = {0,0,0,1}, learning_rate = 1, epochs = 300,
  >          weights = {{{1,1}}}, biases = {{-9}} }
  > END
  $ cat > pixel.py <<'END'
  > import struct, sys, zlib
  > data = open(sys.argv[1], "rb").read()
  > at, chunks = 8, {}
  > while at < len(data):
  >     n, kind = struct.unpack(">I4s", data[at:at + 8])
  >     chunks[kind] = chunks.get(kind, b"") + data[at + 8:at + 8 + n]
  >     at += 12 + n
  > width, height = struct.unpack(">II", chunks[b"IHDR"][:8])
  > raw = zlib.decompress(chunks[b"IDAT"])
  > assert len(raw) == height * (3 * width + 1) and not any(raw[::3 * width + 1]), "RGB without filters"
  > for word in sys.argv[2:]:
  >     x, y = map(int, word.split(","))
  >     r, g, b = raw[y * (3 * width + 1) + 1 + 3 * x:][:3]
  >     print("red" if r > b + 60 else "blue" if b > r + 60 else "other", end=" ")
  > print(round((width - 90) / 340), "panels")
  > END
  $ luron plot and.lua --boundary -o and.png
  $ python3 pixel.py and.png 380,50 100,340 720,50 440,340
  blue blue red blue 2 panels
  $ luron plot and.lua --boundary --epochs 0 -o one.png epochs=5 && python3 pixel.py one.png 380,50
  blue 1 panels
  $ luron plot and.lua --weights -o weights.png && luron plot xor.lua --weights -o more.png hidden=3 learning_rate=1
  $ python3 pixel.py weights.png 108,118
  blue 1 panels
  $ sed 's/{0,0}/{0,0,0}/; s/{0,1}/{0,1,0}/; s/{1,0}/{1,0,0}/; s/{1,1}/{1,1,1}/; s/weights.*/}/' and.lua > three.lua
  $ luron plot three.lua --boundary -o three.png
  command line: --boundary: the network has 3 inputs, and a boundary is drawn over two
  [2]
  $ luron plot and.lua --boundary -o and.svg && python3 parse.py and.svg
  and.svg
  before training 0 0.5 1 input 1 0 0.5 1 input 2 after 300 epochs 0 0.5 1 input 1 0 0.5 1
  $ luron plot and.lua --boundary --epochs 1,x -o and.png
  command line: --epochs: "1,x" is not a list of at most 8 numbers, as 0,10,100 or 0..1000..50
  [2]
  $ luron plot and.lua --boundary --weights -o and.png
  command line: --weights: is another picture than --boundary
  [2]
  $ for list in 1,2,3,4,5,6,7,8,9 0..8 5..1 0..10..0 -1 1,,2 99999999999999999999 '' 1..; do
  >   luron plot and.lua --boundary --epochs "$list" -o and.png 2>&1 | cut -d' ' -f 3-10
  > done
  --epochs: "1,2,3,4,5,6,7,8,9" is not a list of at
  --epochs: "0..8" is not a list of at
  --epochs: "5..1" is not a list of at
  --epochs: "0..10..0" is not a list of at
  --epochs: "-1" is not a list of at
  --epochs: "1,,2" is not a list of at
  --epochs: "99999999999999999999" is not a list of at
  --epochs: "" is not a list of at
  --epochs: "1.." is not a list of at
  $ luron plot x.db --epochs 1 -x learning_rate -o x.svg
  command line: --epochs: goes with --boundary or --weights
  [2]
  $ luron plot x.db --animate -x learning_rate -o x.svg
  command line: --animate: makes a PNG, and not .svg
  [2]

What changes nothing of a picture is refused, of whatever kind it is.

  $ cat > kept.lua <<'END'
  > return { name = "kept", inputs = {{0},{1}}, targets = {{1},{0}}, hidden = 2, epochs = 4, curve = 5,
  >          sweep = { learning_rate = { 0.1, 1 }, seed = { 1, 2 } } }
  > END
  $ luron sweep kept.lua -o kept.db --quiet > log
  $ for words in "-x learning_rate -y hidden --legend=below" "-x learning_rate --palette=greys" "-x hidden --xlim=1,2" \
  >     "-x learning_rate --shade=log" "--ecdf --fold=min" "--ecdf --value=loss" "--ecdf -x hidden" \
  >     "-x hidden --by hidden" "--axes=hidden,hidden" "--axes=hidden,seed --xlim=1,2" \
  >     "-x learning_rate -y hidden --bare --dpi=100"; do
  >   luron plot x.db $words -o x.png; echo $?
  > done
  command line: legend: is not for a heatmap
  2
  command line: palette: is not for curves
  2
  command line: xlim: is not for points over names
  2
  command line: --shade: is for a heatmap, or with axes
  2
  command line: --fold: is not for ecdf, the share that is solved within so many epochs
  2
  command line: --value: is not for ecdf, the share that is solved within so many epochs
  2
  command line: --x: is not for ecdf, the share that is solved within so many epochs
  2
  command line: --by: is the axis that runs to the right already
  2
  command line: --axes: names an axis twice
  2
  command line: xlim: is not for lines across axes
  2
  command line: dpi: is not for a picture with nothing around it
  2
  $ for words in "--weights --xlim=1,2" "--weights --palette=greys" "--curve --palette=greys" "--curve --size=1x1mm"; do
  >   luron plot kept.lua $words -o x.png; echo $?
  > done
  command line: xlim: is not for a picture of weights
  2
  command line: palette: is not for a picture of weights
  2
  command line: palette: is not for curves
  2
  command line: 3 x 3 points are too small for the labels of this figure; choose a larger size, or a smaller font_size
  2
  $ luron plot kept.db --curve -o x.png
  luron: kept.db is a results file and not a script; see luron show, plot, export and report
  [1]
  $ luron plot kept.db -x epoch -y learning_rate -o x.png
  command line: y: goes with an axis; over the epochs there are curves, as --by=learning_rate
  [2]

Every name below an axis is there; those that are too long for their place are cut.

  $ cat > names.lua <<'END'
  > return { name = "names", inputs = {{0},{1}}, targets = {{1},{0}}, epochs = 2, params = { kind = "" },
  >          sweep = { kind = { "short", "a rather long name of a thing that nobody reads", "b", "sixth",
  >                             "ok", "last", "x", "y" } } }
  > END
  $ luron sweep names.lua -o names.db --quiet > log
  $ luron plot names.db -x kind -o names.svg && python3 parse.py names.svg | sed '1d; s/ kind .*//; s/a r[a-z ]*[.][.][.]/A.../'
  names loss short A... b sixth ok last x y

Epochs are whole: no tick stands between two.

  $ luron plot kept.db -x epoch --by learning_rate -o few.svg && python3 parse.py few.svg | sed 's/.*quartiles//; s/ epoch.*//'
  
   0 1 2 3

The same figure in three formats, with the same bytes each time; the options choose it, and not the suffix.

  $ luron plot x.db -x learning_rate -y hidden -o same.pdf && cp same.pdf before.pdf
  $ sleep 1; luron plot x.db -x learning_rate -y hidden -o same.pdf && cmp same.pdf before.pdf && head -c 5 same.pdf
  %PDF- (no-eol)
  $ luron plot x.db -x learning_rate -y hidden -o heat.svg && python3 parse.py heat.svg && grep -c '<image' heat.svg
  heat.svg XOR: median loss of 4 runs per cell
  XOR median loss of 4 runs per cell 0.1 1 10 learning_rate 2 3x3 hidden 0.2 0.5 1 2 5 10
  2
  $ luron plot x.db -x learning_rate -y hidden -o looks.svg --size=90x60mm --title='Löss < 1' --xlabel=rate --ylabel= \
  >   --font-size=7 --palette=magma --theme=auto
  $ python3 parse.py looks.svg; grep -o 'width="[0-9.]*pt" height="[0-9.]*pt"' looks.svg; grep -c prefers-color looks.svg
  looks.svg Löss < 1
  Löss < 1 0.1 1 10 rate 2 3x3 0.2 0.5 1 2 5 10
  width="255.118pt" height="170.079pt"
  1
  $ luron plot x.db -x learning_rate --by hidden -o limits.svg --xlim=0.5,2 --ylim=0,1 --legend=none
  $ python3 parse.py limits.svg
  limits.svg XOR: median loss of 4 runs per point, with quartiles
  XOR median loss of 4 runs per point, with quartiles 0.5 1 2 learning_rate 0 0.2 0.4 0.6 0.8 1 loss
  $ luron plot x.db -x learning_rate --by hidden -o pixels.png --size=800x600 --dpi=200 --theme=dark --legend=below
  $ python3 size.py pixels.png; python3 pixel.py pixels.png 3,3
  pixels.png b'IHDR' large 8 2
  other 2 panels
  $ for look in size=90 size=1x1mm size=1e9x1mm dpi=x font-size=0 palette=jet xlim=3 ylim=2,2 legend=above theme=night; do
  >   luron plot x.db -x learning_rate -y hidden -o x.png "--$look"
  > done
  command line: --size: "90" is no size; write 90x60mm, 15x10cm, 6x4in, or 800x600 for pixels
  command line: 3 x 3 points are too small for the labels of this figure; choose a larger size, or a smaller font_size
  command line: --size: 1e9x1mm is more than 14400 points or pixels
  command line: --dpi: "x" is not a number from 1 to 4800, such as 300
  command line: --font-size: "0" is not a number from 1 to 200, such as 9
  command line: --palette: "jet" is none of them; there are viridis magma cividis greys diverging
  command line: --xlim: "3" is not two different numbers, as 0,100
  command line: --ylim: "2,2" is not two different numbers, as 0,100
  command line: --legend: "above" is none of them; there are right below none
  command line: --theme: "night" is none of them; did you mean light? There are light dark auto
  [2]
  $ luron plot x.db -x learning_rate -y hidden -o x.png --size=14000x14000 --dpi=4800
  command line: a picture of 14000 x 14000 pixels is too large
  [2]
  $ luron plot x.db -x learning_rate -y hidden -o x.png --size=14000x14000mm --dpi=4800
  command line: --size: 14000x14000mm is more than 14400 points or pixels
  [2]
  $ ls x.png
  ls: cannot access 'x.png': No such file or directory
  [2]

Letters that no font has are said; what is no character is a question mark; and without any font nothing is lost.

  $ printf 'title \315\270' > title; luron plot x.db -x learning_rate -o font.png --title="$(cat title)"
  note: no font has all letters of "title ͸"
  $ printf 'a\377\033b' > title; luron plot x.db -x learning_rate -o font.svg --title="$(cat title)"
  $ python3 parse.py font.svg | sed -n 1p
  font.svg a??b
  $ echo '<?xml version="1.0"?><fontconfig></fontconfig>' > none.conf
  $ FONTCONFIG_FILE="$PWD/none.conf" luron plot x.db -x learning_rate -o f.png; python3 size.py f.png
  note: no font has all letters of "2"
  f.png b'IHDR' large 8 2

A strip of moments, those left out that come after the end; one moment after the other, as files or as one that moves.

  $ luron plot and.lua --boundary --epochs 0,10..30..10,1000 -o strip.png && python3 pixel.py strip.png
  5 panels
  $ luron plot and.lua --boundary --epochs 0,1000,2000 -o strip.png stop.error=0.4 && python3 pixel.py strip.png
  2 panels
  $ luron plot and.lua --boundary --animate --epochs 0,100,1000,2000 -o frame-%03d.png && ls frame*
  frame-001.png
  frame-002.png
  frame-003.png
  $ python3 pixel.py frame-001.png 380,50 && python3 pixel.py frame-003.png 380,50
  blue 1 panels
  red 1 panels
  $ cat > moving.py <<'END'
  > import struct, sys, zlib
  > data = open(sys.argv[1], "rb").read()
  > at, kinds, numbers = 8, [], []
  > while at < len(data):
  >     n, kind = struct.unpack(">I4s", data[at:at + 8])
  >     body = data[at + 8:at + 8 + n]
  >     assert zlib.crc32(kind + body) == struct.unpack(">I", data[at + 8 + n:at + 12 + n])[0], kind
  >     if kind == b"acTL":
  >         print("frames, times:", *struct.unpack(">II", body))
  >     if kind in (b"fcTL", b"fdAT"):
  >         numbers.append(struct.unpack(">I", body[:4])[0])
  >     kinds.append(kind.decode())
  >     at += 12 + n
  > assert numbers == list(range(len(numbers))), numbers
  > print(*kinds[:5], "...", kinds[-1], kinds.count("fcTL"))
  > END
  $ luron plot and.lua --boundary --animate --epochs 0,100,1000 -o moving.png && python3 moving.py moving.png
  frames, times: 3 0
  IHDR acTL pHYs fcTL IDAT ... IEND 3
  $ cmp moving.png frame-001.png | cut -d: -f 1; python3 pixel.py moving.png
  moving.png frame-001.png differ
  1 panels
  $ luron plot and.lua --weights --animate -o squares.png && python3 moving.py squares.png
  frames, times: 45 0
  IHDR acTL pHYs fcTL IDAT ... IEND 45
  $ for name in f-%s.png f-%d-%d.png f-%%d.png f-%.png f-%999d.png f-%n.png f-%3x.png; do
  >   luron plot and.lua --boundary --animate -o "$name"
  > done
  command line: f-%s.png: a name for frames has one %d, or %03d, for their number
  command line: f-%d-%d.png: a name for frames has one %d, or %03d, for their number
  command line: f-%%d.png: a name for frames has one %d, or %03d, for their number
  command line: f-%.png: a name for frames has one %d, or %03d, for their number
  command line: f-%999d.png: a name for frames has one %d, or %03d, for their number
  command line: f-%n.png: a name for frames has one %d, or %03d, for their number
  command line: f-%3x.png: a name for frames has one %d, or %03d, for their number
  [2]
  $ luron plot and.lua --boundary --epochs 0 -o 'f-%s.png' && ls f-*
  f-%s.png

What a function of the script stops is drawn as it was stopped; its log is not.

  $ cat > when.lua <<'END'
  > return { inputs = {{0,0},{0,1},{1,0},{1,1}}, targets = {0,0,0,1}, log = print,
  >          stop = { when = function(record) return record.epoch >= 20 end } }
  > END
  $ luron plot when.lua --boundary --epochs 0,10,100,1000 -o when.png && python3 pixel.py when.png
  3 panels

A run ends with its curve, on a terminal with room; of UTF-8 where the terminal's language is.

  $ unset COLUMNS LC_ALL LC_CTYPE; export TERM=xterm NO_COLOR=1
  $ LC_ALL=C python3 "$TESTDIR/terminal.py" 50 luron run and.lua > ascii.txt; tail -8 ascii.txt
       loss, logarithmic
       1.75 |:
            |:
            |:
            |':...
            |    ''''':.......
     0.0126 |                 ''''''''''''.........
             0                            epoch 299
  $ LANG=C.UTF-8 python3 "$TESTDIR/terminal.py" 40 luron run and.lua > braille.txt; tail -8 braille.txt
       loss, logarithmic
       1.75 │⡇
            │⡇
            │⣇
            │⠘⠤⣀⡀
            │   ⠉⠙⠒⠦⠤⢤⣀⣀⡀
     0.0126 │           ⠈⠉⠉⠙⠒⠒⠒⠒⠦⠤⠤⠤⠤⢄⣀⣀⣀
             0                  epoch 299
  $ python3 "$TESTDIR/terminal.py" 39 luron run and.lua | grep -c 'loss, log'
  0
  [1]
  $ python3 "$TESTDIR/terminal.py" 40 luron run and.lua | grep -c 'loss, log'
  1
  $ luron run and.lua | grep -c 'loss, log'
  0
  [1]
  $ python3 "$TESTDIR/terminal.py" 80 luron run --quiet and.lua | grep -c 'loss, log'
  0
  [1]
  $ LC_ALL=C NO_COLOR= python3 "$TESTDIR/terminal.py" 80 luron run and.lua | grep -c '[|].*36m'
  6

From Lua: the same bytes.

  $ cat > plots.lua <<'END'
  > local r = require "luron".results "x.db"
  > r:plot { x = "learning_rate", y = "hidden", value = "solved", fold = "rate", where = "seed > 1", path = "lua.png" }
  > r:plot { x = "learning_rate", by = "hidden", path = "lua.svg" }
  > r:plot { axes = { "learning_rate", "hidden", "seed" }, path = "luaruns.svg" }
  > r:plot { x = "learning_rate", by = "hidden", fold = "q90", path = "luaq90.svg" }
  > for _, wrong in ipairs { {}, { "seed" }, { "seed", 1 }, "seed" } do
  >   print(select(2, pcall(r.plot, r, { axes = wrong, path = "a.svg" })))
  > end
  > r:plot { axes = { "seed", "hidden" }, path = "lua_lines.png" }
  > r:report "lua.html"
  > for _, wrong in ipairs { {}, { path = "a.gif" }, { path = "a.png" }, { path = 3 },
  >                          { path = "a.svg", x = "nothing" }, { path = "a.png", x = "seed", z = 1 } } do
  >   print(select(2, pcall(r.plot, r, wrong)))
  > end
  > r:close()
  > print(pcall(r.report, r, "b.html"))
  > END
  $ luron run plots.lua
  axes: a list of 2 to 12 columns is expected
  axes: a list of 2 to 12 columns is expected
  axes: a list of 2 to 12 columns is expected
  axes: a list of 2 to 12 columns is expected
  path: a name that ends in .png, .svg or .pdf is expected
  path: a name that ends in .png, .svg or .pdf is expected
  x: is missing: the axis that runs to the right
  path: 3 is not a text
  nothing: no such column in x.db
  z: no such field; there are x y by value where fold shade bare ecdf axes path size dpi font_size title xlabel ylabel palette xlim ylim legend theme
  false	these results are closed
  $ cmp luaruns.svg runs.svg && cmp luaq90.svg q90.svg
  $ cmp lua.png rate.png && cmp lua.svg loss.svg && cmp lua.html report.html && ls | grep -c '^[ab][.]'
  1

  $ cat > run_plot.lua <<'END'
  > local e = require "luron".experiment(dofile "and.lua")
  > local run = e:run { curve = 50 }
  > run:plot { path = "curve.svg" }
  > run:plot { weights = true, path = "last.png" }
  > print(pcall(run.plot, run, { path = "curve.gif" }))
  > print(pcall(run.plot, run, { path = "x.svg", wieghts = true }))
  > run:plot { boundary = true, path = "both.png" }
  > run:plot { boundary = true, epochs = { 0, 10, 20, 30, 1000 }, path = "strip5.png" }
  > for _, wrong in ipairs { {}, { 1.5 }, { -1 }, { 1, 2, 3, 4, 5, 6, 7, 8, 9 }, 3 } do
  >   print(pcall(run.plot, run, { boundary = true, epochs = wrong, path = "x.png" }))
  > end
  > print(pcall(run.plot, run, { boundary = true, weights = true, path = "x.png" }))
  > run:plot { boundary = true, path = "both.svg", title = "", palette = "greys" }
  > print(pcall(run.plot, run, { epochs = { 1 }, path = "x.svg" }))
  > local deep = e:run { inputs = {{0},{1}}, targets = {0,1}, weights = {{{1}}}, biases = {{1}} }
  > print(pcall(deep.plot, deep, { boundary = true, path = "x.png" }))
  > local none = e:run { curve = 0 }
  > print(pcall(none.plot, none, { path = "x.svg" }))
  > END
  $ luron run run_plot.lua
  false	path: a name that ends in .png, .svg or .pdf is expected
  false	wieghts: no such field; did you mean weights?
  false	epochs: a list of at most 8 whole numbers is expected, as {0, 10, 100}
  false	epochs: a list of at most 8 whole numbers is expected, as {0, 10, 100}
  false	epochs: a list of at most 8 whole numbers is expected, as {0, 10, 100}
  false	epochs: a list of at most 8 whole numbers is expected, as {0, 10, 100}
  false	epochs: a list of at most 8 whole numbers is expected, as {0, 10, 100}
  false	weights: is another picture than boundary
  false	epochs: goes with boundary or weights
  false	boundary: the network has 1 input, and a boundary is drawn over two
  false	curve: the run kept none; ask for curve = 100
  $ python3 parse.py curve.svg; python3 pixel.py last.png 108,118
  curve.svg loss of one run, finished after 300 epochs
  loss of one run, finished after 300 epochs 0 50 100 150 200 250 300 epoch 0.02 0.05 0.1 0.2 0.5 1 loss
  blue 1 panels

The share solved of a file that folds its seeds is that of the file that keeps all rows:

  $ cat > folds.lua <<'END'
  > return {
  >   inputs = { {0,0}, {0,1}, {1,0}, {1,1} }, targets = { 0, 1, 1, 0 }, hidden = 2, epochs = 200, stop = { error = 0.4 },
  >   sweep = { learning_rate = { 0.5, 1, 2 }, hidden = { 2, 3 }, seed = { 1, 2, 3, 4 } },
  > }
  > END
  $ luron sweep --quiet folds.lua -o folds_all.db > /dev/null
  $ luron sweep --quiet folds.lua --keep cells -o folds.db > /dev/null
  $ luron plot folds_all.db --x learning_rate --y hidden --value solved --bare -o folds_all.png
  $ luron plot folds.db --x learning_rate --y hidden --value solved --bare -o folds.png
  $ cat > pixels.py <<'END'
  > import sys
  > a, b = (open(f, "rb").read().split(b"IDAT")[1].split(b"IEND")[0] for f in sys.argv[1:])
  > print(a == b)
  > END
  $ python3 pixels.py folds.png folds_all.png
  True
  $ luron plot and.lua --boundary --epochs 0,10..30..10,1000 -o strip.png
  $ cmp both.png and.png && cmp strip5.png strip.png; ls x.png
  ls: cannot access 'x.png': No such file or directory
  [2]

Texts wider than a picture, what is no picture, and epochs that a file lost:

  $ cat > texts.lua <<'END'
  > return {
  >   inputs = {{0},{1}}, targets = {0,1}, epochs = 3, params = { way = "" },
  >   sweep = { way = { ("a"):rep(60), ("b"):rep(60) }, learning_rate = { 0.1, 1 } },
  > }
  > END
  $ luron sweep --quiet texts.lua -o texts.db > /dev/null
  $ luron plot texts.db -x way -y learning_rate -o texts.png && python3 size.py texts.png | cut -d ' ' -f 1
  texts.png
  $ luron plot texts.db --ecdf --bare -o y.png; luron plot texts.db --ecdf -y way -o y.png
  command line: --bare: makes a heatmap, which has no ecdf
  command line: --y: makes a heatmap, which has no ecdf
  [2]
  $ sqlite3 texts.db "update runs set epochs = null where run = 1"
  $ timeout 10 luron plot texts.db --ecdf -o texts.svg && python3 parse.py texts.svg | sed -n 1p
  texts.svg epochs to a solution, 3 runs

The page of a report where an axis ends where numbers do, and where an axis that is drawn is not read by all:

  $ cat > ends.lua <<'END'
  > return {
  >   inputs = {{0},{1}}, targets = {0,1}, epochs = 3, params = { p = 1 }, sweep = { p = { -1.7e308, 1.7e308 } },
  > }
  > END
  $ luron sweep --quiet ends.lua -o ends.db > /dev/null && luron report ends.db -o ends.html
  $ cat > data.py <<'END'
  > import json, re, sys
  > data = json.loads(re.search(r'id="data">(.*?)</script>', open(sys.argv[1]).read(), re.S)[1])
  > print(*[(a["name"], a["low"], a["high"]) for a in data["axes"]])
  > END
  $ python3 data.py ends.html
  ('p', -1.7976931348623157e+308, 1.7976931348623157e+308)
  $ cat > unread.lua <<'END'
  > local luron = require "luron"
  > return {
  >   inputs = {{0},{1}}, targets = {0,1}, epochs = 3, sampler = "random", samples = 10,
  >   sweep = { optimizer = { "sgd", "momentum" }, momentum = luron.uniform(0, 0.9) },
  > }
  > END
  $ luron sweep --quiet unread.lua -o unread.db > /dev/null && luron report unread.db -o unread.html
  $ grep -o '<td>none</td>' unread.html | sort -u
  <td>none</td>
