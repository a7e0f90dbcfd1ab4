#!/bin/sh
# SPDX-License-Identifier: MIT
# All tests but the slow ones under ASan with UBSan, then under TSan.
#
# usage: sanitize.sh SOURCE
set -eu
"$1/dev" sanitize
