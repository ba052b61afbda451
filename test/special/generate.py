"""Reference values of special functions, by mpmath to 50 digits: writes tables.json beside this file.

For each function: `arguments` (a list for each), and under each order of differentiation ("", "0", "1", "00", …: the
arguments differentiated by) values `y` and `unit`, what a relative error of 1 of each argument and of the result would
change: the scale of the error that rounding the arguments causes by itself. Names as arguments: only these anew.
"""

import json
import math
import random
import sys
from itertools import combinations_with_replacement
from pathlib import Path

import mpmath as mp
from mpmath import mpf

mp.mp.dps = 50
random.seed(310)
STEP = mpf(10) ** -20


def uniform(low, high, count):
    return [random.uniform(low, high) for _ in range(count)]


def logarithmic(low, high, count):
    return [math.exp(v) for v in uniform(math.log(low), math.log(high), count)]


def pairs(first, second):
    return list(zip(first, second))


def sigmoid(x):
    return 1 / (1 + mp.exp(-x))


def rising(x, n):
    return mp.loggamma(x + n) - mp.loggamma(x)


def lbeta(a, b):
    return mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(a + b)


def log_of(p, q):
    """log p, given q = 1 − p as well."""
    return mp.log(p) if p < 0.5 else mp.log1p(-q)


def complement(p):
    """1 − p() with as many digits as it takes; p() is computed at the precision of the moment."""
    digits = mp.mp.dps
    extra = digits
    while True:
        with mp.workdps(digits + extra):
            q = 1 - p()
        if q > mpf(10) ** (digits - extra):
            return q
        extra *= 2


def series(ratio):
    """1 + r(1) + r(1) r(2) + …, all positive."""
    total = term = mpf(1)
    n = 0
    while True:
        n += 1
        r = ratio(n)
        term *= r
        total += term
        if r < 1 and term * r < total * (1 - r) * mpf(10) ** (-mp.mp.dps - 5):
            return total


def P(a, x):
    return mp.exp(a * mp.log(x) - x - mp.loggamma(a + 1)) * series(lambda n: x / (a + n))


def Q(a, x):
    return complement(lambda: P(a, x))


def beta_series(a, b, x, y):
    """I(a, b; x), y = 1 − x."""
    front = mp.exp(a * mp.log(x) + b * mp.log(y) - lbeta(a, b)) / a
    return front * series(lambda n: x * (a + b + n - 1) / (a + n))


def I(a, b, x):
    return beta_series(a, b, x, 1 - x) if x < 0.5 else complement(lambda: beta_series(b, a, 1 - x, x))


def I_REST(a, b, x):
    return complement(lambda: beta_series(a, b, x, 1 - x)) if x < 0.5 else beta_series(b, a, 1 - x, x)


LOG_P = lambda a, x: log_of(P(a, x), Q(a, x))
LOG_Q = lambda a, x: log_of(Q(a, x), P(a, x))
LOG_I = lambda a, b, x: log_of(I(a, b, x), I_REST(a, b, x))
GAMMA_DENSITY = lambda a, x: (a - 1) * mp.log(x) - x - mp.loggamma(a)
BETA_DENSITY = lambda a, b, x: (a - 1) * mp.log(x) + (b - 1) * mp.log1p(-x) - lbeta(a, b)
GAMMA_SCORE = lambda a, x: mp.log(x) - mp.digamma(a)
BETA_SCORE_A = lambda a, b, x: mp.log(x) - mp.digamma(a) + mp.digamma(a + b)
BETA_SCORE_B = lambda a, b, x: mp.log1p(-x) - mp.digamma(b) + mp.digamma(a + b)


def slope_in(k, function, rest):
    """∂function/∂(argument k) by differences, of the smaller of it and its complement `rest`."""

    def slope(*at):
        with mp.workdps(80):
            h = at[k] * mpf(10) ** -25
            own = function(*at) < 0.5
            ends = [(function if own else rest)(*at[:k], at[k] + s * h, *at[k + 1 :]) for s in (1, -1)]
            return (ends[0] - ends[1]) / (2 * h if own else -2 * h)

    return slope


def log_slope_in_x(*at):
    """That of the gamma density, or with two shapes of the beta density."""
    return (at[0] - 1) / at[-1] - (1 if len(at) == 2 else (at[1] - 1) / (1 - at[-1]))


