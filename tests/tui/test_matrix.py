"""The weight table: what stands in which cell, and how the cursor moves over it."""

from __future__ import annotations

import statistics
import time

import numpy as np
import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.events import MouseScrollDown

from tui.render.columns import scale_for
from tui.render.table import paint
from tui.theme import THEMES, Palette, palette, role_variables
from tui.widgets.matrix import Matrix, MatrixView

SIZE = (60, 14)


class MatrixApp(App[None]):
    """One table that fills the screen and has the focus."""

    def __init__(self, view: MatrixView) -> None:
        super().__init__()
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = "dl-dark"
        self.view = view
        self.moves: list[tuple[int, int]] = []
        self.wheels = 0

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return role_variables(dark=True)

    def compose(self) -> ComposeResult:
        yield Matrix(self.view)

    def on_mount(self) -> None:
        self.query_one(Matrix).focus()

    def on_mouse_scroll_down(self) -> None:
        self.wheels += 1

    def on_matrix_cursor_moved(self, event: Matrix.CursorMoved) -> None:
        assert event.control is self.query_one(Matrix)
        self.moves.append((event.row, event.column))


def weights(rows=100, columns=100, **more) -> MatrixView:
    values = np.random.default_rng(0).normal(0, 0.3, (rows, columns)).astype(np.float32)
    names = {"row_names": lambda i: f"input {i}", "column_names": lambda j: f"node {j}"}
    return MatrixView(values, **{**names, "title": "weights", **more})


def small(**more) -> MatrixView:
    return MatrixView(np.array([[1.0, -0.5], [0.0, 0.25]]), **more)


def text_of(matrix: Matrix) -> list[str]:
    return [matrix.render_line(y).text for y in range(matrix.size.height)]


async def drawn(view: MatrixView, size=SIZE) -> list[str]:
    app = MatrixApp(view)
    async with app.run_test(size=size):
        lines = text_of(app.query_one(Matrix))
    assert [cell_len(line) for line in lines] == [size[0]] * size[1]
    return lines


def reversed_texts(matrix: Matrix) -> list[str]:
    return [
        segment.text
        for y in range(matrix.size.height)
        for segment in matrix.render_line(y)
        if segment.style and segment.style.reverse
    ]


async def test_every_number_stands_under_its_column_and_beside_its_row():
    lines = await drawn(small(row_names=["age", "bias"], column_names=["n0", "n1"], title="W"))
    assert lines[0].rstrip() == "W"
    assert lines[1].split() == ["n0", "n1"]
    assert lines[2].split() == ["age", "1.0000", "-0.5000"]
    assert lines[3].split() == ["bias", "0.0000", "0.2500"]
    assert lines[4].strip() == ""


async def test_points_are_aligned_and_headers_end_where_numbers_end():
    view = MatrixView(np.array([[1.5, -12.25], [-3.125, 0.001]]))
    lines = await drawn(view)
    points = {tuple(i for i, c in enumerate(line) if c == ".") for line in lines[2:4]}
    assert len(points) == 1
    for column in "01":
        end = lines[1].index(column)
        assert lines[2][end].isdigit()
        assert lines[2][end + 1] in " "


async def test_a_large_table_says_what_is_out_of_sight():
    lines = await drawn(weights(), (80, 24))
    assert lines[0].startswith("weights ")
    assert lines[0].endswith("rows 0–21 of 100 · columns 0–8 of 100")
    assert (await drawn(weights(9, 100)))[0].endswith("columns 0–5 of 100")
    assert (await drawn(weights(100, 2)))[0].endswith("rows 0–11 of 100")
    assert (await drawn(small(title="W")))[0].strip() == "W"


async def test_a_title_gives_way_to_what_is_out_of_sight():
    lines = await drawn(weights(title="weights of layer 1: 100 × 100"), (40, 10))
    assert lines[0].endswith("row 0–7/100 col 0–3/100")
    assert "…" in lines[0]


async def test_headers_stay_while_the_cursor_goes_to_the_far_corner():
    app = MatrixApp(weights())
    async with app.run_test(size=SIZE) as pilot:
        matrix = app.query_one(Matrix)
        matrix.cursor = (99, 99)
        await pilot.pause()
        lines = text_of(matrix)
        assert lines[1].split()[-2:] == ["node", "99"]
        assert lines[-1].startswith("input 99")
        value = matrix.view.values[99, 99]
        (here,) = reversed_texts(matrix)
        assert float(here) == pytest.approx(value, abs=5e-5)
        assert "of 100" in lines[0] or "/100" in lines[0]
        assert app.moves == [(99, 99)]


