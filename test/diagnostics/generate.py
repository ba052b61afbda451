"""Writes reference.json: ArviZ's diagnostics of fixed draws. Run: python3 generate.py (needs numpy and arviz)."""

import json
import pathlib

import arviz as az
import numpy as np
from arviz.stats.diagnostics import _multichain_statistics


def autoregressive(rng, chains, draws, phi):
    x = np.empty((chains, draws))
    x[:, 0] = rng.normal(size=chains)
    for t in range(1, draws):
        x[:, t] = phi * x[:, t - 1] + np.sqrt(1 - phi**2) * rng.normal(size=chains)
    return x


def cases():
    rng = np.random.default_rng(20210301)
    yield "independent", rng.normal(size=(4, 100))
    yield "autoregressive", autoregressive(rng, 4, 200, 0.9)
    yield "strongly autoregressive", autoregressive(rng, 4, 150, 0.995)
    yield "antithetic", autoregressive(rng, 4, 100, -0.6)
    yield "shifted chain", rng.normal(size=(4, 60)) + np.array([[0], [0], [0], [1.5]])
    yield "wider chain", rng.normal(size=(4, 60)) * np.array([[1], [1], [1], [4]])
    yield "Cauchy", rng.standard_cauchy(size=(3, 80))
    yield "odd number of draws", autoregressive(rng, 2, 101, 0.5)
    yield "counts with ties", rng.poisson(2.0, size=(4, 50)).astype(float)
    yield "rare events", (rng.random(size=(4, 50)) < 0.03).astype(float)
    yield "large offset", 1e6 + 1e-3 * rng.normal(size=(2, 64))
    yield "five draws", rng.normal(size=(2, 5))


def reference(x):
    return {
        "mean": x.mean(),
        "sd": x.std(ddof=1),
        # As in ArviZ's summary: az.rhat itself folds an odd number of draws about a median without the middle draws.
        "rhat": _multichain_statistics(x)[-1],
        "essBulk": az.ess(x, method="bulk"),
        "essTail": az.ess(x, method="tail"),
        "essMean": az.ess(x, method="mean"),
        "essSd": az.ess(x, method="sd"),
        "essQuantile": {p: az.ess(x, method="quantile", prob=p) for p in (0.05, 0.25, 0.5, 0.95)},
        "mcseMean": az.mcse(x, method="mean"),
        "mcseSd": az.mcse(x, method="sd"),
        "mcseQuantile": {p: az.mcse(x, method="quantile", prob=p) for p in (0.05, 0.25, 0.5, 0.95)},
        "ebfmi": list(az.bfmi(x)),
        "quantiles": {p: np.quantile(x, p) for p in (0.05, 0.5, 0.95)},
        "autocovariance": list(az.autocov(x[0])[:10]),
    }


out = []
for name, x in cases():
    x = np.array([[float(f"{v:.10g}") for v in chain] for chain in x])
    out.append({"name": name, "chains": x.tolist(), "expected": reference(x)})
path = pathlib.Path(__file__).with_name("reference.json")
path.write_text(
    "[\n"
    + ",\n".join(json.dumps(case, default=float).replace("NaN", "null") for case in out)
    + "\n]\n"
)
