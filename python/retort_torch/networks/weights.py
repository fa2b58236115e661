"""Parameters by the page's names, and their initial values."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Dict, List, Mapping, Sequence, Tuple

import numpy as np
import torch
from torch import Tensor, nn

from ..randomness import Random

Shape = Tuple[int, ...]


@dataclass(frozen=True)
class ParameterPlan:
    """A parameter's name, its shape in the page's layout, and the distribution of its initial values.

    kind: "he-normal" (variance 2 / bound, the fan-out), "uniform" (within ±bound) or "constant" (bound).
    """

    name: str
    shape: Shape
    kind: str
    bound: float


def linear_plans(name: str, inputs: int, outputs: int) -> List[ParameterPlan]:
    """A linear layer, weight [from, to] and bias [to], uniform in ±1/sqrt(from)."""
    bound = 1 / math.sqrt(inputs)
    return [
        ParameterPlan(f"{name}/weight", (inputs, outputs), "uniform", bound),
        ParameterPlan(f"{name}/bias", (outputs,), "uniform", bound),
    ]


def norm_plans(name: str, channels: int) -> List[ParameterPlan]:
    return [
        ParameterPlan(f"{name}/gamma", (channels,), "constant", 1),
        ParameterPlan(f"{name}/beta", (channels,), "constant", 0),
    ]


def statistics_plans(name: str, channels: int) -> List[ParameterPlan]:
    return [
        ParameterPlan(f"{name}/mean", (channels,), "constant", 0),
        ParameterPlan(f"{name}/variance", (channels,), "constant", 1),
    ]


def filter_plan(name: str, shape: Shape, fan_out: int) -> ParameterPlan:
    return ParameterPlan(f"{name}/filter", shape, "he-normal", fan_out)


def is_depthwise(name: str) -> bool:
    return name.endswith("depthwise/filter")


def to_torch(name: str, values: np.ndarray) -> Tensor:
    """The page's layout to PyTorch's: filters [k, k, from, to] -> [to, from, k, k], everything else as it is."""
    tensor = torch.from_numpy(np.array(values))
    if tensor.dim() != 4:
        return tensor
    return tensor.permute((2, 3, 0, 1) if is_depthwise(name) else (3, 2, 0, 1)).contiguous()


def from_torch(name: str, tensor: Tensor) -> np.ndarray:
    """The reverse of `to_torch`."""
    tensor = tensor.detach().float().cpu()
    if tensor.dim() == 4:
        tensor = tensor.permute((2, 3, 0, 1) if is_depthwise(name) else (2, 3, 1, 0))
    return np.ascontiguousarray(tensor.numpy())


def stream_of(name: str) -> int:
    """FNV-1a over a parameter's name, which keys the stream that its initial values come from."""
    value = 0x811C9DC5
    for character in name:
        value = ((value ^ ord(character)) * 0x01000193) & 0xFFFFFFFF
    return value


def initial_values(plan: ParameterPlan, random: Random) -> np.ndarray:
    """float32 of the plan's shape, in the page's layout."""
    count = int(np.prod(plan.shape))
    if plan.kind == "he-normal":
        flat = random.normals(count, stream_of(plan.name)).astype(np.float64) * math.sqrt(2 / plan.bound)
    elif plan.kind == "uniform":
        flat = (2 * random.uniforms(count, stream_of(plan.name)).astype(np.float64) - 1) * plan.bound
    else:
        flat = np.full(count, plan.bound)
    return flat.astype(np.float32).reshape(plan.shape)


class Weights(nn.Module):
    """Tensors by the page's names: trainable parameters, or running statistics as buffers."""

    def __init__(self, plans: Sequence[ParameterPlan], random: Random, trainable: bool = True) -> None:
        super().__init__()
        self.plans = list(plans)
        for plan in plans:
            values = to_torch(plan.name, initial_values(plan, random))
            if trainable:
                self.register_parameter(plan.name, nn.Parameter(values))
            else:
                self.register_buffer(plan.name, values)

    def __getitem__(self, name: str) -> Tensor:
        found = self._parameters.get(name)
        return self._buffers[name] if found is None else found  # type: ignore[return-value]

    def named(self) -> Dict[str, Tensor]:
        return {plan.name: self[plan.name] for plan in self.plans}

    @torch.no_grad()
    def load(self, values: Mapping[str, np.ndarray]) -> None:
        """Loads values in the page's layout by name; names that are not in this network are ignored."""
        for plan in self.plans:
            given = values.get(plan.name)
            if given is None:
                raise SystemExit(f"The weights do not fit: {plan.name} is missing.")
            if tuple(given.shape) != plan.shape:
                raise SystemExit(
                    f"The weights do not fit: {plan.name} is {list(given.shape)} where {list(plan.shape)} is needed."
                )
            self[plan.name].copy_(to_torch(plan.name, given))

    def values(self) -> Dict[str, np.ndarray]:
        """All values in the page's layout."""
        return {name: from_torch(name, tensor) for name, tensor in self.named().items()}

    @torch.no_grad()
    def follow(self, other: Weights, tau: float) -> None:
        """The momentum update: this <- tau · this + (1 - tau) · other."""
        for name, tensor in self.named().items():
            tensor.mul_(tau).add_(other[name], alpha=1 - tau)
