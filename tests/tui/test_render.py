"""Thinning, ANSI runs, ASCII: the small steps between numbers and cells."""

from __future__ import annotations

import unicodedata
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import Monochrome, NoColor

from tui.render.ansi import runs
from tui.render.ascii import AsciiFilter, to_ascii, to_ascii_character
from tui.render.canvas import clipped
from tui.render.filters import fitting_filters
from tui.render.thin import finite, thin

ROOT = Path(__file__).parents[2]
BLACK = Color(0, 0, 0)


# thinning


@given(npst.arrays(np.float64, st.integers(1, 500), elements=st.floats(-1e6, 1e6)))
def test_thinning_keeps_the_extremes_of_every_column(y):
    x = np.arange(y.size, dtype=np.float64)
    columns = 20
    tx, ty = thin(x, y, 0.0, float(max(1, y.size)), columns)
    if y.size <= 2 * columns:
        assert tx.size == y.size
        return
    assert tx.size <= 2 * columns
    assert (np.diff(tx) > 0).all()
    for column in range(columns):
        there = np.floor(x / y.size * columns) == column
        kept = np.floor(tx / y.size * columns) == column
        assert ty[kept].min() == y[there].min()
        assert ty[kept].max() == y[there].max()


def test_thinning_takes_what_is_outside_the_axis_apart():
    x = np.linspace(-1, 2, 3000)
    y = np.where((x < 0) | (x > 1), 100.0, np.sin(x))
    tx, ty = thin(x, y, 0.0, 1.0, 10)
    inside = (tx >= 0) & (tx < 1)
    assert ty[inside].max() < 1
    assert inside.sum() == 20


def test_only_points_that_are_numbers_stay():
    x, y = finite(np.array([1, np.nan, 3, 4.0]), np.array([1, 2, np.inf, 4.0]))
    assert x.tolist() == [1, 4]
    assert y.tolist() == [1, 4]


# clipping

places = st.floats(-3, 4)


@given(st.lists(st.tuples(places, places), min_size=2, max_size=8))
def test_clipped_pieces_are_in_the_square_and_on_the_line(points):
    x, y = np.array([p[0] for p in points]), np.array([p[1] for p in points])
    pieces = clipped(x, y)
    for px, py in pieces:
        assert px.min() >= 0
        assert px.max() <= 1
        assert py.min() >= 0
        assert py.max() <= 1
    # Every part of the line that is inside is kept: sample it finely and look for a near piece.
    for (ax, ay), (bx, by) in pairwise(points):
        for share in np.linspace(0, 1, 21):
            sx, sy = ax + (bx - ax) * share, ay + (by - ay) * share
            if 0.001 < sx < 0.999 and 0.001 < sy < 0.999:
                assert any(_distance(sx, sy, px, py) < 1e-6 for px, py in pieces)


def _distance(x, y, px, py):
    best = np.inf
    for i in range(len(px) - 1):
        dx, dy = px[i + 1] - px[i], py[i + 1] - py[i]
        length = dx * dx + dy * dy
        share = (
            0.0 if length == 0 else np.clip(((x - px[i]) * dx + (y - py[i]) * dy) / length, 0, 1)
        )
        best = min(best, np.hypot(px[i] + share * dx - x, py[i] + share * dy - y))
    return best


# ANSI


def test_runs_of_ansi_text():
    line = "\x1b[0m\x1b[38;5;18m⠤⠤\x1b[0m  \x1b[0m\x1b[38;5;20m\x1b[48;5;15mab\x1b[0m"
    assert runs(line) == [(18, "⠤⠤"), (-1, "  "), (20, "ab")]
    assert runs("plain") == [(-1, "plain")]
    assert runs("") == []


# ASCII


@pytest.mark.parametrize(
    ("text", "ascii_text"),
    [
        ("┌─┬─┐", "+-+-+"),
        ("│ ├─┤ │", "| +-+ |"),
        ("━ ┃ ═ ╌ ┆", "= | = - :"),
        ("╭╮╰╯ \u2571╲\u2573", "++++ /\\X"),
        ("╼╾ ╽╿", "-- ||"),
        ("⠀⠁⠃⣿", " ..*"),
        ("█▀▄", "###"),
        ("2 × 3 − 4", "2 x 3 - 4"),
        ("∂loss → −24", "dloss > -24"),
        ("▸●○✓…", ">*o+."),
        ("é ü Å", "e u A"),
        ("e\u0301", "e"),
        ("漢a", "??a"),
    ],
)
def test_what_signs_become(text, ascii_text):
    assert to_ascii(text) == ascii_text


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=20))
def test_ascii_has_the_width_of_the_text(text):
    plain = "".join(to_ascii_character(character) for character in text)
    assert plain.isascii()
    assert to_ascii(text) == plain
    assert len(plain) == sum(cell_len(character) for character in text)


def test_every_braille_cell_and_box_becomes_one_character():
    for code in [*range(0x2500, 0x25A0), *range(0x2800, 0x2900)]:
        replaced = to_ascii_character(chr(code))
        assert len(replaced) == 1, unicodedata.name(chr(code))
        assert replaced != "?", unicodedata.name(chr(code))


def test_every_sign_the_course_and_the_app_write_has_its_ascii():
    """A `?` here means: give the sign an ASCII character in tui/render/glyphs.py."""
    forgotten: dict[str, str] = {}
    for folder in ("tui", "lessons"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix not in (".py", ".md", ".tcss", ".csv", ".txt"):
                continue
            for character in set(path.read_text(encoding="utf-8")):
                replaced = to_ascii_character(character)
                if not character.isascii() and "?" in replaced:
                    forgotten[f"{character} U+{ord(character):04X}"] = path.name
    assert forgotten == {}


def test_the_filter_keeps_styles_and_leaves_ascii_alone():
    style = Style(bold=True)
    plain, sign = Segment("abc", style), Segment("∂ ┤", style)
    first, second = AsciiFilter().apply([plain, sign], BLACK)
    assert first is plain
    assert second == Segment("d +", style)


def test_the_filter_leaves_control_codes_alone():
    home = Segment("é", None, [(3,)])  # type: ignore[list-item]
    assert AsciiFilter().apply([home], BLACK)[0] is home


# the filters of an app


def test_no_color_in_terminal_colours_does_not_go_through_black():
    (mended,) = fitting_filters([Monochrome()], native_ansi=True, ascii_only=False)
    assert isinstance(mended, NoColor)
    (kept,) = fitting_filters([Monochrome()], native_ansi=False, ascii_only=False)
    assert isinstance(kept, Monochrome)


def test_ascii_comes_last():
    filters = fitting_filters([Monochrome()], native_ansi=False, ascii_only=True)
    assert [type(f) for f in filters] == [Monochrome, AsciiFilter]
