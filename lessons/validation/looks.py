"""How a page is set in a terminal of 80x24: what fits, and what would turn into something else."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

from lessons.spec import Check, Choice, Lesson, Number, Page
from lessons.validation.finding import Finding, on_page

WIDTH = 74
"""Columns for text on a page in a terminal of 80."""
WITH_QUESTION, ALONE = 13, 19
"""Rows for text on a page in a terminal of 24."""

STRANGE = (
    (r"\s*([+*]\s|#|>|={2,}$|-{2,}$|\|)", "is no text"),
    (r"\s{4,}\S", "becomes code"),
)


def findings_in(lesson: Lesson, page: Page, body: str) -> Iterator[Finding]:
    """What is wrong with the look of a page."""
    room = WITH_QUESTION if page.check else ALONE
    if (rows_needed := height(body)) > room:
        yield on_page(page, f"is {rows_needed} rows long; at 80x24 there is room for {room}")
    for block in blocks(body):
        if block[0].startswith("```"):
            yield from _code(page, block)
        else:
            yield from (on_page(page, said) for said in _turns_into(block))
    for block in blocks(without_code(body)):
        text = re.sub(r"(?<=\w) \* (?=\w)", " ", "\n".join(block))  # the * of NumPy
        if text.count("*") % 2 or text.count("**") % 2 or text.count("`") % 2:
            yield on_page(page, f"has a star or backtick without its pair: {block[0]}")
    for text in said(lesson, page):
        if "!" in text:
            yield on_page(page, f"shouts: {text.strip()[:60]}")
        if [sign for sign in text if ord(sign) >= 0x1F000 or 0x2600 <= ord(sign) < 0x27C0]:
            yield on_page(page, f"has an emoji: {text.strip()[:60]}")


def _code(page: Page, block: list[str]) -> Iterator[Finding]:
    if block[-1] != "```":
        yield on_page(page, "has code without an end")
    if (longest := max(map(len, block))) > WIDTH - 4:
        yield on_page(page, f"has code {longest} columns wide; there is room for {WIDTH - 4}")


def _turns_into(block: list[str]) -> Iterator[str]:
    """Filling in numbers and wrapping may put "1. " or "- 10" at the start of a line."""
    a_list = block[0].startswith("- ")
    for line in block:
        # Any number starts a list at the start of a paragraph; inside it only 1 and a text do.
        number = r"\s*\d+[.)](\s|$)" if line is block[0] else r"\s*1[.)]\s+\S"
        if re.match(number, line):
            yield f"has a line that starts a numbered list: {line}"
        if not a_list and re.match(r"\s*-\s", line):
            yield f"has a line that starts a list: {line}"
        if a_list and not re.match(r"- \S|  \S", line):
            yield f"has a line of a list that is not indented: {line}"
        yield from (
            f"has a line that {what}: {line}"
            for strange, what in STRANGE
            if re.match(strange, line)
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
        return sum(len(textwrap.wrap(_plain(item), WIDTH - 4)) for item in items)
    return len(textwrap.wrap(_plain(" ".join(block)), WIDTH))


def height(text: str) -> int:
    """Rows of a whole page: its blocks, with an empty row between them."""
    heights = [rows(block) for block in blocks(text)]
    return sum(heights) + len(heights) - 1


def _plain(text: str) -> str:
    return re.sub(r"[*`]", "", text)


def without_code(text: str) -> str:
    """A text without its blocks of code."""
    return re.sub(r"```.*?```", "", text, flags=re.DOTALL)


def said(lesson: Lesson, page: Page) -> Iterator[str]:
    """All that is said on a page and about its question, without code."""
    yield page.title
    yield without_code(lesson.body(page))
    if page.check:
        yield from _lines(page.check)


def _lines(check: Check) -> Iterator[str]:
    yield check.prompt
    yield from check.hints
    yield check.worked
    if isinstance(check, Number):
        yield from (slip.says for slip in check.slips)
    if isinstance(check, Choice):
        yield from (*check.options, *check.because.values())
