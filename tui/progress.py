"""How far the learner is: the page of each lesson, the answers to its checks, what is done.

Kept in `progress.json` in the data folder. Every change is on the disk when the method returns.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, get_args

from tui.home import data_folder
from tui.storage import Document, Unusable, expect

VERSION = 2
"""Version 2 added what is known of chapters and recaps; files of version 1 are read as they are."""

Status = Literal["open", "solved", "shown"]


@dataclass(frozen=True)
class CheckRecord:
    """What the learner did with one check: tries used up and hints read, both counted from 0.

    `status` is "open" until the right answer came ("solved") or the learner asked to be shown
    ("shown").
    """

    status: Status = "open"
    tries: int = 0
    hints: int = 0
    recalled: bool = False
    """True once it came back in a recap and was right at the first try."""

    @property
    def missed(self) -> bool:
        """Whether it should come back: wrong at the first try, or shown, and not recalled yet."""
        return (self.tries > 0 or self.status == "shown") and not self.recalled


@dataclass(frozen=True)
class ChapterRecord:
    """What became of a chapter's test-out: known or not, times taken, most right answers."""

    known: bool = False
    tests: int = 0
    best: int = 0


@dataclass
class _LessonRecord:
    page: str | None = None
    done: bool = False
    checks: dict[str, CheckRecord] = field(default_factory=dict)


@dataclass
class _State:
    last: str | None = None
    lessons: dict[str, _LessonRecord] = field(default_factory=dict)
    chapters: dict[str, ChapterRecord] = field(default_factory=dict)


class Progress:
    """The learner's progress. Made by `Progress.load`; no method raises for what the disk does."""

    def __init__(self, document: Document, state: _State) -> None:
        self._document = document
        self._state = state

    @classmethod
    def load(cls, folder: Path | None = None) -> Progress:
        """Read the progress kept in `folder` (default: the user's data folder).

        A missing file is a fresh start. A damaged or foreign one is set aside; `notice` tells.
        """
        path = (data_folder() if folder is None else folder) / "progress.json"
        document = Document(path, kind="progress", version=VERSION)
        return cls(document, document.load(_parse) or _State())

    @property
    def notice(self) -> str | None:
        """A sentence for the learner when the file was set aside or cannot be saved, else None."""
        return self._document.notice

    @property
    def saved(self) -> bool:
        """Whether the last change is on the disk; if not, `notice` says why."""
        return self._document.saved

    @property
    def path(self) -> Path:
        """The file this progress is kept in."""
        return self._document.path

    @property
    def last(self) -> str | None:
        """The id of the lesson the learner was in last, or None."""
        return self._state.last

    @property
    def touched(self) -> tuple[str, ...]:
        """The ids of all lessons with any progress, in the order they were begun."""
        return tuple(self._state.lessons)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to forget."""
        return not self._state.lessons and not self._state.chapters

    def started(self, lesson_id: str) -> bool:
        """Tell whether there is any progress in this lesson."""
        return lesson_id in self._state.lessons

    def page(self, lesson_id: str) -> str | None:
        """Return the id of the page the learner left the lesson at, or None."""
        return self._lesson(lesson_id).page

    def set_page(self, lesson_id: str, page_id: str) -> None:
        """Remember that the learner is at this page of this lesson."""
        if (self.last, self.page(lesson_id)) == (lesson_id, page_id):
            return

        def turn(state: _State) -> None:
            state.last = lesson_id
            state.lessons.setdefault(lesson_id, _LessonRecord()).page = page_id

        self._change(turn)

    def check(self, lesson_id: str, check_id: str) -> CheckRecord:
        """Return what is known about a check; an untouched one is open with no tries."""
        return self._lesson(lesson_id).checks.get(check_id, CheckRecord())

    def record(
        self,
        lesson_id: str,
        check_id: str,
        *,
        status: Status | None = None,
        tries: int | None = None,
        hints: int | None = None,
        recalled: bool | None = None,
    ) -> None:
        """Set what is given of a check's record and keep the rest."""
        if status is not None and status not in get_args(Status):
            raise ValueError(f"status must be one of {get_args(Status)}, not {status!r}")
        given = {"status": status, "tries": tries, "hints": hints, "recalled": recalled}
        news: dict[str, Any] = {name: value for name, value in given.items() if value is not None}

        def note(state: _State) -> None:
            checks = state.lessons.setdefault(lesson_id, _LessonRecord()).checks
            checks[check_id] = replace(checks.get(check_id, CheckRecord()), **news)

        if replace(self.check(lesson_id, check_id), **news) != self.check(lesson_id, check_id):
            self._change(note)

    def done(self, lesson_id: str) -> bool:
        """Tell whether the lesson has been finished."""
        return self._lesson(lesson_id).done

    def mark_done(self, lesson_id: str) -> None:
        """Remember that the lesson has been finished."""

        def finish(state: _State) -> None:
            state.lessons.setdefault(lesson_id, _LessonRecord()).done = True

        if not self.done(lesson_id):
            self._change(finish)

    def chapter(self, number: int) -> ChapterRecord:
        """Return what is known about a chapter's test-out."""
        return self._state.chapters.get(str(number), ChapterRecord())

    def record_test(self, number: int, right: int, *, passed: bool) -> None:
        """Remember a test-out of a chapter with so many right answers. Known stays known."""

        def note(state: _State) -> None:
            old = state.chapters.get(str(number), ChapterRecord())
            state.chapters[str(number)] = ChapterRecord(
                old.known or passed, old.tests + 1, max(old.best, right)
            )

        self._change(note)

    def reset(self, lesson_id: str | None = None) -> None:
        """Forget the progress of one lesson, or of all when no lesson is named."""

        def forget(state: _State) -> None:
            if lesson_id is None:
                state.lessons.clear()
                state.chapters.clear()
            else:
                state.lessons.pop(lesson_id, None)
            if lesson_id in (None, state.last):
                state.last = None

        self._change(forget)

    def _lesson(self, lesson_id: str) -> _LessonRecord:
        return self._state.lessons.get(lesson_id) or _LessonRecord()

    def _change(self, change: Callable[[_State], None]) -> None:
        """Apply one change and save, on top of what another dl-tutor may have saved meanwhile."""
        if self._document.changed_elsewhere():
            self._state = self._document.load(_parse) or self._state
        change(self._state)
        self._document.save(_content(self._state))


