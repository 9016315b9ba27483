"""What every loss has."""

from __future__ import annotations

from typing import Any, ClassVar

from numpy.typing import NDArray

from engine.configs import Configured

Array = NDArray[Any]


class Loss(Configured):
    """One loss function.

    `y` holds the targets, (rows, target_width), and `p` the predictions, (rows, outputs), both of
    the model's dtype.

    Args:
        reduction: "sum_over_batch_size", the mean over the rows, is the only one there is.
        name: what the loss is called; Keras's name unless given.
        dtype: taken so that Keras's configs can be read; the arithmetic is that of the model.

    Raises:
        ValueError: another reduction.
    """

    keras_module: ClassVar[str] = "keras.losses"
    #: Keras's name of the loss
    default_name: ClassVar[str] = ""
    #: the activation together with which d loss / d pre-activation is short, such as p - y
    partner: str | None = None

    def __init__(
        self, reduction: str = "sum_over_batch_size", name: str | None = None, dtype: Any = None
    ) -> None:
        self.name = name or self.default_name
        if reduction != "sum_over_batch_size":
            raise ValueError(
                f"{self.name} has reduction={reduction!r}, but this engine has only "
                "'sum_over_batch_size', the mean over the rows. Leave it out."
            )

    def target_width(self, outputs: int) -> int:
        """How many columns the targets of a model with that many outputs have."""
        return outputs

    def check_targets(self, y: Array, outputs: int) -> None:
        """Raise ValueError when these targets, (rows, target_width), make no sense here."""

    def value(self, y: Array, p: Array) -> float:
        """The loss of these rows: the mean of `per_row`."""
        return float(self.per_row(y, p).mean())

    def per_row(self, y: Array, p: Array) -> Array:
        """The loss of each row by itself, (rows,), so that rows can be weighted."""
        raise NotImplementedError

    def slope(self, y: Array, p: Array, out: Array | None = None) -> Array:
        """d value / d p, shaped like p; written to `out`, another array, when it is given."""
        raise NotImplementedError

    def partner_value(self, y: Array, p: Array) -> float:
        """The same as `value` when p = partner(z), for which it may be simpler."""
        return self.value(y, p)

    def partner_slope(self, y: Array, p: Array, out: Array | None = None) -> Array:
        """d value / d z, shaped like p, when p = partner(z)."""
        raise NotImplementedError(f"{self.name} has no partner activation")

    def get_config(self) -> dict[str, Any]:
        return {"name": self.name, "reduction": "sum_over_batch_size"}
