"""Plots: what is drawn where, without a picture to compare with."""

from __future__ import annotations

import numpy as np
import plotext
import pytest
from textual.app import App, ComposeResult

from tui.render.figure import STYLE_OF_ROLE
from tui.render.picture import picture
from tui.theme import THEMES, palette, role_variables
from tui.widgets.plot import Curve, Figure, Mark, Plot

BRAILLE = range(0x2801, 0x2900)


class PlotApp(App[None]):
    """One plot that fills the screen."""

    def __init__(self, figure: Figure, ascii_mode: bool = False) -> None:
        super().__init__()
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = "dl-dark"
        self.figure = figure
        self.ascii_mode = ascii_mode

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return role_variables(dark=True)

    def compose(self) -> ComposeResult:
        yield Plot(self.figure)


async def drawn(figure: Figure, size=(60, 14), ascii_mode=False) -> list[str]:
    app = PlotApp(figure, ascii_mode)
    async with app.run_test(size=size):
        plot = app.query_one(Plot)
        lines = [plot.render_line(y).text for y in range(size[1])]
    assert [len(line) for line in lines] == [size[0]] * size[1]
    return lines


async def segments_of(figure: Figure, size=(60, 14)):
    """(text, colour) of every run in the canvas lines, and the palette."""
    app = PlotApp(figure)
    async with app.run_test(size=size):
        plot = app.query_one(Plot)
        runs = [
            (segment.text, segment.style.color if segment.style else None)
            for y in range(size[1])
            for segment in plot.render_line(y)
        ]
        return runs, palette(app)


def canvas(lines: list[str]) -> list[str]:
    """What is right of the y axis, top first."""
    return [line[line.index("│" if "│" in line else "┤") + 1 :] for line in lines[1:-2]]


def dots(text: str) -> int:
    return sum((ord(c) - 0x2800).bit_count() for c in text if ord(c) in BRAILLE)


def rows_with_ink(lines: list[str]) -> list[int]:
    return [row for row, line in enumerate(canvas(lines)) if line.strip()]


falling = Curve(np.arange(1, 101), 2 * np.exp(-np.arange(1, 101) / 30), "train", "training")


async def test_the_frame_has_a_name_ticks_a_legend_and_the_name_of_x():
    lines = await drawn(Figure((falling,), x_label="step", y_label="loss"))
    assert lines[0].startswith("loss ")
    assert lines[0].endswith("── training")
    assert lines[-1].rstrip().endswith("step")
    assert lines[-1].split()[:2] == ["0", "20"]
    assert [line.split("┤")[0].strip() for line in lines if "┤" in line] == ["2", "1", "0"]
    assert lines[-2].strip().startswith("└┬")


async def test_a_falling_curve_starts_high_on_the_left_and_ends_low_on_the_right():
    body = canvas(await drawn(Figure((falling,))))
    assert body[0][:4].strip()
    assert not body[0][20:].strip()
    assert body[-1][-4:].strip()


async def test_a_spike_of_one_step_among_thousands_reaches_the_top():
    y = np.full(20_000, 0.1)
    y[13_333] = 1.0
    body = canvas(await drawn(Figure((Curve(np.arange(20_000), y, "train"),))))
    (column,) = [i for i, c in enumerate(body[0]) if c.strip()]
    assert column == pytest.approx(13_333 / 20_000 * len(body[0]), abs=1.5)


async def test_solid_and_dotted_differ_without_colour():
    x = [0.0, 100.0]
    solid = await drawn(Figure((Curve(x, [1, 1], "train", "training"),)))
    dotted = await drawn(Figure((Curve(x, [1, 1], "validation", "validation"),)))
    assert "── training" in solid[0]
    assert "··· validation" in dotted[0]
    assert dots("".join(dotted)) < 0.5 * dots("".join(solid))
    (row,) = rows_with_ink(solid)
    assert " " not in canvas(solid)[row]  # no hole in a solid line


