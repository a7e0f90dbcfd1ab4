#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Weka writes numbers with at most six digits behind the point and no exponent, whatever their size. A data set that is
# loaded and saved (ArffSaver, CSVSaver, CSVLoader's conversion to ARFF, the output of any filter) loses digits of small
# values, and those below 5e-7 become 0. Weka itself reads 1.5e-8 well, so that a learner is right on the file as it
# was, and guesses on Weka's own copy of it. Nothing is said.
#
# Whom it matters to: who converts a CSV file with Weka, or filters it there, and goes on elsewhere: lengths in metres,
# currents in amperes, p-values.
#
# Version: Weka 3.6.14 (Debian 12's 3.6.14-3). Source: Instance.toString writes each value by
# Utils.doubleToString(value, 6); the savers have no option for more (later versions have -decimal, which is 6 unless
# given).
#
# Exits 0 where this is seen as described, 1 where it has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
jar=/usr/share/java/weka.jar
test -f "$jar" || { echo "needs Weka: apt-get install weka" >&2; exit 1; }
weka() {
  java -cp "$jar" "$@" 2>/dev/null
}
# Forty lengths of 1e-8 to 40e-8 metres; the class is whether they are above 20e-8.
python3 - "$work/lengths.csv" <<'PYTHON'
import sys

with open(sys.argv[1], "w", encoding="ascii") as out:
    out.write("length,class\n")
    out.writelines(f"{k}.5e-8,{'long' if k > 20 else 'short'}\n" for k in range(1, 41))
PYTHON
{
  printf '@relation lengths\n@attribute length numeric\n@attribute class {short,long}\n@data\n'
  tail -n +2 "$work/lengths.csv"
} >"$work/lengths.arff"
weka weka.core.converters.CSVLoader "$work/lengths.csv" >"$work/converted.arff"
weka weka.core.converters.ArffSaver -i "$work/lengths.arff" -o "$work/copied.arff"
weka weka.core.converters.CSVSaver -i "$work/lengths.arff" -o "$work/copied.csv"
# right FILE: patterns of the file itself that a rule on one attribute tells rightly.
right() {
  weka weka.classifiers.rules.OneR -no-cv -t "$1" | sed -n 's/^Correctly Classified Instances *\([0-9]*\).*/\1/p' |
    head -n 1
}
echo "Weka $(dpkg-query -W -f '${Version}' weka 2>/dev/null || echo 'of another source')"
seen=yes
for name in converted.arff copied.arff copied.csv; do
  zeros=$(grep -c '^0,' "$work/$name" || true)
  echo "$name: $zeros of 40 lengths are 0"
  [ "$zeros" = 40 ] || seen=no
done
before=$(right "$work/lengths.arff") after=$(right "$work/copied.arff")
echo "a rule on the length is right for $before of 40, and on the copy for $after"
[ "$before" = 40 ] && [ "$after" -le 20 ] || seen=no
if [ "$seen" = yes ]; then echo 'as described: seen'; else echo 'as described: CHANGED' && exit 1; fi
