#!/bin/sh
# SPDX-License-Identifier: MIT
# README's first commands, to the picture of a sweep, and its tests on a Debian with nothing else, as root and as a user
# with sudo; then README's sweep and the large sweeps of scripts 22 and 23. Each in a root of its own, from a fresh
# clone of what is committed. Mirror, apt's settings, certificates and proxies are those of this system. The roots are
# kept in $LURON_ROOTS (default: luron-roots in ~/.cache), the logs too.
#
# usage: debootstrap.sh SOURCE [SUITE[-root|-user] ...]      default: trixie bookworm; needs root and debootstrap
set -eu
source=$(cd "$1" && pwd)
shift
[ $# != 0 ] || set -- trixie bookworm
cache=${LURON_ROOTS:-${XDG_CACHE_HOME:-$HOME/.cache}/luron-roots}
failed=0

skip() {
  echo "the debootstraps were not tested: $*"
  exit 77
}

# The mirror of Debian itself that apt uses here.
mirror_of_apt() {
  apt-get indextargets --format "\$(SITE)" 'Origin: Debian' 2>/dev/null | grep -v security | sort -u | head -n 1
}

# base SUITE: $cache/SUITE, made once.
base() {
  [ ! -f "$cache/$1/etc/made" ] || return 0
  rm -rf "${cache:?}/$1"
  mirror=$(mirror_of_apt)
  [ -n "$mirror" ] || skip 'this system knows no Debian mirror'
  echo "$1: debootstrap"
  debootstrap --variant=minbase "$1" "$cache/$1" "$mirror" >"$cache/$1.log" 2>&1 </dev/null || {
    tail -n 20 "$cache/$1.log"
    echo "debootstrap of $1 failed"
    exit 1
  }
  touch "$cache/$1/etc/made"
}

# What this system needs to reach its mirrors and pip's index.
copy_settings() {
  for path in /etc/resolv.conf /etc/hosts /etc/pip.conf /etc/apt/auth.conf /etc/apt/auth.conf.d; do
    [ -e "$path" ] || continue
    mkdir -p "$1${path%/*}"
    cp -RL "$path" "$1${path%/*}/"
  done
  [ ! -e "$certificates" ] || cp -L "$certificates" "$1/etc/certificates" # the package of that name writes its own
  {
    apt-config dump | grep -E '^Acquire::(http|https|Retries|Check-Valid-Until|Check-Date)\b' || true
    for name in http https; do
      proxy=$(printenv "${name}_proxy" || printenv "$(echo "${name}_proxy" | tr '[:lower:]' '[:upper:]')" || true)
      [ -z "$proxy" ] || echo "Acquire::$name::Proxy \"$proxy\";"
    done
  } >"$1/etc/apt/apt.conf.d/99here"
}

# fresh SUITE WHO: a copy of the base with a clone in it, at $root.
fresh() {
  root=$cache/$1-$2
  rm -rf "$root"
  cp -a "$cache/$1" "$root"
  copy_settings "$root"
  home=/root
  if [ "$2" = user ]; then
    home=/home/student
    { inside root apt-get update && inside root apt-get install -y --no-install-recommends sudo &&
      inside root useradd -m -s /bin/sh student; } >"$log" 2>&1
    echo 'student ALL=(ALL) NOPASSWD: ALL' >"$root/etc/sudoers.d/student"
  fi
  git clone -q "file://$source" "$root$home/luron"
  [ "$2" != user ] || inside root chown -R student "$home/luron"
}

# inside WHO COMMAND...: in $root, in the clone where there is one; mounts and processes end with it.
inside() {
  userspec=root
  [ "$1" != user ] || userspec=student
  shift
  # shellcheck disable=SC2016,SC2086 # the inner shell's own words; words of the form name=value
  env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME="$home" LANG=C.UTF-8 TERM=dumb \
    TEST_TIMEOUT_FACTOR="${TEST_TIMEOUT_FACTOR:-4}" $passed_on \
    unshare --mount --pid --fork --kill-child sh -c '
      root=$1 userspec=$2 debs=$3
      shift 3
      mount --make-rprivate /
      mount -t proc proc "$root/proc" 2>/dev/null || mount --rbind /proc "$root/proc"
      mount --rbind /dev "$root/dev"
      mount -t sysfs sysfs "$root/sys" 2>/dev/null || true
      mount --bind "$debs" "$root/var/cache/apt/archives"
      exec chroot --userspec="$userspec" "$root" sh -c "cd ~/luron 2>/dev/null || cd /; exec \"\$@\"" inside "$@"
    ' inside "$root" "$userspec" "$debs" "$@" </dev/null
}

# step WHO COMMAND...: its last line and its time; its whole output, where it fails, is in the log.
step() {
  as=$1
  shift
  begin=$(date +%s)
  status=0
  inside "$as" "$@" >"$log.step" 2>&1 || status=$?
  { echo "\$ $*"; cat "$log.step"; } >>"$log"
  printf '%s, %s: %s: %s (%d s)\n' "$suite" "$as" "$*" "$(tail -n 1 "$log.step")" "$(($(date +%s) - begin))"
  ! grep 'warning: .*\[-W' "$log.step" || status=warnings
  [ "$status" = 0 ] || {
    failed=1
    echo "exit code or fault: $status; the log is $log:"
    tail -n "${LOG_LINES:-60}" "$log.step"
  }
}

# README's script with its sweep, as one file of the clone.
readme_sweep() {
  awk '/^```lua/ { block++; inside = 1; next } /^```/ { inside = 0 }
    inside && block == 1 { if ($0 != "}") print }
    inside && block == 2 { print }
    END { print "}" }' "$root$home/luron/README.md" >"$root$home/luron/xor.lua"
  expected=$(sed -n 's/^\(.*: 15000 runs, .*\)$/\1/p' "$root$home/luron/README.md")
}

# README's first block: its commands, without what is said of them.
readme_commands() {
  awk '/^```/ { block++; next } block == 1' "$root$home/luron/README.md" | sed 's/   .*//' \
    >"$root$home/luron/commands.sh"
}

leg() {
  suite=$1 who=$2
  log=$cache/$suite-$who.log debs=$cache/debs-$suite
  mkdir -p "$debs/partial"
  fresh "$suite" "$who"
  readme_commands
  step "$who" sh -c '. ./commands.sh && test -s first.png && luron tutorial 4'
  step "$who" ./dev test
  step "$who" ./dev luron --version
  readme_sweep
  step "$who" sh -c "./dev luron sweep xor.lua --fresh | tee sweep.txt && grep -Fx '$expected' sweep.txt"
  [ "$who" = user ] || step "$who" ./dev test long
  [ "$failed" != 0 ] || [ -n "${KEEP:-}" ] || rm -rf "$root"
}

[ "$(id -u)" = 0 ] || skip 'only root may make them'
command -v debootstrap >/dev/null || skip 'debootstrap is not installed'
# Words for env, none with a blank.
passed_on=$(env | grep -iE '^(https?_proxy|no_proxy|all_proxy|PIP_[A-Z_]*)=[^ ]*$' | grep -v '^PIP_CERT=' || true)
certificates=/etc/ssl/certs/ca-certificates.crt
[ ! -e "$certificates" ] || passed_on="$passed_on PIP_CERT=/etc/certificates SSL_CERT_FILE=/etc/certificates"
mkdir -p "$cache"
for what; do
  suite=${what%-*}
  base "$suite"
  case $what in
    *-root | *-user) leg "$suite" "${what#*-}" ;;
    *) leg "$suite" root && leg "$suite" user ;;
  esac
done
exit "$failed"
