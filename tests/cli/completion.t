Completion for bash (packaging/luron.bash) knows luron's commands, options, fields and their values:

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
  $ bash complete.bash luron help luron.lins
  luron.linspace
  $ bash complete.bash luron sweep xor.lua seed= learning
  learning_rate=

It knows all that `luron help --tables` lists:

  $ luron help --tables | while IFS="$(printf '\t')" read -r kind first second third rest; do
  >   case $kind in
  >   command) [ "$(bash complete.bash luron "$first")" = "$first" ] || echo "completion lacks $first" ;;
  >   field) bash complete.bash luron run xor.lua "$first" | grep -qx "$first=" || echo "completion lacks $first" ;;
  >   choice) bash complete.bash luron run xor.lua "$first" = | grep -qx "$second" || echo "completion lacks $second" ;;
  >   esac
  > done
