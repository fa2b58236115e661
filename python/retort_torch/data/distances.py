"""The ten built-in shapes as signed distances: negative inside, positive outside; y points up.

In plain float64 arithmetic in a fixed order, so that the images are the page's bit for bit. All functions take and
return arrays of one shape.
"""

from __future__ import annotations

from typing import Any, Callable, List, Sequence, Tuple

import numpy as np

from .portable import cosine_of_turns, sine_of_turns

Distance = Callable[[np.ndarray, np.ndarray], np.ndarray]
_SQRT_HALF = np.sqrt(0.5)
_SLOPE = np.sqrt(1.49)


def length(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return np.sqrt(x * x + y * y)


def box_distance(x: np.ndarray, y: np.ndarray, half_width: Any, half_height: Any) -> np.ndarray:
    """An axis-aligned rectangle about the origin."""
    dx, dy = np.abs(x) - half_width, np.abs(y) - half_height
    return length(np.maximum(dx, 0), np.maximum(dy, 0)) + np.minimum(np.maximum(dx, dy), 0)


def _disc(radius: float) -> Distance:
    return lambda x, y: length(x, y) - radius


def _box(half_width: float, half_height: float) -> Distance:
    return lambda x, y: box_distance(x, y, half_width, half_height)


def _corners(count: int, radii: Sequence[float], turn: float = 0) -> List[Tuple[float, float]]:
    """Corners on circles whose radii alternate, the first one straight up plus `turn`."""
    corners = []
    for i in range(count):
        radius, turns = radii[i % len(radii)], np.array(0.25 + turn + i / count)
        corners.append((float(radius * cosine_of_turns(turns)), float(radius * sine_of_turns(turns))))
    return corners


def _polygon(corners: List[Tuple[float, float]]) -> Distance:
    """The distance to the nearest edge, signed by how often a ray to +x crosses the outline."""

    def distance(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        nearest, inside = np.full(x.shape, np.inf), np.zeros(x.shape, bool)
        ax, ay = corners[-1]
        for bx, by in corners:
            ex, ey = bx - ax, by - ay
            along = ((x - ax) * ex + (y - ay) * ey) / (ex * ex + ey * ey)
            t = np.minimum(np.maximum(along, 0), 1)
            dx, dy = x - ax - t * ex, y - ay - t * ey
            nearest = np.minimum(nearest, dx * dx + dy * dy)
            if ey != 0:
                inside ^= ((ay > y) != (by > y)) & (x < ax + (ex * (y - ay)) / ey)
            ax, ay = bx, by
        return np.where(inside, -np.sqrt(nearest), np.sqrt(nearest))

    return distance


def _shifted(shape: Distance, dx: float, dy: float) -> Distance:
    return lambda x, y: shape(x - dx, y - dy)


def _heart(scale: float, drop: float) -> Distance:
    def unit(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """A unit square on its corner with half discs on its two upper sides."""
        right = np.abs(x)
        along = np.maximum(right + y, 0) / 2
        edge = np.minimum(length(right - along, y - along), length(right, y - 1))
        arc = length(right - 0.25, y - 0.75) - _SQRT_HALF / 2
        return np.where(right + y > 1, arc, np.where(right > y, edge, -edge))

    return lambda x, y: scale * unit(x / scale, (y + drop) / scale)


def _arrow_head(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """A triangle with its tip at (0, 1), standing on y = 0 with half width .7."""
    return np.maximum(-y, (np.abs(x) + 0.7 * (y - 1)) / _SLOPE)


def _union(a: Distance, b: Distance) -> Distance:
    return lambda x, y: np.minimum(a(x, y), b(x, y))


def _difference(a: Distance, b: Distance) -> Distance:
    return lambda x, y: np.maximum(a(x, y), -b(x, y))


SHAPES: List[Tuple[str, Distance]] = [
    ("circle", _disc(0.88)),
    ("ring", lambda x, y: np.abs(length(x, y) - 0.7) - 0.2),
    ("triangle", _polygon(_corners(3, [1.08]))),
    ("square", _polygon(_corners(4, [1.05], 1 / 8))),
    ("pentagon", _polygon(_corners(5, [1]))),
    ("star", _polygon(_corners(10, [1, 0.42]))),
    ("cross", _union(_box(0.95, 0.28), _box(0.28, 0.95))),
    ("crescent", _difference(_disc(0.95), _shifted(_disc(0.78), 0.42, 0))),
    ("heart", _heart(1.75, 0.95)),
    ("arrow", _union(_shifted(_box(0.2, 0.55), 0, -0.4), _arrow_head)),
]
"""In the order of their class indices."""
