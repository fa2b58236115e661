"""The built-in images, Textures (docs/textures.md of Retort), bit for bit as the page draws them.

Lengths are in sixteenths of the image's side, angles in turns.
"""

from __future__ import annotations

from typing import Any, Callable, List, Mapping, NamedTuple, Tuple

import numpy as np

from ..randomness import Purpose, Random
from .draws import Draws, clamped, draw_colors, drawn_dataset, to_bytes
from .images import Dataset
from .portable import between_in_logarithm, cosine_of_turns, portable_normals, sine_of_turns

_POSE, _WARP, _EDGES, _NOISE, _COLORS, _OTHER_COLORS = 0, 1, 2, 3, 16, 0x1_0000
"""Random streams of an image, the third word of the address. Color attempts count up."""

_SIDE = 16
_DOT_RADIUS = 0.31
_LARGEST_CENTER = 6
_WARP_PERIODS = 14, 26
_CONTRAST = 0.35
_LARGEST_EDGE = 5
_NUISANCES: Mapping[str, Mapping[str, Any]] = {
    "easy": dict(periods=(3, 6), turn=8, warp=0.35, noise=0.03),
    "normal": dict(periods=(3, 7), turn=12, warp=0.6, noise=0.05),
    "hard": dict(periods=(3, 8), turn=14, warp=0.9, noise=0.08),
}

Height = Callable[[np.ndarray, np.ndarray], np.ndarray]
"""The height of a pattern at (u, v), in periods: positive on the foreground, and 0 on its edge."""


def _sawtooth(t: np.ndarray) -> np.ndarray:
    return t - np.floor(t) - 0.5


def _bars(t: np.ndarray) -> np.ndarray:
    """Positive on half of each period."""
    return 0.25 - np.abs(_sawtooth(t))


