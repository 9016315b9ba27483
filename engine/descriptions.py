"""A model written down: its summary, its config and its results in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from engine import layers, metrics
from engine.configs import named, serialize

if TYPE_CHECKING:
    from engine.model import Sequential


def summary(model: Sequential) -> Iterator[str]:
    """The lines of Keras's summary: layers, output shapes, counts of parameters."""
    rows = [
        (
            f"{layer.name} ({type(layer).__name__})",
            "(" + ", ".join(["None", *map(str, layer.output_shape)]) + ")",
            f"{layer.count_params():,}",
        )
        for layer in model.layers
    ]
    label = max(30, *(len(row[0]) for row in rows)) + 2
    yield f'Model: "{model.name}"'
    yield f"{'Layer (type)':<{label}}{'Output Shape':<20}{'Param #':>12}"
    yield "-" * (label + 32)
    for name, shape, count in rows:
        yield f"{name:<{label}}{shape:<20}{count:>12}"
    yield "-" * (label + 32)
    yield f"Total params: {model.count_params():,}"
    yield f"Trainable params: {model.parameters.size:,}"
    yield f"Non-trainable params: {model.statistics.size:,}"


def network_config(model: Sequential) -> dict[str, Any]:
    """Keras's config of a Sequential; the first entry of "layers" is an InputLayer when known."""
    shape = model.given_input_shape
    first = [] if shape is None else [layers.Input(shape, name="input_layer")]
    return {
        "name": model.name,
        "trainable": True,
        "dtype": model.dtype.name,
        "layers": [serialize(layer) for layer in (*first, *model.layers)],
        "build_input_shape": None if shape is None else [None, *shape],
    }


def network_arguments(config: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of Sequential for such a config.

    Raises:
        ValueError: it is not the config of a Sequential, or has a layer we do not have.
    """
    if not isinstance(config, Mapping) or not isinstance(config.get("layers"), list):
        raise ValueError(f"A Sequential's config is a dict with a list of layers, not {config!r}.")
    shape = config.get("build_input_shape")
    if shape is not None and not isinstance(shape, list | tuple):
        raise ValueError(f"build_input_shape must be a list such as [None, 9], not {shape!r}.")
    given: list[layers.Layer] = [layers.from_config(layer) for layer in config["layers"]]
    if shape and not any(isinstance(layer, layers.Input) for layer in given[:1]):
        given.insert(0, layers.Input(tuple(shape[1:])))
    dtype = config.get("dtype", "float32")
    return {"layers": given, "name": config.get("name"), "dtype": dtype}


def metric_list(given: Any) -> tuple[Any, ...]:
    """The metrics of `compile`, each one known.

    Raises:
        ValueError: it is not a list, or a name is unknown (with the nearest match).
    """
    if isinstance(given, str):
        raise ValueError(f"metrics must be a list: metrics=[{given!r}].")
    if given is not None and not isinstance(given, list | tuple):
        raise ValueError(f"metrics must be a list such as ['accuracy'], not {named(given)}.")
    for each in given or ():
        metrics.get(each)
    return tuple(given or ())


def in_order(logs: Mapping[str, float], names: Sequence[str], as_dict: bool) -> Any:
    """What Keras returns of such logs: the loss, or [loss, metric, ...], or a dict.

    The names of the dict are sorted, as those of the history are.
    """
    if as_dict:
        return {name: logs[name] for name in sorted(names)}
    values = [logs[name] for name in names]
    return values[0] if len(values) == 1 else values
