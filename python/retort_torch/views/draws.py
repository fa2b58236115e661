"""The random parameters of views (docs/methods.md §4): a pure function of seed, epoch, image and view number."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import Any, List, Mapping, Optional, Tuple

import numpy as np

from ..randomness import Random, uniform
from .policy import OPERATIONS, SIGNED, policy_of

Recipe = Mapping[str, Any]
JITTER = "brightness", "contrast", "saturation", "hue"
_WORDS = (
    "area",
    "ratio",
    "left",
    "top",
    "jitter",
    "order",
    "brightness",
    "contrast",
    "saturation",
    "hue",
    "grayscale",
    "blur",
    "sigma",
    "flip",
    "solarize",
    "turn",
)
"""The use of each random word of a view. Recorded experiments depend on the order."""
_ORDERS = np.array(list(itertools.permutations(range(4))))
_LOG_LARGEST_RATIO = math.log(4 / 3)
_CHOICE, _CHANCE, _SIGN = 0, 1, 2


@dataclass(frozen=True)
class Draws:
    """The parameters of one view of n images; all arrays have n rows.

    crop: left, top, width, height as fractions of the side [n, 4]; turn: radians [n]; jitter, grayscale, blur, flip,
    solarize: bool [n]; order: the jitter operations in order [n, 4]; factors: by operation [n, 4]; sigma: pixels [n];
    policy: for each step the operation and its strength, two arrays [n].
    """

    crop: np.ndarray
    turn: np.ndarray
    jitter: np.ndarray
    order: np.ndarray
    factors: np.ndarray
    grayscale: np.ndarray
    blur: np.ndarray
    sigma: np.ndarray
    policy: List[Tuple[np.ndarray, np.ndarray]]
    flip: np.ndarray
    solarize: np.ndarray


def draw_views(recipe: Recipe, random: Random, epoch: int, samples: np.ndarray, view: int) -> Draws:
    """Draws view number `view` of the images with these indices. samples: int [n]."""
    policy = policy_of(recipe)
    steps = len(policy.rows[0]) if policy else 0
    words = random.words(len(_WORDS) + 4 * steps, epoch, samples, view)

    def word(name: str) -> np.ndarray:
        return words[:, _WORDS.index(name)]

    def happens(name: str, probability: float) -> np.ndarray:
        return (word(name) >> np.uint64(8)) < np.uint64(math.ceil(probability * 2**24))

    def between(bounds: Mapping[str, float], name: str) -> np.ndarray:
        return bounds["min"] + (bounds["max"] - bounds["min"]) * uniform(word(name))

    def around(center: float, reach: float, name: str) -> np.ndarray:
        return center - reach + 2 * reach * uniform(word(name))

    largest_turn = recipe["rotation"] * math.pi / 180
    factors = [around(0 if name == "hue" else 1, recipe[name], name) for name in JITTER]
    return Draws(
        crop=_crops(between(recipe["scale"], "area"), *(uniform(word(name)) for name in ("ratio", "left", "top"))),
        turn=around(0, largest_turn, "turn") if largest_turn > 0 else np.zeros(len(words)),
        jitter=happens("jitter", recipe["jitterProbability"]),
        order=_ORDERS[_choice_among(len(_ORDERS), word("order"))],
        factors=np.stack(factors, 1),
        grayscale=happens("grayscale", recipe["grayscaleProbability"]),
        blur=happens("blur", recipe["blurProbability"]),
        sigma=between(recipe["blurSigma"], "sigma"),
        policy=_policy_steps(policy, words[:, len(_WORDS) :], steps),
        flip=happens("flip", recipe["flipProbability"]),
        solarize=happens("solarize", recipe["solarizeProbability"]),
    )


def _choice_among(count: int, words: np.ndarray) -> np.ndarray:
    return (((words >> np.uint64(8)) * np.uint64(count)) >> np.uint64(24)).astype(np.int64)


def _crops(area: np.ndarray, ratio: np.ndarray, left: np.ndarray, top: np.ndarray) -> np.ndarray:
    """Random resized crops in closed form: area uniform, log-ratio uniform among those that fit, place uniform."""
    reach = np.minimum(_LOG_LARGEST_RATIO, -np.log(area))
    stretch = np.exp(0.5 * (2 * ratio - 1) * reach)
    width, height = (np.minimum(1, np.sqrt(area) * by) for by in (stretch, 1 / stretch))
    return np.stack([left * (1 - width), top * (1 - height), width, height], 1)


def _policy_steps(policy: Optional[Any], words: np.ndarray, steps: int) -> List[Tuple[np.ndarray, np.ndarray]]:
    drawn = []
    for step in range(steps):
        assert policy is not None
        first = 0 if policy.together else step
        row = _choice_among(len(policy.rows), words[:, 4 * first + _CHOICE])
        operation = np.array([OPERATIONS.index(entries[step].operation) for entries in policy.rows])[row]
        strength = np.array([entries[step].strength for entries in policy.rows])[row]
        chance = np.array([math.ceil(entries[step].chance * 2**24) for entries in policy.rows], np.uint64)[row]
        applies = (words[:, 4 * step + _CHANCE] >> np.uint64(8)) < chance
        signed = np.array([name in SIGNED for name in OPERATIONS])[operation]
        opposite = signed & ((words[:, 4 * step + _SIGN] >> np.uint64(31)) == 1)
        strength = np.where(opposite, -strength, strength)
        drawn.append((np.where(applies, operation, 0), np.where(applies, strength, 0.0)))
    return drawn
