"""The learner's numbers: questions answered, and how many of them at the first try."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lessons.course import Chapter
from tui.progress import CheckRecord, Progress


@dataclass(frozen=True)
class Tally:
    """Questions that were answered: how many, how many at the first try, how many shown."""

    answered: int = 0
    first_try: int = 0
    shown: int = 0
    missed: int = 0
    """How many wait in a recap."""

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.answered + other.answered,
            self.first_try + other.first_try,
            self.shown + other.shown,
            self.missed + other.missed,
        )


def tally(chapter: Chapter, progress: Progress) -> Tally:
    """The numbers of one chapter. No lesson is loaded: a question has the name of its page."""
    return _count(
        progress.check(outline.id, page_id)
        for outline in chapter.outlines
        for page_id, _ in outline.pages
    )


def _count(records: Iterable[CheckRecord]) -> Tally:
    kept = list(records)
    return Tally(
        answered=sum(one.status != "open" for one in kept),
        first_try=sum(one.status == "solved" and one.tries == 0 for one in kept),
        shown=sum(one.status == "shown" for one in kept),
        missed=sum(one.missed for one in kept),
    )
