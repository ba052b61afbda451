"""Writes families.json and distributions.json: what exact inference must give, by numerical integration.

python3 test/conjugate/generate.py   (mpmath 1.3, scipy 1.11 or later)

Of every one-parameter family the evidence, the posterior's moments, the predictive density and the divergence from the
prior are integrals over prior density times likelihood at 30 digits, no conjugate formula in them; quantiles are by
bisection on scipy's distribution functions. Families of several parameters are held to the joint density of all data,
which scipy has: a multivariate normal or t.
"""

import json
from pathlib import Path

import mpmath as mp
import numpy as np
import scipy.stats as st

mp.mp.dps = 30
HERE = Path(__file__).parent


def lbinom(n, k):
    return mp.loggamma(n + 1) - mp.loggamma(k + 1) - mp.loggamma(n - k + 1)


def beta_pdf(a, b):
    return lambda p: p ** (a - 1) * (1 - p) ** (b - 1) / mp.beta(a, b)


def gamma_pdf(a, b):
    return lambda x: mp.exp(a * mp.log(b) - mp.loggamma(a) + (a - 1) * mp.log(x) - b * x)


def normal_pdf(m, s):
    return lambda x: mp.npdf(x, m, s)


# name, hyperparameters, data as given to update, observations, prior density, likelihood, points of integration,
# points at which to predict
def cases():
    unit = [0, 0.05, 0.2, 0.35, 0.5, 0.7, 0.9, 1]
    line = [0, 0.25, 0.5, 1, 1.5, 2, 3, 5, 10, 30, mp.inf]
    bern = lambda x, p: p if x == 1 else 1 - p
    yield 'betaBernoulli', dict(alpha=2.5, beta=4), [1, 0, 0, 1, 1, 0, 0, 0, 1], None, beta_pdf(2.5, 4), bern, unit, [0, 1]
    binom = lambda x, p: mp.exp(lbinom(x[1], x[0])) * p ** x[0] * (1 - p) ** (x[1] - x[0])
    obs = [(3, 10), (7, 12), (0, 5)]
    yield ('betaBinomialCounts', dict(alpha=1.5, beta=2), dict(successes=[3, 7, 0], trials=[10, 12, 5]), obs,
           beta_pdf(1.5, 2), binom, unit, [(0, 8), (3, 8), (8, 8)])
    geom = lambda x, p: p * (1 - p) ** x
    yield 'betaGeometric', dict(alpha=2, beta=3), [0, 4, 2, 1, 7], None, beta_pdf(2, 3), geom, unit, [0, 3, 40]
    nb = lambda x, p: mp.exp(mp.loggamma(x + 2.5) - mp.loggamma(2.5) - mp.loggamma(x + 1)) * p ** 2.5 * (1 - p) ** x
    yield ('betaNegativeBinomial', dict(alpha=2, beta=3, successes=2.5), [0, 4, 2, 11, 7], None, beta_pdf(2, 3), nb,
           unit, [0, 3, 400])
    pois = lambda x, r: mp.exp(x * mp.log(r) - r - mp.loggamma(x + 1))
    yield 'gammaPoisson', dict(shape=2, rate=0.5), [3, 0, 2, 5, 1, 1], None, gamma_pdf(2, 0.5), pois, line, [0, 2, 30]
    expo = lambda x, r: r * mp.exp(-r * x)
    yield ('gammaExponential', dict(shape=1.5, rate=2), [0.3, 1.2, 0.05, 2.5], None, gamma_pdf(1.5, 2), expo, line,
           [0.01, 1, 50])
    gam = lambda x, r: gamma_pdf(3.5, r)(x)
    yield ('gammaGamma', dict(shape=1.5, rate=2, known=3.5), [3.1, 1.2, 2.2, 2.5], None, gamma_pdf(1.5, 2), gam, line,
           [0.01, 3, 80])
    par = lambda t: 2.5 * mp.mpf(1.5) ** 2.5 / t ** 3.5 if t >= 1.5 else mp.mpf(0)
    unif = lambda x, t: 1 / t if x <= t else mp.mpf(0)
    yield ('paretoUniform', dict(minimum=1.5, shape=2.5), [0.3, 2.1, 1.7], None, par, unif,
           [2.1, 3, 5, 10, 100, mp.inf], [0.5, 2.1, 7])
    norm = lambda x, m: mp.npdf(x, m, 2)
    yield ('normalNormal', dict(mean=1, sd=3, scale=2), [2.5, -1, 4.2, 3.3], None, normal_pdf(1, 3), norm,
           [-mp.inf, -5, -1, 0, 1, 2, 3, 4, 8, mp.inf], [-3, 2, 9])
    ig = lambda v: mp.exp(2 * mp.log(3) - mp.loggamma(2) - 3 * mp.log(v) - 3 / v)
    normv = lambda x, v: mp.npdf(x, 1, mp.sqrt(v))
    yield ('inverseGammaNormal', dict(shape=2, scale=3, mean=1), [2.5, -1, 4.2, 3.3, 0.4], None, ig, normv,
           [0, 0.5, 1, 2, 3, 5, 8, 15, 50, 500, mp.inf], [-3, 2, 9])


