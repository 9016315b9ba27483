"""The contents: chapters and lessons, what is done, where you left off."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from lessons.course import chapters, lessons
from lessons.spec import Lesson
from tui.follow import follow_theme
from tui.render.glyphs import DONE, FULL_DOT, MARK
from tui.theme import palette
from tui.widgets.bars import KeyBar, KeyHint, TitleBar

if TYPE_CHECKING:
    from tui.app import DLTutor
    from tui.progress import Progress

WIDE = 100


class LessonList(OptionList):
    """The list; j and k move in it as the arrow keys do."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "cursor_down", "down", id="contents.down", tooltip="The next lesson"),
        Binding("up,k", "cursor_up", "up", id="contents.up", tooltip="The lesson before"),
        Binding("home,g", "first", "first", id="contents.first", tooltip="The first lesson"),
        Binding("end,G", "last", "last", id="contents.last", tooltip="The last lesson"),
        Binding("enter,space", "select", "open", id="contents.open", tooltip="Open the lesson"),
    ]


class ContentsScreen(Screen[None]):
    """Lists the lessons there are, with a word on the one under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = []

    _offered = ""
    """The id of the lesson the cursor was last put on."""

    def compose(self) -> ComposeResult:
        """The list, and what the lesson under the cursor is about."""
        yield TitleBar()
        with Horizontal(id="contents"):
            with Vertical(id="list"):
                yield Static(id="tagline", markup=False)
                yield LessonList(id="lessons")
            with Vertical(id="about"):
                yield Static(id="about-text", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Fill the list; the cursor stands where the learner left off."""
        follow_theme(self, self.fill)
        self.query_one("#list").border_title = "Contents"
        self.query_one("#about").border_title = "This lesson"
        self.fill()

    def on_screen_resume(self) -> None:
        """Back from a lesson: what is done may have changed."""
        if self.is_mounted and self.query(LessonList):
            self.fill()

    @property
    def _progress(self) -> Progress:
        return cast("DLTutor", self.app).progress

    def fill(self) -> None:
        """Write list, title and keys anew."""
        progress, all_lessons = self._progress, lessons()
        listing = self.query_one(LessonList)
        here = listing.highlighted_option
        listing.clear_options()
        for chapter in chapters():
            name = f"{chapter.number}  {chapter.title}"
            heading = Text.assemble((name, palette(self.app).style("accent")))
            if chapter.number > 1:
                listing.add_option(Option("", disabled=True))
            listing.add_option(Option(heading, disabled=True))
            listing.add_options(
                Option(self._row(lesson), id=lesson.id) for lesson in chapter.lessons
            )
        start = self._start()
        # After a panel or a change of theme the cursor is where it was; after a lesson it moves on.
        at = start.id
        if here is not None and here.id and start.id == self._offered:
            at = here.id
        self._offered = start.id
        listing.highlighted = listing.get_option_index(at)
        listing.focus()
        self._describe(next(one for one in all_lessons if one.id == at))
        finished = sum(progress.done(lesson.id) for lesson in all_lessons)
        title = self.query_one(TitleBar)
        title.left = "Deep learning, number by number"
        title.right = f"{DONE} {finished} of {len(all_lessons)}"
        self.query_one("#tagline", Static).update(self._tagline(start))
        self.query_one(KeyBar).hints = (
            KeyHint("↑ ↓", "choose", "list('cursor_down')"),
            KeyHint("enter", "open", "list('select')"),
            KeyHint("t", "light or dark", "app.switch_theme"),
            KeyHint("?", "keys", "app.help"),
            KeyHint("q", "quit", "app.quit"),
        )

    def action_list(self, what: str) -> None:
        """A click on the key bar: do in the list what the key does."""
        getattr(self.query_one(LessonList), f"action_{what}")()

    def _start(self) -> Lesson:
        """The lesson to offer first: where the learner left off, else the first not done."""
        progress, all_lessons = self._progress, lessons()
        last = next((one for one in all_lessons if one.id == progress.last), None)
        if last is not None and not progress.done(last.id):
            return last
        undone = [one for one in all_lessons if not progress.done(one.id)]
        return undone[0] if undone else all_lessons[0]

    def _tagline(self, start: Lesson) -> Text:
        colors, progress = palette(self.app), self._progress
        if all(progress.done(lesson.id) for lesson in lessons()):
            words = "Every lesson is done. Any of them can be opened again.\n"
            return Text.assemble((words, colors.style("node")))
        if progress.started(start.id):
            words = f"You left off in {start.number}, {self._where(start)}. Enter goes on there.\n"
        else:
            words = "Every number is computed as you watch, and every step can be taken back.\n"
        return Text.assemble((words, colors.style("node")))

    def _where(self, lesson: Lesson) -> str:
        kept = self._progress.page(lesson.id)
        pages = [page.id for page in lesson.pages]
        at = pages.index(kept) + 1 if kept in pages else 1
        return f"page {at} of {len(pages)}"

    def _row(self, lesson: Lesson, here: bool = False) -> Text:
        """One line of the list; `here` marks the one under the cursor, also without colours."""
        colors, progress = palette(self.app), self._progress
        mark = " "
        if progress.done(lesson.id):
            mark = DONE
        elif progress.started(lesson.id):
            mark = FULL_DOT
        cursor = MARK if here else " "
        text = Text.assemble((f"{cursor}{mark} ", colors.style("accent", bold=True)))
        text.append(f"{lesson.number:<5}", colors.style("dim"))
        width = max(len(one.title) for one in lessons())
        text.append(f"{lesson.title:<{width}}", colors.style("node"))
        return text.append(
            f"   {lesson.minutes:>2} min  {self._answered(lesson)}", colors.style("dim")
        )

    def _answered(self, lesson: Lesson) -> str:
        """How many of its questions are answered, as 2/6."""
        records = (self._progress.check(lesson.id, check.id) for check in lesson.checks)
        settled = sum(record.status != "open" for record in records)
        return f"{settled}/{len(lesson.checks)}"

    def _describe(self, lesson: Lesson) -> None:
        colors, progress = palette(self.app), self._progress
        text = Text.assemble(
            (f"{lesson.number} {lesson.title}\n\n", colors.style("mark", bold=True))
        )
        text.append(f"{lesson.summary}\n\n", colors.style("node"))
        size = f"{len(lesson.pages)} pages, about {lesson.minutes} minutes"
        text.append(f"{size}\n", colors.style("dim"))
        text.append(f"{self._answered(lesson)} questions answered\n", colors.style("dim"))
        if progress.done(lesson.id):
            text.append(f"{DONE} done", colors.style("accent"))
        elif progress.started(lesson.id):
            text.append(f"{FULL_DOT} {self._where(lesson)}", colors.style("accent"))
        else:
            text.append(f"{MARK} enter opens it", colors.style("accent"))
        text.append("\n\n")
        for number, page in enumerate(lesson.pages, start=1):
            text.append(f"{number:>3}  {page.title}\n", colors.style("dim"))
        self.query_one("#about-text", Static).update(text)

    @on(OptionList.OptionHighlighted)
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        listing = self.query_one(LessonList)
        for lesson in lessons():
            here = lesson.id == event.option.id
            listing.replace_option_prompt(lesson.id, self._row(lesson, here))
            if here:
                self._describe(lesson)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        if event.option.id:
            cast("DLTutor", self.app).open_lesson(event.option.id)

    def on_resize(self, event: events.Resize) -> None:
        """The description goes below the list where there is no room beside it."""
        self.set_class(self.app.size.width < WIDE, "narrow")
