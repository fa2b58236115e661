"""MoCo-v2 (He et al. 2020; Chen et al. 2020; docs/methods.md §1.3), for a student or for a teacher."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping

import torch
from torch import Tensor

from ..collectives import gathered
from ..losses import info_nce, pair_of
from ..optim.rules import Rule
from .learner import MomentumPair
from .task import Probed, Queue, Recipe, Step, Task, Trainee


class MocoTask(Task):
    """Momentum update, keys, loss with the queue as it was, optimizer step, keys into the queue.

    settings: temperature, queue, normGroups and symmetric.
    """

    shuffles = True

    def __init__(
        self,
        views: List[Recipe],
        settings: Mapping[str, Any],
        networks: MomentumPair,
        role: str,
        rule: Rule,
        classes: int,
        randoms: Mapping[str, Any],
    ) -> None:
        super().__init__()
        self.views, self.settings, self.networks, self.role = views, settings, networks, role
        self.queue = Queue(settings["queue"], networks.online.dimension, randoms["queue"])
        self.trainee = Trainee([networks.online], rule)
        setattr(self, role, Probed(networks.online, classes, randoms["probe"]))

    @property
    def trainees(self) -> List[Trainee]:
        return [self.trainee]

    def step(self, step: Step) -> Dict[str, Tensor]:
        settings, networks, queue = self.settings, self.networks, self.queue
        networks.follow(step.scalars.tau)
        images = step.render(self.views, None)
        v, v_prime = pair_of(images)
        symmetric, parts = settings["symmetric"], settings["normGroups"]
        keys = [self._keys(view, step) for view in ([v, v_prime] if symmetric else [v_prime])]
        shown = images if symmetric else v
        mode = step.mode("train", 2 if symmetric else 1, parts)
        temperature = settings["temperature"]

        def compute() -> Any:
            features, queries = networks.online(shown, mode)
            if symmetric:
                q = pair_of(queries)
                total = info_nce(q.v, keys[1], queue.rows, temperature)
                total = total + info_nce(q.v_prime, keys[0], queue.rows, temperature)
            else:
                total = info_nce(queries, keys[0], queue.rows, temperature)
            return total, {}, {"features": features}

        done = self.trainee.differentiate(compute)
        self.trainee.apply(step.scalars.student_rate if self.role == "student" else step.scalars.teacher_rate)
        for some in keys:
            queue.enter(gathered(some))
        probed = self.student or self.teacher
        assert probed is not None
        probed.learn(done.kept["features"], step)
        return {f"{self.role}Loss": done.total}

    @torch.no_grad()
    def _keys(self, images: Tensor, step: Step) -> Tensor:
        """Keys in shuffled groups. No image moves: an image's group is that of its place in the shuffled batch."""
        mode = step.mode("train", 1, self.settings["normGroups"], step.shuffled)
        return self.networks.momentum(images, mode)[1]
