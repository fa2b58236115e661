"""Standardized logits, docs/methods.md §1.18."""

import numpy as np
from common import cross_entropy, divergence, gradient, vector


def z_scored(x):
    centered = x - x.mean(axis=1, keepdims=True)
    deviation = np.sqrt((centered * centered).sum(axis=1, keepdims=True) / (x.shape[1] - 1))
    return centered / (1e-7 + deviation)


def vectors():
    random = np.random.default_rng(18)
    s, t = 2 * random.normal(size=(3, 5)), 4 * random.normal(size=(3, 5))
    labels = [0, 3, 4]
    yield vector(
        "standardize.logits",
        "logits less their mean, by their own deviation",
        {"logits": s},
        {},
        {"standardized": z_scored(s), "two_classes": z_scored(s[:, :2])},
    )
    kd = lambda x: 4.0 * divergence(z_scored(t), z_scored(x), 2.0)
    total = lambda x: 0.1 * cross_entropy(labels, x) + 0.9 * kd(x)
    yield vector(
        "standardize.kd",
        "τ² KL of standardized logits at τ = 2, KD's loss at α = 0.9, and its gradient",
        {"student": s, "teacher": t, "labels": labels},
        {"T": 2.0, "alpha": 0.9},
        {"imitation": kd(s), "loss": total(s), "grad": gradient(total, s)},
    )
    ssld = lambda x: divergence(z_scored(t), z_scored(x))
    yield vector(
        "standardize.ssld",
        "KL of standardized logits at τ = 1, and its gradient",
        {"student": s, "teacher": t},
        {},
        {"loss": ssld(s), "grad": gradient(ssld, s)},
    )
