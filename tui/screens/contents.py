"""The contents: chapters and lessons, what is done, where you left off, and a search."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from lessons import course
from lessons.course import Chapter
from lessons.search import lesson_matches, words_of
from tui.follow import follow_theme
from tui.render.glyphs import DONE, KNOWN
from tui.screens.contents_rows import Choice, Rows
from tui.standing import Standing
from tui.theme import palette
from tui.widgets.bars import KeyBar, KeyHint, TitleBar
from tui.widgets.search import SearchBox

if TYPE_CHECKING:
    from tui.app import DLTutor

WIDE = 100

KEYS = (
    KeyHint("↑ ↓", "choose", "list('cursor_down')"),
    KeyHint("enter", "open", "list('select')"),
    KeyHint("/", "search", "search"),
    KeyHint("g", "glossary", "app.glossary"),
    KeyHint("p", "playground", "app.playground"),
    KeyHint("t", "light or dark", "app.switch_theme"),
    KeyHint("E", "experiments", "app.experiments"),
    KeyHint("?", "keys", "app.help"),
    KeyHint("q", "quit", "app.quit"),
)

SEARCHING = (
    KeyHint("↑ ↓", "choose", "list('cursor_down')"),
    KeyHint("enter", "open", "list('select')"),
    KeyHint("esc", "all lessons", "end_search"),
)


class LessonList(OptionList):
    """The list; j and k move in it as the arrow keys do."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "cursor_down", "down", id="contents.down", tooltip="The next lesson"),
        Binding("up,k", "cursor_up", "up", id="contents.up", tooltip="The lesson before"),
        Binding("home", "first", "first", id="contents.first", tooltip="The first lesson"),
        Binding("end", "last", "last", id="contents.last", tooltip="The last lesson"),
        Binding("enter,space", "select", "open", id="contents.open", tooltip="Open the lesson"),
    ]

    def on_resize(self) -> None:
        """The cursor stays in sight."""
        self.scroll_to_highlight()


