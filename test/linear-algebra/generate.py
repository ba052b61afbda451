"""Reference figures for test/linear-algebra, with mpmath at 60 digits: python3 generate.py > tables.json"""
import json
from mpmath import mp, mpf, matrix, cholesky, lu_solve, det, log, exp, sin, sqrt, pi, diff, eigsy, inverse

mp.dps = 60


def number(x):
    return float(x)


def rows(m):
    return [[number(m[i, j]) for j in range(m.cols)] for i in range(m.rows)]


def rounded(build, n):
    """The matrix as doubles hold it, exactly."""
    return matrix([[mpf(float(build(i, j))) for j in range(n)] for i in range(n)])


def system(name, a, spd):
    n = a.rows
    b = matrix([mpf(1 + (3 * i) % 5) for i in range(n)])
    entry = {
        "name": name,
        "matrix": rows(a),
        "rightHandSide": [number(v) for v in b],
        "solution": [number(v) for v in lu_solve(a, b)],
        "logDeterminant": number(log(abs(det(a)))),
        "inverse": rows(inverse(a)),
    }
    norm = lambda m: max(sum(abs(m[i, j]) for j in range(n)) for i in range(n))
    # Elimination of a positive definite matrix does not notice a diagonal scaling (Demmel 1989), so the scaled one counts.
    scale = [sqrt(a[i, i]) if spd else mpf(1) for i in range(n)]
    scaled = matrix([[a[i, j] / scale[i] / scale[j] for j in range(n)] for i in range(n)])
    entry["condition"] = number(norm(scaled) * norm(inverse(scaled)))
    if spd:
        entry["cholesky"] = rows(cholesky(a))
        entry["eigenvalues"] = sorted(number(v) for v in eigsy(a, eigvals_only=True))
    return entry


systems = [
    system("Hilbert 6", rounded(lambda i, j: mpf(1) / (i + j + 1), 6), True),
    system("Hilbert 10", rounded(lambda i, j: mpf(1) / (i + j + 1), 10), True),
    system("Lehmer 9", rounded(lambda i, j: mpf(min(i, j) + 1) / (max(i, j) + 1), 9), True),
    system("graded", rounded(lambda i, j: mpf(10) ** (-(i + j)) * (2 if i == j else 1), 8), True),
    system("smooth", rounded(lambda i, j: exp(-mpf(i - j) ** 2 / 8) + (mpf("1e-9") if i == j else 0), 15), True),
    system("correlation near 1", rounded(lambda i, j: mpf(1) if i == j else mpf(1) - mpf(2) ** -40, 5), True),
    system("Vandermonde 7", rounded(lambda i, j: mpf(i - 3) ** j, 7), False),
    system("needs pivots", rounded(lambda i, j: mpf("1e-18") if i == j else mpf((i * 7 + j * 3) % 5 - 2), 6), False),
]

line = [mpf(v) for v in ("-1.5", "-0.25", "0", "0.75", "0.75", "3")]
plane = [(mpf(a), mpf(b)) for a, b in (("-1", "0.5"), ("0.25", "2"), ("0.25", "-1"), ("1.5", "0"), ("1.5", "0"))]
other_line = [mpf("0.5"), mpf("2")]
other_plane = [(mpf("0"), mpf("0.5")), (mpf("1.5"), mpf("0"))]


def coordinates(p):
    return p if isinstance(p, tuple) else (p,)


def squared(p, q, scales):
    pairs = list(zip(coordinates(p), coordinates(q)))
    scales = list(scales) if len(scales) == len(pairs) else list(scales) * len(pairs)
    return sum(((a - b) / s) ** 2 for (a, b), s in zip(pairs, scales))


def matern(nu):
    def value(p, q, magnitude, *scales):
        r = sqrt(squared(p, q, scales))
        if nu == 1:
            return magnitude**2 * exp(-r)
        if nu == 3:
            return magnitude**2 * (1 + sqrt(3) * r) * exp(-sqrt(3) * r)
        return magnitude**2 * (1 + sqrt(5) * r + 5 * r**2 / 3) * exp(-sqrt(5) * r)

    return value


