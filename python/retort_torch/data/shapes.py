"""The built-in images, Shapes (docs/shapes.md of Retort), bit for bit as the page draws them."""

from __future__ import annotations

from typing import Any, List, Mapping, Tuple

import numpy as np

from ..randomness import Purpose, Random
from .distances import SHAPES, box_distance, length
from .draws import Draws, clamped, draw_colors, drawn_dataset, to_bytes
from .images import Dataset
from .portable import cosine_of_turns, portable_normals, sine_of_turns

_POSE, _BACKGROUND, _CLOUDS, _CLUTTER, _TEXTURE, _NOISE, _COLORS = 0, 1, 2, 3, 4, 5, 16
"""Random streams of an image, the third word of the address. Color attempts count up from the last."""

_GRID = 4
_CUBIC = -0.75
_CONTRAST = 0.25
_PIXEL_NOISE = 0.03
_NUISANCES: Mapping[str, Mapping[str, float]] = {
    "easy": dict(position=0.12, smallest=0.65, clouds=0.03, texture=0.03, clutter=1, gradient=0.08),
    "normal": dict(position=0.15, smallest=0.6, clouds=0.05, texture=0.06, clutter=2, gradient=0.15),
    "hard": dict(position=0.22, smallest=0.5, clouds=0.1, texture=0.12, clutter=3, gradient=0.15),
}


def _cubic_weight(t: float) -> float:
    """Keys 1981."""
    d = abs(t)
    if d < 1:
        return ((_CUBIC + 2) * d - (_CUBIC + 3)) * d * d + 1
    if d < 2:
        return ((_CUBIC * d - 5 * _CUBIC) * d + 8 * _CUBIC) * d - 4 * _CUBIC
    return 0


def _cubic_weights(size: int) -> np.ndarray:
    """Weights of the grid points at each pixel center. [size, 4]."""
    weights = np.zeros((size, _GRID))
    for i in range(size):
        position = ((i + 0.5) * _GRID) / size - 0.5
        base = int(np.floor(position))
        for tap in range(base - 1, base + 3):
            weights[i, min(max(tap, 0), _GRID - 1)] += _cubic_weight(position - tap)
    return weights


def _coverage(distance: np.ndarray) -> np.ndarray:
    return clamped(0.5 - distance)


def _placed(x: np.ndarray, y: np.ndarray, center: Any, rotation: Any, scale: Any) -> Tuple[np.ndarray, np.ndarray]:
    """A point of the image, in the shape's own coordinates."""
    dx, dy = (x - center[0]) / scale, (y - center[1]) / scale
    cos, sin = rotation
    return cos * dx + sin * dy, cos * dy - sin * dx


def draw_images(seed: int, size: int, difficulty: str, part: int, indices: np.ndarray) -> np.ndarray:
    """The images with these indices, whose classes are their indices modulo ten. Returns uint8 [n, size, size, 3]."""
    random, limits = Random.of(seed, Purpose.SHAPES), _NUISANCES[difficulty]
    half = size / 2
    y = (1 - (np.arange(size) + 0.5) / half).reshape(1, -1, 1)
    x = ((np.arange(size) + 0.5) / half - 1).reshape(1, 1, -1)

    pose = Draws(random, indices, part, _POSE, 4)
    center = pose.around(limits["position"]), pose.around(limits["position"])
    scale = pose.between(limits["smallest"], 0.8)
    turns = pose.around(25 / 360)
    rotation = cosine_of_turns(turns), sine_of_turns(turns)
    foreground, background = draw_colors(random, indices, part, _COLORS, _CONTRAST)

    draws = Draws(random, indices, part, _BACKGROUND, 4)
    slope, direction = [draws.around(limits["gradient"]) for _ in range(3)], draws.direction()
    along = direction[0] * x + direction[1] * y
    clouds = _clouds(random, indices, part, limits["clouds"], size)
    channels = [background[c] + slope[c] * along + clouds for c in range(3)]

    for share, color in _clutter(random, indices, part, int(limits["clutter"]), x, y, half):
        channels = [value + share * (color[c] - value) for c, value in enumerate(channels)]

    draws = Draws(random, indices, part, _TEXTURE, 4)
    amplitude = limits["texture"] * draws.between(0, 1)
    direction, frequency, phase = draws.direction(), draws.between(1.5, 4) / 2, draws.between(0, 1)
    shade = amplitude * sine_of_turns(frequency * (direction[0] * x + direction[1] * y) + phase)
    px, py = _placed(x, y, center, rotation, scale)
    distance = np.empty(px.shape)
    for label, (_, shape) in enumerate(SHAPES):
        own = indices % len(SHAPES) == label
        distance[own] = shape(px[own], py[own])
    share = _coverage(distance * scale * half)
    channels = [value + share * (foreground[c] + shade - value) for c, value in enumerate(channels)]

    noise = portable_normals(random, size * size * 3, indices, part, _NOISE).reshape(-1, size, size, 3)
    return to_bytes(np.stack(channels, -1) + _PIXEL_NOISE * noise)


def _clouds(random: Random, indices: np.ndarray, part: int, strength: float, size: int) -> np.ndarray:
    """A 4 x 4 grid of normals, interpolated. [n, size, size]."""
    grid = (portable_normals(random, _GRID * _GRID, indices, part, _CLOUDS) * strength).reshape(-1, _GRID, _GRID)
    weights = _cubic_weights(size)
    rows = np.zeros((len(indices), _GRID, size))
    for tap in range(_GRID):
        rows = rows + grid[:, :, tap, None] * weights[:, tap]
    clouds = np.zeros((len(indices), size, size))
    for tap in range(_GRID):
        clouds = clouds + rows[:, tap, None, :] * weights[:, tap, None]
    return clouds


def _clutter(
    random: Random, indices: np.ndarray, part: int, limit: int, x: np.ndarray, y: np.ndarray, half: float
) -> List[Tuple[np.ndarray, List[np.ndarray]]]:
    """Small discs and bars behind the shape: how much of each pixel they cover, and their colors."""
    draws = Draws(random, indices, part, _CLUTTER, 1 + limit * 8)
    count = np.floor(draws.between(0, limit + 1))
    objects = []
    for number in range(limit):
        center = draws.around(1), draws.around(1)
        radius = draws.between(0.06, 0.14)
        is_round = draws.between(0, 1) < 0.5
        rotation, color = draws.direction(), draws.color()
        px, py = _placed(x, y, center, rotation, 1)
        distance = np.where(is_round, length(px, py) - radius, box_distance(px, py, 2 * radius, 0.35 * radius))
        share = np.where(number < count, _coverage(distance * 1 * half), 0)
        objects.append((share, color))
    return objects


def draw_shapes(settings: Mapping[str, Any]) -> Dataset:
    """The dataset of an experiment whose source is "shapes"."""
    return drawn_dataset(draw_images, [name for name, _ in SHAPES], settings)
