"""SEED (Fang et al. 2021, §3.2; docs/methods.md §1.4)."""

from __future__ import annotations

import math
from typing import Any, Dict, List, Mapping

import torch
from torch import Tensor, nn

from ..collectives import gathered
from ..losses import mean_of, seed_loss
from ..networks.backbone import Backbone
from ..norm import EVALUATE
from ..optim.rules import Rule
from .task import Probed, Queue, Recipe, Step, Task, Trainee

_PATCH_AREA = {"min": 0.05, "max": 0.4}
_PATCH_SIDE = 0.5625


def patch_side(size: int) -> int:
    """Pixels per side of a small patch: 18 of 32."""
    return math.floor(_PATCH_SIDE * size + 0.5)


class SeedTask(Task):
    """Both networks see the same crops; the teacher is frozen and uses its running statistics."""

    def __init__(
        self,
        views: List[Recipe],
        size: int,
        scheme: Mapping[str, Any],
        network: Backbone,
        teacher_network: Backbone,
        rule: Rule,
        classes: int,
        randoms: Mapping[str, Any],
    ) -> None:
        super().__init__()
        self.views, self.size, self.scheme = views, size, scheme
        self.network, self.teacher_network = network, teacher_network
        kinds = range(2 if scheme["patches"] > 0 else 1)
        random = randoms["queue"]
        self.queues = nn.ModuleList(
            [Queue(scheme["queue"], teacher_network.dimension, random.fork(kind)) for kind in kinds]
        )
        self.trainee = Trainee([network], rule)
        self.student = Probed(network, classes, randoms["probe"])

    @property
    def trainees(self) -> List[Trainee]:
        return [self.trainee]

    def step(self, step: Step) -> Dict[str, Tensor]:
        scheme = self.scheme
        crops = [step.render(self.views[:1], None)]
        if scheme["patches"] > 0:
            recipe = {**self.views[0], "scale": _PATCH_AREA}
            crops.append(step.render([recipe] * scheme["patches"], patch_side(self.size)))
        with torch.no_grad():
            targets = [self.teacher_network(images, EVALUATE)[1] for images in crops]
        modes = [step.mode("train", len(images) // len(step.labels)) for images in crops]

        def compute() -> Any:
            embedded = [self.network(images, mode) for images, mode in zip(crops, modes)]
            losses = [
                seed_loss(projections, target, queue.rows, scheme["temperature"], scheme["teacherTemperature"])
                for (_, projections), target, queue in zip(embedded, targets, self.queues)
            ]
            terms = dict(zip(("wholeLoss", "patchLoss"), losses)) if len(losses) > 1 else {}
            return mean_of(losses), terms, {"features": embedded[0][0]}

        done = self.trainee.differentiate(compute)
        self.trainee.apply(step.scalars.student_rate)
        for target, queue in zip(targets, self.queues):
            views = len(target) // len(step.labels)
            for_all = [gathered(part) for part in target.chunk(views)]
            queue.enter(torch.cat(for_all))
        assert self.student is not None
        self.student.learn(done.kept["features"], step)
        return {"studentLoss": done.total, **done.terms}