async def test_dots_on_a_line_leave_every_second_cell_to_the_line():
    x = np.arange(0, 101.0)
    both = Figure((Curve(x, x * 0, "validation"), Curve(x, x * 0, "train")))
    runs, colors = await segments_of(both)
    inked = [(color, len(text)) for text, color in runs if dots(text)]
    assert {color for color, _ in inked} == {colors.train.rich_color, colors.validation.rich_color}
    assert {length for _, length in inked} == {1}


async def test_dots_stay_where_they_are_while_a_curve_grows():
    x = np.arange(0, 101.0)
    y = np.linspace(1, 0, x.size)

    async def part(first: int, last: int) -> list[str]:
        curve = Curve(x[first:last], y[first:last], "validation")
        return canvas(await drawn(Figure((curve,), x_range=(0, 100), y_range=(0, 1))))

    whole, later = await part(0, 101), await part(7, 61)
    assert dots("".join(later)) > 10
    for row_whole, row_later in zip(whole, later, strict=True):
        assert all(b in (a, " ") for a, b in zip(row_whole, row_later, strict=True))


async def test_batches_are_single_dots_under_the_line():
    x = np.arange(0, 101, 10)
    lines = await drawn(Figure((Curve(x, x, "batch", "each batch"),)))
    assert lines[0].endswith("∴ each batch")
    assert dots("".join(canvas(lines))) == x.size
    flat = np.ones(x.size)
    runs, colors = await segments_of(Figure((Curve(x, flat, "train"), Curve(x, flat, "batch"))))
    assert {color for text, color in runs if dots(text)} == {colors.train.rich_color}


async def test_a_ghost_is_broken_and_lies_under_the_others():
    x = [0.0, 100.0]
    figure = Figure((Curve(x, [1, 1], "train"), Curve(x, [1, 1], "ghost", "before")))
    runs, colors = await segments_of(figure)
    assert "╌╌ before" in "".join(text for text, _ in runs)
    inked = {color for text, color in runs if dots(text)}
    assert inked == {colors.train.rich_color}


async def test_curves_take_the_colours_of_their_roles():
    curves = (
        Curve([0, 1], [0, 0], "train"),
        Curve([0, 1], [1, 1], "validation"),
        Curve([0, 1], [2, 2], "weight"),
        Curve([0, 1], [3, 3], "slope"),
        Curve([0, 1], [4, 4], "batch"),
    )
    runs, colors = await segments_of(Figure(curves))
    inked = [color for text, color in runs if dots(text)]
    wanted = [colors.ghost, colors.slope, colors.weight, colors.validation, colors.train]
    assert list(dict.fromkeys(inked)) == [color.rich_color for color in wanted]


@pytest.mark.parametrize(
    ("x", "y"),
    [
        ([1], [2.3]),
        ([1, 2, 3], [5, 5, 5]),
        ([1, 1, 1], [1, 2, 3]),
        ([0], [0]),
        ([1, 2, 3], [1, np.nan, 3]),
        ([1, 2, 3, 4], [np.inf, 1, -np.inf, 2]),
        ([1, 2], [1e308, -1e308]),
        ([1, 2], [1e-320, 2e-320]),
        ([-1e300, 1e300], [0, 1]),
        ([1e9, 1e9 + 1], [1, 1 + 1e-14]),
    ],
)
@pytest.mark.parametrize("log_y", [False, True])
@pytest.mark.parametrize("role", ["train", "validation", "ghost", "path"])
async def test_odd_data_is_drawn_in_a_whole_frame(x, y, log_y, role):
    lines = await drawn(Figure((Curve(x, y, role),), log_y=log_y, empty="nothing"))
    text = "\n".join(lines)
    assert "nan" not in text
    assert "inf" not in text
    if not log_y:
        assert "└" in text
        assert any(line.strip() for line in canvas(lines))


async def test_one_epoch_is_one_point_under_which_its_number_stands():
    figure = Figure((Curve([1], [2.3], "train"), Curve([1], [2.9], "validation")), "epoch", "loss")
    lines = await drawn(figure, (40, 14))
    trained = next(line for line in lines if "●" in line)
    validated = next(line for line in lines if "○" in line)
    assert trained.index("●") == validated.index("○") == lines[-1].index("1")
    assert lines[-2][lines[-1].index("1")] == "┬"


