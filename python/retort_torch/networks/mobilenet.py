"""MobileNetV3 (Howard et al. 2019, tables 1 and 2) for small images (docs/methods.md §2)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Dict, List, Tuple

import torch.nn.functional as F
from torch import Tensor

from .layers import Encoder, Pass, pooled, stages_of
from .weights import ParameterPlan, filter_plan, linear_plans, norm_plans, statistics_plans

Row = Tuple[int, int, int, int, str, int]
"""kernel, expansion, outputs, squeeze-and-excitation, activation, stride"""

_SMALL: List[Row] = [
    (3, 16, 16, 1, "relu", 1),
    (3, 72, 24, 0, "relu", 2),
    (3, 88, 24, 0, "relu", 1),
    (5, 96, 40, 1, "hard", 2),
    (5, 240, 40, 1, "hard", 1),
    (5, 120, 48, 1, "hard", 1),
    (5, 288, 96, 1, "hard", 2),
    (5, 576, 96, 1, "hard", 1),
]
_LARGE: List[Row] = [
    (3, 16, 16, 0, "relu", 1),
    (3, 64, 24, 0, "relu", 2),
    (3, 72, 24, 0, "relu", 1),
    (5, 72, 40, 1, "relu", 2),
    (5, 120, 40, 1, "relu", 1),
    (5, 120, 40, 1, "relu", 1),
    (3, 240, 80, 0, "hard", 2),
    (3, 200, 80, 0, "hard", 1),
    (3, 184, 80, 0, "hard", 1),
    (3, 184, 80, 0, "hard", 1),
    (3, 480, 112, 1, "hard", 1),
    (3, 672, 112, 1, "hard", 1),
    (5, 672, 160, 1, "hard", 1),
    (5, 960, 160, 1, "hard", 1),
    (5, 960, 160, 1, "hard", 1),
]
MOBILENETS: Dict[str, Tuple[List[Row], int]] = {"MBV3s": (_SMALL, 576), "MBV3l": (_LARGE, 960)}
_STEM, _DIVISOR, _SQUEEZE = 16, 8, 4


@dataclass(frozen=True)
class InvertedResidual:
    name: str
    kernel: int
    inputs: int
    expansion: int
    outputs: int
    squeezed: int
    activation: str
    stride: int

    @property
    def is_residual(self) -> bool:
        return self.inputs == self.outputs and self.stride == 1


def _half_up(x: float) -> int:
    return math.floor(x + 0.5)


def plan_mobilenet(name: str, width: float, channels: int) -> Encoder:
    """width multiplies all channels, which are rounded to multiples of 8."""

    def scaled(full: int) -> int:
        return _DIVISOR * max(1, _half_up(full * width / _DIVISOR))

    rows, last_full = MOBILENETS[name]
    stem, last = scaled(_STEM), scaled(last_full)
    inputs, blocks = stem, []
    for b, (kernel, expansion, outputs, squeeze, activation, stride) in enumerate(rows):
        wide = scaled(expansion)
        squeezed = max(1, _half_up(wide / _SQUEEZE)) if squeeze else 0
        blocks.append(
            InvertedResidual(f"block{b}", kernel, inputs, wide, scaled(outputs), squeezed, activation, stride)
        )
        inputs = blocks[-1].outputs

    def forward(run: Pass, images: Tensor) -> Tensor:
        x = F.hardswish(run.normalize("stem", run.convolve("stem", images)))
        for block in blocks:
            x = _run_block(run, block, x)
        return pooled(F.hardswish(run.normalize("last", run.convolve("last", x))))

    widths = [("stem", stem)]
    for block in blocks:
        widths += [(f"{block.name}/{part}", block.expansion) for part in ("expand", "depthwise")]
        widths.append((f"{block.name}/project", block.outputs))
    return Encoder(
        name,
        last,
        [filter_plan("stem", (3, 3, channels, stem), 9 * stem), *norm_plans("stem", stem)]
        + [plan for block in blocks for plan in _block_plans(block)]
        + _pointwise("last", inputs, last),
        [plan for layer, size in [*widths, ("last", last)] for plan in statistics_plans(layer, size)],
        stages_of([block.stride == 2 for block in blocks]),
        forward,
    )


def _run_block(run: Pass, block: InvertedResidual, x: Tensor) -> Tensor:
    """[n, inputs, H, W] -> [n, outputs, H / stride, W / stride]."""
    active = F.relu if block.activation == "relu" else F.hardswish
    name = block.name
    wide = active(run.normalize(f"{name}/expand", run.convolve(f"{name}/expand", x)))
    y = active(run.normalize(f"{name}/depthwise", run.depthwise(f"{name}/depthwise", wide, block.stride)))
    if block.squeezed:
        gate = F.hardsigmoid(run.linear(f"{name}/excite", F.relu(run.linear(f"{name}/squeeze", pooled(y)))))
        y = y * gate[:, :, None, None]
    y = run.normalize(f"{name}/project", run.convolve(f"{name}/project", y))
    return x + y if block.is_residual else y


def _pointwise(name: str, inputs: int, outputs: int) -> List[ParameterPlan]:
    return [filter_plan(name, (1, 1, inputs, outputs), outputs), *norm_plans(name, outputs)]


def _block_plans(b: InvertedResidual) -> List[ParameterPlan]:
    plans = _pointwise(f"{b.name}/expand", b.inputs, b.expansion)
    plans.append(filter_plan(f"{b.name}/depthwise", (b.kernel, b.kernel, b.expansion, 1), b.kernel * b.kernel))
    plans += norm_plans(f"{b.name}/depthwise", b.expansion)
    if b.squeezed:
        plans += linear_plans(f"{b.name}/squeeze", b.expansion, b.squeezed)
        plans += linear_plans(f"{b.name}/excite", b.squeezed, b.expansion)
    return plans + _pointwise(f"{b.name}/project", b.expansion, b.outputs)
