"""Level of the day from its tasks."""

from ...rules import model
from ...rules.noise import level_outcome, of_day, task_levels
from ...rules.rounding import shown
from ...types import Book, Facts, Outcome


def rule(facts: Facts, book: Book) -> Outcome:
    """Return the level of the day."""
    tasks = facts["tasks"]
    of_day(sum(task["hours"] for task in tasks), "tasks")
    levels, day = task_levels(tasks)
    steps = [
        f"{shown(level, 1)} дБА, {shown(task['hours'], 2)} ч"
        for level, task in zip(levels, tasks, strict=True)
    ]
    return level_outcome(day, steps)


MODEL = model(__file__, rule)
