"""Where the learner stands in the course: what is done, begun, known, missed, and what is next."""

from __future__ import annotations

from lessons import course
from lessons.course import Chapter
from lessons.outline import Outline
from tui.progress import Progress


class Standing:
    """Joins the outlines of the course with the progress in it. It loads no lesson."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress
        self.outlines = course.outlines()

    def done(self, outline: Outline) -> bool:
        """Whether the lesson is finished."""
        return self.progress.done(outline.id)

    def begun(self, outline: Outline) -> bool:
        """Whether the lesson is under way, and not finished."""
        return self.progress.started(outline.id) and not self.done(outline)

    def known(self, outline: Outline) -> bool:
        """Whether the test-out of the lesson's chapter is passed."""
        return self.progress.chapter(outline.chapter).known

    @property
    def finished(self) -> int:
        """How many lessons are done."""
        return sum(map(self.done, self.outlines))

    @property
    def left_off(self) -> Outline | None:
        """The lesson that was left before its end, if the last one was."""
        last = next((one for one in self.outlines if one.id == self.progress.last), None)
        return last if last is not None and self.begun(last) else None

    @property
    def next(self) -> Outline:
        """The lesson to offer: where the learner left off, else the first not done nor known.

        After a lesson is done those that follow it come before those that were left out.
        """
        if self.left_off:
            return self.left_off
        last = [at for at, one in enumerate(self.outlines, 1) if one.id == self.progress.last]
        after = last[0] if last and self.done(self.outlines[last[0] - 1]) else 0
        ahead = (*self.outlines[after:], *self.outlines[:after])
        undone = [one for one in ahead if not self.done(one)]
        unknown = [one for one in undone if not self.known(one)]
        return next(iter((*unknown, *undone, *self.outlines)))

    @property
    def through(self) -> bool:
        """Whether the learner is at the end of the course: every lesson is done or known."""
        return all(self.done(one) or self.known(one) for one in self.outlines)

    def page(self, outline: Outline) -> str:
        """The page the lesson was left at, as a learner counts: page 3 of 8."""
        kept = self.progress.page(outline.id)
        pages = [page_id for page_id, _ in outline.pages]
        at = pages.index(kept) + 1 if kept in pages else 1
        return f"page {at} of {len(pages)}"

    def answered(self, outline: Outline) -> str:
        """How many of its questions are answered, as 2/6; empty until the lesson is loaded."""
        if outline.loaded is None:
            return ""
        checks = outline.loaded.checks
        settled = sum(self.progress.check(outline.id, one.id).status != "open" for one in checks)
        return f"{settled}/{len(checks)}"

    def missed(self, chapter: Chapter) -> int:
        """How many questions of the chapter should come back. Questions that are gone do not."""
        return sum(
            self.progress.check(outline.id, page_id).missed
            for outline in chapter.outlines
            for page_id, _ in outline.pages
        )

    def minutes(self, chapter: Chapter) -> int:
        """Minutes of the lessons that are neither done nor known."""
        return sum(
            one.minutes for one in chapter.outlines if not (self.done(one) or self.known(one))
        )

    def complete(self, chapter: Chapter) -> bool:
        """Whether every lesson of the chapter is done."""
        return all(map(self.done, chapter.outlines))
