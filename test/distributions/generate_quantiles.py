"""Quantiles of continuous distributions, by SciPy, for sampled.test.ts.

Run: python3 test/distributions/generate_quantiles.py > test/distributions/quantiles.json
"""
import json
from scipy import stats as st

CASES = [
    ('normal', [3.0, 2.0], st.norm(3, 2)),
    ('halfNormal', [4.0], st.halfnorm(scale=4)),
    ('studentT', [4.0, -1.0, 2.0], st.t(4, -1, 2)),
    ('halfStudentT', [5.0, 2.0], st.t(5)),
    ('cauchy', [1.0, 2.0], st.cauchy(1, 2)),
    ('halfCauchy', [2.0], st.halfcauchy(scale=2)),
    ('uniform', [-1.0, 4.0], st.uniform(-1, 5)),
    ('exponential', [0.25], st.expon(scale=4)),
    ('gamma', [2.5, 0.5], st.gamma(2.5, scale=2)),
    ('inverseGamma', [4.0, 3.0], st.invgamma(4, scale=3)),
    ('beta', [2.0, 5.0], st.beta(2, 5)),
    ('logNormal', [0.5, 0.8], st.lognorm(0.8, scale=2.718281828459045 ** 0.5)),
    ('laplace', [1.0, 3.0], st.laplace(1, 3)),
    ('logistic', [1.0, 0.5], st.logistic(1, 0.5)),
    ('gumbel', [-1.0, 2.0], st.gumbel_r(-1, 2)),
    ('skewNormal', [0.5, 2.0, -3.0], st.skewnorm(-3, 0.5, 2)),
    ('exponentiallyModifiedNormal', [1.0, 0.5, 2.0], st.exponnorm(1, 1, 0.5)),
    ('chiSquared', [5.0], st.chi2(5)),
    ('inverseChiSquared', [6.0], st.invgamma(3, scale=0.5)),
    ('scaledInverseChiSquared', [6.0, 2.0], st.invgamma(3, scale=12)),
    ('weibull', [1.5, 3.0], st.weibull_min(1.5, scale=3)),
    ('frechet', [4.0, 2.0], st.invweibull(4, scale=2)),
    ('rayleigh', [3.0], st.rayleigh(scale=3)),
    ('pareto', [2.0, 4.0], st.pareto(4, scale=2)),
    ('betaProportion', [0.3, 9.0], st.beta(2.7, 6.3)),
    ('wald', [2.0, 5.0], st.invgauss(0.4, scale=5)),
    ('vonMises', [0.5, 3.0], st.vonmises(3, 0.5)),
    ('generalizedPareto', [1.0, 2.0, 0.1], st.genpareto(0.1, 1, 2)),
]
PROBABILITIES = [0.05, 0.25, 0.5, 0.75, 0.95]


def quantile(name, parameters, distribution, p):
    if name == 'halfStudentT':
        return parameters[1] * distribution.ppf((1 + p) / 2)
    return distribution.ppf(p)


print(json.dumps([
    {'name': name, 'parameters': parameters,
     'quantiles': [[p, float(quantile(name, parameters, d, p))] for p in PROBABILITIES]}
    for name, parameters, d in CASES
], indent=1))
