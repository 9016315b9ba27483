"""A model written down: its summary, its config and its results in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from engine import layers, metrics
from engine.configs import named, serialize
from engine.names import look_up

if TYPE_CHECKING:
    from engine.model import Sequential


def summary(model: Sequential, width: int = 0) -> Iterator[str]:
    """The lines of Keras's summary: layers, output shapes, counts of parameters."""
    rows = [
        (
            f"{layer.name} ({type(layer).__name__})",
            _shown_shape(layer.output_shape) if model.built else "?",
            f"{layer.count_params():,}" if model.built else "0 (unbuilt)",
        )
        for layer in model.layers
    ]
    label = max(30, width - 34, *(len(row[0]) for row in rows), 0) + 2
    yield f'Model: "{model.name}"'
    yield f"{'Layer (type)':<{label}}{'Output Shape':<20}{'Param #':>12}"
    yield "-" * (label + 32)
    for name, shape, count in rows:
        yield f"{name:<{label}}{shape:<20}{count:>12}"
    yield "-" * (label + 32)
    yield f"Total params: {model.parameters.size + model.statistics.size:,}"
    yield f"Trainable params: {model.parameters.size:,}"
    yield f"Non-trainable params: {model.statistics.size:,}"


def _shown_shape(shape: tuple[int, ...]) -> str:
    return "(" + ", ".join(["None", *map(str, shape)]) + ")"


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


#: further arguments of Keras's compile, at the values at which Keras decides by itself
IDLE = {
    "loss_weights": None,
    "weighted_metrics": None,
    "run_eagerly": False,
    "steps_per_execution": 1,
    "jit_compile": "auto",
    "auto_scale_loss": True,
}


def check_idle(others: Mapping[str, Any]) -> None:
    """Raise ValueError for an argument of `compile` that asks for more than there is here."""
    for name, value in others.items():
        usual = look_up("argument of compile", name, {known: known for known in IDLE})
        if value not in (IDLE[usual], None):
            raise ValueError(
                f"compile({name}={value!r}) asks for something that this engine does not have. "
                "Leave it out."
            )


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
