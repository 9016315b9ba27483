"""A peer in a process of its own, asked over a pipe for one round at a time."""

from __future__ import annotations

import os
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from time import perf_counter, process_time
from typing import Any

from tests.benchmarks.peers import libraries, limit, textbook
from tests.benchmarks.peers.workloads import WORKLOADS, Workload

PEERS: dict[str, Callable[[Workload], Callable[[], object]]] = {
    "engine": libraries.engine,
    "limit": limit.prepare,
    "textbook": textbook.prepare,
    "scikit-learn": libraries.scikit_learn,
    "torch": libraries.torch,
    "keras": libraries.keras,
}

#: one thread for every library; in place before the processes start, thus before any import
ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1",
    "KERAS_BACKEND": "jax",
    "JAX_PLATFORMS": "cpu",
}


class Peer:
    """The asking side.

    Attributes:
        missing: why it cannot take part; None when it can.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.missing: str | None = None
        context = get_context("spawn")
        self._pipe, other = context.Pipe()
        self._process = context.Process(target=_serve, args=(other, name), daemon=True)
        self._process.start()
        other.close()

    def prepare(self, workload: str) -> None:
        """Make data and model, and do one round that does not count: it compiles, and warms up."""
        answer = self._ask(("prepare", workload))
        if isinstance(answer, str):
            self.missing = answer

    def seconds(self) -> tuple[float, float]:
        """One round: the time by the clock, and that of the processor in all its threads."""
        clock, processor = self._ask(("round", ""))
        return float(clock), float(processor)

    def close(self) -> None:
        """End its process."""
        self._pipe.close()
        self._process.join()

    def _ask(self, request: tuple[str, str]) -> Any:
        try:
            self._pipe.send(request)
            return self._pipe.recv()
        except (EOFError, OSError) as error:
            raise RuntimeError(f"{self.name} has ended; its error is above.") from error


def _serve(pipe: Connection, name: str) -> None:
    if hasattr(os, "sched_setaffinity"):  # one core too: XLA has threads of its own
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    run: Callable[[], object] = object
    while True:
        try:
            what, workload = pipe.recv()
        except EOFError:
            return
        if what == "round":
            clock, processor = perf_counter(), process_time()
            run()
            pipe.send((perf_counter() - clock, process_time() - processor))
            continue
        try:
            run = PEERS[name](WORKLOADS[workload])
        except ImportError as error:
            pipe.send(f"not installed: {error}")
            continue
        run()
        pipe.send(None)
