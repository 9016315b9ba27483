"""Your own table on the screen: columns first, then the playground on it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import numpy as np
import pytest
from rich.segment import Segment
from textual.widgets import OptionList

from engine import load_model
from lessons.labs.playground.seen import verdict
from lessons.tables.columns import understand
from lessons.tables.problem import predict
from lessons.tables.reading import read_table
from tests.tui.driving import NARROW, WIDE, size_id, static_text, typed_train
from tests.tui.test_app import has_letters, seen
from tests.tui.test_playground import Player
from tui.app import DLTutor
from tui.own.screen import table_screen
from tui.render.contrast import TEXT_CONTRAST
from tui.render.glyphs import MARK
from tui.render.words import shorten_input
from tui.screens.contents import ContentsScreen
from tui.screens.data import DataPanel
from tui.screens.playground import PlaygroundScreen
from tui.screens.table import TableScreen

ROWS = 60


@pytest.fixture
def people(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A table with a number, a text, a name, a gap and a target."""
    monkeypatch.chdir(tmp_path)
    rng = np.random.default_rng(0)
    lines = ["id,age,town,name,member"]
    for at, age in enumerate(rng.integers(18, 80, ROWS)):
        known = "" if at == 3 else age
        lines.append(
            f"{at + 1},{known},{'Rome' if at % 2 else 'Oslo'},n{at},{'yes' if age > 40 else 'no'}"
        )
    path = tmp_path / "people.csv"
    path.write_text("\n".join(lines) + "\n")
    return path


@asynccontextmanager
async def opened(
    path: Path, target: str = "member", size: tuple[int, int] = WIDE, words: tuple[str, ...] = ()
) -> AsyncIterator[Player]:
    table = read_table(path)
    typed = typed_train(str(path), "--seed", "1", "--layers", "8", *words)
    screen = table_screen(typed, table, understand(table.frame), target)
    app = DLTutor(manual=True, table=screen)
    async with app.run_test(size=size, notifications=True) as pilot:
        player = Player(app, pilot)
        await player.settle()
        yield player


@pytest.mark.parametrize("size", [NARROW, WIDE, (200, 50)], ids=size_id)
async def test_it_shows_what_was_understood_of_every_column(people, size):
    async with opened(people, size=size) as player:
        assert player.shows(TableScreen)
        for words in ("60 rows, 5 columns.", "commas between cells", "counts the rows"):
            assert words in player.text
        for name in ("id", "age", "town", "name", "member"):
            assert name in player.text
        assert "A classification of “member” (yes or no): no, yes." in player.words
        assert "42 rows to learn from, 18 held out" in player.words


async def test_a_column_is_used_in_other_ways_by_space(people):
    async with opened(people) as player:
        await player.press("down", "down", "space")
        line = next(line for line in player.text.splitlines() if " town" in line)
        assert "drop" in line
        await player.press("space")
        line = next(line for line in player.text.splitlines() if " town" in line)
        assert "one-hot" in line
        await player.press("down", "space")
        assert "can only be dropped: 60 different texts" in player.words
        await player.press("down", "space")
        assert "This is the target" in player.words


async def test_another_target_and_another_task(people):
    async with opened(people) as player:
        await player.press("down", "f")
        assert "A regression: “age” is a number" in player.words
        assert "1 row has no target and is left out." in player.words
        await player.press("a")
        assert "A classification of “age” (as you said)" in player.words
        await player.press("up", "f", "a")
        assert "id" in player.words


async def test_nothing_left_to_learn_from_is_a_sentence(people):
    async with opened(people) as player:
        await player.press("down", "space", "down", "space")
        assert "No column is left to learn from" in player.words
        await player.press("enter")
        assert player.shows(TableScreen)


async def test_enter_trains_on_it_and_the_network_can_be_saved_to_predict(people, tmp_path):
    async with opened(people) as player:
        await player.press("enter")
        assert player.shows(PlaygroundScreen)
        assert player.lab.play.data == "people.csv"
        assert player.lab.play.hidden == (8,)
        assert player.pane.runner.running  # enter trains: no other key is needed
        await player.run(200)
        await player.press("r")
        view = player.lab.snapshot()
        assert view.scores.val_accuracy is not None
        assert view.scores.val_accuracy > 0.7
        await player.press("k")
        assert "too short to hold your table" in player.said
        await player.press("O", "enter", "escape")
        await player.press("escape")
        assert player.shows(TableScreen)
        await player.press("escape")
        assert player.shows(ContentsScreen)
    model = load_model(tmp_path / "people.keras")
    said = predict(model, read_table(people))
    assert said.columns[0] == "member"
    assert set(said.values[0].tolist()) <= {"yes", "no"}


