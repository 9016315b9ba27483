"""What the contents need of a lesson, read from its files without running it.

To run a lesson.py takes NumPy, the engine and a lab: a fiftieth of a second each, which with twenty
lessons is more than the first screen has. So the five texts that name a lesson are read from its
source, where they stand as plain values in ``return Lesson(...)``.
"""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lessons.pages import LessonError, headings
from lessons.spec import Lesson

NAMES = ("number", "id", "title", "summary", "minutes")

_CALL = re.compile(r"^    return (Lesson\(\n.*?^    \))", re.DOTALL | re.MULTILINE)

_loaded: dict[str, Lesson] = {}


@dataclass(frozen=True)
class Outline:
    """A lesson as the contents show it; `load` brings in the lesson itself."""

    number: str
    id: str
    title: str
    summary: str
    minutes: int
    pages: tuple[tuple[str, str], ...]
    """Id and title of each page."""
    module: str = ""
    """What has to be imported for the lesson."""

    @property
    def chapter(self) -> int:
        """The number before the point."""
        return int(self.number.split(".")[0])

    @property
    def loaded(self) -> Lesson | None:
        """The lesson, if it has been loaded; nothing is loaded to find out."""
        return _loaded.get(self.module)

    def load(self) -> Lesson:
        """The lesson, with its pages, its questions and its lab; the same one every time."""
        if self.module not in _loaded:
            # setdefault: a thread loads ahead while the learner may be opening the same one.
            _loaded.setdefault(self.module, importlib.import_module(self.module).lesson())
        return _loaded[self.module]


def read_outline(folder: Path, module: str) -> Outline:
    """The outline of the lesson in `folder`. Raises LessonError, which names file and line."""
    values: dict[str, Any] = _values(folder / "lesson.py")
    return Outline(**values, pages=tuple(headings(folder / "pages.md")), module=module)


def _values(file: Path) -> dict[str, Any]:
    source = file.read_text(encoding="utf8")
    call = _CALL.search(source)
    if not call:
        raise LessonError(f"{file}:1: lesson() has to be written as return Lesson(...)")
    line = source.count("\n", 0, call.start()) + 1
    values = dict(_literals(call.group(1)))
    missing = [name for name in NAMES if name not in values]
    if missing:
        raise LessonError(
            f"{file}:{line}: write {', '.join(missing)} as a plain value: "
            "the contents read it without running the lesson"
        )
    return values


def _literals(call: str) -> Iterator[tuple[str, str | int]]:
    """The arguments of a written call that stand there as plain texts and numbers."""
    node = ast.parse(call, mode="eval").body
    assert isinstance(node, ast.Call)
    for argument in node.keywords:
        value = argument.value
        if argument.arg in NAMES and isinstance(value, ast.Constant):
            assert isinstance(value.value, str | int)
            yield argument.arg, value.value
