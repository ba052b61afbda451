"""Quartiles of known marginals of distributions of vectors and matrices, for multivariate-sampled.test.ts.

Run: python3 test/distributions/generate_marginals.py > test/distributions/marginals.json
"""
import json
from scipy import stats

b = lambda a, c: stats.beta(a, c)
lkj = lambda eta, k: stats.beta(eta - 1 + k / 2, eta - 1 + k / 2, loc=-1, scale=2)


class Least:
    """The smallest of two standard normal values."""
    def ppf(self, p):
        return stats.norm.ppf(1 - (1 - p) ** 0.5)


MARGINALS = {
    'dirichlet(2, 3, 4)': b(2, 7),
    'flat simplex of 4': b(1, 3),
    'lkj(2), 3 rows': lkj(2, 3),
    'lkj(0.75), 4 rows': lkj(0.75, 4),
    'flat correlation, 3 rows': lkj(1, 3),
    'wishart(5), scale 0.75': stats.chi2(5, scale=0.75),
    'inverseWishart(6), 3 rows, scale 0.75': stats.invgamma((6 - 3 + 1) / 2, scale=0.75 / 2),
    'normal(0, 1)': stats.norm(),
    'halfNormal(1)': stats.halfnorm(),
    'least of two': Least(),
    'exponential(2)': stats.expon(scale=0.5),
    'uniform(-1, 1)': stats.uniform(-1, 2),
    'uniform(0, 1)': stats.uniform(),
    'normal, variance 3/4': stats.norm(0, 0.75 ** 0.5),
    'normal(2, sqrt 0.75)': stats.norm(2, 0.75 ** 0.5),
    'normal(2.5, sqrt 1.75)': stats.norm(2.5, 1.75 ** 0.5),
    'studentT(4, 2, sqrt 0.75)': stats.t(4, 2, 0.75 ** 0.5),
    'normal(0, sqrt 1.5)': stats.norm(0, 1.5 ** 0.5),
    'normal(1.5, sqrt 1.5)': stats.norm(1.5, 1.5 ** 0.5),
    'normal(0, sqrt 1.3125)': stats.norm(0, 1.3125 ** 0.5),
    'beta(1, 2)': b(1, 2),
    'normal(3, 2)': stats.norm(3, 2),
}

print(json.dumps({name: [[p, m.ppf(p)] for p in (0.25, 0.75)] for name, m in MARGINALS.items()}))
