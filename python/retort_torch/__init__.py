"""Trains Retort experiments with PyTorch, on one process or on many.

The page trains in a browser tab; this package reads the same experiment.json and trains the same thing: the same
networks with the same parameter names, the same views and batches (all random numbers are counter-based, so they
are equal bit for bit), the same losses, schedules and optimizers. docs/methods.md of Retort is its specification,
and comments cite it by section.
"""

__version__ = "1.0"
