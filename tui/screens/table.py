"""Your own table, before it is learned from: what was understood of each column, to be changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from lessons.tables.columns import Column, Use
from lessons.tables.errors import TableError
from lessons.tables.problem import OwnProblem, make_problem
from lessons.tables.reading import RawTable
from lessons.tables.suspects import Suspect, suspects
from lessons.tables.target import Target, Task, choose_target
from tui.follow import follow_theme
from tui.own.words import about_column, doubt_lines, problem_lines
from tui.render.glyphs import MARK
from tui.render.words import shorten
from tui.theme import Palette, palette
from tui.widgets.bars import KeyBar, KeyHint, TitleBar

NAME, HOLDS, MISSING, USE = 22, 10, 9, 9
BORDERS = 7
"""Cells around a row, and before what is in the column."""

LARGE = 300_000
"""Cells from which on what comes of a table is worked out when training starts."""

KEYS = (
    KeyHint("↑ ↓", "choose", "list('cursor_down')"),
    KeyHint("enter", "train", "train"),
    KeyHint("space", "use as", "use"),
    KeyHint("f", "target", "target"),
    KeyHint("a", "task", "task"),
    KeyHint("?", "keys", "app.help"),
    KeyHint("esc", "leave", "leave"),
)


class ColumnList(OptionList):
    """The columns. Its enter is named here: the one of OptionList would not be among the keys."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "train", id="table.train",
                tooltip="Train on it; as you left it where nothing was changed"),
    ]  # fmt: skip


