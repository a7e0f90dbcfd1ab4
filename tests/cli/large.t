Data above 256 MiB as doubles: images as bytes, 45,000 of 784 numbers each and 2,000 to test.

  $ cat >make.py <<'END'
  > import random, struct, sys
  > random.seed(1)
  > def idx(name, n, width):
  >     with open(name + ".images", "wb") as f:
  >         f.write(struct.pack(">HBBII", 0, 8, 2, n, width) + random.randbytes(n * width))
  >     with open(name + ".labels", "wb") as f:
  >         f.write(struct.pack(">HBBI", 0, 8, 1, n) + bytes(random.randrange(10) for _ in range(n)))
  > idx("train", 45000, 784)
  > idx("test", 2000, 784)
  > idx("small", 400, 400)
  > END
  $ python3 make.py
  $ cat >images.lua <<'END'
  > local luron = require "luron"
  > return luron.experiment {
  >   data = luron.idx("train.images", "train.labels"), test = luron.idx("test.images", "test.labels"),
  >   normalize = "minmax", activation = "softmax", batch = 1000, epochs = 1, metrics = { "test_accuracy" },
  >   sweep = { learning_rate = { 0.001, 0.01 } },
  > }
  > END

No command takes much more memory than the data as doubles do, 299 MB; the file keeps bytes.

  $ cat >most.py <<'END'
  > import os, resource, subprocess, sys
  > code = subprocess.call(["luron"] + sys.argv[2:], stdout=subprocess.DEVNULL)
  > most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
  > data = 47000 * (784 + 10) * 8
  > if code or (most > float(sys.argv[1]) * data and not os.environ.get("LURON_SANITIZE")):
  >     print(code, "%.0f MB, %.2f times the data" % (most / 1e6, most / data))
  > END
  $ python3 most.py 1.3 sweep images.lua -o images.db
  $ python3 most.py 0.1 show images.db
  $ python3 most.py 1.3 replay images.db 2
  $ python3 most.py 1.3 verify images.db
  $ python3 most.py 0.3 merge merged.db images.db
  $ luron verify merged.db
  merged.db: 2 rows computed again, the same bit by bit
  $ sqlite3 images.db "SELECT part, sum(n_rows), width, group_concat(DISTINCT type) FROM data GROUP BY part ORDER BY min(piece)"
  shift|1|784|u8
  scale|1|784|u8
  train inputs to scale|45000|784|u8
  train targets|45000|10|u8
  test inputs to scale|2000|784|u8
  test targets|2000|10|u8
  $ test $(stat -c %s images.db) -lt 38500000

A data set that stands in the file as bytes, and the same numbers as doubles in lists, are one sweep.

  $ cat >small.lua <<'END'
  > local luron = require "luron"
  > local d = luron.idx("small.images", "small.labels")
  > local x, t = {}, {}
  > for i = 1, #d do x[i], t[i] = d.inputs[i], d.targets[i] end
  > local both = { data = d }
  > if arg[1] then both = { inputs = x, targets = t } end
  > both.normalize, both.activation, both.epochs, both.batch = "zscore", "softmax", 2, 100
  > both.sweep = { seed = luron.range(1, 2) }
  > return both
  > END
  $ luron sweep small.lua -q -o a.db >a.txt
  $ sed 's/arg.1./true/' small.lua >lists.lua && luron sweep lists.lua -q -o b.db >b.txt
  $ luron diff a.db b.db
  the same: 2 rows, bit by bit
  $ sqlite3 a.db "SELECT DISTINCT type FROM data WHERE part LIKE 'train inputs%'"
  u8
  $ sqlite3 b.db "SELECT DISTINCT type FROM data WHERE part LIKE 'train inputs%'"
  f64
  $ luron verify a.db && luron verify b.db
  a.db: 2 rows computed again, the same bit by bit
  b.db: 2 rows computed again, the same bit by bit

The same set for two experiments, normalized and not, and a part of it held out:

  $ cat >two.lua <<'END'
  > local luron = require "luron"
  > local d = luron.idx("small.images", "small.labels")
  > local e = { data = d, normalize = "zscore", test = 0.25, activation = "softmax", epochs = 1, batch = 100 }
  > local a = luron.experiment(e):run()
  > e.normalize, e.learning_rate = nil, 1e-6
  > local b = luron.experiment(e):run()
  > local x = d.inputs[400][400]
  > e.normalize, e.learning_rate = "zscore", nil
  > print(a.loss == luron.experiment(e):run().loss, a.loss ~= b.loss, x == d.inputs[400][400], #select(2, d:split(0.75)))
  > END
  $ luron run two.lua
  true	true	true	100
