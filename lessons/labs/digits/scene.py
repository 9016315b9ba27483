"""What a page can ask of the digits lab: what to look at, and how far to be trained."""

from __future__ import annotations

from dataclasses import dataclass

from lessons.labs.base import Scene

TRACK = {
    "images": "images",
    "inputs": "rows",
    "training": "training",
    "confusion": "training",
    "mistakes": "training",
    "nodes": "training",
    "shuffled": "pair",
    "drawing": "training",
}
"""The views, in the order of the lesson, and what a step moves in each."""

REVEALS = {
    "training": ("outputs", "parameters", "chance"),
    "confusion": ("outputs", "chance", "confusion"),
    "mistakes": ("outputs", "chance"),
    "nodes": ("outputs", "corner"),
    "shuffled": ("outputs", "chance", "shuffled"),
    "drawing": ("outputs", "chance"),
}
"""What a view would give away: while it is asked for, the view can be turned to only where the
page itself shows it, with that part hidden."""


@dataclass(frozen=True)
class DigitsScene(Scene):
    """A view, and at least so many epochs of training behind it.

    The learner's own training goes on from page to page. A page that wants less than there is
    takes it as it is; with `untrained` it goes to the start, and what was trained is ahead.
    """

    view: str = "images"
    epochs: int = 0
    untrained: bool = False
