"""SHAKE, docs/methods.md §1.16."""

import numpy as np
from common import cross_entropy, divergence, gradient, vector


def standardized(x):
    centered = x - x.mean(axis=1, keepdims=True)
    return centered / np.sqrt((centered * centered).mean(axis=1, keepdims=True) + 1e-7) * 3.1415


def terms(student, shadow, teacher, labels, tau, ready, stopped_student=None, stopped_shadow=None):
    """`stopped_…`: the same values where no gradient flows."""
    s, p, t = ready(student), ready(shadow), ready(teacher)
    s_stopped = s if stopped_student is None else ready(stopped_student)
    p_stopped = p if stopped_shadow is None else ready(stopped_shadow)
    kl = lambda goal, own: tau**2 * divergence(goal, own, tau)
    own = kl(s_stopped, p) + cross_entropy(labels, p) + ((p - t) * (p - t)).mean()
    return cross_entropy(labels, s), kl(t, s), kl(p_stopped, s), own


def total(weights, parts):
    gamma, alpha, beta = weights
    return gamma * parts[0] + alpha * parts[1] + beta * (parts[2] + parts[3])


def vectors():
    random = np.random.default_rng(16)
    s, p, t = (2 * random.normal(size=(3, 5)) for _ in range(3))
    labels = [0, 3, 4]
    inputs = {"student": s, "shadow": p, "teacher": t, "labels": labels}
    yield vector(
        "shake.standardized",
        "logits of mean 0 and deviation 3.1415",
        {"logits": s},
        {},
        {"standardized": standardized(s)},
    )
    for name, ready in (("published", standardized), ("plain", lambda x: x)):
        tau, weights = 4.0, (1.0, 0.5, 0.8)
        parts = terms(s, p, t, labels, tau, ready)
        by_student = lambda x: total(weights, terms(x, p, t, labels, tau, ready, stopped_student=s, stopped_shadow=p))
        by_shadow = lambda x: total(weights, terms(s, x, t, labels, tau, ready, stopped_student=s, stopped_shadow=p))
        yield vector(
            f"shake.{name}",
            f"all terms, their sum and both gradients; logits {'standardized' if name == 'published' else 'as they are'}",
            inputs,
            {"T": tau, "gamma": weights[0], "alpha": weights[1], "beta": weights[2], "standardized": name == "published"},
            {
                "labels": parts[0],
                "imitation": parts[1],
                "of_shadow": parts[2],
                "shadow": parts[3],
                "total": total(weights, parts),
                "grad_student": gradient(by_student, s),
                "grad_shadow": gradient(by_shadow, p),
            },
            tol=2e-5,
        )
