"""Sheets of cells, and the widgets that paint all of their lines together."""

from __future__ import annotations

import numpy as np
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual._ansi_theme import DEFAULT_TERMINAL_THEME
from textual.app import App, ComposeResult
from textual.color import Color
from textual.filter import ANSIToTruecolor, LineFilter
from textual.geometry import Region
from textual.strip import Strip

from tui.render.cell_grid import CellGrid
from tui.widgets.painted import Painted
from tui.widgets.texts import Texts

PAPER = Style(color="white", bgcolor="black")
RED = Style(color="red")


def written(strips: list[Strip]) -> list[str]:
    return [strip.text for strip in strips]


# a sheet of cells


def test_texts_stand_where_they_are_put_the_last_one_on_top():
    grid = CellGrid(8, 2, PAPER)
    grid.put(1, 0, "weights", RED)
    grid.put(3, 0, "--")
    grid.put(7, 0, "!", RED)
    grid.put_line(0, 1, [Segment("ab", RED), Segment("cd")])
    assert written(grid.strips()) == [" we--ht!", "abcd    "]


def test_what_falls_outside_is_left_out():
    grid = CellGrid(4, 2, PAPER)
    grid.put(-2, 0, "abcdefgh")
    grid.put(3, 1, "xyz")
    grid.put(9, 1, "far")
    grid.put(-9, 1, "far")
    grid.put(0, 2, "low")
    grid.put(0, -1, "high")
    assert written(grid.strips()) == ["cdef", "   x"]


def test_neighbours_of_one_style_become_one_segment_on_the_ground_of_the_sheet():
    grid = CellGrid(6, 1, PAPER)
    grid.put(0, 0, "ab", RED)
    grid.put(2, 0, "c", RED)
    grid.put(4, 0, "d", Style(bold=True))
    (strip,) = grid.strips()
    assert [(segment.text, segment.style) for segment in strip] == [
        ("abc", PAPER + RED),
        (" ", PAPER),
        ("d", PAPER + Style(bold=True)),
        (" ", PAPER),
    ]


def test_a_picture_has_the_styles_that_its_numbers_say_and_leaves_out_what_is_not_there():
    grid, bold = CellGrid(4, 2, PAPER), Style(bold=True)
    signs, numbers = np.array([["a", "b"], ["c", "d"]]), np.array([[0, 1], [1, 1]])
    grid.put(0, 1, "----")
    grid.put_cells(1, 0, signs, numbers, (RED, bold), np.array([[True, True], [False, True]]))
    first, second = grid.strips()
    assert written([first, second]) == [" ab ", "--d-"]
    assert [(segment.text, segment.style) for segment in first] == [
        (" ", PAPER),
        ("a", PAPER + RED),
        ("b", PAPER + bold),
        (" ", PAPER),
    ]
    assert [segment.style for segment in second] == [PAPER, PAPER + bold, PAPER]


def test_a_sheet_is_used_again_and_a_line_that_stays_the_same_is_the_same_strip():
    grid = CellGrid(4, 2, PAPER)
    grid.put(0, 0, "up", RED)
    grid.put(0, 1, "low", RED)
    up, _ = grid.strips()
    grid.clear()
    grid.put(0, 0, "up", RED)
    grid.put(0, 1, "low", Style(bold=True))
    again, low = grid.strips()
    assert again is up
    assert [(segment.text, segment.style) for segment in low] == [
        ("low", PAPER + Style(bold=True)),
        (" ", PAPER),
    ]


def test_a_sheet_knows_whether_a_colour_is_left_to_the_terminal():
    true, red = Style(color="#ffffff", bgcolor="#000000"), Style(color="#ff0000")
    for style, known in ((red, True), (RED, False), (Style(dim=True), False)):
        grid = CellGrid(4, 1, true)
        grid.put(0, 0, "ab", style)
        grid.strips()
        assert grid.true_colors is known
    assert not CellGrid(4, 1, PAPER).true_colors


def test_a_sheet_without_room_has_no_lines():
    assert CellGrid(5, 0, PAPER).strips() == []
    assert written(CellGrid(0, 2, PAPER).strips()) == ["", ""]


# painted widgets


class Sketch(Painted):
    """Writes its own size into its first lines, and counts how often."""

    DEFAULT_CSS = "Sketch { width: 1fr; height: 1fr; }"
    count = 0
    words = ""

    def _paint(self) -> list[Strip]:
        self.count += 1
        width, height = self.size
        words = (self.words or f"{width} x {height}").ljust(width)
        return [Strip([Segment(words, self.rich_style)])] * 2