def _content(state: _State) -> dict[str, Any]:
    """Return the state as the JSON object that `_parse` reads."""
    return {
        "last": state.last,
        "lessons": {
            lesson_id: {
                "page": lesson.page,
                "done": lesson.done,
                "checks": {name: _check_content(one) for name, one in lesson.checks.items()},
            }
            for lesson_id, lesson in state.lessons.items()
        },
        "chapters": {number: vars(chapter) for number, chapter in state.chapters.items()},
    }


def _check_content(record: CheckRecord) -> dict[str, Any]:
    content = dict(vars(record))
    if not record.recalled:
        del content["recalled"]
    return content


def _parse(content: dict[str, Any]) -> _State:
    """Return the state in a JSON object; raise `Unusable` naming the first wrong value."""
    lessons = expect("lessons", content.get("lessons", {}), dict)
    chapters = expect("chapters", content.get("chapters", {}), dict)
    return _State(
        last=_optional_text("last", content.get("last")),
        lessons={name: _parse_lesson(name, lesson) for name, lesson in lessons.items()},
        chapters={number: _parse_chapter(number, chapter) for number, chapter in chapters.items()},
    )


def _parse_chapter(number: str, value: object) -> ChapterRecord:
    place = f"chapter {number}"
    chapter = expect(place, value, dict)
    return ChapterRecord(
        known=expect(f"{place}, known", chapter.get("known", False), bool),
        tests=expect(f"{place}, tests", chapter.get("tests", 0), int),
        best=expect(f"{place}, best", chapter.get("best", 0), int),
    )


def _parse_lesson(name: str, value: object) -> _LessonRecord:
    lesson = expect(name, value, dict)
    checks = expect(f"{name}, checks", lesson.get("checks", {}), dict)
    return _LessonRecord(
        page=_optional_text(f"{name}, page", lesson.get("page")),
        done=expect(f"{name}, done", lesson.get("done", False), bool),
        checks={key: _parse_check(f"{name}, {key}", check) for key, check in checks.items()},
    )


def _parse_check(place: str, value: object) -> CheckRecord:
    check = expect(place, value, dict)
    status = check.get("status", "open")
    if status not in get_args(Status):
        raise Unusable(f"{place}, status should be one of {', '.join(get_args(Status))}")
    return CheckRecord(
        status=status,
        tries=expect(f"{place}, tries", check.get("tries", 0), int),
        hints=expect(f"{place}, hints", check.get("hints", 0), int),
        recalled=expect(f"{place}, recalled", check.get("recalled", False), bool),
    )


def _optional_text(place: str, value: object) -> str | None:
    return None if value is None else expect(place, value, str)
