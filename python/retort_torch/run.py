"""One arm with one seed: its stages, steps, rows and checkpoints."""

from __future__ import annotations

import json
import math
import os
import signal
import time
from typing import Any, Dict, List, Mapping, Optional, Tuple

import numpy as np
import torch
from torch import Tensor, nn

from . import weights_file
from .collectives import mean_over_processes, rank, total
from .creation import Creator
from .data.images import Dataset
from .evaluation import Evaluator
from .experiment import Json, Stage, stages_of, teacher_kind
from .networks.resnet import torchvision_name
from .options import Options
from .randomness import Purpose, Random
from .rendering import Renderer
from .scalars import scalars_of
from .tasks.task import Step, Task

CONTINUE = 75
"""The exit code of a training that was asked to stop, has saved, and wants to be called again (EX_TEMPFAIL)."""

_ROWS_PER_STAGE = 4_000
_REPORT_EVERY = 10
_SIGNALS = signal.SIGTERM, signal.SIGUSR1, signal.SIGINT


class Run:
    """Call `restore`, then `step` until `is_done`, then `finish`. All processes call the same."""

    def __init__(
        self, experiment: Json, arm: int, seed: int, dataset: Dataset, options: Options, plan: Optional[Json]
    ) -> None:
        self.experiment, self.arm, self.seed, self.dataset, self.options = (
            experiment,
            experiment["arms"][arm],
            seed,
            dataset,
            options,
        )
        self.name = f"arm-{arm}-seed-{seed}"
        self.folder = options.out / self.name
        self.stages = stages_of(self.arm)
        self.stage_number, self.taken = 0, 0
        self.device = torch.device(options.device)
        self.creator = Creator(
            experiment, self.arm, seed, len(dataset.class_names), dataset.train.channels, options.amp
        )
        size, batch = experiment["dataset"]["resolution"], experiment["batchSize"]
        self.size, self.batch = size, batch
        self.evaluator = Evaluator(dataset, experiment["evaluation"], seed, 2 * batch, size, self.device)
        self._macs = {stage["stage"]: stage["macsPerStep"] for stage in (plan or {}).get("stages", [])}
        self._labels = torch.from_numpy(dataset.train.labels.astype(np.int64))
        self._teacher: Optional[nn.Module] = None
        self._pending: List[Tuple[int, Dict[str, Tensor]]] = []
        self._asked_to_stop = False
        self._wall_ms, self._since, self._saved = 0.0, time.monotonic(), time.monotonic()
        self._evaluated = False
        self.task: Task
        self._renderer: Renderer
        for wanted in _SIGNALS:
            signal.signal(wanted, self._ask_to_stop)

    @property
    def stage(self) -> Stage:
        return self.stages[self.stage_number]

    @property
    def is_done(self) -> bool:
        return self.stage_number == len(self.stages) - 1 and self.taken == self.stage.steps and self._evaluated

    def restore(self) -> None:
        """Begins, or continues from the checkpoint if --resume was given and there is one."""
        saved = self.folder / "checkpoint.pt"
        if saved.exists() and not self.options.resume:
            raise SystemExit(f"{self.folder} holds a run: pass --resume to continue it, or another --out.")
        if not saved.exists():
            if rank() == 0:
                self.folder.mkdir(parents=True, exist_ok=True)
                (self.folder / "rows.jsonl").write_bytes(b"")
            self._begin()
            return
        state = torch.load(saved, map_location="cpu")
        self.stage_number, self.taken, self._wall_ms = state["stage"], state["taken"], state["wallMs"]
        if state["teacher"] is not None:
            self._teacher = self.creator.teacher_task(str(teacher_kind(self.arm)))[0]
            self._teacher.load_state_dict(state["teacher"])
        self._begin()
        self.task.load_state_dict(state["task"])
        for trainee, inner in zip(self.task.all_trainees, state["optimizers"]):
            trainee.optimizer.inner.load_state_dict(inner)
        self._evaluated = state["evaluated"]
        self.evaluator.predictions = state["predictions"]
        if rank() == 0:
            os.truncate(self.folder / "rows.jsonl", state["rows"])

    def step(self) -> Optional[Dict[str, Tensor]]:
        """Takes one step; evaluates where it is due. Returns this process's losses, or None between two stages."""
        if not self._evaluated and self.taken == 0:
            self._write([self._row(0, self._evaluate())])
            self._evaluated = True
        if self.taken == self.stage.steps:
            self._next_stage()
            return None
        losses = self.task.step(self._inputs())
        self.taken += 1
        self._pending.append((self.taken, losses))
        every = self.experiment["evaluation"]["everySteps"]
        self._evaluated = self.taken % every == 0 or self.taken == self.stage.steps
        if self._evaluated or len(self._pending) == _REPORT_EVERY:
            self._report()
        return losses

    def finish(self) -> None:
        """Evaluates once more, on all held-out images, and writes the networks."""
        if rank() > 0:
            return
        assert self.task.student is not None
        final = self.evaluator.final(self.task.student.backbone)
        teacher = self._teacher_backbone()
        if teacher is not None:
            told = self.evaluator.final(teacher)
            final["teacher"] = {name: told[name] for name in ("knnTop1", "linearTop1")}
        unfinished = self.folder / "final.json.tmp"
        unfinished.write_text(json.dumps(final), encoding="utf-8")
        os.replace(unfinished, self.folder / "final.json")
        self._write_network("student", self.task.student.backbone)
        if teacher is not None:
            self._write_network("teacher", teacher)
        self._save()

    def _inputs(self) -> Step:
        step, renderer = self.taken, self._renderer
        indices, share = renderer.indices(step), renderer.share
        scalars = scalars_of(step, self.arm, self.stage, self.batch, renderer.sampler.steps_per_epoch)
        shuffled = None
        if self.task.shuffles:
            order = Random.of(self.seed, Purpose.SHUFFLE).permutation(self.batch, step)
            shuffled = torch.from_numpy(np.argsort(order)[share.slice])
        labels = self._labels[torch.from_numpy(indices)].to(self.device)
        return Step(scalars, share, labels, renderer.views(step), shuffled)

    def _begin(self) -> None:
        """Creates the current stage's networks, and what it reads."""
        if self.stage.name == "teacher":
            self._teacher, self.task = self.creator.teacher_task(str(teacher_kind(self.arm)))
        else:
            self.task = self.creator.student_task(self._teacher)
        self.task.place(self.device)
        ahead = self.taken, self.stage.steps, self.options.workers
        self._renderer = Renderer.of(self.dataset, self.batch, self.seed, self.size, self.device, ahead)
        self._evaluated, self._since = self.taken > 0, time.monotonic()

    def _next_stage(self) -> None:
        self.stage_number, self.taken = self.stage_number + 1, 0
        self._begin()

    def _report(self) -> None:
        """Averages the losses of some steps over all processes, and writes their rows."""
        pending, self._pending = self._pending, []
        names = list(pending[0][1])
        table = torch.stack([torch.stack([losses[name].float() for name in names]) for _, losses in pending])
        values = mean_over_processes(table).tolist()
        self._wall_ms += 1000 * (time.monotonic() - self._since)
        stride = math.ceil(self.stage.steps / _ROWS_PER_STAGE)
        rows = []
        for (step, _), line in zip(pending, values):
            last = step == pending[-1][0]
            if not all(math.isfinite(value) for value in line):
                raise SystemExit(
                    f"{self.name}: a loss is not a number at step {step} of the {self.stage.name}'s stage."
                )
            if step % stride == 0 or (last and self._evaluated):
                extra = self._evaluate() if last and self._evaluated else {}
                rows.append(self._row(step, {**dict(zip(names, line)), **extra}))
        self._write(rows)
        self._save_or_stop()
        self._since = time.monotonic()

    def _save_or_stop(self) -> None:
        stop = total(torch.tensor(float(self._asked_to_stop), device=self.device)) > 0
        if rank() == 0 and (stop or time.monotonic() - self._saved > self.options.save_every):
            self._save()
        if stop:
            raise SystemExit(CONTINUE)

    def _save(self) -> None:
        """Everything that the next step and its row depend on. Random numbers have no state."""
        frozen = self._teacher if self.stage.name != "teacher" else None
        state: Dict[str, Any] = {
            "stage": self.stage_number,
            "taken": self.taken,
            "wallMs": self._wall_ms,
            "evaluated": self._evaluated,
            "predictions": self.evaluator.predictions,
            "teacher": None if frozen is None else frozen.state_dict(),
            "task": self.task.state_dict(),
            "optimizers": [trainee.optimizer.inner.state_dict() for trainee in self.task.all_trainees],
            "rows": (self.folder / "rows.jsonl").stat().st_size,
        }
        unfinished = self.folder / "checkpoint.pt.tmp"
        torch.save(state, unfinished)
        os.replace(unfinished, self.folder / "checkpoint.pt")
        self._saved = time.monotonic()

    def _ask_to_stop(self, *_: Any) -> None:
        self._asked_to_stop = True

    def _evaluate(self) -> Dict[str, float]:
        """Only the first process evaluates; the others wait at the next step."""
        return self.evaluator.live(self.task) if rank() == 0 else {}

    def _row(self, step: int, values: Mapping[str, float]) -> Json:
        stage, renderer = self.stage, self._renderer
        at = max(step - 1, 0)
        scalars = scalars_of(at, self.arm, stage, self.batch, renderer.sampler.steps_per_epoch)
        rate = scalars.teacher_rate if stage.name == "teacher" else scalars.student_rate
        earlier = sum(self._macs.get(s.name, 0) * s.steps for s in self.stages[: self.stage_number])
        scheduled = {"learningRate": rate, "tau": scalars.tau} if step > 0 else {}
        return {
            "stage": stage.name,
            "step": step,
            "epoch": step / renderer.sampler.steps_per_epoch,
            "wall": self._wall_ms,
            "macs": earlier + step * self._macs.get(stage.name, 0),
            "values": {**values, **scheduled},
        }

    def _write(self, rows: List[Json]) -> None:
        if rank() == 0:
            with open(self.folder / "rows.jsonl", "a", encoding="utf-8") as file:
                file.writelines(json.dumps(row) + "\n" for row in rows)

    def _teacher_backbone(self) -> Any:
        """The teacher's network that is evaluated, from its own stage or from this one."""
        if self.task.teacher is not None:
            return self.task.teacher.backbone
        if self._teacher is None:
            return None
        return getattr(self._teacher, "online", None) or getattr(self._teacher, "backbone", None)

    def _write_network(self, role: str, backbone: Any) -> None:
        """As safetensors with the page's names, and for torchvision's networks also as their state_dict."""
        network = self.arm[role]
        facts = {
            "network": json.dumps(dict(network)),
            "size": str(self.size),
            "channels": str(self.dataset.train.channels),
        }
        facts.update(mean=json.dumps(list(self.dataset.mean)), deviation=json.dumps(list(self.dataset.std)))
        facts["classes"] = json.dumps(list(self.dataset.class_names))
        weights_file.write(self.folder / f"{role}.safetensors", backbone.values(), facts)
        if network["network"].islower():
            stores = [store for store in (backbone.weights, backbone.statistics)]
            own = {n: x.cpu() for store in stores for n, x in store.named().items() if not n.startswith("projector")}
            renamed = {torchvision_name(network["network"], name): x for name, x in own.items()}
            torch.save(renamed, self.folder / f"{role}-torchvision.pt")
