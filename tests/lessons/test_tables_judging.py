"""A number is learned in units of its spread, and a network is told beside the simplest guess."""

from __future__ import annotations

import numpy as np
import pandas
import pytest

from engine import Sequential, load_model
from lessons.learning.recipe import Recipe
from lessons.numbers import plain
from lessons.tables.columns import understand
from lessons.tables.judging import judged
from lessons.tables.problem import OwnProblem, make_problem, predict
from lessons.tables.reading import RawTable
from lessons.tables.target import choose_target
from lessons.tables.units import Unit
from tests.lessons.test_tables_columns import table

DRAW = np.random.default_rng(3)
AREA = DRAW.uniform(40, 200, 400).round(1)
PRICE = (AREA * 3500 + 60_000 + DRAW.normal(0, 5000, 400)).round()


def trained(own: OwnProblem, epochs: int, rate: float = 0.001) -> Sequential:
    recipe = Recipe(hidden=(20, 20), optimizer="adam", rate=rate, scaling=True)
    model = recipe.build(own.problem)
    model.scaler = own.problem.scaler
    x, held_out = own.problem.scaled
    own.note_on(model)
    model.fit(
        x,
        own.problem.y_train,
        epochs=epochs,
        validation_data=(held_out, own.problem.y_validation),
        verbose=0,
    )
    return model


def problem(raw: RawTable, target: str) -> OwnProblem:
    columns = understand(raw.frame)
    return make_problem(raw, columns, choose_target(raw.frame, columns, target), 0.3, seed=0)


def test_prices_are_learned_with_the_usual_settings_and_predicted_as_prices(tmp_path) -> None:
    raw = table(area=AREA, price=PRICE)
    own = problem(raw, "price")
    model = trained(own, 40)
    path = tmp_path / "prices.keras"
    model.save(path)
    (found,) = predict(load_model(path), raw).values
    assert np.abs(found - PRICE).mean() < 20_000
    assert np.abs(PRICE - PRICE.mean()).mean() > 100_000


def test_a_loss_of_1_is_that_of_the_mean() -> None:
    own = problem(table(area=AREA, price=PRICE), "price")
    assert own.problem.y_train.mean() == pytest.approx(0, abs=1e-9)
    assert own.problem.y_train.std() == pytest.approx(1)


def test_what_it_is_off_by_is_in_the_unit_of_the_table() -> None:
    raw = table(area=AREA, price=PRICE)
    own = problem(raw, "price")
    model = trained(own, 40)
    (found,) = predict(model, raw).values
    true = own.unit.back(own.problem.y_validation)
    held_out = own.problem.x_validation[:, 0]
    at = [int(np.flatnonzero(area == AREA)[0]) for area in held_out]
    off = np.abs(found[at] - true).mean()
    first, second = judged(own, model)
    assert f"held out: off by {plain(off)}; " in first
    assert f"always the mean: off by {plain(own.simplest[1])}." in first
    assert second == f"That is {100 * (1 - off / own.simplest[1]):.0f} % nearer."


def test_a_network_that_has_learned_nothing_is_told_so() -> None:
    own = problem(table(area=AREA, price=DRAW.permutation(PRICE)), "price")
    *_, last = judged(own, trained(own, 60, rate=0.01))
    assert "no better than always the mean" in last
    assert "Try more epochs" in last


def test_of_a_rare_class_it_says_how_many_were_found() -> None:
    fraud = np.where(np.arange(400) % 20 == 0, "yes", "no")
    own = problem(table(noise=DRAW.normal(0, 1, 400), fraud=fraud), "fraud")
    told = list(judged(own, trained(own, 2)))
    rare = int(own.problem.y_validation[:, 1].sum())
    assert "always “no”: accuracy" in told[0]
    assert f"of {rare} “yes”" in told[1]


def test_few_rows_held_out_say_little() -> None:
    own = problem(table(area=AREA[:12], price=PRICE[:12]), "price")
    assert "Only 4 rows are held out" in list(judged(own, trained(own, 1)))[-1]


def test_a_date_is_predicted_as_a_date_and_is_off_by_days() -> None:
    days = pandas.date_range("2001-01-01", periods=400).astype(str).to_numpy()
    raw = table(at=np.arange(400) * 1.37 + 0.5, day=days)
    own = problem(raw, "day")
    model = trained(own, 60, rate=0.01)
    (found,) = predict(model, raw).values
    assert found[200][:4] == "2001"
    assert " days; always" in next(judged(own, model))


def test_a_model_without_a_unit_is_one_of_plain_numbers() -> None:
    """Files of before have none."""
    own = problem(table(area=AREA, price=PRICE), "price")
    model = trained(own, 1)
    assert model.notes is not None
    del model.notes["table"]["unit"], model.notes["table"]["dates"]
    (found,) = predict(model, table(area=AREA[:3], price=PRICE[:3])).values
    assert np.abs(found).max() < 20


def test_a_target_that_is_the_same_in_all_rows_to_learn_from_has_a_spread_of_1() -> None:
    assert Unit.of(np.array([4.0, 4.0])) == Unit(4.0, 1.0)
    assert Unit(10.0, 2.0).back(Unit(10.0, 2.0).into(np.array([3.0]))) == pytest.approx([3.0])


@pytest.mark.parametrize(
    ("value", "text"), [(17823.4, "17,823"), (0.03612, "0.03612"), (-1234, "-1,234"), (999, "999")]
)
def test_amounts_are_written_as_they_are_read(value: float, text: str) -> None:
    assert plain(value) == text
