"""python -m retort_torch.supported prints, in Markdown, what this package trains and what it refuses by name."""

from __future__ import annotations

from typing import List, Sequence

from .experiment import DRAWN, METHODS, NETWORKS, REFUSALS, TORCHVISION


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def lines() -> List[str]:
    """A list of what is trained, then a table of what is refused."""
    return [
        f"- methods: {_listed(METHODS)}",
        f"- networks: {_listed(NETWORKS)}, and torchvision's {_listed(TORCHVISION)}",
        f"- images: {_listed(DRAWN)}, and folders (`--data`)",
        "",
        "| refused | in `experiment.json` |",
        "| --- | --- |",
        "| any other method | `scheme.method` |",
        *(f"| {refusal.what} | {_listed(refusal.settings.split(', '))} |" for refusal in REFUSALS),
        "| images other than these without `--data` | `dataset.source` |",
    ]


if __name__ == "__main__":
    print("\n".join(lines()))
