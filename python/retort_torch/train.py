"""Trains every run of a project."""

from __future__ import annotations

from .project import Project


def train(project: Project) -> None:
    for run in project.runs():
        run.restore()
        while not run.is_done:
            run.step()
        run.finish()
