# /// script
# requires-python = ">=3.9"
# dependencies = ["torch>=1.13", "numpy", "pillow"]
# ///
"""Trains this experiment. On 8 GPUs: torchrun --nproc_per_node 8 train.py [--resume] [--amp bf16] [--data DIR]"""

from pathlib import Path

from retort_torch.options import parse_options
from retort_torch.project import Project

project = Project(Path(__file__).parent, parse_options())
for run in project.runs():  # one arm with one seed after another
    run.restore()  # begins, or continues where --resume finds a checkpoint
    while not run.is_done:
        losses = run.step()  # one update of all its networks
    run.finish()