class Upper(LineFilter):
    """Makes letters large."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        return [Segment(text.upper(), style) for text, style, _ in segments]


class SketchApp(App[None]):
    """One sketch on the whole screen."""

    CSS = "Sketch.framed { border: solid red; padding: 0 1; }"

    def compose(self) -> ComposeResult:
        yield Sketch()

    @property
    def lines(self) -> list[str]:
        return [strip.text for strip in self.screen._compositor.render_strips()]


async def test_lines_are_painted_together_and_missing_ones_are_blank():
    app = SketchApp()
    async with app.run_test(size=(12, 4)):
        sketch = app.query_one(Sketch)
        assert app.lines == ["12 x 4      ", "12 x 4      ", " " * 12, " " * 12]
        assert [sketch.render_line(y).text for y in range(4)] == app.lines
        assert sketch.count == 1


async def test_a_new_size_is_painted_once_again():
    app = SketchApp()
    async with app.run_test(size=(12, 4)) as pilot:
        sketch = app.query_one(Sketch)
        await pilot.resize_terminal(10, 3)
        await pilot.pause()
        assert app.lines == ["10 x 3    ", "10 x 3    ", " " * 10]
        assert sketch.count == 2


async def test_a_border_and_padding_stand_around_what_is_painted():
    app = SketchApp()
    async with app.run_test(size=(14, 5)) as pilot:
        app.query_one(Sketch).add_class("framed")
        await pilot.pause()
        assert app.lines[1] == "│ 10 x 3     │"
        assert app.lines[0][0] == "┌"


async def test_half_covered_it_shows_the_part_that_is_seen():
    app = SketchApp()
    async with app.run_test(size=(12, 4)):
        sketch = app.query_one(Sketch)
        (line,) = sketch.render_lines(sketch.size.region.shrink((0, 4, 3, 2)))
        assert line.text == " x 4  "


async def test_painted_lines_go_through_the_filters_of_the_app():
    app = SketchApp()
    async with app.run_test(size=(12, 4)):
        app.get_line_filters = lambda: [Upper()]  # type: ignore[method-assign]
        assert app.lines[0] == "12 X 4      "


async def test_of_what_is_painted_anew_only_lines_that_look_different_are_sent():
    app = SketchApp()
    async with app.run_test(size=(12, 4)):
        sketch = app.query_one(Sketch)
        assert app.lines[0] == "12 x 4      "  # painted
        sketch._exchange_repaint_regions()
        sketch._repaint()
        assert sketch._exchange_repaint_regions() == set()
        assert sketch.count == 2
        sketch.words = "other"
        sketch._repaint()
        sketch._repaint()
        assert app.lines[1][:5] == "other"  # asked for before its turn has come
        sketch._repaint()
        assert sketch._exchange_repaint_regions() == {Region(0, y, 12, 1) for y in (0, 1)}
        sketch._repaint()
        sketch.refresh()
        sketch._repaint()
        assert sketch._exchange_repaint_regions() == {sketch.size.region}


async def test_what_was_drawn_behind_a_panel_is_sent_again_when_it_changes_back():
    app = SketchApp()
    async with app.run_test(size=(12, 4)) as pilot:
        sketch = app.query_one(Sketch)
        assert app.lines[0] == "12 x 4      "
        sketch._exchange_repaint_regions()
        sketch.words = "behind"
        sketch._repaint()
        assert app.lines[0][:6] == "behind"  # with the whole screen: nobody asks which lines
        sketch.words = ""
        sketch._repaint()
        assert sketch._exchange_repaint_regions() == {Region(0, y, 12, 1) for y in (0, 1)}
        for height in (6, 3):
            sketch.words = f"{height} lines"
            sketch._repaint()
            await pilot.resize_terminal(12, height)
            sketch._repaint()
            await pilot.pause()
            assert app.lines[0][:7] == f"{height} lines"


async def test_lines_in_true_colours_go_through_all_filters_but_the_one_that_makes_them():
    app = SketchApp()
    async with app.run_test(size=(12, 4)):
        sketch = app.query_one(Sketch)
        filters = [ANSIToTruecolor(DEFAULT_TERMINAL_THEME), Upper()]
        app.get_line_filters = lambda: filters  # type: ignore[method-assign]
        slow = [list(line) for line in sketch.render_lines(sketch.size.region)]
        sketch.true_colors = True
        assert [list(line) for line in sketch.render_lines(sketch.size.region)] == slow
        assert app.lines[0] == "12 X 4      "


# texts


class TextsApp(App[None]):
    """Two lines of words."""

    CSS = "Texts { height: 2; }"

    def compose(self) -> ComposeResult:
        yield Texts()


async def test_what_is_too_wide_ends_in_an_ellipsis():
    app = TextsApp()
    async with app.run_test(size=(10, 3)) as pilot:
        texts = app.query_one(Texts)
        texts.show(Text.assemble(("training ", "red"), ("0.25\n", "bold"), "epoch 3\nnever seen"))
        await pilot.pause()
        assert [texts.render_line(y).text for y in range(2)] == ["training …", "epoch 3   "]


async def test_the_same_words_are_not_painted_again():
    app = TextsApp()
    async with app.run_test(size=(10, 3)) as pilot:
        texts = app.query_one(Texts)
        texts.show(Text("epoch 1"))
        await pilot.pause()
        painted = texts._strips
        texts.show(Text("epoch 1"))
        assert texts._strips is painted
        texts.show(Text("epoch 1", "red"))
        assert texts._strips is None
