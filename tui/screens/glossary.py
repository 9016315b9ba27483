"""The glossary: every word of the course, what it means, and the lesson that introduces it."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from lessons.course import outlines
from lessons.glossary import Term, glossary
from lessons.outline import Outline
from lessons.search import find_terms
from tui.follow import follow_theme
from tui.render.glyphs import MARK
from tui.render.words import shorten
from tui.screens.modal import Panel
from tui.theme import palette
from tui.widgets.search import SearchBox

NAME = 26
"""Columns for the name of a term in the list."""


def lesson_of(term: Term) -> Outline | None:
    """The lesson that introduces a term; None while it is not written."""
    return next((one for one in outlines() if one.number == term.lesson), None)


class GlossaryPanel(Panel):
    """Type to search, arrow keys choose, enter opens the lesson. It closes with a lesson's id."""

    heading = "Glossary"
    advice = "type to search   ↑ ↓ choose   enter opens the lesson   esc closes"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "close", id="glossary.close", tooltip="Close the glossary"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._terms: tuple[Term, ...] = ()
        self._here = -1

    def compose(self) -> ComposeResult:
        """A line to search with, the words, and the meaning of the one that is chosen."""
        with Vertical(id="panel") as panel:
            panel.border_title = self.heading
            panel.border_subtitle = self.advice
            yield SearchBox("a word, or a part of one", id="search")
            with Horizontal(id="told"):
                words = OptionList(id="terms", compact=True)
                words.can_focus = False
                yield words
                yield Static(id="meaning", markup=False)

    def on_mount(self) -> None:
        """All words, in order."""
        follow_theme(self, self._fill)
        self._fill()
        self.query_one(SearchBox).focus()

    @property
    def term(self) -> Term | None:
        """The word that is chosen."""
        at = self.query_one(OptionList).highlighted
        return self._terms[at] if at is not None and at < len(self._terms) else None

    def _fill(self) -> None:
        listing = self.query_one(OptionList)
        self._terms, self._here = find_terms(self.query_one(SearchBox).value), -1
        listing.clear_options()
        listing.add_options(Option(self._row(term, False)) for term in self._terms)
        listing.highlighted = 0 if self._terms else None
        if self._terms:
            self._mark(0)
        else:
            self.query_one("#meaning", Static).update(self._nothing())

    def _row(self, term: Term, here: bool) -> Text:
        colors = palette(self.app)
        text = Text(f"{MARK if here else ' '} ", colors.style("accent", bold=True))
        return text.append(shorten(term.name, NAME), colors.style("node"))

    def _mark(self, at: int) -> None:
        listing = self.query_one(OptionList)
        if 0 <= self._here < len(self._terms):
            before = self._row(self._terms[self._here], False)
            listing.replace_option_prompt_at_index(self._here, before)
        listing.replace_option_prompt_at_index(at, self._row(self._terms[at], True))
        self._here = at
        self.query_one("#meaning", Static).update(self._meaning(self._terms[at]))

    def _meaning(self, term: Term) -> Text:
        colors = palette(self.app)
        text = Text(f"{term.name}\n", colors.style("mark", bold=True))
        if others := ", ".join(term.names[1:]):
            text.append(f"also: {others}\n", colors.style("dim"))
        text.append("\n")
        for words, refers in term.parts():
            text.append(words, colors.style("accent" if refers else "node"))
        lesson = lesson_of(term)
        if lesson:
            text.append(f"\n\n{MARK} {lesson.number} {lesson.title}", colors.style("accent"))
        else:
            text.append(f"\n\nlater, in lesson {term.lesson}", colors.style("dim"))
        return text

    def _nothing(self) -> Text:
        colors, typed = palette(self.app), shorten(self.query_one(SearchBox).value, 20)
        text = Text(f"No word has “{typed}”.\n", colors.style("node"))
        return text.append(f"esc shows all {len(glossary())} again.", colors.style("dim"))

    # -- keys ---------------------------------------------------------------------------------

    @on(Input.Changed)
    def _typed(self) -> None:
        self._fill()

    @on(SearchBox.Moved)
    def _moved(self, event: SearchBox.Moved) -> None:
        getattr(self.query_one(OptionList), f"action_{event.action}")()

    @on(OptionList.OptionHighlighted)
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        if event.option_index != self._here and event.option_index < len(self._terms):
            self._mark(event.option_index)

    @on(OptionList.OptionSelected)
    def _open(self) -> None:
        lesson = lesson_of(self.term) if self.term else None
        if lesson:
            self.dismiss(lesson.id)

    def action_leave(self) -> None:
        """All words again, or out of the glossary."""
        box = self.query_one(SearchBox)
        if box.value:
            box.value = ""
        else:
            self.dismiss(None)
