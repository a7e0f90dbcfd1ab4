#!/bin/sh
# SPDX-License-Identifier: MIT
# The suites that are too slow for every change, or need programs that few systems have.
#
# usage: suites.sh SOURCE
set -eu
"$1/dev" test slow long readers emulated slurm browser wrap official
