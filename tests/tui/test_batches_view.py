"""What is seen of the batches lab: rows that light up, ways over the map, gradients."""

from __future__ import annotations

import pytest

from lessons.labs.batches.lab import BatchesLab
from tests.tui.driving import NARROW, SIZES, running, size_id
from tui.app import DLTutor
from tui.labs.batches import _figure
from tui.render.contours import contours
from tui.render.strokes import overlay
from tui.theme import palette

LESSON = "stochastic-gradient-descent"
each_size = pytest.mark.parametrize("size", SIZES, ids=size_id)


def text_of(lines) -> list[str]:
    return ["".join(segment.text for segment in line) for line in lines]


@pytest.mark.parametrize("ascii_only", [False, True])
@pytest.mark.parametrize("size", [(30, 14), (37, 9), (76, 9)])
async def test_strokes_keep_the_size_and_the_signs(size, ascii_only):
    app = DLTutor(manual=True)
    async with running(LESSON, page="arrows", keys=("space",) * 4) as driver:
        (drawn,) = driver.lab.snapshot().maps
    figure, strokes = _figure(drawn)
    async with app.run_test():
        colors = palette(app)
        before = contours(figure, size, colors, ascii_only=ascii_only)
        after = overlay(before, figure, size, strokes, colors, ascii_only=ascii_only)
    plain, laid = text_of(before), text_of(after)
    assert [len(line) for line in laid] == [size[0]] * size[1]
    assert plain != laid
    for row, (old, new) in enumerate(zip(plain, laid, strict=True)):
        for one, other in zip(old, new, strict=True):
            assert one == other or (0 < row < size[1] - 2 and (one in " ." or "⠀" <= one <= "⣿"))


@each_size
async def test_the_rows_of_a_batch_light_up(size):
    async with running(LESSON, size, page="batch", keys=("space", "space")) as driver:
        assert "update 2 epoch 1 batch 2" in driver.words
        assert "of 3" not in driver.words
        assert driver.text.count("■") == 4
        assert driver.text.count("▸") >= 4
        await driver.press("b", "b")
        assert "■ used in this epoch" in driver.words


@each_size
async def test_two_ways_lie_side_by_side(size):
    async with running(LESSON, size, page="beside", keys=("space",) * 6) as driver:
        for word in ("batches of 4", "all rows", "6 updates", "2 updates"):
            assert word in driver.words
        assert driver.text.count("●") >= 2


@each_size
async def test_the_batch_stands_beside_all_rows(size):
    async with running(LESSON, size, page="arrows", keys=("space",)) as driver:
        for word in ("the batch", "all 12 rows", "° apart", "∂: by all rows"):
            assert word in driver.words


@each_size
async def test_one_weight_has_its_table(size):
    async with running(LESSON, size, page="part", keys=("space",)) as driver:
        assert driver.words.count("in the batch") == 2
        assert "-32" in driver.text
        assert "∂ ?" in driver.text


@each_size
async def test_no_line_of_the_lab_is_cut(size):
    async with running(LESSON, size) as driver:
        for _ in range(len(driver.lesson.lesson.pages) - 1):
            await driver.press("right", "space", "space")
            assert "…" not in driver.text.partition("\n")[2]


async def test_the_batch_size_is_chosen_in_the_bar():
    async with running(LESSON, NARROW, page="beside", keys=("e", "right")) as driver:
        assert isinstance(driver.lab, BatchesLab)
        assert driver.lab.settings.size == 8
        await driver.press("right", "escape", "space")
        assert driver.lab.settings.size == 0


async def test_ascii_needs_nothing_else():
    async with running(LESSON, page="arrows", ascii=True, keys=("space",) * 3) as driver:
        assert driver.text.isascii()
        assert "'" in driver.text
