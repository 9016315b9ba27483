"""What a question accepts, what it says to a wrong answer, and what costs no try."""

from __future__ import annotations

import math

import pytest

from lessons.course import find
from lessons.spec import Check, Choice, NotAnAnswer, Number, Numbers, Slip

HINTS = ("first", "second", "third")


def number(value: float, decimals: int = 0, *slips: Slip, worked: str = "worked") -> Number:
    return Number(
        id="n",
        prompt="?",
        hints=HINTS,
        worked=worked,
        answer=lambda: value,
        decimals=decimals,
        slips=slips,
    )


def numbers(*values: float, decimals: int = 0, worked: str = "{answer}") -> Numbers:
    return Numbers(
        id="ns", prompt="?", hints=HINTS, worked=worked, answer=lambda: values, decimals=decimals
    )


def choice(right: str = "SGD") -> Choice:
    return Choice(
        id="c",
        prompt="?",
        hints=HINTS,
        worked="It is {answer}.",
        options=("Adam", "SGD", "both"),
        answer=lambda: right,
        because={"both": "Both cannot be: one of them keeps running means."},
    )


# one number


@pytest.mark.parametrize("text", ["9", "9.0", " 9 ", "+9", "18/2", "9,0"])
def test_a_whole_number_is_right_however_it_is_written(text: str) -> None:
    assert number(9).judge(text).right


@pytest.mark.parametrize("text", ["8", "10", "-9", "0", "18/3"])
def test_a_whole_number_has_to_be_met_exactly(text: str) -> None:
    assert not number(9).judge(text).right


@pytest.mark.parametrize("text", ["8.9", "9.001", "1/9"])
def test_where_a_whole_number_is_asked_for_another_is_not_judged(text: str) -> None:
    with pytest.raises(NotAnAnswer, match="A whole number is asked for"):
        number(9).judge(text)


@pytest.mark.parametrize("text", ["2.24", "2,24", "2.238", "2.2449", "224/100", "2.245"])
def test_decimals_are_right_within_half_a_unit_of_the_last(text: str) -> None:
    assert number(2.24, 2).judge(text).right


@pytest.mark.parametrize("text", ["2.25", "2.23", "2.2451", "2.2349", "1.76", "-2.24"])
def test_decimals_are_wrong_beyond_that(text: str) -> None:
    assert not number(2.24, 2).judge(text).right


def test_a_fraction_is_as_good_as_decimals() -> None:
    assert number(1 / 9, 3).judge("1/9").right
    assert number(1 / 9, 3).judge("0.111").right


@pytest.mark.parametrize("text", ["0.1", "0.11", "0,11", ".1", "0.1 "])
def test_an_answer_cut_short_is_not_judged_yet(text: str) -> None:
    with pytest.raises(NotAnAnswer, match="Right so far: 3 decimals are asked for"):
        number(1 / 9, 3).judge(text)


@pytest.mark.parametrize("text", ["0", "0.0", "0.00"])
def test_nothing_is_not_the_beginning_of_something_small(text: str) -> None:
    assert not number(0.001, 3).judge(text).right


@pytest.mark.parametrize("text", ["0.2", "0.12", "1/10"])
def test_with_few_decimals_and_another_number_it_is_just_wrong(text: str) -> None:
    assert not number(1 / 9, 3).judge(text).right


def test_one_decimal_is_named_in_the_singular() -> None:
    assert number(2.5, 1).accepts == "1 decimal"
    with pytest.raises(NotAnAnswer, match="1 decimal is asked for"):
        number(2.5, 1).judge("2")


def test_it_says_in_a_few_words_what_can_be_typed() -> None:
    assert number(9).accepts == "a whole number"
    assert number(2.24, 2).accepts == "2 decimals"


@pytest.mark.parametrize("text", ["", "nine", "nan", "1e999", "1/0", "9!"])
def test_what_is_no_number_is_not_an_answer(text: str) -> None:
    with pytest.raises(NotAnAnswer, match=r"\.$"):
        number(9).judge(text)


def test_a_wrong_answer_is_repeated_without_praise_or_blame() -> None:
    assert number(9).judge("6,0").says == "Not 6."
    assert number(2.24, 2).judge("1.23456").says == "Not 1.2346."


def test_a_right_answer_is_met_with_the_worked_line() -> None:
    check = number(9, worked="5 × 2 + 1 × (-1) = {answer}")
    assert check.judge("9").says == check.solution == "5 × 2 + 1 × (-1) = 9"


def test_a_slip_has_its_own_line() -> None:
    check = number(9, 0, Slip(answer=lambda: 6.0, says="6 is 5 + 1."))
    assert check.judge("6").says == "6 is 5 + 1."
    assert check.judge("7").says == "Not 7."
    assert not check.judge("6").right


def test_a_slip_that_is_the_answer_cut_short_keeps_its_line() -> None:
    check = number(1 / 9, 3, Slip(answer=lambda: 0.1, says="At 0.1 it comes closer."))
    assert check.judge("0.1").says == "At 0.1 it comes closer."


