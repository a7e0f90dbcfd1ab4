The house stands straight: calls between files go one way. What the check says of a circle and of a call to a room above
is shown with three small files; luron itself is checked by ./dev lint.

  $ sizes="python3 $TESTDIR/sizes.py . ."
  $ compile() { mkdir -p src/$1/lib.a.p && echo "$3" >src/$1/$2.c && cc -c src/$1/$2.c -o src/$1/lib.a.p/$2.c.o; }
  $ compile base first 'int lur_first(void) { return 1; }'
  $ compile base second 'int lur_first(void); int lur_second(void) { return lur_first(); }'
  $ compile engine third 'int lur_second(void); int lur_third(void) { return lur_second(); }'
  $ $sizes --circles
  3 files, no circle

A call down to a room that is not for this one:

  $ compile data fourth 'int lur_fourth(void) { return 4; }'
  $ compile store fifth 'int lur_fourth(void); int lur_fifth(void) { return lur_fourth(); }'
  $ $sizes --circles
  store/fifth.c uses data/fourth.c, which store may not use
  [1]
  $ rm -r src/data src/store

A circle of two:

  $ compile base first 'int lur_second(void); int lur_first(void) { return lur_second(); }'
  $ $sizes --circles
  a circle of 2 files: base/first.c base/second.c
  [1]

A call upwards, which makes a circle over rooms, too:

  $ compile base first 'int lur_third(void); int lur_first(void) { return lur_third(); }'
  $ $sizes --circles
  a circle of 3 files: base/first.c base/second.c engine/third.c
  base/first.c uses engine/third.c, of a room above
  [1]

Sizes: one static function of two is used once.

  $ cat >src/base/first.c <<'C'
  > static int one(void) { return 1; }
  > static int two(void);
  > static int two(void) { return one() + one(); }
  > int lur_first(void) { return two(); } /* two() */
  > C
  $ rm -r src/base/lib.a.p && $sizes | sed -n 1,2p
  room           lines  static functions  used once
  base               5                 2      1 50 %
