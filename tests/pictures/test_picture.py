"""The picture in the README shows what its script makes the app do."""

from __future__ import annotations

from tests.pictures.make import PICTURE, picture

WORKED = "2 - 0.01 × (-24) = 2.24"


def plain(svg: str) -> str:
    return svg.replace("&#160;", " ")


async def test_the_script_answers_the_question_and_takes_the_steps():
    svg = plain(await picture())

    assert WORKED in svg
    assert "new weight = " in svg


def test_the_picture_is_there_and_asks_no_server_for_anything():
    svg = PICTURE.read_text(encoding="utf-8")

    assert WORKED in plain(svg)
    assert "url(http" not in svg