def test_a_slip_never_takes_the_place_of_the_answer() -> None:
    assert number(9, 0, Slip(answer=lambda: 9.0, says="no")).judge("9").right


def test_the_answer_is_computed_once_and_only_when_needed() -> None:
    asked: list[int] = []

    def answer() -> float:
        asked.append(1)
        return 5.0

    check = Number(id="n", prompt="?", hints=HINTS, worked="{answer}", answer=answer)
    assert asked == []
    assert check.judge("5").right
    assert check.solution == "5"
    assert asked == [1]


def test_the_model_answer_has_the_decimals_asked_for_and_no_more() -> None:
    assert number(26.360947, 2).model_answer == "26.36"
    assert number(math.pi, 3).model_answer == "3.142"
    assert number(-24).model_answer == "-24"


# several numbers


@pytest.mark.parametrize("text", ["-2 3", "[-2 3]", "[-2, 3]", "-2; 3", "(-2,3)"])
def test_several_numbers_are_right_with_or_without_brackets(text: str) -> None:
    assert numbers(-2, 3).judge(text).right


def test_several_numbers_count_in_order() -> None:
    verdict = numbers(-2, 3).judge("3 -2")
    assert not verdict.right
    assert verdict.says == "The first is not 3, the second is not -2."


def test_of_several_numbers_only_the_wrong_one_is_named() -> None:
    assert numbers(6.72, -3.28, decimals=2).judge("6.72 3.28").says == "The second is not 3.28."


def test_several_numbers_have_the_tolerance_of_their_decimals() -> None:
    assert numbers(6.72, -3.28, decimals=2).judge("6.718 -3.284").right
    assert not numbers(6.72, -3.28, decimals=2).judge("6.71 -3.28").right


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "2 numbers are asked for"),
        ("6.72", "2 numbers are asked for"),
        ("6.72 -3.28 1", "2 numbers are asked for"),
        ("6.72 minus", "“minus” is not a number"),
    ],
)
def test_another_count_or_words_are_not_an_answer(text: str, says: str) -> None:
    with pytest.raises(NotAnAnswer, match=says):
        numbers(6.72, -3.28, decimals=2).judge(text)


def test_several_numbers_say_how_many_are_asked_for() -> None:
    assert numbers(-2, 3).accepts == "2 numbers with a space between"
    check = numbers(6.72, -3.28, decimals=2)
    assert check.accepts == "2 numbers with a space between, 2 decimals"
    assert (check.model_answer, check.solution) == ("6.72 -3.28", "6.72 and -3.28")


# a choice


def test_the_number_of_the_right_option_is_right() -> None:
    verdict = choice().judge(" 2 ")
    assert verdict.right
    assert verdict.says == "It is SGD."
    assert choice().model_answer == "2"
    assert choice().accepts == "1 to 3"


def test_a_wrong_option_is_quoted_or_has_its_own_line() -> None:
    assert choice().judge("1").says == "Not “Adam”."
    assert choice().judge("3").says == "Both cannot be: one of them keeps running means."
    assert not choice().judge("3").right


@pytest.mark.parametrize("text", ["", "0", "4", "-1", "SGD", "1.0", "²", "1 2"])
def test_what_names_no_option_is_not_an_answer(text: str) -> None:
    with pytest.raises(NotAnAnswer, match="type a number: 1 to 3"):
        choice().judge(text)


def test_a_choice_whose_answer_is_not_listed_cannot_be_asked() -> None:
    with pytest.raises(ValueError, match="not in"):
        choice("RMSprop").judge("1")


# any question


@pytest.mark.parametrize("check", [number(9), number(0.1, 1), numbers(-2, 3), choice()])
def test_every_question_takes_its_own_model_answer(check: Check) -> None:
    assert check.judge(check.model_answer).right


def test_several_numbers_with_too_few_decimals_use_no_try() -> None:
    check = find("2.4").pages[4].check
    assert isinstance(check, Numbers)
    assert check.judge("6.72 -3.28").right
    with pytest.raises(NotAnAnswer, match="2 decimals are asked for"):
        check.judge("6.7 -3.28")
    with pytest.raises(NotAnAnswer, match="2 decimals are asked for"):
        check.judge("6.7 -3.3")
    assert not check.judge("6.7 -3.4").right


@pytest.mark.parametrize("text", ["11201", "11,201", "11 201", "11'201"])
def test_a_large_whole_number_is_taken_with_and_without_commas(text: str) -> None:
    check = Number(
        id="many",
        prompt="How many?",
        answer=lambda: 11201.0,
        hints=("one", "two", "three"),
        worked="{answer}",
    )
    assert check.judge(text).right
    assert check.solution == "11,201"


@pytest.mark.parametrize("text", ["89648 38421", "89,648 38,421", "89,648, 38,421"])
def test_so_is_each_of_several(text: str) -> None:
    check = Numbers(
        id="split",
        prompt="How many of each?",
        answer=lambda: (89648.0, 38421.0),
        hints=("one", "two", "three"),
        worked="{answer}",
    )
    assert check.judge(text).right
    assert check.solution == "89,648 and 38,421"
