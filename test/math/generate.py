"""Reference values of the functions of assembly/math, by mpmath to 50 digits: writes tables.json beside this file.

For each function: arguments `x`, values `y` rounded to f64, what rounding lost in units in the last place of y (`rest`),
and for the special functions the condition number |x f'(x) / f(x)| where above 1.
"""

import json
import math
import random
from pathlib import Path

import mpmath as mp
from mpmath import mpf

mp.mp.dps = 50
random.seed(20240)


def uniform(low, high, count):
    return [random.uniform(low, high) for _ in range(count)]


def logarithmic(low, high, count):
    return [math.exp(v) for v in uniform(math.log(low), math.log(high), count)]


def both(values):
    return [s * v for v in values for s in (1, -1)]



TINY = [5e-324, 1e-310, 2.2250738585072014e-308, 2.2e-308]
everywhere = both(TINY + logarithmic(1e-300, 1, 30))
exponential = everywhere + uniform(-1, 1, 200) + uniform(-20, 20, 150) + uniform(-745, 709.7, 80) + uniform(-746, -707, 20)
angles = everywhere + both(logarithmic(1, 1e6, 60)) + logarithmic(1e6, 1.7e308, 80) + uniform(-10, 10, 150)
angles += [k * math.pi / 2 for k in range(1, 60)] + [math.ldexp(6381956970095103, 797), 999999.999, 1e6]
gammas = TINY[2:] + logarithmic(1e-300, 1, 30) + uniform(0, 7, 250) + uniform(7, 200, 60) + logarithmic(1, 1e300, 40)
gammas += uniform(0.99, 1.01, 20) + uniform(1.99, 2.01, 20) + uniform(1.4, 1.5, 20) + uniform(-10, 0, 60)
gammas += [-1e-300, -1e-30, -1e-19, -1e-21, 0.5, 1.5, 2.5, 5.5, 6, 6.5, 171.6]
normals = both(logarithmic(1e-300, 1, 20)) + uniform(-9, 9, 250) + uniform(-38, 0, 100) + both([0.5, 1, 2, 3, 5, 8])

ERFC = lambda x: mp.erfc(x)
CDF = lambda x: mp.erfc(-x / mp.sqrt(2)) / 2
RATIO = lambda x: mp.npdf(x) / CDF(x)
LOGCDF = lambda x: mp.log(CDF(x)) if x < 0 else mp.log1p(-CDF(-x))

# name: (function, arguments, derivative where the tolerance follows the condition number)
FUNCTIONS = {
    "exp": (mp.exp, exponential, None),
    "expm1": (mp.expm1, exponential, None),
    "tanh": (mp.tanh, exponential, None),
    "sigmoid": (lambda x: 1 / (1 + mp.exp(-x)), exponential, None),
    "softplus": (lambda x: mp.log1p(mp.exp(x)), exponential, None),
    "log": (
        mp.log,
        TINY + logarithmic(5e-324, 1.7e308, 120) + uniform(0.5, 2, 250) + uniform(0.999, 1.001, 60),
        None,
    ),
    "log1p": (
        mp.log1p,
        everywhere + uniform(-0.999, 2, 250) + logarithmic(1, 1.7e308, 60) + [v - 1 for v in logarithmic(1.2e-16, 1e-3, 40)],
        None,
    ),
    "log1pOfUnit": (mp.log1p, TINY + logarithmic(1e-300, 1, 60) + uniform(0, 1, 250) + [1.0], None),
    "sin": (mp.sin, angles, None),
    "cos": (mp.cos, angles, None),
    "lgamma": (lambda x: mp.re(mp.loggamma(x)), gammas, mp.digamma),
    "digamma": (mp.digamma, gammas, lambda x: mp.psi(1, x)),
    "trigamma": (lambda x: mp.psi(1, x), [x for x in gammas if abs(x) > 1e-150], lambda x: mp.psi(2, x)),
    "erf": (mp.erf, normals, lambda x: 2 / mp.sqrt(mp.pi) * mp.exp(-x * x)),
    "erfc": (ERFC, normals + uniform(5, 26.5, 60), lambda x: -2 / mp.sqrt(mp.pi) * mp.exp(-x * x)),
    "erfcx": (
        lambda x: mp.exp(x * x) * mp.erfc(x),
        [abs(x) for x in normals] + [0.0] + logarithmic(1, 1000, 40),
        lambda x: 2 * x * mp.exp(x * x) * mp.erfc(x) - 2 / mp.sqrt(mp.pi),
    ),
    "normalCdf": (CDF, normals, mp.npdf),
    "normalLogCdf": (LOGCDF, normals + [-x for x in logarithmic(1, 1e4, 60)] + uniform(5, 38, 40), RATIO),
    "normalLogCdfDerivative": (
        RATIO,
        normals + [-x for x in logarithmic(1, 1e4, 60)] + uniform(5, 38, 40),
        lambda x: -RATIO(x) * (x + RATIO(x)),
    ),
}


def place(y):
    """One unit in the last place of y."""
    return max(math.ulp(y), 5e-324)


def row(value, y):
    return round(float((value - mpf(y)) / mpf(place(y))), 3)


def table(function, arguments, derivative):
    result = {"x": [], "y": [], "rest": []}
    if derivative:
        result["condition"] = []
    for x in arguments:
        exact = function(mpf(x))
        y = float(exact)
        if math.isinf(y):
            continue
        result["x"].append(x)
        result["y"].append(y)
        result["rest"].append(row(exact, y))
        if derivative:
            result["condition"].append(float("%.4g" % max(1, abs(x * derivative(mpf(x)) / exact))) if exact else 1)
    return result


def powers():
    result = {"x": [], "exponent": [], "y": [], "rest": []}
    pairs = [(x, random.uniform(-744, 709) / math.log(x)) for x in logarithmic(1e-300, 1e300, 120)]
    pairs += [(x, random.uniform(-20, 20)) for x in uniform(0.1, 10, 120)]
    pairs += [(x, random.uniform(-700, 700) / math.log(x)) for x in (1 + s * 10**e for e in uniform(-9, -1, 60) for s in (1, -1))]
    for x, exponent in pairs:
        exact = mpf(x) ** mpf(exponent)
        y = float(exact)
        for key, value in zip(result, (x, exponent, y, row(exact, y))):
            result[key].append(value)
    return result


tables = {name: table(*entry) for name, entry in FUNCTIONS.items()}
tables["pow"] = powers()
text = json.dumps(tables, separators=(",", ":")).replace('"x":', '\n"x":').replace("},", "},\n")
Path(__file__).with_name("tables.json").write_text(text + "\n")
