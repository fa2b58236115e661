"""SHAKE, docs/methods.md §1.16."""

import jax
import jax.numpy as jnp
from parts import Sgd, batch_norm, convolve, cross_entropy, divergence, encode, part, update


def standardized(x):
    centered = x - x.mean(1, keepdims=True)
    return 3.1415 * centered / jnp.sqrt((centered**2).mean(1, keepdims=True) + 1e-7)


def replay(index, tensors, steps):
    scheme = index["arm"]["scheme"]
    ready = standardized if scheme["standardized"] else lambda x: x
    own, taught = "before/task.network.", "before/task.taught."
    p = {
        "encoder": part(tensors, own + "backbone.parameters/"),
        "classifier": part(tensors, own + "classifier/classifier/"),
        "head": part(tensors, "before/task.head.parameters/"),
    }
    teacher = part(tensors, taught + "backbone.parameters/")
    running = part(tensors, taught + "backbone.statistics/") if scheme["teacherBatchNorm"] == "eval" else None
    read = part(tensors, taught + "classifier/classifier/")
    optimiser, tau = Sgd(index["optimiser"]), scheme["temperature"]
    for images, labels, scalars in steps:
        taught_map = encode(teacher, images, 1, running, pooled=False)
        t = ready(taught_map.mean((1, 2)) @ read["weight"] + read["bias"])

        def loss(p):
            s = ready(encode(p["encoder"], images, 1) @ p["classifier"]["weight"] + p["classifier"]["bias"])
            x = taught_map
            for name in ("shadow/join", "shadow/mix"):
                x = jax.nn.relu(batch_norm(p["head"], name, convolve(x, p["head"][name + "/filter"], 1), 1))
            shadow = ready(x.mean((1, 2)) @ read["weight"] + read["bias"])
            stop = jax.lax.stop_gradient
            kl = lambda goal, other: tau**2 * divergence(goal, other, tau)
            ce, of_shadow = cross_entropy(s, labels), kl(stop(shadow), s)
            own_loss = kl(stop(s), shadow) + cross_entropy(shadow, labels) + ((shadow - t) ** 2).mean()
            whole = scheme["gamma"] * ce + scheme["alpha"] * kl(t, s) + scheme["beta"] * (of_shadow + own_loss)
            return whole, (ce, of_shadow, own_loss)

        (value, (ce, of_shadow, own_loss)), gradients = jax.value_and_grad(loss, has_aux=True)(p)
        update(optimiser, p, gradients, scalars["studentRate"])
        yield {"studentLoss": value, "labelLoss": ce, "distillationLoss": of_shadow, "shadowLoss": own_loss}
    yield {"network.backbone.parameters": p["encoder"], "head.parameters": p["head"]}
