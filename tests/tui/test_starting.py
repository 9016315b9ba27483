"""What is left out before the first screen, and that it comes when it is wanted."""

from __future__ import annotations

import gc
import subprocess
import sys

import pytest
import textual.css.stylesheet

from tests.tui.driving import FORWARD, running
from tui import preload
from tui.screens.contents import ContentsScreen, LessonList
from tui.stylesheet import _rules_under


@pytest.fixture
def parsed(monkeypatch):
    """The sources that are parsed, by their place and rank."""
    places = []
    real = textual.css.stylesheet.parse

    def noting(scope, css, read_from, **options):
        places.append((read_from, options["tie_breaker"]))
        return real(scope, css, read_from, **options)

    monkeypatch.setattr(textual.css.stylesheet, "parse", noting)
    _rules_under.cache_clear()
    return places


async def test_no_source_is_parsed_twice_for_one_theme(parsed):
    async with running(FORWARD) as driver:
        await driver.press("escape")
        assert driver.shows(ContentsScreen)

    assert len(parsed) > 40
    assert len(parsed) == len(set(parsed))


async def test_a_theme_that_was_there_before_is_not_parsed_again(parsed):
    async with running(None) as driver:
        once = len(parsed)
        dark = driver.screen.query_one(LessonList).styles.color
        await driver.press("t")
        both = len(parsed)
        light = driver.screen.query_one(LessonList).styles.color
        await driver.press("t")

        assert driver.screen.query_one(LessonList).styles.color == dark != light
    assert once < both == len(parsed)


async def test_the_contents_below_a_lesson_are_made_when_it_is_left():
    async with running(FORWARD) as driver:
        below = next(one for one in driver.app.screen_stack if isinstance(one, ContentsScreen))
        assert not below.query("*")
        await driver.resize(80, 24)
        await driver.press("t")
        assert not below.query("*")

        await driver.press("escape")

        assert driver.screen is below
        assert below.query_one(LessonList).option_count > 20
        assert below.chosen is not None
        assert driver.app.focused is below.query_one(LessonList)


@pytest.mark.parametrize("fails", [False, True])
def test_garbage_is_collected_again_after_the_imports_even_if_one_fails(monkeypatch, fails):
    def load():
        if fails:
            raise ImportError

    monkeypatch.setattr(preload, "_import_and_load", load)
    told = []
    gc.disable()
    try:
        if fails:
            with pytest.raises(ImportError):
                preload.import_all(lambda: told.append(True))
        else:
            preload.import_all(lambda: told.append(True))
        assert gc.isenabled()
    finally:
        gc.enable()
        gc.unfreeze()
    assert told == ([] if fails else [True])


def test_a_check_of_numbers_does_not_import_masked_arrays():
    program = (
        "import sys, numpy; before = 'numpy.ma' in sys.modules; "
        "from engine.checks import as_numbers; as_numbers([1, 2], 'x'); "
        "print(before == ('numpy.ma' in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)

    assert done.stdout.strip() == "True", done.stderr
