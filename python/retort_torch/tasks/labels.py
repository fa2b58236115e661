"""Networks with a classifier: supervised training, KD and SSLD (docs/methods.md §1.8, §1.11)."""

from __future__ import annotations

from typing import Any, Callable, Dict, List, Mapping, Optional, Sequence, Tuple

import torch
from torch import Tensor, nn

from ..losses import kd_terms, ssld_loss, supervised_loss
from ..networks.backbone import LabeledNetwork
from ..norm import EVALUATE
from ..optim.rules import Rule
from ..randomness import Random
from .task import Probed, Recipe, Step, Task, Trainee

Loss = Callable[[Tensor, Tensor, Tensor], Tuple[Tensor, Dict[str, Tensor]]]
"""student's and teacher's logits [n, classes], labels int64 [n] -> (total, terms)"""


class SupervisedTask(Task):
    """Cross-entropy on the first view of every image, for a student or for a teacher."""

    def __init__(
        self,
        views: List[Recipe],
        network: LabeledNetwork,
        role: str,
        rule: Rule,
        classes: int,
        random: Optional[Random],
    ) -> None:
        super().__init__()
        self.views, self.network, self.role = views[:1], network, role
        self.trainee = Trainee([network], rule)
        setattr(self, role, Probed(network.backbone, classes, random, network.logits))

    @property
    def trainees(self) -> List[Trainee]:
        return [self.trainee]

    def step(self, step: Step) -> Dict[str, Tensor]:
        images, mode = step.render(self.views, None), step.mode("train")

        def compute() -> Any:
            features, logits = self.network(images, mode)
            return supervised_loss(logits, step.labels), {}, {"features": features}

        done = self.trainee.differentiate(compute)
        self.trainee.apply(step.scalars.student_rate if self.role == "student" else step.scalars.teacher_rate)
        probed = self.student or self.teacher
        assert probed is not None
        probed.learn(done.kept["features"], step)
        return {f"{self.role}Loss": done.total}


class ImitationTask(Task):
    """A student that imitates the logits of a frozen teacher on the same view."""

    def __init__(
        self,
        views: List[Recipe],
        loss: Loss,
        network: LabeledNetwork,
        teachers: Sequence[LabeledNetwork],
        teacher_batch_norm: str,
        rule: Rule,
        classes: int,
        random: Optional[Random],
    ) -> None:
        super().__init__()
        self.views, self.loss, self.network = views[:1], loss, network
        self.teachers = nn.ModuleList(teachers)
        self.teacher_batch_norm = teacher_batch_norm
        self.trainee = Trainee([network], rule)
        self.student = Probed(network.backbone, classes, random, network.logits)

    @property
    def trainees(self) -> List[Trainee]:
        return [self.trainee]

    def step(self, step: Step) -> Dict[str, Tensor]:
        images, mode = step.render(self.views, None), step.mode("train")
        taught = EVALUATE if self.teacher_batch_norm == "eval" else step.mode("frozen")
        with torch.no_grad():
            goal = self.teachers[0](images, taught)[1]

        def compute() -> Any:
            features, logits = self.network(images, mode)
            total, terms = self.loss(logits, goal, step.labels)
            return total, terms, {"features": features}

        done = self.trainee.differentiate(compute)
        self.trainee.apply(step.scalars.student_rate)
        assert self.student is not None
        self.student.learn(done.kept["features"], step)
        return {"studentLoss": done.total, **done.terms}


def kd(scheme: Mapping[str, Any]) -> Loss:
    alpha, settings = scheme["alpha"], (scheme["temperature"], scheme["scaling"], scheme["standardized"])

    def loss(student: Tensor, teacher: Tensor, labels: Tensor) -> Tuple[Tensor, Dict[str, Tensor]]:
        own, imitation = kd_terms(student, teacher, labels, *settings)
        return (1 - alpha) * own + alpha * imitation, {"labelLoss": own, "distillationLoss": imitation}

    return loss


def ssld(scheme: Mapping[str, Any]) -> Loss:
    divergence, standardized = scheme["divergence"], scheme["standardized"]
    return lambda student, teacher, _: (ssld_loss(divergence, student, teacher, standardized), {})


def ssld_views(scheme: Mapping[str, Any], views: List[Recipe]) -> List[Recipe]:
    """With `autoAugment` the shared view also goes through AutoAugment."""
    return [{**views[0], "policy": "autoAugment"}] if scheme["autoAugment"] else views


def ssld_rule(scheme: Mapping[str, Any], rule: Rule) -> Rule:
    """Stronger augmentation goes with half the weight decay."""
    return Rule(rule.settings, rule.weight_decay / 2, rule.rate_factor) if scheme["autoAugment"] else rule
