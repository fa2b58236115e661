"""DoGo, docs/methods.md §1.14."""

import jax
import jax.numpy as jnp
from parts import Sgd, divergence, encode, halves, head, part, unit, update


def nt_xent(z, temperature):
    z = unit(z)
    batch = len(z) // 2
    similarities = jnp.where(jnp.eye(2 * batch, dtype=bool), -jnp.inf, z @ z.T / temperature)
    partner = jnp.roll(jnp.arange(2 * batch), -batch)
    return -jnp.take_along_axis(jax.nn.log_softmax(similarities), partner[:, None], 1).mean()


def similarities(z):
    v, v_prime = halves(unit(z))
    return v @ v_prime.T


def replay(index, tensors, steps):
    scheme = index["arm"]["scheme"]
    members = {f"member{i}": part(tensors, f"before/task.members.{i}.parameters/") for i in (0, 1)}
    optimiser = Sgd(index["optimiser"])
    for images, _, scalars in steps:
        shown = (images, images) if scheme["views"] == "shared" else halves(images)

        def loss(p):
            z = [head(p[f"member{i}"], "projector", encode(p[f"member{i}"], shown[i], 2), 2) for i in (0, 1)]
            stopped = [jax.lax.stop_gradient(similarities(x)) for x in z]
            contrast = [nt_xent(x, scheme["temperature"]) for x in z]
            imitation = [divergence(stopped[1 - i], similarities(z[i]), scheme["klTemperature"]) for i in (0, 1)]
            own, other = (c + scheme["weight"] * d for c, d in zip(contrast, imitation))
            return own + other, (own, contrast[0], imitation[0], other)

        (_, (own, contrast, imitation, other)), gradients = jax.value_and_grad(loss, has_aux=True)(members)
        update(optimiser, members, gradients, scalars["studentRate"])
        yield {"studentLoss": own, "contrastLoss": contrast, "distillationLoss": imitation, "member2Loss": other}
    yield {f"members.{i}.parameters": members[f"member{i}"] for i in (0, 1)}
