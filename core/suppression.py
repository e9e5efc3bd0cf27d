"""Which groups may be shown without telling what one person did."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping

MIN_GROUP = 5


def shown_groups[Name: Hashable](
    person_counts: Mapping[Name, int], *, at_least: int = MIN_GROUP
) -> frozenset[Name]:
    """The groups whose figures may be shown beside the figure of everyone together.

    A group of fewer people than `at_least` is held back. So are the smallest of the others, one
    by one, while what is held back together could be worked out (everyone minus the shown) and
    is a single group or fewer than `at_least` people. Empty groups hide nothing.
    """
    filled = sorted(
        (name for name, count in person_counts.items() if count > 0),
        key=lambda name: (person_counts[name], str(name)),
    )
    held = 0
    held_people = 0
    for name in filled:
        is_small = person_counts[name] < at_least
        is_exposing = held > 0 and (held == 1 or held_people < at_least)
        if not is_small and not is_exposing:
            break
        held += 1
        held_people += person_counts[name]
    return frozenset(filled[held:])


def shown_cells[Row: Hashable, Column: Hashable](
    person_counts: Mapping[tuple[Row, Column], int], *, at_least: int = MIN_GROUP
) -> frozenset[tuple[Row, Column]]:
    """The cells of a table that may be shown beside the totals of its rows and of its columns.

    `shown_groups` along every row and every column, until nothing more has to be held back.
    Empty cells are not among them.
    """
    shown = {cell for cell, count in person_counts.items() if count > 0}
    lines: dict[tuple[int, Hashable], list[tuple[Row, Column]]] = defaultdict(list)
    for cell in sorted(shown, key=lambda cell: (person_counts[cell], str(cell))):
        lines[0, cell[0]].append(cell)
        lines[1, cell[1]].append(cell)
    waiting = set(lines)
    while waiting:
        line = waiting.pop()
        for cell in list(_to_hold(lines[line], shown, person_counts, at_least)):
            shown.discard(cell)
            waiting |= {(0, cell[0]), (1, cell[1])} - {line}
    return frozenset(shown)


def _to_hold[Cell: Hashable](
    line: Iterable[Cell], shown: set[Cell], person_counts: Mapping[Cell, int], at_least: int
) -> Iterable[Cell]:
    """The cells of one line, smallest first, that are still shown and must not be."""
    cells = list(line)
    held = [cell for cell in cells if cell not in shown]
    held_count, held_people = len(held), sum(person_counts[cell] for cell in held)
    for cell in cells:
        if cell not in shown:
            continue
        is_small = person_counts[cell] < at_least
        is_exposing = held_count == 1 or 0 < held_people < at_least
        if not is_small and not is_exposing:
            return
        held_count += 1
        held_people += person_counts[cell]
        yield cell
