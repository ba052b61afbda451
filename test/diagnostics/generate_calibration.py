"""Writes calibration.json: reference values of further diagnostics. Run: python3 generate_calibration.py
(needs numpy, scipy, arviz and arviz-stats)."""

import json
import pathlib

import arviz as az
import numpy as np
from arviz.stats.stats import _powerscale_lw, _powerscale_sens
from arviz_stats.base import array_stats
from scipy import stats


def autoregressive(rng, chains, draws, phi):
    x = np.empty((chains, draws))
    x[:, 0] = rng.normal(size=chains)
    for t in range(1, draws):
        x[:, t] = phi * x[:, t - 1] + np.sqrt(1 - phi**2) * rng.normal(size=chains)
    return x


def rounded(x):
    return np.vectorize(lambda v: float(f"{v:.9g}"))(np.asarray(x, dtype=float))


def chains_case(rng):
    x = rounded(autoregressive(rng, 4, 160, 0.7))
    ranks = stats.rankdata(x).reshape(x.shape)
    bins = np.floor((ranks - 0.5) / x.size * 10).astype(int)
    return {
        "chains": x,
        "autocorrelation": az.autocorr(x[0])[:20],
        "essLocal": [
            {"from": a, "to": b, "ess": az.ess(x, method="local", prob=(a, b))}
            for a, b in ((0.0, 0.05), (0.2, 0.25), (0.5, 0.75), (0.9, 1.0))
        ],
        "evolution": [
            {"draws": 4 * n, "bulk": az.ess(x[:, :n], method="bulk"), "tail": az.ess(x[:, :n], method="tail")}
            for n in (40, 80, 120, 160)
        ],
        "rankHistogram": [np.bincount(row, minlength=10) for row in bins],
        "hdi": az.hdi(x.ravel(), hdi_prob=0.9),
    }


def nested_case(rng, chains, draws):
    x = rounded(rng.normal(size=(chains, draws)) + np.repeat(rng.normal(scale=0.3, size=chains // 4), 4)[:, None])
    ids = np.repeat(np.arange(chains // 4), 4)
    return {"chains": x, "superchains": ids, "rhat": array_stats.rhat_nested(x, ids, method="identity")}


def density_case(rng):
    x = rounded(rng.gamma(2.0, size=300))
    grid, density = az.kde(x, bw=0.3, bound_correction=True, grid_len=512)
    return {"values": x, "bandwidth": 0.3, "silverman": az.stats.density_utils._get_bw(x, "silverman"), "x": grid, "density": density}


def sensitivity_case(rng):
    """Mean of normal data under a tight, conflicting normal prior; the log component has a heavy tail."""
    draws = rounded(rng.normal(3.0, 0.4, size=500))
    prior = rounded(-0.5 * (draws / 0.7) ** 2)
    delta = 0.01
    weights = [np.exp(_powerscale_lw(component_draws=prior, alpha=a)) for a in (1 / (1 + delta), 1 + delta)]
    return {
        "draws": draws,
        "logPrior": prior,
        "sensitivity": _powerscale_sens(draws, lower_weights=weights[0], upper_weights=weights[1], delta=delta),
    }


def inside(n, points, miss):
    """Probability that the counts of n uniforms at the points stay within pointwise intervals; and these."""
    lower = stats.binom.ppf(miss / 2, n, points).astype(int)
    upper = stats.binom.ppf(1 - miss / 2, n, points).astype(int)
    mass = {0: 1.0}
    before = 0.0
    for point, low, high in zip(points, lower, upper):
        share = min(1.0, (point - before) / (1 - before))
        reached = np.arange(low, high + 1)
        total = np.zeros(len(reached))
        for count, p in mass.items():
            total += p * stats.binom.pmf(reached - count, n - count, share)
        mass = dict(zip(reached, total))
        before = point
    return sum(mass.values()), lower, upper


def band_case(n, steps, probability):
    points = np.arange(1, steps + 1) / steps
    low, high = 0.0, 1 - probability
    for _ in range(20):
        middle = (low + high) / 2
        if inside(n, points, middle)[0] >= probability:
            low = middle
        else:
            high = middle
    _, lower, upper = inside(n, points, low)
    return {"n": n, "points": points, "probability": probability, "lower": lower, "upper": upper}


def plain(value):
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (np.ndarray, np.generic)):
        value = value.tolist()
    return [plain(item) for item in value] if isinstance(value, (list, tuple)) else value


rng = np.random.default_rng(20221014)
out = {
    "chains": chains_case(rng),
    "nested": [nested_case(rng, 8, 10), nested_case(rng, 16, 4)],
    "density": density_case(rng),
    "sensitivity": sensitivity_case(rng),
    "bands": [band_case(100, 20, 0.95), band_case(250, 25, 0.9)],
}
lines = ",\n".join(f"{json.dumps(key)}: {json.dumps(plain(value))}" for key, value in out.items())
pathlib.Path(__file__).with_name("calibration.json").write_text("{\n" + lines + "\n}\n")