def plain(function, rest, density, scores, sign=1):
    """Derivatives of a distribution function (sign 1) or its complement (sign −1), in shapes and in x, the last argument."""
    x = str(len(scores))
    value = lambda *at: sign * mp.exp(density(*at))
    closed = {x: value, x + x: lambda *at: value(*at) * log_slope_in_x(*at)}
    for k, score in enumerate(scores):
        closed[str(k)] = slope_in(k, function, rest)
        closed[str(k) + x] = lambda *at, score=score: value(*at) * score(*at)
    return closed


def logarithmic_of(function, rest, density, scores, sign=1):
    """The same of its logarithm."""
    x = str(len(scores))
    hazard = lambda *at: sign * mp.exp(density(*at)) / function(*at)
    closed = {x: hazard, x + x: lambda *at: hazard(*at) * (log_slope_in_x(*at) - hazard(*at))}
    for k, score in enumerate(scores):
        slope = slope_in(k, function, rest)
        own = lambda *at, slope=slope: slope(*at) / function(*at)
        closed[str(k)] = own
        closed[str(k) + x] = lambda *at, own=own, score=score: hazard(*at) * (score(*at) - own(*at))
    return closed


wide = lambda count: logarithmic(1e-6, 1e10, count)
rises = pairs(wide(40), wide(40)) + pairs(logarithmic(1e-3, 20, 40), uniform(-1, 3, 40))
rises += pairs(logarithmic(10, 1e9, 20), uniform(-9, 9, 20)) + pairs(logarithmic(1e-300, 1e-6, 8), uniform(0.01, 3, 8))
rises += [(1e15, 0.5), (1e12, -0.5), (8.0, 1.0), (7.999999, 1.0), (0.5, 0.5), (1.0, 1e-9), (3.0, 1e-300), (1e100, 2.0)]
rises = [(x, n) for x, n in rises if x + n > 0]
betas = pairs(wide(60), wide(60)) + pairs(uniform(0.01, 20, 40), uniform(0.01, 20, 40)) + pairs(logarithmic(1e-300, 1, 10), wide(10))
betas += [(1.0, 1.0), (8.0, 8.0), (7.999, 8.001), (1e6, 1e6), (1e15, 0.5), (0.5, 1e15), (1e-5, 1e100), (1e200, 1e200)]
negatives = [-v for v in logarithmic(1e-60, 1e-10, 20) + logarithmic(1e-10, 700, 100) + uniform(0.6, 0.8, 20)]
sums = pairs(uniform(-800, 800, 60), uniform(-800, 800, 60)) + [(a, a + d) for a, d in pairs(uniform(-5, 5, 40), uniform(-40, 40, 40))]

LOG1MEXP = lambda x: mp.log(-mp.expm1(x))
LOGADDEXP = lambda a, b: mp.log(mp.exp(a) + mp.exp(b))

gammas = pairs(logarithmic(1e-3, 1e3, 30), logarithmic(1e-4, 1e3, 30)) + pairs(uniform(0.1, 12, 30), uniform(0.01, 15, 30))
gammas += [(a, a + s * math.sqrt(a)) for a, s in pairs(logarithmic(1, 1e4, 30), uniform(-6, 6, 30)) if a + s * math.sqrt(a) > 0]
gammas += [(1e6, 1.0013e6), (8.0, 8.0), (7.9999, 7.5), (1e-8, 0.5), (1e-8, 1e-5), (0.5, 1e-250), (3.0, 600.0), (1.0, 1.0)]
# Far out in the tails, where P and Q themselves underflow.
tails = [(5.0, 1500.0), (2000.0, 10.0), (0.5, 800.0), (1e4, 100.0), (3.0, 1e-60)]
betas3 = list(zip(logarithmic(0.01, 300, 40), logarithmic(0.01, 300, 40), uniform(0, 1, 40)))
for a, b, s in zip(logarithmic(0.3, 1e4, 40), logarithmic(0.3, 1e4, 40), uniform(-6, 6, 40)):
    x = a / (a + b) + s * math.sqrt(a * b / (a + b + 1)) / (a + b)
    if 0 < x < 1:
        betas3.append((a, b, x))
