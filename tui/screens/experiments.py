"""The experiments: a table to sort and search, two of them on one plot, and the way out as CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.screen import Screen
from textual.widgets import Input, Static

from lessons.learning.experiment import Experiment
from lessons.search import words_of
from tui.export import log_csv
from tui.files import NotWritten, save_text
from tui.follow import follow_theme
from tui.screens.experiments_choice import Choice
from tui.screens.experiments_keys import BINDINGS, KEYS
from tui.screens.experiments_plot import LETTERS, figure, words
from tui.screens.experiments_rows import Row, fitting
from tui.theme import palette
from tui.widgets.bars import KeyBar, TitleBar
from tui.widgets.plot import Plot
from tui.widgets.rows import Line, Rows
from tui.widgets.search import SearchBox

if TYPE_CHECKING:
    from tui.app import DLTutor
    from tui.experiments import ExperimentLog

WIDE = 100
FILE = "experiments.csv"

EMPTY = """\
There is no experiment yet.

Every training that comes to its end in lesson 4.5, Capacity and experiments, is kept here: its \
settings and seed, its losses, how long it took. Open the lesson, press r, and come back with E.

A run of the playground is kept here too, when you press S there. P opens the playground.\
"""


class ExperimentsScreen(Screen[None]):
    """Shows the learner's log; every change goes to the app's ExperimentLog at once."""

    BINDINGS = BINDINGS
    AUTO_FOCUS = "Rows"

    def __init__(self) -> None:
        super().__init__()
        self._choice = Choice()
        self._deleted: list[tuple[Experiment, ...]] = []
        self._rows: list[Row] = []
        self._log_axis = False

    def compose(self) -> ComposeResult:
        """The table, and below it curves and words on what is chosen."""
        yield TitleBar()
        yield SearchBox("data, network, settings, seed", id="search")
        yield Rows(id="table")
        yield Static(EMPTY, id="nothing", markup=False)
        with Horizontal(id="below"):
            yield Plot(id="plot")
            yield Static(id="about", markup=False)
        yield Static(id="told", markup=False)
        yield Input(compact=True, id="name", select_on_focus=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """All experiments, the newest first."""
        follow_theme(self, self._paint)
        self._fill()

    # -- what is there ------------------------------------------------------------------------

    @property
    def kept(self) -> ExperimentLog:
        """The learner's log."""
        return cast("DLTutor", self.app).experiments

    @property
    def searching(self) -> bool:
        """True while what is typed goes into the search."""
        return self.has_class("searching")

    @property
    def naming(self) -> bool:
        """True while the name of a file is asked for."""
        return self.has_class("naming")

    @property
    def chosen(self) -> Row | None:
        """The row under the cursor."""
        at = self.query_one(Rows).cursor
        return self._rows[at] if at < len(self._rows) else None

    def hides(self, what: str, network: str) -> bool:
        """Whether an open question of a lesson behind this screen asks for that loss."""
        return cast("DLTutor", self.app).asks_for(f"{what}:{network}")

    @property
    def shown(self) -> tuple[Row, ...]:
        """The one or two rows that are drawn."""
        return self._choice.shown(self._rows, self.chosen)

    # -- painting -----------------------------------------------------------------------------

    def _fill(self, at: str = "", told: str = "") -> None:
        """Make the rows anew; the cursor goes to the row of this key, or stays."""
        here = at or (self.chosen.key if self.chosen else "")
        typed = words_of(self.query_one(SearchBox).value) if self.searching else ()
        self._rows = self._choice.rows(self.kept.all, typed)
        keys = [row.key for row in self._rows]
        cursor = keys.index(here) if here in keys else min(self.query_one(Rows).cursor, len(keys))
        self.query_one(Rows).cursor = cursor
        self._say(told)
        self._paint()

    def _paint(self) -> None:
        """Write table, plot and words."""
        table = self.query_one(Rows)
        columns = fitting(self.app.size.width - 2, self._choice.sorted_by, self._rows)
        letters = self._letters()
        place = [one.name for one in columns].index(self._choice.sorted_by)
        lines = tuple(
            Line(
                tuple(column.text(row, self.hides) for column in columns),
                letters.get(row.key, ""),
                row.part,
            )
            for row in self._rows
        )
        sign = "▾" if self._choice.descending else "▴"
        table.show(tuple(c.head for c in columns), lines, table.cursor, (place, sign))
        self.set_class(not self.kept.all, "empty")
        self._paint_below()
        self._frame()

    def _paint_below(self) -> None:
        shown = self.shown
        self.query_one(Plot).figure = figure(shown, self.hides, log_y=self._log_axis)
        if self._rows or not self.kept.all:
            colors, brief = palette(self.app), self.has_class("narrow")
            about = words(shown, self.kept.all, self.hides, colors, brief=brief)
        else:
            about = Text("Nothing has these words in it. esc shows all again.")
        self.query_one("#about", Static).update(about)

    def _letters(self) -> dict[str, str]:
        """The letters of the rows that are drawn, where there are two or a mark, by key."""
        shown = self.shown
        if not self._choice.marked:
            return {}
        return {row.key: letter for row, letter in zip(shown, LETTERS, strict=False)}

    def _frame(self) -> None:
        title, count = self.query_one(TitleBar), len(self.kept.all)
        title.left = "Experiments"
        settings = sum(not row.part for row in self._rows)
        title.right = f"{count} in {settings} setting{'s' * (settings != 1)}" if count else ""
        self.query_one(KeyBar).hints = KEYS if count or self._deleted else KEYS[-2:]

    def _say(self, line: str) -> None:
        self.query_one("#told", Static).update(line)

    @on(Rows.Moved)
    def _moved(self, event: Rows.Moved) -> None:
        event.stop()
        self._say("")
        if self._choice.marked:
            self._paint()  # the letters move with the cursor
        else:
            self._paint_below()

    def on_resize(self, event: events.Resize) -> None:
        """Words go below the plot where there is no room beside it."""
        self.set_class(self.app.size.width < WIDE, "narrow")
        if self.is_mounted:
            self._paint()

    # -- keys ---------------------------------------------------------------------------------

    def action_table(self, what: str, argument: int) -> None:
        """A click on the key bar: do in the table what the key does."""
        getattr(self.query_one(Rows), f"action_{what}")(argument)

    def action_sort(self) -> None:
        """Sort by the next column, which comes into sight where it was not."""
        name = self._choice.next_column()
        self._fill(told=f"Sorted by {name}. O: the other way round.")

    def action_reverse(self) -> None:
        """The other way round."""
        self._choice.descending = not self._choice.descending
        self._fill()

    def action_open(self) -> None:
        """Open the seeds of a setting, or close them."""
        row = self.chosen
        if row is None:
            return
        if not row.part and len(row.summary.experiments) == 1:
            self._say("One seed only: there is nothing to open. ctrl+r in the lab takes another.")
        else:
            self._fill(self._choice.toggle_open(row, self._rows))

    def action_mark(self) -> None:
        """Mark a row, or take its mark away. A third mark takes the place of the first."""
        row = self.chosen
        if row is None:
            return
        told = ("", "Marked as A. The one under the cursor is drawn beside it.", "A beside B.")
        self._say(told[self._choice.toggle_mark(row)])
        self._paint()

    def action_axis(self) -> None:
        """The loss axis linear or logarithmic."""
        self._log_axis = not self._log_axis
        self._paint_below()

    # -- deleting -----------------------------------------------------------------------------

    def action_remove(self) -> None:
        """Delete the row under the cursor, with all its seeds."""
        row = self.chosen
        if row is None:
            return
        gone = self.kept.remove({one.id for one in row.summary.experiments})
        self._deleted.append(gone)
        self._choice.forget(row)
        what = f"{len(gone)} experiments" if len(gone) > 1 else "1 experiment"
        self._changed(f"Deleted {what}. u brings {'them' if len(gone) > 1 else 'it'} back.")

    def action_undo(self) -> None:
        """Bring back what was deleted last."""
        if not self._deleted:
            self._say("Nothing has been deleted here.")
            return
        self.kept.restore(self._deleted.pop())
        self._changed("It is back.")

    def _changed(self, told: str) -> None:
        app = cast("DLTutor", self.app)
        app.share_log()
        app.tell()
        self._fill(told=told)

    # -- searching and saving -----------------------------------------------------------------

    def action_search(self) -> None:
        """Open the line to search with."""
        self.add_class("searching")
        self.query_one(SearchBox).focus()
        self._fill()

    @on(SearchBox.Moved)
    def _search_moved(self, event: SearchBox.Moved) -> None:
        event.stop()
        table = self.query_one(Rows)
        match event.action:
            case "cursor_up" | "cursor_down":
                table.action_move(1 if event.action == "cursor_down" else -1)
            case "page_up" | "page_down":
                table.action_page(1 if event.action == "page_down" else -1)
            case "first" | "last":
                table.action_edge(1 if event.action == "last" else -1)
            case _:
                table.focus()

    @on(Input.Changed, "#search")
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if self.searching:
            self._fill()

    def action_ask_name(self) -> None:
        """Ask where the table should be saved."""
        if not self.kept.all:
            self._say("There is nothing to save yet.")
            return
        box = self.query_one("#name", Input)
        box.value = FILE
        box.cursor_position = len(FILE)
        self.add_class("naming")
        box.focus()
        self._say("Save all experiments as CSV. enter saves, esc does not.")

    @on(Input.Submitted, "#name")
    def _named(self, event: Input.Submitted) -> None:
        event.stop()
        try:
            path = save_text(event.value, log_csv(self.kept.all))
        except NotWritten as problem:
            self._say(str(problem))
            return
        self._end_naming(f"Saved {len(self.kept.all)} experiments in {path.absolute()}.")

    def _end_naming(self, told: str = "") -> None:
        self.remove_class("naming")
        self.query_one(Rows).focus()
        self._say(told)

    def action_leave(self) -> None:
        """Out of a line that is typed into, or back to where you came from."""
        if self.naming:
            self._end_naming()
        elif self.searching:
            self.remove_class("searching")
            self.query_one(SearchBox).value = ""
            self.query_one(Rows).focus()
            self._fill()
        else:
            self.app.pop_screen()