class TableScreen(Screen[None]):
    """Shows a table's columns. `train` is called with the problem that they make.

    As long as the columns are not changed, that is the same problem each time.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "use", "use", id="table.use", tooltip="Number, one-hot or dropped"),
        Binding(
            "f", "target", "target", id="table.target", tooltip="This column is to be predicted"
        ),
        Binding("a", "task", "task", id="table.task", tooltip="Predict a number, or a class"),
        Binding("j", "list('cursor_down')", "down", show=False, id="table.down", tooltip="Down"),
        Binding("k", "list('cursor_up')", "up", show=False, id="table.up", tooltip="Up"),
        Binding("escape", "leave", "leave", id="table.leave", tooltip="Leave the table"),
    ]

    def __init__(
        self,
        table: RawTable,
        columns: tuple[Column, ...],
        target: str,
        train: Callable[[OwnProblem], None],
        *,
        task: Task | None = None,
        held_out: float = 0.3,
        seed: int = 0,
    ) -> None:
        super().__init__()
        self._table, self._columns, self._train = table, columns, train
        self._target, self._wanted = target, task
        self._held_out, self._seed = held_out, seed
        self._own: OwnProblem | None = None
        """What the columns made when training was asked for last, while they are as they were."""
        self._doubts: dict[str, str] = {}
        """What is odd about columns, in a word or two, by their names."""
        self._marked = 0
        """The row that is painted as the cursor's."""

    def compose(self) -> ComposeResult:
        """Title, what was found out about the file, the columns, what comes of them, keys."""
        yield TitleBar()
        yield Static(id="found", markup=False)
        yield Static(id="heads", markup=False)
        yield ColumnList(id="columns")
        yield Static(id="outcome", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Fill everything in."""
        follow_theme(self, self._fill)
        self.query_one(TitleBar).left = f"Your table › {self._table.name}"
        self.query_one(KeyBar).hints = KEYS
        self._fill()
        self.query_one(ColumnList).focus()

    # -- painting -----------------------------------------------------------------------------

    def _fill(self) -> None:
        colors = palette(self.app)
        counted = f"{len(self._table):,} rows, {len(self._columns):,} columns."
        found = Text.assemble((counted, colors.style("mark", bold=True)))
        for note in (*self._table.notes, *self._table.warnings):
            found.append(f"\n{note}", colors.style("dim"))
        for line in doubt_lines(self._look_twice(), lambda _: "space drops it."):
            found.append(f"\n{line}", colors.style("accent"))
        self.query_one("#found", Static).update(found)
        heads = f"  {'column':<{self._widest}}"
        heads += f"{'holds':<{HOLDS}}{'missing':>{MISSING}}  {'used as':<{USE}}"
        self.query_one("#heads", Static).update(Text(heads, colors.style("dim")))
        listing = self.query_one(ColumnList)
        at = listing.highlighted or 0
        listing.clear_options()
        at = self._marked = min(at, len(self._columns) - 1)
        listing.add_options(
            Option(self._row(column, colors, row == at)) for row, column in enumerate(self._columns)
        )
        listing.highlighted = at
        self._say(self._outcome())

    @on(OptionList.OptionHighlighted)
    def _mark(self) -> None:
        """Give the cursor's row the mark, and the one that it came from its colours back."""
        listing, colors = self.query_one(ColumnList), palette(self.app)
        here = listing.highlighted
        if here is None or here == self._marked:
            return
        for at in (self._marked, here):
            row = self._row(self._columns[at], colors, at == here)
            listing.replace_option_prompt_at_index(at, row)
        self._marked = here

    def _row(self, column: Column, colors: Palette, marked: bool) -> Text:
        """A column in a line; under the cursor without colours of its own.

        The cursor's background is bright: no colour of a role would be readable on it.
        """
        text = self._coloured_row(column, colors, MARK if marked else " ")
        return Text(text.plain, no_wrap=True, overflow="ellipsis") if marked else text

    def _coloured_row(self, column: Column, colors: Palette, sign: str) -> Text:
        is_target = column.name == self._target
        used = "target" if is_target else column.use
        text = Text(f"{sign} ", no_wrap=True, overflow="ellipsis")
        role = "dim" if used == "drop" else "node"
        text.append(f"{shorten(column.name, self._widest - 1):<{self._widest}}", colors.style(role))
        text.append(f"{column.kind:<{HOLDS}}", colors.style("dim"))
        text.append(f"{column.missing or '':>{MISSING}}  ", colors.style("dim"))
        strong = is_target or used == "drop"
        text.append(f"{used:<{USE}}", colors.style("accent" if is_target else role, bold=strong))
        about = about_column(column, is_target, self._doubts.get(column.name, ""))
        room = self.size.width - text.cell_len - BORDERS
        return text.append(f"  {shorten(about, max(room, 1))}", colors.style("dim"))

    @property
    def _widest(self) -> int:
        """Cells for a name: as many as the longest needs, up to NAME."""
        return min(max(7, *(len(column.name) for column in self._columns)) + 2, NAME)

    def _outcome(self) -> str:
        try:
            if len(self._table) * len(self._columns) > LARGE:
                goal = self._goal()  # all of it would take too long for every key
                return f"“{goal.name}” is a {goal.task} ({goal.why}). enter trains on it."
            return "\n".join(problem_lines(self._problem()))
        except TableError as problem:
            return str(problem)

    def _say(self, words: str) -> None:
        self.query_one("#outcome", Static).update(words)

    # -- deciding -----------------------------------------------------------------------------

    def _look_twice(self) -> tuple[Suspect, ...]:
        """The columns that look odd beside this target, each time that something was decided."""
        try:
            odd = suspects(self._table.frame, self._columns, self._goal())
        except TableError:  # it is said below the columns
            odd = ()
        self._doubts = {one.name: one.short for one in odd}
        return odd

    def _goal(self) -> Target:
        return choose_target(self._table.frame, self._columns, self._target, self._wanted)

    def _problem(self) -> OwnProblem:
        return make_problem(self._table, self._columns, self._goal(), self._held_out, self._seed)

    @property
    def _here(self) -> Column:
        return self._columns[self.query_one(ColumnList).highlighted or 0]

    def action_use(self) -> None:
        """Use the column under the cursor in the next way that it can be."""
        column = self._here
        if column.name == self._target:
            self._say("This is the target: f on another column makes that one the target.")
            return
        uses: tuple[Use, ...] = column.uses
        following = (
            uses[(uses.index(column.use) + 1) % len(uses)] if column.use in uses else uses[0]
        )
        if following == column.use:
            self._say(f"“{column.name}” can only be dropped: {column.why}.")
            return
        changed = replace(column, use=following, why="as you said")
        self._columns = tuple(changed if one is column else one for one in self._columns)
        self._refill()

    def action_target(self) -> None:
        """Predict the column under the cursor."""
        self._target, self._wanted = self._here.name, None
        self._refill()

    def action_task(self) -> None:
        """Predict a number instead of a class, or the other way round."""
        try:
            found = self._goal().task
            other: Task = "regression" if found == "classification" else "classification"
            choose_target(self._table.frame, self._columns, self._target, other)
        except TableError as problem:
            self._say(str(problem))
            return
        self._wanted = other
        self._refill()

    def _refill(self) -> None:
        """Something was decided anew: what was trained is another problem now."""
        self._own = None
        self._fill()

    @on(OptionList.OptionSelected)
    def action_train(self) -> None:
        """Make the problem and train on it, or go on where nothing changed; or say why not."""
        try:
            self._own = self._own or self._problem()
            self._train(self._own)
        except TableError as problem:
            self._say(str(problem))

    def action_list(self, what: str) -> None:
        """Move in the list."""
        getattr(self.query_one(ColumnList), f"action_{what}")()

    def action_leave(self) -> None:
        """Back to where it was opened from."""
        self.app.pop_screen()

    def on_resize(self, event: events.Resize) -> None:
        """Rows are as wide as the terminal, and the cursor stays in sight."""
        self._fill()
        self.query_one(ColumnList).scroll_to_highlight()
