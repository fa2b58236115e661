"""Replays a trace from its two files alone, in JAX, and prints the differences.

    python replay.py TRACE        TRACE.json and TRACE.safetensors, as `npm run experiment -- … --trace N` writes them

Needs numpy and jax. It shares nothing with the page: it is written from docs/methods.md §1 and the index. BYOL, SimDis, KD and
SEED are replayed here; every other method has a file of its own in methods/, with a function `replay`.
"""

import importlib
import sys

import jax
import jax.numpy as jnp
import numpy as np

from parts import Prefixed, Sgd, distance, encode, halves, head, logits, part, read, unit


class Learner:
    """A network with a momentum copy and predictors."""

    def __init__(self, tensors, prefix, optimiser):
        self.online = part(tensors, prefix + ".online.parameters/")
        self.momentum = part(tensors, prefix + ".momentum.parameters/")
        self.predictors = part(tensors, prefix + ".predictors.parameters/")
        self.optimiser = Sgd(optimiser)

    def follow(self, tau):
        self.momentum = {n: tau * x + (1 - tau) * self.online[n] for n, x in self.momentum.items()}

    @staticmethod
    def project(p, images):
        return head(p, "projector", encode(p, images, 2), 2)

    def learn(self, loss_of, rate):
        both = {"online": self.online, "predictors": self.predictors}
        (value, terms), gradients = jax.value_and_grad(loss_of, has_aux=True)(both)
        return value, terms, lambda: self.apply(gradients, rate)

    def apply(self, gradients, rate):
        flat = {("o", n): x for n, x in gradients["online"].items()}
        flat |= {("p", n): x for n, x in gradients["predictors"].items()}
        values = {("o", n): x for n, x in self.online.items()} | {("p", n): x for n, x in self.predictors.items()}
        self.optimiser.step(values, flat, rate)
        self.online = {n: values[("o", n)] for n in self.online}
        self.predictors = {n: values[("p", n)] for n in self.predictors}


def byol_loss(images, goals):
    def loss(p):
        z = Learner.project(p["online"], images)
        q, q_prime = halves(head(p["predictors"], "target3", z, 2))
        return distance(q, goals[1]) + distance(q_prime, goals[0]), []

    return loss


def simdis(index, tensors, steps):
    scheme = index["arm"]["scheme"]
    alone = scheme["method"] == "byol"
    student = Learner(tensors, "before/task.learner", index["optimiser"])
    teacher = None if alone else Learner(tensors, "before/task.source.learner", index["optimiser"])
    targets = [3] if alone else sorted(scheme["targets"])
    for step, (images, _, scalars) in enumerate(steps):
        student.follow(scalars["tau"])
        s_hat = halves(Learner.project(student.momentum, images))
        goals, taught = {"s_hat": s_hat}, None
        if teacher:
            teacher.follow(scalars["tau"])
            goals["t_hat"] = halves(Learner.project(teacher.momentum, images))
            goals["t"] = halves(Learner.project(teacher.online, images))
            taught = teacher.learn(byol_loss(images, goals["t_hat"]), scalars["teacherRate"])

        def loss(p):
            z = Learner.project(p["online"], images)
            own = halves(jax.lax.stop_gradient(z))
            terms = []
            for view in targets:
                q, q_prime = halves(head(p["predictors"], f"target{view}", z, 2))
                kind = {1: own, 2: s_hat, 3: s_hat, 4: goals.get("t"), 5: goals.get("t")}.get(view, goals.get("t_hat"))
                same = view in (2, 4, 6)
                goal, goal_prime = (kind[0], kind[1]) if same else (kind[1], kind[0])
                terms.append(distance(q, goal) + distance(q_prime, goal_prime))
            return sum(terms) / len(terms), terms

        value, terms, apply = student.learn(loss, scalars["studentRate"])
        reported = {"studentLoss": value}
        if not alone:
            reported |= {f"viewLoss{view}": term for view, term in zip(targets, terms)}
        if taught:
            taught[2]()
            reported["teacherLoss"] = taught[0]
        apply()
        yield reported
    yield {"learner.online.parameters": student.online, "learner.momentum.parameters": student.momentum} | (
        {"source.learner.online.parameters": teacher.online} if teacher else {}
    )


