"""The values of a step that change from step to step, as the page computes them."""

from __future__ import annotations

from .creation import MOCO_TEACHER_MOMENTUM
from .experiment import Arm, Stage, teacher_kind
from .schedules import Scalars, momentum_tau, rate_of, scaled_rate

_PROBE_RATE = 0.1


def scalars_of(step: int, arm: Arm, stage: Stage, batch_size: int, steps_per_epoch: int) -> Scalars:
    """The scalars of step `step`, counted from 0, of a stage."""

    def scheduled(base: float) -> float:
        return rate_of(step, scaled_rate(base, batch_size), arm, stage.steps, steps_per_epoch)

    optimizer = arm["optimiser"]
    return Scalars(
        student_rate=scheduled(optimizer["learningRate"]),
        teacher_rate=scheduled(optimizer["teacherLearningRate"]),
        probe_rate=scaled_rate(_PROBE_RATE, batch_size),
        tau=_tau(step, arm, stage),
    )


def _tau(step: int, arm: Arm, stage: Stage) -> float:
    """BYOL's schedule, except where MoCo trains."""
    if stage.name == "teacher":
        moco = teacher_kind(arm) == "moco"
        return MOCO_TEACHER_MOMENTUM if moco else momentum_tau(step, stage.steps, arm["tau0"])
    scheme = arm["scheme"]
    return scheme["momentum"] if scheme["method"] == "moco" else momentum_tau(step, stage.steps, arm["tau0"])
