"""Residual networks (He et al. 2016): the page's, for small images, and torchvision's shape, for large ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Dict, List, Optional, Sequence, Tuple

import torch.nn.functional as F
from torch import Tensor

from .layers import Encoder, Pass, pooled, stages_of
from .weights import ParameterPlan, filter_plan, norm_plans, statistics_plans

_STAGE_WIDTHS = 64, 128, 256, 512
_EXPANSION = 4
RESNETS: Dict[str, Tuple[str, Sequence[int]]] = {
    "R8": ("basic", (1, 1, 1)),
    "R18": ("basic", (2, 2, 2, 2)),
    "R26b": ("bottleneck", (2, 2, 2, 2)),
    "R50": ("bottleneck", (3, 4, 6, 3)),
    "resnet18": ("basic", (2, 2, 2, 2)),
    "resnet50": ("bottleneck", (3, 4, 6, 3)),
}
"""Names in lower case have torchvision's stem: 7 x 7 with stride 2, then max-pool."""


@dataclass(frozen=True)
class Convolution:
    """Without bias, followed by a batch norm."""

    name: str
    kernel: int
    stride: int
    inputs: int
    outputs: int


@dataclass(frozen=True)
class Block:
    """ReLU between the convolutions of the path, and after the sum with the shortcut."""

    path: List[Convolution]
    shortcut: Optional[Convolution]


def _block(number: int, kind: str, inputs: int, inner: int, stride: int) -> Block:
    if kind == "basic":
        sizes = [(3, stride, inputs, inner), (3, 1, inner, inner)]
    else:
        sizes = [(1, 1, inputs, inner), (3, stride, inner, inner), (1, 1, inner, _EXPANSION * inner)]
    path = [Convolution(f"block{number}/conv{c}", *size) for c, size in enumerate(sizes)]
    outputs = path[-1].outputs
    same = inputs == outputs and stride == 1
    return Block(path, None if same else Convolution(f"block{number}/shortcut", 1, stride, inputs, outputs))


def plan_resnet(name: str, width: float, channels: int) -> Encoder:
    """width multiplies (64, 128, 256, 512), which must stay whole."""
    kind, depths = RESNETS[name]
    large = name.islower()
    widths = [full * width for full in _STAGE_WIDTHS[: len(depths)]]
    if any(w < 1 or w != int(w) for w in widths):
        raise SystemExit(f"Width {width} gives {name} stages of {widths} channels; they must be whole.")
    stem = Convolution("stem", 7 if large else 3, 2 if large else 1, channels, int(widths[0]))
    blocks: List[Block] = []
    inputs = stem.outputs
    for stage, depth in enumerate(depths):
        for i in range(depth):
            block = _block(len(blocks), kind, inputs, int(widths[stage]), 2 if stage > 0 and i == 0 else 1)
            blocks.append(block)
            inputs = block.path[-1].outputs
    all_convolutions = [stem] + [c for b in blocks for c in [*b.path, *([b.shortcut] if b.shortcut else [])]]

    def forward(run: Pass, images: Tensor) -> Tensor:
        def layer(c: Convolution, x: Tensor) -> Tensor:
            return run.normalize(c.name, run.convolve(c.name, x, c.stride))

        x = F.relu(layer(stem, images))
        if large:
            x = F.max_pool2d(x, 3, 2, 1)
        for block in blocks:
            identity = layer(block.shortcut, x) if block.shortcut else x
            for c in block.path[:-1]:
                x = F.relu(layer(c, x))
            x = F.relu(layer(block.path[-1], x) + identity)
        return pooled(x)

    return Encoder(
        name,
        inputs,
        [plan for c in all_convolutions for plan in _plans(c)],
        [plan for c in all_convolutions for plan in statistics_plans(c.name, c.outputs)],
        stages_of([any(c.stride == 2 for c in block.path) for block in blocks]),
        forward,
    )


def _plans(c: Convolution) -> List[ParameterPlan]:
    shape = (c.kernel, c.kernel, c.inputs, c.outputs)
    return [filter_plan(c.name, shape, c.kernel * c.kernel * c.outputs), *norm_plans(c.name, c.outputs)]


_TORCHVISION = {
    "filter": "weight",
    "gamma": "weight",
    "beta": "bias",
    "mean": "running_mean",
    "variance": "running_var",
}


def torchvision_name(network: str, name: str) -> str:
    """The name in torchvision's state_dict of a parameter or statistic of "resnet18" or "resnet50"."""
    *layers, last = name.split("/")
    kind = _TORCHVISION[last]
    if layers == ["stem"]:
        return f"conv1.{kind}" if last == "filter" else f"bn1.{kind}"
    block, stage = int(layers[0][len("block") :]), 0
    depths = RESNETS[network][1]
    while block >= depths[stage]:
        block, stage = block - depths[stage], stage + 1
    place = f"layer{stage + 1}.{block}"
    if layers[1] == "shortcut":
        return f"{place}.downsample.{0 if last == 'filter' else 1}.{kind}"
    number = int(layers[1][len("conv") :]) + 1
    return f"{place}.{'conv' if last == 'filter' else 'bn'}{number}.{kind}"