def kd(index, tensors, steps):
    scheme = index["arm"]["scheme"]
    student = {"encoder": part(tensors, "before/task.network.backbone.parameters/")}
    student["classifier"] = part(tensors, "before/task.network.classifier/classifier/")
    taught = "before/task.teachers.0."
    teacher, running = part(tensors, taught + "backbone.parameters/"), part(tensors, taught + "backbone.statistics/")
    classifier = part(tensors, taught + "classifier/classifier/")
    tau, alpha = scheme["temperature"], scheme["alpha"]
    optimiser = Sgd(index["optimiser"])
    for images, labels, scalars in steps:
        mode = running if scheme["teacherBatchNorm"] == "eval" else None
        goal = logits(teacher, classifier, images, mode)

        def loss(p):
            out = logits(p["encoder"], p["classifier"], images)
            ce = -jnp.take_along_axis(jax.nn.log_softmax(out), labels[:, None], 1).mean()
            log_p, log_q = jax.nn.log_softmax(goal / tau), jax.nn.log_softmax(out / tau)
            kl = (jnp.exp(log_p) * (log_p - log_q)).sum(1).mean()
            kl *= tau**2 if scheme["scaling"] == "hinton" else 1
            return (1 - alpha) * ce + alpha * kl, (ce, kl)

        (value, (ce, kl)), gradients = jax.value_and_grad(loss, has_aux=True)(student)
        for name in student:
            for key in list(student[name]):
                flat = {key: student[name][key]}
                optimiser.step(Prefixed(flat, name), {(name, key): gradients[name][key]}, scalars["studentRate"])
                student[name][key] = flat[key]
        yield {"studentLoss": value, "labelLoss": ce, "distillationLoss": kl}
    yield {"network.backbone.parameters": student["encoder"]}


def seed(index, tensors, steps):
    scheme = index["arm"]["scheme"]
    assert scheme["patches"] == 0
    student = part(tensors, "before/task.network.parameters/")
    teacher, running = part(tensors, "before/task.teacherNetwork.parameters/"), part(tensors, "before/task.teacherNetwork.statistics/")
    queue = jnp.asarray(tensors["before/task.queues.0.state.rows"])
    pointer = int(tensors["before/task.queues.0.state.pointer"])
    optimiser = Sgd(index["optimiser"])
    for images, _, scalars in steps:
        t = unit(head(teacher, "projector", encode(teacher, images, 1, running), 1, running))

        def similarities(x):
            return jnp.concatenate([(x * t).sum(1, keepdims=True), x @ queue.T], 1)

        log_p = jax.nn.log_softmax(similarities(t) / scheme["teacherTemperature"])

        def loss(p):
            s = unit(head(p, "projector", encode(p, images, 1), 1))
            log_q = jax.nn.log_softmax(similarities(s) / scheme["temperature"])
            return -(jnp.exp(log_p) * log_q).sum(1).mean()

        value, gradients = jax.value_and_grad(loss)(student)
        optimiser.step(student, gradients, scalars["studentRate"])
        places = (pointer + np.arange(len(t))) % len(queue)
        queue = queue.at[places].set(t)
        pointer = (pointer + len(t)) % len(queue)
        yield {"studentLoss": value}
    yield {"network.parameters": student}


def main(path):
    index, tensors = read(path)
    method = index["arm"]["scheme"]["method"]
    known = {"byol": simdis, "simdis-on": simdis, "kd": kd, "seed": seed}
    replay = known.get(method) or importlib.import_module(f"methods.{method}").replay
    steps = [
        (jnp.asarray(tensors[f"step{i}/views0"]), jnp.asarray(tensors[f"step{i}/labels"]), step["scalars"])
        for i, step in enumerate(index["steps"])
    ]
    # Every rendering of a step after the first is a further input of that step.
    index["views"] = [
        [jnp.asarray(tensors[name]) for n in range(9) if (name := f"step{i}/views{n}") in tensors]
        for i in range(len(steps))
    ]
    worst = 0.0
    for step, result in enumerate(replay(index, tensors, steps)):
        if step < len(steps):
            wanted = index["steps"][step]["losses"]
            apart = {name: abs(float(x) - wanted[name]) for name, x in result.items()}
            print(f"step {step}:", ", ".join(f"{name} {wanted[name]:.6f} ± {d:.1e}" for name, d in apart.items()))
            worst = max(worst, *apart.values())
            continue
        for store, p in result.items():
            ours = {name: tensors[f"after/task.{store}/{name}"] for name in p}
            moved = max(float(np.abs(x - tensors[f"before/task.{store}/{n}"]).max()) for n, x in ours.items())
            apart = max(float(np.abs(x - np.asarray(p[n])).max()) for n, x in ours.items())
            print(f"after, {store}: moved by up to {moved:.1e}, apart by {apart:.1e}")
            worst = max(worst, apart)
    print(f"largest difference {worst:.1e}")
    return 0 if worst < 1e-3 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
