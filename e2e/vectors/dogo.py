"""DoGo, docs/methods.md §1.14."""

import numpy as np
from common import divergence, gradient, log_softmax, unit, vector


def nt_xent_rows(v, v_prime, temperature):
    """For each of the 2B views, −ln of its partner's share among the 2B − 1 others."""
    z = unit(np.concatenate([v, v_prime]))
    batch, similarities = len(v), z @ z.T / temperature
    rows = []
    for i in range(2 * batch):
        others = [j for j in range(2 * batch) if j != i]
        log_p = log_softmax(similarities[i, others][None])[0]
        rows.append(-log_p[others.index((i + batch) % (2 * batch))])
    return np.array(rows)


def similarities(v, v_prime):
    return unit(v) @ unit(v_prime).T


def vectors():
    random = np.random.default_rng(14)
    own = [random.normal(size=(3, 4)) for _ in range(2)]
    other = [random.normal(size=(3, 4)) for _ in range(2)]
    views = {"v": own[0], "v_prime": own[1]}
    rows = nt_xent_rows(*own, 0.5)
    yield vector(
        "dogo.nt_xent",
        "NT-Xent at τ = 0.5: per view, mean, gradient by v",
        views,
        {"T": 0.5},
        {
            "per_view": rows,
            "mean": rows.mean(),
            "grad_v": gradient(lambda x: nt_xent_rows(x, own[1], 0.5).mean(), own[0]),
        },
    )
    peer = similarities(*other)
    kl = lambda v, v_prime: divergence(peer, similarities(v, v_prime), 0.1)
    yield vector(
        "dogo.kl",
        "mean over rows of D(softmax(sim_j/τ) ‖ softmax(sim_i/τ)), τ = 0.1; the published code's mean over all entries is "
        "smaller by the batch size",
        views | {"peer_v": other[0], "peer_v_prime": other[1]},
        {"T": 0.1},
        {
            "similarities": similarities(*own),
            "mean": kl(*own),
            "mean_of_code": kl(*own) / 3,
            "grad_v": gradient(lambda x: kl(x, own[1]), own[0]),
            "grad_v_prime": gradient(lambda x: kl(own[0], x), own[1]),
        },
        tol=1e-4,
    )
    total = lambda v: nt_xent_rows(v, own[1], 0.5).mean() + 0.39 * kl(v, own[1])
    yield vector(
        "dogo.loss",
        "NT-Xent + λ KL",
        views | {"peer_v": other[0], "peer_v_prime": other[1]},
        {"T": 0.5, "T_kl": 0.1, "weight": 0.39},
        {"loss": total(own[0]), "grad_v": gradient(total, own[0])},
    )