functions = {
    "squaredExponential": lambda p, q, m, *s: m**2 * exp(-squared(p, q, s) / 2),
    "matern12": matern(1),
    "matern32": matern(3),
    "matern52": matern(5),
    "periodicCovariance": lambda p, q, m, s, period: m**2 * exp(-2 * sin(pi * sqrt(squared(p, q, (mpf(1),))) / period) ** 2 / s**2),
    "linearCovariance": lambda p, q, m, bias, c: bias**2 + m**2 * sum((a - c) * (b - c) for a, b in zip(coordinates(p), coordinates(q))),
    "rationalQuadratic": lambda p, q, m, shape, *s: m**2 * (1 + squared(p, q, s) / (2 * shape)) ** (-shape),
}

scalars = {
    "squaredExponential": ["0.8"],
    "matern12": ["0.8"],
    "matern32": ["0.8"],
    "matern52": ["0.8"],
    "periodicCovariance": ["0.9", "1.7"],
    "linearCovariance": ["0.6", "-0.4"],
    "rationalQuadratic": ["1.5", "0.8"],
}
vectors = {**{k: ["0.8", "2.5"] for k in ("squaredExponential", "matern12", "matern32", "matern52")}, "rationalQuadratic": ["1.5", "0.8", "2.5"]}


def covariance(name, xs, ys, rest):
    at = [mpf("1.3")] + [mpf(v) for v in rest]
    f = functions[name]
    k = matrix([[f(p, q, *at) for q in ys] for p in xs])
    weights = [[mpf((3 * i + 5 * j) % 7 - 3) / 4 for j in range(len(ys))] for i in range(len(xs))]
    projected = lambda *t: sum(weights[i][j] * f(p, q, *t) for i, p in enumerate(xs) for j, q in enumerate(ys))
    order = lambda *which: tuple(sum(1 for w in which if w == i) for i in range(len(at)))
    return {
        "name": name,
        "points": [[number(c) for c in coordinates(p)] for p in xs],
        "others": None if ys is xs else [[number(c) for c in coordinates(p)] for p in ys],
        "parameters": [number(t) for t in at],
        "matrix": rows(k),
        "weights": [[number(w) for w in row] for row in weights],
        "gradient": [number(diff(projected, tuple(at), order(i))) for i in range(len(at))],
        "hessian": [[number(diff(projected, tuple(at), order(i, j))) for j in range(len(at))] for i in range(len(at))],
    }


covariances = []
for name in functions:
    for xs, ys in ((line, line), (line, other_line), (plane, plane), (plane, other_plane)):
        covariances.append(covariance(name, xs, ys, scalars[name]))
    if name in vectors:
        for xs, ys in ((plane, plane), (plane, other_plane)):
            covariances.append(covariance(name, xs, ys, vectors[name]))


def process(n, length, noise):
    """Log marginal density of a Gaussian process at n points, with its gradient."""
    xs = [mpf(i) / 4 for i in range(n)]
    ys = [mpf(float(sin(x) + x / 8)) for x in xs]

    def value(magnitude, scale, sigma):
        k = matrix([[magnitude**2 * exp(-((p - q) / scale) ** 2 / 2) + (sigma**2 if i == j else 0) for j, q in enumerate(xs)] for i, p in enumerate(xs)])
        l = cholesky(k)
        z = []
        for i in range(n):
            z.append((ys[i] - sum(l[i, j] * z[j] for j in range(i))) / l[i, i])
        return -sum(v * v for v in z) / 2 - sum(log(l[i, i]) for i in range(n)) - n * log(2 * pi) / 2

    at = (mpf("1.25"), mpf(length), mpf(noise))
    unit = lambda i: tuple(int(i == j) for j in range(3))
    return {
        "points": [number(x) for x in xs],
        "values": [number(y) for y in ys],
        "parameters": [number(t) for t in at],
        "logDensity": number(value(*at)),
        "gradient": [number(diff(value, at, unit(i))) for i in range(3)],
    }


processes = [process(15, "0.75", "0.5"), process(15, "2", "0.0009765625")]
print(json.dumps({"systems": systems, "covariances": covariances, "processes": processes}))
