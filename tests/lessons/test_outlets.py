"""What can be taken out of the labs that train a network on a table."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine import load_model
from lessons.course import find
from lessons.labs.base import Refused
from lessons.learning.outlets import Outlet

LABS = {
    "3.2": "run",
    "3.3": "train",
    "4.1": "race",
    "4.2": "nodes",
    "4.3": "curves",
    "4.5": "widen",
    "4.6": "train",
}
"""A lesson, and a page of it on which a network trains."""


def outlets(number: str, page_id: str) -> tuple[Outlet, ...]:
    lesson = find(number)
    lab = lesson.make_lab(1)
    page = next((one for one in lesson.pages if one.id == page_id), lesson.pages[-1])
    lab.show(page.scene)
    for _ in range(3):
        try:
            lab.step()
        except Refused:
            break
    return lab.outlets()


@pytest.mark.parametrize(("number", "page"), LABS.items(), ids=LABS)
def test_its_network_history_and_program_can_be_taken_along(
    number: str, page: str, tmp_path: Path
) -> None:
    found = {one.id.split()[0]: one for one in outlets(number, page)}
    assert {"keras", "h5", "history", "code"} <= found.keys()
    for one in found.values():
        if one.write is not None:
            path = tmp_path / f"model{one.ending}"
            one.write(path)
            assert all(np.isfinite(weights).all() for weights in load_model(path).get_weights())
            with pytest.raises(FileExistsError):
                one.write(path)
        else:
            assert one.text is not None
            assert one.text().strip()


def test_early_stopping_gives_out_its_real_run() -> None:
    lesson = find("4.4")
    lab = lesson.make_lab(1)
    kinds = set()
    for page in lesson.pages:
        lab.show(page.scene)
        kinds.add(bool(lab.outlets()))
    assert kinds == {True, False}  # a list of losses has no network


def test_every_lane_of_the_race_has_its_own() -> None:
    found = [one for one in outlets("4.1", "race") if one.ending == ".keras"]
    assert len(found) == 3
    assert len({one.stem for one in found}) == 3
