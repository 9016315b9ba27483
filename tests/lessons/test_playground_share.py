"""Codes of playgrounds: there and back, and what is none."""

from __future__ import annotations

import base64
import json
import zlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons.labs.playground.features import FEATURES
from lessons.labs.playground.gallery import GALLERY, Exhibit, exhibit
from lessons.labs.playground.lab import PlaygroundLab, PlayScene
from lessons.labs.playground.play import (
    ACTIVATIONS,
    INITIALIZERS,
    REGULARIZERS,
    SCHEDULES,
    Play,
    usual_for,
)
from lessons.labs.playground.points import SETS
from lessons.labs.playground.share import MARK, Change, NotACode, Shared, decode, encode
from lessons.learning.recipe import OPTIMIZERS

plays = st.builds(
    Play,
    data=st.sampled_from(sorted(SETS)),
    hidden=st.lists(st.integers(1, 8), max_size=6).map(tuple),
    activation=st.sampled_from(ACTIVATIONS),
    initializer=st.sampled_from(INITIALIZERS),
    regularizer=st.sampled_from(REGULARIZERS),
    schedule=st.sampled_from(SCHEDULES),
    optimizer=st.sampled_from(sorted(OPTIMIZERS)),
    rate=st.floats(1e-6, 10),
    noise=st.floats(0, 1),
    points=st.integers(20, 2000),
    seed=st.integers(0, 2**31 - 1),
    scaling=st.booleans(),
    features=st.sets(st.sampled_from(sorted(FEATURES)), min_size=1).map(tuple),
)
changes = st.lists(
    st.builds(
        Change,
        step=st.integers(0, 500),
        rate=st.none() | st.floats(1e-6, 10),
        values=st.lists(st.tuples(st.integers(0, 50), st.floats(-10, 10)), max_size=3).map(tuple),
        frozen=st.none() | st.lists(st.integers(0, 50), max_size=3).map(tuple),
    ),
    max_size=4,
).map(tuple)


@settings(max_examples=150, deadline=None)
@given(play=plays, changes=changes)
def test_a_code_comes_back_as_what_it_was(play: Play, changes: tuple[Change, ...]) -> None:
    state = Shared(play.normal(), changes, 500)
    code = encode(state)
    assert decode(code) == state
    assert decode(f"  {code[:20]}\n {code[20:]} ") == state, "a message may break it into lines"
    assert code.startswith(MARK)
    assert code.removeprefix(MARK).replace("-", "").replace("_", "").isalnum()


def test_a_usual_playground_has_a_short_code() -> None:
    assert len(encode(Shared(usual_for("spiral")))) < 50


def packed(content: Any) -> str:
    raw = zlib.compress(json.dumps(content).encode())
    return MARK + base64.urlsafe_b64encode(raw).decode().rstrip("=")


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_any_other_text_says_so(text: str) -> None:
    with pytest.raises(NotACode):
        decode(text)
    with pytest.raises(NotACode):
        decode(MARK + text)


@pytest.mark.parametrize(
    "content",
    [
        [],
        {},
        {"p": {}},
        {"p": {"data": "mars"}},
        {"p": {"data": "circle", "hidden": [0]}},
        {"p": {"data": "circle", "hidden": [10**9]}},
        {"p": {"data": "circle", "hidden": [2] * 7}},
        {"p": {"data": "circle", "hidden": "many"}},
        {"p": {"data": "circle", "features": []}},
        {"p": {"data": "circle", "features": ["x9"]}},
        {"p": {"data": "circle", "rate": -1}},
        {"p": {"data": "circle", "rate": "fast"}},
        {"p": {"data": "circle", "points": 10**9}},
        {"p": {"data": "circle", "batch_size": 0}},
        {"p": {"data": "circle", "scaling": "yes"}},
        {"p": {"data": "circle", "held_out": 1}},
        {"p": {"data": "circle", "loss": "rm -rf"}},
        {"p": {"data": "circle", "new": 1}},
        {"p": {"data": "circle"}, "s": 10**12},
        {"p": {"data": "circle"}, "s": -1},
        {"p": {"data": "circle"}, "c": [[1, 2]]},
        {"p": {"data": "circle"}, "c": [[1, None, [[1, "a"]], None]]},
        {"p": {"data": "circle"}, "c": 3},
    ],
    ids=str,
)
def test_numbers_that_make_no_sense_are_no_code(content: Any) -> None:
    with pytest.raises(NotACode):
        decode(packed(content))


