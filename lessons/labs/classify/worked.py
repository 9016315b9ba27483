"""A computation that is laid open number by number: what four of the five views have in common."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from typing import Any, ClassVar

from lessons.labs.base import Action, Lab, Refused
from lessons.labs.classify.scene import ClassifyScene, View

UNKNOWN = "?"
"""Stands for a number that a question asks for."""


class Worked(Lab):
    """All numbers follow at once from what is given; a step only uncovers the next of them."""

    kind = "classify"
    view: ClassVar[View]
    """What it is called among the views."""
    pace = 1.0
    given: Any
    """What can be edited, frozen."""

    def __init__(self, scene: ClassifyScene) -> None:
        super().__init__()
        self.show(scene)

    @property
    def setup(self) -> ClassifyScene:
        """The scene as a ClassifyScene."""
        assert isinstance(self.scene, ClassifyScene)
        return self.scene

    # -- what a view has to say -----------------------------------------------------------------

    @abstractmethod
    def _first_given(self) -> Any:
        """What the scene gives."""

    @property
    @abstractmethod
    def names(self) -> tuple[str, ...]:
        """The numbers in the order of their computation; a step uncovers one."""

    # -- moving ---------------------------------------------------------------------------------

    def _begin(self) -> None:
        self.given = self._first_given()
        self._position = self._end = 0

    def _arrive(self) -> None:
        if self.setup.shows == self.view:
            self.go(self.setup.done)

    def _keepsake(self) -> Callable[[], None]:
        given, position, end = self.given, self._position, self._end

        def restore() -> None:
            self.given, self._position, self._end = given, position, end

        return restore

    @property
    def position(self) -> int:
        return self._position

    @property
    def end(self) -> int:
        return self._end

    def can(self, action: Action) -> bool:
        if action in ("step", "run"):
            return self._position < len(self.names)
        return super().can(action)

    @property
    def why_not_run(self) -> str:
        return (
            "" if self.can("step") else "All is computed. b takes a step back, e changes a number."
        )

    def step(self) -> None:
        if not self.can("step"):
            raise Refused(self.why_not_run)
        self.go(self._position + 1)

    def go(self, position: int) -> None:
        self._position = min(max(position, 0), len(self.names))
        self._end = max(self._end, self._position)
        self.said = ""

    def _give(self, given: Any, said: str) -> None:
        """Other numbers; how far the computation is uncovered stays as it is."""
        self.given = given
        self._position = min(self._position, len(self.names))
        self._end = min(self._end, len(self.names))
        self.said = said

    # -- what is seen ---------------------------------------------------------------------------

    def uncovered(self, name: str) -> bool:
        """Whether the number of this name has been computed."""
        return name in self.names[: self._position]

    def now(self, name: str) -> bool:
        """Whether it is the one that was computed last."""
        return self._position > 0 and self.names[self._position - 1] == name

    def explainable(self) -> tuple[str, ...]:
        return self.names

    def current(self) -> str:
        return self.names[max(self._position - 1, 0)]
