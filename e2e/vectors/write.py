"""Writes src/engine/math/numpy-vectors.json: golden vectors of the losses, in float64.

    python3 e2e/vectors/write.py            writes the file
    python3 e2e/vectors/write.py --check    fails if the file differs from what it would write

Needs numpy. It shares nothing with the page: it is written from docs/methods.md §1. Every other file of this folder is a
method's and has a function `vectors`.
"""

import importlib
import json
import sys
from pathlib import Path

here = Path(__file__).parent
target = here.parent.parent / "src/engine/math/numpy-vectors.json"
methods = sorted(path.stem for path in here.glob("*.py") if path.stem not in ("common", "write"))

lines = [
    "    " + json.dumps(vector, ensure_ascii=False)
    for name in methods
    for vector in importlib.import_module(name).vectors()
]
text = (
    '{\n  "generator": "e2e/vectors/write.py, numpy, float64",\n  "vectors": [\n' + ",\n".join(lines) + "\n  ]\n}\n"
)
if "--check" in sys.argv:
    same = target.exists() and target.read_text() == text
    print(f"{len(lines)} vectors {'are as written' if same else 'differ from the file'}.")
    sys.exit(0 if same else 1)
target.write_text(text)
print(f"Wrote {len(lines)} vectors.")
