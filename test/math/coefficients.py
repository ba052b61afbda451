"""The coefficients in assembly/math: Chebyshev fits by mpmath. Prints each, and fails where a file holds another.

`python3 test/math/coefficients.py` from the project's root. One number was then moved by a unit in the last place: the
ninth of erfcx, so that erfcx(0) is exactly 1.
"""

import re
import sys
from pathlib import Path

from mpmath import (atan, atanh, besseli, chebyfit, cos, digamma, erf, erfc, euler, exp, log, loggamma, mp, mpf, pi, psi, sin, sqrt)

mp.dps = 60
KERNELS = Path("assembly/math")


def artanh_tail(terms):
    """(artanh(s)/s minus its first `terms` terms) / z^terms, as a function of z = s²."""

    def f(z):
        if z < mpf("1e-9"):
            return 1 / mpf(2 * terms + 1) + z / (2 * terms + 3)
        s = sqrt(z)
        return (atanh(s) / s - sum(z**k / (2 * k + 1) for k in range(terms))) / z**terms

    return f


def exponential(r):
    if abs(r) < mpf("1e-8"):
        return mpf(1) / 2 + r / 6 + r * r / 24 + r**3 / 120
    return (exp(r) - 1 - r) / r**2


def about_two(t):
    if abs(t) < mpf("1e-12"):
        return psi(1, mpf(2)) / 2 + psi(2, mpf(2)) / 6 * t
    return (loggamma(2 + t) / t - (1 - euler)) / t


def stirling(z):
    if z < mpf("1e-8"):
        return mpf(1) / 12 - z / 360
    x = 1 / sqrt(z)
    return x * (loggamma(x) - (x - mpf(1) / 2) * log(x) + x - log(2 * pi) / 2)


def digamma_tail(z):
    if z < mpf("1e-8"):
        return mpf(1) / 12 - z / 120
    x = 1 / sqrt(z)
    return (log(x) - 1 / (2 * x) - digamma(x)) / z


def trigamma_tail(z):
    if z < mpf("1e-8"):
        return mpf(1) / 6 - z / 30
    x = 1 / sqrt(z)
    return (psi(1, x) - 1 / x - z / 2) * x / z


def erf_ratio(z):
    if z < mpf("1e-10"):
        return 2 / sqrt(pi) * (1 - z / 3)
    return erf(sqrt(z)) / sqrt(z)


def erfcx_ratio(q):
    if q >= 1:
        return 2 / sqrt(pi)
    x = mpf("3.5") * (1 + q) / (1 - q)
    if x > 1000:
        z = 1 / (2 * x * x)
        series = 1 - z + 3 * z**2 - 15 * z**3 + 105 * z**4 - 945 * z**5 + 10395 * z**6
        return (1 + 2 * x) / (x * sqrt(pi)) * series
    return (1 + 2 * x) * exp(x * x) * erfc(x)


def sine(z):
    return -mpf(1) / 6 + z / 120 if z < mpf("1e-10") else (sin(sqrt(z)) / sqrt(z) - 1) / z


def cosine(z):
    return mpf(1) / 24 - z / 720 if z < mpf("1e-8") else (cos(sqrt(z)) - 1 + z / 2) / z**2


def arctangent(z):
    return 1 - z / 3 if z < mpf("1e-20") else atan(sqrt(z)) / sqrt(z)


def bessel0_ratio(z):
    """(I₀(x) − 1)/z with z = x²/4."""
    return 1 + z / 4 if z < mpf("1e-20") else (besseli(0, 2 * sqrt(z)) - 1) / z


def bessel1_ratio(z):
    """I₁(x)/(x/2)."""
    return 1 + z / 2 if z < mpf("1e-20") else besseli(1, 2 * sqrt(z)) / sqrt(z)


def scaled_bessel(order, w):
    """I(x) e⁻ˣ √(2πx) at x = 1/w; beyond 1000 by its asymptotic series."""
    if w > mpf("1e-3"):
        return besseli(order, 1 / w) * exp(-1 / w) * sqrt(2 * pi / w)
    term = total = mpf(1)
    for k in range(1, 40):
        term *= -(4 * order * order - (2 * k - 1) ** 2) * w / (8 * k)
        total += term
    return total