def cursor_line(player: Player) -> list[Segment]:
    """What is painted of the row under the cursor."""
    columns = player.app.screen.query_one("#columns", OptionList)
    strips = player.app.screen._compositor.render_strips()
    return list(strips[columns.region.y + (columns.highlighted or 0)])


def grounds(line: list[Segment]) -> set[object]:
    """The colours of what stands behind the words."""
    return {part.style.bgcolor for part in line if part.style and has_letters(part.text)}


@pytest.mark.parametrize("no_color", [False, True])
@pytest.mark.parametrize("theme", ["dl-dark", "dl-light"])
async def test_the_row_under_the_cursor_is_marked_and_readable(
    people, theme, no_color, monkeypatch
):
    if no_color:
        monkeypatch.setenv("NO_COLOR", "1")
    async with opened(people) as player:
        player.app.theme = theme
        await player.settle()
        await player.press("end")  # the target: bold in a colour of its own elsewhere
        for key, name in (("up", "name"), ("up", "town"), ("home", "id"), ("end", "member")):
            await player.press(key)
            marked = [line for line in player.text.splitlines() if f" {MARK} " in line]
            assert len(marked) == 1
            assert marked[0].split()[1] == name
            line = cursor_line(player)
            assert min(value for text, value in seen(line) if has_letters(text)) >= TEXT_CONTRAST
            assert len(grounds(line)) == 1
            assert not grounds(line) & grounds(
                list(player.app.screen._compositor.render_strips()[1])
            )


async def test_the_keys_of_the_screen_name_enter(people):
    async with opened(people) as player:
        await player.press("?")
        assert any(" enter " in line and "Train on it" in line for line in player.text.splitlines())


async def test_enter_goes_on_with_what_was_trained_until_a_column_is_changed(people):
    async with opened(people) as player:
        await player.press("enter")
        await player.run(30)
        lab = player.lab
        await player.press("escape", "t", "down", "enter")
        assert player.lab is lab
        assert lab.position == 30
        assert not player.pane.runner.running
        await player.press("escape", "space", "enter")
        assert player.lab is not lab
        assert "age" not in player.lab.run.problem.features
        assert player.pane.runner.running


async def test_a_scene_opened_over_it_is_left_again_by_enter_on_its_columns(people):
    async with opened(people) as player:
        await player.press("enter")
        await player.run(30)
        run = player.lab.run
        await player.press("r", "G", "enter")
        assert not player.lab.run.on_own_table
        await player.press("escape", "enter")
        assert player.lab.run is run
        assert player.lab.position == 30
        await player.press("u")
        assert not player.lab.run.on_own_table


async def test_a_loss_that_the_target_cannot_have_is_said_on_the_columns(people):
    async with opened(people, target="age", words=("--loss", "hinge")) as player:
        await player.press("enter")
        assert player.shows(TableScreen)
        assert "hinge needs targets of -1 and 1" in player.words


async def test_files_are_called_as_the_table_and_the_table_stays_as_it_is(people, tmp_path):
    before = people.read_text()
    async with opened(people) as player:
        await player.press("enter")
        await player.run(10)
        await player.press("O")
        for _ in player.lab.outlets():
            await player.press("enter", "down")
        await player.press("enter", "down", "enter")  # the two pictures
    names = {path.name for path in tmp_path.iterdir() if path.is_file()}
    assert names >= {"people.keras", "people.h5", "people-history.csv", "people.py"}
    assert names >= {"people.svg", "people.txt"}
    assert people.read_text() == before


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("age", "age"),
        ("district=Nord", "di…Nord"),
        ("district=Mitte", "d…Mitte"),
        ("district=Mittelland", "…Mitte…"),
        ("a=b", "a=b"),
        ("long name", "long n…"),
    ],
)
def test_an_input_made_of_a_text_is_shortened_in_its_middle(name, shown):
    assert shorten_input(name, 7) == shown


