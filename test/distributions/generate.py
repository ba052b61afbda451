"""Log densities to 17 digits, by mpmath from their textbook formulae, for densities.test.ts.

Run: python3 test/distributions/generate.py > test/distributions/densities.json
"""
import json
from mpmath import mp, mpf, log, gamma, loggamma, pi, exp, binomial, inf

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
}

REAL = [-1e6, -37.5, -1.3, 0.0, 1e-9, 0.4, 2.0, 150.0, 1e5]
POSITIVE = [1e-12, 3e-4, 0.2, 1.0, 1.7, 8.0, 400.0]
UNIT = [1e-15, 1e-4, 0.03, 0.5, 0.8, 0.9999, 1 - 2.0 ** -40]
LOGITS = [-700.0, -40.0, -3.0, -1e-8, 0.0, 0.5, 9.0, 36.9, 710.0]
LOCATION_SCALE = [(0.0, 1.0), (-2.0, 0.1), (3.5, 20.0), (1e3, 1e-3)]
COUNTS = [0, 1, 2, 7, 40, 1000]

CASES = {
    'normal': [(x, *p) for x in REAL for p in LOCATION_SCALE],
    'halfNormal': [(x, s) for x in [-1.0, 0.0, *POSITIVE] for s in [0.01, 1.0, 30.0]],
    'cauchy': [(x, *p) for x in REAL for p in LOCATION_SCALE],
    'halfCauchy': [(x, s) for x in [-1.0, 0.0, *POSITIVE] for s in [0.01, 1.0, 25.0]],
    'studentT': [(x, v, *p) for x in REAL for v in [0.5, 1.0, 3.0, 30.0, 1000.0] for p in LOCATION_SCALE],
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
    'binomial': [(y, n, p) for n in [1, 12, 2000] for y in COUNTS if y <= n for p in UNIT],
    'binomialLogit': [(y, n, e) for n in [1, 12, 2000] for y in COUNTS if y <= n for e in LOGITS],
    'poisson': [(y, r) for y in COUNTS for r in [0.0, *POSITIVE] if r > 0 or y == 0],
    'poissonLog': [(y, e) for y in COUNTS for e in [-300.0, -20.0, -1.0, 0.0, 2.5, 6.0, 20.0]],
}


def number(value):
    return '-Infinity' if value == -inf else float(value)


table = {
    name: [[*case, number(DENSITIES[name](*map(mpf, case)))] for case in cases] for name, cases in CASES.items()
}
print('{\n' + ',\n'.join(f'"{name}": {json.dumps(rows, separators=(",", ":"))}' for name, rows in table.items()) + '\n}')
