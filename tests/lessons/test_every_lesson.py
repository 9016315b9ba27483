"""What every lesson of the course keeps to: these tests go over lessons(), so over new ones too."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest

from lessons.course import lessons
from lessons.labs.base import Refused
from lessons.numbers import exact, short
from lessons.spec import Check, Choice, Lesson, Number, Numbers, Page
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


def names(text: str, answer: str) -> bool:
    """Whether `answer` stands in `text` as a word of its own: 2 is not in 2.4, nor in -2."""
    return bool(re.search(rf"(?<![\w.-]){re.escape(answer)}(?![\w]|\.\d)", text))


def answers(check: Check) -> tuple[str, ...]:
    """The answer as it would stand in a sentence: a number, each of several, the option."""
    if isinstance(check, Choice):
        return (check.options[check.right_option - 1],)
    return (
        tuple(check.model_answer.split()) if isinstance(check, Numbers) else (check.model_answer,)
    )


def written(check: Check) -> Iterator[str]:
    """Every line that a learner may read about a question."""
    yield check.prompt
    yield from check.hints
    yield check.solution
    if isinstance(check, Number):
        yield from (slip.says for slip in check.slips)
    if isinstance(check, Choice):
        yield from check.because.values()


def sentences(lesson: Lesson, page: Page) -> Iterator[str]:
    """The paragraphs of a page, each as one line, without its code."""
    for block in re.sub(r"```.*?```", "", lesson.body(page), flags=re.S).split("\n\n"):
        yield " ".join(block.split())


# the lesson


@pytest.mark.parametrize("lesson", LESSONS, ids=[one.number for one in LESSONS])
class TestLesson:
    def test_it_asks_something(self, lesson: Lesson) -> None:
        assert len(lesson.checks) >= 3

    def test_a_check_bears_the_id_of_its_page(self, lesson: Lesson) -> None:
        assert all(page.check.id == page.id for page in lesson.pages if page.check)

    def test_it_ends_with_what_has_been_seen_and_not_with_a_question(self, lesson: Lesson) -> None:
        assert lesson.pages[-1].check is None

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
    def test_its_text_can_be_filled(self, lesson: Lesson, page: Page) -> None:
        body = lesson.body(page)
        assert body.strip()
        assert "{{" not in body
        assert "}}" not in body

    def test_its_scene_is_one_that_the_lab_shows(self, lesson: Lesson, page: Page) -> None:
        lab = lesson.make_lab(1)
        for hidden in ((), page.scene.conceal):
            lab.show(page.scene, hidden)
            assert lab.scene is page.scene
            assert lab.position == lab.end
            assert lab.snapshot() is not None

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
    def test_its_own_answer_solves_it(self, lesson: Lesson, page: Page, check: Check) -> None:
        assert check.judge(check.model_answer).right

    def test_its_slips_do_not_and_each_has_its_line(
        self, lesson: Lesson, page: Page, check: Check
    ) -> None:
        for slip in getattr(check, "slips", ()):
            for text in (short(slip.answer(), 6), exact(slip.answer())):
                verdict = check.judge(text)
                assert not verdict.right
                assert verdict.says == slip.says

    def test_its_worked_line_ends_in_the_answer(
        self, lesson: Lesson, page: Page, check: Check
    ) -> None:
        assert all(names(check.solution, answer) for answer in answers(check))
        assert "{answer}" not in check.solution

    def test_three_hints_that_differ(self, lesson: Lesson, page: Page, check: Check) -> None:
        assert len({hint for hint in check.hints if hint.strip()}) == 3

    def test_the_first_hint_does_not_name_the_answer(
        self, lesson: Lesson, page: Page, check: Check
    ) -> None:
        assert not all(names(check.hints[0], answer) for answer in answers(check))

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

    def test_a_line_about_it_is_short_enough_to_be_read_at_a_glance(
        self, lesson: Lesson, page: Page, check: Check
    ) -> None:
        assert max(len(line) for line in written(check)) <= 120


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
    "3.2": ("0", "26.36", "12", "0.001", "1000"),
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
