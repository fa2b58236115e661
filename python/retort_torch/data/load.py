"""The images of an experiment."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Mapping, Optional

from .folder import read_folder
from .images import Dataset
from .shapes import draw_shapes


def load_images(experiment: Mapping[str, Any], data: Optional[Path], stored: Optional[int] = None) -> Dataset:
    """Draws the built-in images, or reads a folder. stored: pixels per side to keep of a folder's images."""
    settings = experiment["dataset"]
    if data is not None:
        return read_folder(data, settings, stored or settings["resolution"])
    if settings["source"] == "shapes":
        return draw_shapes(settings)
    if settings["source"] == "textures":
        raise SystemExit("The built-in Textures are not in this package: pass a folder with --data, or choose Shapes.")
    raise SystemExit("This experiment trains on imported images: pass their folder with --data.")
