"""Log densities of vectors and matrices to 17 digits, by mpmath from determinants, inverses and full covariances, for
multivariate.test.ts.

Run: python3 test/distributions/generate_multivariate.py > test/distributions/multivariate.json
"""
import json
from mpmath import mp, mpf, matrix, log, loggamma, pi, det, eye, beta, diag

mp.dps = 80


def column(values):
    return matrix([mpf(v) for v in values])


def mat(rows):
    return matrix([[mpf(v) for v in row] for row in rows])


def trace(a):
    return sum(a[i, i] for i in range(a.rows))


def kron(a, b):
    r = matrix(a.rows * b.rows, a.cols * b.cols)
    for i in range(a.rows):
        for j in range(a.cols):
            for k in range(b.rows):
                for l in range(b.cols):
                    r[i * b.rows + k, j * b.cols + l] = a[i, j] * b[k, l]
    return r


def gaussian(d, sigma):
    return -(d.T * sigma ** -1 * d)[0] / 2 - log(det(sigma)) / 2 - d.rows * log(2 * pi) / 2


def covariance_of(p, direct='covariance'):
    if direct in p:
        return mat(p[direct])
    if 'precision' in p:
        return mat(p['precision']) ** -1
    return mat(p['cholesky']) * mat(p['cholesky']).T


def normal(x, m, s):
    return -((x - m) / s) ** 2 / 2 - log(s) - log(2 * pi) / 2


def multivariate_normal(x, p):
    return gaussian(column(x) - column(p['mean']), covariance_of(p))


def multivariate_student(x, p):
    v, k = mpf(p['df']), len(x)
    sigma = covariance_of(p, 'scale')
    d = column(x) - column(p['location'])
    q = (d.T * sigma ** -1 * d)[0]
    return (loggamma((v + k) / 2) - loggamma(v / 2) - log(v * pi) * k / 2 - log(det(sigma)) / 2
            - (v + k) / 2 * log(1 + q / v))


def dirichlet(x, p):
    a = [mpf(v) for v in p['concentration']]
    return loggamma(sum(a)) + sum((b - 1) * log(mpf(v)) - loggamma(b) for v, b in zip(x, a))


def arrangements(x):
    return loggamma(sum(x) + 1) - sum(loggamma(mpf(v) + 1) for v in x)


def multinomial(x, p):
    return arrangements(x) + sum(v * log(mpf(q)) for v, q in zip(x, p['probabilities']) if v > 0)


def multinomial_logit(x, p):
    e = [mp.exp(mpf(v)) for v in p['logits']]
    return arrangements(x) + sum(v * log(w / sum(e)) for v, w in zip(x, e))


def dirichlet_multinomial(x, p):
    a = [mpf(v) for v in p['concentration']]
    return (arrangements(x) + loggamma(sum(a)) - loggamma(sum(a) + sum(x))
            + sum(loggamma(v + b) - loggamma(b) for v, b in zip(x, a)))


def lkj_constant(eta, d):
    """Lewandowski, Kurowicka & Joe (2009), equation 16."""
    return sum((2 * eta - 2 + d - k) * (d - k) * log(2)
               + (d - k) * log(beta(eta + mpf(d - k - 1) / 2, eta + mpf(d - k - 1) / 2)) for k in range(1, d))


def lkj(x, p):
    eta = mpf(p['concentration'])
    return (eta - 1) * log(det(mat(x))) - lkj_constant(eta, len(x))


def lkj_cholesky(x, p):
    eta, d = mpf(p['concentration']), len(x)
    factor = mat(x)
    return ((eta - 1) * log(det(factor * factor.T)) - lkj_constant(eta, d)
            + sum((d - 1 - i) * log(factor[i, i]) for i in range(d)))


def log_multivariate_gamma(a, k):
    return mpf(k * (k - 1)) / 4 * log(pi) + sum(loggamma(a - mpf(j) / 2) for j in range(k))


