"""Images as the page holds them: bytes, labels and three parts, with an identity."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any, Dict, List, Protocol, Sequence, Tuple

import numpy as np

from ..randomness import Purpose, Random, integer_below, uniform

_LEAST_DEVIATION = 1 / 255


class Images(Protocol):
    """One part of a dataset: `size` pixels per side, and int64 labels [count]."""

    @property
    def size(self) -> int:
        ...

    @property
    def channels(self) -> int:
        ...

    @property
    def labels(self) -> np.ndarray:
        ...

    def pixels_of(self, indices: np.ndarray) -> np.ndarray:
        """uint8 [len(indices), size, size, channels]."""
        ...


@dataclass(frozen=True)
class ImageSet:
    """Images in memory. pixels: uint8 [count, size, size, channels]; labels: int64 [count]."""

    pixels: np.ndarray
    labels: np.ndarray

    @property
    def size(self) -> int:
        return int(self.pixels.shape[1])

    @property
    def channels(self) -> int:
        return int(self.pixels.shape[3])

    def pixels_of(self, indices: np.ndarray) -> np.ndarray:
        return self.pixels[indices]


@dataclass(frozen=True)
class Dataset:
    """Training never sees `validation` or `test`; mean and deviation per channel are those of `train`."""

    class_names: Sequence[str]
    train: Images
    validation: Images
    test: Images
    mean: Sequence[float]
    std: Sequence[float]

    @property
    def hash(self) -> str:
        """SHA-256 of the content, the same as the page's. Needs the images in memory."""
        outline: Dict[str, Any] = {"classNames": list(self.class_names)}
        for name in ("train", "validation", "test"):
            outline[name] = _outline(getattr(self, name))
        text = json.dumps(outline, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


def _outline(part: ImageSet) -> Dict[str, Any]:
    return {
        "count": len(part.labels),
        "size": part.size,
        "channels": part.channels,
        "pixels": hashlib.sha256(part.pixels.tobytes()).hexdigest(),
        "labels": hashlib.sha256(part.labels.astype("<i4").tobytes()).hexdigest(),
    }


def normalization_of(pixels: np.ndarray) -> Tuple[List[float], List[float]]:
    """Mean and deviation per channel, of pixels in [0, 1]. pixels: uint8 [..., channels]."""
    flat = pixels.reshape(-1, pixels.shape[-1])
    sums = flat.sum(0, dtype=np.float64)
    squares = np.zeros_like(sums)
    for start in range(0, len(flat), 1 << 22):
        squares += np.square(flat[start : start + (1 << 22)], dtype=np.uint32).sum(0, dtype=np.float64)
    mean = sums / len(flat)
    deviation = np.sqrt(np.maximum(0, squares / len(flat) - mean * mean)) / 255
    return (mean / 255).tolist(), np.maximum(deviation, _LEAST_DEVIATION).tolist()


def with_label_noise(labels: np.ndarray, classes: int, share: float, seed: int) -> np.ndarray:
    """Gives a share of the images the label of another class (Zhang et al. 2017, §2.1)."""
    if share == 0:
        return labels
    words = Random.of(seed, Purpose.LABEL_NOISE).bits(np.arange(len(labels)))
    other = (labels + 1 + integer_below(words[:, 1], classes - 1)) % classes
    return np.where(uniform(words[:, 0]) < share, other, labels)


def split(labels: np.ndarray, classes: int, validation: float, test: float, seed: int) -> Dict[str, np.ndarray]:
    """Each class gives its rounded share to each part, but at least one image, also to train.

    Returns ascending indices by the name of the part.
    """
    random = Random.of(seed, Purpose.SPLIT)
    parts: Dict[str, List[np.ndarray]] = {"train": [], "validation": [], "test": []}
    for label in range(classes):
        members = np.flatnonzero(labels == label)
        to_test, to_validation = _quotas(len(members), validation, test)
        order = members[random.permutation(len(members), label)]
        parts["test"].append(order[:to_test])
        parts["validation"].append(order[to_test : to_test + to_validation])
        parts["train"].append(order[to_test + to_validation :])
    return {name: np.sort(np.concatenate(some)) for name, some in parts.items()}


def _quotas(count: int, validation: float, test: float) -> Tuple[int, int]:
    wants_test, wants_validation = int(test > 0), int(validation > 0)
    if count < 1 + wants_test + wants_validation:
        return 0, 0
    # JavaScript's Math.round: halves go up.
    to_test = min(max(wants_test, int(count * test + 0.5)), count - 1 - wants_validation)
    return to_test, min(max(wants_validation, int(count * validation + 0.5)), count - 1 - to_test)


def limited(labels: np.ndarray, members: np.ndarray, classes: int, per_class: int, seed: int) -> np.ndarray:
    """At most `per_class` members of each class; a higher limit includes those of a lower one."""
    by_class = [members[labels[members] == label] for label in range(classes)]
    if all(len(own) <= per_class for own in by_class):
        return members
    random = Random.of(seed, Purpose.CLASS_LIMIT)
    kept = [own[random.permutation(len(own), label)[:per_class]] for label, own in enumerate(by_class)]
    return np.sort(np.concatenate(kept))
