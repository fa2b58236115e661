"""Folders of images: one folder per class, as torchvision's ImageFolder, with or without train/, val/ and test/."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, List, Mapping, Sequence, Tuple

import numpy as np

from .images import Dataset, ImageSet, limited, normalization_of, split, with_label_noise
from .resize import square

_ENDINGS = {".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif", ".ppm"}
_PARTS = {"train": ("train", "training"), "validation": ("val", "valid", "validation"), "test": ("test", "testing")}
_IN_MEMORY = 2 << 30
_MEASURED = 5_000
_DEFAULTS: Dict[str, Any] = {"validation": 0.1, "test": 0.2, "perClass": 100_000}


@dataclass(frozen=True)
class ImageFiles:
    """Images that are decoded whenever they are asked for."""

    paths: Sequence[Path]
    labels: np.ndarray
    size: int
    channels: int = 3

    def pixels_of(self, indices: np.ndarray) -> np.ndarray:
        return np.stack([_decode(self.paths[i], self.size) for i in indices])

    def subset(self, members: np.ndarray) -> ImageFiles:
        return ImageFiles([self.paths[i] for i in members], self.labels[members], self.size)

    def held(self) -> ImageSet:
        """All of them, in memory."""
        return ImageSet(self.pixels_of(np.arange(len(self.paths))), self.labels)


def _decode(path: Path, size: int) -> np.ndarray:
    """The middle square of an image, resized. uint8 [size, size, 3]."""
    from PIL import Image, ImageOps

    try:
        with Image.open(path) as image:
            return square(np.asarray(ImageOps.exif_transpose(image).convert("RGB")), size)
    except OSError as error:
        raise SystemExit(f"{path} cannot be read as an image: {error}.") from error


def read_folder(root: Path, settings: Mapping[str, Any], size: int) -> Dataset:
    """Reads a folder as the page does: parts that have a folder keep it, the others are drawn from train.

    Images that fit into 2 GiB are decoded once, others when they are needed.
    """
    wanted: Dict[str, Any] = {**_DEFAULTS, **settings} if settings["source"] == "files" else {**settings, **_DEFAULTS}
    folders = _part_folders(root)
    names, parts = _listed(root, folders, size)
    pool = parts["train"]
    shares = {name: 0.0 if name in folders else float(wanted[name]) for name in ("validation", "test")}
    drawn = split(pool.labels, len(names), shares["validation"], shares["test"], wanted["seed"])
    train = limited(pool.labels, drawn["train"], len(names), wanted["perClass"], wanted["seed"])
    chosen = {"train": pool.subset(train)}
    for name in ("validation", "test"):
        chosen[name] = parts[name] if name in folders else pool.subset(drawn[name])
    for name, files in chosen.items():
        missing = sorted(set(range(len(names))) - set(files.labels.tolist()))
        if missing:
            raise SystemExit(f"{root}: the class {names[missing[0]]} has no image for the part {name}.")
    noisy = with_label_noise(chosen["train"].labels, len(names), settings["labelNoise"], settings["seed"])
    chosen["train"] = ImageFiles(chosen["train"].paths, noisy, size)
    count = sum(len(files.paths) for files in chosen.values())
    if count * size * size * 3 <= _IN_MEMORY:
        held = {name: files.held() for name, files in chosen.items()}
        mean, std = normalization_of(held["train"].pixels)
        return Dataset(names, held["train"], held["validation"], held["test"], mean, std)
    some = np.unique(np.linspace(0, len(chosen["train"].paths) - 1, _MEASURED).astype(np.int64))
    mean, std = normalization_of(chosen["train"].pixels_of(some))
    return Dataset(names, chosen["train"], chosen["validation"], chosen["test"], mean, std)


def _part_folders(root: Path) -> Dict[str, Path]:
    """The folders train, val and test, by the part's name; none if there is no train."""
    if not root.is_dir():
        raise SystemExit(f"There is no folder {root}.")
    found = {}
    for part, names in _PARTS.items():
        for folder in sorted(root.iterdir()):
            if folder.is_dir() and folder.name.lower() in names:
                found[part] = folder
    return found if "train" in found else {}


def _listed(root: Path, folders: Mapping[str, Path], size: int) -> Tuple[List[str], Dict[str, ImageFiles]]:
    """Class names, and the images of each part in the order of their paths."""
    tops = folders or {"train": root}
    names = sorted({child.name for top in tops.values() for child in top.iterdir() if child.is_dir()})
    if len(names) < 2:
        raise SystemExit(f"{root} needs one folder for each class; it has {len(names)}.")
    parts = {}
    for part, top in tops.items():
        paths, labels = [], []
        for label, name in enumerate(names):
            own = sorted(path for path in (top / name).rglob("*") if path.suffix.lower() in _ENDINGS)
            paths += own
            labels += [label] * len(own)
        parts[part] = ImageFiles(paths, np.array(labels, np.int64), size)
    return names, parts
