"""The operations of augmentation policies, on batches [n, C, H, W] in [0, 1], after PIL but on real numbers.

Rotation, shear and translation interpolate; only posterize, solarize and equalize round to bytes.
"""

from __future__ import annotations

from typing import Callable, Mapping

import torch
import torch.nn.functional as F
from torch import Tensor

from .color import away_from, brighten, contrast, saturate

_FILL = 0.5
"""The color of pixels that come from outside the image."""


def _bytes(x: Tensor) -> Tensor:
    return (255 * x + 0.5).floor()


def _each(x: Tensor) -> Tensor:
    return x.view(-1, 1, 1, 1)


def auto_contrast(x: Tensor, _: Tensor) -> Tensor:
    """Stretches each channel to [0, 1]."""
    least, most = x.amin((2, 3), keepdim=True), x.amax((2, 3), keepdim=True)
    spread = most - least
    return torch.where(spread > 0, (x - least) / torch.where(spread > 0, spread, torch.ones_like(spread)), x)


def equalize(x: Tensor, _: Tensor) -> Tensor:
    """Maps a byte to the share of darker pixels among those that are not the lightest, by channel."""
    n, channels, height, width = x.shape
    values = _bytes(x).long().view(n * channels, height * width)
    counts = torch.zeros(n * channels, 256, device=x.device, dtype=torch.int64)
    counts.scatter_add_(1, values, torch.ones_like(values))
    below = counts.cumsum(1) - counts
    lightest = counts.gather(1, values.amax(1, keepdim=True))
    others = height * width - lightest
    shares = torch.where(
        others > 0,
        below.float() / others.clamp_min(1).float(),
        torch.arange(256, device=x.device, dtype=torch.float32) / 255,
    )
    return shares.gather(1, values).view(x.shape)


def posterize(x: Tensor, strength: Tensor) -> Tensor:
    by = _each(strength)
    return (_bytes(x) / by).floor() * by / 255


def solarize_from(x: Tensor, strength: Tensor) -> Tensor:
    return torch.where(255 * x >= _each(strength) - 0.5, 1 - x, x)


def sharpen(x: Tensor, strength: Tensor) -> Tensor:
    """Away from PIL's smoothing: the pixel has weight 5, each neighbor 1; the border is unchanged."""
    kernel = x.new_ones(x.shape[1], 1, 3, 3)
    kernel[:, :, 1, 1] = 5
    out = x.clone()
    smooth = F.conv2d(x, kernel / 13, groups=x.shape[1])
    out[:, :, 1:-1, 1:-1] = away_from(smooth, x[:, :, 1:-1, 1:-1], 1 + strength)
    return out


def _moved(x: Tensor, matrix: Tensor) -> Tensor:
    """Takes each point from `matrix` of it, about the center in units of half the side. matrix: [n, 2, 3]."""
    grid = F.affine_grid(matrix, list(x.shape), align_corners=False)
    return F.grid_sample(x - _FILL, grid, padding_mode="zeros", align_corners=False) + _FILL


def _affine(rows: Tensor) -> Tensor:
    return rows.view(-1, 2, 3)


def rotate(x: Tensor, angle: Tensor) -> Tensor:
    c, s, zero = angle.cos(), angle.sin(), torch.zeros_like(angle)
    return _moved(x, _affine(torch.stack([c, -s, zero, s, c, zero], 1)))


def shear_x(x: Tensor, by: Tensor) -> Tensor:
    """Pixels move with their distance from the upper border, so the center moves by half of it."""
    one, zero = torch.ones_like(by), torch.zeros_like(by)
    return _moved(x, _affine(torch.stack([one, by, by, zero, one, zero], 1)))


def shear_y(x: Tensor, by: Tensor) -> Tensor:
    one, zero = torch.ones_like(by), torch.zeros_like(by)
    return _moved(x, _affine(torch.stack([one, zero, zero, by, one, by], 1)))


def translate_x(x: Tensor, by: Tensor) -> Tensor:
    one, zero = torch.ones_like(by), torch.zeros_like(by)
    return _moved(x, _affine(torch.stack([one, zero, 2 * by, zero, one, zero], 1)))


def translate_y(x: Tensor, by: Tensor) -> Tensor:
    one, zero = torch.ones_like(by), torch.zeros_like(by)
    return _moved(x, _affine(torch.stack([one, zero, zero, zero, one, 2 * by], 1)))


APPLY: Mapping[str, Callable[[Tensor, Tensor], Tensor]] = {
    "autoContrast": auto_contrast,
    "equalize": equalize,
    "invert": lambda x, _: 1 - x,
    "rotate": rotate,
    "posterize": posterize,
    "solarize": solarize_from,
    "color": lambda x, strength: saturate(x, 1 + strength),
    "contrast": lambda x, strength: contrast(x, 1 + strength),
    "brightness": lambda x, strength: brighten(x, 1 + strength),
    "sharpness": sharpen,
    "shearX": shear_x,
    "shearY": shear_y,
    "translateX": translate_x,
    "translateY": translate_y,
}
"""By name: pictures [n, C, H, W] and strengths [n] to pictures."""
