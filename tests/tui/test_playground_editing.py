"""The edit bar of the playground: choices typed, and fields that come and go."""

from __future__ import annotations

from tests.tui.driving import NARROW
from tests.tui.test_playground import playing
from tui.widgets.edit import EditBar


async def test_a_size_is_typed_and_one_that_is_not_there_is_refused_with_those_that_are():
    async with playing(size=NARROW) as player:
        bar = player.play.query_one(EditBar)
        player.pane.do("edit", "batch")
        await player.settle()
        await player.write("40")
        assert "40_" in player.text
        await player.press("enter")
        assert bar.field.id == "batch"
        assert "batch size: one of 1, 5, 10, 20, 30, 32, 50, 64, 100, 128." in player.text
        await player.write("128")
        await player.press("down")
        assert player.lab.play.batch_size == 128
        assert bar.field.id == "scaling"


async def test_the_number_of_layers_is_typed_and_their_nodes_come_next():
    async with playing() as player:
        player.pane.do("edit", "layers")
        await player.settle()
        await player.burst("3", "down", "6", "down", "7", "tab")
        assert player.lab.play.hidden == (6, 7, 4)
        assert player.play.query_one(EditBar).field.id == "nodes 3"
