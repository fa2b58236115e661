"""A small vision transformer (Dosovitskiy et al. 2021, §3.1; docs/methods.md §2)."""

from __future__ import annotations

import math
from typing import List

import torch
import torch.nn.functional as F
from torch import Tensor

from .layers import Encoder, Pass
from .weights import ParameterPlan, linear_plans, norm_plans

PATCH = 4
_FULL_WIDTH, _HEADS, _BLOCKS, _EXPANSION = 96, 3, 4, 4
_EPSILON = 1e-6


def plan_vit(name: str, width: float, channels: int) -> Encoder:
    """A transformer of width 96 · `width`, which three heads and two axes of sines must be able to share."""
    d = int(_FULL_WIDTH * width)
    if d % (4 * _HEADS) or d != _FULL_WIDTH * width:
        raise SystemExit(f"Width {width} gives ViT {d} channels, which {_HEADS} heads cannot share.")
    plans: List[ParameterPlan] = linear_plans("patches", PATCH * PATCH * channels, d)
    for b in range(_BLOCKS):
        plans += norm_plans(f"block{b}/attention", d)
        for layer in ("query", "key", "value", "join"):
            plans += linear_plans(f"block{b}/{layer}", d, d)
        plans += norm_plans(f"block{b}/mlp", d)
        plans += linear_plans(f"block{b}/widen", d, _EXPANSION * d)
        plans += linear_plans(f"block{b}/narrow", _EXPANSION * d, d)

    def forward(run: Pass, images: Tensor) -> Tensor:
        patches = _patches(images)
        side = images.shape[2] // PATCH
        x = run.linear("patches", patches) + _sines(side, d).to(patches.device)
        for b in range(_BLOCKS):
            block = f"block{b}"
            x = x + _attention(run, block, _layer_norm(run, f"{block}/attention", x))
            wide = F.gelu(run.linear(f"{block}/widen", _layer_norm(run, f"{block}/mlp", x)))
            x = x + run.linear(f"{block}/narrow", wide)
        return _layer_norm(run, "last", x).mean(1)

    return Encoder(name, d, plans + norm_plans("last", d), [], list(range(1, _BLOCKS + 1)), forward)


def _patches(images: Tensor) -> Tensor:
    """The pixels of each patch, row by row, channels innermost. [n, C, H, W] -> [n, patches, 16 · C]."""
    n, channels, height, _ = images.shape
    side = height // PATCH
    cut = images[:, :, : side * PATCH, : side * PATCH].reshape(n, channels, side, PATCH, side, PATCH)
    return cut.permute(0, 2, 4, 3, 5, 1).reshape(n, side * side, PATCH * PATCH * channels)


def _sines(side: int, d: int) -> Tensor:
    """The fixed position embedding: sine and cosine of x, then of y, at d / 4 frequencies. [side², d]."""
    quarter = d // 4
    frequencies = 10_000.0 ** (-torch.arange(quarter, dtype=torch.float64) / quarter)
    places = torch.arange(side * side)
    x, y = (places % side).unsqueeze(1) * frequencies, (places // side).unsqueeze(1) * frequencies
    return torch.stack([x.sin(), x.cos(), y.sin(), y.cos()], 2).reshape(side * side, d).float()


def _layer_norm(run: Pass, name: str, x: Tensor) -> Tensor:
    return F.layer_norm(x, (x.shape[-1],), run.parameters[f"{name}/gamma"], run.parameters[f"{name}/beta"], _EPSILON)


def _attention(run: Pass, block: str, x: Tensor) -> Tensor:
    """softmax(QK'/sqrt(d/h)) V in each head, then a linear layer. [n, tokens, d] -> the same shape."""
    n, tokens, d = x.shape

    def heads(layer: str) -> Tensor:
        return run.linear(f"{block}/{layer}", x).reshape(n, tokens, _HEADS, d // _HEADS).transpose(1, 2)

    query, key, value = heads("query"), heads("key"), heads("value")
    weights = (query @ key.transpose(2, 3) / math.sqrt(d / _HEADS)).softmax(-1)
    return run.linear(f"{block}/join", (weights @ value).transpose(1, 2).reshape(n, tokens, d))
