"""What optimizers and schedules are given: names, numbers, rates, configs."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pytest

from engine import configs, optimizers
from engine.optimizers import OPTIMIZERS, SGD, Adam, AdamW, RMSprop, schedules
from engine.optimizers.schedules import (
    CosineDecay,
    CosineDecayRestarts,
    ExponentialDecay,
    LearningRateSchedule,
    PiecewiseConstantDecay,
    PolynomialDecay,
)


class Halving(LearningRateSchedule):
    """A schedule as a learner writes one."""

    def __init__(self, start: float) -> None:
        self.start = start

    def __call__(self, step: int) -> float:
        return self.start * math.pow(2, -step)


# -- names --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["sgd", "Adam", "RMSprop", "adamw", "NADAM", "adadelta"])
def test_names_as_in_keras(name: str) -> None:
    assert type(optimizers.get(name)).__name__.casefold() == name.casefold()


@pytest.mark.parametrize(
    ("wrong", "right"), [("adm", "adam"), ("RMSpro", "rmsprop"), ("sg", "sgd")]
)
def test_an_unknown_name_gets_the_nearest(wrong: str, right: str) -> None:
    with pytest.raises(ValueError, match=f"no optimizer called '{wrong}'. Did you mean '{right}'"):
        optimizers.get(wrong)


@pytest.mark.parametrize("given", [None, 0.01, Adam, ["adam"]])
def test_what_is_no_optimizer(given: Any) -> None:
    with pytest.raises(ValueError, match="An optimizer is a name such as 'adam' or an object"):
        optimizers.get(given)


def test_an_optimizer_stays_itself() -> None:
    optimizer = Adam(name="mine")
    assert optimizers.get(optimizer) is optimizer
    assert optimizer.get_config()["name"] == "mine"


# -- numbers ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"learning_rate": -1}, "learning_rate must be a number, 0 or more, not -1"),
        ({"learning_rate": math.nan}, "learning_rate must be a number, 0 or more, not nan"),
        ({"learning_rate": math.inf}, "learning_rate must be a finite number"),
        ({"learning_rate": 10**400}, "learning_rate must be a finite number"),
        ({"learning_rate": "fast"}, "learning_rate must be a number, 0 or more, not 'fast'"),
        ({"learning_rate": True}, "learning_rate must be a number, 0 or more, not True"),
        ({"learning_rate": 1j}, "learning_rate must be a number"),
        ({"learning_rate": None}, "learning_rate must be a number"),
        ({"learning_rate": CosineDecay}, "an object of a class that is made from Learning"),
        ({"learning_rate": lambda: 0.1}, "an object of a class that is made from Learning"),
        ({"momentum": 1.5}, "momentum must be a number, from 0 to 1, not 1.5"),
        ({"weight_decay": -0.1}, "weight_decay must be a number, 0 or more, not -0.1"),
        ({"clipnorm": -1}, "clipnorm must be a number, 0 or more, not -1"),
        ({"clipvalue": "1"}, "clipvalue must be a number, 0 or more, not '1'"),
        ({"global_clipnorm": math.nan}, "global_clipnorm must be a number"),
        ({"clipnorm": 1.0, "clipvalue": 1.0}, "Only one of clipnorm, clipvalue and global_clip"),
        ({"clipnorm": 1.0, "global_clipnorm": 0.0}, "clipnorm=1.0, clipvalue=None, global_clip"),
    ],
)
def test_settings_that_make_no_sense(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        SGD(**arguments)


@pytest.mark.parametrize(
    ("name", "argument", "value"),
    [
        ("rmsprop", "rho", 1.1),
        ("rmsprop", "momentum", -0.1),
        ("rmsprop", "epsilon", -1e-7),
        ("adagrad", "initial_accumulator_value", -0.1),
        ("adagrad", "epsilon", math.nan),
        ("adadelta", "rho", -1),
        ("adam", "beta_1", 1.0),
        ("adam", "beta_2", 1.0),
        ("adam", "epsilon", "small"),
        ("adamw", "weight_decay", None),
        ("adamax", "beta_1", 1.0),
        ("adamax", "beta_2", 1.5),
        ("nadam", "beta_2", 1.0),
        ("nadam", "beta_1", -0.5),
    ],
)
def test_every_number_is_checked_by_its_name(name: str, argument: str, value: Any) -> None:
    with pytest.raises(ValueError, match=f"^{argument} must be a number"):
        OPTIMIZERS[name](**{argument: value})


def test_numpys_numbers_are_numbers() -> None:
    rate, momentum = np.array([0.5, 1], dtype=np.float32)
    optimizer = SGD(rate, momentum)
    assert (optimizer.learning_rate, optimizer.momentum) == (0.5, 1.0)
    assert type(optimizer.learning_rate) is float


# -- the rate -----------------------------------------------------------------------------------


def test_the_learning_rate_counts_from_the_next_update() -> None:
    optimizer, parameters = SGD(0.5), np.zeros(1)
    optimizer.update(parameters, np.ones(1))
    optimizer.learning_rate = 0.25
    optimizer.update(parameters, np.ones(1))
    assert parameters[0] == -0.75
    assert optimizer.rate_setting == 0.25


def test_a_schedule_is_asked_with_the_count_of_updates_before() -> None:
    schedule = Halving(0.5)
    optimizer, parameters = SGD(schedule), np.zeros(1)
    for rate in (0.5, 0.25, 0.125):
        assert optimizer.learning_rate == rate
        optimizer.update(parameters, np.ones(1))
        assert optimizer.change[0] == -rate
    assert optimizer.rate_setting is schedule


def test_a_number_cannot_be_set_while_a_schedule_decides() -> None:
    optimizer = SGD(Halving(0.5))
    with pytest.raises(TypeError, match="comes from a schedule, Halving, and cannot be set"):
        optimizer.learning_rate = 0.1
    optimizer.learning_rate = Halving(1.0)
    assert optimizer.learning_rate == 1.0
    optimizer.rate_setting = 0.1
    assert optimizer.learning_rate == 0.1


@pytest.mark.parametrize("rate", [-1.0, math.nan, math.inf, "0.1", None])
def test_a_schedule_that_gives_no_rate_is_named(rate: Any) -> None:
    class Wrong(LearningRateSchedule):
        def __call__(self, step: int) -> Any:
            return rate

    with pytest.raises(ValueError, match=r"Wrong\(0\) must be a (finite )?number"):
        SGD(Wrong()).update(np.zeros(1), np.ones(1))


# -- schedules ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "arguments", "message"),
    [
        (ExponentialDecay, (-0.1, 10, 0.9), "initial_learning_rate must be a number, 0 or more"),
        (ExponentialDecay, (0.1, 0, 0.9), "decay_steps must be a number of steps, more than 0"),
        (ExponentialDecay, (0.1, -5, 0.9), "decay_steps must be a number"),
        (ExponentialDecay, (0.1, 10, -0.9), "decay_rate must be a number, 0 or more"),
        (ExponentialDecay, (math.nan, 10, 0.9), "initial_learning_rate must be a number"),
        (PiecewiseConstantDecay, ([1, 2], [0.1, 0.2]), "2 boundaries need 3 values, not 2"),
        (PiecewiseConstantDecay, ([2, 2], [0.1, 0.2, 0.3]), "boundaries must increase"),
        (PiecewiseConstantDecay, ([3, 2], [0.1, 0.2, 0.3]), "boundaries must increase"),
        (PiecewiseConstantDecay, ([3], [0.1, -0.2]), "each of values must be a number, 0 or more"),
        (PiecewiseConstantDecay, (["a"], [0.1, 0.2]), "each of boundaries must be a number"),
        (PiecewiseConstantDecay, ([], [0.1]), "boundaries must hold at least one step"),
        (PiecewiseConstantDecay, (5, [0.1, 0.2]), "boundaries must be a list of numbers, not 5"),
        (PolynomialDecay, (0.1, 10, -0.1), "end_learning_rate must be a number, 0 or more"),
        (PolynomialDecay, (0.1, 10, 0.01, -1), "power must be a number, 0 or more"),
        (CosineDecay, (0.1, 0), "decay_steps must be a number of steps, more than 0"),
        (CosineDecay, (0.1, 10, -0.1), "alpha must be a number, 0 or more"),
        (CosineDecay, (0.1, 10, 0.0, "x", -0.1), "warmup_target must be a number, 0 or more"),
        (CosineDecay, (0.1, 10, 0.0, "x", 0.1, -1), "warmup_steps must be a number, 0 or more"),
        (CosineDecayRestarts, (0.1, 0), "first_decay_steps must be a number of steps"),
        (CosineDecayRestarts, (0.1, 5, 0.5), "t_mul must be a number, 1 or more"),
    ],
)
def test_schedules_that_make_no_sense(kind: Any, arguments: tuple[Any, ...], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        kind(*arguments)


def test_step_rates_change_after_the_boundary() -> None:
    schedule = PiecewiseConstantDecay([2, 4], [0.3, 0.2, 0.1])
    assert [schedule(step) for step in range(7)] == [0.3, 0.3, 0.3, 0.2, 0.2, 0.1, 0.1]


def test_a_cosine_warms_up_on_a_line_and_ends_at_alpha() -> None:
    schedule = CosineDecay(0.0, 10, alpha=0.25, warmup_target=0.4, warmup_steps=4)
    wanted = [0.0, 0.1, 0.2, 0.3, 0.4]
    np.testing.assert_allclose([schedule(step) for step in range(5)], wanted, atol=1e-15)
    np.testing.assert_allclose(schedule(9), 0.4 * (0.75 * 0.5 + 0.25))
    assert schedule(14) == schedule(1000) == 0.1


def test_restarts_take_longer_each_time() -> None:
    schedule = CosineDecayRestarts(1.0, 10, t_mul=2.0, m_mul=0.5)
    np.testing.assert_allclose(
        [schedule(step) for step in (0, 5, 10, 20, 30)], [1, 0.5, 0.5, 0.25, 0.25]
    )


def test_a_schedule_without_a_call_says_so() -> None:
    with pytest.raises(NotImplementedError, match=r"must have a method __call__\(self, step\)"):
        SGD(LearningRateSchedule()).update(np.zeros(1), np.ones(1))


@pytest.mark.parametrize("given", ["cosine", "CosineDecay", 0.1, None, CosineDecay])
def test_what_is_no_schedule(given: Any) -> None:
    with pytest.raises(ValueError, match="schedule is an object such as CosineDecay"):
        schedules.get(given)


def test_an_unknown_schedule_gets_the_nearest() -> None:
    with pytest.raises(ValueError, match="Did you mean 'CosineDecay'"):
        schedules.get({"class_name": "CosineDecy", "config": {}})


@pytest.mark.parametrize("config", [{}, {"initial_learning_rate": 0.1}])
def test_a_schedule_whose_config_lacks_something_says_what(config: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"CosineDecay cannot be made from .*decay_steps"):
        schedules.get({"class_name": "CosineDecay", "config": config})


# -- configs ------------------------------------------------------------------------------------


def test_a_config_survives_json_with_its_schedule() -> None:
    optimizer = AdamW(CosineDecay(0.01, 100, warmup_target=0.1, warmup_steps=10), clipnorm=1.0)
    written = json.loads(json.dumps(configs.serialize(optimizer)))
    again = optimizers.get(written)
    assert isinstance(again.rate_setting, CosineDecay)
    assert isinstance(again.rate_setting.decay_steps, int)
    assert configs.serialize(again) == written


def test_a_schedule_of_the_learners_own_can_be_written() -> None:
    written = SGD(Halving(0.5)).get_config()["learning_rate"]
    assert (written["class_name"], written["config"]) == ("Halving", {"start": 0.5})


def test_a_schedule_that_forgets_its_arguments_cannot() -> None:
    class Forgetful(LearningRateSchedule):
        def __init__(self, start: float) -> None:
            self.begin = start

    with pytest.raises(NotImplementedError, match=r"Forgetful must have a method get_config"):
        SGD(Forgetful(0.5)).get_config()


def test_what_keras_2_wrote_is_read() -> None:
    config = {
        "name": "RMSprop",
        "learning_rate": 0.002,
        "decay": 0.0,
        "rho": 0.8,
        "momentum": 0.0,
        "epsilon": 1e-07,
        "centered": False,
        "jit_compile": True,
        "is_legacy_optimizer": False,
        "use_ema": False,
        "ema_momentum": 0.9,
    }
    optimizer = RMSprop.from_config(config)
    assert (optimizer.learning_rate, optimizer.rho) == (0.002, 0.8)


@pytest.mark.parametrize(
    ("argument", "value"),
    [("use_ema", True), ("decay", 0.01), ("gradient_accumulation_steps", 4), ("warp", 1)],
)
def test_a_config_with_what_the_engine_lacks_is_refused(argument: str, value: Any) -> None:
    with pytest.raises(ValueError, match=f"Adam has {argument}={value!r} in its config"):
        Adam.from_config({"learning_rate": 0.1, argument: value})
