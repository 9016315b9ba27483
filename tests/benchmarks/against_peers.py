"""The engine against the libraries that people use at this size, and against the limit of NumPy.

    python -m pip install -e '.[peers]'
    python tests/benchmarks/against_peers.py [--rounds 5] [--work epoch tiny-step] [--peers torch]

Every peer has a process of its own, with one thread on the same core. In each round all of them do
the same piece of work, one after the other, so that a busy machine slows all alike; a ratio is the
peer's time divided by the engine's in the same round. Printed are the medians of the ratios, their
smallest and largest, and where there is one the bar that the engine is held to. `limit` is the
matrix products and one pass of the optimizer alone. Peers that are not installed are left out. It
asserts nothing.
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


def measure(peers: list[Peer], rounds: int) -> dict[str, list[float]]:
    """Peer -> seconds of each round, asked in turn; another one begins in every round."""
    times: dict[str, list[float]] = {peer.name: [] for peer in peers}
    for number in range(rounds):
        first = number % len(peers)
        for peer in peers[first:] + peers[:first]:
            times[peer.name].append(peer.seconds())
    return times


def show(work: Workload, times: dict[str, list[float]]) -> None:
    """Print the ratios to the engine."""
    layers = "-".join(map(str, work.widths[1:]))
    what = "predict" if work.predicts else f"{work.optimizer}, batch {work.batch:,}"
    print(f"\n{work.name}: {work.rows:,} x {work.widths[0]}, {layers}, {what}")
    own = times["engine"]
    per_step = "" if work.predicts else f", {median(own) / work.steps * 1e6:.1f} us a step"
    print(f"  engine        {median(own) * 1e3:9.1f} ms a round{per_step}")
    for name, values in times.items():
        if name == "engine":
            continue
        ratios = [theirs / ours for theirs, ours in zip(values, own, strict=True)]
        bar = f"   bar {work.bars[name]:g}" if name in work.bars else ""
        print(
            f"  {name:<14}{median(ratios):9.2f} times   {min(ratios):.2f} .. {max(ratios):.2f}{bar}"
        )


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
