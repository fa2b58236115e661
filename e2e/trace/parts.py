"""Reading a trace, networks and SGD for the replays, in JAX: written from docs/methods.md §2 and §3.1."""

import json
import struct

import jax
import jax.numpy as jnp
import numpy as np

EPSILON = 1e-5


def read(path):
    data = open(path + ".safetensors", "rb").read()
    length = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8 : 8 + length])
    body = data[8 + length :]
    kinds = {"F32": np.float32, "I32": np.int32}
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        tensors[name] = np.frombuffer(body[begin:end], kinds[entry["dtype"]]).reshape(entry["shape"])
    return json.load(open(path + ".json")), tensors


def part(tensors, prefix):
    """The tensors whose names start with a prefix, by the rest of their names."""
    return {name[len(prefix) :]: jnp.asarray(x) for name, x in tensors.items() if name.startswith(prefix)}


def batch_norm(p, name, x, groups, running=None):
    gamma, beta = p[name + "/gamma"], p[name + "/beta"]
    if running is not None:
        mean, variance = running[name + "/mean"], running[name + "/variance"]
        return (x - mean) / jnp.sqrt(variance + EPSILON) * gamma + beta
    split = x.reshape((groups, -1, x.shape[-1]))
    mean, variance = split.mean(1, keepdims=True), split.var(1, keepdims=True)
    return ((split - mean) / jnp.sqrt(variance + EPSILON)).reshape(x.shape) * gamma + beta


def convolve(x, filter, stride):
    pad = (filter.shape[0] - 1) // 2
    return jax.lax.conv_general_dilated(
        x, filter, (stride, stride), [(pad, pad), (pad, pad)], dimension_numbers=("NHWC", "HWIO", "NHWC")
    )


def encode(p, images, groups, running=None, pooled=True):
    """A residual network of basic blocks; a block with a projection shortcut halves the image, unless it is the first."""

    def layer(name, x, stride):
        return batch_norm(p, name, convolve(x, p[name + "/filter"], stride), groups, running)

    x = jax.nn.relu(layer("stem", images, 1))
    block = 0
    while f"block{block}/conv0/filter" in p:
        name = f"block{block}"
        projected = f"{name}/shortcut/filter" in p
        stride = 2 if projected and block > 0 else 1
        identity = layer(name + "/shortcut", x, stride) if projected else x
        y = jax.nn.relu(layer(name + "/conv0", x, stride))
        x = jax.nn.relu(layer(name + "/conv1", y, 1) + identity)
        block += 1
    return x.mean((1, 2)) if pooled else x


def head(p, name, x, groups, running=None):
    hidden = x @ p[name + "/hidden/weight"] + p[name + "/hidden/bias"]
    if name + "/hidden/gamma" in p:
        hidden = batch_norm(p, name + "/hidden", hidden, groups, running)
    return jax.nn.relu(hidden) @ p[name + "/out/weight"] + p[name + "/out/bias"]


def unit(x):
    return x / jnp.maximum(jnp.linalg.norm(x, axis=1, keepdims=True), 1e-12)


def distance(prediction, goal):
    return (2 - 2 * (unit(prediction) * unit(goal)).sum(1)).mean()


class Sgd:
    def __init__(self, settings):
        assert settings["kind"] == "sgd" and not settings["nesterov"] and settings["clip"] == "none"
        self.momentum, self.decay, self.buffers = settings["momentum"], settings["weightDecay"], {}

    def step(self, p, gradients, rate):
        for name, gradient in gradients.items():
            steepness = gradient + self.decay * p[name]
            self.buffers[name] = self.momentum * self.buffers.get(name, 0) + steepness
            p[name] = p[name] - rate * self.buffers[name]


class Prefixed:
    """A dictionary with keys of two parts, so that one optimizer can update several stores."""

    def __init__(self, inner, prefix):
        self.inner, self.prefix = inner, prefix

    def __getitem__(self, key):
        return self.inner[key[1]]

    def __setitem__(self, key, value):
        self.inner[key[1]] = value


def halves(x):
    return jnp.split(x, 2)


def update(optimiser, stores, gradients, rate):
    """One step of all stores, dictionaries of dictionaries alike, in place."""
    for store, values in stores.items():
        for name in list(values):
            flat = {name: values[name]}
            optimiser.step(Prefixed(flat, store), {(store, name): gradients[store][name]}, rate)
            values[name] = flat[name]


def cross_entropy(out, labels):
    return -jnp.take_along_axis(jax.nn.log_softmax(out), labels[:, None], 1).mean()


def divergence(p_logits, q_logits, temperature=1.0):
    """Mean over rows of D(softmax(p/τ) ‖ softmax(q/τ))."""
    log_p, log_q = jax.nn.log_softmax(p_logits / temperature), jax.nn.log_softmax(q_logits / temperature)
    return (jnp.exp(log_p) * (log_p - log_q)).sum(1).mean()


def logits(p, classifier, images, running=None):
    return encode(p, images, 1, running) @ classifier["weight"] + classifier["bias"]
