"""What the course refers to: other lessons, words of the glossary, links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lessons import course
from lessons.glossary import FILE, Term, read_glossary
from lessons.spec import Page
from lessons.validation.finding import Finding, on_page

PLANNED = {1: 5, 2: 8, 3: 4, 4: 6}
"""Chapters of the course and how many lessons each is to have; some are not written yet."""

_LINK = re.compile(r"\[[^\]]+\]\(([^)\s]+)[^)]*\)")
_LESSON = re.compile(r"\b[Ll]essons? (\d+\.\d+)(?: (?:and|or|to) (\d+\.\d+))?")
_CHAPTER = re.compile(r"\b[Cc]hapters? (\d+)")


def findings_on(page: Page, prose: str) -> Iterator[Finding]:
    """What a page refers to and is not there. `prose` is its text without code."""
    for target in _LINK.findall(prose):
        if not _resolves(target, Path(page.file).parent):
            yield on_page(page, f"has a link to {target}, which is not there")
    for found in _LESSON.finditer(prose):
        yield from (
            on_page(page, f"speaks of lesson {number}, which the course has not")
            for number in found.groups()
            if number and not planned(number)
        )
    for chapter in _CHAPTER.findall(prose):
        if int(chapter) not in PLANNED:
            yield on_page(page, f"speaks of chapter {chapter}, which the course has not")


def _resolves(target: str, folder: Path) -> bool:
    if target.startswith(("https://", "http://")):
        return True  # the course works offline: that the address answers is not looked up
    return target in {one.number for one in course.outlines()} or (folder / target).is_file()


def planned(number: str) -> bool:
    """Whether the course has a lesson of this number, written or to be written."""
    chapter, place = map(int, number.split("."))
    return 1 <= place <= PLANNED.get(chapter, 0)


def glossary_findings(file: Path = FILE) -> Iterator[Finding]:
    """What is wrong with the glossary. Raises LessonError where it cannot be read."""
    terms = read_glossary(file)
    known: dict[str, Term] = {}
    for term in terms:
        for name in map(str.lower, term.names):
            if name in known:
                yield Finding(str(file), term.line, f"{name} is there twice")
            known[name] = term
    for term in terms:
        where = (str(file), term.line)
        if not term.plain.strip():
            yield Finding(*where, f"{term.name} has no meaning")
        if not planned(term.lesson):
            yield Finding(*where, f"{term.name} names lesson {term.lesson}, which there is not")
        for name in term.refers:
            if known.get(name.lower(), term) is term:
                yield Finding(*where, f"{term.name} refers to {name}, which is no other entry")
