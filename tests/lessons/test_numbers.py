"""How the course writes numbers, and how it reads the ones that are typed."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.numbers import (
    NotANumber,
    exact,
    operand,
    read,
    read_limited,
    read_several,
    short,
    total,
    without_thousands,
)

finite = st.floats(allow_nan=False, allow_infinity=False)


# writing


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (5.0, "5"),
        (-24.0, "-24"),
        (2.24, "2.24"),
        (6.720000000000001, "6.72"),
        (1.2382242525694254, "1.2382"),
        (10 / 3, "3.3333"),
        (100.0, "100"),
        (0.0, "0"),
        (-0.0, "0"),
        (1e-7, "1e-07"),
        (-0.0000123456, "-1.23e-05"),
        (0.00005, "0.0001"),
        (123456789.0, "123456789"),
        (5e153, "5e+153"),
    ],
)
def test_short_writes_as_a_person_would(value: float, text: str) -> None:
    assert short(value) == text


@pytest.mark.parametrize(
    ("decimals", "text"), [(0, "3"), (1, "3.1"), (2, "3.14"), (3, "3.142"), (6, "3.141593")]
)
def test_short_keeps_at_most_the_decimals_asked_for(decimals: int, text: str) -> None:
    assert short(math.pi, decimals) == text


@pytest.mark.parametrize(
    ("value", "words"),
    [(math.nan, "not a number"), (math.inf, "too large"), (-math.inf, "too large")],
)
def test_short_says_in_words_what_is_no_number(value: float, words: str) -> None:
    assert short(value) == words


@given(st.floats(-1e300, 1e300), st.integers(0, 8))
def test_short_is_right_to_its_last_digit(value: float, decimals: int) -> None:
    off = abs(float(short(value, decimals)) - value)
    scientific = abs(value) < 0.5 * 10**-decimals or abs(value) >= 1e9
    # In scientific notation one digit fewer is written than there would be decimals.
    digits = max(decimals - 1, 1)
    unit = abs(value) * 10.0 ** (1 - digits) if scientific else 10**-decimals
    assert off <= 0.50001 * unit


@given(finite)
def test_exact_reads_back_as_the_same_number(value: float) -> None:
    assert read(exact(value)) == value


@pytest.mark.parametrize(
    ("value", "text"), [(2.0, "2"), (-1.0, "-1"), (0.1, "0.1"), (1e-7, "1e-07"), (0.5, "0.5")]
)
def test_exact_is_the_shortest_such_text(value: float, text: str) -> None:
    assert exact(value) == text


def test_a_negative_number_in_a_formula_has_parentheses() -> None:
    assert f"2 - 0.01 × {operand(-24)}" == "2 - 0.01 × (-24)"
    assert operand(24) == "24"
    assert operand(-0.0) == "0"


def test_a_sum_puts_later_negative_terms_in_parentheses() -> None:
    assert total(["2 × 1"]) == "2 × 1"
    assert total(["2 × 1", "3 × 1"]) == "2 × 1 + 3 × 1"
    assert total(["-2 × 1", "-3 × 1", "4"]) == "-2 × 1 + (-3 × 1) + 4"


# reading one number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5", 5.0),
        ("  5 ", 5.0),
        ("+5", 5.0),
        ("-2.5", -2.5),
        ("\N{MINUS SIGN}2.5", -2.5),
        ("2,24", 2.24),
        (".5", 0.5),
        ("5.", 5.0),
        ("1e-3", 0.001),
        ("2E2", 200.0),
        ("1/9", 1 / 9),
        (" 1 / 9 ", 1 / 9),
        ("-1/4", -0.25),
        ("0,5/2", 0.25),
    ],
)
def test_read_takes_points_commas_fractions_and_both_minus_signs(text: str, value: float) -> None:
    assert read(text) == value


@pytest.mark.parametrize(
    "text", ["", "  ", "five", "1.2.3", "--1", "1/2/3", "1 2", "nan", "inf", "0x10", "1_000"]
)
def test_read_refuses_what_is_no_number_and_shows_one_that_is(text: str) -> None:
    with pytest.raises(NotANumber, match=r"type one like 5, -2\.5 or 1/9\.$"):
        read(text)


def test_read_says_what_came() -> None:
    with pytest.raises(NotANumber, match="“five” is not a number"):
        read(" five ")
    with pytest.raises(NotANumber, match="Nothing typed yet"):
        read("")


@pytest.mark.parametrize("text", ["1/0", "1/0.0", "0/0", "1/1e-999"])
def test_nothing_is_divided_by_zero(text: str) -> None:
    with pytest.raises(NotANumber, match="cannot have 0 below the line"):
        read(text)


@pytest.mark.parametrize("text", ["1e999", "-1e999", "1e308/1e-308", "1e999/1e999"])
def test_a_number_beyond_all_bounds_is_refused(text: str) -> None:
    with pytest.raises(NotANumber, match="too large to be held"):
        read(text)


# reading one number for a lab


@pytest.mark.parametrize("text", ["nan", "NaN", "-inf", "Infinity", "+nan"])
def test_a_weight_cannot_be_nan_or_infinite(text: str) -> None:
    with pytest.raises(NotANumber, match=rf"“{text.replace('+', '[+]')}” is not a number a weight"):
        read_limited(text)


@pytest.mark.parametrize(("text", "value"), [("0", 0.0), ("10", 10.0), ("1/4", 0.25)])
def test_both_limits_are_allowed(text: str, value: float) -> None:
    assert read_limited(text, 0, 10) == value


@pytest.mark.parametrize("text", ["-0.001", "10.001", "1e6"])
def test_beyond_the_limits_the_limits_are_named(text: str) -> None:
    with pytest.raises(NotANumber, match="from 0 to 10"):
        read_limited(text, 0, 10)


def test_without_other_limits_it_is_a_million() -> None:
    assert read_limited("1000000") == 1e6
    with pytest.raises(NotANumber, match="from -1000000 to 1000000"):
        read_limited("1000001")


# reading several numbers


@pytest.mark.parametrize(
    "text",
    [
        "0.7 1.6",
        "[0.7 1.6]",
        "[0.7, 1.6]",
        "(0.7, 1.6)",
        "0,7 1,6",
        "0,7; 1,6",
        "0,7, 1,6",
        "  0.7\t1.6 ",
        "0.7,1.6",
        "7/10 8/5",
    ],
)
def test_several_numbers_with_any_usual_separator(text: str) -> None:
    assert read_several(text, 2) == (0.7, 1.6)


def test_the_only_comma_between_whole_numbers_separates() -> None:
    assert read_several("6,18", 2) == (6.0, 18.0)
    assert read_several("6,18", 1) == (6.18,)
    assert read_several("\N{MINUS SIGN}2,3", 2) == (-2.0, 3.0)


@pytest.mark.parametrize("text", ["", "6", "6 18 3", "6 18 3 4"])
def test_too_few_or_too_many_numbers_say_how_many_are_asked_for(text: str) -> None:
    with pytest.raises(NotANumber, match="2 numbers are asked for"):
        read_several(text, 2)


def test_one_bad_number_among_several_is_named() -> None:
    with pytest.raises(NotANumber, match="“x” is not a number"):
        read_several("6 x", 2)


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("11,201", "11201"),
        (" 1,000,000 ", "1000000"),
        ("11 201", "11201"),
        ("-1'000", "-1000"),
        ("1,5", "1,5"),
        ("0,125", "0,125"),
        ("11,2010", "11,2010"),
        ("11.201", "11.201"),
        ("many", "many"),
    ],
)
def test_a_whole_number_may_have_something_between_its_thousands(text: str, read_as: str) -> None:
    assert without_thousands(text) == read_as
