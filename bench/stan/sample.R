# Compiles a Stan program, or takes it from the cache, samples it with Stan's defaults (one core), and writes what it took.
# Arguments: program, data as JSON, cached model, file for the draws. Writes "key value …" lines to standard output.
arguments <- commandArgs(trailingOnly = TRUE)
suppressMessages(library(rstan))
# Debian keeps Boost and Eigen with the system's headers.
if (!file.exists(rstan_options("boost_lib"))) rstan_options(boost_lib = "/usr/include")
if (!file.exists(rstan_options("eigen_lib"))) rstan_options(eigen_lib = "/usr/include/eigen3")

say <- function(key, values) cat(key, format(values, digits = 17, trim = TRUE), "\n")

program <- arguments[1]
cache <- arguments[3]
if (file.exists(cache) && file.mtime(cache) >= file.mtime(program)) {
  compiled <- readRDS(cache)
} else {
  started <- proc.time()[["elapsed"]]
  model <- stan_model(program, model_name = "bench", save_dso = TRUE, auto_write = FALSE)
  compiled <- list(model = model, seconds = proc.time()[["elapsed"]] - started)
  saveRDS(compiled, cache)
}
model <- compiled$model
say("compileSeconds", compiled$seconds)

data <- jsonlite::fromJSON(arguments[2])
started <- proc.time()[["elapsed"]]
sink(nullfile())
fit <- suppressWarnings(suppressMessages(sampling(model, data = data, chains = 4, cores = 1, seed = 20260, refresh = 0)))
sink()
say("seconds", sum(get_elapsed_time(fit)))
say("gradients", sum(sapply(get_sampler_params(fit, inc_warmup = TRUE), function(s) sum(s[, "n_leapfrog__"]))))
say("divergences", sum(sapply(get_sampler_params(fit, inc_warmup = FALSE), function(s) sum(s[, "divergent__"]))))
invisible(capture.output(print(fit)))
say("elapsedSeconds", proc.time()[["elapsed"]] - started)
# Draws of one chain after the other, a line a quantity; what is not a parameter of the reference is left out there.
draws <- extract(fit, permuted = FALSE)
for (name in dimnames(draws)$parameters) cat(name, as.vector(draws[, , name]), "\n", file = arguments[4], append = TRUE)
