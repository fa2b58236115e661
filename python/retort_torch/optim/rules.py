"""The update rules of an experiment (docs/methods.md §3.1), PyTorch's own where they are the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Callable, Dict, List, Mapping, Optional, Tuple

import torch
from torch import nn

from ..networks.layers import Encoder
from .lars import Lars
from .shampoo import Shampoo

_BETA2 = 0.999
_LEAST_NORM = 1e-12
TRANSFER_RATES: Mapping[str, Tuple[float, ...]] = {
    "resnet": (0.1, 0.1, 0.2, 0.2, 0.3),
    "detection": (0.05, 0.05, 0.05, 0.1, 0.15),
    "mobilenet": (0.25, 0.25, 0.5, 0.5, 0.75),
}
"""Factors on the rate from the stem to the last stage (docs/methods.md §9)."""


@dataclass(frozen=True)
class Rule:
    """The settings of an optimizer without its rates; rate_factor gives the factor of a parameter by its name."""

    settings: Mapping[str, Any]
    weight_decay: float
    rate_factor: Optional[Callable[[str], float]] = None


def rule_for(optimizer: Mapping[str, Any], role: str, encoder: Encoder) -> Rule:
    """What updates an arm's student or teacher; only a student's layers differ in rate."""
    if role == "teacher":
        own = optimizer["teacherDecay"] == "own"
        return Rule(optimizer, optimizer["teacherWeightDecay"] if own else optimizer["weightDecay"])
    if optimizer["layerRates"] == "uniform":
        return Rule(optimizer, optimizer["weightDecay"])
    factors = TRANSFER_RATES[optimizer["layerRates"]]

    def rate_factor(name: str) -> float:
        group = layer_group(encoder, name)
        return 1.0 if group is None or group >= len(factors) else factors[group]

    return Rule(optimizer, optimizer["weightDecay"], rate_factor)


def layer_group(encoder: Encoder, name: str) -> Optional[int]:
    """0 for the stem, then the stage; None for a head."""
    layer = name.split("/")[0]
    if layer in ("stem", "patches"):
        return 0
    if layer == "last":
        return encoder.stages[-1]
    return encoder.stages[int(layer[len("block") :])] if layer[len("block") :].isdigit() else None


PLAIN_SGD: Mapping[str, Any] = {
    "kind": "sgd",
    "momentum": 0.9,
    "nesterov": False,
    "decayed": "all",
    "clip": "none",
    "clipNorm": 1,
}
"""What probes learn by."""


class Optimizer:
    """Updates named parameters by a rule, at a rate that each step gives."""

    def __init__(self, parameters: List[Tuple[str, nn.Parameter]], rule: Rule) -> None:
        self.parameters = [parameter for _, parameter in parameters]
        self.settings = settings = rule.settings
        groups: Dict[Tuple[float, float], List[nn.Parameter]] = {}
        for name, parameter in parameters:
            exempt = settings["kind"] != "lars" and settings["decayed"] == "weights" and parameter.dim() == 1
            factor = rule.rate_factor(name) if rule.rate_factor else 1.0
            groups.setdefault((0.0 if exempt else rule.weight_decay, factor), []).append(parameter)
        self.inner = _create(
            [{"params": some, "weight_decay": decay, "factor": factor} for (decay, factor), some in groups.items()],
            settings,
        )

    def step(self, rate: float) -> None:
        self._clip()
        for group in self.inner.param_groups:
            group["lr"] = rate * group["factor"]
        self.inner.step()
        self.inner.zero_grad(set_to_none=True)

    @torch.no_grad()
    def _clip(self) -> None:
        """Multiplies by min(1, limit / norm), of all together or of each."""
        kind, limit = self.settings["clip"], self.settings["clipNorm"]
        gradients = [p.grad for p in self.parameters if p.grad is not None]
        together = [gradients] if kind == "global" else [[g] for g in gradients] if kind == "each" else []
        for some in together:
            norm = torch.stack([g.square().sum() for g in some]).sum().sqrt()
            factor = (limit / norm.clamp_min(_LEAST_NORM)).clamp_max(1)
            for gradient in some:
                gradient.mul_(factor)


def _create(groups: List[Dict[str, Any]], settings: Mapping[str, Any]) -> torch.optim.Optimizer:
    kind, momentum = settings["kind"], settings["momentum"]
    if kind == "sgd":
        # torch refuses Nesterov's momentum without momentum, where it is plain SGD.
        return torch.optim.SGD(groups, lr=0.0, momentum=momentum, nesterov=settings["nesterov"] and momentum > 0)
    if kind == "lars":
        return Lars(groups, lr=0.0, momentum=momentum, weight_decay=0.0, rule=settings["larsRule"])
    if kind == "shampoo":
        return Shampoo(groups, lr=0.0, momentum=momentum, weight_decay=0.0)
    adam = torch.optim.AdamW if kind == "adamw" else torch.optim.Adam
    return adam(groups, lr=0.0, betas=(momentum, _BETA2))
