"""What all methods share: the inputs of a step, networks that learn, and networks that are evaluated."""

from __future__ import annotations

from dataclasses import dataclass
from inspect import signature
from typing import Any, Callable, Dict, List, Mapping, Optional, Sequence, Tuple

import torch
from torch import Tensor, nn
from torch.nn.parallel import DistributedDataParallel

from ..collectives import Groups, Share, world_size
from ..losses import supervised_loss, unit_rows
from ..networks.backbone import Backbone, Probe
from ..networks.weights import Weights
from ..norm import Mode
from ..optim.rules import PLAIN_SGD, Optimizer, Rule
from ..randomness import Random
from ..schedules import Scalars

Recipe = Mapping[str, Any]


@dataclass
class Step:
    """The inputs of one step, of this process's share of the batch.

    labels: int64 [local]; render: recipes (and pixels per side) to their views, stacked, [views · local, C, H, W];
    shuffled: where each local image lies in the batch's shuffled order, int64 [local].
    """

    scalars: Scalars
    share: Share
    labels: Tensor
    render: Callable[[Sequence[Recipe], Optional[int]], Tensor]
    shuffled: Optional[Tensor] = None

    def mode(self, kind: str, views: int = 1, parts: int = 1, positions: Optional[Tensor] = None) -> Mode:
        """Batch norm by batch statistics, for stacked views in consecutive parts."""
        return Mode(kind, Groups.of(self.share, views, parts, positions, self.labels.device))


@dataclass
class Outcome:
    """A loss, the terms of it that are reported, and values that are needed afterwards, without gradient."""

    total: Tensor
    terms: Dict[str, Tensor]
    kept: Dict[str, Tensor]


_NEWER = "forward_sync_buffers" in signature(DistributedDataParallel).parameters
_SYNC_BUFFERS = "forward_sync_buffers" if _NEWER else "broadcast_buffers"
"""The keyword's name since PyTorch 2.13. Statistics span all processes, so these have equal ones."""


class _Forward(nn.Module):
    """The networks that learn together; DistributedDataParallel averages the gradients of whatever they compute."""

    def __init__(self, networks: Sequence[nn.Module]) -> None:
        super().__init__()
        self.networks = nn.ModuleList(networks)

    def forward(self, compute: Callable[[], Tuple[Tensor, Dict[str, Tensor], Dict[str, Tensor]]]) -> Any:
        return compute()


class Trainee:
    """Networks that learn together from one loss."""

    def __init__(self, networks: Sequence[nn.Module], rule: Rule) -> None:
        self.networks, self.rule = networks, rule
        self.optimizer: Optimizer
        self._forward: nn.Module

    def place(self) -> None:
        """Called once the networks are on their device."""
        # A cohort may train one network in several places of the list.
        stores = [store for network in self.networks for store in network.modules() if isinstance(store, Weights)]
        named = [(name, p) for store in stores for name, p in store.named().items() if isinstance(p, nn.Parameter)]
        for name, parameter in named:
            parameter.depthwise = name.endswith("depthwise/filter")  # type: ignore[attr-defined]
        self.optimizer = Optimizer(named, self.rule)
        forward: nn.Module = _Forward(self.networks)
        if world_size() > 1:
            forward = DistributedDataParallel(forward, **{_SYNC_BUFFERS: False})
        self._forward = forward

    def differentiate(self, compute: Callable[[], Tuple[Tensor, Dict[str, Tensor], Dict[str, Tensor]]]) -> Outcome:
        """Runs `compute` (total, terms, kept) and leaves the gradients in the networks."""
        total, terms, kept = self._forward(compute)
        total.backward()
        return Outcome(
            total.detach(), {k: v.detach() for k, v in terms.items()}, {k: v.detach() for k, v in kept.items()}
        )

    def apply(self, rate: float) -> None:
        self.optimizer.step(rate)


class Queue(nn.Module):
    """The last embeddings, of unit length, first in, first out (He et al. 2020, §3.2). All processes hold the whole."""

    rows: Tensor
    pointer: Tensor

    def __init__(self, capacity: int, dimension: int, random: Random) -> None:
        super().__init__()
        start = torch.from_numpy(random.normals(capacity * dimension)).view(capacity, dimension)
        self.register_buffer("rows", unit_rows(start))
        self.register_buffer("pointer", torch.zeros((), dtype=torch.int64))

    def enter(self, rows: Tensor) -> None:
        """Replaces the oldest rows. rows: [batch, d] in the order of the batch."""
        places = (self.pointer + torch.arange(len(rows), device=rows.device)) % len(self.rows)
        self.rows[places] = unit_rows(rows)
        self.pointer.copy_((self.pointer + len(rows)) % len(self.rows))


class Probed(nn.Module):
    """A network that is evaluated, with a probe that learns alongside where linear accuracy is measured by one."""

    def __init__(
        self,
        backbone: Backbone,
        classes: int,
        random: Optional[Random],
        classifier: Optional[Callable[[Tensor], Tensor]] = None,
    ) -> None:
        super().__init__()
        # In tuples, so that the networks are not counted as parts of their evaluation.
        self._networks = (backbone, classifier)
        self.probe: Optional[Probe] = None
        self.trainees: List[Trainee] = []
        if random is not None:
            self.probe = Probe(backbone.encoder.features, classes, random)
            self.trainees = [Trainee([self.probe], Rule(PLAIN_SGD, 0.0))]

    @property
    def backbone(self) -> Backbone:
        return self._networks[0]

    @property
    def classifier(self) -> Optional[Callable[[Tensor], Tensor]]:
        return self._networks[1]

    def learn(self, features: Tensor, step: Step) -> None:
        """One step of the probe. features: [views · local, features], stacked views of the step's images."""
        if self.probe is None:
            return
        probe, labels = self.probe, step.labels.repeat(len(features) // len(step.labels))
        for trainee in self.trainees:
            trainee.differentiate(lambda: (supervised_loss(probe.logits(features), labels), {}, {}))
            trainee.apply(step.scalars.probe_rate)


class Task(nn.Module):
    """One method's networks and its step. Networks are named as on the page, so that traces and weights fit."""

    shuffles = False

    def __init__(self) -> None:
        super().__init__()
        self.student: Optional[Probed] = None
        self.teacher: Optional[Probed] = None

    @property
    def trainees(self) -> List[Trainee]:
        raise NotImplementedError

    def step(self, step: Step) -> Dict[str, Tensor]:
        """One update in place. Returns this share's losses by metric."""
        raise NotImplementedError

    def place(self, device: torch.device) -> Task:
        self.to(device)
        for trainee in self.all_trainees:
            trainee.place()
        return self

    @property
    def all_trainees(self) -> List[Trainee]:
        probed = [one for one in (self.student, self.teacher) if one is not None]
        return [*self.trainees, *(trainee for one in probed for trainee in one.trainees)]
