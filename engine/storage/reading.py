"""From the config in a file to layers: a whitelist of classes, and checks before anything is made.

Only names are looked up, in `engine.layers.LAYERS`. Nothing is imported, and nothing is made by a
name that a file gives.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from engine import layers as engine_layers
from engine.layers import LAYERS, Layer, as_shape
from engine.storage import keras2
from engine.storage.errors import StorageError, shorten

Shape = tuple[int, ...]
Config = dict[str, Any]

#: layers of one model; those of one file are looked through one by one
MOST_LAYERS = 1000

#: axes of one row
MOST_AXES = 16


@dataclass(frozen=True)
class Plan:
    """A model as a file describes it, before it has weights.

    Attributes:
        layers: made, and told their shapes where `input_shape` is known; without weights.
        input_shape: of one row; None when the file does not say, so that there are no weights.
        shapes: for each layer the shapes of its arrays, in Keras's order.
        frozen: the names of the layers that were not to be trained.
    """

    name: str
    dtype: str
    layers: list[Layer]
    input_shape: Shape | None
    shapes: list[list[Shape]]
    frozen: list[str]


def plan_of(model: Config) -> Plan:
    """The plan of {"class_name": "Sequential", "config": ...}.

    Raises:
        StorageError: there is something in it that the engine does not have.
    """
    class_name, config = model.get("class_name"), model.get("config")
    if class_name == "Sequential":
        entries, name, built_for = _of_sequential(config)
    elif class_name in ("Functional", "Model"):
        entries, name, built_for = _of_functional(config)
    else:
        raise StorageError(f"it holds a {shorten(class_name)!r}, not a Sequential model.")
    if len(entries) > MOST_LAYERS:
        raise StorageError(f"it has {len(entries):,} layers; more than {MOST_LAYERS} are not read.")
    input_shape, inner = _input_of(entries, built_for)
    made = [_layer(entry) for entry in inner]
    return Plan(
        name=name,
        dtype=_dtype(entries),
        layers=made,
        input_shape=input_shape,
        shapes=_shapes(made, input_shape) if input_shape is not None else [[] for _ in made],
        frozen=[_name(entry) for entry in inner if _inner(entry).get("trainable") is False],
    )


def _of_sequential(config: Any) -> tuple[list[Config], str, Any]:
    """The layers, the name and the shape that the model was built for; Keras 2.2 had a list."""
    if isinstance(config, list):
        return _entries(config), "sequential", None
    if not isinstance(config, dict):
        raise StorageError("its model has no layers.")
    name = config.get("name")
    return (
        _entries(config.get("layers")),
        name if isinstance(name, str) and name else "sequential",
        config.get("build_input_shape"),
    )


def _of_functional(config: Any) -> tuple[list[Config], str, Any]:
    """The same of a Functional model, if its layers follow each other one by one."""
    if not isinstance(config, dict):
        raise StorageError("its model has no layers.")
    entries = _entries(config.get("layers"))
    before = None
    for entry in entries:
        calls = entry.get("inbound_nodes")
        if before is None:
            if entry["class_name"] != "InputLayer" or calls:
                raise StorageError("its first layer is not an Input.")
        elif _single_input(calls) != before:
            raise StorageError(
                f"layer {_name(entry)!r} does not follow the layer before it and nothing else; "
                "this engine has models whose layers follow each other one by one."
            )
        before = _name(entry)
    ends = config.get("input_layers"), config.get("output_layers")
    if not entries or [_end(end) for end in ends] != [_name(entries[0]), before]:
        raise StorageError("its model has several inputs or outputs, which this engine has not.")
    name = config.get("name")
    return entries, name if isinstance(name, str) and name else "model", None


def _entries(given: Any) -> list[Config]:
    if not isinstance(given, list) or not all(isinstance(each, dict) for each in given):
        raise StorageError("its model has no list of layers.")
    for entry in given:
        if not isinstance(entry.get("class_name"), str) or not isinstance(
            entry.get("config"), dict
        ):
            raise StorageError("one of its layers has no class_name and config.")
    return given


def _inner(entry: Config) -> Config:
    config: Config = entry["config"]
    return config


def _name(entry: Config) -> str:
    name = entry.get("name") or entry["config"].get("name")
    return shorten(name) if isinstance(name, str) else shorten(entry["class_name"].lower())


def _single_input(calls: Any) -> str | None:
    """The name of the only layer that a layer was called on, once; None when it is not so.

    Keras 2: [[["dense", 0, 0, {}]]]. Keras 3: [{"args": [{"class_name": "__keras_tensor__",
    "config": {"keras_history": ["dense", 0, 0]}}], "kwargs": {}}].
    """
    match calls:
        case [[[str(name), 0, 0, *rest]]]:
            arguments = rest[0] if rest else {}
        case [{"args": [{"config": {"keras_history": [str(name), 0, 0]}}], **others}]:
            arguments = others.get("kwargs") or {}
        case _:
            return None
    if not isinstance(arguments, dict) or any(arguments.values()):
        return None  # Dropout that stays on, or a mask
    return name


def _end(given: Any) -> str | None:
    """The layer in [["dense", 0, 0]] of Keras 2, or ["dense", 0, 0] of Keras 3."""
    match given:
        case [[str(name), 0, 0]] | [str(name), 0, 0]:
            return name
    return None


def _input_of(entries: list[Config], built_for: Any) -> tuple[Shape | None, list[Config]]:
    """The shape of one row, and the layers without the InputLayer."""
    if not entries:
        return None, []
    first = _inner(entries[0])
    shape = first.get("batch_shape") or first.get("batch_input_shape") or built_for
    if shape is None and isinstance(first.get("input_dim"), int):
        shape = [None, first["input_dim"]]
    inner = entries[1:] if entries[0]["class_name"] == "InputLayer" else entries
    if shape is None:
        return None, inner
    shape = keras2.plain(shape)
    if not isinstance(shape, list) or not 2 <= len(shape) <= 1 + MOST_AXES:
        raise StorageError(f"its input has shape {shorten(shape)}, not one such as [null, 4].")
    try:
        return as_shape(shape[1:]), inner
    except ValueError as error:
        raise StorageError(f"its input has shape {shorten(shape)}: {error}") from error


def _layer(entry: Config) -> Layer:
    """The layer, by the whitelist; its name in the message when that is not possible."""
    class_name = entry["class_name"]
    if class_name == "InputLayer":
        raise StorageError(f"layer {_name(entry)!r} is an Input that is not first.")
    module = entry.get("module") or "keras"
    registered = entry.get("registered_name") or ""
    own = not str(module).split(".")[0].endswith("keras") or ">" in str(registered)
    if class_name not in LAYERS or own:
        has = ", ".join(sorted(name for name in LAYERS if name != "InputLayer"))
        raise StorageError(
            f"layer {_name(entry)!r} is a {shorten(class_name)}"
            f"{' of its own making' if own else ''}, which this engine does not have. "
            f"It has: {has}."
        )
    try:
        config = keras2.layer_config(class_name, _inner(entry))
        return engine_layers.from_config({"class_name": class_name, "config": config})
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError) as error:
        raise StorageError(f"layer {_name(entry)!r}: {shorten(error)}") from error


def _shapes(made: list[Layer], shape: Shape) -> list[list[Shape]]:
    """The shapes of all arrays that these layers will need; no array is made."""
    result = []
    for layer in made:
        try:
            layer.build(shape)
        except (ValueError, TypeError) as error:
            raise StorageError(f"layer {layer.name!r}: {shorten(error)}") from error
        result.append([wanted.shape for wanted in layer.wanted().values()])
        shape = layer.output_shape
    return result


def parameters_in(shapes: list[list[Shape]]) -> int:
    """How many numbers arrays of these shapes hold."""
    return sum(math.prod(shape) for of_layer in shapes for shape in of_layer)


def _dtype(entries: list[Config]) -> str:
    """float64 when a layer has it, or else float32, which holds float16 and bfloat16 exactly."""
    for entry in entries:
        policy = _inner(entry).get("dtype")
        match policy:
            case {"config": {"name": str(name)}}:  # Keras 3; a plain name in Keras 2
                policy = name
        if policy == "float64" and entry["class_name"] != "InputLayer":
            return "float64"
    return "float32"
