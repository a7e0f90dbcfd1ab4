# SPDX-License-Identifier: MIT
# Completion of luron's commands, options, fields and their values for bash. ./dev pages writes the words from luron's
# own tables, and a test compares them.
# shellcheck shell=bash

# pages:words
_luron_commands='run sweep tutorial show plot report export replay verify merge diff help'
_luron_topics='fields functions csv luron.experiment luron.every luron.range luron.linspace luron.geomspace
  luron.uniform luron.loguniform luron.zip luron.halving luron.results luron.neuron luron.network luron.load
  luron.random luron.data.xor luron.data.parity luron.data.spiral luron.data.circles luron.data.moons
  luron.data.gaussians luron.csv luron.fann luron.idx luron.sigmoid luron.tanh luron.relu luron.leaky_relu
  luron.softplus luron.step luron.linear best by classify close forward integer normal plot report rows run save
  split sweep uniform update'
_luron_fields=(name inputs targets data test test_seed normalize hidden activation output_activation bias init
  bias_init init_scale weights biases loss optimizer momentum beta1 beta2 rho epsilon weight_decay learning_rate
  epochs batch shuffle stop_error stop_loss stop_accuracy stop_patience stop_every stop_when precision params metrics
  log curve keep rank sweep where sampler samples sampler_seed prune seed)
declare -gA _luron_options=(
  [run]='--help --quiet --json --color='
  [sweep]='--jobs= --output= --fresh --retry --plan --explain --budget= --expect= --shard= --slurm= --dry-run
  --metric= --keep= --help --quiet --json --color='
  [tutorial]='--list --help --quiet --json --color='
  [show]='--by= --best= --runs --metric= --plot --x= --y= --value= --fold= --shade= --ecdf --where= --help --quiet
  --json --color='
  [plot]='--output= --x= --y= --value= --fold= --where= --by= --axes= --ecdf --shade= --boundary --weights --epochs=
  --animate --bare --help'
  [report]='--output= --metric= --help'
  [export]='--output= --csv --jsonl --help'
  [replay]='--trust --help --quiet --json --color='
  [verify]='--sample= --jobs= --trust --help --quiet --json --color='
  [merge]='--expect= --help --quiet --json --color='
  [diff]='--help --quiet --json --color='
  [help]='--tables --help'
)
declare -gA _luron_values=(
  [normalize]='zscore minmax'
  [activation]='sigmoid tanh relu leaky_relu softplus step linear softmax'
  [output_activation]='sigmoid tanh relu leaky_relu softplus step linear softmax'
  [bias]='true false'
  [init]='normal uniform xavier he zeros'
  [bias_init]='normal uniform zeros'
  [loss]='cross_entropy mse perceptron'
  [optimizer]='sgd momentum nesterov adagrad rmsprop adam rprop'
  [batch]='all'
  [shuffle]='true false'
  [precision]='double single'
  [sampler]='grid random sobol latin'
)
# pages:end

_luron() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]:-} command=${COMP_WORDS[1]:-} words=
  COMPREPLY=()
  if [[ $word == = || $before == = ]]; then
    [[ $word == = ]] && before=${COMP_WORDS[COMP_CWORD - 1]} word= || before=${COMP_WORDS[COMP_CWORD - 2]}
    words=${_luron_values[$before]:-}
  elif ((COMP_CWORD == 1)); then
    words=$_luron_commands
    mapfile -t COMPREPLY < <(compgen -f -X '!*.lua' -- "$word")
  elif [[ $word == -* ]]; then
    words=${_luron_options[$command]:-}
  elif [[ $command == help ]]; then
    words="$_luron_commands $_luron_topics ${_luron_fields[*]}"
  else
    ((COMP_CWORD > 2)) && words="${_luron_fields[*]/%/=}"
    mapfile -t COMPREPLY < <(compgen -f -- "$word")
  fi
  mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -W "$words" -- "$word")
  [[ ${COMPREPLY[0]:-} == *= ]] && compopt -o nospace 2>/dev/null
  return 0
}
complete -o filenames -F _luron luron
