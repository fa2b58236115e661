"""Float64 building blocks of the golden vectors, written from docs/methods.md §0. Rows are examples, columns classes."""

import numpy as np


def log_softmax(x):
    """The largest real part is subtracted, so that complex inputs of `gradient` pass through."""
    shifted = x - x.real.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


def cross_entropy(labels, logits):
    """Mean over rows of −ln softmax(logits) at the label."""
    return -log_softmax(logits)[np.arange(len(labels)), labels].mean()


def divergence(p_logits, q_logits, temperature=1.0):
    """Mean over rows of D(softmax(p/τ) ‖ softmax(q/τ))."""
    log_p, log_q = log_softmax(p_logits / temperature), log_softmax(q_logits / temperature)
    return (np.exp(log_p) * (log_p - log_q)).sum(axis=-1).mean()


def soft_cross_entropy(p_logits, q_logits, p_temperature, q_temperature):
    """Mean over rows of H(softmax(p/τ_p), softmax(q/τ_q))."""
    p = np.exp(log_softmax(p_logits / p_temperature))
    return -(p * log_softmax(q_logits / q_temperature)).sum(axis=-1).mean()


def unit(x):
    """Rows of unit length; no conjugate, so that complex inputs of `gradient` pass through."""
    return x / np.sqrt((x * x).sum(axis=-1, keepdims=True))


def gradient(loss, x):
    """The gradient of a real, analytic loss by complex steps, exact to float64's rounding (Squire and Trapp 1998)."""
    found = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        moved = x.astype(complex)
        moved[place] += 1e-30j
        found[place] = loss(moved).imag / 1e-30
    return found


def vector(id, description, inputs, params, expected, tol=1e-5):
    plain = lambda x: x.tolist() if isinstance(x, (np.ndarray, np.generic)) else x
    return {
        "id": id,
        "description": description,
        "inputs": {name: plain(x) for name, x in inputs.items()},
        "params": params,
        "expected": {name: plain(x) for name, x in expected.items()},
        "tol": tol,
    }
