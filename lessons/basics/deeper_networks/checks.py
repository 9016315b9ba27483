"""The questions of 1.4. Their answers come from the network's `run`, which asks the engine."""

from __future__ import annotations

from engine import Node, Trace
from lessons.basics.deeper_networks import fresh
from lessons.basics.deeper_networks.network import HIDDEN_2, OTHERS, OUT, SWAPPED, TURNED, run
from lessons.spec import Check, Number, Numbers, Slip


def questions() -> dict[str, Check]:
    """Every question by the id of its page."""
    asked = (
        *_first_pass(),
        *_other_inputs(),
        *_without_relu(),
        _swapped(),
    )
    return {check.id: check for check in asked}


def _values(layer: tuple[Node, ...]) -> tuple[float, ...]:
    return tuple(node.value for node in layer)


def _out(weights_of: Trace, values: tuple[float, ...]) -> float:
    """What the output would be if it read `values`."""
    products = weights_of.layers[-1][0].products
    return sum(item.weight * value for item, value in zip(products, values, strict=True))


def _first_pass() -> tuple[Check, ...]:
    return (
        Numbers(
            id="first-layer",
            variant=fresh.first_layer,
            prompt="The values of node 1.0 and node 1.1, with ReLU?",
            answer=lambda: _values(run().layers[0]),
            hints=(
                "Two products and a sum for each, then ReLU.",
                "The sums are 3 × 2 + 5 × 4 and 3 × 4 + 5 × (-5). One of them is negative.",
                "The sums are 26 and -13. What does ReLU make of -13?",
            ),
            worked="relu(3 × 2 + 5 × 4) and relu(3 × 4 + 5 × (-5)) are {answer}",
        ),
        Number(
            id="second-layer",
            variant=fresh.second_layer,
            prompt="What is the value of node 2.1?",
            answer=lambda: run().layers[1][1].value,
            hints=(
                "It reads the first hidden layer, not the inputs.",
                "What comes in is 26 and 0; the weights are 2 and 2.",
                "26 × 2 + 0 × 2.",
            ),
            worked="26 × 2 + 0 × 2 = {answer}, and ReLU leaves it as it is",
            slips=(
                Slip(
                    answer=lambda: sum(
                        item.weight * value
                        for item, value in zip(
                            run().layers[1][1].products, run().inputs, strict=True
                        )
                    ),
                    says="16 is 3 × 2 + 5 × 2: the inputs. Layer 2 reads the nodes of layer 1.",
                ),
                Slip(
                    answer=lambda: run(activation="linear").layers[1][1].value,
                    says="26 is (26 - 13) × 2. ReLU has made 0 of the -13 before layer 2 reads it.",
                ),
            ),
        ),
        Number(
            id="output",
            variant=fresh.output,
            prompt="What is the output?",
            answer=lambda: run().outputs[0],
            hints=(
                "Two products and a sum, and no ReLU after it.",
                "What comes in is 0 and 52; the weights are -3 and 7.",
                "0 × (-3) + 52 × 7.",
            ),
            worked="0 × (-3) + 52 × 7 = {answer}",
            slips=(
                Slip(
                    answer=lambda: _out(run(), _values(run().layers[0])),
                    says="-78 is 26 × (-3) + 0 × 7: the first layer. The output reads the second.",
                ),
                Slip(
                    answer=lambda: _out(run(), run().inputs),
                    says="26 is 3 × (-3) + 5 × 7: the inputs. The output reads the second layer.",
                ),
            ),
        ),
    )


def _other_inputs() -> tuple[Check, ...]:
    def others() -> Trace:
        return run(OTHERS)

    return (
        Numbers(
            id="wake",
            prompt="Inputs 5 and 3: the values of node 1.0 and node 1.1?",
            answer=lambda: _values(others().layers[0]),
            hints=(
                "The same weights, the inputs the other way round.",
                "The sums are 5 × 2 + 3 × 4 and 5 × 4 + 3 × (-5).",
                "10 + 12, and 20 - 15. Neither is negative.",
            ),
            worked="5 × 2 + 3 × 4 and 5 × 4 + 3 × (-5) are {answer}: node 1.1 woke up",
        ),
        Number(
            id="wake-output",
            prompt="What is the output for inputs 5 and 3?",
            answer=lambda: others().outputs[0],
            hints=(
                "As before: the second hidden layer times the weights to the output.",
                "What comes in is 0 and 54; the weights are -3 and 7.",
                "0 × (-3) + 54 × 7.",
            ),
            worked="0 × (-3) + 54 × 7 = {answer}",
            slips=(
                Slip(
                    answer=lambda: run().outputs[0],
                    says="364 was the output for inputs 3 and 5. Node 2.1 has 54 now.",
                ),
                Slip(
                    answer=lambda: _without_node_1_1(others()),
                    says="308 leaves node 1.1 out. It has 5 now, so node 2.1 is 22 × 2 + 5 × 2.",
                ),
            ),
        ),
    )


def _without_node_1_1(seen: Trace) -> float:
    """The output where the second layer reads node 1.0 alone."""
    first = seen.layers[0][0].value
    second = tuple(max(first * node.products[0].weight, 0.0) for node in seen.layers[1])
    return _out(seen, second)


def _without_relu() -> tuple[Check, ...]:
    def alone(place: int) -> float:
        return run(tuple(float(i == place) for i in (0, 1)), "linear").outputs[0]

    return (
        Number(
            id="identity",
            prompt="Inputs 3 and 5, no activation anywhere: the output?",
            answer=lambda: run(activation="linear").outputs[0],
            hints=(
                "The sums go on as they are. The lab shows them node by node.",
                "The first layer is 26 and -13. The second is -26 - 13 and 52 - 26.",
                "-39 × (-3) + 26 × 7.",
            ),
            worked="-39 × (-3) + 26 × 7 = {answer}",
            slips=(
                Slip(
                    answer=lambda: run().outputs[0],
                    says="364 is with ReLU. Without it node 1.1 passes on -13 instead of 0.",
                ),
            ),
        ),
        Numbers(
            id="collapse",
            prompt="Which two weights on the inputs do the same?",
            answer=lambda: (alone(0), alone(1)),
            hints=(
                "Inputs 1 and 0: the output is the first weight.",
                "Layers for inputs 1 and 0: 2 4, then 2 12. For inputs 0 and 1: 4 -5, then -9 -2.",
                "2 × (-3) + 12 × 7, and -9 × (-3) - 2 × 7.",
            ),
            worked="Inputs 1 and 0 give 78, inputs 0 and 1 give 13: {answer}. "
            "78 × 3 + 13 × 5 = 299",
        ),
    )


def _swapped() -> Check:
    return Number(
        id="swap",
        prompt="What is the output with the two nodes swapped?",
        answer=lambda: run(weights=SWAPPED).outputs[0],
        hints=(
            "Follow one node with its lines: does anything else reach the next layer?",
            "Node 1.0 is 0 now, node 1.1 is 26. Their weights to layer 2 went with them.",
            "Layer 2 is 0 and 52, as it was.",
        ),
        worked="0 × (-3) + 52 × 7 = {answer}: the order of the nodes carries no meaning",
        slips=(
            Slip(
                answer=lambda: run(weights=(TURNED, HIDDEN_2, OUT)).outputs[0],
                says="286 swaps the weights that lead in alone. Those that lead out move too.",
            ),
        ),
    )
