"""The words of the course: what each means, and the lesson that introduces it. See glossary.md."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lessons.pages import LessonError

FILE = Path(__file__).with_name("glossary.md")

_HEADING = re.compile(r"##\s+(?P<names>[^{}]+?)\s*\{(?P<lesson>[1-9]\.[1-9]\d*)\}\s*")
_LINK = re.compile(r"\[\[([^\]|]+)(?:\|([^\]]+))?\]\]")


@dataclass(frozen=True)
class Term:
    """One entry. `names` are all it goes by, the usual one first."""

    names: tuple[str, ...]
    lesson: str
    """Number of the lesson that introduces it; the lesson may not be written yet."""
    text: str
    line: int

    @property
    def name(self) -> str:
        """The usual name."""
        return self.names[0]

    @property
    def refers(self) -> tuple[str, ...]:
        """The entries that its text refers to."""
        return tuple(target or words for words, target in _LINK.findall(self.text))

    def parts(self) -> Iterator[tuple[str, bool]]:
        """Its text in pieces, each with whether it refers to another entry."""
        at = 0
        for link in _LINK.finditer(self.text):
            yield self.text[at : link.start()], False
            yield link.group(1), True
            at = link.end()
        yield self.text[at:], False

    @property
    def plain(self) -> str:
        """Its text without the marks of references."""
        return "".join(words for words, _ in self.parts())


@cache
def glossary() -> tuple[Term, ...]:
    """Every term, by name."""
    return tuple(sorted(read_glossary(FILE), key=lambda term: term.name.lower()))


def read_glossary(file: Path) -> tuple[Term, ...]:
    """The terms of `file`, as they stand. Raises LessonError, which names file and line."""
    terms: list[tuple[re.Match[str], int, list[str]]] = []
    for number, line in enumerate(file.read_text(encoding="utf8").splitlines(), start=1):
        if line.startswith("## "):
            heading = _HEADING.fullmatch(line)
            if not heading:
                raise LessonError(f"{file}:{number}: write the heading as ## term {{1.2}}")
            terms.append((heading, number, []))
        elif terms:
            terms[-1][2].append(line)
    return tuple(
        Term(
            tuple(name.strip() for name in heading["names"].split(",")),
            heading["lesson"],
            " ".join(" ".join(lines).split()),
            number,
        )
        for heading, number, lines in terms
    )


def look_up(name: str) -> Term | None:
    """The entry that goes by this name, in large or small letters."""
    wanted = name.lower()
    return next((one for one in glossary() if wanted in map(str.lower, one.names)), None)
