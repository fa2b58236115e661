"""What all networks are made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, List, Tuple

import torch.nn.functional as F
from torch import Tensor

from ..norm import Mode, batch_norm
from .weights import ParameterPlan, Weights


@dataclass(frozen=True)
class Pass:
    """The parameters, statistics and mode of a forward pass."""

    parameters: Weights
    statistics: Weights
    mode: Mode

    def convolve(self, name: str, x: Tensor, stride: int = 1) -> Tensor:
        """Without bias, padded by (kernel - 1) / 2. [n, from, H, W] -> [n, to, ceil(H / stride), ceil(W / stride)]."""
        weight = self.parameters[f"{name}/filter"]
        return F.conv2d(x, weight, stride=stride, padding=(weight.shape[2] - 1) // 2)

    def depthwise(self, name: str, x: Tensor, stride: int) -> Tensor:
        """A filter for each channel, with TensorFlow's padding "same". Shapes as for `convolve`."""
        weight = self.parameters[f"{name}/filter"]
        before_y, after_y = same_padding(x.shape[2], weight.shape[2], stride)
        before_x, after_x = same_padding(x.shape[3], weight.shape[3], stride)
        padded = F.pad(x, (before_x, after_x, before_y, after_y))
        return F.conv2d(padded, weight, stride=stride, groups=x.shape[1])

    def normalize(self, name: str, x: Tensor) -> Tensor:
        """Batch norm of the layer `name`. Same shape as x."""
        p, s = self.parameters, self.statistics
        return batch_norm(x, p[f"{name}/gamma"], p[f"{name}/beta"], self.mode, s[f"{name}/mean"], s[f"{name}/variance"])

    def linear(self, name: str, x: Tensor) -> Tensor:
        """x W + b. [n, from] -> [n, to]."""
        return x @ self.parameters[f"{name}/weight"] + self.parameters[f"{name}/bias"]


def same_padding(size: int, kernel: int, stride: int) -> Tuple[int, int]:
    """Zeros before and after; an odd one is added at the end."""
    out = -(-size // stride)
    whole = max(0, (out - 1) * stride + kernel - size)
    return whole // 2, whole - whole // 2


@dataclass(frozen=True)
class Encoder:
    """A network up to its pooled features, as data.

    features: the length of the pooled vector; stages: for each block its stage, counted from 1;
    forward: images [n, channels, H, W] -> [n, features].
    """

    name: str
    features: int
    parameters: List[ParameterPlan]
    statistics: List[ParameterPlan]
    stages: List[int]
    forward: Callable[[Pass, Tensor], Tensor]


def pooled(x: Tensor) -> Tensor:
    """The mean over places. [n, C, H, W] -> [n, C]."""
    return x.mean((2, 3))


def stages_of(shrinks: List[bool]) -> List[int]:
    """The stage of each block: a stage begins where the feature map shrinks."""
    return [1 + sum(shrinks[: block + 1]) for block in range(len(shrinks))]
