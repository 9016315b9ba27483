"""The edit bar: choose, type, nudge, refuse in place, and give the keyboard back."""

from __future__ import annotations

import pytest

from tests.tui.driving import FORWARD, NARROW, ONE_WEIGHT, SIZES, TRAINING, Driver, running, size_id
from tests.tui.test_playground import playing
from tui.widgets.check import AnswerBox
from tui.widgets.edit import EditBar
from tui.widgets.matrix import Matrix

ADVICE = "↑↓ choose   ←→ change   type a number, enter   esc done"


def text_of(driver: Driver, field: str) -> str:
    """The value of a field of the lab, as text."""
    return next(one.text for one in driver.lab.fields() if one.id == field)


def is_open(driver: Driver) -> bool:
    return driver.edit_bar.is_open


@pytest.mark.parametrize("size", SIZES, ids=size_id)
async def test_a_number_is_typed_and_everything_after_it_follows(size):
    async with running(FORWARD, size, page="recap", keys=["e"]) as driver:
        assert is_open(driver)
        assert "▸ input 0" in driver.text
        assert ADVICE in driver.text
        await driver.write("4")
        assert " 4_ " in driver.text
        assert text_of(driver, "input 0") == "2"
        await driver.press("enter")

        assert text_of(driver, "input 0") == "4"
        assert driver.said == "input 0 is now 4: everything after it follows."
        assert "output = 7 × 2 + (-1 × (-1)) = 15" in driver.text


@pytest.mark.parametrize("typed", ["1e999", "nan", "abc", "-", "inf", "2000000", "1/0", "[0.1]"])
async def test_what_is_no_weight_is_refused_in_place(typed):
    async with running(FORWARD, page="recap", keys=["e"]) as driver:
        before = driver.lab.snapshot()
        await driver.write(typed)
        await driver.press("enter")

        assert driver.edit_bar.refusal != ""
        assert driver.edit_bar.refusal in driver.text
        assert f"{typed}_" in driver.text
        assert driver.lab.snapshot() == before
        await driver.press(*["backspace"] * len(typed), "7", "enter")
        assert driver.edit_bar.refusal == ""
        assert text_of(driver, "input 0") == "7"


@pytest.mark.parametrize("refused", ["2000000", "9" * 24])
async def test_a_number_typed_after_a_refused_one_takes_its_place(refused):
    async with running(FORWARD, page="recap", keys=["e"]) as driver:
        await driver.write(refused)
        await driver.press("enter", "7")
        assert driver.edit_bar.typed == "7"
        await driver.press("5", "enter")
        assert text_of(driver, "input 0") == "75"
        await driver.write(refused)
        await driver.press("enter", "backspace", "1")
        assert driver.edit_bar.typed == f"{refused[:-1]}1"  # mended, not typed anew


async def test_esc_first_drops_what_is_typed_and_then_closes_the_bar():
    async with running(FORWARD, page="recap", keys=["e"]) as driver:
        await driver.press("9", "escape")
        assert is_open(driver)
        assert driver.edit_bar.typed is None
        await driver.press("escape")
        assert not is_open(driver)
        assert driver.screen is driver.lesson
        assert text_of(driver, "input 0") == "2"


async def test_up_and_down_go_round_the_fields_and_mark_them_in_the_picture():
    async with running(FORWARD, page="recap", keys=["e"]) as driver:
        fields = [field.id for field in driver.lab.fields()]
        seen = [driver.pane.view.selected]
        for _ in fields:
            await driver.press("down")
            seen.append(driver.pane.view.selected)
        assert seen == [*fields, fields[0]]
        await driver.press("up")
        assert driver.pane.view.selected == fields[-1]
        assert f"{len(fields)} of {len(fields)}" in driver.text
        await driver.press("escape")
        assert driver.pane.view.selected == ""


async def test_left_and_right_nudge_a_number():
    async with running(FORWARD, page="recap", keys=["e", "right", "right", "left"]) as driver:
        assert text_of(driver, "input 0") == "3"


async def test_a_nudge_drops_what_was_being_typed():
    async with running(FORWARD, page="recap", keys=["e", "9", "right"]) as driver:
        assert text_of(driver, "input 0") == "3"
        assert driver.edit_bar.typed is None


