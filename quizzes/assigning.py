"""Who takes what: items to places of limited size, each item once, as a maximum matching.

Pure. Items are numbers; a place is named by its index. Deterministic: the same input gives the same
assignment, and the order of the input decides between equals.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Crowd:
    """Items of which all must be placed though every place they could take, ``places``, is full
    with fewer of them (a violation of Hall's condition)."""

    items: tuple[int, ...]
    places: tuple[int, ...]


def assign(
    pools: Sequence[Sequence[int]],
    sizes: Sequence[int],
    *,
    required: Sequence[int] = (),
    order: Sequence[int] | None = None,
) -> tuple[dict[int, int], list[Crowd]]:
    """Item → place, filling the places as far as possible, and the required items that cannot be
    placed. ``pools[i]`` are the items that place ``i`` may take; ``order`` is the order in which
    the places are served.

    Exact: if all required items can be placed, and all places can be filled, they are both
    (Mendelsohn and Dulmage, Canad. J. Math. 10, 1958): the required items are placed first, and
    an augmenting path never frees an item again.
    """
    order = range(len(pools)) if order is None else order
    owner: dict[int, int] = {}
    crowds: list[Crowd] = []
    if required:
        places_of: dict[int, list[int]] = {}
        for index in order:
            for item in pools[index]:
                places_of.setdefault(item, []).append(index)
        for item in required:
            crowd = _place(item, places_of, sizes, owner)
            if crowd is not None:
                crowds.append(crowd)
    held = [0] * len(pools)
    for place in owner.values():
        held[place] += 1
    for index in order:
        for _ in range(sizes[index] - held[index]):
            if not _claim(index, pools, owner):
                break
    return owner, crowds


def _place(
    item: int, places_of: Mapping[int, Sequence[int]], sizes: Sequence[int], owner: dict[int, int]
) -> Crowd | None:
    """Place one item, breadth first over those that must move over. None when it is placed."""
    coming: dict[int, int] = {}  # place → the item that would come in
    queue = [item]
    for moving in queue:
        for place in places_of.get(moving, ()):
            if place in coming:
                continue
            coming[place] = moving
            inside = [other for other, its_place in owner.items() if its_place == place]
            if len(inside) < sizes[place]:
                _move_over(place, coming, owner)
                return None
            queue.extend(inside)
    return Crowd(tuple(queue), tuple(sorted(coming)))


def _move_over(place: int, coming: Mapping[int, int], owner: dict[int, int]) -> None:
    """The item that comes into ``place`` frees its own, which takes the next, and so on."""
    freed: int | None = place
    while freed is not None:
        item, entered = coming[freed], freed
        freed = owner.get(item)
        owner[item] = entered


def _claim(index: int, pools: Sequence[Sequence[int]], owner: dict[int, int]) -> bool:
    """Give place ``index`` one more item, breadth first over the places that must move over."""
    taken_from: dict[int, tuple[int, int]] = {}  # place → (place that wants, item it wants)
    visited = {index}
    queue = [index]
    for wanting in queue:
        for item in pools[wanting]:
            holder = owner.get(item)
            if holder is None:
                wanted, place = item, wanting
                owner[wanted] = place
                while place != index:
                    place, wanted = taken_from[place]
                    owner[wanted] = place
                return True
            if holder not in visited:
                visited.add(holder)
                taken_from[holder] = (wanting, item)
                queue.append(holder)
    return False
