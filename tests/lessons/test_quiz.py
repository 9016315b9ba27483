"""Questions taken out of their lessons: five for a test-out, the missed ones for a recap."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from random import Random

import pytest

from lessons.attempt import OneTry
from lessons.course import find, lessons
from lessons.labs.base import Scene
from lessons.quiz import PASS, QUESTIONS, Asked, draw, missed
from lessons.spec import Check, Lesson, Page
from tests.lessons.arithmetic import claims

VARIANTS = [
    (lesson, page, page.check)
    for lesson in lessons()
    for page in lesson.pages
    if page.check and page.check.variant
]


def keys(asked: tuple[Asked, ...]) -> list[tuple[str, str]]:
    return [(one.lesson.number, one.page.id) for one in asked]


def copies(count: int) -> list[Lesson]:
    """That many lessons, for length."""
    return [replace(find("1.2"), id=f"lesson-{at}", number=f"1.{at}") for at in range(count)]


@pytest.mark.parametrize("count", [1, 2, 3, 5, 8])
def test_a_test_out_is_spread_over_the_lessons(count: int) -> None:
    chapter = copies(count)
    for seed in range(20):
        asked = draw(chapter, seed)
        assert len(asked) == len(set(keys(asked))) == QUESTIONS
        often = Counter(one.lesson.id for one in asked)
        assert len(often) == min(count, QUESTIONS)
        assert max(often.values()) - min(often.values()) <= 1


def test_the_same_seed_draws_the_same_questions_and_another_other_ones() -> None:
    chapter = copies(5)
    assert keys(draw(chapter, 1)) == keys(draw(chapter, 1))
    assert len({tuple(keys(draw(chapter, seed))) for seed in range(10)}) > 5


def test_questions_come_in_the_order_of_the_course() -> None:
    everything = [(le.number, page.id) for le in lessons() for page in le.pages if page.check]
    for seed in range(10):
        drawn = keys(draw(lessons(), seed))
        assert drawn == sorted(drawn, key=everything.index)


def test_where_there_are_fewer_questions_all_are_asked() -> None:
    lesson = find("1.2")
    short = replace(lesson, pages=lesson.pages[:3])
    assert len(draw([short], 1)) == 2
    assert draw([], 1) == ()
    assert PASS < QUESTIONS


def test_what_was_missed_comes_back_with_other_numbers_where_it_can() -> None:
    def was_missed(lesson: Lesson, page: Page) -> bool:
        return (lesson.number, page.id) in {
            ("1.2", "node-0"),
            ("1.2", "no-learning"),
            ("2.4", "update"),
        }

    asked = missed(lessons(), was_missed, seed=3)
    assert [(one.page.id, one.fresh) for one in asked] == [
        ("node-0", True),
        ("no-learning", False),
        ("update", True),
    ]
    assert missed(lessons(), lambda lesson, page: False, 1) == ()
    prompts = {missed([find("1.2")], was_missed, seed)[0].page.text for seed in range(8)}
    assert len(prompts) > 4


def hidden_kinds(scene: Scene) -> set[str]:
    """What a scene conceals, whatever numbers it asks about: ``loss 0.9`` becomes ``loss #``."""
    return {re.sub(r"[-\d.×]+", "#", name) for name in scene.conceal}


@pytest.mark.parametrize(
    ("lesson", "page", "check"), VARIANTS, ids=[f"{a.number}-{b.id}" for a, b, _ in VARIANTS]
)
@pytest.mark.parametrize("seed", range(12))
def test_a_question_with_other_numbers_is_a_whole_question(
    lesson: Lesson, page: Page, check: Check, seed: int
) -> None:
    assert check.variant is not None
    other = check.variant(Random(seed))
    assert other.check.id == check.id
    assert other.check.judge(other.check.model_answer).right
    assert len(set(other.check.hints)) == 3
    lines = [*other.check.hints, other.check.solution]
    said = [claim for line in lines for claim in claims(line)]
    assert [claim for claim in said if not claim.holds] == []
    assert "{" not in other.text
    assert hidden_kinds(other.scene) == hidden_kinds(page.scene)
    lab = lesson.make_lab(seed)
    lab.show(other.scene, other.scene.conceal)
    assert lab.position == lab.end
    assert lab.snapshot() is not None


def test_there_are_questions_with_other_numbers_in_both_chapters() -> None:
    often = Counter(lesson.number for lesson, _, _ in VARIANTS)
    for number in ("1.1", "1.2", "1.3", "1.4", *(f"2.{at}" for at in range(1, 8))):
        assert often[number] >= 2, number


def test_a_test_out_gives_one_try_and_then_the_worked_line() -> None:
    check = find("1.2").checks[0]
    attempt = OneTry(check)
    assert (attempt.tries_left, attempt.may_show) == (1, True)
    attempt.answer("6")
    assert (attempt.status, attempt.tries) == ("shown", 1)
    assert attempt.says.startswith("6 is 2 × 3.")
    assert attempt.says.endswith(check.solution)
    right, unknown = OneTry(check), OneTry(check)
    right.answer("5")
    assert (right.status, right.says) == ("solved", check.solution)
    unknown.show()
    assert (unknown.status, unknown.tries) == ("shown", 0)
