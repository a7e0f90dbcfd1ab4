# SPDX-License-Identifier: MIT
# What the generators in R share; as page.py, which makes a Lua table of what they print.
page <- readLines(file.path("..", "..", "docs", "coming-from.md"))

lines_of <- function(title) {
  from <- which(page == paste("##", title))
  to <- c(which(startsWith(page, "## ")), length(page) + 1)
  page[(from + 1):(min(to[to > from]) - 1)]
}

cells <- function(title) {
  rows <- grep("^\\| .*`", lines_of(title), value = TRUE)
  vapply(strsplit(substring(rows, 3), " | ", fixed = TRUE), `[`, "", 1)
}

code <- function(cell) {
  pieces <- regmatches(cell, gregexpr("(?<=`)[^`]+(?=`(,|$))", cell, perl = TRUE))[[1]]
  paste(pieces, collapse = ", ")
}

# All numbers of a field of the case, in the order in which it has them; the second is that of three outputs.
numbers <- function(name, which = 1) {
  line <- grep(paste0("^  ", name, " = "), lines_of("The case"), value = TRUE)[which]
  text <- sub("^[^{]*", "", line)
  as.numeric(regmatches(text, gregexpr("-?[0-9.]+", text))[[1]])
}

x <- matrix(numbers("inputs"), 4, byrow = TRUE)
y <- numbers("targets")
w <- numbers("weights")
b <- numbers("biases")
hidden <- rbind(b[1:3], matrix(w[1:6], 2)) # a unit a column: its bias, then its weights
output <- matrix(c(b[4], w[7:9]))
classes <- matrix(numbers("targets", 2), 4, byrow = TRUE)
outputs <- rbind(numbers("biases", 2)[4:6], matrix(numbers("weights", 2)[7:15], 3))

say <- function(cell, name, values) {
  cat(cell, name, paste(sprintf("%.17g", values), collapse = " "), sep = "\t")
  cat("\n")
}

# Layer by layer the weights, unit by unit, and then the biases.
in_order <- function(hidden, output) c(hidden[-1, ], hidden[1, ], output[-1, ], output[1, ])