def log_bessel0_rest(w):
    return mpf(1) / 8 + w / 16 if w < mpf("1e-12") else log(scaled_bessel(0, w)) / w


def bessel_ratio_rest(w):
    if w < mpf("1e-12"):
        return 1 + w
    return (1 - scaled_bessel(1, w) / scaled_bessel(0, w) - w / 2) * 8 / w**2


ABOVE_0 = mpf("1e-14")
CLOSE = mpf("1e-12")
half = log(mpf(2)) / 128 * mpf("1.001")
root = ((sqrt(mpf(2)) - 1) / (sqrt(mpf(2)) + 1)) ** 2 * mpf("1.0001")
octant = (pi / 4) ** 2 * mpf("1.0001")
fifth = artanh_tail(2)

# file, function, interval, number of coefficients
FITS = [
    ("exponential", exponential, -half, half, 5),
    ("logarithm", lambda z: 2 * artanh_tail(1)(z), CLOSE, root, 7),
    ("log1pOfUnit", lambda z: 2 * artanh_tail(1)(z), CLOSE, mpf(1) / 9, 10),
    ("pow", fifth, ABOVE_0, root, 8),
    ("lgamma", about_two, -mpf(1) / 2, mpf(1) / 2, 19),
    ("lgamma", stirling, ABOVE_0, 1 / mpf("6.5") ** 2, 7),
    ("digamma", digamma_tail, ABOVE_0, 1 / mpf(6) ** 2, 7),
    ("trigamma", trigamma_tail, ABOVE_0, 1 / mpf(6) ** 2, 7),
    ("erf", erf_ratio, ABOVE_0, mpf(1), 12),
    ("erfcx", erfcx_ratio, mpf(-1), mpf(1), 24),
    ("trigonometric", sine, ABOVE_0, octant, 6),
    ("trigonometric", cosine, ABOVE_0, octant, 6),
    ("atan2", arctangent, mpf("1e-30"), (sqrt(mpf(2)) - 1) ** 2 * mpf("1.0001"), 12),
    ("bessel", bessel0_ratio, mpf("1e-30"), mpf(36), 20),
    ("bessel", bessel1_ratio, mpf("1e-30"), mpf(36), 20),
    ("bessel", lambda v: log_bessel0_rest(v / 12), mpf("1e-30"), mpf(1), 20),
    ("bessel", lambda v: bessel_ratio_rest(v / 12), mpf("1e-30"), mpf(1), 20),
]


def gauss_legendre(count):
    """Nodes and weights on [0, 1], nodes from Chebyshev's angles by Newton's method."""
    nodes, weights = [], []
    for k in range(count, 0, -1):
        x = cos(pi * (k - mpf(1) / 4) / (count + mpf(1) / 2))
        for _ in range(8):
            before, value = mpf(1), x
            for n in range(1, count):
                before, value = value, ((2 * n + 1) * x * value - n * before) / (n + 1)
            slope = count * (x * value - before) / (x * x - 1)
            x -= value / slope
        nodes.append((1 + x) / 2)
        weights.append(1 / ((1 - x * x) * slope * slope))
    return nodes + weights


missing = 0


def check(name, values):
    """Prints the values and counts those that the file lacks."""
    global missing
    print("  " + ", ".join(map(repr, values)))
    present = [float(v) for v in re.findall(r"-?\d+\.\d+(?:e-?\d+)?", (KERNELS / f"{name}.ts").read_text())]
    for value in values:
        if not any(abs(value - p) <= 4e-16 * max(abs(value), 0.07) for p in present):
            missing += 1
            print(f"  {name}.ts does not hold {value!r}")


for name, function, low, high, count in FITS:
    coefficients, error = chebyfit(function, [low, high], count, error=True)
    print(f"{name}: error {mp.nstr(error, 2)}")
    check(name, [float(c) for c in reversed(coefficients)])

print("tailIntegral: Gauss and Legendre's rule")
check("tailIntegral", [float(v) for v in gauss_legendre(28)])

sys.exit(1 if missing else 0)
