"""BYOL (Grill et al. 2020; docs/methods.md §1.1), for a student or for a teacher."""

from __future__ import annotations

from typing import Dict, List, Optional

from torch import Tensor

from ..losses import Pair, byol_loss
from ..randomness import Random
from .learner import Learner
from .task import Outcome, Probed, Recipe, Step, Task, Trainee

PREDICTOR = "target3"


def byol_gradients(learner: Learner, images: Tensor, step: Step, targets: Pair) -> Outcome:
    return learner.differentiate(images, step, lambda predict, _: (byol_loss(predict(PREDICTOR), targets), {}))


class ByolTask(Task):
    """Momentum update, targets, forward and backward, optimizer step."""

    def __init__(
        self, views: List[Recipe], learner: Learner, role: str, classes: int, random: Optional[Random]
    ) -> None:
        super().__init__()
        self.views, self.learner, self.role = views, learner, role
        setattr(self, role, Probed(learner.online, classes, random))

    @property
    def trainees(self) -> List[Trainee]:
        return [self.learner.trainee]

    def step(self, step: Step) -> Dict[str, Tensor]:
        learner, probed = self.learner, self.student or self.teacher
        learner.follow(step.scalars.tau)
        images = step.render(self.views, None)
        done = byol_gradients(learner, images, step, learner.momentum_targets(images, step))
        rate = step.scalars.student_rate if self.role == "student" else step.scalars.teacher_rate
        learner.trainee.apply(rate)
        assert probed is not None
        probed.learn(done.kept["features"], step)
        return {f"{self.role}Loss": done.total}
