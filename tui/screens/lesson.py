"""A lesson: pages on the left, the lab on the right, a question below the page."""

from __future__ import annotations

from types import ModuleType
from typing import TYPE_CHECKING, cast

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Markdown, Static

from lessons.attempt import Attempt
from lessons.labs.base import Lab
from lessons.spec import Lesson, NotAnAnswer, Page
from tui.dress import dress_only
from tui.follow import follow_theme
from tui.labs.pane import LabPane
from tui.screens import lesson_bars
from tui.screens.gone import let_go
from tui.screens.lesson_keys import BINDINGS
from tui.study import Study
from tui.widgets.bars import KeyBar, TitleBar
from tui.widgets.check import AnswerBox, CheckPanel, Options
from tui.widgets.framed import PageSide

if TYPE_CHECKING:
    from tui.app import DLTutor
    from tui.progress import Progress

WIDE = 100
"""Columns from which page and lab stand side by side."""


class LessonScreen(Screen[None]):
    """Walks through the pages of one lesson and keeps the learner's progress up to date."""

    BINDINGS = BINDINGS
    _bars: ModuleType = lesson_bars
    """What the lines around it say; a test-out has other ones."""
    AUTO_FOCUS = ""  # or the answer box takes the keyboard on pages without a question, unseen

    def __init__(self, lesson: Lesson, *, seed: int, frame_rate: int, manual: bool = False) -> None:
        super().__init__()
        self.lesson = lesson
        self.attempt: Attempt | None = None
        self._at = 0
        self._lab = lesson.make_lab(seed)
        self._frame_rate, self._manual = frame_rate, manual

    def compose(self) -> ComposeResult:
        """Title, page and lab, keys."""
        yield TitleBar()
        with Horizontal(id="lesson"):
            with PageSide(id="page"):
                yield Markdown(id="text", open_links=False)
                yield CheckPanel(id="check")
                yield Static(id="notice", markup=False)
            pane = LabPane(self._lab, frame_rate=self._frame_rate, manual=self._manual, id="lab")
            pane.border_title = Content(f"Lab: {self._lab.title}")
            yield pane
        yield KeyBar()

    async def on_mount(self) -> None:
        """Open the page where the learner left off."""
        follow_theme(self, self._recolor)
        self._study = self.study()
        self.on_resize()
        await self._open(self._study.start)

    def on_unmount(self) -> None:
        """What was painted is not needed any more."""
        let_go()

    def study(self) -> Study:
        """What is kept of the learner's way through these pages."""
        return Study(self.lesson, self._progress)

    # -- what stands where --------------------------------------------------------------------

    @property
    def _progress(self) -> Progress:
        return cast("DLTutor", self.app).progress

    @property
    def page_number(self) -> int:
        """The number of the page that is open, from 1."""
        return self._at + 1

    @property
    def page(self) -> Page:
        """The page that is open."""
        return self.lesson.pages[self._at]

    @property
    def pane(self) -> LabPane:
        """The lab's half of the screen."""
        return self.query_one(LabPane)

    @property
    def lab(self) -> Lab:
        """The lab."""
        return self._lab

    @property
    def last_page(self) -> bool:
        """True on the last page of the lesson."""
        return self._at == len(self.lesson.pages) - 1

    @property
    def wide(self) -> bool:
        """True when page and lab stand side by side."""
        return not self.has_class("narrow")

    @property
    def typing(self) -> bool:
        """True while digits go into the answer box."""
        return isinstance(self.focused, AnswerBox)

    @property
    def table_focused(self) -> bool:
        """True while arrow keys move in a table."""
        return isinstance(self.focused, lesson_bars.MOVED_IN)

    # -- pages --------------------------------------------------------------------------------

    async def _open(self, at: int) -> None:
        """Show a page: its text, its question, the lab in its scene."""
        self._at = at
        page = self.page
        self._study.opened(at)
        self.attempt = self._study.attempt_at(page.check) if page.check else None
        self._turn({"lab-side": False, "no-check": self.attempt is None})
        await self.query_one("#text", Markdown).update(self.lesson.body(page))
        self.query_one("#page").scroll_home(animate=False)
        self.query_one("#page").border_title = Content(page.title)
        self.query_one(CheckPanel).ask(self.attempt)
        self.pane.show(page.scene, self._study.asked_for(self._at))
        self._focus_question()
        self._settle()

    def _focus_question(self) -> None:
        if self.attempt is not None and not self.attempt.settled:
            self.query_one(CheckPanel).take_focus()
        else:
            self.set_focus(None)

    async def action_page(self, direction: int) -> None:
        """Turn the page; at the last one say what is left, or go back to the contents."""
        at = self._at + direction
        if at < 0:
            self.pane.refresh_view("This is the first page.")
        elif at < len(self.lesson.pages):
            await self._open(at)
        elif self._study.open_pages():
            self.pane.refresh_view(f"{self._study.still_open} esc: contents.")
        else:
            cast("DLTutor", self.app).show_contents()

    def action_scroll(self, lines: int) -> None:
        """Scroll the text of the page."""
        self.query_one("#page").scroll_relative(y=lines, animate=False)

    def action_turn_over(self) -> None:
        """On a narrow terminal: the page to the front, or the lab."""
        self._turn({"lab-side": not self.has_class("lab-side")})
        self.pane.notice = ""
        self._refresh_bars()

    def action_contents(self) -> None:
        """Back to the list of lessons; out of the edit bar, a table or an answer first."""
        if self.pane.editing:
            self.pane.close_edit()
        elif self.table_focused:
            self._focus_question()
            self._refresh_bars()
        elif self.typing and self.query_one(AnswerBox).value:
            self.query_one(CheckPanel).clear()
        else:
            cast("DLTutor", self.app).show_contents()

    # -- the question -------------------------------------------------------------------------

    @on(CheckPanel.Answered)
    def _answered(self, event: CheckPanel.Answered) -> None:
        event.stop()
        panel, attempt = self.query_one(CheckPanel), self.attempt
        if attempt is None or attempt.check is not event.check:
            # Keys that came at once have turned the page already: the answer is to the old one.
            attempt = self._study.attempt_at(event.check)
        if attempt.settled:
            return
        try:
            attempt.answer(event.text)
        except NotAnAnswer as problem:
            if attempt is self.attempt:
                panel.show(attempt, complaint=str(problem))
            return
        self._study.keep(attempt)
        self._settle()

    @on(CheckPanel.NotTaken)
    def _not_taken(self, event: CheckPanel.NotTaken) -> None:
        event.stop()
        if self.attempt is not None and not self.attempt.settled:
            self.query_one(CheckPanel).show(self.attempt, complaint=event.words)

    def action_hint(self, direction: int) -> None:
        """Open the next hint, or go back to the one before."""
        if self.attempt is None or self.attempt.settled:
            self.pane.refresh_view("No question is open on this page.")
            return
        self.attempt.hint(direction)
        self._settle()

    def action_show_me(self) -> None:
        """Show the worked line, once three tries are used up."""
        attempt = self.attempt
        if attempt is None or attempt.settled:
            self.pane.refresh_view("No question is open on this page.")
        elif not attempt.may_show:
            tries = "tries" if attempt.tries_left > 1 else "try"
            self.pane.refresh_view(f"After {attempt.tries_left} more {tries}. h gives a hint.")
        else:
            attempt.show()
            self._settle()

    def _settle(self) -> None:
        """After anything that moved the question: paint it, keep it, let the lab show more."""
        attempt = self.attempt
        if attempt is not None:
            self._study.keep(attempt)
            self.pane.notice = ""
            self.query_one(CheckPanel).show(attempt)
            self.pane.hide(self._study.asked_for(self._at))
            if attempt.settled and isinstance(self.focused, AnswerBox | Options):
                self.set_focus(None)
        if self.last_page:
            self._study.finish()
        cast("DLTutor", self.app).tell()
        self._refresh_bars()

    # -- the lab ------------------------------------------------------------------------------

    def action_lab(self, what: str, argument: object = None) -> None:
        """Hand a key on to the lab, and bring the lab to the front."""
        self._turn({"lab-side": True})
        self.pane.do(what, argument)

    def action_panel(self, name: str) -> None:
        """Open a panel over the lesson, such as the one that explains a number."""
        from tui.screens.lesson_panels import panel_for

        self.pane.pause()
        if (panel := panel_for(name, self.lab, self)) is not None:
            self.app.push_screen(panel)
        else:
            self.pane.refresh_view("Nothing to show here, or not before a question is answered.")

    @on(LabPane.Changed)
    def _lab_changed(self, event: LabPane.Changed) -> None:
        event.stop()
        self._refresh_bars()

    # -- the frame ----------------------------------------------------------------------------

    def on_resize(self) -> None:
        """Two panes side by side where there is room."""
        self.set_class(self.app.size.width < WIDE, "narrow")
        self._refresh_bars()

    def on_descendant_focus(self) -> None:
        """Keys depend on where typing goes."""
        self._refresh_bars()

    on_descendant_blur = on_descendant_focus

    def _turn(self, worn: dict[str, bool]) -> None:
        """Another side to the front, where one hides the other."""
        dress_only(self, worn, self.query("#page, #lab, #text, #check") if not self.wide else ())

    def give_way(self) -> None:
        """A key is on its way: it goes before training."""
        for pane in self.query(LabPane):  # there is none yet while the screen is being composed
            pane.runner.give_way()

    def on_screen_suspend(self) -> None:
        """Nothing runs on behind a panel or while the terminal is too small."""
        self.pane.pause()
        self._refresh_bars()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys that turn or do something of one kind of lab exist only there."""
        if action == "lab" and parameters[:1] == ("turn",):
            return any(field.id == parameters[1] for field in self._lab.fields())
        if action == "lab" and parameters[:1] == ("act",):
            return parameters[1] in self._lab.acts
        if action == "panel" and parameters == ("data",):
            return self._lab.has_data
        return True

    def _recolor(self) -> None:
        """Write in the colours of another theme what is written with colours in it."""
        if self.attempt is not None:
            self.query_one(CheckPanel).show(self.attempt)
        self.pane.refresh_view()

    def _refresh_bars(self) -> None:
        if self.is_mounted:
            title = self.query_one(TitleBar)
            title.left, title.right = self._bars.title(self, self._progress)
            page, foot = self.query_one("#page"), self._bars.page_foot(self)
            if page.border_subtitle != foot:  # setting it repaints the page, even to the same
                page.border_subtitle = foot
            lesson_bars.show_notice(self)
            self.query_one(KeyBar).hints = self._bars.hints(self)
