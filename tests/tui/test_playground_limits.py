"""What a playground can be set to, and what is said of anything else."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace
from typing import Any

import pytest

from lessons.labs.base import Refused
from lessons.labs.playground.lab import PlaygroundLab, PlayScene
from lessons.labs.playground.limits import CHOICES, NUMBERS, WHOLE, Unfit, checked
from lessons.labs.playground.play import Play
from lessons.labs.playground.share import Shared, decode
from tui.cli import main
from tui.command import Mistake
from tui.own.commands import OWN_COMMANDS
from tui.own.play import OPTIONS, OTHERS, scene_of

OPENED = Namespace(what="circle", features=None, **dict.fromkeys((*OPTIONS, *OTHERS)))


def with_(name: str, value: Any) -> Play:
    """A playground with one setting changed."""
    return replace(Play(), **{name: value})


@pytest.mark.parametrize(("name", "limits"), [*NUMBERS.items(), *WHOLE.items()])
def test_a_number_may_be_at_its_limits_and_not_beyond(name: str, limits: Any) -> None:
    low, high = limits
    for value in limits:
        assert getattr(checked(with_(name, value)), name) == value
    for value in (low - 1, high + 1, float("nan"), float("inf"), None, "1", True):
        with pytest.raises(Unfit, match=f"^{name} takes a (whole )?number from .+ to .+, not "):
            checked(with_(name, value))


@pytest.mark.parametrize("name", CHOICES)
def test_a_choice_is_one_of_those_there_are(name: str) -> None:
    with pytest.raises(Unfit) as caught:
        checked(with_(name, "nothing"))
    assert caught.value.takes == ", ".join(CHOICES[name])


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"noise": 9.0}, "--noise takes a number from 0 to 2, not “9”"),
        ({"rate": 5000.0}, "--rate takes a number from 1e-12 to 1000, not “5000”"),
        ({"rate": 0.0}, "--rate takes a number from 1e-12 to 1000, not “0”"),
        ({"dropout": 1.0}, "--dropout takes a number from 0 to 0.9, not “1”"),
        ({"strength": 99.0}, "--strength takes a number from 0 to 10, not “99”"),
        ({"points": 5}, "--points takes a whole number from 20 to 2000, not “5”"),
        ({"batch": 0}, "--batch takes a whole number from 1 to 1000, not “0”"),
        ({"seed": 2**31}, "--seed takes a whole number from 0 to 2147483647, not “2147483648”"),
        ({"activation": "foo"}, "--activation takes tanh, relu, "),
        ({"regularizer": "q"}, "--regularizer takes none, l1, l2, not “q”"),
        ({"optimizer": "z"}, "--optimizer takes "),
        ({"features": "x1,q"}, "--features takes x1, x2, "),
        ({"features": "x1,x1"}, "--features takes one input or more, each once, not “x1,x1”"),
        (
            {"hidden": (8, 1_000_000)},
            "--hidden takes 1 to 100 nodes in each of 6 layers at most, not “1000000”",
        ),
        (
            {"hidden": (1,) * 7},
            "--hidden takes 1 to 100 nodes in each of 6 layers at most, not “7 layers”",
        ),
    ],
)
def test_an_option_says_what_it_takes(options: dict[str, Any], said: str) -> None:
    with pytest.raises(Mistake) as caught:
        scene_of(Namespace(**{**vars(OPENED), **options}))
    assert str(caught.value).startswith(said)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--noise x", "--noise takes a number, not “x”"),
        ("--points 2.5", "--points takes a whole number, not “2.5”"),
        (f"--points {'9' * 5000}", "--points takes a whole number"),
        ("--hidden 8,x", "--hidden takes nodes of each layer as 8,8, not “8,x”"),
        (f"--hidden {'9' * 5000}", "--hidden takes nodes of each layer"),
    ],
)
def test_what_is_no_number_is_told_at_once(words: str, said: str, capsys: Any) -> None:
    assert "play" in OWN_COMMANDS
    assert main(["play", *words.split()]) == 2
    assert said in capsys.readouterr().err


def test_limits_are_written_out_as_they_can_be_typed() -> None:
    lab = PlaygroundLab(PlayScene(shared=Shared(Play())))
    with pytest.raises(Refused, match=r"from 0 to 2147483647, please"):
        lab.set("seed", "99999999999")


def test_long_runs_are_counted_with_thousands() -> None:
    lab = PlaygroundLab(PlayScene(shared=Shared(Play(points=50, hidden=(1,)))))
    for _ in range(1200):
        lab.step()
    lab.scrub(-1)
    assert lab.said == "Step 1,170 of 1,200."


def test_the_penalty_has_a_name_of_its_own() -> None:
    lab = PlaygroundLab(PlayScene(shared=Shared(Play(regularizer="l2"))))
    assert [one.label for one in lab.fields() if one.id == "strength"] == ["penalty strength"]


def test_the_code_is_taken_along_as_a_text_that_opens_it() -> None:
    lab = PlaygroundLab(PlayScene(shared=Shared(Play(data="spiral"))))
    found = [one for one in lab.outlets() if one.ending == ".txt"]
    assert [(one.title, one.stem) for one in found] == [
        ("the playground code (.txt)", "spiral-playground-code")
    ]
    assert found[0].text is not None
    first, code = found[0].text().splitlines()
    assert first == "dl-tutor play opens it again:"
    assert decode(code).play == Play(data="spiral").normal()
    assert all("program" in one.title for one in lab.outlets() if one.ending == ".py")