async def test_left_and_right_turn_choices_and_letters_say_so():
    async with running(TRAINING, page="try", keys=["e"]) as driver:
        field = driver.edit_bar.field
        await driver.press("right")
        assert text_of(driver, field.id) == field.choices[1]
        await driver.press("left", "left")
        assert text_of(driver, field.id) == field.choices[-1]
        await driver.press("q")
        named = "adam; sgd; sgd, momentum 0.9; sgd, nesterov 0.9"
        assert driver.edit_bar.refusal == f"optimizer: one of {named}."
        await driver.press("down")
        assert driver.edit_bar.field.id == field.id
        assert driver.edit_bar.refusal == f"optimizer: one of {named}."
        await driver.press("escape", "down")
        assert driver.edit_bar.field.id != field.id
        assert driver.edit_bar.refusal == ""


async def test_the_beginning_of_a_choice_is_enough_and_shows_as_it_is_typed():
    async with running(TRAINING, page="try", keys=["e"]) as driver:
        await driver.write("AD")
        assert " AD_ " in driver.text
        assert driver.edit_bar.refusal == ""
        await driver.press("right", "right")  # a nudge drops it
        await driver.write("ad")
        await driver.press("enter")
        assert text_of(driver, "optimizer") == "adam"
        assert driver.edit_bar.field.id == "optimizer"
        await driver.write("sgd,")
        await driver.press("down")
        assert driver.edit_bar.refusal == (
            "“sgd,” begins sgd, momentum 0.9 and sgd, nesterov 0.9: type more of it."
        )
        assert text_of(driver, "optimizer") == "adam"
        await driver.write("sgd")  # exactly one of them, though it begins others
        await driver.press("down")
        assert text_of(driver, "optimizer") == "sgd"
        assert driver.edit_bar.field.id != "optimizer"


@pytest.mark.parametrize(
    ("key", "to"),
    [("down", "input 1"), ("tab", "input 1"), ("up", -1), ("shift+tab", -1)],
)
async def test_who_moves_on_has_what_was_typed_set(key, to):
    async with running(FORWARD, page="recap", keys=["e", "6", key]) as driver:
        fields = driver.lab.fields()
        assert text_of(driver, "input 0") == "6"
        assert driver.edit_bar.field.id == (fields[to].id if to == -1 else to)
        assert driver.edit_bar.typed is None


@pytest.mark.parametrize("key", ["down", "tab", "up"])
async def test_who_moves_on_from_a_refused_number_stays_and_is_told_why(key):
    async with running(FORWARD, page="recap", keys=["e"]) as driver:
        await driver.burst("6", "x", key, "7", "enter")  # what follows was meant for elsewhere
        assert driver.edit_bar.field.id == "input 0"
        assert driver.edit_bar.typed == "6x"
        assert "“6x” is not a number" in driver.text
        assert text_of(driver, "input 0") == "2"
        assert text_of(driver, "input 1") == "3"
        await driver.press("escape", key)
        assert text_of(driver, "input 0") == "2"
        assert driver.edit_bar.field.id != "input 0"


async def test_an_erased_number_does_not_hold_anybody():
    async with running(FORWARD, page="recap", keys=["e", "6", "backspace", "down"]) as driver:
        assert text_of(driver, "input 0") == "2"
        assert driver.edit_bar.field.id == "input 1"


async def test_keys_at_once_nudge_as_often_as_they_are_pressed():
    async with running(FORWARD, page="recap", keys=["e"]) as driver:
        await driver.burst("right", "right", "right", "down", "8", "down", "9", "enter")
        assert text_of(driver, "input 0") == "5"
        assert text_of(driver, "input 1") == "8"


async def test_enter_without_typing_goes_to_the_next_field():
    async with running(FORWARD, page="recap", keys=["e", "enter"]) as driver:
        assert driver.edit_bar.field.id == "input 1"


async def test_letters_are_typed_and_never_drive_the_lesson():
    async with running(FORWARD, page="recap", keys=["e"]) as driver:
        await driver.write("qtbr?0 ")
        assert driver.edit_bar.typed == "qtbr?0 "
        assert driver.shows(type(driver.lesson))
        assert driver.app.theme == "dl-dark"


