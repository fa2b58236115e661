"""Resizes images to squares in plain arithmetic, as the page does, so that all machines get the same bytes."""

from __future__ import annotations

import numpy as np


def square(image: np.ndarray, size: int) -> np.ndarray:
    """The middle square of an image, resized. uint8 [H, W, 3] -> uint8 [size, size, 3]."""
    height, width = image.shape[:2]
    side = min(height, width)
    top, left = (height - side) // 2, (width - side) // 2
    cut = image[top : top + side, left : left + side]
    if side == size:
        return np.ascontiguousarray(cut)
    weights = _area_weights(side, size) if side > size else _linear_weights(side, size)
    resized = np.einsum("ry,yxc,qx->rqc", weights, cut.astype(np.float64), weights, optimize=True)
    return np.floor(resized + 0.5).astype(np.uint8)


def _area_weights(side: int, size: int) -> np.ndarray:
    """The mean over areas: every pixel counts by the area that it covers. [size, side]."""
    weights = np.zeros((size, side))
    for pixel in range(side):
        cell = pixel * size // side
        share = min((cell + 1) * side / size - pixel, 1)
        weights[cell, pixel] = share
        if share < 1:
            weights[cell + 1, pixel] = 1 - share
    return weights * (size / side)


def _linear_weights(side: int, size: int) -> np.ndarray:
    """Bilinear between pixel centers; outside the outermost ones the edge repeats. [size, side]."""
    weights = np.zeros((size, side))
    for i in range(size):
        position = min(max((i + 0.5) * side / size - 0.5, 0), side - 1)
        low = int(position)
        weights[i, low] += 1 - (position - low)
        weights[i, min(low + 1, side - 1)] += position - low
    return weights
