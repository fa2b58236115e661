"""DKD, docs/methods.md §1.17, and standardized logits, §1.18."""

import jax
import jax.numpy as jnp
from parts import Sgd, cross_entropy, divergence, logits, part, update


def z_scored(x):
    return (x - x.mean(1, keepdims=True)) / (1e-7 + x.std(1, ddof=1, keepdims=True))


def parts(s, t, labels, tau):
    chosen = jax.nn.one_hot(labels, s.shape[1], dtype=bool)

    def split(x):
        log_p = jax.nn.log_softmax(x / tau)
        own = jnp.where(chosen, log_p, 0).sum(1)
        others = jax.scipy.special.logsumexp(jnp.where(chosen, -jnp.inf, log_p), 1)
        return jnp.stack([own, others], 1)

    b_t, b_s = split(t), split(s)
    target_class = (jnp.exp(b_t) * (b_t - b_s)).sum(1).mean()
    rest = lambda x: jnp.where(chosen, -1e6, x)
    return tau**2 * target_class, tau**2 * divergence(rest(t), rest(s), tau)


def replay(index, tensors, steps):
    scheme = index["arm"]["scheme"]
    own, taught = "before/task.network.", "before/task.teachers.0."
    p = {
        "encoder": part(tensors, own + "backbone.parameters/"),
        "classifier": part(tensors, own + "classifier/classifier/"),
    }
    teacher, read = part(tensors, taught + "backbone.parameters/"), part(tensors, taught + "classifier/classifier/")
    running = part(tensors, taught + "backbone.statistics/") if scheme["teacherBatchNorm"] == "eval" else None
    optimiser = Sgd(index["optimiser"])
    ready = z_scored if scheme["standardized"] else lambda x: x
    for images, labels, scalars in steps:
        t = ready(logits(teacher, read, images, running))

        def loss(p):
            s = logits(p["encoder"], p["classifier"], images)
            ce, (target_class, others) = cross_entropy(s, labels), parts(ready(s), t, labels, scheme["temperature"])
            both = scheme["alpha"] * target_class + scheme["beta"] * others
            return ce + scalars["ramp"] * both, (ce, target_class, others)

        (value, (ce, target_class, others)), gradients = jax.value_and_grad(loss, has_aux=True)(p)
        update(optimiser, p, gradients, scalars["studentRate"])
        yield {"studentLoss": value, "labelLoss": ce, "targetClassLoss": target_class, "otherClassesLoss": others}
    yield {"network.backbone.parameters": p["encoder"]}