def test_a_code_that_unpacks_to_very_much_is_not_unpacked() -> None:
    with pytest.raises(NotACode):
        decode(packed({"p": {"data": "circle"}, "x": "a" * 10_000_000}))


def test_a_cut_code_says_so() -> None:
    code = encode(Shared(Play(data="spiral", noise=0.3, hidden=(8, 8)), (), 40))
    for length in range(len(MARK), len(code)):
        with pytest.raises(NotACode, match=r"copy all of it|damaged"):
            decode(code[:length])


# the gallery


@pytest.mark.parametrize("one", GALLERY, ids=lambda one: one.id)
def test_every_scene_of_the_gallery_opens_and_can_be_shared(one: Exhibit) -> None:
    lab = PlaygroundLab(PlayScene(shared=Shared(one.play), shows=one.shows, exhibit=one.id))
    for _ in range(5):
        lab.step()
    assert lab.snapshot().question == one.question
    assert decode(lab.scene_code).play == one.play.normal()
    assert exhibit(one.id) is one
    assert one.question.rstrip().endswith(("?", "."))
    assert "?" in one.question


def trained(name: str, epochs: int, **changed: Any) -> PlaygroundLab:
    from dataclasses import replace

    found = exhibit(name)
    assert found is not None
    lab = PlaygroundLab(PlayScene(shared=Shared(replace(found.play, **changed)), shows="slopes"))
    for _ in range(epochs * lab.run.steps_per_epoch):
        lab.step()
    return lab


SEEDS = (1, 2, 3)


@pytest.mark.parametrize("seed", SEEDS)
class TestStories:
    """What the gallery says there is to be found is found, with any seed."""

    def test_one_edge_never_learns_the_ring_and_squares_do(self, seed: int) -> None:
        assert (trained("one-edge", 60, seed=seed).snapshot().scores.accuracy or 1) < 0.75
        assert (trained("squares", 60, seed=seed).snapshot().scores.accuracy or 0) > 0.95

    def test_deep_without_a_bend_is_straight(self, seed: int) -> None:
        assert (trained("deep-and-straight", 60, seed=seed).snapshot().scores.accuracy or 1) < 0.75
        bent = trained("deep-and-straight", 60, seed=seed, activation="tanh").snapshot()
        assert (bent.scores.accuracy or 0) > 0.9

    def test_the_product_makes_xor_easy(self, seed: int) -> None:
        assert (trained("product", 40, seed=seed).snapshot().scores.accuracy or 0) > 0.95

    def test_twins_stay_twins(self, seed: int) -> None:
        kernel = trained("twins", 20, seed=seed).run.dense[0].kernel
        assert (kernel == kernel[:, :1]).all()

    def test_a_rate_that_kills_kills(self, seed: int) -> None:
        slopes = trained("too-fast", 10, seed=seed).snapshot().slopes
        assert sum(one.dead for one in slopes) >= 8

    def test_sigmoid_fades_and_tanh_does_not(self, seed: int) -> None:
        faded = trained("fading", 1, seed=seed).snapshot().slopes
        kept = trained("fading", 1, seed=seed, activation="tanh").snapshot().slopes
        assert faded[0].slope is not None
        assert faded[-1].slope is not None
        assert faded[0].slope < faded[-1].slope / 1000
        assert (kept[0].slope or 0) > (kept[-1].slope or 1) / 1000

    def test_what_is_learned_by_heart_does_not_help(self, seed: int) -> None:
        early = trained("by-heart", 15, seed=seed).snapshot()
        late = trained("by-heart", 300, seed=seed).snapshot()
        assert (late.scores.train_loss or 1) < 0.5 * (early.scores.train_loss or 0)
        assert (late.scores.val_loss or 0) > 1.5 * (early.scores.val_loss or 1)

    def test_few_inputs_are_left(self, seed: int) -> None:
        kernel = abs(trained("few-inputs", 80, seed=seed).run.dense[0].kernel[:, 0])
        squares, others = kernel[2:4], kernel[[0, 1, 4, 5, 6]]
        assert squares.min() > 5 * others.max()
