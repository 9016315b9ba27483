"""What can be written as Keras's JSON and made again from it: layers, optimizers, losses and so on.

The form is that of keras/src/saving/serialization_lib.py:
{"module": "keras.layers", "class_name": "Dense", "config": {...}, "registered_name": None}
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Any, ClassVar, Self, TypeVar

from engine.arguments import shown
from engine.names import look_up

T = TypeVar("T", bound="Configured")


class Configured:
    """A thing that knows the arguments that make it again.

    `keras_module` is where Keras keeps the class, `class_name` what Keras calls it when that is
    not the name of our class. `off` holds the arguments that
    Keras has and this engine has not, each with the value at which it does nothing.
    """

    keras_module: ClassVar[str] = "keras"
    class_name: ClassVar[str] = ""
    off: ClassVar[Mapping[str, Any]] = {}

    def get_config(self) -> dict[str, Any]:
        """The arguments that make the same thing again, in plain JSON values."""
        raise NotImplementedError

    def __repr__(self) -> str:
        """The call that makes it, such as Adam(learning_rate=0.01), in plain values only."""
        usual = _arguments(type(self))
        given = {
            name: value
            for name, value in self.get_config().items()
            if name in usual
            and name != "name"
            and value != usual[name]
            and not isinstance(value, dict)
        }
        return f"{type(self).__name__}({', '.join(f'{k}={v!r}' for k, v in given.items())})"

    @classmethod
    def from_config(cls, config: Mapping[str, Any]) -> Self:
        """Make one from such arguments; those that Keras has and that do nothing are left out.

        Raises:
            ValueError: an argument is unknown, or is set to something that the engine lacks.
        """
        if not isinstance(config, Mapping):
            raise ValueError(f"The config of {cls.__name__} must be a dict, not {config!r}.")
        known = _arguments(cls)
        given: dict[str, Any] = {}
        for name, value in config.items():
            if name in known:
                given[name] = value
            elif name not in cls.off or value != cls.off[name]:
                raise ValueError(
                    f"{cls.__name__} has {name}={value!r} in its config, which this engine does "
                    "not have."
                )
        missing = [
            name
            for name, usual in known.items()
            if usual is inspect.Parameter.empty and name not in given
        ]
        if missing:
            raise ValueError(
                f"{cls.__name__} cannot be made from {shown(dict(config))}: "
                f"{', '.join(missing)} missing."
            )
        return cls(**given)


_KNOWN: dict[type, dict[str, Any]] = {}


def _arguments(kind: type) -> dict[str, Any]:
    """What the constructor takes, by name, with the usual value of each.

    Those of the classes above as well: a constructor may pass **options on to them. Looking at a
    signature is slow, so each class is looked at once.
    """
    if kind not in _KNOWN:
        _KNOWN[kind] = {
            name: parameter.default
            for each in reversed(kind.__mro__)
            for name, parameter in inspect.signature(each).parameters.items()
            if parameter.kind in (parameter.POSITIONAL_OR_KEYWORD, parameter.KEYWORD_ONLY)
        }
    return _KNOWN[kind]


def serialize(thing: Configured) -> dict[str, Any]:
    """The thing in Keras's JSON form."""
    return {
        "module": thing.keras_module,
        "class_name": thing.class_name or type(thing).__name__,
        "config": thing.get_config(),
        "registered_name": None,
    }


def resolve(kind: str, given: Any, known: Mapping[str, type[T]], base: type[T], example: str) -> T:
    """The thing that `given` means: itself, a name, or Keras's JSON form of it.

    Args:
        kind: what it is, for messages, such as "optimizer".
        known: every name that may be written, in Keras's snake case or short, with its class.
        example: what to write, for messages, such as "'adam' or Adam(0.01)".

    Raises:
        ValueError: it is none of these, or the name is unknown (with the nearest match).
    """
    article = "an" if kind[0] in "aeiou" else "a"
    if isinstance(given, base):
        return given
    if isinstance(given, Mapping) and isinstance(given.get("class_name"), str):
        by_class = {each.__name__: each for each in known.values()} | dict(known)
        config = given.get("config") or {}
        if given["class_name"] == "function" and isinstance(config, str):
            # How Keras writes that losses.mean_squared_error itself was given.
            return resolve(kind, config, known, base, example)
        if not isinstance(config, Mapping):
            raise ValueError(f"The config of {article} {kind} must be a dict, not {config!r}.")
        return look_up(kind, given["class_name"], by_class).from_config(config)
    if isinstance(given, str):
        by_class = {each.__name__.casefold(): each for each in known.values()}
        return (by_class.get(given.casefold()) or look_up(kind, given, known))()
    raise ValueError(f"{article.title()} {kind} is {example}, not {named(given)}.")


def named(given: Any) -> str:
    """What was given instead of a name or an object, with a word of advice where it helps."""
    if isinstance(given, type):
        return f"the class {given.__name__}: write {given.__name__}(...), with brackets"
    if callable(given) and hasattr(given, "__name__"):
        return f"a function of your own, {given.__name__}, whose slope nobody knows"
    return shown(given)
