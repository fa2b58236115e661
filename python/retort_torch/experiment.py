"""Reads experiment.json, and refuses by name what this package does not train."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, List, Mapping, Optional

Json = Dict[str, Any]
Arm = Mapping[str, Any]

METHODS = "byol", "simdis-off", "simdis-on", "moco", "seed", "supervised", "kd", "dml", "ssld"
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


def require_trainable(arm: Arm, dataset: Mapping[str, Any]) -> None:
    """Refuses an arm with one sentence that names what is not in this package."""
    name, scheme, start = arm["name"], arm["scheme"], arm["start"]
    method = scheme["method"]
    if method not in METHODS:
        raise SystemExit(f"{name}: the method {method} is not in this package; it trains {', '.join(METHODS)}.")
    refused: Optional[str] = None
    if start["from"] != "scratch" or start.get("teacherFile"):
        refused = "a start from pretraining or from a file of weights"
    elif arm["fixSteps"] > 0:
        refused = "the Fix strategy"
    elif dataset["unlabelled"] > 0:
        refused = "withheld labels"
    elif method == "dml" and scheme["excludeCrashed"]:
        refused = "the exclusion of crashed members"
    elif method == "ssld" and scheme["fineTune"] > 0:
        refused = "SSLD's fine-tuning"
    if refused:
        raise SystemExit(f"{name}: {refused} is not in this package; train this arm in the page.")


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
