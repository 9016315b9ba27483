"""The end of the course: the whole map, the learner's own numbers, what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from rich.console import Group
from rich.padding import Padding
from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from lessons import closing, course
from tui.follow import follow_theme
from tui.render.glyphs import AGAIN, DONE, KNOWN
from tui.standing import Standing
from tui.tally import Tally, tally
from tui.theme import Palette, palette
from tui.widgets.bars import KeyBar, KeyHint, TitleBar

if TYPE_CHECKING:
    from tui.app import DLTutor

INDENT = 7
"""Columns before a summary: below the title of its lesson."""
WIDE = 148
"""Columns from which the map stands beside the rest."""


class ClosingScreen(Screen[None]):
    """What was learned, in one place; it scrolls where it does not fit."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "code", "code", id="closing.code", tooltip="Programs to begin with"),
        Binding("down,j", "scroll(1)", "down", id="page.down", tooltip="Scroll down"),
        Binding("up,k", "scroll(-1)", "up", id="page.up", tooltip="Scroll up"),
        Binding("pagedown,space", "page(1)", "on", id="page.next", tooltip="Page down"),
        Binding("pageup,b", "page(-1)", "back", id="page.before", tooltip="Page up"),
        Binding("enter,escape", "leave", "contents", id="app.contents", tooltip="Contents"),
    ]
    AUTO_FOCUS = ""

    def compose(self) -> ComposeResult:
        """Title; numbers, map and what is next; keys."""
        yield TitleBar()
        with VerticalScroll(id="closing", can_focus=False), Container(id="parts"):
            with Container(id="own"):
                yield Static(id="told", markup=False)
                yield Static(id="next", markup=False)
            yield Static(id="map", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Write it in the colours of the theme."""
        follow_theme(self, self.fill)
        self.query_one("#closing").border_title = "What you have learned"
        self.fill()

    def fill(self) -> None:
        """Write everything from the progress of now."""
        standing = Standing(cast("DLTutor", self.app).progress)
        colors = palette(self.app)
        title = self.query_one(TitleBar)
        title.left = "The end of the course"
        title.right = f"{DONE} {standing.finished} of {len(standing.outlines)} lessons"
        self.query_one("#told", Static).update(told(standing, colors))
        self.query_one("#map", Static).update(whole_map(standing, colors))
        self.query_one("#next", Static).update(what_next(colors))
        self.query_one(KeyBar).hints = (
            KeyHint("↑ ↓", "scroll", "scroll(1)"),
            KeyHint("c", "programs to begin with", "code"),
            KeyHint("P", "playground", "app.playground"),
            KeyHint("enter", "contents", "leave"),
            KeyHint("g", "glossary", "app.glossary"),
            KeyHint("?", "keys", "app.help"),
            KeyHint("q", "quit", "app.quit"),
        )

    def on_resize(self, event: events.Resize) -> None:
        """The map goes beside the rest where there is room."""
        self.set_class(self.app.size.width < WIDE, "narrow")

    def action_scroll(self, lines: int) -> None:
        """Move by a line."""
        self.query_one("#closing").scroll_relative(y=lines, animate=False)

    def action_page(self, direction: int) -> None:
        """Move by nearly as much as is in sight."""
        self.action_scroll(direction * max(self.query_one("#closing").size.height - 2, 1))

    def action_code(self) -> None:
        """Programs to begin with, to be copied or saved."""
        from tui.screens.code import CodePanel

        self.app.push_screen(CodePanel(closing.listings(), heading="A program to begin with:"))

    def action_leave(self) -> None:
        """Back to the contents."""
        cast("DLTutor", self.app).show_contents()


# -- what it says -----------------------------------------------------------------------------


def told(standing: Standing, colors: Palette) -> Text:
    """That all is done, the course in a few sentences, and the learner's numbers."""
    text = Text()
    text.append(f"{_state(standing)}\n\n", colors.style("mark", bold=True))
    text.append(f"{closing.THE_WHOLE}\n\n", colors.style("node"))
    text.append_text(_numbers(standing, colors))
    text.rstrip()
    return text


def _state(standing: Standing) -> str:
    undone = [one for one in standing.outlines if not standing.done(one)]
    if not undone:
        return f"All {len(standing.outlines)} lessons are done."
    chapters = sorted({one.chapter for one in undone if standing.known(one)})
    if all(map(standing.known, undone)):
        which = " and ".join(filter(None, [", ".join(map(str, chapters[:-1])), str(chapters[-1])]))
        chapter = "chapter" if len(chapters) == 1 else "chapters"
        done = f"{standing.finished} of {len(standing.outlines)} lessons are done"
        return f"{done}; you know the rest by the test-out of {chapter} {which}."
    return f"{standing.finished} of {len(standing.outlines)} lessons are done."


def _numbers(standing: Standing, colors: Palette) -> Text:
    chapters = course.chapters()
    tallies = [tally(chapter, standing.progress) for chapter in chapters]
    whole = sum(tallies, Tally())
    names = [f"{chapter.number}  {chapter.title}" for chapter in chapters]
    width = max(map(len, names))
    text = Text()
    text.append(f"{'Your numbers':<{width}}  answered  first try\n", colors.style("accent"))
    for chapter, name, one in zip(chapters, names, tallies, strict=True):
        text.append(f"{name:<{width}}", colors.style("node"))
        text.append(f"  {one.answered:>8}  {one.first_try:>9}", colors.style("node"))
        only_known = not standing.complete(chapter)
        text.append(f"  {KNOWN} known\n" if only_known else "\n", colors.style("dim"))
    text.append(f"{'':<{width}}  {whole.answered:>8}  {whole.first_try:>9}\n", colors.style("mark"))
    if whole.shown:
        text.append(f"{_questions(whole.shown)} shown to you.\n", colors.style("dim"))
    if whole.missed:
        words = f"{AGAIN} {_questions(whole.missed)} missed: the recaps in the contents bring "
        text.append(f"{words}{'it' if whole.missed == 1 else 'them'} back.\n", colors.style("dim"))
    return text


def _questions(count: int) -> str:
    return "1 question was" if count == 1 else f"{count} questions were"


def whole_map(standing: Standing, colors: Palette) -> Group:
    """Every chapter and lesson, each with the one thing it is about."""
    lines: list[Text | Padding] = []
    for chapter in course.chapters():
        name = f"{chapter.number}  {chapter.title}"
        lines.append(Text(name, colors.style("accent", bold=True)))
        for outline in chapter.outlines:
            sign = DONE if standing.done(outline) else KNOWN if standing.known(outline) else " "
            text = Text(f"{sign} ", colors.style("accent", bold=True))
            text.append(f"{outline.number}  ", colors.style("dim"))
            lines.append(text.append(outline.title, colors.style("weight")))
            summary = Text(outline.summary, colors.style("node"))
            lines.append(Padding(summary, (0, 0, 0, INDENT)))
        lines.append(Text())
    return Group(*lines[:-1])


def what_next(colors: Palette) -> Text:
    """What to do with it."""
    text = Text("What next\n", colors.style("accent"))
    for heading, words in closing.NEXT:
        text.append(f"\n{heading}. ", colors.style("mark", bold=True))
        text.append(f"{words}\n", colors.style("node"))
    return text
