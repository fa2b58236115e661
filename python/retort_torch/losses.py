"""The losses (docs/methods.md §1). Targets are passed detached; every loss averages over the batch.

Divergences take logarithms of probabilities, because in float32 a probability can be 0 where its logarithm is finite.
"""

from __future__ import annotations

import math
from typing import Callable, Dict, Mapping, NamedTuple, Optional, Sequence, Set, Tuple

import torch
import torch.nn.functional as F
from torch import Tensor

_LEAST_SQUARE = 1e-24
_LEAST_DEVIATION = 1e-7


class Pair(NamedTuple):
    """Results for the two views v and v' of a batch."""

    v: Tensor
    v_prime: Tensor

    def detach(self) -> Pair:
        return Pair(self.v.detach(), self.v_prime.detach())


def pair_of(stacked: Tensor) -> Pair:
    """Both views of a stack: [2 · batch, ...] -> two of [batch, ...]."""
    v, v_prime = stacked.chunk(2)
    return Pair(v, v_prime)


def unit_rows(x: Tensor) -> Tensor:
    """Scales rows to unit length, x / max(|x|, 1e-12). [n, d] -> [n, d]."""
    return x * x.square().sum(1, keepdim=True).clamp_min(_LEAST_SQUARE).rsqrt()


def regression_distance(prediction: Tensor, goal: Tensor) -> Tensor:
    """2 - 2 cos, in [0, 4]. [n, d] x [n, d] -> [n]. Grill et al. 2020 (BYOL), eq. 2."""
    return 2 - 2 * (unit_rows(prediction) * unit_rows(goal)).sum(1)


def byol_loss(predictions: Pair, goals: Pair) -> Tensor:
    """The sum of both directions, in [0, 8]. Grill et al. 2020, eq. 2 and 3."""
    forth = regression_distance(predictions.v, goals.v_prime)
    back = regression_distance(predictions.v_prime, goals.v)
    return (forth + back).mean()


TARGET_VIEWS: Mapping[int, Tuple[str, bool]] = {
    1: ("student", True),
    2: ("momentum_student", False),
    3: ("momentum_student", True),
    4: ("teacher", False),
    5: ("teacher", True),
    6: ("momentum_teacher", False),
    7: ("momentum_teacher", True),
}
"""SimDis's seven target views: the network, and whether it sees the other view (Gu et al. 2021)."""


def networks_needed(views: Sequence[int]) -> Set[str]:
    """The networks that must be run for a choice of target views."""
    return {TARGET_VIEWS[view][0] for view in views}


def simdis_terms(
    views: Sequence[int], predict: Callable[[int], Pair], targets: Mapping[str, Pair]
) -> Dict[int, Tensor]:
    """One term per target view, each in [0, 8] (docs/methods.md §1.2).

    predict: applies the predictor of a target view to the student's projections, [batch, d] -> [batch, d].
    """
    terms = {}
    for view in views:
        network, crossed = TARGET_VIEWS[view]
        goals, own = targets[network], predict(view)
        first, second = (goals.v_prime, goals.v) if crossed else (goals.v, goals.v_prime)
        terms[view] = (regression_distance(own.v, first) + regression_distance(own.v_prime, second)).mean()
    return terms


def candidate_similarities(x: Tensor, partner: Tensor, queue: Tensor) -> Tensor:
    """Cosines with each row's own partner, then with the queue. [n, d] x [n, d] x [K, d] -> [n, 1 + K]."""
    unit = unit_rows(x)
    own = (unit * unit_rows(partner)).sum(1, keepdim=True)
    return torch.cat([own, unit @ queue.t()], 1)


def info_nce(queries: Tensor, keys: Tensor, queue: Tensor, temperature: float) -> Tensor:
    """Mean of -ln softmax([q·k, q·queue] / temperature)[0]. He et al. 2020 (MoCo), eq. 1."""
    candidates = candidate_similarities(queries, keys, queue) / temperature
    return -F.log_softmax(candidates, 1)[:, 0].mean()


def seed_loss(
    student: Tensor, teacher: Tensor, queue: Tensor, temperature: float, teacher_temperature: float
) -> Tensor:
    """Cross-entropy of the similarities to [teacher, queue]. Fang et al. 2021 (SEED), §3.2."""
    goal = F.log_softmax(candidate_similarities(teacher, teacher, queue) / teacher_temperature, 1)
    log_q = F.log_softmax(candidate_similarities(student, teacher, queue) / temperature, 1)
    return soft_cross_entropy(goal, log_q).mean()


def soft_cross_entropy(log_p: Tensor, log_q: Tensor) -> Tensor:
    """-sum p ln q. [n, c] x [n, c] -> [n]."""
    return -(log_p.exp() * log_q).sum(1)


