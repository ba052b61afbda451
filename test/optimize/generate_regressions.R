# Six regressions on data sets that come with R, by maximum likelihood, for test/optimize/regressions.test.ts:
#   Rscript test/optimize/generate_regressions.R > test/optimize/regressions.json
# Coefficients by lm() and glm(); standard errors from the observed information at the maximum.
strict <- glm.control(epsilon = 1e-15, maxit = 100)
number <- function(x) paste0("[", paste(sprintf("%.17g", x), collapse = ","), "]")
record <- function(name, family, X, y, coefficients, errors, scale = NULL, scaleError = NULL, trials = NULL) {
  rows <- paste(apply(X, 1, number), collapse = ",\n    ")
  sprintf('{"name": "%s", "family": "%s",\n  "X": [%s],\n  "y": %s,\n  %s%s"coefficients": %s,\n  "errors": %s}',
    name, family, rows, number(y),
    if (is.null(trials)) "" else sprintf('"trials": %s,\n  ', number(trials)),
    if (is.null(scale)) "" else sprintf('"scale": %.17g, "scaleError": %.17g,\n  ', scale, scaleError),
    number(coefficients), number(errors))
}
gaussian_case <- function(name, formula, data) {
  X <- model.matrix(formula, data); y <- model.response(model.frame(formula, data))
  fit <- lm(formula, data, tol = 1e-20); n <- length(y)
  sigma <- sqrt(sum(resid(fit)^2) / n)
  errors <- sigma * sqrt(diag(chol2inv(qr.R(qr(X, tol = 1e-20)))))
  record(name, "normal", X, y, coef(fit), errors, sigma, sigma / sqrt(2 * n))
}
observed <- function(X, weights) sqrt(diag(solve(crossprod(X * sqrt(weights)), tol = 1e-30)))

out <- c()
out <- c(out, gaussian_case("mtcars", mpg ~ wt + hp + qsec + am, mtcars))
out <- c(out, gaussian_case("longley", Employed ~ ., longley))

f <- case ~ age + parity + education + spontaneous + induced
m <- glm(f, binomial, infert, control = strict); X <- model.matrix(f, infert); p <- fitted(m)
out <- c(out, record("infert", "bernoulli", X, infert$case, coef(m), observed(X, p * (1 - p))))

d <- transform(esoph, age = as.integer(agegp), alcohol = as.integer(alcgp), tobacco = as.integer(tobgp))
f <- cbind(ncases, ncontrols) ~ age + I(age^2) + alcohol + tobacco
m <- glm(f, binomial, d, control = strict); X <- model.matrix(f, d); n <- d$ncases + d$ncontrols; p <- fitted(m)
out <- c(out, record("esoph", "binomial", X, d$ncases, coef(m), observed(X, n * p * (1 - p)), trials = n))

f <- breaks ~ wool * tension
m <- glm(f, poisson, warpbreaks, control = strict); X <- model.matrix(f, warpbreaks)
out <- c(out, record("warpbreaks", "poisson", X, warpbreaks$breaks, coef(m), observed(X, fitted(m))))

d <- na.omit(airquality); f <- Ozone ~ Temp + Wind + Solar.R
m <- glm(f, Gamma(link = "log"), d, control = strict); X <- model.matrix(f, d); r <- d$Ozone / fitted(m)
# Digamma and log by their series apart would cancel less; bisection to the last bit is enough here.
score <- function(a) log(a) - digamma(a) + 1 + mean(log(r)) - mean(r)
shape <- uniroot(score, c(0.1, 100), tol = 1e-15)$root
shape <- shape - score(shape) / (1 / shape - trigamma(shape))
out <- c(out, record("airquality", "gamma", X, d$Ozone, coef(m), observed(X, shape * r), shape,
  1 / sqrt(nrow(d) * (trigamma(shape) - 1 / shape))))

cat("{\"source\": \"", R.version.string, ", generate_regressions.R\",\n\"regressions\": [\n", paste(out, collapse = ",\n"), "\n]}\n", sep = "")
