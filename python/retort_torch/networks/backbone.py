"""Encoders with their heads (docs/methods.md §2)."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..norm import Mode
from ..randomness import Random
from .layers import Encoder, Pass
from .mobilenet import MOBILENETS, plan_mobilenet
from .resnet import RESNETS, plan_resnet
from .vit import plan_vit
from .weights import ParameterPlan, Weights, linear_plans, norm_plans, statistics_plans

PROJECTION = 128


def plan_encoder(network: Mapping[str, Any], channels: int) -> Encoder:
    """Plans {"network": name, "width": multiplier}."""
    name, width = network["network"], network["width"]
    if name in RESNETS:
        return plan_resnet(name, width, channels)
    if name in MOBILENETS:
        return plan_mobilenet(name, width, channels)
    if name == "ViT":
        return plan_vit(name, width, channels)
    known = ", ".join([*RESNETS, *MOBILENETS, "ViT"])
    raise SystemExit(f"The network {name} is not in this package; it has {known}.")


@dataclass(frozen=True)
class HeadPlan:
    """FC-BN-ReLU-FC, or without BN as in MoCo-v2."""

    inputs: int
    hidden: int
    outputs: int
    norm: bool = True

    def parameters(self, name: str) -> List[ParameterPlan]:
        middle = norm_plans(f"{name}/hidden", self.hidden) if self.norm else []
        return [
            *linear_plans(f"{name}/hidden", self.inputs, self.hidden),
            *middle,
            *linear_plans(f"{name}/out", self.hidden, self.outputs),
        ]

    def statistics(self, name: str) -> List[ParameterPlan]:
        return statistics_plans(f"{name}/hidden", self.hidden) if self.norm else []

    def forward(self, run: Pass, name: str, x: Tensor) -> Tensor:
        """[n, inputs] -> [n, outputs]."""
        hidden = run.linear(f"{name}/hidden", x)
        return run.linear(f"{name}/out", F.relu(run.normalize(f"{name}/hidden", hidden) if self.norm else hidden))


def head_width(student_features: int) -> int:
    return min(1024, max(256, 4 * student_features))


class Backbone(nn.Module):
    """Encoder f and projector g, the part of a network that has a momentum copy."""

    def __init__(self, encoder: Encoder, projector: Optional[HeadPlan], random: Random, amp: bool = False) -> None:
        super().__init__()
        self.encoder, self.projector, self.amp = encoder, projector, amp
        parameters, statistics = list(encoder.parameters), list(encoder.statistics)
        if projector:
            parameters += projector.parameters("projector")
            statistics += projector.statistics("projector")
        self.weights = Weights(parameters, random)
        self.statistics = Weights(statistics, random, trainable=False)

    @property
    def dimension(self) -> int:
        return self.projector.outputs if self.projector else self.encoder.features

    def forward(self, images: Tensor, mode: Mode) -> Tuple[Tensor, Tensor]:
        """Features [n, features] and projections [n, dimension] of images [n, channels, H, W], in float32."""
        features = self.features(images, mode)
        return features, self.project(features, mode)

    def features(self, images: Tensor, mode: Mode) -> Tensor:
        with torch.autocast(images.device.type, torch.bfloat16, enabled=self.amp):
            return self.encoder.forward(self._pass(mode), images).float()

    def project(self, features: Tensor, mode: Mode) -> Tensor:
        """Without a projector the features themselves."""
        if not self.projector:
            return features
        with torch.autocast(features.device.type, torch.bfloat16, enabled=self.amp):
            return self.projector.forward(self._pass(mode), "projector", features).float()

    def momentum_copy(self) -> Backbone:
        """A copy that follows by `Weights.follow` and has no gradients."""
        twin = copy.copy(self)
        nn.Module.__init__(twin)
        twin.encoder, twin.projector, twin.amp = self.encoder, self.projector, self.amp
        twin.weights, twin.statistics = copy.deepcopy(self.weights), copy.deepcopy(self.statistics)
        return twin.requires_grad_(False)

    def load(self, values: Mapping[str, np.ndarray]) -> None:
        self.weights.load(values)
        self.statistics.load(values)

    def values(self) -> Dict[str, np.ndarray]:
        return {**self.weights.values(), **self.statistics.values()}

    def _pass(self, mode: Mode) -> Pass:
        return Pass(self.weights, self.statistics, mode)


class Predictors(nn.Module):
    """Predictors q by name, on projections. They use batch statistics and keep no running ones."""

    def __init__(self, names: Sequence[str], plan: HeadPlan, random: Random, amp: bool = False) -> None:
        super().__init__()
        self.plan, self.amp = plan, amp
        self.weights = Weights([p for name in names for p in plan.parameters(name)], random)
        self.statistics = Weights([p for name in names for p in plan.statistics(name)], random, trainable=False)

    def forward(self, name: str, projections: Tensor, mode: Mode) -> Tensor:
        """[n, dimension] -> the same shape."""
        run = Pass(self.weights, self.statistics, Mode("frozen", mode.groups))
        with torch.autocast(projections.device.type, torch.bfloat16, enabled=self.amp):
            return self.plan.forward(run, name, projections).float()


class LabeledNetwork(nn.Module):
    """An encoder with a linear classifier on its features."""

    def __init__(self, encoder: Encoder, classes: int, random: Random, amp: bool = False) -> None:
        super().__init__()
        self.backbone = Backbone(encoder, None, random.fork(0), amp)
        self.classifier = Weights(linear_plans("classifier", encoder.features, classes), random.fork(1))

    def forward(self, images: Tensor, mode: Mode) -> Tuple[Tensor, Tensor]:
        """Features [n, features] and logits [n, classes], in float32."""
        features = self.backbone.features(images, mode)
        return features, self.logits(features)

    def logits(self, features: Tensor) -> Tensor:
        return features @ self.classifier["classifier/weight"] + self.classifier["classifier/bias"]


class Probe(nn.Module):
    """A linear classifier that learns alongside an encoder, from features without gradient."""

    def __init__(self, features: int, classes: int, random: Random) -> None:
        super().__init__()
        self.store = Weights(linear_plans("probe", features, classes), random)

    def logits(self, features: Tensor) -> Tensor:
        return features @ self.store["probe/weight"] + self.store["probe/bias"]
