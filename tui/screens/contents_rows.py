"""How the contents read: a line for each chapter, lesson, test-out and recap, and what is said."""

from __future__ import annotations

from dataclasses import dataclass

from rich.text import Text

from lessons.course import Chapter
from lessons.outline import Outline
from tui.render.glyphs import AGAIN, DONE, FULL_DOT, KNOWN, MARK
from tui.render.words import shorten
from tui.standing import Standing
from tui.theme import Palette

TITLE = 40
"""Columns that a title takes at most."""


@dataclass(frozen=True)
class Choice:
    """One thing that can be opened: a lesson, the place left off, a test-out, a recap, the end."""

    kind: str
    outline: Outline | None = None
    chapter: Chapter | None = None

    @property
    def id(self) -> str:
        """What the list knows it by; a lesson by its own id."""
        if self.kind == "lesson" and self.outline:
            return self.outline.id
        return f"{self.kind}:{self.chapter.number}" if self.chapter else self.kind


class Rows:
    """Paints the contents for one standing in the colours of one theme."""

    def __init__(self, standing: Standing, colors: Palette) -> None:
        self._standing, self._colors = standing, colors
        longest = max(len(one.title) for one in standing.outlines)
        self._title = min(longest, TITLE)

    def heading(self, chapter: Chapter) -> Text:
        """A chapter: its number and title, how much of it is done, how long the rest takes."""
        standing, colors = self._standing, self._colors
        text = Text.assemble((f"{chapter.number}  {chapter.title}", colors.style("accent")))
        if standing.complete(chapter):
            note = f"{DONE} done"
        elif standing.progress.chapter(chapter.number).known:
            note = f"{KNOWN} known"
        else:
            finished = sum(map(standing.done, chapter.outlines))
            done = f"{finished} of {len(chapter.outlines)} done, " if finished else ""
            note = f"{done}{standing.minutes(chapter)} min{' left' if finished else ''}"
        return text.append(f"   {note}", colors.style("dim"))

    def row(self, choice: Choice, here: bool) -> Text:
        """One line of the list; `here` marks the one under the cursor, also without colours."""
        cursor = self._part(MARK if here else " ", "accent", bold=True)
        if choice.kind == "lesson" and choice.outline:
            return cursor + self._lesson(choice.outline)
        if choice.kind == "continue" and choice.outline:
            where = f"{choice.outline.number} {choice.outline.title}"
            text = cursor + self._part("  Continue   ", "accent", bold=True)
            text += self._part(shorten(where, TITLE), "node")
            return text + self._part(f", {self._standing.page(choice.outline)}", "dim")
        if choice.kind == "closing":
            text = cursor + self._part(f"{DONE} The end    ", "accent", bold=True)
            return text + self._part("what you have learned, your numbers, what next", "dim")
        assert choice.chapter is not None
        if choice.kind == "recap":
            missed = self._standing.missed(choice.chapter)
            what = f"{missed} question{'s' if missed > 1 else ''} to come back to"
            return cursor + self._part(f"{AGAIN} Recap      ", "accent") + self._part(what, "dim")
        best = self._standing.progress.chapter(choice.chapter.number)
        note = f"best so far {best.best} of 5" if best.tests else "if you know this already"
        what = f"five questions, {note}"
        return cursor + self._part("  Test-out   ", "accent") + self._part(what, "dim")

    def _part(self, words: str, role: str, *, bold: bool = False) -> Text:
        return Text().append(words, self._colors.style(role, bold=bold))

    def _sign(self, outline: Outline) -> str:
        standing = self._standing
        if standing.done(outline):
            return DONE
        if standing.known(outline):
            return KNOWN
        return FULL_DOT if standing.begun(outline) else " "

    def _lesson(self, outline: Outline) -> Text:
        text = self._part(f"{self._sign(outline)} ", "accent", bold=True)
        text += self._part(f"{outline.number:<5}", "dim")
        text += self._part(f"{shorten(outline.title, self._title):<{self._title}}", "node")
        answered = self._standing.answered(outline)
        return text + self._part(f"   {outline.minutes:>2} min  {answered:>5}", "dim")

    # -- what is said of the choice under the cursor ------------------------------------------

    def about(self, choice: Choice, *, narrow: bool) -> Text:
        """A few words on what would be opened."""
        if choice.outline:
            return self._about_lesson(choice.outline, narrow=narrow)
        if choice.kind == "closing":
            words = "The whole course on one page, your own numbers, and what to do with it now."
            return self._titled("The end of the course", narrow) + self._part(words, "node")
        assert choice.chapter is not None
        name = "Recap" if choice.kind == "recap" else "Test-out"
        title = f"{name}: {choice.chapter.title}"
        return self._titled(title, narrow) + self._part(self._about_quiz(choice), "node")

    def _about_quiz(self, choice: Choice) -> str:
        if choice.kind == "recap":
            return (
                "Questions of this chapter that were wrong at the first try, or shown. Some come "
                "with other numbers. One that is right at the first try does not come back again."
            )
        return (
            "Five questions from the lessons of this chapter, one try each. With four right the "
            f"chapter is marked {KNOWN} known, which is not {DONE} done: its lessons stay as they "
            "are. It can be left at any time, and repeated with other questions."
        )

    def _titled(self, title: str, narrow: bool) -> Text:
        return self._part(f"{title}\n" if narrow else f"{title}\n\n", "mark", bold=True)

    def _about_lesson(self, outline: Outline, *, narrow: bool) -> Text:
        text = self._titled(f"{outline.number} {outline.title}", narrow)
        text += self._part(f"{outline.summary}\n" + ("" if narrow else "\n"), "node")
        text += self._part(f"{len(outline.pages)} pages, about {outline.minutes} minutes\n", "dim")
        if answered := self._standing.answered(outline):
            text += self._part(f"{answered} questions answered", "dim")
            text += Text("   " if narrow else "\n")
        text += self._part(self._state(outline), "accent")
        if not narrow:
            pages = [f"{at:>3}  {name}" for at, (_, name) in enumerate(outline.pages, start=1)]
            text += self._part("\n\n" + "\n".join(pages), "dim")
        return text

    def _state(self, outline: Outline) -> str:
        standing = self._standing
        if standing.done(outline):
            return f"{DONE} done"
        if standing.begun(outline):
            return f"{FULL_DOT} {standing.page(outline)}"
        return (
            f"{KNOWN} known; enter opens it"
            if standing.known(outline)
            else (f"{MARK} enter opens it")
        )

    def tagline(self) -> Text:
        """One line above the list."""
        standing = self._standing
        start = standing.left_off
        if all(map(standing.done, standing.outlines)):
            words = "Every lesson is done. Any of them can be opened again."
        elif standing.through:
            words = "Every lesson is done or known. Any of them can be opened again."
        elif start:
            where = f"{start.number}, {standing.page(start)}"
            words = f"You left off in {where}. Enter goes on there."
        else:
            words = "Every number is computed as you watch, and every step can be taken back."
        return self._part(words, "node")

    def nothing_found(self, typed: str) -> Text:
        """What stands there instead of an empty list."""
        words = f"Nothing in the contents has “{shorten(typed, 30)}”.\n"
        return self._part(words, "node") + self._part("esc shows all lessons again.", "dim")
