"""The settings of `compile`: optimizer, loss and metrics, in a file and out of it."""

from __future__ import annotations

from typing import Any

from engine import losses, metrics, optimizers
from engine.configs import Configured, serialize
from engine.descriptions import IDLE
from engine.model import Sequential
from engine.storage import keras2
from engine.storage.errors import StorageError, shorten

Config = dict[str, Any]


def settings_of(model: Sequential) -> Config | None:
    """The settings of a compiled model in Keras's JSON form; None when it is not compiled."""
    if model.optimizer is None or model.loss is None:
        return None
    given = [serialize(each) if isinstance(each, Configured) else each for each in _given(model)]
    return {
        "optimizer": serialize(model.optimizer),
        "loss": serialize(model.loss),
        "metrics": given or None,
        **{name: value for name, value in IDLE.items() if name != "auto_scale_loss"},
    }


def _given(model: Sequential) -> list[Any]:
    return list(model.metrics_given or ())


def compile_as(model: Sequential, settings: Config) -> None:
    """Compile the model with settings from a file.

    Raises:
        StorageError: they use something that the engine does not have.
    """
    try:
        loss = _single(settings.get("loss"), "loss")
        if loss is None:
            return  # Keras can compile without a loss, and then cannot train either
        _refuse_weights(settings)
        model.compile(
            optimizer=optimizers.get(keras2.optimizer_config(settings.get("optimizer"))),
            loss=_loss(keras2.loss_config(loss)),
            metrics=[_metric(each) for each in _listed(settings.get("metrics"))],
        )
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
        raise StorageError(
            f"its compile settings cannot be used: {shorten(error)} "
            "load_model(path, compile=False) leaves them out."
        ) from error


def _loss(given: Any) -> Any:
    return given if isinstance(given, str) else losses.get(given)


def _metric(given: Any) -> Any:
    """A name stays a name, since what "accuracy" means depends on the model."""
    config = keras2.metric_config(given)
    return config if isinstance(config, str) else metrics.get(config)


def _single(given: Any, what: str) -> Any:
    """The one entry of a list or of a dict by output; a loss itself as it is."""
    if isinstance(given, dict) and "class_name" not in given:
        given = list(given.values())
    if not isinstance(given, list):
        return given
    if len(given) != 1:
        raise StorageError(f"there are {len(given)} entries for {what}, and the model has one.")
    return given[0]


def _listed(given: Any) -> list[Any]:
    """Metrics in one list: Keras 2 has a list in a list, and both have dicts by output."""
    if isinstance(given, dict) and "class_name" not in given:
        given = list(given.values())
    if not isinstance(given, list):
        return [] if given is None else [given]
    flat: list[Any] = []
    for each in given:
        flat += each if isinstance(each, list) else [each]
    return [each for each in flat if each is not None]


def _refuse_weights(settings: Config) -> None:
    weights = _single(settings.get("loss_weights") or None, "loss_weights")
    if weights not in (None, 1):
        raise StorageError(f"it has loss_weights={shorten(weights)}, which this engine has not.")
    if _listed(settings.get("weighted_metrics")):
        raise StorageError("it has weighted_metrics, which this engine does not have.")
