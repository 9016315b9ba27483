"""Works out a small case move by move, and back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lessons.labs.base import Action, Code, Explanation, Field, Lab, Refused, Scene
from lessons.labs.cases import of_case
from lessons.labs.worked.case import Case, Heading, Told


@dataclass(frozen=True)
class WorkedScene(Scene):
    """A case, and how many of its moves are done when the page opens.

    `conceal` holds names of columns with the tag of the scene: ``gate@dead``.
    """

    case: Case | None = None
    moves: int = 0
    tag: str = ""


@dataclass(frozen=True)
class WorkedSnapshot:
    """All that is to be seen of the case."""

    about: str
    headings: tuple[Heading, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[str, ...]
    position: int
    fresh: bool
    """Whether the last row is the one of the last move."""
    said: str


class WorkedLab(Lab):
    """A case and how far it has been worked out."""

    kind = "worked"
    title = "worked by hand"
    pace = 2.0

    def __init__(self, scene: Scene) -> None:
        super().__init__()
        self.show(scene)

    @property
    def setup(self) -> WorkedScene:
        """The scene as a WorkedScene."""
        assert isinstance(self.scene, WorkedScene)
        return self.scene

    def _begin(self) -> None:
        assert self.setup.case is not None
        self.case = self.setup.case
        self._position = self._end = 0

    def _arrive(self) -> None:
        for _ in range(self.setup.moves):
            self.step()

    def _keepsake(self) -> Callable[[], None]:
        case, position, end = self.case, self._position, self._end

        def restore() -> None:
            self.case, self._position, self._end = case, position, end

        return restore

    # -- where it stands ----------------------------------------------------------------------

    @property
    def position(self) -> int:
        return self._position

    @property
    def end(self) -> int:
        return self._end

    @property
    def step_name(self) -> str:  # type: ignore[override]
        return self.case.step_name

    @property
    def concealed(self) -> tuple[str, ...]:
        """The columns that are hidden in this case."""
        return of_case(self.hiding, self.setup.tag)

    def can(self, action: Action) -> bool:
        if action in ("step", "run"):
            return self.case.move(self._position) is not None
        if action == "rate":
            return any(field.id == "rate" for field in self.case.fields())
        return super().can(action)

    @property
    def why_not_run(self) -> str:
        return "" if self.can("step") else "It is all worked out. b goes back, e changes a number."

    # -- moving -------------------------------------------------------------------------------

    def step(self) -> None:
        if not self.can("step"):
            raise Refused(self.why_not_run)
        self.said = ""
        self._position += 1
        self._end = max(self._end, self._position)

    def go(self, position: int) -> None:
        self.said = ""
        self._position = min(max(position, 0), self._end)

    # -- editing ------------------------------------------------------------------------------

    def fields(self) -> tuple[Field, ...]:
        return self.case.fields()

    def _apply(self, field: Field, text: str) -> None:
        case = self.case.edited(field, text)
        self._take(case, f"{field.label} is now {text}")

    def change_rate(self, direction: int) -> None:
        field = next((one for one in self.fields() if one.id == "rate"), None)
        if field is None:
            raise Refused("There is no learning rate here.")
        self.set("rate", f"{field.nudged(direction):.12g}")

    def _take(self, case: Case, why: str) -> None:
        """Another case, worked out as far as this one, where it goes so far."""
        if case == self.case:
            return
        self.case = case
        while self._position and case.move(self._position - 1) is None:
            self._position -= 1
        self._end = self._position
        self.said = f"{why}: every number follows. u takes it back."

    def _way_back(self, field: Field) -> Callable[[], None]:
        return self._keepsake()

    # -- painting -----------------------------------------------------------------------------

    def snapshot(self) -> WorkedSnapshot:
        rows, lines = [], []
        move = None
        for number in range(self.case.first(self._position), self._position):
            move = self.case.move(number)
            assert move is not None
            if move.cells:
                rows.append(tuple(map(self._cell, self.case.headings, move.cells)))
            hidden = set(move.reveals) & set(self.concealed)
            lines.append(move.line + ("?" if hidden else move.secret))
        return WorkedSnapshot(
            about=self.case.about,
            headings=self.case.headings,
            rows=tuple(rows),
            lines=tuple(lines),
            position=self._position,
            fresh=bool(move and move.cells),
            said=self.said,
        )

    def _cell(self, heading: Heading, text: str) -> str:
        return "?" if heading.name in self.concealed and text else text

    # -- explaining ---------------------------------------------------------------------------

    def _told(self) -> tuple[Told, ...]:
        """What can be explained, the last move's first."""
        told: list[Told] = []
        for number in range(self.case.first(self._position), self._position):
            move = self.case.move(number)
            assert move is not None
            told.extend(move.told)
        return (self.case.given, *told)

    def explainable(self) -> tuple[str, ...]:
        return tuple(one.name for one in self._told())

    def current(self) -> str:
        return self.explainable()[-1]

    def explain(self, name: str) -> Explanation:
        return next(one for one in self._told() if one.name == name).unless(self.concealed)

    def code(self) -> tuple[Code, ...]:
        return self.case.code()
