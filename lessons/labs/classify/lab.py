"""The classification lab: five views, of which one is open. Each is a small lab of its own.

A key goes to the view that is open, so stepping, going back, editing and undoing are that view's.
Views are made when they are first looked at: most pages need no network and no data.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lessons.labs.base import Field, Lab, Refused, Scene
from lessons.labs.classify.base_rate import BaseRateLab
from lessons.labs.classify.loss import LossLab
from lessons.labs.classify.one_hot import OneHotLab
from lessons.labs.classify.scene import VIEWS, ClassifyScene, View
from lessons.labs.classify.softmax import SoftmaxLab
from lessons.labs.classify.training import ClassTrainingLab
from lessons.labs.several.lab import SeveralLab

__all__ = ["ClassifyLab", "ClassifyScene"]

SHOWS = "shows"


@dataclass(frozen=True)
class ClassifySnapshot:
    """Which view is open, and all that is seen of it."""

    shows: View
    view: Any

    @property
    def said(self) -> str:
        """The words of that view."""
        said: str = self.view.said
        return said


class ClassifyLab(SeveralLab):
    """Hands everything to the view that is open; `w` opens the next one."""

    kind = "classify"

    def __init__(self, seed: int, scene: ClassifyScene) -> None:
        self._seed = seed
        super().__init__("classes and their probabilities", {}, scene)

    def show(self, scene: Scene, hidden: tuple[str, ...] = ()) -> None:
        assert isinstance(scene, ClassifyScene)
        self._page, self._hidden = scene, hidden
        self._views: dict[View, Lab] = {}
        self._open(scene.shows)

    def hide(self, names: tuple[str, ...]) -> None:
        self._hidden = names
        for view in self._views.values():
            view.hide(names)

    def _open(self, name: View) -> None:
        if self._views:
            self._inside.settle()
        if name not in self._views:
            view = self._make(name)
            view.hide(self._hidden)
            self._views[name] = view
        self._shows, self._inside = name, self._views[name]

    def _make(self, name: View) -> Lab:
        match name:
            case "one-hot":
                return OneHotLab(self._page)
            case "softmax":
                return SoftmaxLab(self._page)
            case "loss":
                return LossLab(self._page)
            case "base rate":
                return BaseRateLab(self._page)
            case "training":
                return ClassTrainingLab(self._seed, self._page)

    def fields(self) -> tuple[Field, ...]:
        return (
            *super().fields(),
            Field(SHOWS, "lab shows", self._shows, VIEWS, undoable=False),
        )

    def set(self, field_id: str, text: str) -> None:
        if field_id != SHOWS:
            super().set(field_id, text)
            return
        found = next((name for name in VIEWS if name == text), None)
        if found is None:
            raise Refused(f"The lab shows one of {', '.join(VIEWS)}.")
        self._open(found)

    def turn(self, field_id: str) -> None:
        if field_id != SHOWS:
            super().turn(field_id)
            return
        self._open(VIEWS[(VIEWS.index(self._shows) + 1) % len(VIEWS)])

    def snapshot(self) -> ClassifySnapshot:  # type: ignore[override]
        return ClassifySnapshot(self._shows, self._inside.snapshot())
