"""The lines of a program that make the same problem of the same table."""

from __future__ import annotations

from lessons.tables.problem import OwnProblem

IMPORTS = (
    "from lessons.tables.columns import understand",
    "from lessons.tables.preparing import with_uses",
    "from lessons.tables.problem import make_problem",
    "from lessons.tables.reading import read_table",
    "from lessons.tables.target import choose_target",
)


def data_lines(own: OwnProblem) -> list[str]:
    """The lines that make x, y, x_held_out and y_held_out, not scaled."""
    problem, target = own.problem, own.target
    return [
        f"table = read_table({own.path!r}, header={own.header})",
        "uses = {",
        *(f"    {name!r}: {use!r}," for name, use in own.uses.items()),
        "}",
        "columns = with_uses(understand(table.frame), uses)",
        f"target = choose_target(table.frame, columns, {target.name!r}, {target.task!r})",
        f"problem = make_problem(table, columns, target, {problem.held_out}, "
        f"seed={problem.split_seed}).problem",
        "x, y = problem.x_train, problem.y_train",
        "x_held_out, y_held_out = problem.x_validation, problem.y_validation",
    ]
