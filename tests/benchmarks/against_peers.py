"""The engine against the libraries that people use at this size, and against the limit of NumPy.

    python -m pip install -e '.[peers]'
    python tests/benchmarks/against_peers.py [--rounds 5] [--work epoch tiny-step] [--peers torch]

Every peer has a process of its own, with one thread on the same core. In each round all of them do
the same piece of work, one after the other, so that a busy machine slows all alike; a ratio is the
peer's time divided by the engine's in the same round. Printed are the medians of the ratios, their
smallest and largest, and where there is one the bar that the engine is held to; then the median
ratio of processor times, which other programs on the machine blur less. `limit` is the matrix
products and one pass of the optimizer alone. Peers that are not installed are left out. It asserts
nothing.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.benchmarks.peers.serving import ONE_THREAD, PEERS, Peer
from tests.benchmarks.peers.workloads import WORKLOADS, Workload

Times = dict[str, list[tuple[float, float]]]


def measure(peers: list[Peer], rounds: int) -> Times:
    """Peer -> seconds of each round, by clock and processor; another begins in every round."""
    times: Times = {peer.name: [] for peer in peers}
    for number in range(rounds):
        first = number % len(peers)
        for peer in peers[first:] + peers[:first]:
            times[peer.name].append(peer.seconds())
    return times


def show(work: Workload, times: Times) -> None:
    """Print the ratios to the engine."""
    layers = "-".join(map(str, work.widths[1:]))
    what = "predict" if work.predicts else f"{work.optimizer}, batch {work.batch:,}"
    print(f"\n{work.name}: {work.rows:,} x {work.widths[0]}, {layers}, {what}")
    own = median(clock for clock, _ in times["engine"])
    per_step = "" if work.predicts else f", {own / work.steps * 1e6:.1f} us a step"
    print(f"  engine        {own * 1e3:9.1f} ms a round{per_step}")
    for name, values in times.items():
        if name == "engine":
            continue
        pairs = zip(values, times["engine"], strict=True)
        by_clock, by_processor = zip(*((a / c, b / d) for (a, b), (c, d) in pairs), strict=True)
        bar = f"   bar {work.bars[name]:g}" if name in work.bars else ""
        spread = f"{min(by_clock):5.2f} .. {max(by_clock):5.2f}"
        print(f"  {name:<14}{median(by_clock):9.2f} times   {spread}", end="")
        print(f"   processor {median(by_processor):5.2f}{bar}")


def main() -> None:
    """Read the options and measure one piece of work after the other."""
    parser = argparse.ArgumentParser(description="The engine against other libraries.")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--work", nargs="+", choices=list(WORKLOADS), default=list(WORKLOADS))
    others = [name for name in PEERS if name != "engine"]
    parser.add_argument("--peers", nargs="+", choices=others, default=others)
    options = parser.parse_args()
    os.environ.update(ONE_THREAD)
    peers = [Peer(name) for name in ("engine", *options.peers)]
    for name in options.work:
        for peer in list(peers):
            peer.prepare(name)
            if peer.missing:
                print(f"{peer.name} is left out: {peer.missing}")
                peers.remove(peer)
        show(WORKLOADS[name], measure(peers, options.rounds))
    for peer in peers:
        peer.close()


if __name__ == "__main__":
    main()
