./dev, with tools that only say what they were asked: what was configured without a library is configured again once it
is there, and nothing else is done twice.

  $ mkdir bin tests has
  $ cp "$TESTDIR/../../dev" . && cp "$TESTDIR/../report.py" tests
  $ cat >bin/meson <<'SH'
  > #!/bin/sh
  > case $1 in
  >   --version) echo 1.0.1 ;;
  >   setup) shift; echo "meson setup $*" | sed "s, $PWD, .,g" >>log
  >          case $1 in --reconfigure) shift ;; esac; mkdir -p "$1/meson-logs"; echo 120 >"$1/build.ninja" ;;
  >   test) shift 2; echo "meson test" >>log
  >         echo '{"name": "luron:unit / axis", "result": "OK"}' >build/meson-logs/testlog.json ;;
  > esac
  > SH
  $ cat >bin/ninja <<'SH'
  > #!/bin/sh
  > case " $* " in *' -n '*) seq -f '[%g/x]' "$(cat build/build.ninja)" ;; *) echo 0 >build/build.ninja ;; esac
  > SH
  $ cat >bin/pkg-config <<'SH'
  > #!/bin/sh
  > set -- $2
  > [ -e "has/$1" ]
  > SH
  $ cat >bin/apt-get <<'SH'
  > #!/bin/sh
  > echo "apt-get $*" >>log
  > for name; do case $name in lib*-dev) name=${name#lib}; touch "has/${name%-dev}" ;; esac; done
  > SH
  $ printf '#!/bin/sh\nexec "$@"\n' >bin/sudo
  $ for tool in cc git sqlite3 tmux; do printf '#!/bin/sh\n' >bin/$tool; done
  $ chmod +x bin/* && PATH=$PWD/bin:$PATH
  $ touch has/lua has/sqlite3 has/zlib

The first build says what it does; the next is silent. Fedora and Arch call Lua 5.4 lua.

  $ touch has/libpng && ./dev build
  dev: building in build: 120 steps, a minute or two
  $ ./dev build
  $ cat log && rm log
  meson setup ./build .

The tests need more than the build. Once it is there the build is configured again, without being thrown away.

  $ ./dev test unit
  dev: installing libcmocka-dev libmpfr-dev
  dev: building in build: 120 steps, a minute or two
  1 passed, 0 failed
  $ cat log && rm log
  apt-get update
  apt-get install -y --no-install-recommends libcmocka-dev libmpfr-dev
  meson setup --reconfigure ./build .
  meson test
  $ ./dev test unit && cat log
  1 passed, 0 failed
  meson test