betas3 += [(8.0, 8.0, 0.5), (1.0, 1.0, 0.25), (0.5, 0.5, 1e-10), (1e5, 0.5, 0.99999), (0.5, 1e5, 1e-5), (1e-5, 1.0, 0.3), (1e5, 1e5, 0.499)]
betas3 += [(2.0, 1e-5, 0.99), (0.01, 0.01, 0.5), (15.0, 0.5, 0.3), (0.5, 30.0, 1e-200), (2.5, 0.5, 1 - 2**-40)]
betatails = [(300.0, 2.0, 1e-4), (2.0, 3000.0, 0.6), (1e4, 1e4, 0.4)]
shapes1 = ["", "0", "1", "01", "11"]
shapes2 = ["", "0", "1", "2", "02", "12", "22"]

# name: (function, arguments, orders of differentiation or the highest, derivatives known in closed form)
FUNCTIONS = {
    "log1mExp": (
        LOG1MEXP,
        [(x,) for x in negatives],
        2,
        {"0": lambda x: -1 / mp.expm1(-x), "00": lambda x: -mp.exp(-x) / mp.expm1(-x) ** 2},
    ),
    "logAddExp": (
        LOGADDEXP,
        sums,
        2,
        {
            "0": lambda a, b: sigmoid(a - b),
            "1": lambda a, b: sigmoid(b - a),
            "00": lambda a, b: sigmoid(a - b) * sigmoid(b - a),
            "01": lambda a, b: -sigmoid(a - b) * sigmoid(b - a),
            "11": lambda a, b: sigmoid(a - b) * sigmoid(b - a),
        },
    ),
    "lbeta": (
        lbeta,
        betas,
        2,
        {
            "0": lambda a, b: mp.digamma(a) - mp.digamma(a + b),
            "1": lambda a, b: mp.digamma(b) - mp.digamma(a + b),
            "00": lambda a, b: mp.psi(1, a) - mp.psi(1, a + b),
            "01": lambda a, b: -mp.psi(1, a + b),
            "11": lambda a, b: mp.psi(1, b) - mp.psi(1, a + b),
        },
    ),
    "logRisingFactorial": (
        rising,
        rises,
        2,
        {
            "0": lambda x, n: mp.digamma(x + n) - mp.digamma(x),
            "1": lambda x, n: mp.digamma(x + n),
            "00": lambda x, n: mp.psi(1, x + n) - mp.psi(1, x),
            "01": lambda x, n: mp.psi(1, x + n),
            "11": lambda x, n: mp.psi(1, x + n),
        },
    ),
}
of_p = (P, Q, GAMMA_DENSITY, [GAMMA_SCORE])
of_q = (Q, P, GAMMA_DENSITY, [GAMMA_SCORE], -1)
of_i = (I, I_REST, BETA_DENSITY, [BETA_SCORE_A, BETA_SCORE_B])
FUNCTIONS |= {
    "gammaP": (P, gammas, shapes1, plain(*of_p)),
    "gammaQ": (Q, gammas, shapes1, plain(*of_q)),
    "logGammaP": (LOG_P, gammas + tails, shapes1, logarithmic_of(*of_p)),
    "logGammaQ": (LOG_Q, gammas + tails, shapes1, logarithmic_of(*of_q)),
    "incBeta": (I, betas3, shapes2, plain(*of_i)),
    "logIncBeta": (LOG_I, betas3 + betatails, shapes2, logarithmic_of(*of_i)),
}
FUNCTIONS |= {
    "gammaLogDensity": (
        GAMMA_DENSITY,
        gammas + tails + [(1e8, 1.0001e8), (1e12, 1e12)],
        2,
        {
            "0": GAMMA_SCORE,
            "1": log_slope_in_x,
            "00": lambda a, x: -mp.psi(1, a),
            "01": lambda a, x: 1 / x,
            "11": lambda a, x: (1 - a) / x**2,
        },
    ),
    "betaLogDensity": (
        BETA_DENSITY,
        betas3 + betatails + [(1e8, 1e8, 0.50001), (1e9, 30.0, 0.99999997)],
        2,
        {
            "0": BETA_SCORE_A,
            "1": BETA_SCORE_B,
            "2": log_slope_in_x,
            "00": lambda a, b, x: mp.psi(1, a + b) - mp.psi(1, a),
            "01": lambda a, b, x: mp.psi(1, a + b),
            "11": lambda a, b, x: mp.psi(1, a + b) - mp.psi(1, b),
            "02": lambda a, b, x: 1 / x,
            "12": lambda a, b, x: 1 / (x - 1),
            "22": lambda a, b, x: (1 - a) / x**2 + (1 - b) / (1 - x) ** 2,
        },
    ),
}
RATIO = lambda x: mp.besseli(1, x) / mp.besseli(0, x)
QUANTILE = lambda p: -mp.sqrt(2) * mp.erfinv(1 - 2 * p) if p > 1e-30 else normal_quantile_of_tiny(p)
QUANTILE_SLOPE = lambda p: mp.sqrt(2 * mp.pi) * mp.exp(QUANTILE(p) ** 2 / 2)


