"""The glossary: every term has its words and its lesson, and what it refers to is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lessons.course import outlines
from lessons.glossary import Term, glossary, look_up, read_glossary
from lessons.pages import LessonError
from lessons.search import find_terms, lesson_matches, words_of
from lessons.validation.links import glossary_findings

each_term = pytest.mark.parametrize("term", glossary(), ids=lambda term: term.name)

NEEDED = """node, weight, bias, layer, input, output, hidden layer, activation function, relu, tanh,
sigmoid, pre-activation, forward propagation, prediction, target, error, loss, mean squared error,
slope, gradient, learning rate, gradient descent, backpropagation, batch, epoch, step,
stochastic gradient descent, interaction, representation, chain rule, loss surface, update"""


@each_term
def test_a_term_has_one_or_two_sentences_of_plain_words(term: Term) -> None:
    assert term.plain.endswith(".")
    assert 1 <= len(re.findall(r"[.;:?](?:\s|$)", term.plain)) <= 4
    assert 20 < len(term.plain) <= 240
    assert not set("!*`[]{}") & set(term.plain)


def test_what_the_terms_refer_to_is_there() -> None:
    assert list(map(str, glossary_findings())) == []


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("## a {1.2}\n\nA [[b]].", 1, "a refers to b, which is no other entry"),
        ("## a {1.2}\n\nAn [[a]].", 1, "a refers to a, which is no other entry"),
        ("## a, b {1.2}\n\nAn a.\n\n## B {1.2}\n\nA b.", 5, "b is there twice"),
        ("## a {1.9}\n\nAn a.", 1, "a names lesson 1.9, which there is not"),
        ("## a {1.2}\n\n## b {1.2}\n\nA b.", 1, "a has no meaning"),
    ],
)
def test_what_is_wrong_with_a_term_is_named(
    tmp_path: Path, text: str, line: int, says: str
) -> None:
    file = tmp_path / "glossary.md"
    file.write_text(text, encoding="utf8")
    assert list(map(str, glossary_findings(file))) == [f"{file}:{line}: {says}"]


def test_every_word_that_a_learner_needs_is_there_once() -> None:
    assert [name for name in re.split(r",\s+", NEEDED) if look_up(name) is None] == []
    names = [name.lower() for term in glossary() for name in term.names]
    assert len(names) == len(set(names))
    assert sum(term.lesson[0] in "12" for term in glossary()) >= 40


def test_every_lesson_introduces_something() -> None:
    introduced = {term.lesson for term in glossary()}
    assert {one.number for one in outlines()} <= introduced


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("slope", "slope"),
        ("MSE", "mean squared error"),
        ("neuron", "node"),
        ("learning ra", "learning rate"),
        ("gradient of one", "slope"),
        ("cancel", "squared error"),
        ("relu", "ReLU"),
    ],
)
def test_a_term_is_found_by_its_names_and_by_what_is_said_of_it(typed: str, first: str) -> None:
    assert find_terms(typed)[0].name == first


def test_without_words_all_terms_are_found_and_with_nonsense_none() -> None:
    assert find_terms("  ") == glossary()
    assert find_terms("zzz") == ()
    assert all(lesson_matches(one, words_of("")) for one in outlines())


def test_a_lesson_is_found_by_the_terms_it_introduces() -> None:
    found = [one.number for one in outlines() if lesson_matches(one, words_of("pre-activation"))]
    assert set(found) <= {"1.3"}
    assert [one.number for one in outlines() if lesson_matches(one, ("chain",))] == ["2.4"]


@pytest.mark.parametrize("heading", ["## word", "## word {}", "## word {1}", "## word {#1.2}"])
def test_a_heading_without_its_lesson_is_named_with_file_and_line(
    tmp_path: Path, heading: str
) -> None:
    file = tmp_path / "glossary.md"
    file.write_text(f"## good {{1.2}}\n\nA word.\n\n{heading}\n\nText.", encoding="utf8")
    with pytest.raises(LessonError, match=re.escape(f"{file}:5: write the heading")):
        read_glossary(file)
