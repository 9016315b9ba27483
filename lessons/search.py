"""Finding lessons and terms by what a learner types."""

from __future__ import annotations

from lessons.glossary import Term, glossary
from lessons.outline import Outline


def words_of(text: str) -> tuple[str, ...]:
    """What was typed, as words in small letters."""
    return tuple(text.lower().split())


def lesson_matches(outline: Outline, words: tuple[str, ...]) -> bool:
    """Whether each word is in the lesson's number, title, summary, pages or terms."""
    text = f"{outline.number} {outline.title} {outline.summary}".lower()
    text += " ".join(title.lower() for _, title in outline.pages)
    names = " ".join(_terms_of(outline))
    return all(word in text or word in names for word in words)


def _terms_of(outline: Outline) -> list[str]:
    return [
        name.lower() for term in glossary() if term.lesson == outline.number for name in term.names
    ]


def find_terms(text: str) -> tuple[Term, ...]:
    """The terms that what was typed may mean: by name first, then by what is said of them."""
    words = words_of(text)
    if not words:
        return glossary()
    typed = " ".join(words)
    named = [one for one in glossary() if all(word in _names(one) for word in words)]
    named.sort(key=lambda one: not any(name.lower().startswith(typed) for name in one.names))
    told = [
        one
        for one in glossary()
        if one not in named and all(word in f"{_names(one)} {one.plain.lower()}" for word in words)
    ]
    return (*named, *told)


def _names(term: Term) -> str:
    return " ".join(term.names).lower()
