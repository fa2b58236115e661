"""Golden values of the verdicts (docs/methods.md §5.5), by scipy and statsmodels.

Rewrites src/charts/differences/statistics-golden.json:  python3 e2e/references/statistics.py
"""

import json
import pathlib

import numpy as np
from scipy import stats
from statsmodels.stats.multitest import multipletests

root = pathlib.Path(__file__).resolve().parents[2]
rng = np.random.default_rng(23)

distribution = [
    {"t": t, "degrees": degrees, "p": 2 * stats.t.sf(t, degrees)}
    for degrees in (1, 2, 3, 4, 9, 30, 200, 1000)
    for t in (0.0, 0.1, 0.5, 1.0, 2.5, 4.0, 12.0, 80.0)
]
quantiles = [
    {"p": p, "degrees": degrees, "t": stats.t.ppf(1 - p / 2, degrees)}
    for degrees in (1, 2, 4, 9, 30, 1000)
    for p in (0.2, 0.05, 0.05 / 3, 0.01, 0.05 / 21, 1e-4)
]


def family(count):
    samples = [
        rng.normal(rng.choice([0, 0.005, 0.02, 0.06]), rng.choice([0.004, 0.02]), size=rng.integers(3, 8))
        for _ in range(count)
    ]
    tests = [stats.ttest_1samp(one, 0) for one in samples]
    p = np.array([test.pvalue for test in tests])
    rejected = multipletests(p, alpha=0.05, method="holm")[0]
    # Intervals at the level of Holm's step, at the level where it stopped for all that are not rejected.
    order = np.argsort(p)
    levels = np.empty(count)
    for rank, at in enumerate(order):
        levels[at] = 0.05 / (count - min(rank, int(rejected.sum())))
    intervals = [
        [float(end) for end in test.confidence_interval(1 - level)] for test, level in zip(tests, levels)
    ]

    def verdict(at):
        if rejected[at]:
            return "better" if samples[at].mean() > 0 else "worse"
        return "small" if np.abs(intervals[at]).max() <= 0.02 else "unclear"

    return {
        "samples": [one.tolist() for one in samples],
        "intervals": intervals,
        "verdicts": [verdict(at) for at in range(count)],
    }


golden = {
    "distribution": distribution,
    "quantiles": quantiles,
    "families": [family(count) for count in (1, 1, 2, 3, 4, 7, 7, 14, 28) for _ in range(3)],
}
target = root / "src/charts/differences/statistics-golden.json"
target.write_text(json.dumps(golden) + "\n")
print({name: len(cases) for name, cases in golden.items()})
