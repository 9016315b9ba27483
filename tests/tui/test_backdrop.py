"""The screen below a panel: dimmed as Textual dims it, and nothing of a closed panel is kept."""

from __future__ import annotations

import gc

import pytest
from rich.segment import Segment
from rich.style import Style
from textual._styles_cache import StylesCache
from textual.color import Color
from textual.renderables.background_screen import BackgroundScreen
from textual.strip import Strip
from textual.style import Style as VisualStyle
from textual.visual import RenderOptions
from textual.widgets import Static

from tests.tui.driving import Driver, running
from tui.screens.backdrop import Backdrop, dimmed

TRAINING = "compile-and-fit"


def cells(strips: list[Strip]) -> list[list[tuple[str, Style | None]]]:
    """Every character with its style."""
    return [
        [(character, segment.style) for segment in strip for character in segment.text]
        for strip in strips
    ]


@pytest.mark.parametrize("tint", [Color(16, 20, 27, 0.6), Color(16, 20, 27, 0.0)])
@pytest.mark.parametrize("theme", ["dl-dark", "dl-light", "ansi-dark"])
async def test_it_looks_as_textual_dims_a_screen(tint: Color, theme: str) -> None:
    async with running(TRAINING, page="try", keys=["r", "question_mark"]) as driver:
        driver.app.theme = theme
        await driver.settle()
        below, size = driver.app.screen_stack[-2], driver.app.size
        look = RenderOptions(lambda style: VisualStyle.null(), {})
        ours = Backdrop(below, tint).render_strips(
            size.width, size.height, VisualStyle.null(), look
        )
        options = driver.app.console.options.update(width=size.width, height=size.height)
        theirs = driver.app.console.render(BackgroundScreen(below, tint), options)
        lines = list(Segment.split_and_crop_lines(theirs, size.width, include_new_lines=False))
        assert cells(ours) == cells([Strip(line) for line in lines[: size.height]])


def test_what_can_be_clicked_below_cannot_be_clicked_through_a_panel() -> None:
    style = Style(color="red", link="https://example.org", meta={"@click": "quit"})
    assert dimmed(style, Color(0, 0, 0, 0.5)).meta == {}
    assert dimmed(style, Color(0, 0, 0, 0.5)).link is None


async def painted_widgets(driver: Driver, times: int) -> int:
    """How many widgets' lines are kept after the help was opened and closed so many times."""
    for _ in range(times):
        await driver.press("question_mark")
        await driver.press("escape")
    gc.collect()
    return sum(type(one) is StylesCache for one in gc.get_objects())


async def test_a_closed_panel_leaves_no_lines_behind() -> None:
    async with running(TRAINING, page="try") as driver:
        few = await painted_widgets(driver, 2)
        assert await painted_widgets(driver, 4) <= few


async def test_the_help_has_its_text_when_it_is_first_painted() -> None:
    async with running(TRAINING, page="try") as driver:
        seen: list[str] = []
        update = Static.update

        def note(static: Static, *content: object, **how: bool) -> None:
            seen.append(static.id or "")
            update(static, *content, **how)  # type: ignore[arg-type]

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Static, "update", note)
            await driver.press("question_mark")
        assert "keys" not in seen
        assert "In the lab" in driver.text
