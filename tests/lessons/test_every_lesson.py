"""What every lesson of the course keeps to: these tests go over lessons(), so over new ones too."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest

from lessons.course import lessons
from lessons.labs.base import Refused
from lessons.spec import Check, Lesson, Page
from lessons.validation import checks as validation
from lessons.validation.checks import answers, written
from lessons.validation.course import of_lesson
from tests.lessons.arithmetic import claims
from tests.lessons.results import advance

LESSONS = lessons()
PAGES = [(lesson, page) for lesson in LESSONS for page in lesson.pages]
ASKED = [(lesson, page, page.check) for lesson, page in PAGES if page.check]
STEPS = 12

each_page = pytest.mark.parametrize(
    ("lesson", "page"), PAGES, ids=[f"{one.number}-{page.id}" for one, page in PAGES]
)
each_check = pytest.mark.parametrize(
    ("lesson", "page", "check"), ASKED, ids=[f"{one.number}-{page.id}" for one, page, _ in ASKED]
)


def sentences(lesson: Lesson, page: Page) -> Iterator[str]:
    """The paragraphs of a page, each as one line, without its code."""
    for block in re.sub(r"```.*?```", "", lesson.body(page), flags=re.S).split("\n\n"):
        yield " ".join(block.split())


# the lesson


@pytest.mark.parametrize("lesson", LESSONS, ids=[one.number for one in LESSONS])
class TestLesson:
    def test_nothing_is_wrong_with_it(self, lesson: Lesson) -> None:
        assert list(map(str, of_lesson(lesson))) == []

    @pytest.mark.parametrize("seed", [0, 1, 2**31 - 1])
    def test_its_lab_can_be_made_with_any_seed(self, lesson: Lesson, seed: int) -> None:
        assert lesson.make_lab(seed).position >= 0

    def test_its_lab_is_a_new_one_each_time(self, lesson: Lesson) -> None:
        one, other = lesson.make_lab(1), lesson.make_lab(1)
        one.step()
        assert other.position == one.position - 1


# pages


@each_page
class TestPage:
    def test_its_lab_goes_on_and_comes_back(self, lesson: Lesson, page: Page) -> None:
        lab = lesson.make_lab(1)
        lab.show(page.scene)
        start = lab.position
        for _ in range(STEPS):
            advance(lab)
        taken = lab.position - start
        assert taken > 0 or not lab.can("step")
        assert lab.end == start + taken
        for _ in range(taken):
            lab.back()
        assert lab.position == start
        assert lab.end == start + taken

    def test_every_number_of_its_lab_can_be_explained(self, lesson: Lesson, page: Page) -> None:
        lab = lesson.make_lab(1)
        lab.show(page.scene)
        for _ in range(STEPS):
            assert lab.current() in lab.explainable()
            for name in lab.explainable():
                told = lab.explain(name)
                assert all((told.name, told.meaning, told.formula, told.filled))
                said = [claim for line in (told.formula, told.filled) for claim in claims(line)]
                assert [claim for claim in said if not claim.holds_rounded(4)] == []
            advance(lab)

    def test_what_its_lab_lets_be_edited_takes_its_own_value(
        self, lesson: Lesson, page: Page
    ) -> None:
        lab = lesson.make_lab(1)
        lab.show(page.scene)
        for field in lab.fields():
            lab.set(field.id, field.text)
            assert next(one.text for one in lab.fields() if one.id == field.id) == field.text
            if field.free:
                continue
            if field.choices:
                assert field.text in field.choices
            else:
                assert field.low <= float(field.text) <= field.high
                with pytest.raises(Refused):
                    lab.set(field.id, "nan")

    def test_its_arithmetic_is_true(self, lesson: Lesson, page: Page) -> None:
        said = [claim for text in sentences(lesson, page) for claim in claims(text)]
        assert [claim for claim in said if not claim.holds] == []


# questions


@each_check
class TestCheck:
    def test_it_can_be_answered_and_all_that_is_said_of_it_is_there(
        self, lesson: Lesson, page: Page, check: Check
    ) -> None:
        assert list(validation.findings_in(lesson, page, check)) == []

    def test_no_hint_before_the_third_works_out_the_answer(
        self, lesson: Lesson, page: Page, check: Check
    ) -> None:
        results = {claim.right for hint in check.hints[:2] for claim in claims(hint)}
        assert results.isdisjoint(answers(check))

    def test_all_arithmetic_about_it_is_true(
        self, lesson: Lesson, page: Page, check: Check
    ) -> None:
        said = [claim for line in written(check) for claim in claims(line)]
        assert [claim for claim in said if not claim.holds] == []


def test_the_arithmetic_of_the_course_is_found_at_all() -> None:
    """Should the reader of arithmetic go blind, the tests above would pass on anything."""
    found = {
        claim.left for _, _, check in ASKED for line in written(check) for claim in claims(line)
    }
    for left in ("2 × (-1) + 3 × 1", "2 × (-4) × 3 × 1", "11 × 32", "1 - 18 × 1/9"):
        assert left in found
    assert len(found) >= 15


GOLDEN: dict[str, tuple[str, ...]] = {
    "1.1": ("3 3", "8.1", "0.25", "3 1", "1"),
    "1.2": ("5", "1", "9", "9", "-2 3", "18"),
    "1.3": ("1.24", "0.0002", "7", "0", "32 -17", "0.25"),
    "1.4": ("26 0", "52", "364", "22 5", "378", "299", "78 13", "364"),
    "2.1": ("-4", "10", "3", "3", "3"),
    "2.2": ("0", "50", "0.67", "12.5", "7.07", "37.5", "1", "16", "-7", "3"),
    "2.5": ("5", "30 40", "2", "0.7 1.6", "2.5 1.25 0.625", "0.02", "0.04"),
    "2.3": ("12", "2", "0.24 0.06", "4.4 2.48 4.016", "0.111", "0.056"),
    "2.4": ("-4", "-24", "2.24", "6.72 -3.28", "2.12", "0"),
    "2.6": ("6 18", "1 0", "60", "0 0", "30", "3", "3"),
    "2.7": (
        *("10", "6", "6 18", "0 6 0 18", "12"),
        *("0.018", "2.82", "8.836", "4", "12", "0 0 30 60"),
    ),
    "2.8": ("3", "2802", "120", "-15", "-5", "-25", "2", "2", "1", "2", "1"),
    "3.1": ("9", "1000", "1", "2", "11201", "40200", "0"),
    "3.2": ("26.36", "0", "4", "12", "0.001", "0.01", "1000"),
    "3.3": ("0 1 1 0", "0.659", "0.659", "0.6931", "0.105 0.673", "61.8"),
    "3.4": ("0", "1", "0.7 0.2", "1 0", "1 1", "1.75", "2"),
    "4.2": ("0", "3", "3", "3", "1 0.0707 0.0002", "3", "0.000015"),
    "4.3": ("89648 38421", "0", "10", "0.0374", "2", "3"),
    "4.4": ("6", "3", "3", "4", "2", "30 3"),
    "4.1": ("2.024", "26 4624", "4", "0.67", "3", "2", "2"),
    "4.5": ("1201 3001 65751", "3", "2", "1", "2", "2", "5"),
    "4.6": ("784 64", "10", "42310", "2.3026", "2", "0", "3"),
}


@pytest.mark.parametrize("number", GOLDEN)
def test_the_answers_are_those_of_the_curriculum(number: str) -> None:
    (lesson,) = (one for one in LESSONS if one.number == number)
    assert tuple(check.model_answer for check in lesson.checks) == GOLDEN[number]


FACTS: list[tuple[str, Callable[[str], bool]]] = [
    ("11,201 weights and biases", lambda body: "11,201 weights" in body),
    ("534 workers", lambda body: "534 workers" in body),
    ("a variance of 26.36", lambda body: "26.36" in body),
    ("2 became 2.24", lambda body: "2 became 2.24" in body),
    ("a prediction of 9", lambda body: "a prediction of 9" in body),
]


@pytest.mark.parametrize(("what", "told"), FACTS, ids=[what for what, _ in FACTS])
def test_the_pages_quote_the_numbers_of_the_curriculum(
    what: str, told: Callable[[str], bool]
) -> None:
    assert any(told(" ".join(lesson.body(page).split())) for lesson, page in PAGES)
