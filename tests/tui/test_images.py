"""Pictures on the screen: grey in both themes, without colours, how many fit, pointing at one."""

from __future__ import annotations

import numpy as np
import pytest
from rich.segment import Segment
from textual.app import App, ComposeResult

from tui.render.grey import ASCII_SHADES, HALF, SHADES, grey, resized
from tui.theme import ROLES, Palette, _palette
from tui.widgets.images import GAP, Images, ImagesView, Picture, tile

DARK, LIGHT = (_palette(("",) * len(ROLES), paper, "", dark, False) for paper, dark in
               (("#10141b", True), ("#fbf8f1", False)))  # fmt: skip
ANSI = _palette(("",) * len(ROLES), "", "", True, True)

RAMP = np.linspace(0, 1, 12).reshape(4, 3)


def text_of(line: list[Segment]) -> str:
    return "".join(segment.text for segment in line)


def colors(line: list[Segment]) -> list[tuple[int, int]]:
    """Brightness of the upper and the lower half of each cell."""
    found = []
    for segment in line:
        assert segment.style is not None
        pair = [color.get_truecolor().red for color in (segment.style.color, segment.style.bgcolor)
                if color is not None]  # fmt: skip
        found += [(pair[0], pair[1])] * len(segment.text)
    return found


def pictures(count: int, side: int = 28, caption: str = "a 4") -> tuple[Picture, ...]:
    return tuple(Picture(np.full((side, side), at / 100), caption) for at in range(count))


# grey


def test_two_rows_of_pixels_stand_in_one_line() -> None:
    lines = grey(RAMP, DARK, "blocks")
    assert [text_of(line) for line in lines] == [HALF * 3] * 2


def test_ink_is_white_on_black_in_the_dark_and_black_on_white_in_the_light() -> None:
    ends = np.array([[0.0, 1.0], [1.0, 0.0]])
    assert colors(grey(ends, DARK, "blocks")[0]) == [(0, 255), (255, 0)]
    assert colors(grey(ends, LIGHT, "blocks")[0]) == [(255, 0), (0, 255)]


def test_more_ink_is_brighter_in_the_dark() -> None:
    (line,) = grey(np.linspace(0, 1, 9).reshape(1, 9), DARK, "blocks")
    upper = [pair[0] for pair in colors(line)]
    assert upper == sorted(upper)
    assert len(set(upper)) == 9


@pytest.mark.parametrize(
    ("palette", "ink", "shades"),
    [(DARK, "ascii", ASCII_SHADES), (DARK, "shades", SHADES), (ANSI, "blocks", SHADES)],
)
def test_without_colours_the_character_says_how_much_ink_there_is(
    palette: Palette, ink: str, shades: str
) -> None:
    amounts = np.linspace(0, 1, len(shades))
    (line,) = grey(np.array([amounts, amounts]), palette, ink)  # type: ignore[arg-type]
    assert text_of(line) == shades


def test_a_thin_stroke_does_not_vanish_without_colours() -> None:
    (line,) = grey(np.array([[1.0], [0.0]]), DARK, "ascii")
    assert text_of(line) in ASCII_SHADES[-5:]


def test_what_is_no_number_or_too_large_is_drawn_all_the_same() -> None:
    (line,) = grey(np.array([[np.nan, -3.0, 7.0, np.inf]]), DARK, "blocks")
    assert [pair[0] for pair in colors(line)] == [0, 0, 255, 255]


def test_half_the_size_is_the_mean_of_four_pixels() -> None:
    np.testing.assert_allclose(
        resized(np.arange(16.0).reshape(4, 4), 0.5), [[2.5, 4.5], [10.5, 12.5]]
    )
    assert resized(RAMP, 1) is RAMP
    assert resized(RAMP, 2).shape == (8, 6)


# how many fit


@pytest.mark.parametrize(
    ("size", "at_once", "scale", "in_sight"),
    [
        ((76, 18), 1, 1, 2),
        ((62, 15), 2, 1, 2),
        ((62, 14), 2, 0.5, 4),  # a row is missing for the line below
        ((62, 25), 1, 1, 2),
        ((104, 43), 1, 2, 1),
        ((104, 43), 3, 1, 6),
        ((20, 8), 1, 0.5, 1),
        ((9, 3), 1, 2, 0),
    ],
)
def test_pictures_are_as_large_as_so_many_can_be(size, at_once, scale, in_sight) -> None:
    tiling = tile(ImagesView(pictures(8), at_once=at_once, largest=2), size)
    assert tiling.in_sight == in_sight
    assert not in_sight or tiling.scale == scale


# on the screen


class Gallery(App[None]):
    """Pictures, and which one was pointed at last."""

    def __init__(self, view: ImagesView) -> None:
        super().__init__()
        self.shown, self.pointed = view, -1

    def compose(self) -> ComposeResult:
        yield Images(self.shown)

    def on_images_cursor_moved(self, event: Images.CursorMoved) -> None:
        self.pointed = event.index
        images = self.query_one(Images)
        images.view = ImagesView(images.view.pictures, event.index)


async def test_arrow_keys_point_and_the_pictures_turn_over() -> None:
    app = Gallery(ImagesView(pictures(9), cursor=0))
    async with app.run_test(size=(62, 31)) as pilot:
        images = app.query_one(Images)
        images.focus()
        assert images.tiling.in_sight == 4
        await pilot.press("right")
        assert (app.pointed, images.first) == (1, 0)
        await pilot.press("down", "down")
        assert (app.pointed, images.first) == (5, 4)
        await pilot.press("pagedown", "pagedown", "right", "down")
        assert (app.pointed, images.first) == (8, 8)
        await pilot.press(*["up"] * 9)
        assert (app.pointed, images.first) == (0, 0)


async def test_a_click_points_at_the_picture_under_it() -> None:
    app = Gallery(ImagesView(pictures(9), cursor=0))
    async with app.run_test(size=(62, 31)) as pilot:
        await pilot.click(Images, offset=(28 + GAP + 3, 17))
        assert app.pointed == 3


@pytest.mark.parametrize(("size", "count"), [((1, 1), 3), ((28, 15), 0), ((200, 50), 1)])
async def test_any_size_and_any_number_is_painted(size, count) -> None:
    view = ImagesView(pictures(count), cursor=0, empty="nothing to see yet")
    async with Gallery(view).run_test(size=size) as pilot:
        await pilot.press("tab", "right", "down", "left", "pageup")
        lines = pilot.app.screen._compositor.render_strips()
        assert [strip.cell_length for strip in lines] == [size[0]] * size[1]


async def test_weights_are_drawn_with_their_signs_where_there_are_no_colours() -> None:
    app = Gallery(ImagesView([Picture(np.array([[1.0, -1.0]] * 2), signed=True)]))
    app.ascii_mode = True  # type: ignore[attr-defined]
    async with app.run_test(size=(10, 4)) as pilot:
        lines = pilot.app.screen._compositor.render_strips()
        assert lines[0].text.startswith("#=")
