"""The golden vectors that the page's own losses, updates, schedules and evaluations hold."""

from __future__ import annotations

import json
import unittest
from pathlib import Path
from typing import Any, Dict

import numpy as np
import torch

from retort_torch import losses, schedules
from retort_torch.collectives import Groups, Share
from retort_torch.evaluation import Ridge, embedding_spread, knn_votes, top_k
from retort_torch.losses import Pair
from retort_torch.norm import EVALUATE, Mode, batch_norm
from retort_torch.optim.lars import Lars
from retort_torch.optim.rules import TRANSFER_RATES
from retort_torch.optim.shampoo import inverse_fourth_root
from retort_torch.tasks.task import Queue
from retort_torch.randomness import Random
from retort_torch.views import color

_ENGINE = Path(__file__).parents[2] / "src/engine"
_FILES = "math/golden-vectors.json", "math/numpy-vectors.json"
_VECTORS: Dict[str, Any] = {
    vector["id"]: vector for file in _FILES for vector in json.loads((_ENGINE / file).read_text())["vectors"]
}


def _t(x: Any) -> torch.Tensor:
    return torch.tensor(x, dtype=torch.float64)


class GoldenVectors(unittest.TestCase):
    def vector(self, name: str) -> Any:
        self.found = _VECTORS[name]
        return self.found["inputs"], self.found["params"], self.found["expected"]

    def near(self, actual: Any, expected: Any) -> None:
        """Within the vector's tolerance, relative where the expected value is above 1."""
        given = np.asarray(actual.detach() if isinstance(actual, torch.Tensor) else actual, np.float64)
        wanted = np.asarray(expected, np.float64)
        self.assertEqual(given.shape, wanted.shape)
        apart = np.max(np.abs(given - wanted) / np.maximum(1, np.abs(wanted)))
        self.assertLessEqual(apart, self.found["tol"])

    def test_byol(self) -> None:
        x, _, e = self.vector("byol.one_direction")
        per_sample = losses.regression_distance(_t(x["q"]), _t(x["k"]))
        self.near(per_sample, e["per_sample"])
        x, _, e = self.vector("byol.symmetric")
        goals = Pair(_t(x["k_v"]), _t(x["k_vprime"]))
        self.near(losses.byol_loss(Pair(_t(x["q_v"]), _t(x["q_vprime"])), goals), e["simdis_sum"])
        x, _, e = self.vector("byol.grad_q")
        q = _t(x["q"]).requires_grad_()
        losses.regression_distance(q, _t(x["k"])).mean().backward()
        self.near(q.grad, e["grad_q"])

    def test_simdis_views(self) -> None:
        x, p, e = self.vector("simdis.views")
        names = {"student": "S", "momentum_student": "Sh", "teacher": "T", "momentum_teacher": "Th"}
        z = {name: Pair(*_t(x["z"][short])) for name, short in names.items()}
        shorts = {"S_vp": 1, "Sh_v": 2, "Sh_vp": 3, "T_v": 4, "T_vp": 5, "Th_v": 6, "Th_vp": 7}
        offsets = x["offset"]

        def predict(view: int) -> Pair:
            short = next(name for name, number in shorts.items() if number == view)
            return Pair(z["student"].v + _t(offsets[short]), z["student"].v_prime + _t(offsets[short]))

        terms = losses.simdis_terms(sorted(shorts.values()), predict, z)
        for short, view in shorts.items():
            self.near(terms[view], e["per_view"][short])

    def test_momentum(self) -> None:
        x, p, e = self.vector("ema.tau_schedule")
        self.near([schedules.momentum_tau(k, p["K"], p["tau0"]) for k in x["k"]], e["tau"])
        x, p, e = self.vector("ema.sequence")
        xi = _t(x["xi0"])
        for step, theta in enumerate(x["theta"]):
            tau = schedules.momentum_tau(step, p["K"], p["tau0"])
            xi = tau * xi + (1 - tau) * _t(theta)
            self.near(xi, e["xi"][step])

    def test_contrast(self) -> None:
        x, p, e = self.vector("moco.infonce")
        queue = losses.unit_rows(_t(x["queue"]))
        self.near(losses.candidate_similarities(_t(x["q"]), _t(x["k"]), queue) / p["T"], e["logits_over_T"])
        self.near(losses.info_nce(_t(x["q"]), _t(x["k"]), queue, p["T"]), np.mean(e["per_sample"]))
        held = Queue(len(queue), 3, Random.of(1, 8)).double()
        held.rows.copy_(queue)
        held.pointer.fill_(x["ptr"])
        held.enter(_t(x["k"]))
        self.near(held.rows, e["queue_after"])
        self.assertEqual(int(held.pointer), e["ptr_after"])
        x, p, e = self.vector("seed.loss")
        for name, temperature in (
            ("mean_Tt_0p1", p["Tt_soft"]),
            ("mean_Tt_0p01", p["Tt_paperlike"]),
            ("mean_Tt_1e4", p["Tt_code"]),
        ):
            loss = losses.seed_loss(
                _t(x["student"]), _t(x["teacher"]), losses.unit_rows(_t(x["queue"])), p["Ts"], temperature
            )
            self.near(loss, e[name])

    def test_distillation(self) -> None:
        x, p, e = self.vector("kd.seed_vs_hinton")
        student, teacher, labels = _t(x["student_logits"]), _t(x["teacher_logits"]), torch.tensor(x["labels"])
        for scaling, name in (("article", "loss_seed"), ("hinton", "loss_T2")):
            own, imitation = losses.kd_terms(student, teacher, labels, p["T"], scaling)
            self.near((1 - p["alpha"]) * own + p["alpha"] * imitation, e[name])
        x, p, e = self.vector("dml.loss_m3")
        logits, label = [_t(one) for one in x["logits"]], torch.tensor([x["label"]])
        for i, own in enumerate(logits):
            peers = [peer for j, peer in enumerate(logits) if j != i]
            self.near(losses.mutual_loss(own, peers, label), e["loss"][i])
            first, ensemble, entropy = losses.mutual_terms(own, peers, label)
            self.near(first + ensemble - entropy, e["loss"][i])

    def test_standardized_logits(self) -> None:
        x, _, e = self.vector("standardize.logits")
        self.near(losses.standardized_rows(_t(x["logits"])), e["standardized"])
        self.near(losses.standardized_rows(_t(x["logits"])[:, :2]), e["two_classes"])
        x, p, e = self.vector("standardize.kd")
        labels, teacher = torch.tensor(x["labels"]), _t(x["teacher"])
        student = _t(x["student"]).requires_grad_()
        own, imitation = losses.kd_terms(student, teacher, labels, p["T"], "article", standardized=True)
        self.near(imitation, e["imitation"])
        self._with_gradient(student, (1 - p["alpha"]) * own + p["alpha"] * imitation, e)
        x, _, e = self.vector("standardize.ssld")
        student = _t(x["student"]).requires_grad_()
        self._with_gradient(student, losses.ssld_loss("KL", student, _t(x["teacher"]), standardized=True), e)

    def _with_gradient(self, x: torch.Tensor, loss: torch.Tensor, expected: Any) -> None:
        self.near(loss, expected["loss"])
        loss.backward()
        self.near(x.grad, expected["grad"])

    def test_mutual_update_order(self) -> None:
        x, p, e = self.vector("dml.update_order")
        label = torch.tensor([x["label"]])
        start = [_t([x["logits1"]]), _t([x["logits2"]])]

        def updated(own: torch.Tensor, peer: torch.Tensor) -> torch.Tensor:
            own = own.clone().requires_grad_()
            losses.mutual_loss(own, [peer], label).backward()
            assert own.grad is not None
            return (own - p["lr"] * own.grad).detach()

        first = updated(start[0], start[1])
        self.near(first[0], e["after1"])
        self.near(updated(start[1], start[0])[0], e["after2_simultaneous"])
        self.near(updated(start[1], first)[0], e["after2_sequential"])

    def test_ssld(self) -> None:
        x, _, e = self.vector("ssld.losses")
        for divergence, name in (
            ("paddleJS", "paddle_js"),
            ("trueJS", "true_js"),
            ("KL", "kl_t_s"),
            ("CEsoft", "ce_soft"),
        ):
            self.near(losses.ssld_loss(divergence, _t([x["student_logits"]]), _t([x["teacher_logits"]])), e[name])
        x, _, e = self.vector("ssld.js_bound")
        for divergence, name in (("paddleJS", "paddle_js"), ("trueJS", "true_js")):
            self.near(losses.ssld_loss(divergence, _t([x["student_logits"]]), _t([x["teacher_logits"]])), e[name])
        x, _, e = self.vector("ssld.grad")
        student = _t([x["student_logits"]]).requires_grad_()
        losses.ssld_loss("paddleJS", student, _t([x["teacher_logits"]])).backward()
        assert student.grad is not None
        self.near(student.grad[0], e["grad"])

    def test_lars(self) -> None:
        for name, rule in (("lars.simdis", "simdis"), ("lars.sololearn_clip", "solo")):
            x, p, e = self.vector(name)
            w = _t(x["w"]).requires_grad_()
            optimizer = Lars([w], p["lr"], p["momentum"], p["wd"], rule)
            for step, gradient in enumerate(x["grads"]):
                w.grad = _t(gradient)
                optimizer.step()
                self.near(w.flatten(), e["w_flat"][step])
        x, p, e = self.vector("lars.simdis_excluded")
        w = _t(x["p"]).requires_grad_()
        w.grad = _t(x["grad"])
        Lars([w], p["lr"], p["momentum"], p["wd"], "simdis").step()
        self.near(w, e["p_after"])

    def test_adam_and_sgd(self) -> None:
        x, p, e = self.vector("adam.vs_adamw")
        for kind, name in ((torch.optim.Adam, "adam_l2"), (torch.optim.AdamW, "adamw")):
            self._follow(x, e[name], lambda w: kind([w], p["lr"], (p["b1"], p["b2"]), p["eps"], p["wd"]))
        x, p, e = self.vector("sgd.momentum")
        for nesterov, name in ((False, "plain"), (True, "nesterov")):
            self._follow(x, e[name], lambda w: torch.optim.SGD([w], p["lr"], p["momentum"], nesterov=nesterov))

    def _follow(self, x: Any, expected: Any, create: Any) -> None:
        w = _t(x["w"]).requires_grad_()
        optimizer = create(w)
        for step, gradient in enumerate(x["grads"]):
            w.grad = _t(gradient)
            optimizer.step()
            self.near(w, expected[step])

    def test_shampoo(self) -> None:
        x, p, e = self.vector("shampoo.one_step")
        g = _t(x["G"])
        left, right = (inverse_fourth_root(m + p["eps"] * torch.eye(2, dtype=g.dtype)) for m in (g @ g.t(), g.t() @ g))
        even = left @ g @ right
        self.near(even, e["precond"])
        self.near(even * g.norm() / even.norm(), e["grafted"])

    def test_schedules(self) -> None:
        x, p, e = self.vector("sched.warmup_cosine")
        self.near([schedules.warmup_cosine(i, p["lr"], p["W"], p["N"]) for i in x["iter"]], e["lr"])
        x, p, e = self.vector("sched.onecycle")
        self.near([schedules.one_cycle(i, p["max"], p["N"], 0.1) for i in x["iter"]], e["lr"])
        x, p, e = self.vector("lrlist.resnet")
        self.near([factor * x["base_lr"] for factor in TRANSFER_RATES["resnet"]], e["lr"][:5])

    def test_batch_norm(self) -> None:
        x, _, e = self.vector("bn.train_vs_eval")
        rows, one, zero = _t(x["x"]).unsqueeze(1), _t([1.0]), _t([0.0])
        mean, variance = _t([x["running_mean"]]), _t([x["running_var"]])
        self.near(batch_norm(rows, one, zero, EVALUATE, mean, variance).flatten(), e["eval"])
        mode = Mode("train", Groups.of(Share.of(len(rows))))
        self.near(batch_norm(rows, one, zero, mode, mean, variance).flatten(), e["train"])
        self.near(mean[0], e["running_mean_after"])
        self.near(variance[0], e["running_var_after"])

    def test_evaluation(self) -> None:
        x, p, e = self.vector("knn.weighted")
        bank, query = torch.tensor(x["train"]), torch.tensor([x["test"]])
        votes = knn_votes(bank, torch.tensor(x["labels"]), query, p["k"], p["T"], 2)[0]
        self.near(votes[1] / votes[0], e["vote_ratio_class1_over_class0"])
        x, _, e = self.vector("collapse.std")
        self.near(embedding_spread(_t(x["z"])), e["ratio"])
        x, _, e = self.vector("metrics.topk")
        scores, labels = _t(x["logits"]), torch.tensor(x["labels"])
        self.near([top_k(scores, labels, 1), top_k(scores, labels, 5)], [e["top1"], e["top5"]])

    def test_ridge(self) -> None:
        for case in json.loads((_ENGINE / "evaluation/ridge-golden.json").read_text()):
            labels = torch.tensor(case["labels"])
            features, asked = (torch.tensor(case[part], dtype=torch.float32) for part in ("train", "test"))
            ridge = Ridge(features.view(len(labels), -1), labels, case["classes"])
            scores = ridge.scores(asked.view(-1, len(features) // len(labels)))
            with self.subTest(case=case["name"]):
                np.testing.assert_allclose(scores.flatten(), case["scores"], rtol=0, atol=1e-9)

    def test_colors(self) -> None:
        x, _, e = self.vector("aug.pointwise")
        self.near(color.solarize(_t(x["x"])), e["solarize"])
        self.near(color.gray_of(_t(x["rgb"]).view(1, 3, 1, 1)).item(), e["gray"])


if __name__ == "__main__":
    unittest.main()