def _stripes(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    return _bars(u)


def _checks(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    s, t = _bars(u), _bars(v)
    nearest = np.minimum(np.abs(s), np.abs(t))
    return np.where(s * t < 0, -nearest, nearest)


def _waves(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    return _bars(u + 0.25 * sine_of_turns(v))


def _dots(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    x, y = _sawtooth(u), _sawtooth(v)
    return _DOT_RADIUS - np.sqrt(x * x + y * y)


class _Texture(NamedTuple):
    """turns: its usual angle; stretch: its period as a multiple of the drawn one; round: about a center."""

    name: str
    height: Height
    turns: float
    stretch: float
    round: bool = False


_TEXTURES = (
    _Texture("stripes 0°", _stripes, 0, 1),
    _Texture("stripes 30°", _stripes, 1 / 12, 1),
    _Texture("stripes 60°", _stripes, 1 / 6, 1),
    _Texture("stripes 90°", _stripes, 1 / 4, 1),
    _Texture("checks 0°", _checks, 0, 1.2),
    _Texture("checks 45°", _checks, 1 / 8, 1.2),
    _Texture("waves 0°", _waves, 0, 1.2),
    _Texture("waves 90°", _waves, 1 / 4, 1.2),
    _Texture("dots", _dots, 0, 1.2),
    _Texture("circles", _stripes, 0, 1, True),
)
"""In the order of their labels."""


class _Wave(NamedTuple):
    """A plane wave: sin 2 pi (frequency · position + phase). Each [n, 1, 1]."""

    across: np.ndarray
    upward: np.ndarray
    phase: np.ndarray


def _wave(draws: Draws) -> _Wave:
    cos, sin = draws.direction()
    period = draws.between(*_WARP_PERIODS)
    return _Wave(cos / period, sin / period, draws.between(0, 1))


def _warp(waves: List[_Wave], amplitude: float, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """The displacement of every point along one axis. [n, size, size]."""
    total: Any = 0
    for wave in waves:
        turns = wave.across * x
        sine_x, cosine_x = amplitude * sine_of_turns(turns), amplitude * cosine_of_turns(turns)
        turns = wave.upward * y + wave.phase
        total = total + (sine_x * cosine_of_turns(turns) + cosine_x * sine_of_turns(turns))
    return total


def draw_images(seed: int, size: int, difficulty: str, part: int, indices: np.ndarray) -> np.ndarray:
    """The images with these indices, whose classes are their indices modulo ten. Returns uint8 [n, size, size, 3]."""
    random, limits = Random.of(seed, Purpose.TEXTURES), _NUISANCES[difficulty]
    per_unit = size / _SIDE
    x = ((np.arange(size) + 0.5) / per_unit - _SIDE / 2).reshape(1, 1, -1)
    y = (_SIDE / 2 - (np.arange(size) + 0.5) / per_unit).reshape(1, -1, 1)

    pose = Draws(random, indices, part, _POSE, 6)
    drawn_period = between_in_logarithm(*limits["periods"], pose.between(0, 1))
    turn = pose.around(limits["turn"]) / 360
    phases = pose.between(0, 1), pose.between(0, 1)
    center = pose.around(_LARGEST_CENTER), pose.around(_LARGEST_CENTER)

    draws = Draws(random, indices, part, _WARP, 12)
    axes = [[_wave(draws), _wave(draws)] for _ in range(2)]
    warped_x, warped_y = (at + _warp(waves, limits["warp"], x, y) for at, waves in zip((x, y), axes))

    labels = indices % len(_TEXTURES)
    turns, stretch = (
        np.array([values[label] for label in labels]).reshape(-1, 1, 1)
        for values in ([t.turns for t in _TEXTURES], [t.stretch for t in _TEXTURES])
    )
    period = drawn_period * stretch
    cos, sin = cosine_of_turns(turns + turn), sine_of_turns(turns + turn)
    dx, dy = warped_x - center[0], warped_y - center[1]
    is_round = np.array([_TEXTURES[label].round for label in labels]).reshape(-1, 1, 1)
    u = np.where(is_round, np.sqrt(dx * dx + dy * dy), cos * warped_x + sin * warped_y)
    v = cos * warped_y - sin * warped_x
    u, v = u / period + phases[0], v / period + phases[1]
    height = np.empty(u.shape)
    for label, texture in enumerate(_TEXTURES):
        own = labels == label
        height[own] = texture.height(u[own], v[own])
    covered = clamped(0.5 + height * period * per_unit)

    share, first = _with_edges(covered, random, indices, part, x, y, per_unit)
    one, other = (draw_colors(random, indices, part, stream, _CONTRAST) for stream in (_COLORS, _OTHER_COLORS))
    foreground, background = (
        np.stack([a * (1 - first) + b * first for a, b in zip(one[at], other[at])], -1) for at in (0, 1)
    )
    noise = portable_normals(random, size * size * 3, indices, part, _NOISE).reshape(-1, size, size, 3)
    share = share[..., None]
    return to_bytes(background * (1 - share) + foreground * share + limits["noise"] * noise)


def _with_edges(
    covered: np.ndarray, random: Random, indices: np.ndarray, part: int, x: np.ndarray, y: np.ndarray, per_unit: float
) -> Tuple[np.ndarray, np.ndarray]:
    """The foreground's share, which changes places with the background in some regions; the first edge's side."""
    draws = Draws(random, indices, part, _EDGES, 6)
    direction = draws.direction()
    positions = draws.around(_LARGEST_EDGE), draws.around(_LARGEST_EDGE)
    inverted = [draws.between(0, 1) < 0.5 for _ in range(3)]
    along = direction[0] * x + direction[1] * y
    across = direction[0] * y - direction[1] * x
    first = clamped(0.5 + (along - positions[0]) * per_unit)
    second = clamped(0.5 + (across - positions[1]) * per_unit)
    swapped = (
        np.where(inverted[0], first * second, 0)
        + np.where(inverted[1], first * (1 - second), 0)
        + np.where(inverted[2], (1 - first) * second, 0)
    )
    return covered * (1 - swapped) + (1 - covered) * swapped, first


def draw_textures(settings: Mapping[str, Any]) -> Dataset:
    """The dataset of an experiment whose source is "textures"."""
    return drawn_dataset(draw_images, [texture.name for texture in _TEXTURES], settings)
