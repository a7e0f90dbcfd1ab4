What a build installs: the program, which runs from there, and all that is beside it.

  $ build=$(dirname "$(command -v luron)")/..
  $ meson=$(sed -n 's/^ COMMAND = \(.*\) install --no-rebuild$/\1/p' "$build/build.ninja")
  $ to=$PWD/to && $meson install -C "$build" --no-rebuild --quiet --destdir "$to" >log 2>&1 || cat log
  $ luron=$(find to -path '*/bin/luron') && share=${luron%/bin/luron}/share
  $ "$luron" tutorial 4 -q
  loss 0.010193, 1000 epochs, finished, * (glob)
  $ luron tutorial --list >there; "$luron" tutorial --list | cmp - there
  $ (cd "$share" && ls doc/luron man/man1 bash-completion/completions)
  bash-completion/completions:
  luron
  
  doc/luron:
  CHANGELOG.md
  CONTRIBUTING.md
  LICENSE
  README.md
  docs
  scripts
  
  man/man1:
  luron.1

Every page that a page links to is there, or is a part of the sources:

  $ cd "$share/doc/luron" && grep -oh '](\(docs/\)\?[a-z_]*\.md' README.md | sed 's/](//' | sort -u | xargs ls >/dev/null
  $ grep -oh '](\(pictures\|gallery\)/[^)#]*' docs/*.md | sed 's,](,docs/,' | sort -u | xargs ls >/dev/null
  $ ls scripts/ | head -2
  00_random.lua
  01_untrained.lua
