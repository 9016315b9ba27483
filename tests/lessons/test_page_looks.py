"""How the pages look: they fit a small terminal, and nothing in them turns into something else."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

import pytest

from lessons.course import lessons
from lessons.spec import Check, Choice, Lesson, Number, Page

PAGES = [(lesson, page) for lesson in lessons() for page in lesson.pages]
WIDTH = 74
"""Columns for text on a page in a terminal of 80."""
WITH_QUESTION, ALONE = 13, 19
"""Rows for text on a page in a terminal of 24."""

each_page = pytest.mark.parametrize(
    ("lesson", "page"), PAGES, ids=[f"{one.number}-{page.id}" for one, page in PAGES]
)


def blocks(text: str) -> Iterator[list[str]]:
    """Paragraphs, lists and code, each as its lines."""
    block: list[str] = []
    inside_code = False
    for line in text.splitlines():
        inside_code ^= line.startswith("```")
        if line.strip() or inside_code:
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def rows(block: list[str]) -> int:
    """How many rows a block takes when it is set."""
    if block[0].startswith("```"):
        return len(block)  # the fences become an empty row above and below
    if block[0].startswith("- "):
        items = re.split(r"\n(?=- )", "\n".join(block))
        return sum(len(textwrap.wrap(plain(item), WIDTH - 4)) for item in items)
    return len(textwrap.wrap(plain(" ".join(block)), WIDTH))


def plain(text: str) -> str:
    return re.sub(r"[*`]", "", text)


def height(text: str) -> int:
    """Rows of a whole page: its blocks, with an empty row between them."""
    heights = [rows(block) for block in blocks(text)]
    return sum(heights) + len(heights) - 1


def prose(lesson: Lesson, page: Page) -> str:
    """A page without its code."""
    return re.sub(r"```.*?```", "", lesson.body(page), flags=re.S)


@each_page
def test_a_page_fits_a_terminal_of_80_by_24(lesson: Lesson, page: Page) -> None:
    assert height(lesson.body(page)) <= (WITH_QUESTION if page.check else ALONE)


@each_page
def test_code_is_not_wider_than_the_page(lesson: Lesson, page: Page) -> None:
    for block in blocks(lesson.body(page)):
        if block[0].startswith("```"):
            assert block[-1] == "```"
            assert max(len(line) for line in block) <= WIDTH - 4


@each_page
def test_no_line_turns_into_something_that_it_is_not(lesson: Lesson, page: Page) -> None:
    """Filling in numbers and wrapping may put "1. " or "- 10" at the start of a line."""
    for block in blocks(lesson.body(page)):
        if block[0].startswith("```"):
            continue
        a_list = block[0].startswith("- ")
        for line in block:
            # Any number starts a list at the start of a paragraph; inside it only 1 and a text do.
            number = r"\s*\d+[.)](\s|$)" if line is block[0] else r"\s*1[.)]\s+\S"
            assert not re.match(number, line), f"starts a numbered list: {line}"
            assert not re.match(r"\s*([+*]\s|#|>|={2,}$|-{2,}$|\|)", line), f"is no text: {line}"
            assert a_list or not re.match(r"\s*-\s", line), f"starts a list: {line}"
            assert not re.match(r"\s{4,}\S", line), f"becomes code: {line}"


@each_page
def test_the_lines_of_a_list_that_go_on_are_indented(lesson: Lesson, page: Page) -> None:
    for block in blocks(lesson.body(page)):
        if block[0].startswith("- "):
            assert all(re.match(r"- \S|  \S", line) for line in block)


@each_page
def test_stars_and_backticks_come_in_pairs(lesson: Lesson, page: Page) -> None:
    for block in blocks(prose(lesson, page)):
        text = re.sub(r"(?<=\w) \* (?=\w)", " ", "\n".join(block))  # the * of NumPy
        assert text.count("**") % 2 == 0
        assert text.count("*") % 2 == 0
        assert text.count("`") % 2 == 0


def said(lesson: Lesson, page: Page) -> Iterator[str]:
    """All that is said on a page and about its question, without code."""
    yield page.title
    yield prose(lesson, page)
    if page.check:
        yield from lines(page.check)


def lines(check: Check) -> Iterator[str]:
    yield check.prompt
    yield from check.hints
    yield check.worked
    if isinstance(check, Number):
        yield from (slip.says for slip in check.slips)
    if isinstance(check, Choice):
        yield from (*check.options, *check.because.values())


@each_page
def test_nobody_is_shouted_at(lesson: Lesson, page: Page) -> None:
    assert [text for text in said(lesson, page) if "!" in text] == []


@each_page
def test_there_are_no_emoji(lesson: Lesson, page: Page) -> None:
    text = "\n".join(said(lesson, page)) + lesson.body(page)
    assert [sign for sign in text if ord(sign) >= 0x1F000 or 0x2600 <= ord(sign) < 0x27C0] == []


def test_the_height_of_a_page_is_counted_as_it_is_set() -> None:
    assert height("one line") == 1
    assert height("word " * 31) == 3  # fifteen of them fill a row of 74
    assert height("one\n\ntwo\nof it") == 3
    assert height("- one\n- two\n  of it\n- three") == 3
    assert height("text\n\n```python\na = 1\n\nb = 2\n```\n\nmore") == 1 + 1 + 5 + 1 + 1
