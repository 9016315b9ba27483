"""The playground on the screen: nothing is lost by leaving it, and what its panels say."""

from __future__ import annotations

import pytest

from lessons.labs.playground.play import Play, usual_for
from tests.tui.driving import NARROW, WIDE, size_id
from tests.tui.test_playground import playing
from tui.screens.contents import ContentsScreen
from tui.screens.gallery import GalleryPanel
from tui.screens.playground import PlaygroundScreen

SIZES = pytest.mark.parametrize("size", [NARROW, WIDE], ids=size_id)
RUNNING = Play(data="spiral", hidden=(6, 6), optimizer="adam", rate=0.02)


async def test_left_by_one_escape_too_many_it_is_there_again_with_its_undo() -> None:
    async with playing(RUNNING) as player:
        await player.press("r")
        await player.run(60)
        await player.press("r", "m", "u")
        lab, position = player.lab, player.lab.position
        assert position > 50
        await player.press("escape")
        assert isinstance(player.app.screen, ContentsScreen)
        await player.press("P")
        assert isinstance(player.app.screen, PlaygroundScreen)
        assert (player.lab, player.lab.position) == (lab, position)
        assert "As you left it" in player.said
        await player.press("space")
        assert player.lab.position == position + 1


async def test_a_scene_of_the_gallery_can_be_undone() -> None:
    async with playing(RUNNING) as player:
        await player.press("space", "space", "G")
        assert isinstance(player.app.screen, GalleryPanel)
        await player.press("enter")
        assert player.lab.play.data == "circle"
        assert "u brings back" in player.said
        await player.press("u")
        assert (player.lab.play.data, player.lab.position) == ("spiral", 2)


async def test_an_untouched_scene_of_the_gallery_says_what_to_do() -> None:
    async with playing(RUNNING) as player:
        await player.press("G", "enter")
        assert "h says what there is to be found" in player.said


@SIZES
async def test_curves_show_the_accuracy_too_where_classes_are_told_apart(size) -> None:
    async with playing(RUNNING, size, shows="curves") as player:
        await player.press("r")
        await player.run(60)
        await player.press("r")
        losses, accuracies = (player.play.query_one(name) for name in ("#curves", "#accuracies"))
        assert losses.size.height >= 4
        assert accuracies.size.height >= 4
        assert "accuracy" in player.text


@SIZES
async def test_a_height_has_no_accuracy_and_no_classes(size) -> None:
    async with playing(usual_for("hills"), size, shows="curves") as player:
        assert not player.play.query_one("#accuracies").display
        await player.press("w", "w", "w")  # slopes, results, all or the network alone
        await player.press(*["w"] * (player.lab.shows == "all"))
        assert player.lab.shows == "network"
        assert "class 1" not in player.text
        assert "above 0" in player.text


async def test_points_in_reverse_are_explained() -> None:
    async with playing(RUNNING, shows="network") as player:
        assert "● ○ wrong" in player.text


@pytest.mark.parametrize(
    ("play", "words"),
    [(RUNNING, "all 90 rows held out"), (usual_for("hills"), "all 90 rows held out"),
     (usual_for("shots"), "the first 2,000 of the 38,421 rows held out")],
)  # fmt: skip
async def test_results_say_which_rows_they_are_of(play: Play, words: str) -> None:
    async with playing(play, shows="results") as player:
        await player.press("space")
        assert words in player.text


async def test_shift_b_goes_to_the_best_epoch_and_the_curve_shows_where() -> None:
    async with playing(RUNNING) as player:
        await player.press("B")
        assert "No epoch is finished yet" in player.said
        await player.press("r")
        await player.run(90)
        await player.press("r", "B")
        assert "the lowest test loss so far" in player.said
        best = player.lab.run.best()
        assert best is not None
        assert player.lab.position == best[0]
