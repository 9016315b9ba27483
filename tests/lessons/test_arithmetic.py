"""The tests' own reader of arithmetic: what it takes for a claim, and which claims it believes."""

from __future__ import annotations

import pytest

from tests.lessons.arithmetic import Claim, claims, value


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2 × (-1) + 3 × 1 = 1", [("2 × (-1) + 3 × 1", "1")]),
        ("1 - 18 × 1/9 = -1: it turns", [("1 - 18 × 1/9", "-1")]),
        ("11 × 32 = 352 rows, and 21", [("11 × 32", "352")]),
        ("3 × 2.24 = 6.72, and 6.72 - 10 = -3.28", [("3 × 2.24", "6.72"), ("6.72 - 10", "-3.28")]),
        ("node 0 = 2 × 1 + 3 × 1 = 5", [("2 × 1 + 3 × 1", "5")]),
        ("0.01 × (-24) is -0.24.", [("0.01 × (-24)", "-0.24")]),
        ("4 is 10 - 6. Not so here", [("4", "10 - 6")]),
        ("It turns. 1/9 ≈ 0.111", [("1/9", "0.111")]),
        ("0.5 = 0.4 + 0.1", [("0.5", "0.4 + 0.1")]),
        ("(2 × 3 = 6)", [("2 × 3", "6")]),
        ("9 × 100 + 100 = 1,000, and 101", [("9 × 100 + 100", "1000")]),
    ],
)
def test_claims_are_found_inside_sentences(text: str, found: list[tuple[str, str]]) -> None:
    assert claims(text) == tuple(Claim(*sides) for sides in found)


@pytest.mark.parametrize(
    "text",
    [
        "? × 2 = ?",
        "prediction - 10 = -4",
        "node 0 = tanh(2 × 1 + 3 × 1) = 0.9999",
        "Node 0 is 4 × 1, node 1 is 4 × (-1)",
        "12 = 373 rows / batches of 32, rounded up",
        "slope = 2 × error × input",
        "node 0 = 5",
    ],
)
def test_what_has_other_things_than_numbers_in_it_is_no_claim(text: str) -> None:
    assert claims(text) == ()


@pytest.mark.parametrize("text", ["5.1343 × 5.1343 = 26.36", "0.3333 × 3 = 1", "1/9 = 0.111"])
def test_rounding_is_no_mistake(text: str) -> None:
    (claim,) = claims(text)
    assert claim.holds


@pytest.mark.parametrize(
    "text",
    [
        "2 × (-1) + 3 × 1 = 5",
        "2 - 0.01 × (-24) = 1.76",
        "11 × 32 = 353 rows",
        "5.1343 × 5.1343 = 26.37",
        "1/9 = 0.112",
        "0.5 = 0.4 + 0.2",
        "0.9999 × 2 = 2.0001",
        "6 is 2 × 4",
        "0 = -0.001 × 0 / 0",
    ],
)
def test_a_mistake_is_seen(text: str) -> None:
    (claim,) = claims(text)
    assert not claim.holds


def test_numbers_that_a_lab_cut_short_may_be_off_by_what_it_cut() -> None:
    (claim,) = claims("slope = -3.617 × 3 × 1 = -10.8509")
    assert not claim.holds
    assert claim.holds_rounded(4)
    (claim,) = claims("slope = -3.617 × 3 × 1 = -10.8519")
    assert not claim.holds_rounded(4)


def test_only_arithmetic_is_evaluated() -> None:
    with pytest.raises(ValueError, match="not arithmetic"):
        value("__import__('os')")
