"""The style sheet reads a style once for each theme, and gives what Textual's own gives."""

from __future__ import annotations

import pytest
from textual.css.stylesheet import Stylesheet

from tests.tui.driving import FORWARD, running
from tui.stylesheet import RememberingStylesheet

DARK, LIGHT = {"ink": "#eeeeee", "paper": "#111111"}, {"ink": "#111111", "paper": "#eeeeee"}
STYLES = {"a": "Label { color: $ink; }", "b": "Button { background: $paper; }"}


def read(sheet: Stylesheet) -> Stylesheet:
    """The sheet with the two styles in it, parsed."""
    for name, style in STYLES.items():
        sheet.add_source(style, read_from=(name, ""))
    sheet.parse()
    return sheet


def test_under_the_same_theme_nothing_is_read_twice():
    one, other = (read(RememberingStylesheet(variables=DARK)) for _ in range(2))
    assert [*map(id, one.rules)] == [*map(id, other.rules)]


@pytest.mark.parametrize("themes", [(LIGHT,), (LIGHT, DARK), (LIGHT, DARK, LIGHT)])
def test_after_each_change_of_theme_it_says_what_textuals_own_says(themes):
    ours, textuals = read(RememberingStylesheet(variables=DARK)), read(Stylesheet(variables=DARK))
    assert ours.css == textuals.css
    for theme in themes:
        for sheet in (ours, textuals):
            sheet.set_variables(theme)
            sheet.reparse()
        assert ours.css == textuals.css


def test_a_style_that_comes_later_is_read_under_the_theme_of_then():
    sheet = read(RememberingStylesheet(variables=DARK))
    sheet.set_variables(LIGHT)
    sheet.add_source("Static { color: $ink; }", read_from=("c", ""))
    sheet.reparse()
    assert "color: #111111" in sheet.css.split("Static")[1]


async def test_it_is_the_apps():
    async with running(FORWARD) as driver:
        assert isinstance(driver.app.stylesheet, RememberingStylesheet)
        background = driver.screen.styles.background
        await driver.press("t")
        assert driver.screen.styles.background != background
        await driver.press("t")
        assert driver.screen.styles.background == background
