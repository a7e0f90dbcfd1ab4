# SPDX-License-Identifier: MIT
# Makes r_neuralnet.lua: what R's neuralnet computes for the rows of docs/coming-from.md. Not run by the tests.
#     Rscript of_r_neuralnet.R | python3 page.py of_r_neuralnet.R "R 4.2.2, neuralnet 1.44.2" > r_neuralnet.lua
source("page.R")
library(neuralnet)
data <- data.frame(a = x[, 1], b = x[, 2], y = y)

for (cell in cells("R neuralnet")) {
  if (startsWith(cell, "the start")) next
  net <- eval(parse(text = paste0("neuralnet(y ~ a + b, data, hidden = 3, startweights = c(hidden, output), ",
                                  code(cell), ")")))
  ends <- net$weights[[1]]
  say(cell, "parameters", in_order(ends[[1]], ends[[2]]))
  say(cell, "loss", net$result.matrix["error", 1])
  say(cell, "epochs", net$result.matrix["steps", 1] - 1) # it counts from 1
}

# Of each layer's weights and biases: deviation and mean size.
set.seed(1)
for (cell in grep("^the start", cells("R neuralnet"), value = TRUE)) {
  draws <- replicate(3000, unlist(neuralnet(y ~ a + b, data, hidden = 3, threshold = 1e9)$startweights))
  groups <- list(draws[c(2, 3, 5, 6, 8, 9), ], draws[c(1, 4, 7), ], draws[11:13, ], draws[10, ])
  say(cell, "start", sapply(groups, function(w) c(sqrt(mean(w^2)), mean(abs(w)))))
}
