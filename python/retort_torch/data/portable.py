"""Elementary functions from +, -, x, / and square roots alone, which give the same bits everywhere."""

from __future__ import annotations

import math

import numpy as np

from ..randomness import Random

_LN_2 = math.log(2)
_SINE = [
    1,
    -1 / 6,
    1 / 120,
    -1 / 5_040,
    1 / 362_880,
    -1 / 39_916_800,
    1 / 6_227_020_800,
    -1 / 1_307_674_368_000,
    1 / 355_687_428_096_000,
    -1 / 121_645_100_408_832_000,
]
_ARTANH = [1 / (2 * i + 1) for i in range(10)]
_EXPONENTIAL = [1 / math.factorial(n) for n in range(20)]


def _horner(coefficients: list, x: np.ndarray) -> np.ndarray:
    total = np.zeros_like(x)
    for coefficient in reversed(coefficients):
        total = total * x + coefficient
    return total


def sine_of_turns(turns: np.ndarray) -> np.ndarray:
    """sin(2 pi · turns), to about 1e-15."""
    centered = turns - np.floor(turns + 0.5)
    folded = np.where(centered > 0.25, 0.5 - centered, np.where(centered < -0.25, -0.5 - centered, centered))
    x = 2 * math.pi * folded
    return x * _horner(_SINE, x * x)


def cosine_of_turns(turns: np.ndarray) -> np.ndarray:
    return sine_of_turns(turns + 0.25)


def log_of_integer(k: np.ndarray) -> np.ndarray:
    """ln k for integers 1 <= k < 2^31, to about 1e-15 relative."""
    mantissa, exponent = np.frexp(k.astype(np.float64))
    mantissa, exponent = 2 * mantissa, exponent - 1
    large = mantissa > math.sqrt(2)
    mantissa, exponent = np.where(large, mantissa / 2, mantissa), exponent + large
    s = (mantissa - 1) / (mantissa + 1)
    return exponent * _LN_2 + 2 * s * _horner(_ARTANH, s * s)


def between_in_logarithm(low: int, high: int, share: np.ndarray) -> np.ndarray:
    """low · (high / low)^share, to about 1e-15 relative: uniform in the logarithm. high <= 2.7 low, 0 <= share <= 1."""
    logarithms = log_of_integer(np.array([low, high]))
    return low * _horner(_EXPONENTIAL, share * (logarithms[1] - logarithms[0]))


def portable_normals(random: Random, count: int, a: np.ndarray, b: int, c: int) -> np.ndarray:
    """Numbers from N(0, 1) at each address, by the Box-Muller transform. Returns float64 [len(a), count]."""
    words = random.words(-(-count // 4) * 4, a, b, c).reshape(len(a), -1, 2) >> np.uint64(8)
    k = words[..., 0] + np.uint64(1)
    radius = np.sqrt(2 * (24 * _LN_2 - log_of_integer(k)))
    turns = words[..., 1].astype(np.float64) / (1 << 24)
    both = np.stack([radius * cosine_of_turns(turns), radius * sine_of_turns(turns)], -1)
    return both.reshape(len(a), -1)[:, :count]