async def test_keys_move_the_cursor():
    app = MatrixApp(weights())
    async with app.run_test(size=SIZE) as pilot:
        matrix = app.query_one(Matrix)
        rows = matrix.window.rows
        assert rows == 12
        steps = [
            ("right", (0, 1)), ("down", (1, 1)), ("left", (1, 0)), ("left", (1, 0)),
            ("up", (0, 0)), ("up", (0, 0)), ("pagedown", (rows, 0)), ("pagedown", (2 * rows, 0)),
            ("pageup", (rows, 0)), ("end", (rows, 99)), ("end", (99, 99)), ("pagedown", (99, 99)),
            ("home", (99, 0)), ("home", (0, 0)),
        ]  # fmt: skip
        for key, cell in steps:
            await pilot.press(key)
            assert matrix.cursor == cell, key
            assert len(reversed_texts(matrix)) == 1, key
        # A key that could not move the cursor said nothing.
        moved = [
            cell for (_, cell), (_, last) in zip(steps[1:], steps, strict=False) if cell != last
        ]
        assert app.moves == [(0, 1), *moved]


def test_every_binding_has_a_name_a_tooltip_and_a_description():
    ids = set()
    for binding in Matrix.BINDINGS:
        assert isinstance(binding, Binding)
        assert binding.id
        assert binding.tooltip
        assert binding.description
        ids.add(binding.id)
    assert len(ids) == len(Matrix.BINDINGS) == 8


async def test_the_cursor_cell_is_reversed_and_its_names_stand_out():
    app = MatrixApp(small(row_names=["a", "b"], column_names=["c", "d"]))
    async with app.run_test(size=SIZE) as pilot:
        matrix = app.query_one(Matrix)
        await pilot.press("down", "right")
        assert [text.strip() for text in reversed_texts(matrix)] == ["0.2500"]
        bold = [
            s.text.strip()
            for y in (1, 2, 3)
            for s in matrix.render_line(y)
            if s.style and s.style.bold
        ]
        assert "d" in bold
        assert "c" not in bold
        assert "b" in bold
        assert "a" not in bold
        app.set_focus(None)
        await pilot.pause()
        assert [text.strip() for text in reversed_texts(matrix)] == ["0.2500"]


async def test_a_click_puts_the_cursor_on_a_cell_and_the_wheel_only_scrolls():
    app = MatrixApp(weights())
    async with app.run_test(size=SIZE) as pilot:
        matrix = app.query_one(Matrix)
        window = matrix.window
        at = window.name_width + 2 * window.cell_width + 3
        await pilot.click(Matrix, offset=(at, 2 + 4))
        assert matrix.cursor == (4, 2)
        await pilot.click(Matrix, offset=(1, 0))  # the title is no cell
        assert matrix.cursor == (4, 2)
        await pilot._post_mouse_events([MouseScrollDown], Matrix, offset=(5, 5))
        await pilot.pause()
        assert matrix.window.top == 2
        assert matrix.cursor == (4, 2)
        assert app.wheels == 0
        matrix.cursor = (99, 2)
        await pilot._post_mouse_events([MouseScrollDown], Matrix, offset=(5, 5))
        await pilot.pause()
        assert app.wheels == 1  # at its end the table leaves the wheel to what is around it


async def test_a_smaller_table_takes_the_cursor_along():
    app = MatrixApp(weights())
    async with app.run_test(size=SIZE) as pilot:
        matrix = app.query_one(Matrix)
        matrix.cursor = (90, 90)
        matrix.view = weights(3, 5)
        await pilot.pause()
        assert matrix.cursor == (2, 4)
        assert len(reversed_texts(matrix)) == 1
        matrix.view = weights(100, 100)
        await pilot.pause()
        assert matrix.cursor == (2, 4)


async def test_an_empty_table_takes_every_key():
    app = MatrixApp(MatrixView(np.zeros((0, 3)), title="nothing"))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("down", "right", "end", "home", "pagedown")
        assert app.query_one(Matrix).cursor == (0, 0)
        assert text_of(app.query_one(Matrix))[0].startswith("nothing")


