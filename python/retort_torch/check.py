"""Replays the traces of a project, and prints the largest differences from the page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, Iterator, List, Mapping, Optional, Sequence, Tuple

import numpy as np
import torch
from torch import Tensor

from . import weights_file
from .collectives import Share, mean_over_processes, rank
from .creation import Creator
from .experiment import DRAWN, Json, Stage, read_experiment, read_json, require_trainable, teacher_kind
from .networks.weights import from_torch, to_torch
from .scalars import scalars_of
from .tasks.task import Queue, Recipe, Step, Task
from .data.load import load_images
from .rendering import Renderer

TOLERANCE = 1e-3
"""Of losses and networks. Rounding in float32 grows from step to step; most arms stay a thousand times below it."""

_FLIPPED = 0.01


@dataclass
class Difference:
    """The largest differences of one arm; None where there is nothing to compare.

    start: of our initial values from the page's; scalars: relative, of rates and momentum; views: of pixels, in
    deviations, leaving aside the share `flipped` of pixels that lie on the other side of a threshold (equalized bytes
    can lie on solarize's exactly); losses; parameters: of all networks and queues after the last step; moved: how far
    these were moved.
    """

    name: str
    method: str
    steps: int
    start: Optional[float]
    scalars: float
    views: Optional[float]
    flipped: float
    losses: float
    parameters: float
    moved: float

    @property
    def largest(self) -> float:
        return max(self.losses, self.parameters)


class Trace:
    """One arm's trace: everything that its first steps read and wrote, on the page."""

    def __init__(self, folder: Path) -> None:
        self.index: Json = read_json(folder / "trace.json")
        self.tensors = {
            **weights_file.read(folder / "start.safetensors"),
            **weights_file.read(folder / "trace.safetensors"),
        }

    def part(self, prefix: str) -> Dict[str, np.ndarray]:
        return {name[len(prefix) :]: x for name, x in self.tensors.items() if name.startswith(prefix)}

    @property
    def classes(self) -> int:
        return int(self.index["classes"])


def places(task: Task, names: Sequence[str]) -> Iterator[Tuple[str, Any, str]]:
    """Where each tensor of a trace lies in a task: (its name, the module that holds it, its name there)."""
    for name in names:
        if not name.startswith("task."):
            continue
        path, _, last = name.partition("/")
        if path.endswith(".rows") or path.endswith(".pointer"):
            path, last = path.rsplit(".", 1)
        found: Any = task
        for word in path.split(".")[1:]:
            word = re.sub(r"[A-Z]", lambda upper: f"_{upper.group().lower()}", word)
            if word in ("state",):
                continue
            found = getattr(found, "weights" if word == "parameters" else word)
        yield name, found, last


def load_state(task: Task, values: Mapping[str, np.ndarray]) -> None:
    """Loads networks and queues by the page's names, before the task is placed on its device."""
    with torch.no_grad():
        for name, holder, last in places(task, list(values)):
            target: Tensor = getattr(holder, last) if isinstance(holder, Queue) else holder[last]
            given = (
                torch.from_numpy(np.array(values[name])) if isinstance(holder, Queue) else to_torch(last, values[name])
            )
            if target.shape != given.shape:
                raise SystemExit(f"The trace does not fit: {name} is {list(given.shape)}, not {list(target.shape)}.")
            target.copy_(given)


def state_apart(task: Task, values: Mapping[str, np.ndarray]) -> float:
    """The largest difference of a task's networks and queues from the page's, relative above 1."""
    worst = 0.0
    for name, holder, last in places(task, list(values)):
        own = getattr(holder, last).cpu().numpy() if isinstance(holder, Queue) else from_torch(last, holder[last])
        apart = np.abs(own.astype(np.float64) - values[name]) / np.maximum(1, np.abs(values[name]))
        worst = max(worst, float(apart.max(initial=0)))
    return worst


def _view_batches(trace: Trace, step: int) -> Iterator[np.ndarray]:
    number = 0
    while f"step{step}/views{number}" in trace.tensors:
        yield trace.tensors[f"step{step}/views{number}"]
        number += 1


def _mine(stacked: np.ndarray, share: Share) -> Tensor:
    """This process's rows of each stacked view. [views · batch, H, W, C] -> [views · local, C, H, W]."""
    views = len(stacked) // share.batch
    mine = np.concatenate([part[share.slice] for part in np.split(stacked, views)])
    return torch.from_numpy(mine).permute(0, 3, 1, 2).contiguous()


@dataclass
class _Pixels:
    """How far our own views are from the page's."""

    largest: Optional[float] = None
    flipped: int = 0
    count: int = 0

    def compare(self, own: Tensor, wanted: Tensor) -> None:
        apart = (own - wanted).abs()
        near = apart[apart <= _FLIPPED]
        self.largest = max(self.largest or 0.0, float(near.max()) if len(near) else 0.0)
        self.flipped += apart.numel() - len(near)
        self.count += apart.numel()


def replay(trace: Trace, experiment: Json, device: str, renderer: Optional[Renderer] = None) -> Difference:
    """Takes the steps of a trace, on the views that the page rendered. The renderer draws our own beside them."""
    index, arm = trace.index, trace.index["arm"]
    require_trainable(arm, experiment["dataset"])
    batch = index["batchSize"]
    share = Share.of(batch)
    channels = int(trace.tensors["step0/views0"].shape[3])
    creator = Creator({**experiment, "batchSize": batch}, arm, index["seed"], trace.classes, channels)
    kind = teacher_kind(arm)
    task = creator.student_task(creator.teacher_task(kind)[0] if kind else None)
    before, after = trace.part("before/"), trace.part("after/")
    # A teacher from its own stage has been trained, however briefly.
    fresh = {name: x for name, x in before.items() if not re.match(r"task\.(source|teacher)", name) or not kind}
    start = state_apart(task, fresh)
    load_state(task, before)
    task.place(torch.device(device))
    stage = Stage(index["stage"], arm["steps"])
    losses_apart, scalars_apart, pixels = 0.0, 0.0, _Pixels()
    for number, told in enumerate(index["steps"]):
        scalars = scalars_of(number, arm, stage, batch, index["stepsPerEpoch"])
        for name, own in (
            ("studentRate", scalars.student_rate),
            ("teacherRate", scalars.teacher_rate),
            ("tau", scalars.tau),
        ):
            wanted = told["scalars"][name]
            scalars_apart = max(scalars_apart, abs(own - wanted) / max(abs(wanted), 1e-9))
        shown = _view_batches(trace, number)

        def render(
            recipes: Sequence[Recipe], side: Optional[int], shown: Iterator[np.ndarray] = shown, number: int = number
        ) -> Tensor:
            wanted = _mine(next(shown), share).to(device)
            if renderer:
                own = renderer.views(number)(recipes, side)
                pixels.compare(own, wanted)
            return wanted

        labels = torch.from_numpy(trace.tensors[f"step{number}/labels"][share.slice].astype(np.int64))
        shuffle = trace.tensors.get(f"step{number}/shuffle")
        shuffled = None if shuffle is None else torch.from_numpy(np.argsort(shuffle)[share.slice])
        losses = task.step(Step(scalars, share, labels.to(device), render, shuffled))
        for name, loss in losses.items():
            losses_apart = max(losses_apart, abs(float(mean_over_processes(loss)) - told["losses"][name]))
    moved = max(float(np.abs(after[name] - x).max(initial=0)) for name, x in before.items() if "parameters/" in name)
    return Difference(
        arm["name"],
        arm["scheme"]["method"],
        len(index["steps"]),
        start,
        scalars_apart,
        pixels.largest,
        pixels.flipped / max(1, pixels.count),
        losses_apart,
        state_apart(task, after),
        moved,
    )


def traces_of(folder: Path) -> List[Path]:
    """The folders of a project that hold an arm's trace."""
    found = sorted(folder.glob("arm-*/trace.json"))
    if not found:
        raise SystemExit(f"There is no trace in {folder}: export the PyTorch project from the page or the runner.")
    return [path.parent for path in found]


def check(folder: Path, device: str = "cpu") -> List[Difference]:
    """Replays all traces below a folder. Prints a line for each."""
    experiment = read_experiment(folder / "experiment.json")
    dataset = load_images(experiment, None) if experiment["dataset"]["source"] in DRAWN else None
    found = []
    for path in traces_of(folder):
        trace = Trace(path)
        renderer = None
        if dataset is not None:
            size = experiment["dataset"]["resolution"]
            renderer = Renderer.of(dataset, trace.index["batchSize"], trace.index["seed"], size, torch.device(device))
        found.append(replay(trace, experiment, device, renderer))
        if rank() == 0:
            print(line_of(found[-1]), flush=True)
    return found


def line_of(d: Difference) -> str:
    views = "" if d.views is None else f", views {d.views:.1e}"
    views += f" but for {d.flipped:.1e} of the pixels" if d.flipped else ""
    return (
        f"{d.name} ({d.method}), {d.steps} steps: losses {d.losses:.1e}, parameters {d.parameters:.1e} "
        f"(moved by {d.moved:.1e}), start {d.start:.1e}, rates {d.scalars:.1e}{views}"
    )
