"""The processes of a training, and what they compute together. Alone, all of this does nothing."""

from __future__ import annotations

import atexit
import os
from dataclasses import dataclass
from typing import Any

import torch
import torch.distributed as dist
from torch import Tensor


def world_size() -> int:
    return dist.get_world_size() if dist.is_initialized() else 1


def rank() -> int:
    return dist.get_rank() if dist.is_initialized() else 0


def join(device: str) -> None:
    """Joins the processes that torchrun started; NCCL on GPUs, gloo on CPUs."""
    if int(os.environ.get("WORLD_SIZE", "1")) > 1 and not dist.is_initialized():
        dist.init_process_group("nccl" if device == "cuda" else "gloo")
        # gloo's threads that outlive the interpreter abort the process, whatever it has computed.
        atexit.register(dist.destroy_process_group)


class _SumOverProcesses(torch.autograd.Function):
    """Differentiable: the gradient of a sum over processes is the sum of their gradients."""

    @staticmethod
    def forward(ctx: Any, x: Tensor) -> Tensor:
        return total(x)

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> Tensor:
        return total(gradient)


def total(x: Tensor) -> Tensor:
    """The sum over all processes, without gradient."""
    if world_size() == 1:
        return x
    x = x.detach().clone(memory_format=torch.contiguous_format)
    dist.all_reduce(x)
    return x


def summed(x: Tensor) -> Tensor:
    """The sum over all processes, with gradient."""
    return x if world_size() == 1 else _SumOverProcesses.apply(x)


def mean_over_processes(x: Tensor) -> Tensor:
    return total(x) / world_size()


def gathered(x: Tensor) -> Tensor:
    """The rows of all processes in the order of the batch. [local, ...] -> [batch, ...], without gradient."""
    if world_size() == 1:
        return x.detach()
    parts = [torch.empty_like(x) for _ in range(world_size())]
    dist.all_gather(parts, x.detach().contiguous())
    return torch.cat(parts)


@dataclass(frozen=True)
class Share:
    """The consecutive part of a batch that this process computes."""

    batch: int
    start: int
    count: int

    @staticmethod
    def of(batch: int) -> Share:
        """Divides a batch equally, so that the result does not depend on the number of processes."""
        world = world_size()
        if batch % world:
            raise SystemExit(f"A batch of {batch} cannot be divided equally among {world} processes.")
        count = batch // world
        return Share(batch, rank() * count, count)

    @property
    def slice(self) -> slice:
        return slice(self.start, self.start + self.count)


@dataclass(frozen=True)
class Groups:
    """The groups in which batch norm normalizes the rows of a batch: views, and parts of them.

    ids: for each local row the number of its group, int64 [rows]; rows: of each group, over all processes.
    """

    ids: Tensor
    count: int
    rows: int

    @staticmethod
    def of(share: Share, views: int = 1, parts: int = 1, positions: Any = None, device: Any = None) -> Groups:
        """`views` stacked views, each in `parts` consecutive parts.

        positions: where the local rows of one view lie in the batch, int64 [local]; by default where they are.
        """
        if positions is None:
            positions = torch.arange(share.start, share.start + share.count)
        rows = share.batch // parts
        within = torch.as_tensor(positions, dtype=torch.int64) // rows
        ids = torch.cat([within + view * parts for view in range(views)])
        return Groups(ids.to(device), views * parts, rows)
