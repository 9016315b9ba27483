"""What an optimizer remembers, between its flat slots and Keras's list of variables.

Keras 3 (keras/src/optimizers/base_optimizer.py): the count of updates, the learning rate unless a
schedule decides, then the slots. Slots of one group (`slot_groups`) are made weight array by weight
array: m and v of the first kernel, m and v of the first bias, and so on; then the next group.
Keras 2.15 leaves the rate out. Before 2.11 there are all m first and then all v.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.configs import serialize
from engine.model import Sequential
from engine.optimizers import Optimizer, get
from engine.storage.errors import StorageError
from engine.storage.hdf5 import StoredArray

Array = NDArray[Any]
Shape = tuple[int, ...]

#: the last part of a variable's name in the optimizers before Keras 2.11
OLD_SLOTS = ("m", "v", "vhat", "momentum", "rms", "mg", "accumulator", "accum_grad", "accum_var")


@dataclass(frozen=True)
class Variables:
    """The arrays that a file has for an optimizer, and whether they are in the old order."""

    arrays: list[StoredArray]
    slot_by_slot: bool = False


def learned_shapes(model: Sequential) -> list[Shape]:
    """The shapes of the arrays that the model learns, in the order of `parameters`."""
    return [each.shape for layer in model.layers for each in layer.trainable_wanted().values()]


def learned_slices(model: Sequential) -> list[slice]:
    """Where in `parameters` each array is that the model learns."""
    return [place for layer in model.layers for place in layer.slices.values()]


def is_slot_by_slot(names: Sequence[str]) -> bool:
    """Whether these names of variables are those of an optimizer from before Keras 2.11.

    "Adam/dense/kernel/m:0", or "training/Adam/Variable_3:0" in Keras 2.2. Later ones are
    "Adam/m/dense/kernel:0" and "adam/dense_kernel_momentum".
    """
    last = [name.rsplit("/", 1)[-1].partition(":")[0] for name in names]
    return any(part in OLD_SLOTS or part.startswith("Variable") for part in last)


# -- out ---------------------------------------------------------------------------------------


def variables_of(model: Sequential) -> Iterator[tuple[str, Array]]:
    """(name, values) of the optimizer's variables, as Keras 3 orders them."""
    optimizer, _ = model.need_compiled()
    if not optimizer.slots:
        # Not trained yet. A copy is built, so that saving changes nothing in the model.
        iterations, optimizer = optimizer.iterations, get(serialize(optimizer))
        optimizer.build(model.parameters, learned_slices(model))
        optimizer.iterations = iterations
    whole = np.int32 if optimizer.iterations < 2**31 else np.int64
    yield "iteration", np.array(optimizer.iterations, whole)
    if isinstance(optimizer.rate_setting, float):
        yield "learning_rate", np.array(optimizer.rate_setting, model.dtype)
    names = [f"{layer.name}_{name}" for layer in model.layers for name in layer.trainable_wanted()]
    shapes, slices = learned_shapes(model), learned_slices(model)
    for slot, index in _order(optimizer, len(names), slot_by_slot=False):
        values = optimizer.slots[slot]
        if index is None:
            yield slot, values.reshape(())
        else:
            yield f"{names[index]}_{slot}", values[slices[index]].reshape(shapes[index])


def _order(
    optimizer: Optimizer, arrays: int, *, slot_by_slot: bool
) -> Iterator[tuple[str, int | None]]:
    """(slot, number of the weight array) in the order of variables; None for a single number."""
    for group in optimizer.slot_groups:
        if group == ("u_product",):
            yield "u_product", None
        elif slot_by_slot:
            yield from ((slot, index) for slot in group for index in range(arrays))
        else:
            yield from ((slot, index) for index in range(arrays) for slot in group)


# -- in ----------------------------------------------------------------------------------------


