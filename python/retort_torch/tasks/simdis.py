"""SimDis (Gu et al. 2021; docs/methods.md §1.2), with a teacher that is frozen or learns in the same steps."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple

import torch
from torch import Tensor

from ..losses import Pair, mean_of, networks_needed, pair_of, simdis_terms
from ..norm import EVALUATE
from .byol import byol_gradients
from .learner import Learner, Predict
from .task import Outcome, Probed, Recipe, Step, Task, Trainee


def predictor_of(heads: str, view: int) -> str:
    """One predictor per target view, or one for the student's own targets and one for the teacher's."""
    if heads == "two":
        return "studentTargets" if view <= 3 else "teacherTargets"
    return f"target{view}"


def predictors_of(heads: str, views: Sequence[int]) -> List[str]:
    return list(dict.fromkeys(predictor_of(heads, view) for view in views))


class Source(torch.nn.Module):
    """The teacher; `batch_norm` is "train" or "eval" where it is frozen."""

    def __init__(self, learner: Learner, online: bool, batch_norm: str = "train") -> None:
        super().__init__()
        self.learner, self.online, self.batch_norm = learner, online, batch_norm


class SimdisTask(Task):
    """Two backward passes, so that the student's loss cannot reach the teacher."""

    def __init__(
        self,
        views: List[Recipe],
        scheme: Mapping[str, Any],
        learner: Learner,
        source: Source,
        classes: int,
        randoms: Mapping[str, Any],
    ) -> None:
        super().__init__()
        self.views, self.heads, self.targets = views, scheme["heads"], sorted(scheme["targets"])
        self.learner, self.source = learner, source
        self.student = Probed(learner.online, classes, randoms["student"])
        if source.online:
            self.teacher = Probed(source.learner.online, classes, randoms["teacher"])

    @property
    def trainees(self) -> List[Trainee]:
        return [self.learner.trainee, *([self.source.learner.trainee] if self.source.online else [])]

    def step(self, step: Step) -> Dict[str, Tensor]:
        learner, source, scalars = self.learner, self.source, step.scalars
        needed = networks_needed(self.targets)
        learner.follow(scalars.tau)
        if source.online:
            source.learner.follow(scalars.tau)
        images = step.render(self.views, None)
        goals: Dict[str, Pair] = {}
        if "momentum_student" in needed:
            goals["momentum_student"] = learner.momentum_targets(images, step)
        taught = self._teach(images, step, goals)

        def loss_of(predict: Predict, own: Pair) -> Tuple[Tensor, Dict[str, Tensor]]:
            targets = {**goals, "student": own.detach()}
            terms = simdis_terms(self.targets, lambda view: predict(predictor_of(self.heads, view)), targets)
            total = mean_of(list(terms.values()))
            assert total is not None
            return total, {f"viewLoss{view}": term for view, term in terms.items()}

        done = learner.differentiate(images, step, loss_of)
        losses = {"studentLoss": done.total, **done.terms}
        if taught:
            source.learner.trainee.apply(scalars.teacher_rate)
            losses["teacherLoss"] = taught.total
        learner.trainee.apply(scalars.student_rate)
        if taught and self.teacher:
            self.teacher.learn(taught.kept["features"], step)
        assert self.student is not None
        self.student.learn(done.kept["features"], step)
        return losses

    def _teach(self, images: Tensor, step: Step, goals: Dict[str, Pair]) -> Optional[Outcome]:
        """Adds the teacher's targets to `goals`. Leaves the gradients of a teacher that learns."""
        source, needed = self.source, networks_needed(self.targets)
        learner = source.learner
        if source.online:
            momentum = learner.momentum_targets(images, step)
            done = byol_gradients(learner, images, step, momentum)
            goals.update(momentum_teacher=momentum, teacher=pair_of(done.kept["projections"]))
            return done
        mode = EVALUATE if source.batch_norm == "eval" else step.mode("frozen", 2)
        with torch.no_grad():
            for name, network in (("teacher", learner.online), ("momentum_teacher", learner.momentum)):
                if name in needed:
                    goals[name] = pair_of(network(images, mode)[1])
        return None
