"""Golden values of the linear classifier in closed form (docs/methods.md §5.1), by numpy in float64.

Rewrites src/engine/evaluation/ridge-golden.json:  python3 e2e/references/ridge.py
It solves the least squares problem of the rows [A; sqrt(n λ) I] by singular values, where the page factorizes AᵀA/n + λI.
"""

import json
import pathlib

import numpy as np

root = pathlib.Path(__file__).resolve().parents[2]
rng = np.random.default_rng(17)


def case(name, count, dimension, classes, queries, dead=0, scale=1.0):
    centers = rng.normal(size=(classes, dimension))
    labels = rng.integers(0, classes, size=count)
    labels[:classes] = np.arange(classes)
    mix = rng.normal(size=(dimension, dimension)) / np.sqrt(dimension)

    def drawn(of):
        rows = (centers[of] + rng.normal(size=(len(of), dimension))) @ mix * scale + 3 * scale
        rows[:, :dead] = 0.25
        # The page gets float32.
        return rows.astype(np.float32)

    train = drawn(labels)
    test = drawn(rng.integers(0, classes, size=queries))
    features, asked = train.astype(np.float64), test.astype(np.float64)
    mean, deviation = features.mean(axis=0), features.std(axis=0)
    rows = (features - mean) / (deviation + 1e-5)
    hot = np.eye(classes)[labels]
    shares = hot.mean(axis=0)
    penalty = np.sqrt(count * 1e-3) * np.eye(dimension)
    weights, *_ = np.linalg.lstsq(
        np.vstack([rows, penalty]), np.vstack([hot - shares, np.zeros((dimension, classes))]), rcond=None
    )
    scores = (asked - mean) / (deviation + 1e-5) @ weights + shares
    return {
        "name": name,
        "classes": classes,
        "labels": labels.tolist(),
        "train": [float(f"{x:.9g}") for x in train.ravel()],
        "test": [float(f"{x:.9g}") for x in test.ravel()],
        "scores": scores.ravel().tolist(),
    }


cases = [
    case("more images than features", 40, 6, 3, 5),
    case("dead units", 30, 5, 4, 4, dead=2),
    case("more features than images", 12, 20, 3, 4),
    case("tiny features", 50, 4, 2, 6, scale=1e-3),
]
target = root / "src/engine/evaluation/ridge-golden.json"
target.write_text(json.dumps(cases) + "\n")
print(f"{len(cases)} cases in {target}")
