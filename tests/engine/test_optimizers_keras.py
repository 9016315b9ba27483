"""Optimizers and schedules against runs of real Keras 3.15 (keras_optimizers/make.py made them)."""

from __future__ import annotations

import inspect
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine import configs, optimizers
from engine.optimizers import Optimizer, schedules

HERE = Path(__file__).parent / "keras_optimizers"
ABOUT = json.loads((HERE / "cases.json").read_text(encoding="utf-8"))
with np.load(HERE / "runs.npz") as stored:
    RUNS = dict(stored)
CASES: dict[str, dict[str, Any]] = ABOUT["cases"]
WEIGHTS = (slice(0, 6), slice(6, 8), slice(8, 14))

#: what Keras calls the slots, where it has another word
KERAS_SLOTS = {
    "velocity": "momentum",
    "v": "velocity",
    "v_hat": "velocity_hat",
    "m": "momentum",
    "u": "norm",
    "accumulated_delta": "accumulated_delta_var",
}


EXACT: dict[str, Any] = {"rtol": 1e-12, "atol": 1e-14}
#: Keras on JAX takes its cosines in float32, in a float64 model too
COSINE: dict[str, Any] = {"rtol": 1e-6, "atol": 2e-6}


def tolerance(schedule: Any) -> dict[str, Any]:
    """How near to Keras's float64 run, with this name of a schedule or without one."""
    if not isinstance(schedule, str):
        return EXACT
    return COSINE if ABOUT["schedules"][schedule][0].startswith("Cosine") else EXACT


def make_schedule(name: str) -> schedules.LearningRateSchedule:
    kind, arguments = ABOUT["schedules"][name]
    return schedules.SCHEDULES[kind](**arguments)


def make_optimizer(case: str) -> Optimizer:
    arguments = dict(CASES[case]["arguments"])
    if isinstance(rate := arguments.get("learning_rate"), str):
        arguments["learning_rate"] = make_schedule(rate)
    return optimizers.OPTIMIZERS[CASES[case]["class_name"].lower()](**arguments)


def run(optimizer: Optimizer, dtype: str) -> np.ndarray:
    """The weights after each update, (updates, weights)."""
    parameters = RUNS["start"].astype(dtype)
    optimizer.build(parameters, WEIGHTS)
    path = []
    for gradient in RUNS["gradients"].astype(dtype):
        optimizer.update(parameters, gradient)
        path.append(parameters.copy())
    return np.array(path)


@pytest.mark.parametrize("name", ABOUT["signatures"])
def test_arguments_have_keras_positions_and_defaults(name: str) -> None:
    kind: Any = optimizers.OPTIMIZERS.get(name.lower()) or schedules.SCHEDULES[name]
    lacking = {"name", *kind.off} if issubclass(kind, Optimizer) else set()
    wanted = [each for each in ABOUT["signatures"][name] if each[0] not in lacking]

    parameters = inspect.signature(kind).parameters.values()
    positional = [each for each in parameters if each.kind is each.POSITIONAL_OR_KEYWORD]
    defaults = [None if each.default is each.empty else each.default for each in positional]
    assert [
        list(pair) for pair in zip([p.name for p in positional], defaults, strict=True)
    ] == wanted


def test_every_optimizer_and_every_schedule_has_its_run() -> None:
    assert {case["class_name"].lower() for case in CASES.values()} == set(optimizers.OPTIMIZERS)
    assert {kind for kind, _ in ABOUT["schedules"].values()} == set(schedules.SCHEDULES)


@pytest.mark.parametrize("case", CASES)
def test_every_update_ends_where_keras_ends_in_float64(case: str) -> None:
    path = run(make_optimizer(case), "float64")
    near = tolerance(CASES[case]["arguments"].get("learning_rate"))
    np.testing.assert_allclose(path, RUNS[f"{case}/float64"], **near)


@pytest.mark.parametrize("case", CASES)
def test_the_last_update_ends_where_keras_ends_in_float32(case: str) -> None:
    path = run(make_optimizer(case), "float32")
    assert path.dtype == np.float32
    np.testing.assert_allclose(path[-1], RUNS[f"{case}/float32"], rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("case", CASES)
def test_the_slots_are_keras_variables_in_keras_order(case: str) -> None:
    optimizer = make_optimizer(case)
    run(optimizer, "float64")
    names, parts = ["iteration"], [np.zeros(0)]
    if isinstance(optimizer.rate_setting, float):
        names.append("learning_rate")
    for group in optimizer.slot_groups:
        for number, weights in enumerate(WEIGHTS):
            for slot in group:
                if slot != "u_product":
                    names.append(f"w{number}_{KERAS_SLOTS.get(slot, slot)}")
                    parts.append(optimizer.slots[slot][weights])
    if "u_product" in optimizer.slots:
        names.append("variable")
        parts.append(optimizer.slots["u_product"])

    assert names == CASES[case]["variables"]
    near = tolerance(CASES[case]["arguments"].get("learning_rate"))
    np.testing.assert_allclose(np.concatenate(parts), RUNS[f"{case}/slots"], **near)


@pytest.mark.parametrize("case", CASES)
def test_the_config_is_keras_config_name_for_name(case: str) -> None:
    written = configs.serialize(make_optimizer(case))
    assert written == CASES[case]["serialized"]
    assert list(written["config"]) == list(CASES[case]["serialized"]["config"])


@pytest.mark.parametrize("case", CASES)
def test_what_keras_wrote_makes_the_same_optimizer(case: str) -> None:
    optimizer = optimizers.get(CASES[case]["serialized"])
    path = run(optimizer, "float64")
    np.testing.assert_array_equal(path, run(make_optimizer(case), "float64"))


@pytest.mark.parametrize("name", ABOUT["schedules"])
def test_schedules_give_keras_rates(name: str) -> None:
    schedule = make_schedule(name)
    rates = [schedule(step) for step in ABOUT["steps"]]
    atol = 0 if tolerance(name) is EXACT else 2e-9
    rtol = tolerance(name)["rtol"]
    np.testing.assert_allclose(rates, RUNS[f"schedule/{name}"], rtol=rtol, atol=atol)
    assert {type(rate) for rate in rates} == {float}
