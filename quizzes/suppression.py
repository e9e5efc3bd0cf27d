"""Which groups may be shown without telling what one person did."""

from collections.abc import Hashable, Mapping

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
        is_exposing = 0 < held and (held == 1 or held_people < at_least)
        if not is_small and not is_exposing:
            break
        held += 1
        held_people += person_counts[name]
    return frozenset(filled[held:])
