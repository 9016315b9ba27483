"""The program that does what the playground does, for Keras and for this engine."""

from __future__ import annotations

from lessons.labs.base import Code
from lessons.labs.playground.features import FORMULAS
from lessons.labs.playground.play import DECAY_STEPS, Play
from lessons.labs.playground.problem import DATA_SEED
from lessons.labs.playground.run import PlayRun
from lessons.labs.playground.share import encode, shared
from lessons.learning.listing import Package, data_lines, optimizer_call
from lessons.tables.code import IMPORTS
from lessons.tables.code import data_lines as data_lines_of_own

LEAST_EPOCHS = 10

SCHEDULE_CLASS = {"exponential": "ExponentialDecay", "cosine": "CosineDecay"}


def listings(run: PlayRun) -> tuple[Code, ...]:
    """The program in both packages, and the code that opens this very playground."""
    return (
        Code("Keras", program(run, "keras")),
        Code("this engine", program(run, "engine")),
        *(() if run.on_own_table else (_code_of(run),)),
    )


def _code_of(run: PlayRun) -> Code:
    source = f"# dl-tutor play opens it again:\n# {encode(shared(run))}"
    return Code("playground code", source, program=False)


def program(run: PlayRun, package: Package) -> str:
    """A whole program that trains this network for as many epochs as were trained here."""
    play, problem = run.recipe, run.problem
    name, arguments = optimizer_call(play.optimizer, run.rates[0][1])
    arguments = _scheduled(play, arguments)
    metrics = ['    metrics=["accuracy"],'] if problem.classifies else []
    touched = len(run.rates) > 1 or run.timeline.interventions.by_step
    note = ["# What was changed by hand on the way is not in this program.", ""] if touched else []
    lines = [
        *note,
        *_imports(run, package, name),
        "",
        *([f"keras.utils.set_random_seed({play.seed})", ""] if package == "keras" else []),
        *_data(run),
        "",
        "model = Sequential([",
        *(f"    {layer}," for layer in _layers(run)),
        "])" if package == "keras" else f"], seed={play.seed})",
        "model.compile(",
        f"    optimizer={name}({arguments}),",
        f'    loss="{play.loss_for(problem)}",',
        *metrics,
        ")",
        "model.fit(",
        f"    x, y, batch_size={play.batch_size}, epochs={max(run.epoch, LEAST_EPOCHS)},",
        "    validation_data=(x_held_out, y_held_out),",
        ")",
    ]
    return "\n".join(lines)


def _scheduled(play: Play, arguments: str) -> str:
    first, _, rest = arguments.partition(", ")
    rate = first.removeprefix("learning_rate=")
    if play.schedule == "exponential":
        first = f"learning_rate=ExponentialDecay({rate}, {DECAY_STEPS}, 0.5)"
    elif play.schedule == "cosine":
        first = f"learning_rate=CosineDecay({rate}, {DECAY_STEPS})"
    return f"{first}, {rest}" if rest else first


def _imports(run: PlayRun, package: Package, optimizer: str) -> list[str]:
    play = run.recipe
    layers = ["Dense", *(["Dropout"] if play.dropout and play.hidden else [])]
    penalty = [play.regularizer.upper()] if play.regularizer != "none" else []
    schedule = [SCHEDULE_CLASS[play.schedule]] if play.schedule in SCHEDULE_CLASS else []
    if package == "engine":
        names = sorted({optimizer, *layers, *penalty, *schedule, "Input", "Sequential"})
        lines = [f"from engine import {', '.join(names)}"]
    else:
        lines = [
            "import keras",
            "from keras import Input, Sequential",
            f"from keras.layers import {', '.join(layers)}",
            f"from keras.optimizers import {optimizer}",
            *([f"from keras.optimizers.schedules import {schedule[0]}"] if schedule else []),
            *([f"from keras.regularizers import {penalty[0]}"] if penalty else []),
            "",
            "# the data are this course's",
        ]
    alone = play.data == "digits" or play.on_the_plane or run.on_own_table
    ours = [] if alone else ["split"]
    ours += ["StandardScaler"] if play.scaling else []
    ours += ["to_categorical"] if run.problem.outputs > 1 and not run.on_own_table else []
    if ours:
        lines.append(f"from engine import {', '.join(sorted(ours))}")
    if play.on_the_plane:
        return [
            "import numpy as np",
            *lines,
            "from engine.splitting import split_rows",
            "from lessons.labs.playground.points import points",
        ]
    if run.on_own_table:
        return [*lines, *IMPORTS]
    return [*lines, f"from lessons.datasets import {play.data}"]


def _data(run: PlayRun) -> list[str]:
    play = run.recipe
    if run.on_own_table and run.own is not None:
        lines = data_lines_of_own(run.own)
        return [*lines, *_scaling()] if play.scaling else lines
    if not play.on_the_plane:
        return _digits(run) if play.data == "digits" else data_lines(run.problem, play)
    made = ", ".join(FORMULAS[name] for name in play.features)
    lines = [
        f'x, y = points("{play.data}", {play.points}, {play.noise}, {DATA_SEED})',
        f"x = np.column_stack([{made}])",
        f"train, held_out = split_rows({play.points}, {play.held_out}, {DATA_SEED})",
        "x, x_held_out = x[train], x[held_out]",
        "y, y_held_out = y[train], y[held_out]",
    ]
    return [*lines, *_scaling()] if play.scaling else lines


def _digits(run: PlayRun) -> list[str]:
    count = len(run.problem.x_train)
    lines = [
        "images, labels = digits.load()",
        f"x, x_held_out = images[:{count}] / 255, images[{count}:] / 255",
        f"y, y_held_out = to_categorical(labels[:{count}]), to_categorical(labels[{count}:])",
    ]
    return [*lines, *_scaling()] if run.recipe.scaling else lines


def _scaling() -> list[str]:
    return [
        "scaler = StandardScaler().fit(x)",
        "x = scaler.transform(x)",
        "x_held_out = scaler.transform(x_held_out)",
    ]


def _layers(run: PlayRun) -> list[str]:
    play = run.recipe
    more = ""
    if play.initializer != "glorot_uniform":
        more += f', kernel_initializer="{play.initializer}"'
    if play.regularizer != "none":
        more += f", kernel_regularizer={play.regularizer.upper()}({play.strength})"
    lines = [f"Input(({len(run.problem.features)},))"]
    for layer, units in enumerate(play.hidden):
        lines.append(f'Dense({units}, activation="{play.activation_of(layer)}"{more})')
        if play.dropout:
            lines.append(f"Dropout({play.dropout})")
    last = run.problem.last_activation
    called = f', activation="{last}"' if last else ""
    return [*lines, f"Dense({run.problem.outputs}{called}{more})"]