def wishart(x, p):
    v, k, s, w = mpf(p['df']), len(x), mat(p['scale']), mat(x)
    return ((v - k - 1) / 2 * log(det(w)) - trace(s ** -1 * w) / 2 - v * k / 2 * log(2) - v / 2 * log(det(s))
            - log_multivariate_gamma(v / 2, k))


def inverse_wishart(x, p):
    v, k, s, w = mpf(p['df']), len(x), mat(p['scale']), mat(x)
    return (v / 2 * log(det(s)) - (v + k + 1) / 2 * log(det(w)) - trace(s * w ** -1) / 2 - v * k / 2 * log(2)
            - log_multivariate_gamma(v / 2, k))


def matrix_normal(x, p):
    d = [mpf(a) - mpf(b) for xs, ms in zip(x, p['mean']) for a, b in zip(xs, ms)]
    return gaussian(matrix(d), kron(covariance_of(p['rows']), covariance_of(p['columns'])))


def random_walk(x, p):
    s, drift, n = mpf(p['scale']), mpf(p['drift']), len(x)
    cov = matrix(n, n)
    for i in range(n):
        for j in range(n):
            cov[i, j] = s * s * (min(i, j) + 1)
    return gaussian(matrix([mpf(v) - t * drift for t, v in enumerate(x)]), cov)


def autoregressive(x, p):
    a, s, m = [mpf(v) for v in p['coefficients']], mpf(p['scale']), mpf(p['intercept'])
    return sum(normal(mpf(x[t]), m + sum(c * mpf(x[t - 1 - k]) for k, c in enumerate(a)), s)
               for t in range(len(a), len(x)))


TIGHT = [[1, 0.99999999], [0.99999999, 1]]
COV3 = [[2.0, 0.5, -0.3], [0.5, 1.5, 0.25], [-0.3, 0.25, 0.75]]
FACTOR3 = [[1.5, 0, 0], [0.25, 0.75, 0], [-2.0, 0.5, 3.0]]
CORR3 = [[1, 0.5, -0.25], [0.5, 1, 0.125], [-0.25, 0.125, 1]]
CORR4 = [[1, 0.5, 0.25, 0], [0.5, 1, 0.75, -0.25], [0.25, 0.75, 1, 0.125], [0, -0.25, 0.125, 1]]
UNIT3 = [[1, 0, 0], [0.6, 0.8, 0], [0, -0.28, 0.96]]
NEAR = [[1, 0], [0.99999999, 0.00014142135588378046]]
LONG = [0.3, -1.2, 2.5, 2.25, 4.0, 3.5, 3.75, 10.0]

