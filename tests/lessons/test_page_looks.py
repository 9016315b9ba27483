"""How the pages look: they fit a small terminal, and nothing in them turns into something else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lessons.course import find, lessons
from lessons.spec import Lesson, Page
from lessons.validation.looks import findings_in, height

PAGES = [(lesson, page) for lesson in lessons() for page in lesson.pages]


@pytest.mark.parametrize(
    ("lesson", "page"), PAGES, ids=[f"{one.number}-{page.id}" for one, page in PAGES]
)
def test_a_page_is_set_as_it_is_meant(lesson: Lesson, page: Page) -> None:
    assert list(map(str, findings_in(lesson, page, lesson.body(page)))) == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("line\n\n" * 11, "is 21 rows long; at 80x24 there is room for 19"),
        (f"```python\n{'x' * 71}\n```", "has code 71 columns wide; there is room for 70"),
        ("```python\nx = 1", "has code without an end"),
        ("There are\n1. five", "starts a numbered list: 1. five"),
        ("2. January", "starts a numbered list"),
        ("What is 4\n- 10 of it", "starts a list: - 10 of it"),
        ("- one\nof it", "a list that is not indented: of it"),
        ("The sum\n+ 4", "is no text: + 4"),
        ("The sum\n    of it", "becomes code"),
        ("A **word", "a star or backtick without its pair"),
        ("A `word", "a star or backtick without its pair"),
        ("A word!", "shouts: A word!"),
        ("A \N{CHECK MARK} word", "has an emoji"),
    ],
)
def test_what_is_not_is_named_with_file_and_line(text: str, says: str) -> None:
    lesson = find("1.2")
    page = replace(lesson.pages[0], text=text.strip())
    found = list(map(str, findings_in(lesson, page, page.text)))
    assert len(found) == 1 or "without an end" in says
    assert found[0].startswith(f"{page.file}:1: the page inputs ")
    assert says in found[0]


def test_the_height_of_a_page_is_counted_as_it_is_set() -> None:
    assert height("one line") == 1
    assert height("word " * 31) == 3  # fifteen of them fill a row of 74
    assert height("one\n\ntwo\nof it") == 3
    assert height("- one\n- two\n  of it\n- three") == 3
    assert height("text\n\n```python\na = 1\n\nb = 2\n```\n\nmore") == 1 + 1 + 5 + 1 + 1