class ContentsScreen(Screen[None]):
    """Lists the lessons there are, with a word on the one under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "p",
            "app.playground",
            "playground",
            id="contents.play",
            show=False,
            tooltip="Open the playground",
        ),
        Binding("slash", "search", "search", id="contents.search", tooltip="Search the lessons"),
        Binding("escape", "end_search", "all", id="contents.all", tooltip="Leave the search"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._choices: dict[str, Choice] = {}
        self._offered = ""
        """The id of the choice the cursor was last put on."""
        self._here = ""
        self._composed = False

    def compose(self) -> ComposeResult:
        """The list, and what the lesson under the cursor is about.

        Nothing while another screen is above it from the start: that one comes sooner so.
        """
        if self.app.screen is not self:
            return
        self._composed = True
        yield TitleBar()
        with Horizontal(id="contents"):
            with Vertical(id="list"):
                yield Static(id="tagline", markup=False)
                yield SearchBox("title, summary or a word of the glossary", id="search")
                yield LessonList(id="lessons")
                yield Static(id="nothing", markup=False)
            with Vertical(id="about"):
                yield Static(id="about-text", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Fill the list; the cursor stands where the learner left off."""
        follow_theme(self, self.fill)
        self._begin()

    def _begin(self) -> None:
        if self._composed:
            self.query_one("#list").border_title = "Contents"
            self.query_one("#about").border_title = "What it is about"
            self.fill()

    async def on_screen_resume(self) -> None:
        """Back from a lesson: what is done may have changed."""
        if not self.is_mounted:
            return
        if self._composed:
            self.fill()
        else:
            await self.recompose()
            self._begin()

    @property
    def searching(self) -> bool:
        """True while what is typed goes into the search."""
        return self.has_class("searching")

    @property
    def chosen(self) -> Choice | None:
        """What the cursor is on."""
        option = self.query_one(LessonList).highlighted_option
        return self._choices.get(option.id or "") if option else None

    # -- the list -----------------------------------------------------------------------------

    def fill(self) -> None:
        """Write list, title and keys anew."""
        if not (self.is_mounted and self._composed):
            return
        standing = Standing(cast("DLTutor", self.app).progress)
        self._rows = Rows(standing, palette(self.app))
        here = self.chosen
        self._list(standing)
        # After a panel or a change of theme the cursor is where it was; after a lesson it moves on.
        offered = "continue" if standing.left_off else standing.next.id
        if standing.through and not standing.left_off:
            offered = "closing"
        at = offered
        if here is not None and here.id in self._choices and offered == self._offered:
            at = here.id
        self._offered = offered
        self._put_cursor(at)
        self._frame(standing)
        self.query_one(SearchBox if self.searching else LessonList).focus()

    def _list(self, standing: Standing) -> None:
        """The options: what was left off first, then chapter by chapter."""
        listing = self.query_one(LessonList)
        words = words_of(self.query_one(SearchBox).value) if self.searching else ()
        options: list[Option] = []
        self._choices, self._here = {}, ""
        if standing.through and not words:
            options += self._option(Choice("closing"))
        if standing.left_off and not words:
            options += self._option(Choice("continue", standing.left_off))
        for chapter in course.chapters():
            inside = self._inside(chapter, standing, words)
            if not inside:
                continue
            if options:
                options.append(Option("", disabled=True))
            options.append(Option(self._rows.heading(chapter), disabled=True))
            for choice in inside:
                options += self._option(choice)
        listing.clear_options()
        listing.add_options(options)

    def _inside(self, chapter: Chapter, standing: Standing, words: tuple[str, ...]) -> list[Choice]:
        """What can be opened of a chapter, or what of it the words are in."""
        lessons = [Choice("lesson", one) for one in chapter.outlines if lesson_matches(one, words)]
        if words:
            return lessons
        before = [] if standing.complete(chapter) else [Choice("test-out", chapter=chapter)]
        after = [Choice("recap", chapter=chapter)] if standing.missed(chapter) else []
        return [*before, *lessons, *after]

    def _option(self, choice: Choice) -> list[Option]:
        self._choices[choice.id] = choice
        return [Option(self._rows.row(choice, False), id=choice.id)]

    def _put_cursor(self, choice_id: str) -> None:
        listing = self.query_one(LessonList)
        ids = list(self._choices)
        listing.display = bool(ids)
        nothing = self.query_one("#nothing", Static)
        nothing.display = not ids
        if not ids:
            nothing.update(self._rows.nothing_found(self.query_one(SearchBox).value))
            self.query_one("#about-text", Static).update("")
            return
        at = choice_id if choice_id in ids else ids[0]
        listing.highlighted = listing.get_option_index(at)
        self._mark(at)

    def _mark(self, choice_id: str) -> None:
        """Move the mark of the cursor, and say what the choice under it is about."""
        listing = self.query_one(LessonList)
        if self._here in self._choices and self._here != choice_id:
            row = self._rows.row(self._choices[self._here], False)
            listing.replace_option_prompt(self._here, row)
        self._here, choice = choice_id, self._choices[choice_id]
        listing.replace_option_prompt(choice_id, self._rows.row(choice, True))
        self._describe(choice)
        if choice_id == next(iter(self._choices)):
            listing.scroll_home(animate=False)  # the heading above it cannot be chosen

    def _describe(self, choice: Choice) -> None:
        about = self._rows.about(choice, narrow=self.has_class("narrow"))
        self.query_one("#about-text", Static).update(about)

    def _frame(self, standing: Standing) -> None:
        title = self.query_one(TitleBar)
        title.left = "Deep learning, number by number"
        known = sum(standing.known(one) and not standing.done(one) for one in standing.outlines)
        title.right = f"{DONE} {standing.finished} of {len(standing.outlines)}"
        if known:
            title.right += f"   {KNOWN} {known} known"
        self.query_one("#tagline", Static).update(self._rows.tagline() + Text("\n"))
        self.query_one(KeyBar).hints = SEARCHING if self.searching else KEYS

    def action_list(self, what: str) -> None:
        """A click on the key bar, or a key of the search: do in the list what the key does."""
        getattr(self.query_one(LessonList), f"action_{what}")()

    @on(OptionList.OptionHighlighted)
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        if event.option.id in self._choices and event.option.id != self._here:
            self._mark(event.option.id)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        app, choice = cast("DLTutor", self.app), self._choices.get(event.option.id or "")
        if choice is None:
            return
        self._leave_search()
        if choice.outline:
            app.open_lesson(choice.outline.id)
        elif choice.chapter:
            app.open_quiz(choice.kind, choice.chapter)
        else:
            app.open_closing()

    # -- searching ----------------------------------------------------------------------------

    def action_search(self) -> None:
        """Open the line to type into."""
        self.add_class("searching")
        self.fill()

    def action_end_search(self) -> None:
        """All lessons again; the cursor stays on the one that was found."""
        if self.searching:
            self._leave_search()
            self.fill()

    def _leave_search(self) -> None:
        self.remove_class("searching")
        self.query_one(SearchBox).value = ""

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        if self.searching:
            self.fill()

    @on(SearchBox.Moved)
    def _moved(self, event: SearchBox.Moved) -> None:
        self.action_list(event.action)

    def on_resize(self, event: events.Resize) -> None:
        """The description goes below the list where there is no room beside it."""
        self.set_class(self.app.size.width < WIDE, "narrow")
        if self._composed and self.chosen:
            self._describe(self.chosen)
