"""Cells of known mass for laws.test.ts, by SciPy and closed forms of its own.

Run: python3 test/random/generate_cells.py > test/random/cells.json

A case: the method of a stream, its parameters, edges e_1 < ... < e_m and the masses of (-inf, e_1], ..., (e_m, inf),
and, where they exist, mean, variance and excess kurtosis.
"""
import json
import sys

import numpy as np
from scipy import special as sp
from scipy import stats as st

CELLS = 100


def moments(d):
    mean, variance, _, kurtosis = (float(v) for v in d.stats('mvsk'))
    found = [mean, variance, kurtosis]
    return [v if np.isfinite(v) else None for v in found]


def continuous(name, parameters, d):
    p = np.arange(1, CELLS) / CELLS
    return dict(name=name, parameters=parameters, edges=[float(x) for x in d.ppf(p)],
                masses=[1 / CELLS] * CELLS, moments=moments(d))


def discrete(name, parameters, d):
    """Neighbouring counts share a cell until it has a two-hundredth of the mass."""
    low, high = int(d.ppf(1e-9)), int(d.ppf(1 - 1e-9))
    edges, masses, done = [], [], 0.0
    step = max(1, (high - low) // 2000)
    for k in range(low, high + 1, step):
        c = float(d.cdf(k))
        if c - done >= 0.005 and 1 - c >= 0.002:
            edges.append(k)
            masses.append(c - done)
            done = c
    masses.append(1 - done)
    return dict(name=name, parameters=parameters, edges=edges, masses=masses, moments=moments(d))


def log_of(name, parameters, quantile, p):
    masses = np.diff(np.concatenate([[0], p, [1]]))
    return dict(name=name, parameters=parameters, edges=[float(quantile(v)) for v in p],
                masses=[float(m) for m in masses], moments=[None, None, None])


def log_gamma_small(a):
    """P(X <= x) = x^a / Gamma(1 + a) where x is tiny."""
    return lambda p: (np.log(p) + sp.gammaln(1 + a)) / a


def log_beta_small(a, b):
    """P(X <= x) = x^a / (a B(a, b)) where x is tiny."""
    return lambda p: (np.log(p * a) + sp.betaln(a, b)) / a


half = np.arange(1, 50) / 100
most = np.arange(1, 100) / 100
CASES = [
    continuous('uniform', [-1, 4], st.uniform(-1, 5)),
    continuous('normal', [3, 2], st.norm(3, 2)),
    continuous('exponential', [0.25], st.expon(scale=4)),
    *[continuous('gamma', [a, b], st.gamma(a, scale=1 / b))
      for a, b in [(0.05, 1), (0.5, 2), (0.9, 1), (1, 3), (2, 1), (2.5, 0.5), (100, 1), (1e6, 1), (1e10, 1)]],
    continuous('logGamma', [2, 1], st.loggamma(2)),
    log_of('logGamma', [1e-10, 1], log_gamma_small(1e-10), most),
    log_of('logGamma', [1e-300, 1], log_gamma_small(1e-300), most),
    continuous('inverseGamma', [4.5, 3], st.invgamma(4.5, scale=3)),
    continuous('inverseGamma', [0.3, 1], st.invgamma(0.3)),
    *[continuous('beta', [a, b], st.beta(a, b))
      for a, b in [(2, 3), (0.5, 0.5), (0.5, 3), (0.2, 0.7), (5, 0.3), (1, 1), (1000, 2000), (1e8, 1e8)]],
    log_of('logBeta', [0.001, 0.001], log_beta_small(0.001, 0.001), half),
    log_of('logBeta', [1e-9, 1e-9], log_beta_small(1e-9, 1e-9), half),
    continuous('chiSquared', [1], st.chi2(1)),
    continuous('chiSquared', [5], st.chi2(5)),
    continuous('studentT', [4.5, -1, 2], st.t(4.5, -1, 2)),
    continuous('studentT', [0.4, 0, 1], st.t(0.4)),
    continuous('studentT', [1, 0, 1], st.t(1)),
    continuous('cauchy', [1, 2], st.cauchy(1, 2)),
    continuous('logNormal', [0.5, 0.8], st.lognorm(0.8, scale=np.exp(0.5))),
    continuous('weibull', [1.5, 3], st.weibull_min(1.5, scale=3)),
    continuous('weibull', [0.5, 1], st.weibull_min(0.5)),
    continuous('laplace', [1, 3], st.laplace(1, 3)),
    continuous('logistic', [1, 0.5], st.logistic(1, 0.5)),
    *[continuous('inverseGaussian', [m, s], st.invgauss(m / s, scale=s)) for m, s in [(1, 1), (2, 0.1), (1, 50)]],
    *[continuous('vonMises', [0.5, k], st.vonmises(k, 0.5)) for k in [0.1, 0.5, 2, 100]],
    continuous('vonMises', [0, 1e10], st.norm(0, 1e-5)),
    *[discrete('poisson', [m], st.poisson(m)) for m in [0.1, 3, 9.9, 10, 25, 100, 399, 500, 1e4, 1e8]],
    *[discrete('binomial', [n, p], st.binom(n, p))
      for n, p in [(1, 0.3), (10, 0.5), (20, 0.9), (40, 0.3), (100, 0.3), (400, 0.5), (600, 0.95), (10**5, 0.4),
                   (2**31 - 1, 1e-9), (2**31 - 1, 0.5), (2**31 - 1, 0.999)]],
    *[discrete('negativeBinomialShapeRate', [a, b], st.nbinom(a, b / (1 + b)))
      for a, b in [(0.3, 0.1), (2, 1), (5, 0.05), (50, 0.01)]],
    discrete('negativeBinomial', [20, 2], st.nbinom(2, 2 / 22)),
    *[discrete('geometric', [p], st.nbinom(1, p)) for p in [0.01, 0.3, 0.9]],
    *[discrete('hypergeometric', [n, g, b], st.hypergeom(g + b, g, n))
      for n, g, b in [(8, 10, 20), (25, 10, 20), (22, 20, 10), (4, 20, 10), (100, 200, 300), (400, 200, 300),
                      (350, 300, 200), (1000, 5000, 7000), (9000, 7000, 5000), (50000, 10**6, 10**6)]],
    discrete('discreteUniform', [-2, 7], st.randint(-2, 8)),
    # SciPy's own variance overflows here.
    dict(discrete('discreteUniform', [0, 2**40], st.randint(0, 2**40 + 1)), moments=[2**39, (2.0**80) / 12, -1.2]),
]
json.dump(CASES, sys.stdout)