async def test_changed_numbers_carry_a_mark_close_to_them():
    changed = np.array([[True, True], [False, False]])
    lines = await drawn(small(changed=changed))
    assert lines[2].rstrip().endswith(" ▸1.0000▸-0.5000")
    assert "▸" not in lines[3]
    assert lines[2].index(".") == lines[3].index(".")


async def test_slopes_have_their_sign_and_so_have_changes():
    slopes = await drawn(small(kind="slope", title="slopes"))
    assert slopes[0].startswith("∂ slopes")
    assert slopes[2].split() == ["0", "+1.0000", "-0.5000"]
    assert slopes[3].split() == ["1", "0.0000", "+0.2500"]
    changes = await drawn(small(kind="change", title="last change"))
    assert changes[2].split() == ["0", "+1.0000", "-0.5000"]


async def test_tiny_numbers_name_their_power_of_ten_in_the_corner():
    lines = await drawn(MatrixView(np.array([[2e-6, -1.5e-7]]), kind="slope"))
    assert lines[1].startswith("×1e-6")
    assert lines[2].split() == ["0", "+2.0000", "-0.1500"]


async def test_what_is_not_a_number_is_shown_as_that():
    lines = await drawn(MatrixView(np.array([[np.nan, np.inf, -np.inf, 0.5]])))
    assert lines[2].split() == ["0", "nan", "inf", "-inf", "0.5000"]


async def test_colours_follow_sign_and_size():
    app = MatrixApp(MatrixView(np.array([[1.0, -1.0, 0.0]])))
    async with app.run_test(size=SIZE) as pilot:
        matrix = app.query_one(Matrix)
        app.set_focus(None)
        matrix.view = MatrixView(np.array([[0.5, 0.5, 0.5], [1.0, -1.0, 0.0]]))
        await pilot.pause()
        colors = palette(app)
        found = [s.style.color for s in matrix.render_line(3) if s.style and "." in s.text]
        wanted = [colors.positive, colors.negative, colors.dim]
        assert found == [color.rich_color for color in wanted]


async def test_the_point_stays_when_numbers_grow_a_little_and_the_table_never_widens():
    app = MatrixApp(MatrixView(np.full((1, 3), 9.8), title="w"))
    async with app.run_test(size=SIZE) as pilot:
        matrix = app.query_one(Matrix)
        widths = set()
        for largest in (9.8, 10.1, 9.9, 123.4, 5e-5, 3e7):
            matrix.view = MatrixView(np.full((1, 3), largest), title="w")
            await pilot.pause()
            widths.add((matrix.window.cell_width, matrix.window.name_width))
        assert len(widths) == 1


async def test_the_theme_repaints_the_table():
    app = MatrixApp(weights())
    async with app.run_test(size=SIZE) as pilot:
        matrix = app.query_one(Matrix)
        app.theme = "dl-light"
        await pilot.pause()
        await pilot.pause()
        grounds = {s.style.bgcolor for y in range(14) for s in matrix.render_line(y) if s.style}
        assert grounds == {palette(app).background.rich_color}


@pytest.mark.parametrize("size", [(1, 1), (5, 2), (8, 3), (200, 60)])
async def test_every_size_is_filled(size):
    await drawn(weights(), size)


async def test_resizing_keeps_the_cursor_in_sight():
    app = MatrixApp(weights())
    async with app.run_test(size=(80, 40)) as pilot:
        matrix = app.query_one(Matrix)
        matrix.cursor = (30, 7)
        await pilot.resize_terminal(40, 10)
        await pilot.pause()
        assert len(reversed_texts(matrix)) == 1


async def test_a_repaint_of_40_by_10_numbers_costs_a_few_milliseconds():
    view = weights()
    app = MatrixApp(view)
    async with app.run_test(size=(96, 42)):
        matrix, colors = app.query_one(Matrix), palette(app)
        window = matrix.window
        assert (window.rows, window.columns) == (40, 11)
        costs = [_cost(view, matrix, colors) for _ in range(20)]
    # 1.3 ms where this was written.
    assert statistics.median(costs) < 0.006


def _cost(view: MatrixView, matrix: Matrix, colors: Palette) -> float:
    scale = scale_for(view.largest)
    start = time.process_time()
    paint(view, matrix.window, scale, colors, 96, (0, 0), True)
    return time.process_time() - start
