"""Networks with a momentum copy (docs/methods.md §1.1)."""

from __future__ import annotations

from typing import Any, Callable, Dict, Tuple

import torch
from torch import Tensor, nn

from ..losses import Pair, pair_of
from ..networks.backbone import Backbone, Predictors
from ..optim.rules import Rule
from .task import Outcome, Step, Trainee

Predict = Callable[[str], Pair]


class MomentumPair(nn.Module):
    """A network and its momentum copy. Running statistics are not averaged."""

    def __init__(self, online: Backbone) -> None:
        super().__init__()
        self.online, self.momentum = online, online.momentum_copy()

    def follow(self, tau: float) -> None:
        self.momentum.weights.follow(self.online.weights, tau)


class Learner(MomentumPair):
    """A network with its momentum copy, and predictors that learn with it and are followed by nothing."""

    def __init__(self, online: Backbone, predictors: Predictors, rule: Rule) -> None:
        super().__init__(online)
        self.predictors = predictors
        self.trainee = Trainee([online, predictors], rule)

    @torch.no_grad()
    def momentum_targets(self, images: Tensor, step: Step) -> Pair:
        """Projections of both views by the momentum copy, from batch statistics."""
        return pair_of(self.momentum(images, step.mode("train", 2))[1])

    def differentiate(
        self, images: Tensor, step: Step, loss_of: Callable[[Predict, Pair], Tuple[Tensor, Dict[str, Tensor]]]
    ) -> Outcome:
        """The loss and its gradients by the online network and the predictors.

        loss_of: from a function that predicts (by a predictor's name) and the projections to (total, terms).
        """
        mode = step.mode("train", 2)

        def compute() -> Any:
            features, projections = self.online(images, mode)
            known: Dict[str, Pair] = {}

            def predict(name: str) -> Pair:
                if name not in known:
                    known[name] = pair_of(self.predictors(name, projections, mode))
                return known[name]

            total, terms = loss_of(predict, pair_of(projections))
            return total, terms, {"features": features, "projections": projections}

        return self.trainee.differentiate(compute)
