"""Creates the networks and the task of each stage, with the initial values that they have on the page.

Initial values depend on the seed, the network's role and the parameter's name alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Dict, List, Mapping, Optional, Tuple

from torch import nn

from .experiment import Arm, Json
from .networks.backbone import PROJECTION, Backbone, HeadPlan, LabeledNetwork, Predictors, head_width, plan_encoder
from .optim.rules import Rule, rule_for
from .randomness import Purpose, Random
from .tasks import labels
from .tasks.byol import PREDICTOR, ByolTask
from .tasks.dml import MutualTask
from .tasks.learner import Learner, MomentumPair
from .tasks.moco import MocoTask
from .tasks.seed import SeedTask
from .tasks.simdis import SimdisTask, Source, predictors_of
from .tasks.task import Recipe, Task

_ROLES = {"student": 0, "teacher": 1}
_MEMBERS = 16
_MOCO_TEACHER = {"temperature": 0.1, "symmetric": False}
_IMAGES_PER_GROUP = 32
MOCO_TEACHER_MOMENTUM = 0.99


@dataclass(frozen=True)
class Creator:
    """Creates networks of one arm and seed."""

    experiment: Json
    arm: Arm
    seed: int
    classes: int
    channels: int
    amp: bool = False

    @property
    def views(self) -> List[Recipe]:
        views = self.arm.get("views") or self.experiment["views"]
        return [views["first"], views["second"]]

    def rule(self, role: str) -> Rule:
        return rule_for(self.arm["optimiser"], role, plan_encoder(self.arm[role], self.channels))

    def random(self, purpose: int, role: str) -> Random:
        return Random.of(self.seed, purpose).fork(_ROLES[role])

    def learner(self, role: str, predictor_names: List[str]) -> Learner:
        """Encoder, projector, predictors and momentum copy, for BYOL and SimDis."""
        encoder, random = plan_encoder(self.arm[role], self.channels), self.random(Purpose.INIT, role)
        hidden = head_width(plan_encoder(self.arm["student"], self.channels).features)
        online = Backbone(encoder, HeadPlan(encoder.features, hidden, PROJECTION), random.fork(0), self.amp)
        predictors = Predictors(predictor_names, HeadPlan(PROJECTION, hidden, PROJECTION), random.fork(1), self.amp)
        return Learner(online, predictors, self.rule(role))

    def pair(self, role: str) -> MomentumPair:
        """Encoder and MoCo's head, with their momentum copy."""
        encoder = plan_encoder(self.arm[role], self.channels)
        head = HeadPlan(encoder.features, encoder.features, PROJECTION, norm=False)
        return MomentumPair(Backbone(encoder, head, self.random(Purpose.INIT, role).fork(0), self.amp))

    def labeled(self, role: str, member: int = 0, network: Optional[str] = None) -> LabeledNetwork:
        """Encoder with a classifier; members of a cohort start from different values."""
        random = self.random(Purpose.INIT, role)
        random = random.fork(_MEMBERS + member) if member else random
        return LabeledNetwork(plan_encoder(self.arm[network or role], self.channels), self.classes, random, self.amp)

    def probe_random(self, role: str) -> Optional[Random]:
        """None where no probe learns alongside."""
        by_sgd = self.experiment["evaluation"]["probe"] == "sgd"
        return self.random(Purpose.PROBE, role) if by_sgd else None

    def randoms(self, role: str) -> Dict[str, Any]:
        return {"probe": self.probe_random(role), "queue": self.random(Purpose.QUEUE, role)}

    def teacher_task(self, kind: str) -> Tuple[nn.Module, Task]:
        """A teacher before its first step, and the task that trains it."""
        random, rule = self.probe_random("teacher"), self.rule("teacher")
        if kind == "byol":
            learner = self.learner("teacher", [PREDICTOR])
            return learner, ByolTask(self.views, learner, "teacher", self.classes, random)
        if kind == "moco":
            pair = self.pair("teacher")
            settings = {
                **_MOCO_TEACHER,
                "queue": self.arm["scheme"]["queue"],
                "normGroups": _published_groups(self.experiment["batchSize"]),
            }
            return pair, MocoTask(self.views, settings, pair, "teacher", rule, self.classes, self.randoms("teacher"))
        network = self.labeled("teacher")
        return network, labels.SupervisedTask(self.views, network, "teacher", rule, self.classes, random)

    def student_task(self, teacher: Optional[nn.Module]) -> Task:
        """The task that trains the arm's student. teacher: from its own stage, where the method has one."""
        scheme: Mapping[str, Any] = self.arm["scheme"]
        method, rule, randoms = scheme["method"], self.rule("student"), self.randoms("student")
        probe = randoms["probe"]
        if method == "byol":
            return ByolTask(self.views, self.learner("student", [PREDICTOR]), "student", self.classes, probe)
        if method in ("simdis-on", "simdis-off"):
            learner = self.learner("student", predictors_of(scheme["heads"], sorted(scheme["targets"])))
            if method == "simdis-on":
                source = Source(self.learner("teacher", [PREDICTOR]), online=True)
            else:
                assert isinstance(teacher, Learner)
                source = Source(teacher.requires_grad_(False), online=False, batch_norm=scheme["teacherBatchNorm"])
            probes = {"student": probe, "teacher": self.probe_random("teacher")}
            return SimdisTask(self.views, scheme, learner, source, self.classes, probes)
        if method == "moco":
            return MocoTask(self.views, scheme, self.pair("student"), "student", rule, self.classes, randoms)
        if method == "seed":
            assert isinstance(teacher, MomentumPair)
            network, frozen = self.pair("student").online, teacher.online.requires_grad_(False)
            size = self.experiment["dataset"]["resolution"]
            return SeedTask(self.views, size, scheme, network, frozen, rule, self.classes, randoms)
        if method == "supervised":
            return labels.SupervisedTask(self.views, self.labeled("student"), "student", rule, self.classes, probe)
        if method == "dml":
            peers = [self.labeled("student", i, scheme["peers"]) for i in range(1, scheme["members"])]
            return MutualTask(self.views, scheme, [self.labeled("student"), *peers], rule, self.classes, probe)
        return self._imitation(scheme, teacher, rule, probe)

    def _imitation(
        self, scheme: Mapping[str, Any], teacher: Optional[nn.Module], rule: Rule, probe: Optional[Random]
    ) -> Task:
        assert isinstance(teacher, LabeledNetwork)
        views, loss = self.views, labels.kd(scheme) if scheme["method"] == "kd" else labels.ssld(scheme)
        if scheme["method"] == "ssld":
            views, rule = labels.ssld_views(scheme, views), labels.ssld_rule(scheme, rule)
        return labels.ImitationTask(
            views,
            loss,
            self.labeled("student"),
            [teacher.requires_grad_(False)],
            scheme["teacherBatchNorm"],
            rule,
            self.classes,
            probe,
        )


def _published_groups(batch: int) -> int:
    """Batch norm groups of 32 images, as in MoCo-v2's code, or of more where those would not divide the batch."""
    groups = max(1, batch // _IMAGES_PER_GROUP)
    while batch % groups != 0:
        groups -= 1
    return groups
