"""Deep mutual learning (Zhang et al. 2018; docs/methods.md §1.9)."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, Optional, Sequence

import torch
from torch import Tensor, nn

from ..losses import mutual_loss, mutual_terms
from ..networks.backbone import LabeledNetwork
from ..optim.rules import Rule
from ..randomness import Random
from .task import Probed, Recipe, Step, Task, Trainee

_TERMS = "labelLoss", "mutualEnsemble", "mutualPeerEntropy"


class MutualTask(Task):
    """A cohort that learns from the labels and from each other. The first member is the student."""

    def __init__(
        self,
        views: List[Recipe],
        scheme: Mapping[str, Any],
        members: Sequence[LabeledNetwork],
        rule: Rule,
        classes: int,
        random: Optional[Random],
    ) -> None:
        super().__init__()
        self.views, self.order = views[:1], scheme["order"]
        self.members = nn.ModuleList(members)
        together = [list(members)] if self.order == "simultaneous" else [[member] for member in members]
        self._trainees = [Trainee(some, rule) for some in together]
        self.student = Probed(members[0].backbone, classes, random, members[0].logits)

    @property
    def trainees(self) -> List[Trainee]:
        return self._trainees

    def step(self, step: Step) -> Dict[str, Tensor]:
        images = step.render(self.views, None)
        if self.order == "simultaneous":
            losses, features = self._step_simultaneously(images, step)
        else:
            losses, features = self._step_sequentially(images, step)
        assert self.student is not None
        self.student.learn(features, step)
        return losses

    def _step_simultaneously(self, images: Tensor, step: Step) -> Any:
        """One backward pass for the sum of all losses; gradients through peers are stopped."""

        def compute() -> Any:
            outputs = [member(images, step.mode("train")) for member in self.members]
            logits = [own for _, own in outputs]
            losses = [
                mutual_loss(own, [peer.detach() for j, peer in enumerate(logits) if j != i], step.labels)
                for i, own in enumerate(logits)
            ]
            terms = mutual_terms(logits[0], [peer.detach() for peer in logits[1:]], step.labels)
            named = dict(zip([*_TERMS, *_loss_names(len(losses))], [*terms, *losses]))
            return torch.stack(losses).sum(), named, {"features": outputs[0][0]}

        done = self._trainees[0].differentiate(compute)
        self._trainees[0].apply(step.scalars.student_rate)
        return done.terms, done.kept["features"]

    def _step_sequentially(self, images: Tensor, step: Step) -> Any:
        """Algorithm 1 of the paper: each member is updated before the next one learns from it."""
        reported: Dict[str, Tensor] = {}
        features = None
        for i, name in enumerate(_loss_names(len(self.members))):
            with torch.no_grad():
                frozen = step.mode("frozen")
                peers = [member(images, frozen)[1] for j, member in enumerate(self.members) if j != i]

            def compute(member: nn.Module = self.members[i], peers: List[Tensor] = peers) -> Any:
                own, logits = member(images, step.mode("train"))
                terms = dict(zip(_TERMS, mutual_terms(logits, peers, step.labels)))
                return mutual_loss(logits, peers, step.labels), terms, {"features": own}

            done = self._trainees[i].differentiate(compute)
            self._trainees[i].apply(step.scalars.student_rate)
            reported[name] = done.total
            if i == 0:
                reported.update(done.terms)
                features = done.kept["features"]
        return reported, features


def _loss_names(members: int) -> List[str]:
    return ["studentLoss", *(f"member{number}Loss" for number in range(2, members + 1))]
