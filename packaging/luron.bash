# SPDX-License-Identifier: MIT
# Completion of luron's commands, options, fields and their values for bash. It asks luron itself, so that it never
# knows less than `luron help`.
# shellcheck shell=bash

_luron_commands() {
  luron --help 2>/dev/null | sed -n 's/^  *luron \([a-z]*\) .*/\1/p'
}

_luron_options() {
  luron help "$1" 2>/dev/null | grep -o -- '--[a-z][a-z-]*=\{0,1\}'
}

_luron_fields() {
  luron help fields 2>/dev/null | sed -n 's/^  \([a-z][a-z0-9_]*\)  *.*/\1=/p'
}

# What a field may be, where it is one of a few names.
_luron_values() {
  luron help "$1" 2>/dev/null | sed -n -e 's/^ *value *one of //p' -e 's/^ *value *true or false.*/true false/p'
}

_luron() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]:-} command=${COMP_WORDS[1]:-} words=
  COMPREPLY=()
  if [[ $word == = || $before == = ]]; then
    [[ $word == = ]] && before=${COMP_WORDS[COMP_CWORD - 1]} word= || before=${COMP_WORDS[COMP_CWORD - 2]}
    words=$(_luron_values "$before")
  elif ((COMP_CWORD == 1)); then
    words=$(_luron_commands)
    mapfile -t COMPREPLY < <(compgen -f -X '!*.lua' -- "$word")
  elif [[ $word == -* ]]; then
    words=$(_luron_options "$command")
  elif [[ $command == help ]]; then
    words="$(_luron_commands) fields csv $(_luron_fields | tr -d =)"
  else
    ((COMP_CWORD > 2)) && words=$(_luron_fields)
    mapfile -t COMPREPLY < <(compgen -f -- "$word")
  fi
  mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -W "$words" -- "$word")
  [[ ${COMPREPLY[0]:-} == *= ]] && compopt -o nospace 2>/dev/null
  return 0
}
complete -o filenames -F _luron luron