async def test_the_answer_box_gets_the_keyboard_back():
    async with running(FORWARD, page="node-0", keys=["e", "down", "escape"]) as driver:
        assert isinstance(driver.screen.focused, AnswerBox)
        await driver.answer("5")
        assert driver.app.progress.check(FORWARD, "node-0").status == "solved"


async def test_the_table_gets_the_keyboard_back():
    async with running(TRAINING, page="try", keys=["tab"]) as driver:
        assert isinstance(driver.screen.focused, Matrix)
        await driver.press("e", "escape")
        assert isinstance(driver.screen.focused, Matrix)


async def test_an_edit_can_be_undone():
    async with running(ONE_WEIGHT, page="recap", keys=["e", "5", "enter", "escape"]) as driver:
        assert text_of(driver, "input") == "5"
        await driver.press("u")
        assert text_of(driver, "input") == "3"
        assert driver.said.startswith("Undone: input")
        await driver.press("u")
        assert "undo" in driver.said
        assert text_of(driver, "input") == "3"


async def test_keys_that_arrive_at_once_lose_nothing():
    async with running(FORWARD, page="recap", keys=["e"]) as driver:
        await driver.burst("4", "enter", "down", "6", "enter")
        assert text_of(driver, "input 0") == "4"
        assert text_of(driver, "input 1") == "6"


@pytest.mark.parametrize(
    ("pasted", "typed"),
    [(" 4.5\n", "4.5"), ("4\n5", "4"), ("", None), (" \n ", None), ("\x1b[0m4\x00", "[0m4")],
)
async def test_the_first_line_of_a_paste_is_typed(pasted, typed):
    async with running(FORWARD, page="recap", keys=["e"]) as driver:
        await driver.paste(pasted)
        assert driver.edit_bar.typed == typed


async def test_a_long_text_stays_in_its_line():
    async with running(FORWARD, NARROW, page="recap", keys=["e"]) as driver:
        await driver.paste("9" * 500)
        assert driver.edit_bar.typed == "9" * 24
        await driver.press("enter")
        assert "Out of range" in driver.text


async def test_a_page_that_is_turned_puts_the_bar_away():
    async with running(FORWARD, page="edit", keys=["e"]) as driver:
        await driver.lesson.action_page(1)
        await driver.settle()
        assert not is_open(driver)
        assert not isinstance(driver.screen.focused, EditBar)
        await driver.press("space", "left")
        assert driver.lesson.page.id == "edit"


@pytest.mark.parametrize("lesson", [FORWARD, ONE_WEIGHT, TRAINING])
@pytest.mark.parametrize("size", SIZES, ids=size_id)
async def test_every_field_of_every_lab_can_be_reached_and_nudged_both_ways(lesson, size):
    async with running(lesson, size, keys=["e"]) as driver:
        for field in driver.lab.fields():
            assert driver.edit_bar.field.id == field.id
            assert f"▸ {field.label}" in driver.text
            await driver.press("right")
            assert text_of(driver, field.id) != field.text
            await driver.press("left")
            assert text_of(driver, field.id) == field.text
            await driver.press("down")


@pytest.mark.parametrize(("height", "seen"), [(24, 3), (32, 7), (70, 26)])
async def test_a_tall_terminal_shows_more_fields_and_keeps_most_for_the_lab(height, seen):
    async with playing(size=(120, height)) as player:
        await player.press("e")
        assert len(player.lab.fields()) > 26
        bar = player.play.query_one(EditBar)
        assert bar.in_sight == seen
        assert bar.content_size.height == seen + 1
        assert player.play.pane.view.size.height > (height - 10) // 2


async def test_home_and_end_go_to_the_first_and_last_field_and_leave_the_run_alone():
    async with playing() as player:
        await player.press("space", "space", "e", "end")
        bar = player.play.query_one(EditBar)
        assert bar.field == player.lab.fields()[-1]
        await player.press("home")
        assert bar.field == player.lab.fields()[0]
        await player.press("down", "down", "end", "home")
        assert bar.field == player.lab.fields()[0]
        assert player.lab.position == 2
