"""Counter-based randomness: Philox4x32-10 (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3").

A draw is a pure function of a key (seed or fork, and purpose) and a counter (the draw's address), so that any process
can draw any view of any image at any time. All words are unsigned 32-bit integers, held in uint64.
"""

from __future__ import annotations

from typing import Tuple, Union

import numpy as np

Ints = Union[int, np.ndarray]
Key = Tuple[int, int]


class Purpose:
    """The purpose of a draw, the second word of a seed's key. Recorded experiments depend on these numbers."""

    INIT = 1
    ORDER = 2
    SPLIT = 3
    VIEWS = 4
    SHAPES = 5
    SHUFFLE = 6
    PROBE = 7
    QUEUE = 8
    MIXUP = 9
    SAMPLE = 10
    LABEL_NOISE = 12
    CLASS_LIMIT = 13
    TEXTURES = 15


_MASK = np.uint64(0xFFFFFFFF)
_SHIFT = np.uint64(32)
_MULTIPLIERS = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_WEYL = 0x9E3779B9, 0xBB67AE85
_ROUNDS = 10


def philox(key: Key, counters: np.ndarray) -> np.ndarray:
    """Four words from a key and each counter.

    counters: uint64 [..., 4] of 32-bit words. Returns uint64 [..., 4] of 32-bit words.
    """
    c0, c1, c2, c3 = (counters[..., i] for i in range(4))
    k0, k1 = key
    for _ in range(_ROUNDS):
        first, second = c0 * _MULTIPLIERS[0], c2 * _MULTIPLIERS[1]
        c0, c1, c2, c3 = (
            (second >> _SHIFT) ^ c1 ^ np.uint64(k0),
            second & _MASK,
            (first >> _SHIFT) ^ c3 ^ np.uint64(k1),
            first & _MASK,
        )
        k0, k1 = (k0 + _WEYL[0]) & 0xFFFFFFFF, (k1 + _WEYL[1]) & 0xFFFFFFFF
    return np.stack([c0, c1, c2, c3], -1)


def uniform(words: np.ndarray) -> np.ndarray:
    """Maps words to [0, 1) by their upper 24 bits, exact in float32. Returns float64 of the same shape."""
    return (words >> np.uint64(8)).astype(np.float64) * 2.0**-24


def integer_below(words: np.ndarray, bound: Ints) -> np.ndarray:
    """Maps words to integers in [0, bound)."""
    return ((words * np.asarray(bound, np.uint64)) >> _SHIFT).astype(np.int64)


class Random:
    """The random stream of one key. It has no state: every method takes the address of its draw."""

    def __init__(self, key: Key) -> None:
        self.key = key

    @staticmethod
    def of(seed: int, purpose: int) -> Random:
        """The stream of an experiment's seed (modulo 2^32) for one purpose."""
        return Random((seed & 0xFFFFFFFF, purpose))

    def fork(self, part: int) -> Random:
        """An independent stream for a numbered part: a network, a member of a cohort, a layer."""
        word = self.bits(part, 0, 0, 0xFFFFFFFF)
        return Random((int(word[0]), int(word[1])))

    def bits(self, a: Ints, b: Ints = 0, c: Ints = 0, block: Ints = 0) -> np.ndarray:
        """The four words at an address; addresses broadcast. Returns uint64 [..., 4]."""
        counters = np.stack(np.broadcast_arrays(*(np.asarray(x, np.uint64) for x in (a, b, c, block))), -1)
        return philox(self.key, counters)

    def words(self, count: int, a: Ints = 0, b: Ints = 0, c: Ints = 0) -> np.ndarray:
        """The first `count` words at each address. Returns uint64 [..., count]."""
        blocks = np.arange(-(-count // 4), dtype=np.uint64)
        a, b, c = (np.expand_dims(np.asarray(x), -1) for x in (a, b, c))
        drawn = self.bits(a, b, c, blocks)
        return drawn.reshape(*drawn.shape[:-2], -1)[..., :count]

    def uniforms(self, count: int, a: int = 0, b: int = 0, c: int = 0) -> np.ndarray:
        """Numbers uniform in [0, 1). Returns float32 [count]."""
        return uniform(self.words(count, a, b, c)).astype(np.float32)

    def normals(self, count: int, a: int = 0, b: int = 0, c: int = 0) -> np.ndarray:
        """Numbers from N(0, 1) by the Box-Muller transform: two words give two. Returns float32 [count]."""
        u = uniform(self.words(count + (count & 1), a, b, c)).reshape(-1, 2)
        radius, angle = np.sqrt(-2 * np.log(1 - u[:, 0])), 2 * np.pi * u[:, 1]
        both = np.stack([radius * np.cos(angle), radius * np.sin(angle)], 1)
        return both.reshape(-1)[:count].astype(np.float32)

    def permutation(self, count: int, a: int = 0, b: int = 0, c: int = 0) -> np.ndarray:
        """0 ... count-1 in random order (Fisher-Yates). Returns int64 [count]."""
        chosen = integer_below(self.words(count, a, b, c), np.arange(1, count + 1)).tolist()
        order = list(range(count))
        for last in range(count - 1, 0, -1):
            other = chosen[last]
            order[last], order[other] = order[other], order[last]
        return np.array(order, np.int64)


class Sampler:
    """Selects the training images of a batch, as a pure function of seed and step (whole batches only)."""

    def __init__(self, seed: int, count: int, batch_size: int) -> None:
        if count < batch_size:
            raise SystemExit(f"A batch of {batch_size} needs as many training images; there are {count}.")
        self.steps_per_epoch = count // batch_size
        self._random, self._count, self._batch_size = Random.of(seed, Purpose.ORDER), count, batch_size
        self._epoch, self._order = -1, np.empty(0, np.int64)

    def epoch_of(self, step: int) -> int:
        return step // self.steps_per_epoch

    def batch(self, step: int) -> np.ndarray:
        """Indices into the training images, int64 [batch]."""
        epoch = self.epoch_of(step)
        if epoch != self._epoch:
            self._epoch, self._order = epoch, self._random.permutation(self._count, epoch)
        start = (step % self.steps_per_epoch) * self._batch_size
        return self._order[start : start + self._batch_size]
