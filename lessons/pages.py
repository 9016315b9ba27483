"""Reads a lesson's pages.md: a page per ``## Title {#id}``, numbers quoted as ``{{ name }}``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from lessons.labs.base import Scene
from lessons.spec import Check, Page

_HEADING = re.compile(r"##\s+(?P<title>.+?)\s*\{#(?P<id>[a-z0-9-]+)\}\s*")
_QUOTED = re.compile(r"\{\{\s*(.*?)\s*\}\}")


class LessonError(ValueError):
    """A lesson is not written as it should be; the message names file and line."""


def read_pages(
    file: Path, scenes: Mapping[str, Scene], checks: Mapping[str, Check]
) -> tuple[Page, ...]:
    """Pages of `file` in order, each with the scene and the check that bear its id.

    Every page needs a scene. Raises LessonError for a heading without an id, an id used twice, a
    page without text or scene, and for a scene or check whose page does not exist.
    """
    pages: list[Page] = []
    for title, page_id, line, text in _sections(file):
        if any(page.id == page_id for page in pages):
            raise LessonError(f"{file}:{line}: the page id {page_id} is used twice")
        if not text:
            raise LessonError(f"{file}:{line}: the page {page_id} has no text")
        if page_id not in scenes:
            raise LessonError(f"{file}:{line}: the page {page_id} has no scene in lesson.py")
        check = checks.get(page_id)
        pages.append(Page(page_id, title, text, line, scenes[page_id], check, str(file)))
    known = {page.id for page in pages}
    for page_id in [*scenes, *checks]:
        if page_id not in known:
            raise LessonError(f"{file}:1: lesson.py speaks of a page {page_id}, which is not there")
    return tuple(pages)


def fill(page: Page, facts: Mapping[str, str]) -> str:
    """Text of `page` with every ``{{ name }}`` replaced. Raises LessonError for unknown names."""

    def value(found: re.Match[str]) -> str:
        name = found.group(1)
        if name not in facts:
            place = f"{page.file}:{page.line}"
            raise LessonError(f"{place}: the page {page.id} quotes {name}: no such fact")
        return facts[name]

    return _QUOTED.sub(value, page.text)


def headings(file: Path) -> list[tuple[str, str]]:
    """Id and title of every page of `file`, in order. Raises LessonError."""
    return [(name, title) for title, name, _, _ in _sections(file)]


def _sections(file: Path) -> list[tuple[str, str, int, str]]:
    sections: list[tuple[str, str, int, list[str]]] = []
    for number, line in enumerate(file.read_text(encoding="utf8").splitlines(), start=1):
        if line.startswith("## "):
            heading = _HEADING.fullmatch(line)
            if not heading:
                raise LessonError(f"{file}:{number}: write the heading as ## Title {{#page-id}}")
            sections.append((heading["title"], heading["id"], number, []))
        elif sections:
            sections[-1][3].append(line)
    return [(title, name, line, "\n".join(text).strip()) for title, name, line, text in sections]
