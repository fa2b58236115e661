"""Evaluates encoders on the same held-out images and by the same rules as the page (docs/methods.md §5.1)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Dict, List, Mapping, Optional, Tuple

import numpy as np
import torch
from torch import Tensor

from .data.images import Dataset, Images
from .networks.backbone import Backbone
from .norm import EVALUATE
from .randomness import Purpose, Random
from .rendering import plain_batches
from .tasks.dml import MutualTask
from .tasks.task import Probed, Task

_BANK_SHARE = 2 / 3
_LINEAR = 10_000
_TOP_FIVE_FROM = 10
_PENALTY, _LEAST_DEVIATION = 1e-3, 1e-5
_UNEQUAL = 2
"""Balanced accuracies get curves from this ratio of the largest class to the smallest on."""

_LINEAR_RATES = 0.001, 0.01, 0.1, 1.0, 10.0, 30.0
_LINEAR_EPOCHS, _LINEAR_BATCH = 20, 256


def knn_votes(
    bank: Tensor, labels: Tensor, queries: Tensor, neighbors: int, temperature: float, classes: int
) -> Tensor:
    """Weighted kNN on cosine similarity (Wu et al. 2018, §3.4).

    bank: [m, d]; labels: int64 [m]; queries: [n, d]; features may have any length. Returns votes [n, classes].
    """
    known, asked = (torch.nn.functional.normalize(x, dim=1) for x in (bank, queries))
    similarities, nearest = (asked @ known.t()).topk(min(neighbors, len(bank)), 1)
    weights = ((similarities - similarities[:, :1]) / temperature).exp()
    return torch.zeros(len(queries), classes, device=bank.device).scatter_add_(1, labels[nearest], weights)


def embedding_spread(embeddings: Tensor) -> float:
    """sqrt(d) times the mean standard deviation of normalized embeddings: about 1 is healthy, 0 is collapse. [n, d]."""
    unit = torch.nn.functional.normalize(embeddings.double(), dim=1)
    return float(math.sqrt(unit.shape[1]) * unit.std(0).mean())


def top_k(scores: Tensor, labels: Tensor, k: int) -> float:
    """The share of rows whose label is among the k highest scores. [n, classes] x int64 [n]."""
    return float((scores.topk(k, 1).indices == labels.unsqueeze(1)).any(1).double().mean())


def balanced_accuracy(scores: Tensor, labels: Tensor) -> float:
    """The mean over the classes that occur of the accuracy on their rows (Brodersen et al. 2010)."""
    hits = (scores.argmax(1) == labels).double()
    counts = torch.bincount(labels, minlength=scores.shape[1])
    shares = torch.zeros(len(counts), dtype=torch.float64, device=labels.device).index_add_(0, labels, hits)
    return float((shares / counts)[counts > 0].mean())


@dataclass
class _Live:
    metrics: Dict[str, float]
    predictions: Tensor


class Ridge:
    """A linear classifier in closed form (docs/methods.md §5.1), fitted in float64 to features of any scale.

    features: [n, d]; labels: int64 [n].
    """

    def __init__(self, features: Tensor, labels: Tensor, classes: int) -> None:
        rows = features.double()
        self.mean, deviation = rows.mean(0), rows.var(0, unbiased=False).sqrt()
        self.scale = 1 / (deviation + _LEAST_DEVIATION)
        rows = (rows - self.mean) * self.scale
        wanted = torch.nn.functional.one_hot(labels, classes).double()
        self.shares = wanted.mean(0)
        penalty = _PENALTY * torch.eye(rows.shape[1], dtype=rows.dtype, device=rows.device)
        self.weight = torch.linalg.solve(rows.t() @ rows / len(rows) + penalty, rows.t() @ wanted / len(rows))

    def scores(self, features: Tensor) -> Tensor:
        """[rows, d] -> [rows, classes]."""
        return ((features.double() - self.mean) * self.scale) @ self.weight + self.shares


class Evaluator:
    """All its random choices come from the seed. size: pixels per side of what networks see."""

    def __init__(
        self, dataset: Dataset, settings: Mapping[str, Any], seed: int, chunk: int, size: int, device: torch.device
    ) -> None:
        self.dataset, self.settings, self.seed, self.chunk = dataset, settings, seed, chunk
        self.size, self.device, self.classes = size, device, len(dataset.class_names)
        self._held = dataset.validation if settings["part"] == "validation" else dataset.test
        images = settings["images"]
        bank = int(_BANK_SHARE * images + 0.5)
        self._bank = self._choose(dataset.train, bank)
        self._queries = self._choose(self._held, images - bank)
        sizes = np.unique(self._held.labels, return_counts=True)[1]
        self._unequal = sizes.max() >= _UNEQUAL * sizes.min()
        self.predictions: Optional[Tensor] = None
        """The teacher's, for the queried images, from its last evaluation."""

    @torch.no_grad()
    def live(self, task: Task) -> Dict[str, float]:
        """The metrics of an evaluation during training."""
        teacher = self._evaluate(task.teacher) if task.teacher else None
        if teacher:
            self.predictions = teacher.predictions
        student = self._evaluate(task.student) if task.student else None
        metrics: Dict[str, float] = {}
        if isinstance(task, MutualTask):
            metrics.update(self._members(task))
        if student:
            metrics.update(student.metrics)
        if teacher:
            names = {"knnTop1": "teacherKnnTop1", "spread": "teacherSpread"}
            names.update(probeTop1="teacherProbeTop1", top1="teacherTop1")
            metrics.update({names[name]: x for name, x in teacher.metrics.items() if name in names})
        if student and self.predictions is not None:
            known = self.predictions.to(self.device)
            metrics["agreement"] = float((student.predictions == known).double().mean())
        return metrics

    @torch.no_grad()
    def final(self, backbone: Backbone) -> Dict[str, Any]:
        """kNN and linear evaluation on all held-out images; only validation images choose the rate."""
        dataset = self.dataset
        parts = [(dataset.train, self._choose(dataset.train, _LINEAR))]
        parts += [(part, np.arange(len(part.labels))) for part in (dataset.validation, dataset.test)]
        features = [self._features(backbone, part, indices) for part, indices in parts]
        labels = [self._labels(part, indices) for part, indices in parts]
        votes = self._votes(features[0], labels[0], features[2])
        scores, by_rate = self._linear(features, labels)
        found: Dict[str, Any] = {
            "knnTop1": top_k(votes, labels[2], 1),
            "knnBalanced": balanced_accuracy(votes, labels[2]),
            "linearBalanced": balanced_accuracy(scores, labels[2]),
            "linearTop1": top_k(scores, labels[2], 1),
            **by_rate,
        }
        if self.classes >= _TOP_FIVE_FROM:
            found["linearTop5"] = top_k(scores, labels[2], 5)
        return found

    def _linear(self, features: List[Tensor], labels: List[Tensor]) -> Tuple[Tensor, Dict[str, Any]]:
        """Scores of the test images; by SGD also the chosen rate, and the validation accuracy of each."""
        if self.settings["probe"] == "ridge":
            return Ridge(features[0], labels[0], self.classes).scores(features[2]), {}
        mean = features[0].double().mean(0)
        deviation = (features[0].double().var(0, unbiased=False) + 1e-6).sqrt()
        scaled = [((x - mean) / deviation).float() for x in features]
        sweep: List[Dict[str, float]] = []
        best: Tuple[float, float, Tensor] = (-1.0, 0.0, torch.empty(0))
        for rate in _LINEAR_RATES:
            weight = self._regression(scaled[0], labels[0], rate)
            accuracy = top_k(_scores(weight, scaled[1]), labels[1], 1)
            sweep.append({"learningRate": rate, "validationTop1": accuracy})
            if accuracy > best[0]:
                best = accuracy, rate, weight
        return _scores(best[2], scaled[2]), {"linearLearningRate": best[1], "linearSweep": sweep}

    def _evaluate(self, probed: Probed) -> _Live:
        backbone, held, train = probed.backbone, self._held, self.dataset.train
        queries, labels = self._features(backbone, held, self._queries), self._labels(held, self._queries)
        bank, known = self._features(backbone, train, self._bank), self._labels(train, self._bank)
        votes = self._votes(bank, known, queries)
        probe = probed.probe
        scores = probe.logits(queries) if probe else Ridge(bank, known, self.classes).scores(queries)
        metrics = {
            "knnTop1": top_k(votes, labels, 1),
            "spread": embedding_spread(backbone.project(queries[: self.chunk], EVALUATE)),
            "probeTop1": top_k(scores, labels, 1),
        }
        if self.classes >= _TOP_FIVE_FROM:
            metrics["probeTop5"] = top_k(scores, labels, 5)
        if self._unequal:
            metrics["knnBalanced"] = balanced_accuracy(votes, labels)
            metrics["probeBalanced"] = balanced_accuracy(scores, labels)
        if probed.classifier:
            metrics["top1"] = top_k(probed.classifier(queries), labels, 1)
        return _Live(metrics, votes.argmax(1))

    def _members(self, task: MutualTask) -> Dict[str, float]:
        """The accuracies of a cohort's other members, on validation images."""
        part = self.dataset.validation
        indices = np.arange(len(part.labels))
        labels = self._labels(part, indices)
        found = {}
        for number, member in enumerate(task.members):
            if number > 0:
                scores = member.logits(self._features(member.backbone, part, indices))
                found[f"member{number + 1}Top1"] = top_k(scores, labels, 1)
        return found

    def _votes(self, bank: Tensor, labels: Tensor, queries: Tensor) -> Tensor:
        settings = self.settings
        return knn_votes(bank, labels, queries, settings["knnNeighbours"], settings["knnTemperature"], self.classes)

    def _features(self, backbone: Backbone, images: Images, indices: np.ndarray) -> Tensor:
        batches = plain_batches(images, indices, self.dataset, self.size, self.device)
        return torch.cat([backbone.features(batch, EVALUATE) for batch in batches])

    def _labels(self, images: Images, indices: np.ndarray) -> Tensor:
        return torch.from_numpy(images.labels[indices].astype(np.int64)).to(self.device)

    def _choose(self, images: Images, limit: int) -> np.ndarray:
        return Random.of(self.seed, Purpose.SAMPLE).permutation(len(images.labels), 1)[:limit]

    def _regression(self, features: Tensor, labels: Tensor, base: float) -> Tensor:
        """Softmax regression by SGD with momentum and cosine decay. Returns [d + 1, classes], the bias last."""
        count, batch = len(features), min(_LINEAR_BATCH, len(features))
        rows = torch.cat([features, torch.ones(count, 1, device=self.device)], 1)
        weight = torch.zeros(rows.shape[1], self.classes, device=self.device)
        buffer = torch.zeros_like(weight)
        random, per_epoch = Random.of(self.seed, Purpose.PROBE), count // batch
        wanted = torch.nn.functional.one_hot(labels, self.classes).float()
        for step in range(_LINEAR_EPOCHS * per_epoch):
            if step % per_epoch == 0:
                order = torch.from_numpy(random.permutation(count, step // per_epoch)).to(self.device)
            some = order[step % per_epoch * batch :][:batch]
            gradient = rows[some].t() @ ((rows[some] @ weight).softmax(1) - wanted[some]) / batch
            rate = base * batch / 256 * 0.5 * (1 + math.cos(math.pi * step / (_LINEAR_EPOCHS * per_epoch)))
            buffer.mul_(0.9).add_(gradient)
            weight.sub_(rate * buffer)
        return weight


def _scores(weight: Tensor, features: Tensor) -> Tensor:
    return features @ weight[:-1] + weight[-1]
