"""The playground on the screen: panels, keys, gallery, codes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from lessons.labs.playground.gallery import GALLERY
from lessons.labs.playground.lab import PlaygroundLab, PlayScene
from lessons.labs.playground.moving import ARRIVED
from lessons.labs.playground.play import Play, usual_for
from lessons.labs.playground.share import Shared, decode, encode
from lessons.labs.playground.state import PANELS
from tests.tui.driving import NARROW, WIDE, Driver, size_id, static_text
from tui.app import DLTutor
from tui.labs.pane import LabPane
from tui.screens.contents import ContentsScreen
from tui.screens.enter_code import EnterCode
from tui.screens.gallery import GalleryPanel
from tui.screens.playground import PlaygroundScreen
from tui.widgets.edit import EditBar
from tui.widgets.play_net import PlayNet

SIZES = pytest.mark.parametrize("size", [NARROW, WIDE, (200, 50)], ids=size_id)


class Player(Driver):
    """An app with the playground open."""

    @property
    def pane(self) -> LabPane:
        return self.play.pane

    @property
    def play(self) -> PlaygroundScreen:
        """The playground, in front or behind a panel."""
        return next(one for one in self.app.screen_stack if isinstance(one, PlaygroundScreen))

    @property
    def lab(self) -> PlaygroundLab:
        return self.play.playground

    @property
    def said(self) -> str:
        return str(self.play.query_one("#said").render())


@asynccontextmanager
async def playing(
    play: Play | None = None, size: tuple[int, int] = WIDE, **scene: Any
) -> AsyncIterator[Player]:
    opened = PlayScene(shared=scene.pop("shared", Shared(play or Play())), **scene)
    app = DLTutor(manual=True, play=opened)
    async with app.run_test(size=size, notifications=True) as pilot:
        player = Player(app, pilot)
        await player.settle()
        yield player


@SIZES
@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.parametrize("data", ["circle", "hills", "titanic", "digits"])
async def test_every_panel_says_where_it_stands_at_every_size(data, panel, size):
    async with playing(usual_for(data), size, shows=panel) as player:
        await player.press("space", "space")
        assert data in player.text
        assert "step 2" in player.text
        assert all(len(line) == size[0] for line in player.text.splitlines())


async def test_space_b_r_and_the_curves():
    async with playing() as player:
        await player.press("space", "space", "b")
        assert player.lab.position == 1
        await player.press("r")
        await player.run(60)
        await player.press("r")
        assert player.lab.position == 61
        assert "epoch 2" in player.text
        assert "training" in player.text
        await player.press("home")
        assert player.lab.position == 0


async def test_keys_turn_inputs_add_layers_and_undo():
    async with playing() as player:
        await player.press("5")
        assert player.lab.play.features == ("x1", "x2", "x1·x2")
        assert "x1·x2" in player.text
        layers = []
        for keys in (("m", "m"), ("delete",), ("u", "u")):
            await player.press(*keys)
            layers.append(player.lab.play.hidden)
        assert layers == [(4, 2, 4, 4), (4, 2, 4), (4, 2, 4)]
        await player.press("1", "2", "5")
        assert "needs an input" in player.said


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=size_id)
@pytest.mark.parametrize("data", ["circle", "titanic"])
async def test_w_brings_another_panel_to_the_front_each_time_and_the_title_names_it(data, size):
    async with playing(usual_for(data), size) as player:
        await player.press("space")
        wanted = [one for one in PANELS if one != "map" or data != "titanic"]
        if size == NARROW:  # where there is no room for more, the network is all there is
            wanted.remove("all")
        named, painted = [], set()
        for _ in wanted:
            named.append(player.text.partition("playground: ")[2].split()[0])
            _, _, below = player.text.partition("playground: ")
            painted.add(below.partition("\n")[2])
            await player.press("w")
        assert named == wanted
        assert len(painted) == len(wanted)
        assert f"playground: {wanted[0]}" in player.text


async def test_the_title_follows_the_size_of_the_terminal():
    async with playing() as player:
        assert "playground: all" in player.text
        await player.resize(*NARROW)
        assert "playground: network" in player.text


async def test_a_map_in_front_makes_way_for_a_table():
    async with playing(shows="map") as player:
        player.lab.set("data", "titanic")
        player.pane.refresh_view()
        await player.settle()
        assert "playground: all" in player.text
        await player.press("u")
        assert "playground: map" in player.text


async def test_arrow_keys_point_at_a_node_and_f_freezes_it():
    async with playing(Play(hidden=(3, 2))) as player:
        await player.press("tab")
        assert isinstance(player.app.focused, PlayNet)
        await player.press("right", "down")
        assert "layer 2 node 1" in player.text
        await player.press("f")
        assert "frozen" in player.said
        assert len(player.lab.run.frozen) == 4
        await player.press("right", "right")
        assert "output  sigmoid(" in player.text or "output  most from" in player.text
        await player.press("escape")
        assert not player.play.table_focused
        assert player.shows(PlaygroundScreen)


async def test_e_at_a_node_begins_with_its_weights():
    async with playing(Play(hidden=(3, 2)), NARROW) as player:
        bar = player.play.query_one(EditBar)
        await player.press("e")
        assert "data " in player.text
        assert bar.field.id == "data"
        await player.press("pagedown")
        assert bar.field.id == "layers"
        await player.press("pageup", "pageup")
        assert bar.field.group == "view"
        await player.press("escape", "tab", "right", "down", "e")
        assert bar.field.id == f"weight {player.lab.run.place(1, 1, 0)}"


@pytest.mark.parametrize("keys", [(), ("r",)])
async def test_what_matters_most_is_in_the_key_bar_at_80_columns(keys):
    async with playing(size=NARROW) as player:
        await player.press(*keys)
        bar = player.text.splitlines()[-1]
        for words in ("space batch", "r ", "w view", "G gallery", "tab point", "? keys", "esc"):
            assert words in bar


async def test_the_help_has_the_playgrounds_own_keys():
    async with playing() as player:
        await player.press("question_mark")
        text = static_text(player.screen.query_one("#keys"))
        for words in ("Scenes worth seeing", "Open the state that a code says", "One more hidden"):
            assert words in text


async def test_a_node_of_a_large_layer_comes_into_sight_when_it_is_pointed_at():
    async with playing(Play(hidden=(20,))) as player:
        net = player.play.query_one(PlayNet)
        assert "+12" in player.text
        await player.press("tab", *["down"] * 12)
        assert player.lab.cursor == (0, 12)
        assert net._tiles is not None
        assert net._tiles.tile(1, 12) is not None
        assert "from 5" in player.text


@SIZES
async def test_a_legend_says_what_lines_and_dots_mean(size):
    async with playing(size=size) as player:
        for words in ("⠤⠤⠤ above 0", "⠤ ⠤ below 0", "● class 1", "○ class 0"):
            assert words in player.text


async def test_a_line_that_is_too_narrow_leaves_out_whole_words():
    play = Play(
        hidden=(4, 4), schedule="cosine", regularizer="l2", dropout=0.2, initializer="he_normal"
    )
    async with playing(play, NARROW) as player:
        line = next(line for line in player.text.splitlines() if "2-4-4-1" in line)
        assert "l2 0.001  dropout 0.2" in line
        assert "…" not in line
    async with playing(play) as player:
        assert "seed 1" in player.text


async def test_i_shows_a_table_and_is_no_key_where_there_is_none():
    async with playing() as player:
        assert "i" not in player.play.active_bindings
        await player.press("i")
        assert player.shows(PlaygroundScreen)
    async with playing(usual_for("titanic")) as player:
        await player.press("i")
        assert not player.shows(PlaygroundScreen)


async def test_the_mouse_points_too():
    async with playing(Play(hidden=(3,))) as player:
        net = player.play.query_one(PlayNet)
        player.play.query_one(PlayNet)._paint()
        assert net._tiles is not None
        tile = net._tiles.tile(1, 2)
        assert tile is not None
        await player.pilot.click(PlayNet, offset=(tile.x + 1, tile.y + 1))
        await player.settle()
        assert player.lab.cursor == (0, 2)


async def test_a_weight_can_be_edited_while_it_trains():
    async with playing(Play(hidden=(2,))) as player:
        await player.press("r")
        await player.run(10)
        place = player.lab.run.place(0, 0, 0)
        player.lab.set(f"weight {place}", "3")
        await player.run(10)
        assert player.pane.runner.running
        player.lab.go(10)
        assert player.lab.run.model.parameters[place] == 3


async def test_the_gallery_opens_a_scene_with_its_question_and_its_answer():
    async with playing() as player:
        await player.press("G")
        assert player.shows(GalleryPanel)
        assert GALLERY[0].question in player.text
        await player.press("down", "enter")
        assert player.shows(PlaygroundScreen)
        assert player.lab.play == GALLERY[1].play.normal()
        assert GALLERY[1].question in player.words
        await player.press("h")
        assert " ".join(GALLERY[1].find.split())[:60] in " ".join(player.said.split())
        await player.press("G", "escape")
        assert player.lab.play == GALLERY[1].play.normal()


async def test_h_without_a_question_says_where_there_are_some():
    async with playing() as player:
        await player.press("h")
        assert "G opens the gallery" in player.said


async def test_a_code_is_copied_and_opens_the_same_state():
    async with playing() as player:
        await player.press(*["space"] * 7, "right_square_bracket", "space")
        await player.press("k")
        code = player.app.clipboard
        weights = player.lab.run.model.parameters.copy()
    assert decode(code).step == 8
    async with playing() as player:
        await player.press("K")
        assert player.shows(EnterCode)
        await player.paste(code)
        await player.press("enter")
        assert player.shows(PlaygroundScreen)
        await player.run(30)
        assert player.said == ARRIVED
        assert player.lab.position == 8
        assert not player.pane.runner.running
        assert player.lab.run.model.parameters.tobytes() == weights.tobytes()


async def test_a_text_that_is_no_code_is_told_and_nothing_is_lost():
    async with playing() as player:
        await player.press("space", "K")
        await player.write("hello")
        await player.press("enter")
        assert player.shows(EnterCode)
        assert "begins with dl1." in player.text
        await player.press("escape")
        assert player.lab.position == 1


async def test_p_opens_it_from_the_contents_and_esc_leads_back():
    app = DLTutor(manual=True)
    async with app.run_test(size=WIDE) as pilot:
        player = Player(app, pilot)
        await player.settle()
        await player.press("p")
        assert player.shows(PlaygroundScreen)
        await player.press("P")
        assert sum(isinstance(one, PlaygroundScreen) for one in app.screen_stack) == 1
        await player.press("escape")
        assert player.shows(ContentsScreen)


async def test_a_rate_that_is_too_high_is_a_sentence_and_b_leads_back():
    play = Play(data="hills", hidden=(8,), activation="linear", optimizer="sgd", rate=100.0)
    async with playing(play) as player:
        await player.press("r")
        await player.run(500)
        assert "too large to be held" in player.said
        at = player.lab.position
        await player.press("b")
        assert player.lab.position == at - 1


async def test_every_key_at_once_breaks_nothing():
    keys = (
        "space b r w e escape u 0 1 2 3 4 5 6 7 m delete f a y l x escape c escape i [ ] , . + - k"
    )
    async with playing(size=NARROW) as player:
        await player.press(*keys.split())
        await player.press(
            "ctrl+r", "tab", "up", "down", "left", "right", "escape", "t", "question_mark"
        )
        await player.resize(60, 15)
        await player.resize(*WIDE)


@pytest.mark.parametrize("ascii_only", [False, True])
async def test_it_can_be_drawn_in_ascii(ascii_only: bool):
    app = DLTutor(manual=True, ascii=ascii_only, play=PlayScene(shows="network"))
    async with app.run_test(size=WIDE) as pilot:
        player = Player(app, pilot)
        await player.settle()
        await player.press("space")
        assert player.text.isascii() is ascii_only


def test_a_code_is_what_dl_tutor_play_takes():
    from argparse import Namespace

    from tui.own.commands import OWN_COMMANDS
    from tui.own.play import scene_of

    assert "play" in OWN_COMMANDS
    nothing = dict.fromkeys(
        ("hidden", "activation", "features", "rate", "optimizer", "batch", "noise", "points",
         "dropout", "regularizer", "strength", "seed")
    )  # fmt: skip
    state = Shared(usual_for("spiral", noise=0.3), (), 12)
    assert scene_of(Namespace(what=encode(state), **nothing)).shared == state
    changed = scene_of(Namespace(what="spiral", **{**nothing, "hidden": (8, 8), "rate": 0.5}))
    assert (changed.shared.play.hidden, changed.shared.play.rate) == ((8, 8), 0.5)
    assert scene_of(Namespace(what="fading", **nothing)).exhibit == "fading"


async def test_dead_nodes_of_a_wide_layer_are_counted_in_full():
    async with playing(Play(hidden=(128,), activation="relu"), shows="slopes") as player:
        for place in range(128):  # nothing reaches these nodes any more
            player.lab.run.model.parameters[player.lab.run.place(0, place, None)] = -1e3
        player.lab.step()
        player.play.pane.refresh_view()
        await player.settle()
        assert "128/128" in player.text
