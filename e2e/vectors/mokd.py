"""MOKD, docs/methods.md §1.15."""

from math import erf

import numpy as np
from common import gradient, log_softmax, soft_cross_entropy, vector

STUDENT, TEACHER = 0.1, 0.04


def dino(student, teacher, center):
    """Mean over pairs of different views, the whole views first in both lists."""
    losses = [
        soft_cross_entropy(goal - center, own, TEACHER, STUDENT)
        for i, goal in enumerate(teacher)
        for j, own in enumerate(student)
        if i != j
    ]
    return sum(losses) / len(losses)


def search(patches, found):
    return sum(soft_cross_entropy(f, p, TEACHER, STUDENT) for p, f in zip(patches, found)) / len(patches)


def layer_norm(x):
    centered = x - x.mean(-1, keepdims=True)
    return centered / np.sqrt((centered**2).mean(-1, keepdims=True) + 1e-6)


def vectors():
    random = np.random.default_rng(15)
    views = lambda n: [0.3 * random.normal(size=(2, 6)) for _ in range(n)]
    pooled, places = views(4), views(4)
    itself, itself_places, other, found = views(2), views(2), views(2), views(2)
    centers = {name: 0.1 * random.normal(size=6) for name in ("itself", "itself_places", "other")}
    inputs = {
        "pooled": np.array(pooled),
        "places": np.array(places),
        "itself": np.array(itself),
        "itself_places": np.array(itself_places),
        "other": np.array(other),
        "found": np.array(found),
        "centers": {name: c.tolist() for name, c in centers.items()},
    }
    parts = {
        "self": dino(pooled, itself, centers["itself"]),
        "places": dino(places, itself_places, centers["itself_places"]),
        "cross": dino(pooled, other, centers["other"]),
        "search": search(places[2:], found),
    }
    total = lambda weight: parts["self"] + parts["places"] + weight * (parts["cross"] + parts["search"])
    params = {"Ts": STUDENT, "Tt": TEACHER}
    yield vector(
        "mokd.terms",
        "the four terms of a member with two whole views and two patches, and their sums at λ = 1 and 0.1",
        inputs,
        params,
        parts | {"total_1": total(1.0), "total_01": total(0.1)},
        tol=1e-4,
    )

    def by_pooled(x):
        moved = [pooled[0], x, *pooled[2:]]
        return dino(moved, itself, centers["itself"]) + 0.5 * dino(moved, other, centers["other"])

    def by_patch(x):
        moved = [*places[:2], x, places[3]]
        return dino(moved, itself_places, centers["itself_places"]) + 0.5 * search(moved[2:], found)

    yield vector(
        "mokd.gradient",
        "gradients of the sum at λ = 0.5 by the second whole view's pooled logits and by the first patch's place logits",
        inputs,
        params | {"weight": 0.5},
        {"grad_pooled_1": gradient(by_pooled, pooled[1]), "grad_places_2": gradient(by_patch, places[2])},
        tol=1e-4,
    )
    width, heads = 64, 4
    shapes = {name: (64, 64) for name in ("query", "key", "value", "join")}
    shapes |= {"widen": (64, 256), "narrow": (256, 64), "prototypes": (64, 3), "tokens": (5, 64), "searching": (1, 64)}
    # Matrices by formula, so that the file stays short: sin(i j a + i b + j c) / √rows.
    formulas = {name: (0.7 + 0.013 * n, 1.1 + 0.1 * n, 0.3 + 0.07 * n) for n, name in enumerate(shapes)}

    def matrix(name):
        (a, b, c), (rows, columns) = formulas[name], shapes[name]
        i, j = np.arange(rows)[:, None], np.arange(columns)[None]
        return np.sin(i * j * a + i * b + j * c) / np.sqrt(rows)

    w = {name: matrix(name) for name in shapes}
    tokens, query, prototypes = w["tokens"], w["searching"][0], w["prototypes"]
    x = np.concatenate([query[None], tokens])
    y = layer_norm(x)
    apart = lambda z: z.reshape(6, heads, width // heads).transpose(1, 0, 2)
    q, k, v = (apart(y @ w[name]) for name in ("query", "key", "value"))
    attention = np.exp(log_softmax(q @ k.transpose(0, 2, 1) / np.sqrt(width / heads)))
    x = x + (attention @ v).transpose(1, 0, 2).reshape(6, width) @ w["join"]
    hidden = layer_norm(x) @ w["widen"]
    gelu = 0.5 * hidden * (1 + np.vectorize(erf)(hidden / np.sqrt(2)))
    x = layer_norm(x + gelu @ w["narrow"])
    columns = prototypes / np.linalg.norm(prototypes, axis=0)
    yield vector(
        "mokd.search",
        "one query beside five tokens through one block (γ = 1, β and biases 0), then prototypes: what it finds. A matrix with the "
        "formula [rows, columns, a, b, c] is sin(i j a + i b + j c) / √rows",
        {"formulas": {n: [*shapes[n], *formula] for n, formula in formulas.items()}},
        {"heads": heads},
        {"found": x[1:].mean(0) @ columns},
        tol=1e-4,
    )
