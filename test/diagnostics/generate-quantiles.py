"""Writes quantiles.json: normal and beta quantiles in high precision. Run: python3 generate-quantiles.py (needs mpmath)."""

import json
import pathlib

import mpmath as mp

mp.mp.dps = 40


def normal(p):
    p = mp.mpf(p)
    return mp.findroot(lambda z: mp.ncdf(z) - p, mp.sqrt(2) * mp.erfinv(2 * p - 1))


def beta(p, a, b):
    """For integer shapes, whose distribution function is a binomial tail."""
    n = a + b - 1
    weights = [mp.binomial(n, k) for k in range(a, n + 1)]
    cdf = lambda x: mp.fsum(w * x**k * (1 - x) ** (n - k) for k, w in enumerate(weights, a))
    low, high = mp.mpf(0), mp.mpf(1)
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if cdf(middle) < p else (low, middle)
    return low


out = {
    "normal": [[p, float(normal(p))] for p in (1e-8, 1e-5, 1e-3, 0.02, 0.074, 0.08, 0.3, 0.5, 0.61, 0.95, 0.9999)],
    "beta": [
        [p, a, b, float(beta(p, a, b))]
        for a, b in ((1, 1), (4, 1), (21, 381), (201, 201), (1901, 101), (2, 3001))
        for p in (0.1586553, 0.8413447)
    ],
}
pathlib.Path(__file__).with_name("quantiles.json").write_text(json.dumps(out, indent=1) + "\n")
