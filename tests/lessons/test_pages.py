"""pages.md: how a lesson's prose is written, and what a slip in it is met with."""

from __future__ import annotations

from pathlib import Path

import pytest

from lessons.labs.base import Scene
from lessons.pages import LessonError, fill, read_pages
from lessons.spec import Number

CHECK = Number(id="b", prompt="?", hints=("", "", ""), worked="{answer}", answer=lambda: 1.0)

GOOD = """\
This text before the first page belongs to no page.

## First page {#a}

Some **text** over
two lines.

```python
x = 1  # no heading
```

## A second: with (signs) {#b-2}

The answer is {{ answer }}, and {{again}}.
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "pages.md"


def scenes(*ids: str) -> dict[str, Scene]:
    return {name: Scene(conceal=(name,)) for name in ids}


def test_pages_come_in_order_with_title_text_scene_and_check(file: Path) -> None:
    file.write_text(GOOD, encoding="utf8")
    first, second = read_pages(file, scenes("b-2", "a"), {"b-2": CHECK})
    assert (first.id, first.title, first.line) == ("a", "First page", 3)
    assert first.text == "Some **text** over\ntwo lines.\n\n```python\nx = 1  # no heading\n```"
    assert first.scene == Scene(conceal=("a",))
    assert first.check is None
    assert (second.id, second.title, second.line) == ("b-2", "A second: with (signs)", 12)
    assert second.scene == Scene(conceal=("b-2",))
    assert second.check is CHECK


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("## No id\n\ntext", 1, "write the heading as ## Title {#page-id}"),
        ("## A {#a}\n\ntext\n\n## B {b}\n\ntext", 5, "write the heading as"),
        ("## A {#A}\n\ntext", 1, "write the heading as"),
        ("## A {#a}\n\ntext\n\n## B {#a}\n\ntext", 5, "the page id a is used twice"),
        ("## A {#a}\n\n   \n\n## B {#b}\n\ntext", 1, "the page a has no text"),
        ("## A {#a}\n\ntext\n\n## C {#c}\n\ntext", 5, "the page c has no scene in lesson.py"),
    ],
)
def test_a_slip_in_the_format_names_file_and_line(
    file: Path, text: str, line: int, words: str
) -> None:
    file.write_text(text, encoding="utf8")
    with pytest.raises(LessonError) as problem:
        read_pages(file, scenes("a", "b"), {})
    assert str(problem.value).startswith(f"{file}:{line}: ")
    assert words in str(problem.value)


def test_a_scene_without_a_page_is_named(file: Path) -> None:
    file.write_text("## A {#a}\n\ntext", encoding="utf8")
    with pytest.raises(LessonError, match=r"pages\.md:1: .* a page lost, which is not there"):
        read_pages(file, scenes("a", "lost"), {})


def test_a_check_without_a_page_is_named(file: Path) -> None:
    file.write_text("## A {#a}\n\ntext", encoding="utf8")
    with pytest.raises(LessonError, match="speaks of a page b, which is not there"):
        read_pages(file, scenes("a"), {"b": CHECK})


def test_facts_are_filled_in_with_or_without_spaces(file: Path) -> None:
    file.write_text(GOOD, encoding="utf8")
    _, second = read_pages(file, scenes("a", "b-2"), {})
    assert fill(second, {"answer": "42", "again": "7"}) == "The answer is 42, and 7."


def test_an_unknown_fact_is_named_with_page_and_line(file: Path) -> None:
    file.write_text(GOOD, encoding="utf8")
    _, second = read_pages(file, scenes("a", "b-2"), {})
    with pytest.raises(LessonError, match=r"pages.md:12: the page b-2 quotes again: no such"):
        fill(second, {"answer": "42"})
