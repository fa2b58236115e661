"""Schedules: values that depend only on the step, counted from 0 (docs/methods.md §3.2)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Mapping, Sequence

_WARMUP_START = 1e-6
_MILESTONES = 0.6, 0.8


def scaled_rate(base: float, batch_size: int) -> float:
    """The rate for a batch, given `base` for 256 samples (linear scaling, Goyal et al. 2017)."""
    return base * batch_size / 256


def warmup_cosine(step: int, peak: float, warmup_steps: int, total_steps: int) -> float:
    """Linear from 1e-6 to `peak` over the warm-up, then half a cosine to 0."""
    if step < warmup_steps:
        return _WARMUP_START + (peak - _WARMUP_START) * step / warmup_steps
    done = min(1.0, (step - warmup_steps) / max(1, total_steps - warmup_steps))
    return peak * (1 + math.cos(math.pi * done)) / 2


def one_cycle(step: int, peak: float, total_steps: int, peak_fraction: float) -> float:
    """A cosine from peak/25 up to `peak` at `peak_fraction` of the steps, then one down to peak/25e4."""
    start, top = peak / 25, peak_fraction * total_steps

    def cosine(begin: float, end: float, done: float) -> float:
        return end + (begin - end) * (1 + math.cos(math.pi * done)) / 2

    if top > 0 and step <= top:
        return cosine(start, peak, step / top)
    return cosine(peak, start / 1e4, (step - top) / (total_steps - top))


def linear_decay(step: int, peak: float, total_steps: int, steps_per_epoch: int = 1) -> float:
    """From `peak` to 0, constant within an epoch."""
    begun = step // steps_per_epoch * steps_per_epoch
    return peak * max(0.0, 1 - begun / total_steps)


def step_decay(step: int, peak: float, factor: float, milestones: Sequence[float]) -> float:
    """`peak` times `factor` for each milestone reached."""
    return peak * factor ** sum(step >= milestone for milestone in milestones)


def momentum_tau(step: int, total_steps: int, tau0: float) -> float:
    """BYOL's share that a momentum network keeps, from tau0 to 1. Grill et al. 2020, §3.3."""
    return 1 - (1 - tau0) * (math.cos(math.pi * step / total_steps) + 1) / 2


@dataclass(frozen=True)
class Scalars:
    """The values of one step that differ from the step before."""

    student_rate: float
    teacher_rate: float
    probe_rate: float
    tau: float


def rate_of(step: int, peak: float, arm: Mapping[str, Any], steps: int, steps_per_epoch: int) -> float:
    """The learning rate of a step under an arm's schedule."""
    kind, warmup = arm["schedule"], arm["warmup"]
    if kind == "cosine":
        # JavaScript's Math.round: halves go up.
        return warmup_cosine(step, peak, math.floor(warmup * steps + 0.5), steps)
    if kind == "oneCycle":
        return one_cycle(step, peak, steps, warmup)
    if kind == "linear":
        return linear_decay(step, peak, steps, steps_per_epoch)
    if kind == "step":
        return step_decay(step, peak, 0.1, [share * steps for share in _MILESTONES])
    return peak
