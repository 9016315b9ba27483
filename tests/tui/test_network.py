"""The network widget: paints its diagram, follows size, theme and mode, repaints only changes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rich.style import Style
from textual.app import App, ComposeResult
from textual.color import Color
from textual.geometry import Region

from tui.render.contrast import contrast
from tui.render.diagram import draw, plain
from tui.theme import THEMES, palette
from tui.widgets.network import Diagram, DiagramEdge, DiagramNode, Network


def diagram(value: str = "5", state: str = "done") -> Diagram:
    """Two inputs, one output."""
    inputs = (DiagramNode("input 0", "2"), DiagramNode("input 1", "3"))
    edges = (DiagramEdge(0, 0, 0, "1", state), DiagramEdge(0, 1, 0, "-1", "pending"))  # type: ignore[arg-type]
    return Diagram((inputs, (DiagramNode("output", value),)), edges)


class Demo(App[object]):
    """A network and nothing else, in the app's own themes."""

    ascii_mode = False

    def compose(self) -> ComposeResult:
        yield Network(diagram())

    def on_mount(self) -> None:
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = "dl-dark"


def lines(app: App[object]) -> list[str]:
    """What the widget paints, as text."""
    network = app.query_one(Network)
    return [network.render_line(y).text for y in range(network.size.height)]


def style_of(app: App[object], text: str, after: str = "") -> Style:
    """The style of the first run of text, directly after another run if that is given."""
    network = app.query_one(Network)
    for y in range(network.size.height):
        before = ""
        for segment in network.render_line(y):
            if text in segment.text and before.endswith(after):
                assert segment.style is not None
                return segment.style
            before = segment.text
    raise AssertionError(f"{text!r} is not painted")


async def test_it_paints_the_drawing_of_its_diagram() -> None:
    app = Demo()
    async with app.run_test(size=(60, 12)):
        assert lines(app) == plain(draw(diagram(), 60, 12))


async def test_without_a_diagram_it_is_blank() -> None:
    app = Demo()
    async with app.run_test(size=(20, 3)) as pilot:
        app.query_one(Network).diagram = None
        await pilot.pause()
        assert lines(app) == [" " * 20] * 3


async def test_a_new_size_is_a_new_layout() -> None:
    app = Demo()
    async with app.run_test(size=(60, 12)) as pilot:
        for size in [(110, 30), (30, 5), (76, 18)]:
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert lines(app) == plain(draw(diagram(), *size))


async def test_only_the_lines_that_differ_are_painted_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = Demo()
    async with app.run_test(size=(60, 12)) as pilot:
        asked: list[tuple[Region, ...]] = []
        network = app.query_one(Network)
        lines(app)
        monkeypatch.setattr(network, "refresh", lambda *regions, **_: asked.append(regions))
        network.diagram = diagram(value="7")
        await pilot.pause()
        assert len(asked) == 1
        after = plain(draw(diagram(value="7"), 60, 12))
        assert [region.y for region in asked[0]] == [
            y for y, line in enumerate(after) if "7" in line
        ]
        network.diagram = diagram(value="7")
        await pilot.pause()
        assert len(asked) == 1
        assert lines(app) == after


@pytest.mark.parametrize("theme", ["dl-dark", "dl-light", "textual-dark", "nord", "ansi-dark"])
async def test_every_theme_lends_its_colours_to_the_roles(theme: str) -> None:
    app = Demo()
    async with app.run_test(size=(60, 12)) as pilot:
        app.theme = theme
        app.query_one(Network).diagram = diagram(state="active")
        await pilot.pause()
        colors = palette(app)
        assert style_of(app, "▸").color == colors.accent.rich_color
        assert style_of(app, "1", after="▸").color == colors.weight.rich_color
        assert style_of(app, "1", after="▸").bold
        assert style_of(app, "5").color == colors.node.rich_color


async def test_a_new_theme_is_a_new_colour() -> None:
    app = Demo()
    async with app.run_test(size=(60, 12)) as pilot:
        dark = style_of(app, "5")
        app.theme = "dl-light"
        await pilot.pause()
        light = style_of(app, "5")
        assert dark.color != light.color
        assert dark.bgcolor != light.bgcolor


@pytest.mark.parametrize("theme", ["dl-dark", "dl-light"])
async def test_what_is_pending_is_fainter_and_still_readable(theme: str) -> None:
    app = Demo()
    async with app.run_test(size=(60, 12)) as pilot:
        app.theme = theme
        await pilot.pause()
        colors = palette(app)
        faint = style_of(app, "-1").color
        assert faint is not None
        assert faint != colors.weight.rich_color
        assert contrast(Color.from_rich_color(faint), colors.background) >= 3


async def test_ascii_mode_is_ascii() -> None:
    app = Demo()
    app.ascii_mode = True
    async with app.run_test(size=(60, 12)):
        painted = lines(app)
        assert all(line.isascii() for line in painted)
        assert any(" 1 " in line for line in painted)
        assert any("-1" in line for line in painted)


async def test_ascii_mode_can_be_switched_while_the_app_runs() -> None:
    app = Demo()
    async with app.run_test(size=(60, 12)):
        assert not all(line.isascii() for line in lines(app))
        app.ascii_mode = True
        assert all(line.isascii() for line in lines(app))


async def test_numbers_that_look_like_markup_stay_numbers() -> None:
    app = Demo()
    async with app.run_test(size=(60, 12)) as pilot:
        shown = diagram(value="[0.1]")
        app.query_one(Network).diagram = replace(shown)
        await pilot.pause()
        assert any("[0.1]" in line for line in lines(app))
