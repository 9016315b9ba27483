"""Sequential: building, weights in one flat vector, predicting, fitting, Keras's names."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from engine import SGD, Activation, Callback, Dense, Diverged, Flatten, Input, Sequential, Trainer

RNG = np.random.default_rng(0)
X, Y = RNG.normal(size=(50, 3)), RNG.normal(size=50)


def small(**options) -> Sequential:
    layers = [Input((3,)), Dense(4, "relu"), Dense(1)]
    model = Sequential(layers, **{"seed": 1} | options)
    model.compile("adam", "mse")
    return model


# -- building ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "first",
    [
        [Input(shape=(3,)), Dense(4)],
        [Dense(4, input_shape=(3,))],
        [Dense(4, input_dim=3)],
    ],
)
def test_three_ways_to_say_how_many_inputs(first) -> None:
    model = Sequential([*first, Dense(1)])
    assert model.built
    assert len(model.layers) == 2, "Input is not counted, as in Keras"
    assert [weight.shape for weight in model.get_weights()] == [(3, 4), (4,), (4, 1), (1,)]
    assert (model.input_shape, model.output_shape) == ((3,), (1,))


def test_or_let_the_data_say_it() -> None:
    model = Sequential([Dense(4), Dense(1)])
    assert not model.built
    assert model.predict(X).shape == (50, 1)
    assert model.layers[0].kernel.shape == (3, 4)


def test_or_build_as_keras_does() -> None:
    model = Sequential([Dense(4)])
    model.build((None, 3))
    assert model.count_params() == 16


def test_all_weights_are_views_of_one_flat_vector() -> None:
    model = small()
    hidden, out = model.layers
    assert model.parameters.shape == (3 * 4 + 4 + 4 + 1,)
    for name in ("kernel", "bias"):
        for layer in (hidden, out):
            view, place = getattr(layer, name), getattr(layer, f"{name}_slice")
            assert np.shares_memory(view, model.parameters)
            assert np.array_equal(view.ravel(), model.parameters[place])
            assert np.shares_memory(getattr(layer, f"{name}_gradient"), model.gradient)
    flat = np.concatenate([weight.ravel() for weight in model.get_weights()])
    assert np.array_equal(flat, model.parameters)
    model.parameters[:] = 0
    assert not hidden.kernel.any()


def test_without_bias_there_is_none() -> None:
    layer = Dense(2, use_bias=False)
    model = Sequential([Input((3,)), layer])
    assert (layer.bias, layer.bias_gradient, layer.bias_slice) == (None, None, None)
    assert model.count_params() == 6


def test_a_layer_added_later_leaves_the_weights_before_it_alone() -> None:
    model = Sequential([Input((3,)), Dense(4)], seed=1)
    before = model.get_weights()
    model.add(Dense(2))
    for old, new in zip(before, model.get_weights(), strict=False):
        assert np.array_equal(old, new)
    together = Sequential([Input((3,)), Dense(4), Dense(2)], seed=1)
    assert np.array_equal(model.parameters, together.parameters)


def test_the_seed_repeats_the_weights() -> None:
    assert np.array_equal(small().parameters, small().parameters)
    assert not np.array_equal(small().parameters, small(seed=2).parameters)
    assert not np.array_equal(small(seed=None).parameters, small(seed=None).parameters)


def test_layers_are_named_as_in_keras() -> None:
    model = Sequential([Dense(1), Dense(1, name="mine"), Dense(1), Activation("relu"), Flatten()])
    names = [layer.name for layer in model.layers]
    assert names == ["dense", "mine", "dense_1", "activation", "flatten"]


def test_an_activation_layer_is_the_same_as_an_activation_argument() -> None:
    one = Sequential([Input((3,)), Dense(4, "tanh"), Dense(2, "softmax")])
    other = Sequential([Input((3,)), Dense(4), Activation("tanh"), Dense(2), Activation("softmax")])
    other.set_weights(one.get_weights())
    y = np.eye(2)[RNG.integers(2, size=50)]
    for model in (one, other):
        model.compile("adam", "cce")
        model.fit(X, y, epochs=2, shuffle=False, verbose=0)
    assert np.array_equal(one.parameters, other.parameters)


# -- weights and predictions ---------------------------------------------------------------------


def test_weights_come_and_go_as_copies() -> None:
    model, other = small(), small(seed=9)
    weights = model.get_weights()
    weights[0][:] = 5
    assert not (model.layers[0].kernel == 5).any()
    other.set_weights(model.get_weights())
    assert np.array_equal(model.parameters, other.parameters)
    assert np.array_equal(model.predict(X), other(X))


def test_predictions_are_the_callers_own_and_do_not_depend_on_the_batch() -> None:
    model = small(dtype="float64")
    first = model.predict(X)
    kept = first.copy()
    model.predict(X + 1)
    assert np.array_equal(first, kept)
    np.testing.assert_allclose(model.predict(X, batch_size=7), first, rtol=1e-14)
    many = np.tile(X, (50, 1))
    np.testing.assert_allclose(model.predict(many)[-50:], first, rtol=1e-14)


def test_predicting_changes_no_weight_and_disturbs_no_training() -> None:
    disturbed, left_alone = (Trainer(small(), X, Y) for _ in range(2))
    for _ in range(10):
        disturbed.step()
        left_alone.step()
        disturbed.model.predict(X)
        disturbed.model.evaluate(X[:32], Y[:32])
    assert np.array_equal(disturbed.model.parameters, left_alone.model.parameters)
    assert np.array_equal(disturbed.model.gradient, left_alone.model.gradient)


def test_the_kind_of_number() -> None:
    for dtype in ("float32", "float64"):
        model = small(dtype=dtype)
        model.fit(X, Y, verbose=0)
        assert model.predict(X).dtype == model.parameters.dtype == model.gradient.dtype == dtype


def test_one_column_may_be_given_as_a_plain_list() -> None:
    model = Sequential([Input((1,)), Dense(1)], seed=0)
    model.compile("sgd", "mse")
    model.fit([1, 2, 3], [2, 4, 6], verbose=0)
    assert model.predict([1, 2, 3]).shape == (3, 1)


def test_evaluate_gives_what_keras_gives() -> None:
    model = small()
    loss = model.evaluate(X, Y)
    assert isinstance(loss, float)
    model.compile("adam", "mse", metrics=["mae"])
    mae = float(np.abs(model.predict(X)[:, 0] - Y).mean())
    assert model.evaluate(X, Y) == [loss, pytest.approx(mae)]
    assert model.evaluate(X, Y, return_dict=True) == {"loss": loss, "mae": pytest.approx(mae)}


def test_summary_and_config(capsys) -> None:
    model = small(name="wages")
    model.summary()
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == 'Model: "wages"'
    assert lines[3].split() == ["dense", "(Dense)", "(None,", "4)", "16"]
    assert lines[-3:] == ["Total params: 21", "Trainable params: 21", "Non-trainable params: 0"]


def test_a_model_is_made_again_from_its_config() -> None:
    model = small(name="wages", dtype="float64")
    config = model.get_config()
    assert config["build_input_shape"] == [None, 3]
    assert [layer["class_name"] for layer in config["layers"]] == ["InputLayer", "Dense", "Dense"]
    again = Sequential.from_config(config)
    assert again.get_config() == config
    again.set_weights(model.get_weights())
    assert np.array_equal(again.predict(X), model.predict(X))


@pytest.mark.parametrize("config", [None, {}, {"layers": "Dense"}])
def test_what_is_no_config_of_a_model(config: Any) -> None:
    with pytest.raises(ValueError, match="is a dict with a list of layers"):
        Sequential.from_config(config)


# -- fitting -------------------------------------------------------------------------------------


def test_fit_is_a_loop_over_trainer_steps() -> None:
    fitted, stepped = small(), small()
    fitted.fit(X, Y, epochs=3, batch_size=8, shuffle=False, verbose=0)
    trainer = Trainer(stepped, X, Y, batch_size=8, shuffle=False)
    for _ in range(3 * trainer.steps_per_epoch):
        trainer.step()
    assert np.array_equal(fitted.parameters, stepped.parameters)


def test_fit_shuffles_repeatably_and_differently_each_time() -> None:
    first, second = small(), small()
    losses = [
        [model.fit(X, Y, batch_size=8, verbose=0).history["loss"] for _ in range(2)]
        for model in (first, second)
    ]
    assert losses[0] == losses[1]

    weights = small().get_weights()
    outcomes = []
    for _ in range(2):
        first.set_weights(weights)
        first.compile("adam", "mse")
        first.fit(X, Y, batch_size=8, verbose=0)
        outcomes.append(first.parameters.copy())
    assert not np.array_equal(outcomes[0], outcomes[1]), "the same start, another order of the rows"
    in_order = small()
    in_order.fit(X, Y, batch_size=8, shuffle=False, verbose=0)
    assert not np.array_equal(outcomes[0], in_order.parameters)


def test_a_second_fit_goes_on_where_the_first_ended() -> None:
    once, twice = small(), small()
    once.fit(X, Y, epochs=4, shuffle=False, verbose=0)
    for _ in range(2):
        twice.fit(X, Y, epochs=2, shuffle=False, verbose=0)
    assert np.array_equal(once.parameters, twice.parameters)
    optimizer, _ = twice.need_compiled()
    assert optimizer.iterations == 8


def test_the_validation_split_is_the_last_rows() -> None:
    split, given = small(), small()
    one = split.fit(X, Y, validation_split=0.3, epochs=2, verbose=0)
    two = given.fit(X[:35], Y[:35], validation_data=(X[35:], Y[35:]), epochs=2, verbose=0)
    assert one.history == two.history
    assert set(one.history) == {"loss", "val_loss"}
    assert one.history["val_loss"][-1] == given.evaluate(X[35:], Y[35:])


def test_history(capsys) -> None:
    model = small()
    history = model.fit(X, Y, epochs=3, verbose=0)
    assert capsys.readouterr().out == ""
    assert model.history is history
    assert history.epoch == [0, 1, 2]
    assert len(history.history["loss"]) == 3
    assert history.params == {"verbose": 0, "epochs": 3, "steps": 2}


def test_learning_brings_the_loss_down() -> None:
    model = Sequential([Input((2,)), Dense(16, "tanh"), Dense(2, "softmax")], seed=0)
    model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
    x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]] * 25)
    y = np.eye(2)[x[:, 0] ^ x[:, 1]]
    history = model.fit(x, y, epochs=300, batch_size=20, verbose=0).history
    assert history["loss"][-1] < 0.1 < history["loss"][0]
    assert history["accuracy"][-1] == 1


def test_what_fit_prints(capsys) -> None:
    model = small()
    model.fit(X, Y, epochs=2)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Epoch 1/2"
    assert lines[1].startswith("2/2 - ")
    assert " - loss: " in lines[1]
    model.fit(X, Y, epochs=2, verbose=2)
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(" - ")[0] for line in lines] == ["Epoch 1/2", "Epoch 2/2"]


class Diary(Callback):
    """Notes every hook that is called."""

    def __init__(self, stop_after: int | None = None) -> None:
        self.calls: list[str] = []
        self.stop_after = stop_after

    def on_train_begin(self, logs=None) -> None:
        self.calls.append("train")

    def on_epoch_begin(self, epoch, logs=None) -> None:
        self.calls.append(f"epoch {epoch}")

    def on_train_batch_begin(self, batch, logs=None) -> None:
        self.calls.append(f"batch {batch}")

    def on_train_batch_end(self, batch, logs=None) -> None:
        assert logs["loss"] >= 0

    def on_epoch_end(self, epoch, logs=None) -> None:
        self.calls.append(f"end {epoch}")
        self.model.stop_training = epoch == self.stop_after

    def on_train_end(self, logs=None) -> None:
        self.calls.append("over")


def test_callbacks_are_called_at_keras_hooks_and_can_stop() -> None:
    diary = Diary(stop_after=1)
    history = small().fit(X, Y, epochs=9, callbacks=[diary], verbose=0)
    epoch = ["batch 0", "batch 1"]
    assert diary.calls == [
        "train",
        *("epoch 0", *epoch, "end 0"),
        *("epoch 1", *epoch, "end 1"),
        "over",
    ]
    assert history.epoch == [0, 1]


def test_fit_stops_when_it_diverges_and_keeps_the_history() -> None:
    model = Sequential([Input((3,)), Dense(1)], seed=0)
    model.compile(SGD(30.0), "mse")
    with pytest.raises(Diverged):
        model.fit(X, Y, epochs=1000, verbose=0)
    assert model.history is not None
    assert model.history.epoch
    assert np.isfinite(model.history.history["loss"]).all()


def test_train_on_batch_is_one_step() -> None:
    model, trainer = small(), Trainer(small(), X, Y, batch_size=50, shuffle=False)
    for _ in range(3):
        assert model.train_on_batch(X, Y) == trainer.step()
    assert np.array_equal(model.parameters, trainer.model.parameters)