CASES = [
    ('multivariateNormal', multivariate_normal, [
        ({'mean': [0.5, -1, 2], 'covariance': COV3}, [0, 0, 0]),
        ({'mean': [0.5, -1, 2], 'precision': COV3}, [3, -2, 1.5]),
        ({'mean': [0.5, -1, 2], 'cholesky': FACTOR3}, [30, -20, 10]),
        ({'mean': [0, 0], 'covariance': TIGHT}, [1, 1.0001]),
        ({'mean': [0, 0], 'cholesky': NEAR}, [40, 40]),
        ({'mean': [1], 'covariance': [[4]]}, [1e3]),
    ]),
    ('multivariateStudentT', multivariate_student, [
        ({'df': 3, 'location': [0.5, -1, 2], 'scale': COV3}, [0, 0, 0]),
        ({'df': 0.7, 'location': [0, 0, 0], 'precision': COV3}, [100, -3, 2]),
        ({'df': 1e4, 'location': [0.5, -1, 2], 'cholesky': FACTOR3}, [1, 2, 3]),
        ({'df': 5, 'location': [0, 0], 'scale': TIGHT}, [1, 1.0001]),
    ]),
    ('dirichlet', dirichlet, [
        ({'concentration': [1, 1, 1]}, [0.5, 0.25, 0.25]),
        ({'concentration': [0.1, 2, 30]}, [0.125, 0.375, 0.5]),
        ({'concentration': [0.5, 0.5]}, [2.0 ** -40, 1 - 2.0 ** -40]),
        ({'concentration': [200, 300, 1, 0.01]}, [0.375, 0.5, 0.0625, 0.0625]),
    ]),
    ('multinomial', multinomial, [
        ({'trials': 10, 'probabilities': [0.5, 0.25, 0.25]}, [3, 7, 0]),
        ({'trials': 6, 'probabilities': [0.5, 0.5, 0]}, [2, 4, 0]),
        ({'trials': 1000000, 'probabilities': [0.5, 0.375, 0.125]}, [500100, 374900, 125000]),
        ({'trials': 0, 'probabilities': [0.5, 0.5]}, [0, 0]),
    ]),
    ('multinomialLogit', multinomial_logit, [
        ({'trials': 10, 'logits': [0.5, -1.25, 3]}, [3, 7, 0]),
        ({'trials': 5, 'logits': [800, 0, -800]}, [3, 1, 1]),
    ]),
    ('dirichletMultinomial', dirichlet_multinomial, [
        ({'trials': 10, 'concentration': [1, 2, 0.5]}, [3, 7, 0]),
        ({'trials': 1000, 'concentration': [30, 0.125]}, [990, 10]),
        ({'trials': 20, 'concentration': [1e6, 2e6]}, [8, 12]),
    ]),
    ('lkj', lkj, [
        ({'concentration': 1}, CORR3),
        ({'concentration': 2.5}, CORR3),
        ({'concentration': 0.5}, CORR4),
        ({'concentration': 3}, [[1, 0.5], [0.5, 1]]),
        ({'concentration': 2}, TIGHT),
    ]),
    ('lkjCholesky', lkj_cholesky, [
        ({'concentration': 1}, UNIT3),
        ({'concentration': 2.5}, UNIT3),
        ({'concentration': 0.3}, [[1, 0], [-0.6, 0.8]]),
        ({'concentration': 4}, NEAR),
    ]),
    ('wishart', wishart, [
        ({'df': 5, 'scale': COV3}, [[6, 1, 0.5], [1, 9, 2], [0.5, 2, 3]]),
        ({'df': 2.25, 'scale': CORR3}, COV3),
        ({'df': 1.5, 'scale': [[2]]}, [[0.125]]),
        ({'df': 4, 'scale': TIGHT}, [[3, 2.5], [2.5, 4]]),
    ]),
    ('inverseWishart', inverse_wishart, [
        ({'df': 5, 'scale': COV3}, [[6, 1, 0.5], [1, 9, 2], [0.5, 2, 3]]),
        ({'df': 2.25, 'scale': CORR3}, COV3),
        ({'df': 1.5, 'scale': [[2]]}, [[0.125]]),
    ]),
    ('matrixNormal', matrix_normal, [
        ({'mean': [[0, 1, 2], [3, 4, 5]], 'rows': {'covariance': [[2, 0.5], [0.5, 1]]},
          'columns': {'cholesky': FACTOR3}}, [[1, 1, 1], [2, 6, -1]]),
        ({'mean': [[0, 0], [0, 0], [0, 0]], 'rows': {'precision': COV3},
          'columns': {'covariance': [[2, 0.5], [0.5, 1]]}}, [[1, 2], [3, 4], [5, 6]]),
    ]),
    ('gaussianRandomWalk', random_walk, [
        ({'scale': 0.75, 'drift': 0}, LONG),
        ({'scale': 2, 'drift': -0.5}, LONG),
    ]),
    ('autoregressive', autoregressive, [
        ({'coefficients': [0.5], 'scale': 1.5, 'intercept': 0.25}, LONG),
        ({'coefficients': [0.5, -0.25, 0.125], 'scale': 0.5, 'intercept': 0}, LONG),
    ]),
]

print(json.dumps([{'name': name, 'parameters': p, 'x': x, 'logDensity': float(f(x, p))}
                  for name, f, rows in CASES for p, x in rows]))
