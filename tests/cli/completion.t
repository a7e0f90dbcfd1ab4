Completion for bash (packaging/luron.bash) asks luron for its commands, options, fields and values:

  $ cat > complete.bash <<'END'
  > . "$SCRIPTS/../packaging/luron.bash"
  > COMP_WORDS=("$@")
  > COMP_CWORD=$(($# - 1))
  > _luron
  > printf '%s\n' "${COMPREPLY[@]}"
  > END
  $ bash complete.bash luron tu
  tutorial
  $ bash complete.bash luron run --col
  --color=
  $ touch xor.lua xor.csv
  $ bash complete.bash luron run xo
  xor.csv
  xor.lua
  $ bash complete.bash luron run xor.lua learn
  learning_rate=
  $ bash complete.bash luron run xor.lua activation = ta
  tanh
  $ bash complete.bash luron run xor.lua bias =
  true
  false
  $ bash complete.bash luron help hid
  hidden

Every command, and every option that only some commands have, is in the manual page or found from it:

  $ for command in $(luron --help | sed -n 's/^  *luron \([a-z]*\) .*/\1/p'); do
  >   grep -q "^.B luron $command" "$SCRIPTS/../packaging/luron.1" || echo "the manual page lacks $command"
  > done
