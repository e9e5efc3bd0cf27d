"""What the kinds with options share.

content = {"options": [{"id": "a", "text": "…"}, …]}, 2 to 8 options; key = {"correct": ["c"]};
choice = sorted list of option ids, [] or None = not answered.
"""

from collections.abc import Sequence
from dataclasses import replace

from quizzes.kinds import lines
from quizzes.kinds.kind import BadChoice, Content, Json, Key, Problem, Shown
from quizzes.kinds.lines import listed

MIN_OPTIONS = lines.MIN_LINES
MAX_OPTIONS = lines.MAX_LINES


def option_ids(content: Content) -> tuple[str, ...]:
    """Option ids in the author's order; options that are not well formed are left out."""
    return lines.ids(content, "options")


def option_texts(content: Content) -> tuple[str, ...]:
    return tuple(lines.texts(content, "options").values())


def correct_ids(key: Key) -> tuple[str, ...]:
    return tuple(item for item in listed(key.get("correct")) if isinstance(item, str))


def chosen_ids(choice: Json) -> frozenset[str]:
    """The ids of a stored choice; what is not an id is left out."""
    return frozenset(item for item in listed(choice) if isinstance(item, str))


def clean_ids(content: Content, raw: Json, *, at_most: int | None = None) -> list[str]:
    """Sorted, unique option ids out of an untrusted value: a list of strings, or None.

    Raises BadChoice for another type, an unknown id, or more than `at_most` different ids.
    """
    if raw is None:
        return []
    if not isinstance(raw, (list, tuple)):
        raise BadChoice("a choice is a list of option ids")
    known = option_ids(content)
    ids: set[str] = set()
    for item in raw:
        if not isinstance(item, str) or item not in known:
            raise BadChoice("not an option of this question")
        ids.add(item)
    if at_most is not None and len(ids) > at_most:
        raise BadChoice(f"at most {at_most} option may be chosen")
    return sorted(ids)


def content_problems(content: Content) -> list[str]:
    return lines.content_problems(content, "options")


def key_problems(content: Content, key: Key) -> list[str]:
    correct = key.get("correct")
    if correct is None or correct == []:
        return [Problem.NO_KEY]
    if not isinstance(correct, list) or not all(isinstance(item, str) for item in correct):
        return [Problem.MALFORMED]
    found: list[str] = []
    if not set(correct) <= set(option_ids(content)):
        found.append(Problem.KEY_OUT_OF_RANGE)
    if len(set(correct)) < len(correct):
        found.append(Problem.DUPLICATE_KEY)
    return found


def no_field(content: Content) -> int:
    """Ticks, not fields."""
    return 0


def choice_at(content: Content, order: Sequence[str], sent: Json) -> list[str]:
    if not isinstance(sent, list) or len(sent) > len(order):
        raise BadChoice("a choice is a list of positions")
    if not all(type(place) is int and 0 <= place < len(order) for place in sent):
        raise BadChoice("not a position of this question")
    return [order[place] for place in sent]


def sent_of(content: Content, order: Sequence[str], choice: Json) -> list[Json]:
    chosen = listed(choice)
    return [place for place, option in enumerate(order) if option in chosen]


def show(content: Content, order: Sequence[str], choice: Json, key: Key | None) -> Shown:
    chosen = chosen_ids(choice)
    correct = frozenset(correct_ids(key)) if key else frozenset()
    rows = [
        replace(
            row,
            is_chosen=identity in chosen,
            mark="right" if identity in correct else "wrong" if key and identity in chosen else "",
        )
        for identity, row in lines.rows(content, "options", order)
    ]
    return Shown(rows=tuple(rows), has_key=key is not None)


def words(content: Content, order: Sequence[str], choice: Json) -> tuple[str, ...]:
    texts, chosen = lines.texts(content, "options"), chosen_ids(choice)
    return tuple(texts[option] for option in order if option in chosen and option in texts)


def key_words(content: Content, order: Sequence[str], key: Key) -> tuple[str, ...]:
    return words(content, order, correct_ids(key))
