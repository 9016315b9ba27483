"""Three tries, three hints, and the worked line: a learner at work on one question."""

from __future__ import annotations

import pytest

from lessons.attempt import Attempt
from lessons.spec import Choice, NotAnAnswer, Number, Numbers, Slip

CHECK = Number(
    id="output",
    prompt="What is the output?",
    answer=lambda: 9.0,
    hints=("Multiply and add.", "5 × 2 and 1 × (-1).", "Add 10 and -1."),
    worked="5 × 2 + 1 × (-1) = {answer}",
    slips=(Slip(answer=lambda: 6.0, says="6 is 5 + 1."),),
)


@pytest.fixture
def attempt() -> Attempt:
    return Attempt(CHECK)


def test_it_starts_open_with_three_tries_and_nothing_said(attempt: Attempt) -> None:
    assert (attempt.status, attempt.tries_left, attempt.says) == ("open", 3, "")
    assert not attempt.settled
    assert not attempt.may_show


def test_a_right_answer_settles_it(attempt: Attempt) -> None:
    assert attempt.answer("9").right
    assert attempt.settled
    assert (attempt.status, attempt.tries) == ("solved", 0)
    assert attempt.says == "5 × 2 + 1 × (-1) = 9"


def test_every_wrong_answer_says_how_many_tries_are_left(attempt: Attempt) -> None:
    said = []
    for text in ("6", "7", "8"):
        attempt.answer(text)
        said.append(attempt.says)
    assert said == [
        "6 is 5 + 1. 2 tries left; h gives a hint.",
        "Not 7. 1 try left; h gives a hint.",
        "Not 8. s shows the worked line; you can also try on.",
    ]


def test_who_reads_a_hint_is_not_told_of_hints(attempt: Attempt) -> None:
    attempt.hint()
    attempt.answer("7")
    assert attempt.says == "Not 7. 2 tries left."


def test_the_worked_line_is_offered_after_three_wrong_answers(attempt: Attempt) -> None:
    for text in ("6", "7"):
        attempt.answer(text)
        attempt.show()
        assert attempt.status == "open"
    attempt.answer("8")
    assert attempt.may_show
    attempt.show()
    assert attempt.status == "shown"
    assert attempt.settled
    assert attempt.says == "5 × 2 + 1 × (-1) = 9"


def test_after_three_wrong_answers_it_can_still_be_solved(attempt: Attempt) -> None:
    for text in ("6", "7", "8", "10"):
        attempt.answer(text)
    assert attempt.tries_left == 0
    attempt.answer("9")
    assert attempt.status == "solved"
    assert not attempt.may_show


def test_a_solved_question_cannot_be_shown(attempt: Attempt) -> None:
    attempt.answer("9")
    attempt.show()
    assert attempt.status == "solved"


@pytest.mark.parametrize("text", ["", "nine", "nan", "1/0"])
def test_what_cannot_be_read_uses_no_try(attempt: Attempt, text: str) -> None:
    with pytest.raises(NotAnAnswer):
        attempt.answer(text)
    assert attempt.tries_left == 3
    assert attempt.says == ""


@pytest.mark.parametrize("again", ["7", " 7.0", "14/2", "+7"])
def test_the_same_wrong_answer_again_uses_up_no_try(attempt: Attempt, again: str) -> None:
    attempt.answer("7")
    attempt.answer(again)
    assert attempt.tries_left == 2
    assert attempt.says == (
        "Not 7. The same answer again uses up no try. 2 tries left; h gives a hint."
    )
    attempt.answer("8")
    assert attempt.tries_left == 1
    assert attempt.answer("9").right


def test_several_numbers_and_choices_are_known_again_too() -> None:
    several = Numbers(
        id="slopes", prompt="Both?", answer=lambda: (3.0, 4.0), hints=CHECK.hints, worked="3, 4"
    )
    choice = Choice(
        id="which",
        prompt="Which?",
        options=("one", "two", "three"),
        answer=lambda: "two",
        because={"one": "It is not.", "three": "It is not."},
        hints=CHECK.hints,
        worked="{answer}",
    )
    for check, first, same, other in ((several, "3 5", "3; 5.0", "3 6"), (choice, "1", " 1", "3")):
        attempt = Attempt(check)
        attempt.answer(first)
        attempt.answer(same)
        assert attempt.tries == 1
        attempt.answer(other)
        assert attempt.tries == 2


def test_hints_go_both_ways_and_stop_at_either_end(attempt: Attempt) -> None:
    first, second, third = CHECK.hints
    assert [attempt.hint() for _ in range(4)] == [first, second, third, third]
    assert [attempt.hint(-1) for _ in range(4)] == [second, first, "", ""]


def test_a_hint_once_read_stays_read(attempt: Attempt) -> None:
    attempt.hint()
    attempt.hint()
    attempt.hint(-1)
    assert (attempt.hint_shown, attempt.hints_read) == (1, 2)


def test_hints_cost_no_try_and_stay_after_solving(attempt: Attempt) -> None:
    attempt.hint()
    attempt.answer("9")
    assert attempt.tries_left == 3
    assert attempt.hint() == CHECK.hints[1]


@pytest.mark.parametrize("status", ["solved", "shown"])
def test_what_was_settled_before_shows_its_worked_line_again(status: str) -> None:
    attempt = Attempt(CHECK, status, tries=3, hints_read=2)  # type: ignore[arg-type]
    assert attempt.settled
    assert not attempt.may_show
    assert attempt.says == "5 × 2 + 1 × (-1) = 9"
    assert attempt.hint_text == ""


def test_an_open_question_goes_on_where_it_was_left() -> None:
    attempt = Attempt(CHECK, "open", tries=2)
    assert attempt.says == ""
    attempt.answer("7")
    assert attempt.may_show
