"""Places out of sorted keys: the one rule for ties, for persons and for units."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place[C]:
    """`position` 1..n without gaps; `rank` shared by the equal (1, 1, 3).

    `decided_by`: the first criterion that separates this place from the one before it (for the
    first: from the next one); None when the rank is shared or there is nobody else.
    """

    position: int
    rank: int
    decided_by: C | None
    shared: bool


def places[C](keys: Sequence[tuple[object, ...]], criteria: Sequence[C]) -> list[Place[C]]:
    """A place for each of `keys`, which are sorted, best first, one part for each criterion."""
    found: list[Place[C]] = []
    count = len(keys)
    rank = 0
    for index, key in enumerate(keys):
        same_as_before = index > 0 and key == keys[index - 1]
        shared = same_as_before or (index + 1 < count and key == keys[index + 1])
        if not same_as_before:
            rank = index + 1
        decided_by = None
        if not shared and count > 1:
            other = keys[index - 1] if index else keys[1]
            decided_by = next(
                criterion
                for criterion, mine, theirs in zip(criteria, key, other, strict=True)
                if mine != theirs
            )
        found.append(Place(index + 1, rank, decided_by, shared))
    return found
