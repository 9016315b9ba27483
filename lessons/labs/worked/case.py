"""What a case is made of: moves, each a row of a table and a line of arithmetic."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Self

from lessons.labs.base import Code, Explanation, Field

HIDDEN = "It stays hidden until you have answered the question."


@dataclass(frozen=True)
class Heading:
    """The name of a column, the role that colours it, and how many cells it takes."""

    name: str
    role: str
    width: int


@dataclass(frozen=True)
class Told:
    """A number that can be explained. `column` names the secret that it would give away."""

    column: str
    explanation: Explanation

    @property
    def name(self) -> str:
        """What it is called."""
        return self.explanation.name

    def unless(self, hidden: Collection[str]) -> Explanation:
        """The explanation, without its numbers while they are hidden."""
        if self.column not in hidden:
            return self.explanation
        return replace(self.explanation, filled=f"{self.name} = ?", where=(("?", HIDDEN),))


@dataclass(frozen=True)
class Move:
    """One step: a row of the table or none, a line of arithmetic, and what can be explained."""

    line: str
    told: tuple[Told, ...]
    cells: tuple[str, ...] = ()
    secret: str = ""
    """What goes on behind the line, unless one of `reveals` is hidden."""
    reveals: tuple[str, ...] = ()
    """The columns whose numbers stand in the secret."""


class Case(ABC):
    """A small problem that is worked out move by move. Frozen: an edit makes another case."""

    headings: tuple[Heading, ...]
    step_name: str = "row"

    @property
    @abstractmethod
    def about(self) -> str:
        """The case in one line."""

    @property
    @abstractmethod
    def given(self) -> Told:
        """What can be explained before the first move."""

    @abstractmethod
    def move(self, number: int) -> Move | None:
        """The move of that number, from 0; None where there is no further one."""

    def first(self, position: int) -> int:
        """The first move whose row is still in the table after `position` moves."""
        return 0

    @abstractmethod
    def fields(self) -> tuple[Field, ...]:
        """What can be edited."""

    @abstractmethod
    def edited(self, field: Field, text: str) -> Self:
        """The case with another value of a field."""

    @abstractmethod
    def code(self) -> tuple[Code, ...]:
        """Lines that print the numbers of the table."""
