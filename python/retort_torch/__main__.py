"""python -m retort_torch train | check | curves"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import List

from .check import TOLERANCE, check
from .collectives import join, rank
from .curves import write_curves
from .options import parse_options
from .project import Project
from .train import train

_USAGE = """python -m retort_torch COMMAND

  check FOLDER    replays the traces of a project and prints the largest differences from the page
  curves OUT      writes the curves of a training as a file that the page opens
  train [...]     trains the experiment.json of this folder; see train --help"""


def main(words: List[str]) -> int:
    command, others = (words[0] if words else ""), words[1:]
    if command == "train":
        train(Project(Path("."), parse_options(others)))
        return 0
    parser = argparse.ArgumentParser(prog=f"python -m retort_torch {command}")
    if command == "check":
        parser.add_argument("folder", type=Path, nargs="?", default=Path("."))
        parser.add_argument("--device", default="cpu", choices=["cpu", "cuda"])
        parser.add_argument("--json", type=Path, help="a file for the differences")
        given = parser.parse_args(others)
        join(given.device)
        found = check(given.folder, given.device)
        largest = max(difference.largest for difference in found)
        if rank() == 0:
            print(f"largest difference {largest:.1e}, {'within' if largest <= TOLERANCE else 'above'} {TOLERANCE:.0e}")
        if given.json and rank() == 0:
            given.json.write_text(json.dumps([asdict(difference) for difference in found]))
        return 0 if largest <= TOLERANCE else 1
    if command == "curves":
        parser.add_argument("out", type=Path, nargs="?", default=Path("out"))
        parser.add_argument("--file", type=Path, help="default: curves.retort.gz in OUT")
        given = parser.parse_args(others)
        print(f"Wrote {write_curves(given.out, given.file)}; open it under History in the page.")
        return 0
    print(_USAGE)
    return 0 if command in ("", "--help", "-h") else 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
