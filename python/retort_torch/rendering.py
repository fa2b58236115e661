"""Renders the views of a step's images, on the device that trains."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Callable, Iterator, List, Mapping, Optional, Sequence, Tuple

import numpy as np
import torch
from torch import Tensor

from .collectives import Share
from .data.images import Dataset, Images
from .randomness import Purpose, Random, Sampler
from .views.draws import draw_views
from .views.render import normalized, plain, render

Recipe = Mapping[str, Any]


@dataclass
class Renderer:
    """Views of the training images, each a pure function of seed, epoch, image and view number.

    pixels_of: of this process's images of a step, uint8 [local, H, W, C]; a loader may have read them ahead.
    """

    sampler: Sampler
    share: Share
    random: Random
    mean: Sequence[float]
    std: Sequence[float]
    size: int
    device: torch.device
    pixels_of: Callable[[int], np.ndarray]

    @staticmethod
    def of(
        dataset: Dataset,
        batch_size: int,
        seed: int,
        size: int,
        device: torch.device,
        ahead: Tuple[int, int, int] = (0, 0, 0),
    ) -> Renderer:
        """size: pixels per side of a view, which the stored images may exceed.

        ahead: (first step, steps, workers) of processes that decode images before they are needed; 0 workers read
        them when they are.
        """
        sampler, share = Sampler(seed, len(dataset.train.labels), batch_size), Share.of(batch_size)
        reader = _Reader(dataset.train, sampler, share)
        random = Random.of(seed, Purpose.VIEWS)
        first, steps, workers = ahead
        read: Callable[[int], np.ndarray] = reader.__getitem__
        if workers > 0 and first < steps:
            steps_ahead: Any = range(first, steps)
            loader = torch.utils.data.DataLoader(
                reader, None, sampler=steps_ahead, num_workers=workers, collate_fn=_unchanged
            )
            batches: Iterator[np.ndarray] = iter(loader)
            read = lambda _: next(batches)  # noqa: E731
        return Renderer(sampler, share, random, dataset.mean, dataset.std, size, device, read)

    def indices(self, step: int) -> np.ndarray:
        """This process's images of a step. int64 [local]."""
        return self.sampler.batch(step)[self.share.slice]

    def views(self, step: int) -> Callable[[Sequence[Recipe], Optional[int]], Tensor]:
        """A function from recipes to the views of a step's images, stacked: float32 [views · local, C, side, side]."""
        indices, epoch = self.indices(step), self.sampler.epoch_of(step)
        images = torch.from_numpy(self.pixels_of(step)).to(self.device, non_blocking=True)

        def views(recipes: Sequence[Recipe], side: Optional[int] = None) -> Tensor:
            drawn = [draw_views(recipe, self.random, epoch, indices, view) for view, recipe in enumerate(recipes)]
            shown = [render(images, draws, side or self.size, recipe) for draws, recipe in zip(drawn, recipes)]
            return normalized(torch.cat(shown), self.mean, self.std)

        return views


class _Reader(torch.utils.data.Dataset):
    """This process's images of each step."""

    def __init__(self, images: Images, sampler: Sampler, share: Share) -> None:
        self.images, self.sampler, self.share = images, sampler, share

    def __getitem__(self, step: int) -> np.ndarray:
        return self.images.pixels_of(self.sampler.batch(step)[self.share.slice])


def _unchanged(batch: Any) -> Any:
    return batch


@torch.no_grad()
def plain_batches(
    images: Images, indices: np.ndarray, dataset: Dataset, size: int, device: torch.device
) -> List[Tensor]:
    """Images without augmentation, normalized, in batches of at most 256: float32 [n, C, size, size] each."""
    batches = []
    for start in range(0, len(indices), 256):
        pixels = torch.from_numpy(images.pixels_of(indices[start : start + 256])).to(device)
        batches.append(normalized(plain(pixels, size), dataset.mean, dataset.std))
    return batches
