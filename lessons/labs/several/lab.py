"""Several labs for one lesson: the kind of a page's scene says which of them stands beside it.

A lesson that works a small case by hand and then trains a real network needs two labs. This one
holds them and hands every call on to the one that is in front.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from lessons.labs.base import Action, Code, Explanation, Field, Lab, Scene
from lessons.learning.experiment import Experiment
from lessons.learning.outlets import Outlet

Makers = Mapping[type[Scene], Callable[[Scene], Lab]]
"""For each kind of scene, what makes the lab that knows it, from a first scene."""


@dataclass(frozen=True)
class Inside:
    """The snapshot of the lab in front, and the kind of view that paints it."""

    kind: str
    snapshot: Any

    @property
    def said(self) -> str:
        """The line of words of that lab."""
        said: str = self.snapshot.said
        return said


class SeveralLab(Lab):
    """Holds a lab for each kind of scene. A lab is made when a page first needs it."""

    kind = "several"

    def __init__(self, title: str, makers: Makers, first: Scene) -> None:
        # Not Lab's: position, undo and all else are those of the lab in front.
        self.title = title  # type: ignore[misc]
        self._makers = makers
        self._made: dict[type[Scene], Lab] = {}
        self.show(first)

    @property
    def inside(self) -> Lab:
        """The lab in front."""
        return self._inside

    def show(self, scene: Scene, hidden: tuple[str, ...] = ()) -> None:
        kind = type(scene)
        if kind not in self._makers:
            known = ", ".join(sorted(one.__name__ for one in self._makers))
            raise TypeError(f"no lab here shows a {kind.__name__}; there are some for {known}")
        if kind not in self._made:
            self._made[kind] = self._makers[kind](scene)
        self._inside = self._made[kind]
        self._inside.show(scene, hidden)

    def snapshot(self) -> Inside:
        return Inside(self._inside.kind, self._inside.snapshot())

    # -- what is asked of the lab in front ------------------------------------------------------

    @property
    def scene(self) -> Scene:  # type: ignore[override]
        return self._inside.scene

    @property
    def dataset(self) -> str:  # type: ignore[override]
        return self._inside.dataset

    @property
    def has_data(self) -> bool:
        return self._inside.has_data

    @property
    def acts(self) -> Mapping[str, str]:  # type: ignore[override]
        return self._inside.acts

    @property
    def turn_words(self) -> Mapping[str, str]:  # type: ignore[override]
        return self._inside.turn_words

    @property
    def asks(self) -> str:
        return self._inside.asks

    @asks.setter
    def asks(self, field_id: str) -> None:
        self._inside.asks = field_id

    @property
    def running(self) -> bool:
        return self._inside.running

    @running.setter
    def running(self, running: bool) -> None:
        self._inside.running = running

    @property
    def wants_log(self) -> bool:  # type: ignore[override]
        return self._inside.wants_log

    @property
    def pace(self) -> float | None:  # type: ignore[override]
        return self._inside.pace

    @property
    def paces(self) -> tuple[float | None, ...]:  # type: ignore[override]
        return self._inside.paces

    @property
    def step_name(self) -> str:  # type: ignore[override]
        return self._inside.step_name

    @property
    def file_stem(self) -> str:
        return self._inside.file_stem

    @property
    def said(self) -> str:  # type: ignore[override]
        return self._inside.said

    @property
    def hiding(self) -> tuple[str, ...]:
        return self._inside.hiding

    @property
    def position(self) -> int:
        return self._inside.position

    @property
    def end(self) -> int:
        return self._inside.end

    @property
    def why_not_run(self) -> str:
        return self._inside.why_not_run

    def hide(self, names: tuple[str, ...]) -> None:
        self._inside.hide(names)

    def step(self) -> None:
        self._inside.step()

    def tick(self) -> None:
        self._inside.tick()

    @property
    def moving(self) -> Lab:
        return self._inside.moving

    def settle(self) -> None:
        self._inside.settle()

    def go(self, position: int) -> None:
        self._inside.go(position)

    def reset(self) -> None:
        self._inside.reset()

    def back(self) -> None:
        self._inside.back()

    def scrub(self, direction: int) -> None:
        self._inside.scrub(direction)

    def redraw(self) -> None:
        self._inside.redraw()

    def change_rate(self, direction: int) -> None:
        self._inside.change_rate(direction)

    def change_pace(self, direction: int) -> None:
        self._inside.change_pace(direction)

    def can(self, action: Action) -> bool:
        return self._inside.can(action)

    def fields(self) -> tuple[Field, ...]:
        return self._inside.fields()

    def set(self, field_id: str, text: str) -> None:
        self._inside.set(field_id, text)

    def turn(self, field_id: str) -> None:
        self._inside.turn(field_id)

    def act(self, name: str) -> None:
        self._inside.act(name)

    def undo(self) -> None:
        self._inside.undo()

    def know(self, log: tuple[Experiment, ...]) -> None:
        self._inside.know(log)

    def take_finished(self) -> tuple[Experiment, ...]:
        return self._inside.take_finished()

    def outlets(self) -> tuple[Outlet, ...]:
        return self._inside.outlets()

    def point(self, row: int, column: int) -> None:
        self._inside.point(row, column)

    def touch(self, what: str, column: float, row: float) -> None:
        self._inside.touch(what, column, row)

    def explainable(self) -> tuple[str, ...]:
        return self._inside.explainable()

    def current(self) -> str:
        return self._inside.current()

    def explain(self, name: str) -> Explanation:
        return self._inside.explain(name)

    def code(self) -> tuple[Code, ...]:
        return self._inside.code()

    # -- never asked for here: each lab does these for itself -------------------------------------

    def _begin(self) -> None:
        raise NotImplementedError("the lab in front begins by itself")

    def _keepsake(self) -> Callable[[], None]:
        raise NotImplementedError("the lab in front keeps its own undo")
