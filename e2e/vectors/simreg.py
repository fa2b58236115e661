"""SimReg, docs/methods.md §1.13."""

import numpy as np
from common import gradient, unit, vector

EPSILON = 1e-5


def loss(prediction, features):
    return (2 - 2 * (unit(prediction) * unit(features)).sum(axis=1)).mean()


def head(x, layers):
    """FC–BN–ReLU–FC twice, by batch statistics."""
    for part in layers:
        hidden = x @ part["w0"] + part["b0"]
        hidden = (hidden - hidden.mean(0)) / np.sqrt(hidden.var(0) + EPSILON)
        x = np.maximum(hidden, 0) @ part["w1"] + part["b1"]
    return x


def vectors():
    random = np.random.default_rng(13)
    p, f = random.normal(size=(3, 4)), random.normal(size=(3, 4))
    rows = 2 - 2 * (unit(p) * unit(f)).sum(axis=1)
    yield vector(
        "simreg.loss",
        "2 − 2 cos per row, and its mean",
        {"prediction": p, "features": f},
        {},
        {"per_sample": rows, "mean": rows.mean(), "mean_of_scaled": loss(3 * p, 0.5 * f)},
    )
    yield vector(
        "simreg.gradient",
        "d mean / d prediction",
        {"prediction": p, "features": f},
        {},
        {"grad": gradient(lambda x: loss(x, f), p)},
    )
    x, t = random.normal(size=(5, 3)), random.normal(size=(5, 4))
    part = lambda n, h, m: {
        "w0": random.normal(size=(n, h)),
        "b0": random.normal(size=h),
        "w1": random.normal(size=(h, m)),
        "b1": random.normal(size=m),
    }
    layers = [part(3, 6, 3), part(3, 6, 4)]
    yield vector(
        "simreg.head",
        "the head of four layers on features, then the loss; γ = 1, β = 0",
        {"features": x, "teacher": t, "layers": [{n: w.tolist() for n, w in one.items()} for one in layers]},
        {},
        {"outputs": head(x, layers), "loss": loss(head(x, layers), t)},
    )
