"""Logarithms of distribution functions and their complements, by mpmath, for cumulative.test.ts.

1000 digits let the textbook formulae, and 1 less their value, tell tails of 1e-300.
Run: python3 test/distributions/generate_cumulative.py > test/distributions/cumulative.json
"""
import json
from mpmath import mp, mpf, log, exp, pi, erfc, sqrt, atan, binomial, factorial, gammainc, betainc, loggamma, inf, nsum

mp.dps = 1000


def phi(z):
    return erfc(-z / sqrt(mpf(2))) / 2


def standardised(cdf):
    return lambda x, m, s, *a: cdf((x - m) / s, *a)


def half(cdf):
    return lambda x, *a: 2 * cdf(x, *a) - 1 if x > 0 else mpf(0)


def exponentially_modified(x, m, s, r):
    z, w = (x - m) / s, r * s
    return phi(z) - exp(-w * z + w * w / 2) * phi(z - w)


def wald(x, m, k):
    if x <= 0:
        return mpf(0)
    r = sqrt(k / x)
    return phi(r * (x / m - 1)) + exp(2 * k / m) * phi(-r * (x / m + 1))


def generalized_pareto(z, k):
    if z <= 0:
        return mpf(0)
    if k == 0:
        return 1 - exp(-z)
    return 1 - (1 + k * z) ** (-1 / k) if 1 + k * z > 0 else mpf(1)


def incomplete_gamma(a, x):
    return gammainc(a, 0, x, regularized=True) if x > 0 else mpf(0)


def incomplete_beta(a, b, x):
    return betainc(a, b, 0, min(max(x, 0), 1), regularized=True)


def student(z, v):
    tail = betainc(v / 2, mpf(1) / 2, 0, v / (v + z * z), regularized=True) / 2
    return tail if z < 0 else 1 - tail


def summed(mass):
    """Of a mass function of counts: by adding it up."""
    return lambda y, *a: sum((mass(k, *a) for k in range(int(y) + 1)), mpf(0))


def negative_binomial(y, phi_, mu):
    return exp(loggamma(y + phi_) - loggamma(phi_)) / factorial(y) * (mu / (mu + phi_)) ** y * (phi_ / (mu + phi_)) ** phi_


def logit(e):
    return 1 / (1 + exp(-e))


CDFS = {
    'normal': standardised(phi),
    'halfNormal': half(lambda x, s: phi(x / s)),
    'uniform': lambda x, a, b: min(max((x - a) / (b - a), mpf(0)), mpf(1)),
    'exponential': lambda x, r: 1 - exp(-r * x) if x > 0 else mpf(0),
    'logNormal': lambda x, m, s: phi((log(x) - m) / s) if x > 0 else mpf(0),
    'laplace': standardised(lambda z: exp(z) / 2 if z < 0 else 1 - exp(-z) / 2),
    'cauchy': standardised(lambda z: atan(z) / pi + mpf(1) / 2),
    'halfCauchy': half(lambda x, s: atan(x / s) / pi + mpf(1) / 2),
    'logistic': standardised(lambda z: 1 / (1 + exp(-z))),
    'gumbel': standardised(lambda z: exp(-exp(-z))),
    'exponentiallyModifiedNormal': exponentially_modified,
    'weibull': lambda x, k, s: 1 - exp(-(x / s) ** k) if x > 0 else mpf(0),
    'frechet': lambda x, k, s: exp(-(x / s) ** -k) if x > 0 else mpf(0),
    'rayleigh': lambda x, s: 1 - exp(-(x / s) ** 2 / 2) if x > 0 else mpf(0),
    'pareto': lambda x, m, k: 1 - (x / m) ** -k if x > m else mpf(0),
    'wald': wald,
    'generalizedPareto': standardised(generalized_pareto),
    'bernoulli': summed(lambda k, p: [1 - p, p][k] if k < 2 else mpf(0)),
    'bernoulliLogit': summed(lambda k, e: [logit(-e), logit(e)][k] if k < 2 else mpf(0)),
    'geometric': summed(lambda k, p: p * (1 - p) ** k),
    'gamma': lambda x, a, b: incomplete_gamma(a, b * x),
    'inverseGamma': lambda x, a, b: 1 - incomplete_gamma(a, b / x) if x > 0 else mpf(0),
    'chiSquared': lambda x, v: incomplete_gamma(v / 2, x / 2),
    'inverseChiSquared': lambda x, v: 1 - incomplete_gamma(v / 2, 1 / x / 2) if x > 0 else mpf(0),
    'scaledInverseChiSquared': lambda x, v, s: 1 - incomplete_gamma(v / 2, v * s * s / x / 2) if x > 0 else mpf(0),
    'beta': lambda x, a, b: incomplete_beta(a, b, x),
    'betaProportion': lambda x, m, k: incomplete_beta(m * k, (1 - m) * k, x),
    'studentT': lambda x, v, m, s: student((x - m) / s, v),
    'halfStudentT': half(lambda x, v, s: student(x / s, v)),
    'binomial': summed(lambda k, n, p: binomial(n, k) * p ** k * (1 - p) ** (n - k) if k <= n else mpf(0)),
    'binomialLogit': summed(lambda k, n, e: binomial(n, k) * logit(e) ** k * logit(-e) ** (n - k) if k <= n else mpf(0)),
    'poisson': summed(lambda k, r: exp(-r) * r ** k / factorial(k)),
    'poissonLog': summed(lambda k, e: exp(k * e - exp(e)) / factorial(k)),
    'negativeBinomial': summed(lambda k, m, v: negative_binomial(k, v, m)),
    'negativeBinomialLog': summed(lambda k, e, v: negative_binomial(k, v, exp(e))),
    'negativeBinomialShapeRate': summed(lambda k, a, b: negative_binomial(k, a, a / b)),
    'discreteUniform': lambda y, a, b: min(max((mp.floor(y) - a + 1) / (b - a + 1), mpf(0)), mpf(1)),
}

