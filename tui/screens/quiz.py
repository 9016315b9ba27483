"""A test-out or a recap: one question after the other, each on its page with its lab beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from rich.console import Group
from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from lessons.spec import Page
from tui.follow import follow_theme
from tui.render.glyphs import DONE, KNOWN, MARK
from tui.screens import quiz_bars
from tui.screens.lesson import LessonScreen
from tui.sitting import QuizStudy, Sitting
from tui.study import Study
from tui.theme import Palette, palette
from tui.widgets.bars import KeyBar, KeyHint, TitleBar

if TYPE_CHECKING:
    from tui.app import DLTutor


class QuizScreen(LessonScreen):
    """One question of a sitting; the next one is another screen in its place."""

    _bars = quiz_bars

    def __init__(
        self, sitting: Sitting, at: int = 0, *, seed: int, frame_rate: int, manual: bool = False
    ) -> None:
        self.sitting, self.place = sitting, at
        self._seed = seed
        lesson = sitting.asked[at].lesson
        super().__init__(lesson, seed=seed, frame_rate=frame_rate, manual=manual)

    def study(self) -> Study:
        """The sitting; the lesson's own progress is not touched."""
        return QuizStudy(self.sitting, self.place)

    @property
    def page(self) -> Page:
        """The page of the question."""
        return self.sitting.asked[self.place].page

    @property
    def last_page(self) -> bool:
        """There is no lesson to end here."""
        return False

    async def action_page(self, direction: int) -> None:
        """On to the next question once this one is settled; there is no way back."""
        sitting = self.sitting
        if direction < 0:
            self.pane.refresh_view("There is no way back to an earlier question.")
        elif not sitting.attempts[self.place].settled:
            self.pane.refresh_view(self._what_first)
        elif self.place + 1 < len(sitting.asked):
            following = QuizScreen(
                sitting,
                self.place + 1,
                seed=self._seed,
                frame_rate=self._frame_rate,
                manual=self._manual,
            )
            await self.app.switch_screen(following)
        else:
            sitting.finish()
            await self.app.switch_screen(ResultScreen(sitting))

    @property
    def _what_first(self) -> str:
        if self.sitting.is_recap:
            return "This question first. h gives a hint, esc leaves."
        return "This question first. s shows the answer and counts as not known; esc leaves."

    def action_hint(self, direction: int) -> None:
        """Hints are part of a recap, and not of a test-out."""
        if self.sitting.is_recap:
            super().action_hint(direction)
        else:
            self.pane.refresh_view("A test-out has no hints. s shows the answer.")

    def _settle(self) -> None:
        super()._settle()
        self.sitting.keep(self.place)


class ResultScreen(Screen[None]):
    """How a sitting went, question by question."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,escape,right,n", "leave", "contents", id="app.contents", tooltip="Contents"),
        Binding("down,j", "scroll(1)", "down", id="page.down", tooltip="Scroll down"),
        Binding("up,k", "scroll(-1)", "up", id="page.up", tooltip="Scroll up"),
    ]

    def __init__(self, sitting: Sitting) -> None:
        super().__init__()
        self.sitting = sitting

    def compose(self) -> ComposeResult:
        """Title, result, keys."""
        yield TitleBar()
        with VerticalScroll(id="result", can_focus=False):
            yield Static(id="verdict", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Say how it went."""
        follow_theme(self, self._paint)
        self.query_one("#result").border_title = f"{self.sitting.name}: the result"
        self._paint()

    def _paint(self) -> None:
        chapter = self.sitting.chapter
        title = self.query_one(TitleBar)
        title.left = f"{self.sitting.name} › {chapter.number} {chapter.title}"
        self.query_one("#verdict", Static).update(self._result())
        self.query_one(KeyBar).hints = (
            KeyHint("enter", "contents", "leave"),
            KeyHint("?", "keys", "app.help"),
            KeyHint("q", "quit", "app.quit"),
        )

    def _result(self) -> Group:
        colors, sitting = palette(self.app), self.sitting
        count = f"{sum(sitting.right)} of {len(sitting.asked)} right at the first try"
        head = Text.assemble((f"{count}\n\n", colors.style("mark", bold=True)))
        head.append(f"{self._meaning()}\n", colors.style("node"))
        return Group(head, self._questions(colors))

    def _questions(self, colors: Palette) -> Table:
        """Each question with its sign and lesson; what is too long goes on below its first word."""
        sitting, table = self.sitting, Table.grid()
        for width in (2, 5, None):
            table.add_column(width=width)
        for asked, attempt, right in zip(
            sitting.asked, sitting.attempts, sitting.right, strict=True
        ):
            text = Text(attempt.check.prompt, colors.style("node"))
            if not right:
                text.append(f"\n{attempt.check.solution}", colors.style("dim"))
            sign = Text(DONE if right else MARK, colors.style("accent", bold=True))
            table.add_row(sign, Text(asked.lesson.number, colors.style("dim")), text)
        return table

    def _meaning(self) -> str:
        sitting = self.sitting
        if sitting.is_recap:
            left = len(sitting.asked) - sum(sitting.right)
            if not left:
                return "None of them comes back."
            return f"{left} {'comes' if left == 1 else 'come'} back in the next recap."
        if sitting.passed:
            return f"Chapter {sitting.chapter.number} is marked {KNOWN} known."
        return (
            f"{sitting.needed} are needed to mark the chapter as known. It can be taken again, "
            "with other questions."
        )

    def action_scroll(self, lines: int) -> None:
        """Move a long result by a line."""
        self.query_one("#result").scroll_relative(y=lines, animate=False)

    def action_leave(self) -> None:
        """Back to the contents."""
        cast("DLTutor", self.app).show_contents()
