"""The command line of a training."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import List, Optional, Sequence

import torch


@dataclass(frozen=True)
class Options:
    out: Path
    arm: Optional[int]
    seed: Optional[int]
    resume: bool
    amp: bool
    data: Optional[Path]
    stored: Optional[int]
    workers: int
    device: str
    resolution: Optional[int]
    student: Optional[str]
    teacher: Optional[str]
    save_every: float

    @property
    def changes(self) -> List[str]:
        """What differs from the experiment, in the words of the command line."""
        named = (("--resolution", self.resolution), ("--student", self.student), ("--teacher", self.teacher))
        return [f"{name} {value}" for name, value in named if value] + (["--amp bf16"] if self.amp else [])


def parse_options(words: Optional[Sequence[str]] = None) -> Options:
    """words: by default those of the command line."""
    parser = argparse.ArgumentParser(description="Trains a Retort experiment; start it by torchrun for many GPUs.")
    parser.add_argument("--out", type=Path, default=Path("out"), help="where rows, checkpoints and networks go")
    parser.add_argument("--arm", type=int, help="only this arm, counted from 0")
    parser.add_argument("--seed", type=int, help="only this seed")
    parser.add_argument("--resume", action="store_true", help="continue what --out holds")
    parser.add_argument("--amp", choices=["bf16"], help="networks in bfloat16; losses and batch norm stay in float32")
    parser.add_argument("--data", type=Path, help="a folder with one folder per class, or with train/ and val/")
    parser.add_argument("--stored", type=int, help="pixels per side to decode a folder's images to (--resolution)")
    parser.add_argument("--workers", type=int, default=0, help="processes that decode images ahead")
    parser.add_argument("--device", choices=["cpu", "cuda"], default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--resolution", type=int, help="pixels per side, in place of the experiment's")
    parser.add_argument("--student", choices=["resnet18", "resnet50"], help="torchvision's shape, for large images")
    parser.add_argument("--teacher", choices=["resnet18", "resnet50"], help="the same for the teacher")
    parser.add_argument("--save-every", type=float, default=300, help="seconds between checkpoints")
    given = vars(parser.parse_args(words))
    return Options(**{**given, "amp": given["amp"] == "bf16"})
