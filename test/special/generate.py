"""Reference values of special functions, by mpmath to 50 digits: writes tables.json beside this file.

For each function: `arguments` (a list for each), and under each order of differentiation ("", "0", "1", "00", …: the
arguments differentiated by) values `y` and `unit`, what a relative error of 1 of each argument and of the result would
change: the scale of the error that rounding the arguments causes by itself.
"""

import json
import math
import random
from itertools import combinations_with_replacement
from pathlib import Path

import mpmath as mp
from mpmath import mpf

mp.mp.dps = 50
random.seed(310)
STEP = mpf(10) ** -12


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

# name: (function, arguments, highest order of differentiation, derivatives known in closed form)
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
# The arguments range over hundreds of orders of magnitude, and sums of them must not be rounded.
DIGITS = {"log1mExp": 340, "lbeta": 340, "logRisingFactorial": 340}


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


tables = {}
for name, entry in FUNCTIONS.items():
    tables[name] = table(name, *entry)
    print(name, len(entry[1]), flush=True)
text = json.dumps(tables, separators=(",", ":")).replace('},"', '},\n"')
Path(__file__).with_name("tables.json").write_text(text + "\n")
