"""A learner's way through one lesson: which questions are open, and where each attempt stands."""

from __future__ import annotations

from lessons.attempt import Attempt
from lessons.numbers import listed
from lessons.spec import Check, Lesson
from tui.progress import Progress


class Study:
    """Joins a lesson with the progress in it; every change is kept at once."""

    def __init__(self, lesson: Lesson, progress: Progress) -> None:
        self.lesson = lesson
        self._progress = progress

    @property
    def start(self) -> int:
        """Index of the page to open: where the learner left off, or the first if it is done."""
        kept = self._progress.page(self.lesson.id)
        pages = [page.id for page in self.lesson.pages]
        done = self._progress.done(self.lesson.id)
        return pages.index(kept) if kept in pages and not done else 0

    def opened(self, at: int) -> None:
        """The learner is on this page."""
        self._progress.set_page(self.lesson.id, self.lesson.pages[at].id)

    def attempt_at(self, check: Check) -> Attempt:
        """The attempt at a question, as far as it has come."""
        kept = self._progress.check(self.lesson.id, check.id)
        return Attempt(check, kept.status, kept.tries, kept.hints)

    def keep(self, attempt: Attempt) -> None:
        """Note how far the learner is with a question."""
        self._progress.record(
            self.lesson.id,
            attempt.check.id,
            status=attempt.status,
            tries=attempt.tries,
            hints=attempt.hints_read,
        )

    def open_pages(self) -> list[int]:
        """Numbers, from 1, of the pages whose question is open."""
        return [
            number
            for number, page in enumerate(self.lesson.pages, start=1)
            if page.check is not None and not self.attempt_at(page.check).settled
        ]

    @property
    def still_open(self) -> str:
        """A sentence that names these pages."""
        first, *more = map(str, self.open_pages())
        if more:
            return f"Questions are still open on pages {listed([first, *more])}."
        return f"A question is still open on page {first}."

    def asked_for(self, at: int) -> tuple[str, ...]:
        """Names of the numbers that open questions ask for, on page `at` or a later one."""
        return tuple(
            name
            for number in self.open_pages()
            if number > at
            for name in self.lesson.pages[number - 1].scene.conceal
        )

    def finish(self) -> None:
        """The last page is read: with no question open the lesson is done."""
        if not self.open_pages():
            self._progress.mark_done(self.lesson.id)
