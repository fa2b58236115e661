"""Writes the curves of a training as a file that the page opens beside its own."""

from __future__ import annotations

import gzip
import json
import time
import uuid
from pathlib import Path
from typing import Any, Dict, List, Optional

from .experiment import Json, read_experiment, read_json, stages_of

_STAGES = "teacher", "student", "joint", "sourceTeacher", "pretraining", "fineTune", "fix"
_COLUMNS = "step", "epoch", "wall", "macs"


def write_curves(out: Path, file: Optional[Path] = None) -> Path:
    """Writes the history file of a folder of runs. Returns its path."""
    experiment, started = read_experiment(out / "experiment.json"), read_json(out / "started.json")
    plans: Dict[str, Json] = {}
    for folder in (out, out.parent):
        if (folder / "plan.json").exists():
            plans = {plan["runId"]: plan for plan in read_json(folder / "plan.json")}
            break
    runs, batches, unfinished = [], [], 0
    for arm, settings in enumerate(experiment["arms"]):
        for seed in experiment["seeds"]:
            folder = out / f"arm-{arm}-seed-{seed}"
            rows = _rows(folder / "rows.jsonl")
            if not rows:
                continue
            planned = plans.get(f"{arm}-{seed}") or _plan(arm, seed, settings)
            last = rows[-1]
            run: Json = {"planned": planned, "position": {name: last[name] for name in ("stage", "step", "epoch")}}
            if (folder / "final.json").exists():
                run["final"] = read_json(folder / "final.json")
            else:
                unfinished += 1
            runs.append(run)
            batches.append(_batch(planned["runId"], rows))
    if not runs:
        raise SystemExit(f"{out} holds no run of this experiment.")
    training = {
        "id": str(uuid.uuid5(uuid.NAMESPACE_URL, f"{started['at']} {started['device']}")),
        "name": "PyTorch",
        "tags": ["PyTorch"],
        "note": " ".join(["Trained with", *started["changes"]]) if started["changes"] else "",
        "startedAt": started["at"],
        "updatedAt": int(time.time() * 1000),
        "status": "stopped" if unfinished else "finished",
        "device": started["device"],
        "experiment": experiment,
        "runs": runs,
    }
    path = file or out / "curves.retort.gz"
    lines = [{"format": "retort-history", "version": 2}, {"training": training, "batches": batches}]
    with gzip.open(path, "wt", encoding="utf-8") as packed:
        packed.writelines(json.dumps(line) + "\n" for line in lines)
    return path


def _rows(path: Path) -> List[Json]:
    if not path.exists():
        return []
    lines = path.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line]


def _batch(run_id: str, rows: List[Json]) -> Json:
    """The rows in columns; null where a metric was not measured."""
    names = list(dict.fromkeys(name for row in rows for name in row["values"]))
    columns: Dict[str, Any] = {name: [row[name] for row in rows] for name in _COLUMNS}
    columns["stage"] = [_STAGES.index(row["stage"]) for row in rows]
    measured = {name: [row["values"].get(name) for row in rows] for name in names}
    return {"runId": run_id, "rows": len(rows), **columns, "measured": measured}


def _plan(arm: int, seed: int, settings: Json) -> Json:
    """A run without costs, for an experiment that came without the page's plan."""
    stages = [
        {"stage": stage.name, "steps": stage.steps, "stepsPerEpoch": 1, "macsPerStep": 0}
        for stage in stages_of(settings)
    ]
    return {
        "runId": f"{arm}-{seed}",
        "arm": arm,
        "seed": seed,
        "stages": stages,
        "paperMacs": 0,
        "parameters": {"student": 0},
    }
