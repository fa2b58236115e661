"""Operations on colors of batches of pictures [n, C, H, W] in [0, 1]. Each clamps its result."""

from __future__ import annotations

import math

import torch
from torch import Tensor

_LUMA = 0.299, 0.587, 0.114
_TO_YIQ = (0.299, 0.587, 0.114), (0.596, -0.274, -0.322), (0.211, -0.523, 0.312)
_FROM_YIQ = (
    (1.0, 0.9561706854, 0.6214325663),
    (1.0, -0.2726886023, -0.646813237),
    (1.0, -1.1037440822, 1.7006230947),
)


def gray_of(x: Tensor) -> Tensor:
    """Luma of ITU-R BT.601, or the only channel. [n, C, H, W] -> [n, 1, H, W]."""
    if x.shape[1] == 1:
        return x
    return _LUMA[0] * x[:, 0:1] + _LUMA[1] * x[:, 1:2] + _LUMA[2] * x[:, 2:3]


def mean_gray(x: Tensor) -> Tensor:
    """[n, C, H, W] -> [n, 1, 1, 1]."""
    return gray_of(x).mean((1, 2, 3), keepdim=True)


def away_from(base: Tensor, x: Tensor, factor: Tensor) -> Tensor:
    """Scales the distance from `base`. factor: [n]."""
    by = factor.view(-1, 1, 1, 1)
    return (by * x + (1 - by) * base).clamp(0, 1)


def brighten(x: Tensor, factor: Tensor) -> Tensor:
    return (factor.view(-1, 1, 1, 1) * x).clamp(0, 1)


def contrast(x: Tensor, factor: Tensor) -> Tensor:
    return away_from(mean_gray(x), x, factor)


def saturate(x: Tensor, factor: Tensor) -> Tensor:
    return x if x.shape[1] == 1 else away_from(gray_of(x), x, factor)


def turn_hue_in_yiq(x: Tensor, turns: Tensor) -> Tensor:
    """Rotates the hue and keeps the luma. turns: full turns [n]."""
    if x.shape[1] == 1:
        return x
    y, i, q = torch.einsum("rc,nchw->rnhw", x.new_tensor(_TO_YIQ), x)
    angle = (2 * math.pi * turns).view(-1, 1, 1)
    cosine, sine = angle.cos(), angle.sin()
    turned = torch.stack([y, cosine * i - sine * q, sine * i + cosine * q], 1)
    return torch.einsum("rc,nchw->nrhw", x.new_tensor(_FROM_YIQ), turned).clamp(0, 1)


def turn_hue(x: Tensor, turns: Tensor) -> Tensor:
    """Rotates the hue in HSV; value and chroma stay. turns: full turns [n]."""
    if x.shape[1] == 1:
        return x
    red, green, blue = x.unbind(1)
    value, chroma = x.amax(1), x.amax(1) - x.amin(1)
    safe = torch.where(chroma == 0, torch.ones_like(chroma), chroma)
    sextant = torch.where(
        value == red,
        (green - blue) / safe,
        torch.where(value == green, 2 + (blue - red) / safe, 4 + (red - green) / safe),
    )
    hue = sextant + 6 * turns.view(-1, 1, 1)

    def component(n: int) -> Tensor:
        shifted = (n + hue) / 6
        k = 6 * (shifted - shifted.floor())
        return (value - chroma * torch.minimum(k, 4 - k).clamp(0, 1)).clamp(0, 1)

    turned = torch.stack([component(5), component(3), component(1)], 1)
    return torch.where((chroma == 0).unsqueeze(1), x, turned)


def solarize(x: Tensor) -> Tensor:
    """Inverts numbers from 0.5 up."""
    return torch.where(x < 0.5, x, 1 - x)
