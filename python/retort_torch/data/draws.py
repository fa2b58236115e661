"""What the built-in sets of images have in common: random numbers of an image, colors, bytes and parts."""

from __future__ import annotations

from typing import Any, Callable, Dict, List, Mapping, Sequence, Tuple

import numpy as np

from ..randomness import Random, uniform
from .images import Dataset, ImageSet, normalization_of, with_label_noise
from .portable import cosine_of_turns, sine_of_turns

_PARTS = {"train": 0, "test": 1, "validation": 2}
_VALIDATION = 500
_CHUNK = 256

Painter = Callable[[int, int, str, int, np.ndarray], np.ndarray]
"""(seed, size, difficulty, part, indices) -> uint8 [n, size, size, 3]"""


class Draws:
    """Numbers in [0, 1) of one stream of every image, returned in order. Each result is [n, 1, 1]."""

    def __init__(self, random: Random, indices: np.ndarray, part: int, stream: int, count: int) -> None:
        self._values = uniform(random.words(count, indices, part, stream))
        self._next = 0

    def between(self, low: float, high: float) -> np.ndarray:
        value = self._values[:, self._next].reshape(-1, 1, 1)
        self._next += 1
        return low + (high - low) * value

    def around(self, reach: float) -> np.ndarray:
        return self.between(-reach, reach)

    def color(self) -> List[np.ndarray]:
        return [self.between(0.05, 0.95) for _ in range(3)]

    def direction(self) -> Tuple[np.ndarray, np.ndarray]:
        turns = self.between(0, 1)
        return cosine_of_turns(turns), sine_of_turns(turns)


def _luma(color: List[np.ndarray]) -> np.ndarray:
    return 0.299 * color[0] + 0.587 * color[1] + 0.114 * color[2]


def draw_colors(
    random: Random, indices: np.ndarray, part: int, stream: int, contrast: float
) -> Tuple[List[np.ndarray], List[np.ndarray]]:
    """Foreground and background, drawn until their luma differs by `contrast`. Attempts count up from `stream`."""
    found = np.zeros((6, len(indices), 1, 1))
    left, attempt = np.arange(len(indices)), 0
    while len(left):
        draws = Draws(random, indices[left], part, stream + attempt, 6)
        foreground, background = draws.color(), draws.color()
        fits = (np.abs(_luma(foreground) - _luma(background)) >= contrast).ravel()
        for channel, values in enumerate([*foreground, *background]):
            found[channel, left[fits]] = values[fits]
        left, attempt = left[~fits], attempt + 1
    return list(found[:3]), list(found[3:])


def clamped(share: np.ndarray) -> np.ndarray:
    return np.minimum(np.maximum(share, 0), 1)


def to_bytes(value: np.ndarray) -> np.ndarray:
    """Shares of full intensity as bytes, clamped."""
    return np.floor(255 * clamped(value) + 0.5).astype(np.uint8)


def drawn_dataset(paint: Painter, class_names: Sequence[str], settings: Mapping[str, Any]) -> Dataset:
    """The dataset of an experiment; an image's class is its index modulo the number of classes."""
    counts = {"train": settings["train"], "validation": _VALIDATION, "test": settings["test"]}
    parts: Dict[str, ImageSet] = {}
    for name, count in counts.items():
        indices = np.arange(count)
        chunks = [
            paint(settings["seed"], settings["resolution"], settings["difficulty"], _PARTS[name], some)
            for some in np.split(indices, range(_CHUNK, count, _CHUNK))
        ]
        labels = indices % len(class_names)
        if name == "train":
            labels = with_label_noise(labels, len(class_names), settings["labelNoise"], settings["seed"])
        parts[name] = ImageSet(np.concatenate(chunks), labels)
    mean, std = normalization_of(parts["train"].pixels)
    return Dataset(list(class_names), parts["train"], parts["validation"], parts["test"], mean, std)