LOCATION_SCALE = [(0.0, 1.0), (-2.0, 0.1), (3.5, 20.0)]
STANDARD = [-40.0, -8.0, -1.3, -1e-3, 0.0, 1e-9, 0.4, 2.0, 12.0, 40.0]
POSITIVE = [1e-12, 3e-4, 0.2, 1.0, 1.7, 8.0, 30.0]
SIGNED = [-1.0, 0.0, *POSITIVE]
UNIT = [1e-15, 1e-4, 0.03, 0.5, 0.8, 1 - 2.0 ** -40]

CASES = {
    'normal': [(m + s * z, m, s) for m, s in LOCATION_SCALE for z in STANDARD],
    'halfNormal': [(x, s) for x in [*SIGNED, 40.0] for s in [1.0, 30.0]],
    'uniform': [(x, a, b) for x in [-3.0, -1.0, 0.0, 0.3, 0.999, 5.0, 6.0] for a, b in [(0.0, 1.0), (-1.0, 5.0)]],
    'exponential': [(x, r) for x in SIGNED for r in [0.01, 1.0, 20.0]],
    'logNormal': [(x, m, s) for x in SIGNED for m, s in [(0.0, 1.0), (2.3, 0.2), (-1.0, 5.0)]],
    'laplace': [(m + s * z, m, s) for m, s in LOCATION_SCALE for z in [-700.0, *STANDARD, 700.0]],
    'cauchy': [(m + s * z, m, s) for m, s in LOCATION_SCALE for z in [-1e9, *STANDARD, 1e9]],
    'halfCauchy': [(x, s) for x in [*SIGNED, 1e9] for s in [1.0, 25.0]],
    'logistic': [(m + s * z, m, s) for m, s in LOCATION_SCALE for z in [-700.0, *STANDARD, 700.0]],
    'gumbel': [(m + s * z, m, s) for m, s in LOCATION_SCALE for z in [-6.0, -1.3, 0.0, 2.0, 36.0, 38.0, 1000.0]],
    'exponentiallyModifiedNormal': [(m + s * z, m, s, r) for m, s in LOCATION_SCALE for z in STANDARD
                                    for r in [0.05, 1.0, 9.0]],
    'weibull': [(x, k, s) for x in SIGNED for k in [0.1, 1.0, 3.5] for s in [0.3, 4.0] if abs(x / s) ** k < 700],
    'frechet': [(x, k, s) for x in [-1.0, 0.0, 3e-4, 0.2, 1.0, 1.7, 8.0, 1e9] for k in [0.1, 1.0, 3.5]
                for s in [0.3, 4.0]],
    'rayleigh': [(x, s) for x in SIGNED for s in [1.0, 4.0]],
    'pareto': [(x, m, k) for x in [-1.0, 0.2, 0.2 + 1e-9, 1.0, 1.7, 8.0, 1e7] for m in [0.2, 1.0] for k in [0.1, 1.5, 40.0]],
    'wald': [(x, m, k) for x in [-1.0, 0.0, 1e-3, 0.02, 0.2, 1.0, 1.7, 8.0, 400.0] for m in [0.3, 4.0] for k in [0.1, 1.0, 50.0]],
    'generalizedPareto': [(x, m, s, k) for x in SIGNED for m, s in [(0.0, 1.0), (-0.5, 3.0)]
                          for k in [-0.4, -1e-5, 0.0, 1e-9, 3e-3, 0.5, 4.0]],
    'bernoulli': [(y, p) for y in [-1, 0, 0.5, 1, 2] for p in UNIT],
    'bernoulliLogit': [(y, e) for y in [-1, 0, 1] for e in [-700.0, -3.0, 0.0, 36.9, 700.0]],
    'geometric': [(y, p) for y in [-1, 0, 1, 7.5, 40] for p in UNIT],
    'gamma': [(x, a, b) for x in SIGNED for a in [0.1, 1.0, 25.0] for b in [0.1, 4.0]],
    'inverseGamma': [(x, a, b) for x in [-1.0, 0.0, 0.01, 0.2, 1.0, 8.0, 400.0] for a in [0.1, 1.0, 25.0] for b in [0.1, 4.0]],
    'chiSquared': [(x, v) for x in SIGNED for v in [0.2, 1.0, 60.0]],
    'inverseChiSquared': [(x, v) for x in [-1.0, 0.0, 0.01, 0.2, 1.0, 8.0] for v in [0.2, 1.0, 60.0]],
    'scaledInverseChiSquared': [(x, v, s) for x in [0.01, 0.2, 1.0, 8.0] for v in [0.2, 60.0] for s in [0.3, 4.0]],
    'beta': [(x, a, b) for x in [-0.5, 0.0, *UNIT, 1.0] for a in [0.5, 1.0, 20.0] for b in [0.3, 2.0, 60.0]],
    'betaProportion': [(x, m, k) for x in [0.0, *UNIT, 1.0] for m in [0.1, 0.75] for k in [0.3, 60.0]],
    'studentT': [(m + s * z, v, m, s) for m, s in LOCATION_SCALE for z in STANDARD for v in [0.5, 3.0, 100.0]],
    'halfStudentT': [(x, v, s) for x in SIGNED for v in [0.5, 3.0, 100.0] for s in [1.0, 4.0]],
    'binomial': [(y, n, p) for n in [0, 1, 12, 300] for y in [-1, 0, 0.5, 7, 40, 299, 300] for p in UNIT],
    'binomialLogit': [(y, n, e) for n in [1, 12, 300] for y in [0, 7, 40] for e in [-300.0, -3.0, 0.5, 36.9]],
    'poisson': [(y, r) for y in [-1, 0, 0.5, 7, 40, 300] for r in POSITIVE],
    'poissonLog': [(y, e) for y in [-1, 0, 7, 40] for e in [-20.0, -1.0, 0.0, 2.5, 6.0]],
    'negativeBinomial': [(y, m, v) for y in [-1, 0, 7, 40] for m in [0.1, 3.0, 100.0] for v in [0.7, 20.0, 1e5]],
    'negativeBinomialLog': [(y, e, v) for y in [0, 7, 40] for e in [-20.0, 1.0, 4.0] for v in [0.7, 20.0, 1e5]],
    'negativeBinomialShapeRate': [(y, a, b) for y in [0, 7, 40] for a in [0.7, 20.0] for b in [0.01, 2.0, 50.0]],
    'discreteUniform': [(y, a, b) for y in [-4, -3, 0.5, 4, 5, 6] for a, b in [(-3, 5), (5, 5)]],
}


# Zeros that are true ones; any other is a difference from 1 of which no digits are left.
BOUNDED_ABOVE = {'uniform', 'generalizedPareto', 'beta', 'betaProportion', 'discreteUniform', 'bernoulli', 'bernoulliLogit'}
DIFFERENCES = {'inverseGamma', 'inverseChiSquared', 'scaledInverseChiSquared'}


def is_zero(name, case, upper):
    if name in {'binomial', 'binomialLogit'}:
        return case[0] >= case[1] if upper else case[0] < 0
    if upper:
        return name in BOUNDED_ABOVE
    return name not in DIFFERENCES or case[0] <= 0


def number(value, zero, difference):
    if value > (mpf(10) ** -950 if difference else 0):
        return float(log(value))
    return '-Infinity' if zero else None


table = {}
for name, cases in CASES.items():
    table[name] = []
    for case in cases:
        p = CDFS[name](*map(mpf, case))
        table[name].append([*case, number(p, is_zero(name, case, False), name in DIFFERENCES),
                            number(1 - p, is_zero(name, case, True), True)])
print('{\n' + ',\n'.join(f'"{name}": {json.dumps(rows, separators=(",", ":"))}' for name, rows in table.items()) + '\n}')
