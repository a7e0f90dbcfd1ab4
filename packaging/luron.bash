# SPDX-License-Identifier: MIT
# Completion of luron's commands, options, fields and their values for bash. ./dev pages writes the words from luron's
# own tables, and a test compares them.
# shellcheck shell=bash

# pages:words
_luron_commands='run sweep init repl tutorial list show plot report export predict replay verify merge diff help'
_luron_topics='fields functions csv activations losses optimizers schedules penalties inits samplers statuses
  luron.experiment luron.every luron.activation luron.loss luron.optimizer luron.schedule luron.penalty luron.init
  luron.abs luron.ceil luron.cos luron.equal luron.erf luron.exp luron.expm1 luron.floor luron.fma luron.log
  luron.log1p luron.max luron.min luron.sin luron.sqrt luron.tan luron.range luron.linspace luron.geomspace
  luron.uniform luron.loguniform luron.list luron.zip luron.halving luron.results luron.neuron luron.network
  luron.load luron.fann_network luron.random luron.data.xor luron.data.parity luron.data.spiral luron.data.circles
  luron.data.moons luron.data.gaussians luron.csv luron.read luron.data.table luron.fann luron.proben1 luron.snns
  luron.lens luron.arff luron.libsvm luron.npy luron.idx luron.sigmoid luron.tanh luron.relu luron.leaky_relu
  luron.softplus luron.step luron.linear accuracy best by classify close confusion folds forward integer loss normal
  plot predict report rows run save shuffle split sweep to_c to_onnx uniform update where accuracy adadelta adagrad
  adam adamax adamw amsgrad best_epoch constant cosine cross_entropy elimination elu error_max exponential focal
  gaussian gelu grid hard_sigmoid hard_tanh he he_uniform hinge huber inverse irprop_minus keras_adagrad keras_adam
  keras_adamax keras_nadam keras_rmsprop l1 l2 latin leaky_relu lecun linear lion log_cosh loss loss_min loss_sum
  macro_f1 macro_precision macro_recall mae mish momentum momentum_rhw mse nadam nesterov none normal one_cycle
  penalty_sum perceptron poisson quantile quickprop r2 random relu relu6 rmse rmsprop rprop rprop_1993 selu sgd
  sigmoid silu sine snake sobol softmax softplus softsign squared_hinge squareplus step tanh test_accuracy test_loss
  test_macro_f1 test_macro_precision test_macro_recall test_mae test_r2 test_rmse trainability triangular uniform
  validation_accuracy validation_loss validation_macro_f1 validation_macro_precision validation_macro_recall
  validation_mae validation_r2 validation_rmse warmup_cosine weight_norm weighted_accuracy xavier xavier_normal zeros'
_luron_numbers='00 01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 20 22 23 24 25 26 27 28 29'
_luron_fields=(name inputs targets data test test_seed validation validation_seed validation_stratified folds
  normalize normalize_targets pattern_weights class_weights hidden shortcuts activation output_activation bias init
  bias_init init_scale weights biases start loss reduction optimizer momentum beta1 beta2 rho epsilon rprop_grow
  rprop_shrink rprop_least rprop_most weight_decay decay_biases clip_norm clip_value freeze learning_rate schedule
  schedule_every penalty dropout input_noise weight_noise epochs until_epoch resume batch shuffle stop_error
  stop_loss stop_accuracy stop_patience stop_monitor stop_min_delta stop_gl stop_pq stop_progress stop_every
  stop_when restore precision params metrics log curve keep rank sweep where sampler samples sampler_seed prune fold
  seed)
