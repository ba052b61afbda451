# Compiles a Stan program, or takes it from the cache, evaluates it where it is told to, and times its gradient.
# Arguments: program, data, points, cached model. Writes "key value …" lines to standard output.
arguments <- commandArgs(trailingOnly = TRUE)
suppressMessages(library(rstan))
# Debian keeps Boost and Eigen with the system's headers.
if (!file.exists(rstan_options("boost_lib"))) rstan_options(boost_lib = "/usr/include")
if (!file.exists(rstan_options("eigen_lib"))) rstan_options(eigen_lib = "/usr/include/eigen3")

say <- function(key, values) cat(key, format(values, digits = 17, trim = TRUE), "\n")

compiled <- function(program, cache) {
  fresh <- file.exists(cache) && file.mtime(cache) >= file.mtime(program)
  if (fresh) return(readRDS(cache))
  started <- proc.time()[["elapsed"]]
  model <- stan_model(program, model_name = "bench", save_dso = TRUE, auto_write = FALSE)
  say("compileSeconds", proc.time()[["elapsed"]] - started)
  saveRDS(model, cache)
  model
}

# Seconds of `draws` trajectories of `steps` leapfrog steps each, so short that they stay where they begin.
trajectories <- function(model, data, point, steps, draws) {
  size <- 1e-7
  fit <- sampling(
    model, data = data, chains = 1, iter = draws, warmup = 0, init = list(point), seed = 1, refresh = 0,
    algorithm = "HMC", pars = "lp__",
    control = list(adapt_engaged = FALSE, metric = "diag_e", stepsize = size, int_time = (steps + 0.5) * size)
  )
  taken <- get_sampler_params(fit)[[1]][, "stepsize__"]
  if (any(taken != size)) stop("trajectories: expected steps of ", size, ", got ", taken[1])
  get_elapsed_time(fit)[1, "sample"]
}

model <- compiled(arguments[1], arguments[4])
data <- new.env()
source(arguments[2], local = data)
data <- as.list(data)
points <- new.env()
source(arguments[3], local = points)
points <- points$points

quiet <- function(run) {
  sink(nullfile())
  on.exit(sink())
  suppressWarnings(suppressMessages(run))
}
evaluated <- quiet(sampling(model, data = data, chains = 1, iter = 1, init = points[1], algorithm = "Fixed_param"))
for (point in points) {
  position <- unconstrain_pars(evaluated, point)
  say("position", position)
  say("density", log_prob(evaluated, position, adjust_transform = TRUE))
  say("densityWithoutJacobians", log_prob(evaluated, position, adjust_transform = FALSE))
}

# A trajectory evaluates the gradient once more than it has steps.
steps <- 100
draws <- 1
repeat {
  seconds <- quiet(trajectories(model, data, points[[1]], steps, draws))
  if (seconds > 0.3) break
  draws <- ceiling(draws * min(100, 0.5 / max(seconds, 0.001)))
}
best <- min(seconds, sapply(1:4, function(i) quiet(trajectories(model, data, points[[1]], steps, draws))))
say("nsGradient", 1e9 * best / (draws * (steps + 1)))
