# SPDX-License-Identifier: MIT
# Makes r_nnet.lua: what R's nnet computes for the rows of docs/coming-from.md. Not run by the tests.
#     Rscript of_r_nnet.R | python3 page.py of_r_nnet.R "R 4.2.2, nnet 7.3-18" > r_nnet.lua
source("page.R")
library(nnet)

for (cell in cells("R nnet")) {
  if (startsWith(cell, "the start")) next
  three <- grepl("softmax", cell)
  skip <- grepl("skip", cell)
  given <- if (three) "classes, Wts = c(hidden, outputs)" else
    if (skip) "y, Wts = c(hidden, output, 0.7, -0.8)" else "y, Wts = c(hidden, output)"
  net <- eval(parse(text = paste0("nnet(x, ", given, ", size = 3, trace = FALSE, ", code(cell), ")")))
  last <- matrix(net$wts[-(1:9)], if (skip) 6 else 4)
  if (skip) last <- last[c(1, 5, 6, 2, 3, 4), , drop = FALSE] # the bias, and those of the inputs before the others
  say(cell, "parameters", in_order(matrix(net$wts[1:9], 3), last))
  say(cell, "outputs", t(net$fitted.values))
  say(cell, "loss", net$value - sum(net$decay * net$wts^2)) # its value has the decay in it
}

# Of each layer's weights and biases: deviation and mean size.
set.seed(1)
for (cell in grep("^the start", cells("R nnet"), value = TRUE)) {
  call <- parse(text = paste0("nnet(x, y, size = 3, maxit = 0, trace = FALSE, ", code(cell), ")$wts"))
  draws <- replicate(3000, eval(call))
  groups <- list(draws[c(2, 3, 5, 6, 8, 9), ], draws[c(1, 4, 7), ], draws[11:13, ], draws[10, ])
  say(cell, "start", sapply(groups, function(w) c(sqrt(mean(w^2)), mean(abs(w)))))
}
