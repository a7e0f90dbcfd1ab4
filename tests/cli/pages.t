./dev pages writes the tables of docs/reference.md, the manual page, the completions and the definitions for editors from
what luron itself says; the test pages_fresh fails if one of them says something else, and names the command that mends it:

  $ mkdir docs packaging library && cp "$SCRIPTS/../library/luron.d.lua" library
  $ cp "$SCRIPTS/../docs/reference.md" docs && cp "$SCRIPTS"/../packaging/luron.* packaging
  $ ln -s "$SCRIPTS" scripts
  $ pages() { python3 "$SCRIPTS/../docs/pages.py" "$@" "$(command -v luron)" .; }
  $ pages --check
  $ sed -i 's/^| `softplus` .*/| `softplus` | something else |/' docs/reference.md
  $ sed -i 's/--jobs= //' packaging/luron.bash
  $ sed -i '/jobs/d' packaging/luron.1
  $ pages --check
  docs/reference.md: the part activations is not what luron says now; ./dev pages writes it
  packaging/luron.1: the part options is not what luron says now; ./dev pages writes it
  packaging/luron.bash: the part words is not what luron says now; ./dev pages writes it
  [1]
  $ pages
  docs/reference.md: activations
  packaging/luron.1: options
  packaging/luron.bash: words
  $ pages --check && cmp docs/reference.md "$SCRIPTS/../docs/reference.md"

A part that is gone is missed:

  $ sed -i '/pages:losses/d' docs/reference.md
  $ pages --check
  docs/reference.md: the lines pages:losses ... pages:end are missing
  [1]

The manual page has every command and every option:

  $ luron help --tables | awk -F'\t' '$1 == "command" { print $2 } $1 == "option" { print "--" $4 }' | sort -u >words
  $ sed 's/\\//g' "$SCRIPTS/../packaging/luron.1" >page
  $ while read -r word; do grep -q -- "$word" page || echo "the manual page lacks $word"; done <words

The definitions have every field and every function, and the completions every option:

  $ luron help --tables | while IFS="$(printf '\t')" read -r kind first second third rest; do
  >   case $kind in
  >   field) grep -q -- "^---@field $first? " "$SCRIPTS/../library/luron.d.lua" || echo "they lack the field $first" ;;
  >   function) grep -Eq "^function (luron\.)?$first\(" "$SCRIPTS/../library/luron.d.lua" || echo "they lack $first" ;;
  >   esac
  > done
  $ grep '^--' words | while read -r word; do
  >   grep -q -- "$word" "$SCRIPTS/../packaging/luron.zsh" || echo "zsh lacks $word"
  >   grep -q -- "-l ${word#--} " "$SCRIPTS/../packaging/luron.fish" || echo "fish lacks $word"
  > done
