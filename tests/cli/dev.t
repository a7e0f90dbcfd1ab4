./dev, with tools that only say what they were asked: what was configured without a library is configured again once it
is there, and nothing else is done twice.

  $ mkdir bin tests has
  $ cp "$TESTDIR/../../dev" . && cp "$TESTDIR/../run.py" tests
  $ cat >bin/meson <<'SH'
  > #!/bin/sh
  > case $1 in
  >   --version) echo 1.0.1 ;;
  >   setup) shift; echo "meson setup $*" | sed "s, $PWD, .,g" >>log
  >          case $1 in --reconfigure) shift ;; esac; mkdir -p "$1/meson-logs"; echo 120 >"$1/build.ninja" ;;
  >   install) echo "meson $* into $DESTDIR" | sed "s, $PWD, .,g" >>log ;;
  >   introspect) echo '[{"name": "axis", "suite": ["luron:unit"]}]' ;;
  >   test) shift 7; echo "meson test $*" >>log
  >         echo '{"name": "luron:unit / axis", "result": "OK"}' >build/meson-logs/testlog.json ;;
  > esac
  > SH
  $ cat >bin/ninja <<'SH'
  > #!/bin/sh
  > case " $* " in *' -n '*) seq -f '[%g/x]' "$(cat build/build.ninja)" ;; *) echo 0 >build/build.ninja ;; esac
  > SH
  $ cat >bin/pkg-config <<'SH'
  > #!/bin/sh
  > [ "$1" != --modversion ] || { echo 3.40.1; exit; }
  > set -- $2
  > [ -e "has/$1" ]
  > SH
  $ cat >bin/apt-get <<'SH'
  > #!/bin/sh
  > echo "apt-get $*" >>log
  > for name; do case $name in lib*-dev) name=${name#lib}; touch "has/${name%-dev}" ;; esac; done
  > SH
  $ printf '#!/bin/sh\nexec "$@"\n' >bin/sudo
  $ for tool in cc git sqlite3 lua5.4 fish zsh tmux; do printf '#!/bin/sh\n' >bin/$tool; done
  $ chmod +x bin/* && PATH=$PWD/bin:$PATH
  $ touch has/lua has/sqlite3 has/zlib has/nettle has/libseccomp has/libedit has/pangocairo

The first build says what it does; the next is silent. Fedora and Arch call Lua 5.4 lua.

  $ touch has/libpng && ./dev build
  dev: building in build: 120 steps, a minute or two
  $ ./dev build
  $ cat log && rm log
  meson setup ./build .

Installing has a build of its own, without the tests, and says what PATH lacks:

  $ ./dev install "$PWD/there" 2>&1 | sed "s,$PWD,DIR,g"
  dev: installed DIR/there/bin/luron
  dev: DIR/there/bin is not in PATH. Type this, and add it to ~/.profile so that it stays:
    export PATH="DIR/there/bin:$PATH"
  $ PATH=$PATH:$HOME/.local/bin ./dev install 2>&1 | sed "s,$HOME,HOME,"
  dev: installed HOME/.local/bin/luron
  $ sed "s,$HOME,HOME," log && rm log
  meson setup ./build-install . --prefix=/ --libdir=lib -Dtests=false
  meson install -C ./build-install --no-rebuild --strip into ./there
  meson install -C ./build-install --no-rebuild --strip into ./.local

The tests need more than the build. Once it is there the build is configured again, without being thrown away.

  $ echo 'axis: unit' >tests/expected.txt
  $ ./dev test unit
  dev: installing with apt-get, which may take minutes: libcmocka-dev libmpfr-dev
  dev: building in build: 120 steps, a minute or two
  1 passed, 0 failed
  $ cat log && rm log
  apt-get update
  apt-get install -y --no-install-recommends libcmocka-dev libmpfr-dev
  meson setup --reconfigure ./build .
  meson test axis
  $ ./dev test unit && cat log
  1 passed, 0 failed
  meson test axis
  $ rm log has/cmocka && ./dev build && cat log; touch has/cmocka
  dev: building in build: 120 steps, a minute or two
  meson setup ./build .

The list of tests is kept. What is missing, what is new and what is asked for and is not there are failures:

  $ ./dev test slow
  dev: building in build: 120 steps, a minute or two
  FAILED: no such suite or test: slow
  0 passed, 1 failed
  [1]
  $ printf 'axis: unit\nfield: unit quick\n' >tests/expected.txt
  $ ./dev test unit
  FAILED: missing test: field: unit quick
  1 passed, 1 failed
  [1]
  $ ./dev test axis
  1 passed, 0 failed
  $ mkdir build-sqlite && echo 3.99.0 >build-sqlite/version
  $ : >tests/expected.txt; ./dev test
  SQLite 3.40.1 of the system and 3.99.0
  FAILED: not in tests/expected.txt: axis: unit; ./dev expected adds it
  1 passed, 1 failed
  [1]
  $ ./dev expected && cat tests/expected.txt && ./dev test
  axis: unit
  SQLite 3.40.1 of the system and 3.99.0
  1 passed, 0 failed