async def test_no_data_shows_the_text_for_it_however_narrow():
    figure = Figure((Curve([], [], "train", "training"),), empty="space takes the first step")
    lines = await drawn(figure)
    assert lines[6].strip() == "space takes the first step"
    narrow = await drawn(figure, (16, 6))
    assert " ".join(" ".join(narrow).split()) == "space takes the first step"


async def test_only_what_is_not_a_number_is_no_data():
    lines = await drawn(Figure((Curve([1, 2], [np.nan, np.inf], "train"),), empty="empty"))
    assert any("empty" in line for line in lines)


async def test_the_cursor_stands_at_its_step_and_points_from_the_axis():
    lines = await drawn(Figure((Curve([0, 100], [0, 0], "train"),), cursor=50))
    column = lines[-2].index("▲")
    assert all(line[column] in "┊┆╎│" for line in lines[1:5])
    assert column == pytest.approx(6 + 53 / 2, abs=1)


async def test_a_cursor_beyond_the_data_widens_the_axis():
    lines = await drawn(Figure((Curve([0, 100], [0, 1], "train"),), cursor=150))
    assert "▲" in lines[-2]


async def test_marks_carry_their_text_on_the_side_that_has_room():
    figure = Figure(
        (Curve([0, 10], [0, 10], "curve"),),
        marks=(Mark(0, 0, "start"), Mark(10, 10, "end"), Mark(5, 5)),
    )
    body = "\n".join(canvas(await drawn(figure)))
    assert "● start" in body
    assert "end ●" in body
    assert body.count("●") == 3


async def test_a_text_leaves_the_row_of_its_point_rather_than_cover_a_curve():
    """As in a valley: beside its lowest point the curve goes on to both sides."""
    x = np.linspace(-1, 1, 200)
    valley = Curve(x, x**4, "curve")
    lines = canvas(await drawn(Figure((valley,), marks=(Mark(0, 0, "here"),))))
    assert "●" in lines[-1]
    assert "here" in lines[-2]
    assert dots(lines[-1]) >= dots(canvas(await drawn(Figure((valley,))))[-1]) - 8


async def test_of_marks_in_one_cell_the_last_keeps_its_text():
    marks = tuple(Mark(5 + i / 1000, 5, f"step {i}") for i in range(4))
    body = "\n".join(canvas(await drawn(Figure((Curve([0, 10], [0, 10]),), marks=marks))))
    assert "step 3" in body
    assert body.count("step") == 1


async def test_a_range_cuts_a_curve_that_leaves_it():
    y = np.array([0, 10, -1e30, 1e30, 5, 5])
    figure = Figure((Curve(np.arange(6), y, "train"),), y_range=(0, 20), x_range=(0, 5))
    lines = await drawn(figure)
    assert [line.split("┤")[0].strip() for line in lines if "┤" in line] == ["20", "10", "0"]
    assert len(rows_with_ink(lines)) == 11


async def test_powers_of_ten_on_a_logarithmic_axis():
    figure = Figure((Curve([1, 2, 3, 4], [1, 0, 1e3, 1e6], "train"),), log_y=True)
    lines = await drawn(figure)
    assert [line.split("┤")[0].strip() for line in lines if "┤" in line] == [
        "1e6",
        "1e4",
        "100",
        "1",
    ]


async def test_ascii_mode_draws_without_braille_and_keeps_the_roles_apart():
    curves = (
        Curve([0, 9], [0, 0], "train", "training"),
        Curve([0, 9], [1, 1], "validation", "validation"),
    )
    lines = await drawn(Figure(curves), ascii_mode=True)
    body = "\n".join(canvas(lines))
    assert "** training" in lines[0]
    assert ".. validation" in lines[0]
    assert "*" * 40 in body
    assert "." * 40 in body
    assert dots(body) == 0