def posterior_of(name, h, data):
    """scipy's posterior, for quantiles."""
    n = len(data) if isinstance(data, list) else 0
    s = sum(data) if isinstance(data, list) else 0
    if name == 'betaBernoulli':
        return st.beta(h['alpha'] + s, h['beta'] + n - s)
    if name == 'betaBinomialCounts':
        good = sum(data['successes'])
        return st.beta(h['alpha'] + good, h['beta'] + sum(data['trials']) - good)
    if name == 'betaGeometric':
        return st.beta(h['alpha'] + n, h['beta'] + s)
    if name == 'betaNegativeBinomial':
        return st.beta(h['alpha'] + n * h['successes'], h['beta'] + s)
    if name == 'gammaPoisson':
        return st.gamma(h['shape'] + s, scale=1 / (h['rate'] + n))
    if name == 'gammaExponential':
        return st.gamma(h['shape'] + n, scale=1 / (h['rate'] + s))
    if name == 'gammaGamma':
        return st.gamma(h['shape'] + n * h['known'], scale=1 / (h['rate'] + s))
    if name == 'paretoUniform':
        return st.pareto(h['shape'] + n, scale=max(h['minimum'], *data))
    if name == 'normalNormal':
        precision = 1 / h['sd'] ** 2 + n / h['scale'] ** 2
        return st.norm((h['mean'] / h['sd'] ** 2 + s / h['scale'] ** 2) / precision, precision ** -0.5)
    if name == 'inverseGammaNormal':
        squares = sum((x - h['mean']) ** 2 for x in data)
        return st.invgamma(h['shape'] + n / 2, scale=h['scale'] + squares / 2)
    raise KeyError(name)


PROBABILITIES = [0.001, 0.025, 0.3, 0.5, 0.8, 0.975, 0.9999]
families = []
for name, h, data, observations, prior, likelihood, points, at in cases():
    obs = data if observations is None else observations
    joint = lambda t: prior(t) * mp.fprod(likelihood(x, t) for x in obs)
    evidence = mp.quad(joint, points)
    mean = mp.quad(lambda t: t * joint(t), points) / evidence
    second = mp.quad(lambda t: (t - mean) ** 2 * joint(t), points) / evidence
    predictive = []
    for x in at:
        cuts = sorted(set(points + [mp.mpf(x)])) if name == 'paretoUniform' and x > 2.1 else points
        predictive.append(mp.quad(lambda t: joint(t) * likelihood(x, t), cuts) / evidence)

    def difference(t):
        value = joint(t) / evidence
        return value * mp.log(value / prior(t)) if value > 0 else mp.mpf(0)

    inside = [p for p in points]
    exact = posterior_of(name, h, data)
    families.append(dict(
        name=name, prior=h, data=data, logEvidence=float(mp.log(evidence)), mean=float(mean), variance=float(second),
        klFromPrior=float(mp.quad(difference, inside)),
        predictive=[[list(x) if isinstance(x, tuple) else x, float(mp.log(p))] for x, p in zip(at, predictive)],
        quantiles=[[p, float(exact.ppf(p))] for p in PROBABILITIES],
        interval=[float(exact.ppf(0.05)), float(exact.isf(0.05))],
    ))
    print(name, families[-1]['logEvidence'])

