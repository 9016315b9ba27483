"""Predict before you see: no lab shows what the open question asks for, on any way through it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest

from lessons.course import lessons
from lessons.labs.base import Lab
from lessons.numbers import exact
from lessons.spec import Check, Choice, Lesson, Number, Numbers, Page
from tests.lessons.results import advance, results, shows_answer

CONCEALING = [
    (lesson, page, page.check)
    for lesson in lessons()
    for page in lesson.pages
    if page.check and page.scene.conceal
]
STEPS = 24

each = pytest.mark.parametrize(
    ("lesson", "page", "check"),
    CONCEALING,
    ids=[f"{lesson.number}-{page.id}" for lesson, page, _ in CONCEALING],
)


def shows(lab: Lab, check: Check) -> bool:
    """Whether the answer, or one number of it, is among the results that the lab shows now."""
    if isinstance(check, Choice):
        return shows_answer(lab)
    assert isinstance(check, Number | Numbers), "say here how such an answer can be read off a lab"
    wanted = check.values if isinstance(check, Numbers) else (check.value,)
    allowed = 0.5 * 10**-check.decimals if check.decimals else 1e-9
    seen = results(lab)
    return any(abs(abs(number) - abs(one)) <= allowed for number in seen for one in wanted)


def walk(lab: Lab) -> Iterator[None]:
    """Everywhere that space leads to from here."""
    for _ in range(STEPS):
        yield
        if not advance(lab):
            break


def opened(lesson: Lesson, page: Page) -> Lab:
    lab = lesson.make_lab(1)
    lab.show(page.scene, page.scene.conceal)
    return lab


def test_there_are_questions_whose_answer_is_concealed() -> None:
    asked = {(lesson.number, page.id) for lesson, page, _ in CONCEALING}
    assert asked >= {("1.2", "node-0"), ("1.2", "output"), ("2.4", "update"), ("3.2", "inside")}


@each
def test_no_step_shows_the_answer(lesson: Lesson, page: Page, check: Check) -> None:
    lab = opened(lesson, page)
    assert [lab.position for _ in walk(lab) if shows(lab, check)] == []


@each
def test_going_back_does_not_show_it_either(lesson: Lesson, page: Page, check: Check) -> None:
    lab = opened(lesson, page)
    for _ in walk(lab):
        pass
    for position in range(lab.end, -1, -1):
        lab.go(position)
        assert not shows(lab, check)


@each
def test_settling_the_question_shows_it(lesson: Lesson, page: Page, check: Check) -> None:
    lab = opened(lesson, page)
    lab.hide(())
    assert any(shows(lab, check) for _ in walk(lab))


@each
def test_a_question_settled_earlier_hides_nothing(lesson: Lesson, page: Page, check: Check) -> None:
    lab = lesson.make_lab(1)
    lab.show(page.scene)
    assert lab.hiding == ()
    assert any(shows(lab, check) for _ in walk(lab))


@each
def test_what_was_revealed_on_one_page_is_hidden_again_on_the_next(
    lesson: Lesson, page: Page, check: Check
) -> None:
    lab = opened(lesson, page)
    lab.hide(())
    lab.show(page.scene, page.scene.conceal)
    assert lab.hiding == page.scene.conceal


@each
def test_an_edit_that_changes_nothing_reveals_nothing(
    lesson: Lesson, page: Page, check: Check
) -> None:
    for field in opened(lesson, page).fields():
        lab = opened(lesson, page)
        lab.set(field.id, field.text)
        assert not any(shows(lab, check) for _ in walk(lab)), field.label


@each
@pytest.mark.parametrize("way_back", ["undo", "reset", "by hand"])
def test_an_edit_taken_back_hides_it_again(
    lesson: Lesson, page: Page, check: Check, way_back: str
) -> None:
    for field in opened(lesson, page).fields():
        if field.choices or field.free:
            continue
        lab = opened(lesson, page)
        lab.set(field.id, exact(field.nudged(1)))
        if way_back == "undo":
            lab.undo()
        elif way_back == "reset":
            lab.reset()
        else:
            lab.set(field.id, field.text)
        assert not any(shows(lab, check) for _ in walk(lab)), field.label


def test_other_numbers_than_those_asked_about_are_shown() -> None:
    lesson, page, _ = next(one for one in CONCEALING if one[1].id == "output")
    lab = opened(lesson, page)
    for number, field in zip(count(4, 2), lab.fields()[:2], strict=False):
        lab.set(field.id, str(number))
    while advance(lab):
        pass
    assert lab.hiding == ()
    assert 18.0 in results(lab)  # inputs 4 and 6: twice the inputs, twice the output
