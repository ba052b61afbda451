# Makes loo.json: values of the R package loo (2.5.1) for its example log likelihoods, cut to 300 draws of 2 chains, and
# for two other models made from them as the test does.
# Rscript test/comparison/make-loo.R > test/comparison/loo.json
suppressMessages({ library(loo); library(jsonlite) })
ll <- signif(example_loglik_array()[1:300, , ], 7)
i <- slice.index(ll, 3)
models <- list(a = ll, b = ll + 0.4 * sin(2 * i) - 0.02, c = 1.1 * ll + 0.3 * cos(i) + 0.1)
# As later versions of loo do it: the effective number of draws of a mean, from split chains.
efficiency <- function(x) apply(exp(x), 3, posterior::ess_mean) / prod(dim(x)[1:2])
loos <- lapply(models, function(x) suppressWarnings(loo(x, r_eff = efficiency(x), cores = 1)))
summaries <- lapply(names(models), function(name) {
  l <- loos[[name]]
  w <- suppressWarnings(waic(models[[name]]))
  list(
    elpd = l$estimates["elpd_loo", ], p = l$estimates["p_loo", ], pointwise = l$pointwise[, "elpd_loo"],
    k = l$diagnostics$pareto_k, waic = w$estimates["elpd_waic", ], pWaic = w$estimates["p_waic", ]
  )
})
names(summaries) <- names(models)
lpd <- sapply(summaries, function(m) m$pointwise)
comparison <- suppressWarnings(loo_compare(loos))
cat(toJSON(list(
  draws = lapply(seq_len(dim(ll)[3]), function(k) list(ll[, 1, k], ll[, 2, k])),
  models = summaries,
  order = rownames(comparison), difference = as.numeric(comparison[, "elpd_diff"]),
  standardError = as.numeric(comparison[, "se_diff"]),
  stacking = setNames(as.list(as.numeric(
    stacking_weights(lpd, optim_method = "BFGS", optim_control = list(reltol = 1e-14))
  )), names(models)),
  pseudoBma = setNames(as.list(as.numeric(pseudobma_weights(lpd, BB = FALSE))), names(models))
), digits = 10, auto_unbox = TRUE))
