#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# R's neuralnet ignores startweights that are a list, and says nothing: it draws random ones. A list of matrices is what
# it gives back as weights and startweights of a trained network. So neuralnet(..., startweights = net$weights), to
# train on, begins anew at random, and neuralnet(..., startweights = net$startweights), to repeat a training, trains
# another network. The same numbers as one vector, unlist(net$weights), are taken: it makes no step, because it ended
# there.
#
# Whom it matters to: who trains on, or publishes start weights and checks them: what comes out is a good network, but
# not the one that was asked for.
#
# Version: neuralnet 1.44.2 with R 4.2.2. Source: help(neuralnet) says "a vector containing starting values for the
# weights. Set to NULL for random initialization"; of what it returns, "startweights: a list containing the
# startweights". In generate.startweights, too few values (a list of one matrix list has length 1) are treated as NULL.
#
# Exits 0 where this is seen as described, 1 where it has changed. Uses neuralnet where R finds it (R_LIBS), or installs
# it from the repository that R is set to.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/try.R" <<'R'
if (!requireNamespace("neuralnet", quietly = TRUE)) {
  .libPaths(commandArgs(TRUE)[1])
  install.packages("neuralnet", lib = commandArgs(TRUE)[1], quiet = TRUE)
}
suppressMessages(library(neuralnet))
data <- data.frame(a = c(0, 0, 1, 1), b = c(0, 1, 0, 1), y = c(0, 1, 1, 1))
train <- function(start) {
  set.seed(2)
  neuralnet(y ~ a + b, data, hidden = 2, linear.output = FALSE, err.fct = "ce", startweights = start)
}
set.seed(1)
net <- neuralnet(y ~ a + b, data, hidden = 2, linear.output = FALSE, err.fct = "ce")
begun <- function(start) unlist(train(start)$startweights)
steps <- function(start) as.integer(train(start)$result.matrix["steps", 1])
cat("neuralnet", as.character(packageVersion("neuralnet")), R.version.string, "\n")
cat("first training: steps", as.integer(net$result.matrix["steps", 1]), "\n")
cat("on from its weights as a vector: steps", steps(unlist(net$weights)), "as the list that it returned:",
    steps(net$weights), "\n")
started <- isTRUE(all.equal(begun(net$startweights), unlist(net$startweights)))
cat("the list of its start weights begins where it began:", started,
    "and where NULL does:", identical(begun(net$startweights), begun(NULL)), "\n")
seen <- steps(unlist(net$weights)) == 1 && steps(net$weights) > 10 &&
  identical(begun(net$startweights), begun(NULL)) && identical(begun(net$weights), begun(NULL))
cat("as described:", if (seen) "seen" else "CHANGED", "\n")
quit(status = if (seen) 0 else 1)
R
Rscript "$work/try.R" "$work"
