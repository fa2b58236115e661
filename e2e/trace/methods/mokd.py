"""MOKD, docs/methods.md §1.15."""

import jax
import jax.numpy as jnp
import numpy as np
from parts import Sgd, batch_norm, encode, part, unit, update

WIDTH, HEADS = 64, 4


def linear(p, name, x):
    return x @ p[name + "/weight"] + p[name + "/bias"]


def layer_norm(p, name, x):
    centered = x - x.mean(-1, keepdims=True)
    return centered / jnp.sqrt((centered**2).mean(-1, keepdims=True) + 1e-6) * p[name + "/gamma"] + p[name + "/beta"]


def gelu(x):
    return 0.5 * x * (1 + jax.scipy.special.erf(x / np.sqrt(2)))


def sines(side):
    quarter = WIDTH // 4
    frequency = 10_000.0 ** (-np.arange(quarter) / quarter)
    y, x = np.divmod(np.arange(side * side), side)
    ofX, ofY = x[:, None] * frequency, y[:, None] * frequency
    return jnp.asarray(np.stack([np.sin(ofX), np.cos(ofX), np.sin(ofY), np.cos(ofY)], -1).reshape(side * side, WIDTH), jnp.float32)


def through(p, x):
    block = 0
    while f"block{block}/query/weight" in p:
        name = f"block{block}"
        y = layer_norm(p, name + "/attention", x)
        apart = lambda z: z.reshape(*z.shape[:2], HEADS, WIDTH // HEADS).transpose(0, 2, 1, 3)
        q, k, v = (apart(linear(p, f"{name}/{part}", y)) for part in ("query", "key", "value"))
        mixed = jax.nn.softmax(q @ k.transpose(0, 1, 3, 2) / np.sqrt(WIDTH / HEADS)) @ v
        x = x + linear(p, name + "/join", mixed.transpose(0, 2, 1, 3).reshape(x.shape))
        x = x + linear(p, name + "/narrow", gelu(linear(p, name + "/widen", layer_norm(p, name + "/mlp", x))))
        block += 1
    return layer_norm(p, "last", x)


def columns(weight):
    return weight / jnp.sqrt((weight**2).sum(0, keepdims=True))


def outputs(n, images, views):
    """Logits of both heads, tokens with positions, and the mean token, for stacked views."""
    found = encode(n["backbone"], images, views, pooled=False)
    x = found.mean((1, 2))
    for name in ("hidden1", "hidden2"):
        x = gelu(batch_norm(n["pooled"], name, linear(n["pooled"], name, x), views))
    pooled = unit(linear(n["pooled"], "bottleneck", x)) @ columns(n["prototypes"]["prototypes"])
    batch, side = found.shape[0], found.shape[1]
    tokens = linear(n["places"], "map", found.reshape(batch, side * side, -1))
    places = tokens + sines(side)
    read = through(n["places"], places).mean(1) @ columns(n["tokens"]["tokenPrototypes"])
    return jnp.split(pooled, views), jnp.split(read, views), places, tokens.mean(1)


def soft(goal, own, t, s):
    return -(jax.nn.softmax(goal / t) * jax.nn.log_softmax(own / s)).sum(1).mean()


def dino(student, teacher, center, t, s):
    losses = [soft(g - center, o, t, s) for i, g in enumerate(teacher) for j, o in enumerate(student) if i != j]
    return sum(losses) / len(losses)


def network(tensors, prefix):
    return {
        "backbone": part(tensors, prefix + ".backbone.parameters/"),
        "pooled": part(tensors, prefix + ".pooledHead.parameters/"),
        "places": part(tensors, prefix + ".placesHead.parameters/"),
        "prototypes": part(tensors, prefix + ".pooledHead.prototypes/"),
        "tokens": part(tensors, prefix + ".placesHead.prototypes/"),
    }


def clipped(gradients, scheme):
    if scheme["clip"] == 0:
        return gradients
    return jax.tree.map(lambda g: g * jnp.minimum(1, scheme["clip"] / jnp.linalg.norm(g)), gradients)


def replay(index, tensors, steps):
    scheme, own_rule = index["arm"]["scheme"], index["optimiser"]
    assert own_rule["clip"] == "none"
    online = [network(tensors, f"before/task.members.{i}.online") for i in (0, 1)]
    copies = [network(tensors, f"before/task.members.{i}.momentum") for i in (0, 1)]
    centers = [{name: jnp.asarray(tensors[f"before/task.members.{i}.centers.{name}"]) for name in ("pooled", "places")} for i in (0, 1)]
    optimisers, weights = [Sgd(own_rule), Sgd(own_rule)], (scheme["crossWeight"], scheme["peerWeight"])
    count = scheme["patches"]
    for (images, _, scalars), views in zip(steps, index["views"]):
        small = views[1][2 * len(views[1]) // (2 + count) :]
        t, s = scalars["teacherTemperature"], scheme["temperature"]
        shown = [outputs(copy, images, 2) for copy in copies]
        results = []
        for i in (0, 1):
            j = 1 - i

            def loss(p):
                whole, patch = outputs(p, images, 2), outputs(p, small, count)
                query, places0 = jax.lax.stop_gradient(patch[3]), jnp.split(shown[j][2], 2)[0]
                joined = jnp.concatenate([query[:, None], jnp.tile(places0, (count, 1, 1))], 1)
                read = through(copies[j]["places"], joined)[:, 1:].mean(1)
                found = jnp.split(read @ columns(copies[j]["tokens"]["tokenPrototypes"]), count)
                pooled, placed = whole[0] + patch[0], whole[1] + patch[1]
                cross = dino(pooled, shown[j][0], centers[j]["pooled"], t, s)
                search = sum(soft(f, o, t, s) for f, o in zip(found, patch[1])) / count
                value = dino(pooled, shown[i][0], centers[i]["pooled"], t, s)
                value += dino(placed, shown[i][1], centers[i]["places"], t, s)
                return value + weights[i] * (cross + search), (cross, search)

            results.append(jax.value_and_grad(loss, has_aux=True)(online[i]))
        log_p = jax.nn.log_softmax((jnp.concatenate(shown[0][0]) - centers[0]["pooled"]) / t)
        entropy = -(jnp.exp(log_p) * log_p).sum(1).mean()
        for i in (0, 1):
            gradients = results[i][1]
            for name in ("prototypes", "tokens"):
                gradients[name] = jax.tree.map(lambda g: g * scalars["prototypeGate"], gradients[name])
            update(optimisers[i], online[i], clipped(gradients, scheme), scalars["studentRate"])
            for name, at in (("pooled", 0), ("places", 1)):
                centers[i][name] = 0.9 * centers[i][name] + 0.1 * jnp.concatenate(shown[i][at]).mean(0)
            tau = scalars["tau"]
            copies[i] = jax.tree.map(lambda c, o: tau * c + (1 - tau) * o, copies[i], online[i])
        (own, (cross, search)), _ = results[0]
        yield {
            "studentLoss": own,
            "teacherEntropy": entropy,
            "distillationLoss": cross,
            "searchLoss": search,
            "member2Loss": results[1][0][0],
        }
    yield {f"members.{i}.online.backbone.parameters": online[i]["backbone"] for i in (0, 1)} | {
        f"members.{i}.momentum.placesHead.parameters": copies[i]["places"] for i in (0, 1)
    }
