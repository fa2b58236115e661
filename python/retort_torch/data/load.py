"""The images of an experiment."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Callable, Mapping, Optional

from ..experiment import DRAWN
from .folder import read_folder
from .images import Dataset
from .shapes import draw_shapes
from .textures import draw_textures

_DRAWING: Mapping[str, Callable[[Mapping[str, Any]], Dataset]] = {"shapes": draw_shapes, "textures": draw_textures}


def load_images(experiment: Mapping[str, Any], data: Optional[Path], stored: Optional[int] = None) -> Dataset:
    """Draws the built-in images, or reads a folder. stored: pixels per side to keep of a folder's images."""
    settings = experiment["dataset"]
    if data is not None:
        return read_folder(data, settings, stored or settings["resolution"])
    if settings["source"] in DRAWN:
        return _DRAWING[settings["source"]](settings)
    raise SystemExit("This experiment trains on imported images: pass their folder with --data.")
