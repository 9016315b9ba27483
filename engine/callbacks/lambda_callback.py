"""LambdaCallback (keras/src/callbacks/lambda_callback.py)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.callbacks.base import Callback
from engine.names import look_up

_HOOKS = {name: name for name in vars(Callback) if name.startswith("on_")}


class LambdaCallback(Callback):
    """A callback made of functions: LambdaCallback(on_epoch_end=lambda epoch, logs: ...).

    Every hook of Callback may be given, by its name.

    Raises:
        ValueError: there is no such hook (with the nearest match).
        TypeError: what was given cannot be called.
    """

    def __init__(self, **hooks: Callable[..., Any] | None) -> None:
        for name, function in hooks.items():
            look_up("hook", name, _HOOKS)
            if function is None:
                continue
            if not callable(function):
                raise TypeError(f"{name} must be a function, not {function!r}.")
            setattr(self, name, function)
