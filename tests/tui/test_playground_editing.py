"""The edit bar of the playground: choices typed, and fields that come and go."""

from __future__ import annotations

import pytest

from lessons.labs.playground.play import Play, usual_for
from lessons.labs.playground.share import decode
from tests.tui.driving import NARROW, WIDE, size_id
from tests.tui.test_playground import playing
from tui.labs.playground_panels import slopes_table
from tui.widgets.cells import Cells, Record
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


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=size_id)
async def test_a_code_is_shown_whole_or_it_is_said_how_to_come_by_it(size):
    async with playing(size=size) as player:
        await player.press("k")
        assert player.app.clipboard in "".join(player.text.split())
        for at in range(60):  # every change of the rate makes the code longer
            player.lab.set("rate", f"{0.01 + at / 977:.4f}")
            player.lab.step()
        await player.press("k")
        code = player.app.clipboard
        assert decode(code).step == player.lab.position
        assert f"The code has {len(code)} characters: O writes it to a file." in player.words
        assert "dl1." not in player.text


async def test_words_that_need_more_rows_than_there_are_end_in_an_ellipsis():
    async with playing(size=NARROW) as player:
        player.pane.refresh_view("A word. " * 60)
        await player.settle()
        assert player.said.endswith("A…")
        assert player.said in player.words
        player.pane.refresh_view("Short again.")
        await player.settle()
        assert player.pane.query_one("#said").size.height == 1


@pytest.mark.parametrize("width", [96, 100, 104, 112, 120, 160])
@pytest.mark.parametrize("shows", ["all", "slopes"])
async def test_the_bars_of_slopes_have_their_scale_and_room_for_the_largest(width, shows):
    async with playing(Play(hidden=(3, 2)), (width, 32), shows=shows) as player:
        table = player.play.query_one("#slopes", Cells)
        columns, _ = slopes_table(player.lab.snapshot())
        records = tuple(Record((name, "", "", share)) for name, share in (("a", "1"), ("b", "0.5")))
        table.show(columns, records)
        await player.settle()
        region = table.region
        if not region.width:  # at 96 columns it has a panel of its own only
            return
        lines = [line[region.x : region.right] for line in player.text.splitlines()]
        head, full, half = lines[region.y : region.y + 3]
        assert "1e-8 to 1" in head
        room = full.count("■")
        assert room >= 9
        assert half.count("■") == round(room / 2)
        assert full.index("■") == head.index("1e-8")


@pytest.mark.parametrize("key", ["+", "-"])
async def test_what_is_said_of_the_pace_stays_while_it_runs(key):
    async with playing() as player:
        await player.press("r", key)
        said = player.said
        assert said.startswith("Runs ")
        player.pane.runner.advance(5)
        player.pane._frame()
        await player.settle()
        assert player.lab.position > 0
        assert player.said == said
        await player.press("r")
        assert player.said != said


async def test_inputs_have_their_whole_names_where_there_is_room():
    async with playing(usual_for("wages"), WIDE, shows="network") as player:
        for name in player.lab.snapshot().names[0][:8]:
            assert f"{name} " in player.text
    deep = usual_for("wages", hidden=(20,) * 6)  # its lines need the room
    async with playing(deep, NARROW, shows="network") as player:
        assert "educat… ●" in player.text
