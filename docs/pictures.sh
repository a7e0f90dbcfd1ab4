#!/bin/sh
# SPDX-License-Identifier: MIT
# The pictures of README.md and the tutorial, from the bundled scripts: a few minutes on two cores. The report's is
# taken where there is a Chromium, and left as it is elsewhere.
#
# usage: docs/pictures.sh LURON
set -eu

luron=$(realpath "$1")
root=$(cd "$(dirname "$0")/.." && pwd)
out=$root/docs/pictures
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
cd "$root"

# sweep NAME SCRIPT NAME=VALUE...: its results, in $scratch/NAME.db.
sweep() {
  name=$1
  shift
  "$luron" sweep "$@" -o "$scratch/$name.db" --quiet >/dev/null
}

"$luron" plot scripts/12_boundary.lua --boundary --epochs 0,200,300,2000 -o "$out/boundary.png"

sweep rates scripts/10_learning_rate.lua
"$luron" plot "$scratch/rates.db" --ecdf --by learning_rate -o "$out/learning_rate.svg"

sweep swish scripts/24_own_activation.lua
"$luron" plot "$scratch/swish.db" -x slope -y learning_rate -o "$out/swish.png"

sweep phase scripts/22_phase.lua
"$luron" plot "$scratch/phase.db" -x learning_rate -y init_scale -v solved -o "$out/phase.png"

sweep whole scripts/23_fractal.lua
"$luron" plot "$scratch/whole.db" -x learning_rate_1 -y learning_rate_2 -v trainability -o "$out/trainability.png"
sweep part scripts/23_fractal.lua learning_rate_1=10..1000:320:log learning_rate_2=0.05..0.5:320:log
"$luron" plot "$scratch/part.db" -x learning_rate_1 -y learning_rate_2 -v trainability -o "$out/fractal.png"

sweep rules scripts/16_optimizers.lua
"$luron" report "$scratch/rules.db" -o "$scratch/report.html"
if chromium=$(command -v chromium || command -v chromium-browser); then
  "$chromium" --headless --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir="$scratch/profile" \
    --window-size=700,1180 --virtual-time-budget=3000 --screenshot="$out/report.png" \
    "file://$scratch/report.html" >/dev/null 2>&1
fi
ls -l "$out"
