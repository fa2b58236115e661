"""Reads and writes tensors by name (https://huggingface.co/docs/safetensors), with numpy alone."""

from __future__ import annotations

import json
import os
import struct
from pathlib import Path
from typing import Any, Dict, Mapping, Optional

import numpy as np

_KINDS: Dict[str, Any] = {"F32": np.dtype("<f4"), "I32": np.dtype("<i4"), "U8": np.dtype("u1")}
_NAMES = {kind: name for name, kind in _KINDS.items()}


def read(path: Path) -> Dict[str, np.ndarray]:
    """All tensors of a file, by name."""
    data = path.read_bytes()
    try:
        (length,) = struct.unpack("<Q", data[:8])
        header = json.loads(data[8 : 8 + length])
        body = memoryview(data)[8 + length :]
        return {
            name: np.frombuffer(body[slice(*entry["data_offsets"])], _KINDS[entry["dtype"]]).reshape(entry["shape"])
            for name, entry in header.items()
            if name != "__metadata__"
        }
    except (struct.error, ValueError, KeyError, TypeError) as error:
        raise SystemExit(f"{path} is not a safetensors file of F32, I32 and U8 tensors: {error}.") from error


def write(path: Path, tensors: Mapping[str, np.ndarray], metadata: Optional[Mapping[str, str]] = None) -> None:
    """Writes tensors of the kinds that `read` knows. The file appears whole or not at all."""
    header: Dict[str, object] = {"__metadata__": dict(metadata)} if metadata else {}
    arrays = {name: np.ascontiguousarray(x) for name, x in tensors.items()}
    at = 0
    for name, x in arrays.items():
        kind = _NAMES[x.dtype.newbyteorder("<") if x.dtype.itemsize > 1 else x.dtype]
        header[name] = {"dtype": kind, "shape": list(x.shape), "data_offsets": [at, at + x.nbytes]}
        at += x.nbytes
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    unfinished = path.with_name(path.name + ".tmp")
    with open(unfinished, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for x in arrays.values():
            file.write(x.tobytes())
    os.replace(unfinished, path)