def normal_quantile_of_tiny(p):
    start = -mp.sqrt(-2 * mp.log(p))
    return mp.findroot(lambda x: mp.log(mp.erfc(-x / mp.sqrt(2)) / 2) - mp.log(p), start)


def numbers(*lists):
    return [(x,) for values in lists for x in values]


def both(values):
    return [s * x for x in values for s in (1, -1)]


ANYWHERE = both(logarithmic(1e-8, 1, 15) + uniform(0, 3, 15))
INSIDE = both(logarithmic(1e-8, 1, 15) + uniform(0, 0.999, 25) + [0.9999999])
probabilities = logarithmic(1e-300, 0.1, 50) + uniform(0, 1, 60) + [0.25, 0.75, 1 - 2**-40, 1e-10]
points = [(y, x) for y, x in pairs(uniform(-3, 3, 50), uniform(-3, 3, 50))] + pairs(both(logarithmic(1e-9, 1e9, 20)), both(logarithmic(1e-9, 1e9, 20)))
mixed = [(t, a, a + d) for t, a, d in zip(uniform(0, 1, 60), uniform(-500, 500, 60), uniform(-60, 60, 60))]
chosen = [(n, n * u) for n, u in pairs(logarithmic(1, 1e8, 50), uniform(0, 1, 50))] + [(1e6, 3.0), (1e6, 5e5), (10.0, 10.0)]
differences = [(a, a - d) for a, d in pairs(uniform(-700, 700, 80), logarithmic(1e-6, 700, 80))]
bessels = ANYWHERE + both(logarithmic(1, 1e6, 40) + uniform(3, 40, 40) + [12.0, 11.999, 12.001])
FUNCTIONS |= {
    "logBesselI0": (
        lambda x: abs(x) + mp.log(mp.besseli(0, x) * mp.exp(-abs(x))),
        numbers(bessels),
        2,
        {"0": RATIO, "00": lambda x: 1 - RATIO(x) ** 2 - RATIO(x) / x},
    ),
    "normalQuantile": (
        QUANTILE,
        numbers(probabilities),
        2,
        {"0": QUANTILE_SLOPE, "00": lambda p: QUANTILE(p) * QUANTILE_SLOPE(p) ** 2},
    ),
    "atan2": (
        lambda y, x: mp.atan2(y, x),
        points,
        2,
        {
            "0": lambda y, x: x / (x * x + y * y),
            "1": lambda y, x: -y / (x * x + y * y),
            "00": lambda y, x: -2 * x * y / (x * x + y * y) ** 2,
            "01": lambda y, x: (y * y - x * x) / (x * x + y * y) ** 2,
            "11": lambda y, x: 2 * x * y / (x * x + y * y) ** 2,
        },
    ),
    "sinh": (mp.sinh, numbers(ANYWHERE, uniform(-700, 700, 20)), 2, {"0": mp.cosh, "00": mp.sinh}),
    "cosh": (mp.cosh, numbers(ANYWHERE, uniform(-700, 700, 20)), 2, {"0": mp.sinh, "00": mp.cosh}),
    "tan": (mp.tan, numbers(ANYWHERE), 2, {}),
    "atan": (mp.atan, numbers(ANYWHERE, both(logarithmic(1, 1e9, 20))), 2, {}),
    "asin": (mp.asin, numbers(INSIDE), 2, {}),
    "acos": (mp.acos, numbers(INSIDE), 2, {}),
    "atanh": (mp.atanh, numbers(INSIDE), 2, {}),
    "logDiffExp": (
        lambda a, b: mp.log(mp.exp(a) - mp.exp(b)),
        differences,
        2,
        {
            "0": lambda a, b: -1 / mp.expm1(b - a),
            "1": lambda a, b: -1 / mp.expm1(a - b),
            "00": lambda a, b: -mp.exp(a - b) / mp.expm1(a - b) ** 2,
            "01": lambda a, b: mp.exp(a - b) / mp.expm1(a - b) ** 2,
            "11": lambda a, b: -mp.exp(a - b) / mp.expm1(a - b) ** 2,
        },
    ),
    "logMix": (lambda t, a, b: mp.log(t * mp.exp(a) + (1 - t) * mp.exp(b)), mixed, 1, {}),
    "lchoose": (
        lambda n, k: mp.loggamma(n + 1) - mp.loggamma(k + 1) - mp.loggamma(n - k + 1),
        chosen,
        1,
        {
            "0": lambda n, k: mp.digamma(n + 1) - mp.digamma(n - k + 1),
            "1": lambda n, k: mp.digamma(n - k + 1) - mp.digamma(k + 1),
        },
    ),
    "logFallingFactorial": (
        lambda x, n: mp.loggamma(x + 1) - mp.loggamma(x - n + 1),
        chosen,
        1,
        {
            "0": lambda x, n: mp.digamma(x + 1) - mp.digamma(x - n + 1),
            "1": lambda x, n: mp.digamma(x - n + 1),
        },
    ),
    "logSigmoid": (
        lambda x: -mp.log1p(mp.exp(-x)),
        numbers(ANYWHERE, uniform(-600, 600, 20)),
        2,
        {"0": lambda x: sigmoid(-x), "00": lambda x: -sigmoid(x) * sigmoid(-x)},
    ),
    "log1mSigmoid": (
        lambda x: -mp.log1p(mp.exp(x)),
        numbers(ANYWHERE, uniform(-600, 600, 20)),
        2,
        {"0": lambda x: -sigmoid(x), "00": lambda x: -sigmoid(x) * sigmoid(-x)},
    ),
    "xlogy": (lambda x, y: x * mp.log(y), pairs(uniform(-3, 3, 30), logarithmic(1e-9, 1e9, 30)), ["", "0", "1", "01", "11"], {}),
    "xlog1py": (lambda x, y: x * mp.log1p(y), pairs(uniform(-3, 3, 30), uniform(-0.99, 3, 30)), ["", "0", "1", "01", "11"], {}),
}
# The arguments range over hundreds of orders of magnitude, and sums of them must not be rounded.
DIGITS = {"log1mExp": 340, "normalQuantile": 340, "lbeta": 340, "logRisingFactorial": 340}


