# Writes pareto.json: Pareto-smoothed importance weights of fixed log ratios by the R package loo.
# Run: Rscript generate_pareto.R (needs loo and jsonlite)
suppressMessages(library(loo))
set.seed(20240701)
normalised <- function(r, r_eff = 1) {
  p <- suppressWarnings(psis(r, r_eff = r_eff))
  list(logRatios = signif(r, 12), relativeEfficiency = r_eff,
       logWeights = as.vector(weights(p, normalize = TRUE, log = TRUE)), k = pareto_k_values(p))
}
ratios <- function(name, r, r_eff = 1) c(list(name = name), normalised(signif(r, 12), r_eff))
z <- rnorm(400)
cases <- list(
  ratios("light tail", -abs(rnorm(400))),
  ratios("heavy tail", -log(runif(500)) * 0.6 + 3),
  ratios("infinite mean", -log(runif(300)) * 1.4),
  ratios("normal against wider normal", dnorm(1.4 * z, log = TRUE) - dnorm(z, sd = 1.4, log = TRUE)),
  ratios("few draws", rnorm(30, sd = 2)),
  ratios("dependent draws", rnorm(400, sd = 1.5), 0.3),
  ratios("far from zero", rnorm(200) - 2000)
)
lines <- vapply(cases, function(case) jsonlite::toJSON(case, auto_unbox = TRUE, digits = NA), "")
writeLines(c("[", paste0(lines, c(rep(",", length(lines) - 1), "")), "]"), "pareto.json")