def kl_divergence(log_p: Tensor, log_q: Tensor) -> Tensor:
    """sum p ln(p / q). [n, c] x [n, c] -> [n]."""
    return (log_p.exp() * (log_p - log_q)).sum(1)


def entropy(log_p: Tensor) -> Tensor:
    """-sum p ln p. [n, c] -> [n]."""
    return -(log_p.exp() * log_p).sum(1)


def jeffreys_divergence(log_p: Tensor, log_q: Tensor) -> Tensor:
    """D(p, q) + D(q, p), unbounded. [n, c] x [n, c] -> [n]."""
    return ((log_p.exp() - log_q.exp()) * (log_p - log_q)).sum(1)


def jensen_shannon_divergence(log_p: Tensor, log_q: Tensor) -> Tensor:
    """D(p, m) / 2 + D(q, m) / 2 with m = (p + q) / 2, at most ln 2. [n, c] x [n, c] -> [n]."""
    log_m = log_p + F.softplus(log_q - log_p) - math.log(2)
    return (kl_divergence(log_p, log_m) + kl_divergence(log_q, log_m)) / 2


def supervised_loss(logits: Tensor, labels: Tensor) -> Tensor:
    """Mean cross-entropy. [n, classes] x int64 [n] -> scalar."""
    return F.cross_entropy(logits, labels)


def standardized_rows(logits: Tensor) -> Tensor:
    """Each row with mean 0 and deviation 1 over the classes. [n, c] -> [n, c]. Sun et al. 2024."""
    centered = logits - logits.mean(1, keepdim=True)
    variance = centered.square().sum(1, keepdim=True) / (logits.shape[1] - 1)
    return centered / (variance.clamp_min(_LEAST_DEVIATION**2).sqrt() + _LEAST_DEVIATION)


def kd_terms(
    student: Tensor, teacher: Tensor, labels: Tensor, temperature: float, scaling: str, standardized: bool = False
) -> Tuple[Tensor, Tensor]:
    """The labels' term and the teacher's, before weighting. Hinton et al. 2015, §2; docs/methods.md §1.8, §1.18.

    scaling: "hinton" multiplies the teacher's term by the squared temperature, "article" does not; standardized logits
    always have that factor.
    """
    goal, own = (standardized_rows(teacher), standardized_rows(student)) if standardized else (teacher, student)
    log_p, log_q = (F.log_softmax(x / temperature, 1) for x in (goal, own))
    scale = temperature**2 if standardized or scaling == "hinton" else 1
    return supervised_loss(student, labels), scale * kl_divergence(log_p, log_q).mean()


def mutual_loss(own: Tensor, peers: Sequence[Tensor], labels: Tensor) -> Tensor:
    """Labels, and the mean divergence from the peers. Zhang et al. 2018 (Deep Mutual Learning), eq. 6 and 10."""
    loss = supervised_loss(own, labels)
    if not peers:
        return loss
    log_q = F.log_softmax(own, 1)
    divergences = [kl_divergence(F.log_softmax(peer, 1), log_q).mean() for peer in peers]
    return loss + torch.stack(divergences).sum() / len(divergences)


def mutual_terms(own: Tensor, peers: Sequence[Tensor], labels: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
    """The mutual loss in three parts for charts: labels + ensemble - peers' entropy (docs/methods.md §1.9)."""
    log_q = F.log_softmax(own, 1)
    log_p = torch.stack([F.log_softmax(peer, 1) for peer in peers])
    ensemble = torch.logsumexp(log_p, 0) - math.log(len(peers))
    peer_entropy = torch.stack([entropy(peer).mean() for peer in log_p]).mean()
    return supervised_loss(own, labels), soft_cross_entropy(ensemble, log_q).mean(), peer_entropy


_SSLD: Mapping[str, Callable[[Tensor, Tensor], Tensor]] = {
    "paddleJS": lambda log_p, log_q: jeffreys_divergence(log_p, log_q) / 2,
    "trueJS": jensen_shannon_divergence,
    "KL": kl_divergence,
    "CEsoft": soft_cross_entropy,
}


def ssld_loss(divergence: str, student: Tensor, teacher: Tensor, standardized: bool = False) -> Tensor:
    """The mean divergence of probabilities, without labels. Cui et al. 2021 (SSLD), §3.1; docs/methods.md §1.18."""
    goal, own = (standardized_rows(teacher), standardized_rows(student)) if standardized else (teacher, student)
    return _SSLD[divergence](F.log_softmax(goal, 1), F.log_softmax(own, 1)).mean()


def mean_of(terms: Sequence[Tensor]) -> Optional[Tensor]:
    """The mean of scalars; None of none."""
    return torch.stack(list(terms)).mean() if terms else None
