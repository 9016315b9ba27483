"""The training log that the course prints: quoted, number by number, and computed by nobody here.

It comes from the classic course on deep learning with Keras that this one follows: a network of
100 and 100 nodes, trained on 89,648 of the 128,069 shots of a real log. The slide has epochs 1, 2,
8, 9 and 10 and leaves the others out. That log is not free to be shared, so no engine can print
these numbers again: they are for reading. What is asked about them is computed from them.
"""

from __future__ import annotations

from lessons.learning.curves import EpochLog

PRINTED = (
    EpochLog(1, 0.7552, 0.5775, 0.6969, 0.5561),
    EpochLog(2, 0.6670, 0.6004, 0.6580, 0.6102),
    EpochLog(8, 0.6578, 0.6125, 0.6594, 0.6037),
    EpochLog(9, 0.6564, 0.6147, 0.6568, 0.6110),
    EpochLog(10, 0.6555, 0.6158, 0.6557, 0.6126),
)