async def test_the_inputs_of_one_text_column_can_be_told_apart(people):
    people.write_text(people.read_text().replace("town", "town_" * 12))
    async with opened(people) as player:
        await player.press("enter")
        assert "…Oslo" in player.text
        assert "…Rome" in player.text


@pytest.mark.parametrize("size", [NARROW, (200, 50)], ids=size_id)
async def test_i_tells_what_was_understood_of_it(people, size):
    async with opened(people, size=size) as player:
        await player.press("enter")
        player.play.refresh_bars()
        await player.press("i")
        assert player.shows(DataPanel)
        assert "The data: people.csv, 60 rows of 5 columns" in player.text
        assert "To predict: member. A classification of “member”" in player.words
        about, columns = (
            static_text(player.screen.query_one(f"#data-{part}")) for part in ("about", "columns")
        )
        assert "42 rows to learn from, 18 held out" in about
        said = " ".join(columns.split())
        assert "age number 1 number 18 to 79" in said
        assert "where it is missing, the median" in said
        assert "scaled: (value - " in said
        assert "town text one-hot 2 different texts; Oslo, Rome; an input for each text" in said
        if size == NARROW:
            await player.press("w")
        rows = [line for line in player.text.splitlines() if " n0 " in line]
        assert len(rows) == 1
        assert rows[0].translate(dict.fromkeys(map(ord, "│|"), " ")).split()[:2] == ["1", "yes"]


async def test_i_follows_the_data_that_are_trained_on(people):
    async with opened(people) as player:
        await player.press("enter")
        for name, there in (("spiral", False), ("titanic", True)):
            player.lab.set("data", name)
            player.play.refresh_bars()
            await player.press("i")
            assert player.shows(DataPanel) == there
        assert "The data: titanic" in player.text


async def test_the_program_for_it_runs_and_ends_with_these_weights(people):
    async with opened(people) as player:
        await player.press("enter")
        player.lab.set("stride", "epoch")
        await player.press(*["space"] * 10)
        listing = next(one for one in player.lab.code() if one.title == "this engine")
        weights = player.lab.run.model.get_weights()
        assert len(player.lab.code()) == 2  # no code of a playground: it could not hold the table
    names: dict[str, object] = {}
    exec(compile(listing.source, "<listing>", "exec"), names)
    for mine, theirs in zip(weights, names["model"].get_weights(), strict=True):  # type: ignore[attr-defined]
        assert mine == pytest.approx(theirs, abs=1e-5)


async def test_other_data_can_be_tried_and_the_table_comes_back(people):
    async with opened(people) as player:
        await player.press("enter")
        player.lab.set("data", "spiral")
        await player.press("space")
        player.lab.set("data", "people.csv")
        await player.press("space")
        assert player.lab.run.on_own_table


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=size_id)
async def test_a_column_takes_one_row_however_much_is_in_it(people, size):
    texts = "\n".join(f"{at},quite a long name for a town number {at % 9},{at}" for at in range(60))
    people.write_text(f"id,town,y\n{texts}\n")
    async with opened(people, "y", size) as player:
        await player.press("down")
        listing = player.screen.query_one(OptionList)
        assert "…" in player.text
        assert listing.virtual_size.height == 3


async def test_an_odd_column_is_pointed_out_until_it_is_dropped(people):
    lines = people.read_text().splitlines()
    rows = [f"{line},{100 + 7 * at % 60}" for at, line in enumerate(lines[1:])]
    people.write_text("\n".join([f"{lines[0]},code", *rows]) + "\n")
    async with opened(people, size=NARROW) as player:
        told = (
            "“age” gives “member” away in every row. Is it known only afterwards? space drops it."
        )
        assert told in player.words  # above 40 it is yes
        assert "“code” looks like an id, a whole number for each row: space" in player.words
        assert "number 1 number tells the target?; " in player.words
        await player.press("down", "space")
        assert told not in player.words
        assert "“code” looks like an id" in player.words
        await player.press("end", "f")
        assert "looks like" not in player.words


@pytest.mark.parametrize("target", ["age", "member"])
async def test_at_80x24_the_results_say_in_full_how_good_they_are(people, target):
    async with opened(people, target=target, size=NARROW) as player:
        await player.press("enter")
        player.pane.do("set", ("shows", "results"))
        await player.settle()
        said = verdict(player.lab.run)
        assert said.startswith("On the rows held out: ")
        assert said in player.text
