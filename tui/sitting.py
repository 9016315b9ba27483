"""A test-out or a recap under way: which questions, how each attempt stands, what is kept."""

from __future__ import annotations

from dataclasses import dataclass, field

from lessons import quiz
from lessons.attempt import Attempt, OneTry
from lessons.course import Chapter
from lessons.quiz import Asked
from lessons.spec import Check
from tui.progress import Progress
from tui.study import Study


@dataclass
class Sitting:
    """The questions of one chapter, asked one after the other, in one direction."""

    kind: str
    chapter: Chapter
    asked: tuple[Asked, ...]
    progress: Progress
    attempts: list[Attempt] = field(default_factory=list)

    def __post_init__(self) -> None:
        kind = Attempt if self.is_recap else OneTry
        self.attempts = [kind(one.page.check) for one in self.asked if one.page.check]

    @property
    def is_recap(self) -> bool:
        """A recap gives three tries and hints; a test-out one try and none."""
        return self.kind == "recap"

    @property
    def name(self) -> str:
        """What it is called on the screen."""
        return "Recap" if self.is_recap else "Test-out"

    @property
    def right(self) -> tuple[bool, ...]:
        """For each question, whether the first answer was right."""
        return tuple(one.status == "solved" and not one.tries for one in self.attempts)

    @property
    def needed(self) -> int:
        """Right answers that pass a test-out: four of five."""
        return max(len(self.asked) - (quiz.QUESTIONS - quiz.PASS), 1)

    @property
    def passed(self) -> bool:
        """Whether enough answers were right."""
        return sum(self.right) >= self.needed

    def keep(self, at: int) -> None:
        """A question of a recap is settled: it comes back, or it does not."""
        attempt, asked = self.attempts[at], self.asked[at]
        if not self.is_recap or not attempt.settled:
            return
        kept = self.progress.check(asked.lesson.id, attempt.check.id)
        if self.right[at]:
            self.progress.record(asked.lesson.id, attempt.check.id, recalled=True)
        elif attempt.tries:
            tries = kept.tries + attempt.tries
            self.progress.record(asked.lesson.id, attempt.check.id, tries=tries)

    def finish(self) -> None:
        """The last question is settled: a test-out says now whether the chapter is known."""
        if not self.is_recap:
            self.progress.record_test(self.chapter.number, sum(self.right), passed=self.passed)


def test_out(chapter: Chapter, progress: Progress, seed: int) -> Sitting:
    """Five questions of a chapter; other ones each time it is taken to its end.

    Where they can have other numbers they do: then the page gives the numbers and no lesson.
    """
    mixed = seed + 1000 * progress.chapter(chapter.number).tests
    asked = tuple(quiz.again(one, mixed) for one in quiz.draw(chapter.lessons, mixed))
    return Sitting("test-out", chapter, asked, progress)


def recap(chapter: Chapter, progress: Progress, seed: int) -> Sitting:
    """The questions of a chapter that were missed, with other numbers each time."""
    lessons = chapter.lessons
    tries = sum(progress.check(le.id, check.id).tries for le in lessons for check in le.checks)
    asked = quiz.missed(
        lessons, lambda le, page: progress.check(le.id, page.id).missed, seed + 1000 * tries
    )
    return Sitting("recap", chapter, asked, progress)


class QuizStudy(Study):
    """Stands in for a learner's way through a lesson: nothing of the lesson itself is changed."""

    def __init__(self, sitting: Sitting, at: int) -> None:
        super().__init__(sitting.asked[at].lesson, sitting.progress)
        self._sitting, self._place = sitting, at

    @property
    def start(self) -> int:
        """There is one page."""
        return 0

    def opened(self, at: int) -> None:
        """Looking at a page here is not reading the lesson."""

    def attempt_at(self, check: Check) -> Attempt:
        """The attempt in this sitting, not the one in the lesson."""
        return self._sitting.attempts[self._place]

    def keep(self, attempt: Attempt) -> None:
        """Kept once, when it is settled: see `Sitting.keep`."""

    def open_pages(self) -> list[int]:
        """The page, while its question is open."""
        return [] if self._sitting.attempts[self._place].settled else [1]

    def asked_for(self, at: int) -> tuple[str, ...]:
        """What this question asks for, and the later ones about the same lesson."""
        lesson = self.lesson.id
        return tuple(
            name
            for asked, attempt in zip(self._sitting.asked, self._sitting.attempts, strict=True)
            if asked.lesson.id == lesson and not attempt.settled
            for name in asked.page.scene.conceal
        )

    def finish(self) -> None:
        """A test-out is over at its result; no lesson is done by it."""
