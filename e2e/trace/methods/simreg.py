"""SimReg, docs/methods.md §1.13."""

import jax
from parts import Sgd, distance, encode, halves, head, part, update


def regress(p, x):
    for name in ("head0", "head1"):
        if name + "/hidden/weight" in p[name]:
            x = head(p[name], name, x, 1)
    return x @ p["linear"]["weight"] + p["linear"]["bias"] if p["linear"] else x


def replay(index, tensors, steps):
    scheme = index["arm"]["scheme"]
    student = {"encoder": part(tensors, "before/task.network.parameters/")}
    student |= {f"head{at}": part(tensors, f"before/task.head.parts.{at}.parameters/") for at in (0, 1)}
    student["linear"] = part(tensors, "before/task.head.linear/head/")
    teacher = part(tensors, "before/task.teacherNetwork.parameters/")
    running = part(tensors, "before/task.teacherNetwork.statistics/")
    optimiser = Sgd(index["optimiser"])
    for images, _, scalars in steps:
        own, shown = (images, images) if scheme["views"] == "same" else halves(images)
        goal = encode(teacher, shown, 1, running if scheme["teacherBatchNorm"] == "eval" else None)

        def loss(p):
            return distance(regress(p, encode(p["encoder"], own, 1)), goal)

        value, gradients = jax.value_and_grad(loss)(student)
        update(optimiser, student, gradients, scalars["studentRate"])
        yield {"studentLoss": value}
    yield {"network.parameters": student["encoder"]} | (
        {"head.parts.0.parameters": student["head0"]} if student["head0"] else {}
    )
