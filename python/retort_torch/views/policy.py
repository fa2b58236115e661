"""Augmentation policies: RandAugment (Cubuk et al. 2020, §3) and AutoAugment's for CIFAR-10 (Cubuk et al. 2019)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, List, Mapping, Optional, Sequence

OPERATIONS = (
    "identity",
    "autoContrast",
    "equalize",
    "invert",
    "rotate",
    "posterize",
    "solarize",
    "color",
    "contrast",
    "brightness",
    "sharpness",
    "shearX",
    "shearY",
    "translateX",
    "translateY",
)
SIGNED = {"rotate", "color", "contrast", "brightness", "sharpness", "shearX", "shearY", "translateX", "translateY"}
"""Operations whose strength has a random sign."""

_AUTO_LEVELS, _AUTO_FARTHEST = 9, 150 / 331
_RAND_LEVELS, _RAND_FARTHEST = 30, 0.3


@dataclass(frozen=True)
class Entry:
    """strength: radians for rotate, pixels per pixel for shears, a fraction of the side for translations, the factor
    less 1 for color, contrast, brightness and sharpness, bytes for posterize and solarize."""

    operation: str
    chance: float
    strength: float


@dataclass(frozen=True)
class Policy:
    """rows: one entry for every step in each; together: whether the row drawn first is used for all steps."""

    rows: Sequence[Sequence[Entry]]
    together: bool


def _strength(operation: str, magnitude: float, farthest: float) -> float:
    if operation == "rotate":
        return magnitude * math.pi / 6
    if operation in ("shearX", "shearY"):
        return 0.3 * magnitude
    if operation in ("translateX", "translateY"):
        return farthest * magnitude
    if operation in ("color", "contrast", "brightness", "sharpness"):
        return 0.9 * magnitude
    if operation == "posterize":
        return float(2 ** math.floor(4 * magnitude + 0.5))
    if operation == "solarize":
        return float(math.ceil(255 * (1 - magnitude)))
    return 0.0


_CIFAR = """
invert .1 0 contrast .2 6; rotate .7 2 translateX .3 9; sharpness .8 1 sharpness .9 3; shearY .5 8 translateY .7 9;
autoContrast .5 0 equalize .9 0; shearY .2 7 posterize .3 7; color .4 3 brightness .6 7; sharpness .3 9 brightness .7 9;
equalize .6 0 equalize .5 0; contrast .6 7 sharpness .6 5; color .7 7 translateX .5 8; equalize .3 0 autoContrast .4 0;
translateY .4 3 sharpness .2 6; brightness .9 6 color .2 8; solarize .5 2 invert 0 0; equalize .2 0 autoContrast .6 0;
equalize .2 0 equalize .6 0; color .9 9 equalize .6 0; autoContrast .8 0 solarize .2 8; brightness .1 3 color .7 0;
solarize .4 5 autoContrast .9 0; translateY .9 9 translateY .7 9; autoContrast .9 0 solarize .8 3;
equalize .8 0 invert .1 0; translateY .7 9 autoContrast .9 0
"""
"""Pairs of operation, chance and level."""


def _cifar_rows() -> List[List[Entry]]:
    rows = []
    for pair in _CIFAR.split(";"):
        words = pair.split()
        rows.append(
            [
                Entry(name, float(chance), _strength(name, int(level) / _AUTO_LEVELS, _AUTO_FARTHEST))
                for name, chance, level in (words[:3], words[3:])
            ]
        )
    return rows


def policy_of(recipe: Mapping[str, Any]) -> Optional[Policy]:
    """The policy of a recipe; None if it has none."""
    if recipe["policy"] == "autoAugment":
        return Policy(_cifar_rows(), together=True)
    if recipe["policy"] == "randAugment":
        magnitude = recipe["randAugmentMagnitude"] / _RAND_LEVELS
        entries = [
            Entry(name, 1.0, _strength(name, magnitude, _RAND_FARTHEST)) for name in OPERATIONS if name != "invert"
        ]
        return Policy([[entry] * recipe["randAugmentOperations"] for entry in entries], together=False)
    return None