declare -gA _luron_options=(
  [run]='--checkpoint= --every= --explain --assume-same --sandbox --memory= --time= --allow-read= --help --quiet
  --json --color='
  [sweep]='--jobs= --output= --fresh --assume-same --reuse= --no-reuse --retry --plan --explain --budget= --expect=
  --shard= --slurm= --dry-run --metric= --keep= --sandbox --memory= --time= --allow-read= --help --quiet --json
  --color='
  [init]='--help'
  [repl]='--help'
  [tutorial]='--list --copy= --help --quiet --json --color='
  [list]='--help --quiet --json --color='
  [show]='--by= --best= --interval --runs --metric= --plot --x= --y= --value= --fold= --shade= --ecdf --where= --help
  --quiet --json --color='
  [plot]='--output= --x= --y= --value= --fold= --where= --by= --axes= --ecdf --shade= --curve --boundary --weights
  --epochs= --animate --bare --size= --dpi= --font-size= --title= --xlabel= --ylabel= --palette= --xlim= --ylim=
  --legend= --theme= --help'
  [report]='--output= --metric= --title= --palette= --theme= --help'
  [export]='--output= --csv --jsonl --escape-formulas --curves --help'
  [predict]='--output= --inputs= --no-header --separator= --decimal= --missing-values= --comment= --skip= --help'
  [replay]='--trust --sandbox --memory= --time= --allow-read= --help --quiet --json --color='
  [verify]='--sample= --jobs= --trust --sandbox --memory= --time= --allow-read= --help --quiet --json --color='
  [merge]='--expect= --help --quiet --json --color='
  [diff]='--help --quiet --json --color='
  [help]='--tables --help'
)
declare -gA _luron_option_values=(
  [metric]='loss accuracy error_max loss_min loss_sum mse cross_entropy test_loss test_accuracy weight_norm
  trainability penalty_sum validation_loss validation_accuracy best_epoch rmse mae r2 weighted_accuracy test_rmse
  test_mae test_r2 validation_rmse validation_mae validation_r2 macro_precision macro_recall macro_f1
  test_macro_precision test_macro_recall test_macro_f1 validation_macro_precision validation_macro_recall
  validation_macro_f1 epochs solved'
  [value]='loss accuracy error_max loss_min loss_sum mse cross_entropy test_loss test_accuracy weight_norm
  trainability penalty_sum validation_loss validation_accuracy best_epoch rmse mae r2 weighted_accuracy test_rmse
  test_mae test_r2 validation_rmse validation_mae validation_r2 macro_precision macro_recall macro_f1
  test_macro_precision test_macro_recall test_macro_f1 validation_macro_precision validation_macro_recall
  validation_macro_f1 epochs solved'
  [keep]='all cells'
  [color]='auto always never'
  [fold]='mean rate median q90 min'
  [shade]='auto linear log rank'
)
declare -gA _luron_values=(
  [validation_stratified]='true false'
  [normalize]='zscore minmax minmax_all bytes'
  [normalize_targets]='zscore minmax minmax_all bytes'
  [class_weights]='balanced'
  [shortcuts]='true false'
  [activation]='sigmoid tanh relu leaky_relu softplus step linear softmax elu gaussian gelu hard_sigmoid hard_tanh
  mish relu6 selu silu sine snake softsign squareplus'
  [output_activation]='sigmoid tanh relu leaky_relu softplus step linear softmax elu gaussian gelu hard_sigmoid
  hard_tanh mish relu6 selu silu sine snake softsign squareplus'
  [bias]='true false'
  [init]='normal uniform xavier he zeros he_uniform lecun xavier_normal'
  [bias_init]='normal uniform zeros'
  [loss]='cross_entropy mse perceptron focal hinge huber log_cosh mae poisson quantile squared_hinge'
  [reduction]='mean sum half_sum'
  [optimizer]='sgd momentum nesterov adagrad rmsprop adam rprop rprop_1993 adadelta adamax adamw amsgrad irprop_minus
  keras_adagrad keras_adam keras_adamax keras_nadam keras_rmsprop lion momentum_rhw nadam quickprop'
  [decay_biases]='true false'
  [schedule]='constant cosine exponential inverse one_cycle step triangular warmup_cosine'
  [schedule_every]='epoch update'
  [penalty]='none elimination l1 l2'
  [batch]='all'
  [shuffle]='true false'
  [stop_monitor]='loss accuracy validation_loss validation_accuracy'
  [restore]='last best'
  [precision]='double single'
  [sampler]='grid random sobol latin'
)
# pages:end

# The values of the option, or of the field that is an axis.
_luron_values_of() {
  case $1 in
    -m) set -- --metric ;;
    -v) set -- --value ;;
    -f) set -- --fold ;;
    -s) set -- --shade ;;
  esac
  if [[ $1 == --* ]]; then
    words=${_luron_option_values[${1#--}]:-}
  elif [[ $1 != -* ]]; then
    words=${_luron_values[$1]:-}
  fi
}

# The names of the script's own axes that are no fields: its plan says them, made in a sandbox.
_luron_own() {
  local word script='' line name
  for word in "${COMP_WORDS[@]:2:COMP_CWORD-2}"; do
    [[ $word == *.lua && -r $word ]] && script=$word
  done
  [[ $script ]] || return
  line=$(luron sweep --plan --json --sandbox --time=2s --allow-read="$(dirname "$script")" "$script" 2>/dev/null |
    sed -n 's/^{.*"type":"planned","run":1,//p')
  while [[ $line =~ \"([a-z_A-Z0-9]+)\": ]]; do
    name=${BASH_REMATCH[1]} line=${line#*"${BASH_REMATCH[0]}"}
    [[ " ${_luron_fields[*]} " == *" $name "* ]] || words+=" $name="
  done
}

_luron() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]:-} command=${COMP_WORDS[1]:-} words='' first=''
  COMPREPLY=()
  if [[ $word == = || $before == = ]]; then
    [[ $word == = ]] && before=${COMP_WORDS[COMP_CWORD - 1]} word= || before=${COMP_WORDS[COMP_CWORD - 2]}
    _luron_values_of "$before"
    # The values of an axis before its last comma stay as they are.
    [[ $word == *,* ]] && first=${word%,*}, word=${word##*,}
  elif ((COMP_CWORD == 1)); then
    words=$_luron_commands
    if [[ $word == -* ]]; then
      words='--help --version -e'
    else
      mapfile -t COMPREPLY < <(compgen -f -X '!*.lua' -- "$word")
    fi
  elif [[ $before == -* ]] && _luron_values_of "$before" && [[ $words ]]; then
    :
  elif [[ $word == -* ]]; then
    words=${_luron_options[$command]:-}
  elif [[ $command == help ]]; then
    words="$_luron_commands $_luron_topics ${_luron_fields[*]}"
  elif [[ $command == tutorial ]] && ((COMP_CWORD == 2)); then
    words=$_luron_numbers
  else
    if ((COMP_CWORD > 2)); then
      words="${_luron_fields[*]/%/=}"
      _luron_own
    fi
    mapfile -t COMPREPLY < <(compgen -f -- "$word")
  fi
  mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -P "$first" -W "$words" -- "$word")
  [[ ${COMPREPLY[0]:-} == *= ]] && compopt -o nospace 2>/dev/null
  return 0
}
complete -o filenames -F _luron luron
