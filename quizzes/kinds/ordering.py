"""Items to be put in order.

content = {"items": [{"id": "a", "text": "…"}, …]}, 2 to 8, always shuffled on the paper, since the
author may have written them in the right order; key = {"order": ["b", "a", …], "rule": …}.
choice = the ids from first to last. An answer not finished holds None where no item was put, and a
list where several were put in one place: both are kept as they were chosen, neither earns points.
"""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from quizzes.kinds import lines
from quizzes.kinds.kind import (
    BadChoice,
    Content,
    Gap,
    Json,
    Key,
    Kind,
    Problem,
    Row,
    Shown,
    gettext_noop,
)
from quizzes.kinds.lines import ALL_OR_NOTHING, PARTIAL, listed


def item_ids(content: Content) -> tuple[str, ...]:
    return lines.ids(content, "items")


def item_texts(content: Content) -> tuple[str, ...]:
    return tuple(lines.texts(content, "items").values())


def problems(content: Content, key: Key) -> list[str]:
    found = lines.content_problems(content, "items")
    order = key.get("order")
    if order is None or order == []:
        found.append(Problem.NO_KEY)
    elif not isinstance(order, list) or not all(isinstance(item, str) for item in order):
        found.append(Problem.MALFORMED)
    else:
        if set(order) != set(item_ids(content)):
            found.append(Problem.KEY_OUT_OF_RANGE)
        if len(set(order)) < len(order):
            found.append(Problem.DUPLICATE_KEY)
    return lines.unique([*found, *lines.rule_problems(key, ALL_OR_NOTHING, PARTIAL)])


def clean_choice(content: Content, raw: Json) -> list[Json]:
    if raw is None or raw == []:
        return []
    known = item_ids(content)
    if not isinstance(raw, (list, tuple)) or len(raw) != len(known):
        raise BadChoice("a choice is a list of item ids, one for each place")
    cleaned = [_clean_place(entry) for entry in raw]
    named = [item for entry in cleaned for item in _items(entry)]
    if not set(named) <= set(known) or len(set(named)) < len(named):
        raise BadChoice("not the items of this question, each once")
    return cleaned if named else []


def _clean_place(entry: Json) -> Json:
    if entry is None or isinstance(entry, str):
        return entry
    if not isinstance(entry, (list, tuple)) or not all(isinstance(item, str) for item in entry):
        raise BadChoice("a place holds an item, several or none")
    several = sorted(item for item in entry if isinstance(item, str))
    return several if len(several) > 1 else several[0] if several else None


def _items(entry: Json) -> list[str]:
    held = listed(entry) or [entry]
    return [item for item in held if isinstance(item, str)]


def score_share(content: Content, key: Key, choice: Json) -> Fraction:
    """The share of items at their own place; all or nothing unless the key says "partial"."""
    order, chosen = listed(key.get("order")), listed(choice)
    if not order or len(order) != len(item_ids(content)) or len(chosen) != len(order):
        return Fraction(0)
    right = sum(
        isinstance(item, str) and item == wanted for item, wanted in zip(chosen, order, strict=True)
    )
    if key.get("rule", ALL_OR_NOTHING) != PARTIAL:
        return Fraction(int(right == len(order)))
    return Fraction(right, len(order))


def choice_at(content: Content, order: Sequence[str], sent: Json) -> list[Json]:
    places: list[list[str]] = [[] for _ in order]
    for item, value in zip(order, lines.fields(sent, len(order)), strict=True):
        if value is not None:
            places[lines.place(value, len(order))].append(item)
    return clean_choice(content, places) if any(places) else []


def sent_of(content: Content, order: Sequence[str], choice: Json) -> list[Json]:
    places = _places(choice)
    return [str(places[item]) if item in places else None for item in order]


def _places(choice: Json) -> dict[str, int]:
    return {item: place for place, entry in enumerate(listed(choice)) for item in _items(entry)}


def show(content: Content, order: Sequence[str], choice: Json, key: Key | None) -> Shown:
    """Without a key in the order of the paper, with one in the right order."""
    places, right = _places(choice), _places(listed(key.get("order")) if key else [])
    alone = {entry for entry in listed(choice) if isinstance(entry, str)}
    rows = []
    for item, row in lines.rows(content, "items", order):
        if item in places:
            row = replace(row, value=str(places[item]), value_text=str(places[item] + 1))
        if item in right:
            row = replace(row, answer=str(right[item]), answer_text=str(right[item] + 1))
            if row.value:
                is_right = item in alone and row.value == row.answer
                row = replace(row, mark="right" if is_right else "wrong")
        rows.append(row)
    if key is not None:
        rows.sort(key=lambda row: int(row.answer or len(rows)))
    return Shown(
        rows=tuple(rows),
        offers=tuple(Row(place, str(place + 1), "") for place in range(len(order))),
        has_key=key is not None,
    )


def words(content: Content, order: Sequence[str], choice: Json) -> tuple[str, ...]:
    texts = lines.texts(content, "items")
    return tuple(
        f"{place}. {texts[item]}"
        for place, entry in enumerate(listed(choice), start=1)
        for item in _items(entry)
        if item in texts
    )


def key_words(content: Content, order: Sequence[str], key: Key) -> tuple[str, ...]:
    return words(content, order, key.get("order"))


def gap(content: Content, choice: Json) -> Gap | None:
    entries = listed(choice)
    twice = [place for place, entry in enumerate(entries, start=1) if len(_items(entry)) > 1]
    if twice:
        return Gap(
            gettext_noop(
                "Có nhiều ý cùng chọn thứ tự %(places)s nên các ý đó chưa được tính. "
                "Mỗi thứ tự chỉ chọn cho một ý."
            ),
            {"places": ", ".join(map(str, twice))},
        )
    return lines.unanswered(len(item_ids(content)) - len(_places(choice))) if entries else None


KIND = Kind(
    code="ordering",
    label=gettext_noop("Sắp xếp thứ tự"),
    rank=6,
    look="ordering",
    note=gettext_noop("chọn thứ tự cho từng ý, mỗi thứ tự một lần"),
    problems=problems,
    clean_choice=clean_choice,
    score_share=score_share,
    option_ids=item_ids,
    option_texts=item_texts,
    field_count=lambda content: len(item_ids(content)),
    choice_at=choice_at,
    sent_of=sent_of,
    show=show,
    words=words,
    key_words=key_words,
    gap=gap,
    must_shuffle=True,
)
