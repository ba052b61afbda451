"""Log densities to 17 digits, by mpmath from their textbook formulae, for densities.test.ts.

Run: python3 test/distributions/generate.py > test/distributions/densities.json
"""
import json
from mpmath import mp, mpf, log, loggamma, pi, exp, binomial, inf, erfc, sqrt, cos, besseli

mp.dps = 60


def normal(x, m, s):
    return -((x - m) / s) ** 2 / 2 - log(s) - log(2 * pi) / 2


def cauchy(x, m, s):
    return -log(pi * s * (1 + ((x - m) / s) ** 2))


def student(x, v, m, s):
    return (loggamma((v + 1) / 2) - loggamma(v / 2) - log(v * pi) / 2 - log(s)
            - (v + 1) / 2 * log(1 + ((x - m) / s) ** 2 / v))


def xlogy(x, y):
    return mpf(0) if x == 0 else x * log(y)


def logit_p(e):
    return 1 / (1 + exp(-e)), 1 / (1 + exp(e))


def binomial_p(y, n, p, q):
    return log(binomial(n, y)) + xlogy(y, p) + xlogy(n - y, q)


def above(density, low=0):
    return lambda x, *a: density(x, *a) if x >= low else -inf


def gamma_log(x, a, b):
    return a * log(b) - loggamma(a) + (a - 1) * log(x) - b * x if x > 0 else -inf


def inverse_gamma(x, a, b):
    return gamma_log(1 / x, a, b) - 2 * log(x) if x > 0 else -inf


def beta_log(x, a, b):
    return (a - 1) * log(x) + (b - 1) * log(1 - x) - log_beta(a, b) if 0 < x < 1 else -inf


def log_beta(a, b):
    return loggamma(a) + loggamma(b) - loggamma(a + b)


def phi(z):
    """The standard normal's distribution function."""
    return erfc(-z / sqrt(mpf(2))) / 2


def standardised(density):
    return lambda x, m, s, *a: density((x - m) / s, *a) - log(s)


def exponentially_modified(z, w):
    # High precision stands in for the stable form.
    return log(w) - w * z + w * w / 2 + log(phi(z - w))


def generalized_pareto(z, k):
    if z < 0 or 1 + k * z <= 0:
        return -inf
    return -z if k == 0 else -(1 + 1 / k) * log(1 + k * z)


def negative_binomial(y, phi, mu):
    return (loggamma(y + phi) - loggamma(phi) - loggamma(y + 1) + xlogy(y, mu / (mu + phi)) + phi * log(phi / (mu + phi)))


def beta_binomial(y, n, a, b):
    return log(binomial(n, y)) + log_beta(y + a, n - y + b) - log_beta(a, b)


def hypergeometric(y, n, a, b):
    if not max(0, n - b) <= y <= min(a, n):
        return -inf
    return log(binomial(a, y) * binomial(b, n - y) / binomial(a + b, n))


DENSITIES = {
    'normal': normal,
    'halfNormal': above(lambda x, s: normal(x, 0, s) + log(2)),
    'cauchy': cauchy,
    'halfCauchy': above(lambda x, s: cauchy(x, 0, s) + log(2)),
    'studentT': student,
    'halfStudentT': above(lambda x, v, s: student(x, v, 0, s) + log(2)),
    'uniform': lambda x, a, b: -log(b - a) if a <= x <= b else -inf,
    'exponential': above(lambda x, r: log(r) - r * x),
    'gamma': lambda x, a, b: a * log(b) - loggamma(a) + (a - 1) * log(x) - b * x if x > 0 else -inf,
    'inverseGamma': lambda x, a, b: a * log(b) - loggamma(a) - (a + 1) * log(x) - b / x if x > 0 else -inf,
    'beta': lambda x, a, b: ((a - 1) * log(x) + (b - 1) * log(1 - x) + loggamma(a + b) - loggamma(a) - loggamma(b)
                             if 0 < x < 1 else -inf),
    'logNormal': lambda x, m, s: normal(log(x), m, s) - log(x) if x > 0 else -inf,
    'laplace': lambda x, m, s: -abs(x - m) / s - log(2 * s),
    'bernoulli': lambda y, p: log(p) if y == 1 else log(1 - p),
    'bernoulliLogit': lambda y, e: log(logit_p(e)[0 if y == 1 else 1]),
    'binomial': lambda y, n, p: binomial_p(y, n, p, 1 - p),
    'binomialLogit': lambda y, n, e: binomial_p(y, n, *logit_p(e)),
    'poisson': lambda y, r: xlogy(y, r) - r - loggamma(y + 1),
    'poissonLog': lambda y, e: y * e - exp(e) - loggamma(y + 1),
    'logistic': standardised(lambda z: -z - 2 * log(1 + exp(-z))),
    'gumbel': standardised(lambda z: -z - exp(-z)),
    'skewNormal': standardised(lambda z, a: normal(z, 0, 1) + log(2) + log(phi(a * z))),
    'exponentiallyModifiedNormal': lambda x, m, s, r: exponentially_modified((x - m) / s, r * s) - log(s),
    'chiSquared': lambda x, v: gamma_log(x, v / 2, mpf(1) / 2),
    'inverseChiSquared': lambda x, v: inverse_gamma(x, v / 2, mpf(1) / 2),
    'scaledInverseChiSquared': lambda x, v, s: inverse_gamma(x, v / 2, v * s * s / 2),
    'weibull': lambda x, k, s: log(k / x) + k * log(x / s) - (x / s) ** k if x > 0 else -inf,
    'frechet': lambda x, k, s: log(k / x) - k * log(x / s) - (x / s) ** -k if x > 0 else -inf,
    'rayleigh': lambda x, s: log(x / s ** 2) - (x / s) ** 2 / 2 if x > 0 else -inf,
    'pareto': lambda x, m, k: log(k / x) - k * log(x / m) if x >= m else -inf,
    'betaProportion': lambda x, m, k: beta_log(x, m * k, (1 - m) * k),
    'wald': lambda x, m, k: log(k / (2 * pi * x ** 3)) / 2 - k * (x - m) ** 2 / (2 * m * m * x) if x > 0 else -inf,
    'generalizedPareto': standardised(generalized_pareto),
    'vonMises': lambda x, m, k: k * cos(x - m) - log(2 * pi * besseli(0, k)) if abs(x) <= pi else -inf,
    'geometric': lambda y, p: log(p) + xlogy(y, 1 - p),
    'negativeBinomial': lambda y, m, v: negative_binomial(y, v, m),
    'negativeBinomialLog': lambda y, e, v: negative_binomial(y, v, exp(e)),
    'negativeBinomialShapeRate': lambda y, a, b: negative_binomial(y, a, a / b),
    'betaBinomial': beta_binomial,
    'hypergeometric': hypergeometric,
    'discreteUniform': lambda y, a, b: -log(b - a + 1) if a <= y <= b else -inf,
}