def derivative(function, closed, order, at):
    if order in closed:
        return closed[order](*at)
    if order == "":
        return function(*at)
    return mp.diff(function, tuple(at), tuple(order.count(str(k)) for k in range(len(at))))


def unit(g, at, y):
    """|y| + Σ |xₖ ∂y/∂xₖ|."""
    total = abs(y)
    for k, x in enumerate(at):
        total += abs(g([*at[:k], x * (1 + STEP), *at[k + 1 :]]) - y) / STEP
    return total


def table(name, function, arguments, highest, closed):
    count = len(arguments[0])
    orders = highest
    if isinstance(highest, int):
        orders = ["".join(map(str, c)) for n in range(highest + 1) for c in combinations_with_replacement(range(count), n)]
    result = {"arguments": [[a[k] for a in arguments] for k in range(count)]}
    with mp.workdps(DIGITS.get(name, 50)):
        for order in orders:
            g = lambda at: derivative(function, closed, order, at)
            values, units = [], []
            for a in arguments:
                at = [mpf(v) for v in a]
                y = g(at)
                # Where a derivative overflows, or is lost in underflow, there is nothing to compare.
                lost = abs(y) > 1e300 or 0 < abs(y) < 1e-290
                values.append(None if lost else float(y))
                units.append(None if lost else float("%.3g" % unit(g, at, y)))
            result[order] = {"y": values, "unit": units}
    return result


path = Path(__file__).with_name("tables.json")
tables = json.loads(path.read_text()) if path.exists() else {}
for name in sys.argv[1:] or FUNCTIONS:
    tables[name] = table(name, *FUNCTIONS[name])
    print(name, len(FUNCTIONS[name][1]), flush=True)
    path.write_text(json.dumps(tables, separators=(",", ":")).replace('},"', '},\n"') + "\n")