(HERE / 'families.json').write_text(json.dumps(families, indent=1) + '\n')

# Several parameters.
rng = np.random.default_rng(4)
y = np.round(rng.normal(2, 1.5, 7), 3)
m, k, a, b = 1.0, 0.5, 2.0, 3.0
nig = st.multivariate_t(np.full(7, m), b / a * (np.eye(7) + np.ones((7, 7)) / k), df=2 * a)
X = np.round(rng.normal(size=(9, 3)), 3)
X[:, 2] = X[:, 0] + X[:, 1]  # rank 2
r = np.round(X @ [1, -2, 0.5] + rng.normal(size=9), 3)
m0, V = np.array([0.5, 0, -1]), np.diag([4.0, 1.0, 9.0])
reg = st.multivariate_t(X @ m0, 1.5 / 2.5 * (np.eye(9) + X @ V @ X.T), df=5)
Vn = np.linalg.inv(np.linalg.inv(V) + X.T @ X)
mn = Vn @ (np.linalg.inv(V) @ m0 + X.T @ r)
bn = 1.5 + (r @ r + m0 @ np.linalg.inv(V) @ m0 - mn @ np.linalg.inv(Vn) @ mn) / 2
Z = np.round(rng.multivariate_normal([1, -1], [[2, 0.6], [0.6, 1]], 6), 3)
S0, N = np.array([[3.0, 0.5], [0.5, 2.0]]), np.array([[2.0, -0.4], [-0.4, 1.0]])
mu0 = np.array([0.0, 1.0])
cov = np.kron(np.ones((6, 6)), S0) + np.kron(np.eye(6), N)
mvn = st.multivariate_normal(np.tile(mu0, 6), cov)
Ps = np.linalg.inv(np.linalg.inv(S0) + 6 * np.linalg.inv(N))
ms = Ps @ (np.linalg.inv(S0) @ mu0 + np.linalg.inv(N) @ Z.sum(0))
# The chain rule with predictive t distributions, whose hyperparameters are updated one row at a time.
kappa, nu, loc, psi, chain = 0.7, 4.5, mu0.copy(), S0.copy(), 0.0
for z in Z:
    freedom = nu - 1
    chain += st.multivariate_t(loc, psi * (kappa + 1) / kappa / freedom, df=freedom).logpdf(z)
    psi = psi + kappa / (kappa + 1) * np.outer(z - loc, z - loc)
    loc, kappa, nu = (kappa * loc + z) / (kappa + 1), kappa + 1, nu + 1
several = dict(
    normalInverseGamma=dict(prior=dict(mean=m, strength=k, shape=a, scale=b), data=y.tolist(),
                            logEvidence=float(nig.logpdf(y))),
    linearRegression=dict(x=X.tolist(), y=r.tolist(), coefficients=m0.tolist(), covariance=V.tolist(), shape=2.5,
                          scale=1.5, logEvidence=float(reg.logpdf(r)), mean=mn.tolist(),
                          variance=bn / (2.5 + 4.5 - 1), at=[0.3, -0.2, 0.7],
                          predictive=[[t, float(st.t(14, np.dot([0.3, -0.2, 0.7], mn), np.sqrt(
                              bn / 7 * (1 + np.array([0.3, -0.2, 0.7]) @ Vn @ [0.3, -0.2, 0.7]))).logpdf(t))]
                                      for t in [-2.0, 0.0, 3.0]]),
    multivariateNormalNormal=dict(prior=dict(mean=mu0.tolist(), covariance=S0.tolist(), noise=N.tolist()),
                                  data=Z.tolist(), logEvidence=float(mvn.logpdf(Z.ravel())), mean=ms.tolist(),
                                  covariance=Ps.ravel().tolist(),
                                  predictive=float(st.multivariate_normal(ms, Ps + N).logpdf([0.3, 0.4]))),
    normalInverseWishart=dict(prior=dict(mean=mu0.tolist(), strength=0.7, df=4.5, scale=S0.tolist()), data=Z.tolist(),
                              logEvidence=float(chain), mean=loc.tolist(), covariance=(psi / (nu - 3)).ravel().tolist(),
                              logDensity=float(st.invwishart(nu, psi).logpdf([[2, 0.3], [0.3, 1.5]])
                                               + st.multivariate_normal(loc, np.array([[2, 0.3], [0.3, 1.5]]) / kappa)
                                               .logpdf([0.5, 0.5]))),
)
(HERE / 'several.json').write_text(json.dumps(several, indent=1) + '\n')

