"""LARS (You et al. 2017) in the two forms of docs/methods.md §3.1."""

from __future__ import annotations

from typing import Any, Callable, Iterable, Optional

import torch

TRUST = {"simdis": 0.001, "solo": 0.02}
_TRUST_EPSILON = 1e-8


class Lars(torch.optim.Optimizer):
    """Scales each layer's rate by |p| / |g|; parameters of one dimension are not scaled.

    rule: "simdis" (the rate enters the buffer, one-dimensional parameters still decay) or "solo" (the ratio over the
    rate is clipped at 1, one-dimensional parameters follow plain SGD without decay).
    """

    def __init__(self, params: Iterable[Any], lr: float, momentum: float, weight_decay: float, rule: str) -> None:
        super().__init__(params, {"lr": lr, "momentum": momentum, "weight_decay": weight_decay, "rule": rule})

    @torch.no_grad()
    def step(self, closure: Optional[Callable[[], float]] = None) -> Optional[float]:
        loss = closure() if closure else None
        for group in self.param_groups:
            for parameter in group["params"]:
                if parameter.grad is not None:
                    self._update(parameter, group)
        return loss

    def _update(self, parameter: torch.Tensor, group: Any) -> None:
        gradient, rate, decay, rule = parameter.grad, group["lr"], group["weight_decay"], group["rule"]
        assert gradient is not None
        state = self.state[parameter]
        if not state:
            state["momentum_buffer"] = torch.zeros_like(parameter)
        buffer, excluded = state["momentum_buffer"], parameter.dim() == 1
        if rule == "solo" and excluded:
            buffer.mul_(group["momentum"]).add_(gradient)
            parameter.sub_(rate * buffer)
            return
        size = parameter.norm()
        steepness = gradient.norm() + decay * size + _TRUST_EPSILON
        local = torch.ones_like(size) if excluded else TRUST[rule] * size / steepness
        decayed = gradient + decay * parameter
        if rule == "simdis":
            buffer.mul_(group["momentum"]).add_(rate * local * decayed)
            parameter.sub_(buffer)
        else:
            # As on the page, a rate of 0 gives the full ratio.
            ratio = (local / rate).clamp_max(1) if rate > 0 else torch.ones_like(local)
            buffer.mul_(group["momentum"]).add_(ratio * decayed)
            parameter.sub_(rate * buffer)