def restore(model: Sequential, variables: Variables) -> None:
    """Put a stored state into the optimizer of a compiled model with weights.

    Raises:
        StorageError: there are more, fewer or other arrays than this optimizer has. Nothing is
            changed then.
    """
    optimizer, _ = model.need_compiled()
    stored = list(variables.arrays)
    if not stored:
        return  # compiled and never trained, in Keras 2
    scalars = [each for each in stored if each.shape == ()]
    rest = [each for each in stored if each.shape != ()]
    iterations = _whole(scalars.pop(0)) if scalars else 0
    product = _take_product(optimizer, scalars)
    rate = _number(scalars.pop(0)) if scalars else None
    if scalars:
        raise StorageError("its optimizer has single numbers that this engine cannot place.")
    shapes, slices = learned_shapes(model), learned_slices(model)
    order = _order(optimizer, len(shapes), slot_by_slot=variables.slot_by_slot)
    wanted = [(slot, index) for slot, index in order if index is not None]
    rest = _without_idle(rest, len(wanted), shapes)
    if rest:  # Keras 3 stores the single numbers alone before the first update
        _check(rest, [shapes[index] for _, index in wanted])
    values = [_finite(each, model.dtype).reshape(-1) for each in rest]
    optimizer.build(model.parameters, slices)
    for (slot, index), numbers in zip(wanted, values, strict=False):
        optimizer.slots[slot][slices[index]] = numbers
    if "u_product" in optimizer.slots:
        known = product if product is not None else _product(optimizer, iterations)
        optimizer.slots["u_product"][...] = known
    optimizer.iterations = iterations
    _set_rate(optimizer, rate)


def _without_idle(rest: list[StoredArray], wanted: int, shapes: list[Shape]) -> list[StoredArray]:
    """Without the arrays at the end that do nothing.

    Keras 2 kept momentum for SGD without momentum, and a number per array for Adam's vhat where
    amsgrad is off.
    """
    idle = len(rest) - wanted
    return rest[:wanted] if idle > 0 and idle == len(shapes) else rest


def _check(stored: list[StoredArray], wanted: list[Shape]) -> None:
    found = [each.shape for each in stored]
    if found == wanted:
        return
    if len(found) != len(wanted):
        raise StorageError(
            f"its optimizer has {len(found)} arrays where {len(wanted)} belong to this model."
        )
    number = next(i for i, (a, b) in enumerate(zip(found, wanted, strict=True)) if a != b)
    raise StorageError(
        f"{stored[number].name!r} of its optimizer has shape {found[number]}, not {wanted[number]}."
    )


def _take_product(optimizer: Optimizer, scalars: list[StoredArray]) -> float | None:
    """Nadam's product, which stands last: after the rate where there is one."""
    has_product = ("u_product",) in optimizer.slot_groups
    has_rate = isinstance(optimizer.rate_setting, float)
    named = [each for each in scalars if each.name.rsplit("/", 1)[-1].startswith("momentum_cache")]
    if named:
        scalars.remove(named[0])
        return _number(named[0])
    if has_product and len(scalars) == 1 + has_rate:
        return _number(scalars.pop())
    return None


def _product(optimizer: Any, iterations: int) -> float:
    """The product of Nadam's momentum after so many updates, which Keras 2 does not store."""
    terms = np.arange(1, min(iterations, 10_000) + 1)
    return float(np.prod(optimizer.beta_1 * (1 - 0.5 * 0.96**terms)))


def _set_rate(optimizer: Optimizer, rate: float | None) -> None:
    """The stored rate, unless the config has the same one with more digits."""
    config = optimizer.rate_setting
    if rate is None or not isinstance(config, float) or np.float32(rate) == np.float32(config):
        return
    optimizer.learning_rate = rate


def _number(stored: StoredArray) -> float:
    value = float(stored.read())
    if not math.isfinite(value) or value < 0:
        raise StorageError(f"{stored.name!r} of its optimizer is {value}, not a number from 0.")
    return value


def _whole(stored: StoredArray) -> int:
    value = _number(stored)
    if value != int(value):
        raise StorageError(f"{stored.name!r} of its optimizer is not a count of updates.")
    return int(value)


def _finite(stored: StoredArray, dtype: Any) -> Array:
    with np.errstate(over="ignore"):
        values: Array = stored.read().astype(dtype)
    if not np.isfinite(values).all():
        raise StorageError(f"{stored.name!r} of its optimizer holds NaN or infinity.")
    return values