# Distributions: density, distribution function and its complement at points, scipy or mpmath.
mp.mp.dps = 40


def bb(n, a, b):
    return lambda k: mp.exp(lbinom(n, k) + mp.log(mp.beta(k + a, n - k + b)) - mp.log(mp.beta(a, b)))


def bnb(r, a, b):
    return lambda k: mp.exp(mp.loggamma(r + k) - mp.loggamma(k + 1) - mp.loggamma(r)
                            + mp.log(mp.beta(a + r, b + k)) - mp.log(mp.beta(a, b)))


def continuous(name, parameters, pdf, cuts, at):
    for x in at:
        below = mp.quad(pdf, [c for c in cuts if c < x] + [x])
        above = mp.quad(pdf, [x] + [c for c in cuts if c > x])
        yield [name, parameters, x, float(mp.log(pdf(mp.mpf(x)))), float(below), float(above)]


def discrete(name, parameters, pmf, last, at):
    mass = [pmf(k) for k in range(last + 1)]
    for x in at:
        below = mp.fsum(mass[: x + 1])
        above = mp.fsum(mass[x + 1:]) if last < 10**6 and last > x and name != 'betaNegativeBinomial' else 1 - below
        yield [name, parameters, x, float(mp.log(mass[x])), float(below), float(above)]


table = []
bp = lambda k, t, s: lambda x: (x / s) ** (k - 1) * (1 + x / s) ** (-k - t) / mp.beta(k, t) / s
line = [mp.mpf(c) for c in [0, 1e-6, 1e-3, 0.1, 1, 3, 10, 100, 1e4, 1e8]] + [mp.inf]
table += continuous('betaPrime', [2.5, 3, 2], bp(2.5, 3, mp.mpf(2)), line, [0.001, 1, 40])
table += continuous('betaPrime', [1, 1.5, 0.7], bp(1, 1.5, mp.mpf(0.7)), line, [0.001, 1, 40])
tpdf = lambda v: lambda x: mp.gamma((v + 1) / 2) / mp.gamma(v / 2) / mp.sqrt(v * mp.pi) * (1 + x * x / v) ** (-(v + 1) / 2)
both = [-mp.inf, -100, -10, -2, 0, 2, 10, 100, mp.inf]
table += continuous('studentT', [2.5, 0, 1], tpdf(mp.mpf(2.5)), both, [-30, -1e-5, 0.4, 6])
table += continuous('studentT', [50, 0, 1], tpdf(mp.mpf(50)), both, [-9, 0.01, 3])
pu = lambda x: mp.mpf(3) / 4 / 2 if x <= 2 else mp.mpf(3) / 4 * 8 / x ** 4
table += continuous('paretoUniform', [2, 3], pu, [mp.mpf(0), 2, 4, 10, 100, mp.inf], [0.5, 2, 9])
table += discrete('betaBinomial', [20, 0.5, 1.5], bb(20, 0.5, 1.5), 20, [0, 7, 19])
table += discrete('betaBinomial', [3000, 40, 60], bb(3000, 40, 60), 3000, [700, 1200, 1900])
table += discrete('betaNegativeBinomial', [1, 2, 3], bnb(1, 2, 3), 4000, [0, 12, 3000])
table += discrete('betaNegativeBinomial', [2.5, 6, 30], bnb(2.5, 6, 30), 4000, [0, 12, 900])
nbm = lambda a, b: lambda k: mp.exp(mp.loggamma(k + a) - mp.loggamma(a) - mp.loggamma(k + 1)) * (b / (1 + b)) ** a * (1 / (1 + b)) ** k
table += discrete('negativeBinomial', [0.7, 0.2], nbm(mp.mpf('0.7'), mp.mpf('0.2')), 1500, [0, 3, 60])
table += discrete('negativeBinomial', [300, 2], nbm(mp.mpf(300), mp.mpf(2)), 1500, [100, 150, 260])
(HERE / 'distributions.json').write_text(json.dumps(table, indent=1) + '\n')
