"""The pictures in the README show what their script makes the app do."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pictures.make import NAMES, path_of, picture

WORKED = "2 - 0.01 × (-24) = 2.24"
README = Path(__file__).parents[2] / "README.md"

SHOWN = {
    "lesson": WORKED,
    "representation": "spiral",
    "classification": "epoch 1",
    "race": "0.000001",
    "digits": "4.6 Handwritten digits",
    "playground": "spiral",
}
"""Words that stand on each picture."""


def plain(svg: str) -> str:
    return svg.replace("&#160;", " ")


async def test_the_script_answers_the_question_and_takes_the_steps():
    svg = plain(await picture("lesson"))

    assert WORKED in svg
    assert "new weight = " in svg


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_is_there_and_asks_no_server_for_anything(name: str):
    svg = path_of(name).read_text(encoding="utf-8")

    assert SHOWN[name] in plain(svg)
    assert "url(http" not in svg
    assert f"(tests/pictures/{name}.svg)" in README.read_text(encoding="utf-8")
