"""Text in rows: counted as Textual breaks it, and cut with a sign."""

from __future__ import annotations

import pytest
from textual.app import App
from textual.widgets import Static

from tui.render.wrapped import within, wrapped

TEXTS = (
    "short",
    "",
    "Copied, if your terminal allows it. dl-tutor play CODE opens it: " + "x" * 70,
    "x" * 200,
    "Words of all kinds of lengths, and " * 9,
    "one\ntwo",
    "漢字" * 40 + " and more",
)


@pytest.mark.parametrize("width", [10, 37, 78])
@pytest.mark.parametrize("text", TEXTS)
async def test_a_static_shows_these_rows(text, width):
    app = App[None]()
    async with app.run_test(size=(width, 40)) as pilot:
        await app.mount(Static(text, markup=False))
        await pilot.pause()
        shown = [strip.text.rstrip() for strip in app.screen._compositor.render_strips()]
    rows = [row.rstrip() for row in wrapped(text, width)]
    assert shown[: len(rows)] == rows
    assert not any(shown[len(rows) :])


@pytest.mark.parametrize("width", [10, 37, 78])
@pytest.mark.parametrize("text", TEXTS)
def test_a_cut_text_has_an_ellipsis_and_fills_its_rows(text, width):
    cut = within(text, width, 3)
    rows = wrapped(cut, width)
    assert len(rows) <= 3
    if len(wrapped(text, width)) <= 3:
        assert cut == text
    else:
        assert cut.endswith("…")
        assert text.startswith(cut[:-1])
        # The first two rows are those of the whole text, and the last one begins as its third.
        assert rows[:2] == wrapped(text, width)[:2]
        assert wrapped(text, width)[2].startswith(rows[2][:-1])
        assert len(rows) == 3
