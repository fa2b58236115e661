"""Renders views in batches, on the device of the images.

Order: crop (and rotation), jitter, grayscale, blur, policy, flip, solarize, normalize (docs/methods.md §4).
"""

from __future__ import annotations

import math
from typing import Any, Callable, Mapping, Sequence

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from . import color
from .draws import JITTER, Draws
from .operations import APPLY
from .policy import OPERATIONS

Change = Callable[[Tensor, Tensor], Tensor]


def render(images: Tensor, draws: Draws, side: int, recipe: Mapping[str, Any]) -> Tensor:
    """uint8 [n, H, W, C] -> float32 [n, C, side, side] in [0, 1]."""
    x = _crop(images, draws, side)
    hue: Change = color.turn_hue if recipe["hueSpace"] == "hsv" else color.turn_hue_in_yiq
    changes: Sequence[Change] = (color.brighten, color.contrast, color.saturate, hue)
    for place in range(len(JITTER)):
        for number, change in enumerate(changes):
            _where(x, draws.jitter & (draws.order[:, place] == number), change, draws.factors[:, number])
    if x.shape[1] == 3:
        _where(x, draws.grayscale, lambda some, _: color.gray_of(some).clamp(0, 1).expand_as(some), draws.turn)
    radius = math.ceil(3 * recipe["blurSigma"]["max"])
    _where(x, draws.blur, lambda some, sigma: _blur(some, sigma, radius), draws.sigma)
    for operation, strength in draws.policy:
        for number in np.unique(operation):
            if number:
                _where(x, operation == number, APPLY[OPERATIONS[number]], strength)
    _where(x, draws.flip, lambda some, _: some.flip(3), draws.turn)
    _where(x, draws.solarize, lambda some, _: color.solarize(some), draws.turn)
    return x


def plain(images: Tensor, side: int) -> Tensor:
    """Images as they are, resized if `side` is another. uint8 [n, H, W, C] -> float32 [n, C, side, side] in [0, 1]."""
    x = images.permute(0, 3, 1, 2).float() / 255
    if side == x.shape[2]:
        return x
    return F.interpolate(x, (side, side), mode="bilinear", align_corners=False)


def normalized(x: Tensor, mean: Sequence[float], std: Sequence[float]) -> Tensor:
    """By channel. [n, C, H, W] -> the same shape."""
    shape = (1, -1, 1, 1)
    return (x - x.new_tensor(mean).view(shape)) / x.new_tensor(std).view(shape)


def _where(x: Tensor, which: np.ndarray, change: Change, values: np.ndarray) -> None:
    """Changes some of the pictures in place, each with its own value."""
    places = np.flatnonzero(which)
    if len(places) == 0:
        return
    index = torch.from_numpy(places).to(x.device)
    own = torch.from_numpy(values[places].astype(np.float32)).to(x.device)
    x[index] = change(x[index], own)


def _crop(images: Tensor, draws: Draws, side: int) -> Tensor:
    """Bilinear between pixel centers; beyond the border the outermost pixels repeat."""
    device = images.device
    crop = torch.from_numpy(draws.crop).to(device, torch.float32)
    turn = torch.from_numpy(draws.turn).to(device, torch.float32).view(-1, 1, 1)
    left, top, width, height = (crop[:, i].view(-1, 1, 1) for i in range(4))
    across = ((torch.arange(side, device=device) + 0.5) / side - 0.5).view(1, 1, -1) * width
    down = ((torch.arange(side, device=device) + 0.5) / side - 0.5).view(1, -1, 1) * height
    x = left + width / 2 + turn.cos() * across - turn.sin() * down
    y = top + height / 2 + turn.sin() * across + turn.cos() * down
    grid = torch.stack(torch.broadcast_tensors(2 * x - 1, 2 * y - 1), 3)
    pixels = images.permute(0, 3, 1, 2).float() / 255
    return F.grid_sample(pixels, grid, padding_mode="border", align_corners=False)


def _blur(x: Tensor, sigma: Tensor, radius: int) -> Tensor:
    """A Gaussian along rows, then along columns. sigma: [n]."""
    n, channels, height, width = x.shape
    places = torch.arange(-radius, radius + 1, device=x.device).view(1, -1)
    kernel = torch.exp(-0.5 * (places / sigma.view(-1, 1)) ** 2)
    kernel = (kernel / kernel.sum(1, keepdim=True)).repeat_interleave(channels, 0)
    flat = x.reshape(1, n * channels, height, width)
    rows = F.pad(flat, (radius, radius, 0, 0), mode="replicate")
    flat = F.conv2d(rows, kernel.view(-1, 1, 1, 2 * radius + 1), groups=n * channels)
    columns = F.pad(flat, (0, 0, radius, radius), mode="replicate")
    flat = F.conv2d(columns, kernel.view(-1, 1, 2 * radius + 1, 1), groups=n * channels)
    return flat.view(n, channels, height, width)
