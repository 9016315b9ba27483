"""Cases worked by hand: one node over four rows, and a slope through many layers."""

from __future__ import annotations

import numpy as np
import pytest

from lessons.labs.base import Refused
from lessons.labs.worked.chain import ChainCase
from lessons.labs.worked.gate import GateCase
from lessons.labs.worked.lab import WorkedLab, WorkedScene
from lessons.tuning.dying_neurons.scenes import ALIVE, DEAD, SIGMOID, TANH
from tests.lessons.test_listings import printed_numbers

NUDGE = 1e-6


def lab(case: GateCase | ChainCase, moves: int = 0) -> WorkedLab:
    return WorkedLab(WorkedScene(case=case, moves=moves))


def loss(case: GateCase, weights: tuple[float, ...]) -> float:
    """Mean squared error of the node, with nothing but NumPy."""
    z = np.array(case.rows) @ np.array(weights)
    low = 0.2 if case.activation == "leaky_relu" else 0.0
    return float(((np.where(z > 0, z, low * z) - np.array(case.targets)) ** 2).mean())


class TestOneNode:
    @pytest.mark.parametrize("activation", ["relu", "leaky_relu"])
    @pytest.mark.parametrize("case", [DEAD, ALIVE], ids=["dead", "alive"])
    def test_the_mean_slopes_are_those_of_finite_differences(
        self, case: GateCase, activation: str
    ) -> None:
        case = GateCase(case.rows, case.targets, case.weights, activation=activation)
        for at, slope in enumerate(case.mean_slopes(0)):
            moved = [list(case.weights) for _ in range(2)]
            moved[0][at] += NUDGE
            moved[1][at] -= NUDGE
            numerical = (loss(case, tuple(moved[0])) - loss(case, tuple(moved[1]))) / (2 * NUDGE)
            assert slope == pytest.approx(numerical, abs=1e-6)

    def test_the_curriculums_dead_node_never_moves(self) -> None:
        assert DEAD.passing() == 0
        assert DEAD.before(1000) == (-1.0, -1.0)

    def test_a_node_that_is_0_on_three_of_four_rows_learns(self) -> None:
        assert [ALIVE.over(0, row).z for row in range(4)] == [-1.0, -2.0, 0.5, -3.0]
        assert ALIVE.passing() == 1
        assert ALIVE.before(1) != ALIVE.weights

    def test_a_leaky_relu_lets_the_dead_node_move(self) -> None:
        one = lab(DEAD)
        one.set("activation", "leaky_relu")
        assert isinstance(one.case, GateCase)
        assert all(
            after > before for before, after in zip((-1, -1), one.case.before(1), strict=True)
        )

    def test_weights_above_0_wake_it(self) -> None:
        one = lab(DEAD)
        one.set("weight 0", "2")
        assert isinstance(one.case, GateCase)
        assert one.case.passing() > 0
        one.undo()
        assert one.case == DEAD

    def test_a_pass_is_a_row_after_the_other_and_then_an_update(self) -> None:
        one = lab(ALIVE, 5)
        view = one.snapshot()
        assert [row[2] for row in view.rows] == ["-1", "-2", "0.5", "-3"]
        assert view.lines[-1].startswith("pass 1: slopes -0.5, -0.375; weights now 1.05, ")
        one.step()
        assert len(one.snapshot().rows) == 1  # the next pass, with the new weights

    def test_the_listing_prints_the_table(self) -> None:
        printed = printed_numbers(lab(ALIVE).code()[0].source)
        assert printed[:4] == [-1.0, -2.0, 0.5, -3.0]
        assert printed[-2:] == pytest.approx(ALIVE.before(1))


class TestChain:
    def test_ten_layers_of_tanh_at_2(self) -> None:
        assert TANH.slope == pytest.approx(0.0707, abs=5e-5)
        assert TANH.product(10) == pytest.approx(3.1e-12, rel=0.01)
        assert TANH.product(10) == pytest.approx((1 - np.tanh(2.0) ** 2) ** 10)

    def test_sigmoid_at_its_best(self) -> None:
        assert SIGMOID.product(8) == 0.25**8
        places = [ChainCase("sigmoid", z=z).slope for z in (-2.0, -0.5, 0.5, 2.0)]
        assert max(places) < SIGMOID.slope

    def test_it_ends_at_the_first_layer(self) -> None:
        one = lab(TANH, 10)
        assert one.snapshot().rows[-1][0] == "1"
        with pytest.raises(Refused, match="worked out"):
            one.step()

    def test_fewer_layers_leave_no_move_that_is_not_there(self) -> None:
        one = lab(TANH, 10)
        one.set("layers", "3")
        assert (one.position, one.end) == (3, 3)
        with pytest.raises(Refused, match="whole number"):
            one.set("layers", "2.5")
        one.undo()
        assert one.position == 10

    def test_the_listing_prints_the_products(self) -> None:
        printed = printed_numbers(lab(TANH).code()[0].source)
        assert printed[-1] == pytest.approx(TANH.product(10))


class TestHiding:
    def test_only_the_columns_of_its_own_tag_are_hidden(self) -> None:
        one = lab(TANH)
        one.show(WorkedScene(case=TANH, moves=2, tag="tanh"), ("product@tanh", "gate@dead"))
        assert [row[-1] for row in one.snapshot().rows] == ["?", "?"]
        assert [row[-2] for row in one.snapshot().rows] != ["?", "?"]
        assert "0.07" not in one.explain("product at layer 10").filled
        one.hide(("product@sigmoid",))
        assert one.snapshot().rows[0][-1] == "0.07065"

    def test_there_is_no_rate_in_a_chain(self) -> None:
        one = lab(TANH)
        assert not one.can("rate")
        with pytest.raises(Refused, match="no learning rate"):
            one.change_rate(1)
