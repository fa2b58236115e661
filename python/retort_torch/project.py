"""A project: an experiment with its plan, and the runs that it asks for."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any, Dict, Iterator, Mapping

import torch

from .collectives import join, rank, world_size
from .data.images import Dataset
from .data.load import load_images
from .experiment import Json, read_experiment, read_json, require_trainable, with_settings
from .options import Options
from .run import Run


class Project:
    """Reads experiment.json (and plan.json, the page's costs) of a folder, and joins the other processes."""

    def __init__(self, folder: Path, options: Options) -> None:
        self.options = options
        self.original: Json = read_experiment(folder / "experiment.json")
        self.experiment = with_settings(self.original, options.resolution, options.student, options.teacher)
        plan = folder / "plan.json"
        self.plan: Json = {run["runId"]: run for run in (read_json(plan) if plan.exists() else [])}
        for index in self._arms():
            require_trainable(self.experiment["arms"][index], self.experiment["dataset"])
        if options.device == "cuda":
            torch.cuda.set_device(int(os.environ.get("LOCAL_RANK", "0")))
            torch.backends.cudnn.allow_tf32 = torch.backends.cuda.matmul.allow_tf32 = options.amp
        join(options.device)

    def runs(self) -> Iterator[Run]:
        """One run for each arm and seed, in the order of the page."""
        options, dataset = self.options, self._images()
        if rank() == 0:
            self._describe()
        seeds = [options.seed] if options.seed is not None else self.experiment["seeds"]
        for arm in self._arms():
            for seed in seeds:
                yield Run(self.experiment, arm, seed, dataset, options, self.plan.get(f"{arm}-{seed}"))

    def _images(self) -> Dataset:
        return load_images(self.experiment, self.options.data, self.options.stored)

    def _arms(self) -> range:
        arms, wanted = len(self.experiment["arms"]), self.options.arm
        if wanted is None:
            return range(arms)
        if not 0 <= wanted < arms:
            raise SystemExit(f"There is no arm {wanted}; the experiment has arms 0 to {arms - 1}.")
        return range(wanted, wanted + 1)

    def _describe(self) -> None:
        """Writes down what is trained, for `curves`. The experiment is the page's; changes to it are named."""
        out = self.options.out
        out.mkdir(parents=True, exist_ok=True)
        write_json(out / "experiment.json", self.original)
        started = out / "started.json"
        if not started.exists():
            facts: Dict[str, Any] = {"at": int(time.time() * 1000), "device": _device(self.options.device)}
            write_json(started, {**facts, "changes": self.options.changes})


def _device(device: str) -> str:
    name = torch.cuda.get_device_name() if device == "cuda" else "CPU"
    return f"PyTorch {torch.__version__.split('+')[0]}, {world_size()} × {name}"


def write_json(path: Path, value: Mapping[str, Any]) -> None:
    """The file appears whole or not at all."""
    unfinished = path.with_name(path.name + ".tmp")
    unfinished.write_text(json.dumps(value), encoding="utf-8")
    os.replace(unfinished, path)