async def test_a_frame_is_drawn_once_and_again_only_for_new_data_sizes_and_themes(monkeypatch):
    count = 0

    def counted(*args, **kwargs):
        nonlocal count
        count += 1
        return picture(*args, **kwargs)

    monkeypatch.setattr("tui.widgets.plot.picture", counted)
    app = PlotApp(Figure((falling,)))
    async with app.run_test(size=(60, 14)) as pilot:
        plot = app.query_one(Plot)
        await pilot.pause()
        count = 0
        for y in range(14):
            plot.render_line(y)
        assert count == 0
        plot.figure = Figure((falling,), y_label="loss")
        await pilot.pause()
        assert count == 1
        await pilot.resize_terminal(50, 12)
        await pilot.pause()
        assert count == 2
        assert plot.render_line(0).cell_length == 50
        app.theme = "dl-light"
        await pilot.pause()
        await pilot.pause()
        light = palette(app)
        assert count >= 3
        segments = [s for y in range(12) for s in plot.render_line(y) if s.style is not None]
        inked = {s.style.color for s in segments if s.style and dots(s.text)}
        assert inked == {light.train.rich_color}
        grounds = {s.style.bgcolor for s in segments if s.style}
        assert grounds == {light.background.rich_color}


async def test_the_axis_does_not_move_sideways_when_labels_get_shorter():
    app = PlotApp(Figure((Curve([0, 1], [0.001, 0.0025]),)))
    async with app.run_test(size=(60, 14)) as pilot:
        plot = app.query_one(Plot)
        before = plot.render_line(12).text.index("└")
        plot.figure = Figure((Curve([0, 1], [0, 2]),))
        await pilot.pause()
        assert plot.render_line(12).text.index("└") == before


@pytest.mark.parametrize("size", [(1, 1), (10, 3), (14, 4), (20, 5), (200, 50)])
async def test_every_size_is_filled(size):
    figure = Figure((falling,), "step", "loss", cursor=3, marks=(Mark(50, 1, "here"),))
    await drawn(figure, size)


async def test_a_long_legend_is_shortened_and_never_loses_a_sign():
    curves = tuple(Curve([0, 1], [i, i], "train", "a very long name") for i in range(3))
    (legend, *_) = await drawn(Figure(curves, y_label="loss"), (48, 10))
    assert legend.count("──") == 3
    assert legend.count("…") == 3


def test_a_curve_says_what_is_wrong_with_it():
    with pytest.raises(ValueError, match="one y for each x, but 'loss' has 2 x and 1 y"):
        Curve([1, 2], [1], label="loss")
    with pytest.raises(ValueError, match="no role 'training' for a curve; there are train,"):
        Curve([1], [1], role="training")
    with pytest.raises(ValueError, match="no style 'dotted' for a curve; there are line, dots"):
        Curve([1], [1], style="dotted")  # type: ignore[arg-type]


# cost


async def test_of_curves_of_2000_points_plotext_gets_a_few_for_each_column(monkeypatch):
    """It takes about 10 µs for each: a frame has no time for all of them."""
    given: list[int] = []
    signal = type(plotext.figure).signal

    def counted(figure, x, y, **how):
        given.append(len(x))
        return signal(figure, x, y, **how)

    monkeypatch.setattr(type(plotext.figure), "signal", counted)
    x = np.arange(2000.0)
    noise = np.random.default_rng(0).normal(1, 0.1, 2000)
    figure = Figure((Curve(x, noise, "train"), Curve(x, noise + 0.5, "validation")), cursor=900)
    app = PlotApp(figure)
    async with app.run_test(size=(60, 14)):
        given.clear()
        picture(figure, (60, 14), palette(app))
    assert 2 <= len(given) <= 3
    assert all(count <= 4 * 60 for count in given[:1])
    assert sum(given) < 1000


def test_the_slope_beside_a_loss_differs_from_it_without_colours_too() -> None:
    assert STYLE_OF_ROLE["slope"] != STYLE_OF_ROLE["curve"]
