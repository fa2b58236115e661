"""DKD, docs/methods.md §1.17."""

import numpy as np
from common import cross_entropy, divergence, gradient, log_softmax, vector
from standardize import z_scored


def parts(student, teacher, labels, tau):
    rows = np.arange(len(labels))

    def split(x):
        log_p = log_softmax(x / tau)
        others = np.array([np.delete(log_p[row], label) for row, label in zip(rows, labels)])
        return np.stack([log_p[rows, labels], np.log(np.exp(others).sum(axis=1))], axis=1), log_softmax(others)

    (b_t, o_t), (b_s, o_s) = split(teacher), split(student)
    kl = lambda p, q: tau**2 * (np.exp(p) * (p - q)).sum(axis=1)
    return kl(b_t, b_s), kl(o_t, o_s)


def vectors():
    random = np.random.default_rng(17)
    s, t = 2 * random.normal(size=(3, 5)), 3 * random.normal(size=(3, 5))
    labels, tau = [0, 3, 4], 4.0
    inputs = {"student": s, "teacher": t, "labels": labels}
    target_class, other_classes = parts(s, t, labels, tau)
    share = np.exp(log_softmax(t / tau))[np.arange(3), labels]
    yield vector(
        "dkd.parts",
        "both parts, and KD's divergence, which is their sum with weights 1 and 1 − p of the class",
        inputs,
        {"T": tau},
        {
            "target_class": target_class.mean(),
            "other_classes": other_classes.mean(),
            "kd": tau**2 * divergence(t, s, tau),
            "kd_of_parts": (target_class + (1 - share) * other_classes).mean(),
        },
        tol=2e-5,
    )

    def total(x, ready=lambda x: x, tau=tau, ramp=1.0):
        a, b = parts(ready(x), ready(t), labels, tau)
        return cross_entropy(labels, x) + ramp * (1.0 * a.mean() + 8.0 * b.mean())

    for id, own in (("dkd.loss", {"ramp": 0.5}), ("dkd.standardized", {"ready": z_scored, "tau": 2.0})):
        yield vector(
            id,
            "loss and gradient at α = 1, β = 8",
            inputs,
            {"T": own.get("tau", tau), "alpha": 1.0, "beta": 8.0, "ramp": own.get("ramp", 1.0), "standardized": "ready" in own},
            {"loss": total(s, **own), "grad": gradient(lambda x: total(x, **own), s)},
            tol=2e-5,
        )
