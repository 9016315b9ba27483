"""What the course says at its end: the whole of it in a few sentences, and what to do next."""

from __future__ import annotations

from lessons.labs.parts import Code

THE_WHOLE = """\
A network multiplies, adds and bends, layer after layer, and out comes a prediction. A loss says \
how wrong it is. Backpropagation finds the slope of the loss for every weight, and many small \
steps down these slopes make it less wrong. Rows it has never seen say whether it has learned, \
or only remembered."""

NEXT = (
    (
        "Play",
        "P opens the playground: any network on any data, its weights by hand, a gallery of "
        "scenes, and a code that brings somebody else to the very same state.",
    ),
    (
        "Write one of your own",
        "c shows a program that trains a network on the wages. It runs as it stands, and you know "
        "every line of it. Change the layers, the optimizer, the rate, and see what becomes of "
        "the held-out loss.",
    ),
    (
        "Bring your own data",
        "dl-tutor train mine.csv --target price trains a network on a table of yours and says how "
        "far it is ahead of the simplest guess. The last listing under c does it line by line.",
    ),
    (
        "Go on with Keras",
        "What you have learned to write is Keras: the same names, arguments and defaults. "
        "pip install keras jax, and the first listing runs there. Models saved as .keras or .h5 "
        "open on both sides.",
    ),
    (
        "Teach it",
        "Explain one lesson to somebody, with its lab between you: space and b step on and back, "
        "x says where a number comes from. What you cannot explain, open again.",
    ),
)
"""What to do next: a heading and a few sentences each."""

OWN_DATA = """\
from engine import Dense, EarlyStopping, Input, Sequential, StandardScaler, read_csv, split

# your file, and the column to predict
table, target = read_csv("mine.csv"), "price"

rows, held_out = split(table, 0.3, seed=1)
scaler = StandardScaler().fit(rows.without(target))
x, x_held_out = scaler.transform(rows.without(target)), scaler.transform(held_out.without(target))
y, y_held_out = rows.column(target), held_out.column(target)

model = Sequential([
    Input((x.shape[1],)),
    Dense(50, activation="relu"),
    Dense(1),
], seed=1)
model.compile(optimizer="adam", loss="mean_squared_error")
model.fit(
    x, y, epochs=100, validation_data=(x_held_out, y_held_out),
    callbacks=[EarlyStopping(patience=3, restore_best_weights=True)],
)
print(model.predict(x_held_out[:5]).round(2), y_held_out[:5])
model.save("mine.keras")"""


def listings() -> tuple[Code, ...]:
    """Programs to begin with: for Keras, for this engine, and for the learner's own file."""
    from lessons.learning.listing import Package, program
    from lessons.learning.problems import wages
    from lessons.learning.recipe import Recipe

    def of(package: Package) -> str:
        recipe = Recipe(hidden=(50,))
        stop = "[EarlyStopping(patience=3)]"
        return program(wages(), recipe, package, epochs=50, callbacks=stop)

    return (
        Code("Keras", of("keras")),
        Code("this engine", of("engine")),
        Code("this engine, with your own file", OWN_DATA),
    )
