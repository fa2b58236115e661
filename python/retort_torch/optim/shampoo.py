"""Shampoo (Gupta et al. 2018, Algorithm 1) in the reduced form of docs/methods.md §3.1."""

from __future__ import annotations

from typing import Any, Callable, Dict, Iterable, List, Optional, Tuple

import torch
from torch import Tensor

_ROUNDS = 24
_DAMPING = 1e-4
_LEAST = 1e-30
_LARGEST_WHOLE, _BLOCK = 256, 128
_KEEP = 0.95
_ROOTS_EVERY = 20
_BETA2, _EPSILON = 0.999, 1e-8


def inverse_fourth_root(matrix: Tensor) -> Tensor:
    """A^(-1/4) of a symmetric positive definite [n, n], by the coupled Newton iteration."""
    identity = torch.eye(matrix.shape[0], dtype=matrix.dtype, device=matrix.device)
    scale = 2.5 / matrix.norm()
    m, root = scale * matrix, scale**0.25 * identity
    for _ in range(_ROUNDS):
        n = (5 * identity - m) / 4
        squared = n @ n
        m, root = squared @ squared @ m, root @ n
    return root


def damped_root(statistics: Tensor) -> Tensor:
    """(A + 1e-4 tr(A)/n · I)^(-1/4) of a symmetric positive semidefinite [n, n]."""
    n = statistics.shape[0]
    mean = (statistics.diagonal().sum() / n).clamp_min(_LEAST)
    damped = statistics / mean + _DAMPING * torch.eye(n, dtype=statistics.dtype, device=statistics.device)
    return inverse_fourth_root(damped) * mean**-0.25


def _ranges(length: int) -> List[Tuple[int, int]]:
    size = length if length <= _LARGEST_WHOLE else _BLOCK
    return [(begin, min(begin + size, length)) for begin in range(0, length, size)]


def _matrix(x: Tensor, depthwise: bool) -> Tensor:
    """A filter as the matrix [kh · kw · from, to] of the page's layout."""
    if x.dim() == 4:
        x = x.permute((2, 3, 0, 1) if depthwise else (2, 3, 1, 0))
    return x.reshape(-1, x.shape[-1])


def _filter(matrix: Tensor, like: Tensor, depthwise: bool) -> Tensor:
    if like.dim() != 4:
        return matrix.reshape(like.shape)
    o, i, h, w = like.shape
    return (
        matrix.reshape(h, w, o, i).permute(2, 3, 0, 1) if depthwise else matrix.reshape(h, w, i, o).permute(3, 2, 0, 1)
    )


class Shampoo(torch.optim.Optimizer):
    """L^(-1/4) G R^(-1/4), as long as Adam's direction; one-dimensional parameters use that direction itself.

    Parameters whose attribute `depthwise` is true are filters of depthwise convolutions.
    """

    def __init__(self, params: Iterable[Any], lr: float, momentum: float, weight_decay: float) -> None:
        super().__init__(params, {"lr": lr, "momentum": momentum, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self, closure: Optional[Callable[[], float]] = None) -> Optional[float]:
        loss = closure() if closure else None
        for group in self.param_groups:
            for parameter in group["params"]:
                if parameter.grad is not None:
                    self._update(parameter, group)
        return loss

    def _update(self, parameter: Tensor, group: Dict[str, Any]) -> None:
        gradient = parameter.grad
        assert gradient is not None
        state = self.state[parameter]
        if not state:
            state.update(step=0, first=torch.zeros_like(parameter), second=torch.zeros_like(parameter), blocks=[])
        fresh = state["step"] % _ROOTS_EVERY == 0
        state["step"] += 1
        direction = self._adam(state, gradient, group["momentum"])
        step = direction
        if parameter.dim() > 1:
            depthwise = bool(getattr(parameter, "depthwise", False))
            evened = _filter(self._even(state, _matrix(gradient, depthwise), fresh), parameter, depthwise)
            step = evened * (direction.norm() / evened.norm().clamp_min(_LEAST))
        parameter.sub_(group["lr"] * (step + group["weight_decay"] * parameter))

    @staticmethod
    def _adam(state: Dict[str, Any], gradient: Tensor, beta1: float) -> Tensor:
        first, second, t = state["first"], state["second"], state["step"]
        first.mul_(beta1).add_(gradient, alpha=1 - beta1)
        second.mul_(_BETA2).addcmul_(gradient, gradient, value=1 - _BETA2)
        return first / (1 - beta1**t) / ((second / (1 - _BETA2**t)).sqrt() + _EPSILON)

    @staticmethod
    def _even(state: Dict[str, Any], matrix: Tensor, fresh: bool) -> Tensor:
        """Preconditions each block of the gradient's matrix."""
        rows, columns = _ranges(matrix.shape[0]), _ranges(matrix.shape[1])
        places = [(row, column) for row in rows for column in columns]
        out = torch.empty_like(matrix)
        for number, ((top, bottom), (left, right)) in enumerate(places):
            part = matrix[top:bottom, left:right]
            if number == len(state["blocks"]):
                zeros = [part.new_zeros(size, size) for size in part.shape for _ in (0, 1)]
                state["blocks"].append(dict(zip(("left", "left_root", "right", "right_root"), zeros)))
            block = state["blocks"][number]
            block["left"].mul_(_KEEP).add_(part @ part.t())
            block["right"].mul_(_KEEP).add_(part.t() @ part)
            if fresh:
                block["left_root"], block["right_root"] = damped_root(block["left"]), damped_root(block["right"])
            out[top:bottom, left:right] = block["left_root"] @ part @ block["right_root"]
        return out