REAL = [-1e6, -37.5, -1.3, 0.0, 1e-9, 0.4, 2.0, 150.0, 1e5]
POSITIVE = [1e-12, 3e-4, 0.2, 1.0, 1.7, 8.0, 400.0]
UNIT = [1e-15, 1e-4, 0.03, 0.5, 0.8, 0.9999, 1 - 2.0 ** -40]
LOGITS = [-700.0, -40.0, -3.0, -1e-8, 0.0, 0.5, 9.0, 36.9, 710.0]
LOCATION_SCALE = [(0.0, 1.0), (-2.0, 0.1), (3.5, 20.0), (1e3, 1e-3)]
COUNTS = [0, 1, 2, 7, 40, 1000]
LARGE_COUNTS = [*COUNTS, 10 ** 6]
DISPERSIONS = [1e-3, 0.7, 20.0, 1e5, 1e10]

CASES = {
    'normal': [(x, *p) for x in REAL for p in LOCATION_SCALE],
    'halfNormal': [(x, s) for x in [-1.0, 0.0, *POSITIVE] for s in [0.01, 1.0, 30.0]],
    'cauchy': [(x, *p) for x in REAL for p in LOCATION_SCALE],
    'halfCauchy': [(x, s) for x in [-1.0, 0.0, *POSITIVE] for s in [0.01, 1.0, 25.0]],
    'studentT': [(x, v, *p) for x in REAL for v in [0.5, 1.0, 3.0, 30.0, 1000.0, 1e10] for p in LOCATION_SCALE],
    'halfStudentT': [(x, v, s) for x in [-1.0, 0.0, *POSITIVE] for v in [1.0, 4.0, 50.0] for s in [0.1, 10.0]],
    'uniform': [(x, a, b) for x in [-3.0, -1.0, 0.0, 0.3, 5.0, 6.0] for a, b in [(0.0, 1.0), (-1.0, 5.0)]],
    'exponential': [(x, r) for x in [-1.0, 0.0, *POSITIVE] for r in [0.01, 1.0, 50.0]],
    'gamma': [(x, a, b) for x in [-1.0, 0.0, *POSITIVE] for a in [0.01, 1.0, 2.5, 25.0, 400.0] for b in [0.1, 4.0]],
    'inverseGamma': [(x, a, b) for x in [-1.0, 0.0, *POSITIVE] for a in [0.01, 1.0, 2.5, 25.0] for b in [0.1, 4.0]],
    'beta': [(x, a, b) for x in [-0.5, 0.0, *UNIT, 1.0, 2.0] for a in [0.5, 1.0, 5.0, 200.0] for b in [0.3, 2.0, 60.0]],
    'logNormal': [(x, m, s) for x in [-1.0, 0.0, *POSITIVE] for m, s in [(0.0, 1.0), (2.3, 0.2), (-1.0, 5.0)]],
    'laplace': [(x, *p) for x in REAL for p in LOCATION_SCALE],
    'bernoulli': [(y, p) for y in [0, 1] for p in UNIT],
    'bernoulliLogit': [(y, e) for y in [0, 1] for e in LOGITS],
    'binomial': [(y, n, p) for n in [1, 12, 2000, 10 ** 6] for y in LARGE_COUNTS if y <= n for p in UNIT],
    'binomialLogit': [(y, n, e) for n in [1, 12, 2000, 10 ** 6] for y in LARGE_COUNTS if y <= n for e in LOGITS],
    'poisson': [(y, r) for y in LARGE_COUNTS for r in [0.0, *POSITIVE, 1e6] if r > 0 or y == 0],
    'poissonLog': [(y, e) for y in COUNTS for e in [-300.0, -20.0, -1.0, 0.0, 2.5, 6.0, 20.0]],
    'logistic': [(x, *p) for x in REAL for p in LOCATION_SCALE],
    'gumbel': [(x, *p) for x in REAL for p in LOCATION_SCALE if (p[0] - x) / p[1] < 500],
    'skewNormal': [(x, *p, a) for x in REAL for p in LOCATION_SCALE for a in [-30.0, -0.5, 0.0, 2.0]],
    'exponentiallyModifiedNormal': [(x, *p, r) for x in [-37.5, -1.3, 0.0, 1e-9, 0.4, 2.0, 150.0, 1e5]
                                    for p in LOCATION_SCALE for r in [1e-3, 0.5, 4.0, 1e4]],
    'chiSquared': [(x, v) for x in [-1.0, 0.0, *POSITIVE] for v in [0.02, 1.0, 5.0, 60.0, 800.0]],
    'inverseChiSquared': [(x, v) for x in [-1.0, 0.0, *POSITIVE] for v in [0.02, 1.0, 5.0, 60.0]],
    'scaledInverseChiSquared': [(x, v, s) for x in [-1.0, 0.0, *POSITIVE] for v in [0.02, 1.0, 60.0] for s in [0.3, 4.0]],
    'weibull': [(x, k, s) for x in [-1.0, 0.0, *POSITIVE] for k in [0.1, 1.0, 3.5] for s in [0.3, 4.0]],
    'frechet': [(x, k, s) for x in [-1.0, 0.0, 3e-4, 0.2, 1.0, 1.7, 8.0, 400.0] for k in [0.1, 1.0, 3.5] for s in [0.3, 4.0]],
    'rayleigh': [(x, s) for x in [-1.0, 0.0, *POSITIVE] for s in [0.3, 4.0]],
    'pareto': [(x, m, k) for x in [-1.0, 0.0, *POSITIVE] for m in [0.2, 1.0] for k in [0.1, 1.5, 40.0]],
    'betaProportion': [(x, m, k) for x in [-0.5, 0.0, *UNIT, 1.0, 2.0] for m in [0.1, 0.5, 0.75] for k in [0.3, 2.0, 60.0]],
    'wald': [(x, m, k) for x in [-1.0, 0.0, *POSITIVE] for m in [0.3, 4.0] for k in [0.1, 1.0, 50.0]],
    'generalizedPareto': [(x, m, s, k) for x in [-1.0, 0.0, *POSITIVE] for m, s in [(0.0, 1.0), (-0.5, 3.0)]
                          for k in [-0.4, -1e-5, 0.0, 1e-9, 3e-3, 0.5, 4.0]],
    'vonMises': [(x, m, k) for x in [-3.5, -3.1, -1.3, 0.0, 1e-6, 0.4, 3.0] for m in [0.0, 1.2, 40.0]
                 for k in [0.0, 1e-3, 1.0, 30.0, 499.0, 600.0, 1e6]],
    'geometric': [(y, p) for y in LARGE_COUNTS for p in UNIT],
    'negativeBinomial': [(y, m, v) for y in LARGE_COUNTS for m in [1e-3, 3.0, 1e6] for v in DISPERSIONS],
    'negativeBinomialLog': [(y, e, v) for y in LARGE_COUNTS for e in [-300.0, -1.0, 4.0, 14.0] for v in DISPERSIONS],
    'negativeBinomialShapeRate': [(y, a, b) for y in LARGE_COUNTS for a in DISPERSIONS for b in [1e-3, 2.0, 1e6]],
    'betaBinomial': [(y, n, a, b) for n in [0, 1, 12, 2000, 10 ** 6] for y in LARGE_COUNTS if y <= n
                     for a in [0.1, 3.0, 1e8] for b in [0.5, 1e8]],
    'hypergeometric': [(y, n, a, b) for n, a, b in [(0, 3, 4), (5, 3, 4), (100, 1000, 200), (10 ** 4, 10 ** 6, 10 ** 5)]
                       for y in [*COUNTS, 9000, 9100]],
    'discreteUniform': [(y, a, b) for y in [-4, -3, 0, 5, 6] for a, b in [(-3, 5), (5, 5)]],
}


def number(value):
    return '-Infinity' if value == -inf else float(value)


table = {
    name: [[*case, number(DENSITIES[name](*map(mpf, case)))] for case in cases] for name, cases in CASES.items()
}
print('{\n' + ',\n'.join(f'"{name}": {json.dumps(rows, separators=(",", ":"))}' for name, rows in table.items()) + '\n}')
