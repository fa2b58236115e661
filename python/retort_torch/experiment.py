"""Reads experiment.json, and refuses by name what this package does not train."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable, Dict, List, Mapping, Optional

Json = Dict[str, Any]
Arm = Mapping[str, Any]

METHODS = "byol", "simdis-off", "simdis-on", "moco", "seed", "supervised", "kd", "dml", "ssld"
NETWORKS = "R8", "R18", "R26b", "R50", "MBV3s", "MBV3l", "ViT"
"""Of the page."""
TORCHVISION = "resnet18", "resnet50"
DRAWN = "shapes", "textures"
"""Built-in images."""
_TEACHERS = {"simdis-off": "byol", "kd": "supervised", "ssld": "supervised"}
_NEED_LABELS = "supervised", "kd", "dml", "ssld"


def read_json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SystemExit(f"There is no {path}.") from None
    except ValueError as error:
        raise SystemExit(f"{path} is not JSON: {error}.") from None


def read_experiment(path: Path) -> Json:
    """An experiment as the page writes it, with every setting present."""
    experiment = read_json(path)
    needed = ("dataset", "batchSize", "views", "evaluation", "arms", "seeds")
    missing = [name for name in needed if not isinstance(experiment, dict) or name not in experiment]
    if missing:
        raise SystemExit(f"{path} has no {missing[0]}: open it in the page and export the PyTorch project from there.")
    return experiment


def teacher_kind(arm: Arm) -> Optional[str]:
    """How the teacher of an arm is trained in a stage of its own; None if it has no such stage."""
    scheme = arm["scheme"]
    return scheme["teacherMethod"] if scheme["method"] == "seed" else _TEACHERS.get(scheme["method"])


def needs_labels(arm: Arm) -> bool:
    return arm["scheme"]["method"] in _NEED_LABELS


@dataclass(frozen=True)
class Stage:
    """A stage of a run: "teacher", "student" or "joint" (teacher and student in the same steps)."""

    name: str
    steps: int


def stages_of(arm: Arm) -> List[Stage]:
    """The stages of an arm in order. The teacher's has none where its weights are given."""
    own = Stage("joint" if arm["scheme"]["method"] == "simdis-on" else "student", arm["steps"])
    return [*([Stage("teacher", arm["teacherSteps"])] if teacher_kind(arm) else []), own]


@dataclass(frozen=True)
class Refusal:
    """Values that this package does not train. settings: their names in an arm of experiment.json, or in "dataset"."""

    settings: str
    what: str
    holds: Callable[[Arm, Mapping[str, Any]], bool]


def _other_network(arm: Arm) -> bool:
    return any(arm[role]["network"] not in (*NETWORKS, *TORCHVISION) for role in ("student", "teacher"))


REFUSALS = (
    Refusal(
        "student.network, teacher.network",
        f"a network other than {', '.join(NETWORKS)}",
        lambda arm, _: _other_network(arm),
    ),
    Refusal(
        "start.from, start.teacherFile",
        "a start from pretraining or from a file of weights",
        lambda arm, _: arm["start"]["from"] != "scratch" or bool(arm["start"].get("teacherFile")),
    ),
    Refusal("fixSteps", "the Fix strategy", lambda arm, _: arm["fixSteps"] > 0),
    Refusal("dataset.unlabelled", "withheld labels, and pools of such images", lambda _, data: data["unlabelled"] > 0),
    Refusal(
        "scheme.excludeCrashed",
        "the exclusion of crashed members from DML",
        lambda arm, _: arm["scheme"]["method"] == "dml" and arm["scheme"]["excludeCrashed"],
    ),
    Refusal(
        "scheme.fineTune",
        "SSLD's fine-tuning",
        lambda arm, _: arm["scheme"]["method"] == "ssld" and arm["scheme"]["fineTune"] > 0,
    ),
)


def refusal_of(arm: Arm, dataset: Mapping[str, Any]) -> Optional[str]:
    """One sentence that names what is not in this package; None for an arm that it trains."""
    name, method = arm["name"], arm["scheme"]["method"]
    if method not in METHODS:
        return f"{name}: not in this package: the method {method} (scheme.method); it trains {', '.join(METHODS)}."
    for refusal in REFUSALS:
        if refusal.holds(arm, dataset):
            return f"{name}: not in this package: {refusal.what} ({refusal.settings}). Train this arm in the page."
    return None


def require_trainable(arm: Arm, dataset: Mapping[str, Any]) -> None:
    refusal = refusal_of(arm, dataset)
    if refusal:
        raise SystemExit(refusal)


def with_settings(
    experiment: Json, resolution: Optional[int] = None, student: Optional[str] = None, teacher: Optional[str] = None
) -> Json:
    """The experiment with another resolution, or with torchvision's networks in place of the page's."""
    changed: Json = json.loads(json.dumps(experiment))
    if resolution:
        changed["dataset"]["resolution"] = resolution
    for arm in changed["arms"]:
        for role, network in (("student", student), ("teacher", teacher)):
            if network:
                arm[role] = {"network": network, "width": 1}
    return changed
