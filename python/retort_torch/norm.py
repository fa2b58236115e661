"""Batch norm over groups of a batch, whose statistics span all processes.

torch.nn.SyncBatchNorm runs on GPUs only and knows no groups; the experiments need both: views stacked in one batch
are normalized apart, and MoCo's keys in shuffled groups (docs/methods.md §1.1, §1.3).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Optional, Tuple

import torch
from torch import Tensor

from .collectives import Groups, total

EPSILON = 1e-5
KEEP = 0.9
"""The share of themselves that running statistics keep: PyTorch's momentum of 0.1."""


@dataclass(frozen=True)
class Mode:
    """How batch norm behaves: "train", "frozen" (batch statistics that leave no trace) or "evaluate" (running ones)."""

    kind: str
    groups: Optional[Groups] = None


EVALUATE = Mode("evaluate")


class _GroupNorm(torch.autograd.Function):
    """x [n, C, ...], gamma [C], beta [C] -> (y like x, mean [G, C], biased variance [G, C]).

    Saves only x and the statistics. A step costs two sums over processes forward and one backward.
    """

    @staticmethod
    def forward(ctx: Any, x: Tensor, gamma: Tensor, beta: Tensor, groups: Groups) -> Tuple[Tensor, Tensor, Tensor]:
        wide = _wide(x)
        members = _members(groups, wide)
        count = groups.rows * wide.shape[2]
        mean = total(members @ wide.sum(2)) / count
        centered = wide - mean[groups.ids].unsqueeze(2)
        variance = total(members @ centered.square().sum(2)) / count
        scale = (variance + EPSILON).rsqrt()
        y = centered * (scale[groups.ids] * gamma).unsqueeze(2) + beta.view(1, -1, 1)
        ctx.save_for_backward(x, gamma, mean, scale)
        ctx.groups = groups
        ctx.mark_non_differentiable(mean, variance)
        return y.view(x.shape).to(x.dtype), mean, variance

    @staticmethod
    def backward(ctx: Any, gradient: Tensor, *_: Any) -> Tuple[Optional[Tensor], ...]:
        x, gamma, mean, scale = ctx.saved_tensors
        groups: Groups = ctx.groups
        wide, dy = _wide(x), _wide(gradient)
        members = _members(groups, wide)
        ids = groups.ids
        unit = (wide - mean[ids].unsqueeze(2)) * scale[ids].unsqueeze(2)
        sums = members @ torch.cat([dy.sum(2), (dy * unit).sum(2)], 1)
        d_beta, d_gamma = sums.sum(0).chunk(2)
        means = total(sums) / (groups.rows * wide.shape[2])
        mean_dy, mean_dy_unit = means.chunk(2, 1)
        dx = dy - mean_dy[ids].unsqueeze(2) - unit * mean_dy_unit[ids].unsqueeze(2)
        dx = dx * (gamma * scale[ids]).unsqueeze(2)
        return dx.view(x.shape).to(x.dtype), d_gamma, d_beta, None


def _wide(x: Tensor) -> Tensor:
    """[n, C, ...] -> [n, C, places], in float32 at least."""
    return (x.float() if x.dtype in (torch.bfloat16, torch.float16) else x).reshape(x.shape[0], x.shape[1], -1)


def _members(groups: Groups, x: Tensor) -> Tensor:
    """[G, n]: 1 where a row belongs to a group. A product with it sums in a fixed order."""
    numbers = torch.arange(groups.count, device=x.device).unsqueeze(1)
    return (groups.ids.unsqueeze(0) == numbers).to(x.dtype)


def batch_norm(
    x: Tensor, gamma: Tensor, beta: Tensor, mode: Mode, running_mean: Tensor, running_variance: Tensor
) -> Tensor:
    """Normalizes each channel. x: [n, C] or [n, C, H, W]; running statistics [C] are changed in mode "train"."""
    shape = (1, -1) + (1,) * (x.dim() - 2)
    if mode.kind == "evaluate":
        scale = gamma * (running_variance + EPSILON).rsqrt()
        return (x - running_mean.view(shape)) * scale.view(shape) + beta.view(shape)
    assert mode.groups is not None
    with torch.autocast(x.device.type, enabled=False):
        y, mean, variance = _GroupNorm.apply(x, gamma, beta, mode.groups)
    if mode.kind == "train":
        update_running(running_mean, running_variance, mean, variance, mode.groups.rows * x[0, 0].numel())
    return y


@torch.no_grad()
def update_running(running_mean: Tensor, running_variance: Tensor, mean: Tensor, variance: Tensor, count: int) -> None:
    """Absorbs the groups one after another, with the unbiased variance. mean, variance: [G, C] over `count` numbers."""
    unbiased = variance * (count / max(1, count - 1))
    for group_mean, group_variance in zip(mean, unbiased):
        running_mean.mul_(KEEP).add_(group_mean, alpha=1 - KEEP)
        running_variance.mul_(KEEP).add_(group_variance, alpha=1 - KEEP)
