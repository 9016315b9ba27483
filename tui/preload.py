"""Imports what the lessons need while the learner reads the contents."""

from __future__ import annotations

import contextlib
import gc
import importlib
from collections.abc import Callable

PANELS = ("help", "explain", "code", "data", "glossary", "experiments")
DATASETS = ("bank", "wages", "shots", "titanic", "digits")
"""Those that are read from a file or take a moment to draw; loaded once, they stay."""


def import_all(then: Callable[[], None]) -> None:
    """Import the lesson screen, its panels, labs; load the data and the lessons; call `then`."""
    try:
        _import_and_load()
    finally:
        # All of this stays. Looking through it for garbage took a fifth of a second, now and then,
        # and a key that came just then had to wait.
        gc.collect()
        gc.freeze()
        gc.enable()  # `prepare_process` has stopped it
    then()


def _import_and_load() -> None:
    from lessons.course import outlines
    from tui.labs import VIEWS

    modules = (
        "tui.screens.lesson",
        *(f"tui.screens.{panel}" for panel in PANELS),
        "tui.screens.closing",
        *(module for module, _ in VIEWS.values()),
        "plotext",
    )
    for module in modules:
        importlib.import_module(module)
    for name in DATASETS:
        with contextlib.suppress(Exception):  # it is told when a lesson wants it
            importlib.import_module(f"lessons.datasets.{name}").load()
    for outline in outlines():
        with contextlib.suppress(Exception):  # it is told when that lesson is opened
            outline.load()
