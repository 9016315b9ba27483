"""The network as a program for Keras and for this engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lessons.labs.base import Code
from lessons.labs.builder.network import NetworkSpec

if TYPE_CHECKING:
    from lessons.labs.builder.lab import BuilderLab


def listings(lab: BuilderLab) -> tuple[Code, ...]:
    """The same network for both, as a list of layers, and with one `add` after the other."""
    network = lab.network
    return (
        Code("Keras", _program(network, "from keras import Input, Sequential", "keras.layers")),
        Code("this engine", _program(network, "", "engine")),
        Code("Keras, layer by layer", _added(network)),
    )


def _program(network: NetworkSpec, first: str, package: str) -> str:
    imports = (
        [first, f"from {package} import Dense"]
        if first
        else [f"from {package} import Dense, Input, Sequential"]
    )
    if not network.layers:
        imports = [line.replace("Dense, ", "") for line in imports if not line.endswith(" Dense")]
    return "\n".join(
        [
            *imports,
            "",
            "model = Sequential([",
            f"    Input(({network.inputs},)),",
            *(f"    {layer.code}," for layer in network.layers),
            "])",
            "model.summary()",
        ]
    )


def _added(network: NetworkSpec) -> str:
    """With `add` and `input_shape`, the older way: the first layer says what it reads."""
    lines = ["import keras", "from keras.layers import Dense", ""]
    lines += [f"n_cols = {network.inputs}  # features in a row", "model = keras.Sequential()"]
    if not network.layers:
        return "\n".join([*lines, "# no layer yet: space adds one"])
    first, *others = (layer.code for layer in network.layers)
    lines.append(f"model.add({first[:-1]}, input_shape=(n_cols,)))")
    lines += [f"model.add({code})" for code in others]
    return "\n".join([*lines, "print(model.count_params())"])
